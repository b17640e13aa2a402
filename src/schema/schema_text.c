/* schema_text.c: see schema_text.h. No label, path or mark has an escape. */
#include "schema/schema_text.h"

#include <stdbool.h>
#include <string.h>

struct key {
    const char *name;
    enum schema_string kind;
};
static const struct key keys[] = {
    {"name", STRING_LABEL}, {"aliases", STRING_LABEL},  {"path", STRING_PATH},    {"explode", STRING_PATH},
    {"count", STRING_PATH}, {"signature", STRING_MARK}, {"titles", STRING_TITLE},
};

static enum schema_string kind_of(struct view key) {
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (view_is(key, keys[i].name)) return keys[i].kind;
    return STRING_OTHER;
}

/* The string whose opening quote is at `*at`, moved behind its closing one. */
static struct view take_string(struct view text, size_t *at) {
    size_t begin = ++*at;
    while (*at < text.length && text.text[*at] != '"')
        *at += text.text[*at] == '\\' ? 2 : 1;
    size_t end = *at < text.length ? *at : text.length;
    ++*at;
    return view_from(text.text + begin, end - begin);
}

static bool is_key(struct view text, size_t at) {
    while (at < text.length && strchr(" \t\r\n", text.text[at]))
        at++;
    return at < text.length && text.text[at] == ':';
}

void schema_text_each(struct view text, void (*take)(void *context, enum schema_string kind, struct view string),
                      void *context) {
    enum schema_string kind = STRING_OTHER;
    bool is_list = false;
    for (size_t at = 0; at < text.length;) {
        char c = text.text[at];
        if (c == '"') {
            struct view string = take_string(text, &at);
            if (is_key(text, at)) {
                kind = kind_of(string);
                is_list = false;
            } else if (kind != STRING_OTHER) {
                take(context, kind, string);
            }
            continue;
        }
        if (c == '/' && at + 1 < text.length &&
            text.text[at + 1] == '/') { /* a comment reaches to the end of its line */
            const char *end = memchr(text.text + at, '\n', text.length - at);
            at = end ? (size_t)(end - text.text) : text.length;
            continue;
        }
        if (c == '[') is_list = true;
        if (c == ']' || c == '}' || (c == ',' && !is_list)) kind = STRING_OTHER;
        at++;
    }
}
