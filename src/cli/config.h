/* config.h: st2plecto.json, the options that a company always gives, in a file.
 *
 * JSON with // comments. Keys are the long options without dashes, as the table of options says (option_table.h: is_key);
 * `schemas` holds those of one data type (rank). An option goes before the environment (NO_COLOR), that before the file, and the file before what is built in; a data type's setting goes before
 * that of the top. Of lists, the file's and the command line's both count (`fields`, `drop`), and an option of the same
 * field goes before the file's. Unknown keys are errors, told with line and nearest right word. */
#ifndef CLI_CONFIG_H
#define CLI_CONFIG_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "base/error.h"
#include "input/read_files.h"

struct config;

/* Reads `file`, or, where that is NULL, the one that config_find finds without inputs; `*config` is NULL if there is none. EXIT_WRONG_USE: not readable, no JSON, keys that are unknown, twice there or of a wrong type,
 * empty texts. Free: config_free. */
bool config_open(const char *file, struct config **config, struct error *error);
void config_free(struct config *config); /* NULL is fine */
/* The file as it was found ("../st2plecto.json") or named; lives as long as the config. */
const char *config_path(const struct config *config);

/* Notes the file with the hash of the bytes that were read. */
void config_note_file(const struct config *config, struct read_files *files);

/* Takes an option by its long name; `value` is "" for flags, and lives as long as the config. */
typedef bool config_taker(void *context, const char *option, const char *value, struct error *error);

/* Hands over the options of the top (`schema` NULL), or of `schemas.SCHEMA`: a flag only if it is true, lists one by one
 * (`per` and `to` with commas between), `fields` as "NAME=TITLE" or "NAME" under "field". Paths are relative to the file's
 * folder. An error of `take` gets the file and line in front. EXIT_WRONG_USE too where `schemas` lacks SCHEMA but has an
 * unknown name near it. */
bool config_apply(struct config *config, const char *schema, config_taker *take, void *context, struct error *error);

/* The line of a key of the top (`schema` NULL) or of a data type; 0 if it is not there. */
unsigned config_line(struct config *config, const char *schema, const char *key);
/* The whole file, comments removed; lives as long as the config. */
const cJSON *config_json(const struct config *config);
/* Tells each setting of each data type: its value as JSON, and its line. */
typedef void config_teller(void *context, const char *schema, const char *key, const char *value, unsigned line);
void config_each(struct config *config, config_teller *tell, void *context);

#endif
