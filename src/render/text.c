/* text.c: the terminal report. Verdict first, then what it rests on: files, ledger, issues by cause, notes, what was
 * made, what to do next. */
#include "render/text_private.h"

#include <stdlib.h>

#include "base/memory.h"

#define SHOWN_NAMES 8

/* --- verdict --------------------------------------------------------------------------------------- */

static void add_verdict(const struct result *result, const struct text_options *options, struct buffer *out) {
    static const char *const colours[] = {
        [VERDICT_ALL_IN] = "1;32", [VERDICT_SET_ASIDE] = "1;33", [VERDICT_NOTHING] = "1;31"};
    text_colour(options, out, colours[report_verdict_state(result)]);
    report_verdict(result, out);
    bool is_written = result->publication == PUBLISHED || result->publication == PUBLISHED_REPORTS;
    if (is_written && result->output_folder) {
        buffer_add_text(out, " (");
        plain_add_text(out, result->output_folder);
        buffer_add_char(out, ')');
    }
    text_colour(options, out, "0");
    buffer_add_char(out, '\n');
    size_t begin = out->length;
    report_headline(result, out);
    if (out->length > begin) buffer_add_char(out, '\n');
}

/* A text from outside behind some of ours; nothing where there is none. */
static void add_fact(struct buffer *out, const char *before, const char *text) {
    if (!text) return;
    buffer_add_text(out, before);
    plain_add_text(out, text);
}

static void add_facts(const struct result *result, struct buffer *out) {
    add_fact(out, "  schema ", result->schema_name);
    if (strcmp(result->schema_file, "built-in") != 0) add_fact(out, " from ", result->schema_file);
    if (result->first_date) {
        add_fact(out, ", ", result->first_date);
        add_fact(out, " to ", result->last_date);
        buffer_add_text(out, ", ");
        words_plural(out, result->employees, "employee", "employees");
    }
    if (strcmp(result->by, "row") != 0) {
        add_fact(out, ", by ", result->by);
        add_fact(out, " per ", result->per);
    }
    add_fact(out, ", period ", result->period);
    add_fact(out, ", days of ", result->zone);
    for (size_t i = 0; i < result->inputs.count; i++)
        if (result->inputs.list[i].role == FILE_CONFIGURATION)
            add_fact(out, ", configuration ", result->inputs.list[i].path);
    buffer_add_char(out, '\n');
}

/* A list of names, eight at most. */
static void add_names(struct buffer *out, char *const *names, size_t count) {
    for (size_t i = 0; i < count && i < SHOWN_NAMES; i++) {
        buffer_add_text(out, i ? ", " : "");
        plain_add_text(out, names[i]);
    }
    if (count > SHOWN_NAMES) buffer_print(out, " and %zu more", count - SHOWN_NAMES);
}

static bool has_same_columns(const struct result_file *one, const struct result_file *other) {
    bool is_same = one->unsent == other->unsent && one->unsent_number_count == other->unsent_number_count &&
                   strcmp(one->roles, other->roles) == 0;
    for (size_t i = 0; is_same && i < one->unsent_number_count; i++)
        is_same = strcmp(one->unsent_numbers[i], other->unsent_numbers[i]) == 0;
    return is_same;
}

/* What the columns of a file became; said again only where a file differs from the one before. */
static void add_columns(const struct result *result, size_t number, struct buffer *out) {
    const struct result_file *file = &result->files[number];
    if (!file->roles || (number > 0 && result->files[number - 1].roles && has_same_columns(file, file - 1))) return;
    buffer_add_text(out, "    ");
    plain_add_text(out, file->roles);
    buffer_add_char(out, '\n');
    if (file->unsent == 0) return;
    buffer_add_text(out, "    not sent: ");
    words_plural(out, file->unsent, "column", "columns");
    if (file->unsent_number_count > 0) {
        buffer_add_text(out, ", of which these hold numbers: ");
        add_names(out, file->unsent_numbers, file->unsent_number_count);
    }
    buffer_add_char(out, '\n');
}

/* The ledger follows columns that --drop leaves out, too. */
static bool is_sent(const struct result *result, const char *title) {
    if (strcmp(result->by, "row") != 0) return true;
    for (size_t i = 0; i < result->field_count; i++)
        if (strcmp(result->fields[i].title, title) == 0) return true;
    return false;
}

static void add_amounts(const struct result *result, struct buffer *out) {
    char **titles = memory_get_zero(result->ledger.column_count + 1, sizeof *titles);
    size_t count = 0;
    for (size_t i = 0; i < result->ledger.column_count; i++)
        if (is_sent(result, result->columns[i].title)) titles[count++] = result->columns[i].title;
    buffer_add_text(out, count > 0 ? "  amounts sent: " : "  no amounts are sent");
    add_names(out, titles, count);
    buffer_add_char(out, '\n');
    free(titles);
}

static void add_files(const struct result *result, const struct text_options *options, struct buffer *out) {
    for (size_t i = 0; i < result->file_count; i++) {
        const struct result_file *file = &result->files[i];
        buffer_add_text(out, "  ");
        plain_add_text(out, file->path);
        if (file->sheet) {
            add_fact(out, ": workbook, sheet \"", file->sheet);
            buffer_add_text(out, "\", ");
        } else {
            add_fact(out, ": ", file->shape);
            add_fact(out, ", ", file->encoding);
            buffer_add_text(out, file->compressed ? ", gzip, " : ", ");
        }
        words_plural(out, file->rows, "row", "rows");
        if (result->file_count > 1) {
            buffer_add_text(out, ", of them ");
            words_count(out, file->written);
            buffer_add_text(out, " good, ");
            words_count(out, file->rejected);
            buffer_add_text(out, " bad");
        }
        buffer_add_char(out, '\n');
        add_columns(result, i, out);
        if (options->verbose) {
            buffer_print(out, "    %llu bytes, SHA-256 %s\n", (unsigned long long)file->bytes, file->sha256);
            for (size_t k = 0; k < file->title_count; k++) {
                add_fact(out, "    title line: ", file->titles[k]);
                buffer_add_char(out, '\n');
            }
        }
    }
}

