/* test_answer_judge.c: what an answer of success confirms. The matrix: each body that a server may send about what it kept
 * of a list, under each status, for lists of several lengths; nothing that it did not keep is ever taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/sanitized.h"
#include "upload/answer_judge.h"

#define MOST 100
#define FIRST_ID 7001

struct list {
    struct answer_sent sent[MOST];
    char ids[MOST][8], lines[MOST][160];
    bool kept[MOST];
    size_t count, kept_count;
};

static void make_list(struct list *list, size_t count, int keeps) {
    list->count = count;
    list->kept_count = 0;
    for (size_t i = 0; i < count; i++) {
        snprintf(list->ids[i], sizeof list->ids[i], "%zu", FIRST_ID + i);
        /* fields that are called like words of the server */
        snprintf(list->lines[i], sizeof list->lines[i],
                 "{\"external_id\":\"%zu\",\"date\":\"2025-10-13T12:00:00-05:00\",\"Status\":\"Failed\",\"Errors\":3,"
                 "\"Success\":false,\"Message\":\"none here\"}",
                 FIRST_ID + i);
        list->sent[i] = (struct answer_sent){view_of(list->ids[i]), view_of(list->lines[i])};
        const bool is_kept[] = {true, false, i<(count + 1) / 2, i> 0, i + 1 < count, i % 2 == 0};
        list->kept[i] = is_kept[keeps];
        list->kept_count += list->kept[i];
    }
}

/* `format` with %s for the ID, of those that were kept (or not), between commas. */
static void each(struct buffer *out, const struct list *list, const char *format, bool is_kept) {
    bool is_first = out->length == 0 || out->text[out->length - 1] == '[' || out->text[out->length - 1] == '{';
    for (size_t i = 0; i < list->count; i++) {
        if (list->kept[i] != is_kept) continue;
        if (!is_first) buffer_add_char(out, ',');
        is_first = false;
        for (const char *at = format; *at; at++) {
            if (*at == '%')
                buffer_add_text(out, list->ids[i]);
            else
                buffer_add_char(out, *at);
        }
    }
}

struct form {
    const char *head, *kept, *lost, *tail; /* kept, lost: for each such registration; NULL: not named */
    bool is_complete;                      /* names all: then all kept means that it says all */
};

