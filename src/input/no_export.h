/* no_export.h: files of a folder that are no exports: notes, unfinished downloads, and what st2plecto itself reads and
 * writes. A file that is named on the command line is never judged so. */
#ifndef INPUT_NO_EXPORT_H
#define INPUT_NO_EXPORT_H

#include <stdbool.h>

struct no_export {
    const char *reason; /* in a user's words, to stand behind the name; NULL: it may be an export */
    bool may_hold_one;  /* what it holds is missed: an old workbook, a PDF, an archive */
};

/* By the name alone: its beginning and its ending. `name` is without folders. */
struct no_export no_export_by_name(const char *name);
/* By its first bytes: our own files, and texts without a table. A file that cannot be read may be an export, so that the
 * error is told. */
struct no_export no_export_by_content(const char *path);

#endif
