/* config.c: the file's JSON as options. The checks of keys and their lines are those of schema files
 * (schema/schema_reader.h), so both kinds of files are explained in one way. */
#include "cli/config.h"

#include <errno.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/memory.h"
#include "cli/config_find.h"
#include "cli/option_values.h"
#include "port/files.h"
#include "schema/schema_reader.h"

#define KEY_LIMIT 64

/* The keys of an object, as the table of options has them. */
struct keys {
    struct key_rule rules[KEY_LIMIT];
    const struct option_rule *options[KEY_LIMIT]; /* NULL: `schemas`, which is handed over when asked for */
    size_t count;
};

struct config {
    char *path, *folder; /* folder ends in '/', or is empty */
    char *text;          /* without comments */
    struct read_files file;
    struct schema_reader reader;
    struct keys top, of_schema;
    cJSON *json;
    struct arena *arena; /* values made of others */
};

/* --- keys ----------------------------------------------------------------------------------------------- */

static enum key_kind kind_of(const struct option_rule *option) {
    static const enum key_kind kinds[] = {
        [FORM_PLAIN] = KEY_TEXT,         [FORM_PATH] = KEY_TEXT,          [FORM_NAME_OR_PATH] = KEY_TEXT,
        [FORM_TEXTS] = KEY_TEXT_OR_LIST, [FORM_PATHS] = KEY_TEXT_OR_LIST, [FORM_JOINED] = KEY_TEXT_OR_LIST,
        [FORM_LIST] = KEY_LIST,          [FORM_FIELDS] = KEY_OBJECT};
    if (option->form != FORM_PLAIN) return kinds[option->form];
    return option->kind == TAKES_NONE ? KEY_FLAG : option->kind == TAKES_NUMBER ? KEY_INTEGER : KEY_TEXT;
}

static void add_key(struct keys *keys, const char *name, enum key_kind kind, const struct option_rule *option) {
    keys->rules[keys->count] = (struct key_rule){name, kind};
    keys->options[keys->count++] = option;
}

/* The top's in the order of the table, a data type's by their rank. */
static void make_keys(struct config *config) {
    for (size_t i = 0; i < option_table_count; i++)
        if (option_table[i].is_key)
            add_key(&config->top, option_table[i].name, kind_of(&option_table[i]), &option_table[i]);
    add_key(&config->top, "schemas", KEY_OBJECT, NULL);
    add_key(&config->top, "feeds", KEY_LIST, NULL); /* of `run`, which checks them (routine/feeds.h); as the next two */
    add_key(&config->top, "settle", KEY_TEXT, NULL);
    add_key(&config->top, "log", KEY_TEXT, NULL);
    for (size_t i = 0; i < option_table_count; i++) {
        const struct option_rule *option = &option_table[i];
        if (option->was && option->is_key) add_key(&config->top, option->was, KEY_RENAMED, option);
        if (option->was && option->rank) add_key(&config->of_schema, option->was, KEY_RENAMED, option);
    }
    for (unsigned rank = 1; rank < KEY_LIMIT; rank++)
        for (size_t i = 0; i < option_table_count; i++) {
            const struct option_rule *option = &option_table[i];
            bool is_fields = option->form == FORM_FIELDS;
            if (option->rank == rank)
                add_key(&config->of_schema, is_fields ? "fields" : option->name, kind_of(option), option);
        }
}

/* --- checking ------------------------------------------------------------------------------------------- */

static bool is_empty(const cJSON *json) {
    return cJSON_IsString(json) && view_trim(view_of(json->valuestring)).length == 0;
}

/* A list's items are texts, and not empty. */
static void check_list(struct config *config, struct node node, const char *key, const char *where) {
    struct schema_reader *reader = &config->reader;
    size_t count = 0;
    char **texts = reader_texts(reader, node, key, where, &count);
    for (size_t i = 0; i < count; i++) {
        if (view_trim(view_of(texts[i])).length == 0)
            reader_error(reader, node_line(reader, node, key), "\"%s\" %s has an empty text", key, where);
        free(texts[i]);
    }
    free(texts);
}

