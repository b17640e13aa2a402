/* number_mask.h: the tokens of format codes, and codes that write a number as an ID. Private to workbook/number_*.c. */
#ifndef WORKBOOK_NUMBER_MASK_H
#define WORKBOOK_NUMBER_MASK_H

#include "workbook/number_format.h"

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

/* Whether a section of places of digits and literals writes an ID ("J-"00000, 000-00-0000) rather than an amount with
 * its sign or unit ($00, 00" hrs"). */
bool number_mask_is_id(struct view section);
/* Appends a whole number (digits only, at most 18) as the section shows it. */
void number_mask_print(struct view section, struct view digits, struct buffer *out);

#endif
