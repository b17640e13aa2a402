/* files.c: names in folders: see port/files.h, posix/dirent.h and posix/unistd.h. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "port/files.h"
#include "port/windows/system.h"

typedef bool name_filter(const char *name);

static wchar_t *below(const wchar_t *folder, const wchar_t *name) {
    wchar_t *path = calloc(wcslen(folder) + wcslen(name) + 2, sizeof *path);
    if (!path) abort();
    wcscpy(path, folder);
    wcscat(path, L"\\");
    return wcscat(path, name);
}

static bool is_dots(const wchar_t *name) {
    return wcscmp(name, L".") == 0 || wcscmp(name, L"..") == 0;
}

static HANDLE first_of(const wchar_t *folder, WIN32_FIND_DATAW *found) {
    wchar_t *pattern = below(folder, L"*");
    HANDLE search = FindFirstFileW(pattern, found);
    free(pattern);
    return search;
}

/* --- listing ------------------------------------------------------------------------------------------------- */

struct windows_folder {
    HANDLE search;
    WIN32_FIND_DATAW found;
    bool is_found; /* `found` is to be handed out next */
    struct dirent entry;
};

DIR *opendir(const char *path) {
    wchar_t *name = path_of(path);
    if (!name) return NULL;
    DWORD kind = GetFileAttributesW(name);
    DIR *folder = calloc(1, sizeof *folder);
    if (!folder) abort();
    folder->search = INVALID_HANDLE_VALUE;
    if (kind == INVALID_FILE_ATTRIBUTES)
        system_fail_at(name);
    else if (!(kind & FILE_ATTRIBUTE_DIRECTORY))
        errno = ENOTDIR;
    else if ((folder->search = first_of(name, &folder->found)) == INVALID_HANDLE_VALUE)
        system_fail();
    free(name);
    folder->is_found = folder->search != INVALID_HANDLE_VALUE;
    if (folder->is_found) return folder;
    free(folder);
    return NULL;
}

struct dirent *readdir(DIR *folder) {
    if (!folder->is_found && !FindNextFileW(folder->search, &folder->found)) {
        if (GetLastError() != ERROR_NO_MORE_FILES) system_fail();
        return NULL;
    }
    folder->is_found = false;
    char *name = utf8_of(folder->found.cFileName);
    strncpy(folder->entry.d_name, name, sizeof folder->entry.d_name - 1);
    free(name);
    return &folder->entry;
}

int closedir(DIR *folder) {
    FindClose(folder->search);
    free(folder);
    return 0;
}

/* --- names --------------------------------------------------------------------------------------------------- */

/* A call of the system for one name: 0, or -1 with errno. */
static int call(const char *path, BOOL WINAPI (*one)(LPCWSTR)) {
    wchar_t *name = path_of(path);
    int answer = !name ? -1 : one(name) ? 0 : system_fail_at(name);
    free(name);
    return answer;
}

static BOOL WINAPI make_folder(LPCWSTR name) {
    return CreateDirectoryW(name, NULL);
}

int mkdir(const char *path, mode_t mode) {
    (void)mode;
    return call(path, make_folder);
}

int rmdir(const char *path) {
    return call(path, RemoveDirectoryW);
}

int unlink(const char *path) {
    return call(path, DeleteFileW);
}

int access(const char *path, int mode) {
    wchar_t *name = path_of(path);
    if (!name) return -1;
    DWORD kind = GetFileAttributesW(name);
    int answer = kind == INVALID_FILE_ATTRIBUTES ? system_fail_at(name) : 0;
    free(name);
    if (answer == 0 && (mode & W_OK) && (kind & FILE_ATTRIBUTE_READONLY) && !(kind & FILE_ATTRIBUTE_DIRECTORY)) {
        errno = EACCES;
        return -1;
    }
    return answer;
}

char *realpath(const char *path, char *into) {
    (void)into;
    wchar_t *name = path_of(path);
    HANDLE handle = name ? open_to_ask(name, true) : INVALID_HANDLE_VALUE;
    char *real = NULL;
    if (handle != INVALID_HANDLE_VALUE) {
        DWORD length = GetFinalPathNameByHandleW(handle, NULL, 0, 0);
        wchar_t *found = calloc(length + 2, sizeof *found);
        if (!found) abort();
        if (length > 0 && GetFinalPathNameByHandleW(handle, found, length + 1, 0) > 0) real = path_from(found);
        free(found);
    }
    if (!real && name) system_fail_at(name);
    if (handle != INVALID_HANDLE_VALUE) CloseHandle(handle);
    free(name);
    return real;
}

/* --- other names --------------------------------------------------------------------------------------------- */

static bool is_folder(const wchar_t *path) {
    DWORD kind = GetFileAttributesW(path);
    return kind != INVALID_FILE_ATTRIBUTES && (kind & FILE_ATTRIBUTE_DIRECTORY);
}

