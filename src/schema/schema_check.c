/* schema_check.c: what can only be seen with all fields of a schema together. */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "schema/bind.h"
#include "schema/schema_reader.h"

/* A label may lead to one field only: else a column would bind to whichever comes first. */
static void check_label(struct schema_reader *reader, const struct schema *schema, struct table *labels, size_t *owner,
                        size_t field, const char *label) {
    struct buffer normal = {0};
    label_normalise(view_of(label), &normal);
    bool is_new = false;
    size_t number = table_add(labels, buffer_view(&normal), &is_new);
    if (is_new)
        owner[number] = field;
    else if (owner[number] != field)
        reader_error(reader, schema->fields[field].line,
                     "the label \"%s\" of field \"%s\" is also a label of field \"%s\" (line %u). Labels are compared "
                     "without case, blanks and #/No./Number.",
                     label, schema->fields[field].name, schema->fields[owner[number]].name,
                     schema->fields[owner[number]].line);
    buffer_free(&normal);
}

static void check_labels(struct schema_reader *reader, const struct schema *schema) {
    size_t count = schema->field_count;
    for (size_t field = 0; field < schema->field_count; field++)
        count += schema->fields[field].alias_count;
    struct table *labels = table_create();
    size_t *owner = memory_get_zero(count + 1, sizeof *owner);
    for (size_t field = 0; field < schema->field_count; field++) {
        const struct field *entry = &schema->fields[field];
        size_t before = table_count(labels);
        check_label(reader, schema, labels, owner, field, entry->name);
        if (table_count(labels) == before) continue; /* the name is taken: its aliases would only repeat the message */
        for (size_t alias = 0; alias < entry->alias_count; alias++)
            check_label(reader, schema, labels, owner, field, entry->aliases[alias]);
    }
    free(owner);
    table_destroy(labels);
}

bool schema_title_is_reserved(struct view title) {
    static const char *const reserved[] = {"ID",          "Employee",    "Team",          "Created date",
                                           "external_id", "date",        "member",        "data_source",
                                           "reference",   "member_name", "member_api_id", "member_api_provider"};
    for (size_t word = 0; word < sizeof reserved / sizeof *reserved; word++)
        if (view_equal_fold(title, view_of(reserved[word]))) return true;
    return false;
}

/* An ID, employee or date goes out as just that, so its own title is not used (plan.c asks where it is sent all the
 * same). */
static bool is_sent_as_role(const struct field *field) {
    return field->role == ROLE_ID || field->role == ROLE_EMPLOYEE || field->role == ROLE_EMPLOYEE_NAME ||
           field->role == ROLE_DATE;
}

/* Titles are the keys of a registration: each once, and none that Plecto reserves. */
static void check_titles(struct schema_reader *reader, const struct schema *schema) {
    for (size_t field = 0; field < schema->field_count; field++) {
        const struct field *entry = &schema->fields[field];
        if (!is_sent_as_role(entry) && schema_title_is_reserved(view_of(entry->title)))
            reader_error(reader, entry->line,
                         "the title \"%s\" of field \"%s\" is one of Plecto's own. Give it another with \"as\".",
                         entry->title, entry->name);
        for (size_t other = 0; other < field; other++)
            if (view_equal_fold(view_of(entry->title), view_of(schema->fields[other].title)) &&
                !label_equal(view_of(entry->name), view_of(schema->fields[other].name)))
                reader_error(reader, entry->line,
                             "the fields \"%s\" and \"%s\" have the same title \"%s\". Change one \"as\".",
                             schema->fields[other].name, entry->name, entry->title);
    }
}

static void check_part(struct schema_reader *reader, const struct schema *schema, const struct field *field,
                       const char *part) {
    size_t found = schema_find_field(schema, view_of(part));
    if (found == SIZE_MAX) {
        char *near = near_field(schema, view_of(part));
        reader_error(reader, field->line, "the ratio of field \"%s\" names \"%s\", which is not a field%s", field->name,
                     part, near);
        free(near);
    } else if (schema->fields[found].type != FIELD_NUMBER && schema->fields[found].type != FIELD_DURATION) {
        reader_error(reader, field->line, "the ratio of field \"%s\" needs numbers, but \"%s\" is not of type number",
                     field->name, part);
    }
}

