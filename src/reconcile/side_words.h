/* side_words.h: what the report calls a side: the export, the folder, Plecto, the dashboard. */
#ifndef RECONCILE_SIDE_WORDS_H
#define RECONCILE_SIDE_WORDS_H

#include "reconcile/compare.h"

/* "export", "dashboard"; "first export" where both are of one kind. */
const char *side_word(const struct comparison *comparison, int side);
/* "in the export", "in Plecto", "on the dashboard". */
const char *side_place(const struct comparison *comparison, int side);
/* "Only in the export": a title. */
const char *side_only(const struct comparison *comparison, int side);
/* The side that is Plecto's, or is to be; -1: neither is. */
int plecto_side(const struct comparison *comparison);

#endif
