/* zones.c: see port/zones.h. Windows has zones by other names: the program's own are used. */
#include "port/zones.h"

#include <stddef.h>

const char *zones_folder(void) {
    return NULL;
}
