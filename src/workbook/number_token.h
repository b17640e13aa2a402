/* number_token.h: the tokens of format codes (ECMA-376 part 1, 18.8.31). Private to workbook/number_*.c. */
#ifndef WORKBOOK_NUMBER_TOKEN_H
#define WORKBOOK_NUMBER_TOKEN_H

#include "base/view.h"

enum number_token_kind {
    TOKEN_END,       /* of the section */
    TOKEN_LITERAL,   /* text: what is shown; empty for room and fillings */
    TOKEN_DIGIT,     /* letter: 0, # or ? */
    TOKEN_SIGN,      /* letter: . , % / @ */
    TOKEN_EXPONENT,  /* E+ */
    TOKEN_GENERAL,   /* the word */
    TOKEN_LETTER,    /* letter: d m y h s e g b; text: the whole run */
    TOKEN_HALF_DAY,  /* AM/PM, A/P */
    TOKEN_UNKNOWN,   /* another letter */
    TOKEN_ELAPSED,   /* [h]: letter */
    TOKEN_CONDITION, /* [>=100]; text: what the brackets hold */
    TOKEN_LOOKS      /* [Red], [$-409] */
};

struct number_token {
    enum number_token_kind kind;
    char letter; /* in lower case */
    struct view text;
    size_t end; /* where the next one begins */
};

/* The token of `code` that begins at byte `at`; TOKEN_END at a semicolon and at the end. */
struct number_token number_token_next(struct view code, size_t at);

#endif
