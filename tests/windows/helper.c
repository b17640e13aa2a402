/* helper.c: what a test under Wine needs of Windows itself.
 * hold FILE COMMAND      runs COMMAND while FILE is open as Excel opens a workbook: others may read it, no more
 * lock FILE COMMAND      runs COMMAND while FILE is made and locked as st2plecto locks it
 * Both end with the exit code of COMMAND, which is one word with everything in it. */
#include <stdio.h>
#include <wchar.h>

#include <windows.h>

static int run(wchar_t *command) {
    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION process;
    DWORD code = 99;
    if (!CreateProcessW(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process)) return 98;
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    return (int)code;
}

int wmain(int argc, wchar_t **argv) {
    if (argc == 4 && wcscmp(argv[1], L"lock") == 0) {
        OVERLAPPED place = {.OffsetHigh = 0x7FFFFFFF}; /* src/port/windows/descriptors.c */
        DWORD all = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
        HANDLE lock = CreateFileW(argv[2], GENERIC_READ | GENERIC_WRITE, all, NULL, OPEN_ALWAYS, 0, NULL);
        return LockFileEx(lock, LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, &place) ? run(argv[3]) : 95;
    }
    if (argc != 4 || wcscmp(argv[1], L"hold") != 0) return 99;
    HANDLE held = CreateFileW(argv[2], GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    return held == INVALID_HANDLE_VALUE ? 95 : run(argv[3]);
}
