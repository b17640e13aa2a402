/* repeated.c: what to do about IDs that came again with other content. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/row/repeat_scan.h"
#include "convert/run/run_private.h"

/* Columns that may be part of an ID: no amounts, dates, personal data or columns nobody knows. */
static bool is_usable(const struct run *run, size_t column) {
    const struct binding *binding = run->bindings[0];
    for (size_t field = 0; field < run->plan.field_count; field++) {
        const struct field *entry = &run->schema->fields[field];
        if (!ref_is_cell(binding->cell_of_field[field], column)) continue;
        return entry->type == FIELD_TEXT && !entry->is_private && entry->role != ROLE_STATUS;
    }
    return false;
}

static struct grain *make_grain(const struct run *run) {
    const struct input_facts *facts = input_facts(run->inputs[0]);
    if ((facts->shape != SHAPE_CSV && facts->shape != SHAPE_REPORT) || run->file_count > 1) return NULL;
    struct view *labels = memory_get_zero(facts->column_count + 1, sizeof *labels);
    bool *usable = memory_get_zero(facts->column_count + 1, sizeof *usable);
    for (size_t i = 0; i < facts->column_count; i++) {
        labels[i] = facts->columns[i].label;
        usable[i] = is_usable(run, i);
    }
    struct grain *grain = grain_create(labels, usable, facts->column_count);
    free(labels);
    free(usable);
    return grain;
}

/* "{Invoice #}" or the schema's template: what the ID is made of now. */
static void add_present_template(const struct run *run, struct buffer *text) {
    if (run->schema->id_template) {
        buffer_add_text(text, run->schema->id_template);
        return;
    }
    const struct binding *binding = run->bindings[0];
    if (binding->id_count > 0) buffer_print(text, "{%s}", run->schema->fields[binding->ids[0]].name);
}

static char *explain(const struct run *run, struct grain *grain) {
    size_t chosen[GRAIN_LIMIT], count = 0;
    struct buffer text = {0};
    add_present_template(run, &text);
    char *now = buffer_take(&text);
    const struct input_facts *facts = input_facts(run->inputs[0]);
    text = (struct buffer){0};
    if (!grain_find(grain, chosen, &count)) {
        buffer_print(&text, "IDs made of %s repeat, and no three columns of the file tell all those rows apart", now);
    } else {
        buffer_print(&text, "IDs made of %s repeat because the report has one row per ", now);
        for (size_t i = 0; i < count; i++)
            buffer_print(&text, "%s%.*s",
                         i == 0           ? ""
                         : i + 1 == count ? " and "
                                          : ", ",
                         VIEW_ARGS(facts->columns[chosen[i]].label));
        buffer_print(&text, " within each; in a schema \"id\": \"%s", now);
        for (size_t i = 0; i < count; i++)
            buffer_print(&text, ":{%.*s}", VIEW_ARGS(facts->columns[chosen[i]].label));
        buffer_add_text(&text, "\" makes them unique");
    }
    if (grain_is_sample(grain)) buffer_print(&text, " (seen in the first %d rows that share an ID)", GRAIN_ROWS);
    free(now);
    return buffer_take(&text);
}

/* A few IDs that come twice are mistakes; where a third of the rows share theirs, the report is of another grain. */
static bool is_grain(const struct pass *pass, const struct grain *grain) {
    size_t count = grain_row_count(grain);
    return count >= 3 && (grain_is_sample(grain) || count * 3 >= pass->ledger.rows_in);
}

bool run_examine_repeats(struct run *run, const struct pass *pass, bool *again, struct error *error) {
    struct repeats *repeats = repeats_create(pass->repeated.hashes, pass->repeated.count);
    struct grain *grain = make_grain(run);
    *again = false;
    bool is_fine = repeat_scan(&run->plan, run->inputs, repeats, grain, error);
    if (is_fine && repeats_can_decide(repeats)) {
        run->repeats = repeats;
        run->plan.repeats = repeats;
        repeats = NULL;
        *again = true;
    } else if (is_fine && grain && is_grain(pass, grain)) {
        free(run->grain);
        run->grain = explain(run, grain);
    }
    grain_free(grain);
    repeats_free(repeats);
    return is_fine;
}
