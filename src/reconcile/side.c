/* side.c: see side.h. */
#include "reconcile/side.h"

#include <stdlib.h>

#include "base/memory.h"
#include "schema/bind.h"
#include "values/boolean.h"
#include "values/duration.h"

#define CENT 100  /* ten-thousandths: amounts are mostly in whole cents */
#define MINUTE 60 /* seconds: moments are mostly on whole minutes */

static void free_rows(struct side_rows *rows) {
    packed_free(&rows->id);
    packed_free(&rows->person);
    packed_free(&rows->person_id);
    packed_free(&rows->shown);
    packed_free(&rows->local);
    packed_free(&rows->ahead);
    packed_free(&rows->file);
    packed_free(&rows->row);
    packed_free(&rows->line);
    packed_free(&rows->state);
}

void side_free(struct side *side) {
    for (size_t i = 0; i < side->column_count; i++) {
        free(side->columns[i].title);
        free(side->columns[i].label);
        free(side->columns[i].name);
        packed_free(&side->columns[i].values);
        table_destroy(side->columns[i].texts);
    }
    for (size_t i = 0; i < side->file_count; i++)
        free(side->files[i]);
    free(side->columns);
    free(side->files);
    free_rows(&side->rows);
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

struct side_column *side_add_column(struct side *side, struct view title, struct view label, enum column_kind kind) {
    side->columns = memory_resize(side->columns, (side->column_count + 1) * sizeof *side->columns);
    struct side_column *column = &side->columns[side->column_count++];
    *column = (struct side_column){.title = memory_copy(title), .label = memory_copy(label), .kind = kind};
    column->values.step = kind == COLUMN_AMOUNT ? CENT : kind == COLUMN_MOMENT ? MINUTE : 1;
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

static void set_text(struct packed *list, size_t row, uint32_t text) {
    packed_set(list, row, text == NO_TEXT ? PACKED_NONE : (int64_t)text);
}

/* The last row goes to the others. */
static void keep_last(struct side *side) {
    size_t row = side->row_count - 1;
    const struct side_row *last = &side->last;
    struct side_rows *rows = &side->rows;
    if (last->id != NO_ID) packed_set(&rows->id, row, last->id); /* an export's come later */
    set_text(&rows->person, row, last->person);
    set_text(&rows->person_id, row, last->person_id);
    set_text(&rows->shown, row, last->shown);
    packed_set(&rows->local, row, last->local);
    packed_set(&rows->ahead, row, last->local - last->instant);
    packed_set(&rows->file, row, last->file);
    packed_set(&rows->row, row, (int64_t)last->row);
    packed_set(&rows->line, row, (int64_t)last->line);
    packed_set(&rows->state, row,
               (last->has_date ? STATE_DATE : 0) | (last->has_instant ? STATE_INSTANT : 0) |
                   (last->has_unread_date ? STATE_UNREAD : 0) | (int64_t)last->error << STATE_BITS);
}

struct side_row *side_add_row(struct side *side) {
    if (side->row_count > 0) {
        keep_last(side);
    } else {
        side->rows.local.step = MINUTE;
        side->rows.id.step = 2; /* most are odd, or none is */
    }
    side->row_count++;
    side->last = (struct side_row){.id = NO_ID, .person = NO_TEXT, .person_id = NO_TEXT, .shown = NO_TEXT};
    return &side->last;
}

void side_empty(struct side *side) {
    free_rows(&side->rows);
    side->row_count = 0;
    for (size_t i = 0; i < side->column_count; i++)
        packed_free(&side->columns[i].values);
}

void side_set_id(struct side_row *row, struct table *pool, struct view id) {
    id = view_trim(id);
    if (id.length > 0) row->id = id_add(pool, id);
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

static bool read_amount(struct view text, bool is_duration, int64_t *amount) {
    if (is_duration) return duration_parse(text, amount);
    return decimal_has_value(decimal_parse(text, &decimal_style_default, amount));
}

/* What each text of a column is, found out once. */
struct text_facts {
    const struct side_column *column;
    const struct table *pool;
    unsigned char *of_text; /* owned; by number: 0 is not known yet */
};

enum { TEXT_KNOWN = 1, TEXT_FILLED = 2, TEXT_AMOUNT = 4, TEXT_POINT = 8, TEXT_DATE = 16 };

static unsigned char look_at(struct view text) {
    struct datetime value;
    int64_t amount;
    if (text.length == 0 || placeholder_text(text)) return TEXT_KNOWN;
    bool is_amount = read_amount(text, false, &amount);
    bool has_point = memchr(text.text, '.', text.length) || memchr(text.text, '$', text.length);
    bool is_date = datetime_parse(text, DATE_ORDER_MDY, &value, NULL) == DATETIME_FINE;
    return (unsigned char)(TEXT_KNOWN | TEXT_FILLED | (is_amount ? TEXT_AMOUNT : 0) | (has_point ? TEXT_POINT : 0) |
                           (is_date ? TEXT_DATE : 0));
}

static unsigned char fact_of(struct text_facts *facts, size_t row) {
    int64_t number = side_cell(facts->column, row);
    if (number == NO_AMOUNT) return TEXT_KNOWN;
    unsigned char *fact = &facts->of_text[number];
    if (*fact == 0) *fact = look_at(side_text(facts->column, facts->pool, number));
    return *fact;
}

/* A column is of money or hours if all its values are numbers and some have a point or a sign; of moments if nearly all are
 * dates; else of texts. */
static enum column_kind kind_of_texts(const struct side_column *column, const struct side *side,
                                      const struct table *pool) {
    const struct table *texts = column->texts ? column->texts : pool;
    struct text_facts facts = {column, pool, memory_get_zero(table_count(texts) + 1, 1)};
    size_t filled = 0, with_point = 0, amounts = 0, dates = 0;
    for (size_t i = 0; i < side->row_count; i++) {
        unsigned char fact = fact_of(&facts, i);
        filled += (fact & TEXT_FILLED) != 0;
        amounts += (fact & TEXT_AMOUNT) != 0;
        with_point += (fact & TEXT_POINT) != 0;
        dates += (fact & TEXT_DATE) != 0;
    }
    free(facts.of_text);
    if (filled > 0 && amounts == filled && with_point * 2 >= filled) return COLUMN_AMOUNT;
    return dates > 0 && dates * 10 >= filled * 9 ? COLUMN_MOMENT : COLUMN_TEXT;
}

static int64_t typed_value(const struct side_column *column, struct view text, const struct zone *zone) {
    int64_t value = 0, instant;
    bool ignored, is_fine = text.length > 0;
    if (is_fine && column->kind == COLUMN_AMOUNT) is_fine = read_amount(text, column->is_duration, &value);
    if (is_fine && column->kind == COLUMN_MOMENT) is_fine = read_moment(text, zone, &value, &instant, &ignored);
    return is_fine ? value : NO_AMOUNT;
}

static void type_column(struct side_column *column, const struct side *side, const struct table *pool,
                        const struct zone *zone) {
    struct packed values = {.step = column->kind == COLUMN_AMOUNT ? CENT : MINUTE};
    for (size_t i = 0; i < side->row_count; i++) {
        int64_t number = side_cell(column, i);
        if (number != NO_AMOUNT) packed_set(&values, i, typed_value(column, side_text(column, pool, number), zone));
    }
    packed_free(&column->values);
    table_destroy(column->texts);
    column->texts = NULL;
    column->values = values;
}

void side_type_columns(struct side *side, const struct table *pool, const struct side *like, const struct zone *zone) {
    for (size_t i = 0; i < side->column_count; i++) {
        struct side_column *column = &side->columns[i];
        bool is_known = column->is_dropped || (side->kind == SIDE_EXPORT && !column->is_unknown);
        if (column->kind != COLUMN_TEXT || is_known) continue;
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
        } else {
            column->kind = kind_of_texts(column, side, pool);
            if (column->kind == COLUMN_AMOUNT) {
                column->is_money = true;
                column->places = 2;
                column->is_metric = !column->is_unknown;
            }
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
