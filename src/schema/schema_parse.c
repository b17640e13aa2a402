/* schema_parse.c: a schema file's JSON into a struct schema. Comments are blanked first, cJSON reads the
 * rest, and every key is checked; all findings are kept, so that `schema lint` can show them at once while
 * schema_parse stops at the first error. */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "schema/schema_reader.h"

static const struct key_rule schema_keys[] = {
    {"$schema", KEY_TEXT}, {"name", KEY_TEXT},          {"title", KEY_TEXT},    {"description", KEY_TEXT},
    {"fields", KEY_LIST},  {"missingValues", KEY_LIST}, {"plecto", KEY_OBJECT},
};
static const struct key_rule plecto_keys[] = {
    {"title", KEY_TEXT},     {"endpoint", KEY_TEXT}, {"source", KEY_TEXT}, {"id", KEY_TEXT},
    {"provider", KEY_TEXT},  {"employee", KEY_TEXT}, {"footer", KEY_FLAG}, {"shapes", KEY_LIST},
    {"signature", KEY_LIST}, {"explode", KEY_TEXT},  {"date", KEY_TEXT},   {"joins", KEY_LIST},
    {"listed", KEY_TEXT},    {"open", KEY_OBJECT_OR_LIST}, {"titles", KEY_LIST}, {"without", KEY_LIST},
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Letters, digits and '-': the name is part of IDs ("jobs:2025-01-31:...") and of file names. */
static bool is_schema_name(const char *name) {
    for (const char *c = name; *c; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '-' ||
              *c == '_'))
            return false;
    return name[0] != '\0';
}

static void read_top(struct schema_reader *reader, struct node top, struct schema *schema) {
    reader_check_keys(reader, top, schema_keys, COUNT(schema_keys), "at the top of the schema");
    schema->name = reader_text(top, "name");
    schema->description = reader_text(top, "description");
    if (!schema->name)
        reader_error(reader, node_line(reader, top, "name"),
                     "the schema has no \"name\". Write one, such as \"jobs\".");
    else if (!is_schema_name(schema->name))
        reader_error(reader, node_line(reader, top, "name"),
                     "the name \"%s\" must consist of letters, digits, '-' and '_'", schema->name);
    if (!schema->name) schema->name = memory_copy(view_of(""));
    if (!schema->description) schema->description = memory_copy(view_of(""));
    if (cJSON_GetObjectItemCaseSensitive(top.json, "missingValues"))
        reader_warn(reader, node_line(reader, top, "missingValues"),
                    "\"missingValues\" has no effect, because empty cells, N/A, - and the like always count as "
                    "missing");
}

static void read_shapes(struct schema_reader *reader, struct node plecto, struct schema *schema) {
    schema->shapes = reader_texts(reader, plecto, "shapes", "in plecto", &schema->shape_count);
    if (schema->shape_count > 0) return;
    if (schema->shapes)
        reader_error(reader, node_line(reader, plecto, "shapes"),
                     "\"shapes\" in plecto is empty. Remove it, or write the keys that distinguish the shapes.");
    free(schema->shapes);
    schema->shapes = memory_get_zero(1, sizeof *schema->shapes);
    schema->shapes[0] = memory_copy(view_of(""));
    schema->shape_count = 1;
}

static void read_plecto(struct schema_reader *reader, struct node top, struct schema *schema) {
    struct node plecto = node_object(reader, top, "plecto");
    reader_check_keys(reader, plecto, plecto_keys, COUNT(plecto_keys), "in plecto");
    schema->title = reader_text(plecto, "title");
    if (!schema->title) schema->title = reader_text(top, "title");
    if (!schema->title) schema->title = memory_copy(view_of(schema->name));
    schema->endpoint = reader_text(plecto, "endpoint");
    schema->source = reader_text(plecto, "source");
    schema->id_template = reader_text(plecto, "id");
    schema->provider = reader_text(plecto, "provider");
    if (!schema->provider) schema->provider = memory_copy(view_of("ServiceTitan"));
    schema->default_employee = reader_text(plecto, "employee");
    schema->has_footer = reader_flag(plecto, "footer", true);
    schema->signature = reader_texts(reader, plecto, "signature", "in plecto", &schema->signature_count);
    schema->titles = reader_texts(reader, plecto, "titles", "in plecto", &schema->title_count);
    schema->without = reader_texts(reader, plecto, "without", "in plecto", &schema->without_count);
    reader->id_line = node_line(reader, plecto, "id");
    schema->explode = reader_filled_text(reader, plecto, "explode", "in plecto");
    static const struct word dates[] = {{"period", 1}};
    schema->date_from_period = reader_word(reader, plecto, "date", dates, COUNT(dates), 0, "in plecto") == 1;
    static const struct word listed[] = {{"active", 0}, {"all", 1}};
    schema->lists_all = reader_word(reader, plecto, "listed", listed, COUNT(listed), 0, "in plecto") == 1;
    schema_read_joins(reader, plecto, schema);
    schema_read_open(reader, plecto, schema);
    read_shapes(reader, plecto, schema);
}

