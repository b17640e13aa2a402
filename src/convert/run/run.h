/* run.h: a conversion or validation from options to result: what cli/ calls. */
#ifndef CONVERT_RUN_RUN_H
#define CONVERT_RUN_RUN_H

#include "convert/run_options.h"
#include "report/result.h"

/* Runs it. True: `result` is filled (its exit_code says how it went); false: an error that stopped the run,
 * nothing published. The caller frees `result` with result_free in both cases. */
bool run_convert(const struct run_options *options, struct result *result, struct error *error);

#endif
