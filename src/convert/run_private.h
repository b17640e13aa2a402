/* run_private.h: what the files of a run (run.c, run_notes.c, run_result.c) share. */
#ifndef CONVERT_RUN_PRIVATE_H
#define CONVERT_RUN_PRIVATE_H

#include "convert/aggregate.h"
#include "convert/totals.h"
#include "output/outdir.h"

struct file_counts {
    uint64_t rows, written, rejected;
};

struct run {
    const struct run_options *options;
    struct result *result;
    struct schema *schema;
    struct input **inputs;
    struct binding **bindings;
    size_t file_count;
    struct plan plan;
    bool has_plan;

    /* one pass over the input */
    struct outdir *outdir;                  /* NULL without output */
    struct outfile *jsonl, *csv, *rejected; /* NULL where not written */
    struct totals totals;
    struct aggregate *aggregate;      /* NULL with --by row */
    struct column_evidence *evidence; /* by field */
    struct file_counts *counts;       /* by file */
    struct table *members;
    struct people_counts people;
    uint64_t instants, local_times, day_only;
    int32_t first_day, last_day;
};

/* run_notes.c: what is told once for the whole run, as notes and file-level issues. */
void run_note_files(struct run *run); /* before the rows: missing columns, duplicate labels, unknown columns */
void run_note_rows(struct run *run);  /* after them: people, zones, Active */

/* run_result.c: files, columns, options and next command into the result. */
void run_fill_result(struct run *run);
/* The exit code and what to do next, once publication is decided. */
void run_decide_exit(struct run *run);

#endif
