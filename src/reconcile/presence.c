/* presence.c: see presence.h. */
#include "reconcile/presence.h"

#include <stdlib.h>

#include "base/halves.h"
#include "base/memory.h"
#include "values/boolean.h"

void presence_make(const struct comparison *comparison, int side, struct presence *presence) {
    *presence = (struct presence){.side = side};
    presence->units = memory_get_prepared((comparison->unit_count + 1) * sizeof *presence->units);
    presence->rows = memory_get_prepared((comparison->unit_count + 1) * sizeof *presence->rows);
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

/* Values that texts with letters have, whatever their case. */
struct folding {
    struct table *texts; /* owned; in lower case */
    uint32_t *values;    /* owned; theirs */
    size_t capacity;
    struct buffer folded;
};

static bool has_letter(struct view text) {
    for (size_t i = 0; i < text.length; i++)
        if ((text.text[i] | 0x20) >= 'a' && (text.text[i] | 0x20) <= 'z') return true;
    return false;
}

/* The number of a text among the values, + 1; UINT32_MAX where it stands for nothing. Texts come once each: one without a letter
 * is equal to no other. */
static uint32_t value_of(struct folding *folding, struct attribute *attribute, struct view text, uint32_t place) {
    bool is_new = true;
    if (text.length == 0 || placeholder_text(text)) return UINT32_MAX;
    if (!has_letter(text)) {
        add_value(attribute, place);
        return (uint32_t)attribute->value_count;
    }
    folding->folded.length = 0;
    for (size_t i = 0; i < text.length; i++)
        buffer_add_char(&folding->folded, view_lower(text.text[i]));
    size_t number = table_add(folding->texts, buffer_view(&folding->folded), &is_new);
    if (!is_new) return folding->values[number];
    add_value(attribute, place);
    void *values = folding->values;
    memory_grow(&values, &folding->capacity, number + 1, sizeof *folding->values);
    folding->values = values;
    folding->values[number] = (uint32_t)attribute->value_count;
    return folding->values[number];
}

/* A text of a column, with the rows that have it. */
struct text_rows {
    uint32_t text, rows, missing;
    uint32_t first; /* the least place */
};

struct text_list {
    struct text_rows *list; /* owned */
    size_t count, capacity;
};

#define NO_PLACE UINT32_MAX

/* By row of the side the place that it has, or NO_PLACE; owned by the caller. NULL: the places are in the order of the rows. So a
 * column is read in its own order, whatever the other side's is. */
static uint32_t *places_of_rows(const struct comparison *comparison, const struct presence *presence) {
    size_t count = comparison->sides[presence->side].row_count;
    bool is_ordered = true;
    for (size_t i = 1; i < presence->count && is_ordered; i++)
        is_ordered = presence->rows[i - 1] < presence->rows[i];
    if (is_ordered) return NULL;
    uint32_t *places = memory_get_prepared((count + 1) * sizeof *places);
    for (size_t i = 0; i < count; i++)
        places[i] = NO_PLACE;
    for (size_t i = 0; i < presence->count; i++)
        places[presence->rows[i]] = (uint32_t)i;
    return places;
}

static void count_text(struct text_list *texts, uint32_t *number, int64_t text, uint32_t place, bool is_missing) {
    if (*number == 0) {
        void *list = texts->list;
        memory_grow(&list, &texts->capacity, texts->count + 1, sizeof *texts->list);
        texts->list = list;
        texts->list[texts->count++] = (struct text_rows){(uint32_t)text, 0, 0, place};
        *number = (uint32_t)texts->count;
    }
    struct text_rows *one = &texts->list[*number - 1];
    one->rows++;
    one->missing += is_missing;
    one->first = place < one->first ? place : one->first;
}

/* The texts that rows have; `of_text` gets the number of each among them, + 1. */
static void count_texts(const struct side *side, const struct side_column *from, const struct presence *presence,
                        const uint32_t *places, uint32_t *of_text, struct text_list *texts) {
    size_t count = places ? side->row_count : presence->count;
    for (size_t i = 0; i < count; i++) {
        uint32_t place = places ? places[i] : (uint32_t)i;
        int64_t text = side_cell(from, places ? i : presence->rows[i]);
        if (text != NO_AMOUNT && place != NO_PLACE)
            count_text(texts, &of_text[text], text, place, presence->is_missing[place]);
    }
}

static int compare_first(const void *left, const void *right) {
    uint32_t a = ((const struct text_rows *)left)->first, b = ((const struct text_rows *)right)->first;
    return (a > b) - (a < b);
}

static bool has_attribute(const struct comparison *comparison, const struct presence *presence, const uint32_t *places,
                          size_t column, struct attribute *attribute) {
    const struct side *side = &comparison->sides[presence->side];
    const struct side_column *from = &side->columns[column];
    const struct table *table = from->texts ? from->texts : comparison->pool;
    struct folding folding = {.texts = table_create()};
    struct text_list texts = {0};
    size_t filled = 0;
    *attribute = (struct attribute){.column = column, .from = from, .places = presence->rows};
    attribute->of_text = memory_get_zero(table_count(table) + 1, sizeof *attribute->of_text);
    count_texts(side, from, presence, places, attribute->of_text, &texts);
    if (texts.count > 0) qsort(texts.list, texts.count, sizeof *texts.list, compare_first);
    for (size_t i = 0; i < texts.count; i++) {
        const struct text_rows *one = &texts.list[i];
        uint32_t value = value_of(&folding, attribute, table_key(table, one->text), one->first);
        attribute->of_text[one->text] = value;
        if (value == UINT32_MAX) continue;
        filled += one->rows;
        attribute->rows[value - 1] += one->rows;
        attribute->missing[value - 1] += one->missing;
    }
    free(texts.list);
    table_destroy(folding.texts);
    free(folding.values);
    buffer_free(&folding.folded);
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

struct attributes_making {
    const struct comparison *comparison;
    const struct presence *presence;
    uint32_t *places;        /* owned; see places_of_rows */
    struct attribute *made;  /* owned; by column */
    bool *is_made;           /* owned; by column */
};

/* Every other column. */
static void make_half(void *context, int half) {
    const struct attributes_making *making = context;
    const struct side *side = &making->comparison->sides[making->presence->side];
    for (size_t i = (size_t)half; i < side->column_count; i += 2) {
        if (!may_be_attribute(side, i)) continue;
        making->is_made[i] =
            has_attribute(making->comparison, making->presence, making->places, i, &making->made[i]);
        if (!making->is_made[i]) attribute_free(&making->made[i]);
    }
}

struct attribute *attributes_make(const struct comparison *comparison, const struct presence *presence, size_t *count) {
    const struct side *side = &comparison->sides[presence->side];
    struct attribute *list = memory_get_zero(side->column_count + 1, sizeof *list);
    struct attributes_making making = {.comparison = comparison,
                                       .presence = presence,
                                       .places = places_of_rows(comparison, presence),
                                       .made = memory_get_zero(side->column_count + 1, sizeof *making.made),
                                       .is_made = memory_get_zero(side->column_count + 1, sizeof *making.is_made)};
    halves_do(make_half, &making, comparison_uses_thread(comparison));
    *count = 0;
    for (size_t i = 0; i < side->column_count; i++) {
        if (!making.is_made[i]) continue;
        size_t place = (*count)++;
        int rank = rank_of(side->columns[i].title);
        while (place > 0 && rank_of(side->columns[list[place - 1].column].title) > rank) {
            list[place] = list[place - 1];
            place--;
        }
        list[place] = making.made[i];
    }
    free(making.places);
    free(making.made);
    free(making.is_made);
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
