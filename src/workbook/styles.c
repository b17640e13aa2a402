/* styles.c: number formats of cell styles, and shared strings. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "workbook/book_private.h"
#include "workbook/xml.h"

#define STRINGS_LIMIT (512ull << 20) /* bytes of shared strings kept in memory */
#define CUSTOM_LIMIT 4096            /* formats of its own that a workbook may have */

struct custom_format {
    uint32_t id;
    const struct number_format *format; /* in the book's arena, as its code is */
};

struct styles {
    struct book *book;
    struct custom_format *custom;
    size_t count, capacity;
    bool in_cell_formats;
};

static const struct number_format *format_of(const struct styles *styles, uint32_t id) {
    for (size_t i = styles->count; i > 0; i--)
        if (styles->custom[i - 1].id == id) return styles->custom[i - 1].format;
    return number_format_built_in(id);
}

static uint32_t number_in(const char *text) {
    return text ? (uint32_t)strtoul(text, NULL, 10) : 0;
}

static void add_custom(struct styles *styles, const char *id, const char *code) {
    struct arena *arena = styles->book->arena;
    struct number_format *format = arena_get(arena, sizeof *format);
    *format = number_format_read(arena_copy(arena, view_of(code)));
    void *list = styles->custom;
    memory_grow(&list, &styles->capacity, styles->count + 1, sizeof *styles->custom);
    styles->custom = list;
    styles->custom[styles->count++] = (struct custom_format){number_in(id), format};
}

static void style_start(void *context, const char *element, const char **attributes) {
    struct styles *styles = context;
    if (strcmp(element, "numFmt") == 0 && styles->count < CUSTOM_LIMIT) {
        const char *code = xml_attribute(attributes, "formatCode");
        add_custom(styles, xml_attribute(attributes, "numFmtId"), code ? code : "");
    } else if (strcmp(element, "cellXfs") == 0) {
        styles->in_cell_formats = true;
    } else if (strcmp(element, "xf") == 0 && styles->in_cell_formats) {
        struct book *book = styles->book;
        void *list = book->formats;
        memory_grow(&list, &book->format_capacity, book->format_count + 1, sizeof *book->formats);
        book->formats = list;
        book->formats[book->format_count++] = format_of(styles, number_in(xml_attribute(attributes, "numFmtId")));
    }
}

static void style_end(void *context, const char *element) {
    struct styles *styles = context;
    if (strcmp(element, "cellXfs") == 0) styles->in_cell_formats = false;
}

bool book_read_styles(struct book *book, const char *part, struct error *error) {
    static const struct xml_handlers handlers = {style_start, style_end, NULL};
    struct styles styles = {.book = book};
    if (book_part_size(book, part) == 0) return true;
    bool is_fine = xml_read(book, part, &handlers, &styles, NULL, error);
    free(styles.custom);
    return is_fine;
}

struct strings {
    struct book *book;
    struct xml *xml;
    bool in_string, in_text, in_phonetic;
    struct buffer text;
    bool is_too_much;
};

static void string_start(void *context, const char *element, const char **attributes) {
    struct strings *strings = context;
    (void)attributes;
    if (strcmp(element, "si") == 0) strings->in_string = true;
    if (strcmp(element, "rPh") == 0) strings->in_phonetic = true;
    if (strcmp(element, "t") == 0) strings->in_text = strings->in_string && !strings->in_phonetic;
}

static void string_end(void *context, const char *element) {
    struct strings *strings = context;
    struct book *book = strings->book;
    if (strcmp(element, "t") == 0) strings->in_text = false;
    if (strcmp(element, "rPh") == 0) strings->in_phonetic = false;
    if (strcmp(element, "si") != 0) return;
    xml_unescape(buffer_view(&strings->text), &book->strings);
    strings->text.length = 0;
    strings->in_string = false;
    void *list = book->string_ends;
    memory_grow(&list, &book->string_capacity, book->string_count + 1, sizeof *book->string_ends);
    book->string_ends = list;
    book->string_ends[book->string_count++] = book->strings.length;
}

static void string_text(void *context, const char *text, size_t length) {
    struct strings *strings = context;
    if (!strings->in_text) return;
    buffer_add(&strings->text, view_from(text, length));
    strings->is_too_much = strings->text.length + strings->book->strings.length > STRINGS_LIMIT;
    if (strings->is_too_much) xml_stop(strings->xml);
}

bool book_read_strings(struct book *book, const char *part, struct error *error) {
    static const struct xml_handlers handlers = {string_start, string_end, string_text};
    struct strings strings = {.book = book};
    if (book_part_size(book, part) == 0) return true;
    bool is_fine = xml_read(book, part, &handlers, &strings, &strings.xml, error);
    buffer_free(&strings.text);
    if (strings.is_too_much)
        return book_damaged(book, error, "has more than 512 MiB of shared strings, which is refused");
    return is_fine;
}
