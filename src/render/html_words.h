/* html_words.h: texts and tables of pages, for report.html and others like it. */
#ifndef RENDER_HTML_WORDS_H
#define RENDER_HTML_WORDS_H

#include "report/result.h"

#define HTML_SHORT 24 /* bytes of a text that is not broken over lines in a table */

/* Text from outside: markup is escaped, control characters become \xNN, characters that turn or hide text \uNNNN,
 * bytes that are no UTF-8 \xNN. Fit for content and for attribute values in double quotes. */
void html_text(struct buffer *out, const char *text);
/* The same of a text of several lines, such as an error's fix. */
void html_lines(struct buffer *out, const char *text);
/* The same for the first `limit` characters of the text, and "…" if it has more. */
void html_text_cut(struct buffer *out, const char *text, size_t limit);
/* A text of ours with its first letter as a capital; a text as a sentence, with its full stop. */
void html_capital(struct buffer *out, const char *text);
void html_sentence(struct buffer *out, const char *text);
/* The text for ids: ASCII letters and digits in lower case, anything else one dash; empty if there are none. */
void html_slug(struct buffer *out, const char *text);

/* A table with its caption in a box of its own that scrolls sideways; ends with html_table_end. `role`: "region" for
 * the few that are worth a landmark, "group" for the others. */
void html_table_start(struct buffer *out, const char *caption, const char *role);
void html_table_end(struct buffer *out);
/* The same where the last part is a <tfoot>. */
void html_table_end_foot(struct buffer *out);
/* html_cards.c: gives each cell of the table that was written last its column's heading (data-label), for phones; a table
 * of many columns stays as it is. html_table_end does it. */
void html_label_cells(struct buffer *out);
/* <th scope="col">; numbers stand right. */
void html_head(struct buffer *out, const char *title, bool is_number);
/* <th scope="row"> with a text from outside. */
void html_row_head(struct buffer *out, const char *title);
/* Cells of numbers, right aligned; negative ones are marked beside their minus. */
void html_count_cell(struct buffer *out, uint64_t count);
void html_amount_cell(struct buffer *out, wide_integer amount, bool is_money);
/* The amount of an example; a dash, which phones leave out, where it has none. */
void html_example_amount(struct buffer *out, const struct issue_example *example);
/* <td> with a text from outside. */
void html_text_cell(struct buffer *out, const char *text);
/* The same; a short text stays on one line, an empty one is a dash, which phones leave out. */
void html_short_cell(struct buffer *out, const char *text);
/* Heads and cells of all followed columns; `sums` NULL gives dashes. */
void html_column_heads(const struct result *result, struct buffer *out);
void html_column_cells(const struct result *result, const wide_integer *sums, struct buffer *out);
/* <section id="name"><h2>title</h2>; ends with </section>. */
void html_section(struct buffer *out, const char *name, const char *title);

#endif
