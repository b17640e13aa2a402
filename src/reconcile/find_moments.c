/* find_moments.c: why records are on other days: another date column, a shift of days or hours, the zone, the ends of the
 * period. A hypothesis says on which day the other side has each record; it holds if nearly all are there. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/explain.h"

#define HOURS_LIMIT 14

enum shift_kind { SHIFT_COLUMN, SHIFT_UTC, SHIFT_SECONDS, SHIFT_SUMMER };

/* On which day the record is said to be by the other side. */
struct shift {
    enum shift_kind kind;
    int side;        /* SHIFT_COLUMN: whose column; the other side's day is compared */
    size_t column;   /* SHIFT_COLUMN */
    int64_t seconds; /* SHIFT_SECONDS; SHIFT_SUMMER: 1 or -1, how often the summer's hour is added */
};

/* The days that the sides speak for. */
struct days {
    int32_t from, to;
    bool is_known;
};

static bool predict(const struct comparison *comparison, const struct shift *shift, const struct unit *unit,
                    int32_t *day) {
    uint32_t row = unit->rows[shift->side];
    if (row == NO_ROW) return false;
    const struct side *side = &comparison->sides[shift->side];
    const struct side_row at = side_row_at(side, row);
    int64_t value;
    switch (shift->kind) {
    case SHIFT_COLUMN:
        value = side_cell(&side->columns[shift->column], row);
        if (value == NO_AMOUNT) return false;
        *day = day_of(value);
        return true;
    case SHIFT_UTC:
        if (!at.has_date || !at.has_instant) return false;
        *day = day_of(at.instant);
        return true;
    case SHIFT_SECONDS:
        if (!at.has_date) return false;
        *day = day_of(at.local + shift->seconds);
        return true;
    case SHIFT_SUMMER:
        if (!at.has_date || !at.has_instant || !comparison->zone) return false;
        *day = day_of(at.local + shift->seconds * zone_summer_at(comparison->zone, at.instant));
        return true;
    }
    return false;
}

/* Whether the hypothesis says why one side alone counts the record: for the other it is outside of the days. */
static bool is_explained_away(const struct comparison *comparison, const struct shift *shift, const struct days *days,
                              const struct unit *unit) {
    int32_t day;
    if (unit->bucket == BUCKET_REPEATED || !unit->counts[shift->side] || unit->rows[1 - shift->side] != NO_ROW)
        return false;
    if (!days->is_known || !predict(comparison, shift, unit, &day)) return false;
    return day < days->from || day > days->to;
}

/* The finding with all units that the shift explains; NULL where it does not hold. */
static struct finding *try_shift(const struct comparison *comparison, const struct shift *shift,
                                 const struct days *days, struct findings_list *found) {
    struct finding *finding = finding_create(comparison, shift->kind == SHIFT_COLUMN ? CAUSE_DATE : CAUSE_DAYS);
    size_t right = 0, wrong = 0, moved = 0, moved_all = 0;
    found->tried++;
    for (uint32_t i = 0; i < comparison->unit_count; i++) {
        const struct unit *unit = &comparison->units[i];
        int32_t day;
        if (unit->bucket == BUCKET_REPEATED) continue;
        bool has_both = unit->rows[0] != NO_ROW && unit->rows[1] != NO_ROW;
        if (!has_both) {
            if (is_explained_away(comparison, shift, days, unit)) finding_cover(finding, i, unit_facets(unit));
            continue;
        }
        moved_all += (unit_facets(unit) & FACET_DATE) != 0;
        const struct side_row other = side_row_at(&comparison->sides[1 - shift->side], unit->rows[1 - shift->side]);
        if (!other.has_date || !predict(comparison, shift, unit, &day)) continue;
        if (day != day_of(other.local)) {
            wrong++;
            continue;
        }
        right++;
        if (!(unit_facets(unit) & FACET_DATE)) continue;
        moved++;
        bool is_counted_once = !unit->counts[0] || !unit->counts[1];
        finding_cover(finding, i, is_counted_once ? unit_facets(unit) : FACET_DATE);
    }
    bool holds = moved > 0 && wrong * 10 <= right && moved * 2 >= moved_all && (moved > 1 || wrong == 0);
    if (holds) return finding;
    finding_free(finding);
    return NULL;
}

