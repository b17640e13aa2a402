/* random_records: writes random records that are right by a schema, or have one damaged cell.
 *
 *     random_records SCHEMA.json SEED COUNT csv|list|export|lines [--damage KIND] > FILE
 *     random_records roster > FILE
 *
 * The schema is read here by a small JSON reader, not by the program's code, so that a mistake there cannot hide itself.
 * csv has every field that is not computed as a column; the others are API records: dotted paths become nested objects
 * (the shape by SEED), lists are as long as chance wants. With "explode" a record is a parent with 0 to 4 elements, but
 * an export holds the bare elements. Record 0 has every key filled, and days above 12: it proves month first.
 * KIND is number, date, id, employee, boolean or duration; where the damage lies is told on standard error as JSON.
 * The roster says who the people are whose IDs the records hold.
 * Exit code 3: the schema is not for such files, or has nothing that could be damaged so. The same arguments give the same bytes everywhere. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define DAY 86400
#define PERSON_ID ((size_t)4100) /* of the first of the people */
enum { FIELD_LIMIT = 512, PEOPLE_LIMIT = 40, TEXT_SIZE = 512 };

static void fail(const char *what, const char *name) {
    fprintf(stderr, "random_records: %s %s\n", what, name);
    exit(2);
}

/* Zeroed, never NULL, kept until the end: one pool for all there is. */
static void *get(size_t size) {
    static _Alignas(16) char pool[1 << 24];
    static size_t used;
    size_t start = used;
    if (size > sizeof pool - used) fail("out of", "memory");
    used += (size + 15) / 16 * 16;
    return pool + start;
}

/* ---- random numbers: splitmix64, the same on every machine */

