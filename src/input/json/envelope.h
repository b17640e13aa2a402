/* envelope.h: a JSON input as its parts see it (input.c, envelope.c), and the machine that
 * steps over what stands around the data. */
#ifndef INPUT_JSON_ENVELOPE_H
#define INPUT_JSON_ENVELOPE_H

#include "base/arena.h"
#include "input/facts.h"
#include "input/json/answer.h"
#include "input/json/shape.h"
#include "input/json/window.h"

enum place {
    PLACE_TOP,     /* outside of everything */
    PLACE_ANSWERS, /* in a list of answers */
    PLACE_ANSWER,  /* at the keys of an answer */
    PLACE_INNER,   /* at the keys of the object in `data` of {metadata,data:{fields,data}} */
    PLACE_DATA,    /* in the list of elements */
    PLACES
};

/* Progress in one container: an item was there; a comma was read, so another must come. */
struct container {
    bool seen, due;
};

struct json_input {
    struct input_facts *facts;
    struct arena *arena;        /* labels */
    struct arena *answer_arena; /* texts of the present answer */
    struct json_window window;
    struct buffer stream, stream_begin; /* of the first Singer record: its stream, and its bytes up to there */
    struct json_head head;
    size_t block_size;
    enum place place;
    struct container containers[PLACES];
    bool listed, inner; /* the present answer stands in a list; its data stands in an inner object */
    struct json_answer answer;
    struct json_position answer_start;
    struct json_totals totals;
    uint64_t next_row;
};

/* Moves on to the next element of the data, through envelopes, answers and lists; `*end`: there is none
 * any more. EXIT_CANNOT_READ: not valid, cut off, an answer that is an error or has other columns. */
bool json_envelope_next(struct json_input *input, bool *end, struct error *error);

#endif
