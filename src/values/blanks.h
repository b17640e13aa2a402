/* blanks.h: the blanks that Unicode has besides the space, which programs write into dates and amounts: U+202F between
 * time and PM (ICU 72, so every browser since 2023), U+00A0 between currency and digits, U+200E before each part of a date
 * (Windows). */
#ifndef VALUES_BLANKS_H
#define VALUES_BLANKS_H

#include "base/view.h"

#define BLANKS_ROOM 96 /* bytes; no date and no amount is longer */

/* The text with plain spaces for such blanks and without marks of direction, trimmed: in `room` (BLANKS_ROOM bytes) if
 * there are any, else a part of the text itself. A text that is longer than the room is only trimmed. */
struct view blanks_plain(struct view text, char *room);

#endif
