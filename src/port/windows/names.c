/* names.c: names between UTF-8 and UTF-16; see system.h. By hand, because the system's own conversion replaces half of a pair of
 * surrogates, which a name may have: such a file could be listed and not opened. */
#include <stdlib.h>
#include <string.h>

#include "port/files.h"
#include "port/windows/system.h"

#define LONG_PATH 240 /* the system's own limit is 260, less 12 for a file's name in a folder */
#define REPLACEMENT 0xFFFD

static void *get(size_t count, size_t size) {
    void *memory = calloc(count, size);
    if (!memory) abort(); /* a name: a few hundred bytes */
    return memory;
}

char *utf8_of(const wchar_t *text) {
    unsigned char *made = get(3 * wcslen(text) + 1, 1), *to = made;
    for (const wchar_t *from = text; *from; from++) {
        uint32_t c = *from;
        if (c >= 0xD800 && c < 0xDC00 && from[1] >= 0xDC00 && from[1] < 0xE000)
            c = 0x10000 + ((c - 0xD800) << 10) + (uint32_t)(*++from - 0xDC00);
        if (c < 0x80) {
            *to++ = (unsigned char)c;
            continue;
        }
        unsigned bytes = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        static const unsigned char heads[] = {0, 0, 0xC0, 0xE0, 0xF0};
        *to++ = (unsigned char)(heads[bytes] | c >> 6 * (bytes - 1));
        for (unsigned left = bytes - 1; left-- > 0;)
            *to++ = (unsigned char)(0x80 | (c >> 6 * left & 0x3F));
    }
    return (char *)made;
}

/* One character of UTF-8; what is none is the sign for that, and one byte long. */
static uint32_t next_character(const unsigned char **at) {
    const unsigned char *text = *at;
    unsigned bytes = text[0] < 0x80 ? 1 : text[0] >> 5 == 6 ? 2 : text[0] >> 4 == 14 ? 3 : text[0] >> 3 == 30 ? 4 : 0;
    uint32_t c = bytes > 1 ? text[0] & (0x7Fu >> bytes) : text[0];
    for (unsigned i = 1; i < bytes; i++) {
        if ((text[i] & 0xC0) != 0x80) bytes = 0;
        c = c << 6 | (text[i] & 0x3F);
    }
    *at += bytes ? bytes : 1;
    return bytes && c < 0x110000 ? c : REPLACEMENT;
}

