/* process.c: see port/process.h. A module has no signals, no threads and no cores; who stops it ends its worker, and with
 * it the files that it made. */
#include "port/process.h"

#include <stdlib.h>

static void (*last)(void); /* emscripten 3.1.6 has no at_quick_exit */

void process_begin(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
}

const char *process_system(void) {
    return "no system";
}

void signals_hold(struct signals_held *held) {
    (void)held;
}

void signals_release(const struct signals_held *held) {
    (void)held;
}

void signals_catch(void (*stop)(int number)) {
    (void)stop;
}

void process_at_end(void (*clean_up)(void)) {
    last = clean_up;
    atexit(clean_up);
}

_Noreturn void process_end_quickly(int code) {
    if (last) last();
    _Exit(code);
}

void process_wait(void) {}

void process_keep_private(void) {}
