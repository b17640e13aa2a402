/* side_plecto.c: a side from what Plecto holds or is to hold: answers of its API, a download, registrations.jsonl. */
#include <stdlib.h>

#include "base/json_find.h"
#include "base/memory.h"
#include "input/input.h"
#include "reconcile/read_side.h"
#include "reconcile/text_file.h"
#include "upload/answer.h"
#include "upload/plecto_facts.h"

#define HEAD_BYTES (64u << 10)

/* --- one registration as JSON ---------------------------------------------------------------------------------------- */

/* Keys that Plecto adds, which are no fields of the data source. */
static const char *const other_keys[] = {KEY_PROVIDER, "data_source",  "uuid",    "id",          "url",
                                         "created",    "created_date", "updated", "modified",    "team",
                                         "teams",      "fields",       "member",  "organization"};

static bool is_other_key(struct view key) {
    for (size_t i = 0; i < sizeof other_keys / sizeof *other_keys; i++)
        if (view_is(key, other_keys[i])) return true;
    return false;
}

static bool is_field_object(struct view key) {
    static const char *const keys[] = PLECTO_FIELD_OBJECTS;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (view_is(key, keys[i])) return true;
    return false;
}

struct reading {
    struct side *side;
    struct table *pool, *titles; /* titles: number of the column */
    const struct zone *zone;
    struct buffer text, id, person_id, person, date;
};

static void set_text(struct reading *reading, struct view title, struct view raw) {
    if (json_is_null(raw) || json_is_object(raw) || json_is_list(raw)) return;
    bool is_new;
    size_t column = table_add(reading->titles, title, &is_new);
    if (is_new) side_add_column(reading->side, title, title, COLUMN_TEXT);
    reading->text.length = 0;
    json_add_plain(&reading->text, raw);
    struct view text = view_trim(buffer_view(&reading->text));
    if (text.length == 0) return;
    packed_set(&reading->side->columns[column].values, reading->side->row_count - 1,
               (int64_t)table_add(reading->pool, text, NULL));
}

static void keep(struct buffer *to, struct view raw) {
    if (to->length > 0 || json_is_null(raw) || json_is_object(raw) || json_is_list(raw)) return;
    json_add_plain(to, raw);
}

/* Plecto's own key of somebody says nothing that an export could say too. */
static bool is_uuid(struct view text) {
    size_t digits = 0;
    for (size_t i = 0; i < text.length; i++) {
        bool is_digit = text.text[i] != '\0' && strchr("0123456789abcdefABCDEF", text.text[i]);
        if (!is_digit && text.text[i] != '-') return false;
        digits += is_digit;
    }
    return digits == 32;
}

/* A member may be a name, or an object that has one. */
static void take_member(struct reading *reading, struct view raw) {
    struct view value;
    if (!json_is_object(raw)) {
        if (reading->person.length > 0) return;
        keep(&reading->person, raw);
        if (is_uuid(buffer_view(&reading->person))) reading->person.length = 0;
        return;
    }
    if (json_find_key(raw, view_of("name"), &value)) keep(&reading->person, value);
    if (json_find_key(raw, view_of("api_id"), &value)) keep(&reading->person_id, value);
}

static void take_fields(struct reading *reading, struct view object, bool is_top);

static void take_member_of(struct reading *reading, struct view key, struct view value, bool is_top) {
    if (is_top && (view_is(key, KEY_EXTERNAL_ID) || view_is(key, KEY_REFERENCE)))
        keep(&reading->id, value);
    else if (is_top && (view_is(key, KEY_DATE)))
        keep(&reading->date, value);
    else if (is_top && view_is(key, KEY_MEMBER_ID))
        keep(&reading->person_id, value);
    else if (is_top && view_is(key, KEY_MEMBER_NAME))
        keep(&reading->person, value);
    else if (is_top && view_is(key, "member"))
        take_member(reading, value);
    else if (is_top && is_field_object(key) && (json_is_object(value) || json_is_list(value)))
        take_fields(reading, value, false);
    else if (!is_top || !is_other_key(key))
        set_text(reading, key, value);
}

