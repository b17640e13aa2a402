/* inspect_facts.c: what the text and the JSON of an inspection, and its advice, ask about it: words for its format, which
 * field a column is, and the fields that have a role. */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/inspect.h"
#include "cli/label_guess.h"

/* --- the file and its columns ------------------------------------------------------------------------------------- */

const char *inspect_shape(const struct input_facts *facts) {
    static const char *const texts[] = {
        [SHAPE_CSV] = "CSV",
        [SHAPE_LIST] = "JSON, list answer of the API",
        [SHAPE_EXPORT] = "JSON, export answer of the API",
        [SHAPE_REPORT] = "JSON, report answer of the API",
        [SHAPE_ARRAY] = "JSON, list of records",
        [SHAPE_LINES] = "JSON, one record a line",
    };
    return facts->workbook ? "Excel workbook" : texts[facts->shape];
}

const char *inspect_delimiter(const struct input_facts *facts) {
    switch (facts->delimiter) {
    case ',': return "comma";
    case ';': return "semicolon";
    case '\t': return "tab";
    case '|': return "pipe";
    default: return "other";
    }
}

size_t inspect_field(const struct inspection *inspection, size_t column) {
    const struct binding *binding = inspection->binding;
    bool has_paths = inspection->facts->shape != SHAPE_CSV && inspection->facts->shape != SHAPE_REPORT;
    size_t below = SIZE_MAX;
    for (size_t field = 0; binding && field < inspection->schema->field_count; field++) {
        if (binding->cell_of_field[field].kind != REF_CELL) continue;
        size_t cell = binding->cell_of_field[field].index;
        struct view label = inspection->facts->columns[column].label;
        if (has_paths ? view_equal(binding->paths[cell], label) : cell == column) return field;
        if (has_paths && path_holds(binding->paths[cell], label))
            below = field; /* customFields of customFields[Region] */
    }
    return below;
}

bool inspect_is_masked(const struct inspection *inspection, size_t column) {
    if (inspection->shows_values) return false;
    size_t field = inspect_field(inspection, column);
    if (field != SIZE_MAX) return inspection->schema->fields[field].is_private;
    return label_guess(inspection->dictionary, inspection->facts->columns[column].label).kind == LABEL_PRIVATE;
}

static const char *field_name(const struct inspection *inspection, size_t field) {
    return inspection->schema->fields[field].name;
}

/* --- roles -------------------------------------------------------------------------------------------- */

char *inspect_employee(const struct inspection *inspection) {
    struct buffer text = {0};
    const struct binding *binding = inspection->binding;
    for (size_t i = 0; binding && i < binding->person_count; i++) {
        const struct person_source *person = &binding->people[i];
        bool has_id = ref_is_there(person->id_cell), has_name = ref_is_there(person->name_cell);
        buffer_add_text(&text, i > 0 ? ", else " : "");
        if (has_id) buffer_add_text(&text, field_name(inspection, person->id_field));
        if (has_id && has_name) buffer_add_text(&text, " with ");
        if (has_name) buffer_add_text(&text, field_name(inspection, person->name_field));
        buffer_add_text(&text, has_id && has_name ? "" : has_id ? " (ID only)" : " (name only)");
    }
    return buffer_take(&text);
}

char *inspect_id(const struct inspection *inspection) {
    struct buffer text = {0};
    const struct binding *binding = inspection->binding;
    for (size_t i = 0; binding && i < binding->id_part_count; i++) {
        const struct id_part *part = &binding->id_parts[i];
        buffer_add_text(&text, part->literal);
        const char *form = binding->id_part_count > 1 ? "{%s}" : "%s";
        switch (part->source.kind) {
        case REF_FIELD: buffer_print(&text, form, field_name(inspection, part->source.index)); break;
        case REF_PERIOD: buffer_add_text(&text, "{period}"); break;
        case REF_EMPLOYEE: buffer_add_text(&text, "{employee}"); break;
        default: break;
        }
    }
    return buffer_take(&text);
}

char *inspect_date(const struct inspection *inspection) {
    struct buffer text = {0};
    const struct binding *binding = inspection->binding;
    if (binding && inspection->schema->date_from_period && inspection->has_period)
        buffer_add_text(&text, "first day of the report's period");
    for (size_t i = 0; binding && i < binding->date_count; i++)
        buffer_print(&text, "%s%s", i > 0 ? ", else " : "", field_name(inspection, binding->dates[i]));
    return buffer_take(&text);
}

char *inspect_active(const struct inspection *inspection) {
    const struct binding *binding = inspection->binding;
    bool has_active = binding && binding->active_field != SIZE_MAX;
    return memory_copy(view_of(has_active ? field_name(inspection, binding->active_field) : ""));
}
