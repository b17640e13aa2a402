/* days.h: days as the folder, the journal and the plan have them: YYYY-MM-DD, which sorts as text. */
#ifndef UPLOAD_DAYS_H
#define UPLOAD_DAYS_H

#include "values/datetime.h"

/* The day with which a text begins, as days since 1970; false: it is none. */
bool day_number(const char *text, int32_t *number);
/* Sets a day; a text that is too short for one changes nothing. */
void day_take(char day[11], struct view text);
void day_set(char day[11], int32_t number);

#endif
