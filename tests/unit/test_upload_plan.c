/* test_upload_plan.c: new, changed, vanished, held back, too old: a folder against a journal, both made here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "upload/line.h"
#include "upload/plan.h"

#define NOW "2026-01-31T06:00:00Z"
#define UUID "1b2c3d4e-5f60-7182-93a4-b5c6d7e8f901"
#define LINE(id, day, member, total, unit)                                                                             \
    "{\"external_id\":\"" id "\",\"date\":\"2025-10-" day                                                              \
    "T12:00:00-07:00\",\"member_api_provider\":\"ServiceTitan\",\"member_api_id\":\"" member                           \
    "\",\"member_name\":\"Name " member "\",\"Total\":" total ",\"Unit\":" unit "}\n"

struct place {
    char folder[64];
    struct journal *journal;
    struct journal_source source;
    struct published published;
};

/* A published folder with these lines. */
static void publish(struct place *place, const char *lines) {
    struct published *published = &place->published;
    static const struct {
        const char *title;
        enum plecto_type type;
        bool is_money;
    } fields[] = {{"Total", PLECTO_NUMBER, true}, {"Unit", PLECTO_TEXT, false}};
    published_close(published);
    *published = (struct published){.held_back = table_create(), .field_keys = table_create()};
    published->folder = memory_copy(view_of(place->folder));
    published->schema = memory_copy(view_of("jobs"));
    published->totals = memory_copy(view_of("row"));
    published->file_path = memory_print("%s/registrations.jsonl", place->folder);
    snprintf(published->first_day, sizeof published->first_day, "2025-10-01");
    snprintf(published->last_day, sizeof published->last_day, "2025-10-31");
    published->fields = memory_get_zero(2, sizeof *published->fields);
    for (size_t i = 0; i < 2; i++)
        published->fields[published->field_count++] = (struct published_field){
            .title = memory_copy(view_of(fields[i].title)), .type = fields[i].type, .is_money = fields[i].is_money};
    FILE *file = fopen(published->file_path, "w");
    assert_non_null(file);
    fputs(lines, file);
    fclose(file);
    published->file = open(published->file_path, O_RDONLY);
    struct sha256 hash;
    sha256_start(&hash);
    sha256_add(&hash, lines, strlen(lines));
    sha256_end(&hash, published->file_sha256);
}

static int set_up(void **state) {
    struct place *place = memory_get_zero(1, sizeof *place);
    struct error error = {0};
    place->published.file = -1;
    snprintf(place->folder, sizeof place->folder, "/tmp/st2plecto-plan-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    char *path = memory_print("%s/journal.db", place->folder);
    assert_true(journal_open(path, true, &place->journal, &error));
    free(path);
    place->source.uuid = memory_copy(view_of(UUID));
    place->source.schema = memory_copy(view_of("jobs"));
    place->source.totals = memory_copy(view_of("row"));
    place->source.title = memory_copy(view_of("Jobs"));
    assert_true(journal_source_add(place->journal, &place->source, NOW, &error));
    *state = place;
    return 0;
}

static int tear_down(void **state) {
    struct place *place = *state;
    char *command = memory_print("rm -rf %s", place->folder);
    published_close(&place->published);
    journal_close(place->journal);
    journal_source_free(&place->source);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): a folder of our own */
    free(command);
    free(place);
    return 0;
}

