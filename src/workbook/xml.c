/* xml.c: see xml.h. */
#include "workbook/xml.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "workbook/book_private.h"

#define TAG_LIMIT (1 << 20)
#define DEPTH_LIMIT 256
#define SEPARATOR '\x01' /* between namespace and local name */

struct xml {
    XML_Parser parser;
    struct xml_handlers handlers;
    void *context;
    char *space; /* the namespace of the root, with the separator; "" for none */
    size_t space_length;
    struct buffer prefixes;
    unsigned depth;
    uint64_t fed;
    bool is_too_deep, has_doctype, is_other_encoding;
};

/* --- handlers ----------------------------------------------------------------------------------------------- */

static const char *element_of(const struct xml *xml, const char *name) {
    if (strncmp(name, xml->space, xml->space_length) != 0) return "";
    const char *local = name + xml->space_length;
    return strchr(local, SEPARATOR) ? "" : local;
}

static void start_element(void *context, const char *name, const char **attributes) {
    struct xml *xml = context;
    if (!xml->space) {
        const char *separator = strchr(name, SEPARATOR);
        xml->space_length = separator ? (size_t)(separator + 1 - name) : 0;
        xml->space = memory_copy(view_from(name, xml->space_length));
    }
    if (++xml->depth > DEPTH_LIMIT) {
        xml->is_too_deep = true;
        xml_stop(xml);
        return;
    }
    xml->handlers.start(xml->context, element_of(xml, name), attributes);
}

static void end_element(void *context, const char *name) {
    struct xml *xml = context;
    xml->depth--;
    if (xml->handlers.end) xml->handlers.end(xml->context, element_of(xml, name));
}

static void take_text(void *context, const char *text, int length) {
    struct xml *xml = context;
    xml->handlers.text(xml->context, text, (size_t)length);
}

static void refuse_doctype(void *context, const char *name, const char *system, const char *public, int has_internal) {
    struct xml *xml = context;
    (void)name;
    (void)system;
    (void)public;
    (void)has_internal;
    xml->has_doctype = true;
    xml_stop(xml);
}

static void take_prefix(void *context, const char *prefix, const char *space) {
    struct xml *xml = context;
    (void)space;
    if (xml->depth > 0 || !prefix) return;
    if (xml->prefixes.length == 0) buffer_add_char(&xml->prefixes, ':');
    buffer_add_text(&xml->prefixes, prefix);
    buffer_add_char(&xml->prefixes, ':');
}

static void take_declaration(void *context, const char *version, const char *encoding, int is_standalone) {
    struct xml *xml = context;
    (void)version;
    (void)is_standalone;
    xml->is_other_encoding = encoding && !view_equal_fold(view_of(encoding), view_of("utf-8"));
}

struct xml *xml_create(const struct xml_handlers *handlers, void *context) {
    XML_Parser parser = XML_ParserCreateNS(NULL, SEPARATOR);
    if (!parser) return NULL;
    struct xml *xml = memory_get_zero(1, sizeof *xml);
    xml->parser = parser;
    xml->handlers = *handlers;
    xml->context = context;
    XML_SetUserData(parser, xml);
    XML_SetElementHandler(parser, start_element, end_element);
    if (handlers->text) XML_SetCharacterDataHandler(parser, take_text);
    XML_SetStartDoctypeDeclHandler(parser, refuse_doctype);
    XML_SetXmlDeclHandler(parser, take_declaration);
    XML_SetStartNamespaceDeclHandler(parser, take_prefix);
    return xml;
}

void xml_free(struct xml *xml) {
    if (!xml) return;
    XML_ParserFree(xml->parser);
    buffer_free(&xml->prefixes);
    free(xml->space);
    free(xml);
}

const char *xml_attribute(const char **attributes, const char *name) {
    for (size_t i = 0; attributes[i]; i += 2)
        if (strcmp(attributes[i], name) == 0) return attributes[i + 1];
    return NULL;
}

const char *xml_relation_id(const char **attributes) {
    static const char ending[] = "/relationships\x01id"; /* of the transitional and of the strict namespace */
    for (size_t i = 0; attributes[i]; i += 2) {
        size_t length = strlen(attributes[i]), size = sizeof ending - 1;
        if (length > size && strcmp(attributes[i] + length - size, ending) == 0) return attributes[i + 1];
    }
    return xml_attribute(attributes, "id");
}

