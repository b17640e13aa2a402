/* expect.c: the rows of the left side against expected numbers: what is to be compared, and the sums. */
#include "reconcile/expect.h"

#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/expect_private.h"
#include "reconcile/row_reasons.h"

static size_t find_metric(const struct side *side, struct view name) {
    size_t column = side_find_column(side, name);
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): a column that is found is there */
    return column < side->column_count && side->columns[column].kind == COLUMN_AMOUNT ? column : SIZE_MAX;
}

static bool is_count(struct view name) {
    static const char *const names[] = {"Rows", "Count", "Registrations"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (view_equal_fold(name, view_of(names[i]))) return true;
    return false;
}

static bool no_metric(const struct side *side, const char *name, struct error *error) {
    const char *nearest = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < side->column_count; i++) {
        if (side->columns[i].kind != COLUMN_AMOUNT) continue;
        size_t distance = view_distance(view_of(name), view_of(side->columns[i].title));
        if (distance < least) nearest = side->columns[i].title;
        if (distance < least) least = distance;
    }
    error_set(error, EXIT_WRONG_USE, "%s has no amount called \"%s\"", side->name, name);
    return nearest ? error_fix(error, "Did you mean \"%s\"?", nearest) : false;
}

static bool check_conditions(const struct side *side, const struct condition *conditions, size_t count,
                             struct error *error) {
    for (size_t i = 0; i < count; i++) {
        struct view field = view_of(conditions[i].field);
        if (view_equal_fold(field, view_of("Employee")) || side_find_column(side, field) != SIZE_MAX) continue;
        error_set(error, EXIT_WRONG_USE, "%s has no column \"%s\"", side->name, conditions[i].field);
        return error_fix(error, "To list its columns:\nst2plecto inspect FILE");
    }
    return true;
}

/* The title, with the conditions where a title is there twice. */
static char *key_of(const struct expectations *expectations, size_t number, const char *title) {
    const struct expectation *one = &expectations->list[number];
    struct buffer text = {0};
    bool is_twice = false;
    for (size_t i = 0; i < expectations->count; i++)
        is_twice =
            is_twice || (i != number && view_equal_fold(view_of(expectations->list[i].metric), view_of(one->metric)));
    buffer_add_text(&text, title);
    for (size_t i = 0; is_twice && i < one->condition_count; i++)
        buffer_print(&text, "; %s=%s", one->conditions[i].field, one->conditions[i].value);
    if (is_twice && one->has_period) {
        buffer_add_text(&text, "; ");
        date_print(&text, one->from);
        buffer_add_text(&text, "..");
        date_print(&text, one->to);
    }
    return buffer_take(&text);
}

static bool meets_all(const struct comparison *comparison, const struct scope *scope, uint32_t row) {
    struct comparison view = *comparison;
    view.scope = *scope;
    view.scope.has_period = false;
    return row_in_scope(&view, 0, row);
}

/* Fills one number: which rows it is of, and their amounts. */
static void fill(const struct comparison *comparison, const struct expectation *expected, struct wanted *wanted) {
    const struct side *side = &comparison->sides[0];
    struct scope own = {.conditions = expected->conditions, .condition_count = expected->condition_count};
    wanted->has_period = expected->has_period || comparison->scope.has_period;
    wanted->from = expected->has_period ? expected->from : comparison->scope.from;
    wanted->to = expected->has_period ? expected->to : comparison->scope.to;
    wanted->amounts = memory_get_zero(side->row_count + 1, sizeof *wanted->amounts);
    wanted->meets = memory_get_zero(side->row_count + 1, sizeof *wanted->meets);
    wanted->in_period = memory_get_zero(side->row_count + 1, sizeof *wanted->in_period);
    wanted->fits = memory_get_zero(side->row_count + 1, sizeof *wanted->fits);
    for (uint32_t i = 0; i < side->row_count; i++) {
        int64_t value = wanted->column == SIZE_MAX ? DECIMAL_SCALE : side_cell(&side->columns[wanted->column], i);
        wanted->amounts[i] = value == NO_AMOUNT ? 0 : value;
        const struct side_row at = side_row_at(side, i);
        bool is_sent = !comparison->counts_sent_only || !row_is_set_aside(&at);
        wanted->fits[i] = meets_all(comparison, &comparison->scope, i) && meets_all(comparison, &own, i);
        wanted->meets[i] = is_sent && wanted->fits[i];
        wanted->in_period[i] = !wanted->has_period || at.has_unread_date ||
                               (at.has_date && day_of(at.local) >= wanted->from && day_of(at.local) <= wanted->to);
        if (wanted->meets[i] && wanted->in_period[i]) {
            wanted->left += wanted->amounts[i];
            wanted->rows += wanted->column == SIZE_MAX || value != NO_AMOUNT;
        }
    }
    bool is_average = wanted->column != SIZE_MAX && side->columns[wanted->column].is_average;
    if (is_average && wanted->rows > 0) wanted->left = decimal_average(wanted->left, wanted->rows, 4);
    wanted->is_average = is_average;
    wanted->right = expected->number;
    wanted->places = expected->places;
    if (wanted_rounded(wanted, wanted->left) == wanted->right) wanted->left = wanted->right;
}

