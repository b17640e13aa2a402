/* book_private.h: what package.c, book.c and styles.c share. */
#ifndef WORKBOOK_BOOK_PRIVATE_H
#define WORKBOOK_BOOK_PRIVATE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "late_expat.h"
#include "late_zip.h"
#include "workbook/book.h"

struct book {
    const char *name;
    zip_t *zip;
    unsigned max_ratio;
    struct book_sheet *sheets;
    size_t sheet_count, sheet_capacity;
    bool is_1904;
    struct arena *arena;                  /* of formats and their codes */
    const struct number_format **formats; /* by style number */
    size_t format_count, format_capacity;
    struct buffer strings; /* all shared strings, one behind the other */
    uint64_t *string_ends; /* by number */
    size_t string_count, string_capacity;
    struct error *error; /* while a part is read: why its content was refused */
};

/* package.c: opens the zip file. */
bool package_open(struct book *book, int descriptor, uint64_t begin, struct error *error);
/* Appends the beginning of a part, at least `limit` bytes where it has so many; false, nothing appended and the reason not
 * told, where it is not there or cannot be read. */
bool package_text(struct book *book, const char *part, size_t limit, struct buffer *text);
/* Sets "NAME: WHAT" with the usual advice; returns false. */
bool book_damaged(const struct book *book, struct error *error, const char *what);
/* styles.c: number formats and shared strings; parts that are not there are fine. */
bool book_read_styles(struct book *book, const char *part, struct error *error);
bool book_read_strings(struct book *book, const char *part, struct error *error);

#endif
