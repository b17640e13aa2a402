/* shape.h: what a JSON text is, told from its head. */
#ifndef INPUT_JSON_SHAPE_H
#define INPUT_JSON_SHAPE_H

#include "base/arena.h"
#include "base/error.h"
#include "input/facts.h"

/* How the elements lie in the text (the shape says what they are). */
enum json_layout {
    LAYOUT_LINES,  /* one object a line */
    LAYOUT_STREAM, /* objects one after another, not one a line */
    LAYOUT_ARRAY,  /* [element, …], also several of them */
    LAYOUT_ANSWERS /* answers one after another, also lists of answers */
};

struct json_head {
    enum json_layout layout;
    enum input_shape shape;
    const char *wrapper; /* LAYOUT_LINES: key of the record in each line: "record" (Singer), "_airbyte_data"; or NULL */
    bool lone_return; /* LAYOUT_LINES: lines end with CR only */
};

/* Where the bytes that are looked at end. */
enum json_head_end {
    JSON_HEAD_PART,    /* more can be had */
    JSON_HEAD_LARGEST, /* the text goes on, but more than this is not looked at */
    JSON_HEAD_WHOLE    /* with the text */
};

/* Recognises `head`, the first bytes of the text. `*undecided`: a longer head is needed (only of JSON_HEAD_PART). A first
 * record that is larger than the largest head is one of many. EXIT_CANNOT_READ: error answer, damaged or cut JSON. */
bool json_shape_recognise(struct view head, enum json_head_end head_end, const char *name, struct arena *arena,
                          struct json_head *found, bool *undecided, struct error *error);

#endif
