/* scan.c: rows that belong together, found before the passes: columns of a parent that repeat on each of its lines
 * (plecto.per, or a bracket that names the parent), and the shares of a whole (plecto.derive share with a companion's
 * amount). Most runs have neither and read nothing here. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/run/run_private.h"
#include "values/boolean.h"

/* One thing that is looked for. */
struct need {
    size_t field;     /* whose amounts are kept */
    size_t key_field; /* SIZE_MAX: the key is a column of a table that no field takes */
    struct view key_label;
    struct view label; /* of the column, where a bracket is the reason */
    bool is_bracket;
    struct row_groups *groups;
};

#define NEED_LIMIT 32

struct scan {
    struct run *run;
    struct need needs[NEED_LIMIT];
    size_t count;
};

static void add_need(struct scan *scan, struct need need) {
    if (scan->count == NEED_LIMIT) return;
    need.groups = row_groups_create();
    scan->needs[scan->count++] = need;
}

static bool is_bound(const struct run *run, size_t field) {
    for (size_t i = 0; i < run->file_count; i++)
        if (run->bindings[i]->cell_of_field[field].kind == REF_CELL) return true;
    return false;
}

/* --- what is needed -------------------------------------------------------------------------------------------- */

/* "Invoices" of "Invoice Item Totals (Invoices)"; empty where the label has no bracket. Whether it names a parent is what
 * the columns and rows show. */
static struct view bracket_of(struct view label) {
    if (label.length < 3 || label.text[label.length - 1] != ')') return view_of("");
    size_t open = label.length - 1;
    while (open > 0 && label.text[open] != '(')
        open--;
    return view_trim(view_from(label.text + open + 1, label.length - open - 2));
}

/* The column with the number or ID of what the bracket names in the plural or not ("Invoice #" of "Invoices"), or
 * SIZE_MAX. */
static size_t key_column(const struct input_facts *facts, struct view parent) {
    static const struct {
        const char *plural, *single;
    } endings[] = {{"ies", "y"}, {"s", ""}, {"", ""}};
    static const char *const numbers[] = {" #", " ID"};
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < 6 && found == SIZE_MAX; i++) {
        const char *plural = endings[i / 2].plural;
        size_t length = strlen(plural);
        if (parent.length <= length) continue;
        struct view end = view_from(parent.text + parent.length - length, length);
        if (!view_equal_fold(end, view_of(plural))) continue;
        struct view stem = view_from(parent.text, parent.length - length);
        char *label = memory_print("%.*s%s%s", VIEW_ARGS(stem), endings[i / 2].single, numbers[i % 2]);
        found = label_column(facts, view_of(label));
        free(label);
    }
    return found;
}

static void need_brackets(struct scan *scan) {
    const struct run *run = scan->run;
    const struct input_facts *facts = input_facts(run->inputs[0]);
    if (facts->shape != SHAPE_CSV && facts->shape != SHAPE_REPORT) return;
    for (size_t i = 0; i < run->schema->field_count; i++) {
        const struct field *field = &run->schema->fields[i];
        struct cell_ref cell = run->bindings[0]->cell_of_field[i];
        if (field->type != FIELD_NUMBER || field->aggregate != AGGREGATE_SUM || field->per || cell.kind != REF_CELL ||
            cell.index >= facts->column_count)
            continue;
        struct view label = facts->columns[cell.index].label, parent = bracket_of(label);
        size_t key = parent.length > 0 ? key_column(facts, parent) : SIZE_MAX;
        if (key != SIZE_MAX) add_need(scan, (struct need){i, SIZE_MAX, facts->columns[key].label, label, true, NULL});
    }
}

static void need_per(struct scan *scan) {
    const struct schema *schema = scan->run->schema;
    for (size_t i = 0; i < schema->field_count; i++) {
        size_t key = schema->fields[i].per ? schema_find_field(schema, view_of(schema->fields[i].per)) : SIZE_MAX;
        if (key != SIZE_MAX && is_bound(scan->run, i) && is_bound(scan->run, key))
            add_need(scan, (struct need){i, key, view_of(""), view_of(""), false, NULL});
    }
}

/* The share of an amount that a companion gives: all shares of a key are of one whole. */
static void need_shares(struct scan *scan) {
    const struct run *run = scan->run;
    const struct schema *schema = run->schema;
    for (size_t i = 0; i < schema->field_count; i++) {
        const struct field *field = &schema->fields[i];
        if (field->derive != DERIVE_SHARE || run->bindings[0]->cell_of_field[i].kind != REF_COMPUTED) continue;
        const struct binding *binding = run->bindings[0];
        for (size_t k = 0; k < binding->computed_count; k++) {
            const struct computed_cell *computed = &binding->computed[k];
            if (computed->join == SIZE_MAX || computed->field != field->part_fields[0]) continue;
            size_t key = binding->join_keys[computed->join];
            if (key != SIZE_MAX && is_bound(run, field->part_fields[1]))
                add_need(scan, (struct need){field->part_fields[1], key, view_of(""), view_of(""), false, NULL});
        }
    }
}

