/* verify_line.c: a registration of the folder, the day of one in Plecto, and what is told of either; for the other files of verify. */
#include "base/memory.h"
#include "upload/days.h"
#include "upload/registrations.h"
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
    int32_t number;
    day[0] = '\0';
    if (registration_day(object, verifier->zone, &number)) day_set(day, number);
}
