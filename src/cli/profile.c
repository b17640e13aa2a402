/* profile.c: reads a file once and tries every value of every column as boolean, number, date and duration. A kind that
 * fails too often is given up for its column, so a long file costs little more than reading it. */
#include "cli/profile.h"

#include <stdlib.h>

#include "base/memory.h"
#include "values/boolean.h"
#include "values/decimal.h"
#include "values/duration.h"

#define MISFITS_ALLOWED 20 /* before a kind is given up */
#define ID_LENGTH_LIMIT 40
#define REPEATS_ALLOWED 5 /* in a column that may still be the ID: repeats are what convert reports */

static void keep(struct profile_sample *sample, struct view text, uint64_t row) {
    if (sample->text) return;
    sample->text = memory_copy(text);
    sample->row = row;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool has_char(struct view text, char c) {
    return memchr(text.text, c, text.length) != NULL;
}

/* --- one value as one kind ------------------------------------------------------------------------- */

static bool try_boolean(struct profile_column *column, struct view text) {
    bool value;
    if (!boolean_parse(text, &value)) return false;
    column->with_digit_flag += text.length == 1 && is_digit(text.text[0]);
    return true;
}

static bool try_number(struct profile_column *column, struct view text) {
    int64_t value = 0;
    enum decimal_reason reason = decimal_parse(text, &decimal_style_default, &value);
    if (!decimal_has_value(reason)) return false;
    column->with_dollar += has_char(text, '$');
    column->with_percent += has_char(text, '%');
    column->with_fraction += has_char(text, '.') || reason == DECIMAL_TOO_PRECISE;
    column->with_leading_zero += text.length > 1 && text.text[0] == '0' && is_digit(text.text[1]);
    return true;
}

/* Month first first: what counts here is whether there is a time; the order is in the evidence. */
static bool try_date(struct profile_column *column, struct view text, uint64_t row) {
    struct date_evidence before = column->dates;
    struct datetime value = {0};
    enum datetime_reason reason = datetime_parse(text, DATE_ORDER_UNKNOWN, &value, &column->dates);
    if (reason == DATETIME_AMBIGUOUS) {
        keep(&column->ambiguous, text, row);
        reason = datetime_parse(text, DATE_ORDER_MDY, &value, NULL);
    }
    if (reason != DATETIME_FINE) {
        column->dates = before;
        return false;
    }
    if (column->dates.second_over > before.second_over) keep(&column->month_first, text, row);
    if (column->dates.first_over > before.first_over) keep(&column->day_first, text, row);
    bool is_midnight = value.hour == 0 && value.minute == 0 && value.second == 0;
    column->with_time += value.has_time;
    column->at_midnight += value.has_time && is_midnight;
    column->with_zone += value.zone != ZONE_NONE;
    if (value.has_time && !is_midnight) keep(&column->timed, text, row);
    return true;
}

static bool try_kind(struct profile_column *column, int kind, struct view text, uint64_t row) {
    int64_t value;
    switch (kind) {
    case KIND_BOOLEAN: return try_boolean(column, text);
    case KIND_NUMBER: return try_number(column, text);
    case KIND_DATE: return try_date(column, text, row);
    default: return has_char(text, ':') && duration_parse(text, &value);
    }
}

/* --- could it be an ID ------------------------------------------------------------------------------ */

static bool looks_like_id(struct view text) {
    bool has_digit = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.text[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !is_digit(c) && !(c != '\0' && strchr("-_/#", c))) return false;
        has_digit = has_digit || is_digit(c);
    }
    return has_digit && text.length <= ID_LENGTH_LIMIT;
}

static void follow_id(struct profile_column *column, struct view text) {
    if (column->is_no_id) return;
    if (looks_like_id(text)) distinct_add(&column->values, text);
    if (!looks_like_id(text) || column->values.repeats > REPEATS_ALLOWED + column->filled / 50) {
        column->is_no_id = true;
        distinct_free(&column->values);
    }
}

