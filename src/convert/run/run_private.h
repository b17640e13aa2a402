/* run_private.h: what the files of a run (run.c, run_notes.c, run_result.c) share. */
#ifndef CONVERT_RUN_PRIVATE_H
#define CONVERT_RUN_PRIVATE_H

#include "convert/aggregate.h"
#include "convert/run/pipeline.h"
#include "convert/totals.h"
#include "output/outdir.h"

struct file_counts {
    uint64_t rows, written, rejected;
};

struct run {
    const struct run_options *options;
    struct result *result;
    struct schema *schema;
    struct read_files schema_files; /* those that --schema auto looked at */
    struct input **inputs;
    struct binding **bindings;
    size_t file_count;
    struct plan plan;
    bool has_plan;
    struct joins *joins;          /* companions, or NULL */
    struct repeated_ids repeated; /* of the pass at hand */
    struct repeats *repeats;      /* which state of repeated records is taken, or NULL */
    char *grain;                  /* what would make IDs unique, in words; or NULL */

    size_t early_notes;          /* what was told before the first pass holds for every pass */
    struct issues *early_issues; /* NULL before */

    /* one pass over the input */
    struct outdir *outdir;                  /* NULL without output */
    struct outfile *jsonl, *csv, *rejected; /* NULL where not written */
    struct totals totals;
    struct aggregate *aggregate; /* NULL with --by row */
    struct counts counts;
    struct evidence evidence;
    struct day_sums day_sums;
    struct file_counts *file_counts; /* by file */
};

/* run.c: one pass over all inputs; forgetting it, and what it wrote. */
bool run_pass(struct run *run, struct error *error);
void run_end_pass(struct run *run);
void run_discard_output(struct run *run);
/* run_passes.c: as many passes as the inputs need to prove what they mean. */
bool run_passes(struct run *run, struct error *error);

/* run_people.c: the members of a pass, and what is doubtful about their names. What each day and each employee has, into days and people of the result; its columns are filled already. */
void run_people_fill(const struct run *run, struct result *result);
/* Look-alikes and names with several IDs as issues; prefixed names as a note. */
void run_people_tell(struct run *run);

/* run_repeats.c: looks at IDs that came again: true in `again` if older states are to be left out in another pass;
 * else says which columns would make them unique. */
bool run_examine_repeats(struct run *run, bool *again, struct error *error);

/* run_period.c: the period of each file: --period, its title lines or its name. */
void run_find_periods(struct run *run);

/* run_notes.c: what is told once for the whole run, as notes and file-level issues. */
void run_note_files(struct run *run); /* before the rows: missing columns, duplicate labels, unknown columns */
void run_note_rows(struct run *run);  /* after them: people, zones, Active */

/* run_result.c: files, columns, options and next command into the result. */
void run_fill_result(struct run *run);
/* The exit code and what to do next, once publication is decided. */
void run_decide_exit(struct run *run);

#endif