static uint64_t mix(uint64_t z) {
    z += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

struct random {
    uint64_t state;
};

/* 0 .. limit - 1 */
static uint32_t below(struct random *random, uint32_t limit) {
    random->state += 0x9E3779B97F4A7C15u;
    return (uint32_t)(((mix(random->state) >> 32) * limit) >> 32);
}

static bool chance(struct random *random, uint32_t percent) {
    return below(random, 100) < percent;
}

static uint64_t hash(const char *text) {
    uint64_t value = 14695981039346656037u;
    for (; *text != '\0'; text++)
        value = (value ^ (unsigned char)*text) * 1099511628211u;
    return value;
}

/* ---- JSON as a tree; comments are blanks */

struct value {
    char kind; /* { [ " and w: a word or number */
    char *key, *text;
    struct value *child, *next;
};

static const char *skip_blanks(const char *at) {
    for (;; at++) {
        if (at[0] == '/' && at[1] == '/') at += strcspn(at, "\n");
        if (*at == '\0' || strchr(" \t\r\n", *at) == NULL) return at;
    }
}

/* Schemas have no \u: what else stands behind a backslash is taken as it is. */
static const char *read_text(const char *at, char **text) {
    size_t length = 1;
    while (at[length] != '"' && at[length] != '\0')
        length += at[length] == '\\' && at[length + 1] != '\0' ? 2 : 1;
    char *to = *text = get(length);
    for (at++; *at != '"'; at++) {
        if (*at == '\\') at++;
        if (*at == '\0') fail("schema: a text has no", "end");
        *to++ = *at;
    }
    return at + 1;
}

static const char *read_value(const char *at, struct value **made, int depth) {
    struct value *value = *made = get(sizeof *value);
    at = skip_blanks(at);
    value->kind = *at;
    if (*at == '"') return read_text(at, &value->text);
    if (*at != '{' && *at != '[') {
        size_t length = strcspn(at, ",]} \t\r\n");
        if (length == 0) fail("schema: not JSON:", at);
        value->kind = 'w';
        value->text = get(length + 1);
        memcpy(value->text, at, length);
        return at + length;
    }
    if (depth > 20) fail("schema: nested too", "deep");
    char end = *at == '{' ? '}' : ']';
    struct value **last = &value->child;
    for (at = skip_blanks(at + 1); *at != end; at = skip_blanks(at)) {
        char *key = NULL;
        if (end == '}') {
            if (*at != '"') fail("schema: no key:", at);
            at = skip_blanks(read_text(at, &key));
            if (*at++ != ':') fail("schema: no colon behind", key);
        }
        at = read_value(at, last, depth + 1);
        (*last)->key = key;
        last = &(*last)->next;
        at = skip_blanks(at);
        if (*at == ',') at++;
    }
    return at + 1;
}

static const struct value *member(const struct value *object, const char *key) {
    for (const struct value *at = object != NULL && object->kind == '{' ? object->child : NULL; at; at = at->next)
        if (strcmp(at->key, key) == 0) return at;
    return NULL;
}

static const struct value *item(const struct value *list, size_t index) {
    const struct value *at = list != NULL ? list->child : NULL;
    for (; at != NULL && index > 0; index--)
        at = at->next;
    return at;
}

/* "" where there is none, or no text */
static const char *text_of(const struct value *value) {
    return value != NULL && value->kind == '"' ? value->text : "";
}

static bool is_true(const struct value *value) {
    return value != NULL && value->text != NULL && strcmp(value->text, "true") == 0;
}

static char *read_file(const char *name) {
    FILE *file = fopen(name, "rb");
    if (file == NULL) fail("cannot open", name);
    size_t size = 1 << 20;
    char *text = get(size + 1);
    size_t length = fread(text, 1, size, file);
    fclose(file);
    if (length == size) fail("too large:", name);
    return text;
}

/* ---- the schema */

enum type { TYPE_TEXT, TYPE_NUMBER, TYPE_INTEGER, TYPE_DATE, TYPE_DATETIME, TYPE_DURATION, TYPE_BOOLEAN };
enum use { USE_PLAIN, USE_YEAR, USE_MONTH, USE_SHARE }; /* what a computed field makes of a number */
enum format { FORMAT_CSV, FORMAT_LIST, FORMAT_EXPORT, FORMAT_LINES };

struct field {
    const char *name, *path, *role, *person, *format;
    const struct value *values, *derive;
    enum type type;
    enum use use;
    char point;
    size_t leaf_fields; /* how many fields stand at its path */
    bool is_present, is_money, is_percent, is_private, is_fallback, is_required, last_name_first;
    bool is_needed, is_unique, is_upward;
};

struct schema {
    struct value *root; /* what all texts are parts of */
    struct field fields[FIELD_LIMIT];
    size_t count;
    const char *explode, *template;
    bool has_employee;    /* plecto.employee */
    bool dates_by_period; /* "date": "period" */
    bool is_whole;        /* such files have an ID and a date */
};

static bool is_role(const struct field *field, const char *role) {
    return strcmp(field->role, role) == 0;
}

static bool is_person(const struct field *field) {
    return is_role(field, "employee") || is_role(field, "employee-name");
}

static struct field *find(struct schema *schema, const char *name, size_t length) {
    for (size_t i = 0; i < schema->count; i++)
        if (strlen(schema->fields[i].name) == length && memcmp(schema->fields[i].name, name, length) == 0)
            return &schema->fields[i];
    return NULL;
}

static struct field *find_text(struct schema *schema, const struct value *name) {
    return find(schema, text_of(name), strlen(text_of(name)));
}

static void read_field(struct field *field, const struct value *value, size_t shape, enum format format, bool bare) {
    static const char *const types[] = {"string", "number", "integer", "date", "datetime", "duration", "boolean"};
    const struct value *plecto = member(value, "plecto"), *path = member(plecto, "path");
    while (field->type < COUNT(types) && strcmp(types[field->type], text_of(member(value, "type"))) != 0)
        field->type++;
    field->name = text_of(member(value, "name"));
    if (field->type == COUNT(types)) fail("schema: unknown type of", field->name);
    field->path = text_of(path != NULL && path->kind == '[' ? item(path, shape) : path);
    field->is_upward = format != FORMAT_CSV && strncmp(field->path, "../", 3) == 0;
    field->role = text_of(member(plecto, "role"));
    field->person = text_of(member(plecto, "person"));
    field->format = text_of(member(value, "format"));
    field->values = member(member(value, "constraints"), "enum");
    field->is_required = is_true(member(member(value, "constraints"), "required"));
    field->derive = item(member(plecto, "derive"), 0);
    field->is_money = is_true(member(plecto, "money"));
    field->is_percent = is_true(member(plecto, "percent"));
    field->is_private = is_true(member(plecto, "private"));
    field->is_fallback = is_true(member(plecto, "fallback"));
    field->last_name_first = strcmp(text_of(member(plecto, "commas")), "name") == 0;
    field->point = text_of(member(value, "decimalChar"))[0];
    field->is_present =
        format == FORMAT_CSV ? field->derive == NULL : field->path[0] != '\0' && !(bare && field->is_upward);
}

/* The inputs of a computed field: what they must be like, and that they are there if it must be. */
static void mark_inputs(struct schema *schema, const struct field *field) {
    if (field->derive == NULL || field->derive->kind != '[') return;
    for (size_t i = 0; item(field->derive, i) != NULL; i++) {
        struct field *part = find_text(schema, item(field->derive, i));
        if (part == NULL) fail("schema: unknown field in derive of", field->name);
        if (strcmp(field->derive->key, "month") == 0) part->use = i == 0 ? USE_YEAR : USE_MONTH;
        if (strcmp(field->derive->key, "share") == 0 && i == 1) part->use = USE_SHARE;
        if (!field->is_needed) continue;
        part->is_needed = true;
        if (strcmp(field->derive->key, "hash") == 0 && part->type == TYPE_TEXT) part->is_unique = true;
    }
}

/* The first field of a role that the file has or can compute. */
static struct field *first_of(struct schema *schema, const char *role) {
    for (size_t i = 0; i < schema->count; i++) {
        struct field *field = &schema->fields[i];
        if (is_role(field, role) && (field->is_present || field->derive != NULL)) return field;
    }
    return NULL;
}

static struct field *first_person(struct schema *schema) {
    for (size_t i = 0; i < schema->count; i++)
        if (is_person(&schema->fields[i]) && schema->fields[i].is_present) return &schema->fields[i];
    return NULL;
}

static void mark_needed(struct schema *schema) {
    struct field *date = first_of(schema, "date"), *person = first_person(schema);
    if (date != NULL) date->is_needed = true;
    for (size_t i = 0; i < schema->count; i++) {
        struct field *field = &schema->fields[i];
        if (field->is_required) field->is_needed = true;
        if (person != NULL && is_person(field) && strcmp(field->person, person->person) == 0) field->is_needed = true;
        if (is_role(field, "id")) field->is_unique = true;
    }
    struct field *id = first_of(schema, "id");
    schema->is_whole = (date != NULL || schema->dates_by_period) && (id != NULL || schema->template[0] != '\0');
    if (schema->template[0] == '\0' && id != NULL) id->is_needed = true;
    for (const char *at = strchr(schema->template, '{'); at != NULL; at = strchr(at + 1, '{')) {
        struct field *part = find(schema, at + 1, strcspn(at + 1, "}"));
        if (part == NULL) continue; /* {period}, {employee} */
        if (!part->is_present && part->derive == NULL) schema->is_whole = false;
        part->is_needed = true;
        part->is_unique = part->type == TYPE_TEXT && !is_person(part);
    }
    for (size_t i = schema->count; i-- > 0;) /* computed fields stand below their inputs */
        mark_inputs(schema, &schema->fields[i]);
}

static void read_schema(struct schema *schema, const char *name, uint64_t seed, enum format format) {
    read_value(read_file(name), &schema->root, 0);
    const struct value *root = schema->root, *plecto = member(root, "plecto"), *shapes = member(plecto, "shapes");
    size_t shape_count = 0;
    while (item(shapes, shape_count) != NULL)
        shape_count++;
    schema->explode = text_of(member(plecto, "explode"));
    schema->template = text_of(member(plecto, "id"));
    schema->has_employee = text_of(member(plecto, "employee"))[0] != '\0';
    schema->dates_by_period = strcmp(text_of(member(plecto, "date")), "period") == 0;
    bool is_bare = format == FORMAT_EXPORT && schema->explode[0] != '\0';
    if (format == FORMAT_CSV || is_bare) schema->explode = "";
    for (size_t i = 0; item(member(root, "fields"), i) != NULL; i++) {
        if (i == FIELD_LIMIT) fail("schema: too many fields in", name);
        size_t shape = shape_count > 1 ? (size_t)(seed % shape_count) : 0;
        read_field(&schema->fields[i], item(member(root, "fields"), i), shape, format, is_bare);
        schema->count++;
    }
    mark_needed(schema);
}

/* ---- what is written: bytes with their line and column */

struct output {
    uint64_t line, column; /* of the next byte, from 1 */
};

static void put_char(struct output *output, char c) {
    putchar(c);
    output->column++;
    if (c == '\n') {
        output->line++;
        output->column = 1;
    }
}

static void put(struct output *output, const char *text) {
    for (; *text != '\0'; text++)
        put_char(output, *text);
}

static void put_json_text(struct output *output, const char *text) {
    put_char(output, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') put_char(output, '\\');
        if (*text == '\n')
            put(output, "\\n");
        else
            put_char(output, *text);
    }
    put_char(output, '"');
}

static void put_csv_text(struct output *output, const char *text) {
    bool is_quoted = strpbrk(text, ",\"\n") != NULL;
    if (is_quoted) put_char(output, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"') put_char(output, '"');
        put_char(output, *text);
    }
    if (is_quoted) put_char(output, '"');
}

/* ---- one record */

enum damage { DAMAGE_NUMBER, DAMAGE_DATE, DAMAGE_ID, DAMAGE_EMPLOYEE, DAMAGE_BOOLEAN, DAMAGE_DURATION, DAMAGE_NONE };

struct maker {
    struct schema *schema;
    struct random random;
    struct output output;
    enum format format;
    enum damage damage;
    const struct field *target; /* the damaged field */
    uint64_t seed, count;
    uint64_t index, damaged_index; /* of records */
    uint64_t element, elements, damaged_element;
    uint64_t serial;              /* of rows: what makes texts unique */
    int64_t moments[FIELD_LIMIT]; /* seconds since 2024-01-01 of the date fields in this row */
    int64_t base;
    bool is_parent; /* the record's own keys are written, not those of an element */
};

struct cell {
    char text[TEXT_SIZE]; /* "" where empty */
    bool is_bare;         /* JSON: not in quotes */
};

static const char *const people[PEOPLE_LIMIT] = {
    "Ana Lopez",       "Bo Chen",       "Cyrus Diaz",      "Dana Ortiz",   "Eli O'Neil",      "Fay Wong",
    "Gus Petersen",    "Hal Brandt",    "Ida Kowalski",    "Jon Smith",    "Keiko Mori",      "Luis Ferreira",
    "Mia Andersson",   "Noah Becker",   "Olga Ivanova",    "Paul Dubois",  "Quinn Murphy",    "Rosa Jiménez",
    "Sven Lindqvist",  "Tara Nguyen",   "Uma Krishnan",    "Victor Hugo",  "Wendy Clark",     "Xavier Roux",
    "Yara Haddad",     "Zoe Papadaki",  "Aaron Feld",      "Bella Rossi",  "Carl Jean-Louis", "Derek Stone",
    "Emma van Dijk",   "Frank Müller",  "Gina Castellano", "Henry Abbott", "Iris Takahashi",  "Jack Underwood",
    "Karin Østergård", "Leo Marchetti", "Maya Goldberg",   "Nils Thorvald"};
static const char *const words[] = {"No Cool",
                                    "Drains, Sewer",
                                    "said \"call back\"",
                                    "first line\nsecond line",
                                    "Müller & Söhne",
                                    "冷房",
                                    "Panel 5\"",
                                    "Garcia Trust",
                                    "a, \"b\",\nc",
                                    "O'Hara",
                                    "plain",
                                    "HVAC / Install",
                                    "50% off ok?",
                                    "tab-free; semi;",
                                    "naïve café",
                                    "x"};

static size_t person_of(const struct maker *maker, const struct field *field) {
    if (strstr(maker->schema->template, "{employee}") != NULL) /* one row for each person */
        return (size_t)((maker->seed + maker->serial) % PEOPLE_LIMIT);
    uint64_t row = field->is_upward ? maker->index : maker->serial;
    return (size_t)(mix(mix(maker->seed * 1000003 + row * 2 + field->is_upward) ^ hash(field->person)) % PEOPLE_LIMIT);
}

static void make_person(const struct maker *maker, const struct field *field, struct cell *cell) {
    size_t person = person_of(maker, field);
    if (is_role(field, "employee")) {
        snprintf(cell->text, TEXT_SIZE, "%zu", PERSON_ID + person);
        cell->is_bare = maker->seed % 3 != 0;
        return;
    }
    const char *blank = strchr(people[person], ' ');
    if (field->last_name_first && maker->seed % 2 == 0)
        snprintf(cell->text, TEXT_SIZE, "%s, %.*s", blank + 1, (int)(blank - people[person]), people[person]);
    else
        snprintf(cell->text, TEXT_SIZE, "%s", people[person]);
}

/* Moments: all within 20 days, and no interval that a computed field measures is negative. */
static void make_moments(struct maker *maker) {
    struct schema *schema = maker->schema;
    for (size_t i = 0; i < schema->count; i++) {
        if (schema->fields[i].is_upward && !maker->is_parent) continue;
        maker->moments[i] = maker->base + below(&maker->random, 20 * DAY);
    }
    for (size_t pass = 0; pass < 4; pass++) {
        for (size_t i = 0; i < schema->count; i++) {
            const struct value *derive = schema->fields[i].derive;
            if (derive == NULL || strcmp(derive->key, "between") != 0) continue;
            int64_t *start = &maker->moments[find_text(schema, item(derive, 0)) - schema->fields];
            int64_t *end = &maker->moments[find_text(schema, item(derive, 1)) - schema->fields];
            int64_t later = *start > *end ? *start : *end;
            *start = *start + *end - later;
            *end = later;
        }
    }
}

struct moment {
    int year, month, day, hour, minute, second;
};

static struct moment moment_of(int64_t seconds) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct moment moment = {.year = 2024, .month = 1};
    int64_t days = seconds / DAY, rest = seconds % DAY;
    for (;;) {
        int length = lengths[moment.month - 1] + (moment.year == 2024 && moment.month == 2);
        if (days < length) break;
        days -= length;
        if (++moment.month > 12) {
            moment.month = 1;
            moment.year++;
        }
    }
    moment.day = (int)days + 1;
    moment.hour = (int)(rest / 3600);
    moment.minute = (int)(rest % 3600 / 60);
    moment.second = (int)(rest % 60);
    return moment;
}