/* --- feeding ------------------------------------------------------------------------------------------------ */

enum XML_Status xml_feed(struct xml *xml, struct view piece, bool is_last) {
    /* UTF-16 needs no declaration, but begins with a mark or with a zero byte beside "<" */
    if (xml->fed == 0 && piece.length >= 2)
        xml->is_other_encoding = memchr("\xFF\xFE", piece.text[0], 3) || piece.text[1] == '\0';
    xml->fed += piece.length;
    return XML_Parse(xml->parser, piece.text, (int)piece.length, is_last);
}

enum XML_Status xml_resume(struct xml *xml) {
    return XML_ResumeParser(xml->parser);
}

void xml_stop(struct xml *xml) {
    XML_StopParser(xml->parser, XML_FALSE);
}

void xml_pause(struct xml *xml) {
    XML_StopParser(xml->parser, XML_TRUE);
}

bool xml_is_between(const struct xml *xml) {
    XML_Index begin = XML_GetCurrentByteIndex(xml->parser);
    return xml->fed == 0 || (begin >= 0 && (uint64_t)begin == xml->fed);
}

bool xml_is_utf8(const struct xml *xml) {
    return !xml->is_other_encoding;
}

bool xml_is_stuck(const struct xml *xml) {
    XML_Index begin = XML_GetCurrentByteIndex(xml->parser);
    return xml->fed > TAG_LIMIT + (begin > 0 ? (uint64_t)begin : 0);
}

struct view xml_prefixes(const struct xml *xml) {
    return buffer_view(&xml->prefixes);
}

/* --- errors ------------------------------------------------------------------------------------------------- */

bool xml_error(const struct xml *xml, const char *name, const char *part, uint64_t row, struct error *error) {
    XML_Parser parser = xml->parser;
    const char *why = XML_ErrorString(XML_GetErrorCode(parser));
    if (xml->is_too_deep)
        error_set(error, EXIT_CANNOT_READ, "%s: %s is nested deeper than any sheet", name, part);
    else if (xml->has_doctype)
        error_set(error, EXIT_CANNOT_READ, "%s: %s has a document type, which no spreadsheet writes", name, part);
    else if (row > 0)
        error_set(error, EXIT_CANNOT_READ, "%s: %s is damaged near row %llu: %s", name, part, (unsigned long long)row, why);
    else
        error_set(error, EXIT_CANNOT_READ, "%s: %s is damaged at line %lu, column %lu: %s", name, part,
                  (unsigned long)XML_GetCurrentLineNumber(parser), (unsigned long)XML_GetCurrentColumnNumber(parser), why);
    return error_fix(error, "Export it again. Or open it in a spreadsheet and save it as CSV UTF-8.");
}

bool xml_stuck_error(const struct book *book, const char *part, struct error *error) {
    char *what = memory_print("%s has a tag or comment longer than 1 MiB", part);
    book_damaged(book, error, what);
    free(what);
    return false;
}

/* --- a whole part ------------------------------------------------------------------------------------------- */

struct reading {
    struct xml *xml;
    struct book *book;
    const char *part;
};

static bool take_piece(void *context, struct view piece, bool is_last, struct error *error) {
    struct reading *reading = context;
    if (xml_feed(reading->xml, piece, is_last) == XML_STATUS_ERROR)
        return xml_error(reading->xml, reading->book->name, reading->part, 0, error);
    return !xml_is_stuck(reading->xml) || xml_stuck_error(reading->book, reading->part, error);
}

bool xml_read(struct book *book, const char *part, const struct xml_handlers *handlers, void *context, struct xml **made,
              struct error *error) {
    struct xml *xml = xml_create(handlers, context);
    if (!xml) return error_set(error, EXIT_CANNOT_WRITE, "not enough memory for %s", part);
    if (made) *made = xml;
    struct reading reading = {xml, book, part};
    bool is_fine = book_read_part(book, part, take_piece, &reading, error);
    if (made) *made = NULL;
    xml_free(xml);
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
        if (value == 0) /* no text has one: it is lost, which is told as such (W326) */
            buffer_add_text(out, "\xEF\xBF\xBD");
        else
            buffer_add_char(out, value > 0 ? (char)value : '_');
        i += value >= 0 ? 7 : 1;
    }
}
