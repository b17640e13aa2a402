/* period_words.h: what else than a period a line above the header, a line of the sheet Filters or a file's name says. */
#ifndef UPLOAD_PERIOD_WORDS_H
#define UPLOAD_PERIOD_WORDS_H

#include <stdbool.h>

#include "base/view.h"

/* Whether a word ("completed", lower case) is about the date of the registrations by its column's label: "completed" and
 * "Completion Date", "invoiced" and "Invoice Date". */
bool period_is_about(const char *word, const char *label);
/* Whether the text has a word that is neither of a report's plain name nor of its period and the date `label`: "Business Unit:
 * HVAC", "created". `is_dates_only`: only words of another date count. `word` is the first; in doubt it is one. */
bool period_has_other_words(struct view text, const char *label, bool is_dates_only, struct view *word);

#endif
