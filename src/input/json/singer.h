/* singer.h: lines that wrap a record: those of a Singer tap ({"type": "RECORD", "stream": …, "record": {…}}) and Airbyte's raw
 * ones ({"_airbyte_raw_id": …, "_airbyte_data": {…}}). The wrapper is the key that holds the record. */
#ifndef INPUT_JSON_SINGER_H
#define INPUT_JSON_SINGER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/view.h"

#define JSON_WRAPPER_SINGER "record"
#define JSON_WRAPPER_AIRBYTE "_airbyte_data"

/* Whether a line counts as data: of Singer, "type" is "RECORD", or the line is no valid object (then it is to be told as
 * damage); SCHEMA, STATE and other lines do not count. Of Airbyte, every line. */
bool json_wrapped_counts(const char *wrapper, struct view line);
/* The line with its record in place of the JSON text that holds it, as Airbyte writes to data bases without a type for JSON
 * ({"_airbyte_data": "{\"id\": 1}"}); in `arena`. False: the record is no text. */
bool json_wrapped_open(const char *wrapper, struct view line, struct arena *arena, struct view *opened);
/* The stream that a record line names, as it stands there, quotes included; false if it names none. */
bool json_wrapped_stream(const char *wrapper, struct view line, struct view *stream);

#endif
