/* row_private.h: what the files of the heart share: a worker, the file and the row at hand. */
#ifndef CONVERT_ROW_ROW_PRIVATE_H
#define CONVERT_ROW_ROW_PRIVATE_H

#include "base/arena.h"
#include "convert/moment.h"
#include "convert/row/row.h"

#define PROBLEM_LIMIT 64 /* problems told of one row; a row with more is damaged anyway */

struct problem {
    enum issue_code code;
    size_t field;      /* SIZE_MAX where it is not of one field */
    struct view value; /* empty for private fields */
    bool is_private;   /* there is one, but the field is private */
    struct view detail;
    struct cell_ref cell; /* REF_NONE: the place is the record's */
    bool is_silent;       /* told by one issue for the whole file (missing column): only rejected.csv names it */
};

/* A date column's last cell: exports repeat the same dates, so reading it again is mostly a comparison. */
struct moment_slot {
    char input[40];
    size_t length;
    bool is_filled;
    struct moment moment;
};

/* A cell to be read as a value: what the plan and the file's binding say of it, worked out once for each file. */
struct typed_cell {
    size_t field;
    size_t cell;                 /* of the record; SIZE_MAX where the file has none */
    const struct cell *computed; /* or this one */
    const struct field *schema;
};

/* The file at hand. */
struct open_file {
    size_t number;                /* among the inputs; SIZE_MAX at first */
    struct record_reader *reader; /* owned */
    const struct binding *binding;
    const struct input_facts *facts;
    struct typed_cell *typed; /* owned; in the order of the plan */
    size_t typed_count;
    enum mark_place marks; /* what the marks of its numbers weigh */
    struct table *labels;  /* owned; its own and the schema's, normalised; NULL: not asked for yet */
};

/* What a field has in the row at hand. */
struct field_state {
    struct value value;
    int64_t amount;
    size_t known;               /* place of the last known value found, mostly that of the next row too */
    struct moment_slot *moment; /* owned; NULL where the field is no date */
    bool is_filled;             /* it has an amount (numbers, durations), or is true (booleans) */
};
_Static_assert(sizeof(struct field_state) <= 64, "a row goes through many of these: one line of the cache each");

/* Values of a column that are none of its known ones, and what is said of each. */
struct unknown_values {
    struct table *texts; /* owned; NULL: none yet */
    char **words;        /* owned, each; by number in `texts` */
    size_t capacity;
};
#define UNKNOWN_KEPT 1000 /* then they are forgotten, so that a column of texts takes no memory */

enum person_kind {
    PERSON_NONE,
    PERSON_BOTH,
    PERSON_NAME_ONLY,
    PERSON_ID_ONLY,
    PERSON_ROSTER,
    PERSON_DEFAULT,
    PERSON_JOINED
};

/* The row at hand. */
struct row {
    struct record record;
    struct cell *computed; /* owned; binding->computed_count: computed and looked up cells */
    struct problem problems[PROBLEM_LIMIT];
    size_t problem_count;
    bool has_error;
    struct view external_id, member_id, member_name;
    bool is_single_id; /* the ID cell is surely no list of several */
    enum person_kind person_kind;
    size_t person_field;       /* the one that named the person; SIZE_MAX: none */
    const struct moment *date; /* NULL if missing */
    bool is_fallback_date;     /* not of the first date field */
    bool is_inactive;
    bool is_fixed, is_left_out; /* by --fixes */
    bool has_money;
    int64_t money;
    int64_t *followed; /* owned; ledger amounts */
    int64_t *brought;  /* owned; the same of the registration at hand: of one of several people */
};

#define SHARE_LIMIT 32 /* people of one row; a cell that names more is refused */

/* One of several people a row belongs to. */
struct share {
    struct view external_id; /* empty: made of the row's and the person's */
    struct view member_id, member_name;
    int64_t weight;            /* in relation to the others; not negative */
    const struct moment *date; /* NULL: the row's */
};

