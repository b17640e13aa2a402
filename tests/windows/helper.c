/* helper.c: what a test under Wine needs of Windows itself.
 * hold FILE COMMAND      runs COMMAND while FILE is open as Excel opens a workbook: others may read it, no more
 * stop NAME COMMAND      runs COMMAND with a standard input that never ends, sends it Ctrl-Break once NAME is there
 * Both end with the exit code of COMMAND, which is one word with everything in it. */
#include <stdio.h>
#include <wchar.h>

#include <windows.h>

static int run(wchar_t *command, const wchar_t *awaited) {
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    STARTUPINFOW start = {.cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION process;
    HANDLE input = GetStdHandle(STD_INPUT_HANDLE), end = NULL;
    DWORD code = 99;
    if (awaited) {
        CreatePipe(&input, &end, &inherited, 0);
        SetHandleInformation(end, HANDLE_FLAG_INHERIT, 0);
    }
    start.hStdInput = input;
    start.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
    start.hStdError = GetStdHandle(STD_ERROR_HANDLE);
    if (!CreateProcessW(NULL, command, NULL, NULL, TRUE, CREATE_NEW_PROCESS_GROUP, NULL, NULL, &start, &process)) return 98;
    while (awaited && GetFileAttributesW(awaited) == INVALID_FILE_ATTRIBUTES)
        if (WaitForSingleObject(process.hProcess, 20) == WAIT_OBJECT_0) return 97;
    if (awaited && !GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, process.dwProcessId)) return 96;
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    return (int)code;
}

int wmain(int argc, wchar_t **argv) {
    if (argc == 4 && wcscmp(argv[1], L"stop") == 0) {
        AllocConsole();
        return run(argv[3], argv[2]);
    }
    if (argc != 4 || wcscmp(argv[1], L"hold") != 0) return 99;
    HANDLE held = CreateFileW(argv[2], GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    return held == INVALID_HANDLE_VALUE ? 95 : run(argv[3], NULL);
}
