/* choice_memo.c: see choice_memo.h. The digits of a file's name tell nothing: no built-in title has one
 * (test_choice_memo.c). */
#include "schema/choice_memo.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/table.h"

struct choice_memo {
    struct table *keys;
    char **schemas; /* owned, each; by number of the key */
    size_t capacity;
    bool keeps_nothing;
    struct buffer key;
};

struct choice_memo *choice_memo_create(const char *folder) {
    struct choice_memo *memo = memory_get_zero(1, sizeof *memo);
    memo->keys = table_create();
    memo->keeps_nothing = folder != NULL;
    return memo;
}

void choice_memo_free(struct choice_memo *memo) {
    if (!memo) return;
    for (size_t i = 0; i < table_count(memo->keys); i++)
        free(memo->schemas[i]);
    free(memo->schemas);
    table_destroy(memo->keys);
    buffer_free(&memo->key);
    free(memo);
}

static void add_text(struct buffer *key, struct view text) {
    buffer_print(key, "%zu:", text.length);
    buffer_add(key, text);
}

static struct view key_of(struct choice_memo *memo, const struct input_facts *facts) {
    struct buffer *key = &memo->key;
    key->length = 0;
    buffer_print(key, "%d ", (int)facts->shape);
    for (const char *name = view_file_name(facts->path); *name; name++)
        if (!isdigit((unsigned char)*name)) buffer_add_char(key, *name);
    for (size_t i = 0; i < facts->title_count; i++)
        add_text(key, facts->titles[i]);
    buffer_add_char(key, '\0');
    for (size_t i = 0; i < facts->column_count; i++) {
        add_text(key, facts->columns[i].label);
        add_text(key, facts->columns[i].name);
    }
    return buffer_view(key);
}

const char *choice_memo_find(struct choice_memo *memo, const struct input_facts *facts) {
    if (memo->keeps_nothing) return NULL;
    size_t number = table_find(memo->keys, key_of(memo, facts));
    return number == SIZE_MAX ? NULL : memo->schemas[number];
}

void choice_memo_add(struct choice_memo *memo, const struct input_facts *facts, const char *schema) {
    bool is_new = false;
    if (memo->keeps_nothing) return;
    size_t number = table_add(memo->keys, key_of(memo, facts), &is_new);
    if (!is_new) return;
    void *schemas = memo->schemas;
    memory_grow(&schemas, &memo->capacity, number + 1, sizeof *memo->schemas);
    memo->schemas = schemas;
    memo->schemas[number] = memory_copy(view_of(schema));
}
