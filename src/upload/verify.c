/* verify.c: the pages of Plecto's answers against the folder. In memory are the IDs of the folder and where their lines
 * stand, never the registrations. */
#include "upload/verify_private.h"

#include <stdlib.h>

#include "base/memory.h"
#include "upload/days.h"
#include "upload/registrations.h"

#define ARENA_PIECE (64u << 10)

void verify_free(struct verify_result *result) {
    for (size_t i = 0; i < result->detail_count; i++) {
        verify_free_differences(result->details[i].differences, result->details[i].difference_count);
        free(result->details[i].id);
        free(result->details[i].day);
        free(result->details[i].person);
    }
    free(result->details);
    free(result->money_field);
    verify_groups_free(&result->people);
    verify_groups_free(&result->days);
    *result = (struct verify_result){0};
}

bool verify_is_same(const struct verify_result *result) {
    return result->counts[VERIFY_DIFFERENT] + result->counts[VERIFY_MISSING] + result->counts[VERIFY_FOREIGN] == 0 &&
           result->zone_seconds == 0;
}

static void ask_for_day(struct verifier *verifier, struct view day) {
    if (view_compare(day, view_of(verifier->first_asked)) < 0) memcpy(verifier->first_asked, day.text, 10);
    if (view_compare(day, view_of(verifier->last_asked)) > 0) memcpy(verifier->last_asked, day.text, 10);
}

static bool read_folder(struct verifier *verifier) {
    struct view text;
    uint64_t offset;
    memcpy(verifier->first_asked, verifier->published->first_day, sizeof verifier->first_asked);
    memcpy(verifier->last_asked, verifier->published->last_day, sizeof verifier->last_asked);
    published_rewind(verifier->published);
    while (published_next(verifier->published, &text, &offset, verifier->error)) {
        struct line line;
        arena_reset(verifier->arena);
        if (text.length > UINT32_MAX || !line_read(text, verifier->arena, &line))
            return published_broken(verifier->published, offset, "is not a registration", verifier->error);
        ask_for_day(verifier, line_day(&line));
        size_t number = table_add(verifier->ids, line.external_id, NULL);
        void *list = verifier->places;
        memory_grow(&list, &verifier->place_capacity, number + 1, sizeof *verifier->places);
        verifier->places = list;
        verifier->places[number] = (struct place){offset, (uint32_t)text.length, false, false};
    }
    return verifier->error->code == EXIT_FINE && published_end(verifier->published, verifier->error);
}

static bool read_plecto(struct verifier *verifier) {
    int32_t first = 0, last = 0;
    if (verifier->published->first_day[0] == '\0') return true;
    day_number(verifier->first_asked, &first);
    day_number(verifier->last_asked, &last);
    return registrations_read(verifier->client, verifier->source->uuid, first, last, verify_take_item, verifier,
                              &verifier->result->pages, NULL, verifier->error);
}

bool verify_run(struct published *published, struct journal *journal, const struct journal_source *source,
                struct client *client, int32_t today, size_t shown, struct verify_result *result, struct error *error) {
    *result = (struct verify_result){0};
    struct verifier verifier = {.published = published,
                                .journal = journal,
                                .source = source,
                                .client = client,
                                .result = result,
                                .error = error,
                                .shown = shown,
                                .today = today,
                                .ids = table_create(),
                                .foreign = table_create(),
                                .arena = arena_create(ARENA_PIECE)};
    verify_find_money(&verifier);
    bool is_fine = (!published->zone || zone_open(published->zone, &verifier.zone, error)) && read_folder(&verifier);
    is_fine = is_fine && read_plecto(&verifier) && verify_missing(&verifier);
    if (is_fine) verify_zone_settle(&verifier.zone_note, result);
    zone_close(verifier.zone);
    table_destroy(verifier.ids);
    table_destroy(verifier.foreign);
    arena_destroy(verifier.arena);
    free(verifier.places);
    buffer_free(&verifier.line);
    buffer_free(&verifier.money_key);
    return is_fine;
}