static void read_fields(struct schema_reader *reader, struct node top, struct schema *schema) {
    struct node list = node_child(reader, top, "fields");
    size_t count = cJSON_IsArray(list.json) ? (size_t)cJSON_GetArraySize(list.json) : 0;
    if (count == 0) {
        reader_error(reader, node_line(reader, top, "fields"),
                     "the schema has no \"fields\". List at least ID, date and employee.");
        return;
    }
    schema->fields = memory_get_zero(count, sizeof *schema->fields);
    size_t offset = place_entry(reader->text, list.offset, 0);
    for (const cJSON *item = list.json->child; item; item = item->next) {
        struct node node = {item, offset};
        if (cJSON_IsObject(item))
            schema_read_field(reader, node, schema->shape_count, &schema->fields[schema->field_count++]);
        else
            reader_error(
                reader, place_line(reader->text, offset),
                "an entry of \"fields\" must be an object, such as {\"name\": \"Job #\", \"type\": \"string\"}");
        offset = place_next_item(reader->text, offset);
    }
}

static struct schema *read_json(struct schema_reader *reader, const cJSON *json, const char *file) {
    struct node top = {json, place_skip_blanks(reader->text, 0)};
    if (view_starts_with(reader->text, "\xEF\xBB\xBF")) top.offset = place_skip_blanks(reader->text, 3);
    if (!cJSON_IsObject(json)) {
        reader_error(reader, place_line(reader->text, top.offset), "a schema must be a JSON object that begins with {");
        return NULL;
    }
    struct schema *schema = memory_get_zero(1, sizeof *schema);
    schema->file = memory_copy(view_of(file));
    read_top(reader, top, schema);
    read_plecto(reader, top, schema);
    read_fields(reader, top, schema);
    schema_resolve_derived(schema);
    schema_check(reader, schema);
    schema_check_open(reader, schema);
    return schema;
}

struct schema *schema_read(struct view text, const char *file, struct schema_reader *reader) {
    char *plain = memory_copy(text);
    place_blank_comments(plain, text.length);
    reader->text = view_from(plain, text.length);
    const char *stopped = NULL;
    cJSON *json = cJSON_ParseWithLengthOpts(plain, text.length + 1, &stopped, 1); /* with the NUL it asks for */
    struct schema *schema = NULL;
    if (json)
        schema = read_json(reader, json, file);
    else
        reader_error(reader, place_line(reader->text, stopped ? (size_t)(stopped - plain) : 0),
                     "not valid JSON here. Look for a missing or extra comma, quote or bracket.");
    cJSON_Delete(json);
    reader->text = view_from(NULL, 0);
    free(plain);
    reader_sort(reader);
    return schema;
}

bool schema_parse(struct view text, const char *file, struct schema **schema, struct error *error) {
    struct schema_reader reader = {0};
    *schema = schema_read(text, file, &reader);
    size_t errors = 0;
    const struct finding *first = NULL;
    for (size_t index = 0; index < reader.finding_count; index++) {
        if (!reader.findings[index].is_error) continue;
        first = first ? first : &reader.findings[index];
        errors++;
    }
    if (first) {
        error_set(error, EXIT_WRONG_USE, "%s:%u: %s", file, first->line, first->text);
        if (errors > 1) error_fix(error, "The schema has %zu errors. To see all:\nst2plecto schema lint FILE", errors);
        schema_free(*schema);
        *schema = NULL;
    }
    reader_free(&reader);
    return first == NULL;
}

void schema_add_column(struct schema *schema, struct view label) {
    void *fields = schema->fields;
    size_t capacity = schema->field_count;
    memory_grow(&fields, &capacity, schema->field_count + 1, sizeof *schema->fields);
    schema->fields = fields;
    struct field *field = &schema->fields[schema->field_count++];
    *field = (struct field){.type = FIELD_TEXT, .style = decimal_style_default, .aggregate = AGGREGATE_GROUP};
    field->name = memory_copy(label);
    field->title = memory_copy(label);
    field->person = memory_copy(view_of(""));
    field->paths = memory_get_zero(schema->shape_count, sizeof *field->paths);
    for (size_t shape = 0; shape < schema->shape_count; shape++)
        field->paths[shape] = memory_copy(label);
}

static void free_texts(char **texts, size_t count) {
    for (size_t index = 0; index < count; index++)
        free(texts[index]);
    free(texts);
}

void schema_free(struct schema *schema) {
    if (!schema) return;
    for (size_t index = 0; index < schema->field_count; index++)
        schema_free_field(&schema->fields[index], schema->shape_count);
    free_texts(schema->shapes, schema->shape_count);
    free_texts(schema->signature, schema->signature_count);
    free_texts(schema->titles, schema->title_count);
    free_texts(schema->without, schema->without_count);
    schema_free_joins(schema);
    schema_free_open(schema);
    free(schema->explode);
    free(schema->fields);
    free(schema->name);
    free(schema->title);
    free(schema->description);
    free(schema->file);
    free(schema->endpoint);
    free(schema->source);
    free(schema->id_template);
    free(schema->provider);
    free(schema->default_employee);
    free(schema);
}
