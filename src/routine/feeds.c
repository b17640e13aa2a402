/* feeds.c: see feeds.h. */
#include "routine/feeds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "schema/schema_reader.h"

#define SETTLE 10 /* seconds */
#define SETTLE_MOST 86400

static const char *const feed_keys[] = {"name",        "files",  "schema", "options",  "output",  "data-source",
                                        "upload",      "verify", "vanished", "required", "archive"};
#define FEED_KEY_COUNT (sizeof feed_keys / sizeof *feed_keys)

/* What is read, and where a message says it is. */
struct reading {
    const char *where;
    const char *feed; /* its name, or NULL */
    struct error *error;
};

static bool wrong(const struct reading *reading, const char *key, const char *what) {
    error_set(reading->error, EXIT_WRONG_USE, "%s: feed %s: \"%s\" %s", reading->where,
              reading->feed ? reading->feed : "without a name", key, what);
    return error_fix(reading->error, "Correct the feed. For all keys of a feed:\nst2plecto help run");
}

/* --- values ----------------------------------------------------------------------------------------------- */

static bool read_text(const struct reading *reading, const cJSON *feed, const char *key, char **text) {
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(feed, key);
    if (!found || cJSON_IsNull(found)) return true;
    if (!cJSON_IsString(found) || !*found->valuestring) return wrong(reading, key, "must be a text");
    free(*text);
    *text = memory_copy(view_of(found->valuestring));
    return true;
}

static bool read_flag(const struct reading *reading, const cJSON *feed, const char *key, bool *flag) {
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(feed, key);
    if (!found) return true;
    if (!cJSON_IsBool(found)) return wrong(reading, key, "must be true or false");
    *flag = cJSON_IsTrue(found);
    return true;
}

static bool read_files(const struct reading *reading, const cJSON *json, struct feed *feed) {
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(json, "files");
    bool is_list = cJSON_IsArray(found) && found->child;
    if (!is_list && !cJSON_IsString(found)) return wrong(reading, "files", "must be a list of paths, such as [\"exports/jobs*\"]");
    feed->files = memory_get_zero(is_list ? (size_t)cJSON_GetArraySize(found) : 1, sizeof *feed->files);
    for (const cJSON *item = is_list ? found->child : found; item; item = is_list ? item->next : NULL) {
        if (!cJSON_IsString(item) || !*item->valuestring) return wrong(reading, "files", "must hold texts only");
        feed->files[feed->file_count++] = memory_copy(view_of(item->valuestring));
    }
    return true;
}

static void add_option(struct feed *feed, const char *name, const char *value) {
    feed->options = memory_resize(feed->options, (feed->option_count + 1) * sizeof *feed->options);
    feed->options[feed->option_count++] =
        (struct feed_option){memory_copy(view_of(name)), value ? memory_copy(view_of(value)) : NULL};
}

static bool read_option(const struct reading *reading, const cJSON *item, const char *name, struct feed *feed) {
    char number[32];
    if (cJSON_IsString(item)) {
        add_option(feed, name, item->valuestring);
    } else if (cJSON_IsTrue(item)) {
        add_option(feed, name, NULL);
    } else if (cJSON_IsNumber(item)) {
        snprintf(number, sizeof number, "%d", item->valueint);
        add_option(feed, name, number);
    } else if (!cJSON_IsFalse(item)) {
        return wrong(reading, name, "must be a text, a number, true, false or a list of texts");
    }
    return true;
}

static bool read_options(const struct reading *reading, const cJSON *json, struct feed *feed) {
    const cJSON *options = cJSON_GetObjectItemCaseSensitive(json, "options");
    if (options && !cJSON_IsObject(options)) return wrong(reading, "options", "must be an object");
    for (const cJSON *item = options ? options->child : NULL; item; item = item->next) {
        if (!cJSON_IsArray(item)) {
            if (!read_option(reading, item, item->string, feed)) return false;
            continue;
        }
        for (const cJSON *value = item->child; value; value = value->next)
            if (!cJSON_IsString(value) || !read_option(reading, value, item->string, feed))
                return cJSON_IsString(value) ? false : wrong(reading, item->string, "must hold texts only");
    }
    return true;
}

/* --- feeds ------------------------------------------------------------------------------------------------ */

static bool check_keys(const struct reading *reading, const cJSON *json) {
    for (const cJSON *item = json->child; item; item = item->next) {
        bool is_known = false;
        for (size_t i = 0; i < FEED_KEY_COUNT; i++)
            is_known = is_known || strcmp(item->string, feed_keys[i]) == 0;
        if (!is_known) {
            char *near = near_word(view_of(item->string), feed_keys, FEED_KEY_COUNT);
            char *what = memory_print("is not a key of a feed%s", near);
            wrong(reading, item->string, what);
            free(what);
            free(near);
            return false;
        }
        if (cJSON_GetObjectItemCaseSensitive(json, item->string) != item)
            return wrong(reading, item->string, "is there twice");
    }
    return true;
}

