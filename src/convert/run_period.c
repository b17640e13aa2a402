/* run_period.c: reports without a date column are dated by their period: --period, or what stands in the lines above
 * the header or in the file's name ("Technicians_Dated 10_01_25 - 10_31_25.csv", servicetitan.md 25.2). */
#include <stdio.h>

#include "convert/run_private.h"
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

void run_find_periods(struct run *run) {
    const struct run_options *options = run->options;
    for (size_t i = 0; i < run->file_count; i++) {
        const struct input_facts *facts = input_facts(run->inputs[i]);
        struct file_period *period = &run->plan.periods[i];
        int32_t from, to;
        bool is_found = false;
        for (size_t k = 0; k < facts->title_count && !is_found; k++)
            is_found = period_text_find(facts->titles[k], &from, &to);
        is_found = is_found || period_text_find(base_name(facts->path), &from, &to);
        if (!is_found && options->has_period) {
            from = options->period_from;
            to = options->period_to;
            is_found = true;
        }
        if (is_found) set_period(run, period, from, to);
    }
}
