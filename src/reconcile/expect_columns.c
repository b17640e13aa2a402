/* expect_columns.c: another date column, shifted days, another money column, scales, rounding, averages. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/expect_private.h"

/* --- days ------------------------------------------------------------------------------------------------------------- */

bool days_hold(const struct search *search, const struct wanted *wanted, const struct days_rule *rule, size_t row) {
    const struct side *side = &search->comparison->sides[0];
    const struct side_row at = side_row_at(side, row);
    int64_t value = at.local;
    int32_t to = wanted->to;
    bool has_value = at.has_date;
    switch (rule->way) {
    case WAY_COLUMN:
    case WAY_FILLED:
        value = side_cell(&side->columns[rule->column], row);
        has_value = value != NO_AMOUNT;
        if (rule->way == WAY_FILLED) return has_value;
        break;
    case WAY_UTC:
        if (at.has_unread_date) return true;
        value = at.instant;
        has_value = has_value && at.has_instant;
        break;
    case WAY_SECONDS:
        if (at.has_unread_date) return true;
        value += rule->seconds;
        break;
    case WAY_SUMMER:
        if (at.has_unread_date) return true;
        has_value = has_value && at.has_instant && search->comparison->zone;
        if (has_value) value += rule->seconds * zone_summer_at(search->comparison->zone, at.instant);
        break;
    case WAY_END:
        if (at.has_unread_date) return true;
        to += (int32_t)rule->seconds;
        break;
    }
    return has_value && day_of(value) >= wanted->from && day_of(value) <= to;
}

static struct finding *try_days(struct search *search, enum cause cause, const struct days_rule *rule) {
    wide_integer *totals = memory_get_zero(search->count + 1, sizeof *totals);
    uint64_t rows = 0;
    bool may = search_spend(search, search->comparison->sides[0].row_count * search->count);
    for (size_t i = 0; i < search->count; i++) {
        const struct wanted *wanted = &search->wanted[i];
        bool applies = may && (wanted->has_period || rule->way == WAY_FILLED) && !wanted->is_average;
        if (!applies) totals[i] = wanted->left;
        for (size_t row = 0; applies && row < search->comparison->sides[0].row_count; row++) {
            if (!wanted->meets[row]) continue;
            bool counts = days_hold(search, wanted, rule, row);
            rows += counts != wanted->in_period[row];
            if (counts) totals[i] += wanted->amounts[row];
        }
    }
    bool is_hours = (rule->way == WAY_SECONDS && rule->seconds % 86400 != 0) || rule->way == WAY_SUMMER;
    bool is_one_row = is_hours && rows < 2; /* many hours move it: the row says more */
    struct finding *finding = is_one_row ? NULL : search_try(search, cause, totals, rows);
    free(totals);
    return finding;
}

static void try_shift(struct search *search, const struct days_rule *rule) {
    struct finding *finding = try_days(search, CAUSE_DAYS, rule);
    if (finding) finding_add_value(finding, view_of(rule->text));
}

/* The end of the period before a shift of all days: where the period begins with a day without rows, both give the number. */
static const struct days_rule shifts[] = {{WAY_END, 0, -1, "end exclusive"},
                                          {WAY_END, 0, 1, "end inclusive"},
                                          {WAY_UTC, 0, 0, "UTC"},
                                          {WAY_SECONDS, 0, 86400, "+1 day"},
                                          {WAY_SECONDS, 0, -86400, "-1 day"}};

#define SHIFTS (sizeof shifts / sizeof *shifts)

static bool is_other_date(const struct side *side, size_t column) {
    bool is_default = side->date_title && strcmp(side->date_title, side->columns[column].title) == 0;
    return side->columns[column].kind == COLUMN_MOMENT && !is_default;
}

static bool has_period(const struct search *search) {
    for (size_t i = 0; i < search->count; i++)
        if (search->wanted[i].has_period) return true;
    return false;
}

