/* letters.c: Latin letters with marks (U+00C0 to U+017F) as the letters without, in lower case; "" for signs that are no
 * letters. After the decompositions of the Unicode character database. */
#include "people/letters.h"

const char *const plain_letters[PLAIN_LETTER_COUNT] = {
    "a", "a", "a",  "a", "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i", "i", "i",  "i",  "d", "n", "o",  "o",
    "o", "o", "o",  "",  "o", "u", "u",  "u",  "u", "y", "th", "ss", "a", "a", "a",  "a",  "a", "a", "ae", "c",
    "e", "e", "e",  "e", "i", "i", "i",  "i",  "d", "n", "o",  "o",  "o", "o", "o",  "",   "o", "u", "u",  "u",
    "u", "y", "th", "y", "a", "a", "a",  "a",  "a", "a", "c",  "c",  "c", "c", "c",  "c",  "c", "c", "d",  "d",
    "d", "d", "e",  "e", "e", "e", "e",  "e",  "e", "e", "e",  "e",  "g", "g", "g",  "g",  "g", "g", "g",  "g",
    "h", "h", "h",  "h", "i", "i", "i",  "i",  "i", "i", "i",  "i",  "i", "i", "ij", "ij", "j", "j", "k",  "k",
    "k", "l", "l",  "l", "l", "l", "l",  "l",  "l", "l", "l",  "n",  "n", "n", "n",  "n",  "n", "n", "n",  "n",
    "o", "o", "o",  "o", "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r", "r", "s",  "s",  "s", "s", "s",  "s",
    "s", "s", "t",  "t", "t", "t", "t",  "t",  "u", "u", "u",  "u",  "u", "u", "u",  "u",  "u", "u", "u",  "u",
    "w", "w", "y",  "y", "y", "z", "z",  "z",  "z", "z", "z",  "s",
};

const struct look_alike_letter look_alike_letters[] = {
    {0x410, "a"},   {0x412, "b"},   {0x415, "e"},   {0x405, "s"},   {0x406, "i"},   {0x408, "j"},    {0x41A, "k"},
    {0x41C, "m"},   {0x41D, "h"},   {0x41E, "o"},   {0x420, "p"},   {0x421, "c"},   {0x422, "t"},    {0x423, "y"},
    {0x425, "x"},   {0x430, "a"},   {0x435, "e"},   {0x43A, "k"},   {0x43E, "o"},   {0x440, "p"},    {0x441, "c"},
    {0x443, "y"},   {0x445, "x"},   {0x455, "s"},   {0x456, "i"},   {0x458, "j"},   {0x4BB, "h"},    {0x501, "d"},
    {0x51B, "q"},   {0x51D, "w"},   {0x391, "a"},   {0x392, "b"},   {0x395, "e"},   {0x396, "z"},    {0x397, "h"},
    {0x399, "i"},   {0x39A, "k"},   {0x39C, "m"},   {0x39D, "n"},   {0x39F, "o"},   {0x3A1, "p"},    {0x3A4, "t"},
    {0x3A5, "y"},   {0x3A7, "x"},   {0x3B1, "a"},   {0x3B9, "i"},   {0x3BD, "v"},   {0x3BF, "o"},    {0x3C1, "p"},
    {0x251, "a"},   {0x261, "g"},   {0xFB00, "ff"}, {0xFB01, "fi"}, {0xFB02, "fl"}, {0xFB03, "ffi"}, {0xFB04, "ffl"},
    {0xFB05, "st"}, {0xFB06, "st"},
};
const size_t look_alike_count = sizeof look_alike_letters / sizeof *look_alike_letters;
