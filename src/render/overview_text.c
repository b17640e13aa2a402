/* overview_text.c: the overview in a terminal and in a cron mail. */
#include "render/overview_render.h"
#include "render/text_private.h"

/* --- the table -------------------------------------------------------------------------------------------- */

enum { COLUMN_NAME, COLUMN_VERDICT, COLUMN_FILES, COLUMN_ROWS, COLUMN_SENT, COLUMN_MONEY, COLUMN_COUNT };
static const char *const heads[COLUMN_COUNT] = {"Data source", "Verdict", "Files", "Rows", "Registrations", "Amount"};

static void add_cell(const struct overview_source *source, int column, struct buffer *out) {
    switch (column) {
    case COLUMN_NAME: plain_add_text(out, source->name); break;
    case COLUMN_VERDICT: plain_add_text(out, source->verdict ? source->verdict : "-"); break;
    case COLUMN_FILES: words_count(out, source->files); break;
    case COLUMN_ROWS: words_count(out, source->rows); break;
    case COLUMN_SENT: words_count(out, source->registrations); break;
    case COLUMN_MONEY:
        if (!source->has_money) break;
        decimal_print_human(out, source->money_written, true);
        buffer_add_char(out, ' ');
        plain_add_text(out, source->money_title);
        break;
    default: break;
    }
}

static bool is_number(int column) {
    return column == COLUMN_FILES || column == COLUMN_ROWS || column == COLUMN_SENT;
}

static void add_padded(struct buffer *out, struct view text, int column, size_t width) {
    if (is_number(column))
        words_right(out, text, width);
    else
        words_left(out, text, width);
    buffer_add_text(out, "  ");
}

static void end_line(struct buffer *out) {
    while (out->length > 0 && out->text[out->length - 1] == ' ')
        out->length--;
    buffer_add_char(out, '\n');
}

static void add_source(const struct overview_source *source, const size_t *widths, struct buffer *out) {
    struct buffer cell = {0};
    buffer_add_text(out, "  ");
    for (int i = 0; i < COLUMN_COUNT; i++) {
        cell.length = 0;
        add_cell(source, i, &cell);
        add_padded(out, buffer_view(&cell), i, widths[i]);
    }
    end_line(out);
    cell.length = 0;
    overview_age(source, &cell);
    if (source->headline) buffer_print(&cell, "%s%s", cell.length ? ". " : "", source->headline);
    if (source->headline && source->rejected_at) buffer_print(&cell, ": %s", source->rejected_at);
    if (source->note) buffer_print(&cell, "%s%s", cell.length ? ". " : "", source->note);
    if (cell.length > 0) {
        buffer_add_text(out, "    ");
        plain_add(out, buffer_view(&cell));
        buffer_add_char(out, '\n');
    }
    buffer_free(&cell);
    overview_error_text(source, out);
}

void overview_error_text(const struct overview_source *source, struct buffer *out) {
    if (source->details) {
        buffer_add_text(out, "    ");
        plain_add_lines(out, source->details, "    ");
        buffer_add_char(out, '\n');
        return;
    }
    if (source->stopped) {
        buffer_add_text(out, "    error: ");
        plain_add_text(out, source->stopped);
        buffer_add_char(out, '\n');
    }
    if (source->stopped && source->stopped_fix) {
        buffer_add_text(out, "    fix: ");
        plain_add_lines(out, source->stopped_fix, FIX_INDENT);
        buffer_add_char(out, '\n');
    }
}

void render_overview_table(const struct overview *overview, struct buffer *out) {
    size_t widths[COLUMN_COUNT];
    struct buffer cell = {0};
    for (int i = 0; i < COLUMN_COUNT; i++) {
        widths[i] = strlen(heads[i]);
        for (size_t k = 0; k < overview->source_count; k++) {
            cell.length = 0;
            add_cell(&overview->sources[k], i, &cell);
            size_t width = plain_width(buffer_view(&cell));
            widths[i] = width > widths[i] ? width : widths[i];
        }
    }
    buffer_free(&cell);
    buffer_add_text(out, "  ");
    for (int i = 0; i < COLUMN_COUNT; i++)
        add_padded(out, view_of(heads[i]), i, widths[i]);
    end_line(out);
    for (size_t i = 0; i < overview->source_count; i++)
        add_source(&overview->sources[i], widths, out);
}

/* --- files ------------------------------------------------------------------------------------------------ */

static void add_unsorted(const struct overview *overview, struct buffer *out) {
    if (overview->unsorted_count > 0) buffer_add_text(out, "\nNot recognized\n");
    for (size_t i = 0; i < overview->unsorted_count; i++) {
        buffer_add_text(out, "  ");
        plain_add_text(out, overview->unsorted[i].reason);
        buffer_add_char(out, '\n');
        if (!overview->unsorted[i].fix) continue;
        buffer_add_text(out, "    fix: ");
        plain_add_lines(out, overview->unsorted[i].fix, FIX_INDENT);
        buffer_add_char(out, '\n');
    }
}

static void add_skipped(const struct overview *overview, struct buffer *out) {
    const struct skipped_files *skipped = overview->skipped;
    if (!skipped || skipped->count == 0) return;
    buffer_add_text(out, "\nNot exports, so not read\n");
    for (size_t i = 0; i < skipped->count; i++) {
        const struct skipped_file *file = &skipped->list[i];
        const char *advice = skipped_advice(file);
        if (file->may_hold_one) buffer_print(out, "  %s: ", issue_kind(W128_UNREAD_FILE)->name);
        if (!file->may_hold_one) buffer_add_text(out, "  ");
        plain_add_text(out, file->path);
        buffer_print(out, ": %s%s%s\n", file->reason, advice ? ". " : "", advice ? advice : "");
    }
}

void render_overview_text(const struct overview *overview, const struct text_options *options, struct buffer *out) {
    static const char *const colours[] = {
        [VERDICT_ALL_IN] = "1;32", [VERDICT_SET_ASIDE] = "1;33", [VERDICT_NOTHING] = "1;31"};
    text_colour(options, out, colours[overview_state(overview)]);
    overview_verdict(overview, out);
    if (overview->folder && overview->is_published) {
        buffer_add_text(out, " (");
        plain_add_text(out, overview->folder);
        buffer_add_char(out, ')');
    }
    text_colour(options, out, "0");
    buffer_add_char(out, '\n');
    buffer_add_char(out, '\n');
    render_overview_table(overview, out);
    add_unsorted(overview, out);
    if (!options->quiet) add_skipped(overview, out);
}