/* Field names with a title, or null. */
static void check_fields(struct config *config, struct node fields, const char *where) {
    struct schema_reader *reader = &config->reader;
    size_t number = 0;
    for (const cJSON *item = fields.json->child; item; item = item->next, number++) {
        unsigned line = place_line(reader->text, place_entry(reader->text, fields.offset, number));
        if ((!cJSON_IsString(item) && !cJSON_IsNull(item)) || is_empty(item))
            reader_error(reader, line,
                         "the title of field \"%s\" %s must be a text in quotes, or null for the field's own",
                         item->string, where);
        if (!*item->string) reader_error(reader, line, "\"fields\" %s has an empty field name", where);
        if (cJSON_GetObjectItemCaseSensitive(fields.json, item->string) != item)
            reader_error(reader, line, "field \"%s\" %s is there twice. Delete one.", item->string, where);
    }
}

/* What reader_check_keys, which knows kinds only, lets pass. */
static void check_value(struct config *config, struct node node, const struct key_rule *rule, const char *where) {
    struct schema_reader *reader = &config->reader;
    const char *key = rule->name;
    struct node child = node_child(reader, node, key);
    unsigned line = node_line(reader, node, key);
    if (is_empty(child.json)) reader_error(reader, line, "\"%s\" %s is empty. Write a value, or delete it.", key, where);
    /* valueint is cut and limited */
    if (cJSON_IsNumber(child.json) && !((double)child.json->valueint >= child.json->valuedouble &&
                                        (double)child.json->valueint <= child.json->valuedouble))
        reader_error(reader, line, "\"%s\" %s must be a whole number", key, where);
    if (cJSON_IsArray(child.json) && strcmp(key, "feeds") != 0) check_list(config, node, key, where);
    if (cJSON_IsObject(child.json) && strcmp(key, "fields") == 0) check_fields(config, child, where);
}

static void check_keys(struct config *config, struct node node, const struct keys *keys, const char *where) {
    reader_check_keys(&config->reader, node, keys->rules, keys->count, where);
    for (size_t i = 0; i < keys->count; i++) {
        const char *name = keys->rules[i].name;
        if (keys->rules[i].kind != KEY_RENAMED)
            check_value(config, node, &keys->rules[i], where);
        else if (node_child(&config->reader, node, name).json)
            reader_error(&config->reader, node_line(&config->reader, node, name), "\"%s\" %s is now \"%s\"", name, where,
                         keys->options[i]->name);
    }
}

static struct node top_node(const struct config *config) {
    size_t start = view_starts_with(config->reader.text, "\xEF\xBB\xBF") ? 3 : 0;
    return (struct node){config->json, place_skip_blanks(config->reader.text, start)};
}

static void check(struct config *config) {
    struct node top = top_node(config);
    check_keys(config, top, &config->top, "in the configuration");
    struct node schemas = node_object(&config->reader, top, "schemas");
    size_t number = 0;
    for (const cJSON *item = schemas.json ? schemas.json->child : NULL; item; item = item->next, number++) {
        char *where = memory_print("in schemas.%s", item->string);
        size_t entry = place_entry(config->reader.text, schemas.offset, number);
        unsigned line = place_line(config->reader.text, entry);
        if (cJSON_GetObjectItemCaseSensitive(schemas.json, item->string) != item)
            reader_error(&config->reader, line, "\"%s\" in schemas is there twice. Delete one.", item->string);
        if (cJSON_IsObject(item))
            check_keys(config, (struct node){item, place_value(config->reader.text, entry)}, &config->of_schema, where);
        else
            reader_error(&config->reader, line, "\"%s\" in schemas must be an object", item->string);
        free(where);
    }
}

/* --- reading -------------------------------------------------------------------------------------------- */

static bool parse(struct config *config, struct error *error) {
    struct buffer text = {0};
    errno = 0; /* stays so if the file is just too large */
    if (!schema_read_file(config->path, &text, error)) {
        const char *reason = errno ? strerror(errno) : "it is larger than 8 MiB";
        buffer_free(&text);
        error_free(error);
        error_set(error, EXIT_WRONG_USE, "cannot read the configuration %s: %s", config->path, reason);
        return error_fix(error, "Check the path of --config. To run without a configuration, add --no-config.");
    }
    size_t length = text.length;
    read_files_add_text(&config->file, FILE_CONFIGURATION, config->path, buffer_view(&text));
    config->text = buffer_take(&text);
    place_blank_comments(config->text, length);
    config->reader.text = view_from(config->text, length);
    const char *stopped = NULL;
    bool has_mark = view_starts_with(config->reader.text, "\xEF\xBB\xBF");
    config->json =
        cJSON_ParseWithLengthOpts(config->text + (has_mark ? 3 : 0), length + 1 - (has_mark ? 3 : 0), &stopped, 1);
    if (cJSON_IsObject(config->json)) check(config);
    reader_sort(&config->reader);
    for (size_t i = 0; i < config->reader.finding_count; i++) {
        const struct finding *finding = &config->reader.findings[i];
        if (!finding->is_error) continue;
        error_set(error, EXIT_WRONG_USE, "%s:%u: %s", config->path, finding->line, finding->text);
        return error_fix(error, "Correct the configuration. To run without it, add --no-config.");
    }
    if (cJSON_IsObject(config->json)) return true;
    size_t place = !config->json && stopped ? (size_t)(stopped - config->text) : 0;
    error_set(error, EXIT_WRONG_USE, "%s:%u: the configuration is not a valid JSON object", config->path,
              place_line(config->reader.text, place));
    return error_fix(error, "Look for a missing or extra comma, quote or bracket there.");
}

