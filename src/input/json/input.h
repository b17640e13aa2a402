/* json/input.h: the JSON half of input/input.h; input/input.c hands over to it when the first byte that is not a
 * blank is '{' or '['. Same contracts as the functions of it they serve. */
#ifndef INPUT_JSON_INPUT_H
#define INPUT_JSON_INPUT_H

#include "base/error.h"
#include "input/block.h"
#include "input/facts.h"
#include "input/record.h"
#include "input/source/source.h"

struct json_input;
struct json_reader;

/* Recognises the shape from the head (and, where `data` of lists stands before `fields`, from a first pass
 * over the whole source, which is then rewound) and fills `facts` (shape, columns, wrapper; newline "CR" if
 * lines end so). `source` stays the caller's. `facts` must live as long as the input: answers, records and
 * cut_reason are kept up to date in it. What was put into it is freed by json_input_close. */
bool json_input_open(struct source *source, struct input_facts *facts, struct json_input **input, struct error *error);
void json_input_close(struct json_input *input);
bool json_input_next_block(struct json_input *input, struct block *block, bool *end, struct error *error);
/* Its source is at rest: gives back what it holds of it. */
void json_input_rest(struct json_input *input);
bool json_input_rewind(struct json_input *input, struct error *error);
/* For tests: blocks of about `size` bytes instead of BLOCK_SIZE. What is read must not depend on it. */
void json_input_set_block_size(struct json_input *input, size_t size);

struct json_reader *json_reader_create(const struct input_facts *facts, const struct view *paths, size_t path_count);
void json_reader_destroy(struct json_reader *reader);
void json_reader_start(struct json_reader *reader, const struct block *block);
bool json_reader_next(struct json_reader *reader, struct record *record);
void json_reader_locate(const struct json_reader *reader, const struct record *record, size_t index, uint64_t *line,
                        uint64_t *column);

#endif
