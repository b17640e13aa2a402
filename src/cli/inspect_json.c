/* inspect_json.c: an inspection for programs. */
#include <stdlib.h>

#include "cli/inspect.h"
#include "render/json_write.h"

static void add_key(struct buffer *out, const char *key, const char *indent) {
    buffer_print(out, "%s\"%s\": ", indent, key);
}

static void add_text(struct buffer *out, const char *key, struct view text) {
    add_key(out, key, "  ");
    json_string(out, text);
    buffer_add_text(out, ",\n");
}

static void add_number(struct buffer *out, const char *key, uint64_t number) {
    buffer_print(out, "  \"%s\": %llu,\n", key, (unsigned long long)number);
}

static void add_views(struct buffer *out, const char *key, const struct view *views, size_t count) {
    buffer_print(out, "  \"%s\": [", key);
    for (size_t i = 0; i < count; i++) {
        buffer_add_text(out, i > 0 ? ", " : "");
        json_string(out, views[i]);
    }
    buffer_add_text(out, "],\n");
}

static const char *order_text(const struct profile_column *column) {
    static const char *const texts[] = {NULL, "mdy", "dmy", "either", "ambiguous", "mixed"};
    enum profile_type type = profile_type(column);
    return type == PROFILE_DATE || type == PROFILE_DATETIME ? texts[profile_order(column)] : NULL;
}

static void add_column(struct buffer *out, const struct inspection *inspection, size_t index) {
    static const char *const types[] = {"empty", "boolean",  "integer",  "number", "money", "percent",
                                        "date",  "datetime", "duration", "id",     "text",  "nested"};
    const struct profile_column *column = &inspection->profile.columns[index];
    struct buffer text = {0};
    buffer_add_text(out, "    {\"label\": ");
    json_string(out, column->label);
    if (!view_equal(column->label, column->name)) {
        buffer_add_text(out, ", \"name\": ");
        json_string(out, column->name);
    }
    buffer_print(out, ", \"type\": \"%s\"", types[profile_type(column)]);
    if (order_text(column)) buffer_print(out, ", \"order\": \"%s\"", order_text(column));
    uint64_t filled = column->filled + column->nested;
    buffer_print(out, ", \"filled\": %llu, \"placeholders\": %llu, \"evidence\": ", (unsigned long long)filled,
                 (unsigned long long)column->placeholders);
    bool is_masked = inspect_is_masked(inspection, index);
    profile_add_evidence(&text, column, is_masked);
    json_string(out, buffer_view(&text));
    buffer_print(out, ", \"masked\": %s, \"field\": ", is_masked ? "true" : "false");
    size_t field = inspect_field(inspection, index);
    if (field == SIZE_MAX)
        buffer_add_text(out, "null}");
    else
        json_string(out, view_of(inspection->schema->fields[field].name));
    if (field != SIZE_MAX) buffer_add_char(out, '}');
    buffer_free(&text);
}

static void add_columns(struct buffer *out, const struct inspection *inspection) {
    buffer_add_text(out, "  \"columns\": [\n");
    for (size_t i = 0; i < inspection->profile.column_count; i++) {
        add_column(out, inspection, i);
        buffer_add_text(out, i + 1 < inspection->profile.column_count ? ",\n" : "\n");
    }
    buffer_add_text(out, "  ],\n");
}

static void add_schemas(struct buffer *out, const struct inspection *inspection) {
    buffer_add_text(out, "  \"schemas\": [");
    for (size_t i = 0; i < inspection->score_count; i++) {
        buffer_add_text(out, i > 0 ? ", {\"name\": " : "{\"name\": ");
        json_string(out, view_of(inspection->scores[i].name));
        buffer_print(out, ", \"score\": %d}", inspection->scores[i].score);
    }
    buffer_add_text(out, "],\n  \"schema\": ");
    if (inspection->schema)
        json_string(out, view_of(inspection->schema->name));
    else
        buffer_add_text(out, "null");
    buffer_add_text(out, ",\n");
}

static void add_role(struct buffer *out, const char *name, char *text, const char *behind) {
    buffer_print(out, "\"%s\": ", name);
    if (*text)
        json_string(out, view_of(text));
    else
        buffer_add_text(out, "null");
    buffer_add_text(out, behind);
    free(text);
}

static void add_roles(struct buffer *out, const struct inspection *inspection) {
    buffer_add_text(out, "  \"roles\": {");
    add_role(out, "employee", inspect_employee(inspection), ", ");
    add_role(out, "id", inspect_id(inspection), ", ");
    add_role(out, "date", inspect_date(inspection), ", ");
    add_role(out, "active", inspect_active(inspection), "},\n");
}

static void add_advice(struct buffer *out, const struct inspection *inspection) {
    buffer_add_text(out, "  \"advice\": [");
    for (size_t i = 0; i < inspection->advice_count; i++) {
        buffer_add_text(out, i > 0 ? ", " : "");
        json_string(out, view_of(inspection->advice[i]));
    }
    buffer_add_text(out, "],\n");
}

void inspect_json(const struct inspection *inspection, struct buffer *out) {
    const struct input_facts *facts = inspection->facts;
    buffer_add_text(out, "{\n  \"format\": \"st2plecto-inspect/1\",\n");
    add_text(out, "file", view_of(facts->path));
    add_text(out, "shape", view_of(inspect_shape(facts)));
    add_text(out, "encoding", view_of(facts->encoding));
    buffer_print(out, "  \"compressed\": %s,\n", facts->compressed ? "true" : "false");
    if (facts->workbook) add_text(out, "sheet", view_of(facts->workbook->sheet));
    if (facts->shape == SHAPE_CSV) {
        add_text(out, "delimiter", view_from(&facts->delimiter, 1));
        add_text(out, "line_ends", view_of(facts->newline));
        add_number(out, "header_row", facts->header_row);
        add_views(out, "titles", facts->titles, facts->title_count);
        add_views(out, "duplicate_labels", facts->duplicate_labels, facts->duplicate_count);
    } else {
        add_number(out, "answers", facts->answers);
    }
    add_number(out, "rows", inspection->profile.rows);
    add_number(out, "group_rows", inspection->profile.group);
    add_number(out, "blank_rows", inspection->profile.blank);
    add_number(out, "damaged_rows", inspection->profile.damaged);
    add_columns(out, inspection);
    add_schemas(out, inspection);
    add_roles(out, inspection);
    add_advice(out, inspection);
    buffer_add_text(out, "  \"next\": ");
    json_string(out, view_of(inspection->next));
    buffer_add_text(out, "\n}\n");
}
