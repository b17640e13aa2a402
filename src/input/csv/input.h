/* csv/input.h: the CSV half of input/input.h. Same contracts as the functions of it they serve. */
#ifndef INPUT_CSV_INPUT_H
#define INPUT_CSV_INPUT_H

#include "base/error.h"
#include "input/block.h"
#include "input/facts.h"
#include "input/record.h"
#include "input/source/source.h"

struct csv_input;
struct csv_reader;

/* Finds delimiter, title lines, header, line ends and group rows in the head and fills `facts`. */
bool csv_input_open(struct source *source, const struct input_options *options, struct input_facts *facts,
                    struct csv_input **input, struct error *error);
void csv_input_close(struct csv_input *input);
/* Where the head of another input has the same texts, `facts` become views of that one's, which live as long as one of
 * them: a thousand files of one header keep it once. */
void csv_input_share(struct csv_input *input, struct input_facts *facts, const struct csv_input *like,
                     const struct input_facts *like_facts);
bool csv_input_next_block(struct csv_input *input, struct block *block, bool *end, struct error *error);
/* Its source is at rest: gives back what it holds of it. */
void csv_input_rest(struct csv_input *input);
bool csv_input_rewind(struct csv_input *input, struct error *error);
/* Aims at blocks of `size` bytes (at least 1) instead of BLOCK_SIZE: for tests of the cutting. */
void csv_input_set_block_size(struct csv_input *input, size_t size);

/* How cells are cut; all ways to the same cells. */
enum csv_way {
    CSV_IN_PLACE,  /* where that is possible, else by walking: exports */
    CSV_BY_WALK,   /* for tests: no fast way */
    CSV_BY_LIBCSV, /* what people write by hand */
};
struct csv_reader *csv_reader_create(const struct input_facts *facts, enum csv_way way);
void csv_reader_destroy(struct csv_reader *reader);
void csv_reader_start(struct csv_reader *reader, const struct block *block);
bool csv_reader_next(struct csv_reader *reader, struct record *record);
void csv_reader_reuse_cells(struct csv_reader *reader); /* see record_reader_reuse_cells */
void csv_reader_locate(const struct csv_reader *reader, const struct record *record, size_t index, uint64_t *line,
                       uint64_t *column);

#endif
