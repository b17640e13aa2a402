/* zone_file.c: TZif files (RFC 8536): finding, reading and checking them, and the nearest name for a wrong one. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "port/zones.h"
#include "values/zone_names.h"
#include "values/zone_private.h"
#include "values/zone_text.h"

#define HEADER_SIZE 44
#define FILE_LIMIT (1 << 20)

struct header {
    int version;
    size_t is_utc_count, is_standard_count, leap_count, time_count, type_count, char_count;
};

static int64_t big_endian(const char *bytes, size_t size) {
    uint64_t value = (unsigned char)bytes[0] & 0x80 ? UINT64_MAX : 0; /* sign extended */
    for (size_t i = 0; i < size; i++)
        value = value << 8 | (unsigned char)bytes[i];
    return (int64_t)value;
}

static bool read_header(struct view bytes, struct header *header) {
    if (bytes.length < HEADER_SIZE || memcmp(bytes.text, "TZif", 4) != 0) return false;
    header->version = bytes.text[4] ? bytes.text[4] - '0' : 1;
    size_t *counts[] = {&header->is_utc_count, &header->is_standard_count, &header->leap_count,
                        &header->time_count,   &header->type_count,        &header->char_count};
    for (size_t i = 0; i < 6; i++) {
        int64_t count = big_endian(bytes.text + 20 + 4 * i, 4);
        if (count < 0 || count > FILE_LIMIT) return false;
        *counts[i] = (size_t)count;
    }
    return header->type_count > 0;
}

static size_t data_size(const struct header *header, size_t time_size) {
    return header->time_count * (time_size + 1) + header->type_count * 6 + header->char_count +
           header->leap_count * (time_size + 4) + header->is_standard_count + header->is_utc_count;
}

static bool read_data(struct view bytes, const struct header *header, size_t time_size, struct zone *zone) {
    const char *times = bytes.text;
    const char *indexes = times + header->time_count * time_size;
    const char *types = indexes + header->time_count;
    zone->count = header->time_count;
    zone->instants = memory_get_zero(header->time_count + 1, sizeof *zone->instants);
    zone->offsets = memory_get_zero(header->time_count + 1, sizeof *zone->offsets);
    zone->first_offset = (int)big_endian(types, 4);
    for (size_t i = 0; i < header->time_count; i++) {
        size_t type = (unsigned char)indexes[i];
        if (type >= header->type_count) return false;
        zone->instants[i] = big_endian(times + i * time_size, time_size);
        zone->offsets[i] = (int)big_endian(types + type * 6, 4);
        if (i > 0 && zone->instants[i] <= zone->instants[i - 1]) return false;
    }
    return true;
}

bool zone_read(struct view bytes, struct zone *zone) {
    struct header header;
    if (!read_header(bytes, &header)) return false;
    size_t size = data_size(&header, 4);
    if (bytes.length < HEADER_SIZE + size) return false;
    if (header.version < 2) return read_data(view_from(bytes.text + HEADER_SIZE, size), &header, 4, zone);
    bytes = view_from(bytes.text + HEADER_SIZE + size, bytes.length - HEADER_SIZE - size);
    if (!read_header(bytes, &header)) return false;
    size = data_size(&header, 8);
    if (bytes.length < HEADER_SIZE + size || !read_data(view_from(bytes.text + HEADER_SIZE, size), &header, 8, zone))
        return false;
    struct view footer = view_from(bytes.text + HEADER_SIZE + size, bytes.length - HEADER_SIZE - size);
    if (footer.length < 2 || footer.text[0] != '\n') return false;
    const char *end = memchr(footer.text + 1, '\n', footer.length - 1);
    if (!end) return false;
    struct view rule = view_from(footer.text + 1, (size_t)(end - footer.text - 1));
    zone->has_rule = rule.length > 0;
    return rule.length == 0 || posix_rule_parse(rule, &zone->rule);
}

/* --- names -------------------------------------------------------------------------------------- */

/* Letters, digits, '_', '-', '+' and single slashes between: nothing that leads out of the folder. */
static bool is_name(const char *name) {
    if (*name == '\0' || *name == '/' || strlen(name) > 100 || strstr(name, "..") || strstr(name, "//")) return false;
    for (; *name; name++) {
        char c = *name;
        bool is_fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                       c == '-' || c == '+' || c == '/';
        if (!is_fine) return false;
    }
    return true;
}

/* The city alone counts too: "Chicago" is near America/Chicago. */
static size_t name_distance(struct view wanted, struct view name) {
    size_t whole = view_distance(wanted, name), begin = name.length;
    while (begin > 0 && name.text[begin - 1] != '/')
        begin--;
    size_t city = begin > 0 ? view_distance(wanted, view_from(name.text + begin, name.length - begin)) : whole;
    return city < whole ? city : whole;
}

