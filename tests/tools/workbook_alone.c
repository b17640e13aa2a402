/* workbook_alone: writes the cells of our import.xlsx with libxlsxwriter and nothing else, to see what we add to its
 * time.
 *
 *     workbook_alone import.csv OUT.xlsx TYPES
 *
 * TYPES has a letter for each column: t text, n number, d date, u duration, b boolean. The CSV is one that we wrote, so
 * its shape is known and nothing is checked. Constant memory, the same formats as ours. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xlsxwriter.h>

enum { ROW_LIMIT = 1 << 16, COLUMN_LIMIT = 256 };

/* Splits a row in place; the cells are NUL-terminated. Returns how many there are. */
static size_t split(char *row, char *cells[COLUMN_LIMIT]) {
    size_t count = 0;
    char *at = row;
    for (;;) {
        char *to = at;
        bool is_quoted = *at == '"';
        cells[count++] = to;
        if (is_quoted) at++;
        for (; *at && (is_quoted || (*at != ',' && *at != '\r' && *at != '\n')); at++) {
            if (is_quoted && *at == '"') {
                if (at[1] != '"') break;
                at++;
            }
            *to++ = *at;
        }
        if (is_quoted) at++;
        bool goes_on = *at == ',' && count < COLUMN_LIMIT;
        *to = '\0';
        if (!goes_on) return count;
        at++;
    }
}

/* A row of the file with its line breaks inside of quotes; false at the end. */
static bool read_row(FILE *file, char *row) {
    size_t length = 0, quotes = 0;
    do {
        if (!fgets(row + length, (int)(ROW_LIMIT - length), file)) return length > 0;
        for (; row[length]; length++)
            quotes += row[length] == '"';
    } while (quotes % 2);
    return true;
}

/* The number at *text, which is left behind it and the sign that follows; `otherwise` at the end. */
static double next_number(const char **text, double otherwise) {
    char *end;
    double number = strtod(*text, &end);
    if (end == *text) return otherwise;
    *text = *end ? end + 1 : end;
    return number;
}

static double date_of(const char *text) {
    int year = (int)next_number(&text, 1900), month = (int)next_number(&text, 1), day = (int)next_number(&text, 0);
    int hour = (int)next_number(&text, 0), minute = (int)next_number(&text, 0);
    lxw_datetime date = {year, month, day, hour, minute, next_number(&text, 0)};
    return lxw_datetime_to_excel_datetime(&date);
}

static double duration_of(const char *text) {
    bool is_negative = *text == '-';
    text += is_negative;
    double hours = next_number(&text, 0), minutes = next_number(&text, 0), seconds = next_number(&text, 0);
    double days = (hours * 3600 + minutes * 60 + seconds) / 86400;
    return is_negative ? -days : days;
}

struct formats {
    lxw_format *header, *text, *date, *duration, *money;
};

static lxw_format *add_format(lxw_workbook *book, const char *number) {
    lxw_format *format = workbook_add_format(book);
    format_set_num_format(format, number);
    return format;
}

static void write_cell(lxw_worksheet *sheet, const struct formats *formats, lxw_row_t row, lxw_col_t column,
                       const char *text, char type) {
    if (!*text) return;
    switch (type) {
    case 'n': worksheet_write_number(sheet, row, column, strtod(text, NULL), formats->money); break;
    case 'd': worksheet_write_number(sheet, row, column, date_of(text), formats->date); break;
    case 'u': worksheet_write_number(sheet, row, column, duration_of(text), formats->duration); break;
    case 'b': worksheet_write_boolean(sheet, row, column, strcmp(text, "Yes") == 0, NULL); break;
    default: worksheet_write_string(sheet, row, column, text, formats->text); break;
    }
}

int main(int argc, char **argv) {
    static char row[ROW_LIMIT];
    char *cells[COLUMN_LIMIT];
    FILE *file = argc == 4 ? fopen(argv[1], "r") : NULL;
    if (!file) {
        fputs("usage: workbook_alone import.csv OUT.xlsx TYPES\n", stderr);
        return 2;
    }
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .use_zip64 = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(argv[2], &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "Import");
    struct formats formats = {workbook_add_format(book), add_format(book, "@"), add_format(book, "yyyy-mm-dd hh:mm:ss"),
                              add_format(book, "[h]:mm:ss"), add_format(book, "#,##0.00;[Red]-#,##0.00")};
    format_set_bold(formats.header);
    worksheet_freeze_panes(sheet, 1, 1);
    for (lxw_row_t number = 0; read_row(file, row); number++) {
        size_t count = split(row, cells), types = strlen(argv[3]);
        for (size_t i = 0; i < count; i++)
            if (number == 0)
                worksheet_write_string(sheet, 0, (lxw_col_t)i, cells[i], formats.header);
            else
                write_cell(sheet, &formats, number, (lxw_col_t)i, cells[i], i < types ? argv[3][i] : 't');
    }
    fclose(file);
    lxw_error result = workbook_close(book);
    if (result != LXW_NO_ERROR) fprintf(stderr, "workbook_alone: %s: %s\n", argv[2], lxw_strerror(result));
    return result == LXW_NO_ERROR ? 0 : 4;
}
