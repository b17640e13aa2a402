/* error.h: our trouble (cannot open, cannot write, wrong option): it stops the run.
 *
 * Data trouble is an issue (report/issue.h), never an error; the two do not mix. A function that can
 * fail so returns false and fills the caller's struct error. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

/* What the program ends with; documented in src/manual/exit-codes.md. */
enum exit_code {
    EXIT_FINE = 0,           /* warnings allowed */
    EXIT_ANSWER_NO = 1,      /* issues at or above --fail-on, or sides differ */
    EXIT_WRONG_USE = 2,      /* options, configuration or schema */
    EXIT_CANNOT_READ = 3,    /* input missing, unreadable or cut off */
    EXIT_CANNOT_WRITE = 4,   /* output cannot be written, or no memory */
    EXIT_UPLOAD_STOPPED = 5, /* can be continued */
    EXIT_UPLOAD_REFUSED = 6,
    EXIT_NOT_BALANCED = 7 /* the ledger: nothing was published */
};

struct error {
    enum exit_code code; /* EXIT_FINE while nothing happened */
    char *message;       /* owned; what, where, why; no line break at its end */
    char *fix;           /* owned, may be NULL: what to do about it */
};

/* Fills `error` (freeing what it held) and returns false, so that `return error_set(...)` reads well. */
bool error_set(struct error *error, enum exit_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Adds the advice to an error that is set; returns false. */
bool error_fix(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Frees the texts. */
void error_free(struct error *error);

#endif
