/* csv_rows.c: see csv_rows.h. */
#include "output/csv_rows.h"

#include <stdlib.h>

#include "base/memory.h"

void csv_rows_start(struct csv_rows *rows, csv_row_taker *take, void *context) {
    *rows = (struct csv_rows){.take = take, .context = context};
}

/* The end of the first row (behind its line end), or NULL if it is not in the text. */
static const char *row_end(const char *text, const char *end) {
    bool is_quoted = false;
    for (const char *place = text; place < end; place++) {
        if (*place == '"') is_quoted = !is_quoted;
        if (*place == '\n' && !is_quoted) return place + 1;
    }
    return NULL;
}

static void add_cell(struct csv_rows *rows, size_t number, struct view cell) {
    void *cells = rows->cells;
    memory_grow(&cells, &rows->cell_capacity, number + 1, sizeof *rows->cells);
    rows->cells = cells;
    rows->cells[number] = cell;
}

/* At the opening quote: the cell without quotes; returns what stands behind it. */
static const char *take_quoted(struct csv_rows *rows, const char *place, const char *end, struct view *cell) {
    char *to = rows->text.text + rows->text.length; /* room for the whole row is there */
    size_t length = 0;
    for (place++; place < end; place++) {
        if (*place == '"' && !(place + 1 < end && place[1] == '"')) break;
        place += *place == '"';
        to[length++] = *place;
    }
    rows->text.length += length;
    *cell = view_from(to, length);
    return place < end ? place + 1 : end;
}

static void take_row(struct csv_rows *rows, const char *text, const char *end) {
    while (end > text && (end[-1] == '\n' || end[-1] == '\r'))
        end--;
    rows->text.length = 0;
    buffer_reserve(&rows->text, (size_t)(end - text) + 1);
    size_t count = 0;
    for (const char *place = text;;) {
        struct view cell;
        if (place < end && *place == '"') {
            place = take_quoted(rows, place, end, &cell);
        } else {
            const char *comma = place < end ? memchr(place, ',', (size_t)(end - place)) : NULL;
            cell = view_from(place, (size_t)((comma ? comma : end) - place));
            place = comma ? comma : end;
        }
        add_cell(rows, count++, cell);
        if (place >= end || *place != ',') break;
        place++;
    }
    rows->is_stopped = !rows->take(rows->context, rows->cells, count);
}

void csv_rows_piece(void *context, struct view bytes) {
    struct csv_rows *rows = context;
    if (rows->is_stopped) return;
    const char *place = bytes.text, *end = bytes.text + bytes.length;
    if (rows->pending.length > 0) {
        buffer_add(&rows->pending, bytes);
        place = rows->pending.text;
        end = place + rows->pending.length;
    }
    for (const char *next; !rows->is_stopped && (next = row_end(place, end)) != NULL; place = next)
        take_row(rows, place, next);
    size_t rest = (size_t)(end - place);
    if (rows->pending.length > 0) {
        memmove(rows->pending.text, place, rest);
        rows->pending.length = rest;
    } else {
        buffer_add(&rows->pending, view_from(place, rest));
    }
}

bool csv_rows_end(struct csv_rows *rows) {
    bool is_whole = !rows->is_stopped && rows->pending.length == 0;
    buffer_free(&rows->pending);
    buffer_free(&rows->text);
    free(rows->cells);
    rows->cells = NULL;
    return is_whole;
}
