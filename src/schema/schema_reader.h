/* schema_reader.h: what the files that read a schema share: the text with its lines, the findings, and
 * the checks for keys and words. Private to schema/. */
#ifndef SCHEMA_SCHEMA_READER_H
#define SCHEMA_SCHEMA_READER_H

#include <cjson/cJSON.h>

#include "schema/place.h"
#include "schema/schema.h"

/* Something said about a schema file. */
struct finding {
    bool is_error; /* else a warning */
    unsigned line; /* from 1 */
    char *text;    /* owned */
};

struct schema_reader {
    struct view text; /* the file without comments */
    struct finding *findings;
    size_t finding_count, finding_capacity;
    unsigned id_line; /* line of plecto.id, for findings about the template */
};

/* A JSON value and where it begins. */
struct node {
    const cJSON *json;
    size_t offset;
};

enum key_kind {
    KEY_TEXT,
    KEY_LIST,
    KEY_OBJECT,
    KEY_FLAG,
    KEY_INTEGER,
    KEY_TEXT_OR_LIST,
    KEY_TEXT_OR_OBJECT,
    KEY_OBJECT_OR_LIST,
    KEY_RENAMED /* a name of before: the caller says the new one */
};

struct key_rule {
    const char *name;
    enum key_kind kind;
};

/* A word of the format and the number that stands for it. */
struct word {
    const char *text;
    int value;
};

/* Notes an error or a warning; the text has no line break. */
void reader_error(struct schema_reader *reader, unsigned line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void reader_warn(struct schema_reader *reader, unsigned line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Orders the findings by line (stable). */
void reader_sort(struct schema_reader *reader);
void reader_free(struct schema_reader *reader);

/* The child with this key; json is NULL where it is not there. */
struct node node_child(const struct schema_reader *reader, struct node parent, const char *key);
/* The same where an object belongs: anything else is as if it were not there (reader_check_keys tells of it). */
struct node node_object(const struct schema_reader *reader, struct node parent, const char *key);
/* Line of that child's key, or of the parent where it is not there. */
unsigned node_line(const struct schema_reader *reader, struct node parent, const char *key);

/* Says every unknown, repeated or wrongly typed key of an object; `where` is "in field \"Total\"". */
void reader_check_keys(struct schema_reader *reader, struct node object, const struct key_rule *rules, size_t count,
                       const char *where);
/* The text under a key as a new string, or NULL where there is none (or no text: said by reader_check_keys). */
char *reader_text(struct node parent, const char *key);
/* The same for a text that must not be empty. */
char *reader_filled_text(struct schema_reader *reader, struct node parent, const char *key, const char *where);
/* true or false under a key; `otherwise` where there is none. */
bool reader_flag(struct node parent, const char *key, bool otherwise);
/* The list of texts under a key as new strings; other items and empty texts are errors. */
char **reader_texts(struct schema_reader *reader, struct node parent, const char *key, const char *where,
                    size_t *count);
/* The number of the word under a key; `otherwise` where there is none, or where it is wrong (said, with the
 * nearest right word). */
int reader_word(struct schema_reader *reader, struct node parent, const char *key, const struct word *words,
                size_t count, int otherwise, const char *where);

/* "; did you mean \"X\"?" if one of `words` is near, else "; known are X, Y, Z", else "". The caller frees. */
char *near_word(struct view wrong, const char *const *words, size_t count);

/* Fills a field from its JSON. `shape_count` is the number of API shapes. */
void schema_read_field(struct schema_reader *reader, struct node node, size_t shape_count, struct field *field);
void schema_free_field(struct field *field, size_t shape_count);
/* plecto.derive of a field, and plecto.joins of the schema (schema_derive.c). */
void schema_read_derive(struct schema_reader *reader, struct node plecto, struct field *field, const char *where);
void schema_read_joins(struct schema_reader *reader, struct node plecto, struct schema *schema);
/* plecto.open; its fields are found by schema_check_open once all are read (schema_open.c). */
void schema_read_open(struct schema_reader *reader, struct node plecto, struct schema *schema);
void schema_check_open(struct schema_reader *reader, struct schema *schema);
void schema_free_open(struct schema *schema);
/* Turns the names in them into indexes of fields. */
void schema_resolve_derived(struct schema *schema);
void schema_free_joins(struct schema *schema);
/* Whether derived fields and joins name fields that are there and fit. */
void schema_check_derived(struct schema_reader *reader, const struct schema *schema);
/* "; did you mean ..." among the schema's field names. The caller frees. */
char *near_field(const struct schema *schema, struct view name);
/* What can only be seen with all fields together: roles, labels that two fields claim, ratios, ID template. */
void schema_check(struct schema_reader *reader, const struct schema *schema);
/* Only warnings: what works but is doubtful. */
void schema_check_doubts(struct schema_reader *reader, const struct schema *schema);
/* Reads a whole schema; its findings stay in `reader`. NULL if the text is no JSON object. */
struct schema *schema_read(struct view text, const char *file, struct schema_reader *reader);

/* Length of the field name in a template's "{name}" at `offset` of '{', or SIZE_MAX if it is not closed. */
size_t template_name_length(struct view template, size_t offset);
/* Whether a template's name is no field but {period} or {employee}. */
bool template_is_known(struct view name);
/* The file's text as new memory; EXIT_WRONG_USE if it cannot be read. */
bool schema_read_file(const char *path, struct buffer *text, struct error *error);
/* Whether --schema names a file and no name of a schema. */
bool schema_is_path(const char *name_or_file);
/* The text of the built-in schema that schema_load takes for this name; its text is NULL where there is none, or where the
 * folder (may be NULL) has a file of that name, which goes before it. */
struct view schema_built_in(const char *name, const char *folder);
/* Names of the schemas: those of `folder` (may be NULL) and the built-in ones, each once, sorted. The caller
 * frees names and list. NULL with EXIT_WRONG_USE if the folder cannot be read. */
char **schema_names(const char *folder, size_t *count, struct error *error);

#endif
