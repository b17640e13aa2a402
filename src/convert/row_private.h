/* row_private.h: what the files of the heart (row.c, cells.c, person.c, reject.c) share: the row at hand. */
#ifndef CONVERT_ROW_PRIVATE_H
#define CONVERT_ROW_PRIVATE_H

#include "base/arena.h"
#include "convert/moment.h"
#include "convert/row.h"

#define PROBLEM_LIMIT 64 /* problems told of one row; a row with more is damaged anyway */

struct problem {
    enum issue_code code;
    size_t field;      /* SIZE_MAX where it is not of one field */
    struct view value; /* empty for private fields */
    bool is_private;   /* there is one, but the field is private */
    struct view detail;
    struct cell_ref cell; /* REF_NONE: the place is the record's */
    bool is_silent; /* told by one issue for the whole file (missing column): only rejected.csv names it */
};

/* A date column's last cell: exports repeat the same dates, so reading it again is mostly a comparison. */
struct moment_slot {
    char input[40];
    size_t length;
    bool is_filled;
    struct moment moment;
};

/* A cell to be read as a value: what the plan and the file's binding say of it, worked out once for each file. */
struct step {
    size_t field;
    size_t cell;              /* of the record; SIZE_MAX where the file has none */
    const struct cell *extra; /* or this one */
    const struct field *schema;
};

#define SHARE_LIMIT 32 /* people of one row; a cell that names more is refused */

/* One of several people a row belongs to. */
struct share {
    struct view external_id; /* empty: made of the row's and the person's */
    struct view member_id, member_name;
    int64_t weight;            /* in relation to the others; not negative */
    const struct moment *date; /* NULL: the row's */
};

struct converter {
    const struct plan *plan;
    struct input **inputs;
    size_t file; /* of the reader below; SIZE_MAX at first */
    struct record_reader *reader;
    const struct binding *binding;
    const struct input_facts *facts;
    struct step *steps;
    size_t step_count;
    struct arena *arena; /* for the block at hand */
    struct outcome *outcome;
    const struct identity_before *before;
    struct buffer scratch; /* of whoever needs one for a moment */

    bool is_all_json;   /* no input is a table */
    bool has_odd_texts; /* the block has bytes that row_check_texts has to look at */

    /* the row at hand */
    struct record record;
    struct value *values;        /* by field */
    int64_t *amounts;            /* by field */
    bool *filled;                /* by field: it has an amount (numbers, durations), or is true (booleans) */
    struct moment_slot *moments; /* by field */
    size_t *known_values;        /* by field: place of the last known value met */
    int64_t *followed;           /* ledger amounts */
    int64_t *part;               /* the same of one of several people */
    struct value *sent;          /* values in the order of the output columns */
    struct problem problems[PROBLEM_LIMIT];
    size_t problem_count;
    bool has_error;
    struct view external_id, member_id, member_name;
    enum {
        PERSON_NONE,
        PERSON_BOTH,
        PERSON_NAME_ONLY,
        PERSON_ID_ONLY,
        PERSON_ROSTER,
        PERSON_DEFAULT,
        PERSON_JOINED
    } person_kind;
    size_t person_field; /* the one that named the person; SIZE_MAX: none */
    struct cell *extras; /* binding->computed_count: computed and looked up cells */
    struct share shares[SHARE_LIMIT];
    size_t share_count; /* 0: the row is one person's */
    struct moment share_dates[SHARE_LIMIT];
    size_t parallel_count;      /* IDs in the ID cell, if several */
    int64_t *whole_amounts;     /* by field: what is divided */
    struct value *whole_values; /* by field */
    const struct moment *date;  /* NULL if missing */
    bool is_fallback_date;      /* not of the first date field */
    bool is_inactive;
    bool is_fixed, is_left_out; /* by --fixes */
    int64_t money;
    bool has_money;
    /* since the last total row of this block */
    uint64_t rows_since;
    wide_integer *sums_since;
};

/* A cell of the row at hand, or NULL where the file, or this row, does not have it. */
static inline const struct cell *row_cell_at(const struct converter *converter, struct cell_ref ref) {
    if (ref.kind == REF_COMPUTED) return &converter->extras[ref.index];
    bool is_there = ref.kind == REF_CELL && ref.index < converter->record.cell_count;
    return is_there ? &converter->record.cells[ref.index] : NULL;
}

