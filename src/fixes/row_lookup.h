/* row_lookup.h: rows that `apply` asks about: what they say today, in the export and as registration. Workers add to it
 * from several threads; what is found does not depend on their order. */
#ifndef FIXES_ROW_LOOKUP_H
#define FIXES_ROW_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "schema/schema.h"

struct found_cell {
    char *label; /* as rejected.csv names the column */
    char *text;
    char *title;                /* of the field of the registration that it fills as it is, or NULL */
    enum field_type type;       /* of the field it is bound to; text where there is none */
    struct decimal_style style; /* of that field */
    bool is_excel_date, is_percent;
    size_t field;        /* it is bound to, or SIZE_MAX */
    bool is_order_known; /* of a date: 3/4/2025 is read in one way, which the export or an option says */
};

struct found_row {
    bool is_found, has_several; /* `has_several`: more rows than one have this ID */
    uint32_t file;
    uint64_t row, item;
    struct found_cell *cells;
    size_t cell_count;
    char *registration;                /* its line of import.csv, or NULL: it is not written */
    bool is_divided;                   /* among several people */
    bool is_damaged;                   /* too few cells, too many, an open quote: its cells cannot be trusted */
    char *employee_label, *date_label; /* columns of its person and its date, NULL where computed or none */
};

struct row_lookup;

struct row_lookup *row_lookup_create(void);
void row_lookup_free(struct row_lookup *lookup); /* NULL is fine */
/* Asks for the row with this ID or key (fixes/row_key.h); its number. */
size_t row_lookup_add(struct row_lookup *lookup, struct view id);
size_t row_lookup_find(const struct row_lookup *lookup, struct view id); /* SIZE_MAX: not asked for */
bool row_lookup_has_keys(const struct row_lookup *lookup);
/* After the run; valid as long as `lookup`. */
const struct found_row *row_lookup_row(const struct row_lookup *lookup, size_t number);
/* For workers: takes `found` (its texts too) for a row asked for; the same place again changes nothing. */
void row_lookup_store(struct row_lookup *lookup, size_t number, struct found_row found);

/* After the run: whether the order of dates is known, by field. */
void row_lookup_settle_orders(struct row_lookup *lookup, const bool *is_known, size_t field_count);

#endif
