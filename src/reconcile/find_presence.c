/* find_presence.c: why rows are on one side only: an attribute that they share and no other row has, their age, what became
 * of them in the last run. Every cause holds for a set that is wholly missing; one that chance makes likely is none. */
#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/presence.h"
#include "reconcile/row_reasons.h"

#define CHANCE 0.05       /* what may come by chance more often is no cause */
#define PARTS_LIMIT 24    /* attributes that explain a part */
#define PAIR_ROWS 200000u /* beyond so many rows no pair of attributes is looked for among parts */
#define PAIR_CELLS 4096u  /* nor one of attributes that have so many pairs of values */
#define ROWS_LIMIT 10     /* rows named one by one */

/* Covers the missing rows that `holds` says yes to. */
static void cover(const struct comparison *comparison, const struct presence *presence, struct finding *finding,
                  const bool *holds) {
    for (size_t i = 0; i < presence->count; i++)
        if (presence->is_missing[i] && (!holds || holds[i]))
            finding_cover(finding, presence->units[i], unit_facets(&comparison->units[presence->units[i]]));
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

/* How many values have how many rows. */
static uint32_t *count_sizes(const struct attribute *attribute) {
    size_t most = 1;
    for (size_t i = 0; i < attribute->value_count; i++)
        most = attribute->rows[i] > most ? attribute->rows[i] : most;
    uint32_t *sizes = memory_get_zero(most + 1, sizeof *sizes);
    for (size_t i = 0; i < attribute->value_count; i++)
        sizes[attribute->rows[i]]++;
    return sizes;
}

static void cover_value(const struct comparison *comparison, const struct presence *presence,
                        const struct attribute *attribute, uint32_t value, struct finding *finding) {
    for (size_t i = 0; i < presence->count; i++)
        if (presence->is_missing[i] && attribute_value(attribute, i) == value)
            finding_cover(finding, presence->units[i], unit_facets(&comparison->units[presence->units[i]]));
}

/* Values all of whose rows are missing. Returns whether one has exactly the missing rows. */
static bool find_values(const struct comparison *comparison, const struct presence *presence,
                        const struct attribute *attributes, size_t count, struct findings_list *found) {
    bool has_exact = false;
    size_t parts = 0;
    for (size_t a = 0; a < count; a++) {
        uint32_t *sizes = count_sizes(&attributes[a]);
        found->tried += attributes[a].value_count;
        for (uint32_t v = 0; v < attributes[a].value_count; v++) {
            size_t size = attributes[a].rows[v];
            if (attributes[a].missing[v] != size || size == presence->count) continue;
            bool is_exact = size == presence->missing;
            double chance = chance_of(presence, size, sizes[size]);
            bool is_only_one = size == 1 && sizes[1] == 1;
            if ((chance > CHANCE && !(is_exact && is_only_one)) || (!is_exact && parts++ >= PARTS_LIMIT)) continue;
            struct finding *finding = attribute_finding(comparison, presence, &attributes[a], v, NULL, 0);
            cover_value(comparison, presence, &attributes[a], v, finding);
            findings_add(comparison, found, finding);
            has_exact = has_exact || is_exact;
        }
        free(sizes);
    }
    return has_exact;
}

/* --- two attributes --------------------------------------------------------------------------------------------------- */

/* The value that all missing rows have; UINT32_MAX: they differ. */
static uint32_t common_value(const struct presence *presence, const struct attribute *attribute) {
    uint32_t common = UINT32_MAX;
    for (size_t i = 0; i < presence->count; i++) {
        if (!presence->is_missing[i]) continue;
        uint32_t value = attribute_value(attribute, i);
        if (value == UINT32_MAX || (common != UINT32_MAX && value != common)) return UINT32_MAX;
        common = value;
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
                rows +=
                    attribute_value(&attributes[a], i) == common[a] && attribute_value(&attributes[b], i) == common[b];
            if (rows != presence->missing) continue;
            struct finding *finding =
                attribute_finding(comparison, presence, &attributes[a], common[a], &attributes[b], common[b]);
            finding->is_weak = presence->missing == 2;
            cover(comparison, presence, finding, NULL);
            findings_add(comparison, found, finding);
        }
    free(common);
}

/* The values of an attribute by place, + 1; 0: none. Owned; NULL: there are too many for a pair. */
static uint16_t *values_by_place(const struct presence *presence, const struct attribute *attribute) {
    if (attribute->value_count > PAIR_CELLS) return NULL;
    uint16_t *values = memory_get((presence->count + 1) * sizeof *values);
    for (size_t i = 0; i < presence->count; i++)
        values[i] = (uint16_t)(attribute_value(attribute, i) + 1);
    return values;
}

/* One of two attributes. */
struct pair_part {
    const struct attribute *attribute;
    const uint16_t *values; /* by place, + 1 */
};

/* Pairs whose rows are all missing, as a part of what is. */
static void find_part_pairs(const struct comparison *comparison, const struct presence *presence,
                            const struct pair_part *first, const struct pair_part *second,
                            struct findings_list *found, size_t *parts) {
    const struct attribute *a = first->attribute, *b = second->attribute;
    size_t cells = a->value_count * b->value_count, width = b->value_count + 1;
    if (cells == 0 || cells > PAIR_CELLS) return;
    uint32_t *rows = memory_get_zero((a->value_count + 1) * width, sizeof *rows);
    uint32_t *missing = memory_get_zero((a->value_count + 1) * width, sizeof *missing);
    for (size_t i = 0; i < presence->count; i++) {
        size_t cell = first->values[i] * width + second->values[i];
        rows[cell]++;
        missing[cell] += presence->is_missing[i];
    }
    for (size_t pair = 0; pair < cells && *parts < PARTS_LIMIT; pair++) {
        uint32_t va = (uint32_t)(pair / b->value_count), vb = (uint32_t)(pair % b->value_count);
        size_t cell = (va + 1) * width + vb + 1, size = rows[cell];
        if (size < 2 || missing[cell] != size || size == presence->missing) continue;
        bool is_implied = a->missing[va] == a->rows[va] || b->missing[vb] == b->rows[vb];
        if (is_implied || chance_of(presence, size, cells) > CHANCE / 10) continue;
        struct finding *finding = attribute_finding(comparison, presence, a, va, b, vb);
        for (size_t i = 0; i < presence->count; i++)
            if (presence->is_missing[i] && first->values[i] == va + 1 && second->values[i] == vb + 1)
                finding_cover(finding, presence->units[i], unit_facets(&comparison->units[presence->units[i]]));
        findings_add(comparison, found, finding);
        ++*parts;
    }
    free(rows);
    free(missing);
}

static void find_parts(const struct comparison *comparison, const struct presence *presence,
                       const struct attribute *attributes, size_t count, struct findings_list *found) {
    uint16_t **values = memory_get_zero(count + 1, sizeof *values);
    size_t parts = 0;
    if (presence->count > PAIR_ROWS) count = 0;
    for (size_t a = 0; a < count; a++)
        values[a] = values_by_place(presence, &attributes[a]);
    for (size_t a = 0; a < count; a++)
        for (size_t b = a + 1; b < count; b++)
            if (values[a] && values[b])
                find_part_pairs(comparison, presence, &(struct pair_part){&attributes[a], values[a]},
                                &(struct pair_part){&attributes[b], values[b]}, found, &parts);
    for (size_t a = 0; a < count; a++)
        free(values[a]);
    free(values);
}

/* --- by age ----------------------------------------------------------------------------------------------------------- */

static void add_aged(const struct comparison *comparison, const struct presence *presence, enum cause cause,
                     const bool *holds, size_t size, int32_t day, struct findings_list *found) {
    if (size < 2 || chance_of(presence, size, 1) > CHANCE) return;
    struct finding *finding = finding_create(comparison, cause);
    struct buffer text = {0};
    finding->side = presence->side;
    date_print(&text, day);
    finding_add_value(finding, buffer_view(&text));
    buffer_free(&text);
    cover(comparison, presence, finding, holds);
    findings_add(comparison, found, finding);
}

/* The ages of the rows that have a date. */
struct ages {
    size_t count;
    int64_t oldest, oldest_kept, newest_kept; /* seconds; `kept`: of rows that are not missing */
    bool has_kept;
};

static struct ages ages_of(const struct side *side, const struct presence *presence) {
    struct ages ages = {.oldest = INT64_MAX, .oldest_kept = INT64_MAX, .newest_kept = INT64_MIN};
    for (size_t i = 0; i < presence->count; i++) {
        const struct side_row row = side_row_at(side, presence->rows[i]);
        if (!row.has_date) continue;
        ages.count++;
        if (row.local < ages.oldest) ages.oldest = row.local;
        if (presence->is_missing[i]) continue;
        ages.has_kept = true;
        if (row.local < ages.oldest_kept) ages.oldest_kept = row.local;
        if (row.local > ages.newest_kept) ages.newest_kept = row.local;
    }
    return ages;
}

/* The missing rows of `from` and later, and the oldest of them. */
static size_t hold_newest(const struct side *side, const struct presence *presence, int64_t from, bool *holds,
                          int64_t *oldest) {
    size_t size = 0;
    *oldest = INT64_MAX;
    for (size_t i = 0; i < presence->count; i++) {
        holds[i] = false;
        if (!presence->is_missing[i]) continue;
        const struct side_row row = side_row_at(side, presence->rows[i]);
        holds[i] = row.has_date && row.local >= from;
        size += holds[i];
        if (holds[i] && row.local < *oldest) *oldest = row.local;
    }
    return size;
}

/* The newest rows were not sent yet; those before a day are no longer kept. */
static void find_ages(const struct comparison *comparison, const struct presence *presence,
                      struct findings_list *found) {
    const struct side *side = &comparison->sides[presence->side];
    bool *holds = memory_get_zero(presence->count + 1, sizeof *holds);
    struct ages ages = ages_of(side, presence);
    int64_t oldest;
    found->tried += 2;
    size_t size = hold_newest(side, presence, ages.has_kept ? ages.newest_kept : INT64_MIN, holds, &oldest);
    if (size != presence->missing && ages.has_kept) /* of one time some are missing and some are not */
        size = hold_newest(side, presence, ages.newest_kept + 1, holds, &oldest);
    bool has_older = size < ages.count && size > 0 && ages.oldest < oldest;
    if (has_older) /* rows of a period all have its date: none of them is newer */
        add_aged(comparison, presence, CAUSE_UNSENT, holds, size, day_of(oldest), found);
    size_t whole = 0; /* rows of whole days that are missing */
    for (size_t i = 0; i < presence->count && ages.has_kept; i++) {
        holds[i] = false;
        if (!presence->is_missing[i]) continue; /* no row that is kept is older than the oldest of these */
        const struct side_row row = side_row_at(side, presence->rows[i]);
        holds[i] = row.has_date && day_of(row.local) < day_of(ages.oldest_kept);
        whole += holds[i];
    }
    if (ages.has_kept) add_aged(comparison, presence, CAUSE_RETENTION, holds, whole, day_of(ages.oldest_kept), found);
    free(holds);
}

/* --- what became of them ---------------------------------------------------------------------------------------------- */

/* Adds the finding that these rows are set aside or refused, with their reasons. */
static void add_listed(const struct comparison *comparison, const struct presence *presence, const bool *holds,
                       enum cause cause, bool is_our_verdict, struct findings_list *found) {
    struct finding *finding = finding_create(comparison, cause);
    struct named_rows rows = {0};
    for (size_t i = 0; i < presence->count; i++)
        if (holds[i]) named_rows_add(&rows, presence->rows[i]);
    finding->is_our_verdict = is_our_verdict;
    finding->side = presence->side;
    finding->detail = set_aside_detail(comparison, presence->side, &rows);
    cover(comparison, presence, finding, holds);
    findings_add(comparison, found, finding);
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
        add_listed(comparison, presence, holds, cause, false, found);
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
        bool is_set_aside = side_is_set_aside(side, presence->rows[i]);
        holds[i] = is_set_aside && presence->is_missing[i];
        is_whole = is_whole && (!is_set_aside || presence->is_missing[i]);
    }
    found->tried++;
    if (is_whole) add_listed(comparison, presence, holds, CAUSE_REJECTED, true, found);
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

/* Whether one value has one row, and no other. */
static bool has_one_rare(const struct attribute *attribute) {
    size_t count = 0;
    for (size_t i = 0; i < attribute->value_count && count < 2; i++)
        count += attribute->rows[i] == 1;
    return count == 1;
}

/* The value that this row alone has of a column in which no other value is that rare: the one job on Hold. */
static void find_only_one(const struct comparison *comparison, const struct presence *presence,
                          const struct attribute *attributes, size_t count, size_t place, struct findings_list *found) {
    for (size_t a = 0; a < count; a++) {
        uint32_t value = attribute_value(&attributes[a], place);
        bool is_only_one = value != UINT32_MAX && attributes[a].rows[value] == 1 && attributes[a].value_count > 1 &&
                           has_one_rare(&attributes[a]);
        if (!is_only_one) continue;
        struct finding *finding = attribute_finding(comparison, presence, &attributes[a], value, NULL, 0);
        finding_cover(finding, presence->units[place], unit_facets(&comparison->units[presence->units[place]]));
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
            finding_cover(row, presence->units[i], unit_facets(&comparison->units[presence->units[i]]));
            findings_add(comparison, found, row);
            break;
        }
    }
    free(was_named);
}

