/* xml.c: see xml.h. */
#include "workbook/xml.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "workbook/book_private.h"

#define TAG_LIMIT (1 << 20)

const char *xml_local(const char *name) {
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *xml_attribute(const char **attributes, const char *name) {
    for (size_t i = 0; attributes[i]; i += 2)
        if (strcmp(xml_local(attributes[i]), name) == 0) return attributes[i + 1];
    return NULL;
}

static void refuse_doctype(void *context, const char *name, const char *system, const char *public, int has_internal) {
    (void)name;
    (void)system;
    (void)public;
    (void)has_internal;
    XML_StopParser((XML_Parser)context, XML_FALSE);
}

XML_Parser xml_parser_create(void *context, XML_StartElementHandler start, XML_EndElementHandler end,
                             XML_CharacterDataHandler text) {
    XML_Parser parser = XML_ParserCreate(NULL);
    if (!parser) return NULL;
    XML_SetUserData(parser, context);
    XML_SetElementHandler(parser, start, end);
    XML_SetCharacterDataHandler(parser, text);
    XML_UseParserAsHandlerArg(parser); /* handlers get the parser, and their context by XML_GetUserData */
    XML_SetStartDoctypeDeclHandler(parser, refuse_doctype);
    return parser;
}

bool xml_error(XML_Parser parser, const char *name, const char *part, struct error *error) {
    enum XML_Error code = XML_GetErrorCode(parser);
    if (code == XML_ERROR_ABORTED)
        error_set(error, EXIT_CANNOT_READ, "%s: %s has a document type, which no spreadsheet writes", name, part);
    else
        error_set(error, EXIT_CANNOT_READ, "%s: %s is damaged at line %lu, column %lu: %s", name, part,
                  (unsigned long)XML_GetCurrentLineNumber(parser), (unsigned long)XML_GetCurrentColumnNumber(parser),
                  XML_ErrorString(code));
    return error_fix(error, "export it again, or open it in a spreadsheet and save it as CSV UTF-8");
}

bool xml_is_stuck(XML_Parser parser, uint64_t fed) {
    XML_Index begin = XML_GetCurrentByteIndex(parser);
    return fed > TAG_LIMIT + (begin > 0 ? (uint64_t)begin : 0);
}

struct reading {
    XML_Parser parser;
    struct book *book;
    const char *part;
    uint64_t fed;
};

bool xml_stuck_error(const struct book *book, const char *part, struct error *error) {
    char *what = memory_print("%s has a tag or comment longer than 1 MiB", part);
    book_damaged(book, error, what);
    free(what);
    return false;
}

static bool take_piece(void *context, struct view piece, bool is_last, struct error *error) {
    struct reading *reading = context;
    if (XML_Parse(reading->parser, piece.text, (int)piece.length, is_last) == XML_STATUS_ERROR)
        return xml_error(reading->parser, reading->book->name, reading->part, error);
    reading->fed += piece.length;
    return !xml_is_stuck(reading->parser, reading->fed) || xml_stuck_error(reading->book, reading->part, error);
}

bool xml_read(struct book *book, const char *part, void *context, XML_StartElementHandler start,
              XML_EndElementHandler end, XML_CharacterDataHandler text, struct error *error) {
    struct reading reading = {xml_parser_create(context, start, end, text), book, part, 0};
    if (!reading.parser) return error_set(error, EXIT_CANNOT_WRITE, "not enough memory for %s", part);
    bool is_fine = book_read_part(book, part, take_piece, &reading, error);
    XML_ParserFree(reading.parser);
    return is_fine;
}

static int hex_digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* _xHHHH_ at `text`: its value, or -1. */
static int escape_at(struct view text, size_t at) {
    int value = 0;
    if (at + 7 > text.length || text.text[at + 1] != 'x' || text.text[at + 6] != '_') return -1;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = hex_digit(text.text[i]);
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value < 0x80 ? value : -1; /* only control characters and the underscore itself are written so */
}

void xml_unescape(struct view text, struct buffer *out) {
    for (size_t i = 0; i < text.length;) {
        const char *sign = memchr(text.text + i, '_', text.length - i);
        size_t end = sign ? (size_t)(sign - text.text) : text.length;
        buffer_add(out, view_from(text.text + i, end - i));
        i = end;
        if (!sign) return;
        int value = escape_at(text, i);
        buffer_add_char(out, value >= 0 ? (char)value : '_');
        i += value >= 0 ? 7 : 1;
    }
}
