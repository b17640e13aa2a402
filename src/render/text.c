/* text.c: the terminal report. Verdict first, then what it rests on: files, ledger, issues by cause, notes, what was
 * made, what to do next. */
#include "render/text_private.h"

#include <stdlib.h>

#include "base/memory.h"

/* --- words and colours -------------------------------------------------------------------------- */

void text_colour(const struct text_options *options, struct buffer *out, const char *code) {
    if (options->colour) buffer_print(out, "\033[%sm", code);
}

void text_count(struct buffer *out, uint64_t count) {
    decimal_print_human(out, (wide_integer)count * DECIMAL_SCALE, false);
}

void text_plural(struct buffer *out, uint64_t count, const char *one, const char *many) {
    text_count(out, count);
    buffer_add_char(out, ' ');
    buffer_add_text(out, count == 1 ? one : many);
}

void text_safe(struct buffer *out, const char *text) {
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < 0x20 || c == 0x7f)
            buffer_print(out, "\\x%02x", c);
        else
            buffer_add_char(out, *text);
    }
}

/* --- verdict --------------------------------------------------------------------------------------- */

static void add_verdict(const struct result *result, const struct text_options *options, struct buffer *out) {
    bool is_bad = result->exit_code != EXIT_FINE;
    text_colour(options, out, is_bad ? "1;31" : "1;32");
    report_verdict(result, out);
    bool is_written = result->publication == PUBLISHED || result->publication == PUBLISHED_REPORTS;
    if (is_written && result->output_folder) {
        buffer_add_text(out, " (");
        text_safe(out, result->output_folder);
        buffer_add_char(out, ')');
    }
    text_colour(options, out, "0");
    buffer_add_char(out, '\n');
}

static void add_facts(const struct result *result, struct buffer *out) {
    buffer_add_text(out, "  schema ");
    text_safe(out, result->schema_name);
    if (strcmp(result->schema_file, "built-in") != 0) {
        buffer_add_text(out, " from ");
        text_safe(out, result->schema_file);
    }
    if (result->first_date) {
        buffer_print(out, ", %s to %s, ", result->first_date, result->last_date);
        text_plural(out, result->employees, "employee", "employees");
    }
    if (strcmp(result->by, "row") != 0) {
        buffer_print(out, ", by %s per ", result->by);
        text_safe(out, result->per);
    }
    if (result->period) buffer_print(out, ", period %s", result->period);
    if (result->zone) buffer_print(out, ", days of %s", result->zone);
    buffer_add_char(out, '\n');
}

static void add_files(const struct result *result, const struct text_options *options, struct buffer *out) {
    for (size_t i = 0; i < result->file_count; i++) {
        const struct result_file *file = &result->files[i];
        buffer_add_text(out, "  ");
        text_safe(out, file->path);
        if (file->sheet) {
            buffer_add_text(out, ": workbook, sheet \"");
            text_safe(out, file->sheet);
            buffer_add_text(out, "\", ");
        } else {
            buffer_print(out, ": %s, %s%s, ", file->shape, file->encoding, file->compressed ? ", gzip" : "");
        }
        text_plural(out, file->rows, "row", "rows");
        if (result->file_count > 1) {
            buffer_add_text(out, ", of them ");
            text_count(out, file->written);
            buffer_add_text(out, " good, ");
            text_count(out, file->rejected);
            buffer_add_text(out, " bad");
        }
        buffer_add_char(out, '\n');
        if (options->verbose) {
            buffer_print(out, "    %llu bytes, SHA-256 %s\n", (unsigned long long)file->bytes, file->sha256);
            for (size_t k = 0; k < file->title_count; k++) {
                buffer_add_text(out, "    title line: ");
                text_safe(out, file->titles[k]);
                buffer_add_char(out, '\n');
            }
        }
    }
}

/* --- notes, totals, outputs -------------------------------------------------------------------------- */

