/* singer.c: which lines are records. */
#include "input/json/singer.h"

#include "base/json_find.h"

bool json_singer_counts(struct view line) {
    static const char usual[] = "{\"type\": \"RECORD\"", tight[] = "{\"type\":\"RECORD\"";
    if (view_starts_with(line, usual) || view_starts_with(line, tight)) return true;
    struct view type;
    if (json_find_key(line, view_of("type"), &type)) return json_says(type, "RECORD");
    return !json_is_valid(line) || line.text[0] != '{';
}
