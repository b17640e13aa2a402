/* identity.c: whether the row's ID came already: noted in the first go over a block, answered in the second. */
#include <stdio.h>

#include "base/hash.h"
#include "base/memory.h"
#include "convert/row/row_private.h"

/* The hash of the cells as the shortest CSV. Most records of CSV are written so, and their bytes are hashed as they stand;
 * others, with the same cells, are written so first. Cells that are no texts go into the seed. */
static uint64_t written_hash(const struct record *record, struct buffer *scratch) {
    uint64_t seed = record->original_count;
    struct view text = record->raw;
    if (!record->is_shortest) {
        scratch->length = 0;
        for (size_t i = 0; i < record->cell_count; i++) {
            const struct cell *cell = &record->cells[i];
            if (i > 0) buffer_add_char(scratch, ',');
            if (cell->kind == CELL_TEXT)
                buffer_add_csv_shortest(scratch, cell->text);
            else
                seed = hash_bytes(cell->text, seed + i * 16 + (uint64_t)cell->kind);
        }
        text = buffer_view(scratch);
    }
    return hash_long(text, seed);
}

/* The same for records that are never written so: each cell on its own, so that the processor works on several at once. */
static uint64_t cells_hash(const struct record *record) {
    uint64_t sum = record->original_count;
    for (size_t i = 0; i < record->cell_count; i++)
        sum += hash_bytes(record->cells[i].text, i * 16 + (uint64_t)record->cells[i].kind);
    return sum;
}

uint32_t row_content_hash(struct converter *converter) {
    const struct record *record = &converter->row.record;
    uint64_t hash = converter->is_all_json ? cells_hash(record) : written_hash(record, &converter->scratch);
    return (uint32_t)(hash ^ hash >> 32);
}

/* "row 12" of a table, "record 12" of a JSON file. */
static void say_place(struct input *const *inputs, const struct identity_before *before, char *text, size_t size) {
    bool is_table = input_facts(inputs[before->file])->shape == SHAPE_CSV;
    snprintf(text, size, "%s %llu", is_table ? "row" : "record", (unsigned long long)before->row);
}

/* Asks whether the ID came already; in the first go only notes it. True: go on with the row. */
static bool check_id(struct converter *converter) {
    struct outcome *outcome = converter->outcome;
    size_t number = outcome->identity_count;
    if (!converter->seen_ids) {
        void *list = outcome->identities;
        memory_grow(&list, &outcome->identity_capacity, number + 1, sizeof *outcome->identities);
        outcome->identities = list;
        outcome->identities[number] =
            (struct identity){hash_bytes(converter->row.external_id, 0), row_content_hash(converter),
                              (uint32_t)converter->file.number, converter->row.record.row, converter->row.money};
        outcome->identity_count++;
        if (!id_is_plain(converter->row.external_id))
            odd_ids_add(&outcome->odd_ids, converter->row.external_id, (uint32_t)converter->file.number,
                    converter->row.record.row, converter->row.record.line, &converter->scratch);
        return true;
    }
    outcome->identity_count++;
    const struct identity_before *before = &converter->seen_ids[number];
    if (before->verdict == IDENTITY_NEW) return true;
    char place[64];
    say_place(converter->inputs, before, place, sizeof place);
    const char *path = before->file == converter->file.number ? "" : input_facts(converter->inputs[before->file])->path;
    const char *blank = *path ? " " : "";
    struct view id = converter->row.external_id;
    size_t field = row_id_field(converter);
    if (before->verdict == IDENTITY_REPEATED) {
        row_problem(converter, W421_EXACT_REPEAT, field, "ID %.*s: the same row, cell for cell, as %s%s%s",
                    VIEW_ARGS(id), path, blank, place);
        return false;
    }
    struct buffer amount = {0};
    if (converter->row.has_money) {
        decimal_print_human(&amount, before->money, true);
    } else {
        buffer_add_text(&amount, "the other row");
    }
    row_problem(converter, E401_DUPLICATE_ID, field,
                "ID %.*s is also in %s%s%s. Plecto keeps one row per ID, so %.*s would be lost", VIEW_ARGS(id), path, blank,
                place, VIEW_ARGS(buffer_view(&amount)));
    /* the money at stake is that of the row that would vanish */
    if (converter->row.has_money) converter->row.money = before->money;
    buffer_free(&amount);
    return false;
}

/* The ID of a share: its own, or the row's; with several people the first keeps that, and each further one has the person's
 * behind it. So nobody's ID depends on how many others there are. */
void row_name_shares(struct converter *converter) {
    const struct binding *binding = converter->file.binding;
    bool has_employee = false;
    for (size_t i = 0; i < binding->id_part_count; i++)
        has_employee = has_employee || binding->id_parts[i].source.kind == REF_EMPLOYEE;
    struct view whole = converter->row.external_id, member = converter->row.member_id;
    for (size_t i = 0; i < converter->division.count; i++) {
        struct share *share = &converter->division.shares[i];
        if (share->external_id.length > 0) continue;
        converter->row.member_id = share->member_id;
        if (has_employee) {
            row_find_id(converter);
            share->external_id = converter->row.external_id;
        } else if (i == 0) {
            share->external_id = whole;
        } else {
            share->external_id =
                arena_print(converter->arena, "%.*s:%.*s", VIEW_ARGS(whole), VIEW_ARGS(share->member_id));
        }
    }
    converter->row.external_id = whole;
    converter->row.member_id = member;
}

/* The same for every ID of the row. */
bool row_check_identity(struct converter *converter) {
    /* a divided row is known by its own ID: its people may change from one state to the next */
    if (converter->division.count == 0 || converter->division.listed_count < 2) return check_id(converter);
    struct view whole = converter->row.external_id;
    bool is_fine = true;
    for (size_t i = 0; i < converter->division.count; i++) {
        size_t problems = converter->row.problem_count;
        bool had_error = converter->row.has_error;
        converter->row.external_id = converter->division.shares[i].external_id;
        bool is_new = check_id(converter);
        if (!is_fine) { /* one message for the row */
            converter->row.problem_count = problems;
            converter->row.has_error = had_error;
        }
        is_fine = is_fine && is_new;
    }
    converter->row.external_id = whole;
    return is_fine;
}
