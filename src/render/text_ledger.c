/* text_ledger.c: the ledger as a table: a line for each side that has rows, a column for rows and for amounts. */
#include <stdlib.h>

#include "base/memory.h"
#include "render/text_private.h"

#define SHOWN_COLUMNS 3 /* amounts shown without -v */
#define TITLE_WIDTH 24

/* A column's title as it is shown, cut to TITLE_WIDTH bytes, between characters. */
static void add_title(struct buffer *out, const char *title) {
    for (struct view rest = view_of(title); rest.length > 0;) {
        struct plain_character character = plain_character(rest);
        size_t before = out->length;
        plain_add_character(out, rest, character);
        if (out->length > TITLE_WIDTH) {
            out->length = before;
            return;
        }
        rest = view_from(rest.text + character.length, rest.length - character.length);
    }
}

static void add_amount(const struct result *result, struct buffer *out, size_t column, const wide_integer *sums,
                       size_t width) {
    struct buffer text = {0};
    if (sums) decimal_print_human(&text, sums[column], result->columns[column].is_money);
    words_right(out, buffer_view(&text), width);
    buffer_free(&text);
}

static void add_line(const struct result *result, struct buffer *out, const char *title, uint64_t rows,
                     const wide_integer *sums, const size_t *widths, size_t columns) {
    struct buffer text = {0};
    buffer_print(out, "  %-19s", title);
    words_count(&text, rows);
    words_right(out, buffer_view(&text), 12);
    buffer_free(&text);
    for (size_t i = 0; i < columns; i++)
        add_amount(result, out, i, sums, widths[i] + 2);
    while (out->length > 0 && out->text[out->length - 1] == ' ')
        out->length--;
    buffer_add_char(out, '\n');
}

static bool is_by_row(const struct result *result) {
    return result->by && strcmp(result->by, "row") == 0;
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
        add_title(&title, result->columns[i].title);
        decimal_print_human(&amount, ledger->sums_in[i], result->columns[i].is_money);
        widths[i] = plain_width(buffer_view(&title));
        widths[i] = amount.length + 1 > widths[i] ? amount.length + 1 : widths[i];
        words_right(out, buffer_view(&title), widths[i] + 2);
        buffer_free(&title);
        buffer_free(&amount);
    }
    buffer_add_char(out, '\n');
    add_line(result, out, "in", ledger->rows_in, ledger->sums_in, widths, columns);
    for (int side = 0; side < LEDGER_SIDE_COUNT; side++)
        if (ledger->rows[side] > 0 || side == LEDGER_WRITTEN || side == LEDGER_REJECTED)
            add_line(result, out, report_side_title(result, (enum ledger_side)side), ledger->rows[side],
                     ledger->sums[side], widths, columns);
    uint64_t parts = ledger->rows[LEDGER_WRITTEN] + ledger->divided;
    if (ledger->divided > 0 && is_by_row(result))
        buffer_print(out,
                     "  (written as %llu registrations, because rows with several people are divided among them)\n",
                     (unsigned long long)parts);
    else if (ledger->divided > 0)
        buffer_print(out, "  (rows with several people count once for each person: %llu for %llu row%s)\n",
                     (unsigned long long)parts, (unsigned long long)ledger->rows[LEDGER_WRITTEN],
                     ledger->rows[LEDGER_WRITTEN] == 1 ? "" : "s");
    if (columns < ledger->column_count)
        buffer_print(out, "  (%zu more column%s with -v)\n", ledger->column_count - columns,
                     ledger->column_count - columns == 1 ? "" : "s");
    buffer_add_text(out, "  ");
    if (result->balance)
        buffer_add_text(out, "DOES NOT BALANCE");
    else
        report_balanced(result, out);
    buffer_add_char(out, '\n');
    free(widths);
}
