/* join.c: companions as tables: key → the people or values of its records. */
#include "convert/join_private.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/words.h"
#include "base/table.h"
#include "schema/bind.h"
#include "values/point_zero.h"

/* --- reading a file -------------------------------------------------------------------------------- */

static bool find_cell(const struct reading *reading, const char *name, const char *path, struct cell_ref *cell,
                      struct error *error) {
    size_t field = schema_find_field(reading->companion->schema, view_of(name));
    if (field != SIZE_MAX) *cell = reading->binding->cell_of_field[field];
    if (cell->kind == REF_CELL) return true;
    error_set(error, EXIT_WRONG_USE,
              "%s: --with needs the field \"%s\" of schema %s, and the file has no column for it", path, name,
              reading->companion->schema->name);
    return error_fix(error, "Export it with that column, or convert without --with %s.", path);
}

static bool find_cells(struct reading *reading, const char *path, struct error *error) {
    const struct join *join = reading->companion->join;
    reading->values = memory_get_zero(join->field_count + 1, sizeof *reading->values);
    if (!find_cell(reading, join->theirs, path, &reading->key, error)) return false;
    if (join->share && !find_cell(reading, join->share, path, &reading->share, error)) return false;
    struct error ignored = {0};
    if (join->order && !find_cell(reading, join->order, path, &reading->dates[PARTNER_ORDER], &ignored))
        error_free(&ignored);
    size_t created = schema_find_field(reading->companion->schema, view_of("Created On"));
    if (created != SIZE_MAX) reading->dates[PARTNER_CREATED] = reading->binding->cell_of_field[created];
    for (size_t i = 0; i < join->field_count; i++)
        if (!find_cell(reading, join->theirs_fields[i], path, &reading->values[i], error)) return false;
    if (reading->binding->person_count > 0 && reading->binding->people[0].id_field != SIZE_MAX)
        reading->companion->space = reading->companion->schema->fields[reading->binding->people[0].id_field].space;
    return true;
}

static bool read_blocks(struct reading *reading, struct error *error) {
    struct block block = {0};
    bool end = false, is_fine = true;
    while (is_fine && !end) {
        is_fine = input_next_block(reading->input, &block, &end, error);
        if (!is_fine || end) break;
        record_reader_start(reading->reader, &block);
        while (record_reader_next(reading->reader, &reading->record))
            join_take_record(reading);
    }
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    const char *cut = input_facts(reading->input)->cut_reason;
    if (is_fine && cut) {
        is_fine = error_set(error, EXIT_CANNOT_READ, "%s is a cut export: %s", input_facts(reading->input)->path, cut);
        error_fix(error, "Export all pages. Rows without a match would have no person.");
    }
    return is_fine;
}

static bool read_companion(struct joins *joins, size_t number, struct input *input, struct error *error) {
    struct reading reading = {.joins = joins, .companion = &joins->companions[number], .input = input};
    const char *path = input_facts(input)->path;
    bool is_fine = bind_columns(reading.companion->schema, input_facts(input), NULL, &reading.binding, error) &&
                   find_cells(&reading, path, error);
    if (is_fine) {
        reading.reader = record_reader_create(input, reading.binding->paths, reading.binding->path_count);
        is_fine = read_blocks(&reading, error);
    }
    if (is_fine && reading.companion->damaged > 0) {
        is_fine = error_set(error, EXIT_CANNOT_READ, "%s:%llu: %llu record%s of this file, which --with names, cannot be read",
                            path, (unsigned long long)reading.companion->damaged_line,
                            (unsigned long long)reading.companion->damaged,
                            reading.companion->damaged == 1 ? "" : "s");
        error_fix(error, "To see what is wrong with them:\nst2plecto validate {file}");
        error_fix_file(error, path);
    }
    if (is_fine && reading.companion->repeated > 0) {
        is_fine =
            error_set(error, EXIT_CANNOT_READ,
                      "%s:%llu: %llu records of this file, which --with names, are repeated with different content, and nothing "
                      "shows which is current",
                      path, (unsigned long long)reading.companion->repeated_line,
                      (unsigned long long)reading.companion->repeated);
        error_fix(error, "Export the list request instead of the export feed. It has each record once.");
    }
    if (is_fine && !joins->given[number]) reading.companion->path = memory_copy(view_of(path));
    joins->given[number] = joins->given[number] || is_fine;
    record_reader_destroy(reading.reader);
    binding_free(reading.binding);
    free(reading.values);
    return is_fine;
}

