/* periods.c: reports without a date column are dated by their period: --period, or what stands in the lines above
 * the header or in the file's name ("Technicians_Dated 10_01_25 - 10_31_25.csv", schemas/servicetitan.md,
 * "Web reports and workbooks"). */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "convert/run/run_private.h"
#include "input/source/workbook.h"
#include "values/period_text.h"

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

/* A period that the file says, and where: in a line above the header, in a line of the sheet Filters, or in its name. */
struct said_period {
    const char *where; /* NULL: nowhere */
    int32_t from, to;
};

static const char *place_of_title(const struct input_facts *facts, size_t title) {
    size_t filters = facts->workbook ? facts->workbook->filter_count : 0;
    return title >= facts->title_count - filters ? "its sheet Filters" : "a line above its header";
}

static struct said_period said_above(const struct input_facts *facts) {
    struct said_period said = {0};
    for (size_t i = 0; i < facts->title_count && !said.where; i++)
        if (period_text_find(facts->titles[i], &said.from, &said.to)) said.where = place_of_title(facts, i);
    return said;
}

static void add_said(struct buffer *text, const struct said_period *said) {
    buffer_print(text, "%s says ", said->where);
    date_print(text, said->from);
    buffer_add_text(text, "..");
    date_print(text, said->to);
}

/* Two periods of one file: one of them is not that of its rows. */
static void note_contradiction(struct run *run, size_t file, const struct said_period *above,
                               const struct said_period *name) {
    struct buffer text = {0};
    add_said(&text, above);
    buffer_add_text(&text, ", ");
    add_said(&text, name);
    buffer_print(&text, "; the period of %s is used", run->options->has_period ? "--period" : above->where);
    issues_add(run->findings.issues, &(struct issue){.code = W623_TWO_PERIODS,
                                                     .file = (uint32_t)file,
                                                     .row = 1,
                                                     .line = 1,
                                                     .column = 1,
                                                     .detail = buffer_view(&text)});
    buffer_free(&text);
}

/* What the file itself says; that it says two things is an issue. */
static bool own_period(struct run *run, size_t file, int32_t *from, int32_t *to) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    struct said_period above = said_above(facts), name = {0};
    if (period_text_find(view_of(view_file_name(facts->path)), &name.from, &name.to)) name.where = "its name";
    bool differs = above.where && name.where && (above.from != name.from || above.to != name.to);
    if (differs) note_contradiction(run, file, &above, &name);
    const struct said_period *said = above.where ? &above : &name;
    *from = said->from;
    *to = said->to;
    return said->where != NULL;
}

/* --period goes before what the file says; that they differ is told where the period dates the rows. */
static void compare(struct run *run, const struct input_facts *facts, int32_t from, int32_t to) {
    const struct run_options *options = run->options;
    if (!run->schema->date_from_period || (from == options->period_from && to == options->period_to)) return;
    struct buffer text = {0};
    date_print(&text, from);
    buffer_add_text(&text, "..");
    date_print(&text, to);
    findings_note(&run->findings, "%s says that its period is %.*s. --period is used.", facts->path,
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
        bool is_found = own_period(run, i, &from, &to);
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
