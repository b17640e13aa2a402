/* value.c: the way for all that is not plain. */
#include "input/json/value.h"

const char *json_value_end_strict(const char *at, const char *end, bool *escaped) {
    struct json_scan scan;
    struct view inside;
    *escaped = false;
    json_scan_start(&scan, view_from(at, (size_t)(end - at)));
    bool good = at < end && *at == '"' ? json_scan_string(&scan, &inside, escaped) : json_scan_scalar(&scan);
    return good ? scan.at : NULL;
}
