/* data_source.c: see data_source.h. */
#include "upload/data_source.h"

#include <stdlib.h>

#include "base/memory.h"

static bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool data_source_dashed(struct view text, char uuid[UUID_LENGTH + 1]) {
    bool has_dashes = text.length == UUID_LENGTH;
    size_t used = 0;
    if (!has_dashes && text.length != UUID_LENGTH - 4) return false;
    for (size_t i = 0; i < UUID_LENGTH; i++) {
        bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (is_dash && !has_dashes) {
            uuid[i] = '-';
            continue;
        }
        char c = text.text[used++];
        if (is_dash ? c != '-' : !is_hex(c)) return false;
        uuid[i] = (char)(c >= 'A' && c <= 'F' ? c + 32 : c);
    }
    uuid[UUID_LENGTH] = '\0';
    return true;
}

bool data_source_uuid(struct view text, char uuid[UUID_LENGTH + 1]) {
    char dashed[UUID_LENGTH + 1];
    if (!data_source_dashed(text, dashed)) return false;
    memcpy(uuid, text.text, text.length);
    uuid[text.length] = '\0';
    return true;
}

bool data_source_is_same(struct view left, struct view right) {
    char a[UUID_LENGTH + 1], b[UUID_LENGTH + 1];
    return data_source_dashed(left, a) && data_source_dashed(right, b) && strcmp(a, b) == 0;
}

static bool read_uuid(const char *what, const char *text, char uuid[UUID_LENGTH + 1], struct error *error) {
    if (data_source_uuid(view_trim(view_of(text)), uuid)) return true;
    error_set(error, EXIT_WRONG_USE, "%s \"%s\" is not a UUID", what, text);
    return error_fix(
        error, "Copy the 32 digits from the address of the data source's page in Plecto, with or without dashes.");
}

static bool check_known(const struct published *published, const struct journal_source *source, struct error *error) {
    bool is_same_schema = strcmp(source->schema, published->schema) == 0;
    if (is_same_schema && strcmp(source->totals, published->totals) == 0) return true;
    if (!is_same_schema)
        error_set(error, EXIT_WRONG_USE,
                  "the data source %s (%s) has registrations of %s, and %s has registrations of %s, so they would "
                  "be mixed",
                  source->uuid, source->title, source->schema, published->folder, published->schema);
    else
        error_set(error, EXIT_WRONG_USE,
                  "the data source %s (%s) has %s by %s, and %s has them by %s, so everything would count twice",
                  source->uuid, source->title, source->schema, source->totals, published->folder, published->totals);
    return error_fix(error,
                     "Give each its own data source with --data-source UUID, or create one:\n"
                     "st2plecto datasource create {file} --credentials plecto.json") ||
           error_fix_file(error, published->folder);
}

/* What --data-source and the registrations say; "" where both say nothing. */
static bool read_named(const struct published *published, const char *given, char uuid[UUID_LENGTH + 1],
                       struct error *error) {
    char published_uuid[UUID_LENGTH + 1] = "";
    uuid[0] = '\0';
    if (published->data_source &&
        !read_uuid("the data source of the registrations", published->data_source, published_uuid, error))
        return false;
    if (!given) {
        memcpy(uuid, published_uuid, sizeof published_uuid);
        return true;
    }
    if (!read_uuid("--data-source", given, uuid, error)) return false;
    if (!published_uuid[0] || data_source_is_same(view_of(uuid), view_of(published_uuid))) return true;
    error_set(error, EXIT_WRONG_USE, "--data-source is %s, but the registrations in %s were made for %s", uuid,
              published->folder, published_uuid);
    return error_fix(error, "Run again without --data-source, or convert again with the other one.");
}

bool data_source_choose(const struct published *published, struct journal *journal, const char *given,
                        struct journal_source *source, struct error *error) {
    char uuid[UUID_LENGTH + 1];
    *source = (struct journal_source){0};
    if (!read_named(published, given, uuid, error)) return false;
    if (uuid[0]) {
        if (!journal_source_find(journal, uuid, source, error)) return false;
        free(source->uuid); /* the spelling that is given now goes out */
        source->uuid = memory_copy(view_of(uuid));
        if (source->number == 0) {
            source->schema = memory_copy(view_of(published->schema));
            source->totals = memory_copy(view_of(published->totals));
            return true;
        }
        return check_known(published, source, error);
    }
    size_t count = 0;
    if (!journal_source_of(journal, published->schema, published->totals, source, &count, error)) return false;
    if (count <= 1) return true;
    error_set(error, EXIT_WRONG_USE, "the journal knows %zu data sources for %s", count, published->schema);
    return error_fix(error, "Name one, for example --data-source %s (%s)", source->uuid, source->title);
}
