/* side.h: one of two sides that are compared: its records with ID, person, date, amounts and attributes, whatever they were
 * read from (an export, a published folder, what Plecto answered). Records are kept by column. */
#ifndef RECONCILE_SIDE_H
#define RECONCILE_SIDE_H

#include <pthread.h>

#include "base/error.h"
#include "base/table.h"
#include "reconcile/ids.h"
#include "reconcile/packed.h"
#include "values/decimal.h"
#include "values/zone.h"

#define NO_AMOUNT PACKED_NONE /* an empty cell, whatever its kind */
#define NO_TEXT UINT32_MAX

enum column_kind {
    COLUMN_TEXT,   /* values: numbers of texts */
    COLUMN_AMOUNT, /* values: ten-thousandths */
    COLUMN_MOMENT  /* values: seconds since 1970 on the clock of the company */
};

struct side_column {
    char *title; /* Plecto's title; of a column that the schema does not know, its label */
    char *label; /* the export's label */
    char *name;  /* the schema's name of it; NULL: there is none */
    enum column_kind kind;
    bool is_private;
    bool is_money, is_duration, is_average; /* is_average: is never summed as a total */
    bool is_metric;                         /* adds up over records, or is a percentage: compared record by record */
    bool is_key;                            /* part of the ID */
    bool is_unknown;                        /* the schema does not know it */
    bool is_derived;                        /* made of other columns */
    int places;
    struct packed values; /* by row; NO_AMOUNT: empty */
    struct table *texts;  /* COLUMN_TEXT: what the numbers are of; owned; NULL: they are of the pool */
    bool is_dropped;      /* its texts are not kept: it is part of the ID, or nearly all of them are different */
    uint64_t filled,
        different; /* of a dropped column: texts that stand for something; at least so many are different */
};

struct side_row {
    int64_t id;         /* see ids.h */
    uint32_t person;    /* name as compared; NO_TEXT: none is known */
    uint32_t person_id; /* NO_TEXT: none is known besides the name */
    uint32_t shown;     /* the name as written */
    bool has_date, has_instant;
    bool has_unread_date; /* a text that is no date: it counts in every period */
    uint16_t error;       /* 1 + the issue for which `convert` sets the row aside; 0: none */
    int64_t local;        /* seconds since 1970 on the company's clock */
    int64_t instant;      /* in UTC; set if has_instant */
    uint32_t file;
    uint64_t row, line;
};

/* The rows but the last one, by field. */
struct side_rows {
    struct packed id;                       /* codes */
    struct packed person, person_id, shown; /* PACKED_NONE: NO_TEXT */
    struct packed local, ahead;             /* `ahead`: local less instant */
    struct packed file, row, line, state;   /* `state`: the flags, and `error` behind them */
};

enum side_kind { SIDE_EXPORT, SIDE_FOLDER, SIDE_PLECTO_FILE, SIDE_PLECTO_ANSWER, SIDE_JOURNAL, SIDE_NUMBERS };

struct side {
    char *name; /* as given */
    enum side_kind kind;
    char *schema;       /* NULL: not known */
    char *by;           /* "row", "day", "week", "month" */
    char *groups;       /* titles of the fields that totals are grouped by, with NUL behind each; "" */
    char *zone_name;    /* of the receipt, or NULL */
    char *order;        /* of the receipt: "mdy"; NULL: not said */
    char *date_title;   /* which field the date is; NULL: not known */
    char *person_title; /* which field the employee is; NULL: not known */
    bool names_people;  /* a row has a person; else who it is of is not known, and no difference */
    bool has_period;    /* of the receipt */
    int32_t from, to;
    bool is_shifting;          /* what it is of changed while it was read: rows may be missing */
    const char *assumed_order; /* "month first": nothing proves how its dates are written; else NULL */
    char **files;
    size_t file_count;
    pthread_mutex_t *pool_lock; /* set before it is read, where the pool is also another thread's; else NULL */
    bool may_drop; /* set before it is read: only another export is compared with it, with all their rows */
    struct side_rows rows;
    struct side_row last; /* the last row, if there is one */
    size_t row_count;
    size_t
        set_aside_count; /* of a folder: so many of the rows, the last ones, are of its rejected.csv and do not count */
    struct side_column *columns;
    size_t column_count;
    struct table *rejected; /* IDs of rejected.csv; NULL: there is none */
    struct table *refused;  /* IDs of refused.csv; NULL */
};