bool config_open(const char *file, struct config **opened, struct error *error) {
    struct config_place place = {0};
    *opened = NULL;
    if (!file && !config_find(NULL, 0, &place, error)) {
        config_place_free(&place);
        return false;
    }
    char *path = file ? memory_copy(view_of(file)) : place.path;
    place.path = NULL;
    config_place_free(&place);
    if (!path) return true;
    struct config *config = memory_get_zero(1, sizeof *config);
    const char *slash = strrchr(path, '/');
    config->path = path;
    config->folder = memory_copy(view_from(path, slash ? (size_t)(slash + 1 - path) : 0));
    config->arena = arena_create(1 << 12);
    make_keys(config);
    if (!parse(config, error)) {
        config_free(config);
        return false;
    }
    *opened = config;
    return true;
}

void config_free(struct config *config) {
    if (!config) return;
    cJSON_Delete(config->json);
    reader_free(&config->reader);
    arena_destroy(config->arena);
    free(config->text);
    read_files_free(&config->file);
    free(config->path);
    free(config->folder);
    free(config);
}

const char *config_path(const struct config *config) {
    return config->path;
}

void config_note_file(const struct config *config, struct read_files *files) {
    read_files_merge(files, &config->file);
}

/* --- handing over ---------------------------------------------------------------------------------------- */

struct handing {
    struct config *config;
    config_taker *take;
    void *context;
    struct error *error;
    unsigned line;
};

static bool hand(struct handing *handing, const char *option, const char *value) {
    if (handing->take(handing->context, option, value, handing->error)) return true;
    char *message = memory_copy(view_of(handing->error->message));
    char *fix = handing->error->fix ? memory_copy(view_of(handing->error->fix)) : NULL;
    int code = (int)handing->error->code;
    error_set(handing->error, (enum exit_code)code, "%s:%u: %s", handing->config->path, handing->line, message);
    if (fix && strncmp(fix, "Write for example ", 18) == 0) /* as on a command line */
        error_fix(handing->error, "Correct \"%s\" in the configuration. To run without it, add --no-config.", option);
    else if (fix)
        error_fix(handing->error, "%s", fix);
    free(message);
    free(fix);
    return false;
}

static const char *resolve(struct config *config, enum key_form form, const char *text) {
    char *path = memory_copy(view_of(text));
    files_take_path(path);
    bool is_file = strchr(path, '/') || strstr(path, ".json");
    bool is_path = form == FORM_PATH || form == FORM_PATHS || (form == FORM_NAME_OR_PATH && is_file);
    if (is_path && strcmp(path, "-") != 0) {
        const char *folder = files_is_absolute(path) ? "" : config->folder;
        text = arena_print(config->arena, "%s%s%c", folder, path, '\0').text;
    }
    free(path);
    return text;
}

/* The items of a list with commas between them. */
static const char *join(struct config *config, const cJSON *list) {
    struct buffer text = {0};
    for (const cJSON *item = list->child; item; item = item->next)
        buffer_print(&text, "%s%s", item == list->child ? "" : ",", item->valuestring);
    const char *joined = arena_copy(config->arena, buffer_view(&text)).text;
    buffer_free(&text);
    return joined;
}

static bool hand_item(struct handing *handing, const struct option_rule *rule, const cJSON *item) {
    struct config *config = handing->config;
    const char *option = rule->name;
    if (cJSON_IsBool(item)) return cJSON_IsFalse(item) || hand(handing, option, "");
    if (cJSON_IsNumber(item))
        return hand(handing, option, arena_print(config->arena, "%d%c", item->valueint, '\0').text);
    return hand(handing, option, resolve(config, rule->form, item->valuestring));
}

