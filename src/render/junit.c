/* junit.c: JUnit XML, as the test views of Jenkins, GitLab and GitHub read it (the Ant JUnit schema): a suite for each
 * file, and in it a case for each rule (code) that is checked, kept or broken. Errors are failures; warnings pass and
 * say themselves in system-out. */
#include "base/plain.h"

#include "render/render.h"
#include <stdlib.h>

#define READ_CASE "the file can be read"

/* Text or attribute of XML 1.0, which has no control characters but tab, CR and LF, and needs UTF-8. */
static void add_xml(struct buffer *out, const char *text) {
    for (struct view rest = view_of(text); rest.length > 0;) {
        struct plain_character character = plain_character(rest);
        switch (character.value) {
        case '&': buffer_add_text(out, "&amp;"); break;
        case '<': buffer_add_text(out, "&lt;"); break;
        case '>': buffer_add_text(out, "&gt;"); break;
        case '"': buffer_add_text(out, "&quot;"); break;
        case '\n': buffer_add_text(out, "&#10;"); break;
        case '\t': buffer_add_char(out, '\t'); break;
        default: plain_add_character(out, rest, character);
        }
        rest = view_from(rest.text + character.length, rest.length - character.length);
    }
}

/* What is asked of a cause: how many of it are in one file, or, for SIZE_MAX, in none of them. */
static uint64_t count_in(const struct issue_cause *cause, size_t file) {
    if (file != SIZE_MAX) return issue_cause_in(cause, file);
    uint64_t count = cause->count;
    for (size_t i = 0; i < cause->file_count; i++)
        count -= cause->file_counts[i];
    return count;
}

static bool is_example_of(const struct result *result, const struct issue_example *example, size_t file) {
    return file == SIZE_MAX ? example->file >= result->file_count : example->file == file;
}

/* One line an example, and what is not shown. */
static void add_examples(const struct result *result, const struct issue_cause *cause, size_t file,
                         struct buffer *out) {
    uint64_t shown = 0, count = count_in(cause, file);
    for (size_t i = 0; i < cause->example_count; i++) {
        const struct issue_example *example = &cause->examples[i];
        if (!is_example_of(result, example, file)) continue;
        struct buffer place = {0};
        render_place(result, example, &place);
        buffer_add_char(&place, '\0');
        add_xml(out, place.text);
        buffer_free(&place);
        buffer_add_text(out, ": ");
        add_xml(out, example->detail);
        if (example->id[0]) {
            buffer_add_text(out, " (");
            add_xml(out, example->id);
            buffer_add_char(out, ')');
        }
        buffer_add_char(out, '\n');
        shown++;
    }
    if (count <= shown) return;
    add_xml(out, cause->field);
    buffer_print(out, "%sshown %llu of %llu\n", cause->field[0] ? ": " : "", (unsigned long long)shown,
                 (unsigned long long)count);
}

/* Rules that are checked when an export is read; E9 is of the upload. */
static bool is_of_exports(const struct issue_kind *kind) {
    return kind->name[1] != '9';
}

/* What all suites look at, sorted once. */
struct causes {
    const struct issue_cause *const *list;
    size_t count;
};

/* The case of a rule: its causes (of one column each) in this file together. */
static void add_case(const struct result *result, const struct causes *causes, const struct issue_kind *kind,
                     size_t file, const char *name, uint64_t count, struct buffer *out) {
    bool is_error = kind->severity == SEVERITY_ERROR;
    buffer_add_text(out, "    <testcase classname=\"");
    add_xml(out, name);
    buffer_print(out, "\" name=\"%s %s\"", kind->name, kind->slug);
    if (count == 0) {
        buffer_add_text(out, "/>\n");
        return;
    }
    buffer_add_text(out, ">\n      ");
    if (is_error)
        buffer_print(out, "<failure type=\"%s\" message=\"%llu: ", kind->name, (unsigned long long)count);
    else
        buffer_print(out, "<system-out>warning: %llu: ", (unsigned long long)count);
    add_xml(out, kind->title);
    buffer_add_text(out, is_error ? "\">" : "\n");
    for (size_t i = 0; i < causes->count; i++)
        if (causes->list[i]->code == kind->code && count_in(causes->list[i], file) > 0)
            add_examples(result, causes->list[i], file, out);
    buffer_add_text(out, "fix: ");
    char *fix = issue_fix(kind->code, NULL, "");
    add_xml(out, fix);
    free(fix);
    buffer_add_text(out, is_error ? "\n</failure>\n    </testcase>\n" : "\n</system-out>\n    </testcase>\n");
}

