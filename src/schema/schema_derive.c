/* schema_derive.c: what a schema says beyond the columns of one file: fields that are computed (plecto.derive)
 * and what companion exports give (plecto.joins). */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "schema/schema_reader.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* A form, its word, how many fields it takes (0: one and more) and the type of its result. */
static const struct form {
    const char *word;
    enum derive_form form;
    size_t parts;
    enum field_type type;
} forms[] = {
    {"add", DERIVE_ADD, 0, FIELD_NUMBER},
    {"subtract", DERIVE_SUBTRACT, 2, FIELD_NUMBER},
    {"multiply", DERIVE_MULTIPLY, 2, FIELD_NUMBER},
    {"share", DERIVE_SHARE, 2, FIELD_NUMBER},
    {"days-of-month", DERIVE_DAYS_OF_MONTH, 2, FIELD_NUMBER},
    {"between", DERIVE_BETWEEN, 2, FIELD_DURATION},
    {"count", DERIVE_COUNT, 1, FIELD_NUMBER},
    {"month", DERIVE_MONTH, 2, FIELD_DATE},
    {"hash", DERIVE_HASH, 0, FIELD_TEXT},
};

void schema_read_derive(struct schema_reader *reader, struct node plecto, struct field *field, const char *where) {
    struct node derive = node_object(reader, plecto, "derive");
    if (!derive.json) return;
    struct key_rule rules[COUNT(forms)];
    for (size_t i = 0; i < COUNT(forms); i++)
        rules[i] = (struct key_rule){forms[i].word, forms[i].form == DERIVE_COUNT ? KEY_TEXT : KEY_LIST};
    reader_check_keys(reader, derive, rules, COUNT(rules), where);
    unsigned line = node_line(reader, plecto, "derive");
    const struct form *chosen = NULL;
    for (size_t i = 0; i < COUNT(forms); i++)
        if (cJSON_GetObjectItemCaseSensitive(derive.json, forms[i].word)) chosen = &forms[i];
    if (!chosen || cJSON_GetArraySize(derive.json) != 1) {
        reader_error(reader, line,
                     "\"derive\" %s must have one form, such as {\"subtract\": [\"Total\", \"Total Cost\"]}", where);
        return;
    }
    if (chosen->form == DERIVE_COUNT) {
        char *path = reader_filled_text(reader, derive, chosen->word, where);
        if (!path) return;
        field->parts = memory_get_zero(1, sizeof *field->parts);
        field->parts[field->part_count++] = path;
    } else {
        field->parts = reader_texts(reader, derive, chosen->word, where, &field->part_count);
    }
    field->derive = chosen->form;
    if (chosen->parts ? field->part_count != chosen->parts : field->part_count == 0)
        reader_error(reader, line, "\"%s\" %s takes %s%s, not %zu", chosen->word, where,
                     chosen->parts == 2   ? "two fields"
                     : chosen->parts == 1 ? "one path"
                                          : "one field or more",
                     "", field->part_count);
    if (field->type != chosen->type)
        reader_error(reader, line, "\"%s\" %s needs the type %s", chosen->word, where,
                     chosen->type == FIELD_NUMBER     ? "number or integer"
                     : chosen->type == FIELD_DURATION ? "duration"
                     : chosen->type == FIELD_DATE     ? "date"
                                                      : "string");
}

/* --- joins --------------------------------------------------------------------------------------- */

static const struct key_rule join_keys[] = {
    {"with", KEY_TEXT},  {"on", KEY_LIST},    {"people", KEY_TEXT},
    {"share", KEY_TEXT}, {"order", KEY_TEXT}, {"fields", KEY_OBJECT},
};
static const struct word people_words[] = {{"first", SEVERAL_FIRST}, {"split", SEVERAL_SPLIT}};

static void read_join_fields(struct schema_reader *reader, struct node node, struct join *join) {
    struct node fields = node_object(reader, node, "fields");
    size_t count = fields.json ? (size_t)cJSON_GetArraySize(fields.json) : 0;
    join->ours_fields = memory_get_zero(count + 1, sizeof *join->ours_fields);
    join->theirs_fields = memory_get_zero(count + 1, sizeof *join->theirs_fields);
    for (const cJSON *item = count ? fields.json->child : NULL; item; item = item->next) {
        if (!cJSON_IsString(item)) {
            reader_error(reader, join->line, "\"fields\" in joins must map our field to theirs, both in quotes");
            continue;
        }
        join->ours_fields[join->field_count] = memory_copy(view_of(item->string));
        join->theirs_fields[join->field_count++] = memory_copy(view_of(item->valuestring));
    }
}