/* Whether another program keeps a file from being renamed or removed. */
static bool is_held(const wchar_t *path) {
    HANDLE handle = CreateFileW(path, DELETE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
    if (handle == INVALID_HANDLE_VALUE) return GetLastError() == ERROR_SHARING_VIOLATION;
    CloseHandle(handle);
    return false;
}

/* Whether it is a file that is held, or a folder with one, which keeps the folder's name. The system itself says only that
 * it is refused. */
static bool is_in_use(const wchar_t *path) {
    WIN32_FIND_DATAW found;
    HANDLE search = is_folder(path) ? first_of(path, &found) : INVALID_HANDLE_VALUE;
    if (search == INVALID_HANDLE_VALUE) return is_held(path);
    bool is_one_held = false;
    do {
        if (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) continue;
        wchar_t *file = below(path, found.cFileName);
        is_one_held = is_held(file);
        free(file);
    } while (!is_one_held && FindNextFileW(search, &found));
    FindClose(search);
    return is_one_held;
}

/* As POSIX has it: an empty folder gives way to a folder, a file to a file. */
static int rename_wide(const wchar_t *from, const wchar_t *to, DWORD flags) {
    bool is_from_folder = is_folder(from), replaces = flags & MOVEFILE_REPLACE_EXISTING;
    if (replaces && is_from_folder && is_folder(to) && !RemoveDirectoryW(to)) {
        system_fail();
        if (errno == EACCES && is_in_use(to)) errno = ETXTBSY;
        return -1;
    }
    if (MoveFileExW(from, to, flags | MOVEFILE_WRITE_THROUGH)) return 0;
    system_fail_at(from);
    if (errno == EACCES && !is_from_folder && is_folder(to)) errno = EISDIR;
    if (errno == EACCES && (is_in_use(from) || is_in_use(to))) errno = ETXTBSY;
    return -1;
}

static int rename_by(const char *from, const char *to, DWORD flags) {
    wchar_t *old = path_of(from), *new = path_of(to);
    int answer = old && new ? rename_wide(old, new, flags) : -1;
    free(old);
    free(new);
    return answer;
}

int rename(const char *from, const char *to) {
    return rename_by(from, to, MOVEFILE_REPLACE_EXISTING);
}

int link(const char *from, const char *to) {
    wchar_t *old = path_of(from), *new = path_of(to);
    int answer = !old || !new ? -1 : CreateHardLinkW(new, old, NULL) ? 0 : system_fail_at(new);
    free(old);
    free(new);
    return answer;
}

/* Windows exchanges no names: whoever asks renames twice. */
bool files_exchange(const char *one, const char *other) {
    (void)one;
    (void)other;
    return false;
}

bool files_rename_new(const char *from, const char *to) {
    return rename_by(from, to, 0) == 0;
}

const char *files_temporary_folder(void) {
    static char folder[1024];
    wchar_t found[MAX_PATH + 2];
    const char *named = getenv("TMPDIR");
    if (named && *named) return named;
    DWORD length = GetTempPathW(MAX_PATH + 1, found);
    if (length == 0 || length > MAX_PATH) return ".";
    char *text = path_from(found);
    size_t count = strlen(text);
    while (count > 1 && text[count - 1] == '/')
        text[--count] = '\0';
    strncpy(folder, text, sizeof folder - 1);
    free(text);
    return folder;
}

/* --- removing ------------------------------------------------------------------------------------------------ */

static bool remove_wide(const wchar_t *folder, unsigned depth, name_filter *may_go);

static bool remove_one(const wchar_t *folder, const WIN32_FIND_DATAW *found, unsigned depth, name_filter *may_go) {
    wchar_t *path = below(folder, found->cFileName);
    char *name = utf8_of(found->cFileName);
    bool is_gone = false;
    if (found->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)
        is_gone = depth > 0 && !is_link(path) && remove_wide(path, depth - 1, may_go);
    else if (may_go(name))
        is_gone = DeleteFileW(path) != 0;
    free(name);
    free(path);
    return is_gone;
}

static bool remove_wide(const wchar_t *folder, unsigned depth, name_filter *may_go) {
    WIN32_FIND_DATAW found;
    HANDLE search = first_of(folder, &found);
    if (search == INVALID_HANDLE_VALUE) return false;
    do {
        if (!is_dots(found.cFileName)) remove_one(folder, &found, depth, may_go);
    } while (FindNextFileW(search, &found));
    FindClose(search);
    return RemoveDirectoryW(folder) != 0;
}

bool folder_remove(const char *path, unsigned depth, name_filter *may_go) {
    wchar_t *folder = path_of(path);
    bool is_gone = folder && is_folder(folder) && !is_link(folder) && remove_wide(folder, depth, may_go);
    free(folder);
    return is_gone;
}

bool folder_remove_files(const char *path, name_filter *may_go) {
    DIR *folder = opendir(path);
    bool is_fine = folder != NULL;
    const struct dirent *entry;
    wchar_t *name = folder ? path_of(path) : NULL;
    while (is_fine && (entry = readdir(folder)) != NULL) {
        if (!may_go(entry->d_name)) continue;
        wchar_t *file = below(name, folder->found.cFileName);
        is_fine = DeleteFileW(file) != 0 || GetLastError() == ERROR_FILE_NOT_FOUND || system_fail() == 0;
        free(file);
    }
    if (folder) closedir(folder);
    free(name);
    return is_fine;
}
