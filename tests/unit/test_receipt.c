/* test_receipt.c: what the receipt says of a run: an option that shapes outputs changes it, an option that does not leaves
 * it as it is, and so does each file that is read, by its content. Runs of `convert --dry-run`, in memory but for the
 * inputs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "cli/convert_options.h"
#include "render/render.h"
#include "schema/schema.h"

#define ARGUMENT_LIMIT 24

static const char jobs[] = "Job #,Job ID,Customer Name,Primary Technician,Business Unit,Completion Date,Jobs Subtotal,"
                           "Status,Active\r\n"
                           "100230,230,John Smith,Ana Lopez,HVAC,10/20/2025 2:05 PM,$10.00,Completed,True\r\n"
                           "100231,231,Lee Park,Bo Chen,Plumbing,10/21/2025 2:05 PM,$20.00,Completed,True\r\n";
static const char assignments[] = "Assignment ID,Job ID,Appointment ID,Technician Name,Assigned On,Assignment Status,"
                                  "Active\r\n"
                                  "1,230,7,Ana Lopez,10/20/2025 11:05 AM,Done,True\r\n"
                                  "2,231,8,Bo Chen,10/21/2025 8:20 AM,Done,True\r\n";
static const char roster[] = "id,name\r\n1,Ana Lopez\r\n2,Bo Chen\r\n";
static const char fixes[] = "schema,id,field,old,new,who,when,why\r\n"
                            "jobs,100230,Jobs Subtotal,10.00,11.00,Dana,2025-10-22,typo\r\n";

static char folder[200];

static void write_text(const char *path, struct view text) {
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(text.text, 1, text.length, stream), text.length);
    assert_int_equal(fclose(stream), 0);
}

static void write_schema(const char *path, const char *name) {
    for (size_t i = 0; i < embedded_schema_count; i++)
        if (strcmp(embedded_schemas[i].name, name) == 0)
            write_text(path, view_from(embedded_schemas[i].text, embedded_schemas[i].length));
}

static int make_folder(void **state) {
    const char *parent = getenv("TMPDIR");
    (void)state;
    snprintf(folder, sizeof folder, "%s/st2plecto-receipt-XXXXXX", parent && *parent ? parent : "/tmp");
    if (!mkdtemp(folder) || chdir(folder) != 0 || setenv("SOURCE_DATE_EPOCH", "1761091200", 1) != 0) return -1;
    mkdir("own", 0700);
    write_text("jobs.csv", view_of(jobs));
    write_text("assignments.csv", view_of(assignments));
    write_text("roster.csv", view_of(roster));
    write_text("fixes.csv", view_of(fixes));
    write_text("c.json", view_of("{}"));
    write_schema("own/jobs.json", "jobs");
    write_schema("own/job-assignments.json", "job-assignments");
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    static const char *const names[] = {"jobs.csv",      "assignments.csv",         "roster.csv", "fixes.csv", "c.json",
                                        "own/jobs.json", "own/job-assignments.json"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(names[i]);
    return rmdir("own") == 0 && chdir("/") == 0 ? rmdir(folder) : -1;
}

/* A command line that is put together. */
struct line {
    char *words[ARGUMENT_LIMIT];
    int count;
};

static void add_word(struct line *line, const char *word) {
    assert_true(line->count < ARGUMENT_LIMIT - 1);
    line->words[line->count++] = memory_copy(view_of(word));
}

static void add_words(struct line *line, const char *const *words) {
    for (; *words; words++)
        add_word(line, *words);
}

/* The receipt of a run, and, where `result` is given, the whole result; the caller frees. */
static char *receipt_of(struct line *line, struct result *kept) {
    struct convert_settings settings;
    struct result result = {0};
    struct error error = {0};
    struct buffer text = {0};
    if (!convert_settings_read(&command_convert, line->count, line->words, &settings, &error) ||
        !run_convert(&settings.run, &result, &error))
        fail_msg("%s: %s", line->words[line->count - 2], error.message);
    render_receipt(&result, "test", &text);
    if (kept)
        *kept = result;
    else
        result_free(&result);
    convert_settings_free(&settings);
    for (int i = 0; i < line->count; i++)
        free(line->words[i]);
    *line = (struct line){0};
    return buffer_take(&text);
}

static void start_line(struct line *line) {
    *line = (struct line){0};
    add_words(line, (const char *const[]){"convert", "--dry-run", "-q", NULL});
}

/* --- options ---------------------------------------------------------------------------------------------- */

