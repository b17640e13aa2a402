/* whole_file.h: a single file that appears whole or not at all. */
#ifndef OUTPUT_WHOLE_FILE_H
#define OUTPUT_WHOLE_FILE_H

#include <stdbool.h>

#include "base/error.h"
#include "base/view.h"

/* Writes `bytes` to a temporary file beside `path`, syncs it and renames it into place. A file that is there is replaced
 * only with `force`, else EXIT_WRONG_USE. EXIT_CANNOT_WRITE leaves what was there. */
bool whole_file_write(const char *path, struct view bytes, bool force, struct error *error);

/* Puts a file that another library wrote beside `path` into place in the same way; `temporary` is gone in both cases. */
bool whole_file_place(const char *temporary, const char *path, bool force, struct error *error);
/* The name of such a file; the caller frees. */
char *whole_file_temporary(const char *path);
/* EXIT_WRONG_USE if `path` is there and not to be replaced: asked before long work. */
bool whole_file_check(const char *path, bool force, struct error *error);

#endif