bool reconciliation_expect(struct reconciliation *reconciliation, const struct expectations *expectations,
                           struct search_limit *limit, struct error *error) {
    struct comparison *comparison = &reconciliation->comparison;
    const struct side *side = &comparison->sides[0];
    struct search search = {.comparison = comparison, .found = &reconciliation->found, .limit = limit};
    comparison->grain = "record";
    search.wanted = memory_get_zero(expectations->count + 1, sizeof *search.wanted);
    comparison->metrics = memory_get_zero(expectations->count + 1, sizeof *comparison->metrics);
    reconciliation->totals = memory_get_zero(expectations->count + 1, sizeof *reconciliation->totals);
    bool is_fine = check_conditions(side, comparison->scope.conditions, comparison->scope.condition_count, error);
    for (size_t i = 0; i < expectations->count && is_fine; i++) {
        const struct expectation *one = &expectations->list[i];
        struct wanted *wanted = &search.wanted[search.count];
        wanted->column = find_metric(side, view_of(one->metric));
        bool is_known = wanted->column != SIZE_MAX || is_count(view_of(one->metric));
        if (!is_known) is_fine = no_metric(side, one->metric, error);
        is_fine = is_fine && check_conditions(side, one->conditions, one->condition_count, error);
        if (!is_fine) break;
        fill(comparison, one, wanted);
        reconciliation->has_days = reconciliation->has_days || wanted->has_period;
        search.count++;
        const struct side_column *column = wanted->column == SIZE_MAX ? NULL : &side->columns[wanted->column];
        const char *title = column ? column->title : "Rows";
        struct compared_total *total = &reconciliation->totals[reconciliation->total_count++];
        *total = (struct compared_total){.title = memory_copy(view_of(title)),
                                         .key = key_of(expectations, i, title),
                                         .left = wanted->left,
                                         .right = wanted->right,
                                         .is_money = column && column->is_money,
                                         .places = column ? column->places : 0};
        comparison->metrics[comparison->metric_count++] = (struct compared){.title = memory_copy(view_of(title)),
                                                                            .columns = {wanted->column, SIZE_MAX},
                                                                            .is_money = total->is_money,
                                                                            .places = total->places,
                                                                            .sums = {wanted->left, wanted->right}};
        wide_integer gap = wanted->right - wanted->left;
        bool is_over = gap > comparison->tolerance || -gap > comparison->tolerance;
        comparison->is_over = comparison->is_over || is_over;
    }
    if (is_fine && comparison->is_over) search_run(&search);
    if (is_fine) row_reasons_add(comparison, &reconciliation->found);
    reconciliation->exit_code = comparison->is_over ? EXIT_ANSWER_NO : EXIT_FINE;
    search_free(&search);
    return is_fine;
}

void search_totals(struct comparison *records, const struct comparison *comparison, struct findings_list *found) {
    struct search search = {.comparison = records, .found = found};
    const struct expectation none = {0};
    bool differs = false;
    search.wanted = memory_get_zero(comparison->metric_count + 1, sizeof *search.wanted);
    records->metrics = comparison->metrics;
    records->metric_count = comparison->metric_count;
    for (size_t i = 0; i < comparison->metric_count; i++) {
        const struct compared *metric = &comparison->metrics[i];
        struct wanted *wanted = &search.wanted[search.count++];
        wanted->column =
            metric->columns[0] == SIZE_MAX ? SIZE_MAX : find_metric(&records->sides[0], view_of(metric->title));
        fill(records, &none, wanted);
        wanted->left = metric->sums[0];
        wanted->right = metric->sums[1];
        differs = differs || wanted->left != wanted->right;
    }
    if (differs) search_run(&search);
    search_free(&search);
}
