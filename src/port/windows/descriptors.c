/* descriptors.c: open files: see posix/unistd.h, posix/fcntl.h, posix/sys/stat.h. Whatever we open, others may read, rename
 * and remove meanwhile, as elsewhere; what others keep to themselves is ETXTBSY. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

#include "port/windows/system.h"

#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)
#define LARGEST (1u << 30)                              /* bytes of one read or write */
#define YEARS_1601_TO_1970 116444736000000000ull        /* in 100 nanoseconds */
#define STATUS_DELETE_PENDING 0xC0000056ul

static HANDLE handle_of(int descriptor) {
    intptr_t handle = _get_osfhandle(descriptor);
    if (handle == -1) errno = EBADF;
    return (HANDLE)handle;
}

/* --- what is known of files ---------------------------------------------------------------------------------- */

HANDLE open_to_ask(const wchar_t *path, bool follows_link) {
    DWORD link = follows_link ? 0 : FILE_FLAG_OPEN_REPARSE_POINT;
    return CreateFileW(path, FILE_READ_ATTRIBUTES, SHARE_ALL, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | link, NULL);
}

/* Other reparse points, such as files of OneDrive, are what their names say. */
bool is_link(const wchar_t *path) {
    DWORD kind = GetFileAttributesW(path);
    if (kind == INVALID_FILE_ATTRIBUTES || !(kind & FILE_ATTRIBUTE_REPARSE_POINT)) return false;
    WIN32_FIND_DATAW found;
    HANDLE search = FindFirstFileW(path, &found);
    if (search == INVALID_HANDLE_VALUE) return false;
    FindClose(search);
    return IsReparseTagNameSurrogate(found.dwReserved0);
}

bool handle_stat(HANDLE handle, struct stat *status) {
    BY_HANDLE_FILE_INFORMATION facts;
    *status = (struct stat){.st_mode = S_IFREG | 0660, .st_nlink = 1};
    DWORD type = GetFileType(handle);
    if (type == FILE_TYPE_CHAR || type == FILE_TYPE_PIPE) {
        status->st_mode = (type == FILE_TYPE_CHAR ? S_IFCHR : S_IFIFO) | 0660;
        return true;
    }
    if (!GetFileInformationByHandle(handle, &facts)) {
        status->st_mode = S_IFIFO | 0660; /* a standard stream that the system does not know as a file: it is read as it comes */
        return type == FILE_TYPE_DISK || system_fail() == 0;
    }
    if (facts.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) status->st_mode = S_IFDIR | 0770;
    status->st_dev = facts.dwVolumeSerialNumber;
    status->st_ino = (uint64_t)facts.nFileIndexHigh << 32 | facts.nFileIndexLow;
    status->st_nlink = facts.nNumberOfLinks;
    status->st_size = (off_t)((uint64_t)facts.nFileSizeHigh << 32 | facts.nFileSizeLow);
    uint64_t when = (uint64_t)facts.ftLastWriteTime.dwHighDateTime << 32 | facts.ftLastWriteTime.dwLowDateTime;
    when = when > YEARS_1601_TO_1970 ? when - YEARS_1601_TO_1970 : 0;
    status->st_mtim = (struct timespec){(time_t)(when / 10000000), (long)(when % 10000000 * 100)};
    return true;
}

static int stat_name(const char *path, bool follows_link, struct stat *status) {
    wchar_t *name = path_of(path);
    if (!name) return -1;
    bool is_a_link = !follows_link && is_link(name);
    HANDLE handle = open_to_ask(name, !is_a_link);
    int answer = handle == INVALID_HANDLE_VALUE ? system_fail_at(name) : handle_stat(handle, status) ? 0 : -1;
    if (handle != INVALID_HANDLE_VALUE) CloseHandle(handle);
    if (answer == 0 && is_a_link) status->st_mode = S_IFLNK | 0777;
    free(name);
    return answer;
}

int stat(const char *path, struct stat *status) {
    return stat_name(path, true, status);
}

int lstat(const char *path, struct stat *status) {
    return stat_name(path, false, status);
}

int fstat(int descriptor, struct stat *status) {
    HANDLE handle = handle_of(descriptor);
    return handle != INVALID_HANDLE_VALUE && handle_stat(handle, status) ? 0 : -1;
}

/* --- opening ------------------------------------------------------------------------------------------------- */

