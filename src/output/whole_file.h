/* whole_file.h: a single file that appears whole or not at all. */
#ifndef OUTPUT_WHOLE_FILE_H
#define OUTPUT_WHOLE_FILE_H

#include <stdbool.h>

#include "base/error.h"
#include "base/view.h"
#include "output/place.h"

struct whole_file {
    struct place place;
    char *path; /* owned: where the bytes are to be written; NULL after the end */
    bool force;
};

/* Writes `bytes` to a temporary file beside `path`, syncs it and renames it into place; `watch` as in place.h. A file
 * that is there is replaced only with `force`, else EXIT_WRONG_USE; a link never is, since it may lead anywhere. A
 * device or pipe (/dev/stdout) is written to as it is. EXIT_CANNOT_WRITE leaves what was there. */
bool whole_file_write(const char *path, struct view bytes, bool force, const struct place_watch *watch,
                      struct error *error);

/* The same for a file that another library writes: to file->path, in the folder file->place.temporary, which may hold
 * its temporary files too. Then publish or discard; discard does nothing where begin failed or publish was called. */
bool whole_file_begin(const char *path, bool force, const struct place_watch *watch, struct whole_file *file,
                      struct error *error);
bool whole_file_publish(struct whole_file *file, struct error *error);
void whole_file_discard(struct whole_file *file);

/* EXIT_WRONG_USE if `path` is there and not to be replaced: asked before long work. */
bool whole_file_check(const char *path, bool force, struct error *error);

#endif
