/* html_ledger.c: where every row and amount of the input ended up, what Active makes of it, and what the file's own
 * total rows say. */
#include "render/html_private.h"

#define TOTALS_SHOWN 200

/* --- ledger ---------------------------------------------------------------------------------------------- */

static void add_side(const struct result *result, const char *title, uint64_t rows, const wide_integer *sums,
                     struct buffer *out) {
    buffer_add_text(out, "<tr><th scope=\"row\">");
    html_capital(out, title); /* our own words */
    buffer_add_text(out, "</th>");
    html_count_cell(out, rows);
    html_column_cells(result, sums, out);
    buffer_add_text(out, "</tr>\n");
}

/* In less all sides: 0 everywhere where the book is right. */
static void add_difference(const struct result *result, struct buffer *out) {
    const struct ledger *ledger = &result->ledger;
    wide_integer rows = (wide_integer)ledger->rows_in;
    for (int side = 0; side < LEDGER_SIDE_COUNT; side++)
        rows -= (wide_integer)ledger->rows[side];
    buffer_add_text(out, "</tbody><tfoot><tr>");
    html_row_head(out, "Difference");
    html_amount_cell(out, rows * DECIMAL_SCALE, false);
    for (size_t i = 0; i < ledger->column_count; i++) {
        wide_integer rest = ledger->sums_in[i];
        for (int side = 0; side < LEDGER_SIDE_COUNT; side++)
            if (ledger->sums[side]) rest -= ledger->sums[side][i];
        html_amount_cell(out, rest, result->columns[i].is_money);
    }
    buffer_add_text(out, "</tr>");
    html_table_end_foot(out);
}

/* The same words as in the other reports, but for the rows that are set aside. */
static const char *side_title(const struct result *result, enum ledger_side side) {
    return side == LEDGER_REJECTED ? "set aside (rejected)" : report_side_title(result, side);
}

void html_ledger(const struct result *result, struct buffer *out) {
    const struct ledger *ledger = &result->ledger;
    html_section(out, "ledger", "Ledger");
    if (result->balance) {
        buffer_add_text(out, "<p><strong>Does not balance:</strong> ");
        html_text(out, result->balance);
        buffer_add_text(out, "</p>\n");
    } else {
        buffer_add_text(out, "<p>");
        report_balanced(result, out);
        buffer_add_text(out, "</p>\n");
    }
    html_table_start(out, "Rows and amounts by where they ended up", "region");
    buffer_add_text(out, "<thead><tr>");
    html_head(out, "Where they went", false);
    html_head(out, "Rows", true);
    html_column_heads(result, out);
    buffer_add_text(out, "</tr></thead><tbody>\n");
    add_side(result, "In the export", ledger->rows_in, ledger->sums_in, out);
    for (int side = 0; side < LEDGER_SIDE_COUNT; side++)
        if (ledger->rows[side] > 0 || side == LEDGER_WRITTEN || side == LEDGER_REJECTED)
            add_side(result, side_title(result, (enum ledger_side)side), ledger->rows[side], ledger->sums[side], out);
    add_difference(result, out);
    if (ledger->divided > 0) {
        bool is_by_row = result->by && strcmp(result->by, "row") == 0;
        buffer_add_text(out, is_by_row ? "<p>Written as " : "<p>Rows with several people count once for each person: ");
        words_count(out, ledger->rows[LEDGER_WRITTEN] + ledger->divided);
        if (!is_by_row) {
            buffer_add_text(out, " for ");
            words_count(out, ledger->rows[LEDGER_WRITTEN]);
        }
        buffer_add_text(out, is_by_row ? " registrations, because rows with several people are divided among them.</p>\n"
                                       : ledger->rows[LEDGER_WRITTEN] == 1 ? " row.</p>\n" : " rows.</p>\n");
    }
    buffer_add_text(out, "</section>\n");
}

/* --- Active ---------------------------------------------------------------------------------------------- */

enum active_line { ACTIVE_COUNTED, ACTIVE_OTHER, ACTIVE_DIFFERENCE };

static wide_integer active_value(enum active_line line, bool active_only, wide_integer counted, wide_integer inactive) {
    wide_integer change = active_only ? inactive : -inactive;
    return line == ACTIVE_COUNTED ? counted : line == ACTIVE_OTHER ? counted + change : change;
}

