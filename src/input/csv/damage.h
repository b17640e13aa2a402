/* damage.h: what is wrong with a record, and where. Private to reader.c. */
#ifndef INPUT_CSV_DAMAGE_H
#define INPUT_CSV_DAMAGE_H

#include "input/csv/outline.h"
#include "input/record.h"

/* Line and column, from 1, of offset `offset` in the bytes of a record. */
void csv_place_in_record(const struct record *record, size_t offset, uint64_t *line, uint64_t *column);
/* Fills the damage of a record of `cell_count` cells where `columns` should be: a quote that is not closed, cells that are
 * missing or too many. Where the count differs and cells hold line ends, an unclosed quote may be why: then the record is
 * walked over again, up to `end`, the end of the block, and the outline filled anew. */
void csv_damage_find(struct csv_outline *outline, const char *end, char delimiter, size_t cell_count, size_t columns,
                     struct record *record);

#endif
