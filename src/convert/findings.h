/* findings.h: what a run has to say: issues, which are counted, and notes, which are said once. */
#ifndef CONVERT_FINDINGS_H
#define CONVERT_FINDINGS_H

#include "input/facts.h"
#include "report/issue.h"

struct findings {
    struct issues *issues; /* owned */
    char **notes;          /* owned, and each of them */
    size_t note_count;
};

/* Nothing yet. `example_limit`: examples kept of each cause. Free: findings_free. */
void findings_start(struct findings *findings, size_t example_limit);
void findings_free(struct findings *findings);
/* Appends a note (printf). */
void findings_note(struct findings *findings, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Adds an issue that is about a column or the whole file: its place is the header of the file; `issue` says all else. */
void findings_at_header(struct findings *findings, const struct input_facts *facts, struct issue issue);
/* Adds all of `from`. */
void findings_merge(struct findings *into, const struct findings *from);

#endif