/* Of the names that the program holds itself, the first of the nearest ones. */
static struct view nearest_name(struct view wanted, size_t *distance) {
    struct view name, nearest = view_of("");
    *distance = SIZE_MAX;
    for (const char *place = NULL; zone_text_next(&place, &name);) {
        size_t here = name_distance(wanted, name);
        if (here > *distance || (here == *distance && view_compare(name, nearest) > 0)) continue;
        *distance = here;
        nearest = name;
    }
    return nearest;
}

#define SHORT_NAME 4 /* an abbreviation: IST, BRT, CEST */

static bool unknown_zone(const char *name, struct error *error) {
    error_set(error, EXIT_WRONG_USE, "unknown time zone \"%s\"", name);
    const char *proposal = zone_proposal(view_of(name));
    if (proposal) return error_fix(error, "Name the zone by its place:\n{run} --tz %s", proposal);
    if (zone_is_offset(view_of(name)))
        return error_fix(error, "An offset has no daylight saving time. Name the zone by its place, such as "
                                "America/Chicago.");
    size_t distance;
    struct view nearest = nearest_name(view_of(name), &distance);
    /* nearly every abbreviation is near to another one, which is of another place */
    if (strlen(name) > SHORT_NAME && distance <= strlen(name) / 2 + 1)
        return error_fix(error, "Did you mean %.*s?\n{run} --tz %.*s", VIEW_ARGS(nearest), VIEW_ARGS(nearest));
    return error_fix(error, "Zones have names like America/Chicago or Australia/Sydney.");
}

/* False, with `*is_there`: the file cannot be read. */
static bool read_file(const char *path, struct buffer *bytes, bool *is_there) {
    FILE *file = fopen(path, "rb");
    *is_there = file || (errno != ENOENT && errno != ENOTDIR);
    if (!file) return false;
    size_t got;
    while (bytes->length < FILE_LIMIT && (got = fread(buffer_reserve(bytes, 4096), 1, 4096, file)) > 0)
        bytes->length += got;
    bool is_fine = !ferror(file);
    fclose(file);
    return is_fine;
}

/* "2025b, system", of what tzdata says about itself in its first line; other systems do not. NULL: it cannot be read. */
static char *system_data(const char *folder) {
    char *path = memory_print("%s/tzdata.zi", folder), version[32] = "";
    FILE *file = fopen(path, "r");
    bool is_fine = file || errno == ENOENT || errno == ENOTDIR, is_told = false;
    if (file) {
        char line[64] = "";
        is_told = fgets(line, sizeof line, file) && sscanf(line, "# version %31s", version) == 1;
        is_fine = !ferror(file);
        fclose(file);
    }
    free(path);
    if (!is_fine) return NULL;
    return is_told ? memory_print("%s, system", version) : memory_copy(view_of("system"));
}

static char *embedded_data(void) {
    return memory_print("%.*s, embedded", VIEW_ARGS(zone_text_version()));
}

char *zone_data_at_hand(void) {
    const char *folder = zones_folder();
    struct stat status;
    char *data = folder && stat(folder, &status) == 0 ? system_data(folder) : embedded_data();
    return data ? data : memory_copy(view_of("system"));
}

/* False, with `*is_there`: the system has such a file, but it cannot be read. */
static bool open_system(const char *name, struct zone *zone, bool *is_there) {
    const char *folder = zones_folder();
    *is_there = false;
    if (!folder) return false;
    char *path = memory_print("%s/%s", folder, name);
    struct buffer bytes = {0};
    bool is_fine = read_file(path, &bytes, is_there) && zone_read(buffer_view(&bytes), zone);
    if (is_fine) zone->data = system_data(folder);
    buffer_free(&bytes);
    free(path);
    return zone->data != NULL;
}

static bool open_embedded(const char *name, struct zone *zone) {
    if (!zone_text_read(view_of(name), zone)) return false;
    zone->data = embedded_data();
    return true;
}

static struct zone *create(const char *name) {
    struct zone *zone = memory_get_zero(1, sizeof *zone);
    zone->name = memory_copy(view_of(name));
    return zone;
}

bool zone_open(const char *name, struct zone **zone, struct error *error) {
    *zone = NULL;
    if (!is_name(name)) return unknown_zone(name, error);
    struct zone *opened = create(name);
    bool is_there;
    if (open_system(name, opened, &is_there)) {
        *zone = opened;
        return true;
    }
    zone_close(opened);
    opened = create(name);
    if (open_embedded(name, opened) && !is_there) {
        *zone = opened;
        return true;
    }
    bool is_known = opened->data != NULL;
    zone_close(opened);
    if (!is_known) return unknown_zone(name, error);
    /* our own zones may be of another year: not in silence */
    error_set(error, EXIT_CANNOT_READ, "the time zone file %s/%s cannot be read", zones_folder(), name);
    return error_fix(error, "Install the package tzdata again, or set TZDIR to a folder with zone files.");
}
