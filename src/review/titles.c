/* titles.c: see titles.h. */
#include "review/titles.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/table.h"

static bool is_taken(struct table *known, struct buffer *folded, const char *title) {
    bool is_new;
    folded->length = 0;
    for (const char *c = title; *c; c++)
        buffer_add_char(folded, *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c);
    table_add(known, buffer_view(folded), &is_new);
    return !is_new;
}

size_t review_titles_fixed(enum title_kind kind) {
    return kind == TITLES_ROWS ? ROWS_FIXED : kind == TITLES_REJECTED ? REJECTED_FIXED : REJECTED_FIXED_OLD;
}

char **review_titles(enum title_kind kind, const char *const *titles, size_t count) {
    static const char *const fixed[2][COLUMN_DATA + REJECTED_FIXED] = {
        {"ID", "Decision", "Why", "Employee", "Created date"}, {"Row", "Decision", "Why", "Codes", "Reasons", "File"}};
    static const char *const hidden[HIDDEN_COLUMNS] = {TITLE_KEY, TITLE_CHECK};
    const size_t before = COLUMN_DATA + review_titles_fixed(kind);
    struct table *known = table_create();
    struct buffer folded = {0};
    char **list = memory_get_zero(before + count + HIDDEN_COLUMNS + 1, sizeof *list);
    for (size_t i = 0; i < HIDDEN_COLUMNS; i++) {
        list[before + count + i] = memory_copy(view_of(hidden[i]));
        is_taken(known, &folded, hidden[i]);
    }
    for (size_t i = 0; i < before + count; i++) {
        const char *title = i < before ? fixed[kind != TITLES_ROWS][i] : titles[i - before];
        struct view plain = view_trim(view_of(title));
        if (plain.length == 0) plain = view_of("Column");
        list[i] = memory_copy(plain);
        for (size_t number = 2; is_taken(known, &folded, list[i]); number++) {
            free(list[i]);
            list[i] = memory_print("%.*s (%zu)", VIEW_ARGS(plain), number);
        }
    }
    buffer_free(&folded);
    table_destroy(known);
    return list;
}

void review_titles_free(char **titles) {
    for (size_t i = 0; titles && titles[i]; i++)
        free(titles[i]);
    free(titles);
}
