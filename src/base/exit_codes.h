/* exit_codes.h: the table of base/exit_codes.def, asked. */
#ifndef BASE_EXIT_CODES_H
#define BASE_EXIT_CODES_H

#include "base/error.h"

/* What a code means, without full stop; NULL if the program never ends with it. Static text. */
const char *exit_code_meaning(int code);
/* The same in a few words. */
const char *exit_code_short(int code);
/* The worse of two: what a run of several files, types or feeds ends with. */
enum exit_code exit_code_worse(enum exit_code one, enum exit_code other);

#endif