wchar_t *utf16_of(const char *text) {
    const unsigned char *from = (const unsigned char *)text;
    wchar_t *made = get(strlen(text) + 1, sizeof *made), *to = made;
    while (*from) {
        uint32_t c = next_character(&from);
        if (c >= 0x10000) {
            *to++ = (wchar_t)(0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        *to++ = (wchar_t)c;
    }
    return made;
}

/* --- paths ------------------------------------------------------------------------------------------------- */

static wchar_t *whole_path(const wchar_t *path, DWORD length) {
    static const wchar_t mark[] = L"\\\\?\\", of_server[] = L"\\\\?\\UNC\\";
    wchar_t *whole = get(length + 1, sizeof *whole), *made = get(length + 16, sizeof *made);
    GetFullPathNameW(path, length + 1, whole, NULL);
    bool is_server = whole[0] == L'\\' && whole[1] == L'\\';
    wcscpy(made, is_server ? of_server : mark);
    wcscat(made, is_server ? whole + 2 : whole);
    free(whole);
    return made;
}

wchar_t *path_of(const char *path) {
    if (!*path) {
        errno = ENOENT;
        return NULL;
    }
    if (strcmp(path, "/dev/null") == 0) path = "NUL";
    wchar_t *made = utf16_of(path);
    for (wchar_t *at = made; *at; at++)
        if (*at == L'/') *at = L'\\';
    if (wcsncmp(made, L"\\\\?\\", 4) == 0) return made;
    DWORD length = GetFullPathNameW(made, 0, NULL, NULL);
    if (length < LONG_PATH) return made;
    wchar_t *whole = whole_path(made, length);
    free(made);
    return whole;
}

char *path_from(const wchar_t *path) {
    const wchar_t *rest = path;
    bool is_server = wcsncmp(path, L"\\\\?\\UNC\\", 8) == 0;
    if (is_server)
        rest = path + 6; /* the backslash before the server's name becomes its second one */
    else if (wcsncmp(path, L"\\\\?\\", 4) == 0)
        rest = path + 4;
    char *text = utf8_of(rest);
    if (is_server) text[0] = '\\';
    files_take_path(text);
    return text;
}

/* A path behind \\?\ and a device (\\.\) are the user's own affair. */
void files_take_path(char *path) {
    if (strncmp(path, "\\\\?\\", 4) == 0 || strncmp(path, "\\\\.\\", 4) == 0) return;
    for (; *path; path++)
        if (*path == '\\') *path = '/';
}

bool files_is_absolute(const char *path) {
    bool has_drive = ((path[0] | 0x20) >= 'a' && (path[0] | 0x20) <= 'z') && path[1] == ':';
    return path[0] == '/' || path[0] == '\\' || has_drive;
}

/* --- names that cannot be ------------------------------------------------------------------------------------ */

/* Naming Files, Paths, and Namespaces (learn.microsoft.com): these names are devices, whatever their extension. */
static bool is_device(const char *name, size_t length) {
    static const char *const devices[] = {"con", "prn", "aux", "nul", "conin$", "conout$"};
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
        if (strlen(devices[i]) == length && _strnicmp(name, devices[i], length) == 0) return true;
    bool is_port = _strnicmp(name, "com", 3) == 0 || _strnicmp(name, "lpt", 3) == 0;
    return is_port && length == 4 && name[3] >= '1' && name[3] <= '9';
}

const char *files_name_fault(const char *path) {
    const char *name = path;
    for (const char *at = path; *at; at++)
        if (*at == '/' || *at == '\\') name = at + 1;
    if (name == path && files_is_absolute(path)) name += 2; /* C:plecto */
    size_t length = strlen(name), stem = strcspn(name, ".");
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) return NULL;
    while (stem > 0 && name[stem - 1] == ' ')
        stem--;
    if (is_device(name, stem)) return "Windows keeps that name for a device";
    if (length > 0 && (name[length - 1] == '.' || name[length - 1] == ' '))
        return "Windows would drop the dot or blank at its end";
    if (strpbrk(name, "<>:\"|?*")) return "Windows allows none of < > : \" | ? * in a name";
    return NULL;
}

/* --- errors -------------------------------------------------------------------------------------------------- */

static volatile LONG stopper; /* the thread that ends the program */

void system_stop(void) {
    InterlockedExchange(&stopper, (LONG)GetCurrentThreadId());
    for (int descriptor = 3; descriptor < 2048; descriptor++) {
        HANDLE handle = (HANDLE)_get_osfhandle(descriptor);
        if (handle != INVALID_HANDLE_VALUE && GetFileType(handle) == FILE_TYPE_DISK) CloseHandle(handle);
    }
}

/* ERROR_SHARING_VIOLATION becomes ETXTBSY, the nearest that POSIX has: another program keeps the file. */
static const struct {
    DWORD system;
    int number;
} errors[] = {
    {ERROR_FILE_NOT_FOUND, ENOENT},       {ERROR_PATH_NOT_FOUND, ENOENT},     {ERROR_INVALID_NAME, ENOENT},
    {ERROR_BAD_NETPATH, ENOENT},          {ERROR_BAD_NET_NAME, ENOENT},       {ERROR_INVALID_DRIVE, ENOENT},
    {ERROR_BAD_PATHNAME, ENOENT},         {ERROR_NO_MORE_FILES, ENOENT},      {ERROR_ACCESS_DENIED, EACCES},
    {ERROR_PRIVILEGE_NOT_HELD, EACCES},   {ERROR_SHARING_VIOLATION, ETXTBSY}, {ERROR_LOCK_VIOLATION, ETXTBSY},
    {ERROR_USER_MAPPED_FILE, ETXTBSY},    {ERROR_BUSY, EBUSY},                {ERROR_CURRENT_DIRECTORY, EBUSY},
    {ERROR_ALREADY_EXISTS, EEXIST},       {ERROR_FILE_EXISTS, EEXIST},        {ERROR_DIR_NOT_EMPTY, ENOTEMPTY},
    {ERROR_DISK_FULL, ENOSPC},            {ERROR_HANDLE_DISK_FULL, ENOSPC},  
    {ERROR_FILE_TOO_LARGE, EFBIG},        {ERROR_NOT_SAME_DEVICE, EXDEV},     {ERROR_WRITE_PROTECT, EROFS},
    {ERROR_TOO_MANY_OPEN_FILES, EMFILE},  {ERROR_FILENAME_EXCED_RANGE, ENAMETOOLONG},
    {ERROR_DIRECTORY, ENOTDIR},           {ERROR_BROKEN_PIPE, EPIPE},         {ERROR_NO_DATA, EPIPE},
    {ERROR_INVALID_HANDLE, EBADF},        {ERROR_NOT_ENOUGH_MEMORY, ENOMEM},  {ERROR_OUTOFMEMORY, ENOMEM},
    {ERROR_CANT_RESOLVE_FILENAME, ELOOP}, {ERROR_NOT_SUPPORTED, ENOTSUP},     {ERROR_INVALID_FUNCTION, EINVAL},
    {ERROR_INVALID_PARAMETER, EINVAL},
};

int system_fail(void) {
    DWORD reason = GetLastError();
    if (stopper && stopper != (LONG)GetCurrentThreadId()) Sleep(INFINITE);
    errno = EIO;
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (errors[i].system == reason) errno = errors[i].number;
    return -1;
}

int system_fail_at(const wchar_t *path) {
    DWORD reason = GetLastError();
    system_fail();
    if (reason != ERROR_PATH_NOT_FOUND) return -1;
    wchar_t *part = _wcsdup(path);
    for (wchar_t *slash; part && (slash = wcsrchr(part, L'\\')) != NULL && slash > part;) {
        *slash = L'\0';
        DWORD kind = GetFileAttributesW(part);
        if (kind == INVALID_FILE_ATTRIBUTES) continue;
        errno = kind & FILE_ATTRIBUTE_DIRECTORY ? ENOENT : ENOTDIR;
        break;
    }
    free(part);
    return -1;
}

/* The words of the C library of Linux, so that messages are the same everywhere. */
char *strerror(int number) {
    static const struct {
        int number;
        const char *words;
    } texts[] = {
        {EPERM, "Operation not permitted"},
        {ENOENT, "No such file or directory"},
        {EINTR, "Interrupted system call"},
        {EIO, "Input/output error"},
        {EBADF, "Bad file descriptor"},
        {EAGAIN, "Resource temporarily unavailable"},
        {ENOMEM, "Cannot allocate memory"},
        {EACCES, "Permission denied"},
        {EBUSY, "Device or resource busy"},
        {EEXIST, "File exists"},
        {EXDEV, "Invalid cross-device link"},
        {ENOTDIR, "Not a directory"},
        {EISDIR, "Is a directory"},
        {EINVAL, "Invalid argument"},
        {ENFILE, "Too many open files in system"},
        {EMFILE, "Too many open files"},
        {EFBIG, "File too large"},
        {ENOSPC, "No space left on device"},
        {ESPIPE, "Illegal seek"},
        {EROFS, "Read-only file system"},
        {EPIPE, "Broken pipe"},
        {ENAMETOOLONG, "File name too long"},
        {ENOSYS, "Function not implemented"},
        {ENOTEMPTY, "Directory not empty"},
        {ELOOP, "Too many levels of symbolic links"},
        {EDQUOT, "Disk quota exceeded"},
        {ENOTSUP, "Operation not supported"},
        {ETXTBSY, "it is open in another program"},
    };
    static char unknown[] = "Unknown error";
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].number == number) return (char *)(uintptr_t)texts[i].words;
    return unknown;
}
