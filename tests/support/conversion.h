/* conversion.h: a whole conversion within a test program, into a folder in memory that is gone afterwards. */
#ifndef SUPPORT_CONVERSION_H
#define SUPPORT_CONVERSION_H

#include "convert/run/run.h"

/* What was published. */
struct conversion {
    struct buffer jsonl, csv;
    struct result result;
    struct error error; /* where nothing was */
};

/* The options of `convert --on-error reject --force -j 1` into the test's folder; `paths` must outlive the run. */
struct run_options conversion_options(char **paths, size_t count);
/* Runs it; false: refused. The caller frees in both cases. */
bool conversion_run(const struct run_options *options, struct conversion *conversion);
void conversion_free(struct conversion *conversion);

#endif
