/* exhausted.h: how the program ends where the system has no more memory. */
#ifndef BASE_EXHAUSTED_H
#define BASE_EXHAUSTED_H

/* Prints one line and calls process_end_quickly(EXIT_CANNOT_WRITE); memory.h says why so. The first thread that comes here ends the
 * program, others wait for that. */
_Noreturn void memory_exhausted(void);

#endif
