/* jsonl_writer.c: one registration, one line of JSON for Plecto's API. The parts that never change (keys, provider)
 * are made once; a line is mostly copying. */
#include "output/registration.h"

#include <stdlib.h>

#include "values/decimal.h"

#define NULL_LENGTH 4 /* of the "null" that stands ready behind each key */

void output_format_prepare(struct output_format *format) {
    format->fixed = (struct buffer){0};
    buffer_add_text(&format->fixed, ",\"member_api_provider\":");
    buffer_add_json(&format->fixed, view_of(format->provider));
    buffer_add_text(&format->fixed, ",\"member_api_id\":");
    for (size_t i = 0; i < format->column_count; i++) {
        struct output_column *column = &format->columns[i];
        column->key = (struct buffer){0};
        buffer_add_char(&column->key, ',');
        buffer_add_json(&column->key, view_of(column->title));
        buffer_add_text(&column->key, ":null");
        column->key.length -= NULL_LENGTH;
    }
}

void output_format_free(struct output_format *format) {
    buffer_free(&format->fixed);
    for (size_t i = 0; i < format->column_count; i++) {
        free(format->columns[i].title);
        buffer_free(&format->columns[i].key);
    }
}

/* An empty value is copied with its key. */
static void add_value(struct buffer *out, const struct output_column *column, const struct value *value) {
    bool is_empty = value->kind == VALUE_EMPTY;
    buffer_add(out, view_from(column->key.text, column->key.length + (is_empty ? NULL_LENGTH : 0)));
    switch (value->kind) {
    case VALUE_EMPTY: break;
    case VALUE_TEXT: buffer_add_json(out, value->text); break;
    case VALUE_NUMBER: decimal_print(out, value->number, column->places); break;
    case VALUE_RAW: buffer_add(out, value->text); break;
    case VALUE_BOOLEAN: buffer_add(out, value->boolean ? view_of("true") : view_of("false")); break;
    case VALUE_DURATION: decimal_print(out, value->number, 0); break;
    case VALUE_MOMENT:
        buffer_add_char(out, '"');
        buffer_add(out, value->text);
        buffer_add_char(out, '"');
        break;
    }
}

void jsonl_add(struct buffer *out, const struct output_format *format, const struct registration *registration) {
    if (format->data_source) {
        buffer_add(out, view_of("{\"data_source\":"));
        buffer_add_json(out, view_of(format->data_source));
        buffer_add(out, view_of(",\"external_id\":"));
    } else {
        buffer_add(out, view_of("{\"external_id\":"));
    }
    buffer_add_json(out, registration->external_id);
    buffer_add(out, view_of(",\"date\":\""));
    buffer_add(out, registration->date);
    buffer_add_char(out, '"');
    buffer_add(out, buffer_view(&format->fixed));
    buffer_add_json(out, registration->member_id);
    buffer_add(out, view_of(",\"member_name\":"));
    buffer_add_json(out, registration->member_name);
    for (size_t i = 0; i < format->column_count; i++)
        add_value(out, &format->columns[i], registration->values[i]);
    buffer_add(out, view_from("}\n", 2));
}
