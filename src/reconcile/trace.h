/* trace.h: one registration from the cells of its source to what was sent of it and what Plecto answered. */
#ifndef RECONCILE_TRACE_H
#define RECONCILE_TRACE_H

#include "convert/run_options.h"

struct trace_request {
    const char *id;      /* external ID */
    const char *folder;  /* that convert published */
    const char *inputs;  /* --inputs: where the exports are now; or NULL */
    const char *journal; /* --journal; NULL: the folder's, where there is one */
    bool show_private;
};

/* Appends what is known. `options` are used to read the exports as the receipt says. `*is_found`: the folder has the
 * registration, has set its row aside, or the journal knows it. */
bool trace_run(const struct trace_request *request, struct run_options *options, struct buffer *out, bool *is_found,
               struct error *error);

#endif
