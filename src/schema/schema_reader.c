/* schema_reader.c: findings about a schema file, and the checks of keys and words that make them. A wrong
 * key or word is told with its line and the nearest right one. */
#include "schema/schema_reader.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

static void add_finding(struct schema_reader *reader, bool is_error, unsigned line, const char *format, va_list list) {
    char text[600];
    vsnprintf(text, sizeof text, format, list);
    void *items = reader->findings;
    memory_grow(&items, &reader->finding_capacity, reader->finding_count + 1, sizeof *reader->findings);
    reader->findings = items;
    struct finding *finding = &reader->findings[reader->finding_count++];
    finding->is_error = is_error;
    finding->line = line;
    finding->text = memory_copy(view_of(text));
}

void reader_error(struct schema_reader *reader, unsigned line, const char *format, ...) {
    va_list list;
    va_start(list, format);
    add_finding(reader, true, line, format, list);
    va_end(list);
}

void reader_warn(struct schema_reader *reader, unsigned line, const char *format, ...) {
    va_list list;
    va_start(list, format);
    add_finding(reader, false, line, format, list);
    va_end(list);
}

/* Insertion: findings are few and nearly in order. */
void reader_sort(struct schema_reader *reader) {
    for (size_t index = 1; index < reader->finding_count; index++) {
        struct finding moved = reader->findings[index];
        size_t place = index;
        for (; place > 0 && reader->findings[place - 1].line > moved.line; place--)
            reader->findings[place] = reader->findings[place - 1];
        reader->findings[place] = moved;
    }
}

void reader_free(struct schema_reader *reader) {
    for (size_t index = 0; index < reader->finding_count; index++)
        free(reader->findings[index].text);
    free(reader->findings);
    reader->findings = NULL;
    reader->finding_count = reader->finding_capacity = 0;
}

/* Number of the child with this key among its siblings, or SIZE_MAX. */
static size_t child_number(const cJSON *parent, const char *key) {
    size_t number = 0;
    for (const cJSON *child = parent ? parent->child : NULL; child; child = child->next, number++)
        if (child->string && strcmp(child->string, key) == 0) return number;
    return SIZE_MAX;
}

struct node node_child(const struct schema_reader *reader, struct node parent, const char *key) {
    struct node child = {NULL, parent.offset};
    size_t number = cJSON_IsObject(parent.json) ? child_number(parent.json, key) : SIZE_MAX;
    if (number == SIZE_MAX) return child;
    child.json = cJSON_GetObjectItemCaseSensitive(parent.json, key);
    child.offset = place_value(reader->text, place_entry(reader->text, parent.offset, number));
    return child;
}

struct node node_object(const struct schema_reader *reader, struct node parent, const char *key) {
    struct node child = node_child(reader, parent, key);
    if (!cJSON_IsObject(child.json)) child.json = NULL;
    return child;
}

unsigned node_line(const struct schema_reader *reader, struct node parent, const char *key) {
    size_t number = cJSON_IsObject(parent.json) ? child_number(parent.json, key) : SIZE_MAX;
    if (number == SIZE_MAX) return place_line(reader->text, parent.offset);
    return place_line(reader->text, place_entry(reader->text, parent.offset, number));
}

#define NAMES_SHOWN 20 /* a longer list hides what is wrong */

char *near_word(struct view wrong, const char *const *words, size_t count) {
    size_t best = SIZE_MAX, best_distance = SIZE_MAX;
    for (size_t index = 0; index < count; index++) {
        size_t distance = view_distance(wrong, view_of(words[index]));
        if (distance < best_distance) {
            best = index;
            best_distance = distance;
        }
    }
    if (best != SIZE_MAX && best_distance <= 1 + wrong.length / 3)
        return memory_print("; did you mean \"%s\"?", words[best]);
    struct buffer list = {0};
    for (size_t index = 0; index < count && count <= NAMES_SHOWN; index++)
        buffer_print(&list, "%s%s", index ? ", " : "; known are ", words[index]);
    return buffer_take(&list);
}

static bool kind_fits(const cJSON *json, enum key_kind kind) {
    switch (kind) {
    case KEY_TEXT: return cJSON_IsString(json);
    case KEY_LIST: return cJSON_IsArray(json);
    case KEY_OBJECT: return cJSON_IsObject(json);
    case KEY_FLAG: return cJSON_IsBool(json);
    case KEY_INTEGER: return cJSON_IsNumber(json);
    case KEY_TEXT_OR_LIST: return cJSON_IsString(json) || cJSON_IsArray(json);
    case KEY_TEXT_OR_OBJECT: return cJSON_IsString(json) || cJSON_IsObject(json);
    case KEY_RENAMED: return true;
    case KEY_OBJECT_OR_LIST: return cJSON_IsObject(json) || cJSON_IsArray(json);
    }
    return false;
}

