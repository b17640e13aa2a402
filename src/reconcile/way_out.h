/* way_out.h: what to do about a gap: a whole command, or a sentence where no command does it. */
#ifndef RECONCILE_WAY_OUT_H
#define RECONCILE_WAY_OUT_H

#include "reconcile/reconciliation.h"

/* How the command line that is running is written for another command: as in run_options.h. */
struct rewriter {
    char *(*rewrite)(void *context, const char *command, const char *drops, const char *files, const char *adds);
    void *context;
};

/* Sets the command of each explanation, and the next step where nothing explains the gap. No command of these changes what
 * is there: it names a new folder. `rewriter` may be NULL: then commands have no options besides their own. */
void reconciliation_add_commands(struct reconciliation *reconciliation, const struct rewriter *rewriter);

#endif
