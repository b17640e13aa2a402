/* likely.c: see likely.h. The columns are brought into the forms in which match.c compares them once; then each string of a
 * schema is looked up among them. */
#include "schema/likely.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "schema/bind.h"
#include "schema/match.h"
#include "schema/schema_text.h"
#include "schema/score.h"

/* The columns in one form. */
struct forms {
    struct table *texts;
    bool *is_hit; /* by number in `texts`: the schema at hand has it */
};

struct column_forms {
    size_t label, name;           /* in `labels` */
    size_t flat_label, flat_name; /* in `flats` */
    size_t key;                   /* in `keys`, of objects */
    bool is_first;                /* no column before it has this key */
};

struct likely {
    const struct input_facts *facts;
    bool has_paths;
    struct forms labels, flats, keys;
    struct column_forms *columns;
    struct buffer scratch;
    size_t marks, mark_hits; /* of the schema at hand */
    bool has_titles;
};

static size_t add_form(struct forms *forms, struct view text) {
    return table_add(forms->texts, text, NULL);
}

static bool hit(const struct forms *forms, struct view text) {
    size_t number = table_find(forms->texts, text);
    if (number == SIZE_MAX) return false;
    forms->is_hit[number] = true;
    return true;
}

static size_t add_label(struct likely *likely, struct view label) {
    label_normalise(label, &likely->scratch);
    return add_form(&likely->labels, buffer_view(&likely->scratch));
}

static size_t add_flat(struct likely *likely, struct view label) {
    match_flat_name(label, &likely->scratch);
    return add_form(&likely->flats, buffer_view(&likely->scratch));
}

struct likely *likely_create(const struct input_facts *facts) {
    struct likely *likely = memory_get_zero(1, sizeof *likely);
    likely->facts = facts;
    likely->has_paths = facts->shape != SHAPE_CSV && facts->shape != SHAPE_REPORT;
    likely->columns = memory_get_zero(facts->column_count + 1, sizeof *likely->columns);
    struct forms *const all[] = {&likely->labels, &likely->flats, &likely->keys};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        all[i]->texts = table_create();
    for (size_t i = 0; i < facts->column_count; i++) {
        const struct input_column *column = &facts->columns[i];
        likely->columns[i] = (struct column_forms){
            .label = add_label(likely, column->label),
            .name = add_label(likely, column->name),
            .flat_label = add_flat(likely, column->label),
            .flat_name = add_flat(likely, column->name),
        };
        struct column_forms *forms = &likely->columns[i];
        forms->key = table_add(likely->keys.texts, match_first_key(column->label), &forms->is_first);
    }
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        all[i]->is_hit = memory_get_zero(table_count(all[i]->texts) + 1, sizeof *all[i]->is_hit);
    return likely;
}

void likely_free(struct likely *likely) {
    struct forms *const all[] = {&likely->labels, &likely->flats, &likely->keys};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        table_destroy(all[i]->texts);
        free(all[i]->is_hit);
    }
    free(likely->columns);
    buffer_free(&likely->scratch);
    free(likely);
}

/* Whether the file has a path or a part of it. */
static bool hit_path(struct likely *likely, struct view path) {
    if (view_starts_with(path, "../")) path = view_from(path.text + 3, path.length - 3);
    if (likely->has_paths) return hit(&likely->keys, match_first_key(path));
    match_flat_name(path, &likely->scratch);
    return hit(&likely->flats, buffer_view(&likely->scratch));
}

static bool hit_label(struct likely *likely, struct view label) {
    label_normalise(label, &likely->scratch);
    return hit(&likely->labels, buffer_view(&likely->scratch));
}

static void take(void *context, enum schema_string kind, struct view string) {
    struct likely *likely = context;
    switch (kind) {
    case STRING_LABEL: hit_label(likely, string); break;
    case STRING_PATH: hit_path(likely, string); break;
    case STRING_MARK:
        likely->marks++;
        likely->mark_hits += hit_path(likely, string) || hit_label(likely, string);
        break;
    case STRING_TITLE: likely->has_titles = true; break;
    case STRING_OTHER: break;
    }
}

static bool is_known(const struct likely *likely, size_t column) {
    const struct column_forms *forms = &likely->columns[column];
    return likely->labels.is_hit[forms->label] || likely->labels.is_hit[forms->name] ||
           likely->flats.is_hit[forms->flat_label] || likely->flats.is_hit[forms->flat_name];
}

/* Of objects a key counts once. */
static size_t known_share(struct likely *likely) {
    size_t known = 0, count = 0;
    for (size_t i = 0; likely->has_paths && i < likely->facts->column_count; i++)
        if (is_known(likely, i)) likely->keys.is_hit[likely->columns[i].key] = true;
    for (size_t i = 0; i < likely->facts->column_count; i++) {
        if (likely->facts->columns[i].label.length == 0) continue;
        if (likely->has_paths && !likely->columns[i].is_first) continue;
        known += likely->has_paths ? likely->keys.is_hit[likely->columns[i].key] : is_known(likely, i);
        count++;
    }
    return count == 0 ? 0 : SCORE_KNOWN * known / count;
}

int likely_score(struct likely *likely, struct view text) {
    struct forms *const all[] = {&likely->labels, &likely->flats, &likely->keys};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        memset(all[i]->is_hit, 0, table_count(all[i]->texts) * sizeof *all[i]->is_hit);
    likely->marks = likely->mark_hits = 0;
    likely->has_titles = false;
    schema_text_each(text, take, likely);
    size_t hits = likely->mark_hits + likely->has_titles;
    size_t signature =
        hits >= SCORE_MARKS || likely->marks < SCORE_MARKS ? SCORE_SIGNATURE : SCORE_SIGNATURE * hits / SCORE_MARKS;
    return (int)(3 * SCORE_ROLE + signature + known_share(likely));
}
