/* repeated.c: what to do about IDs that came again with other content. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/row/repeat_scan.h"
#include "convert/run/run_private.h"

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
        buffer_print(&text, "IDs made from %s repeat, and no three columns of the file make all those rows unique.",
                     now);
    } else {
        buffer_print(&text, "IDs made from %s repeat because the report has one row per ", now);
        for (size_t i = 0; i < count; i++)
            buffer_print(&text, "%s%.*s",
                         i == 0           ? ""
                         : i + 1 == count ? " and "
                                          : ", ",
                         VIEW_ARGS(facts->columns[chosen[i]].label));
        buffer_print(&text, " within each. In a schema, \"id\": \"%s", now);
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

/* "jobs-a.csv (no time of export, no day in its name, no period)". */
static void add_age(struct buffer *text, const char *path, const struct file_age *age) {
    static const char *const lacks[] = {"no time of export", "no day in its name", "no period"};
    buffer_print(text, "%s (", path);
    size_t count = 0;
    for (int i = 0; i < AGE_BEGIN; i++)
        if (!age->has[i]) buffer_print(text, "%s%s", count++ ? ", " : "", lacks[i]);
    buffer_add_text(text, count ? ")" : "the same age)");
}

static bool refuse_doubt(const struct run *run, const struct repeats *repeats, const struct file_age *ages,
                         struct error *error) {
    struct view id;
    struct repeat_row one, other;
    if (!repeats_doubt(repeats, &id, &one, &other)) return true;
    const char *path = input_facts(run->inputs[one.file])->path, *path2 = input_facts(run->inputs[other.file])->path;
    struct buffer text = {0};
    buffer_print(&text, "ID %.*s has two states, in %s row %llu and in %s row %llu. Nothing says which file is newer: ",
                 VIEW_ARGS(id), path, (unsigned long long)one.row, path2, (unsigned long long)other.row);
    add_age(&text, path, &ages[one.file]);
    buffer_add_text(&text, " and ");
    add_age(&text, path2, &ages[other.file]);
    error_set(error, EXIT_WRONG_USE, "%.*s", VIEW_ARGS(buffer_view(&text)));
    buffer_free(&text);
    return error_fix(error, "Put the day of the export into the files' names.\nIf the file named last is the newest one:\n"
                            "{run} --repeats last");
}

static bool decide(const struct run *run, struct repeats *repeats, bool *is_any, struct error *error) {
    struct file_age *ages = memory_get_zero(run->file_count + 1, sizeof *ages);
    for (size_t i = 0; i < run->file_count; i++)
        ages[i] = file_age_of(input_facts(run->inputs[i]), &run->plan.periods[i].own);
    *is_any = repeats_decide(repeats, run->options->repeats, ages);
    bool is_fine = refuse_doubt(run, repeats, ages, error);
    free(ages);
    return is_fine;
}

bool run_examine_repeats(struct run *run, const struct pass *pass, bool *again, struct error *error) {
    struct repeats *repeats = repeats_create(pass->repeated.hashes, pass->repeated.count);
    struct grain *grain = run_make_grain(run);
    *again = false;
    bool is_decided = false;
    bool is_fine = repeat_scan(&run->plan, run->inputs, repeats, grain, error) && decide(run, repeats, &is_decided, error);
    if (is_fine && is_decided) {
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

/* Records that came again, and what the choice of a state does to the money. */
void run_note_states(const struct run *run, struct pass *pass) {
    uint64_t taken = pass->counts.of[COUNT_TAKEN_STATES], others = pass->ledger.rows[LEDGER_SUPERSEDED];
    if (others == 0) return;
    static const char *const which[] = {[REPEATS_NEWEST] = "newest", [REPEATS_LAST] = "last", [REPEATS_FIRST] = "first",
                                        [REPEATS_ERROR] = "newest"};
    struct buffer text = {0};
    buffer_print(&text, "%llu record%s came again with other values. The %s state was taken, and %llu other%s left out",
                 (unsigned long long)taken, taken == 1 ? "" : "s", which[run->options->repeats],
                 (unsigned long long)others, others == 1 ? " was" : "s were");
    size_t money = plan_money_place(&run->plan);
    if (money != SIZE_MAX) {
        buffer_print(&text, ": %s ", run->plan.followed_titles[money]);
        decimal_print_human(&text, pass->counts.sums[COUNT_SUM_TAKEN][money], true);
        buffer_add_text(&text, " instead of ");
        decimal_print_human(&text, pass->ledger.sums[LEDGER_SUPERSEDED][money], true);
    }
    findings_note(&pass->findings, "%.*s", VIEW_ARGS(buffer_view(&text)));
    buffer_free(&text);
}