/* The people of one row. */
struct division {
    struct share shares[SHARE_LIMIT];
    size_t count; /* 0: the row is one person's */
    struct moment dates[SHARE_LIMIT];
    size_t listed_count;       /* IDs in the ID cell, if several */
    struct field_state *whole; /* owned; by field: what is divided */
};

/* What came since the last total row of this block. */
struct since_total {
    uint64_t rows, damaged;
    wide_integer *sums;         /* owned; of the followed fields: what the ledger had taken in before */
    uint64_t *unread;           /* owned; of the same: cells that could not be read */
    struct value_range *ranges; /* owned; of the same, where the schema is not built in */
    struct column_sum *columns; /* owned; by column of a file whose total rows are proved */
    size_t column_count, column_room;
};

/* A worker with all it needs for its rows. */
struct converter {
    const struct plan *plan;
    struct input **inputs;
    struct arena *arena; /* owned; for the block at hand */
    struct outcome *outcome;
    const struct identity_before *seen_ids; /* of the block; NULL in the first go over it */
    struct buffer scratch;                  /* of whoever needs one for a moment */
    bool is_all_json;                       /* no input is a table */
    bool has_odd_texts;                     /* the block has bytes that row_check_texts has to look at */
    struct open_file file;
    struct row row;
    struct field_state *fields;     /* owned; by field */
    struct unknown_values *unknown; /* owned; by field */
    const struct value **sent;      /* owned; of those, in the order of the output columns */
    struct division division;
    struct since_total since;
    size_t *unsent; /* owned; of the block's columns that are not sent, those that are still looked at */
    size_t unsent_count;
};

/* A cell of the row, or NULL where the file, or this row, does not have it. */
static inline const struct cell *row_cell_at(const struct row *row, struct cell_ref ref) {
    if (ref.kind == REF_COMPUTED) return &row->computed[ref.index];
    return ref.kind == REF_CELL && ref.index < row->record.cell_count ? &row->record.cells[ref.index] : NULL;
}

/* The cell of a field in the row at hand. */
static inline const struct cell *row_cell(const struct converter *converter, size_t field) {
    return row_cell_at(&converter->row, converter->file.binding->cell_of_field[field]);
}

/* The text of a cell of the record, trimmed; empty where it has none, and for computed cells. */
static inline struct view row_record_text(const struct row *row, struct cell_ref ref) {
    if (ref.kind != REF_CELL || ref.index >= row->record.cell_count) return view_of("");
    return view_trim(row->record.cells[ref.index].text);
}

/* Whether the file is a table: its cells are known by their columns, not by their paths. */
static inline bool file_has_columns(const struct open_file *file) {
    return file->facts->shape == SHAPE_CSV || file->facts->shape == SHAPE_REPORT;
}

/* Cells of its records that have a label: the columns of a table, the bound paths of JSON records. */
static inline size_t file_cell_count(const struct open_file *file) {
    return file_has_columns(file) ? file->facts->column_count : file->binding->path_count;
}

/* converter.c: begins with the records of a block. */
void converter_begin(struct converter *converter, const struct block *block, size_t file, struct outcome *outcome);

/* row.c: the row at hand, from its cells to the side of the ledger that it is booked on. */
void row_convert(struct converter *converter);

/* damage.c: notes what is wrong with the record as a whole. */
void row_check_damage(struct converter *converter);
/* The contrary of too many cells: where every row ends with a delimiter, one without it lacks a cell. */
void row_check_trailing(struct converter *converter);

