/* report_ours.h: whether a file is a report that st2plecto wrote, which the next run may replace without being told to. */
#ifndef CLI_REPORT_OURS_H
#define CLI_REPORT_OURS_H

#include <stdbool.h>

/* By the first bytes of the file: each format says who made it, or begins with the words of a verdict; an empty file holds
 * nothing to lose. A review workbook in which somebody decided or changed something is not ours any more. False for
 * what cannot be read. */
bool report_is_ours(const char *path);

#endif