/* Sends the lines as an upload would; taken if `is_answered`. */
static void send_lines(struct place *place, const char *lines, bool is_answered) {
    struct arena *arena = arena_create(4096);
    struct sha256 started;
    struct error error = {0};
    sha256_start(&started);
    for (const char *at = lines; *at; at = strchr(at, '\n') + 1) {
        struct line line;
        struct buffer sent = {0};
        int64_t batch = 0;
        assert_true(line_read(view_from(at, strcspn(at, "\n")), arena, &line));
        line_add_sent(&sent, &line, UUID);
        struct journal_item item = {.external_id = line.external_id,
                                    .day = line_day(&line),
                                    .line = buffer_view(&sent),
                                    .provider = line.provider,
                                    .member_id = line.member_id,
                                    .member_name = line.member_name};
        line_hash(&started, item.line, item.hash);
        assert_true(journal_sending(place->journal, place->source.number, 1, &item, 1, NOW, &batch, &error));
        if (is_answered)
            assert_true(journal_taken(place->journal, place->source.number, batch, &item, 1, 201, "", NOW, &error));
        buffer_free(&sent);
    }
    arena_destroy(arena);
}

static void make(struct place *place, struct plan_options options, struct upload_plan *plan) {
    struct error error = {0};
    options.details = 100;
    if (!upload_plan_make(&place->published, place->journal, &place->source, &options, plan, &error))
        fail_msg("%s", error.message);
}

static const struct plan_detail *detail_of(const struct upload_plan *plan, const char *id) {
    for (size_t i = 0; i < plan->detail_count; i++)
        if (strcmp(plan->details[i].id, id) == 0) return &plan->details[i];
    fail_msg("%s is not told", id);
    return NULL;
}

static void changes_field_by_field(void **state) {
    struct place *place = *state;
    struct upload_plan plan;
    send_lines(place,
               LINE("1", "01", "7", "10.00", "\"A\"") LINE("2", "02", "7", "20.50", "\"A\"")
                   LINE("3", "03", "8", "5.25", "\"B\""),
               true);
    publish(place, LINE("1", "01", "7", "10.00", "\"A\"") LINE("2", "02", "9", "21.5", "null")
                       LINE("4", "04", "7", "-1.01", "\"C\""));
    make(place, (struct plan_options){0}, &plan);
    assert_int_equal(plan.counts[PLAN_UNCHANGED], 1);
    assert_int_equal(plan.counts[PLAN_CHANGED], 1);
    assert_int_equal(plan.counts[PLAN_NEW], 1);
    assert_int_equal(plan.counts[PLAN_VANISHED], 1);
    assert_int_equal(plan.item_count, 2); /* the vanished one is only reported */
    assert_int_equal(plan.send_count, 2);
    const struct plan_detail *changed = detail_of(&plan, "2");
    assert_true(changed->before == 205000 && changed->after == 215000);
    assert_int_equal(changed->difference_count, 4); /* employee's ID and name, Total, Unit */
    const struct plan_difference *unit = &changed->differences[3];
    assert_string_equal(plan.fields[unit->field].title, "Unit");
    assert_string_equal(unit->before, "A");
    assert_true(unit->is_emptied && unit->after[0] == '\0');
    assert_string_equal(changed->differences[2].before, "$20.50");
    assert_string_equal(changed->differences[2].after, "$21.50");
    assert_int_equal(plan.fields[1].emptied, 1);
    /* new -1.01, changed 20.50 to 21.50, vanished 5.25 that stays */
    assert_true(plan.fields[0].before == 205000 + 52500 && plan.fields[0].after == 215000 - 10100 + 52500);
    assert_int_equal(plan.profile_count, 1);
    assert_string_equal(plan.profiles[0].id, "9");
    /* a plan of one field fewer has that many rows in its page */
    struct buffer page = {0};
    const size_t all = plan.field_count;
    plan.field_count = 1;
    upload_plan_html(&plan, &page);
    plan.field_count = all;
    char *text = buffer_take(&page), *fields = strstr(text, "<section id=\"fields\"");
    assert_non_null(fields);
    *strstr(fields, "</section>") = '\0';
    assert_non_null(strstr(fields, ">Total</th>"));
    assert_null(strstr(fields, ">Unit</th>"));
    free(text);
    upload_plan_free(&plan);
}