/* What was removed while another had it open keeps its name until that one closes it: soon, for a lock. */
static bool is_going(void) {
    typedef LONG WINAPI last_status(void);
    HMODULE system = GetModuleHandleW(L"ntdll.dll");
    FARPROC found = system ? GetProcAddress(system, "RtlGetLastNtStatus") : NULL;
    last_status *ask = (last_status *)(void (*)(void))found;
    return ask && (unsigned long)ask() == STATUS_DELETE_PENDING;
}

static HANDLE open_name(const wchar_t *name, DWORD access, DWORD disposition) {
    for (int tries = 0;; tries++) {
        HANDLE handle = CreateFileW(name, access, SHARE_ALL, NULL, disposition, FILE_FLAG_BACKUP_SEMANTICS, NULL);
        if (handle != INVALID_HANDLE_VALUE || GetLastError() != ERROR_ACCESS_DENIED || tries == 200) return handle;
        if (!is_going()) {
            SetLastError(ERROR_ACCESS_DENIED);
            return handle;
        }
        Sleep(5);
    }
}

static DWORD disposition_of(int flags) {
    if ((flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL)) return CREATE_NEW;
    if (flags & O_CREAT) return flags & O_TRUNC ? CREATE_ALWAYS : OPEN_ALWAYS;
    return flags & O_TRUNC ? TRUNCATE_EXISTING : OPEN_EXISTING;
}

static int fail_open(const wchar_t *name, bool writes) {
    system_fail_at(name);
    DWORD kind = errno == EACCES && writes ? GetFileAttributesW(name) : INVALID_FILE_ATTRIBUTES;
    if (kind != INVALID_FILE_ATTRIBUTES && (kind & FILE_ATTRIBUTE_DIRECTORY)) errno = EISDIR;
    return -1;
}

static int open_wide(const wchar_t *name, int flags) {
    static const DWORD accesses[] = {GENERIC_READ, GENERIC_WRITE, GENERIC_READ | GENERIC_WRITE};
    DWORD access = flags & O_APPEND ? FILE_APPEND_DATA | SYNCHRONIZE : accesses[flags & 3];
    if ((flags & O_NOFOLLOW) && is_link(name)) {
        errno = ELOOP;
        return -1;
    }
    HANDLE handle = open_name(name, access, disposition_of(flags));
    if (handle == INVALID_HANDLE_VALUE) return fail_open(name, (flags & 3) != O_RDONLY);
    struct stat status;
    bool is_fine = !(flags & O_DIRECTORY) || (handle_stat(handle, &status) && S_ISDIR(status.st_mode));
    int descriptor = is_fine ? _open_osfhandle((intptr_t)handle, _O_BINARY | (flags & O_APPEND) | (flags & 3)) : -1;
    if (descriptor >= 0) return descriptor;
    if (!is_fine) errno = ENOTDIR;
    CloseHandle(handle);
    return -1;
}

int open(const char *path, int flags, ...) {
    wchar_t *name = path_of(path);
    int descriptor = name ? open_wide(name, flags) : -1;
    free(name);
    return descriptor;
}

int fcntl(int descriptor, int command, ...) {
    (void)descriptor;
    return command == F_SETFD ? 0 : -1;
}

int mkstemp(char *path) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    char *end = path + strlen(path) - 6;
    for (unsigned tries = 0; tries < 1000; tries++) {
        LARGE_INTEGER ticks;
        QueryPerformanceCounter(&ticks);
        uint64_t number = ((uint64_t)ticks.QuadPart + tries) * 0x9E3779B97F4A7C15ull ^ (uint64_t)GetCurrentProcessId() << 40;
        for (unsigned i = 0; i < 6; i++)
            end[i] = letters[number >> (20 + 5 * i) & 31];
        int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL);
        if (descriptor >= 0 || errno != EEXIST) return descriptor;
    }
    return -1;
}

FILE *fopen(const char *restrict path, const char *restrict mode) {
    int flags = mode[0] == 'r' ? 0 : mode[0] == 'w' ? O_CREAT | O_TRUNC : O_CREAT | O_APPEND;
    char binary[4] = {mode[0], 'b', '\0', '\0'};
    if (strchr(mode, '+')) binary[2] = '+';
    flags |= strchr(mode, '+') ? O_RDWR : mode[0] == 'r' ? O_RDONLY : O_WRONLY;
    int descriptor = open(path, flags | (strchr(mode, 'x') ? O_EXCL : 0));
    FILE *stream = descriptor >= 0 ? fdopen(descriptor, binary) : NULL;
    if (!stream && descriptor >= 0) close(descriptor);
    return stream;
}