static void add_shift(const struct comparison *comparison, struct findings_list *found, struct finding *finding,
                      const char *field, const char *value) {
    if (!finding) return;
    if (field) finding_set_field(finding, 0, field);
    if (value) finding_add_value(finding, view_of(value));
    findings_add(comparison, found, finding);
}

static bool is_default_date(const struct side *side, size_t column) {
    return side->date_title && strcmp(side->columns[column].title, side->date_title) == 0;
}

static void find_columns(const struct comparison *comparison, const struct days *days, struct findings_list *found) {
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < comparison->sides[side].column_count; i++) {
            const struct side_column *column = &comparison->sides[side].columns[i];
            if (column->kind != COLUMN_MOMENT || is_default_date(&comparison->sides[side], i)) continue;
            const struct shift shift = {.kind = SHIFT_COLUMN, .side = side, .column = i};
            add_shift(comparison, found, try_shift(comparison, &shift, days, found), column->title, NULL);
        }
}

/* --- two exports of the same days by different date columns ---------------------------------------------------------- */

/* The days of a column on the rows of a side; false where a row has none. */
static bool range_of(const struct comparison *comparison, int side, size_t column, struct days *days) {
    const struct side_column *from = &comparison->sides[side].columns[column];
    *days = (struct days){.from = INT32_MAX, .to = INT32_MIN};
    for (size_t i = 0; i < comparison->unit_count; i++) {
        const struct unit *unit = &comparison->units[i];
        if (!unit->counts[side]) continue;
        int64_t value = side_cell(from, unit->rows[side]);
        if (value == NO_AMOUNT) return false;
        int32_t day = day_of(value);
        if (day < days->from) days->from = day;
        if (day > days->to) days->to = day;
        days->is_known = true;
    }
    return days->is_known;
}

static bool is_inside(const struct comparison *comparison, int side, size_t column, uint32_t row,
                      const struct days *days) {
    int64_t value = side_cell(&comparison->sides[side].columns[column], row);
    return value != NO_AMOUNT && day_of(value) >= days->from && day_of(value) <= days->to;
}

/* The rows that one side has only because it was pulled by column `left`, the other by `right`: those of the left side are
 * outside of the days by the right side's column, and the other way round. */
static struct finding *try_pulled(const struct comparison *comparison, size_t left, size_t right,
                                  struct findings_list *found) {
    struct days of_left, of_right, days = {.is_known = true};
    const struct side *sides = comparison->sides;
    size_t right_on_left = side_find_column(&sides[0], view_of(sides[1].columns[right].title)),
           left_on_right = side_find_column(&sides[1], view_of(sides[0].columns[left].title));
    found->tried++;
    if (right_on_left == SIZE_MAX || left_on_right == SIZE_MAX ||
        sides[0].columns[right_on_left].kind != COLUMN_MOMENT || sides[1].columns[left_on_right].kind != COLUMN_MOMENT)
        return NULL;
    if (!range_of(comparison, 0, left, &of_left) || !range_of(comparison, 1, right, &of_right)) return NULL;
    days.from = of_left.from < of_right.from ? of_left.from : of_right.from;
    days.to = of_left.to > of_right.to ? of_left.to : of_right.to;
    struct finding *finding = finding_create(comparison, CAUSE_DATE);
    size_t wrong = 0;
    for (uint32_t i = 0; i < comparison->unit_count; i++) {
        const struct unit *unit = &comparison->units[i];
        bool is_left = unit->bucket == BUCKET_ONLY_LEFT, is_right = unit->bucket == BUCKET_ONLY_RIGHT;
        if (!is_left && !is_right) continue;
        int side = is_left ? 0 : 1;
        if (is_inside(comparison, side, is_left ? right_on_left : left_on_right, unit->rows[side], &days))
            wrong++;
        else
            finding_cover(finding, i, unit_facets(unit));
    }
    if (finding->covered_count > 1 && wrong * 10 <= finding->covered_count) return finding;
    finding_free(finding);
    return NULL;
}

/* Two exports of one report: records are on the same days, and each side has some that the other lacks. */
static bool may_be_pulled(const struct comparison *comparison) {
    size_t both = 0, moved = 0, only[2] = {0};
    for (size_t i = 0; i < comparison->unit_count; i++) {
        const struct unit *unit = &comparison->units[i];
        only[0] += unit->bucket == BUCKET_ONLY_LEFT;
        only[1] += unit->bucket == BUCKET_ONLY_RIGHT;
        both += unit->counts[0] && unit->counts[1];
        moved += (unit_facets(unit) & FACET_DATE) != 0;
    }
    bool is_of_both = only[0] > 0 && only[1] > 0;
    return moved * 10 <= both && (is_of_both || comparison->scope.has_period);
}

