/* sheet_writer.c: see sheet_writer.h. A spreadsheet's number is a double: amounts of up to 15 digits are exact in it,
 * longer ones go out as text, because a silently changed digit would be worse. */
#include "output/sheet_writer.h"

#include <stdio.h>
#include <time.h>

#include "base/libraries.h"
#include "base/sanitized.h"
#include "values/decimal.h"
#include "values/duration.h"

#ifdef IS_ADDRESS_SANITIZED
#include <sanitizer/lsan_interface.h>
#endif

#define EXACT_LIMIT ((int64_t)1000000000000000) /* 15 digits, in ten-thousandths */
#define NOON 43200                              /* seconds: the time of a registration that has a day only */
#define SPREADSHEET_EPOCH (-25569)              /* 1899-12-30 in days since 1970 */

/* Numbers keep a small distance from the text in the next column. */
static void indent(lxw_format *format) {
    format_set_align(format, LXW_ALIGN_RIGHT);
    format_set_indent(format, 1);
}

static lxw_format *number_format(lxw_workbook *workbook, const char *positive, int places, bool is_money,
                                 const char *behind) {
    char text[80], digits[16] = "";
    if (places > 0) snprintf(digits, sizeof digits, ".%.*s", places, "0000");
    lxw_format *format = workbook_add_format(workbook);
    /* negative amounts are red, and have a minus: colour is never the only mark */
    if (is_money)
        snprintf(text, sizeof text, "%s%s%s;[Red]-%s%s%s", positive, digits, behind, positive, digits, behind);
    else
        snprintf(text, sizeof text, "%s%s", positive, digits);
    format_set_num_format(format, text);
    indent(format);
    return format;
}

bool sheet_writer_open(struct sheet_writer *writer, const char *path, const char *temporary, const char *title,
                       int64_t created, bool is_constant, struct error *error) {
    lxw_workbook_options options = {.constant_memory = is_constant, .tmpdir = (char *)temporary, .use_zip64 = LXW_TRUE};
    unsigned long failed_streams = libraries_failed_streams();
    *writer = (struct sheet_writer){0};
    if (!late_xlsxwriter_open(error)) return false;
    *writer = (struct sheet_writer){.workbook = workbook_new_opt(path, &options), .failed_streams = failed_streams};
    if (!writer->workbook) return error_set(error, EXIT_CANNOT_WRITE, "cannot create the workbook %s", path);
    lxw_doc_properties properties = {.title = (char *)title, .author = (char *)"st2plecto", .created = (time_t)created};
    sheet_check(writer, workbook_set_properties(writer->workbook, &properties));
    writer->header = workbook_add_format(writer->workbook);
    format_set_bold(writer->header);
    format_set_bottom(writer->header, LXW_BORDER_THIN);
    format_set_bg_color(writer->header, 0xE7ECF3);
    writer->text = workbook_add_format(writer->workbook);
    format_set_num_format(writer->text, "@");
    writer->date = workbook_add_format(writer->workbook);
    format_set_num_format(writer->date, "yyyy-mm-dd hh:mm:ss");
    indent(writer->date);
    writer->duration = workbook_add_format(writer->workbook);
    format_set_num_format(writer->duration, "[h]:mm:ss");
    indent(writer->duration);
    writer->boolean = workbook_add_format(writer->workbook);
    format_set_num_format(writer->boolean, "\"TRUE\";\"TRUE\";\"FALSE\""); /* LibreOffice shows 1 and 0 without */
    for (int places = 0; places <= DECIMAL_PLACES; places++) {
        writer->numbers[places] = number_format(writer->workbook, "0", places, false, "");
        writer->money[places] = number_format(writer->workbook, "#,##0", places, true, "");
    }
    if (writer->numbers[0]) format_set_num_format(writer->numbers[0], "General");
    return true;
}

/* Built-in formats that spreadsheets show by the reader's settings: a day; a day and a time. */
enum { FORMAT_DAY = 14, FORMAT_MOMENT = 22 };

void sheet_writer_for_people(struct sheet_writer *writer) {
    writer->day = workbook_add_format(writer->workbook);
    format_set_num_format_index(writer->day, FORMAT_DAY);
    indent(writer->day);
    writer->date = workbook_add_format(writer->workbook);
    format_set_num_format_index(writer->date, FORMAT_MOMENT);
    indent(writer->date);
    writer->numbers[0] = workbook_add_format(writer->workbook);
    format_set_num_format(writer->numbers[0], "General_)");
    indent(writer->numbers[0]);
    for (int places = 0; places <= DECIMAL_PLACES; places++)
        writer->dollars[places] = number_format(writer->workbook, "\"$\"#,##0", places, true, "_)");
}

lxw_worksheet *sheet_writer_add(struct sheet_writer *writer, const char *name, struct error *error) {
    lxw_worksheet *sheet = workbook_add_worksheet(writer->workbook, name);
    if (sheet) return sheet;
    writer->lacks_sheet = true;
    error_set(error, EXIT_CANNOT_WRITE, "cannot write the workbook: no temporary file for its sheet %s", name);
    error_fix(error, "Nothing was published. Free some space on the disk.");
    return NULL;
}

void sheet_check(struct sheet_writer *writer, lxw_error answer) {
    if (writer->refusal == LXW_NO_ERROR) writer->refusal = answer;
}

