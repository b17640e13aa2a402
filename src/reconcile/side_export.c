/* side_export.c: a side from exports. The converter reads them, with all it proves about columns, people and dates; the
 * rows it shows are kept. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/row_watch.h"
#include "convert/run/run.h"
#include "reconcile/read_side.h"
#include "reconcile/side_texts.h"
#include "values/boolean.h"

#define PEOPLE_SLOTS 2048u
#define ID_BATCH 1024u    /* IDs that are looked up at once */

/* An employee of an earlier row, with what a row has of them. */
struct recent_person {
    struct text_words id, name;
    uint32_t id_length, name_length; /* both 0: none */
    uint32_t person, person_id, shown;
};

/* Where the columns of the side come from. */
struct loading {
    struct side *side;
    struct table *pool;
    const struct plan *plan;
    struct input **inputs;
    size_t *fields;               /* by column: the field, or SIZE_MAX: a column that the schema does not know */
    size_t *cells;                /* owned; by file and column: its cell, or SIZE_MAX: it has none of its own */
    struct text_keeper *keepers;  /* owned; by column */
    struct recent_person *people; /* owned; PEOPLE_SLOTS of them */
    struct buffer ids;            /* that have no number yet, one behind the other */
    struct view *waiting;         /* owned; these IDs, ID_BATCH at most */
    uint32_t *waiting_rows, *numbers; /* owned; theirs */
    size_t waiting_count;
    uint64_t moments, ambiguous; /* dates that were read; and that may be month or day first */
};

static bool is_bound(const struct plan *plan, size_t field) {
    for (size_t i = 0; i < plan->file_count; i++)
        if (ref_is_there(plan->bindings[i]->cell_of_field[field])) return true;
    return false;
}

/* Made of other columns, whose differences it only repeats. */
static bool is_computed(const struct plan *plan, size_t field) {
    for (size_t i = 0; i < plan->file_count; i++)
        if (plan->bindings[i]->cell_of_field[field].kind == REF_CELL) return false;
    return true;
}

static enum column_kind kind_of(const struct field *field) {
    switch (field->type) {
    case FIELD_NUMBER:
    case FIELD_DURATION: return COLUMN_AMOUNT;
    case FIELD_DATE:
    case FIELD_DATETIME: return COLUMN_MOMENT;
    case FIELD_TEXT:
    case FIELD_BOOLEAN: break;
    }
    return COLUMN_TEXT;
}

static bool is_metric(const struct field *field) {
    if (field->type != FIELD_NUMBER && field->type != FIELD_DURATION) return false;
    if (field->role != ROLE_NONE) return false;
    return field->is_percent || field->is_money || field->aggregate == AGGREGATE_SUM ||
           field->aggregate == AGGREGATE_AVERAGE;
}

static bool is_part_of_id(const struct binding *binding, size_t field) {
    for (size_t i = 0; i < binding->id_count; i++)
        if (binding->ids[i] == field) return true;
    for (size_t i = 0; i < binding->id_part_count; i++)
        if (binding->id_parts[i].source.kind == REF_FIELD && binding->id_parts[i].source.index == field) return true;
    return false;
}

/* What the first file that has the field calls it. */
static struct view label_of(const struct loading *loading, size_t field) {
    for (size_t i = 0; i < loading->plan->file_count; i++) {
        struct cell_ref cell = loading->plan->bindings[i]->cell_of_field[field];
        const struct input_facts *facts = input_facts(loading->inputs[i]);
        bool is_table = facts->shape == SHAPE_CSV || facts->shape == SHAPE_REPORT;
        if (is_table && cell.kind == REF_CELL && cell.index < facts->column_count)
            return facts->columns[cell.index].label;
    }
    return view_of(loading->plan->schema->fields[field].name);
}

static void add_field(struct loading *loading, size_t field) {
    const struct field *schema = &loading->plan->schema->fields[field];
    struct side_column *column = side_add_column(loading->side, view_of(plan_title(loading->plan, field)),
                                                 label_of(loading, field), kind_of(schema));
    column->name = memory_copy(view_of(schema->name));
    column->is_private = schema->is_private;
    column->is_money = schema->is_money;
    column->is_duration = schema->type == FIELD_DURATION;
    column->is_average = schema->is_percent || schema->aggregate == AGGREGATE_AVERAGE;
    column->is_derived = schema->derive != DERIVE_NONE && is_computed(loading->plan, field);
    column->is_metric = is_metric(schema) && !schema->is_private && !column->is_derived;
    column->places = schema->places;
    column->is_key = is_part_of_id(loading->plan->bindings[0], field);
    loading->fields[loading->side->column_count - 1] = field;
}