static void find_pulled(const struct comparison *comparison, struct findings_list *found) {
    if (!may_be_pulled(comparison)) return;
    const struct side *left = &comparison->sides[0], *right = &comparison->sides[1];
    for (size_t i = 0; i < left->column_count; i++)
        for (size_t j = 0; j < right->column_count; j++) {
            if (left->columns[i].kind != COLUMN_MOMENT || right->columns[j].kind != COLUMN_MOMENT) continue;
            if (strcmp(left->columns[i].title, right->columns[j].title) == 0) continue;
            const char *other = is_default_date(left, i)    ? right->columns[j].title
                                : is_default_date(right, j) ? left->columns[i].title
                                                            : right->columns[j].title;
            add_shift(comparison, found, try_pulled(comparison, i, j, found), other, NULL);
        }
}

/* --- days and hours --------------------------------------------------------------------------------------------------- */

/* The hours by which most records are apart to the second; 0: they have no times, or are not apart alike. */
static int exact_hours(const struct comparison *comparison) {
    size_t apart[2 * HOURS_LIMIT + 1] = {0}, all = 0;
    int best = HOURS_LIMIT;
    for (size_t i = 0; i < comparison->unit_count; i++) {
        const struct unit *unit = &comparison->units[i];
        if (unit->bucket == BUCKET_REPEATED || unit->rows[0] == NO_ROW || unit->rows[1] == NO_ROW) continue;
        const struct side_row left = side_row_at(&comparison->sides[0], unit->rows[0]),
                              right = side_row_at(&comparison->sides[1], unit->rows[1]);
        if (!left.has_date || !right.has_date) continue;
        int64_t seconds = right.local - left.local;
        all++;
        if (seconds % 3600 == 0 && seconds >= -HOURS_LIMIT * 3600 && seconds <= HOURS_LIMIT * 3600)
            apart[seconds / 3600 + HOURS_LIMIT]++;
    }
    for (int i = 0; i <= 2 * HOURS_LIMIT; i++)
        if (apart[i] > apart[best]) best = i;
    return apart[best] * 10 >= all * 9 ? best - HOURS_LIMIT : 0;
}

/* 1 or -1: nearly all records are apart by the hour of summer time, those of summer and those of winter; 0: they are not. */
static int exact_summer(const struct comparison *comparison) {
    size_t all = 0, summer = 0, apart[2] = {0};
    for (size_t i = 0; comparison->zone && i < comparison->unit_count; i++) {
        const struct unit *unit = &comparison->units[i];
        if (unit->bucket == BUCKET_REPEATED || unit->rows[0] == NO_ROW || unit->rows[1] == NO_ROW) continue;
        const struct side_row left = side_row_at(&comparison->sides[0], unit->rows[0]),
                              right = side_row_at(&comparison->sides[1], unit->rows[1]);
        if (!left.has_date || !right.has_date || !left.has_instant) continue;
        int added = zone_summer_at(comparison->zone, left.instant);
        all++;
        summer += added != 0;
        apart[0] += right.local - left.local == added;
        apart[1] += right.local - left.local == -added;
    }
    if (summer == 0 || summer == all) return 0;
    return apart[0] * 20 >= all * 19 ? 1 : apart[1] * 20 >= all * 19 ? -1 : 0;
}

static void try_summer(const struct comparison *comparison, const struct days *days, int sign,
                       struct findings_list *found) {
    const struct shift shift = {.kind = SHIFT_SUMMER, .seconds = sign};
    add_shift(comparison, found, try_shift(comparison, &shift, days, found), NULL, "summer time");
}

/* Whether UTC is so many hours from the company's clock, for nearly all rows. */
static bool is_offset(const struct comparison *comparison, int hours) {
    const struct side *left = &comparison->sides[0];
    size_t same = 0, all = 0;
    for (size_t i = 0; i < left->row_count; i++) {
        const struct side_row row = side_row_at(left, i);
        if (!row.has_date || !row.has_instant) continue;
        all++;
        same += row.instant - row.local == (int64_t)hours * 3600;
    }
    return all > 0 && same * 10 >= all * 9;
}

