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

static bool has_attribute(const struct comparison *comparison, const struct presence *presence, size_t column,
                          struct attribute *attribute) {
    struct table *values = table_create();
    struct buffer folded = {0};
    size_t filled = 0;
    const int64_t *texts = comparison->sides[presence->side].columns[column].values;
    /* by text: its value + 1; UINT32_MAX: none; 0: not looked at yet */
    uint32_t *of_text = memory_get_zero(table_count(comparison->pool) + 1, sizeof *of_text);
    *attribute = (struct attribute){.column = column};
    attribute->values = memory_get((presence->count + 1) * sizeof *attribute->values);
    attribute->first = memory_get((presence->count + 1) * sizeof *attribute->first);
    attribute->rows = memory_get_zero(presence->count + 1, sizeof *attribute->rows);
    attribute->missing = memory_get_zero(presence->count + 1, sizeof *attribute->missing);
    for (size_t i = 0; i < presence->count; i++) {
        attribute->values[i] = UINT32_MAX;
        if (texts[presence->rows[i]] == NO_AMOUNT) continue;
        uint32_t *known = &of_text[texts[presence->rows[i]]];
        if (*known == 0) {
            size_t before = table_count(values);
            *known = value_of(table_key(comparison->pool, (size_t)texts[presence->rows[i]]), values, &folded);
            if (table_count(values) > before) attribute->first[before] = (uint32_t)i;
        }
        if (*known == UINT32_MAX) continue;
        filled++;
        uint32_t value = *known - 1;
        attribute->values[i] = value;
        attribute->rows[value]++;
        attribute->missing[value] += presence->is_missing[i];
    }
    attribute->value_count = table_count(values);
    table_destroy(values);
    buffer_free(&folded);
    free(of_text);
    /* nearly all different: a number of something, or a note */
    return filled > 0 && (attribute->value_count * 10 <= filled * 8 || attribute->value_count <= 3);
}

static void attribute_free(struct attribute *attribute) {
    free(attribute->values);
    free(attribute->first);
    free(attribute->rows);
    free(attribute->missing);
}

static bool may_be_attribute(const struct side *side, size_t column) {
    return side->columns[column].kind == COLUMN_TEXT && !side->columns[column].is_key;
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
