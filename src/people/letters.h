/* letters.h: letters without their marks, for comparing names. */
#ifndef PEOPLE_LETTERS_H
#define PEOPLE_LETTERS_H

#define PLAIN_LETTER_FIRST 0xC0 /* code point of plain_letters[0] */
#define PLAIN_LETTER_COUNT (0x180 - PLAIN_LETTER_FIRST)
extern const char *const plain_letters[PLAIN_LETTER_COUNT];

#endif
