/* html_draw.c: columns and bars as inline SVG. Sideways everything is in percent and upwards in pixels, so that the
 * pictures fit any width while their letters keep their size. All places are whole thousandths: no floating point, the
 * same bytes on every machine. */
#include "render/html_private.h"

#define PLOT_TOP 16
#define PLOT_HEIGHT 170
#define LABEL_ROOM 30   /* below the plot */
#define WIDEST 8000     /* a column is never wider than 8 % */
#define LABELS_WANTED 8 /* under the columns, on a wide page */
#define ITEM_HEIGHT 44  /* a bar with its label */
#define BAR_TOP 22
#define BAR_HEIGHT 10
#define LABEL_CHARACTERS 30
#define AXIS_STEPS 5

int64_t draw_share(wide_integer part, wide_integer whole, int64_t size) {
    if (whole <= 0) return 0;
    while (whole >> 80) { /* far more digits than pixels: the product below must fit */
        whole >>= 1;
        part >>= 1;
    }
    return (int64_t)(part * size / whole);
}

void draw_thousandths(struct buffer *out, int64_t value) {
    const char *sign = value < 0 ? "-" : "";
    int64_t size = value < 0 ? -value : value;
    buffer_print(out, "%s%lld", sign, (long long)(size / 1000));
    int rest = (int)(size % 1000);
    if (rest == 0) return;
    buffer_print(out, ".%03d", rest);
    while (out->text[out->length - 1] == '0')
        out->length--;
}

/* --- the axis -------------------------------------------------------------------------------------------- */

static wide_integer divide_up(wide_integer value, wide_integer by) {
    return (value + by - 1) / by;
}

struct draw_axis draw_axis_of(wide_integer least_value, wide_integer most_value, wide_integer least) {
    wide_integer bottom = least_value < 0 ? least_value : 0, top = most_value > 0 ? most_value : 0;
    struct draw_axis axis = {.step = least};
    for (int round = 0; (top - bottom) / AXIS_STEPS > axis.step; round++)
        axis.step = round % 3 == 1 ? axis.step / 2 * 5 : axis.step * 2; /* 1, 2, 5, 10 */
    axis.top = divide_up(top, axis.step) * axis.step;
    axis.bottom = -divide_up(-bottom, axis.step) * axis.step;
    if (axis.top == axis.bottom) axis.top = axis.step;
    return axis;
}

void draw_axis_label(struct buffer *out, const struct draw_axis *axis, wide_integer value, bool is_money) {
    static const struct {
        wide_integer size;
        const char *sign;
    } units[] = {{1000000000, "bn"}, {1000000, "m"}, {10000, "k"}};
    const char *sign = "";
    for (size_t i = 0; i < sizeof units / sizeof *units && !*sign; i++)
        if (axis->step >= units[i].size * DECIMAL_SCALE) {
            sign = units[i].sign;
            value /= *sign == 'k' ? 1000 : units[i].size;
        }
    decimal_print_human(out, value, is_money);
    if (is_money && axis->step >= DECIMAL_SCALE) out->length -= 3; /* ".00" */
    buffer_add_text(out, sign);
}

/* --- what both kinds share ------------------------------------------------------------------------------- */

void draw_start(const struct draw_chart *chart, const char *kind, int64_t height, struct buffer *out) {
    buffer_print(
        out,
        "<svg class=\"%s\" role=\"img\" aria-labelledby=\"%s-title %s-desc\" width=\"100%%\" height=\"%lld\">\n"
        "<title id=\"%s-title\">",
        kind, chart->name, chart->name, (long long)height, chart->name);
    html_text(out, chart->title);
    buffer_print(out, "</title><desc id=\"%s-desc\">", chart->name);
    html_text(out, chart->detail);
    buffer_add_text(out, "</desc>\n");
}

static void add_pointer_title(const struct draw_chart *chart, const struct draw_item *item, struct buffer *out) {
    buffer_add_text(out, "><title>");
    html_text(out, item->title);
    buffer_add_text(out, ": ");
    decimal_print_human(out, item->value, chart->is_money);
    buffer_add_text(out, "</title></rect>\n");
}

static void add_number(struct buffer *out, const char *name, int64_t value, const char *unit) {
    buffer_print(out, " %s=\"", name);
    draw_thousandths(out, value);
    buffer_print(out, "%s\"", unit);
}

/* The value as far as it can be drawn: sums of damaged results could leave no room for differences. */
static wide_integer drawn(const struct draw_item *item) {
    wide_integer limit = (wide_integer)1 << 100;
    return item->value > limit ? limit : item->value < -limit ? -limit : item->value;
}

/* The smallest and the largest value, and zero between them. */
static struct draw_axis range_of(const struct draw_chart *chart) {
    struct draw_axis range = {0};
    for (size_t i = 0; i < chart->count; i++) {
        wide_integer value = drawn(&chart->items[i]);
        if (value < range.bottom) range.bottom = value;
        if (value > range.top) range.top = value;
    }
    return range;
}

/* --- columns --------------------------------------------------------------------------------------------- */

static int64_t height_of(const struct draw_axis *axis, wide_integer value) {
    return PLOT_TOP * 1000 + draw_share(axis->top - value, axis->top - axis->bottom, PLOT_HEIGHT * 1000);
}

