/* html_words.c: texts and tables of report.html. Whatever comes from a file passes html_text, so that no name becomes
 * markup, moves the cursor, or is read backwards. */
#include "render/html_private.h"

#include <stdlib.h>

#include "base/memory.h"

/* --- escaping -------------------------------------------------------------------------------------------- */

/* Decodes the character at `text` (at most `length` bytes); returns its length, 0 if the bytes are no UTF-8. */
static size_t decode(const unsigned char *text, size_t length, uint32_t *character) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t size = text[0] < 0x80 ? 1 : text[0] < 0xc2 ? 0 : text[0] < 0xe0 ? 2 : text[0] < 0xf0 ? 3 : 4;
    if (size == 0 || size > length || text[0] > 0xf4) return 0;
    *character = size == 1 ? text[0] : text[0] & (0xffu >> (size + 1));
    for (size_t i = 1; i < size; i++) {
        if ((text[i] & 0xc0) != 0x80) return 0;
        *character = *character << 6 | (text[i] & 0x3fu);
    }
    bool is_surrogate = *character >= 0xd800 && *character <= 0xdfff;
    return *character < least[size] || *character > 0x10ffff || is_surrogate ? 0 : size;
}

/* Characters that are not seen themselves, but change how others are: directions, joiners' kin, separators, tags. */
static bool is_unseen(uint32_t character) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x80, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},   {0x180e, 0x180e}, {0x200b, 0x200b},   {0x200e, 0x200f},
        {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (character >= ranges[i].first && character <= ranges[i].last) return true;
    return false;
}

static void add_character(struct buffer *out, const char *text, size_t size, uint32_t character) {
    switch (character) {
    case '&': buffer_add_text(out, "&amp;"); return;
    case '<': buffer_add_text(out, "&lt;"); return;
    case '>': buffer_add_text(out, "&gt;"); return;
    case '"': buffer_add_text(out, "&quot;"); return;
    case '\'': buffer_add_text(out, "&#39;"); return;
    default: break;
    }
    if (character < 0x20 || character == 0x7f)
        buffer_print(out, "\\x%02x", (unsigned)character);
    else if (is_unseen(character))
        buffer_print(out, "\\u%04x", (unsigned)character);
    else
        buffer_add(out, view_from(text, size));
}

void html_text_cut(struct buffer *out, const char *text, size_t limit) {
    size_t length = strlen(text);
    for (size_t place = 0, shown = 0; place < length; shown++) {
        uint32_t character = 0;
        if (shown == limit) {
            buffer_add_text(out, "…");
            return;
        }
        size_t size = decode((const unsigned char *)text + place, length - place, &character);
        if (size == 0) {
            buffer_print(out, "\\x%02x", (unsigned)(unsigned char)text[place]);
            place++;
            continue;
        }
        add_character(out, text + place, size, character);
        place += size;
    }
}

void html_text(struct buffer *out, const char *text) {
    html_text_cut(out, text, SIZE_MAX);
}

void html_slug(struct buffer *out, const char *text) {
    bool needs_dash = false;
    size_t start = out->length;
    for (; *text; text++) {
        bool is_upper = *text >= 'A' && *text <= 'Z';
        if (!is_upper && !(*text >= 'a' && *text <= 'z') && !(*text >= '0' && *text <= '9')) {
            needs_dash = true;
            continue;
        }
        if (needs_dash && out->length > start) buffer_add_char(out, '-');
        needs_dash = false;
        buffer_add_char(out, is_upper ? (char)(*text - 'A' + 'a') : *text);
    }
}

/* --- tables ---------------------------------------------------------------------------------------------- */

void html_table_start(struct buffer *out, const char *caption, const char *role) {
    buffer_print(out, "<div class=\"scroll\" role=\"%s\" tabindex=\"0\" aria-label=\"Table: ", role);
    html_text(out, caption);
    buffer_add_text(out, "\"><table><caption><span>");
    html_text(out, caption);
    buffer_add_text(out, "</span></caption>\n");
}

void html_table_end(struct buffer *out) {
    buffer_add_text(out, "</tbody></table></div>\n");
}

void html_head(struct buffer *out, const char *title, bool is_number) {
    buffer_add_text(out, is_number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
    html_text(out, title);
    buffer_add_text(out, "</th>");
}

void html_row_head(struct buffer *out, const char *title) {
    buffer_add_text(out, "<th scope=\"row\">");
    html_text(out, title);
    buffer_add_text(out, "</th>");
}

void html_count_cell(struct buffer *out, uint64_t count) {
    html_amount_cell(out, (wide_integer)count * DECIMAL_SCALE, false);
}

void html_amount_cell(struct buffer *out, wide_integer amount, bool is_money) {
    buffer_add_text(out, amount < 0 ? "<td class=\"n minus\">" : "<td class=\"n\">");
    decimal_print_human(out, amount, is_money);
    buffer_add_text(out, "</td>");
}

void html_text_cell(struct buffer *out, const char *text) {
    buffer_add_text(out, "<td>");
    html_text(out, text);
    buffer_add_text(out, "</td>");
}

void html_column_heads(const struct result *result, struct buffer *out) {
    for (size_t i = 0; i < result->ledger.column_count; i++)
        html_head(out, result->columns[i].title, true);
}

void html_column_cells(const struct result *result, const wide_integer *sums, struct buffer *out) {
    for (size_t i = 0; i < result->ledger.column_count; i++)
        if (sums)
            html_amount_cell(out, sums[i], result->columns[i].is_money);
        else
            buffer_add_text(out, "<td class=\"n\">–</td>");
}

void html_section(struct buffer *out, const char *name, const char *title) {
    buffer_print(out, "<section id=\"%s\">\n<h2>%s</h2>\n", name, title);
}

size_t html_money_column(const struct result *result) {
    size_t column = 0;
    while (column < result->ledger.column_count && !result->columns[column].is_money)
        column++;
    return column;
}
