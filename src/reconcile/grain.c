/* grain.c: see grain.h. */
#include "reconcile/grain.h"

#include <stdlib.h>

#include "base/memory.h"

static bool is_coarse(const struct side *side) {
    return side->by && strcmp(side->by, "row") != 0;
}

bool grain_is_coarse(const struct comparison *comparison) {
    return is_coarse(&comparison->sides[0]) || is_coarse(&comparison->sides[1]);
}

/* From finest to coarsest. */
static int rank_of(const char *by) {
    static const char *const words[] = {"row", "day", "week", "month"};
    for (int i = 0; i < 4; i++)
        if (by && strcmp(by, words[i]) == 0) return i;
    return 0;
}

static int32_t start_of(int32_t day, int rank) {
    int year, month, of_month, week_year, week;
    if (rank == 2) return date_week_start(day, &week_year, &week);
    if (rank < 3) return day;
    date_from_days(day, &year, &month, &of_month);
    return date_to_days(year, month, 1);
}

/* Both sides in days can be added up to weeks or months; weeks are no months. */
static bool choose(const struct comparison *comparison, int *rank, struct error *error) {
    int left = rank_of(comparison->sides[0].by), right = rank_of(comparison->sides[1].by);
    *rank = left > right ? left : right;
    bool are_weeks_and_months = left + right == 5 && left >= 2 && right >= 2;
    if (!are_weeks_and_months) return true;
    error_set(error, EXIT_WRONG_USE, "%s has weeks and %s has months, which share no days",
              comparison->sides[left == 2 ? 0 : 1].name, comparison->sides[left == 2 ? 1 : 0].name);
    return error_fix(error, "Convert one of them again with the other's --by.");
}

/* The texts of the group fields, with NUL behind each, appended to the key. */
static bool add_groups(const struct comparison *comparison, int side, uint32_t row, const char *groups,
                       struct buffer *key, struct error *error) {
    for (const char *name = groups; name && *name; name += strlen(name) + 1) {
        size_t column = side_find_column(&comparison->sides[side], view_of(name));
        if (column == SIZE_MAX) {
            error_set(error, EXIT_WRONG_USE, "%s has no column \"%s\", by which the other side is added up",
                      comparison->sides[side].name, name);
            return error_fix(error, "Add the column to the report, or convert without it in --per.");
        }
        buffer_print(key, ", %.*s", VIEW_ARGS(cell_text(comparison, side, column, row)));
    }
    return true;
}

static void add_columns(const struct side *from, struct side *to, size_t *columns) {
    for (size_t i = 0; i < from->column_count; i++) {
        const struct side_column *column = &from->columns[i];
        columns[i] = SIZE_MAX;
        if (column->kind != COLUMN_AMOUNT || !column->is_metric || column->is_average) continue;
        struct side_column *sum = side_add_column(to, view_of(column->title), view_of(column->label), COLUMN_AMOUNT);
        sum->is_metric = true;
        sum->is_money = column->is_money;
        sum->is_duration = column->is_duration;
        sum->places = column->places;
        columns[i] = to->column_count - 1;
    }
}

static void describe(const struct side *from, struct side *to) {
    to->name = memory_copy(view_of(from->name));
    to->kind = from->kind;
    to->schema = from->schema ? memory_copy(view_of(from->schema)) : NULL;
    to->by = memory_copy(view_of("row"));
    to->groups = memory_copy(view_of(""));
    to->date_title = from->date_title ? memory_copy(view_of(from->date_title)) : NULL;
    to->person_title = from->person_title ? memory_copy(view_of(from->person_title)) : NULL;
}

static bool add_up(const struct comparison *comparison, int number, int rank, const char *groups, struct side *to,
                   struct error *error) {
    const struct side *from = &comparison->sides[number];
    struct table *keys = table_create();
    struct buffer key = {0};
    size_t *columns = memory_get_zero(from->column_count + 1, sizeof *columns);
    bool is_fine = true;
    describe(from, to);
    add_columns(from, to, columns);
    for (uint32_t i = 0; i < from->row_count && is_fine; i++) {
        const struct side_row row = side_row_at(from, i);
        bool is_new;
        if (!row.has_date || !row_in_scope(comparison, number, i)) continue;
        int32_t day = start_of(day_of(row.local), rank);
        uint32_t person = row.person != NO_TEXT ? row.person : row.person_id;
        key.length = 0;
        date_print(&key, day);
        buffer_print(&key, ", %.*s", VIEW_ARGS(person == NO_TEXT ? view_of("") : table_key(comparison->pool, person)));
        is_fine = add_groups(comparison, number, i, groups, &key, error);
        size_t place = table_add(keys, buffer_view(&key), &is_new);
        if (is_new) {
            struct side_row *sum = side_add_row(to);
            side_set_id(sum, comparison->pool, buffer_view(&key));
            sum->person = row.person;
            sum->person_id = row.person == NO_TEXT ? row.person_id : NO_TEXT;
            sum->shown = row.shown;
            sum->has_date = true;
            sum->local = (int64_t)day * 86400 + 43200;
            sum->row = row.row;
        }
        for (size_t c = 0; c < from->column_count; c++) {
            int64_t amount = columns[c] == SIZE_MAX ? NO_AMOUNT : side_cell(&from->columns[c], i);
            if (amount == NO_AMOUNT) continue;
            struct packed *sums = &to->columns[columns[c]].values;
            int64_t sum = packed_get(sums, place);
            packed_set(sums, place, (sum == NO_AMOUNT ? 0 : sum) + amount);
        }
    }
    free(columns);
    buffer_free(&key);
    table_destroy(keys);
    return is_fine;
}

bool grain_add_up(struct comparison *comparison, struct comparison *records, struct error *error) {
    static const char *const names[] = {"employee x day", "employee x day", "employee x week", "employee x month"};
    struct side sums[2] = {{0}, {0}};
    int rank = 0;
    const char *groups = is_coarse(&comparison->sides[0]) ? comparison->sides[0].groups : comparison->sides[1].groups;
    bool is_fine = choose(comparison, &rank, error);
    for (int side = 0; side < 2 && is_fine; side++)
        is_fine = add_up(comparison, side, rank, groups, &sums[side], error);
    *records = *comparison;
    if (!is_fine) {
        side_free(&sums[0]);
        side_free(&sums[1]);
        records->sides[0] = records->sides[1] = (struct side){0};
        return false;
    }
    side_free(&comparison->sides[1]);
    records->sides[1] = (struct side){0};
    records->sides[1].kind = SIDE_NUMBERS;
    comparison->sides[0] = sums[0];
    comparison->sides[1] = sums[1];
    comparison->grain = names[rank];
    comparison->scope = (struct scope){0}; /* it is done */
    return true;
}

int32_t grain_start(int32_t day, const char *by) {
    return start_of(day, rank_of(by));
}