static const struct form forms[] = {
    {"[", "{\"uuid\":\"u\",\"external_id\":\"%\"}", NULL, "]", true},
    {"[", "{\"uuid\":\"u\",\"reference\":%}", NULL, "]", true},
    {"{\"next\":null,\"results\":[",
     "{\"uuid\":\"u\",\"external_id\":\"%\",\"date\":\"2025-10-13\",\"status\":\"Failed\",\"errors\":3,\"Success\":"
     "false}",
     NULL, "]}", true},
    /* each says whether it was made */
    {"[", "{\"external_id\":\"%\",\"created\":true}", "{\"external_id\":\"%\",\"created\":false}", "]", true},
    {"[", "{\"external_id\":\"%\",\"created\":false,\"updated\":true}",
     "{\"external_id\":\"%\",\"created\":false,\"updated\":false}", "]", true},
    {"[", "{\"external_id\":\"%\",\"inserted\":1}", "{\"external_id\":\"%\",\"inserted\":0}", "]", true},
    {"[", "{\"external_id\":\"%\",\"result\":\"OK\"}", "{\"external_id\":\"%\",\"result\":\"ERROR\"}", "]", true},
    {"[", "{\"external_id\":\"%\",\"verdict\":\"fine\"}", "{\"external_id\":\"%\",\"verdict\":\"rejected\"}", "]",
     true},
    {"[", "{\"external_id\":\"%\",\"uuid\":\"u\"}", "{\"external_id\":\"%\",\"uuid\":null}", "]", true},
    {"[", "{\"external_id\":\"%\",\"uuid\":\"u\",\"id\":null}", "{\"external_id\":\"%\",\"uuid\":\"\"}", "]", true},
    {"{\"results\":[", "{\"external_id\":\"%\",\"is_deleted\":false}", NULL, "]}", true},
    /* all are named, and the whole says otherwise */
    {"{\"created\":0,\"data\":[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\"}", "]}", false},
    {"{\"count\":0,\"data\":[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\"}", "]}", false},
    {"{\"dry_run\":true,\"data\":[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\"}", "]}", false},
    {"{\"status\":\"partial\",\"data\":[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\"}", "]}", false},
    {"{\"detail\":\"Not allowed.\",\"data\":[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\"}", "]}", false},
    /* what was sent, and nothing else: a mirror */
    {"[", "{\"external_id\":\"%\",\"date\":\"2025-10-13T12:00:00-05:00\",\"Errors\":3}",
     "{\"external_id\":\"%\",\"date\":\"2025-10-13T12:00:00-05:00\",\"Errors\":3}", "]", false},
    /* its own fields, which are called like words of a server, again and further in */
    {"{\"results\":[", "{\"Status\":\"Failed\",\"external_id\":\"%\",\"uuid\":\"u\",\"date\":\"2025-10-13\"}", NULL,
     "]}", true},
    {"[",
     "{\"external_id\":\"%\",\"uuid\":\"u\",\"date\":\"2025-10-13\",\"data\":{\"Status\":\"Failed\",\"Errors\":\"3."
     "00\"}}",
     NULL, "]", true},
    {"[", "{\"external_id\":\"%\",\"uuid\":\"u\",\"date\":\"2025-10-13\",\"fields\":{\"Status\":\"Failed\"}}", NULL,
     "]", true},
    /* later, only tried, or less than was sent */
    {"{\"queued\":true,\"data\":[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\"}", "]}", false},
    {"{\"preview\":true,\"data\":[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\"}", "]}", false},
    {"{\"committed\":false,\"data\":[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\"}", "]}", false},
    {"{\"created_count\":0,\"data\":[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\"}", "]}", false},
    {"{\"rows_affected\":0,\"data\":[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\"}", "]}", false},
    {"{\"status\":302,\"data\":[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\"}", "]}", false},
    {"[", "{\"external_id\":\"%\",\"deleted\":false}", "{\"external_id\":\"%\",\"deleted\":true}", "]", true},
    {"{\"created\":[", "\"%\"", NULL, "]}", true},
    {"{\"failed\":[", NULL, "\"%\"", "]}", false},
    {"[", "{\"external_id\":\"%\",\"status\":201}", "{\"external_id\":\"%\",\"status\":400}", "]", true},
    {"[", "{\"external_id\":\"%\",\"status\":\"created\"}", "{\"external_id\":\"%\",\"status\":\"rejected\"}", "]",
     true},
    {"[", "{\"external_id\":\"%\",\"status\":\"ok\"}", "{\"external_id\":\"%\",\"status\":\"queued\"}", "]", true},
    {"[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\",\"errors\":{\"a\":[\"b\"]}}", "]", true},
    {"[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\",\"Errors\":4}", "]", true},
    {"[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\",\"success\":\"no\"}", "]", true},
    {"[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\",\"response\":{\"error\":\"bad\"}}", "]", true},
    {"{\"data\":{\"items\":[", "{\"external_id\":\"%\",\"code\":200}", "{\"external_id\":\"%\",\"code\":\"422\"}",
     "]}}", true},
    {"{", "\"%\":{\"status\":200}", "\"%\":{\"status\":422}", "}", true},
    {"{\"pending\":[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\"}", "]}", false},
    {"{\"results\":[", "%", "%", "]}", false}, /* numbers: statuses as well as IDs */
    {"{\"proxy\":\"cache\",\"request\":{\"method\":\"POST\",\"body\":[", "{\"external_id\":\"%\"}",
     "{\"external_id\":\"%\"}", "]}}", false}, /* what was sent, said back */
    {"{\"job\":{\"id\":1,\"data\":{\"items\":[", "\"%\"", "\"%\"", "]}}}", false},
    {"{\"errors\":[\"one was bad\"],\"results\":[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\"}", "]}", false},
    {"{\"success\":false,\"results\":[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\"}", "]}", false},
    {"{\"created\":99,\"failed\":1,\"results\":[", "{\"external_id\":\"%\"}", "{\"external_id\":\"%\"}", "]}", false},
};
/* Without a word about any registration. */
static const char *const general[] = {"",
                                      "[]",
                                      "{}",
                                      "null",
                                      "\"OK\"",
                                      "{\"detail\":\"Authentication credentials were not provided.\"}",
                                      "{\"message\":\"maintenance\"}",
                                      "{\"created\":99,\"failed\":1}",
                                      "{\"status\":\"success\"}",
                                      "{\"success\":true}",
                                      "[{},{}]",
                                      "0",
                                      "100",
                                      "true",
                                      "false",
                                      "{\"id\":7001}",
                                      "{\"uuid\":\"7001\"}",
                                      "{\"count\":7001,\"7001\":\"created\"}",
                                      "{\"task\":\"7001\"}",
                                      "[7001]",
                                      "{\"warnings\":[]}",
                                      "<html>not JSON</html>",
                                      "[[[[[[[[[[[\"7001\"]]]]]]]]]]]"};

