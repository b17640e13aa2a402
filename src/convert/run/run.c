/* run.c: a run from options to published folder.
 *
 * open and recognise → choose the schema, bind → plan → pass over the rows → prove date orders (another pass if the
 * column proved other than assumed) → balance the ledger → publish, or nothing. */
#include "convert/run/run.h"

#include "convert/run/run_private.h"

bool run_convert(const struct run_options *options, struct result *result, struct error *error) {
    struct run run = {.options = options};
    struct pass pass = {0};
    *result = (struct result){0};
    bool is_fine = run_open(&run, error) && run_passes(&run, &pass, error) && run_finish(&run, &pass, result, error);
    pass_free(&pass);
    run_close(&run);
    return is_fine;
}
