/* vanished.c: records of an older export that the newest one of their days has not. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/row/vanished_scan.h"
#include "convert/run/run_private.h"

/* The period of an export that is whole; unknown where it holds changes only, or is cut. */
static struct own_period whole_period(const struct run *run, size_t file) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    if (facts->shape == SHAPE_EXPORT || facts->cut_reason) return (struct own_period){0};
    return run->plan.periods[file].own;
}

static struct vanished *create(const struct run *run) {
    enum repeat_policy policy = run->options->repeats;
    if (run->file_count < 2 || policy == REPEATS_FIRST || run->schema->date_from_period) return NULL;
    struct export_file *files = memory_get_zero(run->file_count, sizeof *files);
    for (size_t i = 0; i < run->file_count; i++) {
        files[i].period = whole_period(run, i);
        files[i].age = file_age_of(input_facts(run->inputs[i]), &run->plan.periods[i].own);
    }
    struct vanished *vanished = vanished_create(files, run->file_count, policy == REPEATS_LAST);
    free(files);
    return vanished;
}

bool run_find_vanished(struct run *run, const struct pass *pass, bool *again, struct error *error) {
    run->has_asked_vanished = true;
    if (pass->ledger.rows[LEDGER_WRITTEN] == 0) return true;
    run->vanished = create(run);
    if (!run->vanished) return true;
    if (!vanished_scan(&run->plan, run->inputs, run->vanished, error)) return false;
    *again = vanished_decide(run->vanished);
    if (*again) run->plan.vanished = run->vanished;
    return true;
}

void run_note_parts(const struct run *run, struct pass *pass) {
    size_t older, newer;
    if (run->vanished && vanished_parts(run->vanished, &older, &newer))
        findings_note(&pass->findings,
                      "%s and the newer %s are of the same days and have almost no record in common. They count as "
                      "parts of one export, so no record is missing in either.",
                      input_facts(run->inputs[older])->path, input_facts(run->inputs[newer])->path);
}