/* Roles of the first file: the others have the same schema. */
static void note_roles(struct loading *loading) {
    struct side *side = loading->side;
    const struct plan *plan = loading->plan;
    const struct binding *binding = plan->bindings[0];
    if (binding->date_count > 0 && !side->date_title)
        side->date_title = memory_copy(view_of(plan_title(plan, binding->dates[0])));
    if (binding->person_count > 0 && !side->person_title) {
        const struct person_source *person = &binding->people[0];
        size_t field = person->name_field != SIZE_MAX ? person->name_field : person->id_field;
        if (field != SIZE_MAX) side->person_title = memory_copy(view_of(plan_title(plan, field)));
    }
    if (!side->schema) side->schema = memory_copy(view_of(plan->schema->name));
}

/* Where a column that the schema does not know is in a file. */
static size_t find_cell(const struct input_facts *facts, const char *label) {
    if (facts->shape != SHAPE_CSV && facts->shape != SHAPE_REPORT) return SIZE_MAX;
    for (size_t i = 0; i < facts->column_count; i++)
        if (view_is(facts->columns[i].label, label)) return i;
    return SIZE_MAX;
}

static size_t cell_of(const struct binding *binding, size_t field) {
    struct cell_ref cell = binding->cell_of_field[field];
    return cell.kind == REF_CELL ? cell.index : SIZE_MAX;
}

static void add_columns(struct loading *loading) {
    const struct plan *plan = loading->plan;
    size_t unknown = 0;
    for (size_t file = 0; file < plan->file_count; file++)
        unknown += plan->bindings[file]->unknown_count;
    loading->fields = memory_get_zero(plan->field_count + unknown + 1, sizeof *loading->fields);
    for (size_t i = 0; i < plan->field_count; i++)
        if (is_bound(plan, i)) add_field(loading, i);
    for (size_t file = 0; file < plan->file_count; file++)
        for (size_t i = 0; i < plan->bindings[file]->unknown_count; i++) {
            struct view label = plan->bindings[file]->unknown_columns[i];
            if (side_find_column(loading->side, label) != SIZE_MAX) continue;
            side_add_column(loading->side, label, label, COLUMN_TEXT)->is_unknown = true;
            loading->fields[loading->side->column_count - 1] = SIZE_MAX;
        }
}

static void start_columns(struct loading *loading) {
    struct side *side = loading->side;
    size_t count = side->column_count;
    for (size_t i = 0; i < count; i++)
        if (side->columns[i].kind == COLUMN_TEXT)
            text_keeper_start(&loading->keepers[i], &side->columns[i], side->may_drop && side->columns[i].is_key);
    for (size_t file = 0; file < loading->plan->file_count; file++)
        for (size_t i = 0; i < count; i++)
            loading->cells[file * count + i] =
                loading->fields[i] != SIZE_MAX ? cell_of(loading->plan->bindings[file], loading->fields[i])
                                               : find_cell(input_facts(loading->inputs[file]), side->columns[i].label);
}

static void start(void *context, const struct plan *plan, struct input **inputs) {
    struct loading *loading = context;
    struct side *side = loading->side;
    loading->plan = plan;
    loading->inputs = inputs;
    loading->moments = loading->ambiguous = 0;
    loading->waiting_count = loading->ids.length = 0;
    side_empty(side);
    if (!loading->fields) {
        add_columns(loading);
        loading->keepers = memory_get_zero(side->column_count + 1, sizeof *loading->keepers);
        loading->cells = memory_get_zero(plan->file_count * side->column_count + 1, sizeof *loading->cells);
        note_roles(loading);
        side->files = memory_get_zero(plan->file_count + 1, sizeof *side->files);
        for (size_t i = 0; i < plan->file_count; i++)
            side->files[side->file_count++] = memory_copy(view_of(input_facts(inputs[i])->path));
    }
    start_columns(loading);
}

static int two_digits(const char *text) {
    return (text[0] - '0') * 10 + text[1] - '0';
}

/* Local time as the converter prints it (2026-01-31T13:45:00), which is the company's wherever a zone is known. */
static int64_t local_of(const struct moment *moment) {
    const char *text = moment->text;
    struct datetime value;
    bool is_printed = moment->length >= 19 && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' &&
                      text[16] == ':';
    if (is_printed) /* `day` is the day that is printed */
        return (int64_t)moment->day * 86400 + two_digits(text + 11) * 3600 + two_digits(text + 14) * 60 +
               two_digits(text + 17);
    if (datetime_parse(view_from(text, moment->length < 19 ? moment->length : 19), DATE_ORDER_YMD, &value, NULL) !=
        DATETIME_FINE)
        return (int64_t)moment->day * 86400 + 43200;
    return datetime_seconds(&value);
}

