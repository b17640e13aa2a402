/* convert_expect.h: --expect of convert and validate: numbers of a dashboard, checked against the rows of the run. */
#ifndef CLI_CONVERT_EXPECT_H
#define CLI_CONVERT_EXPECT_H

#include "cli/convert_options.h"

/* Reads the exports as the run will, and lists the numbers that differ, each with what explains it. The list is the
 * caller's: convert_differences_free. */
bool convert_expect(struct convert_settings *settings, struct run_difference **list, size_t *count,
                    struct error *error);
void convert_differences_free(struct run_difference *list, size_t count);

#endif
