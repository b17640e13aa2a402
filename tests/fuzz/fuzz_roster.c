/* fuzz_roster.c: rosters, CSV and JSON: who is in it is found. */
#include "fuzz/fuzz.h"
#include "people/roster.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct roster *roster = NULL;
    struct error error = {0};
    struct view bytes = fuzz_view(data, size);
    struct roster_person person;
    if (!roster_load(fuzz_file(0, bytes), &roster, &error)) {
        fuzz_check_error(&error);
    } else {
        for (enum person_space space = SPACE_ANY; space <= SPACE_USER; space++) {
            if (roster_find(roster, space, view_of("4101"), view_of(""), &person) == ROSTER_FOUND)
                fuzz_require(roster_count(roster) > 0 && person.name.length > 0, "somebody in an empty roster");
            roster_find(roster, space, bytes, bytes, &person);
        }
        roster_spelling(roster, view_of("Ana Lopez"), &person);
        roster_spelling(roster, bytes, &person);
        /* the same file again adds nobody who was not there */
        size_t count = roster_count(roster);
        fuzz_require(roster_load(fuzz_file(0, bytes), &roster, &error), "not loaded twice: %s", error.message);
        fuzz_require(roster_count(roster) >= count, "people vanish");
    }
    roster_free(roster);
    return 0;
}