/* --- cells, records, file --------------------------------------------------------------------------- */

static void add_value(struct profile_column *column, struct view text, uint64_t row) {
    struct datetime value;
    bool is_nothing = placeholder_text(text) ||
                      (text.length >= 8 && datetime_parse(text, DATE_ORDER_MDY, &value, NULL) == DATETIME_PLACEHOLDER);
    if (is_nothing) {
        column->placeholders++;
        return;
    }
    column->filled++;
    keep(&column->first, text, row);
    for (int i = 0; i < KIND_COUNT; i++) {
        struct profile_kind *kind = &column->kinds[i];
        if (kind->is_given_up) continue;
        if (try_kind(column, i, text, row)) {
            kind->fits++;
            continue;
        }
        keep(&kind->misfit, text, row);
        uint64_t misfits = column->filled - kind->fits;
        kind->is_given_up = misfits > MISFITS_ALLOWED && misfits > kind->fits;
    }
    follow_id(column, text);
}

static void add_cell(struct profile_column *column, const struct cell *cell, uint64_t row) {
    struct view text = view_trim(cell->text);
    if (cell->kind == CELL_ABSENT || cell->kind == CELL_NULL || text.length == 0) return;
    if (cell->kind == CELL_NESTED) {
        column->nested++;
        keep(&column->first, text, row);
        return;
    }
    column->lists += cell->kind == CELL_LIST;
    add_value(column, text, row);
}

static void add_record(struct profile *profile, const struct record *record) {
    if (record->kind == RECORD_BLANK || record->kind == RECORD_HEADER) {
        profile->blank++;
        return;
    }
    if (record->kind == RECORD_GROUP) {
        profile->group++;
        return;
    }
    profile->rows++;
    profile->damaged += record->damage != DAMAGE_NONE;
    if (record->damage == DAMAGE_NOT_JSON || record->damage == DAMAGE_NOT_OBJECT ||
        record->damage == DAMAGE_UNCLOSED_QUOTE)
        return;
    for (size_t i = 0; i < profile->column_count && i < record->cell_count; i++)
        add_cell(&profile->columns[i], &record->cells[i], record->row);
}

static bool read_blocks(struct input *input, struct record_reader *reader, struct profile *profile,
                        struct error *error) {
    struct block block = {0};
    struct record record;
    bool is_fine = true;
    for (bool is_end = false; is_fine && !is_end;) {
        is_fine = input_next_block(input, &block, &is_end, error);
        if (!is_fine || is_end) break;
        record_reader_start(reader, &block);
        while (record_reader_next(reader, &record))
            add_record(profile, &record);
    }
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    return is_fine;
}

bool profile_read(struct input *input, struct profile *profile, struct error *error) {
    const struct input_facts *facts = input_facts(input);
    *profile = (struct profile){.column_count = facts->column_count};
    profile->columns = memory_get_zero(facts->column_count + 1, sizeof *profile->columns);
    struct view *paths = memory_get_zero(facts->column_count + 1, sizeof *paths);
    for (size_t i = 0; i < facts->column_count; i++) {
        profile->columns[i].label = paths[i] = facts->columns[i].label;
        profile->columns[i].name = facts->columns[i].name;
    }
    struct record_reader *reader = record_reader_create(input, paths, facts->column_count);
    bool is_fine = read_blocks(input, reader, profile, error);
    record_reader_destroy(reader);
    free(paths);
    return is_fine;
}

void profile_free(struct profile *profile) {
    for (size_t i = 0; profile->columns && i < profile->column_count; i++) {
        struct profile_column *column = &profile->columns[i];
        for (int k = 0; k < KIND_COUNT; k++)
            free(column->kinds[k].misfit.text);
        free(column->first.text);
        free(column->month_first.text);
        free(column->day_first.text);
        free(column->ambiguous.text);
        free(column->timed.text);
        distinct_free(&column->values);
    }
    free(profile->columns);
    *profile = (struct profile){0};
}
