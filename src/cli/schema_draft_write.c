/* schema_draft_write.c: a draft as a schema file: roles first, because the first field with a role is taken; then the
 * columns in the file's order. Above each guess stands why it was made. */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/cli.h"
#include "cli/number_guess.h"
#include "cli/schema_draft.h"
#include "render/json_write.h"
#include "schema/bind.h"
#include "schema/schema.h"
#include "values/period_text.h"
#include "input/source/workbook.h"

#define SIGNATURE_LIMIT 4

static const struct profile_column *column_of(const struct draft *draft, size_t column) {
    return &draft->profile->columns[column];
}

static bool has_word(const struct draft_field *field, const char *word) {
    return strcmp(field->word, word) == 0;
}

/* --- the head ------------------------------------------------------------------------------------------------ */

/* The report's title or the file's name as a schema's name: letters, digits and '-'; never a built-in one. */
static char *make_name(const char *path, const char *own_title) {
    const char *file = own_title ? own_title : view_file_name(path);
    struct buffer name = {0};
    for (const char *c = file; *c && (*c != '.' || c == file || own_title); c++) {
        bool is_upper = *c >= 'A' && *c <= 'Z';
        bool is_plain = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || is_upper;
        if (is_plain)
            buffer_add_char(&name, is_upper ? (char)(*c - 'A' + 'a') : *c);
        else if (name.length > 0 && name.text[name.length - 1] != '-')
            buffer_add_char(&name, '-');
    }
    /* "technicians-dated-10-01-25-10-31-25" of a mailed report: the period is no part of its name */
    buffer_add_char(&name, '\0');
    const char *dated = strstr(name.text, "-dated-");
    name.length = dated ? (size_t)(dated - name.text) : name.length - 1;
    while (name.length > 0 && name.text[name.length - 1] == '-')
        name.length--;
    char *text = name.length > 0 && (own_title || path[0] != '<') ? buffer_take(&name) : memory_copy(view_of("export"));
    buffer_free(&name);
    for (size_t i = 0; i < embedded_schema_count; i++)
        if (strcmp(embedded_schemas[i].name, text) == 0) {
            char *mine = memory_print("my-%s", text);
            free(text);
            return mine;
        }
    return text;
}

static bool is_known_label(struct schema *const *schemas, struct view label) {
    for (size_t i = 0; i < embedded_schema_count; i++)
        if (schemas[i] && schema_find_field(schemas[i], label) != SIZE_MAX) return true;
    return false;
}

/* Labels that no built-in schema has: they mark this type for auto. */
static void add_signature(const struct draft *draft, struct buffer *out) {
    struct schema **schemas = memory_get_zero(embedded_schema_count + 1, sizeof *schemas);
    struct error error = {0};
    for (size_t i = 0; i < embedded_schema_count; i++)
        if (!schema_load(embedded_schemas[i].name, NULL, &schemas[i], &error)) error_free(&error);
    size_t count = 0;
    for (size_t i = 0; i < draft->field_count && count < SIGNATURE_LIMIT; i++) {
        struct view label = column_of(draft, i)->label;
        if (!draft->fields[i].word || column_of(draft, i)->filled == 0 || is_known_label(schemas, label)) continue;
        buffer_add_text(out, count++ == 0 ? ",\n    // guess: labels that no built-in schema has mark this type for "
                                            "--schema auto\n    \"signature\": ["
                                          : ", ");
        json_string(out, label);
    }
    buffer_add_text(out, count > 0 ? "]" : "");
    for (size_t i = 0; i < embedded_schema_count; i++)
        schema_free(schemas[i]);
    free(schemas);
}

static void add_braced(struct buffer *template, struct view name) {
    buffer_add_char(template, '{');
    buffer_add(template, name);
    buffer_add_char(template, '}');
}

/* ID and date for reports that have none: one line for each technician, or for each technician and day. */
static void add_made_up(const struct draft *draft, struct buffer *out) {
    if (draft->date == SIZE_MAX)
        buffer_add_text(out,
                        ",\n    // no column looks like a date: rows are dated by the first day of the report's period "
                        "(--period,\n    // or the period in the file's name or in the lines above the header)\n"
                        "    \"date\": \"period\"");
    if (draft->id != SIZE_MAX || !draft->has_id) return;
    buffer_add_text(out, ",\n    // no column is an ID alone: these together differ in every row\n    \"id\": ");
    struct buffer template = {0};
    if (draft->date == SIZE_MAX) buffer_add_text(&template, "{period}");
    for (size_t i = 0; i < draft->id_column_count; i++) {
        size_t column = draft->id_columns[i];
        bool is_person = column == draft->person || column == draft->person_id;
        if (template.length > 0) buffer_add_char(&template, ':');
        add_braced(&template, is_person ? view_of("employee") : column_of(draft, column)->label);
    }
    json_string(out, buffer_view(&template));
    buffer_free(&template);
}