static void add_active_line(const struct result *result, enum active_line line, const char *title, struct buffer *out) {
    bool only = result->active_only;
    buffer_add_text(out, "<tr><th scope=\"row\">");
    html_capital(out, title);
    buffer_add_text(out, "</th>");
    html_amount_cell(out,
                     active_value(line, only, (wide_integer)result->ledger.rows[LEDGER_WRITTEN],
                                  (wide_integer)result->inactive_rows) *
                         DECIMAL_SCALE,
                     false);
    for (size_t i = 0; i < result->ledger.column_count; i++)
        html_amount_cell(
            out, active_value(line, only, result->ledger.sums[LEDGER_WRITTEN][i], result->columns[i].inactive_sum),
            result->columns[i].is_money);
    buffer_add_text(out, "</tr>\n");
}

void html_active(const struct result *result, struct buffer *out) {
    if (!result->has_active) return;
    uint64_t rows = result->ledger.rows[LEDGER_WRITTEN] + result->ledger.rows[LEDGER_INACTIVE];
    html_section(out, "active", "Active and inactive rows");
    if (result->inactive_rows == 0) {
        buffer_add_text(out, "<p>Every row is active.</p>\n</section>\n");
        return;
    }
    buffer_add_text(out, "<p>");
    words_count(out, result->inactive_rows);
    buffer_add_text(out, " of ");
    words_count(out, rows);
    buffer_add_text(out, rows == 1 ? " row has Active = false; " : " rows have Active = false; ");
    buffer_add_text(out, result->active_only ? "they are not sent.</p>\n" : "they are sent, as exported.</p>\n");
    html_table_start(out, "Rows and amounts with and without the inactive rows", "region");
    buffer_add_text(out, "<thead><tr>");
    html_head(out, "Counting", false);
    html_head(out, "Rows", true);
    html_column_heads(result, out);
    buffer_add_text(out, "</tr></thead><tbody>\n");
    add_active_line(result, ACTIVE_COUNTED,
                    result->active_only ? "active rows (this report)" : "all rows (this report)", out);
    add_active_line(result, ACTIVE_OTHER, result->active_only ? "all rows" : "active rows only", out);
    add_active_line(result, ACTIVE_DIFFERENCE, "difference", out);
    html_table_end(out);
    buffer_add_text(out, "</section>\n");
}

/* --- total rows ------------------------------------------------------------------------------------------ */

static void add_total(const struct result *result, const struct result_total *total, struct buffer *out) {
    buffer_print(out, "<tr class=\"%s\"><td>%s</td><td class=\"place\"><div>",
                 !total->agrees         ? "bad"
                 : total->compared == 0 ? "unknown"
                                        : "good",
                 !total->agrees         ? "<strong>differs</strong>"
                 : total->compared == 0 ? "not compared"
                                        : "agrees");
    if (total->file < result->file_count) html_text(out, result->files[total->file].path);
    buffer_print(out, "<wbr>:%llu</div></td>", (unsigned long long)total->line);
    html_text_cell(out, total->kind);
    html_text_cell(out, total->group);
    html_text_cell(out, total->text);
    buffer_add_text(out, "</tr>\n");
}

void html_totals(const struct result *result, struct buffer *out) {
    struct totals_count count = result_count_totals(result);
    size_t shown = 0;
    if (result->total_count == 0) return;
    html_section(out, "totals", "Total rows in the file");
    buffer_add_text(out, "<p>");
    if (count.compared > 0) {
        words_count(out, count.agreeing);
        buffer_add_text(out, " of ");
        words_count(out, count.compared);
        buffer_add_text(out, " agree with the sums of their rows (percentages are weighted and not compared). ");
    }
    if (count.compared < result->total_count) {
        words_count(out, result->total_count - count.compared);
        buffer_add_text(out, " could not be compared.");
    }
    buffer_add_text(out, "</p>\n");
    html_table_start(out, "Total rows that were checked", "region");
    buffer_add_text(out, "<thead><tr>");
    static const char *const heads[] = {"Verdict", "Place", "Kind", "Group", "What was compared"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        html_head(out, heads[i], false);
    buffer_add_text(out, "</tr></thead><tbody>\n");
    for (int agrees = 0; agrees <= 1; agrees++) /* those that differ first */
        for (size_t i = 0; i < result->total_count && shown < TOTALS_SHOWN; i++)
            if (result->totals[i].agrees == (agrees == 1)) {
                add_total(result, &result->totals[i], out);
                shown++;
            }
    html_table_end(out);
    if (shown < result->total_count) {
        buffer_print(out, "<p>Shown %zu of ", shown);
        words_count(out, result->total_count);
        buffer_add_text(out, ".</p>\n");
    }
    buffer_add_text(out, "</section>\n");
}
