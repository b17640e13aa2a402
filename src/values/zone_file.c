/* zone_file.c: TZif files (RFC 8536): finding, reading and checking them, and the nearest name for a wrong one. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "values/zone_names.h"
#include "values/zone_private.h"

#define HEADER_SIZE 44
#define FILE_LIMIT (1 << 20)
#define FOLDER_DEPTH 3 /* America/Argentina/Ushuaia */

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

static const char *zone_folder(void) {
    const char *folder = getenv("TZDIR");
    return folder && *folder ? folder : "/usr/share/zoneinfo";
}

struct nearest {
    struct view wanted;
    char name[128];
    size_t distance;
};

/* The city alone counts too: "Chicago" is near America/Chicago. */
static size_t name_distance(struct view wanted, const char *name) {
    size_t whole = view_distance(wanted, view_of(name));
    const char *slash = strrchr(name, '/');
    if (!slash) return whole;
    size_t city = view_distance(wanted, view_of(slash + 1));
    return city < whole ? city : whole;
}

static void search(const char *root, const char *prefix, int depth, struct nearest *nearest) {
    char *path = memory_print("%s/%s", root, prefix);
    DIR *folder = opendir(path);
    free(path);
    if (!folder) return;
    const struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        if (!is_name(entry->d_name) || strcmp(entry->d_name, "posix") == 0 || strcmp(entry->d_name, "right") == 0)
            continue;
        char *name = memory_print("%s%s%s", prefix, *prefix ? "/" : "", entry->d_name);
        char *full = memory_print("%s/%s", root, name);
        struct stat status;
        bool is_there = stat(full, &status) == 0;
        if (is_there && S_ISDIR(status.st_mode) && depth < FOLDER_DEPTH) search(root, name, depth + 1, nearest);
        size_t distance = name_distance(nearest->wanted, name);
        if (is_there && S_ISREG(status.st_mode) && strlen(name) < sizeof nearest->name &&
            (distance < nearest->distance || (distance == nearest->distance && strcmp(name, nearest->name) < 0))) {
            nearest->distance = distance;
            snprintf(nearest->name, sizeof nearest->name, "%s", name);
        }
        free(full);
        free(name);
    }
    closedir(folder);
}

static bool unknown_zone(const char *name, struct error *error) {
    error_set(error, EXIT_WRONG_USE, "unknown time zone \"%s\"", name);
    struct stat status;
    if (stat(zone_folder(), &status) != 0)
        return error_fix(error, "The time zone data is not installed. To install it: apt-get install tzdata");
    const char *proposal = zone_proposal(view_of(name));
    if (proposal) return error_fix(error, "Name the zone by its place: --tz %s", proposal);
    struct nearest nearest = {.wanted = view_of(name), .distance = SIZE_MAX};
    search(zone_folder(), "", 0, &nearest);
    if (nearest.distance <= strlen(name) / 2 + 1) return error_fix(error, "Did you mean %s?", nearest.name);
    return error_fix(error, "Zones have names like America/Chicago. The list is in %s.", zone_folder());
}

static bool read_file(const char *path, struct buffer *bytes) {
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    size_t got;
    while (bytes->length < FILE_LIMIT && (got = fread(buffer_reserve(bytes, 4096), 1, 4096, file)) > 0)
        bytes->length += got;
    bool is_fine = !ferror(file);
    fclose(file);
    return is_fine;
}

bool zone_open(const char *name, struct zone **zone, struct error *error) {
    *zone = NULL;
    if (!is_name(name)) return unknown_zone(name, error);
    char *path = memory_print("%s/%s", zone_folder(), name);
    struct buffer bytes = {0};
    struct zone *opened = memory_get_zero(1, sizeof *opened);
    opened->name = memory_copy(view_of(name));
    bool is_fine = read_file(path, &bytes) && zone_read(buffer_view(&bytes), opened);
    buffer_free(&bytes);
    free(path);
    if (!is_fine) {
        zone_close(opened);
        return unknown_zone(name, error);
    }
    *zone = opened;
    return true;
}
