/* sheet_events.h: rows of a sheet from expat's events. Private to workbook/sheet.c. */
#ifndef WORKBOOK_SHEET_EVENTS_H
#define WORKBOOK_SHEET_EVENTS_H

#include "workbook/sheet_row.h"
#include "workbook/xml.h"

struct sheet_events {
    struct xml *xml;          /* the parser whose handlers these are */
    struct row_maker *maker;  /* not owned */
    bool in_data;             /* between <sheetData> and its end */
    bool in_row;
    bool has_row;             /* a row with cells is whole, and the parser is paused; whoever takes it sets this back */
    struct buffer value, formula;
    struct raw_cell cell;
    bool in_cell, in_value, in_inline, in_text, in_phonetic, in_formula;
};

extern const struct xml_handlers sheet_handlers; /* context: struct sheet_events */

void sheet_events_free(struct sheet_events *events);

#endif
