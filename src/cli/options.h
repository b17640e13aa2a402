/* options.h: a thin layer over getopt_long: one table serves the parser, the help text and the messages. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* A row of a command's table. A heading has no name; its text is `help`. */
struct option_rule {
    int id;               /* above 255 */
    char letter;          /* short form, or 0 */
    const char *name;     /* long form without dashes; NULL: a heading */
    const char *argument; /* how the value is shown, or NULL: takes none; "[=FILE]": it may be left out */
    const char *help;
};

enum { OPTION_END = -1, OPTION_WRONG = -2 };

/* One pass over a command line. getopt keeps its place in libc's globals, so one at a time. */
struct option_reader {
    const char *command; /* for messages */
    const struct option_rule *rules;
    size_t rule_count;
    int argc;
    char **argv;
    struct option *table; /* owned */
    char *letters;        /* owned */
};

void options_start(struct option_reader *reader, const char *command, const struct option_rule *rules, size_t count,
                   int argc, char **argv);
/* The next option's id with its value ("" if it takes none); OPTION_END behind the last, OPTION_WRONG with the
 * error set (EXIT_WRONG_USE): unknown (nearest offered), ambiguous, value missing or not wanted. */
int options_next(struct option_reader *reader, const char **value, struct error *error);
/* What is left over: the operands, wherever they stood. Only behind OPTION_END. */
size_t options_operands(const struct option_reader *reader, char ***operands);
void options_free(struct option_reader *reader);

/* A word that an option takes and the number it stands for. */
struct option_word {
    const char *text;
    int value;
};

/* One of `words`; else EXIT_WRONG_USE naming them and the nearest. `option` is shown as it is ("--by"). */
bool options_word(const char *option, const char *value, const struct option_word *words, size_t count, int *result,
                  struct error *error);
/* A whole number from `least` to `most`. */
bool options_number(const char *option, const char *value, uint64_t least, uint64_t most, uint64_t *result,
                    struct error *error);
/* The text of `words` nearest to `wrong`, near enough to be meant; NULL if none is. */
const char *options_nearest(const char *wrong, const char *const *words, size_t count);

#endif