static void make_moment(struct maker *maker, const struct field *field, struct cell *cell) {
    int64_t seconds = maker->moments[field - maker->schema->fields];
    struct moment moment = moment_of(seconds);
    char *text = cell->text;
    if (maker->format == FORMAT_CSV) {
        char time[16] = "";
        if (field->type == TYPE_DATETIME && strcmp(field->format, "excel") != 0)
            snprintf(time, sizeof time, " %d:%02d %s", moment.hour % 12 == 0 ? 12 : moment.hour % 12, moment.minute,
                     moment.hour < 12 ? "AM" : "PM");
        if (strcmp(field->format, "excel") == 0)
            snprintf(text, TEXT_SIZE, "%d", 45292 + (int)(seconds / DAY)); /* 45292 is 2024-01-01 */
        else if (strcmp(field->format, "%Y-%m-%d") == 0)
            snprintf(text, TEXT_SIZE, "%d-%02d-%02d%s", moment.year, moment.month, moment.day, time);
        else if (strcmp(field->format, "%d/%m/%Y") == 0)
            snprintf(text, TEXT_SIZE, "%d/%d/%d%s", moment.day, moment.month, moment.year, time);
        else
            snprintf(text, TEXT_SIZE, "%d/%d/%d%s", moment.month, moment.day, moment.year, time);
        return;
    }
    int length = snprintf(text, TEXT_SIZE, "%d-%02d-%02dT", moment.year, moment.month, moment.day);
    if (field->type == TYPE_DATE) {
        snprintf(text + length, TEXT_SIZE - (size_t)length, "00:00:00Z");
        return;
    }
    length += snprintf(text + length, TEXT_SIZE - (size_t)length, "%02d:%02d:%02d", moment.hour, moment.minute,
                       moment.second);
    uint32_t digits = below(&maker->random, 8);
    if (digits > 0) text[length++] = '.';
    for (; digits > 0; digits--)
        text[length++] = (char)('0' + below(&maker->random, 10));
    text[length++] = 'Z';
    text[length] = '\0';
}

