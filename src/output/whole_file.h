/* whole_file.h: a single file that appears whole or not at all. */
#ifndef OUTPUT_WHOLE_FILE_H
#define OUTPUT_WHOLE_FILE_H

#include <stdbool.h>

#include "base/error.h"
#include "base/view.h"

/* Writes `bytes` to a temporary file beside `path`, syncs it and renames it into place. A file that is there is replaced
 * only with `force`, else EXIT_WRONG_USE. EXIT_CANNOT_WRITE leaves what was there. */
bool whole_file_write(const char *path, struct view bytes, bool force, struct error *error);

#endif
