/* compare_rows.c: what is asked of rows, one by one: their amounts, texts, days and people, and whether they count. */
#include <stdlib.h>

#include "reconcile/compare_private.h"
#include "values/boolean.h"

#define WORTH_A_THREAD 20000u /* rows */

bool comparison_uses_thread(const struct comparison *comparison) {
    return comparison->has_thread &&
           comparison->sides[0].row_count + comparison->sides[1].row_count > WORTH_A_THREAD;
}

int64_t row_amount(const struct comparison *comparison, int side, uint32_t row, size_t metric) {
    size_t column = comparison->metrics[metric].columns[side];
    if (column == SIZE_MAX) return DECIMAL_SCALE;
    int64_t value = side_cell(&comparison->sides[side].columns[column], row);
    return value == NO_AMOUNT ? 0 : value;
}

wide_integer unit_difference(const struct comparison *comparison, const struct unit *unit, size_t metric) {
    wide_integer difference = 0;
    if (unit->counts[1]) difference += row_amount(comparison, 1, unit->rows[1], metric);
    if (unit->counts[0]) difference -= row_amount(comparison, 0, unit->rows[0], metric);
    return difference;
}

struct view cell_text(const struct comparison *comparison, int side, size_t column, uint32_t row) {
    return side_cell_text(&comparison->sides[side].columns[column], comparison->pool, row);
}

struct view row_id(const struct comparison *comparison, int side, uint32_t row) {
    return id_text(comparison->pool, side_id_at(&comparison->sides[side], row));
}

bool values_equal(struct view left, struct view right) {
    bool a, b;
    if (view_equal_fold(view_trim(left), view_trim(right))) return true;
    return boolean_parse(left, &a) && boolean_parse(right, &b) && a == b;
}

bool row_meets(const struct comparison *comparison, int side, uint32_t row, const struct condition *condition) {
    const struct side *from = &comparison->sides[side];
    bool is_person = view_equal_fold(view_of(condition->field), view_of("Employee")) ||
                     (from->person_title && view_equal_fold(view_of(condition->field), view_of(from->person_title)));
    size_t column = side_find_column(from, view_of(condition->field));
    if (column != SIZE_MAX) return values_equal(cell_text(comparison, side, column, row), view_of(condition->value));
    if (!is_person) return true; /* its partner decides */
    struct buffer folded = {0};
    person_fold(view_of(condition->value), &folded);
    uint32_t person = side_row_at(from, row).person;
    bool is_met = person != NO_TEXT && view_equal(table_key(comparison->pool, person), buffer_view(&folded));
    buffer_free(&folded);
    return is_met;
}

bool row_in_scope(const struct comparison *comparison, int side, uint32_t row) {
    const struct scope *scope = &comparison->scope;
    if (scope->has_period) {
        const struct side_row at = side_row_at(&comparison->sides[side], row);
        int32_t day = day_of(at.local);
        if (!at.has_unread_date && (!at.has_date || day < scope->from || day > scope->to)) return false;
    }
    for (size_t i = 0; i < scope->condition_count; i++)
        if (!row_meets(comparison, side, row, &scope->conditions[i])) return false;
    return true;
}

bool rows_same_day(const struct comparison *comparison, uint32_t left, uint32_t right) {
    const struct side_row a = side_row_at(&comparison->sides[0], left), b = side_row_at(&comparison->sides[1], right);
    if (!a.has_date || !b.has_date) return true;
    if (a.has_instant && b.has_instant && a.instant == b.instant) return true;
    return day_of(a.local) == day_of(b.local);
}

bool rows_same_person(const struct comparison *comparison, uint32_t left, uint32_t right) {
    const struct side_row a = side_row_at(&comparison->sides[0], left), b = side_row_at(&comparison->sides[1], right);
    bool has_ids = a.person_id != NO_TEXT && b.person_id != NO_TEXT;
    if (has_ids && a.person_id != b.person_id) return false;
    bool has_names = a.person != NO_TEXT && b.person != NO_TEXT;
    if (has_names) return a.person == b.person;
    if (has_ids) return true;
    if (!comparison->sides[0].names_people || !comparison->sides[1].names_people) return true;
    bool is_nobody = a.person == NO_TEXT && a.person_id == NO_TEXT;
    bool is_nobody_there = b.person == NO_TEXT && b.person_id == NO_TEXT;
    return is_nobody == is_nobody_there || !(comparison->sides[0].person_title || comparison->sides[1].person_title);
}

int source_side(const struct comparison *comparison) {
    bool is_left_plecto = comparison->sides[0].kind != SIDE_EXPORT;
    return is_left_plecto && comparison->sides[1].kind == SIDE_EXPORT ? 1 : 0;
}