/* 123456789 as 1,234,567.89, with the signs of the field */
static void make_money(struct maker *maker, const struct field *field, struct cell *cell) {
    struct random *random = &maker->random;
    uint64_t cents = below(random, chance(random, 10) ? 200000000 : 200000);
    bool is_negative = chance(random, 15) && cents > 0;
    uint64_t dollars = cents / 100;
    char point = '.', digits[32];
    if (field->point != '\0' && maker->format == FORMAT_CSV) point = field->point;
    char group = point == '.' ? ',' : '.';
    snprintf(digits, sizeof digits, "%" PRIu64, dollars);
    uint32_t style = maker->format == FORMAT_CSV ? below(random, 4) : 3;
    size_t count = strlen(digits), length = 0;
    char number[64];
    for (size_t i = 0; i < count; i++) {
        if (style < 3 && i > 0 && (count - i) % 3 == 0) number[length++] = group;
        number[length++] = digits[i];
    }
    snprintf(number + length, sizeof number - length, "%c%02d", point, (int)(cents % 100));
    const char *before = is_negative ? style == 2 ? "($" : style == 3 ? "-" : "-$" : style == 3 ? "" : "$";
    const char *behind = is_negative && style == 2 ? ")" : "";
    /* with a decimal sign of its own, only a JSON number says without doubt what it is */
    cell->is_bare = maker->format != FORMAT_CSV && (chance(random, 50) || field->point != '\0');
    if (maker->format != FORMAT_CSV && !cell->is_bare) behind = chance(random, 50) ? "00000000000000000" : "";
    snprintf(cell->text, TEXT_SIZE, "%s%s%s", before, number, behind);
}

