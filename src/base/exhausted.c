/* exhausted.c: see exhausted.h. Below memory.c and libraries.c, which both come here: memory.c asks for memory through the
 * malloc of libraries.c. */
#include "base/exhausted.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

#include "base/error.h"
#include "port/process.h"

_Noreturn void memory_exhausted(void) {
    static const char text[] = "st2plecto: error: out of memory\n";
    static atomic_flag is_ending = ATOMIC_FLAG_INIT;
    static _Thread_local bool is_mine;
    if (is_mine) _exit(EXIT_CANNOT_WRITE); /* the clean-up has no memory either */
    while (atomic_flag_test_and_set(&is_ending))
        process_wait(); /* another thread is ending the program */
    is_mine = true;
    ssize_t written = write(STDERR_FILENO, text, sizeof text - 1); /* stdio might want memory of its own */
    (void)written;
    process_end_quickly(EXIT_CANNOT_WRITE);
}
