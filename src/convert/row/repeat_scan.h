/* repeat_scan.h: a pass over the rows whose IDs came more than once. */
#ifndef CONVERT_ROW_REPEAT_SCAN_H
#define CONVERT_ROW_REPEAT_SCAN_H

#include "convert/grain.h"
#include "convert/row/row.h"

/* Reads all inputs (rewound) once more and hands the rows of repeated IDs to `repeats` and, where it is not NULL, to
 * `grain`, whose columns are those of the first file (CSV and report answers). */
bool repeat_scan(const struct plan *plan, struct input **inputs, struct repeats *repeats, struct grain *grain,
                 struct error *error);

#endif
