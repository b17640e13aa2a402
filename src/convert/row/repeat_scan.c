/* repeat_scan.c: asks each row for its ID only; see repeat_scan.h. */
#include "convert/row/repeat_scan.h"

#include <stdio.h>

#include "base/hash.h"
#include "convert/row/id_scan.h"
#include "convert/row/row_private.h"

/* The moment of the last change as text that sorts as it lies in time; empty where it cannot be told. */
static struct view modified_text(struct converter *converter, char *text, size_t size) {
    size_t field = converter->file.binding->modified_field;
    const struct cell *cell = field == SIZE_MAX ? NULL : row_cell(converter, field);
    struct datetime value;
    if (!cell || datetime_parse(view_trim(cell->text), DATE_ORDER_MDY, &value, NULL) != DATETIME_FINE)
        return view_of("");
    int64_t instant = datetime_seconds(&value) - (value.zone == ZONE_OFFSET ? value.offset : 0);
    if (instant < 0) return view_of("");
    int length = snprintf(text, size, "%015lld.%-9s", (long long)instant, value.fraction);
    return view_from(text, (size_t)length);
}

static void add_to_grain(const struct open_file *file, const struct row *row, struct arena *arena, struct grain *grain,
                         struct view id) {
    size_t count = file->facts->column_count;
    struct view *cells = arena_get(arena, (count + 1) * sizeof *cells);
    for (size_t i = 0; i < count; i++)
        cells[i] = i < row->record.cell_count ? view_trim(row->record.cells[i].text) : view_of("");
    grain_add(grain, id, cells);
}

/* The registration that the row would be; 0 where it has errors, and for rows that are divided. */
static uint64_t sent_hash(struct converter *converter) {
    row_read_cells(converter);
    row_find_date(converter);
    const struct row *row = &converter->row;
    if (row->has_error || !row->date || converter->division.count > 0) return 0;
    uint64_t hash = hash_bytes(row->member_name, hash_bytes(row->member_id, 1));
    hash = hash_bytes(view_from(row->date->text, row->date->length), hash);
    for (size_t i = 0; i < converter->plan->sent_count; i++) {
        const struct value *value = converter->sent[i];
        bool has_text = value->kind == VALUE_TEXT || value->kind == VALUE_RAW || value->kind == VALUE_MOMENT;
        uint64_t number = value->kind == VALUE_BOOLEAN ? (uint64_t)value->boolean : (uint64_t)value->number;
        uint64_t seed = hash + (uint64_t)value->kind * 31 + i;
        struct view bytes = view_from((const char *)&number, sizeof number);
        if (has_text) bytes = value->text;
        if (value->kind == VALUE_EMPTY) bytes = view_of("");
        hash = hash_bytes(bytes, seed);
    }
    return hash | 1;
}

/* Who gets the rows. */
struct receivers {
    struct repeats *repeats;
    struct grain *grain; /* or NULL */
};

static void add_row(void *context, struct converter *converter) {
    const struct receivers *receivers = context;
    struct view id = row_first_id(converter);
    if (!repeats_has(receivers->repeats, id)) return;
    char text[64];
    const struct record *record = &converter->row.record;
    struct repeat_row row = {converter->file.number, record->row, record->item, row_content_hash(converter), 0};
    if (converter->plan->files_have_states) row.sent = sent_hash(converter);
    repeats_add(receivers->repeats, id, modified_text(converter, text, sizeof text), &row);
    if (receivers->grain) add_to_grain(&converter->file, &converter->row, converter->arena, receivers->grain, id);
}

bool repeat_scan(const struct plan *plan, struct input **inputs, struct repeats *repeats, struct grain *grain,
                 struct error *error) {
    struct receivers receivers = {repeats, grain};
    return id_scan(plan, inputs, add_row, &receivers, error);
}
