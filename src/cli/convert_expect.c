/* convert_expect.c: see convert_expect.h. The search for causes runs only where a number differs. */
#include "cli/convert_expect.h"

#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/expect.h"
#include "reconcile/read_side.h"

/* Looks at rows until the search stops: a second or less on a slow machine, and the same everywhere. The clock is for
 * machines that are slower still. */
#define LOOKS 200000000u
#define SECONDS 2

void convert_differences_free(struct run_difference *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free(list[i].field);
        free(list[i].text);
    }
    free(list);
}

static bool read_rows(struct convert_settings *settings, struct comparison *comparison, struct error *error) {
    struct run_options *run = &settings->run;
    for (size_t i = 0; i < run->path_count; i++)
        if (strcmp(run->paths[i], "-") == 0) {
            error_set(error, EXIT_WRONG_USE, "--expect reads the export twice, which standard input does not allow");
            return error_fix(error, "Save the export to a file, and name that.");
        }
    bool is_fine = side_read_export(run->paths[0], run, comparison->pool, &comparison->sides[0], error);
    if (is_fine) side_type_columns(&comparison->sides[0], comparison->pool, NULL, run->zone);
    return is_fine;
}

/* "Jobs Total is $1.00 in the rows and $2.00 was expected; Status = Hold explains it". */
static char *sentence_of(const struct reconciliation *reconciliation, const struct search_limit *limit, size_t number) {
    const struct compared_total *total = &reconciliation->totals[number];
    const struct findings_list *found = &reconciliation->found;
    struct buffer text = {0};
    buffer_print(&text, "%s is ", total->key);
    decimal_print_human(&text, total->left, total->is_money);
    buffer_add_text(&text, reconciliation->comparison.counts_sent_only ? " in the rows that can be sent, and "
                                                                       : " in the rows, and ");
    decimal_print_human(&text, total->right, total->is_money);
    buffer_add_text(&text, " was expected. ");
    if (found->count == 0 && limit->is_reached) {
        buffer_add_text(&text, "The search for a reason stopped at its limit of 2 seconds");
    } else if (found->count == 0) {
        buffer_add_text(&text, "No single reason explains the difference");
    } else {
        buffer_add_text(&text, "What explains it: ");
        add_sentence(reconciliation, found->list[0], &text);
    }
    return buffer_take(&text);
}

static void list_differences(const struct reconciliation *reconciliation, const struct search_limit *limit,
                             struct run_difference **list, size_t *count) {
    *list = memory_get_zero(reconciliation->total_count + 1, sizeof **list);
    for (size_t i = 0; i < reconciliation->total_count; i++) {
        const struct compared_total *total = &reconciliation->totals[i];
        wide_integer gap = total->right - total->left;
        if (gap == 0) continue;
        struct run_difference *one = &(*list)[(*count)++];
        one->field = memory_copy(view_of(total->title));
        one->text = sentence_of(reconciliation, limit, i);
        one->has_money = total->is_money && gap <= INT64_MAX && gap >= INT64_MIN;
        one->money = (int64_t)gap;
    }
}

bool convert_expect(struct convert_settings *settings, struct run_difference **list, size_t *count,
                    struct error *error) {
    const struct reconcile_wishes *wishes = &settings->reconcile;
    struct reconciliation reconciliation = {0};
    struct comparison *comparison = &reconciliation.comparison;
    struct expectations expectations = {0};
    struct condition active = {0};
    bool is_fine = true;
    comparison->pool = table_create();
    comparison->sides[1].kind = SIDE_NUMBERS;
    for (size_t i = 0; i < wishes->expect_count && is_fine; i++)
        is_fine = expectation_parse(wishes->expects[i], &expectations, error);
    is_fine = is_fine && read_rows(settings, comparison, error);
    condition_parse("Active=true", &active);
    comparison->zone = settings->run.zone;
    comparison->scope = (struct scope){.has_period = settings->run.has_period,
                                       .from = settings->run.period_from,
                                       .to = settings->run.period_to,
                                       .conditions = &active,
                                       .condition_count = settings->run.active_only ? 1 : 0};
    comparison->counts_sent_only = !settings->run.stop_on_error; /* what is published, not what is set aside */
    reconciliation.show_private = settings->run.show_private;
    struct search_limit limit = {.looks = LOOKS, .deadline = search_clock() + SECONDS * 1000000000};
    is_fine = is_fine && reconciliation_expect(&reconciliation, &expectations, &limit, error);
    if (is_fine) list_differences(&reconciliation, &limit, list, count);
    free(active.field);
    free(active.value);
    expectations_free(&expectations);
    reconciliation_free(&reconciliation);
    return is_fine;
}
