/* schema_field.c: one entry of "fields" into a struct field. First its keys are checked (reader_check_keys),
 * then each key is read, and at last what must fit together within the field (role and type, money and
 * number ...) is checked. */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "schema/label_words.h"
#include "schema/schema_reader.h"

static const struct key_rule field_keys[] = {
    {"name", KEY_TEXT},      {"type", KEY_TEXT},          {"format", KEY_TEXT},      {"decimalChar", KEY_TEXT},
    {"groupChar", KEY_TEXT}, {"constraints", KEY_OBJECT}, {"description", KEY_TEXT}, {"plecto", KEY_OBJECT},
};
static const struct key_rule field_plecto_keys[] = {
    {"path", KEY_TEXT_OR_LIST}, {"aliases", KEY_LIST},   {"role", KEY_TEXT},    {"person", KEY_TEXT},
    {"fallback", KEY_FLAG},     {"space", KEY_TEXT},     {"as", KEY_TEXT},      {"money", KEY_FLAG},
    {"percent", KEY_FLAG},      {"places", KEY_INTEGER}, {"private", KEY_FLAG}, {"aggregate", KEY_TEXT_OR_OBJECT},
    {"derive", KEY_OBJECT},     {"several", KEY_TEXT},   {"commas", KEY_TEXT},
    {"scale", KEY_INTEGER},     {"per", KEY_TEXT},
};
static const struct key_rule constraint_keys[] = {{"enum", KEY_LIST}, {"required", KEY_FLAG}};
static const struct key_rule ratio_keys[] = {{"ratio", KEY_LIST}};

static const struct word types[] = {
    {"string", FIELD_TEXT},       {"number", FIELD_NUMBER},     {"integer", FIELD_NUMBER},  {"date", FIELD_DATE},
    {"datetime", FIELD_DATETIME}, {"duration", FIELD_DURATION}, {"boolean", FIELD_BOOLEAN},
};
static const struct word roles[] = {
    {"employee", ROLE_EMPLOYEE},
    {"employee-name", ROLE_EMPLOYEE_NAME},
    {"id", ROLE_ID},
    {"date", ROLE_DATE},
    {"active", ROLE_ACTIVE},
    {"status", ROLE_STATUS},
    {"modified", ROLE_MODIFIED},
};
static const struct word severals[] = {{"error", SEVERAL_ERROR}, {"first", SEVERAL_FIRST}, {"split", SEVERAL_SPLIT}};
static const struct word commas_words[] = {{"auto", COMMAS_AUTO}, {"name", COMMAS_NAME}, {"people", COMMAS_PEOPLE}};
static const struct word spaces[] = {
    {"any", SPACE_ANY}, {"technician", SPACE_TECHNICIAN}, {"employee", SPACE_EMPLOYEE}, {"user", SPACE_USER}};