/* --- notes, totals, outputs -------------------------------------------------------------------------- */

static void add_totals(const struct result *result, const struct text_options *options, struct buffer *out) {
    struct totals_count count = result_count_totals(result);
    if (result->total_count == 0) return;
    buffer_add_text(out, "\nTotal rows in the file: ");
    if (count.compared > 0)
        buffer_print(out, "%zu of %zu agree with the sums of their rows (percentages are weighted and not compared)%s",
                     count.agreeing, count.compared, count.compared < result->total_count ? "; " : "");
    if (count.compared < result->total_count)
        buffer_print(out, "%zu could not be compared", result->total_count - count.compared);
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < result->total_count; i++) {
        const struct result_total *total = &result->totals[i];
        if (total->agrees && !options->verbose && result->total_count > 3) continue;
        buffer_add_text(out, "  ");
        plain_add_text(out, result->files[total->file].path);
        buffer_print(out, ":%llu: ", (unsigned long long)total->line);
        plain_add_text(out, total->kind);
        if (total->group[0]) add_fact(out, " of ", total->group);
        buffer_add_char(out, ' ');
        plain_add_text(out, total->text);
        buffer_add_char(out, '\n');
    }
}

static void add_active(const struct result *result, struct buffer *out) {
    if (!result->has_active) return;
    uint64_t rows = result->ledger.rows[LEDGER_WRITTEN] + result->ledger.rows[LEDGER_INACTIVE];
    buffer_add_text(out, "\nActive: ");
    if (result->inactive_rows == 0) {
        buffer_add_text(out, "no row has Active = false, so nothing deactivated is sent\n");
        return;
    }
    words_count(out, result->inactive_rows);
    buffer_add_text(out, " of ");
    words_plural(out, rows, "row has Active = false", "rows have Active = false");
    buffer_add_text(out, result->active_only ? "; they are not sent. With them:\n"
                                             : "; they are sent, as exported. Without them (--active-only):\n");
    uint64_t counted = result->ledger.rows[LEDGER_WRITTEN];
    buffer_add_text(out, "  rows ");
    words_count(out, result->active_only ? counted + result->inactive_rows : counted - result->inactive_rows);
    buffer_add_text(out, " instead of ");
    words_count(out, counted);
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < result->ledger.column_count; i++) {
        wide_integer written = result->ledger.sums[LEDGER_WRITTEN][i];
        wide_integer other =
            result->active_only ? written + result->columns[i].inactive_sum : written - result->columns[i].inactive_sum;
        buffer_add_text(out, "  ");
        plain_add_text(out, result->columns[i].title);
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
        plain_add_text(out, result->notes[i]);
        buffer_add_char(out, '\n');
    }
}

static void add_outputs(const struct result *result, struct buffer *out) {
    if (!result->output_folder || result->output_count == 0) return;
    buffer_add_text(out, result->publication == PUBLISHED_REPORTS ? "\nReports written to " : "\nWritten to ");
    plain_add_text(out, result->output_folder);
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < result->output_count; i++) {
        struct buffer name = {0};
        plain_add_text(&name, result->outputs[i].name);
        buffer_add_text(out, "  ");
        words_left(out, buffer_view(&name), 20);
        buffer_free(&name);
        words_plural(out, result->outputs[i].bytes, "byte", "bytes");
        if (result->outputs[i].records > 0) {
            buffer_add_text(out, ", ");
            words_plural(out, result->outputs[i].records, "record", "records");
        }
        buffer_add_char(out, '\n');
    }
    buffer_add_text(out, "  result.json, receipt.json\n");
    bool is_proposed = result->publication == PUBLISHED_REPORTS && result->next && strstr(result->next, " --force");
    if (is_proposed) buffer_add_text(out, "  --force in the commands replaces this folder\n");
}

/* The command on the line of "Next:", or, after a note, on its own. "Next:" is always a command. */
static void add_next(const struct result *result, const struct text_options *options, struct buffer *out) {
    buffer_add_char(out, '\n');
    text_colour(options, out, "1");
    buffer_add_text(out, "Next: ");
    text_colour(options, out, "0");
    if (result->next_note) plain_add_text(out, result->next_note);
    if (result->next_note && result->next) buffer_add_text(out, ":\n  ");
    if (result->next) plain_add_text(out, result->next);
    buffer_add_char(out, '\n');
}

void render_text(const struct result *result, const struct text_options *options, struct buffer *out) {
    add_verdict(result, options, out);
    if (result->publication == PUBLISHED_STOPPED) {
        if (!result->stopped_fix) return;
        buffer_add_text(out, "    fix: ");
        plain_add_lines(out, result->stopped_fix, FIX_INDENT);
        buffer_add_char(out, '\n');
        return;
    }
    if (!options->quiet) {
        add_facts(result, out);
        add_files(result, options, out);
        add_amounts(result, out);
        text_ledger(result, options, out);
        text_grid(result, options, out);
    }
    text_issues(result, options, out);
    if (!options->quiet) {
        add_totals(result, options, out);
        add_active(result, out);
        add_notes(result, out);
        add_outputs(result, out);
    }
    bool has_next = result->next || result->next_note;
    if (has_next && !(options->quiet && result->exit_code == EXIT_FINE)) add_next(result, options, out);
}
