/* about.h: what --version says. */
#ifndef CLI_ABOUT_H
#define CLI_ABOUT_H

#include <stdbool.h>

#include "base/buffer.h"

/* "st2plecto 1.0.0"; with `is_long` also what this build is: machine, compiler, libraries, time zones, and what it can do
 * here. No network. */
void version_text(bool is_long, struct buffer *out);

#endif