/* The report's own title, in a line above its header, or NULL. */
static char *own_title(const struct input_facts *facts) {
    size_t filters = facts->workbook ? facts->workbook->filter_count : 0;
    for (size_t i = 0; i + filters < facts->title_count; i++) {
        int32_t from, to;
        struct view title = view_trim(facts->titles[i]);
        bool is_name = title.length > 0 && title.length < 100 && !memchr(title.text, ':', title.length);
        if (is_name && !period_text_find(title, &from, &to)) return memory_copy(title);
    }
    return NULL;
}

static void add_head(const struct draft *draft, struct buffer *out) {
    char *own = own_title(draft->facts);
    char *name = draft->name ? memory_copy(view_of(draft->name)) : make_name(draft->facts->path, own);
    buffer_add_text(out, "// A draft made by st2plecto schema init from ");
    plain_add(out, view_of(draft->facts->path));
    buffer_add_text(out, ". The types were proved over all its rows.\n// Guesses come from labels. Check them, then "
                         "delete the comments.\n{\n  \"$schema\": \"report.schema.json\",\n");
    buffer_print(out, "  \"name\": \"%s\",\n  \"description\": \"One row is one … (say what).\",\n  \"plecto\": {\n",
                 name);
    char *title = draft->title ? memory_copy(view_of(draft->title)) : memory_print("ServiceTitan %s", own ? own : name);
    buffer_add_text(out, "    \"title\": ");
    json_string(out, view_of(title));
    free(own);
    free(title);
    if (draft->person == SIZE_MAX)
        buffer_add_text(out, ",\n    // no column looks like a person: rows are assigned to this name\n    \"employee\": "
                             "\"Office\"");
    add_made_up(draft, out);
    add_signature(draft, out);
    if (draft->id == SIZE_MAX && !draft->has_id) /* the last of its object: no comma before a comment */
        buffer_add_text(out, "\n    // no columns were found that make every row unique: write a template of some that do, such "
                             "as\n    // \"id\": \"{Invoice #}:{Item Code}\"");
    buffer_add_text(out, "\n  },\n  \"fields\": [\n");
    free(name);
}

/* --- comments ------------------------------------------------------------------------------------------------- */

static void add_id_comment(const struct draft *draft, const struct draft_field *field, struct buffer *out) {
    const struct profile_column *column = column_of(draft, field->column);
    buffer_print(out, "    // guess: the unique ID, because %s all %llu values differ\n",
                 field->guess.kind == LABEL_ID ? "of its label, and" : "it looks like one:", (unsigned long long)column->filled);
}

static void add_role_comment(const struct draft *draft, const struct draft_field *field, struct buffer *out) {
    bool is_asked = strcmp(field->role, "id") == 0 || strcmp(field->role, "date") == 0 || field->column == draft->person;
    if (draft->is_asked && is_asked) {
        buffer_print(out, "    // as answered: the role %s\n", field->role);
        return;
    }
    const char *because = field->guess.is_sure ? "because of its label"
                          : field->guess.kind == LABEL_EMPLOYEE || field->guess.kind == LABEL_EMPLOYEE_ID
                              ? "because of a word of its label"
                              : "because of its values";
    if (strcmp(field->role, "id") == 0)
        add_id_comment(draft, field, out);
    else if (strcmp(field->role, "date") == 0)
        buffer_print(out, "    // guess: the date of the registration, %s\n", because);
    else if (strcmp(field->role, "employee") == 0)
        buffer_print(out, "    // guess: the employee, %s; an ID, so a name needs --roster\n", because);
    else if (strcmp(field->role, "employee-name") == 0)
        buffer_print(out, "    // guess: the employee, %s\n", because);
    else
        buffer_print(out, "    // guess: the role %s, %s\n", field->role, because);
}

