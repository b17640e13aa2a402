/* zones.c: see port/zones.h. */
#include "port/zones.h"

#include <stdlib.h>

const char *zones_folder(void) {
    const char *folder = getenv("TZDIR");
    return folder && *folder ? folder : "/usr/share/zoneinfo";
}
