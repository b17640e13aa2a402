/* cannot_write.h: why an output cannot be written, and what helps, by the system's reason. */
#ifndef OUTPUT_CANNOT_WRITE_H
#define OUTPUT_CANNOT_WRITE_H

#include "base/error.h"

/* What helps against EBUSY and ETXTBSY: on Windows, whoever has a file open may keep it from being replaced. */
#define CANNOT_WRITE_CLOSE_IT "Close the file in the other program, such as Excel. Then run the command again."

/* EXIT_CANNOT_WRITE for `path`; `reason` is an errno. Names the file that is in the way of a folder, the folder that is
 * missing, and else says what the system says. Returns false. */
bool cannot_write_error(const char *path, int reason, struct error *error);

#endif
