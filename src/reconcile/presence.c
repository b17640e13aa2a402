/* presence.c: see presence.h. */
#include "reconcile/presence.h"

#include <stdlib.h>

#include "base/memory.h"
#include "values/boolean.h"

void presence_make(const struct comparison *comparison, int side, struct presence *presence) {
    *presence = (struct presence){.side = side};
    presence->units = memory_get((comparison->unit_count + 1) * sizeof *presence->units);
    presence->rows = memory_get((comparison->unit_count + 1) * sizeof *presence->rows);
    presence->is_missing = memory_get_zero(comparison->unit_count + 1, sizeof *presence->is_missing);
    for (uint32_t i = 0; i < comparison->unit_count; i++) {
        const struct unit *unit = &comparison->units[i];
        if (!unit->counts[side] || unit->bucket == BUCKET_REPEATED) continue;
        bool is_missing = unit->bucket == (side == 0 ? BUCKET_ONLY_LEFT : BUCKET_ONLY_RIGHT);
        presence->units[presence->count] = i;
        presence->rows[presence->count] = unit->rows[side];
        presence->is_missing[presence->count++] = is_missing;
        presence->missing += is_missing;
    }
}

void presence_of_all(const struct comparison *comparison, int side, struct presence *presence) {
    size_t count = comparison->sides[side].row_count;
    *presence = (struct presence){.side = side, .count = count};
    presence->units = memory_get((count + 1) * sizeof *presence->units);
    presence->rows = memory_get((count + 1) * sizeof *presence->rows);
    presence->is_missing = memory_get_zero(count + 1, sizeof *presence->is_missing);
    for (uint32_t i = 0; i < count; i++)
        presence->units[i] = presence->rows[i] = i;
}

void presence_free(struct presence *presence) {
    free(presence->units);
    free(presence->rows);
    free(presence->is_missing);
}

/* --- attributes ------------------------------------------------------------------------------------------------------- */

/* What contractors filter by, before all else. */
static int rank_of(const char *title) {
    static const char *const first[] = {"active",   "status", "business unit", "technician",
                                        "employee", "type",   "campaign",      "customer"};
    for (int i = 0; i < (int)(sizeof first / sizeof *first); i++)
        if (view_find_fold(view_of(title), first[i]) != SIZE_MAX) return i;
    return 100;
}

/* The number of a text among the values, + 1; UINT32_MAX where it stands for nothing. */
static uint32_t value_of(struct view text, struct table *values, struct buffer *folded) {
    if (text.length == 0 || placeholder_text(text)) return UINT32_MAX;
    folded->length = 0;
    for (size_t c = 0; c < text.length; c++)
        buffer_add_char(folded, (char)(text.text[c] >= 'A' && text.text[c] <= 'Z' ? text.text[c] + 32 : text.text[c]));
    return (uint32_t)table_add(values, buffer_view(folded), NULL) + 1;
}

/* Room for one value more. */
static void add_value(struct attribute *attribute, uint32_t place) {
    if (attribute->value_count == attribute->capacity) {
        attribute->capacity = attribute->capacity * 2 + 16;
        attribute->first = memory_resize(attribute->first, attribute->capacity * sizeof *attribute->first);
        attribute->rows = memory_resize(attribute->rows, attribute->capacity * sizeof *attribute->rows);
        attribute->missing = memory_resize(attribute->missing, attribute->capacity * sizeof *attribute->missing);
    }
    attribute->first[attribute->value_count] = place;
    attribute->rows[attribute->value_count] = attribute->missing[attribute->value_count] = 0;
    attribute->value_count++;
}

