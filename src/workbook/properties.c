/* properties.c: see properties.h. dcterms:created stands in another namespace than its root, which the parser of parts does
 * not hand on (xml.h); its text is the one thing looked for, so it is looked for in the text. */
#include "workbook/properties.h"

#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"

#define PART "docProps/core.xml"
#define PART_LIMIT (64u << 10) /* what programs write has a few hundred bytes */

static bool take(void *context, struct view piece, bool is_last, struct error *error) {
    struct buffer *text = context;
    (void)is_last;
    (void)error;
    if (text->length < PART_LIMIT) buffer_add(text, piece);
    return true;
}

/* What stands between the first tag of a name and the next one. */
static struct view between_tags(struct view text, const char *tag) {
    struct view name = view_of(tag);
    for (size_t at = 0; at + name.length < text.length; at++) {
        if (!view_equal(view_from(text.text + at, name.length), name)) continue;
        const char *begin = memchr(text.text + at, '>', text.length - at);
        if (!begin) break;
        begin++;
        const char *end = memchr(begin, '<', text.length - (size_t)(begin - text.text));
        return end ? view_from(begin, (size_t)(end - begin)) : view_of("");
    }
    return view_of("");
}

/* Appends the part; nothing where there is none. */
static void read_part(struct book *book, struct buffer *text) {
    struct error error = {0};
    if (book_part_size(book, PART) > 0 && !book_read_part(book, PART, take, text, &error)) text->length = 0;
    error_free(&error);
}

char *properties_created(struct book *book) {
    struct buffer text = {0};
    read_part(book, &text);
    struct view found = between_tags(buffer_view(&text), ":created");
    char *created = found.length > 0 ? memory_copy(found) : NULL;
    buffer_free(&text);
    return created;
}

bool properties_name(struct book *book, const char *author) {
    struct buffer text = {0};
    read_part(book, &text);
    bool is_same = view_equal(between_tags(buffer_view(&text), ":creator"), view_of(author));
    buffer_free(&text);
    return is_same;
}
