/* datasource.c: the data source to be made in Plecto: title and typed fields. The type words are assumed to be those
 * of the API's own answers (schemas/plecto.md, "Field types"). */
#include "output/registration.h"

const char *plecto_type_name(enum plecto_type type) {
    static const char *const types[] = {
        [PLECTO_TEXT] = "text",         [PLECTO_NUMBER] = "number",     [PLECTO_DATE] = "date",
        [PLECTO_DATETIME] = "datetime", [PLECTO_DURATION] = "duration", [PLECTO_BOOLEAN] = "boolean",
    };
    return types[type];
}

void datasource_write(struct buffer *out, const char *title, const struct output_format *format) {
    buffer_add_text(out, "{\n  \"title\": ");
    buffer_add_json(out, view_of(title));
    buffer_add_text(out, ",\n  \"fields\": [");
    for (size_t i = 0; i < format->column_count; i++) {
        buffer_add_text(out, i ? ",\n    {\"title\": " : "\n    {\"title\": ");
        buffer_add_json(out, view_of(format->columns[i].title));
        buffer_print(out, ", \"type\": \"%s\"}", plecto_type_name(format->columns[i].type));
    }
    buffer_add_text(out, format->column_count ? "\n  ]\n}\n" : "]\n}\n");
}