static void check_roles(struct schema_reader *reader, const struct schema *schema) {
    bool has_id = schema->id_template != NULL, has_date = false;
    for (size_t field = 0; field < schema->field_count; field++) {
        has_id = has_id || schema->fields[field].role == ROLE_ID;
        has_date = has_date || schema->fields[field].role == ROLE_DATE || schema->date_from_period;
    }
    if (schema->field_count > 0 && !has_id)
        reader_error(reader, 1,
                     "no field has the role \"id\", and plecto has no \"id\" template. Plecto needs a unique ID for "
                     "each row.");
    if (schema->field_count > 0 && !has_date)
        reader_error(reader, 1,
                     "no field has the role \"date\", and plecto has no \"date\": \"period\". Plecto needs a date for "
                     "each row.");
}

size_t template_name_length(struct view template, size_t offset) {
    for (size_t end = offset + 1; end < template.length; end++)
        if (template.text[end] == '}') return end - offset - 1;
    return SIZE_MAX;
}

bool template_is_known(struct view name) {
    return view_is(name, "period") || view_is(name, "employee");
}

static void check_template(struct schema_reader *reader, const struct schema *schema) {
    struct view template = view_of(schema->id_template);
    size_t names = 0;
    for (size_t offset = 0; offset < template.length; offset++) {
        if (template.text[offset] != '{') continue;
        size_t length = template_name_length(template, offset);
        if (length == SIZE_MAX) {
            reader_error(reader, reader->id_line, "the ID template \"%s\" has a { without }", schema->id_template);
            return;
        }
        struct view name = view_from(template.text + offset + 1, length);
        if (schema_find_field(schema, name) == SIZE_MAX && !template_is_known(name)) {
            char *near = near_field(schema, name);
            reader_error(reader, reader->id_line, "the ID template names \"%.*s\", which is not a field%s",
                         VIEW_ARGS(name), near);
            free(near);
        }
        size_t field = schema_find_field(schema, name);
        if (field != SIZE_MAX && schema->fields[field].is_private)
            reader_error(reader, reader->id_line,
                         "the ID template names \"%.*s\", which is personal data: the ID would send it. Use a field that "
                         "derives a hash of it",
                         VIEW_ARGS(name));
        names++;
        offset += length + 1;
    }
    if (names == 0)
        reader_error(reader, reader->id_line,
                     "the ID template \"%s\" names no field. Write one in braces, such as {Job #}.",
                     schema->id_template);
}

void schema_check(struct schema_reader *reader, const struct schema *schema) {
    check_roles(reader, schema);
    check_labels(reader, schema);
    check_titles(reader, schema);
    for (size_t field = 0; field < schema->field_count; field++) {
        const struct field *entry = &schema->fields[field];
        if (entry->is_private && entry->role == ROLE_ID && !schema->id_template && entry->derive != DERIVE_HASH)
            reader_error(
                reader, entry->line,
                "the ID is field \"%s\", which is personal data: the ID would send it. Use a field that derives a "
                "hash of it",
                entry->name);
        if (entry->per && schema_find_field(schema, view_of(entry->per)) == SIZE_MAX)
            reader_error(reader, entry->line, "\"per\": \"%s\" in field \"%s\" names no field", entry->per, entry->name);
        if (schema->fields[field].aggregate != AGGREGATE_RATIO) continue;
        check_part(reader, schema, &schema->fields[field], schema->fields[field].numerator);
        check_part(reader, schema, &schema->fields[field], schema->fields[field].denominator);
    }
    if (schema->id_template) check_template(reader, schema);
    schema_check_derived(reader, schema);
}
