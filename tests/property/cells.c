/* cells.c: what every cell of a workbook is for us, for book_cells.py to compare with openpyxl.
 *
 *     cells BOOK      "sheet<tab>NAME", then a line a cell: "B7<tab>kind<tab>text", tabs, line ends and backslashes escaped
 *
 * Exit 3 with the message if the book cannot be read. Without a book it does nothing: all programs here are run so, too. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "workbook/sheet.h"

static const char kinds[] = {[SHEET_TEXT] = 't', [SHEET_NUMBER] = 'n', [SHEET_BOOLEAN] = 'b', [SHEET_ERROR] = 'e'};

static void add_escaped(struct buffer *out, struct view text) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.text[i];
        if (c == '\\' || c == '\n' || c == '\r' || c == '\t') {
            buffer_add_char(out, '\\');
            c = c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c;
        }
        buffer_add_char(out, c);
    }
}

static void add_row(const struct book *book, const struct sheet_row *row, struct buffer *out) {
    struct buffer text = {0};
    for (size_t i = 0; i < row->count; i++) {
        text.length = 0;
        sheet_cell_print(book, &row->cells[i], &text);
        sheet_print_column(out, row->cells[i].column);
        buffer_print(out, "%llu\t%c\t", (unsigned long long)row->number, kinds[row->cells[i].kind]);
        add_escaped(out, buffer_view(&text));
        buffer_add_char(out, '\n');
    }
    buffer_free(&text);
}

static bool print_sheet(struct book *book, size_t index, struct error *error) {
    struct sheet *sheet = NULL;
    struct sheet_row row;
    struct buffer out = {0};
    buffer_print(&out, "sheet\t%s\n", book_sheet(book, index)->name);
    bool is_fine = sheet_open(book, index, &sheet, error), is_end = false;
    while (is_fine && !is_end) {
        is_fine = sheet_next(sheet, &row, &is_end, error);
        if (is_fine && !is_end) add_row(book, &row, &out);
    }
    sheet_close(sheet);
    fwrite(out.text, 1, out.length, stdout);
    buffer_free(&out);
    return is_fine;
}

int main(int argc, char **argv) {
    if (argc < 2) return 0;
    struct book *book = NULL;
    struct error error = {0};
    int file = open(argv[1], O_RDONLY);
    if (file < 0) {
        perror(argv[1]);
        return 2;
    }
    bool is_fine = book_open(file, 0, argv[1], 400, &book, &error);
    for (size_t i = 0; is_fine && i < book_sheet_count(book); i++)
        is_fine = print_sheet(book, i, &error);
    if (!is_fine) fprintf(stderr, "%s\n", error.message);
    book_close(book);
    error_free(&error);
    close(file);
    return is_fine ? 0 : 3;
}