static bool hand_fields(struct handing *handing, struct node fields) {
    const struct schema_reader *reader = &handing->config->reader;
    for (const cJSON *item = fields.json->child; item; item = item->next) {
        const char *value = item->string;
        if (cJSON_IsString(item))
            value = arena_print(handing->config->arena, "%s=%s%c", item->string, item->valuestring, '\0').text;
        handing->line = node_line(reader, fields, item->string);
        if (!hand(handing, "field", value)) return false;
    }
    return true;
}

static bool hand_setting(struct handing *handing, const struct option_rule *rule, const char *key, struct node node) {
    const cJSON *json = cJSON_GetObjectItemCaseSensitive(node.json, key);
    if (!json || !rule) return true;
    handing->line = node_line(&handing->config->reader, node, key);
    if (rule->form == FORM_FIELDS) return hand_fields(handing, node_child(&handing->config->reader, node, key));
    if (!cJSON_IsArray(json)) return hand_item(handing, rule, json);
    if (rule->form == FORM_JOINED) return !json->child || hand(handing, key, join(handing->config, json));
    bool is_fine = true;
    for (const cJSON *item = json->child; item && is_fine; item = item->next)
        is_fine = hand_item(handing, rule, item);
    return is_fine;
}

static bool is_built_in(const char *schema) {
    size_t count = 0;
    struct error none = {0}; /* no folder, no failure */
    char **names = schema_names(NULL, &count, &none);
    bool is_found = false;
    for (size_t i = 0; i < count; i++) {
        is_found = is_found || strcmp(names[i], schema) == 0;
        free(names[i]);
    }
    free(names);
    return is_found;
}

/* The file has nothing for `schema`, but something for a name near it: most likely that was meant. Other unknown names
 * may be those of schema files that other runs use. */
static bool check_meant(const struct config *config, struct node schemas, const char *schema, struct error *error) {
    for (const cJSON *item = cJSON_IsObject(schemas.json) ? schemas.json->child : NULL; item; item = item->next) {
        if (!options_nearest(item->string, &schema, 1) || is_built_in(item->string)) continue;
        error_set(error, EXIT_WRONG_USE, "%s:%u: unknown schema \"%s\" in schemas; did you mean \"%s\"?", config->path,
                  node_line(&config->reader, schemas, item->string), item->string, schema);
        return error_fix(error, "Correct the name. If \"%s\" is your own schema, add \"%s\": {} beside it.",
                         item->string, schema);
    }
    return true;
}

bool config_apply(struct config *config, const char *schema, config_taker *take, void *context, struct error *error) {
    struct handing handing = {.config = config, .take = take, .context = context, .error = error, .line = 1};
    struct node node = top_node(config);
    const struct keys *keys = &config->top;
    if (schema) {
        struct node schemas = node_child(&config->reader, node, "schemas");
        node = node_child(&config->reader, schemas, schema);
        if (!node.json) return check_meant(config, schemas, schema, error);
        keys = &config->of_schema;
    }
    bool is_fine = true;
    for (size_t i = 0; i < keys->count && is_fine; i++)
        is_fine = hand_setting(&handing, keys->options[i], keys->rules[i].name, node);
    return is_fine;
}

/* --- showing --------------------------------------------------------------------------------------------- */

static struct node node_of(struct config *config, const char *schema) {
    struct node node = top_node(config);
    return schema ? node_child(&config->reader, node_child(&config->reader, node, "schemas"), schema) : node;
}

unsigned config_line(struct config *config, const char *schema, const char *key) {
    struct node node = node_of(config, schema);
    return node.json && cJSON_GetObjectItemCaseSensitive(node.json, key) ? node_line(&config->reader, node, key) : 0;
}

const cJSON *config_json(const struct config *config) {
    return config->json;
}

void config_each(struct config *config, config_teller *tell, void *context) {
    const cJSON *schemas = cJSON_GetObjectItemCaseSensitive(config->json, "schemas");
    for (const cJSON *schema = schemas ? schemas->child : NULL; schema; schema = schema->next)
        for (const cJSON *item = schema->child; item; item = item->next) {
            char *value = cJSON_PrintUnformatted(item);
            tell(context, schema->string, item->string, value ? value : "",
                 config_line(config, schema->string, item->string));
            cJSON_free(value);
        }
}
