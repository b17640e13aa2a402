/* stdlib.h: see unistd.h. */
#include_next <stdlib.h>
#ifndef WINDOWS_STDLIB_H
#define WINDOWS_STDLIB_H

int mkstemp(char *path);
char *realpath(const char *path, char *into); /* `into`: NULL */

#endif
