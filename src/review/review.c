/* review.c: the workbook as a whole: its sheets in order, their formats, and the order in which they are filled: Rows and
 * Rejected first, so that Issues can point to them, the Summary last, since it tells what the others could not hold. */
#include "review/review.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/memory.h"
#include "input/source/source.h"
#include "output/formats.h"
#include "review/review_private.h"

/* --- the workbook ------------------------------------------------------------------------------------------- */

static lxw_format *new_format(struct review *review, bool is_bold, uint32_t colour, uint32_t fill) {
    lxw_format *format = workbook_add_format(review->writer.workbook);
    if (is_bold) format_set_bold(format);
    if (colour) format_set_font_color(format, colour);
    if (fill) format_set_bg_color(format, fill);
    return format;
}

static void make_formats(struct review *review) {
    review->title = new_format(review, true, 0, 0);
    format_set_font_size(review->title, 16);
    review->good = new_format(review, true, 0x1B6B3A, 0xE3F4E8);
    review->mixed = new_format(review, true, 0x7A4B00, 0xFDF0D5);
    review->bad = new_format(review, true, 0x9C1C1C, 0xFBE4E4);
    review->differs = new_format(review, true, 0x9C1C1C, 0xFBE4E4);
    review->warn = new_format(review, true, 0x7A4F01, 0xFFF2D6);
    review->bad_cell = new_format(review, false, 0x9C1C1C, 0xFBD5D5);
    format_set_num_format(review->bad_cell, "@");
    format_set_border(review->bad_cell, LXW_BORDER_THIN);
    review->cell = new_format(review, false, 0, 0);
    format_set_num_format(review->cell, "@");
    format_set_align(review->cell, LXW_ALIGN_VERTICAL_TOP);
    review->wrap = new_format(review, false, 0, 0);
    format_set_num_format(review->wrap, "@");
    format_set_align(review->wrap, LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(review->wrap);
    review->top_money = new_format(review, false, 0, 0);
    format_set_num_format(review->top_money, "\"$\"#,##0.00_);[Red]-\"$\"#,##0.00_)");
    format_set_align(review->top_money, LXW_ALIGN_VERTICAL_TOP);
    review->top_whole = new_format(review, false, 0, 0);
    format_set_num_format(review->top_whole, "#,##0_)");
    format_set_align(review->top_whole, LXW_ALIGN_VERTICAL_TOP);
    lxw_format *const top[] = {review->good, review->mixed, review->bad, review->warn, review->bad_cell};
    for (size_t i = 0; i < sizeof top / sizeof *top; i++)
        format_set_align(top[i], LXW_ALIGN_VERTICAL_TOP);
    review->bold = new_format(review, true, 0, 0);
    review->link = workbook_get_default_url_format(review->writer.workbook);
    format_set_align(review->link, LXW_ALIGN_VERTICAL_TOP);
    review->whole = new_format(review, false, 0, 0);
    format_set_num_format(review->whole, "#,##0_)");
    review->difference = new_format(review, true, 0, 0);
    format_set_num_format(review->difference, "[Red]#,##0.00_);[Red]-#,##0.00_);0_)");
    review->bold_whole = new_format(review, true, 0, 0);
    format_set_num_format(review->bold_whole, "#,##0.####_)");
    format_set_top(review->bold_whole, LXW_BORDER_THIN);
    review->bold_money = new_format(review, true, 0, 0);
    format_set_num_format(review->bold_money, "\"$\"#,##0.00_);[Red]-\"$\"#,##0.00_)");
    format_set_top(review->bold_money, LXW_BORDER_THIN);
    review->right_header = new_format(review, true, 0, 0xE7ECF3);
    format_set_bottom(review->right_header, LXW_BORDER_THIN);
    format_set_align(review->right_header, LXW_ALIGN_RIGHT);
    review->day = new_format(review, false, 0, 0);
    format_set_num_format_index(review->day, 14); /* as the reader's settings show a day */
    format_set_align(review->day, LXW_ALIGN_LEFT);
    lxw_format *const right[] = {review->whole,     review->difference,   review->bold_whole, review->bold_money,
                                 review->top_money, review->right_header, review->top_whole};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        format_set_align(right[i], LXW_ALIGN_RIGHT);
        format_set_indent(right[i], 1);
    }
    review->wrapped_header = new_format(review, true, 0, 0xE7ECF3);
    format_set_bottom(review->wrapped_header, LXW_BORDER_THIN);
    format_set_align(review->wrapped_header, LXW_ALIGN_RIGHT);
    format_set_text_wrap(review->wrapped_header);
}

static size_t needed_row_sheets(const struct review *review) {
    uint64_t each = SHEET_ROWS - 1, needed = (review->result->registrations + each - 1) / each;
    return needed < 1 ? 1 : needed < ROW_SHEETS ? (size_t)needed : ROW_SHEETS;
}