static const struct word aggregates[] = {
    {"none", AGGREGATE_NONE},   {"sum", AGGREGATE_SUM},     {"count", AGGREGATE_COUNT}, {"avg", AGGREGATE_AVERAGE},
    {"min", AGGREGATE_MINIMUM}, {"max", AGGREGATE_MAXIMUM}, {"group", AGGREGATE_GROUP},
};
enum { FORMAT_DEFAULT, FORMAT_EXCEL, FORMAT_MDY, FORMAT_DMY, FORMAT_YMD, FORMAT_MINUTES, FORMAT_HOURS };
static const struct word formats[] = {
    {"default", FORMAT_DEFAULT}, {"any", FORMAT_DEFAULT},  {"excel", FORMAT_EXCEL},
    {"%m/%d/%Y", FORMAT_MDY},    {"%d/%m/%Y", FORMAT_DMY}, {"%Y-%m-%d", FORMAT_YMD},
    {"m:s", FORMAT_MINUTES},     {"h:m", FORMAT_HOURS},
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void read_format(struct schema_reader *reader, struct node node, struct field *field, const char *where) {
    int format = reader_word(reader, node, "format", formats, COUNT(formats), FORMAT_DEFAULT, where);
    field->is_excel_date = format == FORMAT_EXCEL;
    field->date_order = format == FORMAT_MDY   ? DATE_ORDER_MDY
                        : format == FORMAT_DMY ? DATE_ORDER_DMY
                        : format == FORMAT_YMD ? DATE_ORDER_YMD
                                               : DATE_ORDER_UNKNOWN;
    bool is_length = format == FORMAT_MINUTES || format == FORMAT_HOURS;
    field->two_parts = format == FORMAT_MINUTES ? TWO_PARTS_MINUTES
                       : format == FORMAT_HOURS ? TWO_PARTS_HOURS
                                                : TWO_PARTS_OPEN;
    if (is_length && field->type != FIELD_DURATION)
        reader_error(reader, node_line(reader, node, "format"), "\"format\" %s is for the type duration only", where);
    if (format != FORMAT_DEFAULT && !is_length && field->type != FIELD_DATE && field->type != FIELD_DATETIME)
        reader_error(reader, node_line(reader, node, "format"), "\"format\" %s is for the types date and datetime only",
                     where);
}

static char read_mark(struct schema_reader *reader, struct node node, const char *key, char otherwise,
                      const char *where) {
    const cJSON *json = cJSON_GetObjectItemCaseSensitive(node.json, key);
    if (!cJSON_IsString(json)) return otherwise;
    const char *text = json->valuestring;
    if ((text[0] == '.' || text[0] == ',') && text[1] == '\0') return text[0];
    reader_error(reader, node_line(reader, node, key), "\"%s\" %s must be \".\" or \",\"", key, where);
    return otherwise;
}

static void read_style(struct schema_reader *reader, struct node node, struct field *field, const char *where) {
    field->style.point = read_mark(reader, node, "decimalChar", '.', where);
    char usual_group = field->style.point == ',' ? '.' : ',';
    field->style.group = read_mark(reader, node, "groupChar", usual_group, where);
    if (field->style.group == field->style.point) {
        reader_error(reader, node_line(reader, node, "groupChar"),
                     "decimalChar and groupChar %s are the same. They must differ.", where);
        field->style.group = usual_group;
    }
}

static void read_paths(struct schema_reader *reader, struct node plecto, struct field *field, size_t shape_count,
                       const char *where) {
    const cJSON *json = cJSON_GetObjectItemCaseSensitive(plecto.json, "path");
    unsigned line = node_line(reader, plecto, "path");
    field->paths = memory_get_zero(shape_count, sizeof *field->paths);
    if (cJSON_IsString(json)) {
        for (size_t shape = 0; shape < shape_count; shape++) /* the same in all shapes */
            field->paths[shape] = memory_copy(view_of(json->valuestring));
    } else if (cJSON_IsArray(json)) {
        if ((size_t)cJSON_GetArraySize(json) != shape_count)
            reader_error(
                reader, line,
                "\"path\" %s has %d entries, but plecto.shapes has %zu. Write one for each (null where absent).", where,
                cJSON_GetArraySize(json), shape_count);
        size_t shape = 0;
        for (const cJSON *item = json->child; item && shape < shape_count; item = item->next, shape++) {
            if (cJSON_IsString(item))
                field->paths[shape] = memory_copy(view_of(item->valuestring));
            else if (!cJSON_IsNull(item))
                reader_error(reader, line, "\"path\" %s must hold texts in quotes or null", where);
        }
    }
    for (size_t shape = 0; shape < shape_count; shape++)
        if (field->paths[shape] && field->paths[shape][0] == '\0')
            reader_error(reader, line, "\"path\" %s is empty. Write the API path, or remove it.", where);
}

static void read_ratio(struct schema_reader *reader, struct node plecto, struct field *field, const char *where) {
    struct node aggregate = node_object(reader, plecto, "aggregate");
    reader_check_keys(reader, aggregate, ratio_keys, COUNT(ratio_keys), where);
    size_t count = 0;
    char **names = reader_texts(reader, aggregate, "ratio", where, &count);
    if (count == 2) {
        field->aggregate = AGGREGATE_RATIO;
        field->numerator = names[0];
        field->denominator = names[1];
    } else {
        reader_error(reader, node_line(reader, plecto, "aggregate"),
                     "\"aggregate\" %s must be a word or {\"ratio\": [\"Numerator\", \"Denominator\"]}", where);
        for (size_t index = 0; index < count; index++)
            free(names[index]);
    }
    free(names);
}

static void read_aggregate(struct schema_reader *reader, struct node plecto, struct field *field, const char *where) {
    const cJSON *json = cJSON_GetObjectItemCaseSensitive(plecto.json, "aggregate");
    if (cJSON_IsObject(json)) {
        read_ratio(reader, plecto, field, where);
        return;
    }
    bool is_amount = field->is_money && field->type == FIELD_NUMBER && !field->is_percent;
    bool is_sum = is_amount && !label_is_average(view_of(field->name));
    if (!json && is_amount && !is_sum)
        reader_warn(reader, field->line,
                    "field \"%s\" is left out of totals, because its label says that it is an average or a rate; 0.1.0 "
                    "summed it where \"aggregate\" was not set",
                    field->name);
    int usual = is_sum ? AGGREGATE_SUM : AGGREGATE_NONE;
    field->aggregate =
        (enum field_aggregate)reader_word(reader, plecto, "aggregate", aggregates, COUNT(aggregates), usual, where);
}

/* What 100% is in the API's records: 1 or 100. */
static void read_scale(struct schema_reader *reader, struct node plecto, struct field *field, const char *where) {
    const cJSON *scale = cJSON_GetObjectItemCaseSensitive(plecto.json, "scale");
    if (!cJSON_IsNumber(scale)) return;
    field->scale = scale->valueint;
    if (scale->valueint != 1 && scale->valueint != 100)
        reader_error(reader, node_line(reader, plecto, "scale"),
                     "\"scale\" %s must be 1 (the API says 0.47 for 47%%) or 100 (it says 47)", where);
    if (!field->is_percent)
        reader_error(reader, node_line(reader, plecto, "scale"), "\"scale\" %s asks for \"percent\": true", where);
}

static void read_plecto(struct schema_reader *reader, struct node node, struct field *field, size_t shape_count,
                        const char *where) {
    struct node plecto = node_object(reader, node, "plecto");
    reader_check_keys(reader, plecto, field_plecto_keys, COUNT(field_plecto_keys), where);
    read_paths(reader, plecto, field, shape_count, where);
    field->aliases = reader_texts(reader, plecto, "aliases", where, &field->alias_count);
    field->role = (enum field_role)reader_word(reader, plecto, "role", roles, COUNT(roles), ROLE_NONE, where);
    field->space = (enum person_space)reader_word(reader, plecto, "space", spaces, COUNT(spaces), SPACE_ANY, where);
    field->person = reader_text(plecto, "person");
    if (!field->person) field->person = memory_copy(view_of(""));
    field->title = reader_filled_text(reader, plecto, "as", where);
    if (!field->title) field->title = memory_copy(view_of(field->name));
    field->fallback = reader_flag(plecto, "fallback", false);
    field->is_money = reader_flag(plecto, "money", false);
    field->is_percent = reader_flag(plecto, "percent", false);
    read_scale(reader, plecto, field, where);
    field->per = reader_filled_text(reader, plecto, "per", where);
    field->is_private = reader_flag(plecto, "private", false);
    field->several =
        (enum several)reader_word(reader, plecto, "several", severals, COUNT(severals), SEVERAL_ERROR, where);
    field->commas =
        (enum name_commas)reader_word(reader, plecto, "commas", commas_words, COUNT(commas_words), COMMAS_AUTO, where);
    schema_read_derive(reader, plecto, field, where);
    read_aggregate(reader, plecto, field, where);
    field->places = field->is_money ? 2 : 0;
    const cJSON *places = cJSON_GetObjectItemCaseSensitive(plecto.json, "places");
    if (cJSON_IsNumber(places)) {
        if (places->valuedouble >= 0 && places->valuedouble <= DECIMAL_PLACES &&
            places->valuedouble <= (double)places->valueint)
            field->places = places->valueint;
        else
            reader_error(reader, node_line(reader, plecto, "places"),
                         "\"places\" %s must be a whole number from 0 to %d", where, DECIMAL_PLACES);
    }
}

static void read_constraints(struct schema_reader *reader, struct node node, struct field *field, const char *where) {
    struct node constraints = node_object(reader, node, "constraints");
    reader_check_keys(reader, constraints, constraint_keys, COUNT(constraint_keys), where);
    field->values = reader_texts(reader, constraints, "enum", where, &field->value_count);
    field->known = memory_get_zero(field->value_count, sizeof *field->known);
    for (size_t i = 0; i < field->value_count; i++)
        field->known[i] = view_of(field->values[i]);
    field->is_required = reader_flag(constraints, "required", false);
}

/* What a role asks of the type. */
static void check_role(struct schema_reader *reader, const struct field *field, unsigned line, const char *where) {
    switch (field->role) {
    case ROLE_EMPLOYEE:
    case ROLE_EMPLOYEE_NAME:
    case ROLE_ID:
    case ROLE_STATUS:
        if (field->type != FIELD_TEXT)
            reader_error(reader, line,
                         "the role %s needs \"type\": \"string\" (IDs and names are text, so no digit is lost)", where);
        break;
    case ROLE_DATE:
    case ROLE_MODIFIED:
        if (field->type != FIELD_DATE && field->type != FIELD_DATETIME)
            reader_error(reader, line, "the role \"%s\" %s needs the type date or datetime",
                         field->role == ROLE_DATE ? "date" : "modified", where);
        break;
    case ROLE_ACTIVE:
        if (field->type != FIELD_BOOLEAN)
            reader_error(reader, line, "the role \"active\" %s needs the type boolean", where);
        break;
    case ROLE_NONE: break;
    }
    bool is_person = field->role == ROLE_EMPLOYEE || field->role == ROLE_EMPLOYEE_NAME;
    if (field->fallback && !is_person && field->role != ROLE_DATE && field->role != ROLE_ID)
        reader_error(reader, line, "\"fallback\" %s is for the roles employee, employee-name, id and date only", where);
    if ((field->several != SEVERAL_ERROR || field->commas != COMMAS_AUTO) && !is_person)
        reader_error(reader, line, "\"%s\" %s is for the roles employee and employee-name only",
                     field->several != SEVERAL_ERROR ? "several" : "commas", where);
    if (field->person[0] != '\0' && !is_person)
        reader_error(reader, line, "\"person\" %s is for the roles employee and employee-name only", where);
}

static void check_numbers(struct schema_reader *reader, const struct field *field, unsigned line, const char *where) {
    bool is_number = field->type == FIELD_NUMBER;
    if ((field->is_money || field->is_percent) && !is_number)
        reader_error(reader, line, "\"%s\" %s needs the type number", field->is_money ? "money" : "percent", where);
    switch (field->aggregate) {
    case AGGREGATE_SUM:
        if (field->is_percent)
            reader_error(reader, line,
                         "a percentage cannot be summed (%s). Use {\"ratio\": [\"Numerator\", \"Denominator\"]} or "
                         "\"none\".",
                         where);
        /* fall through */
    case AGGREGATE_AVERAGE:
    case AGGREGATE_MINIMUM:
    case AGGREGATE_MAXIMUM:
        if (!is_number && field->type != FIELD_DURATION)
            reader_error(reader, line,
                         "\"aggregate\" %s: sum, avg, min and max are for the types number and duration only", where);
        break;
    case AGGREGATE_RATIO:
        if (!is_number) reader_error(reader, line, "a ratio %s needs the type number", where);
        break;
    case AGGREGATE_GROUP:
        if (field->type != FIELD_TEXT && field->type != FIELD_BOOLEAN)
            reader_error(reader, line, "\"aggregate\": \"group\" %s is for the types string and boolean only", where);
        break;
    case AGGREGATE_NONE:
    case AGGREGATE_COUNT: break;
    }
}

void schema_read_field(struct schema_reader *reader, struct node node, size_t shape_count, struct field *field) {
    field->line = place_line(reader->text, node.offset);
    field->name = reader_text(node, "name");
    char *where = field->name ? memory_print("in field \"%s\"", field->name)
                              : memory_print("in the field of line %u", field->line);
    reader_check_keys(reader, node, field_keys, COUNT(field_keys), where);
    if (!field->name || view_trim(view_of(field->name)).length == 0)
        reader_error(reader, field->line, "a field has no \"name\". Write the column's label there.");
    if (!field->name) field->name = memory_copy(view_of(""));
    if (!cJSON_GetObjectItemCaseSensitive(node.json, "type"))
        reader_error(reader, field->line, "no \"type\" %s. Write \"string\" if unsure.", where);
    field->type = (enum field_type)reader_word(reader, node, "type", types, COUNT(types), FIELD_TEXT, where);
    read_format(reader, node, field, where);
    read_style(reader, node, field, where);
    read_constraints(reader, node, field, where);
    read_plecto(reader, node, field, shape_count, where);
    check_role(reader, field, field->line, where);
    check_numbers(reader, field, field->line, where);
    free(where);
}

void schema_free_field(struct field *field, size_t shape_count) {
    for (size_t index = 0; field->paths && index < shape_count; index++)
        free(field->paths[index]);
    for (size_t index = 0; index < field->alias_count; index++)
        free(field->aliases[index]);
    for (size_t index = 0; index < field->value_count; index++)
        free(field->values[index]);
    for (size_t index = 0; index < field->part_count; index++)
        free(field->parts[index]);
    free(field->parts);
    free(field->part_fields);
    free(field->paths);
    free(field->aliases);
    free(field->values);
    free(field->known);
    free(field->name);
    free(field->title);
    free(field->person);
    free(field->per);
    free(field->numerator);
    free(field->denominator);
}
