/* marks.h: where the bytes are that CSV is made of: delimiters, CR, LF and quotes. Private to plain.c and
 * cut.c.
 *
 * They are looked for in one go over some kibibytes, by the widest vectors the processor has, and noted as a list. To walk
 * along that list is what the processor foresees well; bits and branches by the way are not. */
#ifndef INPUT_CSV_MARKS_H
#define INPUT_CSV_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CSV_MARKS_SPAN 4096 /* bytes looked at in one go */
#define CSV_MARKS_MORE 64   /* room behind the last place, which is written over */

_Static_assert(CSV_MARKS_SPAN <= UINT16_MAX, "places are 16 bits");

struct csv_marks;
typedef void csv_marks_looker(struct csv_marks *marks, const char *at, const char *end, char delimiter);

/* All zero: nothing looked at. */
struct csv_marks {
    const char *base; /* of the places; NULL: nothing looked at */
    size_t span;      /* bytes looked at from there */
    size_t count;
    size_t next;                                      /* place not yet taken */
    bool has_odd;                                     /* a byte is beyond ASCII, or zero */
    csv_marks_looker *looker;                         /* chosen for the processor; NULL at first */
    uint16_t places[CSV_MARKS_SPAN + CSV_MARKS_MORE]; /* rising */
};

/* Looks at the bytes from `at` on, at most CSV_MARKS_SPAN and not beyond `end`. */
csv_marks_looker csv_marks_look;

/* The same by vectors of a width (base/processor.h), for tests; what the processor must have, it must have. */
csv_marks_looker csv_marks_look_16, csv_marks_look_32, csv_marks_look_64;

#endif
