/* zone_text.c: see zone_text.h. The text is ours, so a line that is malformed is a mistake that tests/unit/test_zone.c
 * finds: it compares every zone with the system's. */
#include "values/zone_text.h"

#include "base/memory.h"

#define MOST_OFFSETS 26

struct zone_line {
    struct view names, rule, offsets, changes;
};

struct view zone_text_version(void) {
    struct view rest = view_of(embedded_zones);
    return view_take_until(&rest, '\n');
}

/* The next line; false behind the last. The first one is the version. */
static bool next_line(struct view *rest, struct zone_line *line) {
    if (rest->length == 0) return false;
    struct view text = view_take_until(rest, '\n');
    line->names = view_take_until(&text, ' ');
    line->rule = view_take_until(&text, ' ');
    line->offsets = view_take_until(&text, ' ');
    line->changes = text;
    return true;
}

static bool has_name(struct view names, struct view name) {
    while (names.length > 0)
        if (view_equal(view_take_until(&names, ','), name)) return true;
    return false;
}

static int number(struct view text) {
    bool is_negative = text.length > 0 && text.text[0] == '-';
    int value = 0;
    for (size_t i = is_negative; i < text.length; i++)
        value = value * 10 + (text.text[i] - '0');
    return is_negative ? -value : value;
}

/* Seconds in base 36, a letter, and so on. */
static void read_changes(struct view text, const int *offsets, struct zone *zone) {
    size_t most = 0;
    for (size_t i = 0; i < text.length; i++)
        most += text.text[i] >= 'A' && text.text[i] <= 'Z';
    zone->instants = memory_get_zero(most + 1, sizeof *zone->instants);
    zone->offsets = memory_get_zero(most + 1, sizeof *zone->offsets);
    int64_t instant = 0, distance = 0;
    bool is_negative = false;
    for (size_t i = 0; most > 0 && i < text.length; i++) {
        char c = text.text[i];
        if (c == '-') {
            is_negative = true;
        } else if (c >= 'A' && c <= 'Z') {
            instant += is_negative ? -distance : distance;
            zone->instants[zone->count] = instant;
            zone->offsets[zone->count++] = offsets[c - 'A'];
            distance = 0;
            is_negative = false;
        } else {
            distance = distance * 36 + (c <= '9' ? c - '0' : c - 'a' + 10);
        }
    }
}

static bool fill(const struct zone_line *line, struct zone *zone) {
    int offsets[MOST_OFFSETS] = {0};
    struct view left = line->offsets;
    for (size_t i = 0; left.length > 0 && i < MOST_OFFSETS; i++)
        offsets[i] = number(view_take_until(&left, ','));
    zone->first_offset = offsets[0];
    read_changes(line->changes, offsets, zone);
    zone->has_rule = !view_is(line->rule, "-");
    return !zone->has_rule || posix_rule_parse(line->rule, &zone->rule);
}

bool zone_text_read(struct view name, struct zone *zone) {
    struct view rest = view_of(embedded_zones);
    struct zone_line line;
    view_take_until(&rest, '\n');
    while (next_line(&rest, &line))
        if (has_name(line.names, name)) return fill(&line, zone);
    return false;
}

bool zone_text_next(const char **place, struct view *name) {
    struct view rest = view_of(embedded_zones);
    if (!*place) view_take_until(&rest, '\n');
    const char *begin = *place ? *place : rest.text, *end = embedded_zones + strlen(embedded_zones);
    if (begin >= end) return false;
    size_t length = strcspn(begin, ", ");
    *name = view_from(begin, length);
    if (begin[length] == ',') {
        *place = begin + length + 1;
        return true;
    }
    const char *line_end = memchr(begin, '\n', (size_t)(end - begin));
    *place = line_end ? line_end + 1 : end;
    return true;
}