#if defined(IS_SANITIZED) && !defined(ALL_INPUTS)
#define LONG_STEP 4 /* of a long list the first and the last status only: all of them without sanitizers, at night */
#else
#define LONG_STEP 1
#endif

static void matrix(void **state) {
    static const long statuses[] = {200, 201, 202, 204, 207};
    static const size_t counts[] = {1, 2, 99, 100}, step[] = {1, LONG_STEP};
    struct list *list = malloc(sizeof *list);
    size_t combinations = 0, wrong = 0, all = 0;
    (void)state;
    assert_non_null(list);
    for (size_t f = 0; f < sizeof forms / sizeof *forms + sizeof general / sizeof *general; f++)
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
            for (int keeps = 0; keeps < 6; keeps++)
                for (size_t s = 0; s < sizeof statuses / sizeof *statuses; s += step[c > 1]) {
                    const struct form *form = f < sizeof forms / sizeof *forms ? &forms[f] : NULL;
                    enum answer_item items[MOST];
                    struct buffer body = {0};
                    make_list(list, counts[c], keeps);
                    buffer_add_text(&body, form ? form->head : general[f - sizeof forms / sizeof *forms]);
                    if (form && form->kept) each(&body, list, form->kept, true);
                    if (form && form->lost) each(&body, list, form->lost, false);
                    if (form) buffer_add_text(&body, form->tail);
                    struct answer_verdict verdict =
                        answer_judge(statuses[s], buffer_view(&body), list->sent, list->count, items);
                    bool is_wrong = verdict.kind == ANSWER_SAYS_ALL && list->kept_count < list->count;
                    for (size_t i = 0; i < list->count; i++)
                        is_wrong = is_wrong || (items[i] == ANSWER_TAKEN && !list->kept[i]);
                    if (is_wrong)
                        print_error("%ld %zu keeps %d: %.*s\n", statuses[s], list->count, keeps,
                                    (int)(body.length < 300 ? body.length : 300), body.text);
                    wrong += is_wrong;
                    bool is_all = form && form->is_complete && list->kept_count == list->count && statuses[s] != 202;
                    if (is_all) assert_int_equal(verdict.kind, ANSWER_SAYS_ALL);
                    all += is_all;
                    combinations++;
                    buffer_free(&body);
                }
    print_message("combinations: %zu, of which say all: %zu, confirmed wrongly: %zu\n", combinations, all, wrong);
    assert_int_equal(wrong, 0);
    free(list);
}

