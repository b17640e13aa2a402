/* review.h: review.xlsx, the workbook in which an analyst sees what goes to Plecto, what does not and why, and whether the
 * totals are right; and in which rows are mended (`apply` reads it back).
 *
 * Sheets: Summary, Issues, Rows, Rejected, Totals; hidden: Lists (choices of drop-downs) and Origin (what apply needs). */
#ifndef REVIEW_REVIEW_H
#define REVIEW_REVIEW_H

#include "base/progress.h"
#include "report/result.h"

/* Hands the bytes of a file of the published folder ("import.csv", "rejected.csv") to `take`; false with the error. */
typedef bool review_reader(void *context, const char *name, void (*take)(void *context, struct view bytes),
                           void *take_context, struct error *error);

struct review_files {
    review_reader *read;
    void *context;
    bool has_import;          /* else there are no Rows, and Totals has our values only */
    bool has_rejected;        /* else there is no sheet Rejected */
    const char *temporary;    /* folder for temporary files */
    progress_taker *progress; /* may be NULL */
    void *progress_context;
};

/* Writes it to `path`. `created`: seconds since 1970, for the properties. What the format cannot hold is told on the
 * Summary. EXIT_CANNOT_WRITE, or the reader's errors. */
bool review_write(const struct result *result, const struct review_files *files, const char *path, int64_t created,
                  struct error *error);

/* The same from files: import.csv and rejected.csv in `folder`, if they are those that the result names (SHA-256);
 * `folder` NULL: without them. `temporary`: a folder for temporary files. */
bool review_write_from(const struct result *result, const char *folder, const char *path, const char *temporary,
                       int64_t created, struct error *error);

#endif
