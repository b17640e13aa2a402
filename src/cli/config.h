/* config.h: st2plecto.json, the options that a company always gives, in a file.
 *
 * Keys are the long options without dashes; `schemas` holds those of one data type. An option of the command line goes
 * before the file, the file before what is built in. Unknown keys are errors, told with line and nearest right word. */
#ifndef CLI_CONFIG_H
#define CLI_CONFIG_H

#include <stdbool.h>

#include "base/error.h"

struct config;

/* Reads `file`, or, where that is NULL, st2plecto.json of the current folder or the nearest one above it; `*config` is
 * NULL if there is none. EXIT_WRONG_USE: not readable, no JSON, unknown or wrongly typed keys. Free: config_free. */
bool config_open(const char *file, struct config **config, struct error *error);
void config_free(struct config *config); /* NULL is fine */
const char *config_path(const struct config *config);

/* Takes an option by its long name; `value` is "" for flags, and lives as long as the config. */
typedef bool config_taker(void *context, const char *option, const char *value, struct error *error);

/* Hands over the options of the top (`schema` NULL), or of `schemas.SCHEMA`: lists one by one, `fields` as
 * "NAME=TITLE" under "field". Paths are relative to the file's folder. An error of `take` gets the file and line in
 * front. */
bool config_apply(struct config *config, const char *schema, config_taker *take, void *context, struct error *error);

#endif
