/* text_words.c: places and colours, as all reports made of words write them. */
#include "render/text_private.h"
#include "workbook/sheet.h"

void text_colour(const struct text_options *options, struct buffer *out, const char *code) {
    if (options->colour) buffer_print(out, "\033[%sm", code);
}

/* A spreadsheet's own way to name a cell; texts have lines and columns. */
void render_place(const struct result *result, const struct issue_example *example, struct buffer *out) {
    if (example->file >= result->file_count) return;
    const struct result_file *file = &result->files[example->file];
    plain_add_text(out, file->path);
    if (example->line == 0) return;
    buffer_add_char(out, ':');
    if (file->sheet) {
        sheet_print_column(out, example->column - 1);
        buffer_print(out, "%llu", (unsigned long long)example->row);
    } else {
        buffer_print(out, "%llu:%llu", (unsigned long long)example->line, (unsigned long long)example->column);
    }
}
