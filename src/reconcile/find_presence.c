/* find_presence.c: why rows are on one side only: an attribute that they share and no other row has, their age, what became
 * of them in the last run. Every cause holds for a set that is wholly missing; one that chance makes likely is none. */
#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/presence.h"
#include "reconcile/row_reasons.h"

#define CHANCE 0.05       /* what may come by chance more often is no cause */
#define PARTS_LIMIT 24    /* attributes that explain a part */
#define PAIR_ROWS 200000u /* beyond so many rows no pair of attributes is looked for among parts */
#define ROWS_LIMIT 10     /* rows named one by one */

/* Covers the missing rows that `holds` says yes to. */
static void cover(const struct comparison *comparison, const struct presence *presence, struct finding *finding,
                  const bool *holds) {
    for (size_t i = 0; i < presence->count; i++)
        if (presence->is_missing[i] && (!holds || holds[i]))
            finding_cover(finding, presence->units[i], comparison->units[presence->units[i]].facets);
}

/* How often a set of `size` rows, all of them missing, comes by chance: `sets` such sets are there, `others` of the rows
 * besides are missing. */
static double chance_of(const struct presence *presence, size_t size, size_t sets) {
    double rest = (double)(presence->count - size), others = (double)(presence->missing - size);
    if (others == 0) { /* exactly the missing rows: one choice of many */
        double choices = 1;
        for (size_t i = 0; i < size && choices < 1e9; i++)
            choices *= (double)(presence->count - i) / (double)(i + 1);
        return (double)sets / choices;
    }
    double chance = (double)sets, each = rest > 0 ? others / rest : 1;
    for (size_t i = 0; i < size && chance > 1e-9; i++)
        chance *= each;
    return chance;
}

/* --- one attribute ---------------------------------------------------------------------------------------------------- */

static size_t values_of_size(const struct attribute *attribute, size_t size) {
    size_t count = 0;
    for (size_t i = 0; i < attribute->value_count; i++)
        count += attribute->rows[i] == size;
    return count;
}

static void cover_value(const struct comparison *comparison, const struct presence *presence,
                        const struct attribute *attribute, uint32_t value, struct finding *finding) {
    for (size_t i = 0; i < presence->count; i++)
        if (presence->is_missing[i] && attribute->values[i] == value)
            finding_cover(finding, presence->units[i], comparison->units[presence->units[i]].facets);
}

/* Values all of whose rows are missing. Returns whether one has exactly the missing rows. */
static bool find_values(const struct comparison *comparison, const struct presence *presence,
                        const struct attribute *attributes, size_t count, struct findings_list *found) {
    bool has_exact = false;
    size_t parts = 0;
    for (size_t a = 0; a < count; a++) {
        found->tried += attributes[a].value_count;
        for (uint32_t v = 0; v < attributes[a].value_count; v++) {
            size_t size = attributes[a].rows[v];
            if (attributes[a].missing[v] != size || size == presence->count) continue;
            bool is_exact = size == presence->missing;
            double chance = chance_of(presence, size, values_of_size(&attributes[a], size));
            bool is_only_one = size == 1 && values_of_size(&attributes[a], 1) == 1;
            if ((chance > CHANCE && !(is_exact && is_only_one)) || (!is_exact && parts++ >= PARTS_LIMIT)) continue;
            struct finding *finding = attribute_finding(comparison, presence, &attributes[a], v, NULL, 0);
            cover_value(comparison, presence, &attributes[a], v, finding);
            findings_add(comparison, found, finding);
            has_exact = has_exact || is_exact;
        }
    }
    return has_exact;
}

/* --- two attributes --------------------------------------------------------------------------------------------------- */

/* The value that all missing rows have; UINT32_MAX: they differ. */
static uint32_t common_value(const struct presence *presence, const struct attribute *attribute) {
    uint32_t common = UINT32_MAX;
    for (size_t i = 0; i < presence->count; i++) {
        if (!presence->is_missing[i]) continue;
        if (attribute->values[i] == UINT32_MAX || (common != UINT32_MAX && attribute->values[i] != common))
            return UINT32_MAX;
        common = attribute->values[i];
    }
    return common;
}

