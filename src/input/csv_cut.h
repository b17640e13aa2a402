/* csv_cut.h: finding record boundaries in bytes that come in pieces. Private to csv_input.c and csv_head.c. */
#ifndef INPUT_CSV_CUT_H
#define INPUT_CSV_CUT_H

#include <stdbool.h>
#include <stddef.h>

/* A quoted cell that holds line ends; they end no record. */
struct csv_span {
    size_t open, close; /* offsets of its quotes */
    size_t lines;       /* line ends between them */
};

/* All zero but `delimiter` = nothing scanned yet. The text scanned begins at the begin of a record and may grow at
 * its end from scan to scan. */
struct csv_cut {
    char delimiter;
    size_t position; /* where the next scan goes on */
    bool quoted;     /* inside a quoted cell there */
    size_t opened;   /* offset of its quote */
    struct csv_span *spans;
    size_t span_count, span_capacity;
};

void csv_cut_free(struct csv_cut *cut);
/* Forgets what was scanned, keeps memory and delimiter. */
void csv_cut_restart(struct csv_cut *cut);
/* Goes on to the end of `text`; `at_end`: no more will come. */
void csv_cut_scan(struct csv_cut *cut, const char *text, size_t length, bool at_end);
/* The offset behind the last whole record of what was scanned, 0 if there is none. At the end all is whole. */
size_t csv_cut_boundary(const struct csv_cut *cut, const char *text, size_t length, bool at_end);
/* How many line ends before `boundary` stand inside quoted cells. */
size_t csv_cut_quoted_lines(const struct csv_cut *cut, size_t boundary);

#endif
