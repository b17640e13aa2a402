/* registration.h: one registration and how it is written, as a JSON line for Plecto's API and as a row of
 * the import file (schemas/plecto.md, "A registration"; schemas/plecto.md, "Files"). */
#ifndef OUTPUT_REGISTRATION_H
#define OUTPUT_REGISTRATION_H

#include <stdbool.h>

#include "base/buffer.h"
#include "values/datetime.h"

enum value_kind {
    VALUE_EMPTY,
    VALUE_TEXT,
    VALUE_NUMBER, /* number in ten-thousandths, at least column.places places */
    VALUE_RAW,    /* a number whose digits are written as they came (text) */
    VALUE_BOOLEAN,
    VALUE_DURATION, /* number = seconds in ten-thousandths */
    VALUE_MOMENT    /* text = ISO 8601 as made by the converter */
};

struct value {
    enum value_kind kind;
    bool boolean;
    bool is_plain; /* VALUE_TEXT: no comma, quote or line end is in it; false: unknown */
    int64_t number;
    struct view text;
};

/* Field types of a Plecto data source (schemas/plecto.md, "Field types"). */
enum plecto_type { PLECTO_TEXT, PLECTO_NUMBER, PLECTO_DATE, PLECTO_DATETIME, PLECTO_DURATION, PLECTO_BOOLEAN };

struct output_column {
    char *title; /* owned */
    enum plecto_type type;
    int places;        /* decimals of numbers */
    struct buffer key; /* ,"Title": ready for JSON; made by output_format_prepare */
    bool is_money;     /* for the review workbook only */
};

struct registration {
    struct view external_id;
    struct view date; /* ISO 8601: 2025-10-20T12:00:00-05:00 */
    struct view member_id, member_name;
    const struct value *const *values; /* one for each column */
};

struct output_format {
    struct output_column *columns; /* owned by the caller */
    size_t column_count;
    const char *provider;    /* member_api_provider */
    const char *data_source; /* --data-source UUID, or NULL */
    struct buffer fixed;     /* made by output_format_prepare: the parts of a line that never change */
};

/* Makes the ready parts; call once before any line. output_format_free frees those (not the columns array itself
 * but each column's title and key). */
void output_format_prepare(struct output_format *format);
void output_format_free(struct output_format *format);

/* Appends one line: {"data_source":…,"external_id":…,"date":…,"member_api_provider":…,"member_api_id":…,
 * "member_name":…,"Title":value,…}. Empty values are null, because Plecto replaces a
 * registration whole and a reader should see what becomes empty. Durations are seconds (number). */
void jsonl_add(struct buffer *out, const struct output_format *format, const struct registration *registration);
/* Appends the header of import.csv: ID,Employee,Created date,titles… and CRLF. */
void csv_add_header(struct buffer *out, const struct output_format *format);
/* Appends a row of import.csv: ID, member_name, date as YYYY-MM-DD HH:MM:SS (wall time as in `date`, without
 * offset), values (booleans Yes/No, durations HH:MM:SS, moments as YYYY-MM-DD HH:MM:SS). */
void csv_add(struct buffer *out, const struct output_format *format, const struct registration *registration);
/* "text", "number", "date", "datetime", "duration" or "boolean"; static. */
const char *plecto_type_name(enum plecto_type type);
/* datasource.json: the body of POST /datasources/: {"title":…,"fields":[{"title":…,"type":…}]}. */
void datasource_write(struct buffer *out, const char *title, const struct output_format *format);

#endif
