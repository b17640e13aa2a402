/* number_guess.h: what a draft does with a column of numbers: summed, averaged, rebuilt as a ratio, left out of totals, or
 * asked about. A total row proves it by arithmetic; else the label's words tell. */
#ifndef CLI_NUMBER_GUESS_H
#define CLI_NUMBER_GUESS_H

#include "cli/schema_draft.h"

enum number_use {
    USE_ASK, /* nothing tells: a question */
    USE_SUM,
    USE_MEAN, /* a unit price: the mean of the rows */
    USE_NONE, /* an average: never summed */
    USE_RATIO /* rebuilt from two other columns */
};

struct number_guess {
    enum number_use use;
    bool is_money, is_percent;
    bool is_proved;                /* by a total row */
    size_t numerator, denominator; /* columns, for USE_RATIO */
};

/* The guess for a column whose word is "number". */
struct number_guess number_guess(const struct draft *draft, const struct draft_field *field);
/* Whether the field is a number that is summed (`*use` is USE_SUM) or asked about (USE_ASK), and no more than a guess: no total
 * row proves it, and no label of the dictionary says that it is summed. */
bool number_is_doubtful(const struct draft *draft, const struct draft_field *field, enum number_use *use);

#endif
