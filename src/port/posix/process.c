/* process.c: see port/process.h. */
#define _GNU_SOURCE /* prctl's name space */
#include "port/process.h"

#include <stddef.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

/* NOLINTNEXTLINE(readability-non-const-parameter): Windows writes both */
void process_begin(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
}

const char *process_system(void) {
#if defined(__linux__)
    return "Linux";
#elif defined(__APPLE__)
    return "macOS";
#else
    return "POSIX";
#endif
}

static const int stopping_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT, SIGXCPU, SIGALRM, SIGUSR1, SIGUSR2};

void signals_hold(struct signals_held *held) {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &held->before);
}

void signals_release(const struct signals_held *held) {
    pthread_sigmask(SIG_SETMASK, &held->before, NULL);
}

void signals_catch(void (*stop)(int number)) {
    for (size_t i = 0; i < sizeof stopping_signals / sizeof *stopping_signals; i++) {
        struct sigaction before, action = {.sa_handler = stop};
        sigfillset(&action.sa_mask);
        if (sigaction(stopping_signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(stopping_signals[i], &action, NULL);
    }
    const struct sigaction ignored = {.sa_handler = SIG_IGN};
    sigaction(SIGXFSZ, &ignored, NULL);
}

void process_at_end(void (*clean_up)(void)) {
    atexit(clean_up);
    (void)at_quick_exit(clean_up); /* there is room for 32 of each */
}

_Noreturn void process_end_quickly(int code) {
    quick_exit(code);
}

void process_wait(void) {
    pause();
}

void process_keep_private(void) {
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
    prctl(PR_SET_DUMPABLE, 0); /* the limit does not hold where a program takes the cores */
#endif
}
