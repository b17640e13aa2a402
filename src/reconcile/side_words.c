/* side_words.c: see side_words.h. */
#include "reconcile/side_words.h"

static bool is_of_plecto(enum side_kind kind) {
    return kind == SIDE_PLECTO_FILE || kind == SIDE_PLECTO_ANSWER;
}

static bool are_alike(const struct comparison *comparison) {
    enum side_kind left = comparison->sides[0].kind, right = comparison->sides[1].kind;
    return left == right || (is_of_plecto(left) && is_of_plecto(right));
}

struct side_names {
    const char *word, *place, *only;
};

#define NAMES(preposition, word)                                                                                       \
    { word, preposition word, "Only " preposition word }

/* Where the sides differ in kind, the first of two alike, the second; by kind. */
static const struct side_names all_names[3][6] = {
    {NAMES("in the ", "export"), NAMES("in the ", "folder"), NAMES("in ", "Plecto"), NAMES("in ", "Plecto"),
     NAMES("in the ", "journal"), NAMES("on the ", "dashboard")},
    {NAMES("in the ", "first export"), NAMES("in the ", "first folder"), NAMES("in the ", "first file"),
     NAMES("in the ", "first file"), NAMES("in the ", "first journal"), NAMES("on the ", "dashboard")},
    {NAMES("in the ", "second export"), NAMES("in the ", "second folder"), NAMES("in the ", "second file"),
     NAMES("in the ", "second file"), NAMES("in the ", "second journal"), NAMES("on the ", "dashboard")}};

static const struct side_names *names_of(const struct comparison *comparison, int side) {
    return &all_names[are_alike(comparison) ? 1 + side : 0][comparison->sides[side].kind];
}

const char *side_word(const struct comparison *comparison, int side) {
    return names_of(comparison, side)->word;
}

const char *side_place(const struct comparison *comparison, int side) {
    return names_of(comparison, side)->place;
}

const char *side_only(const struct comparison *comparison, int side) {
    return names_of(comparison, side)->only;
}

int plecto_side(const struct comparison *comparison) {
    enum side_kind left = comparison->sides[0].kind, right = comparison->sides[1].kind;
    if (are_alike(comparison)) return -1;
    if (right == SIDE_NUMBERS) return 1;
    if (left == SIDE_EXPORT || right == SIDE_EXPORT) return left == SIDE_EXPORT ? 1 : 0;
    return left == SIDE_FOLDER ? 1 : 0; /* a folder is what Plecto is to have */
}