static void make_number(struct maker *maker, const struct field *field, struct cell *cell) {
    struct random *random = &maker->random;
    char *text = cell->text;
    cell->is_bare = chance(random, 70) || field->point != '\0';
    uint32_t number = below(random, 10000);
    if (field->use == USE_YEAR)
        snprintf(text, TEXT_SIZE, "%" PRIu32, 2024 + below(random, 3));
    else if (field->use == USE_MONTH)
        snprintf(text, TEXT_SIZE, "%" PRIu32, 1 + below(random, 12));
    else if (field->use == USE_SHARE)
        snprintf(text, TEXT_SIZE, "%" PRIu32, maker->index == 0 ? 60 : 1 + below(random, 100));
    else if (field->type == TYPE_INTEGER)
        snprintf(text, TEXT_SIZE, "%" PRIu32, number % 13);
    else if (field->is_percent && maker->format == FORMAT_CSV)
        snprintf(text, TEXT_SIZE, "%" PRIu32 "%c%" PRIu32 "%%", number / 100, field->point ? field->point : '.',
                 number % 10);
    else if (field->is_percent)
        snprintf(text, TEXT_SIZE, "0.%04" PRIu32, number);
    else
        snprintf(text, TEXT_SIZE, "%" PRIu32 "%c%02" PRIu32, number / 100,
                 field->point && maker->format == FORMAT_CSV ? field->point : '.', number % 100);
}

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), wanted = strlen(end);
    return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

static void make_text(struct maker *maker, const struct field *field, struct cell *cell) {
    struct random *random = &maker->random;
    if (field->is_unique) {
        uint64_t row = field->is_upward ? maker->index : maker->serial;
        snprintf(cell->text, TEXT_SIZE, "%" PRIu64, 5100000000 + maker->seed * 100000 + row * 7);
        cell->is_bare = ends_with(field->name, "ID");
    } else if (ends_with(field->name, "Zip")) {
        snprintf(cell->text, TEXT_SIZE, "%05" PRIu32, 501 + below(random, 98000));
    } else if (ends_with(field->name, "ID") || ends_with(field->name, "#")) {
        snprintf(cell->text, TEXT_SIZE, "%" PRIu32, 1 + below(random, 2000000000));
        cell->is_bare = ends_with(field->name, "ID");
    } else {
        snprintf(cell->text, TEXT_SIZE, "%s", words[below(random, COUNT(words))]);
    }
}

static void make_boolean(struct maker *maker, struct cell *cell) {
    static const char *const forms[] = {"True", "False", "Yes", "No", "true", "false"};
    cell->is_bare = maker->format != FORMAT_CSV;
    snprintf(cell->text, TEXT_SIZE, "%s",
             forms[(cell->is_bare ? 4 : 0) + below(&maker->random, cell->is_bare ? 2 : 4)]);
}

/* A right value of the field, never empty. */
static void make_value(struct maker *maker, const struct field *field, struct cell *cell) {
    struct random *random = &maker->random;
    *cell = (struct cell){.is_bare = false};
    if (is_person(field)) {
        make_person(maker, field, cell);
    } else if (field->values != NULL) {
        uint32_t count = 0;
        while (item(field->values, count) != NULL)
            count++;
        snprintf(cell->text, TEXT_SIZE, "%s", text_of(item(field->values, below(random, count))));
    } else if (field->type == TYPE_TEXT) {
        make_text(maker, field, cell);
    } else if (field->type == TYPE_DATE || field->type == TYPE_DATETIME) {
        make_moment(maker, field, cell);
    } else if (field->type == TYPE_BOOLEAN) {
        make_boolean(maker, cell);
    } else if (field->type == TYPE_DURATION) {
        uint32_t seconds = below(random, 12 * 3600);
        snprintf(cell->text, TEXT_SIZE, "%02" PRIu32 ":%02" PRIu32 ":%02" PRIu32, seconds / 3600, seconds / 60 % 60,
                 seconds % 60);
    } else if (field->is_money) {
        make_money(maker, field, cell);
    } else {
        make_number(maker, field, cell);
    }
}

/* ---- damage */

static bool is_damaged_row(const struct maker *maker) {
    return maker->target != NULL && maker->index == maker->damaged_index &&
           (maker->is_parent || maker->element == maker->damaged_element);
}

/* In a row whose ID or employee is taken away, what could stand in for it is empty too. */
static bool is_silenced(const struct maker *maker, const struct field *field) {
    if (!is_damaged_row(maker) || field == maker->target) return false;
    if (maker->damage == DAMAGE_EMPLOYEE)
        return is_person(field) && (field->is_fallback || strcmp(field->person, maker->target->person) == 0);
    return maker->damage == DAMAGE_ID && is_role(field, "id") && field->is_fallback;
}

static void damage_cell(const struct maker *maker, struct cell *cell) {
    static const char *const values[] = {"abc", "2025-13-45", "", "", "maybe", "one hour"};
    const char *value = values[maker->damage];
    if (maker->damage == DAMAGE_DATE && maker->format == FORMAT_CSV && maker->target->format[0] == '%')
        value = "13/45/2025";
    if (maker->damage == DAMAGE_DATE && maker->format == FORMAT_CSV && maker->seed % 2 == 0) value = "13/45/2025";
    snprintf(cell->text, TEXT_SIZE, "%s", value);
    cell->is_bare = false;
}

