/* text_ledger.c: the ledger as a table: a line for each side that has rows, a column for rows and for amounts. */
#include <stdlib.h>

#include "base/memory.h"
#include "render/text_private.h"

#define SHOWN_COLUMNS 3 /* amounts shown without -v */
#define TITLE_WIDTH 24

/* Bytes of UTF-8 that begin a character: what the eye counts, near enough. */
static size_t shown_width(struct view text) {
    size_t width = 0;
    for (size_t i = 0; i < text.length; i++)
        width += ((unsigned char)text.text[i] & 0xc0) != 0x80;
    return width;
}

static void add_right(struct buffer *out, struct view text, size_t width) {
    for (size_t shown = shown_width(text); shown < width; shown++)
        buffer_add_char(out, ' ');
    buffer_add(out, text);
}

static void add_amount(const struct result *result, struct buffer *out, size_t column, const wide_integer *sums,
                       size_t width) {
    struct buffer text = {0};
    if (sums) decimal_print_human(&text, sums[column], result->columns[column].is_money);
    add_right(out, buffer_view(&text), width);
    buffer_free(&text);
}

static void add_line(const struct result *result, struct buffer *out, const char *title, uint64_t rows,
                     const wide_integer *sums, const size_t *widths, size_t columns) {
    struct buffer text = {0};
    buffer_print(out, "  %-19s", title);
    text_count(&text, rows);
    add_right(out, buffer_view(&text), 12);
    buffer_free(&text);
    for (size_t i = 0; i < columns; i++)
        add_amount(result, out, i, sums, widths[i] + 2);
    while (out->length > 0 && out->text[out->length - 1] == ' ')
        out->length--;
    buffer_add_char(out, '\n');
}

void text_ledger(const struct result *result, const struct text_options *options, struct buffer *out) {
    const struct ledger *ledger = &result->ledger;
    size_t columns = ledger->column_count;
    if (!options->verbose && columns > SHOWN_COLUMNS) columns = SHOWN_COLUMNS;
    size_t *widths = memory_get_zero(columns + 1, sizeof *widths);
    buffer_add_char(out, '\n');
    buffer_print(out, "  %-19s%12s", "Ledger", "rows");
    for (size_t i = 0; i < columns; i++) {
        struct buffer title = {0}, amount = {0};
        text_safe(&title, result->columns[i].title);
        if (title.length > TITLE_WIDTH) title.length = TITLE_WIDTH;
        decimal_print_human(&amount, ledger->sums_in[i], result->columns[i].is_money);
        widths[i] = shown_width(buffer_view(&title));
        widths[i] = amount.length + 1 > widths[i] ? amount.length + 1 : widths[i];
        add_right(out, buffer_view(&title), widths[i] + 2);
        buffer_free(&title);
        buffer_free(&amount);
    }
    buffer_add_char(out, '\n');
    add_line(result, out, "in", ledger->rows_in, ledger->sums_in, widths, columns);
    for (int side = 0; side < LEDGER_SIDE_COUNT; side++)
        if (ledger->rows[side] > 0 || side == LEDGER_WRITTEN || side == LEDGER_REJECTED)
            add_line(result, out, report_side_title(result, (enum ledger_side)side), ledger->rows[side],
                     ledger->sums[side], widths, columns);
    uint64_t registrations = ledger->rows[LEDGER_WRITTEN] + ledger->divided;
    if (ledger->divided > 0)
        buffer_print(out, "  (written as %llu registrations: rows of several people are divided among them)\n",
                     (unsigned long long)registrations);
    if (columns < ledger->column_count)
        buffer_print(out, "  (%zu more columns with -v)\n", ledger->column_count - columns);
    buffer_print(out, "  %s\n", result->balance ? "DOES NOT BALANCE" : "in = the sum of the others: balanced");
    free(widths);
}