static bool make_sheets(struct review *review) {
    struct sheet_writer *writer = &review->writer;
    struct error *error = review->error;
    bool is_fine = (review->summary = sheet_writer_add(writer, "Summary", error)) != NULL;
    if (review->result->stopped) return is_fine && (review->origin = sheet_writer_add(writer, "Origin", error));
    is_fine = is_fine && (review->issues = sheet_writer_add(writer, "Issues", error));
    for (size_t i = 0; is_fine && review->files->has_import && i < needed_row_sheets(review); i++) {
        snprintf(review->row_names[i], sizeof review->row_names[i], i ? "Rows (%zu)" : "Rows", i + 1);
        review->rows[i] = sheet_writer_add(writer, review->row_names[i], error);
        is_fine = review->rows[i] != NULL;
    }
    if (is_fine && review->files->has_rejected) {
        review->rejected = sheet_writer_add(writer, "Rejected", error);
        is_fine = review->rejected != NULL;
    }
    is_fine = is_fine && (review->totals = sheet_writer_add(writer, "Totals", error));
    if (is_fine && review->result->grid.metric) {
        review->periods = sheet_writer_add(writer, "Periods", error);
        is_fine = review->periods != NULL;
    }
    return is_fine && (review->lists = sheet_writer_add(writer, "Lists", error)) &&
           (review->origin = sheet_writer_add(writer, "Origin", error));
}

/* Rows that issues want to point to. */
static void want_landings(struct review *review) {
    const struct issue_cause *const *causes;
    size_t count = issues_causes(review->result->issues, &causes);
    review->wanted_ids = table_create();
    review->wanted_rows = table_create();
    struct buffer key = {0};
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < causes[i]->example_count; k++) {
            const struct issue_example *example = &causes[i]->examples[k];
            if (example->row == 0 || example->file >= review->result->file_count) continue;
            if (example->id[0]) table_add(review->wanted_ids, view_of(example->id), NULL);
            key.length = 0;
            buffer_print(&key, "%s%c%llu", review->result->files[example->file].path, '\0',
                         (unsigned long long)example->row);
            table_add(review->wanted_rows, buffer_view(&key), NULL);
        }
    buffer_free(&key);
    size_t total = table_count(review->wanted_ids) + table_count(review->wanted_rows);
    review->landings = memory_get_zero(total + 1, sizeof *review->landings);
}

/* Whether Rows can be an Excel table. Tables need all sheets in memory until the end, so the rejected rows count too. */
static bool can_be_table(const struct result *result, const struct review_files *files) {
    uint64_t rejected = files->has_rejected ? result->ledger.rows[LEDGER_REJECTED] : 0;
    if (!files->has_import || result->registrations + rejected > TABLE_ROWS) return false;
    for (size_t i = 0; i < result->field_count; i++)
        if (strlen(result->fields[i].title) > TABLE_TITLE) return false;
    return true;
}

bool review_write(const struct result *result, const struct review_files *files, const char *path, int64_t created,
                  struct error *error) {
    struct review *review = memory_get_zero(1, sizeof *review);
    review->result = result;
    review->files = files;
    review->error = error;
    review->is_table = can_be_table(result, files);
    if (!sheet_writer_open(&review->writer, path, files->temporary, "st2plecto review", created, !review->is_table,
                           error)) {
        free(review);
        return false;
    }
    sheet_writer_for_people(&review->writer);
    make_formats(review);
    bool is_fine = make_sheets(review);
    want_landings(review);
    if (is_fine && result->stopped) {
        review_stopped(review);
        review_origin(review);
    } else if (is_fine && (is_fine = review_rows(review) && review_rejected(review))) {
        review_issues(review);
        review_totals(review);
        review_grid(review);
        review_lists(review);
        review_origin(review);
        review_summary(review);
    }
    struct error ignored = {0}; /* the first error counts */
    is_fine = sheet_writer_close(&review->writer, path, is_fine ? error : &ignored) && is_fine;
    error_free(&ignored);
    table_destroy(review->wanted_ids);
    table_destroy(review->wanted_rows);
    free(review->landings);
    for (size_t i = 0; i < review->label_count; i++)
        free(review->labels[i]);
    free(review->labels);
    free(review);
    return is_fine;
}

/* --- from a published folder ---------------------------------------------------------------------------------- */

struct folder {
    const struct result *result;
    const char *path;
};

static const struct result_output *find_output(const struct result *result, const char *name) {
    for (size_t i = 0; i < result->output_count; i++)
        if (strcmp(result->outputs[i].name, name) == 0) return &result->outputs[i];
    return NULL;
}

static bool read_file(void *context, const char *name, void (*take)(void *context, struct view bytes),
                      void *take_context, struct error *error) {
    const struct folder *folder = context;
    char *path = memory_print("%s/%s", folder->path, name), hex[65];
    struct source *source = NULL;
    char *piece = memory_get(1 << 18);
    bool is_fine = source_open(path, NULL, &source, error);
    for (size_t got = 1; is_fine && got > 0;) {
        is_fine = source_read(source, piece, 1 << 18, &got, error);
        if (is_fine && got > 0) take(take_context, view_from(piece, got));
    }
    if (is_fine) {
        source_sha256(source, hex);
        if (strcmp(hex, find_output(folder->result, name)->sha256) != 0) {
            is_fine = error_set(error, EXIT_CANNOT_READ, "%s is not the file that result.json describes", path);
            error_fix(error, "Convert again. Do not change files of a published folder.");
        }
    }
    source_close(source);
    free(piece);
    free(path);
    return is_fine;
}

bool review_write_from(const struct result *result, const char *folder, const char *path, const char *temporary,
                       int64_t created, struct error *error) {
    struct folder context = {result, folder};
    struct review_files files = {.read = read_file,
                                 .context = &context,
                                 .has_import = folder && find_output(result, output_name(OUTPUT_CSV)),
                                 .has_rejected = folder && find_output(result, output_name(OUTPUT_REJECTED)),
                                 .temporary = temporary};
    return review_write(result, &files, path, created, error);
}
