/* schema_open.c: plecto.open: by which field and values a record is known to be not done yet, so that what it lacks is no
 * fault. */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "schema/schema_reader.h"
#include "values/boolean.h"
#include "values/decimal.h"

static const struct key_rule open_keys[] = {{"field", KEY_TEXT}, {"values", KEY_LIST}, {"lacks", KEY_LIST}};

static void read_rule(struct schema_reader *reader, struct node node, struct open_rule *rule) {
    const char *where = "in open";
    rule->line = place_line(reader->text, node.offset);
    reader_check_keys(reader, node, open_keys, sizeof open_keys / sizeof *open_keys, where);
    rule->name = reader_filled_text(reader, node, "field", where);
    rule->values = reader_texts(reader, node, "values", where, &rule->value_count);
    rule->lacks = reader_texts(reader, node, "lacks", where, &rule->lack_count);
    rule->lack_fields = memory_get_zero(rule->lack_count + 1, sizeof *rule->lack_fields);
    if (!rule->name || rule->value_count == 0)
        reader_error(reader, rule->line,
                     "\"open\" needs \"field\" and \"values\", such as {\"field\": \"Status\", \"values\": "
                     "[\"Scheduled\", \"Hold\"]}");
    if (!rule->name) rule->name = memory_copy(view_of(""));
}

void schema_read_open(struct schema_reader *reader, struct node plecto, struct schema *schema) {
    struct node open = node_child(reader, plecto, "open");
    bool is_list = cJSON_IsArray(open.json);
    size_t count = is_list ? (size_t)cJSON_GetArraySize(open.json) : 1;
    schema->open_rules = memory_get_zero(count + 1, sizeof *schema->open_rules);
    if (cJSON_IsObject(open.json)) read_rule(reader, open, &schema->open_rules[schema->open_count++]);
    size_t offset = is_list ? place_entry(reader->text, open.offset, 0) : 0;
    for (const cJSON *item = is_list ? open.json->child : NULL; item; item = item->next) {
        if (cJSON_IsObject(item))
            read_rule(reader, (struct node){item, offset}, &schema->open_rules[schema->open_count++]);
        else
            reader_error(reader, place_line(reader->text, offset), "an entry of \"open\" must be an object");
        offset = place_next_item(reader->text, offset);
    }
}

void schema_free_open(struct schema *schema) {
    for (size_t i = 0; i < schema->open_count; i++) {
        struct open_rule *rule = &schema->open_rules[i];
        for (size_t k = 0; k < rule->value_count; k++)
            free(rule->values[k]);
        for (size_t k = 0; k < rule->lack_count; k++)
            free(rule->lacks[k]);
        free(rule->values);
        free(rule->lacks);
        free(rule->lack_fields);
        free(rule->name);
    }
    free(schema->open_rules);
}

static size_t find_named(struct schema_reader *reader, const struct schema *schema, const struct open_rule *rule,
                         const char *name) {
    size_t field = schema_find_field(schema, view_of(name));
    if (field != SIZE_MAX) return field;
    char *near = near_field(schema, view_of(name));
    reader_error(reader, rule->line, "\"open\" names \"%s\", which is not a field%s", name, near);
    free(near);
    return SIZE_MAX;
}

void schema_check_open(struct schema_reader *reader, struct schema *schema) {
    for (size_t i = 0; i < schema->open_count; i++) {
        struct open_rule *rule = &schema->open_rules[i];
        rule->field = find_named(reader, schema, rule, rule->name);
        for (size_t k = 0; k < rule->lack_count; k++)
            if ((rule->lack_fields[k] = schema_find_field(schema, view_of(rule->lacks[k]))) == SIZE_MAX)
                reader_warn(reader, rule->line, "\"lacks\" of \"open\" names \"%s\", which is not a field", rule->lacks[k]);
        if (rule->field == SIZE_MAX) continue;
        const struct field *field = &schema->fields[rule->field];
        for (size_t k = 0; k < rule->value_count && field->value_count > 0; k++) {
            bool is_known = false;
            for (size_t known = 0; known < field->value_count; known++)
                is_known = is_known || open_value_equal(view_of(rule->values[k]), field->known[known]);
            if (!is_known)
                reader_warn(reader, rule->line, "\"open\" has the value \"%s\", which is not in constraints.enum of \"%s\"",
                            rule->values[k], rule->name);
        }
    }
}

static bool is_blank(char c) {
    return c == ' ' || c == '_' || c == '-';
}

bool open_value_equal(struct view left, struct view right) {
    size_t i = 0, k = 0;
    for (;;) {
        while (i < left.length && is_blank(left.text[i]))
            i++;
        while (k < right.length && is_blank(right.text[k]))
            k++;
        if (i == left.length || k == right.length) return i == left.length && k == right.length;
        if (!view_equal_fold(view_from(left.text + i, 1), view_from(right.text + k, 1))) return false;
        i++;
        k++;
    }
}

/* Whether both are one number or one answer: 0 and 0.0, False and No. */
static bool is_one_value(struct view left, struct view right) {
    int64_t numbers[2];
    if (decimal_has_value(decimal_parse(left, &decimal_style_default, &numbers[0])) &&
        decimal_has_value(decimal_parse(right, &decimal_style_default, &numbers[1])))
        return numbers[0] == numbers[1];
    bool answers[2];
    return boolean_parse(left, &answers[0]) && boolean_parse(right, &answers[1]) && answers[0] == answers[1];
}

bool open_rule_holds(const struct open_rule *rule, struct view text) {
    for (size_t i = 0; i < rule->value_count; i++)
        if (open_value_equal(view_of(rule->values[i]), text) || is_one_value(view_of(rule->values[i]), text)) return true;
    return false;
}