/* How many issues of a rule are in a file. */
static uint64_t count_rule(const struct causes *causes, enum issue_code code, size_t file) {
    uint64_t count = 0;
    for (size_t i = 0; i < causes->count; i++)
        if (causes->list[i]->code == code) count += count_in(causes->list[i], file);
    return count;
}

struct tally {
    size_t tests, failures;
};

/* The first case: that the file was read, or, for the run, that the ledger balances. */
static void add_first_case(const struct result *result, bool is_run, const char *name, struct buffer *out,
                           struct tally *tally) {
    tally->tests++;
    buffer_add_text(out, "    <testcase classname=\"");
    add_xml(out, name);
    if (is_run && result->balance) {
        tally->failures++;
        buffer_add_text(out, "\" name=\"the ledger balances\"><failure type=\"ledger\" message=\"");
        add_xml(out, result->balance);
        buffer_add_text(out, "\"/></testcase>\n");
    } else {
        buffer_print(out, "\" name=\"%s\"/>\n", is_run ? "the ledger balances" : READ_CASE);
    }
}

static void add_suite(const struct result *result, const struct causes *causes, size_t file, const char *name,
                      struct buffer *out, struct tally *all) {
    struct buffer cases = {0};
    struct tally tally = {0};
    bool is_run = file == SIZE_MAX;
    add_first_case(result, is_run, name, &cases, &tally);
    for (int code = 0; code < ISSUE_CODE_COUNT; code++) {
        const struct issue_kind *kind = issue_kind((enum issue_code)code);
        uint64_t count = count_rule(causes, kind->code, file);
        if (count == 0 && (is_run || !is_of_exports(kind))) continue;
        tally.tests++;
        tally.failures += count > 0 && kind->severity == SEVERITY_ERROR;
        add_case(result, causes, kind, file, name, count, &cases);
    }
    buffer_add_text(out, "  <testsuite name=\"");
    add_xml(out, name);
    buffer_print(out, "\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"0\">\n", tally.tests, tally.failures);
    buffer_add(out, buffer_view(&cases));
    buffer_add_text(out, "  </testsuite>\n");
    buffer_free(&cases);
    all->tests += tally.tests;
    all->failures += tally.failures;
}

/* A suite of one case, which fails with the error that stopped the run, or was not reached (`is_failed` false). */
static void add_stopped_suite(const struct result *result, const char *name, const char *test, bool is_failed,
                              struct buffer *out) {
    buffer_add_text(out, "  <testsuite name=\"");
    add_xml(out, name);
    buffer_print(out, "\" tests=\"1\" failures=\"%d\" errors=\"0\" skipped=\"%d\">\n    <testcase classname=\"", is_failed,
                 !is_failed);
    add_xml(out, name);
    buffer_print(out, "\" name=\"%s\">", test);
    if (is_failed) {
        buffer_print(out, "<failure type=\"exit %d\" message=\"", (int)result->exit_code);
        add_xml(out, result->stopped);
        buffer_add_text(out, "\">");
        add_xml(out, result->stopped_fix ? result->stopped_fix : "");
        buffer_add_text(out, "</failure>");
    } else {
        buffer_add_text(out, "<skipped/>");
    }
    buffer_add_text(out, "</testcase>\n  </testsuite>\n");
}

static void render_stopped(const struct result *result, struct buffer *out) {
    size_t failed = result->exit_code == EXIT_CANNOT_READ ? report_stopped_file(result) : SIZE_MAX;
    bool is_of_file = failed != SIZE_MAX;
    buffer_add_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"st2plecto ");
    add_xml(out, result->command);
    buffer_print(out, "\" tests=\"%zu\" failures=\"1\" errors=\"0\">\n", result->file_count + !is_of_file);
    for (size_t i = 0; i < result->file_count; i++)
        add_stopped_suite(result, result->files[i].path, READ_CASE, i == failed, out);
    if (!is_of_file) add_stopped_suite(result, "st2plecto", "the run comes to its end", true, out);
    buffer_add_text(out, "</testsuites>\n");
}

void render_junit(const struct result *result, struct buffer *out) {
    if (result->publication == PUBLISHED_STOPPED) {
        render_stopped(result, out);
        return;
    }
    struct buffer suites = {0};
    struct tally all = {0};
    struct causes causes;
    causes.count = issues_causes(result->issues, &causes.list);
    for (size_t i = 0; i < result->file_count; i++)
        add_suite(result, &causes, i, result->files[i].path, &suites, &all);
    add_suite(result, &causes, SIZE_MAX, "st2plecto", &suites, &all);
    buffer_add_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"st2plecto ");
    add_xml(out, result->command);
    buffer_print(out, "\" tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n", all.tests, all.failures);
    buffer_add(out, buffer_view(&suites));
    buffer_add_text(out, "</testsuites>\n");
    buffer_free(&suites);
}
