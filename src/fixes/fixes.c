/* fixes.c: see fixes.h. */
#include "fixes/fixes.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "fixes/row_key.h"
#include "input/input.h"

enum column { FIX_SCHEMA, FIX_ID, FIX_FIELD, FIX_OLD, FIX_NEW, FIX_WHO, FIX_WHEN, FIX_WHY, FIX_COLUMNS };
static const char *const names[FIX_COLUMNS] = {"schema", "id", "field", "old", "new", "who", "when", "why"};

struct fixes {
    struct fix *list;
    size_t count, capacity;
    struct table *ids; /* to the place in first and last */
    size_t *first, *last;
    size_t id_capacity, last_capacity;
    bool has_keys;
    struct read_files files;
};

static struct fixes *create(void) {
    struct fixes *fixes = memory_get_zero(1, sizeof *fixes);
    fixes->ids = table_create();
    return fixes;
}

static void free_fix(struct fix *fix) {
    char *texts[] = {fix->schema, fix->id, fix->field, fix->old, fix->new, fix->who, fix->when, fix->why};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
}

void fixes_free(struct fixes *fixes) {
    if (!fixes) return;
    for (size_t i = 0; i < fixes->count; i++)
        free_fix(&fixes->list[i]);
    free(fixes->list);
    free(fixes->first);
    free(fixes->last);
    table_destroy(fixes->ids);
    read_files_free(&fixes->files);
    free(fixes);
}

static void add(struct fixes *fixes, struct fix fix) {
    void *list = fixes->list, *first = fixes->first, *last = fixes->last;
    memory_grow(&list, &fixes->capacity, fixes->count + 1, sizeof *fixes->list);
    fixes->list = list;
    bool is_new;
    size_t number = table_add(fixes->ids, view_of(fix.id), &is_new);
    memory_grow(&first, &fixes->id_capacity, number + 1, sizeof *fixes->first);
    memory_grow(&last, &fixes->last_capacity, number + 1, sizeof *fixes->last);
    fixes->first = first;
    fixes->last = last;
    if (is_new)
        fixes->first[number] = fixes->count;
    else
        fixes->list[fixes->last[number]].next = fixes->count;
    fixes->last[number] = fixes->count;
    uint64_t key;
    fixes->has_keys = fixes->has_keys || row_key_read(view_of(fix.id), &key);
    fixes->list[fixes->count++] = fix;
}

static bool check(const char *path, const struct fix *fix, struct error *error) {
    unsigned long long line = fix->line;
    if (!*fix->id || !*fix->field || !*fix->schema) {
        error_set(error, EXIT_WRONG_USE, "%s:%llu: this fix has no %s", path, line,
                  !*fix->schema ? "schema"
                  : !*fix->id   ? "id"
                                : "field");
        return error_fix(error, "Fill it in, or delete the line. st2plecto apply writes such files.");
    }
    bool is_whole = strcmp(fix->field, FIX_WHOLE_ROW) == 0;
    if (is_whole && strcmp(fix->new, FIX_LEAVE_OUT) != 0) {
        error_set(error, EXIT_WRONG_USE, "%s:%llu: a whole row (field *) can only be left out, not \"%s\"", path, line,
                  fix->new);
        return error_fix(error, "Write \"leave out\" in the column new, or name the field that changes.");
    }
    if (!is_whole && strcmp(fix->old, fix->new) == 0) {
        error_set(error, EXIT_WRONG_USE, "%s:%llu: old and new are the same", path, line);
        return error_fix(error, "Write the new value, or delete the line.");
    }
    return true;
}

static bool find_columns(const struct input_facts *facts, size_t columns[FIX_COLUMNS], struct error *error) {
    for (size_t i = 0; i < FIX_COLUMNS; i++) {
        columns[i] = SIZE_MAX;
        for (size_t k = 0; k < facts->column_count; k++)
            if (view_equal_fold(facts->columns[k].label, view_of(names[i]))) columns[i] = k;
        if (columns[i] != SIZE_MAX || i >= FIX_WHO) continue;
        error_set(error, EXIT_WRONG_USE, "%s: is not a file of fixes, because it has no column %s", facts->path,
                  names[i]);
        return error_fix(error, "its first line is " FIXES_HEADER "; st2plecto apply writes it");
    }
    return true;
}

