/* group.c: what a group row looks like.
 *
 * Real ones: "Business Unit: HVAC", "Assigned Technicians: Ana Lopez", "Scheduled Date: 8/3/2026". The blank behind
 * the colon keeps times and web addresses out; a label is at most 64 bytes. */
#include "input/csv/group.h"

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

bool csv_group_split(struct view cell, struct view *label, struct view *value) {
    cell = view_trim(cell);
    const char *colon = cell.length > 0 ? memchr(cell.text, ':', cell.length) : NULL;
    if (!colon || !is_letter(cell.text[0])) return false;
    size_t before = (size_t)(colon - cell.text), behind = cell.length - before - 1;
    if (before > 64 || behind < 2 || colon[1] != ' ') return false;
    *label = view_trim(view_from(cell.text, before));
    *value = view_trim(view_from(colon + 1, behind));
    return value->length > 0;
}

bool csv_group_match(struct view cell, struct view label, struct view *value) {
    cell = view_trim(cell);
    if (cell.length <= label.length || memcmp(cell.text, label.text, label.length) != 0) return false;
    struct view behind = view_trim(view_from(cell.text + label.length, cell.length - label.length));
    if (behind.length == 0 || behind.text[0] != ':') return false;
    *value = view_trim(view_from(behind.text + 1, behind.length - 1));
    return true;
}

/* The text before the last suffix ("Unit (group)", also "Unit (group) (2)"), or an empty view. */
static struct view without_suffix(struct view label) {
    size_t suffix = sizeof CSV_GROUP_SUFFIX - 1;
    for (size_t at = label.length; at >= suffix; at--) {
        if (memcmp(label.text + at - suffix, CSV_GROUP_SUFFIX, suffix) == 0) return view_from(label.text, at - suffix);
    }
    return view_from(NULL, 0);
}

struct view csv_group_label(const struct input_facts *facts) {
    struct view label = facts->columns[facts->group_column].label;
    struct view plain = without_suffix(label);
    for (size_t i = 0; plain.length > 0 && i < facts->column_count; i++) {
        if (i != facts->group_column && view_equal(facts->columns[i].label, plain)) return plain;
    }
    return label;
}