static void take_fields(struct reading *reading, struct view object, bool is_top) {
    struct json_walk walk;
    struct view key, value;
    struct buffer name = {0};
    if (!json_walk_start(&walk, object)) return;
    while (json_walk_next(&walk, &key, &value)) {
        name.length = 0;
        struct view title, content;
        if (walk.is_object) {
            json_add_plain(&name, key);
        } else if (json_find_key(value, view_of("title"), &title) && json_find_key(value, view_of("value"), &content)) {
            json_add_plain(&name, title);
            value = content;
        } else {
            continue;
        }
        take_member_of(reading, buffer_view(&name), value, is_top);
    }
    buffer_free(&name);
}

static void take_registration(struct reading *reading, struct view object, size_t number) {
    reading->id.length = reading->person.length = reading->person_id.length = reading->date.length = 0;
    struct side_row *row = side_add_row(reading->side);
    row->row = row->line = number;
    take_fields(reading, object, true);
    row = &reading->side->last;
    side_set_id(row, reading->pool, buffer_view(&reading->id));
    side_set_person(row, reading->pool, buffer_view(&reading->person_id), buffer_view(&reading->person));
    side_set_date(row, buffer_view(&reading->date), reading->zone);
}

static void reading_end(struct reading *reading) {
    table_destroy(reading->titles);
    buffer_free(&reading->text);
    buffer_free(&reading->id);
    buffer_free(&reading->person);
    buffer_free(&reading->person_id);
    buffer_free(&reading->date);
}

static void start_side(struct side *side, enum side_kind kind, const char *path) {
    side->kind = kind;
    if (!side->name) side->name = memory_copy(view_of(path));
    if (!side->by) side->by = memory_copy(view_of("row"));
    if (!side->groups) side->groups = memory_copy(view_of(""));
    side->files = memory_get_zero(1, sizeof *side->files);
    side->files[side->file_count++] = memory_copy(view_of(path));
}

static bool not_json(const char *path, struct error *error) {
    error_set(error, EXIT_CANNOT_READ, "%s: is not valid JSON", path);
    return error_fix(error, "Save the answer of GET /registrations/ again, whole.");
}

/* A list of registrations, or an object that has one under results or data; in a registration, these are its fields. */
static bool is_page(struct view value, struct view *list) {
    struct view id;
    *list = value;
    if (!json_is_object(value)) return json_is_list(value);
    if (json_find_key(value, view_of(KEY_EXTERNAL_ID), &id) || json_find_key(value, view_of(KEY_REFERENCE), &id))
        return false;
    return answer_page(value, list);
}

static bool take_answer(struct reading *reading, struct view text, const char *path, size_t *number,
                        struct error *error) {
    struct view list, value, ignored;
    struct json_walk walk;
    if (!is_page(text, &list) && json_is_object(text)) {
        take_registration(reading, text, ++*number);
        return true;
    }
    if (!json_walk_start(&walk, list)) return not_json(path, error);
    while (json_walk_next(&walk, NULL, &value)) {
        if (!is_page(value, &ignored))
            take_registration(reading, value, ++*number);
        else if (!take_answer(reading, value, path, number, error))
            return false;
    }
    return !walk.is_broken || not_json(path, error);
}

/* Values that stand one after the other, as pages saved into one file, or one a line. */
static bool take_values(struct reading *reading, struct view text, const char *path, struct error *error) {
    struct json_scan scan;
    size_t number = 0;
    json_scan_start(&scan, text);
    for (json_scan_blanks(&scan); scan.at < scan.end; json_scan_blanks(&scan)) {
        const char *begin = scan.at;
        if (!json_scan_value(&scan, 0)) return not_json(path, error);
        if (!take_answer(reading, view_from(begin, (size_t)(scan.at - begin)), path, &number, error)) return false;
    }
    return true;
}

bool side_read_text(const char *name, struct view text, const struct zone *zone, struct table *pool, struct side *side,
                    struct error *error) {
    struct reading reading = {.side = side, .pool = pool, .titles = table_create(), .zone = zone};
    bool has_kind = side->kind == SIDE_FOLDER || side->kind == SIDE_JOURNAL;
    start_side(side, has_kind ? side->kind : SIDE_PLECTO_ANSWER, name);
    bool is_fine = take_values(&reading, text, name, error);
    reading_end(&reading);
    return is_fine;
}

