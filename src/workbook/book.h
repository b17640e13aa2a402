/* book.h: an Excel workbook (.xlsx, ECMA-376) opened for reading: its sheets, shared strings and number formats.
 *
 * Reads what ServiceTitan writes (elements with a prefix, inline strings, no shared ones, a byte order mark inside the
 * sheet; schemas/servicetitan.md, "Web reports and workbooks") and what Excel, LibreOffice and Google Sheets make of
 * it. A zip file is hostile until proved otherwise: document types are refused, sizes are bounded, every part's
 * checksum is checked. */
#ifndef WORKBOOK_BOOK_H
#define WORKBOOK_BOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/view.h"
#include "workbook/number_format.h"

struct book;

struct book_sheet {
    char *name;
    char *part;     /* "xl/worksheets/sheet1.xml" */
    bool is_hidden; /* hidden or very hidden */
};

/* Opens the workbook in `descriptor` (a file that can seek; not closed, its offset may move) from byte `begin` on.
 * `name` is used in messages and must outlive the book. EXIT_CANNOT_READ: no zip, no workbook, an old .xls, damaged,
 * encrypted, a part too large, or over 64 MiB and over `max_ratio` times its packed size. Free: book_close. */
bool book_open(int descriptor, uint64_t begin, const char *name, unsigned max_ratio, struct book **book,
               struct error *error);
void book_close(struct book *book); /* NULL is fine */

const char *book_name(const struct book *book);
size_t book_sheet_count(const struct book *book);
const struct book_sheet *book_sheet(const struct book *book, size_t index);
/* By name, as given or without regard to the case of ASCII letters; SIZE_MAX if there is none. */
size_t book_find_sheet(const struct book *book, struct view name);
/* Dates count from 1904 instead of 1900. */
bool book_is_1904(const struct book *book);
/* What style number `style` of a cell makes of its numbers; lives as long as the book. */
const struct number_format *book_format(const struct book *book, uint32_t style);
/* Shared string `index`; false if there is none. The view lives as long as the book. */
bool book_string(const struct book *book, uint64_t index, struct view *text);

/* A part of the package, streamed: `take` gets pieces; false stops with its error. */
bool book_read_part(struct book *book, const char *part,
                    bool (*take)(void *context, struct view piece, bool is_last, struct error *error), void *context,
                    struct error *error);
/* The same by hand: open, read pieces (*got 0 at the end, when the checksum has proved right), close. */
struct book_part;
bool book_part_open(struct book *book, const char *part, struct book_part **opened, struct error *error);
bool book_part_read(struct book_part *part, char *to, size_t room, size_t *got, struct error *error);
void book_part_close(struct book_part *part); /* NULL is fine */
/* Unpacked size of a part as the zip file states it; 0 if it is not there. */
uint64_t book_part_size(const struct book *book, const char *part);

#endif
