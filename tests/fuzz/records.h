/* records.h: records told in full, to compare readers. */
#ifndef FUZZ_RECORDS_H
#define FUZZ_RECORDS_H

#include "base/buffer.h"
#include "input/input.h"

/* Appends all that is known of a record; checks that what is promised of it holds. */
void tell_record(struct buffer *out, const struct record *record, const struct input_facts *facts);
void tell_place(struct buffer *out, uint64_t line, uint64_t column);

#endif
