/* cell_ref.h: where a value of a row stands, or what a piece of an ID stands for. The kind says what the index counts; where
 * there is nothing to count there is no index that could be used by mistake. */
#ifndef SCHEMA_CELL_REF_H
#define SCHEMA_CELL_REF_H

#include <stdbool.h>
#include <stddef.h>

enum ref_kind {
    REF_NONE,     /* nowhere: the file does not have it */
    REF_CELL,     /* index into record.cells: a column of a table, a bound path of a JSON record */
    REF_COMPUTED, /* index into binding->computed: made from other cells, or looked up in a companion export */
    /* pieces of an ID template */
    REF_FIELD,    /* index into schema->fields */
    REF_PERIOD,   /* {period}: the days of the report */
    REF_EMPLOYEE, /* {employee}: the row's person */
    REF_END       /* the end: the text behind the last field */
};

struct cell_ref {
    enum ref_kind kind;
    size_t index; /* 0 where the kind counts nothing */
};

/* Whether it is anywhere: a cell of the record or a computed one. */
static inline bool ref_is_there(struct cell_ref ref) {
    return ref.kind != REF_NONE;
}

/* Whether it is this cell of the record. */
static inline bool ref_is_cell(struct cell_ref ref, size_t cell) {
    return ref.kind == REF_CELL && ref.index == cell;
}

#endif
