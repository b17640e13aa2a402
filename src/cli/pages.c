/* pages.c: see pages.h. */
#include "cli/pages.h"

static struct view find(struct view name) {
    for (size_t i = 0; i < embedded_page_count; i++)
        if (view_is(name, embedded_pages[i].name)) return view_from(embedded_pages[i].text, embedded_pages[i].length);
    return view_of("");
}

void page_start(struct page_reader *reader, const char *name) {
    *reader = (struct page_reader){.rest = find(view_of(name)), .behind = view_of("")};
}

/* The first line with its break, taken off. */
static struct view take_line(struct view *text) {
    const char *end = memchr(text->text, '\n', text->length);
    size_t length = end ? (size_t)(end - text->text) + 1 : text->length;
    struct view line = view_from(text->text, length);
    *text = view_from(text->text + length, text->length - length);
    return line;
}

/* Behind an option's first line: those that go on with its text. */
static struct view take_text(struct page_reader *reader, struct view first) {
    size_t length = first.length;
    while (reader->rest.length > 0 && reader->rest.text[0] == ' ')
        length += take_line(&reader->rest).length;
    return view_trim(view_from(first.text, length));
}

bool page_next(struct page_reader *reader, struct page_piece *piece) {
    if (reader->rest.length == 0) {
        reader->rest = reader->behind;
        reader->behind = view_of("");
    }
    if (reader->rest.length == 0) return false;
    struct view line = take_line(&reader->rest);
    *piece = (struct page_piece){.option = view_of(""), .text = line};
    if (line.text[0] != '@') return true;
    if (view_starts_with(line, "@@")) {
        reader->behind = reader->rest;
        reader->rest = find(view_trim(view_from(line.text + 2, line.length - 2)));
        return page_next(reader, piece);
    }
    size_t length = 1;
    while (length < line.length && line.text[length] != ' ')
        length++;
    piece->option = view_from(line.text + 1, length - 1);
    piece->text = take_text(reader, view_from(line.text + length, line.length - length));
    return true;
}