static const char *kind_text(enum key_kind kind) {
    static const char *const texts[] = {"a text in quotes",
                                        "a list",
                                        "an object",
                                        "true or false (without quotes)",
                                        "a whole number",
                                        "a text in quotes or a list",
                                        "a text in quotes or an object",
                                        "an object or a list of them",
                                        "what it was"};
    return texts[kind];
}

static const struct key_rule *find_rule(const struct key_rule *rules, size_t count, const char *name) {
    for (size_t index = 0; index < count; index++)
        if (strcmp(rules[index].name, name) == 0) return &rules[index];
    return NULL;
}

static void unknown_key(struct schema_reader *reader, unsigned line, const char *key, const struct key_rule *rules,
                        size_t count, const char *where) {
    const char *words[64];
    size_t word_count = 0;
    for (size_t index = 0; index < count && word_count < 64; index++)
        if (rules[index].kind != KEY_RENAMED) words[word_count++] = rules[index].name;
    char *near = near_word(view_of(key), words, word_count);
    reader_error(reader, line, "unknown key \"%s\" %s%s", key, where, near);
    free(near);
}

void reader_check_keys(struct schema_reader *reader, struct node object, const struct key_rule *rules, size_t count,
                       const char *where) {
    size_t number = 0;
    for (const cJSON *child = object.json ? object.json->child : NULL; child; child = child->next, number++) {
        const struct key_rule *rule = find_rule(rules, count, child->string);
        bool is_twice = child_number(object.json, child->string) < number;
        if (rule && kind_fits(child, rule->kind) && !is_twice) continue;
        unsigned line = place_line(reader->text, place_entry(reader->text, object.offset, number));
        if (!rule)
            unknown_key(reader, line, child->string, rules, count, where);
        else if (!kind_fits(child, rule->kind))
            reader_error(reader, line, "\"%s\" %s must be %s", child->string, where, kind_text(rule->kind));
        if (is_twice)
            reader_error(reader, line, "\"%s\" %s is there twice. Delete one.", child->string, where);
    }
}

char *reader_text(struct node parent, const char *key) {
    const cJSON *json = cJSON_GetObjectItemCaseSensitive(parent.json, key);
    return cJSON_IsString(json) ? memory_copy(view_of(json->valuestring)) : NULL;
}

char *reader_filled_text(struct schema_reader *reader, struct node parent, const char *key, const char *where) {
    char *text = reader_text(parent, key);
    if (text && view_trim(view_of(text)).length == 0)
        reader_error(reader, node_line(reader, parent, key), "\"%s\" %s is empty. Write it, or remove it.", key,
                     where);
    return text;
}

bool reader_flag(struct node parent, const char *key, bool otherwise) {
    const cJSON *json = cJSON_GetObjectItemCaseSensitive(parent.json, key);
    return cJSON_IsBool(json) ? cJSON_IsTrue(json) : otherwise;
}

char **reader_texts(struct schema_reader *reader, struct node parent, const char *key, const char *where,
                    size_t *count) {
    *count = 0;
    struct node list = node_child(reader, parent, key);
    if (!list.json || !cJSON_IsArray(list.json)) return NULL;
    char **texts = memory_get_zero((size_t)cJSON_GetArraySize(list.json) + 1, sizeof *texts);
    size_t offset = place_entry(reader->text, list.offset, 0);
    for (const cJSON *item = list.json->child; item; item = item->next) {
        if (cJSON_IsString(item))
            texts[(*count)++] = memory_copy(view_of(item->valuestring));
        else
            reader_error(reader, place_line(reader->text, offset), "\"%s\" %s must hold texts in quotes only", key,
                         where);
        offset = place_next_item(reader->text, offset);
    }
    return texts;
}

int reader_word(struct schema_reader *reader, struct node parent, const char *key, const struct word *words,
                size_t count, int otherwise, const char *where) {
    const cJSON *json = cJSON_GetObjectItemCaseSensitive(parent.json, key);
    if (!cJSON_IsString(json)) return otherwise;
    const char *texts[16];
    for (size_t index = 0; index < count && index < 16; index++) {
        if (strcmp(words[index].text, json->valuestring) == 0) return words[index].value;
        texts[index] = words[index].text;
    }
    char *near = near_word(view_of(json->valuestring), texts, count < 16 ? count : 16);
    reader_error(reader, node_line(reader, parent, key), "unknown %s \"%s\" %s%s", key, json->valuestring, where, near);
    free(near);
    return otherwise;
}
