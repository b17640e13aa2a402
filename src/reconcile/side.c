/* side.c: see side.h. */
#include "reconcile/side.h"

#include <stdlib.h>

#include "base/memory.h"
#include "schema/bind.h"
#include "values/boolean.h"
#include "values/duration.h"

void side_free(struct side *side) {
    for (size_t i = 0; i < side->column_count; i++) {
        free(side->columns[i].title);
        free(side->columns[i].label);
        free(side->columns[i].name);
        free(side->columns[i].values);
        free(side->columns[i].instants);
    }
    for (size_t i = 0; i < side->file_count; i++)
        free(side->files[i]);
    free(side->columns);
    free(side->files);
    free(side->rows);
    free(side->name);
    free(side->schema);
    free(side->by);
    free(side->groups);
    free(side->zone_name);
    free(side->order);
    free(side->date_title);
    free(side->person_title);
    table_destroy(side->rejected);
    table_destroy(side->refused);
    *side = (struct side){0};
}

static void empty_cells(struct side_column *column, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        column->values[i] = NO_AMOUNT;
}

struct side_column *side_add_column(struct side *side, struct view title, struct view label, enum column_kind kind) {
    side->columns = memory_resize(side->columns, (side->column_count + 1) * sizeof *side->columns);
    struct side_column *column = &side->columns[side->column_count++];
    *column = (struct side_column){.title = memory_copy(title), .label = memory_copy(label), .kind = kind};
    column->values = memory_get((side->row_capacity + 1) * sizeof *column->values);
    empty_cells(column, 0, side->row_capacity);
    if (kind == COLUMN_MOMENT) column->instants = memory_get_zero(side->row_capacity + 1, sizeof *column->instants);
    return column;
}

size_t side_find_column(const struct side *side, struct view name) {
    for (size_t i = 0; i < side->column_count; i++)
        if (view_is(name, side->columns[i].title)) return i;
    for (size_t i = 0; i < side->column_count; i++)
        if (view_is(name, side->columns[i].label)) return i;
    for (size_t i = 0; i < side->column_count; i++)
        if (side->columns[i].name && label_equal(name, view_of(side->columns[i].name))) return i;
    for (size_t i = 0; i < side->column_count; i++)
        if (label_equal(name, view_of(side->columns[i].title)) || label_equal(name, view_of(side->columns[i].label)))
            return i;
    return SIZE_MAX;
}

struct side_row *side_add_row(struct side *side) {
    size_t before = side->row_capacity;
    void *rows = side->rows;
    memory_grow(&rows, &side->row_capacity, side->row_count + 1, sizeof *side->rows);
    side->rows = rows;
    for (size_t i = 0; side->row_capacity > before && i < side->column_count; i++) {
        struct side_column *column = &side->columns[i];
        column->values = memory_resize(column->values, (side->row_capacity + 1) * sizeof *column->values);
        empty_cells(column, before, side->row_capacity);
        if (column->instants)
            column->instants = memory_resize(column->instants, (side->row_capacity + 1) * sizeof *column->instants);
    }
    struct side_row *row = &side->rows[side->row_count++];
    *row = (struct side_row){.id = NO_TEXT, .person = NO_TEXT, .person_id = NO_TEXT, .shown = NO_TEXT};
    return row;
}

void side_set_id(struct side_row *row, struct table *pool, struct view id) {
    id = view_trim(id);
    if (id.length > 0) row->id = (uint32_t)table_add(pool, id, NULL);
}

