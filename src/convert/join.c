/* join.c: companions as tables: key → the people or values of its records. */
#include "convert/join.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/table.h"
#include "schema/bind.h"
#include "values/boolean.h"
#include "values/zone.h"

struct entry {
    struct partner *partners;
    size_t partner_count, partner_capacity;
    struct view *values;  /* one for each field of the join */
    struct view modified; /* of the record the values are of */
    bool has_record;
};

struct companion {
    const struct join *join;
    struct schema *schema; /* of the companion; NULL until asked for */
    struct table *keys;
    struct entry *entries; /* by number of the key */
    size_t entry_capacity;
    struct table *ids;  /* of its records */
    uint64_t *contents; /* hash of each */
    size_t content_capacity;
    uint64_t damaged, damaged_line, repeated, repeated_line;
    uint64_t records, inactive, without_key, without_person, differing;
    struct date_evidence dates; /* of the field that says who is first */
    char *path;                 /* the first file, for notes */
    enum person_space space;
};

struct joins {
    struct companion *companions;
    size_t count;
    bool *given;
    struct arena *arena;
    char **notes;
    size_t note_count, note_capacity;
    struct read_files files;
};

/* A companion file while it is read. */
struct reading {
    struct joins *joins;
    struct companion *companion;
    struct input *input;
    struct binding *binding;
    struct record_reader *reader;
    struct record record;
    struct cell_ref key, share;
    struct cell_ref dates[PARTNER_DATES];
    struct cell_ref *values; /* of the fields of the join */
};

static struct view cell_text(const struct reading *reading, struct cell_ref cell) {
    if (cell.kind != REF_CELL || cell.index >= reading->record.cell_count) return view_of("");
    const struct cell *found = &reading->record.cells[cell.index];
    struct view text = view_trim(found->text);
    return found->kind == CELL_NESTED || placeholder_text(text) ? view_of("") : text;
}

#define SECOND 1000000000 /* nanoseconds */

/* The fraction of a second in nanoseconds: nine digits at most. */
static int64_t fraction_of(const char *digits) {
    int64_t fraction = 0, unit = SECOND / 10;
    for (; *digits; digits++, unit /= 10)
        fraction += (*digits - '0') * unit;
    return fraction;
}

/* The moment of a date read in this order, in nanoseconds; INT64_MAX where there is none. `evidence` may be NULL. */
static int64_t moment_of(struct view text, enum date_order order, struct date_evidence *evidence) {
    struct datetime value;
    if (text.length == 0 || datetime_parse(text, order, &value, evidence) != DATETIME_FINE) return INT64_MAX;
    int64_t seconds = datetime_seconds(&value) - (value.zone == ZONE_OFFSET ? value.offset : 0);
    int64_t limit = INT64_MAX / SECOND - 1; /* the years 1678 to 2261 */
    if (seconds > limit || seconds < -limit) return seconds > 0 ? INT64_MAX - 1 : INT64_MIN;
    return seconds * SECOND + fraction_of(value.fraction);
}

/* Below 0: the record of `one` is the earlier one. Numbers of IDs are compared as numbers. */
static int compare_records(const struct partner *one, const struct partner *other, bool is_day_first) {
    for (size_t i = 0; i < PARTNER_DATES; i++) {
        int64_t a = is_day_first ? one->when[i].day_first : one->when[i].month_first;
        int64_t b = is_day_first ? other->when[i].day_first : other->when[i].month_first;
        if (a != b) return a < b ? -1 : 1;
    }
    if (one->record.length != other->record.length) return one->record.length < other->record.length ? -1 : 1;
    return view_compare(one->record, other->record);
}

/* The earlier of a person's records counts, whichever way its dates are read. */
static void take_earlier(struct partner *known, const struct partner *partner) {
    bool is_earlier = compare_records(partner, known, false) < 0;
    for (size_t i = 0; i < PARTNER_DATES; i++) {
        if (partner->when[i].month_first < known->when[i].month_first)
            known->when[i].month_first = partner->when[i].month_first;
        if (partner->when[i].day_first < known->when[i].day_first)
            known->when[i].day_first = partner->when[i].day_first;
    }
    if (is_earlier) known->record = partner->record;
}