/* The cell of a field. */
static inline const struct cell *row_cell(const struct converter *converter, size_t field) {
    return row_cell_at(converter, converter->binding->cell_of_field[field]);
}

/* Begins with the records of a block (row.c). */
void converter_begin(struct converter *converter, const struct block *block, size_t file, struct outcome *outcome);

/* cells.c: the steps for the file at hand. */
void row_plan_cells(struct converter *converter);
/* cells.c: reads every typed field of the row into values, amounts and filled; notes problems. */
void row_read_cells(struct converter *converter);
/* The date a text of a field stands for; the last one of each field is kept. */
const struct moment *row_moment(struct converter *converter, size_t index, struct view text);

/* row_problem.c: notes a problem of a field ("Jobs Subtotal "x" is not a number"); `field` SIZE_MAX for the whole row. */
void row_problem(struct converter *converter, enum issue_code code, size_t field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The label the file uses for a field, for messages. */
struct view row_label(const struct converter *converter, size_t field);
/* Values of private fields stay out of messages, unless --show-private asks for them. */
bool row_is_hidden(const struct converter *converter, size_t field);

/* person_name.c: a name against the roster. An alias becomes the person's name, because the roster says so; a look-alike is
 * told and stays as it is; a name that nobody has is an issue: Plecto would make a new employee of it. */
struct view row_check_name(struct converter *converter, size_t field, struct view name);

/* row_texts.c: whether a block has no bytes that could make a text one that cannot be sent as it is. */
bool texts_are_plain(struct view text, bool is_json);
/* Notes a problem for each text of the row that is sent and is no text, or has lost characters. */
void row_check_texts(struct converter *converter);

/* extra.c: fills the cells that no column has. */
void row_fill_extras(struct converter *converter);

/* share.c: people of a companion export; false where it has none for the row. */
bool row_join_people(struct converter *converter);
/* Divides the row where the name cell of its person names several. */
void row_divide_name(struct converter *converter, const struct person_source *source);
/* How many IDs the ID cell lists ("1, 2"), if several; 0 else. */
size_t row_parallel_count(struct converter *converter);
/* Part number `index` of such a list; the whole where it is no list. */
struct view row_parallel_part(struct view text, size_t index);
/* Notes a problem where the person's ID is a list of several. */
void row_check_person_list(struct converter *converter);
/* Divides a row that lists several IDs, or notes why it cannot be. */
void row_divide_parallel(struct converter *converter);
/* Hash of all cells of the record, however they were written; the scratch is written over (row_identity.c). */
uint32_t row_content_hash(struct converter *converter);
/* row_identity.c: asks whether the row's IDs came already; false with a problem if so. */
bool row_check_identity(struct converter *converter);
/* row_write.c: writes a row that is fit, in whole or in parts. */
void row_write(struct converter *converter);
/* Gives every share its ID (row_identity.c). */
void row_name_shares(struct converter *converter);
/* The ID under which the identity set knows the row first. */
static inline struct view row_first_id(const struct converter *converter) {
    bool has_own = converter->share_count > 0 && converter->parallel_count > 1; /* the row lists several IDs */
    return has_own ? converter->shares[0].external_id : converter->external_id;
}
/* The part of an amount: all parts add up to it exactly. `in_cents`: whole cents where the amount is in cents. */
int64_t share_part(int64_t amount, const struct share *shares, size_t count, size_t index, bool in_cents);

/* person.c: who the row belongs to; external ID; date. Each notes a problem where it is missing. */
void row_find_person(struct converter *converter);
void row_find_id(struct converter *converter);
/* The field that a problem of the row's ID is told of: the one that filled it, or the first that is part of it (the one
 * that named the employee for {employee}); SIZE_MAX where no field is. */
size_t row_id_field(const struct converter *converter);
void row_find_date(struct converter *converter);

/* row_fixes.c: changes the record as --fixes says; notes what apply asks about the row, whose line in the outcome's csv
 * begins at `csv_before`. */
void row_apply_fixes(struct converter *converter);
void row_note_found(struct converter *converter, size_t csv_before);

/* reject.c: hands the row's problems to the issues of the outcome; writes the row to rejected.csv. */
void row_tell_problems(struct converter *converter);
void row_reject(struct converter *converter);

/* totals_row.c: whether the row is a subtotal or grand total; if so, notes it as an event. */
bool row_take_total(struct converter *converter);
/* Closes the block's last event. */
void row_close_totals(struct converter *converter);

#endif