/* problem.c: notes a problem of a field ("Jobs Subtotal "x" is not a number"); `field` SIZE_MAX for the whole row. */
void row_problem(struct converter *converter, enum issue_code code, size_t field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* A problem of a field's cell, whose text is shown in it unless it is private: "Jobs Subtotal "x" " and `what`. */
void row_cell_problem(struct converter *converter, enum issue_code code, size_t field, const char *what);
/* The label the file uses for a field, for messages. */
struct view row_label(const struct open_file *file, size_t field);

/* cells.c: the typed cells of the file at hand. */
void row_plan_cells(struct converter *converter);
/* Reads every typed field of the row into its field_state; notes problems. */
void row_read_cells(struct converter *converter);
/* Frees the texts, not the room of the words. */
void row_forget_unknown(struct unknown_values *unknown);

/* moments.c: the date a text of a date field stands for; the last one of each field is kept. */
const struct moment *row_moment(struct converter *converter, size_t index, struct view text);
/* Reads the text of a date field into its field_state; notes what it shows of the column's form, and problems. */
void row_read_moment(struct converter *converter, size_t index, const struct field *field, struct view text);

/* texts.c: whether a block has no bytes that could make a text one that cannot be sent as it is. */
bool texts_are_plain(struct view text, bool is_json);
/* Notes a problem for each text of the row that is sent and is no text, or has lost characters. */
void row_check_texts(struct converter *converter);

/* computed.c: fills the cells that no column has. */
void row_fill_computed(struct converter *converter);

/* list.c: the pieces of "389089722, 389091705", as many as there are; SHARE_LIMIT of them at most are kept. A thousands
 * comma has no blank behind it. */
size_t row_list_cut(struct view text, struct view *pieces);
/* Whether the text may be such a list. */
bool row_list_has_mark(struct view text);
/* Piece number `index` of such a list; the whole where it is no list. */
struct view row_list_piece(struct view text, size_t index);

/* person_name.c: an employee's ID and name, as they go out. */
struct member {
    struct view id, name;
    bool is_known; /* the ID is the roster's, or the person's of an ID is */
};
/* Who a name is in the roster, which there is. An alias becomes the person, because the roster says so; a look-alike is
 * told and stays as it is; a name that nobody or two people have is an issue: Plecto would make a new employee of it. */
struct member row_member_by_name(struct converter *converter, size_t field, struct view name);
/* Who an ID of a space is; `name` is what the export calls the person, or empty; `label` begins the messages, which are of
 * `field`. */
struct member row_member_by_id(struct converter *converter, size_t field, struct view label, enum person_space space,
                               struct view id, struct view name);

/* share.c: people of a companion export; false where it has none for the row. */
bool row_join_people(struct converter *converter);
/* Divides the row where the name cell of its person names several. */
void row_divide_name(struct converter *converter, const struct person_source *source);
/* Several shares of one person, by two aliases or IDs, are that person's one share; a single one is no division. */
void row_merge_shares(struct row *row, struct division *division);
/* Counts the IDs that the ID cell lists ("1, 2"), if several; 0 else. */
void row_count_listed(const struct open_file *file, const struct row *row, struct division *division);
/* Notes a problem where the person's ID is a list of several. */
void row_check_person_list(struct converter *converter);
/* Divides a row that lists several IDs, or notes why it cannot be. */
void row_divide_listed(struct converter *converter);
/* The piece of an amount that a share gets: all pieces add up to it exactly. `in_cents`: whole cents where the amount is in
 * cents. */
/* The piece of an amount for a weight of `own` of `all`, with `before` before it: pieces of a running total. */
int64_t share_piece(int64_t amount, wide_integer before, wide_integer own, wide_integer all, bool in_cents);
/* Whether shares add up to a whole: about 100 or about 1. */
bool shares_are_whole(int64_t sum);
int64_t share_of(int64_t amount, const struct share *shares, size_t count, size_t index, bool in_cents);

/* identity.c: hash of all cells of the record, however they were written; the scratch is written over. */
uint32_t row_content_hash(struct converter *converter);
/* Asks whether the row's IDs came already; false with a problem if so. */
bool row_check_identity(struct converter *converter);
/* Gives every share its ID. */
void row_name_shares(struct converter *converter);
/* The ID under which the identity set knows the row first. */
static inline struct view row_first_id(const struct converter *converter) {
    const struct division *division = &converter->division;
    bool has_own = division->count > 0 && division->listed_count > 1; /* the row lists several IDs */
    return has_own ? division->shares[0].external_id : converter->row.external_id;
}

/* vanished_note.c: notes a problem where the row's record is not in a newer export of its day; plan->vanished is not NULL. */
void row_note_vanished(struct converter *converter);

/* write.c: writes a row that is fit, in whole or a registration for each share. */
void row_write(struct converter *converter);

/* filled.c: a cell's text without blanks, as a person sees it in ServiceTitan (convert/id_form.h); empty too for placeholders
 * (N/A, -) and, for IDs, 0, which means none (schemas/servicetitan.md, "How values are written"). */
struct view row_filled_text(const struct converter *converter, struct cell_ref ref, bool is_id);
/* Tells what of an ID's cell is no part of the ID: commas between thousands; counts guards. */
void row_tell_form(struct converter *converter, struct cell_ref ref, size_t field);
/* Whether a cell for a person or an ID holds an error of a spreadsheet; then the row has that problem. */
bool row_refuse_error(struct converter *converter, struct cell_ref ref, size_t field);
/* Whether a cell is an ID of digits only, as nearly all are: nothing of it is to be told or taken off. 0 and 000 are none. */
bool row_is_plain_id(struct view text);

/* person.c, record_id.c, record_date.c: who the row belongs to; its external ID; its date. Each notes a problem where it is
 * missing. */
void row_find_person(struct converter *converter);
void row_find_id(struct converter *converter);
/* The field that a problem of the row's ID is told of: the one that filled it, or the first that is part of it (the one
 * that named the employee for {employee}); SIZE_MAX where no field is. */
size_t row_id_field(const struct converter *converter);
void row_find_date(struct converter *converter);

/* fixes.c: changes the record as --fixes says; notes what apply asks about the row, whose line in the outcome's csv
 * begins at `csv_before`. */
void row_apply_fixes(struct converter *converter);
void row_note_found(struct converter *converter, size_t csv_before);

/* reject.c: hands the row's problems to the issues of the outcome; writes the row to rejected.csv. */
void row_tell_problems(struct converter *converter);
void row_reject(struct converter *converter);

/* watch.c: shows the row that was read to whoever watches. */
void row_show(struct converter *converter);

/* not_yet.c: whether all that is wrong with the row is that it lacks what an open record lacks; then its problems are
 * dropped. */
bool row_is_not_yet(struct converter *converter);
/* Whether a row that lacks its date is the head of a group: a name without a digit in its first cell and nothing else. */
bool row_is_bare_group(const struct converter *converter);

/* joined_files.c. A line that is no record: it counts as a blank row, and `code` says what it is. */
void row_note_line(struct converter *converter, enum issue_code code, const char *text);
/* A line of the report: W130 with its first text. */
void row_note_footer(struct converter *converter);
/* Of a row with an error. Whether it is a title line of the file again, and whether it is a header with other
 * columns: more than half of its cells, two at least, are labels of the file or of the schema. */
bool row_is_title_again(const struct converter *converter);
bool row_is_other_header(struct converter *converter);
/* Name of the field that would say whether the row is open, where the file has none; else NULL. */
const char *row_open_column(const struct converter *converter);

/* total.c: whether the row is a subtotal or grand total; if so, notes it as an event. */
bool row_note_total(struct converter *converter);
/* Counts a data row among those that the next total row is over; `is_damaged`: its cells cannot be told apart. */
void row_add_to_total(struct converter *converter, bool is_damaged);
/* Nothing came since the last total row: at the begin of a block. */
void row_start_totals(struct converter *converter);
/* Closes the block's last event. */
void row_close_totals(struct converter *converter);

#endif