static void add_folded(struct buffer *folded, struct view part) {
    bool is_blank = true; /* blanks before a word are one, before the first none */
    for (size_t i = 0; i < part.length; i++) {
        unsigned char c = (unsigned char)part.text[i];
        bool is_no_break = c == 0xc2 && i + 1 < part.length && (unsigned char)part.text[i + 1] == 0xa0;
        if (is_no_break) i++;
        if (c <= ' ' || is_no_break) {
            is_blank = true;
            continue;
        }
        if (is_blank && folded->length > 0) buffer_add_char(folded, ' ');
        is_blank = false;
        buffer_add_char(folded, (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
    }
}

void person_fold(struct view name, struct buffer *folded) {
    folded->length = 0;
    const char *comma = name.length > 0 ? memchr(name.text, ',', name.length) : NULL;
    size_t before = comma ? (size_t)(comma - name.text) : 0;
    bool is_swapped =
        comma && before > 0 && before + 1 < name.length && !memchr(comma + 1, ',', name.length - before - 1);
    if (is_swapped) {
        add_folded(folded, view_from(comma + 1, name.length - before - 1));
        add_folded(folded, view_from(name.text, before));
    } else {
        add_folded(folded, name);
    }
}

void side_set_person(struct side_row *row, struct table *pool, struct view id, struct view name) {
    struct buffer folded = {0};
    id = view_trim(id);
    name = view_trim(name);
    if (name.length > 0) {
        person_fold(name, &folded);
        row->person = (uint32_t)table_add(pool, buffer_view(&folded), NULL);
        row->shown = (uint32_t)table_add(pool, name, NULL);
    }
    person_fold(id, &folded);
    bool is_name = name.length > 0 && row->person == table_find(pool, buffer_view(&folded));
    if (id.length > 0 && !is_name) row->person_id = (uint32_t)table_add(pool, id, NULL);
    if (row->shown == NO_TEXT) row->shown = row->person_id;
    buffer_free(&folded);
}

/* Seconds on the company's clock, and in UTC where the text or the zone says it. */
static bool read_moment(struct view text, const struct zone *zone, int64_t *local, int64_t *instant,
                        bool *has_instant) {
    struct datetime value;
    if (datetime_parse(view_trim(text), DATE_ORDER_MDY, &value, NULL) != DATETIME_FINE) return false;
    int64_t seconds = datetime_seconds(&value);
    if (!value.has_time && value.zone == ZONE_NONE)
        seconds += 43200; /* noon: no shift of a zone makes it another day */
    *local = *instant = seconds;
    *has_instant = value.zone != ZONE_NONE || zone != NULL;
    if (value.zone != ZONE_NONE) {
        *instant = seconds - (value.zone == ZONE_OFFSET ? value.offset : 0);
        if (zone) *local = *instant + zone_offset_at(zone, *instant);
    } else if (zone) {
        int offset = 0;
        zone_offset_for_local(zone, seconds, &offset);
        *instant = seconds - offset;
    }
    return true;
}

void side_set_date(struct side_row *row, struct view text, const struct zone *zone) {
    row->has_date = read_moment(text, zone, &row->local, &row->instant, &row->has_instant);
}

/* --- what the texts of a column are -------------------------------------------------------------------------------- */

static struct view text_of(const struct side_column *column, const struct table *pool, size_t row) {
    return column->values[row] == NO_AMOUNT ? view_of("") : table_key(pool, (size_t)column->values[row]);
}

static bool read_amount(struct view text, bool is_duration, int64_t *amount) {
    if (is_duration) return duration_parse(text, amount);
    return decimal_has_value(decimal_parse(text, &decimal_style_default, amount));
}

/* A column is of money or hours if all its values are numbers and some have a point or a sign. */
static bool is_amounts(const struct side_column *column, const struct side *side, const struct table *pool) {
    size_t filled = 0, with_point = 0;
    for (size_t i = 0; i < side->row_count; i++) {
        struct view text = text_of(column, pool, i);
        int64_t amount;
        if (text.length == 0 || placeholder_text(text)) continue;
        if (!read_amount(text, false, &amount)) return false;
        filled++;
        with_point += memchr(text.text, '.', text.length) || memchr(text.text, '$', text.length);
    }
    return filled > 0 && with_point * 2 >= filled;
}

static bool is_moments(const struct side_column *column, const struct side *side, const struct table *pool) {
    size_t filled = 0, dates = 0;
    for (size_t i = 0; i < side->row_count; i++) {
        struct view text = text_of(column, pool, i);
        struct datetime value;
        if (text.length == 0 || placeholder_text(text)) continue;
        filled++;
        dates += datetime_parse(text, DATE_ORDER_MDY, &value, NULL) == DATETIME_FINE;
    }
    return dates > 0 && dates * 10 >= filled * 9;
}

static void type_column(struct side_column *column, const struct side *side, const struct table *pool,
                        const struct zone *zone) {
    if (column->kind == COLUMN_MOMENT)
        column->instants = memory_get_zero(side->row_capacity + 1, sizeof *column->instants);
    for (size_t i = 0; i < side->row_count; i++) {
        struct view text = text_of(column, pool, i);
        int64_t value = 0;
        bool ignored, is_fine = text.length > 0;
        if (is_fine && column->kind == COLUMN_AMOUNT) is_fine = read_amount(text, column->is_duration, &value);
        if (is_fine && column->kind == COLUMN_MOMENT)
            is_fine = read_moment(text, zone, &value, &column->instants[i], &ignored);
        if (column->kind != COLUMN_TEXT) column->values[i] = is_fine ? value : NO_AMOUNT;
    }
}

void side_type_columns(struct side *side, const struct table *pool, const struct side *like, const struct zone *zone) {
    for (size_t i = 0; i < side->column_count; i++) {
        struct side_column *column = &side->columns[i];
        if (column->kind != COLUMN_TEXT || (side->kind == SIDE_EXPORT && !column->is_unknown)) continue;
        size_t place = like ? side_find_column(like, view_of(column->title)) : SIZE_MAX;
        if (place != SIZE_MAX && !like->columns[place].is_unknown) {
            const struct side_column *model = &like->columns[place];
            column->kind = model->kind;
            column->is_private = model->is_private;
            column->is_money = model->is_money;
            column->is_duration = model->is_duration;
            column->is_average = model->is_average;
            column->is_metric = model->is_metric;
            column->places = model->places;
            column->is_key = model->is_key;
        } else if (is_amounts(column, side, pool)) {
            column->kind = COLUMN_AMOUNT;
            column->is_money = true;
            column->places = 2;
            column->is_metric = !column->is_unknown;
        } else if (is_moments(column, side, pool)) {
            column->kind = COLUMN_MOMENT;
        }
        if (column->kind != COLUMN_TEXT) type_column(column, side, pool, zone);
    }
}

enum date_order side_date_order(const struct side *side) {
    if (!side->order) return DATE_ORDER_UNKNOWN;
    return strcmp(side->order, "mdy") == 0   ? DATE_ORDER_MDY
           : strcmp(side->order, "dmy") == 0 ? DATE_ORDER_DMY
                                             : DATE_ORDER_YMD;
}
