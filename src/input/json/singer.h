/* singer.h: lines of a Singer tap, which wraps records: {"type": "RECORD", "stream": …, "record": {…}}. */
#ifndef INPUT_JSON_SINGER_H
#define INPUT_JSON_SINGER_H

#include <stdbool.h>

#include "base/view.h"

/* Whether a Singer line counts as data: "type" is "RECORD", or the line is no valid object (then it is
 * to be told as damage). SCHEMA, STATE and other lines do not count. */
bool json_singer_counts(struct view line);

#endif