static void find_shifts(const struct comparison *comparison, const struct days *days, struct findings_list *found) {
    struct shift shift = {.kind = SHIFT_UTC};
    char text[24];
    size_t before = found->count;
    int exact = exact_hours(comparison), summer = exact_summer(comparison);
    if (summer != 0) try_summer(comparison, days, summer, found);
    if (found->count > before) return;
    if (exact != 0 && !is_offset(comparison, exact)) { /* fewer hours, and UTC, may give the same days */
        shift = (struct shift){.kind = SHIFT_SECONDS, .seconds = exact * 3600};
        snprintf(text, sizeof text, "%+d h", exact);
        add_shift(comparison, found, try_shift(comparison, &shift, days, found), NULL, text);
        if (found->count > before) return;
    }
    add_shift(comparison, found, try_shift(comparison, &shift, days, found), NULL, "UTC");
    shift.kind = SHIFT_SECONDS;
    for (int sign = 1; sign >= -1; sign -= 2) {
        shift.seconds = sign * 86400;
        snprintf(text, sizeof text, "%+d day", sign);
        add_shift(comparison, found, try_shift(comparison, &shift, days, found), NULL, text);
    }
    if (found->count > before) return; /* a day is also said by many hours */
    for (int sign = 1; sign >= -1; sign -= 2)
        try_summer(comparison, days, sign, found);
    for (int hours = 1; hours <= HOURS_LIMIT; hours++)
        for (int sign = 1; sign >= -1; sign -= 2) {
            shift.seconds = sign * hours * 3600;
            snprintf(text, sizeof text, "%+d h", sign * hours);
            add_shift(comparison, found, try_shift(comparison, &shift, days, found), NULL, text);
        }
}

/* All rows of the period's last (or first) day are missing, and no others. */
static void find_ends(const struct comparison *comparison, struct findings_list *found) {
    if (!comparison->scope.has_period) return;
    for (int side = 0; side < 2; side++) {
        enum bucket bucket = side == 0 ? BUCKET_ONLY_LEFT : BUCKET_ONLY_RIGHT;
        struct finding *finding = finding_create(comparison, CAUSE_DAYS);
        bool holds = true;
        found->tried++;
        for (uint32_t i = 0; i < comparison->unit_count; i++) {
            const struct unit *unit = &comparison->units[i];
            if (!unit->counts[side] || unit->bucket == BUCKET_REPEATED) continue;
            bool is_last =
                day_of(side_row_at(&comparison->sides[side], unit->rows[side]).local) == comparison->scope.to;
            if (is_last && unit->bucket == bucket) finding_cover(finding, i, unit_facets(unit));
            if (is_last != (unit->bucket == bucket)) holds = false;
        }
        if (holds)
            add_shift(comparison, found, finding, NULL, side == 0 ? "end exclusive" : "end inclusive");
        else
            finding_free(finding);
    }
}

/* By the period, else by the days of both sides' rows. */
static struct days days_of(const struct comparison *comparison) {
    struct days days = {comparison->scope.from, comparison->scope.to, comparison->scope.has_period};
    if (days.is_known) return days;
    days = (struct days){.from = INT32_MAX, .to = INT32_MIN};
    for (int number = 0; number < 2; number++)
        for (size_t i = 0; i < comparison->sides[number].row_count; i++) {
            const struct side_row row = side_row_at(&comparison->sides[number], i);
            if (!row.has_date) continue;
            int32_t day = day_of(row.local);
            if (day < days.from) days.from = day;
            if (day > days.to) days.to = day;
            days.is_known = true;
        }
    return days;
}

void find_moments(const struct comparison *comparison, struct findings_list *found) {
    bool has_dates = false, has_presence = false;
    for (size_t i = 0; i < comparison->unit_count; i++) {
        has_dates = has_dates || (unit_facets(&comparison->units[i]) & FACET_DATE);
        has_presence = has_presence || comparison->units[i].bucket == BUCKET_ONLY_LEFT ||
                       comparison->units[i].bucket == BUCKET_ONLY_RIGHT;
    }
    struct days days = days_of(comparison);
    if (has_dates) {
        find_columns(comparison, &days, found);
        find_shifts(comparison, &days, found);
    }
    if (has_presence) {
        find_pulled(comparison, found);
        find_ends(comparison, found);
    }
}
