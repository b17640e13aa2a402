/* verify_line.c: a registration of the folder, the day of one in Plecto, and what is told of either; for the other files of verify. */
#include "base/json_find.h"
#include "base/memory.h"
#include "upload/plecto_facts.h"
#include "upload/verify_private.h"

struct verify_detail *verify_add_detail(struct verifier *verifier, enum verify_kind kind, struct view id, struct view day,
                                        struct view person) {
    struct verify_result *result = verifier->result;
    if (result->counts[kind]++ >= verifier->shown) return NULL;
    void *list = result->details;
    memory_grow(&list, &result->detail_capacity, result->detail_count + 1, sizeof *result->details);
    result->details = list;
    struct verify_detail *detail = &result->details[result->detail_count++];
    *detail = (struct verify_detail){kind, memory_copy(id), memory_copy(day), memory_copy(person), NULL, 0};
    return detail;
}

bool verify_read_line(struct verifier *verifier, const struct place *place, struct line *line) {
    verifier->line.length = 0;
    arena_reset(verifier->arena);
    if (!published_line_at(verifier->published, place->offset, place->length, &verifier->line, verifier->error))
        return false;
    return line_read(buffer_view(&verifier->line), verifier->arena, line) ||
           error_set(verifier->error, EXIT_CANNOT_READ, "a registration cannot be read again");
}

void verify_local_day(const struct verifier *verifier, struct view object, char day[11]) {
    struct view value;
    struct datetime when = {0};
    struct buffer text = {0}, printed = {0};
    day[0] = '\0';
    if (!json_find_key(object, view_of(KEY_DATE), &value)) return;
    json_add_plain(&text, value);
    if (datetime_parse(buffer_view(&text), DATE_ORDER_YMD, &when, NULL) == DATETIME_FINE) {
        if (verifier->zone && when.has_time && when.zone != ZONE_NONE) {
            int64_t instant = datetime_seconds(&when) - (when.zone == ZONE_OFFSET ? when.offset : 0);
            datetime_from_seconds(instant + zone_offset_at(verifier->zone, instant), &when);
        }
        date_print(&printed, date_to_days(when.year, when.month, when.day));
        memcpy(day, printed.text, 10);
        day[10] = '\0';
    }
    buffer_free(&printed);
    buffer_free(&text);
}