/* --- bytes --------------------------------------------------------------------------------------------------- */

static DWORD piece_of(size_t size) {
    return size < LARGEST ? (DWORD)size : LARGEST;
}

/* `at` below 0: where the file stands. */
static ssize_t read_at(int descriptor, void *to, size_t size, off_t at) {
    HANDLE handle = handle_of(descriptor);
    DWORD got = 0;
    OVERLAPPED place = {.Offset = (DWORD)at, .OffsetHigh = (DWORD)((uint64_t)at >> 32)};
    if (handle == INVALID_HANDLE_VALUE) return -1;
    if (ReadFile(handle, to, piece_of(size), &got, at < 0 ? NULL : &place)) return (ssize_t)got;
    DWORD reason = GetLastError();
    if (reason == ERROR_HANDLE_EOF || reason == ERROR_BROKEN_PIPE) return 0;
    struct stat status;
    if (handle_stat(handle, &status) && S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return -1;
    }
    SetLastError(reason);
    return system_fail();
}

static ssize_t write_at(int descriptor, const void *from, size_t size, off_t at) {
    HANDLE handle = handle_of(descriptor);
    DWORD put = 0;
    OVERLAPPED place = {.Offset = (DWORD)at, .OffsetHigh = (DWORD)((uint64_t)at >> 32)};
    if (handle == INVALID_HANDLE_VALUE) return -1;
    return WriteFile(handle, from, piece_of(size), &put, at < 0 ? NULL : &place) ? (ssize_t)put : system_fail();
}

ssize_t read(int descriptor, void *to, size_t size) {
    return read_at(descriptor, to, size, -1);
}

ssize_t pread(int descriptor, void *to, size_t size, off_t at) {
    return read_at(descriptor, to, size, at);
}

ssize_t write(int descriptor, const void *from, size_t size) {
    return write_at(descriptor, from, size, -1);
}

ssize_t pwrite(int descriptor, const void *from, size_t size, off_t at) {
    return write_at(descriptor, from, size, at);
}

off_t lseek(int descriptor, off_t at, int whence) {
    HANDLE handle = handle_of(descriptor);
    LARGE_INTEGER to = {.QuadPart = at}, now;
    if (handle == INVALID_HANDLE_VALUE) return -1;
    if (GetFileType(handle) != FILE_TYPE_DISK) {
        errno = ESPIPE;
        return -1;
    }
    return SetFilePointerEx(handle, to, &now, (DWORD)whence) ? (off_t)now.QuadPart : system_fail();
}

/* A file that is open for reading is opened anew, since only a writer may do this; a folder lasts by itself: EINVAL. */
int fsync(int descriptor) {
    HANDLE handle = handle_of(descriptor);
    struct stat status;
    if (handle == INVALID_HANDLE_VALUE) return -1;
    if (FlushFileBuffers(handle)) return 0;
    if (!handle_stat(handle, &status) || !S_ISREG(status.st_mode)) {
        errno = EINVAL;
        return -1;
    }
    HANDLE again = ReOpenFile(handle, GENERIC_WRITE, SHARE_ALL, 0);
    if (again == INVALID_HANDLE_VALUE) return system_fail();
    bool is_fine = FlushFileBuffers(again) != 0 || system_fail() == 0;
    CloseHandle(again);
    return is_fine ? 0 : -1;
}

/* One byte far behind the end, so that the lock keeps nobody from reading the file. */
int flock(int descriptor, int operation) {
    HANDLE handle = handle_of(descriptor);
    OVERLAPPED place = {.OffsetHigh = 0x7FFFFFFF};
    (void)operation;
    if (handle == INVALID_HANDLE_VALUE) return -1;
    if (LockFileEx(handle, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &place)) return 0;
    DWORD reason = GetLastError();
    system_fail();
    if (reason == ERROR_LOCK_VIOLATION || reason == ERROR_IO_PENDING) errno = EWOULDBLOCK;
    return -1;
}

int windows_fseeko(FILE *stream, off_t off, int whence) {
    return _fseeki64(stream, off, whence);
}

off_t windows_ftello(FILE *stream) {
    return _ftelli64(stream);
}
