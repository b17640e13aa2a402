/* row_reasons.c: see row_reasons.h. */
#include "reconcile/row_reasons.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/words.h"
#include "reconcile/presence.h"
#include "report/issue.h"

#define ROWS_LIMIT 200000u /* beyond, rare values are not looked for: that is a pass over all cells */
#define RARE 20            /* a value is rare if it is in one of so many rows */

/* The attributes of a side, made when they are first asked for. */
struct rare_values {
    const struct comparison *comparison;
    struct presence presence[2];
    struct attribute *attributes[2]; /* owned */
    size_t count[2];
    bool is_made[2];
};

static void make(struct rare_values *values, int number) {
    struct presence *presence = &values->presence[number];
    values->is_made[number] = true;
    if (values->comparison->sides[number].row_count > ROWS_LIMIT) return;
    presence_of_all(values->comparison, number, presence);
    values->attributes[number] = attributes_make(values->comparison, presence, &values->count[number]);
}

static void rare_values_free(struct rare_values *values) {
    for (int i = 0; i < 2; i++) {
        if (!values->attributes[i]) continue;
        attributes_free(values->attributes[i], values->count[i]);
        presence_free(&values->presence[i]);
    }
}

/* Whether most rows have one value, and this row another that few have. */
static bool is_rare(const struct attribute *attribute, uint32_t row, size_t count) {
    uint32_t value = attribute_value(attribute, row), most = 0;
    if (value == UINT32_MAX) return false;
    for (size_t i = 0; i < attribute->value_count; i++)
        most = attribute->rows[i] > most ? attribute->rows[i] : most;
    bool is_single = attribute->rows[value] == 1 && attribute->value_count <= 3;
    return (size_t)most * 2 > count && ((size_t)attribute->rows[value] * RARE <= count || is_single);
}

static bool add_rare(struct rare_values *values, int side, uint32_t row, struct buffer *out) {
    if (!values->is_made[side]) make(values, side);
    for (size_t i = 0; i < values->count[side]; i++) {
        const struct attribute *attribute = &values->attributes[side][i];
        bool is_private = values->comparison->sides[side].columns[attribute->column].is_private;
        if (is_private || !is_rare(attribute, row, values->comparison->sides[side].row_count)) continue;
        struct view text = cell_text(values->comparison, side, attribute->column, row);
        buffer_print(out, "%s = %.*s", attribute_title(values->comparison, side, attribute->column), VIEW_ARGS(text));
        return true;
    }
    return false;
}

static bool add_error(const struct side_row *row, struct buffer *out) {
    if (!row_is_set_aside(row)) return false;
    const struct issue_kind *kind = issue_kind((enum issue_code)(row->error - 1));
    buffer_print(out, "%s: %s", kind->name, kind->title);
    return true;
}

/* "204017 (E201: the employee is missing)". */
static bool add_row(const struct comparison *comparison, struct rare_values *values, int side, uint32_t row,
                    struct buffer *out) {
    struct buffer why = {0};
    const struct side_row at = side_row_at(&comparison->sides[side], row);
    bool is_known = add_error(&at, &why) || (values && add_rare(values, side, row, &why));
    if (out->length > 0) buffer_add_text(out, ", ");
    if (at.id == NO_ID)
        buffer_print(out, "row %llu", (unsigned long long)at.row);
    else
        buffer_add(out, row_id(comparison, side, row));
    if (is_known) buffer_print(out, " (%.*s)", (int)why.length, why.text);
    buffer_free(&why);
    return is_known;
}

static void add_more(struct buffer *out, size_t count) {
    if (count <= ROWS_NAMED) return;
    buffer_add_text(out, ", ");
    words_count(out, count - ROWS_NAMED);
    buffer_add_text(out, " more");
}

char *set_aside_detail(const struct comparison *comparison, int side, const struct named_rows *rows) {
    struct buffer text = {0};
    for (size_t i = 0; i < rows->count && i < ROWS_NAMED; i++)
        add_row(comparison, NULL, side, rows->first[i], &text);
    add_more(&text, rows->count);
    return buffer_take(&text);
}

/* The row of an ID, in the export before the other side. */
static bool find_row(const struct comparison *comparison, const char *id, int *side, uint32_t *row) {
    int64_t wanted = id_find(comparison->pool, view_of(id));
    int first = source_side(comparison);
    for (int i = 0; i < 2 && wanted != NO_ID; i++) {
        *side = i == 0 ? first : 1 - first;
        for (*row = 0; *row < comparison->sides[*side].row_count; ++*row)
            if (side_id_at(&comparison->sides[*side], *row) == wanted) return true;
    }
    return false;
}

static void add_detail(const struct comparison *comparison, struct rare_values *values, struct finding *finding) {
    struct buffer text = {0};
    bool is_known = false;
    int side;
    uint32_t row;
    if (!finding) return;
    add_detail(comparison, values, finding->parts[0]);
    add_detail(comparison, values, finding->parts[1]);
    if ((finding->cause != CAUSE_ROW && finding->cause != CAUSE_ROWS) || finding->detail) return;
    for (size_t i = 0; i < finding->value_count && i < ROWS_NAMED; i++) {
        if (!find_row(comparison, finding->values[i], &side, &row)) {
            buffer_free(&text);
            return;
        }
        is_known = add_row(comparison, values, side, row, &text) || is_known;
    }
    add_more(&text, finding->value_count);
    if (is_known) finding->detail = buffer_take(&text);
    buffer_free(&text);
}

void row_reasons_add(const struct comparison *comparison, struct findings_list *found) {
    struct rare_values values = {.comparison = comparison};
    for (size_t i = 0; i < found->count; i++)
        add_detail(comparison, &values, found->list[i]);
    rare_values_free(&values);
}
