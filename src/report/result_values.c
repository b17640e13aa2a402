/* result_values.c: the values of result.json, and where one is not what it should be. */
#include <stdlib.h>

#include "base/memory.h"
#include "report/result_read_private.h"

void read_wrong(struct result_reader *reader, const char *where, const char *key, const char *what) {
    if (reader->failed) return;
    reader->failed = true;
    error_set(reader->error, EXIT_CANNOT_READ, "%s: %s%s%s %s", reader->path, where, *where && *key ? "." : "", key,
              what);
    error_fix(reader->error, "Make it again with convert or validate. Do not change result.json by hand.");
}

const cJSON *read_member(struct result_reader *reader, const cJSON *from, const char *where, const char *key) {
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(from, key);
    if (!found) read_wrong(reader, where, key, "is missing");
    return found;
}

char *read_text(struct result_reader *reader, const cJSON *from, const char *where, const char *key) {
    const cJSON *found = read_member(reader, from, where, key);
    if (!found || cJSON_IsNull(found)) return NULL;
    if (cJSON_IsString(found)) return memory_copy(view_of(found->valuestring));
    read_wrong(reader, where, key, "is not a text");
    return NULL;
}

char *read_needed_text(struct result_reader *reader, const cJSON *from, const char *where, const char *key) {
    char *text = read_text(reader, from, where, key);
    if (text) return text;
    read_wrong(reader, where, key, "is not a text");
    return memory_copy(view_of(""));
}

uint64_t read_count(struct result_reader *reader, const cJSON *from, const char *where, const char *key) {
    const cJSON *found = read_member(reader, from, where, key);
    if (!found) return 0;
    if (cJSON_IsNumber(found) && found->valuedouble >= 0 && found->valuedouble < 9007199254740992.0 &&
        found->valuedouble == (double)(uint64_t)found->valuedouble)
        return (uint64_t)found->valuedouble;
    read_wrong(reader, where, key, "is not a count");
    return 0;
}

bool read_flag(struct result_reader *reader, const cJSON *from, const char *where, const char *key) {
    const cJSON *found = read_member(reader, from, where, key);
    if (found && !cJSON_IsBool(found)) read_wrong(reader, where, key, "is neither true nor false");
    return cJSON_IsTrue(found);
}

/* "-1234.5678": sums may be larger than a cell's number, so they have a reader of their own. */
static bool parse_amount(const char *text, wide_integer *amount) {
    bool is_negative = *text == '-';
    wide_integer value = 0;
    int places = -1;
    if (is_negative) text++;
    if (*text < '0' || *text > '9' || strlen(text) > 36) return false;
    for (; *text; text++) {
        if (*text == '.' && places < 0) {
            places = 0;
            continue;
        }
        if (*text < '0' || *text > '9' || places >= 4) return false;
        value = value * 10 + (*text - '0');
        places += places >= 0;
    }
    for (places = places < 0 ? 0 : places; places < 4; places++)
        value *= 10;
    *amount = is_negative ? -value : value;
    return true;
}

wide_integer read_sum(struct result_reader *reader, const cJSON *found, const char *where, const char *key) {
    wide_integer amount = 0;
    if (!cJSON_IsString(found) || !parse_amount(found->valuestring, &amount))
        read_wrong(reader, where, key, "is not an amount (a decimal number as text)");
    return amount;
}

wide_integer read_amount(struct result_reader *reader, const cJSON *from, const char *where, const char *key) {
    const cJSON *found = read_member(reader, from, where, key);
    return found ? read_sum(reader, found, where, key) : 0;
}

const cJSON *read_object(struct result_reader *reader, const cJSON *from, const char *key) {
    const cJSON *found = read_member(reader, from, "", key);
    if (found && !cJSON_IsObject(found)) read_wrong(reader, "", key, "is not an object");
    return cJSON_IsObject(found) ? found : NULL;
}

/* The list's length; 0 with an error where it is none. */
size_t read_list(struct result_reader *reader, const cJSON *from, const char *where, const char *key,
                 const cJSON **list) {
    *list = read_member(reader, from, where, key);
    if (cJSON_IsArray(*list)) return (size_t)cJSON_GetArraySize(*list);
    if (*list) read_wrong(reader, where, key, "is not a list");
    *list = NULL; /* an object has members too, for which there is no room */
    return 0;
}

char **read_texts(struct result_reader *reader, const cJSON *from, const char *where, const char *key, size_t *count) {
    const cJSON *list, *item;
    size_t length = read_list(reader, from, where, key, &list);
    char **texts = memory_get_zero(length + 1, sizeof *texts);
    *count = 0;
    for (item = list ? list->child : NULL; item; item = item->next) {
        if (!cJSON_IsString(item)) {
            read_wrong(reader, where, key, "has something other than texts");
            break;
        }
        texts[(*count)++] = memory_copy(view_of(item->valuestring));
    }
    return texts;
}
