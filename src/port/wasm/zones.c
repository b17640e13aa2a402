/* zones.c: see port/zones.h. A browser has zones, but no files of them. */
#include "port/zones.h"

#include <stddef.h>

const char *zones_folder(void) {
    return NULL;
}
