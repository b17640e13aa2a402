/* cells_alone: writes the cells that workbook_cells.py lists with libxlsxwriter and nothing else, to see what we add to its time.
 *
 *     cells_alone CELLS OUT.xlsx
 *
 * The list is our own, so nothing is checked. Shared strings, as a review workbook has them. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xlsxwriter.h>

enum { LINE_LIMIT = 1 << 18, STYLE_LIMIT = 256 };

/* Ends the word at *at, and goes to the next one. */
static char *take_word(char **at) {
    char *word = *at, *end = strchr(word, '\t');
    if (end) *end = '\0';
    *at = end ? end + 1 : word + strlen(word);
    return word;
}

/* A text without its escapes, in place. */
static char *text_of(char *text) {
    char *to = strchr(text, '\\');
    if (!to) return text;
    for (const char *from = to; *from; from++) {
        bool is_escape = *from == '\\';
        if (is_escape) from++;
        *to++ = (char)(!is_escape ? *from : *from == 't' ? '\t' : *from == 'n' ? '\n' : *from == 'r' ? '\r' : '\\');
    }
    *to = '\0';
    return text;
}

static void write_cell(lxw_worksheet *sheet, lxw_format *const *formats, char *at) {
    lxw_row_t row = (lxw_row_t)strtoul(take_word(&at), NULL, 10);
    lxw_col_t column = (lxw_col_t)strtoul(take_word(&at), NULL, 10);
    lxw_format *format = formats[strtoul(take_word(&at), NULL, 10) % STYLE_LIMIT];
    switch (*take_word(&at)) {
    case 'n': worksheet_write_number(sheet, row, column, strtod(at, NULL), format); break;
    case 'b': worksheet_write_boolean(sheet, row, column, *at == '1', format); break;
    case 'e': worksheet_write_blank(sheet, row, column, format); break;
    case 'f': {
        char formula[LINE_LIMIT];
        snprintf(formula, sizeof formula, "=%s", text_of(take_word(&at)));
        worksheet_write_formula_num(sheet, row, column, formula, format, strtod(at, NULL));
        break;
    }
    default: worksheet_write_string(sheet, row, column, text_of(at), format); break;
    }
}

int main(int argc, char **argv) {
    static char line[LINE_LIMIT];
    lxw_format *formats[STYLE_LIMIT] = {NULL};
    lxw_worksheet *sheet = NULL;
    FILE *file = argc == 3 ? fopen(argv[1], "r") : NULL;
    if (!file) {
        fputs("usage: cells_alone CELLS OUT.xlsx\n", stderr);
        return 2;
    }
    lxw_workbook_options options = {.use_zip64 = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(argv[2], &options);
    while (fgets(line, sizeof line, file)) {
        char *at = line;
        line[strcspn(line, "\n")] = '\0';
        const char *what = take_word(&at);
        if (*what == 'c') {
            write_cell(sheet, formats, at);
        } else if (strcmp(what, "sheet") == 0) {
            sheet = workbook_add_worksheet(book, at);
        } else {
            size_t number = strtoul(take_word(&at), NULL, 10) % STYLE_LIMIT;
            formats[number] = workbook_add_format(book);
            format_set_num_format(formats[number], at);
        }
    }
    fclose(file);
    lxw_error result = workbook_close(book);
    if (result != LXW_NO_ERROR) fprintf(stderr, "cells_alone: %s: %s\n", argv[2], lxw_strerror(result));
    return result == LXW_NO_ERROR ? 0 : 4;
}
