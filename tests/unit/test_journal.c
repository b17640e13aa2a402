/* test_journal.c: what the journal holds after each step, and after a process that died behind it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "upload/journal.h"

#define NOW "2026-01-31T06:00:00Z"
#define UUID "1b2c3d4e-5f60-7182-93a4-b5c6d7e8f901"

struct place {
    char folder[64];
    char *path;
    struct journal *journal;
    int64_t source;
};

static struct journal *open_journal(const char *path, bool for_writing) {
    struct journal *journal = NULL;
    struct error error = {0};
    if (!journal_open(path, for_writing, &journal, &error)) fail_msg("%s", error.message);
    return journal;
}

static int set_up(void **state) {
    struct place *place = memory_get_zero(1, sizeof *place);
    struct journal_source source = {0};
    struct error error = {0};
    snprintf(place->folder, sizeof place->folder, "/tmp/st2plecto-journal-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    place->path = memory_print("%s/.st2plecto/journal.db", place->folder);
    place->journal = open_journal(place->path, true);
    source.uuid = memory_copy(view_of(UUID));
    source.schema = memory_copy(view_of("jobs"));
    source.totals = memory_copy(view_of("row"));
    source.title = memory_copy(view_of("Jobs"));
    assert_true(journal_source_add(place->journal, &source, NOW, &error));
    place->source = source.number;
    journal_source_free(&source);
    *state = place;
    return 0;
}

static int tear_down(void **state) {
    struct place *place = *state;
    char *command = memory_print("rm -rf %s", place->folder);
    journal_close(place->journal);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): a folder of our own */
    free(command);
    free(place->path);
    free(place);
    return 0;
}

static struct journal_item item(const char *id, const char *line, unsigned char hash) {
    struct journal_item made = {.external_id = view_of(id),
                                .day = view_of("2025-10-01"),
                                .line = view_of(line),
                                .provider = view_of("ServiceTitan"),
                                .member_id = view_of("7"),
                                .member_name = view_of("Ana")};
    memset(made.hash, hash, JOURNAL_HASH);
    return made;
}

static void look_up(const struct place *place, const char *id, struct journal_entry *entry) {
    struct error error = {0};
    assert_true(journal_lookup(place->journal, place->source, view_of(id), entry, &error));
}

static int64_t send_items(const struct place *place, const struct journal_item *items, size_t count) {
    int64_t batch = 0;
    struct error error = {0};
    assert_true(journal_sending(place->journal, place->source, 1, items, count, NOW, &batch, &error));
    return batch;
}

static void take(const struct place *place, int64_t batch, const struct journal_item *items, size_t count) {
    struct error error = {0};
    assert_true(journal_taken(place->journal, place->source, batch, items, count, 201, "HTTP 201", NOW, &error));
}

static void doubt_until_the_answer(void **state) {
    const struct place *place = *state;
    const struct journal_item items[] = {item("1", "{\"a\":1}", 1), item("2", "{\"a\":2}", 2)};
    struct journal_entry entry;
    bool is_known = true;
    struct error error = {0};
    look_up(place, "1", &entry);
    assert_int_equal(entry.number, 0);
    int64_t batch = send_items(place, items, 2);
    look_up(place, "1", &entry);
    assert_true(entry.number > 0 && entry.is_in_doubt && !entry.is_confirmed);
    assert_true(view_is(entry.doubt_line, "{\"a\":1}"));
    assert_true(journal_knows_member(place->journal, view_of("ServiceTitan"), view_of("7"), &is_known, &error));
    assert_false(is_known);
    take(place, batch, items, 2);
    look_up(place, "2", &entry);
    assert_true(!entry.is_in_doubt && entry.is_confirmed && entry.hash[0] == 2);
    assert_true(view_is(entry.line, "{\"a\":2}"));
    assert_true(journal_knows_member(place->journal, view_of("ServiceTitan"), view_of("7"), &is_known, &error));
    assert_true(is_known);
    /* changed: what was confirmed stays until the new answer */
    const struct journal_item changed = item("2", "{\"a\":3}", 3);
    batch = send_items(place, &changed, 1);
    look_up(place, "2", &entry);
    assert_true(entry.is_in_doubt && entry.is_confirmed && entry.hash[0] == 2);
    take(place, batch, &changed, 1);
    look_up(place, "2", &entry);
    assert_true(!entry.is_in_doubt && entry.hash[0] == 3);
}