static bool take_record(struct fixes *fixes, const char *path, const struct record *record,
                        const size_t columns[FIX_COLUMNS], struct error *error) {
    if (record->damage != DAMAGE_NONE && record->damage != DAMAGE_CELLS_MISSING) {
        error_set(error, EXIT_CANNOT_READ, "%s:%llu: this line cannot be read", path, (unsigned long long)record->line);
        return error_fix(error, "Put cells with commas or quotes in quotes.");
    }
    char *texts[FIX_COLUMNS];
    for (size_t i = 0; i < FIX_COLUMNS; i++)
        texts[i] =
            memory_copy(columns[i] < record->cell_count ? view_trim(record->cells[columns[i]].text) : view_of(""));
    struct fix fix = {texts[0], texts[1], texts[2],     texts[3], texts[4], texts[5],
                      texts[6], texts[7], record->line, SIZE_MAX, false,    path};
    fix.leaves_out = strcmp(fix.field, FIX_WHOLE_ROW) == 0;
    if (!check(path, &fix, error)) {
        free_fix(&fix);
        return false;
    }
    add(fixes, fix);
    return true;
}

static bool read_records(struct fixes *fixes, struct input *input, struct error *error) {
    const struct input_facts *facts = input_facts(input);
    size_t columns[FIX_COLUMNS] = {0};
    if (!find_columns(facts, columns, error)) return false;
    struct record_reader *reader = record_reader_create(input, NULL, 0);
    struct block block = {0};
    bool is_fine = true, end = false;
    while (is_fine && (is_fine = input_next_block(input, &block, &end, error)) && !end) {
        struct record record;
        record_reader_start(reader, &block);
        while (is_fine && record_reader_next(reader, &record))
            is_fine = record.kind != RECORD_DATA || take_record(fixes, facts->path, &record, columns, error);
    }
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    record_reader_destroy(reader);
    return is_fine;
}

bool fixes_load(const char *path, struct fixes **fixes, struct error *error) {
    struct input *input = NULL;
    struct input_options options = {.delimiter = ',', .is_by_hand = true};
    if (!input_open(path, &options, &input, error)) return false;
    if (!*fixes) *fixes = create();
    size_t before = (*fixes)->count;
    bool is_fine = read_records(*fixes, input, error);
    if (is_fine) read_files_add_input(&(*fixes)->files, FILE_FIXES, input);
    for (size_t i = before; is_fine && i < (*fixes)->count; i++)
        (*fixes)->list[i].file = (*fixes)->files.list[(*fixes)->files.count - 1].path;
    input_close(input);
    return is_fine;
}

size_t fixes_count(const struct fixes *fixes) {
    return fixes ? fixes->count : 0;
}

const struct fix *fixes_at(const struct fixes *fixes, size_t number) {
    return &fixes->list[number];
}

bool fixes_have_keys(const struct fixes *fixes) {
    return fixes->has_keys;
}

size_t fixes_find(const struct fixes *fixes, struct view id) {
    size_t number = table_find(fixes->ids, id);
    return number == SIZE_MAX ? SIZE_MAX : fixes->first[number];
}

const struct read_files *fixes_files(const struct fixes *fixes) {
    static const struct read_files none;
    return fixes ? &fixes->files : &none;
}

void fix_print(struct buffer *out, const struct fix *fix) {
    const char *texts[] = {fix->schema, fix->id, fix->field, fix->old, fix->new, fix->who, fix->when, fix->why};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (i > 0) buffer_add_char(out, ',');
        buffer_add_csv(out, view_of(texts[i]));
    }
    buffer_add_text(out, "\r\n");
}
