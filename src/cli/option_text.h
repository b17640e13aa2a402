/* option_text.h: what the page of a command says of an option, as one line. */
#ifndef CLI_OPTION_TEXT_H
#define CLI_OPTION_TEXT_H

#include "base/view.h"
#include "cli/option_table.h"

/* A text of a page as one line, its marks replaced. The caller frees. */
char *option_text(struct view text);
/* Up to the first period that ends a sentence, without it; all where none does. */
struct view option_sentence(struct view text);
/* The words that an option takes, with blanks between ("mdy dmy ymd"), or NULL: it takes others. The caller frees. */
char *option_words(const struct option_rule *rule);

#endif
