/* side_words.c: see side_words.h. */
#include "reconcile/side_words.h"

static bool is_of_plecto(enum side_kind kind) {
    return kind == SIDE_PLECTO_FILE || kind == SIDE_PLECTO_ANSWER;
}

static bool are_alike(const struct comparison *comparison) {
    enum side_kind left = comparison->sides[0].kind, right = comparison->sides[1].kind;
    return left == right || (is_of_plecto(left) && is_of_plecto(right));
}

static const char *const words[] = {"export", "folder", "Plecto", "Plecto", "journal", "dashboard"};
static const char *const places[] = {"in the export", "in the folder",  "in Plecto",
                                     "in Plecto",     "in the journal", "on the dashboard"};
static const char *const words_alike[2][6] = {
    {"first export", "first folder", "first file", "first file", "first journal", "dashboard"},
    {"second export", "second folder", "second file", "second file", "second journal", "dashboard"}};
static const char *const places_alike[2][6] = {{"in the first export", "in the first folder", "in the first file",
                                                "in the first file", "in the first journal", "on the dashboard"},
                                               {"in the second export", "in the second folder", "in the second file",
                                                "in the second file", "in the second journal", "on the dashboard"}};

const char *side_word(const struct comparison *comparison, int side) {
    enum side_kind kind = comparison->sides[side].kind;
    return are_alike(comparison) ? words_alike[side][kind] : words[kind];
}

const char *side_place(const struct comparison *comparison, int side) {
    enum side_kind kind = comparison->sides[side].kind;
    return are_alike(comparison) ? places_alike[side][kind] : places[kind];
}

const char *side_only(const struct comparison *comparison, int side) {
    static const char *const only[] = {"Only in the export", "Only in the folder",  "Only in Plecto",
                                       "Only in Plecto",     "Only in the journal", "Only on the dashboard"};
    static const char *const only_alike[2][6] = {
        {"Only in the first export", "Only in the first folder", "Only in the first file", "Only in the first file",
         "Only in the first journal", "Only on the dashboard"},
        {"Only in the second export", "Only in the second folder", "Only in the second file", "Only in the second file",
         "Only in the second journal", "Only on the dashboard"}};
    enum side_kind kind = comparison->sides[side].kind;
    return are_alike(comparison) ? only_alike[side][kind] : only[kind];
}

int plecto_side(const struct comparison *comparison) {
    enum side_kind left = comparison->sides[0].kind, right = comparison->sides[1].kind;
    if (are_alike(comparison)) return -1;
    if (right == SIDE_NUMBERS) return 1;
    if (left == SIDE_EXPORT || right == SIDE_EXPORT) return left == SIDE_EXPORT ? 1 : 0;
    return left == SIDE_FOLDER ? 1 : 0; /* a folder is what Plecto is to have */
}
