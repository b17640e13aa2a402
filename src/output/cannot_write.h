/* cannot_write.h: why an output cannot be written, and what helps, by the system's reason. */
#ifndef OUTPUT_CANNOT_WRITE_H
#define OUTPUT_CANNOT_WRITE_H

#include "base/error.h"

/* EXIT_CANNOT_WRITE for `path`; `reason` is an errno. Names the file that is in the way of a folder, the folder that is
 * missing, and else says what the system says. Returns false. */
bool cannot_write_error(const char *path, int reason, struct error *error);

#endif
