/* bind.c: makes the binding of a match: cells, employee candidates, dates, the parts of the ID. What is
 * missing is left empty here (one issue of the caller's); only a wrong --date or template is an error. */
#include "schema/bind.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "schema/bind_private.h"
#include "schema/match.h"
#include "schema/schema_reader.h"

/* The cell of a path: one for each distinct path. */
static size_t cell_of_path(struct binding *binding, struct view path) {
    for (size_t cell = 0; cell < binding->path_count; cell++)
        if (view_equal(binding->paths[cell], path)) return cell;
    binding->paths[binding->path_count] = path;
    return binding->path_count++;
}

/* The same for a path of the match, which is copied. */
static size_t own_path(struct binding *binding, const char *path) {
    size_t before = binding->path_count;
    size_t cell = cell_of_path(binding, view_of(path));
    if (cell < before) return cell;
    char *text = memory_copy(view_of(path));
    binding->path_texts[binding->path_text_count++] = text;
    binding->paths[cell] = view_of(text);
    return cell;
}

static void bind_cells(struct binding *binding, const struct match *match) {
    size_t count = match->schema->field_count;
    binding->cell_of_field = memory_get_zero(count + 1, sizeof *binding->cell_of_field);
    if (match->has_paths) binding->paths = memory_get_zero(count + 1, sizeof *binding->paths);
    binding->path_texts = memory_get_zero(count + 1, sizeof *binding->path_texts);
    for (size_t field = 0; field < count; field++) {
        size_t column = match->column_of_field[field], cell = column;
        const char *path = match_path(match, field);
        if (match->has_paths && column != SIZE_MAX)
            cell = cell_of_path(binding, match->facts->columns[column].label);
        else if (match->has_paths && path)
            cell = own_path(binding, path);
        if (cell != SIZE_MAX) binding->cell_of_field[field] = (struct cell_ref){REF_CELL, cell};
    }
}

/* Whether a field has cells, in the file or computed ones made so far. */
static bool is_cell(const struct binding *binding, const char *name) {
    size_t field = schema_find_field(binding->schema, view_of(name));
    return field != SIZE_MAX && ref_is_there(binding->cell_of_field[field]);
}

static void add_computed(struct binding *binding, size_t field, size_t join, size_t join_field) {
    binding->computed[binding->computed_count] = (struct computed_cell){field, join, join_field};
    binding->cell_of_field[field] = (struct cell_ref){REF_COMPUTED, binding->computed_count++};
}

static void bind_join(struct binding *binding, size_t number) {
    const struct join *join = &binding->schema->joins[number];
    if (join->is_people || !is_cell(binding, join->ours)) return;
    for (size_t i = 0; i < join->field_count; i++) {
        size_t field = schema_find_field(binding->schema, view_of(join->ours_fields[i]));
        if (field != SIZE_MAX && !ref_is_there(binding->cell_of_field[field])) add_computed(binding, field, number, i);
    }
}

/* Fields without a column that can be computed or looked up all the same. */
static void bind_computed(struct binding *binding, struct match *match, const struct bind_options *options) {
    const struct schema *schema = binding->schema;
    binding->computed = memory_get_zero(schema->field_count + 1, sizeof *binding->computed);
    for (size_t join = 0; options && options->join_given && join < schema->join_count; join++)
        if (options->join_given[join]) bind_join(binding, join);
    for (size_t field = 0; field < schema->field_count; field++) {
        const struct field *entry = &schema->fields[field];
        bool is_derived = entry->derive != DERIVE_NONE && entry->derive != DERIVE_COUNT;
        if (!is_derived || ref_is_there(binding->cell_of_field[field])) continue;
        bool has_parts = true, has_one = false;
        for (size_t part = 0; part < entry->part_count; part++) {
            has_parts = has_parts && is_cell(binding, entry->parts[part]);
            has_one = has_one || is_cell(binding, entry->parts[part]);
        }
        if (entry->derive == DERIVE_HASH ? has_one : has_parts) add_computed(binding, field, SIZE_MAX, SIZE_MAX);
    }
    for (size_t i = 0; i < binding->computed_count; i++)
        match->seen[binding->computed[i].field] = true;
}

static struct cell_ref cell_of(const struct binding *binding, size_t field) {
    return field == SIZE_MAX ? (struct cell_ref){REF_NONE, 0} : binding->cell_of_field[field];
}

static bool has_cell(const struct binding *binding, size_t field) {
    return ref_is_there(cell_of(binding, field));
}

static bool is_date(const struct field *field) {
    return field->type == FIELD_DATE || field->type == FIELD_DATETIME;
}