/* Dies in a child behind one of the steps; what is on disk is what the parent finds. */
static void die_behind(struct place *place, int step) {
    const struct journal_item items[] = {item("1", "{\"a\":1}", 1), item("2", "{\"a\":2}", 2)};
    journal_close(place->journal);
    place->journal = NULL;
    pid_t child = fork();
    if (child == 0) {
        struct place own = *place;
        own.journal = open_journal(place->path, true);
        int64_t batch = send_items(&own, items, 2);
        if (step > 0) take(&own, batch, items, 2);
        raise(SIGKILL);
    }
    int status = 0;
    assert_true(child > 0 && waitpid(child, &status, 0) == child && WIFSIGNALED(status));
    place->journal = open_journal(place->path, true);
}

static void a_kill_before_the_answer_leaves_doubt(void **state) {
    struct place *place = *state;
    struct journal_entry entry;
    uint64_t doubts = 0;
    struct error error = {0};
    die_behind(place, 0);
    look_up(place, "1", &entry);
    assert_true(entry.is_in_doubt && !entry.is_confirmed);
    assert_true(journal_doubts(place->journal, place->source, &doubts, &error));
    assert_int_equal(doubts, 2);
}

static void a_kill_behind_the_answer_loses_nothing(void **state) {
    struct place *place = *state;
    struct journal_entry entry;
    die_behind(place, 1);
    look_up(place, "2", &entry);
    assert_true(!entry.is_in_doubt && entry.is_confirmed && entry.hash[0] == 2);
}

static void refused_ones(void **state) {
    const struct place *place = *state;
    const struct journal_item first = item("1", "{\"a\":1}", 1), second = item("1", "{\"a\":2}", 2);
    struct journal_entry entry;
    struct error error = {0};
    int64_t batch = send_items(place, &first, 1);
    assert_true(journal_refused(place->journal, place->source, batch, &first, 400, "bad", NOW, &error));
    look_up(place, "1", &entry);
    assert_true(entry.is_refused && entry.refused_hash[0] == 1 && !entry.is_confirmed && !entry.is_in_doubt);
    /* taken later: no longer refused */
    batch = send_items(place, &second, 1);
    take(place, batch, &second, 1);
    look_up(place, "1", &entry);
    assert_true(!entry.is_refused && entry.is_confirmed);
    /* in doubt from a killed run, then refused with another content: Plecto may hold the first, so the doubt stays */
    send_items(place, &first, 1);
    const struct journal_item third = item("1", "{\"a\":3}", 3);
    batch = send_items(place, &third, 1);
    assert_true(journal_refused(place->journal, place->source, batch, &third, 400, "bad", NOW, &error));
    look_up(place, "1", &entry);
    assert_true(entry.is_refused && entry.is_confirmed && entry.is_in_doubt && entry.hash[0] == 2);
    /* those that were not tried again are forgotten, of those days only */
    assert_true(
        journal_forget_refusals(place->journal, place->source, "2026-02-01", "2025-11-01", "2025-11-30", &error));
    look_up(place, "1", &entry);
    assert_true(entry.is_refused);
    assert_true(
        journal_forget_refusals(place->journal, place->source, "2026-02-01", "2025-10-01", "2025-10-31", &error));
    look_up(place, "1", &entry);
    assert_false(entry.is_refused);
}

static void deleting(void **state) {
    const struct place *place = *state;
    const struct journal_item one = item("1", "{\"a\":1}", 1);
    struct journal_entry entry;
    struct error error = {0};
    int64_t batch = send_items(place, &one, 1);
    take(place, batch, &one, 1);
    look_up(place, "1", &entry);
    int64_t number = entry.number;
    assert_true(journal_deleting(place->journal, place->source, number, 1, NOW, &batch, &error));
    look_up(place, "1", &entry); /* it may be gone: should it come back to the source, it is sent */
    assert_true(entry.is_in_doubt && entry.is_confirmed);
    assert_true(journal_deleted(place->journal, number, batch, 204, "HTTP 204", NOW, &error));
    look_up(place, "1", &entry);
    assert_int_equal(entry.number, 0);
}

static void one_upload_at_a_time(void **state) {
    const struct place *place = *state;
    struct error error = {0};
    assert_true(journal_lock(place->journal, UUID, &error));
    struct journal *second = open_journal(place->path, true);
    assert_false(journal_lock(second, UUID, &error));
    assert_int_equal(error.code, EXIT_UPLOAD_STOPPED);
    char *own = memory_print("process %ld", (long)getpid());
    assert_non_null(strstr(error.message, own));
    free(own);
    error_free(&error);
    error = (struct error){0};
    assert_true(journal_lock(second, "another", &error)); /* another data source is another matter */
    journal_close(second);
}

