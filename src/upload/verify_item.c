/* verify_item.c: one registration of Plecto's answers against the folder. */
#include "upload/verify_private.h"

#include <stdlib.h>

#include "base/json_find.h"
#include "base/memory.h"
#include "upload/plecto_facts.h"

static char *shown_text(struct view value) {
    struct buffer text = {0};
    if (!json_is_null(value)) json_add_plain(&text, value);
    return buffer_take(&text);
}

struct differences {
    struct verify_difference *list;
    size_t count, capacity;
};

static void add_difference(struct differences *differences, struct view key, struct view published,
                           struct view plecto) {
    void *list = differences->list;
    memory_grow(&list, &differences->capacity, differences->count + 1, sizeof *differences->list);
    differences->list = list;
    differences->list[differences->count++] =
        (struct verify_difference){shown_text(key), shown_text(published), shown_text(plecto)};
}

void verify_free_differences(struct verify_difference *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free(list[i].title);
        free(list[i].published);
        free(list[i].plecto);
    }
    free(list);
}

static enum plecto_type type_of(const struct verifier *verifier, struct view key) {
    size_t number = table_find(verifier->published->field_keys, key);
    if (number != SIZE_MAX) return verifier->published->fields[number].type;
    return json_says(key, KEY_DATE) ? PLECTO_DATETIME : PLECTO_TEXT;
}

static bool is_person(struct view key) {
    return json_says(key, KEY_PROVIDER) || json_says(key, KEY_MEMBER_ID) || json_says(key, KEY_MEMBER_NAME);
}

static void find_differences(struct verifier *verifier, const struct line *line, struct view object,
                             struct differences *differences) {
    struct json_walk walk;
    struct view key, value;
    bool tells_person = false;
    if (!json_walk_start(&walk, line->text)) return;
    while (json_walk_next(&walk, &key, &value)) {
        if (json_says(key, KEY_DATA_SOURCE) || json_says(key, KEY_EXTERNAL_ID)) continue;
        struct view theirs = verify_find(object, key);
        if (is_person(key) && (theirs.length == 0 || json_is_null(theirs)))
            continue; /* answers may tell it by UUID only */
        tells_person = tells_person || is_person(key);
        if (json_says(key, KEY_DATE)) verify_zone_note(&verifier->zone_note, value, theirs);
        if (!verify_same_value(type_of(verifier, key), value, theirs)) add_difference(differences, key, value, theirs);
    }
    verifier->result->without_person += !tells_person;
}

/* Counts it, and keeps it with its differences, which go over to the detail, or are freed where no more are shown. */
static void tell(struct verifier *verifier, enum verify_kind kind, struct view id, struct view day, struct view person,
                 struct differences *differences) {
    struct verify_detail *detail = verify_add_detail(verifier, kind, id, day, person);
    if (detail) {
        detail->differences = differences->list;
        detail->difference_count = differences->count;
    } else {
        verify_free_differences(differences->list, differences->count);
    }
    *differences = (struct differences){0};
}

static bool compare(struct verifier *verifier, size_t number, struct view object) {
    struct place *place = &verifier->places[number];
    struct line line;
    if (place->is_seen) return true;
    place->is_seen = true;
    if (!verify_read_line(verifier, place, &line)) return false;
    struct differences differences = {0};
    verify_count_published(verifier, &line);
    verify_count_plecto(verifier, object, &line);
    find_differences(verifier, &line, object, &differences);
    if (differences.count == 1 && strcmp(differences.list[0].title, KEY_DATE) == 0) verifier->zone_note.date_alone++;
    if (differences.count == 0)
        verifier->result->counts[VERIFY_SAME]++;
    else
        tell(verifier, VERIFY_DIFFERENT, line.external_id, line_day(&line), line_person(&line), &differences);
    return true;
}

/* What the journal knows of a registration that Plecto took and that is not in the folder. */
enum sent_before { NEVER_SENT, SENT_EARLIER, SENT_AS_ZERO };

/* For SENT_AS_ZERO, `differences` are those between what was sent and what Plecto holds. */
static bool look_in_journal(struct verifier *verifier, struct view id, struct view object, enum sent_before *sent,
                            struct differences *differences) {
    struct journal_entry entry;
    struct line line;
    *sent = NEVER_SENT;
    if (verifier->source->number == 0 || id.length == 0) return true;
    if (!journal_lookup(verifier->journal, verifier->source->number, id, &entry, verifier->error)) return false;
    if (entry.number == 0 || !entry.is_confirmed) return true;
    *sent = line_is_zeroed(entry.line) ? SENT_AS_ZERO : SENT_EARLIER;
    arena_reset(verifier->arena);
    if (*sent == SENT_AS_ZERO && line_read(entry.line, verifier->arena, &line))
        find_differences(verifier, &line, object, differences);
    return true;
}

static bool take_foreign(struct verifier *verifier, struct view id, struct view object) {
    const struct published *published = verifier->published;
    char day[11];
    struct view value;
    struct buffer person = {0};
    struct differences differences = {0};
    enum sent_before sent;
    bool is_new = true;
    verify_local_day(verifier, object, day);
    /* the day before and the day behind were asked for too: see plecto_facts.h */
    if (day[0] && (strcmp(day, published->first_day) < 0 || strcmp(day, published->last_day) > 0)) return true;
    if (id.length > 0) table_add(verifier->foreign, id, &is_new);
    if (!is_new) return true;
    if (table_find(published->held_back, id) != SIZE_MAX) {
        verifier->result->held_back++;
        return true;
    }
    if (!look_in_journal(verifier, id, object, &sent, &differences)) return false;
    verifier->result->sent_earlier += sent == SENT_EARLIER;
    verifier->result->zeroed += sent == SENT_AS_ZERO && differences.count == 0;
    if (sent == SENT_AS_ZERO && differences.count == 0) return true;
    verify_count_plecto(verifier, object, NULL);
    if (json_find_key(object, view_of(KEY_MEMBER_NAME), &value) && !json_is_null(value)) json_add_plain(&person, value);
    tell(verifier, sent == SENT_AS_ZERO ? VERIFY_DIFFERENT : VERIFY_FOREIGN, id, view_of(day), buffer_view(&person),
         &differences);
    buffer_free(&person);
    return true;
}

static void take_oldest(struct verifier *verifier, struct view object) {
    char day[11];
    verify_local_day(verifier, object, day);
    if (day[0] && (!verifier->oldest_seen[0] || strcmp(day, verifier->oldest_seen) < 0))
        memcpy(verifier->oldest_seen, day, sizeof day);
}

bool verify_take_item(void *context, struct view object) {
    struct verifier *verifier = context;
    struct view value = {0};
    struct buffer id = {0};
    if (!json_find_key(object, view_of(KEY_EXTERNAL_ID), &value) || json_is_null(value))
        json_find_key(object, view_of(KEY_REFERENCE), &value);
    if (value.length > 0 && !json_is_null(value)) json_add_plain(&id, value);
    size_t number = id.length > 0 ? table_find(verifier->ids, buffer_view(&id)) : SIZE_MAX;
    bool is_fine = true;
    take_oldest(verifier, object);
    if (number != SIZE_MAX)
        is_fine = compare(verifier, number, object);
    else
        is_fine = take_foreign(verifier, buffer_view(&id), object);
    buffer_free(&id);
    return is_fine;
}