/* Each person once; of several records the shares add up, and the earliest counts. */
static void add_partner(struct reading *reading, struct entry *entry, struct partner partner) {
    for (size_t i = 0; i < entry->partner_count; i++) {
        struct partner *known = &entry->partners[i];
        bool is_same = partner.id.length ? view_equal(known->id, partner.id) : view_equal(known->name, partner.name);
        if (!is_same) continue;
        if (partner.has_share && reading->companion->join->share) known->share += partner.share;
        partner.record = arena_copy(reading->joins->arena, partner.record);
        take_earlier(known, &partner);
        return;
    }
    void *list = entry->partners;
    memory_grow(&list, &entry->partner_capacity, entry->partner_count + 1, sizeof *entry->partners);
    entry->partners = list;
    partner.id = arena_copy(reading->joins->arena, partner.id);
    partner.name = arena_copy(reading->joins->arena, partner.name);
    partner.record = arena_copy(reading->joins->arena, partner.record);
    entry->partners[entry->partner_count++] = partner;
}

static void take_person(struct reading *reading, struct entry *entry) {
    const struct binding *binding = reading->binding;
    struct partner partner = {0};
    for (size_t i = 0; i < binding->person_count && i < 1; i++) {
        partner.id = cell_text(reading, binding->people[i].id_cell);
        partner.name = cell_text(reading, binding->people[i].name_cell);
    }
    if (view_is(partner.id, "0")) partner.id = view_of("");
    if (partner.id.length == 0 && partner.name.length == 0) {
        reading->companion->without_person++;
        return;
    }
    int64_t share = 0;
    enum decimal_reason reason = decimal_parse(cell_text(reading, reading->share), &decimal_style_default, &share);
    partner.has_share = decimal_has_value(reason);
    partner.share = partner.has_share ? share : 0;
    for (size_t i = 0; i < PARTNER_DATES; i++) {
        struct view date = cell_text(reading, reading->dates[i]);
        struct date_evidence *evidence = i == PARTNER_ORDER ? &reading->companion->dates : NULL;
        partner.when[i].month_first = moment_of(date, DATE_ORDER_MDY, evidence);
        partner.when[i].day_first = moment_of(date, DATE_ORDER_DMY, NULL);
    }
    if (binding->id_count > 0) partner.record = cell_text(reading, binding->cell_of_field[binding->ids[0]]);
    add_partner(reading, entry, partner);
}

/* Of records with one key the one changed last counts. */
static void take_values(struct reading *reading, struct entry *entry) {
    size_t count = reading->companion->join->field_count;
    size_t modified_field = reading->binding->modified_field;
    struct view modified =
        modified_field == SIZE_MAX ? view_of("") : cell_text(reading, reading->binding->cell_of_field[modified_field]);
    bool differs = false;
    for (size_t i = 0; entry->has_record && i < count; i++)
        differs = differs || !view_equal(entry->values[i], cell_text(reading, reading->values[i]));
    if (differs) reading->companion->differing++;
    int64_t now = moment_of(modified, DATE_ORDER_MDY, NULL), then = moment_of(entry->modified, DATE_ORDER_MDY, NULL);
    bool is_later = now != INT64_MAX && then != INT64_MAX && now > then; /* without dates the first one counts */
    if (entry->has_record && !is_later) return;
    if (!entry->values) entry->values = arena_get(reading->joins->arena, (count + 1) * sizeof *entry->values);
    for (size_t i = 0; i < count; i++)
        entry->values[i] = arena_copy(reading->joins->arena, cell_text(reading, reading->values[i]));
    entry->modified = arena_copy(reading->joins->arena, modified);
    entry->has_record = true;
}

static bool is_inactive(const struct reading *reading) {
    size_t field = reading->binding->active_field;
    bool active = true;
    if (field == SIZE_MAX) return false;
    return boolean_parse(cell_text(reading, reading->binding->cell_of_field[field]), &active) && !active;
}

/* Cells behind the header's that are all empty are no damage. */
static bool is_damaged(const struct reading *reading) {
    const struct record *record = &reading->record;
    if (record->damage != DAMAGE_CELLS_EXTRA) return record->damage != DAMAGE_NONE;
    for (size_t i = input_facts(reading->input)->column_count; i < record->cell_count; i++)
        if (view_trim(record->cells[i].text).length > 0) return true;
    return false;
}