static void add_totals(const struct result *result, const struct text_options *options, struct buffer *out) {
    size_t agreeing = 0;
    for (size_t i = 0; i < result->total_count; i++)
        agreeing += result->totals[i].agrees;
    if (result->total_count == 0) return;
    buffer_add_text(out, "\nTotal rows in the file: ");
    buffer_print(out, "%zu of %zu agree with our own sums (percentages there are weighted: not compared)\n", agreeing,
                 result->total_count);
    for (size_t i = 0; i < result->total_count; i++) {
        const struct result_total *total = &result->totals[i];
        if (total->agrees && !options->verbose && result->total_count > 3) continue;
        buffer_add_text(out, "  ");
        text_safe(out, result->files[total->file].path);
        buffer_print(out, ":%llu: %s", (unsigned long long)total->line, total->kind);
        if (total->group[0]) {
            buffer_add_text(out, " of ");
            text_safe(out, total->group);
        }
        buffer_add_char(out, ' ');
        text_safe(out, total->text);
        buffer_add_char(out, '\n');
    }
}

static void add_active(const struct result *result, struct buffer *out) {
    if (!result->has_active) return;
    uint64_t rows = result->ledger.rows[LEDGER_WRITTEN] + result->ledger.rows[LEDGER_INACTIVE];
    buffer_add_text(out, "\nActive: ");
    if (result->inactive_rows == 0) {
        buffer_add_text(out, "every row is active\n");
        return;
    }
    text_count(out, result->inactive_rows);
    buffer_add_text(out, " of ");
    text_plural(out, rows, "row has Active = false", "rows have Active = false");
    buffer_add_text(out, result->active_only ? "; they are left out. With them:\n"
                                             : "; they count, as exported. Without them (--active-only):\n");
    uint64_t counted = result->ledger.rows[LEDGER_WRITTEN];
    buffer_add_text(out, "  rows ");
    text_count(out, result->active_only ? counted + result->inactive_rows : counted - result->inactive_rows);
    buffer_add_text(out, " instead of ");
    text_count(out, counted);
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < result->ledger.column_count; i++) {
        wide_integer written = result->ledger.sums[LEDGER_WRITTEN][i];
        wide_integer other =
            result->active_only ? written + result->columns[i].inactive_sum : written - result->columns[i].inactive_sum;
        buffer_add_text(out, "  ");
        text_safe(out, result->columns[i].title);
        buffer_add_char(out, ' ');
        decimal_print_human(out, other, result->columns[i].is_money);
        buffer_add_text(out, " instead of ");
        decimal_print_human(out, written, result->columns[i].is_money);
        buffer_add_char(out, '\n');
    }
}

static void add_notes(const struct result *result, struct buffer *out) {
    if (result->note_count > 0) buffer_add_text(out, "\nNotes\n");
    for (size_t i = 0; i < result->note_count; i++) {
        buffer_add_text(out, "  ");
        text_safe(out, result->notes[i]);
        buffer_add_char(out, '\n');
    }
}

static void add_outputs(const struct result *result, struct buffer *out) {
    if (!result->output_folder || result->output_count == 0) return;
    buffer_add_text(out, "\nWritten to ");
    text_safe(out, result->output_folder);
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < result->output_count; i++) {
        buffer_print(out, "  %-20s", result->outputs[i].name);
        text_plural(out, result->outputs[i].bytes, "byte", "bytes");
        if (result->outputs[i].records > 0) {
            buffer_add_text(out, ", ");
            text_plural(out, result->outputs[i].records, "record", "records");
        }
        buffer_add_char(out, '\n');
    }
    buffer_add_text(out, "  result.json, receipt.json\n");
}

void render_text(const struct result *result, const struct text_options *options, struct buffer *out) {
    add_verdict(result, options, out);
    if (!options->quiet) {
        add_facts(result, out);
        add_files(result, options, out);
        text_ledger(result, options, out);
    }
    text_issues(result, options, out);
    if (!options->quiet) {
        add_totals(result, options, out);
        add_active(result, out);
        add_notes(result, out);
        add_outputs(result, out);
    }
    if (result->next && !(options->quiet && result->exit_code == EXIT_FINE)) {
        text_colour(options, out, "1");
        buffer_add_text(out, "\nNext: ");
        text_colour(options, out, "0");
        text_safe(out, result->next);
        buffer_add_char(out, '\n');
    }
}
