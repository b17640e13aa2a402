/* html_draw.h: charts in pages: numbers into places. */
#ifndef RENDER_HTML_DRAW_H
#define RENDER_HTML_DRAW_H

#include "base/buffer.h"
#include "values/decimal.h"

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

#endif
