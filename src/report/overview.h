/* overview.h: several data sources of one run or one night: a line each, what they come to together, and the files that
 * were skipped. The document; render/overview_render.h shows it. */
#ifndef REPORT_OVERVIEW_H
#define REPORT_OVERVIEW_H

#include "input/input.h"
#include "report/result.h"

/* One data source. Texts are owned; NULL where there is none. */
struct overview_source {
    char *name;         /* of its folder: the schema's, or the feed's */
    char *schema, *title;
    char *folder;       /* its published folder, as a link from the overview; NULL: it has none */
    char *verdict;      /* "converted, 3 rows set aside" */
    char *headline;     /* "3 of 60 rows need attention ($1,589.25)" */
    char *stopped, *stopped_fix; /* the error that stopped it tonight */
    char *details;      /* all errors of its rows with their fixes, as lines of text; NULL where `stopped` says it */
    char *rejected_at;  /* the file with the rows set aside */
    char *note;         /* what else happened to it: "5 registrations sent" */
    enum verdict_state state;
    enum exit_code exit_code;
    bool is_renewed;     /* false: the folder is that of an earlier run */
    bool is_required;    /* a feed that must have files */
    size_t files;
    uint64_t rows, written, rejected, registrations, employees, errors, warnings;
    bool has_money;      /* the first money column of its ledger */
    char *money_title;
    wide_integer money_in, money_written;
    char *first_date, *last_date; /* YYYY-MM-DD */
};

/* A file whose type could not be found, or that could not be read. */
struct overview_unsorted {
    char *path, *reason, *fix; /* owned; fix may be NULL */
};

struct overview {
    const char *command;  /* static: "convert", "validate", "run" */
    const char *folder;   /* where the sources are; NULL: nothing is written. Not owned. */
    bool is_published;    /* else the folder is as it was before */
    bool is_dry;          /* --dry-run */
    struct overview_source *sources;
    size_t source_count, source_capacity;
    struct overview_unsorted *unsorted;
    size_t unsorted_count;
    const struct skipped_files *skipped; /* NULL: none */
    enum exit_code exit_code;
};

/* A new, empty source of that name, which is valid until the next is added. */
struct overview_source *overview_add(struct overview *overview, const char *name);
/* Fills a source from its result; `result` may have been read back from a file. */
void overview_fill(struct overview_source *source, const struct result *result);
/* The source of a result that was not renewed: the folder's of before. What stopped it tonight stays. */
void overview_keep(struct overview_source *source, const struct result *earlier);
void overview_add_unsorted(struct overview *overview, const char *path, const char *reason, const char *fix);
void overview_free(struct overview *overview);

/* The sums of all sources, those of earlier runs too. */
struct overview_totals {
    uint64_t files, rows, written, rejected, registrations, errors, warnings;
};
struct overview_totals overview_totals(const struct overview *overview);
/* How many of the sources are in that state and renewed. */
size_t overview_count(const struct overview *overview, enum verdict_state state);
/* The worst of its sources' states. */
enum verdict_state overview_state(const struct overview *overview);
/* One sentence: "Converted: 3 data sources, 1,204 registrations", "Not converted: 1 of 3 data sources failed". */
void overview_verdict(const struct overview *overview, struct buffer *out);
/* What a source's line says of its age: "from October 14, not renewed"; nothing where it is renewed. */
void overview_age(const struct overview_source *source, struct buffer *out);

#endif