size_t days_rules(const struct search *search, struct days_rule *rules) {
    const struct side *side = &search->comparison->sides[0];
    size_t count = 0;
    if (!has_period(search)) return 0;
    for (size_t i = 0; i < side->column_count && count + SHIFTS < DAYS_RULES; i++)
        if (is_other_date(side, i)) rules[count++] = (struct days_rule){WAY_COLUMN, i, 0, NULL};
    memcpy(rules + count, shifts, sizeof shifts);
    return count + SHIFTS;
}

/* Whether summer time begins or ends in the days of a number: else its hour is any hour. */
static bool is_summer_cut(const struct search *search) {
    const struct zone *zone = search->comparison->zone;
    for (size_t i = 0; zone && i < search->count; i++) {
        const struct wanted *wanted = &search->wanted[i];
        int first = zone_summer_at(zone, (int64_t)wanted->from * 86400),
            last = zone_summer_at(zone, (int64_t)(wanted->to + 1) * 86400);
        if (wanted->has_period && first != last) return true;
    }
    return false;
}

void search_dates(struct search *search) {
    const struct side *side = &search->comparison->sides[0];
    bool is_of_days = has_period(search);
    char text[24];
    for (size_t i = 0; i < side->column_count; i++) {
        if (!is_other_date(side, i)) continue;
        const struct days_rule rule = {is_of_days ? WAY_COLUMN : WAY_FILLED, i, 0, NULL};
        struct finding *finding = try_days(search, CAUSE_DATE, &rule);
        if (finding) finding_set_field(finding, 0, side->columns[i].title);
    }
    if (!is_of_days) return;
    size_t before = search->found->count;
    for (size_t i = 0; i < SHIFTS; i++)
        try_shift(search, &shifts[i]);
    if (search->found->count > before) return;
    for (int sign = 1; sign >= -1 && is_summer_cut(search); sign -= 2)
        try_shift(search, &(struct days_rule){WAY_SUMMER, 0, sign, "summer time"});
    if (search->found->count > before) return;
    for (int hours = 1; hours <= 14; hours++)
        for (int sign = 1; sign >= -1; sign -= 2) {
            snprintf(text, sizeof text, "%+d h", sign * hours);
            try_shift(search, &(struct days_rule){WAY_SECONDS, 0, sign * hours * 3600, text});
        }
}

/* --- amounts ---------------------------------------------------------------------------------------------------------- */

static wide_integer sum_of(const struct search *search, const struct wanted *wanted, size_t column) {
    const struct side_column *from = &search->comparison->sides[0].columns[column];
    wide_integer sum = 0;
    for (size_t row = 0; row < search->comparison->sides[0].row_count; row++)
        if (wanted_counts(wanted, row) && side_cell(from, row) != NO_AMOUNT) sum += side_cell(from, row);
    return sum;
}

static uint64_t rows_of(const struct search *search) {
    uint64_t rows = 0;
    for (size_t i = 0; i < search->count; i++)
        rows = search->wanted[i].rows > rows ? search->wanted[i].rows : rows;
    return rows;
}

/* The number that the search is of, for fields of findings. */
static const char *metric_title(const struct search *search) {
    return search->comparison->metrics[search_largest(search)].title;
}

static void search_other_columns(struct search *search, wide_integer *totals) {
    const struct side *side = &search->comparison->sides[0];
    for (int sign = 0; sign < 3; sign++)
        for (size_t c = 0; c < side->column_count; c++) {
            if (side->columns[c].kind != COLUMN_AMOUNT || side->columns[c].is_duration) continue;
            if (!search_spend(search, side->row_count * search->count)) return;
            for (size_t i = 0; i < search->count; i++) {
                const struct wanted *wanted = &search->wanted[i];
                wide_integer sum = sum_of(search, wanted, c);
                bool is_other = wanted->column != SIZE_MAX && wanted->column != c && !wanted->is_average &&
                                wanted->left != wanted->right;
                totals[i] = !is_other   ? wanted->left
                            : sign == 0 ? sum
                            : sign == 1 ? wanted->left + sum
                                        : wanted->left - sum;
            }
            struct finding *finding = search_try(search, CAUSE_COLUMN, totals, rows_of(search));
            if (!finding) continue;
            finding_set_field(finding, 0, metric_title(search));
            finding_add_value(finding, view_of(side->columns[c].title));
        }
}