/* The place of what is written next, on standard error. */
static void tell_place(const struct maker *maker) {
    fprintf(stderr,
            "{\"record\":%" PRIu64 ",\"line\":%" PRIu64 ",\"column\":%" PRIu64 ",\"field\":\"%s\",\"path\":\"%s\"}\n",
            maker->index + 1, maker->output.line, maker->output.column, maker->target->name, maker->target->path);
}

/* A value for the place at hand: right, empty if the field may be, or damaged. */
static void make_cell(struct maker *maker, const struct field *field, struct cell *cell) {
    bool is_filled = maker->index == 0 || field->is_needed || !chance(&maker->random, 12);
    /* without a name and a text the row would look like a total row */
    if (maker->damage == DAMAGE_EMPLOYEE && is_damaged_row(maker)) is_filled = true;
    make_value(maker, field, cell);
    if (!is_filled || is_silenced(maker, field)) *cell = (struct cell){.is_bare = false};
    if (field != maker->target || !is_damaged_row(maker)) return;
    damage_cell(maker, cell);
    tell_place(maker);
}

static bool can_be_damaged(const struct field *field) {
    return field->is_present && !field->is_private && field->leaf_fields <= 1 && strchr(field->path, '[') == NULL;
}

static bool fits_damage(const struct field *field, enum damage damage, bool wants_money) {
    if (!can_be_damaged(field)) return false;
    switch (damage) {
    case DAMAGE_NUMBER:
        return wants_money ? field->is_money : field->type == TYPE_NUMBER || field->type == TYPE_INTEGER;
    case DAMAGE_BOOLEAN: return field->type == TYPE_BOOLEAN;
    case DAMAGE_DURATION: return field->type == TYPE_DURATION;
    default: return false;
    }
}

static const struct field *choose_by_type(struct maker *maker) {
    const struct field *fit[FIELD_LIMIT];
    uint32_t count = 0;
    for (int money = 1; money >= 0 && count == 0; money--)
        for (size_t i = 0; i < maker->schema->count; i++)
            if (fits_damage(&maker->schema->fields[i], maker->damage, money != 0))
                fit[count++] = &maker->schema->fields[i];
    return count > 0 ? fit[below(&maker->random, count)] : NULL;
}

/* The employee's cell that the program names: the name, where the candidate has one. */
static const struct field *choose_employee(struct schema *schema) {
    const struct field *first = schema->has_employee ? NULL : first_person(schema), *chosen = first;
    for (size_t i = 0; first != NULL && i < schema->count; i++) {
        const struct field *field = &schema->fields[i];
        if (field->is_present && is_role(field, "employee-name") && strcmp(field->person, first->person) == 0) {
            chosen = field;
            break;
        }
    }
    return chosen;
}

/* None where a computed key stands in for a missing ID. */
static const struct field *choose_id(struct schema *schema) {
    for (size_t i = 0; i < schema->count; i++)
        if (is_role(&schema->fields[i], "id") && schema->fields[i].is_fallback && schema->fields[i].derive != NULL)
            return NULL;
    const char *part = strchr(schema->template, '{');
    for (; part != NULL; part = strchr(part + 1, '{')) {
        const struct field *field = find(schema, part + 1, strcspn(part + 1, "}"));
        if (field != NULL) return is_person(field) || field->type != TYPE_TEXT ? NULL : field;
    }
    return schema->template[0] != '\0' ? NULL : first_of(schema, "id");
}

static bool choose_target(struct maker *maker) {
    const struct field *target = maker->damage == DAMAGE_EMPLOYEE ? choose_employee(maker->schema)
                                 : maker->damage == DAMAGE_ID     ? choose_id(maker->schema)
                                 : maker->damage == DAMAGE_DATE   ? first_of(maker->schema, "date")
                                                                  : choose_by_type(maker);
    if (target == NULL || !target->is_present || target->leaf_fields > 1) return false;
    maker->target = target;
    maker->damaged_index = 1 + below(&maker->random, (uint32_t)(maker->count - 1));
    return true;
}

/* ---- CSV */

static void begin_row(struct maker *maker) {
    uint32_t last_day = 1070; /* 2026-12-05: with the 20 days of make_moments still in 2026 */
    maker->base = (int64_t)below(&maker->random, last_day) * DAY;
    /* the 13th of a month, then at most 8 days on: the columns prove that the month comes first */
    if (maker->index == 0) maker->base = 12 * DAY;
    make_moments(maker);
    for (size_t i = 0; maker->index == 0 && i < maker->schema->count; i++)
        maker->moments[i] = 12 * DAY + (maker->moments[i] - maker->base) / 2;
}

static void write_csv(struct maker *maker) {
    struct schema *schema = maker->schema;
    bool is_first = true;
    for (size_t i = 0; i < schema->count; i++) {
        if (!schema->fields[i].is_present) continue;
        if (!is_first) put_char(&maker->output, ',');
        put_csv_text(&maker->output, schema->fields[i].name);
        is_first = false;
    }
    put(&maker->output, "\r\n");
    maker->is_parent = true;
    for (maker->index = 0; maker->index < maker->count; maker->index++) {
        begin_row(maker);
        is_first = true;
        for (size_t i = 0; i < schema->count; i++) {
            struct cell cell;
            if (!schema->fields[i].is_present) continue;
            if (!is_first) put_char(&maker->output, ',');
            make_cell(maker, &schema->fields[i], &cell);
            put_csv_text(&maker->output, cell.text);
            is_first = false;
        }
        put(&maker->output, "\r\n");
        maker->serial++;
    }
}

/* ---- JSON: paths as a tree, the tree as an object */

struct node {
    char *key;
    struct node *child, *next;
    struct field *field; /* of a leaf: the one with the narrowest type, if several stand there */
    bool is_list, is_named, is_needed, is_explode;
};

