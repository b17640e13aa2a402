/* convert_values.c: see convert_values.h. */
#include "cli/convert_values.h"

#include <stdlib.h>

#include "base/memory.h"
#include "cli/convert_options.h"
#include "cli/option_values.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* --- how a file is read ------------------------------------------------------------------------------------- */

bool read_delimiter(const char *value, void *context, struct error *error) {
    static const struct option_word words[] = {
        {"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"pipe", '|'}, {"\\t", '\t'}};
    struct convert_settings *settings = context;
    int sign = 0;
    if (strlen(value) == 1 && *value != '"' && *value != '\n' && *value != '\r' && *value > 0)
        sign = (unsigned char)*value;
    else if (!options_word("--delimiter", value, words, COUNT(words), &sign, error))
        return error_fix(error, "--delimiter takes comma, semicolon, tab, pipe or one character");
    settings->run.input.delimiter = (char)sign;
    return true;
}

bool read_encoding(const char *value, void *context, struct error *error) {
    static const char *const names[] = {"utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1252", "cp1252"};
    struct convert_settings *settings = context;
    for (size_t i = 0; i < COUNT(names); i++)
        if (view_equal_fold(view_of(value), view_of(names[i]))) {
            settings->run.input.encoding = names[i];
            return true;
        }
    const char *nearest = options_nearest(value, names, COUNT(names));
    bool is_latin = view_starts_with(view_of(value), "latin") || view_starts_with(view_of(value), "iso-8859-1");
    error_set(error, EXIT_WRONG_USE, "--encoding \"%s\" is unknown%s%s%s", value, nearest ? "; did you mean " : "",
              nearest ? nearest : "", nearest ? "?" : "");
    return error_fix(error, is_latin ? "Write --encoding windows-1252. It has all of Latin-1 that files use."
                                     : "--encoding takes utf-8, utf-16, utf-16le, utf-16be or windows-1252");
}

/* --- what is written ---------------------------------------------------------------------------------------- */

static bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* 32 hex digits, bare or in groups of 8-4-4-4-12. */
static bool is_uuid(const char *text) {
    size_t length = strlen(text);
    if (length != 32 && length != 36) return false;
    for (size_t i = 0; i < length; i++) {
        bool is_dash = length == 36 && (i == 8 || i == 13 || i == 18 || i == 23);
        if (is_dash ? text[i] != '-' : !is_hex(text[i])) return false;
    }
    return true;
}

bool read_data_source(const char *value, void *context, struct error *error) {
    struct convert_settings *settings = context;
    settings->run.data_source = value;
    if (is_uuid(value)) return true;
    error_set(error, EXIT_WRONG_USE, "--data-source \"%s\" is not a UUID (32 hex digits, with or without dashes)",
              value);
    return error_fix(error, "Copy it from the address of the data source in Plecto. Example: "
                            "0f8fad5b-d9cb-469f-a165-70867728950e");
}

bool read_to(const char *value, void *context, struct error *error) {
    struct option_word words[OUTPUT_TO_COUNT];
    for (int i = 0; i < OUTPUT_TO_COUNT; i++)
        words[i] = (struct option_word){output_kinds[i].word, i};
    struct run_options *run = &((struct convert_settings *)context)->run;
    memset(run->to, 0, sizeof run->to);
    struct view rest = view_of(value);
    for (bool is_last = false; !is_last;) {
        const char *comma = rest.length > 0 ? memchr(rest.text, ',', rest.length) : NULL;
        is_last = comma == NULL;
        struct view part = comma ? view_from(rest.text, (size_t)(comma - rest.text)) : rest;
        char *word = memory_copy(view_trim(part));
        int which = 0;
        bool is_fine = options_word("--to", word, words, OUTPUT_TO_COUNT, &which, error);
        free(word);
        if (!is_fine) return error_fix(error, "--to takes csv, jsonl, xlsx, review, or several of them with commas");
        run->to[which] = true;
        if (comma) rest = view_from(comma + 1, rest.length - part.length - 1);
    }
    bool has_workbook = run->to[OUTPUT_XLSX] || run->to[OUTPUT_REVIEW];
    run->csv_is_unwanted = has_workbook && !run->to[OUTPUT_CSV];
    run->to[OUTPUT_CSV] = run->to[OUTPUT_CSV] || has_workbook;
    return true;
}

bool read_per(const char *value, void *context, struct error *error) {
    struct convert_settings *settings = context;
    struct run_options *run = &settings->run;
    free(settings->per);
    free(run->group_fields);
    settings->per = memory_copy(view_of(value));
    run->group_fields = memory_get_zero(strlen(value) + 1, sizeof *run->group_fields);
    run->group_count = 0;
    run->per_employee = false;
    for (char *part = settings->per; part;) {
        char *comma = strchr(part, ',');
        if (comma) *comma = '\0';
        struct view name = view_trim(view_of(part));
        if (name.length == 0) {
            error_set(error, EXIT_WRONG_USE, "--per \"%s\" has an empty field name", value);
            return error_fix(error, "Write for example --per employee,\"Business Unit\"");
        }
        ((char *)part)[(size_t)(name.text - part) + name.length] = '\0';
        if (view_equal_fold(name, view_of("employee")))
            run->per_employee = true;
        else
            run->group_fields[run->group_count++] = name.text;
        part = comma ? comma + 1 : NULL;
    }
    return true;
}

bool read_field(const char *value, void *context, struct error *error) {
    struct convert_settings *settings = context;
    struct run_options *run = &settings->run;
    const char *equals = strchr(value, '=');
    if (*value == '\0' || equals == value || (equals && equals[1] == '\0')) {
        error_set(error, EXIT_WRONG_USE, "--field \"%s\" lacks a %s", value,
                  equals && equals != value ? "title" : "name");
        return error_fix(error, "Write --field NAME or --field NAME=TITLE, such as --field \"Customer City=City\"");
    }
    void *items = settings->fields;
    memory_grow(&items, &settings->field_capacity, run->field_count + 1, sizeof *settings->fields);
    settings->fields = items;
    char *name = memory_copy(view_of(value));
    struct chosen_field *field = &settings->fields[run->field_count++];
    *field = (struct chosen_field){.name = name};
    if (equals) {
        name[equals - value] = '\0';
        field->title = name + (equals - value) + 1;
    }
    run->fields = settings->fields;
    return true;
}

bool read_drop(const char *value, void *context, struct error *error) {
    struct convert_settings *settings = context;
    (void)error;
    void *items = settings->run.drops;
    memory_grow(&items, &settings->drop_capacity, settings->run.drop_count + 1, sizeof *settings->run.drops);
    settings->run.drops = items;
    settings->run.drops[settings->run.drop_count++] = value;
    return true;
}

/* --- files --------------------------------------------------------------------------------------------------- */

bool read_companion(const char *value, void *context, struct error *error) {
    struct convert_settings *settings = context;
    (void)error;
    struct run_options *run = &settings->run;
    void *items = settings->companions;
    memory_grow(&items, &settings->companion_capacity, run->companion_count + 1, sizeof *settings->companions);
    settings->companions = items;
    settings->companions[run->companion_count++] = (char *)value;
    run->companions = settings->companions;
    return true;
}

bool read_roster(const char *value, void *context, struct error *error) {
    struct convert_settings *settings = context;
    return roster_load(value, &settings->roster, error);
}

bool read_fixes(const char *value, void *context, struct error *error) {
    struct convert_settings *settings = context;
    return fixes_load(value, &settings->fixes, error);
}

bool read_report_format(const char *value, void *context, struct error *error) {
    struct convert_settings *settings = context;
    return report_requests_add(value, &settings->reports, error);
}