/* Says which dates --date could name. */
static bool wrong_date(const struct binding *binding, const struct match *match, const char *name, size_t field,
                       struct error *error) {
    const struct schema *schema = match->schema;
    const char **dates = memory_get_zero(schema->field_count + 1, sizeof *dates);
    size_t count = 0;
    for (size_t index = 0; index < schema->field_count; index++)
        if (is_date(&schema->fields[index]) && has_cell(binding, index))
            dates[count++] = schema->fields[index].name;
    if (field == SIZE_MAX) {
        char *near = near_word(view_of(name), dates, count);
        error_set(error, EXIT_WRONG_USE, "--date %s: schema %s has no field of that name%s", name, schema->name, near);
        free(near);
    } else if (!is_date(&schema->fields[field])) {
        error_set(error, EXIT_WRONG_USE, "--date %s: the field \"%s\" of schema %s is not a date", name,
                  schema->fields[field].name, schema->name);
    } else {
        error_set(error, EXIT_WRONG_USE, "--date %s: %s has no column for the field \"%s\"", name, match->facts->path,
                  schema->fields[field].name);
    }
    struct buffer list = {0};
    for (size_t index = 0; index < count; index++)
        buffer_print(&list, "%s\"%s\"", index ? ", " : "", dates[index]);
    char *text = buffer_take(&list);
    error_fix(error, count > 0 ? "Dates in this file: %s" : "The file has no date that this schema knows%s", text);
    free(text);
    free(dates);
    return false;
}

static bool bind_dates(struct binding *binding, const struct match *match, const char *chosen, struct error *error) {
    const struct schema *schema = match->schema;
    binding->dates = memory_get_zero(schema->field_count + 1, sizeof *binding->dates);
    if (chosen) {
        size_t field = schema_find_field(schema, view_of(chosen));
        if (field == SIZE_MAX || !is_date(&schema->fields[field]) || !has_cell(binding, field))
            return wrong_date(binding, match, chosen, field, error);
        binding->dates[binding->date_count++] = field;
        return true;
    }
    for (size_t field = 0; field < schema->field_count; field++) {
        const struct field *entry = &schema->fields[field];
        if (entry->role != ROLE_DATE || !has_cell(binding, field)) continue;
        bool is_first = binding->date_count == 0 && match->seen[field];
        bool is_later = binding->date_count > 0 && entry->fallback;
        if (is_first || is_later) binding->dates[binding->date_count++] = field;
    }
    return true;
}

static void add_part(struct binding *binding, struct view literal, struct cell_ref source) {
    struct id_part *part = &binding->id_parts[binding->id_part_count++];
    part->literal = memory_copy(literal);
    part->source = source;
}

static void drop_parts(struct binding *binding) {
    while (binding->id_part_count > 0)
        free(binding->id_parts[--binding->id_part_count].literal);
}

/* What the name in braces stands for; REF_NONE: nothing. */
static struct cell_ref named_source(const struct schema *schema, struct view name) {
    if (template_is_known(name)) return (struct cell_ref){view_is(name, "period") ? REF_PERIOD : REF_EMPLOYEE, 0};
    size_t field = schema_find_field(schema, name);
    return field == SIZE_MAX ? (struct cell_ref){REF_NONE, 0} : (struct cell_ref){REF_FIELD, field};
}

static bool can_be_filled(struct cell_ref source, const struct match *match, bool has_period) {
    switch (source.kind) {
    case REF_FIELD: return match->seen[source.index];
    case REF_PERIOD: return has_period;
    default: return true;
    }
}

/* "{Invoice #}:{Item Code}" into its parts; none at all if one of its fields is not in the file. */
static bool bind_template(struct binding *binding, const struct match *match, bool has_period, struct error *error) {
    const struct schema *schema = match->schema;
    struct view template = view_of(schema->id_template);
    binding->id_parts = memory_get_zero(template.length + 2, sizeof *binding->id_parts);
    size_t start = 0;
    bool complete = true;
    for (size_t offset = 0; offset < template.length; offset++) {
        if (template.text[offset] != '{') continue;
        size_t length = template_name_length(template, offset);
        struct cell_ref source = {REF_NONE, 0};
        if (length != SIZE_MAX) source = named_source(schema, view_from(template.text + offset + 1, length));
        if (!ref_is_there(source)) {
            drop_parts(binding);
            return error_set(error, EXIT_WRONG_USE, "%s: the ID template \"%s\" names no field at \"%.*s\"",
                             schema->file, schema->id_template,
                             VIEW_ARGS(view_from(template.text + offset, template.length - offset)));
        }
        add_part(binding, view_from(template.text + start, offset - start), source);
        complete = complete && can_be_filled(source, match, has_period);
        offset += length + 1;
        start = offset + 1;
    }
    if (start < template.length)
        add_part(binding, view_from(template.text + start, template.length - start), (struct cell_ref){REF_END, 0});
    if (!complete) drop_parts(binding);
    return true;
}

