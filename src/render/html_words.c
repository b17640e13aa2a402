/* html_words.c: texts and tables of report.html. Whatever comes from a file passes html_text, so that no name becomes
 * markup, moves the cursor, or is read backwards. */
#include "render/html_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/plain.h"

/* --- escaping -------------------------------------------------------------------------------------------- */

static void add_character(struct buffer *out, struct view text, struct plain_character character) {
    switch (character.value) {
    case '&': buffer_add_text(out, "&amp;"); return;
    case '<': buffer_add_text(out, "&lt;"); return;
    case '>': buffer_add_text(out, "&gt;"); return;
    case '"': buffer_add_text(out, "&quot;"); return;
    case '\'': buffer_add_text(out, "&#39;"); return;
    default: plain_add_character(out, text, character);
    }
}

void html_lines(struct buffer *out, const char *text) {
    for (const char *end; (end = strchr(text, '\n')) != NULL; text = end + 1) {
        char *line = memory_copy(view_from(text, (size_t)(end - text)));
        html_text(out, line);
        free(line);
        buffer_add_text(out, "<br>");
    }
    html_text(out, text);
}

void html_text_cut(struct buffer *out, const char *text, size_t limit) {
    size_t shown = 0;
    for (struct view rest = view_of(text); rest.length > 0; shown++) {
        if (shown == limit) {
            buffer_add_text(out, "…");
            return;
        }
        struct plain_character character = plain_character(rest);
        add_character(out, rest, character);
        rest = view_from(rest.text + character.length, rest.length - character.length);
    }
}

void html_text(struct buffer *out, const char *text) {
    html_text_cut(out, text, SIZE_MAX);
}

void html_capital(struct buffer *out, const char *text) {
    bool is_small = text[0] >= 'a' && text[0] <= 'z';
    if (is_small) buffer_add_char(out, (char)(text[0] - 'a' + 'A'));
    html_text(out, text + is_small);
}

void html_sentence(struct buffer *out, const char *text) {
    if (strncmp(text, "the ", 4) == 0) /* any other small letter may be the name of a column */
        html_capital(out, text);
    else
        html_text(out, text);
    if (text[0] && text[strlen(text) - 1] != '.') buffer_add_char(out, '.');
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
    html_label_cells(out);
    buffer_add_text(out, "</tbody></table></div>\n");
}

void html_table_end_foot(struct buffer *out) {
    html_label_cells(out);
    buffer_add_text(out, "</tfoot></table></div>\n");
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

void html_example_amount(struct buffer *out, const struct issue_example *example) {
    if (example->has_money)
        html_amount_cell(out, example->money, true);
    else
        buffer_add_text(out, "<td class=\"n none\">–</td>");
}

void html_text_cell(struct buffer *out, const char *text) {
    buffer_add_text(out, "<td>");
    html_text(out, text);
    buffer_add_text(out, "</td>");
}

void html_short_cell(struct buffer *out, const char *text) {
    bool is_short = strlen(text) <= HTML_SHORT;
    buffer_add_text(out, !text[0] ? "<td class=\"none\">" : is_short ? "<td class=\"kind\">" : "<td>");
    html_text(out, text[0] ? text : "–");
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
