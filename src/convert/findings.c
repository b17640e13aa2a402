/* findings.c: see findings.h. */
#include "convert/findings.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/memory.h"

void findings_start(struct findings *findings, size_t example_limit) {
    *findings = (struct findings){.issues = issues_create(example_limit)};
}

void findings_free(struct findings *findings) {
    issues_free(findings->issues);
    for (size_t i = 0; i < findings->note_count; i++)
        free(findings->notes[i]);
    free(findings->notes);
    *findings = (struct findings){0};
}

static void add_note(struct findings *findings, char *note) {
    findings->notes = memory_resize(findings->notes, (findings->note_count + 1) * sizeof *findings->notes);
    findings->notes[findings->note_count++] = note;
}

void findings_note(struct findings *findings, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    add_note(findings, memory_print_list(format, arguments));
    va_end(arguments);
}

void findings_at_header(struct findings *findings, const struct input_facts *facts, struct issue issue) {
    issue.row = facts->header_row ? facts->header_row : 1;
    issue.line = facts->header_line ? facts->header_line : 1;
    issue.column = 1;
    issues_add(findings->issues, &issue);
}

void findings_merge(struct findings *into, const struct findings *from) {
    issues_merge(into->issues, from->issues);
    for (size_t i = 0; i < from->note_count; i++)
        add_note(into, memory_copy(view_of(from->notes[i])));
}
