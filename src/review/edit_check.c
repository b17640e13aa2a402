/* edit_check.c: see edit_check.h. */
#include "review/edit_check.h"

#include <stdlib.h>

#include "base/memory.h"
#include "values/boolean.h"
#include "values/datetime.h"
#include "values/duration.h"
#include "values/nothing.h"

#define FIRST_SERIAL 20000 /* 1954: numbers a date turns into */
#define LAST_SERIAL 80000  /* 2119 */

static bool is_digits(const char *text) {
    for (const char *c = text; *c; c++)
        if (*c < '0' || *c > '9') return false;
    return *text != '\0';
}

/* 1.23E+18, 1,23e18, -4E+20: a number with an exponent, as spreadsheets show long ones. */
static bool is_shortened(const char *text) {
    const char *c = text + (*text == '-' || *text == '+');
    size_t digits = strspn(c, "0123456789.,"), plain = strcspn(c, ".,");
    if (digits == 0 || plain == 0 || *c < '0' || *c > '9' || (c[digits] != 'E' && c[digits] != 'e')) return false;
    c += digits + 1;
    c += *c == '+' || *c == '-';
    return is_digits(c) && strlen(c) <= 3;
}

/* 45952 or 45952.5: what a spreadsheet keeps for a day of our time. */
static bool is_serial(const char *text) {
    size_t whole = strspn(text, "0123456789");
    if (whole != 5 || (text[whole] && (text[whole] != '.' || !is_digits(text + whole + 1)))) return false;
    long serial = strtol(text, NULL, 10);
    return serial >= FIRST_SERIAL && serial <= LAST_SERIAL;
}

static bool is_date(const char *text) {
    struct datetime value;
    enum datetime_reason reason = datetime_parse(view_of(text), DATE_ORDER_UNKNOWN, &value, NULL);
    return reason == DATETIME_FINE || reason == DATETIME_AMBIGUOUS || reason == DATETIME_NO_SUCH_DAY;
}

static bool holds_dates(const struct found_cell *source) {
    return source->type == FIELD_DATE || source->type == FIELD_DATETIME;
}

/* What spreadsheets do to data; static text, or NULL. */
static const char *damage_of(const struct review_edit *edit, const struct found_cell *source) {
    const char *text = edit->text, *today = source->text;
    if (edit->is_formula) return "has a formula. Write its value instead";
    if (nothing_formula(view_of(text))) return "has the source of a formula. Write its value instead";
    if (edit->is_error || nothing_error(view_of(text)))
        return "has a spreadsheet error. Write a value, or empty the cell";
    if (source->type != FIELD_NUMBER && is_shortened(text) && !is_shortened(today))
        return "lost its digits, because the spreadsheet made it a number (format the cell as text)";
    size_t zeros = strspn(today, "0");
    if (zeros > 0 && is_digits(today) && is_digits(text) && strcmp(today + zeros, text) == 0)
        return "lost its leading zeros, because the spreadsheet made it a number (format the cell as text)";
    if (!source->is_excel_date && is_serial(text) && (holds_dates(source) || (is_date(today) && !is_digits(today))))
        return "was a date and is now a spreadsheet's serial number (format the cell as text, or as a date)";
    return NULL;
}

static const char *number_fault(const char *text, const struct found_cell *source) {
    int64_t value;
    switch (decimal_parse(view_of(text), &source->style, &value)) {
    case DECIMAL_TOO_PRECISE: return "has more than four decimals";
    case DECIMAL_TOO_LARGE: return "is too large";
    case DECIMAL_NOT_NUMBER: return "is not a number";
    case DECIMAL_FINE:
    case DECIMAL_NOISE:
    case DECIMAL_EMPTY: break;
    }
    return !source->is_percent && strchr(text, '%') ? "is a percentage, not an amount" : NULL;
}

/* A day that can be read in two ways is taken only as the export writes its days, where it writes days so and proves their
 * order: 3/4/2025 beside 10/20/2025. */
static const char *date_fault(const char *text, bool is_rejected, bool is_order_known) {
    struct datetime value;
    switch (datetime_parse(view_of(text), DATE_ORDER_UNKNOWN, &value, NULL)) {
    case DATETIME_NOT_DATE: return "is not a date. Write it as 2025-10-31";
    case DATETIME_NO_SUCH_DAY: return "is a day or time that does not exist";
    case DATETIME_AMBIGUOUS:
        if (!is_rejected || !is_order_known || !strchr(text, '/')) return "can be read in two ways. Write it as 2025-10-31";
        break;
    case DATETIME_FINE:
    case DATETIME_EMPTY:
    case DATETIME_PLACEHOLDER: break;
    }
    return NULL;
}

/* Why convert would not take the value; static text, or NULL. */
static const char *fault_of(const char *text, bool is_rejected, const struct found_cell *source) {
    int64_t seconds;
    bool answer;
    if (placeholder_text(view_of(text)) || source->is_excel_date) return NULL;
    switch (source->type) {
    case FIELD_NUMBER: return number_fault(text, source);
    case FIELD_DATE:
    case FIELD_DATETIME: return date_fault(text, is_rejected, source->is_order_known);
    case FIELD_DURATION:
        return duration_parse(view_of(text), &seconds) ? NULL : "is not a length of time such as 00:12:30";
    case FIELD_BOOLEAN: return boolean_parse(view_of(text), &answer) ? NULL : "is neither yes nor no";
    case FIELD_TEXT: break;
    }
    return NULL;
}

char *edit_text(const struct review_edit *edit, const struct found_cell *source) {
    char *text = memory_copy(view_of(edit->text));
    if (edit->is_number && source->type == FIELD_NUMBER && source->style.point == ',')
        for (char *c = text; *c; c++)
            if (*c == '.') *c = ',';
    return text;
}

char *edit_refusal(const struct review_edit *edit, bool is_rejected, const struct found_cell *source, bool is_needed) {
    const char *damage = damage_of(edit, source);
    if (damage) return memory_copy(view_of(damage));
    if (is_needed && placeholder_text(view_of(edit->text)))
        return memory_print("%s%s%s, and a registration needs it (to leave the row out, choose \"leave out\")",
                            *edit->text ? "\"" : "is empty", edit->text, *edit->text ? "\" means nothing" : "");
    char *text = edit_text(edit, source), *refusal = NULL;
    const char *fault = fault_of(text, is_rejected, source);
    if (fault) refusal = memory_print("\"%s\" %s, so convert would set the row aside", edit->text, fault);
    free(text);
    return refusal;
}