static void search_scales(struct search *search, wide_integer *totals) {
    static const char *const texts[] = {"100", "0.01"};
    for (int way = 0; way < 2; way++) {
        for (size_t i = 0; i < search->count; i++) {
            const struct wanted *wanted = &search->wanted[i];
            totals[i] = way == 0 ? wanted->left * 100 : decimal_divide(wanted->left, 100);
            wide_integer apart = totals[i] - wanted->right;
            if (way == 1 && apart >= -50 && apart <= 50) totals[i] = wanted->right; /* to the cent */
            totals[i] = wanted_rounded(wanted, totals[i]);
        }
        struct finding *finding = search_try(search, CAUSE_SCALE, totals, rows_of(search));
        if (!finding) continue;
        finding_set_field(finding, 0, metric_title(search));
        finding_add_value(finding, view_of(texts[way]));
    }
}

/* Each row rounded, or the sum rounded. */
static void search_rounding(struct search *search, wide_integer *totals) {
    static const struct {
        int64_t to;
        const char *text;
    } steps[] = {{100, "0.01"}, {1000, "0.1"}, {10000, "1"}};
    for (size_t s = 0; s < 3; s++)
        for (int way = 0; way < 2; way++) {
            if (!search_spend(search, search->comparison->sides[0].row_count * search->count)) return;
            for (size_t i = 0; i < search->count; i++) {
                const struct wanted *wanted = &search->wanted[i];
                totals[i] = 0;
                for (size_t row = 0; way == 0 && row < search->comparison->sides[0].row_count; row++) {
                    if (!wanted_counts(wanted, row)) continue;
                    int64_t amount = wanted->amounts[row], half = steps[s].to / 2;
                    totals[i] += (amount + (amount < 0 ? -half : half)) / steps[s].to * steps[s].to;
                }
                if (way == 1) totals[i] = decimal_divide(wanted->left, steps[s].to) * steps[s].to;
            }
            struct finding *finding = search_try(search, CAUSE_ROUNDING, totals, rows_of(search));
            if (!finding) continue;
            finding_set_field(finding, 0, metric_title(search));
            finding_add_value(finding, view_of(steps[s].text));
            return;
        }
}

/* --- averages --------------------------------------------------------------------------------------------------------- */

/* What the rows are grouped by before their averages are averaged. */
enum group_way { GROUP_EMPLOYEE, GROUP_DAY, GROUP_WEEK, GROUP_MONTH, GROUP_WAYS };
static const char *const group_words[GROUP_WAYS] = {"employee", "day", "week", "month"};

static int32_t first_day_of(int32_t day, enum group_way way) {
    int year, month, of_month, week_year, week;
    if (way == GROUP_WEEK) return date_week_start(day, &week_year, &week);
    date_from_days(day, &year, &month, &of_month);
    return way == GROUP_MONTH ? date_to_days(year, month, 1) : day;
}

/* The group of a row; UINT32_MAX: none. `attribute`: by its values, else by `way`. */
static uint32_t group_of(const struct search *search, const struct attribute *attribute, enum group_way way,
                         size_t row) {
    if (attribute) return attribute_value(attribute, row);
    const struct side_row at = side_row_at(&search->comparison->sides[0], row);
    if (way == GROUP_EMPLOYEE) return at.person != NO_TEXT ? at.person : at.person_id;
    return at.has_date ? (uint32_t)first_day_of(day_of(at.local), way) : UINT32_MAX;
}

