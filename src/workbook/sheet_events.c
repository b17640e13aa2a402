/* sheet_events.c: see sheet_events.h. The parser is paused at the end of each row and resumed for the next, so that one
 * row is in memory at a time. */
#include "workbook/sheet_events.h"

#include <string.h>

static void stop_unless(struct sheet_events *events, bool is_fine) {
    if (!is_fine) xml_stop(events->xml);
}

static struct view attribute(const char **attributes, const char *name) {
    return view_of(xml_attribute(attributes, name));
}

static void begin_row(struct sheet_events *events, const char **attributes) {
    events->in_row = true;
    stop_unless(events, row_maker_begin(events->maker, attribute(attributes, "r"), attribute(attributes, "hidden")));
}

static void begin_cell(struct sheet_events *events, const char **attributes) {
    events->in_cell = true;
    events->value.length = events->formula.length = 0;
    stop_unless(events, row_maker_begin_cell(events->maker, attribute(attributes, "r"), attribute(attributes, "t"),
                                             attribute(attributes, "s"), &events->cell));
}

static void start(void *context, const char *element, const char **attributes) {
    struct sheet_events *events = context;
    if (strcmp(element, "sheetData") == 0) {
        events->in_data = true;
    } else if (!events->in_data) {
        return;
    } else if (strcmp(element, "row") == 0) {
        begin_row(events, attributes);
    } else if (strcmp(element, "c") == 0) {
        begin_cell(events, attributes);
    } else if (!events->in_cell) {
        return;
    } else if (strcmp(element, "v") == 0) {
        events->in_value = events->cell.type != 'i';
        events->cell.has_value = true;
    } else if (strcmp(element, "is") == 0) {
        events->in_inline = events->cell.type == 'i';
        events->cell.has_value = true;
    } else if (events->in_inline && strcmp(element, "rPh") == 0) {
        events->in_phonetic = true;
    } else if (events->in_inline && strcmp(element, "t") == 0) {
        events->in_text = !events->in_phonetic;
    } else if (strcmp(element, "f") == 0) {
        events->in_formula = events->cell.has_formula = true;
    }
}

static void end_cell(struct sheet_events *events) {
    events->in_cell = false;
    events->cell.value = buffer_view(&events->value);
    events->cell.formula = buffer_view(&events->formula);
    stop_unless(events, row_maker_add(events->maker, &events->cell));
}

static void end_row(struct sheet_events *events) {
    events->in_row = false;
    events->has_row = events->maker->count > 0;
    if (events->has_row) xml_pause(events->xml);
}

static void end(void *context, const char *element) {
    struct sheet_events *events = context;
    if (!events->in_data) return;
    if (strcmp(element, "sheetData") == 0) {
        events->in_data = false;
    } else if (strcmp(element, "row") == 0) {
        if (events->in_row) end_row(events);
    } else if (strcmp(element, "c") == 0) {
        if (events->in_cell) end_cell(events);
    } else if (strcmp(element, "v") == 0) {
        events->in_value = false;
    } else if (strcmp(element, "is") == 0) {
        events->in_inline = false;
    } else if (strcmp(element, "rPh") == 0) {
        events->in_phonetic = false;
    } else if (strcmp(element, "t") == 0) {
        events->in_text = false;
    } else if (strcmp(element, "f") == 0) {
        events->in_formula = false;
    }
}

static void text(void *context, const char *text, size_t length) {
    struct sheet_events *events = context;
    struct buffer *to = events->in_value || events->in_text ? &events->value
                        : events->in_formula                ? &events->formula
                                                            : NULL;
    if (!to) return;
    if (to->length + length > ROW_LIMIT) {
        events->maker->refusal = "has a cell of more than 16 MiB";
        xml_stop(events->xml);
    } else {
        buffer_add(to, view_from(text, length));
    }
}

const struct xml_handlers sheet_handlers = {start, end, text};

void sheet_events_free(struct sheet_events *events) {
    buffer_free(&events->value);
    buffer_free(&events->formula);
}