static bool bind_id(struct binding *binding, const struct match *match, bool has_period, struct error *error) {
    binding->ids = memory_get_zero(match->schema->field_count + 1, sizeof *binding->ids);
    if (match->schema->id_template) return bind_template(binding, match, has_period, error);
    binding->id_parts = memory_get_zero(1, sizeof *binding->id_parts);
    for (size_t field = 0; field < match->schema->field_count; field++) {
        const struct field *entry = &match->schema->fields[field];
        if (entry->role != ROLE_ID || !has_cell(binding, field)) continue;
        bool is_first = binding->id_count == 0 && match->seen[field];
        bool is_later = binding->id_count > 0 && entry->fallback;
        if (is_first) add_part(binding, view_of(""), (struct cell_ref){REF_FIELD, field});
        if (is_first || is_later) binding->ids[binding->id_count++] = field;
    }
    return true;
}

/* The first field with this role that the file has, or SIZE_MAX. */
static size_t find_role(const struct binding *binding, const struct match *match, enum field_role role) {
    for (size_t field = 0; field < match->schema->field_count; field++)
        if (match->schema->fields[field].role == role && match->seen[field] && has_cell(binding, field))
            return field;
    return SIZE_MAX;
}

/* Not a column of the parent where the rows are elements of its list. */
static bool is_row_column(const struct match *match, struct view label) {
    if (!match->is_exploded) return label.length > 0;
    size_t length = strlen(match->schema->explode);
    return label.length > length && view_starts_with(label, match->schema->explode) && label.text[length] == '[';
}

/* Where the file lacks the field of a join and that is an ID, the one it has as ID stands for it: Job # for Job ID. */
static void bind_join_keys(struct binding *binding) {
    const struct schema *schema = binding->schema;
    binding->join_keys = memory_get_zero(schema->join_count + 1, sizeof *binding->join_keys);
    for (size_t i = 0; i < schema->join_count; i++) {
        size_t ours = schema->joins[i].ours_field;
        bool is_there = has_cell(binding, ours);
        bool is_id = ours != SIZE_MAX && schema->fields[ours].role == ROLE_ID && binding->id_count > 0;
        binding->join_keys[i] = is_there ? ours : is_id ? binding->ids[0] : SIZE_MAX;
    }
}

static void list_unknown(struct binding *binding, const struct match *match) {
    binding->unknown_columns = memory_get_zero(match->facts->column_count + 1, sizeof *binding->unknown_columns);
    for (size_t column = 0; column < match->facts->column_count; column++)
        if (!match->column_known[column] && is_row_column(match, match->facts->columns[column].label))
            binding->unknown_columns[binding->unknown_count++] = match->facts->columns[column].label;
}

bool bind_columns(const struct schema *schema, const struct input_facts *facts, const struct bind_options *options,
                  struct binding **binding, struct error *error) {
    struct match match;
    match_create(schema, facts, &match);
    struct binding *made = memory_get_zero(1, sizeof *made);
    made->schema = schema;
    made->shape = match.shape;
    bind_cells(made, &match);
    made->is_exploded = match.is_exploded;
    bind_computed(made, &match, options);
    made->active_field = find_role(made, &match, ROLE_ACTIVE);
    made->modified_field = find_role(made, &match, ROLE_MODIFIED);
    list_unknown(made, &match);
    bool fine = bind_people(made, &match, options ? options->employee_field : NULL, error) &&
                bind_dates(made, &match, options ? options->date_field : NULL, error) &&
                bind_id(made, &match, options && options->has_period, error);
    bind_join_keys(made);
    match_free(&match);
    if (!fine) {
        binding_free(made);
        made = NULL;
    }
    *binding = made;
    return fine;
}

void binding_free(struct binding *binding) {
    if (!binding) return;
    drop_parts(binding);
    free(binding->id_parts);
    for (size_t index = 0; index < binding->path_text_count; index++)
        free(binding->path_texts[index]);
    free(binding->path_texts);
    free(binding->computed);
    free(binding->ids);
    free(binding->join_keys);
    free(binding->cell_of_field);
    free(binding->paths);
    free(binding->people);
    free(binding->dates);
    free(binding->unknown_columns);
    free(binding);
}
