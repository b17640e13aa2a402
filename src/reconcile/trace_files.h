/* trace_files.h: the files of a published folder that trace looks into. */
#ifndef RECONCILE_TRACE_FILES_H
#define RECONCILE_TRACE_FILES_H

#include "base/buffer.h"
#include "base/error.h"
#include "reconcile/side.h"

/* The exports of the receipt that are still what was read, by their SHA-256: as named, else in the folder `inputs` (or NULL).
 * Says in `out` which are not. The list and its texts are the caller's. */
bool trace_find_inputs(const char *folder, const char *inputs, char ***paths, size_t *count, struct buffer *out,
                       struct error *error);
/* Appends file, row and reasons of what rejected.csv says of an ID. */
void trace_rejected(const char *folder, const char *id, struct buffer *out);
/* What a registration stands for, as the journal calls it: "row", or "day, employee, wide". The caller frees. */
char *trace_totals(const struct side *folder);

#endif
