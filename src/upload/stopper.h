/* stopper.h: Ctrl-C and its kin, taken at moments of our choosing: while a stopper is at work the signals that would end
 * the program wait, and are asked for between requests. So the running request ends, and the journal is whole. */
#ifndef UPLOAD_STOPPER_H
#define UPLOAD_STOPPER_H

#include <signal.h>
#include <stdbool.h>

struct stopper {
    sigset_t watched; /* of SIGINT, SIGTERM, SIGHUP those that the caller does not ignore */
    sigset_t before;
    bool is_started;
    int asked;  /* how often somebody asked to stop */
    int signal; /* the last that did; 0: none */
};

/* A zeroed stopper watches nothing. */
void stopper_start(struct stopper *stopper);
/* Signals have their usual effect again. */
void stopper_end(struct stopper *stopper);
/* How often somebody asked to stop: once is "soon", twice "now". */
int stopper_asked(struct stopper *stopper);
/* Waits; false, and at once, if somebody asks to stop. */
bool stopper_wait(struct stopper *stopper, double seconds);

#endif