/* --- reading --------------------------------------------------------------------------------------------------- */

static struct view text_at(const struct record *record, struct cell_ref cell) {
    if (cell.kind != REF_CELL || cell.index >= record->cell_count) return view_of("");
    return view_trim(record->cells[cell.index].text);
}

static struct cell_ref key_cell(const struct scan *scan, const struct need *need, size_t file) {
    if (need->key_field != SIZE_MAX) return scan->run->bindings[file]->cell_of_field[need->key_field];
    const struct input_facts *facts = input_facts(scan->run->inputs[file]);
    size_t column = label_column(facts, need->key_label);
    return column == SIZE_MAX ? (struct cell_ref){REF_NONE, 0} : (struct cell_ref){REF_CELL, column};
}

static bool is_inactive(const struct binding *binding, const struct record *record) {
    bool active = true;
    if (binding->active_field == SIZE_MAX) return false;
    return boolean_parse(text_at(record, binding->cell_of_field[binding->active_field]), &active) && !active;
}

static void add_record(struct scan *scan, size_t file, const struct record *record, const struct cell_ref *keys) {
    const struct binding *binding = scan->run->bindings[file];
    if (record->kind != RECORD_DATA || record->damage != DAMAGE_NONE || is_inactive(binding, record)) return;
    const struct group_row place = {file, record->row, record->item};
    struct view id = binding->id_count > 0 ? text_at(record, binding->cell_of_field[binding->ids[0]]) : view_of("");
    struct view modified = binding->modified_field == SIZE_MAX
                               ? view_of("")
                               : text_at(record, binding->cell_of_field[binding->modified_field]);
    for (size_t i = 0; i < scan->count; i++) {
        const struct need *need = &scan->needs[i];
        struct view key = text_at(record, keys[i]);
        int64_t amount = 0;
        const struct decimal_style *style = &scan->run->schema->fields[need->field].style;
        struct view text = text_at(record, binding->cell_of_field[need->field]);
        bool has_amount = decimal_has_value(decimal_parse(text, style, &amount));
        if (key.length > 0 && has_amount) row_groups_add(need->groups, key, &place, amount, id, modified);
    }
}

static bool read_file(struct scan *scan, size_t file, struct error *error) {
    struct run *run = scan->run;
    struct cell_ref keys[NEED_LIMIT];
    for (size_t i = 0; i < scan->count; i++)
        keys[i] = key_cell(scan, &scan->needs[i], file);
    struct record_reader *reader =
        record_reader_create(run->inputs[file], run->bindings[file]->paths, run->bindings[file]->path_count);
    struct block block = {0};
    struct record record = {0};
    bool is_fine = true;
    for (bool is_end = false; is_fine && !is_end;) {
        is_fine = input_next_block(run->inputs[file], &block, &is_end, error);
        if (!is_fine || is_end) break;
        record_reader_start(reader, &block);
        while (record_reader_next(reader, &record))
            add_record(scan, file, &record, keys);
    }
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    record_reader_destroy(reader);
    return is_fine && input_rewind(run->inputs[file], error);
}

/* --- what was found -------------------------------------------------------------------------------------------- */

/* A column of the parent on each line is never summed. */
static void leave_out_parent(struct run *run, const struct need *need) {
    const struct input_facts *facts = input_facts(run->inputs[0]);
    run->schema->fields[need->field].aggregate = AGGREGATE_NONE;
    char *text = memory_print("\"%.*s\" repeats on each line of the same %.*s and is not summed",
                              VIEW_ARGS(need->label), VIEW_ARGS(need->key_label));
    findings_at_header(&run->findings, facts,
                       (struct issue){.code = W823_PARENT_COLUMN, .field = need->label, .detail = view_of(text)});
    free(text);
}

static void keep(struct run *run, struct need *need) {
    struct found_groups *found = &run->groups[run->group_count++];
    *found = (struct found_groups){need->field, need->key_field, need->groups};
    need->groups = NULL;
}

bool run_scan(struct run *run, struct error *error) {
    struct scan scan = {.run = run};
    need_brackets(&scan);
    need_per(&scan);
    need_shares(&scan);
    bool is_fine = true;
    for (size_t file = 0; scan.count > 0 && is_fine && file < run->file_count; file++)
        is_fine = read_file(&scan, file, error);
    run->groups = memory_get_zero(scan.count + 1, sizeof *run->groups);
    for (size_t i = 0; i < scan.count; i++) {
        struct need *need = &scan.needs[i];
        if (is_fine && !need->is_bracket) keep(run, need);
        if (is_fine && need->is_bracket && row_groups_are_parents(need->groups)) leave_out_parent(run, need);
        row_groups_free(need->groups);
    }
    return is_fine;
}
