/* kinds.c: id, createdOn and a person are in every record of the API, so what tells a kind is the keys that only it has. */
#include "schema/kinds.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/table.h"
#include "schema/match.h"
#include "schema/schema_text.h"

#define ENOUGH_KEYS 2

/* The first key of a path, of the parent's too. */
static struct view top_key(struct view path) {
    if (view_starts_with(path, "../")) path = view_from(path.text + 3, path.length - 3);
    return match_first_key(path);
}

/* What every record has tells nothing. */
static bool is_common(struct view key) {
    static const char *const keys[] = {"id", "active", "createdOn", "modifiedOn", "createdById", "name"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (view_is(key, keys[i])) return true;
    return false;
}

static bool kind_has(const struct api_kind *kind, struct view key) {
    for (const char *const *item = kind->keys; *item; item++)
        if (view_is(key, *item)) return true;
    return false;
}

/* A key of the record itself, not of its parent. */
static bool schema_has(const struct schema *schema, struct view key) {
    for (size_t field = 0; field < schema->field_count; field++)
        for (size_t shape = 0; shape < schema->shape_count; shape++) {
            const char *path = schema->fields[field].paths[shape];
            if (path && path[0] != '.' && view_equal(top_key(view_of(path)), key)) return true;
        }
    return false;
}

/* By key of the API's records, not of their parents: the built-in schema that has it. */
struct key_owners {
    struct table *keys;
    size_t *owners; /* by number in `keys`: its place in embedded_schemas, or SEVERAL */
    size_t capacity;
    size_t schema; /* the one at hand */
};
#define SEVERAL SIZE_MAX

static void take_key(void *context, enum schema_string kind, struct view path) {
    struct key_owners *owners = context;
    if (kind != STRING_PATH || path.length == 0 || path.text[0] == '.') return;
    bool is_new = false;
    size_t number = table_add(owners->keys, match_first_key(path), &is_new);
    void *items = owners->owners;
    memory_grow(&items, &owners->capacity, number + 1, sizeof *owners->owners);
    owners->owners = items;
    size_t *owner = &owners->owners[number];
    if (is_new)
        *owner = owners->schema;
    else if (*owner != owners->schema)
        *owner = SEVERAL;
}

static void own_keys(struct key_owners *owners) {
    *owners = (struct key_owners){.keys = table_create()};
    for (; owners->schema < embedded_schema_count; owners->schema++) {
        const struct embedded_schema *embedded = &embedded_schemas[owners->schema];
        schema_text_each(view_from(embedded->text, embedded->length), take_key, owners);
    }
}

static void free_keys(struct key_owners *owners) {
    table_destroy(owners->keys);
    free(owners->owners);
}

/* Whether no other schema and no other kind has the key. */
static bool is_its_own(const struct schema *schema, const struct key_owners *owners, struct view key) {
    size_t number = table_find(owners->keys, key);
    if (number != SIZE_MAX && owners->owners &&
        (owners->owners[number] == SEVERAL || strcmp(embedded_schemas[owners->owners[number]].name, schema->name) != 0))
        return false;
    for (size_t i = 0; i < api_kind_count; i++)
        if (kind_has(&api_kinds[i], key)) return false;
    return true;
}

/* How much the file is like a schema: fields found by path. */
struct likeness {
    size_t keys, own;
};

static struct likeness like_schema(const struct match *match) {
    const struct schema *schema = match->schema;
    struct likeness like = {0, 0};
    struct key_owners owners;
    own_keys(&owners);
    for (size_t field = 0; field < schema->field_count; field++) {
        const char *path = schema->fields[field].paths[match->shape];
        if (!path || !match->by_path[field]) continue;
        struct view key = top_key(view_of(path));
        if (is_common(key)) continue;
        like.keys++;
        like.own += path[0] != '.' && is_its_own(schema, &owners, key);
    }
    for (size_t i = 0; i < schema->signature_count; i++) { /* marks may be keys that no field has */
        struct view key = top_key(view_of(schema->signature[i]));
        bool is_there = match_has_key(match->facts, schema->signature[i]) && !schema_has(schema, key);
        like.keys += is_there;
        like.own += is_there && is_its_own(schema, &owners, key);
    }
    free_keys(&owners);
    return like;
}

/* How many top-level keys of the file the kind has, each counted once. */
static size_t like_kind(const struct input_facts *facts, const struct api_kind *kind) {
    size_t found = 0;
    for (const char *const *key = kind->keys; *key; key++)
        found += !is_common(view_of(*key)) && match_has_key(facts, *key);
    return found;
}

static const struct api_kind *nearest_kind(const struct input_facts *facts, size_t *keys) {
    const struct api_kind *nearest = NULL;
    *keys = ENOUGH_KEYS - 1;
    for (size_t i = 0; i < api_kind_count; i++) {
        size_t found = like_kind(facts, &api_kinds[i]);
        if (found <= *keys) continue;
        *keys = found;
        nearest = &api_kinds[i];
    }
    return nearest;
}

bool kinds_are_sure(const struct schema *schema, const struct input_facts *facts, char **looks_like) {
    *looks_like = NULL;
    if (schema && strcmp(schema->file, "built-in") != 0) return true;
    if (!match_has_api_names(facts)) return true;
    size_t keys = 0;
    const struct api_kind *nearest = nearest_kind(facts, &keys);
    bool is_sure = false;
    if (schema) {
        struct match match;
        match_create(schema, facts, &match);
        struct likeness like = like_schema(&match);
        is_sure = like.keys >= ENOUGH_KEYS && like.own > 0 && (!nearest || keys <= like.keys);
        match_free(&match);
    }
    if (!is_sure && nearest) *looks_like = memory_copy(view_of(nearest->name));
    return is_sure;
}
