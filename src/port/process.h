/* process.h: how the program ends, whatever ends it, and what signals find. */
#ifndef PORT_PROCESS_H
#define PORT_PROCESS_H

#include <signal.h>

/* To be called first: the words of the command line in UTF-8 where the system has them otherwise, and standard streams that
 * change no byte. What it makes lives until the end. */
void process_begin(int *argc, char ***argv);
/* What the system is called: "Linux". */
const char *process_system(void);

struct signals_held {
    sigset_t before;
};

/* Signals wait between these two, where a half-done change must not be seen by the handler. */
void signals_hold(struct signals_held *held);
void signals_release(const struct signals_held *held);
/* `stop` is called with the number of each signal that ends a program, unless who started us ignores it (nohup). It may do
 * only what a signal handler may, and ends the program. Besides, a file that grows over its limit is a failed write. */
void signals_catch(void (*stop)(int number));

/* `clean_up` is called once, at exit() or at process_end_quickly(). */
void process_at_end(void (*clean_up)(void));
/* Ends the program without asking the C library for anything: for who has no memory left. */
_Noreturn void process_end_quickly(int code);
/* A thread that waits while another one ends the program. */
void process_wait(void);
/* No core files, and no look into the memory by other programs of the same user, where the system can do that. */
void process_keep_private(void);

#endif
