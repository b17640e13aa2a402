/* letters.h: letters without their marks, for comparing names. */
#ifndef PEOPLE_LETTERS_H
#define PEOPLE_LETTERS_H

#include <stddef.h>

#define PLAIN_LETTER_FIRST 0xC0 /* code point of plain_letters[0] */
#define PLAIN_LETTER_COUNT (0x180 - PLAIN_LETTER_FIRST)
extern const char *const plain_letters[PLAIN_LETTER_COUNT];

/* Letters that look like Latin ones on the screen (Cyrillic, Greek) and ligatures; after Unicode's confusables.txt. */
struct look_alike_letter {
    unsigned point;
    const char *latin; /* lower case */
};
extern const struct look_alike_letter look_alike_letters[];
extern const size_t look_alike_count;

#endif
