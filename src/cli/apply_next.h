/* apply_next.h: the convert that takes the fixes, as `apply` prints it behind "Next:". */
#ifndef CLI_APPLY_NEXT_H
#define CLI_APPLY_NEXT_H

#include "cli/convert_options.h"
#include "review/review_read.h"

/* The value of the first line "NAME=…" of a workbook's options, `name` with its "=", behind `*rest`, which goes on; false at the
 * end. */
bool apply_next_value(struct view *rest, const char *name, struct view *value);

/* Adds the command that makes the run of the workbook again with the fixes of `path`. Options and files of the workbook are looked
 * up in the table and quoted here: nothing of it is printed as it is. `origin`: the options of the run over today's export. Where
 * the workbook does not name files that its run had, a line says so. */
void apply_add_next(const struct convert_settings *settings, const struct review_book *book, const char *origin,
                    const char *path, struct buffer *out);

#endif
