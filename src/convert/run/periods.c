/* periods.c: reports without a date column are dated by their period: --period, or what stands in the lines above
 * the header or in the file's name ("Technicians_Dated 10_01_25 - 10_31_25.csv", schemas/servicetitan.md,
 * "Web reports and workbooks"). */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "convert/run/run_private.h"
#include "values/period_text.h"

static struct view base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return view_of(slash ? slash + 1 : path);
}

static void set_period(struct run *run, struct file_period *period, int32_t from, int32_t to) {
    struct buffer text = {0};
    *period = (struct file_period){.is_known = true, .from = from, .to = to};
    date_print(&text, from);
    buffer_add_text(&text, "..");
    date_print(&text, to);
    snprintf(period->text, sizeof period->text, "%.*s", (int)text.length, text.text);
    buffer_free(&text);
    moment_noon(from, run->options->zone, &period->moment);
}

/* What the file itself says, in a line above the header or in its name. */
static bool own_period(const struct input_facts *facts, int32_t *from, int32_t *to) {
    for (size_t i = 0; i < facts->title_count; i++)
        if (period_text_find(facts->titles[i], from, to)) return true;
    return period_text_find(base_name(facts->path), from, to);
}

/* --period goes before what the file says; that they differ is told where the period dates the rows. */
static void compare(struct run *run, const struct input_facts *facts, int32_t from, int32_t to) {
    const struct run_options *options = run->options;
    if (!run->schema->date_from_period || (from == options->period_from && to == options->period_to)) return;
    struct buffer text = {0};
    date_print(&text, from);
    buffer_add_text(&text, "..");
    date_print(&text, to);
    findings_note(&run->findings, "%s says that its period is %.*s; --period is taken", facts->path,
                  VIEW_ARGS(buffer_view(&text)));
    buffer_free(&text);
}

/* The weeks and months that they, or the filters, hold in part. */
static void find_cuts(struct run *run) {
    struct own_period *own = memory_get_zero(run->file_count + 1, sizeof *own);
    for (size_t i = 0; i < run->file_count; i++)
        own[i] = run->plan.periods[i].own;
    cut_periods_find(run->options, own, run->file_count, &run->plan.cuts);
    free(own);
}

void run_find_periods(struct run *run) {
    const struct run_options *options = run->options;
    for (size_t i = 0; i < run->file_count; i++) {
        const struct input_facts *facts = input_facts(run->inputs[i]);
        int32_t from, to;
        bool is_found = own_period(facts, &from, &to);
        struct own_period own = {is_found, is_found ? from : 0, is_found ? to : 0};
        if (is_found && options->has_period) compare(run, facts, from, to);
        if (options->has_period)
            set_period(run, &run->plan.periods[i], options->period_from, options->period_to);
        else if (is_found)
            set_period(run, &run->plan.periods[i], from, to);
        run->plan.periods[i].own = own;
    }
    find_cuts(run);
}
