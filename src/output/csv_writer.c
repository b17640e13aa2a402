/* csv_writer.c: import.csv for Plecto's file import: ID, Employee, Created date, then the fields by title
 * (schemas/plecto.md, "Files": the date form YYYY-MM-DD HH:MM:SS and CSV as a format are assumed there). RFC 4180,
 * CRLF. */
#include "output/registration.h"
#include "values/decimal.h"
#include "values/duration.h"

#define WALL_TIME_LENGTH 19 /* YYYY-MM-DDTHH:MM:SS */
#define ROOM_EACH 32        /* a comma, and what a value that is no text takes at most */
_Static_assert(ROOM_EACH > DECIMAL_ROOM && ROOM_EACH > WALL_TIME_LENGTH, "a value fits");

/* An ISO 8601 moment without fraction and offset, a blank instead of the T. */
static void add_wall_time(struct buffer *out, struct view moment) {
    if (moment.length < WALL_TIME_LENGTH) {
        buffer_add_csv(out, moment);
        return;
    }
    char *text = buffer_reserve(out, WALL_TIME_LENGTH);
    memcpy(text, moment.text, WALL_TIME_LENGTH);
    text[10] = ' ';
    out->length += WALL_TIME_LENGTH;
}

/* A value whose text needs a second look, or is rare. */
static void add_value(struct buffer *out, const struct value *value) {
    if (value->kind == VALUE_DURATION)
        duration_print(out, value->number);
    else
        buffer_add_csv(out, value->text);
}

void csv_add_header(struct buffer *out, const struct output_format *format) {
    buffer_add_text(out, "ID,Employee,Created date");
    for (size_t i = 0; i < format->column_count; i++) {
        buffer_add_char(out, ',');
        buffer_add_csv(out, view_of(format->columns[i].title));
    }
    buffer_add(out, view_from("\r\n", 2));
}

static void add_fixed(struct buffer *out, const struct registration *registration) {
    buffer_add_csv(out, registration->external_id);
    buffer_add_char(out, ',');
    buffer_add_csv(out, registration->member_name);
    buffer_add_char(out, ',');
    add_wall_time(out, registration->date);
}

/* A value whose text needs no second look, written where there is room for ROOM_EACH bytes and its text; NULL: it does. */
static char *put_plain(char *to, const struct output_column *column, const struct value *value) {
    switch (value->kind) {
    case VALUE_EMPTY: return to;
    case VALUE_TEXT: {
        const char *text = value->text.text;
        size_t length = value->text.length;
        if (!value->is_plain || length == 0 || (unsigned char)text[0] <= ' ' || (unsigned char)text[length - 1] <= ' ')
            return NULL;
        view_copy_bytes(to, text, length);
        return to + length;
    }
    case VALUE_NUMBER: return decimal_put(to, value->number, column->places);
    case VALUE_BOOLEAN: {
        size_t length = value->boolean ? 3 : 2;
        memcpy(to, value->boolean ? "Yes" : "No", length);
        return to + length;
    }
    case VALUE_MOMENT:
        if (value->text.length < WALL_TIME_LENGTH) return NULL;
        memcpy(to, value->text.text, WALL_TIME_LENGTH);
        to[10] = ' ';
        return to + WALL_TIME_LENGTH;
    case VALUE_RAW:
    case VALUE_DURATION: break;
    }
    return NULL;
}

/* Room is made once for the whole row: this is the way of a million rows. */
void csv_add(struct buffer *out, const struct output_format *format, const struct registration *registration) {
    size_t room = 2;
    for (size_t i = 0; i < format->column_count; i++) {
        const struct value *value = registration->values[i];
        room += ROOM_EACH + (value->kind == VALUE_TEXT ? value->text.length : 0);
    }
    add_fixed(out, registration);
    char *to = buffer_reserve(out, room);
    for (size_t i = 0; i < format->column_count; i++) {
        const struct value *value = registration->values[i];
        *to++ = ',';
        char *behind = put_plain(to, &format->columns[i], value);
        if (!behind) {
            out->length = (size_t)(to - out->text);
            add_value(out, value);
            behind = buffer_reserve(out, room);
        }
        to = behind;
    }
    *to++ = '\r';
    *to++ = '\n';
    out->length = (size_t)(to - out->text);
}