/* The joins whose schema fits the file best; several may share one schema (people and fields). */
static bool choose(struct joins *joins, const struct input_facts *facts, const char **name, struct error *error) {
    int best = 0;
    struct buffer known = {0};
    for (size_t i = 0; i < joins->count; i++) {
        int score = bind_score(joins->companions[i].schema, facts);
        if (score > best) {
            best = score;
            *name = joins->companions[i].join->with;
        }
        buffer_print(&known, "%s%s", i ? ", " : "", joins->companions[i].join->with);
    }
    char *list = buffer_take(&known);
    bool is_fine = best >= BIND_ENOUGH;
    if (!is_fine && joins->count == 0) {
        error_set(error, EXIT_WRONG_USE, "--with %s adds nothing, because the schema of these files uses no second export", facts->path);
        error_fix(error, "Leave out --with %s. For people's names, give --roster FILE.", facts->path);
    } else if (!is_fine) {
        error_set(error, EXIT_WRONG_USE, "--with %s adds nothing. The schema of these files can use exports of these types only: %s",
                  facts->path, list);
        error_fix(error,
                  "Leave out --with %s. A list of technicians or employees is given with --roster. To see what the file is:\n"
                  "st2plecto inspect {file}", facts->path);
        error_fix_file(error, facts->path);
    }
    free(list);
    return is_fine;
}

static bool load_file(struct joins *joins, const char *path, const struct input_options *options, struct error *error) {
    struct input *input = NULL;
    const char *name = NULL;
    bool is_fine = input_open(path, options, &input, error);
    if (is_fine && facts_are_empty(input_facts(input))) { /* it has nobody for any row */
        read_files_add_input(&joins->files, FILE_COMPANION, input);
        input_close(input);
        return true;
    }
    is_fine = is_fine && choose(joins, input_facts(input), &name, error);
    bool has_read = false;
    for (size_t i = 0; is_fine && i < joins->count; i++) {
        if (strcmp(joins->companions[i].join->with, name) != 0) continue;
        if (has_read) is_fine = input_rewind(input, error);
        is_fine = is_fine && read_companion(joins, i, input, error);
        if (is_fine) read_files_add_input(&joins->files, FILE_COMPANION, input);
        has_read = true;
    }
    input_close(input);
    return is_fine;
}

static void add_note(struct joins *joins, char *text) {
    void *notes = joins->notes;
    memory_grow(&notes, &joins->note_capacity, joins->note_count + 1, sizeof *joins->notes);
    joins->notes = notes;
    joins->notes[joins->note_count++] = text;
}

static void make_notes(struct joins *joins) {
    for (size_t i = 0; i < joins->count; i++) {
        const struct companion *companion = &joins->companions[i];
        const struct join *join = companion->join;
        if (!joins->given[i]) continue;
        struct buffer text = {0};
        buffer_print(&text, "%s (%s): ", companion->path, join->with);
        words_plural(&text, companion->records, "record", "records");
        buffer_print(&text, " for %zu different %s", table_count(companion->keys), join->theirs);
        if (companion->inactive)
            buffer_print(&text, ". %llu are not active and not used", (unsigned long long)companion->inactive);
        if (companion->without_key)
            buffer_print(&text, ". %llu have no %s", (unsigned long long)companion->without_key, join->theirs);
        if (companion->without_person)
            buffer_print(&text, ". %llu have no person", (unsigned long long)companion->without_person);
        if (companion->differing)
            buffer_print(&text,
                         ". %llu repeat a %s with other values. The one changed last counts (without dates, the first)",
                         (unsigned long long)companion->differing, join->theirs);
        const struct date_evidence *dates = &companion->dates;
        if (join->order && dates->ambiguous > 0 && (dates->first_over > 0) == (dates->second_over > 0))
            buffer_print(&text,
                         ". Its %s can be read month first or day first. Month first is assumed to find who was first",
                         join->order);
        add_note(joins, buffer_take(&text));
    }
}

