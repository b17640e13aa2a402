/* test_options.c: the table of options against what is made of it or said of it: rows that are whole, the help pages, the
 * man page. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/table.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "cli/pages.h"

static const struct command *const commands[] = {
    &command_convert, &command_validate, &command_apply,     &command_report, &command_inspect,
    &command_schema,  &command_explain,  &command_plan,      &command_upload, &command_datasource,
    &command_members, &command_verify,   &command_reconcile, &command_trace,  &command_help,
};
#define COMMAND_COUNT (sizeof commands / sizeof *commands)

static void rows_are_whole(void **state) {
    (void)state;
    for (size_t i = 0; i < option_table_count; i++) {
        const struct option_rule *rule = &option_table[i];
        bool has_value = rule->kind != TAKES_NONE, is_read = rule->kind == TAKES_READ;
        if ((rule->argument != NULL) != has_value)
            fail_msg("--%s: its value is not shown as its kind says", rule->name);
        if ((rule->read != NULL) != is_read) fail_msg("--%s: who reads it?", rule->name);
        if (!is_read && rule->place.size == 0) fail_msg("--%s is stored nowhere", rule->name);
        if ((rule->kind == TAKES_WORD) != (rule->word_count > 0)) fail_msg("--%s: words or none", rule->name);
        if (rule->shapes_output && is_read && !rule->show) fail_msg("--%s: what does the receipt say?", rule->name);
        if (rule->is_compared && !rule->shapes_output) fail_msg("--%s: compared with nothing", rule->name);
        if (rule->letter && !isalpha((unsigned char)rule->letter)) fail_msg("-%c is no letter", rule->letter);
        for (size_t k = 0; k < i; k++) {
            const struct option_rule *other = &option_table[k];
            bool is_same = strcmp(other->name, rule->name) == 0;
            if (is_same != (other->id == rule->id)) fail_msg("--%s and --%s: one id a name", rule->name, other->name);
            if ((other->commands & rule->commands) == 0) continue;
            if (is_same) fail_msg("--%s is there twice for one command", rule->name);
            if (rule->letter && rule->letter == other->letter)
                fail_msg("--%s and --%s: one letter", rule->name, other->name);
        }
    }
}

static void keys_are_one_each(void **state) {
    (void)state;
    for (size_t i = 0; i < option_table_count; i++)
        for (size_t k = 0; k < i; k++) {
            const struct option_rule *one = &option_table[i], *other = &option_table[k];
            if (one->is_key && other->is_key && one->id == other->id) fail_msg("the key %s is there twice", one->name);
            if (one->rank > 0 && one->rank == other->rank) fail_msg("%s and %s: one rank", one->name, other->name);
        }
}

/* Each option of a command stands once on its page, and the page names no other. */
static void pages_name_the_options(void **state) {
    (void)state;
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        struct page_reader page;
        struct page_piece piece;
        bool is_named[OPTION_COUNT] = {false};
        page_start(&page, commands[i]->name);
        while (page_next(&page, &piece)) {
            if (piece.option.length == 0) continue;
            const struct option_rule *rule = option_find(commands[i]->options, piece.option);
            if (!rule) fail_msg("%s has no --%.*s", commands[i]->name, VIEW_ARGS(piece.option));
            if (is_named[rule->id - OPTION_FIRST]) fail_msg("%s: --%s twice", commands[i]->name, rule->name);
            is_named[rule->id - OPTION_FIRST] = true;
        }
        for (size_t k = 0; k < option_table_count; k++)
            if ((option_table[k].commands & commands[i]->options) && !is_named[option_table[k].id - OPTION_FIRST])
                fail_msg("the page of %s lacks --%s", commands[i]->name, option_table[k].name);
    }
}

static void pages_begin_with_examples(void **state) {
    (void)state;
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        struct buffer page = {0};
        help_page(commands[i], true, &page);
        assert_true(view_starts_with(buffer_view(&page), "Examples:\n"));
        assert_null(memchr(page.text, '@', page.length));
        assert_null(memchr(page.text, '{', page.length));
        buffer_free(&page);
    }
}

/* --- the man page ----------------------------------------------------------------------------------------- */

