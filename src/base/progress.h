/* progress.h: how long work tells how far it is. Who does the work knows nothing of terminals; cli/ shows it. */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress_step {
    const char *what;     /* the file: "jobs.csv", "review.xlsx" */
    bool is_writing;      /* else it is read */
    uint64_t done, total; /* bytes of what is read, rows of what is written; total 0: unknown */
    uint64_t rows;        /* so far in the whole run */
};

/* Called often; cheap calls are the taker's business. */
typedef void progress_taker(void *context, const struct progress_step *step);

#endif
