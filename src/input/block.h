/* block.h: about half a mebibyte of input that begins and ends at a record boundary: the unit of work and
 * of memory. */
#ifndef INPUT_BLOCK_H
#define INPUT_BLOCK_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/view.h"

#define BLOCK_SIZE (1u << 19)          /* bytes aimed at */
#define BLOCK_RECORD_LIMIT (16u << 20) /* the largest record, unless --max-cell says otherwise */

struct block {
    struct buffer bytes;   /* owned by the block and reused; whole records, terminators included */
    uint64_t first_row;    /* CSV: row of the first record as a spreadsheet counts (header and title rows included,
                              a cell with line breaks is one row); JSON: number of the record, from 1 */
    uint64_t first_line;   /* line of the first byte, from 1; CRLF, LF and lone CR end a line */
    uint64_t first_column; /* column (byte) of the first byte in its line, from 1; CSV: always 1 */
    struct buffer group;   /* CSV with group rows: value of the group row in force at the first record */
    uint64_t large_length; /* not 0: the block is one record of so many bytes, too large to be held: `bytes` has only its
                              begin (input/source/large.h) */
    uint64_t large_breaks; /* line ends inside it */
    bool has_no_return;    /* JSON: no CR is in it; false: unknown */
    bool is_plain;         /* every byte is ASCII and none is zero; false: unknown */
};

#endif
