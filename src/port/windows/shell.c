/* shell.c: see port/shell.h. */
#include "port/shell.h"

bool shell_has_single_quotes(void) {
    return false;
}
