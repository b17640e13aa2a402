/* escape.c: preloaded into st2plecto by sandbox.bats, as code that a hostile file brought to run would be: when the file
 * named by ESCAPE_AT is opened it tries to get out, on that thread and on a new one, and writes "CALL REASON" lines to
 * ESCAPE_LOG. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *reason(long result) {
    return result >= 0 ? "done" : strerrorname_np(errno);
}

static void *try_all(void *log) {
    char *const none[] = {NULL};
    fprintf(log, "socket %s\n", reason(socket(AF_INET, SOCK_STREAM, 0)));
    fprintf(log, "local-socket %s\n", reason(socket(AF_UNIX, SOCK_STREAM, 0)));
    fprintf(log, "connect %s\n", reason(connect(-1, NULL, 0)));
    fprintf(log, "send %s\n", reason(sendto(-1, "", 0, 0, NULL, 0)));
    fprintf(log, "execve %s\n", reason(execve("/no/such/program", none, none)));
    fprintf(log, "execveat %s\n", reason(syscall(SYS_execveat, -1, "/no/such/program", none, none, 0)));
    fprintf(log, "io_uring %s\n", reason(syscall(425, 0, NULL)));
    fprintf(log, "ptrace %s\n", reason(ptrace(PTRACE_PEEKDATA, 0, NULL, NULL)));
    fprintf(log, "terminal %s\n", reason(ioctl(-1, TIOCSTI, "x")));
    fprintf(log, "window-size %s\n", reason(ioctl(-1, TIOCGWINSZ, NULL))); /* no way out: is let through */
#ifdef __x86_64__
    fprintf(log, "x32 %s\n", reason(syscall(0x40000000L + SYS_getpid)));
#endif
    const char *elsewhere = getenv("ESCAPE_FILE");
    if (elsewhere) {
        fprintf(log, "write %s\n", reason(syscall(SYS_openat, AT_FDCWD, elsewhere, O_WRONLY | O_CREAT, 0600)));
        fprintf(log, "remove %s\n", reason(unlink(getenv("ESCAPE_AT"))));
        fprintf(log, "folder %s\n", reason(mkdir("escaped", 0700)));
    }
    return NULL;
}

static void at_open(const char *path) {
    static int is_done;
    const char *at = getenv("ESCAPE_AT"), *log_path = getenv("ESCAPE_LOG");
    if (is_done || !at || !log_path || !strstr(path, at)) return;
    is_done = 1;
    FILE *log = fopen(log_path, "w");
    if (!log) return;
    try_all(log);
    fputs("thread\n", log);
    pthread_t thread;
    if (pthread_create(&thread, NULL, try_all, log) == 0) pthread_join(thread, NULL);
    fclose(log);
}

#define OPEN(name)                                                                                                     \
    int name(const char *path, int flags, ...) {                                                                       \
        static int (*real)(const char *, int, ...);                                                                    \
        if (!real) *(void **)&real = dlsym(RTLD_NEXT, #name);                                                          \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        int mode = flags & O_CREAT ? va_arg(rest, int) : 0;                                                            \
        va_end(rest);                                                                                                  \
        at_open(path);                                                                                                 \
        return real(path, flags, mode);                                                                                \
    }
OPEN(open)
OPEN(open64)