static void another_spelling_of_a_number_is_no_difference(void **state) {
    struct place *place = *state;
    struct upload_plan plan;
    send_lines(place, LINE("1", "01", "7", "10.00", "\"A\""), true);
    publish(place, LINE("1", "01", "7", "10.0", "\"A\""));
    make(place, (struct plan_options){0}, &plan);
    assert_int_equal(plan.counts[PLAN_CHANGED], 1); /* other bytes are sent */
    assert_int_equal(detail_of(&plan, "1")->difference_count, 0);
    upload_plan_free(&plan);
}

static void what_is_in_doubt_is_sent_even_if_unchanged(void **state) {
    struct place *place = *state;
    struct upload_plan plan;
    send_lines(place, LINE("1", "01", "7", "10.00", "\"A\""), true);
    send_lines(place, LINE("1", "01", "7", "11.00", "\"A\""), false); /* perhaps Plecto has 11.00 */
    publish(place, LINE("1", "01", "7", "10.00", "\"A\""));           /* and the source says 10.00 again */
    make(place, (struct plan_options){0}, &plan);
    assert_int_equal(plan.counts[PLAN_AGAIN], 1);
    assert_int_equal(plan.item_count, 1);
    upload_plan_free(&plan);
}

static void vanished_ones(void **state) {
    struct place *place = *state;
    struct upload_plan plan;
    send_lines(place, LINE("1", "01", "7", "10", "\"A\"") LINE("2", "02", "7", "20", "\"A\""), true);
    send_lines(place,
               "{\"external_id\":\"9\",\"date\":\"2025-11-01T12:00:00Z\",\"member_api_provider\":\"S\","
               "\"member_api_id\":\"7\",\"member_name\":\"N\",\"Total\":1,\"Unit\":null}\n",
               true); /* of another month: the folder says nothing about it */
    publish(place, LINE("1", "01", "7", "10", "\"A\""));
    make(place, (struct plan_options){.vanished = VANISHED_DELETE}, &plan);
    assert_int_equal(plan.counts[PLAN_VANISHED], 1);
    assert_int_equal(plan.known_in_period, 2);
    assert_int_equal(plan.item_count - plan.send_count, 1);
    upload_plan_free(&plan);
    make(place, (struct plan_options){.vanished = VANISHED_ZERO}, &plan);
    assert_int_equal(plan.send_count, 1);
    assert_int_equal(plan.item_count, 1);
    upload_plan_free(&plan);
    /* sent as zero: once is enough */
    send_lines(place, LINE("2", "02", "7", "0", "\"A\""), true);
    make(place, (struct plan_options){.vanished = VANISHED_ZERO}, &plan);
    assert_int_equal(plan.counts[PLAN_VANISHED], 0);
    assert_int_equal(plan.zeroed_before, 1);
    upload_plan_free(&plan);
    /* set aside by convert: at the source, so not vanished */
    table_add(place->published.held_back, view_of("2"), NULL);
    make(place, (struct plan_options){.vanished = VANISHED_DELETE}, &plan);
    assert_int_equal(plan.counts[PLAN_VANISHED], 0);
    assert_int_equal(plan.held_back, 1);
    upload_plan_free(&plan);
}

static void rejected_rows_without_id_block_it(void **state) {
    struct place *place = *state;
    struct upload_plan plan;
    send_lines(place, LINE("1", "01", "7", "10", "\"A\"") LINE("2", "02", "7", "20", "\"A\""), true);
    publish(place, LINE("1", "01", "7", "10", "\"A\""));
    place->published.held_without_id = 1;
    make(place, (struct plan_options){.vanished = VANISHED_DELETE}, &plan);
    assert_true(plan.is_vanished_blocked);
    assert_int_equal(plan.counts[PLAN_VANISHED], 1);
    assert_int_equal(plan.item_count, 0);
    upload_plan_free(&plan);
}

