/* html_facts.c: the key figures; notes; and, folded, the facts of the run, the files it read and those it wrote. */
#include <stdlib.h>

#include "base/memory.h"
#include "render/html_private.h"

/* --- key figures ----------------------------------------------------------------------------------------- */

/* `note`: a second line, NULL if none. Values are numbers or words of ours. */
static void figure_start(struct buffer *out, const char *title, const char *kind) {
    buffer_print(out, "<div class=\"figure %s\"><dt>", kind);
    html_text(out, title);
    buffer_add_text(out, "</dt><dd>");
}

static void figure_end(struct buffer *out, const struct result *result, const wide_integer *sums) {
    size_t money = result_money_column(result);
    buffer_add_text(out, "</dd>");
    if (sums && money < result->ledger.column_count) {
        buffer_add_text(out, "<dd class=\"note\">");
        decimal_print_human(out, sums[money], true);
        buffer_add_text(out, "</dd>");
    }
    buffer_add_text(out, "</div>\n");
}

/* The rows and sums of some sides of the ledger, and which they are: "3 total rows, 2 group rows". */
struct sides {
    uint64_t rows;
    wide_integer *sums; /* owned */
    struct buffer words;
};

static struct sides add_up(const struct result *result, enum ledger_side first, enum ledger_side last) {
    const struct ledger *ledger = &result->ledger;
    struct sides sides = {.sums = memory_get_zero(ledger->column_count + 1, sizeof *sides.sums)};
    static const struct {
        const char *one, *many;
    } nouns[LEDGER_SIDE_COUNT] = {
        [LEDGER_OUTSIDE_PERIOD] = {"outside the period", "outside the period"},
        [LEDGER_INACTIVE] = {"inactive", "inactive"},
        [LEDGER_REPEATED] = {"exact repeat", "exact repeats"},
        [LEDGER_LEFT_OUT] = {"left out by your decision", "left out by your decision"},
        [LEDGER_SUPERSEDED] = {"older state", "older states"},
        [LEDGER_TOO_OLD] = {"too old", "too old"},
        [LEDGER_CUT_PERIOD] = {"of a cut period", "of a cut period"},
        [LEDGER_NOT_YET] = {"not done yet", "not done yet"},
        [LEDGER_FOOTER] = {"total", "totals"},
        [LEDGER_GROUP] = {"heading", "headings"},
        [LEDGER_BLANK] = {"blank", "blank"},
        [LEDGER_EMPTY] = {"empty list", "empty lists"},
    };
    for (int side = (int)first; side <= (int)last; side++) {
        uint64_t rows = ledger->rows[side];
        sides.rows += rows;
        for (size_t i = 0; ledger->sums[side] && i < ledger->column_count; i++)
            decimal_add(&sides.sums[i], ledger->sums[side][i]);
        if (rows == 0) continue;
        if (sides.words.length > 0) buffer_add_text(&sides.words, ", ");
        words_plural(&sides.words, rows, nouns[side].one, nouns[side].many);
    }
    buffer_add_char(&sides.words, '\0');
    return sides;
}

/* A figure of such rows, where there are any. */
static void figure_of_sides(const struct result *result, const char *title, enum ledger_side first,
                            enum ledger_side last, bool has_amount, struct buffer *out) {
    struct sides sides = add_up(result, first, last);
    if (sides.rows > 0) {
        figure_start(out, title, "");
        words_count(out, sides.rows);
        buffer_add_text(out, "</dd><dd class=\"note\">");
        buffer_add_text(out, sides.words.text);
        figure_end(out, result, has_amount ? sides.sums : NULL);
    }
    free(sides.sums);
    buffer_free(&sides.words);
}