/* Why a number is summed or not. */
static void add_number_comment(const struct draft *draft, const struct draft_field *field, struct buffer *out) {
    struct number_guess guess = number_guess(draft, field);
    if (field->answer) {
        buffer_print(out, "    // as answered: %s\n", field->answer == 'y' ? "summed in totals" : "in no totals");
        return;
    }
    const char *what = guess.is_percent                 ? "a percentage"
                       : field->guess.kind == LABEL_STATE ? "as it is at one time"
                       : guess.use == USE_NONE          ? "an average or rate"
                       : guess.use == USE_MEAN          ? "a unit price"
                       : guess.is_money                 ? "an amount"
                       : field->guess.kind == LABEL_HOURS ? "hours"
                                                        : "a count";
    switch (guess.use) {
    case USE_ASK: buffer_add_text(out, "    // a number: may it be summed? then \"aggregate\": \"sum\"\n"); break;
    case USE_RATIO:
        buffer_print(out, "    // guess: %s, rebuilt from its two parts, which the rows agree with\n", what);
        break;
    case USE_SUM:
    case USE_MEAN:
    case USE_NONE:
        if (guess.is_proved && guess.use != USE_MEAN)
            buffer_print(out, "    // %s: the report's own total row %s\n", what,
                         guess.use == USE_SUM ? "is its sum" : "is not its sum, so it is never summed");
        else
            buffer_print(out, "    // guess: %s%s\n", what, guess.use == USE_NONE ? ": not in totals; \"aggregate\": \"avg\" would average it" : "");
        break;
    }
}

static void add_other_comment(const struct draft *draft, const struct draft_field *field, struct buffer *out) {
    bool is_number = has_word(field, "number");
    if (is_number && field->guess.kind != LABEL_EMPLOYEE && field->guess.kind != LABEL_PRIVATE) {
        add_number_comment(draft, field, out);
        return;
    }
    switch (field->guess.kind) {
    case LABEL_EMPLOYEE:
        buffer_add_text(out, "    // could be the employee too: \"role\": \"employee-name\", above the other one\n");
        break;
    case LABEL_DATE:
        if (has_word(field, "date") || has_word(field, "datetime"))
            buffer_add_text(out, "    // could be the date too: \"role\": \"date\", or --date\n");
        break;
    case LABEL_PRIVATE: buffer_add_text(out, "    // guess: personal data, which is not sent to Plecto\n"); break;
    case LABEL_UNKNOWN:
    case LABEL_ID:
    case LABEL_KEY:
    case LABEL_EMPLOYEE_ID:
    case LABEL_TIME:
    case LABEL_STATUS:
    case LABEL_GROUP:
    case LABEL_BOOLEAN:
    case LABEL_ACTIVE: break;
    default:
        buffer_print(out, "    // guess: %s, but its values are no numbers\n", label_kind_text(field->guess.kind));
    }
}

static void add_value_comment(const struct draft *draft, const struct draft_field *field, struct buffer *out) {
    const struct profile_column *column = column_of(draft, field->column);
    enum profile_order order = profile_order(column);
    bool is_date = has_word(field, "date") || has_word(field, "datetime");
    if (column->filled == 0) buffer_add_text(out, "    // empty in every row: the type is a guess\n");
    if (is_date && (order == PROFILE_ORDER_AMBIGUOUS || order == PROFILE_ORDER_MIXED))
        buffer_add_text(
            out, "    // month or day first is not proved: \"format\": \"%m/%d/%Y\" or \"%d/%m/%Y\" would say it\n");
    if (field->misfit && !has_word(field, "string")) {
        /* the value itself may be personal: its row is enough to find it */
        buffer_print(out, "    // not all values are of this type: the first other one is in row %llu\n",
                     (unsigned long long)field->misfit->row);
    }
}

/* --- fields ---------------------------------------------------------------------------------------------------- */

/* The items of "plecto", with their commas. */
struct items {
    struct buffer text;
};

static void add_item(struct items *items, const char *text) {
    buffer_add_text(&items->text, items->text.length > 0 ? ", " : "");
    buffer_add_text(&items->text, text);
}

static void add_item_json(struct items *items, const char *key, struct view value, bool is_list) {
    add_item(items, "");
    buffer_print(&items->text, "\"%s\": %s", key, is_list ? "[" : "");
    json_string(&items->text, value);
    buffer_add_text(&items->text, is_list ? "]" : "");
}

static void add_number_items(const struct draft *draft, const struct draft_field *field, struct items *items) {
    struct number_guess guess = number_guess(draft, field);
    if (guess.is_percent) add_item(items, "\"percent\": true, \"places\": 2");
    if (guess.is_money) add_item(items, "\"money\": true");
    switch (guess.use) {
    case USE_ASK: break;
    case USE_SUM: add_item(items, "\"aggregate\": \"sum\""); break;
    case USE_MEAN: add_item(items, "\"aggregate\": \"avg\""); break;
    case USE_NONE: add_item(items, "\"aggregate\": \"none\""); break;
    case USE_RATIO:
        add_item(items, "\"aggregate\": {\"ratio\": [");
        json_string(&items->text, column_of(draft, guess.numerator)->label);
        buffer_add_text(&items->text, ", ");
        json_string(&items->text, column_of(draft, guess.denominator)->label);
        buffer_add_text(&items->text, "]}");
        break;
    }
}