/* Two values that only the missing rows have together. */
static void find_exact_pairs(const struct comparison *comparison, const struct presence *presence,
                             const struct attribute *attributes, size_t count, struct findings_list *found) {
    uint32_t *common = memory_get((count + 1) * sizeof *common);
    for (size_t a = 0; a < count; a++)
        common[a] = common_value(presence, &attributes[a]);
    for (size_t a = 0; a < count; a++)
        for (size_t b = a + 1; b < count; b++) {
            found->tried += attributes[a].value_count * attributes[b].value_count;
            if (common[a] == UINT32_MAX || common[b] == UINT32_MAX) continue;
            size_t rows = 0;
            for (size_t i = 0; i < presence->count; i++)
                rows += attributes[a].values[i] == common[a] && attributes[b].values[i] == common[b];
            if (rows != presence->missing) continue;
            struct finding *finding =
                attribute_finding(comparison, presence, &attributes[a], common[a], &attributes[b], common[b]);
            finding->is_weak = presence->missing == 2;
            cover(comparison, presence, finding, NULL);
            findings_add(comparison, found, finding);
        }
    free(common);
}

struct pair_cells {
    uint32_t *rows, *missing, *first; /* owned; by cell */
};

/* Pairs whose rows are all missing, as a part of what is. */
static void find_part_pairs(const struct comparison *comparison, const struct presence *presence,
                            const struct attribute *a, const struct attribute *b, struct findings_list *found,
                            size_t *parts) {
    size_t cells = a->value_count * b->value_count;
    if (cells == 0 || cells > 4096) return;
    struct pair_cells pairs = {memory_get_zero(cells, sizeof(uint32_t)), memory_get_zero(cells, sizeof(uint32_t)),
                               NULL};
    for (size_t i = 0; i < presence->count; i++) {
        if (a->values[i] == UINT32_MAX || b->values[i] == UINT32_MAX) continue;
        size_t cell = a->values[i] * b->value_count + b->values[i];
        pairs.rows[cell]++;
        pairs.missing[cell] += presence->is_missing[i];
    }
    for (size_t cell = 0; cell < cells && *parts < PARTS_LIMIT; cell++) {
        uint32_t va = (uint32_t)(cell / b->value_count), vb = (uint32_t)(cell % b->value_count);
        size_t size = pairs.rows[cell];
        if (size < 2 || pairs.missing[cell] != size || size == presence->missing) continue;
        bool is_implied = a->missing[va] == a->rows[va] || b->missing[vb] == b->rows[vb];
        if (is_implied || chance_of(presence, size, cells) > CHANCE / 10) continue;
        struct finding *finding = attribute_finding(comparison, presence, a, va, b, vb);
        for (size_t i = 0; i < presence->count; i++)
            if (presence->is_missing[i] && a->values[i] == va && b->values[i] == vb)
                finding_cover(finding, presence->units[i], comparison->units[presence->units[i]].facets);
        findings_add(comparison, found, finding);
        ++*parts;
    }
    free(pairs.rows);
    free(pairs.missing);
}

/* --- by age ----------------------------------------------------------------------------------------------------------- */

struct aged {
    int64_t local;
    bool is_missing;
    size_t place;
};