void html_figures(const struct result *result, struct buffer *out) {
    const struct ledger *ledger = &result->ledger;
    size_t money = result_money_column(result);
    buffer_add_text(out, "<section id=\"figures\">\n<h2>In figures</h2>\n<dl class=\"figures\">\n");
    figure_start(out, result->file_count == 1 ? "Rows in the file" : "Rows in the files", "");
    words_count(out, ledger->rows_in);
    figure_end(out, result, ledger->sums_in);
    figure_start(out, result->publication == PUBLISHED ? "Converted" : "Good rows", "");
    words_count(out, ledger->rows[LEDGER_WRITTEN]);
    figure_end(out, result, ledger->sums[LEDGER_WRITTEN]);
    figure_start(out, result->publication == PUBLISHED ? "Set aside" : "Rows to fix",
                 ledger->rows[LEDGER_REJECTED] ? "bad" : "");
    words_count(out, ledger->rows[LEDGER_REJECTED]);
    figure_end(out, result, ledger->sums[LEDGER_REJECTED]);
    figure_of_sides(result, "Not sent", LEDGER_OUTSIDE_PERIOD, LEDGER_NOT_YET, true, out);
    figure_of_sides(result, "Not data", LEDGER_FOOTER, LEDGER_EMPTY, false, out);
    figure_start(out, "Ledger", result->balance ? "bad" : "");
    buffer_add_text(out, result->balance ? "does not balance" : "balanced");
    figure_end(out, result, NULL);
    buffer_add_text(out, "</dl>\n");
    if (money < ledger->column_count) {
        buffer_add_text(out, "<p class=\"soft\">The amounts are those of ");
        html_text(out, result->columns[money].title);
        buffer_add_text(out, ".</p>\n");
    }
    buffer_add_text(out, "</section>\n");
}

/* --- facts ----------------------------------------------------------------------------------------------- */

static void fact(struct buffer *out, const char *name, const char *value) {
    buffer_print(out, "<div><dt>%s</dt><dd>", name);
    html_text(out, value);
    buffer_add_text(out, "</dd></div>\n");
}

static void fact_buffer(struct buffer *out, const char *name, struct buffer *value) {
    char *text = buffer_take(value);
    fact(out, name, text);
    free(text);
}

static void add_schema(const struct result *result, struct buffer *out) {
    buffer_add_text(out, "<div><dt>Schema</dt><dd>");
    html_text(out, result->schema_name);
    if (strcmp(result->schema_file, "built-in") != 0) {
        buffer_add_text(out, " from ");
        html_text(out, result->schema_file);
    } else {
        buffer_add_text(out, ", built in");
    }
    buffer_add_text(out, "</dd></div>\n<div><dt>SHA-256 of the schema</dt><dd><code class=\"hash\">");
    html_text(out, result->schema_sha256);
    buffer_add_text(out, "</code></dd></div>\n");
}

static void add_dates(const struct result *result, struct buffer *out) {
    struct buffer text = {0};
    if (result->first_date)
        buffer_print(&text, "%s to %s", result->first_date, result->last_date);
    else
        buffer_add_text(&text, "none");
    fact_buffer(out, "Dates of the rows", &text);
    fact(out, "Period requested", result->period ? result->period : "none: all days");
    fact(out, "Days of", result->zone ? result->zone : "no time zone");
}

static void add_grain(const struct result *result, struct buffer *out) {
    struct buffer text = {0};
    if (strcmp(result->by, "row") == 0) {
        buffer_add_text(&text, "every row");
    } else {
        buffer_print(&text, "totals by %s", result->by);
        if (result->per[0]) buffer_print(&text, " per %s", result->per);
        if (strcmp(result->layout, "metric") == 0) buffer_add_text(&text, ", one metric a registration");
    }
    fact_buffer(out, "Registrations from", &text);
    words_plural(&text, result->registrations, "registration", "registrations");
    buffer_add_text(&text, ", ");
    words_plural(&text, result->employees, "employee", "employees");
    fact_buffer(out, result->publication == PUBLISHED ? "Written" : "Ready to be written", &text);
}

