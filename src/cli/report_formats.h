/* report_formats.h: --format NAME[=FILE], repeatable: one run, many reports. Shared by convert, validate and report. */
#ifndef CLI_REPORT_FORMATS_H
#define CLI_REPORT_FORMATS_H

#include "cli/terminal.h"
#include "output/place.h"
#include "render/overview_render.h"

#define REPORT_FORMATS "text|json|jsonl|html|review|junit|github|markdown"

struct report_format;

struct report_request {
    const struct report_format *format;
    const char *file; /* NULL: standard output */
};

struct report_requests {
    struct report_request *list; /* owned */
    size_t count, capacity;
};

/* How the reports are to look. */
struct report_look {
    enum colour_when colour;
    bool is_quiet, is_verbose, show_private, force;
    size_t shown;       /* --max-issues: examples of each cause, in all but html and review */
    const char *folder; /* where the run's files are, for review; NULL if nowhere */
    int64_t created;    /* for review */
    const struct place_watch *watch;
};

/* Reads one value: a name, perhaps "=FILE". Unknown: the nearest is offered; two on standard output, or review without a
 * file: EXIT_WRONG_USE. */
bool report_requests_add(const char *value, struct report_requests *requests, struct error *error);
void report_requests_free(struct report_requests *requests);
/* Before long work: none of the files is in the way. A report of ours is not: it is replaced (cli/report_ours.h). */
bool report_requests_check(const struct report_requests *requests, bool force, struct error *error);
/* Examples of each cause that the reports want; 0 where --max-issues does. */
size_t report_requests_kept(const struct report_requests *requests);
/* Writes all; text to standard output where no report goes there. Returns `code`, or that of the first failure (said). */
enum exit_code report_requests_write(const struct report_requests *requests, struct result *result,
                                     const struct report_look *look, enum exit_code code);
/* Of a run that was stopped: those that were asked for, where their files are not in the way; no workbook. */
enum exit_code report_requests_write_stopped(const struct report_requests *requests, struct result *result,
                                             const struct report_look *look, enum exit_code code);

/* One of several data sources of a run, and how its reports look. */
struct report_part {
    const char *name; /* "jobs": the report of report.xml becomes report-jobs.xml */
    struct result *result;
    struct report_look look;
};
/* Before long work: whether several data sources can be reported so; EXIT_WRONG_USE where a form is one document. */
bool report_requests_check_parts(const struct report_requests *requests, const struct report_part *parts, size_t count,
                                 bool force, struct error *error);
/* Writes all: to files a report for each part; to standard output the overview, and what can be one after another. */
enum exit_code report_requests_write_parts(const struct report_requests *requests, const struct overview *overview,
                                           const struct report_look *look, struct report_part *parts, size_t count,
                                           enum exit_code code);

#endif
