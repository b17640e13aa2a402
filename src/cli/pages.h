/* pages.h: the commands' help pages, embedded from src/cli/pages. A page is text as it is shown; a line "@NAME TEXT", which
 * may go on in lines that begin with a blank, is an option of the table with its text; "@@NAME" stands for another page,
 * which several commands share. */
#ifndef CLI_PAGES_H
#define CLI_PAGES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/view.h"

struct embedded_page {
    const char *name;
    const char *text;
    size_t length;
};
/* Made by scripts/embed-pages; by name order. */
extern const struct embedded_page embedded_pages[];
extern const size_t embedded_page_count;

/* A line of text with its line break; or, where `option` is not empty, an option and its text, lines as they stand. */
struct page_piece {
    struct view option, text;
};

/* A page being read. */
struct page_reader {
    struct view rest, behind; /* `behind`: of the page, while a shared one is read */
};

/* Begins with the page of that name; one that is not there is empty. */
void page_start(struct page_reader *reader, const char *name);
/* The next piece; false at the end. */
bool page_next(struct page_reader *reader, struct page_piece *piece);

#endif
