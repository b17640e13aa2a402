/* xml.h: the parts of a workbook read through expat. Only elements in the namespace of a part's root count: what
 * extensions add under other namespaces (<x15:workbookPr> without date1904, say) is handed on without a name. */
#ifndef WORKBOOK_XML_H
#define WORKBOOK_XML_H

#include "late_expat.h"
#include "workbook/book.h"

/* `element` is the local name, "" for one of another namespace than the root's. Attributes are for xml_attribute. */
struct xml_handlers {
    void (*start)(void *context, const char *element, const char **attributes);
    void (*end)(void *context, const char *element);             /* may be NULL */
    void (*text)(void *context, const char *text, size_t length); /* may be NULL */
};

struct xml;

/* A parser that refuses document types (entities are the way to bombs and foreign files) and elements nested deeper than
 * any part of a workbook. NULL without memory. Free: xml_free. */
struct xml *xml_create(const struct xml_handlers *handlers, void *context);
void xml_free(struct xml *xml); /* NULL is fine */
/* The value of an attribute without namespace, or NULL. */
const char *xml_attribute(const char **attributes, const char *name);
/* The value of an attribute in the namespace of relations (r:id), or of one without namespace; NULL if there is none. */
const char *xml_relation_id(const char **attributes);

/* Parses a piece (`is_last`: there is no more); after xml_pause xml_resume goes on with the same piece. */
enum XML_Status xml_feed(struct xml *xml, struct view piece, bool is_last);
enum XML_Status xml_resume(struct xml *xml);
/* For handlers: stops for good, or until xml_resume. */
void xml_stop(struct xml *xml);
void xml_pause(struct xml *xml);
/* Between two feeds, nothing paused: whether the last byte that was fed ended a tag, comment or text. */
bool xml_is_between(const struct xml *xml);
/* Whether the part is in UTF-8, as far as it was fed: so it was declared, or nothing was. */
bool xml_is_utf8(const struct xml *xml);
/* The prefixes that the root declares, each between colons: ":x14ac:mc:". Valid until the next feed. */
struct view xml_prefixes(const struct xml *xml);

/* Says why a parser stopped, near row `row` of a sheet of which it saw parts only (0: it saw all, so that lines count);
 * false. */
bool xml_error(const struct xml *xml, const char *name, const char *part, uint64_t row, struct error *error);
/* Nothing is paused: whether the parser still waits for the end of a tag or comment that began more than 1 MiB ago. It
 * looks at such a one again from its beginning for every piece, so it would take minutes, and no spreadsheet writes
 * one. */
bool xml_is_stuck(const struct xml *xml);
/* Says so; false. */
bool xml_stuck_error(const struct book *book, const char *part, struct error *error);
/* Reads a whole part through handlers. `*made` is the parser while they run, for xml_stop. */
bool xml_read(struct book *book, const char *part, const struct xml_handlers *handlers, void *context, struct xml **made,
              struct error *error);
/* Appends `text` with Excel's escapes undone: _x000D_ is a carriage return (ECMA-376 part 1, 22.9.2.19). */
void xml_unescape(struct view text, struct buffer *out);

#endif
