/* own_inputs.h: no output takes the place of a file that the command reads, or of a file of a published folder; --force does not
 * change that. */
#ifndef CLI_OWN_INPUTS_H
#define CLI_OWN_INPUTS_H

#include <stdbool.h>

#include "base/error.h"

struct convert_settings;

/* Whether `output` (NULL: none) is another file than `input` (NULL: none), by path, device and inode; else EXIT_WRONG_USE. */
bool own_inputs_differ(const char *output, const char *input, struct error *error);
/* Whether `output` is no file of ours beside a receipt.json; else EXIT_WRONG_USE. */
bool own_inputs_keep_folder(const char *output, struct error *error);
/* Both, against all that the settings name: exports, companions, rosters, fixes, configuration, schema, workbook, sides. With
 * `keeps_fixes` the output may be one of the fixes, because they stay in it. */
bool own_inputs_check(const struct convert_settings *settings, const char *output, bool keeps_fixes,
                      struct error *error);
/* The same for every report that was asked for. */
bool own_inputs_check_all(const struct convert_settings *settings, struct error *error);
/* Takes such reports off the list: of a run that is over before it began. */
void own_inputs_drop_reports(struct convert_settings *settings);

#endif
