/* json_check.c: records as the program reads them, against what cJSON finds in the same bytes. How paths through lists are
 * put together (input/json/lists.c) is the program's own; where the record ends, whether it is valid, and all that stands
 * at keys is looked for anew. */
#include <stdlib.h>
#include <string.h>

#include "base/json_scan.h"
#include "base/memory.h"
#include "input/json/cut.h"
#include "input/json/lists.h"
#include "support/json_reference.h"

struct json_check {
    const struct input_facts *facts;
    struct json_lists *lists;
    struct view *outer; /* as in lists; in Singer lines below "record" */
    char **outer_texts;
    struct json_reference *record, *element;
    struct json_row row;
    struct arena *arena;
    size_t path_count;
};

struct json_check *json_check_create(const struct input_facts *facts, const struct view *paths, size_t count) {
    struct json_check *check = memory_get_zero(1, sizeof *check);
    check->facts = facts;
    check->path_count = facts->shape == SHAPE_REPORT ? 0 : count;
    check->lists = json_lists_create(paths, check->path_count);
    const struct json_lists *lists = check->lists;
    check->outer = memory_get_zero(lists->outer_count + 1, sizeof *check->outer);
    check->outer_texts = memory_get_zero(lists->outer_count + 1, sizeof *check->outer_texts);
    for (size_t i = 0; i < lists->outer_count; i++) {
        check->outer_texts[i] = memory_print("%s%s%.*s", facts->wrapper ? facts->wrapper : "", facts->wrapper ? "." : "", VIEW_ARGS(lists->outer[i]));
        check->outer[i] = view_of(check->outer_texts[i]);
    }
    check->record = json_reference_create(check->outer, lists->outer_count);
    check->element = json_reference_create(lists->inner, lists->inner_count);
    check->arena = arena_create(64u << 10);
    return check;
}

void json_check_destroy(struct json_check *check) {
    if (!check) return;
    for (size_t i = 0; i < check->lists->outer_count; i++)
        free(check->outer_texts[i]);
    free(check->outer_texts);
    free(check->outer);
    free(check->row.cells);
    json_reference_destroy(check->record);
    json_reference_destroy(check->element);
    json_lists_destroy(check->lists);
    arena_destroy(check->arena);
    free(check);
}

static struct cell *absent_cells(struct json_check *check, size_t count) {
    struct cell *cells = arena_get(check->arena, (count + 1) * sizeof *cells);
    memset(cells, 0, (count + 1) * sizeof *cells);
    return cells;
}

static bool differs(struct buffer *why, const char *what) {
    buffer_add_text(why, what);
    return false;
}

static bool same_cells(const struct record *record, const struct cell *cells, size_t count, struct buffer *why) {
    if (record->cell_count != count) return differs(why, "number of cells");
    for (size_t i = 0; i < count; i++) {
        if (record->cells[i].kind == cells[i].kind && view_equal(record->cells[i].text, cells[i].text)) continue;
        buffer_print(why, "cell %zu: %d(%.*s), cJSON has %d(%.*s)", i, (int)record->cells[i].kind,
                     VIEW_ARGS(record->cells[i].text), (int)cells[i].kind, VIEW_ARGS(cells[i].text));
        return false;
    }
    return true;
}

/* Damaged as `damage` says, with a reason. */
static bool is_damaged(const struct record *record, enum record_damage damage, struct buffer *why) {
    if (record->damage == damage && record->damage_text.length > 0) return true;
    return differs(why, damage == DAMAGE_NOT_JSON ? "not valid, or a key twice, and not told" : "no object, and not told");
}

static bool check_row(struct json_check *check, const struct record *record, struct buffer *why) {
    size_t count = check->row.count, columns = check->facts->column_count;
    enum record_damage damage = count < columns   ? DAMAGE_CELLS_MISSING
                                : count > columns ? DAMAGE_CELLS_EXTRA
                                                  : DAMAGE_NONE;
    if (record->damage != damage || record->original_count != count) return differs(why, "number of cells");
    struct cell *cells = absent_cells(check, count > columns ? count : columns);
    if (count > 0) memcpy(cells, check->row.cells, count * sizeof *cells);
    return same_cells(record, cells, count > columns ? count : columns, why);
}

/* A record that is an element of a list, or one whose list has none. */
static bool check_element(struct json_check *check, const struct record *record, const struct cell *outer,
                          struct buffer *why) {
    struct cell *cells = absent_cells(check, check->path_count), *inner = absent_cells(check, check->lists->inner_count);
    const struct cell *list = &outer[check->lists->explode];
    bool is_list = list->kind == CELL_NESTED && list->text.text[0] == '[';
    bool is_object = record->item > 0 && record->element.text[0] == '{' &&
                     json_reference_object(check->element, record->element, check->arena, inner);
    json_lists_fill(check->lists, outer, is_object ? inner : NULL, check->arena, cells);
    if (!same_cells(record, cells, check->path_count, why)) return false;
    if (record->item > 0 && !is_list) return differs(why, "elements of what is no list");
    if (is_object && json_reference_repeated(check->element)) return is_damaged(record, DAMAGE_NOT_JSON, why);
    bool is_nothing = is_list || list->kind == CELL_ABSENT || list->kind == CELL_NULL;
    if (record->item > 0 ? !is_object : !is_nothing) return is_damaged(record, DAMAGE_NOT_OBJECT, why);
    return record->damage == DAMAGE_NONE || differs(why, "damage that is none");
}

bool json_check_record(struct json_check *check, const struct record *record, const char *end, struct buffer *why) {
    struct json_scan scan;
    const struct json_lists *lists = check->lists;
    bool is_report = check->facts->shape == SHAPE_REPORT;
    if (record->damage == DAMAGE_TOO_LARGE) return true; /* its end is not there */
    arena_reset(check->arena);
    if (check->facts->shape != SHAPE_LINES) {
        const char *found = json_element_end(record->raw.text, end, true);
        if (record->raw.text + record->raw.length != (found ? found : end)) return differs(why, "where it ends");
    }
    struct cell *cells = absent_cells(check, lists->outer_count);
    bool is_valid = json_scan_all(&scan, record->raw), is_right = record->raw.text[0] == (is_report ? '[' : '{');
    if (!is_valid || !is_right) return is_damaged(record, is_valid ? DAMAGE_NOT_OBJECT : DAMAGE_NOT_JSON, why);
    if (!(is_report ? json_reference_row(check->record, record->raw, check->arena, &check->row)
                    : json_reference_object(check->record, record->raw, check->arena, cells)))
        return is_damaged(record, DAMAGE_NOT_JSON, why);
    if (is_report) return check_row(check, record, why);
    if (json_reference_repeated(check->record)) return is_damaged(record, DAMAGE_NOT_JSON, why);
    if (lists->explode != SIZE_MAX) return check_element(check, record, cells, why);
    json_lists_finish(lists, check->arena, cells);
    return same_cells(record, cells, check->path_count, why) &&
           (record->damage == DAMAGE_NONE || differs(why, "damage that is none"));
}