/* What is said to both runs, and the option itself with a value that is not what holds without it. */
struct sample {
    enum option_id id;
    const char *value; /* NULL: it takes none */
    const char *both[4];
};
static const struct sample samples[] = {
    {OPTION_SCHEMA, "own/jobs.json", {0}},
    {OPTION_SCHEMA_DIR, "own", {0}},
    {OPTION_ENCODING, "windows-1252", {0}},
    {OPTION_SHEET, "B", {0}},
    {OPTION_DELIMITER, "comma", {0}},
    {OPTION_DATE_ORDER, "mdy", {0}},
    {OPTION_TZ, "UTC", {0}},
    {OPTION_ALLOW_CUT, NULL, {0}},
    {OPTION_ROSTER, "roster.csv", {0}},
    {OPTION_FIXES, "fixes.csv", {0}},
    {OPTION_WITH, "assignments.csv", {0}},
    {OPTION_SEVERAL, "error", {0}},
    {OPTION_DEFAULT_EMPLOYEE, "Office", {0}},
    {OPTION_DATE, "Completion Date", {0}},
    {OPTION_PERIOD, "2025-10-20", {0}},
    {OPTION_LAST, "90d", {0}},
    {OPTION_MAX_AGE, "1y", {0}},
    {OPTION_REPEATS, "error", {0}},
    {OPTION_PERCENT, "1", {0}},
    {OPTION_DURATIONS, "m:s", {0}},
    {OPTION_CUT_PERIODS, "allow", {"--by", "week"}},
    {OPTION_ACTIVE_ONLY, NULL, {0}},
    {OPTION_FIELD, "Customer Name=Client", {0}},
    {OPTION_DROP, "Status", {0}},
    {OPTION_BY, "day", {0}},
    {OPTION_PER, "employee,Business Unit", {"--by", "day"}},
    {OPTION_LAYOUT, "metric", {"--by", "day"}},
    {OPTION_ON_ERROR, "reject", {0}},
    {OPTION_FAIL_ON, "warning", {0}},
    {OPTION_MAX_ISSUES, "3", {0}},
    {OPTION_EMPLOYEE, "Primary Technician", {0}},
    {OPTION_PROVIDER, "ServiceTitan users", {0}},
    {OPTION_OPEN_ROWS, NULL, {0}},
    {OPTION_MAX_CELL, "1M", {0}},
    {OPTION_MAX_RATIO, "500", {0}},
    {OPTION_SHOW_PRIVATE, NULL, {0}},
    {OPTION_SHOW_ROW, NULL, {0}},
    {OPTION_TO, "review", {0}},
    {OPTION_TITLE, "Ours", {0}},
    {OPTION_DATA_SOURCE, "0f8fad5b-d9cb-469f-a165-70867728950e", {0}},
    /* none of these may change it: which files are read, their hashes say */
    {OPTION_RECURSIVE, NULL, {0}},
    {OPTION_DRAFT, NULL, {0}}, /* the schema that it makes is read as a file */
    {OPTION_EACH_TYPE, NULL, {0}},
    {OPTION_KEEP_GOING, NULL, {0}},
    {OPTION_EXPECT, "Jobs Total=1", {0}},
    {OPTION_OUTPUT, "elsewhere", {0}},
    {OPTION_FORCE, NULL, {0}},
    {OPTION_FORMAT, "json=elsewhere.json", {0}},
    {OPTION_COLOR, "never", {0}},
    {OPTION_QUIET, NULL, {0}},
    {OPTION_VERBOSE, NULL, {0}},
    {OPTION_THREADS, "2", {0}},
    {OPTION_NO_CONFIG, NULL, {0}},
    {OPTION_DRY_RUN, NULL, {0}},
};

static const struct sample *sample_of(const struct option_rule *rule) {
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        if (samples[i].id == rule->id) return &samples[i];
    return NULL;
}

static char *receipt_with(const struct option_rule *rule, const struct sample *sample, bool has_option) {
    struct line line;
    char *option = memory_print("--%s", rule->name);
    start_line(&line);
    for (size_t i = 0; sample->both[i]; i++)
        add_word(&line, sample->both[i]);
    if (has_option) add_word(&line, option);
    if (has_option && sample->value) add_word(&line, sample->value);
    add_word(&line, "jobs.csv");
    free(option);
    return receipt_of(&line, NULL);
}

static void options_that_shape_outputs_change_it(void **state) {
    (void)state;
    for (size_t i = 0; i < option_table_count; i++) {
        const struct option_rule *rule = &option_table[i];
        bool is_apart = rule->id == OPTION_HELP || rule->id == OPTION_CONFIG; /* no run; a file that is read */
        if (!(rule->commands & FOR_CONVERT) || is_apart) continue;
        const struct sample *sample = sample_of(rule);
        if (!sample) fail_msg("--%s has no sample here", rule->name);
        char *without = receipt_with(rule, sample, false), *with = receipt_with(rule, sample, true);
        bool is_other = strcmp(without, with) != 0;
        if (rule->shapes_output && !is_other) fail_msg("--%s leaves no trace in the receipt", rule->name);
        if (!rule->shapes_output && is_other) fail_msg("--%s changes the receipt", rule->name);
        free(without);
        free(with);
    }
}

static void it_has_all_options_by_name(void **state) {
    (void)state;
    struct line line;
    struct result result;
    start_line(&line);
    add_word(&line, "jobs.csv");
    free(receipt_of(&line, &result));
    size_t count = 0;
    for (size_t i = 0; i < option_table_count; i++)
        count += option_table[i].shapes_output && (option_table[i].commands & FOR_CONVERT);
    assert_int_equal(result.option_count, count);
    for (size_t i = 1; i < result.option_count; i++)
        assert_true(strcmp(result.options[i - 1].name, result.options[i].name) < 0);
    result_free(&result);
}

