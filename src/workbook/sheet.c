/* sheet.c: see sheet.h. Two readers take turns. The scanner (sheet_scan.c) reads plain rows; expat reads the rest: what
 * comes before and after the rows, and every row that is not plain. So that they can change places, expat is fed tag by
 * tag (up to each ">") where the scanner may go on, and never sees the rows that the scanner read: for it they are not
 * in the sheet. */
#include "workbook/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/ahead.h"
#include "base/memory.h"
#include "workbook/book_private.h"
#include "workbook/sheet_events.h"
#include "workbook/sheet_scan.h"

#define PIECE ((size_t)256 << 10)
#define WINDOW_LIMIT ((size_t)24 << 20) /* a row of more bytes than this is for expat, which needs no window */

enum mode {
    MODE_TAGS, /* expat, tag by tag, until the scanner may go on */
    MODE_SCAN,
    MODE_EXPAT /* expat, to the end */
};

struct sheet {
    struct book *book;
    struct book_part *part;
    struct ahead *ahead; /* unpacks the part on another thread; NULL: this one does */
    const char *part_name;
    struct xml *xml;
    struct sheet_events events;
    struct row_maker maker;
    enum mode mode;
    bool has_prefix;
    char prefix[SCAN_PREFIX + 1];
    bool is_paused, at_end, is_done; /* the parser has more to give; all bytes are read; all rows are */
    uint64_t bytes;                  /* read so far */
    uint64_t scanned;                /* rows that expat did not see */
    char *window;                    /* bytes not yet parsed: from `begin` to `end`, then SCAN_PADDING zeros */
    size_t begin, end, capacity;
};

static bool unpack(void *part, char *to, size_t room, size_t *got, struct error *error) {
    return book_part_read(part, to, room, got, error);
}

bool sheet_open(struct book *book, size_t index, struct sheet **sheet, struct error *error) {
    struct book_part *part;
    *sheet = NULL;
    if (!book_part_open(book, book->sheets[index].part, &part, error)) return false;
    struct sheet *made = memory_get_zero(1, sizeof *made);
    made->book = book;
    made->part = part;
    made->part_name = book->sheets[index].part;
    made->maker.book = book;
    made->xml = xml_create(&sheet_handlers, &made->events);
    made->events.xml = made->xml;
    made->events.maker = &made->maker;
    if (!made->xml) {
        sheet_close(made);
        return error_set(error, EXIT_CANNOT_WRITE, "not enough memory to read %s", book->name);
    }
    /* a small sheet is unpacked sooner than a thread has begun */
    if (book_part_size(book, made->part_name) > 4 * PIECE) made->ahead = ahead_start(unpack, part);
    *sheet = made;
    return true;
}

void sheet_close(struct sheet *sheet) {
    if (!sheet) return;
    ahead_stop(sheet->ahead);
    book_part_close(sheet->part);
    xml_free(sheet->xml);
    sheet_events_free(&sheet->events);
    row_maker_free(&sheet->maker);
    free(sheet->window);
    free(sheet);
}

/* --- the window --------------------------------------------------------------------------------------------- */

/* Reads a piece more; at the end of the part `at_end` is set. What was parsed goes. */
static bool read_piece(struct sheet *sheet, struct error *error) {
    size_t left = sheet->end - sheet->begin, got;
    if (left > 0 && sheet->begin > 0) memmove(sheet->window, sheet->window + sheet->begin, left);
    sheet->begin = 0;
    sheet->end = left;
    if (sheet->capacity < left + PIECE) {
        sheet->capacity = 2 * left + PIECE;
        sheet->window = memory_resize(sheet->window, sheet->capacity + SCAN_PADDING);
    }
    char *to = sheet->window + left;
    if (!(sheet->ahead ? ahead_take(sheet->ahead, to, PIECE, &got, error)
                       : book_part_read(sheet->part, to, PIECE, &got, error)))
        return false;
    sheet->end += got;
    sheet->bytes += got;
    sheet->at_end = got == 0;
    memset(sheet->window + sheet->end, 0, SCAN_PADDING);
    return true;
}

static struct view window_of(const struct sheet *sheet) {
    return view_from(sheet->window + sheet->begin, sheet->end - sheet->begin);
}

/* --- expat -------------------------------------------------------------------------------------------------- */

static bool refused(struct sheet *sheet, struct error *error) {
    if (!sheet->maker.refusal)
        return xml_error(sheet->xml, sheet->book->name, sheet->part_name, sheet->scanned > 0 ? sheet->maker.number : 0,
                         error);
    char *what = memory_print("%s, near row %llu, %s", sheet->part_name, (unsigned long long)sheet->maker.number,
                              sheet->maker.refusal);
    book_damaged(sheet->book, error, what);
    free(what);
    return false;
}