/* Uploads to two data sources share a journal: what one read must not keep it from writing behind the other. */
static void another_upload_wrote_meanwhile(void **state) {
    const struct place *place = *state;
    const struct journal_item first = item("1", "{\"v\":1}", 1), second = item("2", "{\"v\":2}", 2);
    struct journal_entry entry;
    struct place other = *place;
    take(place, send_items(place, &first, 1), &first, 1);
    look_up(place, "1", &entry); /* its row is still being read */
    assert_true(entry.is_confirmed);
    other.journal = open_journal(place->path, true);
    take(&other, send_items(&other, &second, 1), &second, 1);
    take(place, send_items(place, &first, 1), &first, 1);
    journal_close(other.journal);
}

/* SQLite takes some names for databases in memory: what is confirmed would be lost. */
static void strange_names(void **state) {
    const struct place *place = *state;
    struct stat status;
    char before[4096];
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(place->folder), 0);
    journal_close(open_journal(":memory:", true));
    assert_true(stat(":memory:", &status) == 0 && status.st_size > 0);
    assert_int_equal(chdir(before), 0);
}

static void files(void **state) {
    const struct place *place = *state;
    struct stat status;
    struct error error = {0};
    struct journal *other = NULL;
    char *path = memory_print("%s/other.db", place->folder);
    assert_true(stat(place->path, &status) == 0 && (status.st_mode & 0777) == 0600);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (int i = 0; i < 2000; i++)
        fputs("not a database ", file);
    fclose(file);
    assert_false(journal_open(path, true, &other, &error));
    assert_int_equal(error.code, EXIT_CANNOT_READ);
    error_free(&error);
    error = (struct error){0};
    /* reading what is not there makes nothing */
    free(path);
    path = memory_print("%s/none.db", place->folder);
    other = open_journal(path, false);
    struct journal_entry entry;
    assert_true(journal_lookup(other, 1, view_of("1"), &entry, &error));
    assert_int_equal(entry.number, 0);
    journal_close(other);
    assert_int_not_equal(access(path, F_OK), 0);
    free(path);
}

/* Four bytes of a database's head, as SQLite's file format has them, become a number below 256. */
static void set_head(const char *path, long offset, char number) {
    FILE *file = fopen(path, "r+");
    const char bytes[4] = {0, 0, 0, number};
    assert_true(file && fseek(file, offset, SEEK_SET) == 0 && fwrite(bytes, 1, 4, file) == 4);
    fclose(file);
}

/* Of another program, of no version, of a later one: refused, with what it is. */
static void other_heads(void **state) {
    static const struct {
        long offset;
        char number;
        const char *message;
    } cases[] = {{68, 7, "is not a journal of st2plecto"},
                 {60, 0, "is broken: it has no version"},
                 {60, 99, "is of a newer st2plecto (version 99)"}};
    const struct place *place = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct journal *other = NULL;
        struct error error = {0};
        char *path = memory_print("%s/head%zu.db", place->folder, i);
        journal_close(open_journal(path, true));
        set_head(path, cases[i].offset, cases[i].number);
        assert_false(journal_open(path, false, &other, &error));
        assert_int_equal(error.code, EXIT_WRONG_USE);
        assert_non_null(strstr(error.message, cases[i].message));
        assert_non_null(error_advice(&error));
        error_free(&error);
        free(path);
    }
}

static void finding(void **state) {
    const struct place *place = *state;
    struct error error = {0};
    char *deep = memory_print("%s/a/b", place->folder), *path = NULL, *command = memory_print("mkdir -p %s", deep);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): a folder of our own */
    assert_true(journal_find(NULL, deep, &path, &error));
    assert_string_equal(path, place->path); /* the nearest one above */
    free(path);
    assert_true(journal_find("x.db", deep, &path, &error));
    assert_string_equal(path, "x.db");
    free(path);
    assert_true(journal_find(NULL, place->folder, &path, &error)); /* beside it, not in it */
    assert_string_equal(path, "/tmp/.st2plecto/journal.db");
    free(path);
    free(command);
    free(deep);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(doubt_until_the_answer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_kill_before_the_answer_leaves_doubt, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_kill_behind_the_answer_loses_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refused_ones, set_up, tear_down),
        cmocka_unit_test_setup_teardown(deleting, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_upload_at_a_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_upload_wrote_meanwhile, set_up, tear_down),
        cmocka_unit_test_setup_teardown(strange_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_heads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(finding, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
