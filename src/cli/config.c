/* config.c: the file's JSON as options. The checks of keys and their lines are those of schema files
 * (schema/schema_reader.h), so both kinds of files are explained in one way. */
#include "cli/config.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/memory.h"
#include "schema/schema_reader.h"

#define FILE_NAME "st2plecto.json"
#define FOLDER_LIMIT 64 /* folders upward that are looked into */

struct config {
    char *path, *folder; /* folder ends in '/', or is empty */
    char *text;          /* without comments */
    struct schema_reader reader;
    cJSON *json;
    struct arena *arena; /* values made of others */
};

/* A key: whether its texts are paths, and the option it stands for where that is called otherwise. */
struct setting {
    struct key_rule rule;
    bool is_path;
    const char *option;
};

static const struct setting top_settings[] = {
    {{"schema", KEY_TEXT}, true, NULL},
    {{"schema-dir", KEY_TEXT}, true, NULL},
    {{"encoding", KEY_TEXT}, false, NULL},
    {{"delimiter", KEY_TEXT}, false, NULL},
    {{"date-order", KEY_TEXT}, false, NULL},
    {{"tz", KEY_TEXT}, false, NULL},
    {{"allow-cut", KEY_FLAG}, false, NULL},
    {{"roster", KEY_TEXT_OR_LIST}, true, NULL},
    {{"with", KEY_TEXT_OR_LIST}, true, NULL},
    {{"several", KEY_TEXT}, false, NULL},
    {{"default-employee", KEY_TEXT}, false, NULL},
    {{"period", KEY_TEXT}, false, NULL},
    {{"last", KEY_TEXT}, false, NULL},
    {{"keep", KEY_TEXT}, false, NULL},
    {{"active-only", KEY_FLAG}, false, NULL},
    {{"by", KEY_TEXT}, false, NULL},
    {{"per", KEY_TEXT}, false, NULL},
    {{"layout", KEY_TEXT}, false, NULL},
    {{"output", KEY_TEXT}, true, NULL},
    {{"on-error", KEY_TEXT}, false, NULL},
    {{"fail-on", KEY_TEXT}, false, NULL},
    {{"max-issues", KEY_INTEGER}, false, NULL},
    {{"jobs", KEY_INTEGER}, false, NULL},
    {{"to", KEY_TEXT}, false, NULL},
    {{"data-source", KEY_TEXT}, false, NULL},
    {{"schemas", KEY_OBJECT}, false, NULL},
};
static const struct setting schema_settings[] = {
    {{"title", KEY_TEXT}, false, NULL},   {{"data-source", KEY_TEXT}, false, NULL},
    {{"date", KEY_TEXT}, false, NULL},    {{"fields", KEY_OBJECT}, false, "field"},
    {{"drop", KEY_LIST}, false, NULL},    {{"default-employee", KEY_TEXT}, false, NULL},
    {{"several", KEY_TEXT}, false, NULL}, {{"keep", KEY_TEXT}, false, NULL},
    {{"by", KEY_TEXT}, false, NULL},      {{"per", KEY_TEXT}, false, NULL},
    {{"layout", KEY_TEXT}, false, NULL},
};
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* --- finding and reading ------------------------------------------------------------------------------ */

/* "st2plecto.json", "../st2plecto.json" … the first that is there; NULL if none is. */
static char *search(void) {
    char *up = memory_copy(view_of(""));
    char *found = NULL;
    for (int i = 0; i < FOLDER_LIMIT && !found; i++) {
        char *path = memory_print("%s" FILE_NAME, up);
        if (access(path, F_OK) == 0) {
            found = path;
            break;
        }
        free(path);
        char *next = memory_print("%s../", up);
        free(up);
        up = next;
    }
    free(up);
    return found;
}

static void check_keys(struct config *config, struct node node, const struct setting *settings, size_t count,
                       const char *where) {
    struct key_rule rules[COUNT(top_settings)];
    for (size_t i = 0; i < count; i++)
        rules[i] = settings[i].rule;
    reader_check_keys(&config->reader, node, rules, count, where);
}

static struct node top_node(const struct config *config) {
    size_t start = view_starts_with(config->reader.text, "\xEF\xBB\xBF") ? 3 : 0;
    return (struct node){config->json, place_skip_blanks(config->reader.text, start)};
}

static void check(struct config *config) {
    struct node top = top_node(config);
    check_keys(config, top, top_settings, COUNT(top_settings), "at the top");
    struct node schemas = node_child(&config->reader, top, "schemas");
    for (const cJSON *item = cJSON_IsObject(schemas.json) ? schemas.json->child : NULL; item; item = item->next) {
        char *where = memory_print("in schemas.%s", item->string);
        struct node node = node_child(&config->reader, schemas, item->string);
        if (cJSON_IsObject(item))
            check_keys(config, node, schema_settings, COUNT(schema_settings), where);
        else
            reader_error(&config->reader, node_line(&config->reader, schemas, item->string), "%s must be an object",
                         where);
        free(where);
    }
}