static bool has_attribute(const struct comparison *comparison, const struct presence *presence, size_t column,
                          struct attribute *attribute) {
    const struct side_column *from = &comparison->sides[presence->side].columns[column];
    const struct table *texts = from->texts ? from->texts : comparison->pool;
    struct table *values = table_create();
    struct buffer folded = {0};
    size_t filled = 0;
    *attribute = (struct attribute){.column = column, .from = from, .places = presence->rows};
    attribute->of_text = memory_get_zero(table_count(texts) + 1, sizeof *attribute->of_text);
    for (size_t i = 0; i < presence->count; i++) {
        int64_t text = side_cell(from, presence->rows[i]);
        if (text == NO_AMOUNT) continue;
        uint32_t *known = &attribute->of_text[text];
        if (*known == 0) { /* not looked at yet */
            *known = value_of(table_key(texts, (size_t)text), values, &folded);
            if (table_count(values) > attribute->value_count) add_value(attribute, (uint32_t)i);
        }
        if (*known == UINT32_MAX) continue;
        filled++;
        attribute->rows[*known - 1]++;
        attribute->missing[*known - 1] += presence->is_missing[i];
    }
    table_destroy(values);
    buffer_free(&folded);
    /* nearly all different: a number of something, or a note */
    return filled > 0 && (attribute->value_count * 10 <= filled * 8 || attribute->value_count <= 3);
}

static void attribute_free(struct attribute *attribute) {
    free(attribute->of_text);
    free(attribute->first);
    free(attribute->rows);
    free(attribute->missing);
}

static bool may_be_attribute(const struct side *side, size_t column) {
    const struct side_column *from = &side->columns[column];
    return from->kind == COLUMN_TEXT && !from->is_key && !from->is_dropped;
}

struct attribute *attributes_make(const struct comparison *comparison, const struct presence *presence, size_t *count) {
    const struct side *side = &comparison->sides[presence->side];
    struct attribute *list = memory_get_zero(side->column_count + 1, sizeof *list);
    *count = 0;
    for (size_t i = 0; i < side->column_count; i++) {
        struct attribute one;
        if (!may_be_attribute(side, i)) continue;
        if (!has_attribute(comparison, presence, i, &one)) {
            attribute_free(&one);
            continue;
        }
        size_t place = (*count)++;
        int rank = rank_of(side->columns[i].title);
        while (place > 0 && rank_of(side->columns[list[place - 1].column].title) > rank) {
            list[place] = list[place - 1];
            place--;
        }
        list[place] = one;
    }
    return list;
}

void attributes_free(struct attribute *attributes, size_t count) {
    for (size_t i = 0; i < count; i++)
        attribute_free(&attributes[i]);
    free(attributes);
}

const char *attribute_title(const struct comparison *comparison, int side, size_t column) {
    const struct side_column *own = &comparison->sides[side].columns[column];
    const struct side *other = &comparison->sides[1 - side];
    bool is_person = strcmp(own->title, "Employee") == 0 && other->person_title;
    if (is_person) return other->person_title;
    size_t place = own->is_unknown && other->columns ? side_find_column(other, view_of(own->title)) : SIZE_MAX;
    return place != SIZE_MAX ? other->columns[place].title : own->title;
}

struct finding *attribute_finding(const struct comparison *comparison, const struct presence *presence,
                                  const struct attribute *first, uint32_t value, const struct attribute *second,
                                  uint32_t other) {
    struct finding *finding = finding_create(comparison, second ? CAUSE_ATTRIBUTES : CAUSE_ATTRIBUTE);
    const struct side *side = &comparison->sides[presence->side];
    finding->side = presence->side;
    finding_set_field(finding, 0, attribute_title(comparison, presence->side, first->column));
    finding_add_value(finding,
                      cell_text(comparison, presence->side, first->column, presence->rows[first->first[value]]));
    finding->is_value_private = side->columns[first->column].is_private;
    if (second) {
        finding_set_field(finding, 1, attribute_title(comparison, presence->side, second->column));
        finding_add_value(finding,
                          cell_text(comparison, presence->side, second->column, presence->rows[second->first[other]]));
        finding->is_value_private = finding->is_value_private || side->columns[second->column].is_private;
    }
    return finding;
}
