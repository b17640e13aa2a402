/* reconcile_options.h: what the command line of reconcile said besides what it shares with convert. */
#ifndef CLI_RECONCILE_OPTIONS_H
#define CLI_RECONCILE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum reconcile_format { RECONCILE_TEXT, RECONCILE_JSON, RECONCILE_HTML, RECONCILE_XLSX, RECONCILE_MARKDOWN };

struct reconcile_wishes {
    const char *sides[2]; /* as named; the second is NULL with bare numbers */
    const char **expects; /* owned list: --expect */
    size_t expect_count;
    const char *expect_file; /* or NULL */
    const char *audit;       /* --day-audit: a date column, or "all"; or NULL */
    const char *inputs;      /* of trace: --inputs; or NULL */
    const char *journal;     /* --journal: the right side; or NULL */
    const char **wheres;     /* owned list: --where */
    size_t where_count;
    int64_t tolerance; /* ten-thousandths */
    enum reconcile_format format;
    const char *format_file; /* NULL: standard output */
    bool has_format;
};

void reconcile_wishes_free(struct reconcile_wishes *wishes);

/* --expect, --where, --tolerance, --format of reconcile. */
bool read_expect(const char *value, void *settings, struct error *error);
bool read_where(const char *value, void *settings, struct error *error);
bool read_tolerance(const char *value, void *settings, struct error *error);
bool read_reconcile_netrc(const char *value, void *settings, struct error *error);
bool read_reconcile_format(const char *value, void *settings, struct error *error);

#endif