void side_free(struct side *side);
/* Adds a column, all of whose cells are empty. */
struct side_column *side_add_column(struct side *side, struct view title, struct view label, enum column_kind kind);
/* The column with this title or label (compared as the schemas do), or SIZE_MAX. */
size_t side_find_column(const struct side *side, struct view name);
/* Adds a row, all of whose cells are empty; returns it, to be filled until the next is added. */
struct side_row *side_add_row(struct side *side);
/* Takes all rows and cells away. */
void side_empty(struct side *side);

enum { STATE_DATE = 1, STATE_INSTANT = 2, STATE_UNREAD = 4, STATE_BITS = 3 };

static inline uint32_t side_text_of(const struct packed *list, size_t row) {
    int64_t text = packed_get(list, row);
    return text == PACKED_NONE ? NO_TEXT : (uint32_t)text;
}

/* A row. What the caller does not look at costs nothing: it is always compiled into the caller. */
__attribute__((always_inline)) static inline struct side_row side_row_at(const struct side *side, size_t row) {
    if (row + 1 == side->row_count) return side->last;
    const struct side_rows *rows = &side->rows;
    int64_t state = packed_get(&rows->state, row), local = packed_get(&rows->local, row);
    return (struct side_row){.id = packed_get(&rows->id, row),
                             .person = side_text_of(&rows->person, row),
                             .person_id = side_text_of(&rows->person_id, row),
                             .shown = side_text_of(&rows->shown, row),
                             .has_date = state & STATE_DATE,
                             .has_instant = state & STATE_INSTANT,
                             .has_unread_date = state & STATE_UNREAD,
                             .error = (uint16_t)(state >> STATE_BITS),
                             .local = local,
                             .instant = local - packed_get(&rows->ahead, row),
                             .file = (uint32_t)packed_get(&rows->file, row),
                             .row = (uint64_t)packed_get(&rows->row, row),
                             .line = (uint64_t)packed_get(&rows->line, row)};
}

/* Whether `convert` sets the row aside. */
static inline bool row_is_set_aside(const struct side_row *row) {
    return row->error != 0;
}
static inline bool side_is_set_aside(const struct side *side, size_t row) {
    const struct side_row at = side_row_at(side, row);
    return row_is_set_aside(&at);
}

/* The ID of a row, or NO_ID. */
static inline int64_t side_id_at(const struct side *side, size_t row) {
    return row + 1 == side->row_count ? side->last.id : packed_get(&side->rows.id, row);
}

/* The value of a cell; NO_AMOUNT: it is empty. */
static inline int64_t side_cell(const struct side_column *column, size_t row) {
    return packed_get(&column->values, row);
}

/* The text with this number of a column. */
static inline struct view side_text(const struct side_column *column, const struct table *pool, int64_t number) {
    return table_key(column->texts ? column->texts : pool, (size_t)number);
}

/* The text of a cell; "" where it is empty, or no text. */
static inline struct view side_cell_text(const struct side_column *column, const struct table *pool, size_t row) {
    int64_t number = column->kind == COLUMN_TEXT ? side_cell(column, row) : NO_AMOUNT;
    return number == NO_AMOUNT ? view_of("") : side_text(column, pool, number);
}
/* Puts ID and person into a row. A name that is also its ID is no ID. */
void side_set_id(struct side_row *row, struct table *pool, struct view id);
void side_set_person(struct side_row *row, struct table *pool, struct view id, struct view name);
/* Puts a date as Plecto has it (ISO 8601 with or without an offset) into a row; a text that is none is no date. */
void side_set_date(struct side_row *row, struct view text, const struct zone *zone);
/* Reads texts as the columns of the same titles of `like` are read; with NULL, as the texts prove. */
void side_type_columns(struct side *side, const struct table *pool, const struct side *like, const struct zone *zone);
/* A name as names are compared here: without regard to case, blanks and the order of "Lopez, Ana". */
void person_fold(struct view name, struct buffer *folded);

/* Days since 1970 of seconds since 1970. */
static inline int32_t day_of(int64_t seconds) {
    return (int32_t)((seconds >= 0 ? seconds : seconds - 86399) / 86400);
}
/* How a folder's dates were read, by its receipt; unknown where it does not say. */
enum date_order side_date_order(const struct side *side);

#endif