bool side_read_answer(const char *path, const struct zone *zone, struct table *pool, struct side *side,
                      struct error *error) {
    struct buffer text = {0};
    bool is_fine =
        text_file_read(path, &text, error) && side_read_text(path, buffer_view(&text), zone, pool, side, error);
    buffer_free(&text);
    return is_fine;
}

/* --- CSV and workbooks ------------------------------------------------------------------------------------------------ */

struct table_columns {
    size_t id, person, person_id, date;
};

static size_t column_called(const struct input_facts *facts, const char *const *names, size_t count) {
    for (size_t name = 0; name < count; name++)
        for (size_t i = 0; i < facts->column_count; i++)
            if (view_equal_fold(facts->columns[i].label, view_of(names[name]))) return i;
    return SIZE_MAX;
}

static void find_columns(const struct input_facts *facts, struct table_columns *columns) {
    static const char *const ids[] = {"External ID", "external_id", "ID"};
    static const char *const people[] = {"Employee", "Member", "member_name"};
    static const char *const person_ids[] = {"Employee ID", "member_api_id"};
    static const char *const dates[] = {"Created date", "Date", "Registration date"};
#define CALLED(list) column_called(facts, list, sizeof(list) / sizeof *(list))
    *columns = (struct table_columns){CALLED(ids), CALLED(people), CALLED(person_ids), CALLED(dates)};
#undef CALLED
}

static void take_record(struct reading *reading, const struct input_facts *facts, const struct table_columns *columns,
                        const struct record *record) {
    struct side_row *row = side_add_row(reading->side);
    struct view empty = view_of("");
    size_t place = reading->side->row_count - 1;
#define CELL(index) ((index) < record->cell_count ? view_trim(record->cells[index].text) : empty)
    row->row = record->row;
    row->line = record->line;
    side_set_id(row, reading->pool, CELL(columns->id));
    side_set_person(row, reading->pool, columns->person_id == SIZE_MAX ? empty : CELL(columns->person_id),
                    CELL(columns->person));
    if (columns->date != SIZE_MAX) side_set_date(row, CELL(columns->date), reading->zone);
    for (size_t i = 0; i < facts->column_count; i++) {
        bool is_role = i == columns->id || i == columns->person || i == columns->person_id || i == columns->date;
        struct view text = CELL(i);
        if (is_role || text.length == 0) continue;
        size_t column = table_find(reading->titles, facts->columns[i].label);
        packed_set(&reading->side->columns[column].values, place, (int64_t)table_add(reading->pool, text, NULL));
    }
#undef CELL
}

static bool read_records(struct reading *reading, struct input *input, struct error *error) {
    const struct input_facts *facts = input_facts(input);
    struct table_columns columns;
    struct block block = {0};
    struct record record = {0};
    bool is_end = false, is_fine;
    find_columns(facts, &columns);
    for (size_t i = 0; i < facts->column_count; i++) {
        bool is_role = i == columns.id || i == columns.person || i == columns.person_id || i == columns.date, is_new;
        if (is_role) continue;
        table_add(reading->titles, facts->columns[i].label, &is_new);
        if (is_new) side_add_column(reading->side, facts->columns[i].label, facts->columns[i].label, COLUMN_TEXT);
    }
    struct record_reader *reader = record_reader_create(input, NULL, 0);
    while ((is_fine = input_next_block(input, &block, &is_end, error)) && !is_end) {
        record_reader_start(reader, &block);
        while (record_reader_next(reader, &record))
            if (record.kind == RECORD_DATA) take_record(reading, facts, &columns, &record);
    }
    record_reader_destroy(reader);
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    return is_fine;
}

bool side_read_plecto_file(const char *path, const struct zone *zone, struct table *pool, struct side *side,
                           struct error *error) {
    struct input_options options = {0};
    struct input *input = NULL;
    struct reading reading = {.side = side, .pool = pool, .titles = table_create(), .zone = zone};
    start_side(side, side->kind == SIDE_FOLDER ? SIDE_FOLDER : SIDE_PLECTO_FILE, path);
    bool is_fine = input_open(path, &options, &input, error) && read_records(&reading, input, error);
    if (input) input_close(input);
    reading_end(&reading);
    return is_fine;
}

