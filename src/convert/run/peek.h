/* peek.h: what the first values of a column are, before the rows are read. */
#ifndef CONVERT_RUN_PEEK_H
#define CONVERT_RUN_PEEK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "convert/unsent.h"
#include "input/input.h"
#include "schema/schema.h"

/* What the first values of a column show; placeholders are none. */
struct peek {
    struct unsent_column column;
    struct unsent_values values;
    uint64_t dates, answers, filled;
};

/* Reads the first block of the file into `peek`, and goes back to the first record. */
bool peek_column(struct input *input, size_t column, struct peek *peek, struct error *error);
/* What the values are, for a message, if they name no people ("amounts"); NULL where they may be people. */
const char *peek_no_people(const struct peek *peek);
/* Whether the values fit the type and role of a field. */
bool peek_fits(const struct peek *peek, const struct field *field);

#endif
