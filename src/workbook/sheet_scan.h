/* sheet_scan.h: a scanner for the few elements that rows of sheets are made of, several times as fast as expat, which
 * stays the judge of everything else: whatever the scanner does not know for certain it leaves to it. Private to
 * workbook/sheet.c. */
#ifndef WORKBOOK_SHEET_SCAN_H
#define WORKBOOK_SHEET_SCAN_H

#include "workbook/sheet_row.h"

#define SCAN_PADDING 64 /* zero bytes behind the window, which may be read */
#define SCAN_PREFIX 16  /* bytes that a prefix, "x:", may have */

enum scan_result {
    SCAN_ROW,     /* `used` bytes were a whole row, which is in the maker */
    SCAN_END,     /* the window begins with the end tag of sheetData */
    SCAN_MORE,    /* the window ends within the row */
    SCAN_OTHER,   /* something for expat; the maker is as before */
    SCAN_REFUSED  /* by the maker */
};

/* How the sheet writes its names. */
struct scan_names {
    struct view prefix;   /* of elements: "" or "x:" */
    struct view prefixes; /* of attributes, as xml_prefixes has them */
};

/* Scans the row with which the window (UTF-8, behind blanks perhaps) begins. Texts of cells are views into the window
 * where they can be. */
enum scan_result sheet_scan_row(struct view window, const struct scan_names *names, struct row_maker *maker, size_t *used);

#endif