/* --- what a path is --------------------------------------------------------------------------------------------------- */

static bool is_plecto_table(const struct input_facts *facts) {
    bool has_id = false, has_person = false, has_date = false;
    for (size_t i = 0; i < facts->column_count; i++) {
        struct view label = facts->columns[i].label;
        has_id = has_id || view_equal_fold(label, view_of("ID")) || view_equal_fold(label, view_of("External ID"));
        has_person = has_person || view_equal_fold(label, view_of("Employee"));
        has_date = has_date || view_equal_fold(label, view_of("Created date"));
    }
    return has_id && has_person && has_date;
}

static bool is_plecto_json(const struct input_facts *facts) {
    for (size_t i = 0; i < facts->column_count; i++) {
        struct view label = facts->columns[i].label;
        if (view_is(label, KEY_EXTERNAL_ID) || view_is(label, "results[].external_id")) return true;
    }
    return false;
}

/* Whether the beginning of a file has one of the keys that only Plecto's answers have: exports are large. */
static bool may_be_results(const char *path) {
    static const char *const keys[] = {"\"results\"", "\"" KEY_EXTERNAL_ID "\"", "\"" KEY_REFERENCE "\""};
    struct buffer head = {0};
    struct error ignored = {0};
    bool has_key = false;
    if (text_file_head(path, HEAD_BYTES, &head, &ignored))
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            has_key = has_key || view_find_fold(buffer_view(&head), keys[i]) != SIZE_MAX;
    error_free(&ignored);
    buffer_free(&head);
    return has_key;
}

/* An object with the list under `results`, which no export has. */
static bool is_results(const char *path) {
    struct buffer text = {0};
    struct error ignored = {0};
    bool is_one = false;
    struct view value, first;
    if (text_file_read(path, &text, &ignored)) {
        struct view all = view_trim(buffer_view(&text));
        struct json_walk walk;
        bool has_results = json_is_object(all) && json_find_key(all, view_of("results"), &value) && json_is_list(value);
        if (!has_results) value = all;
        bool is_list = has_results || json_is_list(all) || json_find_key(all, view_of(KEY_EXTERNAL_ID), &first);
        if (is_list && json_is_object(value)) {
            is_one = true;
        } else if (is_list && json_walk_start(&walk, value)) {
            bool has_first = json_walk_next(&walk, NULL, &first);
            is_one = has_first ? json_find_key(first, view_of(KEY_EXTERNAL_ID), &value) ||
                                     (has_results && json_find_key(first, view_of(KEY_REFERENCE), &value))
                               : has_results;
        }
    }
    error_free(&ignored);
    buffer_free(&text);
    return is_one;
}

bool side_recognize(const char *path, enum side_kind *kind, struct error *error) {
    struct input_options options = {0};
    struct input *input = NULL;
    *kind = SIDE_EXPORT;
    if (text_file_is_folder(path)) {
        char *receipt = memory_print("%s/receipt.json", path);
        if (text_file_is_there(receipt)) *kind = SIDE_FOLDER;
        free(receipt);
        return true;
    }
    if (text_file_starts(path, "SQLite format 3")) {
        *kind = SIDE_JOURNAL;
        return true;
    }
    if (text_file_starts_json(path) && may_be_results(path) && is_results(path)) {
        *kind = SIDE_PLECTO_ANSWER;
        return true;
    }
    if (text_is_note(path)) {
        error_set(error, EXIT_CANNOT_READ, "%s holds a sentence, not rows to compare", path);
        return error_fix(error, "Give the number that it says in place of the file, for example "
                                "--expect \"Jobs Total=232891.98; 2025-08-18..2025-08-24\"");
    }
    if (!input_open(path, &options, &input, error)) return false;
    const struct input_facts *facts = input_facts(input);
    if (facts->shape == SHAPE_CSV && is_plecto_table(facts)) *kind = SIDE_PLECTO_FILE;
    if (facts->shape != SHAPE_CSV && is_plecto_json(facts)) *kind = SIDE_PLECTO_ANSWER;
    input_close(input);
    return true;
}
