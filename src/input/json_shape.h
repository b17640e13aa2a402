/* json_shape.h: what a JSON text is, told from its head. */
#ifndef INPUT_JSON_SHAPE_H
#define INPUT_JSON_SHAPE_H

#include "base/arena.h"
#include "base/error.h"
#include "input/input.h"

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
    bool singer;
    bool lone_return; /* LAYOUT_LINES: lines end with CR only */
};

/* Recognises `head`, the first bytes of the text; `whole` says that it is all of it. `*undecided`: a longer
 * head is needed (only if not whole). EXIT_CANNOT_READ: error answer, damaged or cut JSON. */
bool json_shape_recognise(struct view head, bool whole, const char *name, struct arena *arena, struct json_head *found,
                          bool *undecided, struct error *error);

#endif
