/* report_ours.h: whether a file may be replaced by a report: without being told to, only one that st2plecto wrote. */
#ifndef CLI_REPORT_OURS_H
#define CLI_REPORT_OURS_H

#include <stdbool.h>

/* With `force`, or where the file is a report of ours: each format says in its first bytes who made it, or begins with the
 * words of a verdict; an empty file holds nothing to lose. A review workbook in which somebody decided or changed something
 * is not ours any more, and what cannot be read is none. */
bool report_may_replace(const char *path, bool force);

#endif
