/* feeds.h: the feeds of st2plecto.json: which files make which data source, and what becomes of them. */
#ifndef ROUTINE_FEEDS_H
#define ROUTINE_FEEDS_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* A long option of convert or upload. */
struct feed_option {
    char *name, *value; /* value NULL: a flag; owned */
};

/* Texts are owned; paths are relative to the configuration's folder. NULL where there is none. */
struct feed {
    char *name;
    char **files; /* patterns of the shell */
    size_t file_count;
    char *schema; /* "auto" where none is named */
    struct feed_option *options;
    size_t option_count;
    char *output;   /* "plecto/NAME" where none is named */
    char *data_source;
    bool uploads, verifies, is_required;
    char *vanished; /* "report", "zero" or "delete" */
    char *archive;
};

struct routine {
    struct feed *feeds;
    size_t count;
    unsigned settle; /* seconds for which a file must not have changed */
    char *log;
};

/* Reads `feeds`, `settle` and `log` of the configuration, which is a JSON object. `where`: "st2plecto.json:3", for
 * messages. EXIT_WRONG_USE: unknown or repeated keys, values of a wrong kind, two feeds of one name or output. Free in any
 * case. */
bool routine_read(const cJSON *json, const char *where, struct routine *routine, struct error *error);
void routine_free(struct routine *routine);
/* The feed of that name, or NULL. */
const struct feed *routine_find(const struct routine *routine, const char *name);

#endif
