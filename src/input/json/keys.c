/* keys.c: one hash table over all keys of all objects, by parent and name. It stops growing at KEY_LIMIT, so that
 * objects whose keys are data ("2025-10-01": …) do not fill memory. */
#include "input/json/keys.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"

#define KEY_LIMIT 2048
#define BUCKETS 1024

static uint32_t *bucket_of(const struct json_keys *keys, uint32_t parent, struct view name) {
    return &keys->buckets[hash_bytes(name, parent) % BUCKETS];
}

static uint32_t add_key(struct json_keys *keys, uint32_t parent, struct view name) {
    void *list = keys->keys;
    memory_grow(&list, &keys->capacity, keys->count + 1, sizeof *keys->keys);
    keys->keys = list;
    struct json_key *key = &keys->keys[keys->count];
    memset(key, 0, sizeof *key);
    key->behind = key->inside = key->element = key->next = JSON_KEY_NONE;
    key->parent = parent;
    key->place = JSON_KEY_NONE;
    key->cell = SIZE_MAX;
    key->name = arena_copy(keys->names, name);
    return (uint32_t)keys->count++;
}

void json_keys_start(struct json_keys *keys) {
    *keys = (struct json_keys){.names = arena_create(4096)};
    keys->buckets = memory_get(BUCKETS * sizeof *keys->buckets);
    memset(keys->buckets, 0xff, BUCKETS * sizeof *keys->buckets); /* JSON_KEY_NONE */
    add_key(keys, JSON_KEY_NONE, view_of(""));
}

void json_keys_free(struct json_keys *keys) {
    free(keys->keys);
    free(keys->buckets);
    arena_destroy(keys->names);
}

uint32_t json_keys_get(struct json_keys *keys, uint32_t parent, struct view name, bool is_wanted) {
    uint32_t *bucket = bucket_of(keys, parent, name), found = *bucket;
    while (found != JSON_KEY_NONE && (keys->keys[found].parent != parent || !view_equal(keys->keys[found].name, name)))
        found = keys->keys[found].next;
    if (found == JSON_KEY_NONE && (is_wanted || keys->count < KEY_LIMIT)) {
        found = add_key(keys, parent, name);
        keys->keys[found].next = *bucket;
        *bucket = found;
    }
    if (found != JSON_KEY_NONE && is_wanted) keys->keys[found].is_wanted = true;
    return found;
}

uint32_t json_keys_element(struct json_keys *keys, uint32_t key) {
    if (key == JSON_KEY_NONE) return JSON_KEY_NONE;
    if (keys->keys[key].element == JSON_KEY_NONE && keys->count < KEY_LIMIT) {
        uint32_t element = add_key(keys, key, view_of(""));
        keys->keys[key].element = element;
    }
    return keys->keys[key].element;
}

void json_keys_note(struct json_keys *keys, uint32_t key, struct view written) {
    struct json_key *noted = &keys->keys[key];
    noted->length = written.length <= JSON_KEY_WRITTEN ? (uint32_t)written.length : 0;
    memcpy(noted->written, written.text, noted->length);
}
