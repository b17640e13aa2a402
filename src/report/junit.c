/* junit.c: JUnit XML, as the test views of Jenkins, GitLab and GitHub read it (the Ant JUnit schema): a suite for each
 * file, a case for each rule (code) of it. Errors are failures; warnings pass and say themselves in system-out. */
#include "report/result.h"

#include "base/view.h"

/* The character at *text, which is left at its last byte; control characters and bytes that are no UTF-8 as \\xNN. */
static void add_character(struct buffer *out, const char **text) {
    size_t length = view_character(view_of(*text));
    unsigned char c = (unsigned char)**text;
    if (length == 0 || c < 0x20 || c == 0x7f) {
        buffer_print(out, "\\x%02x", c);
        return;
    }
    buffer_add(out, view_from(*text, length));
    *text += length - 1;
}

/* Text or attribute of XML 1.0, which has no control characters but tab, CR and LF: the others become \xNN. */
static void add_xml(struct buffer *out, const char *text) {
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        switch (c) {
        case '&': buffer_add_text(out, "&amp;"); break;
        case '<': buffer_add_text(out, "&lt;"); break;
        case '>': buffer_add_text(out, "&gt;"); break;
        case '"': buffer_add_text(out, "&quot;"); break;
        case '\n': buffer_add_text(out, "&#10;"); break;
        case '\t': buffer_add_char(out, '\t'); break;
        default: add_character(out, &text);
        }
    }
}

/* The file a cause is shown under: that of its first example; SIZE_MAX for the run as a whole. */
static size_t file_of(const struct result *result, const struct issue_cause *cause) {
    if (cause->example_count == 0 || cause->examples[0].file >= result->file_count) return SIZE_MAX;
    return cause->examples[0].file;
}

static size_t examples_in(const struct result *result, const struct issue_cause *cause, size_t file) {
    size_t count = 0;
    for (size_t i = 0; i < cause->example_count; i++)
        count += cause->examples[i].file == file || (file == SIZE_MAX && cause->examples[i].file >= result->file_count);
    return count;
}

/* Causes whose examples are all left out (--max-issues 0) are told under the run. */
static bool is_in(const struct result *result, const struct issue_cause *cause, size_t file) {
    return examples_in(result, cause, file) > 0 || file_of(result, cause) == file;
}

static void add_examples(const struct result *result, const struct issue_cause *cause, size_t file,
                         struct buffer *out) {
    for (size_t i = 0; i < cause->example_count; i++) {
        const struct issue_example *example = &cause->examples[i];
        if (example->file != file && !(file == SIZE_MAX && example->file >= result->file_count)) continue;
        struct buffer place = {0};
        report_place(result, example, &place);
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
    }
    if (cause->count > cause->example_count)
        buffer_print(out, "shown %zu of %llu in all files\n", cause->example_count, (unsigned long long)cause->count);
    buffer_add_text(out, "fix: ");
    add_xml(out, issue_kind(cause->code)->fix);
    buffer_add_char(out, '\n');
}

static void add_case(const struct result *result, const struct issue_cause *cause, size_t file, const char *name,
                     struct buffer *out) {
    const struct issue_kind *kind = issue_kind(cause->code);
    bool is_error = kind->severity == SEVERITY_ERROR;
    buffer_add_text(out, "    <testcase classname=\"");
    add_xml(out, name);
    buffer_print(out, "\" name=\"%s %s", kind->name, kind->slug);
    if (cause->field[0]) {
        buffer_add_text(out, ": ");
        add_xml(out, cause->field);
    }
    buffer_add_text(out, "\">\n      ");
    if (is_error) {
        buffer_print(out, "<failure type=\"%s\" message=\"", kind->name);
        buffer_print(out, "%llu: ", (unsigned long long)cause->count);
        add_xml(out, kind->title);
        buffer_add_text(out, "\">");
    } else {
        buffer_add_text(out, "<system-out>warning: ");
        add_xml(out, kind->title);
        buffer_add_char(out, '\n');
    }
    add_examples(result, cause, file, out);
    buffer_add_text(out, is_error ? "</failure>\n    </testcase>\n" : "</system-out>\n    </testcase>\n");
}

static void add_suite(const struct result *result, size_t file, const char *name, struct buffer *out, size_t *all_tests,
                      size_t *all_failures) {
    const struct issue_cause *const *causes;
    size_t count = issues_causes(result->issues, &causes), tests = 1, failures = 0;
    bool is_run = file == SIZE_MAX, is_balanced = result->balance == NULL;
    for (size_t i = 0; i < count; i++) {
        if (!is_in(result, causes[i], file)) continue;
        tests++;
        failures += issue_kind(causes[i]->code)->severity == SEVERITY_ERROR;
    }
    failures += is_run && !is_balanced;
    buffer_add_text(out, "  <testsuite name=\"");
    add_xml(out, name);
    buffer_print(out, "\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"0\">\n", tests, failures);
    buffer_add_text(out, "    <testcase classname=\"");
    add_xml(out, name);
    if (is_run && !is_balanced) {
        buffer_add_text(out, "\" name=\"the ledger balances\"><failure type=\"ledger\" message=\"");
        add_xml(out, result->balance);
        buffer_add_text(out, "\"/></testcase>\n");
    } else {
        buffer_print(out, "\" name=\"%s\"/>\n", is_run ? "the ledger balances" : "the file is read");
    }
    for (size_t i = 0; i < count; i++)
        if (is_in(result, causes[i], file)) add_case(result, causes[i], file, name, out);
    buffer_add_text(out, "  </testsuite>\n");
    *all_tests += tests;
    *all_failures += failures;
}

void report_junit(const struct result *result, struct buffer *out) {
    struct buffer suites = {0};
    size_t tests = 0, failures = 0;
    for (size_t i = 0; i < result->file_count; i++)
        add_suite(result, i, result->files[i].path, &suites, &tests, &failures);
    add_suite(result, SIZE_MAX, "st2plecto", &suites, &tests, &failures);
    buffer_print(out,
                 "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"st2plecto %s\" tests=\"%zu\" "
                 "failures=\"%zu\" errors=\"0\">\n",
                 result->command, tests, failures);
    buffer_add(out, buffer_view(&suites));
    buffer_add_text(out, "</testsuites>\n");
    buffer_free(&suites);
}