static void keep(void **state) {
    struct place *place = *state;
    struct upload_plan plan;
    send_lines(place, LINE("1", "01", "7", "10", "\"A\"") LINE("2", "20", "7", "20", "\"A\""), true);
    publish(place, LINE("1", "01", "7", "10", "\"A\"") LINE("2", "20", "7", "20", "\"A\"")
                       LINE("3", "14", "7", "1", "\"A\"") LINE("4", "15", "7", "1", "\"A\""));
    make(place, (struct plan_options){.oldest = "2025-10-15"}, &plan);
    assert_int_equal(plan.counts[PLAN_EXPIRED], 1); /* 1 */
    assert_int_equal(plan.counts[PLAN_TOO_OLD], 1); /* 3, which was never sent */
    assert_int_equal(plan.counts[PLAN_NEW], 1);     /* 4 */
    assert_int_equal(plan.counts[PLAN_UNCHANGED], 1);
    assert_int_equal(plan.item_count, 2);
    assert_int_equal(upload_plan_requests(&plan), 3); /* a list, a look-up, a deletion */
    upload_plan_free(&plan);
}

/* The day that counts is the new one: sent with it, a registration must not be deleted for its old one. */
static void keep_and_another_day(void **state) {
    struct place *place = *state;
    struct upload_plan plan;
    send_lines(place, LINE("1", "01", "7", "10", "\"A\"") LINE("2", "20", "7", "20", "\"A\""), true);
    publish(place, LINE("1", "21", "7", "10", "\"A\"") LINE("2", "02", "7", "20", "\"A\""));
    make(place, (struct plan_options){.oldest = "2025-10-15", .vanished = VANISHED_DELETE}, &plan);
    assert_int_equal(plan.counts[PLAN_CHANGED], 1); /* 1, now of the 21st */
    assert_int_equal(plan.counts[PLAN_EXPIRED], 1); /* 2, now of the 2nd */
    assert_int_equal(plan.counts[PLAN_VANISHED] + plan.counts[PLAN_TOO_OLD], 0);
    assert_int_equal(plan.send_count, 1);
    assert_int_equal(plan.item_count, 2);
    char *id = NULL;
    struct error error = {0};
    assert_true(journal_entry_line(place->journal, (int64_t)plan.items[1].place, NULL, &id, &error));
    assert_string_equal(id, "2");
    free(id);
    upload_plan_free(&plan);
}

static void broken_folders(void **state) {
    struct place *place = *state;
    static const struct {
        const char *lines;
        enum exit_code code;
    } cases[] = {
        {LINE("1", "01", "7", "10", "\"A\"") LINE("1", "02", "7", "20", "\"A\""), EXIT_FINE}, /* unknown so far */
        {"{\"external_id\":\"1\"}\n", EXIT_CANNOT_READ},
        {"{\"external_id\":\"1\"\n", EXIT_CANNOT_READ},
        {"\n", EXIT_CANNOT_READ},
        {"{", EXIT_CANNOT_READ},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct upload_plan plan;
        struct error error = {0};
        const struct plan_options options = {0};
        publish(place, cases[i].lines);
        upload_plan_make(&place->published, place->journal, &place->source, &options, &plan, &error);
        assert_int_equal(error.code, cases[i].code);
        upload_plan_free(&plan);
        error_free(&error);
    }
    struct upload_plan plan;
    struct error error = {0};
    const struct plan_options options = {0};
    publish(place, LINE("1", "01", "7", "10", "\"A\""));
    place->published.file_sha256[0] ^= 1; /* as if the file had been changed */
    assert_false(upload_plan_make(&place->published, place->journal, &place->source, &options, &plan, &error));
    assert_int_equal(error.code, EXIT_WRONG_USE);
    upload_plan_free(&plan);
    error_free(&error);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(changes_field_by_field, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_spelling_of_a_number_is_no_difference, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_in_doubt_is_sent_even_if_unchanged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(vanished_ones, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rejected_rows_without_id_block_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keep, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keep_and_another_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(broken_folders, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
