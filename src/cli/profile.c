/* profile.c: reads a file once and tries every value of every column as boolean, number, date and duration. A kind that
 * fails too often is given up for its column, so a long file costs little more than reading it. */
#include "cli/profile.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"
#include "input/source/workbook.h"
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

/* --- could it be a person --------------------------------------------------------------------------- */

/* Words of business units, campaigns and memberships (assumed): no person is called so. */
static bool names_a_thing(struct view text) {
    static const char *const words[] = {"hvac",     "plumbing",   "electric",    "install",     "service",   "maintenance",
                                        "plan",     "membership", "commercial",  "residential", "sales",     "drain",
                                        "heating",  "cooling",    "replacement", "campaign",    "google",    "website",
                                        "facebook", "mailer",     "referral",    "new construction", "roofing", "sewer"};
    bool has_digit = false;
    for (size_t i = 0; i < text.length; i++)
        has_digit = has_digit || is_digit(text.text[i]);
    if (has_digit || has_char(text, '&') || has_char(text, '/')) return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (view_find_fold(text, words[i]) != SIZE_MAX) return true;
    return false;
}

/* Two to four words of letters that begin with a capital. */
static bool is_written_as_name(struct view text) {
    size_t words = 0;
    char before = ' ';
    for (size_t i = 0; i < text.length; i++) {
        char c = text.text[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
        if (before == ' ' && (c < 'A' || (c > 'Z' && (unsigned char)c < 0x80))) return false;
        words += before == ' ';
        if (!is_letter && c != ' ' && !(before != ' ' && (c == ',' || c == '.' || c == '-' || c == '\''))) return false;
        before = c;
    }
    return words >= 2 && words <= 4 && before != ' ';
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
    if (column->is_no_id && column->kinds[KIND_NUMBER].fits == 0) {
        bool is_thing = names_a_thing(text);
        column->things += is_thing;
        column->people += !is_thing && is_written_as_name(text);
    }
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

/* --- total rows ------------------------------------------------------------------------------------- */

/* Whether a row may be a total: nothing but numbers and words for total, and no name in its first cell. */
static bool may_be_total(const struct record *record, int64_t *numbers, size_t count) {
    bool has_label = false, has_number = false;
    size_t filled = 0;
    for (size_t i = 0; i < count && i < record->cell_count; i++) {
        struct view text = view_trim(record->cells[i].text);
        if (text.length == 0) continue;
        bool is_label = names_total(text) || is_total_word(text);
        if (!is_label && numbers[i] == INT64_MIN) return false;
        if (filled++ == 0 && i == 0 && !is_label) return false;
        has_label = has_label || is_label;
        has_number = has_number || numbers[i] != INT64_MIN;
    }
    return has_number && (has_label || record->cell_count == 0 || view_trim(record->cells[0].text).length == 0);
}

static void count_total(struct profile *profile, const int64_t *numbers, const struct column_sum *sums) {
    for (size_t i = 0; i < profile->column_count; i++) {
        if (numbers[i] == INT64_MIN || sums[i].filled == 0) continue;
        profile->columns[i].total_sums += sums[i].sum == numbers[i];
        profile->columns[i].total_averages += sums[i].sum != numbers[i];
    }
    profile->totals++;
    memset(profile->group_sums, 0, (profile->column_count + 1) * sizeof *profile->group_sums);
    profile->group_rows = 0;
}

static void add_numbers(struct profile *profile, const int64_t *numbers) {
    profile->group_rows++;
    profile->file_rows++;
    for (size_t i = 0; i < profile->column_count; i++) {
        if (numbers[i] == INT64_MIN) continue;
        column_sum_add_value(&profile->group_sums[i], numbers[i]);
        column_sum_add_value(&profile->file_sums[i], numbers[i]);
    }
}

/* Whether the row is a total, which is then no row of the report; else its numbers are added up. */
static bool is_total(struct profile *profile, const struct record *record) {
    size_t count = profile->column_count;
    if (!profile->has_totals) return false;
    int64_t *numbers = profile->kept + profile->kept_rows * count;
    for (size_t i = 0; i < count; i++)
        if (i >= record->cell_count || !total_cell_number(record->cells[i].text, &numbers[i])) numbers[i] = INT64_MIN;
    if (profile->file_rows > 0 && may_be_total(record, numbers, count)) {
        bool is_group = profile->group_rows > 0 && total_matches(numbers, profile->group_sums, count, profile->group_rows);
        bool is_all = total_matches(numbers, profile->file_sums, count, profile->file_rows) > 0;
        if (is_group || is_all) {
            count_total(profile, numbers, is_group ? profile->group_sums : profile->file_sums);
            return true;
        }
    }
    add_numbers(profile, numbers);
    if (profile->kept_rows < PROFILE_KEPT) profile->kept_rows++;
    return false;
}

static void keep_hashes(struct profile *profile, const struct record *record) {
    size_t used = profile->hashed_rows * profile->column_count;
    if (used + profile->column_count > PROFILE_HASHES) return;
    void *hashes = profile->cell_hashes;
    memory_grow(&hashes, &profile->hash_capacity, used + profile->column_count, sizeof *profile->cell_hashes);
    profile->cell_hashes = hashes;
    for (size_t i = 0; i < profile->column_count; i++) {
        struct view text = i < record->cell_count ? view_trim(record->cells[i].text) : view_of("");
        profile->cell_hashes[used + i] = text.length ? hash_bytes(text, 0) : 0;
    }
    profile->hashed_rows++;
}

static void add_record(struct profile *profile, const struct record *record) {
    if (record->kind == RECORD_BLANK || record->kind == RECORD_HEADER || record->kind == RECORD_FOOTER) {
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
    if (is_total(profile, record)) return;
    keep_hashes(profile, record);
    for (size_t i = 0; i < profile->column_count && i < record->cell_count; i++)
        add_cell(&profile->columns[i], &record->cells[i], record->row);
}

static bool read_blocks(struct input *input, struct record_reader *reader, struct profile *profile,
                        struct error *error) {
    struct block block = {0};
    struct record record = {0};
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

/* Cells of a workbook in a currency's format are amounts, as $ in a CSV says. */
static void add_money_styles(const struct input_facts *facts, struct profile *profile) {
    for (size_t i = 0; facts->workbook && i < profile->column_count; i++)
        profile->columns[i].with_dollar += workbook_money_cells(facts, i);
}

bool profile_read(struct input *input, struct profile *profile, struct error *error) {
    const struct input_facts *facts = input_facts(input);
    *profile = (struct profile){.column_count = facts->column_count};
    profile->columns = memory_get_zero(facts->column_count + 1, sizeof *profile->columns);
    profile->has_totals = facts->shape == SHAPE_CSV || facts->shape == SHAPE_REPORT;
    profile->group_sums = memory_get_zero(facts->column_count + 1, sizeof *profile->group_sums);
    profile->file_sums = memory_get_zero(facts->column_count + 1, sizeof *profile->file_sums);
    profile->kept = memory_get_zero((facts->column_count + 1) * (PROFILE_KEPT + 1), sizeof *profile->kept);
    struct view *paths = memory_get_zero(facts->column_count + 1, sizeof *paths);
    for (size_t i = 0; i < facts->column_count; i++) {
        profile->columns[i].label = paths[i] = facts->columns[i].label;
        profile->columns[i].name = facts->columns[i].name;
    }
    struct record_reader *reader = record_reader_create(input, paths, facts->column_count);
    bool is_fine = read_blocks(input, reader, profile, error);
    add_money_styles(facts, profile);
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
    free(profile->group_sums);
    free(profile->file_sums);
    free(profile->kept);
    free(profile->cell_hashes);
    *profile = (struct profile){0};
}
