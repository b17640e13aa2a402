/* find_others.c: IDs that come again on one side, and people whose names differ. */
#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/explain.h"

#define IDS_SHOWN 20

static void find_repeated(const struct comparison *comparison, struct findings_list *found) {
    for (int side = 0; side < 2; side++) {
        struct finding *finding = finding_create(comparison, CAUSE_REPEATED);
        struct table *ids = table_create();
        for (uint32_t i = 0; i < comparison->unit_count; i++) {
            const struct unit *unit = &comparison->units[i];
            if (unit->bucket != BUCKET_REPEATED || !unit->counts[side]) continue;
            finding_cover(finding, i, unit_facets(unit));
            table_add(ids, row_id(comparison, side, unit->rows[side]), NULL);
        }
        for (size_t i = 0; i < table_count(ids) && i < IDS_SHOWN; i++)
            finding_add_value(finding, table_key(ids, i));
        finding->is_list = finding->value_count > 1;
        table_destroy(ids);
        found->tried++;
        findings_add(comparison, found, finding);
    }
}

/* One person of the left side who is another on the right. */
struct change {
    uint32_t from, to;
};

static struct change change_of(const struct comparison *comparison, const struct unit *unit) {
    const struct side_row left = side_row_at(&comparison->sides[0], unit->rows[0]),
                          right = side_row_at(&comparison->sides[1], unit->rows[1]);
    bool is_name = left.person != right.person;
    return is_name ? (struct change){left.shown, right.shown} : (struct change){left.person_id, right.person_id};
}

static struct view name_of(const struct comparison *comparison, uint32_t text) {
    return text == NO_TEXT ? view_of("") : table_key(comparison->pool, text);
}

static const char *person_field(const struct comparison *comparison) {
    const char *title = comparison->sides[0].person_title;
    if (!title) title = comparison->sides[1].person_title;
    return title ? title : "Employee";
}

/* A finding for each change, largest sets first come as they are in the file. */
static void find_people(const struct comparison *comparison, struct findings_list *found) {
    struct change seen[16];
    size_t count = 0;
    for (size_t i = 0; i < comparison->unit_count && count < sizeof seen / sizeof *seen; i++) {
        const struct unit *unit = &comparison->units[i];
        if (!(unit_facets(unit) & FACET_PEOPLE)) continue;
        struct change change = change_of(comparison, unit);
        bool is_seen = false;
        for (size_t s = 0; s < count; s++)
            is_seen = is_seen || (seen[s].from == change.from && seen[s].to == change.to);
        if (is_seen) continue;
        seen[count++] = change;
        found->tried++;
        struct finding *finding = finding_create(comparison, CAUSE_PEOPLE);
        finding->is_list = true;
        finding_set_field(finding, 0, person_field(comparison));
        finding_add_value(finding, name_of(comparison, change.from));
        finding_add_value(finding, name_of(comparison, change.to));
        for (uint32_t j = 0; j < comparison->unit_count; j++) {
            if (!(unit_facets(&comparison->units[j]) & FACET_PEOPLE)) continue;
            struct change other = change_of(comparison, &comparison->units[j]);
            if (other.from == change.from && other.to == change.to) finding_cover(finding, j, FACET_PEOPLE);
        }
        findings_add(comparison, found, finding);
    }
}

void find_others(const struct comparison *comparison, struct findings_list *found) {
    find_repeated(comparison, found);
    find_people(comparison, found);
}
