/* fixes.h: decisions of people about rows, as `apply` writes them (fixes.csv) and --fixes takes them:
 * schema,id,field,old,new,who,when,why. A fix holds for the row with this ID (or, where the ID tells no single row, with
 * this key: fixes/row_key.h) as long as its field still says `old`; field "*" with new "leave out" leaves the row out. */
#ifndef FIXES_FIXES_H
#define FIXES_FIXES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/view.h"
#include "input/read_files.h"

#define FIX_WHOLE_ROW "*"
#define FIX_LEAVE_OUT "leave out"
#define FIXES_HEADER "schema,id,field,old,new,who,when,why"

struct fix {
    char *schema, *id, *field, *old, *new, *who, *when, *why; /* owned */
    uint64_t line;                                            /* in the file, for messages */
    size_t next; /* the next fix with this ID, in the order of the file; SIZE_MAX behind the last */
    bool leaves_out;
    const char *file; /* whose line it is; owned by the list of fixes */
};

struct fixes;

/* Adds those of `path` to `*fixes` (made if NULL). EXIT_CANNOT_READ, EXIT_WRONG_USE: columns are missing, a line without
 * ID or field, with nothing to change, or with another word for a whole row. Free: fixes_free. */
bool fixes_load(const char *path, struct fixes **fixes, struct error *error);
void fixes_free(struct fixes *fixes); /* NULL is fine */
size_t fixes_count(const struct fixes *fixes);
const struct fix *fixes_at(const struct fixes *fixes, size_t number);
/* Whether some are known by a row's key. */
bool fixes_have_keys(const struct fixes *fixes);
/* The first fix of this ID or key, or SIZE_MAX; further ones by `next`. Those of other schemas are among them. */
size_t fixes_find(const struct fixes *fixes, struct view id);
/* The files that were loaded. NULL has none. */
const struct read_files *fixes_files(const struct fixes *fixes);
/* Appends a fix as a line of the file, with CRLF. */
void fix_print(struct buffer *out, const struct fix *fix);

#endif