/* The page without its escapes: "\-" is a dash. The caller frees. */
static char *man_page(void) {
    FILE *stream = fopen("src/cli/st2plecto.1", "rb");
    struct buffer text = {0};
    assert_non_null(stream);
    for (int c; (c = fgetc(stream)) != EOF;)
        if (c != '\\') buffer_add_char(&text, (char)c);
    fclose(stream);
    return buffer_take(&text);
}

static size_t name_length(const char *text) {
    return strspn(text, "abcdefghijklmnopqrstuvwxyz-");
}

static bool is_option(struct view name) {
    return view_is(name, "version") || option_find(~0u, name) != NULL;
}

static void man_page_names_the_options(void **state) {
    (void)state;
    char *page = man_page();
    struct table *named = table_create();
    for (const char *at = strstr(page, "--"); at; at = strstr(at + 2, "--")) {
        struct view name = view_from(at + 2, name_length(at + 2));
        if (name.length == 0) continue;
        if (!is_option(name)) fail_msg("the man page knows --%.*s", VIEW_ARGS(name));
        table_add(named, name, NULL);
    }
    for (size_t i = 0; i < option_table_count; i++)
        if (table_find(named, view_of(option_table[i].name)) == SIZE_MAX)
            fail_msg("the man page lacks --%s", option_table[i].name);
    table_destroy(named);
    free(page);
}

/* The words of a paragraph of the man page that begins with `from`, up to `to`. */
static struct table *words_between(const char *page, const char *from, const char *to) {
    struct table *words = table_create();
    const char *at = strstr(page, from), *end = at ? strstr(at, to) : NULL;
    assert_non_null(end);
    for (at += strlen(from); at < end;) {
        size_t length = name_length(at);
        if (length > 0) table_add(words, view_from(at, length), NULL);
        at += length > 0 ? length : 1;
    }
    return words;
}

static void check_keys(struct table *words, bool of_schema) {
    size_t count = 0;
    for (size_t i = 0; i < option_table_count; i++) {
        const struct option_rule *rule = &option_table[i];
        if (of_schema ? rule->rank == 0 : !rule->is_key) continue;
        const char *key = rule->form == FORM_FIELDS ? "fields" : rule->name;
        if (table_find(words, view_of(key)) == SIZE_MAX) fail_msg("the man page lacks the key %s", key);
        count++;
    }
    count += !of_schema; /* schemas */
    assert_int_equal(table_count(words), count);
    table_destroy(words);
}

static void man_page_names_the_keys(void **state) {
    (void)state;
    char *page = man_page();
    check_keys(words_between(page, "Keys of the top:", "Keys of a schema:"), false);
    check_keys(words_between(page, "Keys of a schema:", ".SH"), true);
    free(page);
}

/* --- values ----------------------------------------------------------------------------------------------- */

static void sizes_are_read_exactly(void **state) {
    (void)state;
    static const struct {
        const char *text;
        uint64_t size; /* 0: refused */
    } cases[] = {{"1024", 1024},
                 {"512K", 512u << 10},
                 {"1g", 1u << 30},
                 {"1023", 0},
                 {"2G", 0},
                 {"17179869185G", 0},
                 /* 2^64 and 1 GiB */ {"99999999999", 0},
                 {"", 0},
                 {"K", 0},
                 {"1KB", 0},
                 {"1 K", 0},
                 {"123456789012", 0}};
    struct option_rule rule = *option_find(FOR_CONVERT, view_of("max-cell"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t size = 0;
        struct error error = {0};
        rule.place = (struct option_place){0, sizeof size};
        bool is_fine = option_take(&rule, cases[i].text, &size, &error);
        if (is_fine != (cases[i].size > 0) || (is_fine && size != cases[i].size)) fail_msg("%s", cases[i].text);
        error_free(&error);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_whole),
        cmocka_unit_test(keys_are_one_each),
        cmocka_unit_test(pages_name_the_options),
        cmocka_unit_test(pages_begin_with_examples),
        cmocka_unit_test(man_page_names_the_options),
        cmocka_unit_test(man_page_names_the_keys),
        cmocka_unit_test(sizes_are_read_exactly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
