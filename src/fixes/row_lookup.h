/* row_lookup.h: rows that `apply` asks about: what they say today, in the export and as registration. Workers add to it
 * from several threads; what is found does not depend on their order. */
#ifndef FIXES_ROW_LOOKUP_H
#define FIXES_ROW_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "schema/schema.h"

struct wanted_cell {
    char *label; /* as rejected.csv names the column */
    char *text;
    char *title; /* of the field of the registration that it fills as it is, or NULL */
    enum field_type type;       /* of the field it is bound to; text where there is none */
    struct decimal_style style; /* of that field */
    bool is_excel_date;
};

struct wanted_row {
    bool is_met, is_several; /* `is_several`: more rows than one have this ID */
    uint32_t file;
    uint64_t row, item;
    struct wanted_cell *cells;
    size_t cell_count;
    char *registration;                /* its line of import.csv, or NULL: it is not written */
    bool is_divided;                   /* among several people */
    bool is_damaged;                   /* too few cells, too many, an open quote: its cells cannot be trusted */
    char *employee_label, *date_label; /* columns of its person and its date, NULL where computed or none */
};

struct wanted;

struct wanted *wanted_create(void);
void wanted_free(struct wanted *wanted); /* NULL is fine */
/* Asks for the row with this ID or key (fixes/row_key.h); its number. */
size_t wanted_add(struct wanted *wanted, struct view id);
size_t wanted_find(const struct wanted *wanted, struct view id); /* SIZE_MAX: not asked for */
bool wanted_has_keys(const struct wanted *wanted);
/* After the run; valid as long as `wanted`. */
const struct wanted_row *wanted_row(const struct wanted *wanted, size_t number);
/* For workers: takes `found` (its texts too) for a row asked for; the same place again changes nothing. */
void wanted_take(struct wanted *wanted, size_t number, struct wanted_row found);

#endif
