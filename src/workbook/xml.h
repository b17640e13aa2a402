/* xml.h: a part of a workbook as XML events, without prefixes. Private to workbook/. */
#ifndef WORKBOOK_XML_H
#define WORKBOOK_XML_H

#include <expat.h>

#include "workbook/book.h"

/* "x:row" is "row": ServiceTitan's workbooks have a prefix before every element (servicetitan.md 25.2). */
const char *xml_local(const char *name);
/* The value of an attribute by its local name, or NULL. */
const char *xml_attribute(const char **attributes, const char *name);
/* A parser that refuses document types (entities are the way to bombs and foreign files). */
XML_Parser xml_parser_create(void *context, XML_StartElementHandler start, XML_EndElementHandler end,
                             XML_CharacterDataHandler text);
/* Says why a parser stopped. */
bool xml_error(XML_Parser parser, const char *name, const char *part, struct error *error);
/* After `fed` bytes were parsed and nothing was suspended: whether the parser still waits for the end of a tag or comment
 * that began more than 1 MiB ago. It looks at such a one again from its beginning for every piece, so it would take
 * minutes, and no spreadsheet writes one. */
bool xml_is_stuck(XML_Parser parser, uint64_t fed);
/* Says so; false. */
bool xml_stuck_error(const struct book *book, const char *part, struct error *error);
/* Reads a whole part through handlers. */
bool xml_read(struct book *book, const char *part, void *context, XML_StartElementHandler start,
              XML_EndElementHandler end, XML_CharacterDataHandler text, struct error *error);
/* Appends `text` with Excel's escapes undone: _x000D_ is a carriage return (ECMA-376 part 1, 22.9.2.19). */
void xml_unescape(struct view text, struct buffer *out);

#endif