static bool is_name(const char *name) {
    return name && *name && *name != '.' && *name != '-' && !strchr(name, '/');
}

static bool read_feed(struct reading *reading, const cJSON *json, struct feed *feed) {
    const cJSON *name = cJSON_GetObjectItemCaseSensitive(json, "name");
    reading->feed = cJSON_IsString(name) ? name->valuestring : NULL;
    if (!cJSON_IsObject(json)) return wrong(reading, "feeds", "must be a list of objects");
    if (!check_keys(reading, json)) return false;
    if (!is_name(reading->feed)) return wrong(reading, "name", "must be a text that can name a folder");
    feed->name = memory_copy(view_of(reading->feed));
    feed->schema = memory_copy(view_of("auto"));
    feed->vanished = memory_copy(view_of("report"));
    feed->output = memory_print("plecto/%s", feed->name);
    if (!read_files(reading, json, feed) || !read_options(reading, json, feed) ||
        !read_text(reading, json, "schema", &feed->schema) || !read_text(reading, json, "output", &feed->output) ||
        !read_text(reading, json, "data-source", &feed->data_source) ||
        !read_text(reading, json, "vanished", &feed->vanished) ||
        !read_text(reading, json, "archive", &feed->archive) ||
        !read_flag(reading, json, "upload", &feed->uploads) || !read_flag(reading, json, "verify", &feed->verifies) ||
        !read_flag(reading, json, "required", &feed->is_required))
        return false;
    if (feed->verifies && !feed->uploads) return wrong(reading, "verify", "needs \"upload\": true");
    return true;
}

static bool check_alone(const struct reading *reading, const struct routine *routine) {
    const struct feed *last = &routine->feeds[routine->count - 1];
    for (size_t i = 0; i + 1 < routine->count; i++) {
        if (strcmp(routine->feeds[i].name, last->name) == 0) return wrong(reading, "name", "is that of two feeds");
        if (strcmp(routine->feeds[i].output, last->output) == 0)
            return wrong(reading, "output", "is that of two feeds");
    }
    return true;
}

/* "10s", "2m", "1h", "0s". */
static bool read_settle(const cJSON *json, const char *where, unsigned *settle, struct error *error) {
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(json, "settle");
    if (!found) return true;
    const char *text = cJSON_IsString(found) ? found->valuestring : "";
    size_t digits = strspn(text, "0123456789");
    unsigned long number = digits > 0 && digits < 6 ? strtoul(text, NULL, 10) : SETTLE_MOST + 1;
    unsigned long unit = strcmp(text + digits, "s") == 0   ? 1
                         : strcmp(text + digits, "m") == 0 ? 60
                         : strcmp(text + digits, "h") == 0 ? 3600
                                                           : SETTLE_MOST + 1;
    if (number * unit <= SETTLE_MOST) {
        *settle = (unsigned)(number * unit);
        return true;
    }
    error_set(error, EXIT_WRONG_USE, "%s: \"settle\": \"%s\" is not a time of up to one day in seconds, minutes or hours",
              where, text);
    return error_fix(error, "It is how long a file must be unchanged before run reads it. Write for example \"settle\": "
                            "\"10s\", \"5m\" or \"1h\".");
}

bool routine_read(const cJSON *json, const char *where, struct routine *routine, struct error *error) {
    struct reading reading = {where, NULL, error};
    const cJSON *feeds = cJSON_GetObjectItemCaseSensitive(json, "feeds");
    const cJSON *log = cJSON_GetObjectItemCaseSensitive(json, "log");
    *routine = (struct routine){.settle = SETTLE};
    routine->log = memory_copy(view_of(cJSON_IsString(log) ? log->valuestring : "st2plecto.log"));
    if (!read_settle(json, where, &routine->settle, error)) return false;
    if (feeds) routine->feeds = memory_get_zero((size_t)cJSON_GetArraySize(feeds) + 1, sizeof *routine->feeds);
    for (const cJSON *item = feeds ? feeds->child : NULL; item; item = item->next)
        if (!read_feed(&reading, item, &routine->feeds[routine->count++]) || !check_alone(&reading, routine))
            return false;
    return true;
}

const struct feed *routine_find(const struct routine *routine, const char *name) {
    for (size_t i = 0; i < routine->count; i++)
        if (strcmp(routine->feeds[i].name, name) == 0) return &routine->feeds[i];
    return NULL;
}

void routine_free(struct routine *routine) {
    for (size_t i = 0; i < routine->count; i++) {
        struct feed *feed = &routine->feeds[i];
        for (size_t k = 0; k < feed->file_count; k++)
            free(feed->files[k]);
        for (size_t k = 0; k < feed->option_count; k++) {
            free(feed->options[k].name);
            free(feed->options[k].value);
        }
        char *texts[] = {feed->name, feed->schema, feed->output, feed->data_source, feed->vanished, feed->archive};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            free(texts[k]);
        free(feed->files);
        free(feed->options);
    }
    free(routine->feeds);
    free(routine->log);
    *routine = (struct routine){0};
}