static void read_join(struct schema_reader *reader, struct node node, struct join *join) {
    const char *where = "in joins";
    join->line = place_line(reader->text, node.offset);
    reader_check_keys(reader, node, join_keys, COUNT(join_keys), where);
    join->with = reader_filled_text(reader, node, "with", where);
    size_t count = 0;
    char **on = reader_texts(reader, node, "on", where, &count);
    if (!join->with || count != 2)
        reader_error(reader, join->line,
                     "a join needs \"with\" (a schema) and \"on\" (our field and theirs), such as {\"with\": "
                     "\"job-splits\", \"on\": [\"Job ID\", \"Job ID\"], \"people\": \"split\"}");
    if (!join->with) join->with = memory_copy(view_of(""));
    join->ours = count > 0 ? on[0] : memory_copy(view_of(""));
    join->theirs = count > 1 ? on[1] : memory_copy(view_of(""));
    for (size_t i = 2; i < count; i++)
        free(on[i]);
    free(on);
    join->people =
        (enum several)reader_word(reader, node, "people", people_words, COUNT(people_words), SEVERAL_ERROR, where);
    join->is_people = join->people != SEVERAL_ERROR;
    join->share = reader_filled_text(reader, node, "share", where);
    join->order = reader_filled_text(reader, node, "order", where);
    read_join_fields(reader, node, join);
    bool has_fields = cJSON_GetObjectItemCaseSensitive(node.json, "fields") != NULL;
    if (join->is_people == has_fields || (has_fields && join->field_count == 0))
        reader_error(reader, join->line, "a join gives either \"people\" (first or split) or \"fields\"");
    if (!join->is_people && (join->share || join->order))
        reader_error(reader, join->line, "\"%s\" in joins belongs to \"people\"", join->share ? "share" : "order");
}

void schema_read_joins(struct schema_reader *reader, struct node plecto, struct schema *schema) {
    struct node list = node_child(reader, plecto, "joins");
    size_t count = cJSON_IsArray(list.json) ? (size_t)cJSON_GetArraySize(list.json) : 0;
    schema->joins = memory_get_zero(count + 1, sizeof *schema->joins);
    if (count == 0) return;
    size_t offset = place_entry(reader->text, list.offset, 0);
    for (const cJSON *item = list.json->child; item; item = item->next) {
        if (cJSON_IsObject(item))
            read_join(reader, (struct node){item, offset}, &schema->joins[schema->join_count++]);
        else
            reader_error(reader, place_line(reader->text, offset), "an entry of \"joins\" must be an object");
        offset = place_next_item(reader->text, offset);
    }
}

void schema_free_joins(struct schema *schema) {
    for (size_t i = 0; i < schema->join_count; i++) {
        struct join *join = &schema->joins[i];
        for (size_t k = 0; k < join->field_count; k++) {
            free(join->ours_fields[k]);
            free(join->theirs_fields[k]);
        }
        free(join->ours_fields);
        free(join->theirs_fields);
        free(join->with);
        free(join->ours);
        free(join->theirs);
        free(join->share);
        free(join->order);
    }
    free(schema->joins);
}

void schema_resolve_derived(struct schema *schema) {
    for (size_t i = 0; i < schema->field_count; i++) {
        struct field *field = &schema->fields[i];
        if (field->part_count == 0) continue;
        field->part_fields = memory_get_zero(field->part_count, sizeof *field->part_fields);
        for (size_t part = 0; part < field->part_count; part++)
            field->part_fields[part] =
                field->derive == DERIVE_COUNT ? SIZE_MAX : schema_find_field(schema, view_of(field->parts[part]));
    }
    for (size_t i = 0; i < schema->join_count; i++)
        schema->joins[i].ours_field = schema_find_field(schema, view_of(schema->joins[i].ours));
}

/* --- with all fields together --------------------------------------------------------------------- */

static size_t find_part(struct schema_reader *reader, const struct schema *schema, const char *name, unsigned line,
                        const char *where) {
    size_t found = schema_find_field(schema, view_of(name));
    if (found == SIZE_MAX) {
        char *near = near_field(schema, view_of(name));
        reader_error(reader, line, "%s names \"%s\", which is not a field%s", where, name, near);
        free(near);
    }
    return found;
}

static bool is_date_type(enum field_type type) {
    return type == FIELD_DATE || type == FIELD_DATETIME;
}

static bool part_fits(enum derive_form form, size_t part, enum field_type type) {
    switch (form) {
    case DERIVE_BETWEEN: return is_date_type(type);
    case DERIVE_DAYS_OF_MONTH: return part == 0 ? type == FIELD_NUMBER : is_date_type(type);
    case DERIVE_HASH: return true;
    default: return type == FIELD_NUMBER;
    }
}

static void check_derive(struct schema_reader *reader, const struct schema *schema, size_t number) {
    const struct field *field = &schema->fields[number];
    char *where = memory_print("\"derive\" of field \"%s\"", field->name);
    for (size_t part = 0; part < field->part_count && field->derive != DERIVE_COUNT; part++) {
        size_t found = find_part(reader, schema, field->parts[part], field->line, where);
        if (found == SIZE_MAX) continue;
        if (schema->fields[found].derive != DERIVE_NONE && found >= number)
            reader_error(reader, field->line, "%s needs \"%s\" above it, because derived fields are computed in order",
                         where, field->parts[part]);
        if (!part_fits(field->derive, part, schema->fields[found].type))
            reader_error(reader, field->line, "%s: \"%s\" has the wrong type for it", where, field->parts[part]);
    }
    free(where);
}

void schema_check_derived(struct schema_reader *reader, const struct schema *schema) {
    for (size_t field = 0; field < schema->field_count; field++)
        if (schema->fields[field].derive != DERIVE_NONE) check_derive(reader, schema, field);
    for (size_t i = 0; i < schema->join_count; i++) {
        const struct join *join = &schema->joins[i];
        find_part(reader, schema, join->ours, join->line, "\"on\" of a join");
        for (size_t k = 0; k < join->field_count; k++)
            find_part(reader, schema, join->ours_fields[k], join->line, "\"fields\" of a join");
    }
}
