/* error.h: our trouble (cannot open, cannot write, wrong option): it stops the run.
 *
 * Data trouble is an issue (report/issue.h), never an error; the two do not mix. A function that can
 * fail so returns false and fills the caller's struct error. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

/* What the program ends with; meanings, and which is worse, in base/exit_codes.def. */
enum exit_code {
#define EXIT_CODE(name, number, in_short, meaning) name = (number),
#include "base/exit_codes.def"
#undef EXIT_CODE
};

struct error {
    enum exit_code code; /* EXIT_FINE while nothing happened */
    char *message;       /* owned; what, where, why; no line break at its end */
    char *fix; /* owned, may be NULL: what to do about it (error_advice); sentences, and whole commands on lines of their own */
};

/* Fills `error` (freeing what it held) and returns false, so that `return error_set(...)` reads well. */
bool error_set(struct error *error, enum exit_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Adds the advice to an error that is set; returns false. */
bool error_fix(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Puts `path`, as the shell wants it, in place of each "{file}" in the advice; returns false. */
bool error_fix_file(struct error *error, const char *path);
/* Puts `call`, the command that ran as the shell wants it, in place of each "{run}" in the advice, which only the command
 * line knows. */
void error_fix_run(struct error *error, const char *call);
/* What to do about it: its own advice, or what helps against any error of its code; NULL where that says nothing (an upload's
 * stop has a way on of its own). Borrowed. */
const char *error_advice(const struct error *error);
/* Frees the texts. */
void error_free(struct error *error);

#endif
