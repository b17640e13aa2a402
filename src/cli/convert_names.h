/* convert_names.h: of files of several types: the fields and companions that options name, each for the types that have
 * them. */
#ifndef CLI_CONVERT_NAMES_H
#define CLI_CONVERT_NAMES_H

#include "cli/convert_options.h"
#include "convert/run/types.h"

/* The fields that options of the command line name: --date, --employee, --field and --drop. */
struct convert_names {
    const char **list; /* owned; the texts are the settings' */
    size_t count;
};

struct convert_names convert_names(const struct convert_settings *settings);
/* Whether each field and companion is of one of the types (sorted with these names), and nothing names a single data source
 * where there are several; EXIT_WRONG_USE. */
bool convert_names_check(const struct convert_names *names, const struct run_types *types,
                         const struct convert_settings *settings, struct error *error);
/* Leaves only those options that the type has the field or companion for. */
void convert_names_restrict(const struct convert_names *names, const struct run_type *type,
                            struct convert_settings *settings);

#endif
