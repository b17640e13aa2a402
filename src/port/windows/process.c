/* process.c: see port/process.h. The words of the command line come in UTF-16, consoles are set to UTF-8 and to the sequences
 * of terminals, and Ctrl-C comes on a thread of its own. */
#include "port/process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "port/windows/system.h"

#ifndef ENABLE_VIRTUAL_TERMINAL_PROCESSING
#define ENABLE_VIRTUAL_TERMINAL_PROCESSING 4
#endif
#define STREAM_COUNT 3

/* --- the command line ---------------------------------------------------------------------------------------- */

struct words {
    char **list;
    size_t count, room;
};

static void add_word(struct words *words, char *word) {
    if (words->count + 2 > words->room) {
        words->room = 2 * words->room + 16;
        words->list = realloc(words->list, words->room * sizeof *words->list);
        if (!words->list) abort();
    }
    words->list[words->count++] = word;
    words->list[words->count] = NULL;
}

/* One word, by the rules of the C library ("Parsing C command-line arguments", learn.microsoft.com). */
static const wchar_t *take_word(const wchar_t *at, wchar_t *word, bool *is_quoted) {
    bool is_inside = false;
    *is_quoted = false;
    while (*at && (is_inside || (*at != L' ' && *at != L'\t'))) {
        size_t backslashes = 0;
        for (; *at == L'\\'; at++)
            backslashes++;
        bool is_before_quote = *at == L'"', is_escaped = is_before_quote && backslashes % 2 != 0;
        for (size_t i = is_before_quote ? backslashes / 2 : backslashes; i > 0; i--)
            *word++ = L'\\';
        if (is_before_quote && !is_escaped) {
            *is_quoted = true;
            if (is_inside && at[1] == L'"')
                *word++ = *at++;
            else
                is_inside = !is_inside;
            at++;
        } else if (*at && (is_inside || is_escaped || (*at != L' ' && *at != L'\t'))) {
            *word++ = *at++;
        }
    }
    *word = L'\0';
    return at;
}

/* The C library's own reading of the command line, which nobody uses, looks for no files. */
extern int _CRT_glob;
int _CRT_glob = 0;

static int compare_words(const void *one, const void *other) {
    return strcmp(*(char *const *)one, *(char *const *)other);
}

/* cmd and PowerShell hand over *.csv as it is: here it becomes the names, in order, as elsewhere; what is in quotes, or
 * fits no name, stays. */
static bool add_names(struct words *words, const wchar_t *pattern) {
    WIN32_FIND_DATAW found;
    HANDLE search = FindFirstFileW(pattern, &found);
    if (search == INVALID_HANDLE_VALUE) return false;
    const wchar_t *name = pattern;
    for (const wchar_t *at = pattern; *at; at++)
        if (*at == L'/' || *at == L'\\' || *at == L':') name = at + 1;
    size_t length = (size_t)(name - pattern), before = words->count;
    do {
        if (found.cFileName[0] == L'.') continue;
        wchar_t *path = calloc(length + wcslen(found.cFileName) + 1, sizeof *path);
        if (!path) abort();
        wcsncpy(path, pattern, length);
        wcscat(path, found.cFileName);
        add_word(words, utf8_of(path));
        free(path);
    } while (FindNextFileW(search, &found));
    FindClose(search);
    if (words->count > before) qsort(words->list + before, words->count - before, sizeof *words->list, compare_words);
    return words->count > before;
}

static void take_words(struct words *words) {
    const wchar_t *at = GetCommandLineW();
    wchar_t *word = calloc(wcslen(at) + 1, sizeof *word);
    if (!word) abort();
    for (;;) {
        bool is_quoted = false;
        while (*at == L' ' || *at == L'\t')
            at++;
        if (!*at) break;
        at = take_word(at, word, &is_quoted);
        bool is_pattern = words->count > 0 && !is_quoted && word[0] != L'-' && wcspbrk(word, L"*?");
        if (!is_pattern || !add_names(words, word)) add_word(words, utf8_of(word));
    }
    free(word);
}

/* --- consoles ------------------------------------------------------------------------------------------------ */

static bool is_console[STREAM_COUNT]; /* and a terminal: who writes to it may use its sequences */
static DWORD modes[STREAM_COUNT];
static UINT code_page;