static bool parse(struct config *config, struct error *error) {
    struct buffer text = {0};
    if (!schema_read_file(config->path, &text, error)) {
        error_free(error);
        error_set(error, EXIT_WRONG_USE, "cannot read the configuration %s: %s", config->path, strerror(errno));
        return error_fix(error, "check the path of --config");
    }
    size_t length = text.length;
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
        return error_fix(error, "correct the configuration, or --no-config to go without it");
    }
    if (cJSON_IsObject(config->json)) return true;
    size_t place = !config->json && stopped ? (size_t)(stopped - config->text) : 0;
    error_set(error, EXIT_WRONG_USE, "%s:%u: the configuration is not a valid JSON object", config->path,
              place_line(config->reader.text, place));
    return error_fix(error, "look for a missing or extra comma, quote or bracket there");
}

bool config_open(const char *file, struct config **opened, struct error *error) {
    char *path = file ? memory_copy(view_of(file)) : search();
    *opened = NULL;
    if (!path) return true;
    struct config *config = memory_get_zero(1, sizeof *config);
    const char *slash = strrchr(path, '/');
    config->path = path;
    config->folder = memory_copy(view_from(path, slash ? (size_t)(slash + 1 - path) : 0));
    config->arena = arena_create(1 << 12);
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
    free(config->path);
    free(config->folder);
    free(config);
}

const char *config_path(const struct config *config) {
    return config->path;
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
    error_free(handing->error);
    *handing->error = (struct error){0};
    error_set(handing->error, (enum exit_code)code, "%s:%u: %s", handing->config->path, handing->line, message);
    if (fix) error_fix(handing->error, "%s", fix);
    free(message);
    free(fix);
    return false;
}

/* A path is relative to the file; a schema's bare name is no path. */
static const char *resolve(struct config *config, const struct setting *setting, const char *text) {
    bool is_file = strchr(text, '/') || strstr(text, ".json");
    bool is_name = strcmp(setting->rule.name, "schema") == 0 && !is_file;
    if (!setting->is_path || is_name || text[0] == '/' || strcmp(text, "-") == 0) return text;
    const char *folder = *config->folder || strcmp(setting->rule.name, "schema") != 0 ? config->folder : "./";
    return arena_print(config->arena, "%s%s%c", folder, text, '\0').text;
}

static bool hand_item(struct handing *handing, const struct setting *setting, const cJSON *item) {
    const char *option = setting->option ? setting->option : setting->rule.name;
    if (cJSON_IsBool(item)) return cJSON_IsFalse(item) || hand(handing, option, "");
    if (cJSON_IsNumber(item))
        return hand(handing, option, arena_print(handing->config->arena, "%d%c", item->valueint, '\0').text);
    if (cJSON_IsString(item)) return hand(handing, option, resolve(handing->config, setting, item->valuestring));
    error_set(handing->error, EXIT_WRONG_USE, "%s:%u: \"%s\" must hold texts in quotes", handing->config->path,
              handing->line, setting->rule.name);
    return false;
}

static bool hand_fields(struct handing *handing, const cJSON *fields) {
    for (const cJSON *item = fields->child; item; item = item->next) {
        const char *title = cJSON_IsString(item) ? item->valuestring : "";
        const char *equals = *title ? "=" : "";
        if (!cJSON_IsString(item) && !cJSON_IsNull(item)) return hand_item(handing, &schema_settings[3], fields);
        if (!hand(handing, "field",
                  arena_print(handing->config->arena, "%s%s%s%c", item->string, equals, title, '\0').text))
            return false;
    }
    return true;
}

static bool hand_setting(struct handing *handing, const struct setting *setting, struct node node) {
    const cJSON *json = cJSON_GetObjectItemCaseSensitive(node.json, setting->rule.name);
    if (!json || setting == &top_settings[COUNT(top_settings) - 1]) return true;
    handing->line = node_line(&handing->config->reader, node, setting->rule.name);
    if (cJSON_IsObject(json)) return hand_fields(handing, json);
    if (!cJSON_IsArray(json)) return hand_item(handing, setting, json);
    bool is_fine = true;
    for (const cJSON *item = json->child; item && is_fine; item = item->next)
        is_fine = hand_item(handing, setting, item);
    return is_fine;
}

bool config_apply(struct config *config, const char *schema, config_taker *take, void *context, struct error *error) {
    struct handing handing = {config, take, context, error, 1};
    struct node node = top_node(config);
    const struct setting *settings = top_settings;
    size_t count = COUNT(top_settings);
    if (schema) {
        node = node_child(&config->reader, node_child(&config->reader, node, "schemas"), schema);
        settings = schema_settings;
        count = COUNT(schema_settings);
    }
    bool is_fine = true;
    for (size_t i = 0; i < count && is_fine; i++)
        is_fine = hand_setting(&handing, &settings[i], node);
    return is_fine;
}
