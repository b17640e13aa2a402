/* html_words.h: texts and tables of pages, for report.html and others like it. */
#ifndef RENDER_HTML_WORDS_H
#define RENDER_HTML_WORDS_H

#include "report/result.h"

/* Text from outside: markup is escaped, control characters become \xNN, characters that turn or hide text \uNNNN,
 * bytes that are no UTF-8 \xNN. Fit for content and for attribute values in double quotes. */
void html_text(struct buffer *out, const char *text);
/* The same for the first `limit` characters of the text, and "…" if it has more. */
void html_text_cut(struct buffer *out, const char *text, size_t limit);
/* The text for ids: ASCII letters and digits in lower case, anything else one dash; empty if there are none. */
void html_slug(struct buffer *out, const char *text);

/* A table with its caption in a box of its own that scrolls sideways; ends with html_table_end. `role`: "region" for
 * the few that are worth a landmark, "group" for the others. */
void html_table_start(struct buffer *out, const char *caption, const char *role);
void html_table_end(struct buffer *out);
/* <th scope="col">; numbers stand right. */
void html_head(struct buffer *out, const char *title, bool is_number);
/* <th scope="row"> with a text from outside. */
void html_row_head(struct buffer *out, const char *title);
/* Cells of numbers, right aligned; negative ones are marked beside their minus. */
void html_count_cell(struct buffer *out, uint64_t count);
void html_amount_cell(struct buffer *out, wide_integer amount, bool is_money);
/* <td> with a text from outside. */
void html_text_cell(struct buffer *out, const char *text);
/* Heads and cells of all followed columns; `sums` NULL gives dashes. */
void html_column_heads(const struct result *result, struct buffer *out);
void html_column_cells(const struct result *result, const wide_integer *sums, struct buffer *out);
/* <section id="name"><h2>title</h2>; ends with </section>. */
void html_section(struct buffer *out, const char *name, const char *title);
/* The first money column of the ledger, or column_count if there is none. */
size_t html_money_column(const struct result *result);

#endif
