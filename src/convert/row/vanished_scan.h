/* vanished_scan.h: the IDs and days of all rows, for vanished.h. */
#ifndef CONVERT_ROW_VANISHED_SCAN_H
#define CONVERT_ROW_VANISHED_SCAN_H

#include "convert/row/row.h"
#include "convert/vanished.h"

/* Reads all inputs (rewound) once more and hands their rows to `vanished`. */
bool vanished_scan(const struct plan *plan, struct input **inputs, struct vanished *vanished, struct error *error);

#endif
