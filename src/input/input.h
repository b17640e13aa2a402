/* input.h: one export, opened and recognised: what it is (facts), its blocks (one thread at a time), and
 * the records of a block (a record_reader for each worker).
 *
 * Knows no schema: only columns and, for JSON objects, the paths somebody wants. */
#ifndef INPUT_INPUT_H
#define INPUT_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "input/block.h"
#include "input/facts.h"
#include "input/no_export.h"
#include "input/record.h"
#include "input/source/source.h"

struct input;

/* Opens `path` and reads its head. EXIT_CANNOT_READ: missing, empty, not text, an error answer saved as
 * data (its title is shown), no header found. */
bool input_open(const char *path, const struct input_options *options, struct input **input, struct error *error);
void input_close(struct input *input); /* NULL is fine; what others have in common with it stays */
const struct input_facts *input_facts(const struct input *input);

/* The next block into `block` (its buffers are reused). `*end` true: nothing was filled, all is read.
 * One thread at a time. */
bool input_next_block(struct input *input, struct block *block, bool *end, struct error *error);
/* Back to the first record. */
bool input_rewind(struct input *input, struct error *error);
#define FILES_AWAKE 8 /* of more files each rests when it is not read */
/* From now on it holds buffers and its file only while it is read, from the first block to the end: for many
 * inputs. Before the first block. Standard input stays open. */
void input_rest(struct input *input);
/* Hashes what waits beside what is read: see source_hash_beside. */
void input_hash_beside(struct input *input, struct sha256_waiting *waiting);
/* See source/source.h: after the end. */
void input_sha256(struct input *input, char hex[65]);
uint64_t input_bytes_raw(const struct input *input);
uint64_t input_size_raw(const struct input *input);

/* --- records of a block: one reader for each worker ------------------------------------------- */

struct record_reader;

/* A reader for `input`'s records. For JSON objects `paths` (dotted, "employeeInfo.name"; keys that hold
 * a dot are not supported) are the cells wanted, in this order; for CSV and report answers it is ignored.
 * `input` and the paths must outlive the reader. */
struct record_reader *record_reader_create(const struct input *input, const struct view *paths, size_t path_count);
void record_reader_destroy(struct record_reader *reader); /* NULL is fine */
/* Begins with a block, which must stay unchanged while its records are in use. */
void record_reader_start(struct record_reader *reader, const struct block *block);
/* The next record, false at the end of the block. All records of a block stay valid until the next start. */
bool record_reader_next(struct record_reader *reader, struct record *record);
/* From now on the cells of a record need to be valid only until the next one: they stay in the processor's cache. */
void record_reader_reuse_cells(struct record_reader *reader);
/* Line and column (bytes, from 1) where cell `index` of a record of the current block begins; for a cell
 * that is not there, where the record begins. Slow: only for issues. */
void record_locate(const struct record_reader *reader, const struct record *record, size_t index, uint64_t *line,
                   uint64_t *column);

/* --- folders ---------------------------------------------------------------------------------- */

/* A file of a folder that was not read. */
struct skipped_file {
    char *path;         /* owned */
    const char *reason; /* static: "decisions of apply" (no_export.h) */
    bool may_hold_one;  /* an export may be in it */
    bool is_folder;     /* a folder within, which was not searched */
};

struct skipped_files {
    struct skipped_file *list; /* owned; by folder, then by name */
    size_t count;
};

/* Copies the path. */
void skipped_files_add(struct skipped_files *skipped, const char *path, struct no_export judged);
/* What to do to have it read, a sentence; NULL where nothing would help. */
const char *skipped_advice(const struct skipped_file *file);
void skipped_files_free(struct skipped_files *skipped);

/* Replaces folders among `paths` by the exports in them (csv, tsv, txt, json, jsonl, ndjson, xlsx, each also .gz; sorted by
 * name; of folders in them only with `is_recursive`: not those that are hidden, linked or published). Not among them: what is no export, which is added to `skipped`, and `others`, the files that the
 * command names for something else (companions, rosters). `*expanded` and its texts belong to the caller. An empty
 * folder is EXIT_CANNOT_READ. */
bool input_expand_paths(char *const *paths, size_t count, char *const *others, size_t other_count,
                        bool is_recursive, char ***expanded, size_t *expanded_count, struct skipped_files *skipped, struct error *error);

#endif