/* The average of the averages of groups of rows. */
static wide_integer average_of_averages(const struct search *search, const struct wanted *wanted,
                                        const struct attribute *attribute, enum group_way way) {
    const struct side *side = &search->comparison->sides[0];
    struct table *groups = table_create();
    wide_integer *sums = memory_get_zero(side->row_count + 1, sizeof *sums), sum = 0;
    uint64_t *counts = memory_get_zero(side->row_count + 1, sizeof *counts);
    for (size_t row = 0; row < side->row_count; row++) {
        if (!wanted_counts(wanted, row) || side_cell(&side->columns[wanted->column], row) == NO_AMOUNT) continue;
        uint32_t key = group_of(search, attribute, way, row);
        size_t group = table_add(groups, view_from((const char *)&key, sizeof key), NULL);
        sums[group] += wanted->amounts[row];
        counts[group]++;
    }
    size_t count = table_count(groups);
    for (size_t i = 0; i < count; i++)
        sum += decimal_average(sums[i], counts[i], 4);
    table_destroy(groups);
    free(sums);
    free(counts);
    return count > 0 ? decimal_average(sum, count, 4) : 0;
}

/* Empty cells counted as 0. */
static wide_integer average_with_empty(const struct search *search, const struct wanted *wanted) {
    wide_integer sum = 0;
    uint64_t rows = 0;
    for (size_t row = 0; row < search->comparison->sides[0].row_count; row++) {
        if (!wanted_counts(wanted, row)) continue;
        sum += wanted->amounts[row];
        rows++;
    }
    return rows > 0 ? decimal_average(sum, rows, 4) : 0;
}

/* Weighed by another amount. */
static wide_integer weighed(const struct search *search, const struct wanted *wanted, size_t column) {
    const struct side *side = &search->comparison->sides[0];
    wide_integer over = 0, under = 0;
    for (size_t row = 0; row < side->row_count; row++) {
        int64_t weight = side_cell(&side->columns[column], row);
        if (!wanted_counts(wanted, row) || weight == NO_AMOUNT || weight < 0) continue;
        if (side_cell(&side->columns[wanted->column], row) == NO_AMOUNT) continue;
        over += (wide_integer)wanted->amounts[row] * weight;
        under += weight;
    }
    return under > 0 ? decimal_divide(over, under) : 0;
}

/* Averages of averages by each attribute and each way, then weighed ones by each amount, then with empty cells as 0. */
static void search_averages(struct search *search, wide_integer *totals) {
    const struct side *side = &search->comparison->sides[0];
    bool has_average = false;
    for (size_t i = 0; i < search->count; i++)
        has_average = has_average || search->wanted[i].is_average;
    if (!has_average) return;
    search_make_attributes(search);
    size_t grouped = GROUP_WAYS + search->attribute_count, ways = grouped + side->column_count + 1;
    for (size_t way = 0; way < ways; way++) {
        bool is_grouped = way < grouped, is_last = way == ways - 1;
        const struct side_column *weight = is_grouped || is_last ? NULL : &side->columns[way - grouped];
        const struct attribute *attribute =
            is_grouped && way >= GROUP_WAYS ? &search->attributes[way - GROUP_WAYS] : NULL;
        if (weight && weight->kind != COLUMN_AMOUNT) continue;
        if (attribute && side->person_title && strcmp(side->columns[attribute->column].title, side->person_title) == 0)
            continue;
        if (!search_spend(search, side->row_count * search->count)) return;
        for (size_t i = 0; i < search->count; i++) {
            const struct wanted *wanted = &search->wanted[i];
            totals[i] = wanted->left;
            if (!wanted->is_average || wanted->left == wanted->right) continue;
            totals[i] = is_grouped ? average_of_averages(search, wanted, attribute, (enum group_way)way)
                        : weight   ? weighed(search, wanted, way - grouped)
                                   : average_with_empty(search, wanted);
            totals[i] = wanted_rounded(wanted, totals[i]);
        }
        struct finding *finding = search_try(search, CAUSE_AVERAGE, totals, rows_of(search));
        if (!finding) continue;
        finding_set_field(finding, 0, metric_title(search));
        finding_add_value(finding, view_of(attribute    ? attribute_title(search->comparison, 0, attribute->column)
                                           : is_grouped ? group_words[way]
                                           : weight     ? weight->title
                                                        : "empty cells as 0"));
    }
}

void search_columns(struct search *search) {
    wide_integer *totals = memory_get_zero(search->count + 1, sizeof *totals);
    search_scales(search, totals);
    search_other_columns(search, totals);
    search_rounding(search, totals);
    search_averages(search, totals);
    free(totals);
}
