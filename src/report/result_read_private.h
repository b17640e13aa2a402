/* result_read_private.h: what result_read.c (the whole) and result_read_parts.c read with: the values of
 * result_values.c. After the first mistake `failed` is set and the readers give empty values. */
#ifndef REPORT_RESULT_READ_PRIVATE_H
#define REPORT_RESULT_READ_PRIVATE_H

#include <cjson/cJSON.h>

#include "report/result.h"

struct result_reader {
    const char *path;
    struct error *error;
    bool failed;
};

/* Notes the first mistake: "result.json: files.rows is no count". */
void read_wrong(struct result_reader *reader, const char *where, const char *key, const char *what);
const cJSON *read_member(struct result_reader *reader, const cJSON *from, const char *where, const char *key);
/* Texts are the caller's; NULL for null. */
char *read_text(struct result_reader *reader, const cJSON *from, const char *where, const char *key);
char *read_needed_text(struct result_reader *reader, const cJSON *from, const char *where, const char *key);
char **read_texts(struct result_reader *reader, const cJSON *from, const char *where, const char *key, size_t *count);
uint64_t read_count(struct result_reader *reader, const cJSON *from, const char *where, const char *key);
bool read_flag(struct result_reader *reader, const cJSON *from, const char *where, const char *key);
wide_integer read_amount(struct result_reader *reader, const cJSON *from, const char *where, const char *key);
wide_integer read_sum(struct result_reader *reader, const cJSON *found, const char *where, const char *key);
const cJSON *read_object(struct result_reader *reader, const cJSON *from, const char *key);
size_t read_list(struct result_reader *reader, const cJSON *from, const char *where, const char *key,
                 const cJSON **list);

/* result_read_parts.c */
void read_files(struct result_reader *reader, const cJSON *root, struct result *result);
void read_ledger(struct result_reader *reader, const cJSON *root, struct result *result);
void read_active(struct result_reader *reader, const cJSON *root, struct result *result);
void read_fields(struct result_reader *reader, const cJSON *root, struct result *result);
void read_parts(struct result_reader *reader, const cJSON *root, struct result *result);
/* result_read_grid.c: only results of a --by run have it. */
void read_grid(struct result_reader *reader, const cJSON *root, struct result *result);
void read_totals(struct result_reader *reader, const cJSON *root, struct result *result);
void read_issues(struct result_reader *reader, const cJSON *root, struct result *result);
void read_outputs(struct result_reader *reader, const cJSON *root, struct result *result);

#endif
