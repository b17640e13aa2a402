/* run_private.h: what the files of a run share: the run, and one pass over its rows. */
#ifndef CONVERT_RUN_RUN_PRIVATE_H
#define CONVERT_RUN_RUN_PRIVATE_H

#include "convert/aggregate.h"
#include "convert/run/pipeline.h"
#include "convert/totals.h"
#include "output/outdir.h"

/* What is the same for every pass, and what one pass taught for the next. */
struct run {
    const struct run_options *options;
    struct schema *schema;
    struct read_files schema_files; /* those that --schema auto looked at */
    struct known_labels *labels;    /* of the schemas, for telling headers */
    struct input **inputs;
    struct binding **bindings;
    size_t file_count;
    struct plan plan;
    bool has_plan;
    struct joins *joins;      /* companions, or NULL */
    struct repeats *repeats;  /* which state of repeated records counts, or NULL */
    struct vanished *vanished; /* records that the newest export has not, or NULL */
    bool has_asked_vanished;
    char *grain;              /* what would make IDs unique, in words; or NULL */
    char *id_columns;         /* without a column for the ID: "{Invoice #}:{Item Code}", different in each row; or NULL */
    struct found_groups *groups; /* owned, and their rows */
    size_t group_count;
    struct findings findings; /* of before the first pass: they hold for every pass */
};

struct file_counts {
    uint64_t rows, written, rejected;
    struct unsent_values *unsent; /* owned; by column of plan.unsent */
};

/* One pass over all rows: made, and thrown away whole if another is needed. */
struct pass {
    struct outdir *outdir;                     /* NULL without output */
    struct outfile *outputs[OUTPUT_ROW_COUNT]; /* NULL where not written, as the next */
    struct outfile *rejected;
    struct file_counts *files; /* by file of the run; owned, file_count of them */
    size_t file_count;
    struct ledger ledger;
    struct findings findings; /* those of the run, and its own */
    struct counts counts;
    struct evidence evidence;
    struct day_sums day_sums;
    struct totals totals;
    struct aggregate *aggregate;  /* NULL with --by row */
    struct repeated_ids repeated; /* IDs that came again with other content */
    enum publication publication; /* decided at the end */
    char *balance;                /* NULL if the ledger balances, else what differs */
};

/* open.c: opens the inputs, finds the schema, binds the columns, makes the plan. */
bool run_open(struct run *run, struct error *error);
/* Gives all of it back, whether or not it was opened whole. */
void run_close(struct run *run);

/* pass.c: goes over all rows. Free with pass_free, whatever it returns; a pass that is all zero is free. */
bool pass_make(struct run *run, struct pass *pass, struct error *error);
/* What it wrote is removed, unless it was published. */
void pass_free(struct pass *pass);

/* passes.c: as many passes as the inputs need to prove what they mean; `pass` is the last one, to be freed. */
bool run_passes(struct run *run, struct pass *pass, struct error *error);

/* repeated.c: looks at IDs that came again: true in `again` if older states are to be left out in another pass;
 * else says which columns would make them unique. */
bool run_examine_repeats(struct run *run, const struct pass *pass, bool *again, struct error *error);
/* Says how many records came again, and what the choice of a state does to the money. */
void run_note_states(const struct run *run, struct pass *pass);

/* vanished.c: where an older and a newer export are of the same days, finds the records that the newer has not: true in
 * `again` if there are some, to be reported in another pass. */
bool run_find_vanished(struct run *run, const struct pass *pass, bool *again, struct error *error);
/* Says which files were not compared, because they are parts of one export. */
void run_note_parts(const struct run *run, struct pass *pass);

/* periods.c: the period of each file: --period, its title lines or its name. */
void run_find_periods(struct run *run);

/* notes_files.c: what is to be said of the files before their rows: missing, doubled and unknown columns. */
void run_note_files(const struct run *run, struct findings *findings);
/* notes_rows.c: what is to be said after the rows: people, zones, Active, fixes. */
void run_note_rows(const struct run *run, struct pass *pass);

/* notes_unsent.c: columns that hold money or hours and are not sent. */
void run_note_unsent(const struct run *run, struct pass *pass);

/* adopt.c: columns that the schema does not know and an option names become fields: money, hours and counts as such,
 * where their first values prove it, others as text. */
bool run_adopt_columns(struct run *run, struct error *error);

/* renamed.c: columns that look like a field that the file lacks, by label and values, as issues of the run. */
bool run_note_renamed(struct run *run, struct error *error);

/* id_columns.c: where the file has no column for the ID, finds columns that together are different in every row. */
bool run_find_id_columns(struct run *run, struct error *error);
/* What finds them among the columns that may be part of an ID; the caller frees it. NULL: no table, or several files. */
struct grain *run_make_grain(const struct run *run);

/* scan.c: finds the rows that belong together, if anything needs it; columns of a parent are left out of sums. */
bool run_scan(struct run *run, struct error *error);

/* notes_forms.c: how the texts of columns were read, where neither schema nor options said it. */
void run_note_forms(const struct run *run, struct pass *pass);

/* people.c: look-alikes and names with several IDs as issues; prefixed names as a note. */
void run_note_look_alikes(struct pass *pass);
/* Where rows have an ID and no name, and others of the same ID have one: learns the names for the next pass; true if there
 * are any. Totals name their people when they are written (aggregate_write.c). */
bool run_learn_names(struct run *run, const struct pass *pass);
/* What each day and each employee has, into days and people of the result, whose columns are filled already. */
void run_fill_people(const struct day_sums *sums, struct result *result);

/* columns.c: which columns became what, and which are not sent, into the result's file. */
void run_fill_columns(const struct run *run, const struct pass *pass, size_t file, struct result_file *to);

/* next.c: the command to run next, and what is to be done before it, into the result, which is filled otherwise. */
void run_fill_next(const struct run *run, struct result *result);

/* origin.c: the options, one "name=value" a line, defaults included, as a review workbook keeps them. The caller frees. */
char *run_origin(const struct run_options *options, const struct plan *plan, const struct result *result);

/* result.c: fills the result of the last pass, its exit code and the next command too; what the pass owns of it moves. */
void run_fill_result(const struct run *run, struct pass *pass, struct result *result);

/* finish.c: balances the ledger, makes what is made of the written files, fills the result, publishes or not. */
bool run_finish(const struct run *run, struct pass *pass, struct result *result, struct error *error);

#endif