/* Which kind, and what becomes of the two that were sent. */
static void kinds(void **state) {
    static const struct {
        const char *body;
        enum answer_kind kind;
        enum answer_item first, second;
    } cases[] = {
        {"", ANSWER_SAYS_NOTHING, ANSWER_OPEN, ANSWER_OPEN},
        {"[]", ANSWER_SAYS_NOTHING, ANSWER_OPEN, ANSWER_OPEN},
        {"null", ANSWER_SAYS_NOTHING, ANSWER_OPEN, ANSWER_OPEN},
        {"[{},{}]", ANSWER_SAYS_NOTHING, ANSWER_OPEN, ANSWER_OPEN},
        {"{\"status\":\"success\"}", ANSWER_SAYS_NOTHING, ANSWER_OPEN, ANSWER_OPEN},
        {"{\"created\":2,\"errors\":[],\"error\":null}", ANSWER_SAYS_NOTHING, ANSWER_OPEN, ANSWER_OPEN},
        {"[{\"uuid\":\"u\"},{\"uuid\":null}]", ANSWER_SAYS_OTHER, ANSWER_OPEN, ANSWER_OPEN},
        {"{\"created\":false}", ANSWER_SAYS_OTHER, ANSWER_OPEN, ANSWER_OPEN},
        {"{\"created\":1,\"updated\":1,\"data\":[\"7001\",\"7002\"]}", ANSWER_SAYS_ALL, ANSWER_TAKEN, ANSWER_TAKEN},
        {"{\"created\":1,\"updated\":0,\"data\":[\"7001\",\"7002\"]}", ANSWER_SAYS_OTHER, ANSWER_OPEN, ANSWER_OPEN},
        {"{\"detail\":\"2 were stored\",\"data\":[\"7001\",\"7002\"]}", ANSWER_SAYS_NOTHING, ANSWER_OPEN, ANSWER_OPEN},
        {"{\"created\":1}", ANSWER_SAYS_OTHER, ANSWER_OPEN, ANSWER_OPEN},
        {"[{}]", ANSWER_SAYS_OTHER, ANSWER_OPEN, ANSWER_OPEN},
        {"{\"message\":\"maintenance\"}", ANSWER_SAYS_OTHER, ANSWER_OPEN, ANSWER_OPEN},
        {"{\"errors\":[\"no such employee\"],\"data\":[\"7001\",\"7002\"]}", ANSWER_SAYS_OTHER, ANSWER_OPEN,
         ANSWER_OPEN},
        /* an error that names no one may be about anyone, be it in a list of any name */
        {"{\"created\":[\"7001\"],\"notes\":[\"failed\"]}", ANSWER_SAYS_OTHER, ANSWER_OPEN, ANSWER_OPEN},
        {"{\"created\":[\"7001\"],\"notes\":[false]}", ANSWER_SAYS_OTHER, ANSWER_OPEN, ANSWER_OPEN},
        {"{\"error\":true}", ANSWER_SAYS_OTHER, ANSWER_OPEN, ANSWER_OPEN},
        {"[{\"external_id\":\"7001\"}]", ANSWER_SAYS_OTHER, ANSWER_TAKEN, ANSWER_OPEN},
        {"{\"created\":[\"7001\",\"7002\"],\"failed\":[\"7002\"]}", ANSWER_SAYS_OTHER, ANSWER_TAKEN, ANSWER_REFUSED},
        {"{\"errors\":{\"7001\":[\"bad\"]},\"created\":[\"7002\"]}", ANSWER_SAYS_OTHER, ANSWER_REFUSED, ANSWER_TAKEN},
        {"[{\"external_id\":\"7001\",\"errors\":[]},{\"external_id\":\"7002\",\"error\":null}]", ANSWER_SAYS_ALL,
         ANSWER_TAKEN, ANSWER_TAKEN},
        /* a field of its own that came back otherwise refuses nothing */
        {"[{\"external_id\":\"7001\",\"date\":\"2025-10-13\",\"uuid\":\"u\",\"Errors\":4},{\"external_id\":\"7002\"}]",
         ANSWER_SAYS_OTHER, ANSWER_OPEN, ANSWER_TAKEN},
        {"{\"queued\":2,\"data\":[\"7001\",\"7002\"]}", ANSWER_SAYS_OTHER, ANSWER_OPEN, ANSWER_OPEN},
        {"{\"created_count\":1,\"updated_count\":1,\"data\":[\"7001\",\"7002\"]}", ANSWER_SAYS_ALL, ANSWER_TAKEN,
         ANSWER_TAKEN},
        {"[{\"external_id\":\"7001\",\"Status\":\"Failed\"},{\"external_id\":\"7002\",\"status\":\"failed again\"}]",
         ANSWER_SAYS_OTHER, ANSWER_TAKEN, ANSWER_REFUSED}, /* the first is its own field */
    };
    struct list *list = malloc(sizeof *list);
    (void)state;
    assert_non_null(list);
    make_list(list, 2, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum answer_item items[2];
        struct answer_verdict verdict = answer_judge(200, view_of(cases[i].body), list->sent, 2, items);
        if (verdict.kind != cases[i].kind || items[0] != cases[i].first || items[1] != cases[i].second)
            fail_msg("%s: kind %d, %d and %d", cases[i].body, (int)verdict.kind, (int)items[0], (int)items[1]);
    }
    free(list);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(matrix), cmocka_unit_test(kinds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
