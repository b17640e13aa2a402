/* id_scan.h: a pass over all rows that asks each for its ID only. */
#ifndef CONVERT_ROW_ID_SCAN_H
#define CONVERT_ROW_ID_SCAN_H

#include "convert/row/row.h"

/* Takes the row at hand, whose person and ID are found and not empty; file and cells are the converter's. */
typedef void id_visitor(void *context, struct converter *converter);

/* Reads all inputs (rewound) once more, in order. */
bool id_scan(const struct plan *plan, struct input **inputs, id_visitor *visit, void *context, struct error *error);

#endif
