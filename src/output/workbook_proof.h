/* workbook_proof.h: what a workbook should hold, noted while it is written, and whether our own reader finds it in the
 * finished file: libxlsxwriter goes on without a cell where memory is missing, and a disk may lie. */
#ifndef OUTPUT_WORKBOOK_PROOF_H
#define OUTPUT_WORKBOOK_PROOF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct column_proof {
    uint64_t texts, numbers, truths; /* cells */
    uint64_t sum;                    /* of the numbers, in millionths (beyond ten million: in ten-thousandths), modulo 2^64 */
};

/* All sheets together; `rows` without the first of each, which has the titles. */
struct workbook_proof {
    uint64_t sheets, rows;
    struct column_proof *columns; /* `column_count` of them, owned */
    size_t column_count;
};

void workbook_proof_start(struct workbook_proof *proof, size_t column_count);
void workbook_proof_free(struct workbook_proof *proof);
/* A cell in one of its columns. */
void workbook_proof_number(struct workbook_proof *proof, size_t column, double value);
/* Reads the workbook at `path` and compares. EXIT_NOT_BALANCED: rows, cells or sums differ; EXIT_CANNOT_READ. */
bool workbook_proof_check(const struct workbook_proof *proof, const char *path, struct error *error);

#endif