/* Oldest first; of one time the missing ones last, so that they belong to the newest. */
static int compare_aged(const void *left, const void *right) {
    const struct aged *a = left, *b = right;
    if (a->local != b->local) return a->local < b->local ? -1 : 1;
    if (a->is_missing != b->is_missing) return a->is_missing ? 1 : -1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static void add_aged(const struct comparison *comparison, const struct presence *presence, enum cause cause,
                     const bool *holds, size_t size, int32_t day, struct findings_list *found) {
    if (size < 2 || chance_of(presence, size, 1) > CHANCE) return;
    struct finding *finding = finding_create(comparison, cause);
    struct buffer text = {0};
    date_print(&text, day);
    finding_add_value(finding, buffer_view(&text));
    buffer_free(&text);
    cover(comparison, presence, finding, holds);
    findings_add(comparison, found, finding);
}

/* The newest rows were not sent yet; those before a day are no longer kept. */
static void find_ages(const struct comparison *comparison, const struct presence *presence,
                      struct findings_list *found) {
    const struct side *side = &comparison->sides[presence->side];
    struct aged *list = memory_get((presence->count + 1) * sizeof *list);
    bool *holds = memory_get_zero(presence->count + 1, sizeof *holds);
    size_t count = 0;
    for (size_t i = 0; i < presence->count; i++)
        if (side->rows[presence->rows[i]].has_date)
            list[count++] = (struct aged){side->rows[presence->rows[i]].local, presence->is_missing[i], i};
    qsort(list, count, sizeof *list, compare_aged);
    found->tried += 2;
    size_t size = 0;
    while (size < count && list[count - 1 - size].is_missing)
        holds[list[count - 1 - size++].place] = true;
    bool is_exact = size == presence->missing;
    while (!is_exact && size > 0 && size < count && list[count - size].local == list[count - 1 - size].local)
        holds[list[count - size--].place] = false; /* of one time some are missing and some are not */
    bool has_older = size < count && size > 0 && list[0].local < list[count - size].local;
    if (has_older) /* rows of a period all have its date: none of them is newer */
        add_aged(comparison, presence, CAUSE_UNSENT, holds, size, day_of(list[count - size].local), found);
    memset(holds, 0, presence->count * sizeof *holds);
    size_t whole = 0; /* rows of whole days that are missing */
    for (size = 0; size < count;) {
        size_t end = size;
        while (end < count && day_of(list[end].local) == day_of(list[size].local) && list[end].is_missing)
            end++;
        bool is_whole = end > size && (end == count || day_of(list[end].local) != day_of(list[size].local));
        if (!is_whole) break;
        whole = size = end;
    }
    for (size_t i = 0; i < whole; i++)
        holds[list[i].place] = true;
    if (whole < count) add_aged(comparison, presence, CAUSE_RETENTION, holds, whole, day_of(list[whole].local), found);
    free(list);
    free(holds);
}

/* --- what became of them ---------------------------------------------------------------------------------------------- */

static char *detail_of(const struct comparison *comparison, const struct presence *presence, const bool *holds) {
    uint32_t *rows = memory_get((presence->count + 1) * sizeof *rows);
    size_t count = 0;
    for (size_t i = 0; i < presence->count; i++)
        if (holds[i]) rows[count++] = presence->rows[i];
    char *detail = set_aside_detail(comparison, presence->side, rows, count);
    free(rows);
    return detail;
}

static void find_listed(const struct comparison *comparison, const struct presence *presence, const struct table *ids,
                        enum cause cause, struct findings_list *found) {
    bool *holds = memory_get_zero(presence->count + 1, sizeof *holds);
    if (ids) {
        for (size_t i = 0; i < presence->count; i++) {
            struct view id = row_id(comparison, presence->side, presence->rows[i]);
            holds[i] = presence->is_missing[i] && id.length > 0 && table_find(ids, id) != SIZE_MAX;
        }
        found->tried++;
        struct finding *finding = finding_create(comparison, cause);
        finding->side = presence->side;
        finding->detail = detail_of(comparison, presence, holds);
        cover(comparison, presence, finding, holds);
        findings_add(comparison, found, finding);
    }
    free(holds);
}

/* Rows of an export that `convert` sets aside are not in what it published and sent. */
static void find_set_aside(const struct comparison *comparison, const struct presence *presence,
                           struct findings_list *found) {
    const struct side *side = &comparison->sides[presence->side], *other = &comparison->sides[1 - presence->side];
    if (side->kind != SIDE_EXPORT || other->kind == SIDE_EXPORT || other->rejected) return;
    bool *holds = memory_get_zero(presence->count + 1, sizeof *holds);
    bool is_whole = true;
    for (size_t i = 0; i < presence->count; i++) {
        bool is_set_aside = row_is_set_aside(&side->rows[presence->rows[i]]);
        holds[i] = is_set_aside && presence->is_missing[i];
        is_whole = is_whole && (!is_set_aside || presence->is_missing[i]);
    }
    found->tried++;
    if (is_whole) {
        struct finding *finding = finding_create(comparison, CAUSE_REJECTED);
        finding->is_our_verdict = true;
        finding->side = presence->side;
        finding->detail = detail_of(comparison, presence, holds);
        cover(comparison, presence, finding, holds);
        findings_add(comparison, found, finding);
    }
    free(holds);
}

static void find_rows(const struct comparison *comparison, const struct presence *presence,
                      struct findings_list *found) {
    found->tried += presence->count;
    if (presence->missing > ROWS_LIMIT || (presence->side != source_side(comparison) && presence->missing > 1)) return;
    struct finding *finding = finding_create(comparison, presence->missing == 1 ? CAUSE_ROW : CAUSE_ROWS);
    finding->is_list = presence->missing > 1;
    finding->side = presence->side;
    for (size_t i = 0; i < presence->count; i++)
        if (presence->is_missing[i]) finding_add_value(finding, row_id(comparison, presence->side, presence->rows[i]));
    cover(comparison, presence, finding, NULL);
    findings_add(comparison, found, finding);
}

/* The value that this row alone has of a column in which no other value is that rare: the one job on Hold. */
static void find_only_one(const struct comparison *comparison, const struct presence *presence,
                          const struct attribute *attributes, size_t count, size_t place, struct findings_list *found) {
    for (size_t a = 0; a < count; a++) {
        uint32_t value = attributes[a].values[place];
        bool is_only_one = value != UINT32_MAX && attributes[a].rows[value] == 1 && attributes[a].value_count > 1 &&
                           values_of_size(&attributes[a], 1) == 1;
        if (!is_only_one) continue;
        struct finding *finding = attribute_finding(comparison, presence, &attributes[a], value, NULL, 0);
        finding_cover(finding, presence->units[place], comparison->units[presence->units[place]].facets);
        findings_add(comparison, found, finding);
        return;
    }
}

/* The one row that a cause which explains the other missing rows leaves. */
static void find_left_over(const struct comparison *comparison, const struct presence *presence,
                           const struct attribute *attributes, size_t attribute_count, struct findings_list *found,
                           size_t from) {
    size_t count = found->count;
    bool *was_named = memory_get_zero(comparison->unit_count + 1, sizeof *was_named);
    for (size_t f = from; f < count; f++) {
        const struct finding *finding = found->list[f];
        if (finding->covered_count + 1 != presence->missing || finding->cause == CAUSE_ROWS) continue;
        size_t place = 0;
        for (size_t i = 0; i < presence->count; i++) {
            if (!presence->is_missing[i]) continue;
            if (place < finding->covered_count && finding->covered[place].unit == presence->units[i]) {
                place++;
                continue;
            }
            if (was_named[presence->units[i]]) break;
            was_named[presence->units[i]] = true;
            find_only_one(comparison, presence, attributes, attribute_count, i, found);
            struct finding *row = finding_create(comparison, CAUSE_ROW);
            row->side = presence->side;
            finding_add_value(row, row_id(comparison, presence->side, presence->rows[i]));
            finding_cover(row, presence->units[i], comparison->units[presence->units[i]].facets);
            findings_add(comparison, found, row);
            break;
        }
    }
    free(was_named);
}

static void find_of_side(const struct comparison *comparison, int side, struct findings_list *found) {
    struct presence presence;
    size_t count, from = found->count;
    presence_make(comparison, side, &presence);
    if (presence.missing > 0) {
        struct attribute *attributes = attributes_make(comparison, &presence, &count);
        bool has_exact = find_values(comparison, &presence, attributes, count, found);
        if (!has_exact && presence.missing > 1) find_exact_pairs(comparison, &presence, attributes, count, found);
        size_t parts = 0;
        for (size_t a = 0; !has_exact && presence.count <= PAIR_ROWS && a < count; a++)
            for (size_t b = a + 1; b < count; b++)
                find_part_pairs(comparison, &presence, &attributes[a], &attributes[b], found, &parts);
        if (side == source_side(comparison)) {
            const struct side *plecto = &comparison->sides[1 - side];
            find_listed(comparison, &presence, plecto->rejected, CAUSE_REJECTED, found);
            find_set_aside(comparison, &presence, found);
            find_listed(comparison, &presence, plecto->refused, CAUSE_REFUSED, found);
            find_ages(comparison, &presence, found);
        } else if (presence.missing > 1) {
            struct finding *stale = finding_create(comparison, CAUSE_STALE);
            stale->side = side;
            cover(comparison, &presence, stale, NULL);
            found->tried++;
            findings_add(comparison, found, stale);
        }
        find_rows(comparison, &presence, found);
        find_left_over(comparison, &presence, attributes, count, found, from);
        attributes_free(attributes, count);
    }
    presence_free(&presence);
}

void find_presence(const struct comparison *comparison, struct findings_list *found) {
    find_of_side(comparison, 0, found);
    find_of_side(comparison, 1, found);
}
