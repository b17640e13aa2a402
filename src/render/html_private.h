/* html_private.h: what the files of report.html share. */
#ifndef RENDER_HTML_PRIVATE_H
#define RENDER_HTML_PRIVATE_H

#include "render/render.h"
#include "render/text_private.h"

/* --- html_words.c: texts and tables ---------------------------------------------------------------------- */

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

/* --- html.c: the frame of a page (plan.html of upload/ has the same) ------------------------------------------ */

enum html_mood { MOOD_GOOD, MOOD_MIXED, MOOD_BAD };
/* From <!DOCTYPE html> to <body>, with the style and the policy that allows nothing else. */
void html_page_start(const char *title, struct buffer *out);
/* <header> with the sentence of the verdict, its first word, which says it all, in bold; facts as <p> may follow, then
 * </div></div>, links, </header>. */
void html_verdict_start(enum html_mood mood, const char *verdict, struct buffer *out);

/* --- html_draw.c: numbers into places -------------------------------------------------------------------- */

#define HTML_WHOLE 100000 /* 100 %, or 100 pixels, in thousandths */

/* part / whole in thousandths of `size`, rounded down; 0 if whole is 0. Both are at least 0. */
int64_t draw_share(wide_integer part, wide_integer whole, int64_t size);
/* Thousandths as "12.345". */
void draw_thousandths(struct buffer *out, int64_t value);
/* The axis of a chart: from `bottom` (at most 0) to `top` (at least 0) in steps of 1, 2 or 5 times a power of ten. */
struct draw_axis {
    wide_integer bottom, top, step;
};
/* `least` is the smallest step: 1 row or 1 cent in ten-thousandths. */
struct draw_axis draw_axis_of(wide_integer least_value, wide_integer most_value, wide_integer least);
/* A step's label: "$40k", "1,500". */
void draw_axis_label(struct buffer *out, const struct draw_axis *axis, wide_integer value, bool is_money);

struct draw_item {
    char *label;        /* as it stands under or over the bar; a text from outside; owned by the caller */
    char *title;        /* in full, for the pointer */
    wide_integer value; /* ten-thousandths */
    const char *kind;   /* class of the bar: "bar", "bar error" … */
};
struct draw_chart {
    const char *name;   /* id */
    const char *title;  /* of the picture */
    const char *detail; /* its description */
    bool is_money;
    const struct draw_item *items;
    size_t count;
};
/* Columns side by side over a line of labels, below the axis where negative. */
void draw_columns(const struct draw_chart *chart, struct buffer *out);
/* Bars below each other, each under its label, to the left of the axis where negative. */
void draw_bars(const struct draw_chart *chart, struct buffer *out);
/* <svg …><title>…</title><desc>…</desc>, `height` in pixels. */
void draw_start(const struct draw_chart *chart, const char *kind, int64_t height, struct buffer *out);

/* --- the parts of the page ------------------------------------------------------------------------------- */

extern const char html_style[]; /* html_style.c */

/* html_ledger.c: where every row and amount ended up; what Active makes; total rows of the file. */
void html_ledger(const struct result *result, struct buffer *out);
void html_active(const struct result *result, struct buffer *out);
void html_totals(const struct result *result, struct buffer *out);
/* html_facts.c: key figures, the run's facts, its files; notes, outputs, what to do next. */
void html_figures(const struct result *result, struct buffer *out);
void html_facts(const struct result *result, struct buffer *out);
void html_ending(const struct result *result, struct buffer *out);
/* html_days.c and html_parts.c: the charts with their tables. */
void html_days(const struct result *result, struct buffer *out);
void html_people(const struct result *result, struct buffer *out);
void html_causes_chart(const struct result *result, struct buffer *out);
/* html_issues.c: every cause with its anchor. */
void html_issues(const struct result *result, const struct html_options *options, struct buffer *out);
/* The anchors of the causes in the order of issues_causes: "E201-primary-technician", each another; the caller frees
 * each and the list. */
char **html_anchors(const struct issue_cause *const *causes, size_t count);

#endif
