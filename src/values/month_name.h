/* month_name.h: English names of months. */
#ifndef VALUES_MONTH_NAME_H
#define VALUES_MONTH_NAME_H

#include "base/view.h"

/* 1 to 12 for "Oct", "Sept" or "October" in any case; 0 for other words. */
int month_by_name(struct view word);
/* "October" for 10; 1 to 12 only. Static text. */
const char *month_title(int month);

#endif
