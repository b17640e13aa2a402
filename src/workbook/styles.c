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
    struct number_format format;
};

struct styles {
    struct book *book;
    struct custom_format *custom;
    size_t count, capacity;
    bool in_cell_formats;
};

static struct number_format format_of(const struct styles *styles, uint32_t id) {
    for (size_t i = styles->count; i > 0; i--)
        if (styles->custom[i - 1].id == id) return styles->custom[i - 1].format;
    return number_format_built_in(id);
}

static uint32_t number_in(const char *text) {
    return text ? (uint32_t)strtoul(text, NULL, 10) : 0;
}

static void style_start(void *parser, const char *name, const char **attributes) {
    struct styles *styles = XML_GetUserData((XML_Parser)parser);
    const char *element = xml_local(name);
    if (strcmp(element, "numFmt") == 0 && styles->count < CUSTOM_LIMIT) {
        const char *code = xml_attribute(attributes, "formatCode");
        void *list = styles->custom;
        memory_grow(&list, &styles->capacity, styles->count + 1, sizeof *styles->custom);
        styles->custom = list;
        styles->custom[styles->count++] = (struct custom_format){number_in(xml_attribute(attributes, "numFmtId")),
                                                                 number_format_read(view_of(code ? code : ""))};
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

static void style_end(void *parser, const char *name) {
    struct styles *styles = XML_GetUserData((XML_Parser)parser);
    if (strcmp(xml_local(name), "cellXfs") == 0) styles->in_cell_formats = false;
}

bool book_read_styles(struct book *book, const char *part, struct error *error) {
    struct styles styles = {.book = book};
    if (book_part_size(book, part) == 0) return true;
    bool is_fine = xml_read(book, part, &styles, style_start, style_end, NULL, error);
    free(styles.custom);
    return is_fine;
}

struct strings {
    struct book *book;
    bool in_string, in_text, in_phonetic;
    struct buffer text;
    bool is_too_much;
};

static void string_start(void *parser, const char *name, const char **attributes) {
    struct strings *strings = XML_GetUserData((XML_Parser)parser);
    const char *element = xml_local(name);
    (void)attributes;
    if (strcmp(element, "si") == 0) strings->in_string = true;
    if (strcmp(element, "rPh") == 0) strings->in_phonetic = true;
    if (strcmp(element, "t") == 0) strings->in_text = strings->in_string && !strings->in_phonetic;
}

static void string_end(void *parser, const char *name) {
    struct strings *strings = XML_GetUserData((XML_Parser)parser);
    struct book *book = strings->book;
    const char *element = xml_local(name);
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

static void string_text(void *parser, const char *text, int length) {
    struct strings *strings = XML_GetUserData((XML_Parser)parser);
    if (!strings->in_text) return;
    buffer_add(&strings->text, view_from(text, (size_t)length));
    strings->is_too_much = strings->text.length + strings->book->strings.length > STRINGS_LIMIT;
    if (strings->is_too_much) XML_StopParser((XML_Parser)parser, XML_FALSE);
}

bool book_read_strings(struct book *book, const char *part, struct error *error) {
    struct strings strings = {.book = book};
    if (book_part_size(book, part) == 0) return true;
    bool is_fine = xml_read(book, part, &strings, string_start, string_end, string_text, error);
    buffer_free(&strings.text);
    if (strings.is_too_much) return book_damaged(book, error, "has more than 512 MiB of shared strings: refused");
    return is_fine;
}
