/* html_cards.c: a table that a phone can show: each cell gets its column's heading, so that the style sheet can set a row
 * as a card instead of letting the table scroll sideways. Works on what the table's writers appended, which is our own
 * markup: no "<" of a file is in it (html_text). */
#include <stdlib.h>

#include "base/memory.h"
#include "render/html_words.h"

#define CARD_COLUMNS 9 /* a table of more columns (employees by month) scrolls: as cards it could not be compared */

struct heads {
    struct view titles[CARD_COLUMNS];
    size_t count;
};

/* Where the last table of the page begins. */
static size_t table_start(const struct buffer *out) {
    static const char mark[] = "<table>";
    for (size_t at = out->length; at >= sizeof mark - 1; at--)
        if (memcmp(out->text + at - (sizeof mark - 1), mark, sizeof mark - 1) == 0) return at - (sizeof mark - 1);
    return SIZE_MAX;
}

static bool begins(struct view text, const char *word) {
    size_t length = strlen(word);
    return text.length >= length && memcmp(text.text, word, length) == 0;
}

static struct view behind(struct view text, size_t count) {
    return view_from(text.text + count, text.length - count);
}

/* The headings, already escaped; false if there are too many. */
static bool find_heads(struct view table, struct heads *heads) {
    heads->count = 0;
    for (; table.length > 0; table = behind(table, 1)) {
        if (begins(table, "</thead>")) return heads->count > 0;
        if (!begins(table, "<th scope=\"col\"")) continue;
        if (heads->count == CARD_COLUMNS) return false;
        while (table.length > 1 && table.text[0] != '>')
            table = behind(table, 1);
        size_t end = 1;
        while (end < table.length && table.text[end] != '<')
            end++;
        heads->titles[heads->count++] = view_from(table.text + 1, end - 1);
    }
    return false;
}

void html_label_cells(struct buffer *out) {
    size_t start = table_start(out);
    if (start == SIZE_MAX) return;
    struct view table = view_from(out->text + start, out->length - start), rest = table;
    struct heads heads;
    if (!find_heads(table, &heads)) return;
    struct buffer made = {0};
    buffer_add_text(&made, "<table class=\"cards\">");
    rest = behind(rest, strlen("<table>"));
    size_t column = 0;
    while (rest.length > 0) {
        size_t plain = 1;
        while (plain < rest.length && rest.text[plain] != '<')
            plain++;
        bool is_cell = begins(rest, "<td");
        if (begins(rest, "<tr")) column = 0;
        if (is_cell && column < heads.count)
            buffer_print(&made, "<td data-label=\"%.*s\"", VIEW_ARGS(heads.titles[column]));
        size_t skipped = is_cell && column < heads.count ? 3 : 0;
        column += is_cell || begins(rest, "<th ");
        buffer_add(&made, view_from(rest.text + skipped, plain - skipped));
        rest = behind(rest, plain);
    }
    out->length = start;
    buffer_add(out, buffer_view(&made));
    buffer_free(&made);
}