static struct node *node_child(struct node *parent, const char *key, size_t length) {
    struct node **at = &parent->child;
    for (; *at != NULL; at = &(*at)->next)
        if (strlen((*at)->key) == length && memcmp((*at)->key, key, length) == 0) return *at;
    *at = get(sizeof **at);
    (*at)->key = get(length + 1);
    memcpy((*at)->key, key, length);
    return *at;
}

/* `items[].sku.name`, `prices[0].amount`, `customFields[Region]`; makes what is not there yet. */
static struct node *add_path(struct node *node, const char *path, bool is_needed) {
    while (*path != '\0') {
        size_t length = strcspn(path, ".[");
        node = node_child(node, path, length);
        node->is_needed = node->is_needed || is_needed;
        path += length;
        while (*path == '[') {
            size_t inner = strcspn(path + 1, "]");
            if (inner == strspn(path + 1, "0123456789")) {
                node->is_list = true;
            } else {
                node->is_named = true;
                node = node_child(node, path + 1, inner);
            }
            path += inner + 2;
        }
        if (*path == '.') path++;
    }
    return node;
}

struct trees {
    struct node record, element;
};

/* Which of the fields at one place says what may stand there. */
static int narrowness(const struct field *field) {
    return field->type != TYPE_TEXT ? 2 : field->values != NULL ? 1 : 0;
}

static void plant(struct schema *schema, struct trees *trees) {
    struct node *leaves[FIELD_LIMIT] = {NULL};
    bool is_exploded = schema->explode[0] != '\0';
    if (is_exploded) add_path(&trees->record, schema->explode, true)->is_explode = true;
    for (size_t i = 0; i < schema->count; i++) {
        struct field *field = &schema->fields[i];
        if (!field->is_present) continue;
        bool is_record = !is_exploded || field->is_upward;
        leaves[i] = add_path(is_record ? &trees->record : &trees->element, field->path + (field->is_upward ? 3 : 0),
                             field->is_needed);
        if (leaves[i]->field == NULL || narrowness(field) > narrowness(leaves[i]->field)) leaves[i]->field = field;
    }
    for (size_t i = 0; i < schema->count; i++) /* lists that are counted, whose elements nobody looks at */
        if (schema->fields[i].derive != NULL && strcmp(schema->fields[i].derive->key, "count") == 0 && !is_exploded)
            add_path(&trees->record, schema->fields[i].derive->text, false)->is_list = true;
    for (size_t i = 0; i < schema->count; i++)
        for (size_t k = 0; k < schema->count; k++)
            if (leaves[i] != NULL && leaves[i] == leaves[k]) schema->fields[i].leaf_fields++;
}

static void write_node(struct maker *maker, const struct node *node, const struct node *element);

static void write_key(struct maker *maker, const char *key, bool *is_first) {
    if (!*is_first) put_char(&maker->output, ',');
    put_json_text(&maker->output, key);
    put_char(&maker->output, ':');
    *is_first = false;
}

static void write_object(struct maker *maker, const struct node *node, const struct node *element) {
    bool is_first = true;
    put_char(&maker->output, '{');
    for (const struct node *child = node->child; child != NULL; child = child->next) {
        bool is_kept = maker->index == 0 || child->is_needed;
        if (maker->target != NULL && maker->index == maker->damaged_index) is_kept = true; /* the place must be there */
        if (!is_kept && chance(&maker->random, 5)) continue;
        write_key(maker, child->key, &is_first);
        if (!is_kept && chance(&maker->random, 6))
            put(&maker->output, "null");
        else
            write_node(maker, child, element);
    }
    put_char(&maker->output, '}');
}

static void write_leaf(struct maker *maker, const struct field *field) {
    struct cell cell;
    make_cell(maker, field, &cell);
    if (cell.text[0] == '\0')
        put(&maker->output, "null");
    else if (cell.is_bare)
        put(&maker->output, cell.text);
    else
        put_json_text(&maker->output, cell.text);
}

/* [1,2,3]: lists of IDs, which a schema does not tell from one ID */
static void write_ids(struct maker *maker) {
    uint32_t count = maker->index == 0 ? 2 : below(&maker->random, 4);
    put_char(&maker->output, '[');
    for (uint32_t i = 0; i < count; i++) {
        char digits[16];
        snprintf(digits, sizeof digits, "%s%" PRIu32, i > 0 ? "," : "", 1 + below(&maker->random, 100000000));
        put(&maker->output, digits);
    }
    put_char(&maker->output, ']');
}

/* [{"name":…,"value":…}]: the names that the schema asks for, and one that it does not */
static void write_named(struct maker *maker, const struct node *node) {
    put(&maker->output, "[{\"typeId\":9,\"name\":\"Gate code\",\"value\":\"1, \\\"2\\\"\"}");
    for (const struct node *child = node->child; child != NULL; child = child->next) {
        put(&maker->output, ",{\"typeId\":7,\"name\":");
        put_json_text(&maker->output, child->key);
        put(&maker->output, ",\"value\":");
        write_leaf(maker, child->field);
        put_char(&maker->output, '}');
    }
    put_char(&maker->output, ']');
}

static void write_list(struct maker *maker, const struct node *node, const struct node *element) {
    uint32_t count = maker->index == 0 || node->is_needed ? 2 : below(&maker->random, 4);
    put_char(&maker->output, '[');
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) put_char(&maker->output, ',');
        if (node->child != NULL)
            write_object(maker, node, element);
        else if (node->field != NULL)
            write_leaf(maker, node->field);
        else
            put(&maker->output, "{\"alias\":\"first\"}");
    }
    put_char(&maker->output, ']');
}