/* Options of the configuration are there as if they were given: but for the configuration itself, and what it says of
 * other kinds of exports. */
static void options_of_the_configuration_are_in_it(void **state) {
    (void)state;
    write_text("c.json", view_of("{\"tz\": \"UTC\", \"by\": \"week\", \"schemas\": {\"jobs\": {\"title\": \"Ours\", "
                                 "\"by\": \"day\", \"max-age\": \"1y\", \"fields\": {\"Customer Name\": \"Client\"}, "
                                 "\"drop\": [\"Status\"]}, \"calls\": {\"title\": \"Theirs\"}}}"));
    struct line line;
    start_line(&line);
    add_words(&line, (const char *const[]){"--config", "c.json", "jobs.csv", NULL});
    char *by_file = receipt_of(&line, NULL);
    start_line(&line);
    add_words(&line, (const char *const[]){"--tz", "UTC", "--by", "day", "--title", "Ours", "--max-age", "1y", "--field",
                                           "Customer Name=Client", "--drop", "Status", "jobs.csv", NULL});
    char *by_line = receipt_of(&line, NULL);
    write_text("c.json", view_of("{}"));
    const char *end = strstr(by_file, "\"inputs\"");
    assert_non_null(end);
    assert_memory_equal(by_file, by_line, (size_t)(end - by_file));
    assert_non_null(strstr(by_file, "\"role\":\"configuration\",\"path\":\"c.json\""));
    assert_null(strstr(by_line, "configuration"));
    free(by_file);
    free(by_line);
}

/* --- files ------------------------------------------------------------------------------------------------ */

static void each_file_that_is_read_is_in_it_by_its_content(void **state) {
    (void)state;
    static const struct {
        const char *path, *role;
    } files[] = {
        {"jobs.csv", "export"},      {"assignments.csv", "companion"}, {"roster.csv", "roster"},
        {"fixes.csv", "fixes"},      {"own/jobs.json", "schema"},      {"own/job-assignments.json", "schema"},
        {"c.json", "configuration"},
    };
    static const char *const words[] = {"--roster",        "roster.csv", "--fixes", "fixes.csv",    "--with",
                                        "assignments.csv", "--config",   "c.json",  "--schema-dir", "own",
                                        "jobs.csv",        NULL};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct line line;
        struct result result;
        start_line(&line);
        add_words(&line, words);
        char *before = receipt_of(&line, &result);
        assert_int_equal(result.inputs.count, sizeof files / sizeof *files);
        for (size_t k = 1; k < result.inputs.count; k++)
            assert_true(result.inputs.list[k - 1].role <= result.inputs.list[k].role);
        result_free(&result);
        char *named = memory_print("{\"role\":\"%s\",\"path\":\"%s\",\"bytes\":", files[i].role, files[i].path);
        if (!strstr(before, named)) fail_msg("%s is no input: %s", files[i].path, before);
        free(named);
        FILE *stream = fopen(files[i].path, "ab"); /* a blank at the end changes nothing but the hash */
        assert_non_null(stream);
        fputc('\n', stream);
        assert_int_equal(fclose(stream), 0);
        start_line(&line);
        add_words(&line, words);
        char *after = receipt_of(&line, NULL);
        if (strcmp(before, after) == 0) fail_msg("%s has other bytes, and the receipt is the same", files[i].path);
        free(before);
        free(after);
    }
}

/* --- threads, which change no output ------------------------------------------------------------------------- */

static unsigned threads_for(const char *file, const char *option, const char *value) {
    struct convert_settings settings;
    struct error error = {0};
    char *words[] = {"convert", "--no-config", "--dry-run", (char *)file, (char *)option, (char *)value, NULL};
    assert_true(convert_settings_read(&command_convert, option ? 6 : 4, words, &settings, &error));
    unsigned threads = settings.run.workers;
    convert_settings_free(&settings);
    return threads;
}

static void small_inputs_have_one_thread_unless_more_are_asked_for(void **state) {
    (void)state;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    struct buffer many = {0};
    while (many.length < 200000)
        buffer_add_text(&many, jobs);
    write_text("many.csv", buffer_view(&many));
    buffer_free(&many);
    assert_int_equal(threads_for("jobs.csv", NULL, NULL), 1);
    assert_int_equal(threads_for("jobs.csv", "-j", "3"), 3);
    assert_int_equal(threads_for("-", NULL, NULL) > 1, processors > 1);
    assert_int_equal(threads_for("many.csv", NULL, NULL) > 1, processors > 1);
    unlink("many.csv");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_that_shape_outputs_change_it),
        cmocka_unit_test(it_has_all_options_by_name),
        cmocka_unit_test(options_of_the_configuration_are_in_it),
        cmocka_unit_test(each_file_that_is_read_is_in_it_by_its_content),
        cmocka_unit_test(small_inputs_have_one_thread_unless_more_are_asked_for),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