/* A report field's name, where it is no other column's label. */
static bool wants_alias(const struct draft *draft, const struct profile_column *column) {
    if (label_equal(column->label, column->name) || column->name.length == 0) return false;
    for (size_t i = 0; i < draft->field_count; i++)
        if (column_of(draft, i) != column && (label_equal(column->name, column_of(draft, i)->label) ||
                                              label_equal(column->name, column_of(draft, i)->name)))
            return false;
    return true;
}

static void add_items(const struct draft *draft, const struct draft_field *field, struct items *items) {
    const struct profile_column *column = column_of(draft, field->column);
    bool has_paths = draft->facts->shape != SHAPE_CSV && draft->facts->shape != SHAPE_REPORT;
    if (has_paths) add_item_json(items, "path", column->label, false);
    if (wants_alias(draft, column)) add_item_json(items, "aliases", column->name, true);
    if (field->role) add_item_json(items, "role", view_of(field->role), false);
    if (schema_title_is_reserved(column->label)) {
        char *title = memory_print("ServiceTitan %.*s", VIEW_ARGS(column->label));
        add_item_json(items, "as", view_of(title), false);
        free(title);
    }
    if (has_word(field, "number")) add_number_items(draft, field, items);
    if (has_word(field, "duration") && field->guess.kind == LABEL_HOURS) add_item(items, "\"aggregate\": \"sum\"");
    if (has_word(field, "boolean") && !field->role) add_item(items, "\"aggregate\": \"count\"");
    if (has_word(field, "string") && (field->guess.kind == LABEL_GROUP || field->guess.kind == LABEL_STATUS))
        add_item(items, "\"aggregate\": \"group\"");
    if (field->guess.kind == LABEL_PRIVATE && !field->role) add_item(items, "\"private\": true");
}

static void add_field(const struct draft *draft, const struct draft_field *field, bool *is_first, struct buffer *out) {
    const struct profile_column *column = column_of(draft, field->column);
    struct items items = {{0}};
    enum profile_order order = profile_order(column);
    bool is_date = has_word(field, "date") || has_word(field, "datetime");
    buffer_add_text(out, *is_first ? "" : ",\n");
    *is_first = false;
    if (field->role)
        add_role_comment(draft, field, out);
    else
        add_other_comment(draft, field, out);
    add_value_comment(draft, field, out);
    buffer_add_text(out, "    {\"name\": ");
    json_string(out, column->label);
    buffer_print(out, ", \"type\": \"%s\"", field->word);
    if (is_date && (order == PROFILE_ORDER_MDY || order == PROFILE_ORDER_DMY))
        buffer_add_text(out, order == PROFILE_ORDER_MDY ? ", \"format\": \"%m/%d/%Y\"" : ", \"format\": \"%d/%m/%Y\"");
    add_items(draft, field, &items);
    if (items.text.length > 0) buffer_print(out, ", \"plecto\": {%.*s}", VIEW_ARGS(buffer_view(&items.text)));
    buffer_add_char(out, '}');
    buffer_free(&items.text);
}

static void add_left_out(const struct draft *draft, struct buffer *out) {
    for (size_t i = 0; i < draft->field_count; i++) {
        if (draft->fields[i].word) continue;
        buffer_print(out, "    // left out: column %zu", i + 1);
        if (column_of(draft, i)->label.length > 0) {
            buffer_add_text(out, ", ");
            plain_add(out, column_of(draft, i)->label);
        }
        buffer_print(out, ": %s\n", draft->fields[i].left_out);
    }
}

void draft_write(const struct draft *draft, struct buffer *out) {
    const size_t first[] = {draft->id, draft->person, draft->date};
    bool is_first = true;
    add_head(draft, out);
    for (size_t i = 0; i < 3; i++)
        if (first[i] != SIZE_MAX) add_field(draft, &draft->fields[first[i]], &is_first, out);
    for (size_t i = 0; i < draft->field_count; i++) {
        bool is_written = i == draft->id || i == draft->person || i == draft->date;
        if (draft->fields[i].word && !is_written) add_field(draft, &draft->fields[i], &is_first, out);
    }
    buffer_add_char(out, '\n');
    add_left_out(draft, out);
    buffer_add_text(out, "  ]\n}\n");
}