/* The rows within the record at hand. A parent whose damage would show in every row has one. */
static void write_elements(struct maker *maker, const struct node *element) {
    bool is_damaged = maker->target != NULL && maker->index == maker->damaged_index;
    bool is_alone =
        maker->damage == DAMAGE_ID || maker->damage == DAMAGE_EMPLOYEE || (is_damaged && maker->target->is_upward);
    maker->elements = maker->index == 0 ? 2 : below(&maker->random, 5);
    if (is_damaged) maker->elements = is_alone ? 1 : 3;
    maker->damaged_element = is_alone ? 0 : maker->seed % 3;
    maker->is_parent = false;
    put_char(&maker->output, '[');
    for (maker->element = 0; maker->element < maker->elements; maker->element++) {
        if (maker->element > 0) put_char(&maker->output, ',');
        make_moments(maker);
        write_object(maker, element, NULL);
        maker->serial++;
    }
    put_char(&maker->output, ']');
    maker->is_parent = true;
}

static void write_node(struct maker *maker, const struct node *node, const struct node *element) {
    if (node->is_explode)
        write_elements(maker, element);
    else if (node->is_named || strcmp(node->key, "customFields") == 0)
        write_named(maker, node);
    else if (node->is_list)
        write_list(maker, node, element);
    else if (node->child != NULL)
        write_object(maker, node, element);
    else if (ends_with(node->field->name, " IDs") && strchr(node->field->path, '[') == NULL)
        write_ids(maker);
    else
        write_leaf(maker, node->field);
}

static void write_json(struct maker *maker, const struct trees *trees) {
    char head[160] = "";
    bool is_lines = maker->format == FORMAT_LINES;
    if (maker->format == FORMAT_LIST)
        snprintf(head, sizeof head,
                 "{\"page\":1,\"pageSize\":%" PRIu64 ",\"totalCount\":%" PRIu64 ",\"hasMore\":false,\"data\":[\n",
                 maker->count, maker->count);
    else if (maker->format == FORMAT_EXPORT)
        snprintf(head, sizeof head, "{\"hasMore\":false,\"continueFrom\":\"eyJ0\",\"data\":[\n");
    put(&maker->output, head);
    for (maker->index = 0; maker->index < maker->count; maker->index++) {
        uint64_t serial = maker->serial;
        maker->is_parent = true;
        begin_row(maker);
        write_object(maker, &trees->record, &trees->element);
        if (maker->schema->explode[0] == '\0') maker->serial = serial + 1;
        put(&maker->output, is_lines || maker->index + 1 == maker->count ? "\n" : ",\n");
    }
    if (!is_lines) put(&maker->output, "]}\n");
}

/* ---- command line */

/* Who the IDs are: a roster for records that name people by ID only. */
static int write_roster(void) {
    puts("id,name");
    for (size_t i = 0; i < PEOPLE_LIMIT; i++)
        printf("%zu,%s\n", PERSON_ID + i, people[i]);
    return fflush(stdout) == 0 ? 0 : 2;
}

/* The place of the word in the list, or its length. */
static size_t place_of(const char *word, const char *const *list, size_t count) {
    size_t place = 0;
    while (place < count && strcmp(word, list[place]) != 0)
        place++;
    return place;
}

static uint64_t read_count(const char *text) {
    char *end;
    uint64_t number = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || number > 10000000) fail("not a number:", text);
    return number;
}

int main(int argc, char **argv) {
    static const char *const formats[] = {"csv", "list", "export", "lines"};
    static const char *const damages[] = {"number", "date", "id", "employee", "boolean", "duration"};
    if (argc == 2 && strcmp(argv[1], "roster") == 0) return write_roster();
    size_t format = argc > 4 ? place_of(argv[4], formats, COUNT(formats)) : COUNT(formats);
    size_t damage = argc == 7 && strcmp(argv[5], "--damage") == 0 ? place_of(argv[6], damages, COUNT(damages))
                    : argc == 5                                   ? (size_t)DAMAGE_NONE
                                                                  : COUNT(damages);
    if (format == COUNT(formats) || (damage == COUNT(damages) && argc != 5)) {
        fputs("usage: random_records SCHEMA.json SEED COUNT csv|list|export|lines\n"
              "           [--damage number|date|id|employee|boolean|duration] > FILE\n"
              "       random_records roster > FILE\n",
              stderr);
        return 2;
    }
    struct maker made = {0}, *maker = &made;
    struct trees planted = {0}, *trees = &planted;
    struct schema schema = {0};
    maker->seed = read_count(argv[2]);
    maker->count = read_count(argv[3]);
    maker->format = (enum format)format;
    maker->damage = (enum damage)damage;
    maker->random.state = mix(maker->seed * 31 + hash(argv[4]));
    maker->output = (struct output){1, 1};
    read_schema(&schema, argv[1], maker->seed, maker->format);
    maker->schema = &schema;
    if (maker->format != FORMAT_CSV) plant(maker->schema, trees);
    if (maker->count < 2) fail("too few records:", argv[3]);
    if (!maker->schema->is_whole || (maker->format != FORMAT_CSV && trees->record.child == NULL)) {
        fprintf(stderr, "random_records: %s is not for such files\n", argv[1]);
        return 3;
    }
    if (maker->damage != DAMAGE_NONE && !choose_target(maker)) {
        fprintf(stderr, "random_records: nothing in %s can be damaged so\n", argv[1]);
        return 3;
    }
    if (maker->format == FORMAT_CSV)
        write_csv(maker);
    else
        write_json(maker, trees);
    if (fflush(stdout) != 0 || ferror(stdout)) fail("cannot", "write");
    return 0;
}