bool joins_load(const struct schema *schema, char *const *paths, size_t path_count, const char *schema_folder,
                const struct input_options *input, struct joins **loaded, struct error *error) {
    struct joins *joins = memory_get_zero(1, sizeof *joins);
    joins->count = schema->join_count;
    joins->companions = memory_get_zero(joins->count + 1, sizeof *joins->companions);
    joins->given = memory_get_zero(joins->count + 1, sizeof *joins->given);
    joins->arena = arena_create(1 << 16);
    bool is_fine = true;
    for (size_t i = 0; is_fine && i < joins->count; i++) {
        joins->companions[i].join = &schema->joins[i];
        joins->companions[i].keys = table_create();
        joins->companions[i].ids = table_create();
        is_fine = schema_load(schema->joins[i].with, schema_folder, &joins->companions[i].schema, error);
        if (is_fine) schema_note_file(joins->companions[i].schema, &joins->files);
    }
    for (size_t i = 0; is_fine && i < path_count; i++)
        is_fine = load_file(joins, paths[i], input, error);
    for (size_t i = 0; is_fine && i < joins->count; i++)
        join_order_partners(&joins->companions[i]);
    if (is_fine) make_notes(joins);
    if (!is_fine) {
        joins_free(joins);
        joins = NULL;
    }
    *loaded = joins;
    return is_fine;
}

void joins_free(struct joins *joins) {
    if (!joins) return;
    for (size_t i = 0; i < joins->count; i++) {
        struct companion *companion = &joins->companions[i];
        for (size_t k = 0; companion->keys && k < table_count(companion->keys); k++)
            free(companion->entries[k].partners);
        free(companion->entries);
        table_destroy(companion->keys);
        table_destroy(companion->ids);
        free(companion->contents);
        schema_free(companion->schema);
        free(companion->path);
    }
    for (size_t i = 0; i < joins->note_count; i++)
        free(joins->notes[i]);
    free(joins->notes);
    free(joins->companions);
    free(joins->given);
    read_files_free(&joins->files);
    arena_destroy(joins->arena);
    free(joins);
}

/* --- asking ------------------------------------------------------------------------------------------ */

const struct read_files *joins_files(const struct joins *joins) {
    static const struct read_files none;
    return joins ? &joins->files : &none;
}

const bool *joins_given(const struct joins *joins) {
    return joins->given;
}

enum person_space joins_space(const struct joins *joins, size_t join) {
    return joins->companions[join].space;
}

static const struct entry *find_entry(const struct joins *joins, size_t join, struct view key) {
    if (!joins || !joins->given[join]) return NULL;
    const struct companion *companion = &joins->companions[join];
    size_t number = table_find(companion->keys, id_without_zero(key));
    return number == SIZE_MAX ? NULL : &companion->entries[number];
}

bool joins_value(const struct joins *joins, size_t join, struct view key, size_t field, struct view *value) {
    const struct entry *entry = find_entry(joins, join, key);
    if (!entry || !entry->has_record) return false;
    *value = entry->values[field];
    return true;
}

const struct partner *joins_people(const struct joins *joins, size_t join, struct view key, size_t *count) {
    const struct entry *entry = find_entry(joins, join, key);
    *count = entry ? entry->partner_count : 0;
    return entry ? entry->partners : NULL;
}

size_t joins_note_count(const struct joins *joins) {
    return joins ? joins->note_count : 0;
}

const char *joins_note(const struct joins *joins, size_t index) {
    return joins->notes[index];
}
