/* schema_lint.c: `schema lint`: all errors of a schema file, and what works but is doubtful. */
#include <stdint.h>
#include <stdlib.h>

#include "base/plain.h"
#include "schema/bind.h"
#include "schema/label_words.h"
#include "schema/schema_reader.h"

static void doubt_people(struct schema_reader *reader, const struct schema *schema) {
    bool has_person = schema->default_employee != NULL;
    for (size_t field = 0; field < schema->field_count; field++) {
        enum field_role role = schema->fields[field].role;
        has_person = has_person || role == ROLE_EMPLOYEE || role == ROLE_EMPLOYEE_NAME;
    }
    if (!has_person)
        reader_warn(reader, 1,
                    "no field has the role \"employee\" or \"employee-name\". Every run needs --default-employee, or "
                    "set plecto.employee.");
}

static void doubt_field(struct schema_reader *reader, const struct schema *schema, size_t number) {
    const struct field *field = &schema->fields[number];
    bool has_role = field->role == ROLE_ID || field->role == ROLE_DATE || field->role == ROLE_EMPLOYEE ||
                    field->role == ROLE_EMPLOYEE_NAME;
    if (has_role && field->is_private)
        reader_warn(reader, field->line, "field \"%s\" is private, yet its role sends it to Plecto", field->name);
    if (field->is_money && field->is_percent)
        reader_warn(reader, field->line, "field \"%s\" is both money and percent", field->name);
    if (field->aggregate == AGGREGATE_SUM && label_is_average(view_of(field->name)))
        reader_warn(reader, field->line,
                    "field \"%s\" is summed, though its label says that it is an average or a rate; \"aggregate\": "
                    "\"none\", \"avg\" or a ratio would fit",
                    field->name);
    if (field->is_percent && field->scale == 0)
        reader_warn(reader, field->line,
                    "field \"%s\" is a percentage without \"scale\": of numbers without a percent sign the column "
                    "must show whether 100%% is 100 or 1",
                    field->name);
    if (field->space != SPACE_ANY && field->role != ROLE_EMPLOYEE)
        reader_warn(reader, field->line, "\"space\" of field \"%s\" has no effect without the role \"employee\"",
                    field->name);
    for (size_t other = 0; other < number; other++)
        for (size_t shape = 0; shape < schema->shape_count; shape++)
            if (field->paths[shape] && schema->fields[other].paths[shape] &&
                strcmp(field->paths[shape], schema->fields[other].paths[shape]) == 0)
                reader_warn(reader, field->line, "the fields \"%s\" and \"%s\" have the same path \"%s\"",
                            schema->fields[other].name, field->name, field->paths[shape]);
}

void schema_check_doubts(struct schema_reader *reader, const struct schema *schema) {
    doubt_people(reader, schema);
    for (size_t field = 0; field < schema->field_count; field++)
        doubt_field(reader, schema, field);
    if (schema->signature_count == 0)
        reader_warn(reader, 1, "plecto has no \"signature\", so --schema auto may not find this type");
    if (schema->description[0] == '\0') reader_warn(reader, 1, "the schema has no \"description\"");
}

size_t schema_lint(struct view text, const char *file, struct buffer *findings) {
    struct schema_reader reader = {0};
    struct schema *schema = schema_read(text, file, &reader);
    if (schema) schema_check_doubts(&reader, schema);
    reader_sort(&reader);
    size_t errors = 0;
    for (size_t index = 0; index < reader.finding_count; index++) {
        const struct finding *finding = &reader.findings[index];
        errors += finding->is_error;
        plain_add_text(findings, file);
        buffer_print(findings, ":%u: %s: ", finding->line, finding->is_error ? "error" : "warning");
        plain_add_text(findings, finding->text);
        buffer_add_char(findings, '\n');
    }
    schema_free(schema);
    reader_free(&reader);
    return errors;
}
