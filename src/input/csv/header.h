/* header.h: which of the first rows is the header. Private to head.c. */
#ifndef INPUT_CSV_HEADER_H
#define INPUT_CSV_HEADER_H

#include "input/facts.h"
#include "input/record.h"

/* How sure it is: smaller is surer. */
enum csv_header_grade {
    HEADER_KNOWN,          /* some of its labels are those of a schema */
    HEADER_FIRST_COMPLETE, /* the first row that is not blank: a label in every column but perhaps the first */
    HEADER_COMPLETE,       /* a later row of that kind */
    HEADER_MOST_TEXT,      /* the row with the most texts */
    HEADER_NONE
};

struct csv_header {
    enum csv_header_grade grade;
    size_t index;    /* of the record */
    size_t width;    /* its columns: cells at its end that are empty in all rows below too are none */
    size_t known;    /* HEADER_KNOWN: labels that a schema has */
    size_t agreeing; /* of the rows below, as many cells (one more or less does not count) */
    size_t below;    /* rows below that are not blank */
};

/* Chooses among `records` (at most CSV_HEAD_ROWS, cut with one delimiter), by the rule at the head of header.c. Only rows
 * with two cells and more are headers. */
struct csv_header csv_header_choose(const struct record *records, size_t count, const struct label_judge *judge);

#endif
