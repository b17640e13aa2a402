/* exit_codes.c: see exit_codes.h. */
#include "base/exit_codes.h"

#include <stddef.h>

static const struct { /* the worst first */
    enum exit_code code;
    const char *in_short, *meaning;
} codes[] = {
#define EXIT_CODE(name, number, in_short, meaning) {name, in_short, meaning},
#include "base/exit_codes.def"
#undef EXIT_CODE
};
#define CODE_COUNT (sizeof codes / sizeof *codes)

const char *exit_code_meaning(int code) {
    for (size_t i = 0; i < CODE_COUNT; i++)
        if ((int)codes[i].code == code) return codes[i].meaning;
    return NULL;
}

const char *exit_code_short(int code) {
    for (size_t i = 0; i < CODE_COUNT; i++)
        if ((int)codes[i].code == code) return codes[i].in_short;
    return NULL;
}

enum exit_code exit_code_worse(enum exit_code one, enum exit_code other) {
    for (size_t i = 0; i < CODE_COUNT; i++)
        if (codes[i].code == one || codes[i].code == other) return codes[i].code;
    return one;
}
