/* properties.c: see properties.h. dcterms:created stands in another namespace than its root, which the parser of parts does
 * not hand on (xml.h); its text is the one thing looked for, so it is looked for in the text. */
#include "workbook/properties.h"

#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "workbook/book_private.h"

#define PART "docProps/core.xml"
#define PART_LIMIT (64u << 10) /* what programs write has a few hundred bytes */
#define RATIO 400              /* the part is far below what may be packed as tightly as it likes */

/* What stands between the first tag of a name and the next one. */
static struct view between_tags(struct view text, const char *tag) {
    size_t at = view_find(text, tag);
    const char *begin = at == SIZE_MAX ? NULL : memchr(text.text + at, '>', text.length - at);
    if (!begin) return view_of("");
    begin++;
    const char *end = memchr(begin, '<', text.length - (size_t)(begin - text.text));
    return end ? view_from(begin, (size_t)(end - begin)) : view_of("");
}

char *properties_created(struct book *book) {
    struct buffer text = {0};
    package_text(book, PART, PART_LIMIT, &text);
    struct view found = between_tags(buffer_view(&text), ":created");
    char *created = found.length > 0 ? memory_copy(found) : NULL;
    buffer_free(&text);
    return created;
}

bool properties_name(int descriptor, const char *name, const char *author) {
    struct book book = {.name = name, .max_ratio = RATIO};
    struct buffer text = {0};
    struct error ignored = {0};
    bool is_same = package_open(&book, descriptor, 0, &ignored) && package_text(&book, PART, PART_LIMIT, &text) &&
                   view_equal(between_tags(buffer_view(&text), ":creator"), view_of(author));
    if (book.zip) zip_discard(book.zip);
    error_free(&ignored);
    buffer_free(&text);
    return is_same;
}