static HANDLE stream_handle(int stream) {
    static const DWORD names[STREAM_COUNT] = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};
    return GetStdHandle(names[stream]);
}

static void restore_consoles(void) {
    for (int stream = STDOUT_FILENO; stream < STREAM_COUNT; stream++)
        if (is_console[stream]) SetConsoleMode(stream_handle(stream), modes[stream]);
    if (code_page) SetConsoleOutputCP(code_page);
}

/* Before Windows 10 (1511) a console knows no sequences: then it is none for us, and gets plain text. */
static void take_consoles(void) {
    bool is_any = false;
    for (int stream = 0; stream < STREAM_COUNT; stream++) {
        if (!GetConsoleMode(stream_handle(stream), &modes[stream])) continue;
        is_any = is_any || stream != STDIN_FILENO;
        is_console[stream] = stream == STDIN_FILENO ||
                             SetConsoleMode(stream_handle(stream), modes[stream] | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
    }
    if (is_any) {
        code_page = GetConsoleOutputCP();
        SetConsoleOutputCP(CP_UTF8);
    }
    atexit(restore_consoles);
}

int isatty(int descriptor) {
    if (descriptor >= 0 && descriptor < STREAM_COUNT && is_console[descriptor]) return 1;
    errno = ENOTTY;
    return 0;
}

/* What is typed ends in CR LF; nothing else is changed. */
static void take_streams(void) {
    for (int stream = 0; stream < STREAM_COUNT; stream++)
        if (stream != STDIN_FILENO || !is_console[stream]) _setmode(stream, _O_BINARY);
    _setmaxstdio(2048); /* as many as descriptors */
    setvbuf(stdout, NULL, _IOFBF, 1 << 14); /* the C library has no lines to flush by */
}

void process_begin(int *argc, char ***argv) {
    struct words words = {0};
    take_words(&words);
    take_consoles();
    take_streams();
    if (words.count == 0) return;
    *argc = (int)words.count;
    *argv = words.list;
}

const char *process_system(void) {
    return "Windows";
}

/* --- signals ------------------------------------------------------------------------------------------------- */

static INIT_ONCE is_ready = INIT_ONCE_STATIC_INIT;
static CRITICAL_SECTION half_done; /* whoever is in it changes what the handler looks at; may be entered again */
static void (*on_stop)(int number);
static void (*at_end)(void);

static BOOL CALLBACK make_ready(PINIT_ONCE once, PVOID context, PVOID *made) {
    (void)once;
    (void)context;
    (void)made;
    InitializeCriticalSection(&half_done);
    return TRUE;
}

void signals_hold(struct signals_held *held) {
    (void)held;
    InitOnceExecuteOnce(&is_ready, make_ready, NULL, NULL);
    EnterCriticalSection(&half_done);
}

void signals_release(const struct signals_held *held) {
    (void)held;
    LeaveCriticalSection(&half_done);
}

/* Comes on a thread of its own, for a closed console, the end of the session and the shutdown too. The others go on
 * until they ask the system for something. */
static BOOL WINAPI on_control(DWORD event) {
    struct signals_held held;
    signals_hold(&held);
    system_stop();
    restore_consoles();
    on_stop(event == CTRL_C_EVENT ? SIGINT : SIGTERM);
    return TRUE;
}

void signals_catch(void (*stop)(int number)) {
    on_stop = stop;
    SetConsoleCtrlHandler(on_control, TRUE);
}

/* While a signal cleans up, who ends the program meanwhile waits for it. */
static void run_end(void) {
    struct signals_held held;
    signals_hold(&held);
    at_end();
    signals_release(&held);
}

void process_at_end(void (*clean_up)(void)) {
    at_end = clean_up;
    atexit(run_end);
}

_Noreturn void process_end_quickly(int code) {
    if (at_end) run_end();
    _exit(code);
}

void process_wait(void) {
    Sleep(INFINITE);
}

/* No report of a crash, which holds memory, is written or sent. */
void process_keep_private(void) {
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
}

/* --- the machine --------------------------------------------------------------------------------------------- */

long sysconf(int name) {
    SYSTEM_INFO facts;
    if (name != _SC_NPROCESSORS_ONLN) return -1;
    GetSystemInfo(&facts);
    return (long)facts.dwNumberOfProcessors;
}

uid_t geteuid(void) {
    return 0;
}
