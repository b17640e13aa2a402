/* id_form.h: IDs as a person sees them in ServiceTitan, whatever a spreadsheet or another program made of them, and IDs of
 * one export that differ only in how they are written. */
#ifndef CONVERT_ID_FORM_H
#define CONVERT_ID_FORM_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/digits.h"
#include "base/view.h"
#include "values/point_zero.h"

struct identity_set; /* convert/identity.h */

/* Whether a text is ="001234", =001234 or '001234: what keeps a spreadsheet from making a number of it. `*inside` is what it
 * guards. An apostrophe counts before digits only: 'Tis is a name. */
bool id_guard_slowly(struct view text, struct view *inside);
static inline bool id_guard(struct view text, struct view *inside) {
    return text.length > 2 && (text.text[0] == '=' || text.text[0] == '\'') && id_guard_slowly(text, inside);
}

/* Whether a text is digits with commas between thousands: 512,300,417. */
bool id_has_commas_slowly(struct view text);
static inline bool id_has_commas(struct view text) {
    if (text.length < 5) return false;
    return (text.text[1] == ',' || text.text[2] == ',' || text.text[3] == ',') && id_has_commas_slowly(text);
}
/* A text of digits and commas without the commas, in `arena`. */
struct view id_without_commas(struct view text, struct arena *arena);

/* What an ID is made of. */
enum id_kind { ID_DIGITS, ID_POINT_ZERO, /* 1005.0 */ ID_EXPONENT, /* 12E5, 1.2E+18 */ ID_OTHER, ID_KIND_COUNT };
enum id_kind id_kind_slowly(struct view id);
static inline enum id_kind id_kind(struct view id) {
    return id.length == 0 || digits_only(id) ? ID_DIGITS : id_kind_slowly(id);
}
/* Whether an ID is a date as workbooks give it (2174-06-02, with a time or without) or with slashes (6/2/2174). */
bool id_is_date_slowly(struct view id);
static inline bool id_is_date(struct view id) {
    if (id.length < 8) return false;
    return (id.text[4] == '-' || id.text[1] == '/' || id.text[2] == '/') && id_is_date_slowly(id);
}
/* Whether an ID is 0 however it is written: 0, 0.0, -0, 000. That is no ID. */
bool id_is_zero_slowly(struct view id);
static inline bool id_is_zero(struct view id) {
    return id.length > 0 && (id.text[0] == '0' || id.text[0] == '-') && id_is_zero_slowly(id);
}
/* Whether an ID is its own folded form: digits that do not begin with 0. Most are. */
static inline bool id_is_plain(struct view id) {
    return id.length > 0 && id.text[0] != '0' && id_kind(id) == ID_DIGITS;
}
/* The form in which IDs are compared: upper case, without leading zeros, a .0 at the end, commas between digits, '#',
 * '+' or quotes around digits, with plain digits in place of full-width ones, blanks and signs that nobody sees. */
void id_fold(struct view id, struct buffer *folded);

/* An ID that is not its own folded form. */
struct odd_id {
    uint64_t folded_hash, hash;
    uint32_t file;
    uint64_t row, line;
    char text[48], folded[48]; /* cut to fit */
    bool has_twin;             /* another ID of the export differs from it in its form only */
};

#define ODD_IDS_MOST 20000 /* of an export that are compared */

struct odd_ids {
    struct odd_id *list; /* owned */
    size_t count, capacity;
};

/* Adds an ID of a row if it is odd. */
void odd_ids_add(struct odd_ids *odd, struct view id, uint32_t file, uint64_t row, uint64_t line,
                 struct buffer *scratch);
/* Adds all of `from`, up to ODD_IDS_MOST. */
void odd_ids_merge(struct odd_ids *into, const struct odd_ids *from);
/* Marks those that have a twin among the IDs of `set` or among themselves. */
void odd_ids_find_twins(struct odd_ids *odd, const struct identity_set *set);
void odd_ids_free(struct odd_ids *odd);

#endif
