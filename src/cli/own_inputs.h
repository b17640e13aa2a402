/* own_inputs.h: no output takes the place of a file that the command line or the configuration names to be read, whatever --force
 * says. */
#ifndef CLI_OWN_INPUTS_H
#define CLI_OWN_INPUTS_H

#include <stdbool.h>

#include "base/error.h"

struct convert_settings;

/* What kept_files.h asks, against all that the settings name: exports, companions, rosters, fixes, configuration, schema, workbook, sides. With
 * `keeps_fixes` the output may be one of the fixes, because they stay in it. */
bool own_inputs_check(const struct convert_settings *settings, const char *output, bool keeps_fixes,
                      struct error *error);
/* The same for every report that was asked for. */
bool own_inputs_check_all(const struct convert_settings *settings, struct error *error);
/* Takes such reports off the list: of a run that is over before it began. */
void own_inputs_drop_reports(struct convert_settings *settings);

#endif