static void add_grid(const struct draw_chart *chart, const struct draw_axis *axis, struct buffer *out) {
    for (wide_integer value = axis->bottom; value <= axis->top; value += axis->step) {
        int64_t place = height_of(axis, value);
        buffer_print(out, "<line class=\"%s\" x1=\"0\" x2=\"100%%\"", value == 0 ? "axis" : "grid");
        add_number(out, "y1", place, "");
        add_number(out, "y2", place, "");
        buffer_add_text(out, "/><text class=\"scale\" x=\"-8\" dy=\"4\"");
        add_number(out, "y", place, "");
        buffer_add_char(out, '>');
        draw_axis_label(out, axis, value, chart->is_money);
        buffer_add_text(out, "</text>\n");
    }
}

static void add_column(const struct draw_chart *chart, const struct draw_axis *axis, size_t number,
                       struct buffer *out) {
    const struct draw_item *item = &chart->items[number];
    int64_t slot = HTML_WHOLE / (int64_t)chart->count, width = slot * 4 / 5;
    if (width > WIDEST) width = WIDEST;
    int64_t zero = height_of(axis, 0), end = height_of(axis, drawn(item));
    if (item->value == 0) return;
    if (item->value > 0 && zero - end < 1000) end = zero - 1000; /* one that is there is seen */
    if (item->value < 0 && end - zero < 1000) end = zero + 1000;
    buffer_print(out, "<rect class=\"%s\"", item->kind);
    add_number(out, "x", HTML_WHOLE * (int64_t)number / (int64_t)chart->count + (slot - width) / 2, "%");
    add_number(out, "width", width, "%");
    add_number(out, "y", end < zero ? end : zero, "");
    add_number(out, "height", end < zero ? zero - end : end - zero, "");
    add_pointer_title(chart, item, out);
}

void draw_columns(const struct draw_chart *chart, struct buffer *out) {
    struct draw_axis range = range_of(chart);
    struct draw_axis axis =
        draw_axis_of(range.bottom, range.top, chart->is_money ? DECIMAL_SCALE / 100 : DECIMAL_SCALE);
    size_t every = (chart->count + LABELS_WANTED - 1) / LABELS_WANTED;
    draw_start(chart, "columns", PLOT_TOP + PLOT_HEIGHT + LABEL_ROOM, out);
    add_grid(chart, &axis, out);
    for (size_t i = 0; i < chart->count; i++)
        add_column(chart, &axis, i, out);
    for (size_t i = 0; i < chart->count; i += every) {
        buffer_print(out, "<text class=\"%s\"", i / every % 2 ? "tick wide" : "tick");
        add_number(out, "x", HTML_WHOLE * (2 * (int64_t)i + 1) / (2 * (int64_t)chart->count), "%");
        buffer_print(out, " y=\"%d\">", PLOT_TOP + PLOT_HEIGHT + 20);
        html_text(out, chart->items[i].label);
        buffer_add_text(out, "</text>\n");
    }
    buffer_add_text(out, "</svg>\n");
}

/* --- bars ------------------------------------------------------------------------------------------------ */

/* Where bars to both sides begin; only beside the bar, so that it does not run through the labels. */
static void add_zero(int64_t place, int64_t top, struct buffer *out) {
    buffer_add_text(out, "<line class=\"axis\"");
    add_number(out, "x1", place, "%");
    add_number(out, "x2", place, "%");
    buffer_print(out, " y1=\"%lld\" y2=\"%lld\"/>\n", (long long)top + BAR_TOP - 3,
                 (long long)top + BAR_TOP + BAR_HEIGHT + 3);
}

static void add_bar(const struct draw_chart *chart, const struct draw_axis *range, size_t number, struct buffer *out) {
    const struct draw_item *item = &chart->items[number];
    wide_integer whole = range->top - range->bottom;
    int64_t top = (int64_t)number * ITEM_HEIGHT;
    int64_t zero = draw_share(-range->bottom, whole, HTML_WHOLE);
    int64_t end = draw_share(drawn(item) - range->bottom, whole, HTML_WHOLE);
    buffer_print(out, "<text class=\"name\" x=\"0\" y=\"%lld\">", (long long)top + 15);
    html_text_cut(out, item->label, LABEL_CHARACTERS);
    buffer_print(out, "</text><text class=\"value\" x=\"100%%\" y=\"%lld\">", (long long)top + 15);
    decimal_print_human(out, item->value, chart->is_money);
    buffer_print(out, "</text><rect class=\"track\" x=\"0\" width=\"100%%\" y=\"%lld\" height=\"%d\"/>\n",
                 (long long)top + BAR_TOP, BAR_HEIGHT);
    if (range->bottom < 0) add_zero(zero, top, out);
    if (item->value == 0) return;
    if (item->value > 0 && end - zero < 300) end = zero + 300;
    if (item->value < 0 && zero - end < 300) end = zero - 300;
    buffer_print(out, "<rect class=\"%s\"", item->kind);
    add_number(out, "x", end < zero ? end : zero, "%");
    add_number(out, "width", end < zero ? zero - end : end - zero, "%");
    buffer_print(out, " y=\"%lld\" height=\"%d\"", (long long)top + BAR_TOP, BAR_HEIGHT);
    add_pointer_title(chart, item, out);
}

void draw_bars(const struct draw_chart *chart, struct buffer *out) {
    struct draw_axis range = range_of(chart); /* nothing is read off a scale: the longest bar takes all the room */
    int64_t height = (int64_t)chart->count * ITEM_HEIGHT;
    draw_start(chart, "bars", height, out);
    for (size_t i = 0; i < chart->count; i++)
        add_bar(chart, &range, i, out);
    buffer_add_text(out, "</svg>\n");
}