/* The text of a cell, trimmed; of one that is computed the converter knows it. */
static struct view text_of(const struct loading *loading, const struct watched_row *from, size_t column) {
    size_t cell = loading->cells[from->file * loading->side->column_count + column];
    if (cell < from->cell_count)
        return from->cells[cell].kind == CELL_NESTED ? view_of("") : view_trim(from->cells[cell].text);
    return loading->fields[column] != SIZE_MAX ? watched_text(from, loading->fields[column]) : view_of("");
}

/* Between two exports, a duration that is made of their dates says nothing that these do not. */
static bool is_wanted(const struct side *side, const struct side_column *column) {
    return !(side->may_drop && column->is_derived && column->is_duration);
}

static void take_cell(struct loading *loading, const struct watched_row *from, size_t column, size_t row) {
    struct side_column *to = &loading->side->columns[column];
    size_t field = loading->fields[column];
    const struct moment *moment;
    int64_t amount;
    switch (to->kind) {
    case COLUMN_TEXT: text_keeper_take(&loading->keepers[column], to, row, text_of(loading, from, column)); break;
    case COLUMN_AMOUNT:
        if (watched_amount(from, field, &amount)) packed_set(&to->values, row, amount);
        break;
    case COLUMN_MOMENT:
        moment = watched_moment(from, field);
        if (!moment) {
            struct datetime ignored;
            loading->ambiguous +=
                datetime_parse(watched_text(from, field), DATE_ORDER_UNKNOWN, &ignored, NULL) == DATETIME_AMBIGUOUS;
            break;
        }
        loading->moments++;
        packed_set(&to->values, row, local_of(moment));
        break;
    }
}

/* A date that is written but is none. */
static bool has_date_text(const struct loading *loading, const struct watched_row *from) {
    const struct binding *binding = loading->plan->bindings[from->file];
    for (size_t i = 0; i < binding->date_count; i++) {
        struct view text = watched_text(from, binding->dates[i]);
        if (text.length > 0 && !placeholder_text(text)) return true;
    }
    return false;
}

static void lock_pool(const struct loading *loading, bool is_locked) {
    pthread_mutex_t *lock = loading->side->pool_lock;
    if (lock && is_locked) pthread_mutex_lock(lock);
    if (lock && !is_locked) pthread_mutex_unlock(lock);
}

/* Gives the IDs that wait their numbers in the pool: before the block of their rows is full. */
static void number_ids(struct loading *loading) {
    const char *text = loading->ids.text;
    for (size_t i = 0; i < loading->waiting_count; i++) {
        loading->waiting[i].text = text;
        text += loading->waiting[i].length;
    }
    lock_pool(loading, true);
    table_add_many(loading->pool, loading->waiting, loading->waiting_count, loading->numbers);
    lock_pool(loading, false);
    for (size_t i = 0; i < loading->waiting_count; i++)
        packed_set(&loading->side->rows.id, loading->waiting_rows[i], id_of_text(loading->numbers[i]));
    loading->waiting_count = loading->ids.length = 0;
}

static void take_id(struct loading *loading, struct view id, size_t row) {
    id = view_trim(id);
    if (id.length == 0) return;
    if (loading->waiting_count == ID_BATCH || (row % PACKED_BLOCK == 0 && loading->waiting_count > 0))
        number_ids(loading);
    int64_t number = id_of_digits(id);
    if (number != NO_ID) {
        packed_set(&loading->side->rows.id, row, number);
        return;
    }
    loading->waiting[loading->waiting_count].length = id.length;
    loading->waiting_rows[loading->waiting_count++] = (uint32_t)row;
    buffer_add(&loading->ids, id);
}

static void take_person(struct loading *loading, const struct watched_row *from, struct side_row *row) {
    struct view id = from->member_id, name = from->member_name;
    struct text_words of_id, of_name;
    bool is_short = text_words_of(id, &of_id) && text_words_of(name, &of_name) && id.length + name.length > 0;
    struct recent_person *recent = NULL;
    if (is_short) {
        uint64_t both = (uint64_t)text_words_hash(&of_id, id.length) << 32 | text_words_hash(&of_name, name.length);
        recent = &loading->people[text_slot((uint32_t)(text_mix(both, 0) >> 32), PEOPLE_SLOTS)];
        if (recent->id_length == id.length && recent->name_length == name.length &&
            text_words_equal(&recent->id, &of_id) && text_words_equal(&recent->name, &of_name)) {
            row->person = recent->person;
            row->person_id = recent->person_id;
            row->shown = recent->shown;
            return;
        }
    }
    lock_pool(loading, true);
    side_set_person(row, loading->pool, id, name);
    lock_pool(loading, false);
    if (is_short)
        *recent = (struct recent_person){of_id,      of_name,        (uint32_t)id.length, (uint32_t)name.length,
                                         row->person, row->person_id, row->shown};
}