/* Whether a record with this ID came already with other content: then which of the two holds is not known here. */
static bool is_another_state(struct reading *reading) {
    const struct binding *binding = reading->binding;
    if (binding->id_count == 0) return false;
    struct view id = cell_text(reading, binding->cell_of_field[binding->ids[0]]);
    if (id.length == 0) return false;
    uint64_t content = 0;
    for (size_t i = 0; i < reading->record.cell_count; i++)
        content = hash_bytes(reading->record.cells[i].text, content + i);
    struct companion *companion = reading->companion;
    bool is_new;
    size_t number = table_add(companion->ids, id, &is_new);
    void *contents = companion->contents;
    memory_grow(&contents, &companion->content_capacity, number + 1, sizeof *companion->contents);
    companion->contents = contents;
    if (is_new) companion->contents[number] = content;
    return companion->contents[number] != content;
}

static void take_record(struct reading *reading) {
    struct companion *companion = reading->companion;
    if (reading->record.kind != RECORD_DATA) return;
    if (is_damaged(reading)) {
        if (companion->damaged++ == 0) companion->damaged_line = reading->record.line;
        return;
    }
    companion->records++;
    if (companion->join->is_people && is_another_state(reading) && companion->repeated++ == 0)
        companion->repeated_line = reading->record.line;
    struct view key = cell_text(reading, reading->key);
    if (key.length == 0) {
        companion->without_key++;
        return;
    }
    if (companion->join->is_people && is_inactive(reading)) {
        companion->inactive++;
        return;
    }
    bool is_new;
    size_t number = table_add(companion->keys, key, &is_new);
    void *entries = companion->entries;
    memory_grow(&entries, &companion->entry_capacity, number + 1, sizeof *companion->entries);
    companion->entries = entries;
    if (is_new) companion->entries[number] = (struct entry){0};
    if (companion->join->is_people)
        take_person(reading, &companion->entries[number]);
    else
        take_values(reading, &companion->entries[number]);
}

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
            take_record(reading);
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
        is_fine = error_set(error, EXIT_CANNOT_READ, "%s:%llu: %llu records of the companion export cannot be read",
                            path, (unsigned long long)reading.companion->damaged_line,
                            (unsigned long long)reading.companion->damaged);
        error_fix(error, "To see what is wrong with them:\nst2plecto validate {file}");
        error_fix_file(error, path);
    }
    if (is_fine && reading.companion->repeated > 0) {
        is_fine =
            error_set(error, EXIT_CANNOT_READ,
                      "%s:%llu: %llu records of the companion export are repeated with different content, and nothing "
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
        error_set(error, EXIT_WRONG_USE, "--with %s: the schema does not use companion exports", facts->path);
        error_fix(error, "For people's names, give --roster FILE. A schema's plecto.joins says what --with adds.");
    } else if (!is_fine) {
        error_set(error, EXIT_WRONG_USE, "--with %s: this is not a companion export that the schema uses (%s)",
                  facts->path, list);
        error_fix(error,
                  "Give lists of technicians and employees with --roster. To see what the file is:\n"
                  "st2plecto inspect {file}");
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

/* --- who is first ------------------------------------------------------------------------------------ */

/* The earliest first. */
static void put_in_order(struct entry *entry, bool is_day_first) {
    for (size_t i = 1; i < entry->partner_count; i++) {
        struct partner moved = entry->partners[i];
        size_t place = i;
        for (; place > 0 && compare_records(&moved, &entry->partners[place - 1], is_day_first) < 0; place--)
            entry->partners[place] = entry->partners[place - 1];
        entry->partners[place] = moved;
    }
}

static void order_partners(struct companion *companion) {
    const struct date_evidence *dates = &companion->dates;
    bool is_day_first = dates->first_over > 0 && dates->second_over == 0;
    if (!companion->join->is_people) return;
    for (size_t i = 0; i < table_count(companion->keys); i++)
        put_in_order(&companion->entries[i], is_day_first);
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
        buffer_print(&text, "%s (%s): %llu records for %zu different %s", companion->path, join->with,
                     (unsigned long long)companion->records, table_count(companion->keys), join->theirs);
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
        order_partners(&joins->companions[i]);
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
    size_t number = table_find(companion->keys, key);
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