static void add_file(const struct result_file *file, struct buffer *out) {
    buffer_add_text(out, "<tr><th scope=\"row\" class=\"place\">");
    html_text(out, file->path);
    for (size_t i = 0; i < file->title_count; i++) {
        buffer_add_text(out, "<br><span class=\"soft\">title line: ");
        html_text(out, file->titles[i]);
        buffer_add_text(out, "</span>");
    }
    buffer_add_text(out, "</th><td class=\"kind\">");
    html_text(out, file->shape);
    buffer_add_text(out, ", ");
    html_text(out, file->encoding);
    buffer_print(out, "%s</td>", file->compressed ? ", gzip" : "");
    html_count_cell(out, file->rows);
    html_count_cell(out, file->written);
    html_count_cell(out, file->rejected);
    html_count_cell(out, file->bytes);
    buffer_add_text(out, "<td><code class=\"hash\">");
    html_text(out, file->sha256);
    buffer_add_text(out, "</code></td></tr>\n");
}

static void add_files(const struct result *result, struct buffer *out) {
    html_table_start(out, "Files that were read", "region");
    buffer_add_text(out, "<thead><tr>");
    html_head(out, "File", false);
    html_head(out, "Kind", false);
    static const char *const numbers[] = {"Rows", "Good", "Bad", "Bytes"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        html_head(out, numbers[i], true);
    html_head(out, "SHA-256", false);
    buffer_add_text(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < result->file_count; i++)
        add_file(&result->files[i], out);
    html_table_end(out);
}

/* --- the end --------------------------------------------------------------------------------------------- */

static void add_outputs(const struct result *result, struct buffer *out) {
    buffer_add_text(out, "<p id=\"outputs\">Written to the folder <code>");
    html_text(out, result->output_folder);
    buffer_add_text(out, "</code>, with result.json and receipt.json:</p>\n");
    html_table_start(out, "Files that were written", "region");
    buffer_add_text(out, "<thead><tr>");
    html_head(out, "File", false);
    html_head(out, "Records", true);
    html_head(out, "Bytes", true);
    html_head(out, "SHA-256", false);
    buffer_add_text(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < result->output_count; i++) {
        const struct result_output *output = &result->outputs[i];
        buffer_add_text(out, "<tr>");
        html_row_head(out, output->name);
        if (output->records > 0)
            html_count_cell(out, output->records);
        else
            buffer_add_text(out, "<td class=\"n\">–</td>");
        html_count_cell(out, output->bytes);
        buffer_add_text(out, "<td><code class=\"hash\">");
        html_text(out, output->sha256);
        buffer_add_text(out, "</code></td></tr>\n");
    }
    html_table_end(out);
}

void html_notes(const struct result *result, struct buffer *out) {
    if (result->note_count > 0) {
        html_section(out, "notes", "Notes");
        buffer_add_text(out, "<ul>\n");
        for (size_t i = 0; i < result->note_count; i++) {
            buffer_add_text(out, "<li>");
            html_text(out, result->notes[i]);
            buffer_add_text(out, "</li>\n");
        }
        buffer_add_text(out, "</ul>\n</section>\n");
    }
}

/* --- all of it, folded ------------------------------------------------------------------------------------ */

void html_facts(const struct result *result, struct buffer *out) {
    html_section(out, "facts", "Technical details");
    buffer_add_text(out, "<details><summary>Settings, files and their SHA-256</summary>\n<dl class=\"facts\">\n");
    add_dates(result, out);
    add_grain(result, out);
    fact(out, "On an error",
         strcmp(result->on_error, "stop") == 0 ? "stop: nothing is published" : "reject: set the row aside");
    fact(out, "Fails on", result->fail_on);
    add_schema(result, out);
    buffer_add_text(out, "</dl>\n");
    add_files(result, out);
    if (result->output_folder && result->output_count > 0) add_outputs(result, out);
    buffer_add_text(out, "</details>\n</section>\n");
}