/* Whether the texts of the columns repeat, once enough rows are there. */
static void decide(struct loading *loading) {
    struct side *side = loading->side;
    for (size_t i = 0; side->may_drop && i < side->column_count; i++)
        if (side->columns[i].kind == COLUMN_TEXT) text_keeper_decide(&loading->keepers[i], &side->columns[i]);
}

static void take(void *context, const struct watched_row *from) {
    struct loading *loading = context;
    if (loading->side->row_count == DROP_ROWS) decide(loading);
    struct side_row *row = side_add_row(loading->side);
    size_t place = loading->side->row_count - 1;
    take_id(loading, from->external_id, place);
    take_person(loading, from, row);
    row->file = (uint32_t)from->file;
    row->row = from->row;
    row->line = from->line;
    if (from->date && from->date->reason == DATETIME_FINE) {
        row->has_date = true;
        row->local = local_of(from->date);
        row->instant = from->date->instant;
        row->has_instant = from->date->kind == MOMENT_INSTANT || loading->plan->options->zone;
    } else {
        row->has_unread_date = has_date_text(loading, from);
    }
    row->error = (uint16_t)(from->error + 1);
    for (size_t i = 0; i < loading->side->column_count; i++)
        if (is_wanted(loading->side, &loading->side->columns[i])) take_cell(loading, from, i, place);
}

static bool read_rows(struct run_options *options, struct error *error) {
    struct result result = {0};
    bool is_fine = run_convert(options, &result, error);
    result_free(&result);
    return is_fine;
}

/* Dates that may be month or day first are read as ServiceTitan prints them, unless the file proves the other: a side whose
 * dates are all unknown explains nothing. The report says so. */
static bool read_ambiguous(struct loading *loading, struct run_options *options, struct error *error) {
    uint64_t before = loading->moments;
    options->date_order = DATE_ORDER_MDY;
    loading->side->assumed_order = "month first";
    if (!read_rows(options, error)) return false;
    if (loading->moments >= before) return true;
    options->date_order = DATE_ORDER_DMY;
    loading->side->assumed_order = "day first";
    return read_rows(options, error);
}

bool side_read_export(const char *name, struct run_options *options, struct table *pool, struct side *side,
                      struct error *error) {
    struct loading loading = {.side = side, .pool = pool};
    loading.people = memory_get_zero(PEOPLE_SLOTS, sizeof *loading.people);
    loading.waiting = memory_get_zero(ID_BATCH, sizeof *loading.waiting);
    loading.waiting_rows = memory_get_zero(ID_BATCH, sizeof *loading.waiting_rows);
    loading.numbers = memory_get_zero(ID_BATCH, sizeof *loading.numbers);
    struct row_watch watch = {.start = start, .take = take, .without_lengths = side->may_drop, .context = &loading};
    side->kind = SIDE_EXPORT;
    if (!side->name) side->name = memory_copy(view_of(name));
    side->by = memory_copy(view_of("row"));
    side->groups = memory_copy(view_of(""));
    /* A copy would not do: the configuration's settings of the data type go into these while they are read. */
    const struct run_options before = *options;
    options->command = "validate";
    options->stop_on_error = false;
    options->fail_on = SEVERITY_NOTE;
    options->output = NULL;
    options->describe = NULL;
    options->progress = NULL;
    options->watch_rows = &watch;
    options->workers = 1;
    bool is_fine = read_rows(options, error);
    if (is_fine && loading.ambiguous > 0 && options->date_order == DATE_ORDER_UNKNOWN)
        is_fine = read_ambiguous(&loading, options, error);
    options->command = before.command;
    options->stop_on_error = before.stop_on_error;
    options->fail_on = before.fail_on;
    options->output = before.output;
    options->describe = before.describe;
    options->progress = before.progress;
    options->watch_rows = NULL;
    options->workers = before.workers;
    options->date_order = before.date_order;
    number_ids(&loading);
    if (side->row_count > 0) side->last.id = packed_get(&side->rows.id, side->row_count - 1);
    for (size_t i = 0; loading.keepers && i < side->column_count; i++)
        text_keeper_end(&loading.keepers[i], &side->columns[i]);
    free(loading.keepers);
    free(loading.cells);
    free(loading.waiting);
    free(loading.waiting_rows);
    free(loading.numbers);
    buffer_free(&loading.ids);
    free(loading.people);
    free(loading.fields);
    return is_fine;
}
