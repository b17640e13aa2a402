/* option_values.h: a value from the command line, or from st2plecto.json, into the settings. */
#ifndef CLI_OPTION_VALUES_H
#define CLI_OPTION_VALUES_H

#include "cli/option_table.h"

/* Reads `value` as the option's kind says and stores it in `settings` (that which the option's place is of). Texts are
 * not copied. EXIT_WRONG_USE, or what the reading of a file that is named ends with. */
bool option_take(const struct option_rule *rule, const char *value, void *settings, struct error *error);

/* One of `words`; else EXIT_WRONG_USE naming them and the nearest. `option` is shown as it is ("--by"). */
bool options_word(const char *option, const char *value, const struct option_word *words, size_t count, int *result,
                  struct error *error);
/* A whole number from `least` to `most`. */
bool options_number(const char *option, const char *value, uint64_t least, uint64_t most, uint64_t *result,
                    struct error *error);
/* The text of `words` nearest to `wrong`, near enough to be meant; NULL if none is. */
const char *options_nearest(const char *wrong, const char *const *words, size_t count);

/* The text stored at a place; NULL where there is none. The number, or truth, stored at a place. */
const char *option_text_at(const void *settings, struct option_place place);
uint64_t option_number_at(const void *settings, struct option_place place);

#endif
