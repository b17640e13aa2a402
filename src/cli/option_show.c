/* option_show.c: see option_show.h. */
#include "cli/option_show.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "cli/convert_options.h"
#include "cli/option_values.h"
#include "report/result.h"

static void add(struct result_option *shown, const char *text) {
    if (text) result_option_add(shown, view_of(text));
}

/* Adds the text and frees it. */
static void add_buffer(struct result_option *shown, struct buffer *text) {
    result_option_add(shown, buffer_view(text));
    buffer_free(text);
}

static void show_number(const struct option_rule *rule, uint64_t number, struct result_option *shown) {
    struct buffer text = {0};
    shown->is_bare = true;
    buffer_print(&text, "%llu", (unsigned long long)(number == 0 ? rule->otherwise : number));
    add_buffer(shown, &text);
}

static void show_word(const struct option_rule *rule, uint64_t number, struct result_option *shown) {
    for (size_t i = 0; i < rule->word_count; i++)
        if ((uint64_t)rule->words[i].value == number) add(shown, rule->words[i].text);
}

void show_by_kind(const struct showing *showing, struct result_option *shown) {
    const struct option_rule *rule = showing->rule;
    const struct convert_settings *settings = showing->settings;
    if (rule->given.size > 0 && !option_number_at(settings, rule->given)) return;
    switch (rule->kind) {
    case TAKES_NONE:
        shown->is_bare = true;
        add(shown, option_number_at(settings, rule->place) ? "true" : "false");
        return;
    case TAKES_NUMBER:
    case TAKES_SIZE: show_number(rule, option_number_at(settings, rule->place), shown); return;
    case TAKES_WORD: show_word(rule, option_number_at(settings, rule->place), shown); return;
    case TAKES_TEXT:
    case TAKES_ANY_TEXT: add(shown, option_text_at(settings, rule->place)); return;
    case TAKES_SECONDS:
    case TAKES_READ: return;
    }
}

void show_text(const struct showing *showing, struct result_option *shown) {
    add(shown, option_text_at(showing->settings, showing->rule->place));
}

void show_sign(const struct showing *showing, struct result_option *shown) {
    char sign = (char)option_number_at(showing->settings, showing->rule->place);
    if (sign) result_option_add(shown, view_from(&sign, 1));
}

void show_schema(const struct showing *showing, struct result_option *shown) {
    add(shown, strcmp(showing->result->schema_file, "built-in") == 0 ? showing->result->schema_name
                                                                     : showing->result->schema_file);
}

void show_days(const struct showing *showing, struct result_option *shown) {
    if (option_text_at(showing->settings, showing->rule->place)) add(shown, showing->result->period);
}

void show_oldest(const struct showing *showing, struct result_option *shown) {
    if (!showing->settings->run.has_oldest) return;
    struct buffer text = {0};
    date_print(&text, showing->settings->run.oldest);
    add_buffer(shown, &text);
}

void show_per(const struct showing *showing, struct result_option *shown) {
    add(shown, showing->result->per);
}

void show_to(const struct showing *showing, struct result_option *shown) {
    const struct run_options *run = &showing->settings->run;
    struct buffer text = {0};
    for (size_t i = 0; i < OUTPUT_TO_COUNT; i++)
        if (run->to[i] && !(i == OUTPUT_CSV && run->csv_is_unwanted))
            buffer_print(&text, "%s%s", text.length > 0 ? "," : "", output_kinds[i].word);
    add_buffer(shown, &text);
}

void show_fields(const struct showing *showing, struct result_option *shown) {
    shown->is_list = true;
    for (size_t i = 0; i < showing->settings->run.field_count; i++) {
        const struct chosen_field *field = &showing->settings->run.fields[i];
        struct buffer text = {0};
        buffer_print(&text, "%s%s%s", field->name, field->title ? "=" : "", field->title ? field->title : "");
        add_buffer(shown, &text);
    }
}

void show_expects(const struct showing *showing, struct result_option *shown) {
    shown->is_list = true;
    for (size_t i = 0; i < showing->settings->reconcile.expect_count; i++)
        add(shown, showing->settings->reconcile.expects[i]);
}

void show_drops(const struct showing *showing, struct result_option *shown) {
    shown->is_list = true;
    for (size_t i = 0; i < showing->settings->run.drop_count; i++)
        add(shown, showing->settings->run.drops[i]);
}

void show_companions(const struct showing *showing, struct result_option *shown) {
    shown->is_list = true;
    for (size_t i = 0; i < showing->settings->run.companion_count; i++)
        add(shown, showing->settings->run.companions[i]);
}

static void show_files(const struct result *result, enum file_role role, struct result_option *shown) {
    shown->is_list = true;
    for (size_t i = 0; i < result->inputs.count; i++)
        if (result->inputs.list[i].role == role) add(shown, result->inputs.list[i].path);
}

void show_rosters(const struct showing *showing, struct result_option *shown) {
    show_files(showing->result, FILE_ROSTER, shown);
}

void show_fixes(const struct showing *showing, struct result_option *shown) {
    show_files(showing->result, FILE_FIXES, shown);
}