static void find_of_side(const struct comparison *comparison, const struct presence *presence,
                         const struct attribute *attributes, size_t count, struct findings_list *found) {
    size_t from = found->count;
    bool has_exact = find_values(comparison, presence, attributes, count, found);
    if (!has_exact && presence->missing > 1) find_exact_pairs(comparison, presence, attributes, count, found);
    if (!has_exact) find_parts(comparison, presence, attributes, count, found);
    if (presence->side == source_side(comparison)) {
        const struct side *plecto = &comparison->sides[1 - presence->side];
        find_listed(comparison, presence, plecto->rejected, CAUSE_REJECTED, found);
        find_set_aside(comparison, presence, found);
        find_listed(comparison, presence, plecto->refused, CAUSE_REFUSED, found);
        find_ages(comparison, presence, found);
    } else if (presence->missing > 1) {
        struct finding *stale = finding_create(comparison, CAUSE_STALE);
        stale->side = presence->side;
        cover(comparison, presence, stale, NULL);
        found->tried++;
        findings_add(comparison, found, stale);
    }
    find_rows(comparison, presence, found);
    find_left_over(comparison, presence, attributes, count, found, from);
}

void find_presence(const struct comparison *comparison, struct findings_list *found) {
    for (int side = 0; side < 2; side++) {
        struct presence presence;
        presence_make(comparison, side, &presence);
        if (presence.missing > 0) {
            size_t count;
            struct attribute *attributes = attributes_make(comparison, &presence, &count);
            find_of_side(comparison, &presence, attributes, count, found);
            attributes_free(attributes, count);
        }
        presence_free(&presence);
    }
}
