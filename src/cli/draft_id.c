/* draft_id.c: see draft_id.h. Rows are compared by the hashes that the profile keeps of their cells. */
#include "cli/draft_id.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"

static const struct profile_column *column_of(const struct draft *draft, size_t column) {
    return &draft->profile->columns[column];
}

static bool begins_with_any(struct view label, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (view_starts_with(label, words[i])) return true;
    return false;
}

static bool is_of_loader(struct view label) {
    static const char *const words[] = {"_airbyte_", "_fivetran_", "_sdc_", "_dlt_"};
    return begins_with_any(label, words, sizeof words / sizeof *words);
}

static bool contains_any(struct view label, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (view_find_fold(label, words[i]) != SIZE_MAX) return true;
    return false;
}

bool draft_is_profile(const struct draft *draft, size_t column) {
    static const char *const words[] = {"hire", "birth", "terminat", "anniversary", "ssn", "social security"};
    return contains_any(column_of(draft, column)->label, words, sizeof words / sizeof *words);
}

bool draft_is_staff(const struct draft *draft, size_t column) {
    static const char *const words[] = {"payroll", "employee", "technician", "badge", "license"};
    return contains_any(column_of(draft, column)->label, words, sizeof words / sizeof *words) ||
           draft_is_profile(draft, column);
}

bool draft_may_identify(const struct draft *draft, size_t column) {
    const struct draft_field *field = &draft->fields[column];
    const struct profile *profile = draft->profile;
    return field->word && field->guess.kind != LABEL_PRIVATE && !is_of_loader(column_of(draft, column)->label) &&
           column_of(draft, column)->filled + profile->totals >= profile->rows;
}

/* --- uniqueness ---------------------------------------------------------------------------------------------- */

static int compare_hashes(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/* How many different rows there are by these columns, and one more column unless it is SIZE_MAX. */
static size_t count_different(const struct draft *draft, const size_t *columns, size_t count, size_t more) {
    const struct profile *profile = draft->profile;
    uint64_t *hashes = memory_get_zero(profile->hashed_rows + 1, sizeof *hashes);
    for (size_t row = 0; row < profile->hashed_rows; row++) {
        const uint64_t *cells = profile->cell_hashes + row * profile->column_count;
        for (size_t i = 0; i < count; i++)
            hashes[row] = hashes[row] * 0x9E3779B97F4A7C15u + cells[columns[i]];
        if (more != SIZE_MAX) hashes[row] = hashes[row] * 0x9E3779B97F4A7C15u + cells[more];
    }
    qsort(hashes, profile->hashed_rows, sizeof *hashes, compare_hashes);
    size_t different = profile->hashed_rows > 0;
    for (size_t row = 1; row < profile->hashed_rows; row++)
        different += hashes[row] != hashes[row - 1];
    free(hashes);
    return different;
}

/* A name or code, not an amount or a length of time. */
static bool is_name_like(const struct draft *draft, size_t column) {
    const char *word = draft->fields[column].word;
    return word && (strcmp(word, "string") == 0 || strcmp(word, "date") == 0 || strcmp(word, "datetime") == 0);
}

/* The column beside those chosen with which most rows differ. */
static size_t best_addition(const struct draft *draft, size_t *most) {
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < draft->field_count; i++) {
        if (!draft_may_identify(draft, i) || !is_name_like(draft, i) || i == draft->person || i == draft->person_id ||
            draft_is_staff(draft, i))
            continue;
        size_t different = count_different(draft, draft->id_columns, draft->id_column_count, i);
        if (different <= *most) continue;
        *most = different;
        best = i;
    }
    return best;
}

static void add_column(struct draft *draft, size_t column) {
    if (column != SIZE_MAX && draft->id_column_count < DRAFT_ID_COLUMNS)
        draft->id_columns[draft->id_column_count++] = column;
}

/* A column with the label of an ID that only repeats because rows are parts of it. */
static size_t repeated_id(const struct draft *draft) {
    for (size_t i = 0; i < draft->field_count; i++)
        if (draft->fields[i].guess.kind == LABEL_ID && draft_may_identify(draft, i) && !draft_is_staff(draft, i))
            return i;
    return SIZE_MAX;
}

void draft_choose_columns(struct draft *draft) {
    size_t rows = draft->profile->hashed_rows, repeated = repeated_id(draft);
    size_t person = draft->person_id != SIZE_MAX ? draft->person_id : draft->person;
    draft->id_column_count = 0;
    if (repeated != SIZE_MAX && draft->date != SIZE_MAX) {
        add_column(draft, repeated);
    } else {
        if (draft->date != SIZE_MAX && draft_may_identify(draft, draft->date)) add_column(draft, draft->date);
        if (person != SIZE_MAX && draft_may_identify(draft, person)) add_column(draft, person);
    }
    size_t different = count_different(draft, draft->id_columns, draft->id_column_count, SIZE_MAX);
    while (different < rows && draft->id_column_count < DRAFT_ID_COLUMNS) {
        size_t column = best_addition(draft, &different);
        if (column == SIZE_MAX) break;
        add_column(draft, column);
    }
    draft->has_id = rows == 0 || different == rows;
}
