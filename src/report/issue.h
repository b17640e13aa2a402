/* issue.h: data trouble. Counted always, shown in part, never fatal by itself.
 *
 * Issues with the same code and column are one cause; each cause keeps its complete count and money and
 * the few examples with the largest money. Workers collect into lists of their own, merged in block order,
 * so the outcome is the same for any -j. */
#ifndef REPORT_ISSUE_H
#define REPORT_ISSUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/setting.h"
#include "base/view.h"
#include "values/decimal.h"

/* E201_MISSING_EMPLOYEE …: E1 file and structure, E2 mandatory fields, E3 values, E4 identity, E5 people, E6 period,
 * E7 totals, E8 aggregation, E9 upload; E is an error, W a warning. */
enum issue_code {
#define ISSUE(number, word, slug, severity, title, reason, fix, example) number##_##word,
#include "report/issues.def"
    ISSUE_CODE_COUNT
};

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

/* What `explain CODE` and the reports know about a code (report/issue_catalog.c). */
struct issue_kind {
    enum issue_code code;
    const char *name; /* "E201" */
    const char *slug; /* "missing-employee" */
    enum severity severity;
    const char *title;  /* short, a user's words: "the employee is missing" */
    const char *reason; /* why it matters, with the rule and its source */
    const char
        *fix; /* shown below the cause by issue_fix; see issues.def for what stands in braces */
    const char *example; /* a few lines of input and the message, for explain */
};
const struct issue_kind *issue_kind(enum issue_code code);
/* The fix of a code: a sentence, then perhaps whole commands, one a line. `call`: the run's own command without line break,
 * or NULL, if it is not known. Lines after the first begin with `indent`. The caller frees. */
char *issue_fix(enum issue_code code, const char *call, const char *indent);
/* Cuts a fix behind its first line, the sentence; returns the lines after it, which are for a person at the command line,
 * or NULL if there are none. */
char *issue_fix_cut(char *fix);

struct issue_columns {
    char *const *labels; /* borrowed */
    size_t count;
};
/* What is known of the run, and what stands in the place of "{field}", "{person}" and "{date}": the column of the cause (NULL or "": COLUMN), and columns
 * of the file that could name the employee, or be the date (labels NULL, not known: COLUMN; none: the command is left out). */
struct issue_terms {
    const char *field;
    struct issue_columns people, dates;
    const char *had; /* " --on-error --tz ": options that the run had, from wherever; they are not proposed. NULL: not known */
    const struct setting_place *place; /* where settings are written in place of commands; NULL: commands */
    const char *schema;                /* the run's type, or NULL */
    const char *schema_file;           /* the user's own schema, or NULL: lines that make a copy are left out */
};
/* What a cause of E106_MISSING_COLUMN has as its field, and which of the fix's commands it keeps. */
#define ISSUE_FIELD_EMPLOYEE "employee"
#define ISSUE_FIELD_DATE "date"
#define ISSUE_FIELD_ID "ID"
/* The same as issue_fix, with the columns of the case; a command with several of them comes once for each. */
char *issue_fix_of(enum issue_code code, const struct issue_terms *terms, const char *call, const char *indent);
/* By name ("E201", any case) or slug; NULL if unknown. */
const struct issue_kind *issue_kind_find(struct view name);

struct issue {
    enum issue_code code;
    uint32_t file; /* index into the run's files */
    uint64_t row, line, column;
    uint64_t last_line; /* 0, or the last line of a damage that spans several */
    struct view field;  /* label of the column, or empty; part of the cause */
    struct view value;  /* the bad text, or empty; shown only if the field is not private */
    bool is_private;    /* there was a value, but it is personal: `value` may be empty for that */
    struct view id;     /* external ID of the row, or empty */
    struct view person; /* the employee of the row, or empty */
    struct view day;    /* the row's day, as the file has it where it is no date; or empty */
    struct view detail; /* the sentence: "Primary Technician is empty"; without place and ID */
    bool has_money;
    int64_t money; /* of the row's first money column, ten-thousandths */
};

struct issue_example { /* an owned copy of an issue; texts NUL-terminated, "" where empty */
    enum issue_code code;
    uint32_t file;
    uint64_t row, line, column, last_line;
    char *field, *value, *id, *person, *day, *detail;
    bool is_private;
    bool has_money;
    int64_t money;
    uint64_t order; /* in which it came, for those that are equal in all else */
};

/* The size of its amount, which orders examples; -1: it has none. */
wide_integer issue_example_size(const struct issue_example *example);

struct issue_cause {
    enum issue_code code;
    char *field; /* "" where the cause is not of one column */
    uint64_t count;
    wide_integer money;    /* sum of absolute amounts of the rows concerned */
    uint64_t money_count;  /* rows that had an amount */
    uint64_t *file_counts; /* count by file of the run; files from file_count on have none */
    size_t file_count, file_capacity;
    struct issue_example *examples; /* largest absolute money first, then file and row order */
    size_t example_count;           /* those to show */
    /* private to issue.c: */
    size_t kept_count, example_capacity;
    uint64_t next_order;
    bool is_sorted;
};

struct issues; /* a list of causes */

/* `example_limit`: examples kept per cause. Free: issues_free. */
struct issues *issues_create(size_t example_limit);
void issues_free(struct issues *issues);
void issues_reset(struct issues *issues);
void issues_add(struct issues *issues, const struct issue *issue); /* copies the texts */
void issues_merge(struct issues *into, const struct issues *from); /* `from` stays as it is */
/* For results that are read back: a cause with its counts, and its examples, which are not counted again. */
void issues_restore(struct issues *issues, enum issue_code code, struct view field, uint64_t count, wide_integer money,
                    bool has_money);
void issues_restore_example(struct issues *issues, const struct issue *issue);
void issues_restore_file(struct issues *issues, enum issue_code code, struct view field, uint32_t file, uint64_t count);
/* How many of a cause are in a file of the run. */
uint64_t issue_cause_in(const struct issue_cause *cause, size_t file);
/* Shows at most `limit` examples of each cause from now on (--max-issues); those that are kept for other reports stay. */
void issues_show(struct issues *issues, size_t limit);
/* Totals by severity. */
uint64_t issues_count(const struct issues *issues, enum severity severity);
/* Causes: errors first, then by money, then by count, then by code. Valid until the next change; asked again
 * without one, the list is the same. */
size_t issues_causes(struct issues *issues, const struct issue_cause *const **causes);

#endif
