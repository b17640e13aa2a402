/* side_texts.h: the texts of an export's columns while it is read, as small numbers. Columns whose texts are nearly all
 * different say nothing of why two exports differ: of these it is only counted how many there are. */
#ifndef RECONCILE_SIDE_TEXTS_H
#define RECONCILE_SIDE_TEXTS_H

#include "reconcile/side.h"
#include "reconcile/text_words.h"

#define TEXT_SLOTS 256u /* a power of two */
#define CODE_DIGITS 5u
#define CODES_AHEAD 16u

/* A text that came lately. */
struct recent_text {
    struct text_words words;
    uint32_t number;
    uint32_t length; /* 0: none */
};

/* A cell whose text has CODE_DIGITS digits: its number waits for the caches to fetch it. */
struct waiting_code {
    uint32_t row, code;
};

struct text_keeper {
    struct recent_text recent[TEXT_SLOTS];
    uint32_t
        *codes; /* owned; numbers of the texts of CODE_DIGITS digits, + 1: there may be as many zip codes; or NULL */
    struct waiting_code waiting[CODES_AHEAD];
    size_t waiting_count;
    uint64_t *seen;  /* owned; of a dropped column: a bit for each hash that is looked at */
    uint64_t others; /* of a dropped column: texts that are no dates */
};

/* Begins a pass over the rows. */
void text_keeper_start(struct text_keeper *keeper, struct side_column *column, bool is_dropped);
/* Takes the text of a cell, trimmed; an empty one is none. */
void text_keeper_take(struct text_keeper *keeper, struct side_column *column, size_t row, struct view text);
/* After so many rows it is seen whether the texts repeat. */
#define DROP_ROWS 65536u
void text_keeper_decide(struct text_keeper *keeper, struct side_column *column);
/* The last row was taken. */
void text_keeper_end(struct text_keeper *keeper, struct side_column *column);

/* Whether what is not kept of the side is certainly not wanted. */
bool side_knows_enough(const struct side *side, const struct id_counts *ids);

#endif
