/* csv_look.h: what one look at all bytes of a block tells. Private to csv_input.c. */
#ifndef INPUT_CSV_LOOK_H
#define INPUT_CSV_LOOK_H

#include <stdbool.h>
#include <stddef.h>

struct csv_look {
    size_t lines;  /* line ends: CRLF, LF or lone CR; a CR at the very end is one */
    bool is_plain; /* every byte is ASCII, and none is zero */
};

struct csv_look csv_look(const char *text, size_t length);

#endif
