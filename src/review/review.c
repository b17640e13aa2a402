/* review.c: the workbook as a whole: its sheets in order, their formats, and the order in which they are filled: Rows and
 * Rejected first, so that Issues can point to them, the Summary last, since it tells what the others could not hold. */
#include "review/review.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/memory.h"
#include "input/source/source.h"
#include "output/formats.h"
#include "review/review_private.h"

/* --- the workbook ------------------------------------------------------------------------------------------- */

#define MONEY_FORMAT "\"$\"#,##0.00_);[Red]-\"$\"#,##0.00_)"

/* How cells look that are no plain text. `top`: as text that stands beside wrapped cells. */
enum look {
    IS_BOLD = 1,
    IS_TOP = 2,
    IS_RIGHT = 4,
    IS_INDENTED = 8,
    IS_WRAPPED = 16,
    HAS_LINE_ABOVE = 32,
    HAS_LINE_BELOW = 64
};

struct format_look {
    size_t member; /* of struct review */
    unsigned look; /* of enum look */
    uint32_t colour, fill;
    const char *numbers;
};

/* In the order in which the workbook numbers them. */
static const struct format_look looks[] = {
    {offsetof(struct review, title), IS_BOLD, 0, 0, NULL},
    {offsetof(struct review, good), IS_BOLD | IS_TOP, 0x1B6B3A, 0xE3F4E8, NULL},
    {offsetof(struct review, mixed), IS_BOLD | IS_TOP, 0x7A4B00, 0xFDF0D5, NULL},
    {offsetof(struct review, bad), IS_BOLD | IS_TOP, 0x9C1C1C, 0xFBE4E4, NULL},
    {offsetof(struct review, differs), IS_BOLD, 0x9C1C1C, 0xFBE4E4, NULL},
    {offsetof(struct review, warn), IS_BOLD | IS_TOP, 0x7A4F01, 0xFFF2D6, NULL},
    {offsetof(struct review, bad_cell), IS_TOP, 0x9C1C1C, 0xFBD5D5, "@"},
    {offsetof(struct review, cell), IS_TOP, 0, 0, "@"},
    {offsetof(struct review, wrap), IS_TOP | IS_WRAPPED, 0, 0, "@"},
    {offsetof(struct review, top_money), IS_TOP | IS_RIGHT | IS_INDENTED, 0, 0, MONEY_FORMAT},
    {offsetof(struct review, top_whole), IS_TOP | IS_RIGHT | IS_INDENTED, 0, 0, "#,##0_)"},
    {offsetof(struct review, bold), IS_BOLD, 0, 0, NULL},
    {offsetof(struct review, whole), IS_RIGHT | IS_INDENTED, 0, 0, "#,##0_)"},
    {offsetof(struct review, difference), IS_BOLD | IS_RIGHT | IS_INDENTED, 0, 0,
     "[Red]#,##0.00_);[Red]-#,##0.00_);0_)"},
    {offsetof(struct review, bold_whole), IS_BOLD | IS_RIGHT | IS_INDENTED | HAS_LINE_ABOVE, 0, 0, "#,##0.####_)"},
    {offsetof(struct review, bold_money), IS_BOLD | IS_RIGHT | IS_INDENTED | HAS_LINE_ABOVE, 0, 0, MONEY_FORMAT},
    {offsetof(struct review, right_header), IS_BOLD | IS_RIGHT | IS_INDENTED | HAS_LINE_BELOW, 0, 0xE7ECF3, NULL},
    {offsetof(struct review, day), 0, 0, 0, NULL},
    {offsetof(struct review, wrapped_header), IS_BOLD | IS_RIGHT | IS_WRAPPED | HAS_LINE_BELOW, 0, 0xE7ECF3, NULL},
};

static lxw_format *new_format(struct review *review, const struct format_look *look) {
    lxw_format *format = workbook_add_format(review->writer.workbook);
    if (look->look & IS_BOLD) format_set_bold(format);
    if (look->colour) format_set_font_color(format, look->colour);
    if (look->fill) format_set_bg_color(format, look->fill);
    if (look->numbers) format_set_num_format(format, look->numbers);
    if (look->look & IS_TOP) format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (look->look & IS_WRAPPED) format_set_text_wrap(format);
    if (look->look & HAS_LINE_ABOVE) format_set_top(format, LXW_BORDER_THIN);
    if (look->look & HAS_LINE_BELOW) format_set_bottom(format, LXW_BORDER_THIN);
    if (look->look & IS_RIGHT) format_set_align(format, LXW_ALIGN_RIGHT);
    if (look->look & IS_INDENTED) format_set_indent(format, 1);
    return format;
}

static void make_formats(struct review *review) {
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        lxw_format *format = new_format(review, &looks[i]);
        memcpy((char *)review + looks[i].member, &format, sizeof format);
    }
    format_set_font_size(review->title, 16);
    format_set_border(review->bad_cell, LXW_BORDER_THIN);
    format_set_num_format_index(review->day, 14); /* as the reader's settings show a day */
    format_set_align(review->day, LXW_ALIGN_LEFT);
    review->link = workbook_get_default_url_format(review->writer.workbook);
    format_set_align(review->link, LXW_ALIGN_VERTICAL_TOP);
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