/* Feeds `length` bytes of the window, or goes on with what is paused. */
static bool feed(struct sheet *sheet, size_t length, struct error *error) {
    enum XML_Status status;
    if (sheet->is_paused) {
        status = xml_resume(sheet->xml);
    } else {
        bool is_last = sheet->at_end && length == sheet->end - sheet->begin;
        status = xml_feed(sheet->xml, view_from(sheet->window + sheet->begin, length), is_last);
        sheet->begin += length;
        sheet->is_done = is_last;
    }
    if (status == XML_STATUS_ERROR) return refused(sheet, error);
    sheet->is_paused = status == XML_STATUS_SUSPENDED;
    return sheet->is_paused || !xml_is_stuck(sheet->xml) || xml_stuck_error(sheet->book, sheet->part_name, error);
}

static bool feed_all(struct sheet *sheet, struct error *error) {
    if (!sheet->is_paused && sheet->begin == sheet->end && !sheet->at_end && !read_piece(sheet, error)) return false;
    return feed(sheet, sheet->end - sheet->begin, error);
}

/* The prefix of <x:sheetData>, the tag that ends with byte `end` of the window; false where it is written otherwise. */
static bool find_prefix(struct sheet *sheet, size_t begin, size_t end) {
    static const char name[] = "sheetData>";
    size_t size = sizeof name - 1, at = end > begin + size ? end - size : begin;
    if (memcmp(sheet->window + at, name, size) != 0) return false;
    size_t open = at;
    while (open > begin && sheet->window[open] != '<')
        open--;
    size_t length = at - open - 1;
    if (sheet->window[open] != '<' || length > SCAN_PREFIX || (length > 0 && sheet->window[at - 1] != ':')) return false;
    memcpy(sheet->prefix, sheet->window + open + 1, length);
    sheet->prefix[length] = '\0';
    return true;
}

/* One tag, or what there is. Afterwards the scanner may go on if expat waits for a row. */
static bool feed_tag(struct sheet *sheet, struct error *error) {
    size_t begin = sheet->begin;
    if (!sheet->is_paused) {
        if (begin == sheet->end && !sheet->at_end && !read_piece(sheet, error)) return false;
        begin = sheet->begin;
        const char *text = sheet->window + begin, *close = memchr(text, '>', sheet->end - begin);
        size_t length = close ? (size_t)(close + 1 - text) : sheet->end - begin;
        /* in a comment full of ">" each feed would look at all of it again */
        if (!xml_is_between(sheet->xml)) length = sheet->end - begin;
        if (!feed(sheet, length, error)) return false;
    } else if (!feed(sheet, 0, error)) {
        return false;
    }
    const struct sheet_events *events = &sheet->events;
    if (sheet->is_paused || !events->in_data) return true;
    if (!sheet->has_prefix) sheet->has_prefix = xml_is_utf8(sheet->xml) && find_prefix(sheet, begin, sheet->begin);
    if (!sheet->has_prefix)
        sheet->mode = MODE_EXPAT;
    else if (!events->in_row && xml_is_between(sheet->xml))
        sheet->mode = MODE_SCAN;
    return true;
}

/* --- rows --------------------------------------------------------------------------------------------------- */

static bool scan_row(struct sheet *sheet, bool *has_row, struct error *error) {
    struct scan_names names = {view_of(sheet->prefix), xml_prefixes(sheet->xml)};
    size_t used;
    switch (sheet_scan_row(window_of(sheet), &names, &sheet->maker, &used)) {
    case SCAN_ROW:
        sheet->begin += used;
        sheet->scanned++;
        *has_row = sheet->maker.count > 0;
        return true;
    case SCAN_END: sheet->mode = MODE_EXPAT; return true;
    case SCAN_MORE:
        if (!sheet->at_end && sheet->end - sheet->begin < WINDOW_LIMIT) return read_piece(sheet, error);
        sheet->mode = MODE_EXPAT;
        return true;
    case SCAN_OTHER: sheet->mode = MODE_TAGS; return true;
    case SCAN_REFUSED: break;
    }
    return refused(sheet, error);
}

bool sheet_next(struct sheet *sheet, struct sheet_row *row, bool *end, struct error *error) {
    bool has_row = false;
    while (!has_row && (!sheet->is_done || sheet->is_paused)) {
        bool is_fine = sheet->mode == MODE_SCAN   ? scan_row(sheet, &has_row, error)
                       : sheet->mode == MODE_TAGS ? feed_tag(sheet, error)
                                                  : feed_all(sheet, error);
        if (!is_fine) return false;
        has_row = has_row || sheet->events.has_row;
        sheet->events.has_row = false;
    }
    *end = !has_row;
    *row = row_maker_row(&sheet->maker);
    return true;
}

void sheet_only_expat(struct sheet *sheet) {
    sheet->mode = MODE_EXPAT;
}

void sheet_cell_print(const struct book *book, const struct sheet_cell *cell, struct buffer *out) {
    if (cell->kind == SHEET_NUMBER)
        number_format_print(book_format(book, cell->style), book->is_1904, cell->text, out);
    else
        buffer_add(out, cell->text);
}

uint64_t sheet_bytes(const struct sheet *sheet) {
    return sheet->bytes;
}