bool sheet_writer_close(struct sheet_writer *writer, const char *path, struct error *error) {
    if (writer->lacks_sheet) { /* workbook_close would read through NULL */
        lxw_workbook_free(writer->workbook);
        buffer_free(&writer->clean);
        return false;
    }
    sheet_check(writer, workbook_close(writer->workbook));
    buffer_free(&writer->clean);
    bool has_failed = libraries_failed_streams() != writer->failed_streams; /* which the library does not look at */
    if (writer->refusal == LXW_NO_ERROR && !has_failed) return true;
    error_set(error, EXIT_CANNOT_WRITE, "cannot write the workbook %s: %s", path,
              has_failed ? "a temporary file cannot be written or read back" : lxw_strerror(writer->refusal));
    return error_fix(error, "Nothing was published. Free some space on the disk.");
}

struct view sheet_clean(struct sheet_writer *writer, struct view text) {
    size_t characters = 0;
    writer->clean.length = 0;
    for (size_t at = 0; at < text.length; characters++) {
        if (characters == CELL_CHARACTERS - 1 && at + 1 < text.length) {
            buffer_add_text(&writer->clean, "…");
            writer->cut_texts++;
            break;
        }
        size_t length = view_character(view_from(text.text + at, text.length - at));
        if (text.text[at] == '\r' && at + 1 < text.length && text.text[at + 1] == '\n')
            characters--; /* a spreadsheet's line break is a line feed; with both, cells show _x000D_ */
        else if (length == 0 || text.text[at] == '\0')
            buffer_add_text(&writer->clean, "\xEF\xBF\xBD");
        else
            buffer_add(&writer->clean, view_from(text.text + at, length));
        characters += length == 4; /* two of UTF-16, in which the limit is counted */
        at += length ? length : 1;
    }
    buffer_add_char(&writer->clean, '\0');
    return view_from(writer->clean.text, writer->clean.length - 1);
}

static void write_number(struct sheet_writer *writer, lxw_worksheet *sheet, uint32_t row, uint16_t column, double value,
                         lxw_format *format) {
    sheet_check(writer, worksheet_write_number(sheet, row, column, value, format));
    if (writer->proof) workbook_proof_number(writer->proof, column, value);
}

void sheet_text(struct sheet_writer *writer, lxw_worksheet *sheet, uint32_t row, uint16_t column, struct view text,
                lxw_format *format) {
    if (text.length == 0) return;
    sheet_clean(writer, text);
    sheet_check(writer, worksheet_write_string(sheet, row, column, writer->clean.text, format));
    if (writer->proof && writer->clean.text[0] != '\0') writer->proof->columns[column].texts++;
}

/* libxlsxwriter 1.1.4 (Debian 12) copies the formula of a list twice and frees one copy: about 10 bytes a list. Nobody else
 * could free the other, so the leak check looks away here, and only here. A suppression by the library's function would
 * need a symbolizer, which not every machine has. */
void sheet_choices(struct sheet_writer *writer, lxw_worksheet *sheet, uint32_t first_row, uint32_t last_row,
                   uint16_t column, lxw_data_validation *choices) {
#ifdef IS_ADDRESS_SANITIZED
    __lsan_disable();
#endif
    sheet_check(writer, worksheet_data_validation_range(sheet, first_row, column, last_row, column, choices));
#ifdef IS_ADDRESS_SANITIZED
    __lsan_enable();
#endif
}

bool sheet_date(struct sheet_writer *writer, lxw_worksheet *sheet, uint32_t row, uint16_t column, struct view text) {
    struct datetime value;
    if (datetime_parse(text, DATE_ORDER_YMD, &value, NULL) != DATETIME_FINE) return false;
    int32_t days = date_to_days(value.year, value.month, value.day) - SPREADSHEET_EPOCH;
    int seconds = value.hour * 3600 + value.minute * 60 + value.second;
    bool is_day = writer->day && (seconds == 0 || seconds == NOON);
    write_number(writer, sheet, row, column, days + seconds / 86400.0, is_day ? writer->day : writer->date);
    return true;
}

static void add_number(struct sheet_writer *writer, lxw_worksheet *sheet, uint32_t row, uint16_t column,
                       struct view text, const struct output_column *type) {
    int64_t value = 0;
    bool is_exact = decimal_parse(text, &decimal_style_default, &value) == DECIMAL_FINE && value < EXACT_LIMIT &&
                    value > -EXACT_LIMIT;
    if (!is_exact) {
        writer->wide_numbers++;
        sheet_text(writer, sheet, row, column, text, writer->text);
        return;
    }
    lxw_format *const *formats = type->is_money && writer->dollars[0] ? writer->dollars : writer->money;
    lxw_format *format = type->places > 0 ? formats[type->places] : writer->numbers[0];
    write_number(writer, sheet, row, column, (double)value / DECIMAL_SCALE, format);
}

void sheet_value(struct sheet_writer *writer, lxw_worksheet *sheet, uint32_t row, uint16_t column, struct view text,
                 const struct output_column *type) {
    int64_t seconds;
    if (text.length == 0) return;
    switch (type->type) {
    case PLECTO_NUMBER: add_number(writer, sheet, row, column, text, type); return;
    case PLECTO_DATE:
    case PLECTO_DATETIME:
        if (sheet_date(writer, sheet, row, column, text)) return;
        break;
    case PLECTO_DURATION:
        if (!duration_parse(text, &seconds)) break;
        write_number(writer, sheet, row, column, (double)seconds / DECIMAL_SCALE / 86400.0, writer->duration);
        return;
    case PLECTO_BOOLEAN:
        sheet_check(writer, worksheet_write_boolean(sheet, row, column, view_is(text, "Yes"), writer->boolean));
        if (writer->proof) writer->proof->columns[column].truths++;
        return;
    case PLECTO_TEXT: break;
    }
    sheet_text(writer, sheet, row, column, text, writer->text);
}
