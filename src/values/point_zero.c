/* point_zero.c: see point_zero.h. */
#include "values/point_zero.h"

#include <string.h>

bool is_point_zero(struct view id) {
    if (id.length < 3 || id.text[id.length - 1] != '0') return false;
    const char *point = memchr(id.text, '.', id.length);
    if (!point || point == id.text) return false;
    size_t whole = (size_t)(point - id.text);
    if (whole + 1 == id.length) return false;
    for (size_t i = 0; i < id.length; i++) {
        bool is_fine = i < whole ? id.text[i] >= '0' && id.text[i] <= '9' : i == whole || id.text[i] == '0';
        if (!is_fine) return false;
    }
    return true;
}

struct view id_without_zero(struct view id) {
    if (!is_point_zero(id)) return id;
    return view_from(id.text, (size_t)((const char *)memchr(id.text, '.', id.length) - id.text));
}
