/* run_overview.h: where the overview of a run lies, and its two files. */
#ifndef CLI_RUN_OVERVIEW_H
#define CLI_RUN_OVERVIEW_H

#include "output/place.h"
#include "report/overview.h"
#include "routine/feeds.h"

/* The folder that the outputs of all feeds lie in, where they share one; else that of the configuration ("."). The caller
 * frees. */
char *run_overview_folder(const struct routine *routine);
/* Makes the folders of the sources relative to the overview's, for its links. */
void run_overview_relate(struct overview *overview, const char *folder);
/* Writes overview.json and overview.html whole into `folder`, which is made. EXIT_CANNOT_WRITE. */
bool run_overview_write(const struct overview *overview, const char *folder, const struct place_watch *watch,
                        struct error *error);

#endif
