/* roster_read.c: rosters as files. They are read by input/, so a roster may be CSV, a workbook, a list or export answer, a
 * bare array or lines, gzip too; columns are found by label or path. */
#include <stdint.h>

#include "input/input.h"
#include "people/roster_private.h"
#include "schema/bind.h"
#include "values/point_zero.h"

/* What a row of a roster may hold; the order of `labels` and `paths`. */
enum column { COLUMN_ID, COLUMN_NAME, COLUMN_USER, COLUMN_SPACE, COLUMN_ALIASES, COLUMN_EMAIL, COLUMN_COUNT };

struct column_names {
    const char *path;      /* key of an object */
    const char *labels[4]; /* of CSV and report answers */
};

static const struct column_names columns[COLUMN_COUNT] = {
    {"id", {"ID", "Technician ID", "Employee ID", NULL}},
    {"name", {"Name", "Technician Name", "Employee Name", "Full Name"}},
    {"userId", {"User ID", NULL, NULL, NULL}},
    {"space", {"Space", NULL, NULL, NULL}},
    {"aliases", {"Aliases", "Alias", NULL, NULL}},
    {"email", {"Email", "E-mail", "Email Address", "E-mail Address"}},
};

/* A roster file being read. */
struct roster_file {
    const struct input_facts *facts;
    bool has_paths;
    enum person_space space;    /* of `id`, where the row does not say */
    size_t cells[COLUMN_COUNT]; /* index into record.cells, or SIZE_MAX */
    struct record_reader *reader;
};

static size_t find_column(const struct input_facts *facts, const struct column_names *names) {
    size_t column = SIZE_MAX;
    for (size_t label = 0; label < 4 && names->labels[label] && column == SIZE_MAX; label++)
        column = label_column(facts, view_of(names->labels[label]));
    return column;
}

static bool has_column(const struct input_facts *facts, const char *name) {
    for (size_t column = 0; column < facts->column_count; column++)
        if (view_equal_fold(facts->columns[column].label, view_of(name))) return true;
    return false;
}

/* Whether the file's own name (not its folder's) holds a word. */
static bool file_name_holds(const char *path, const char *word) {
    struct view name = view_of(view_file_name(path));
    size_t length = strlen(word);
    for (size_t offset = 0; offset + length <= name.length; offset++)
        if (view_equal_fold(view_from(name.text + offset, length), view_of(word))) return true;
    return false;
}

/* The file's name first, then keys that only one of the two answers has; `businessUnitId` stands in both
 * kinds of tenants' answers, so it decides only where `role`, which technicians lack, is absent. */
static enum person_space guess_space(const struct input_facts *facts) {
    if (file_name_holds(facts->path, "technician") || has_column(facts, "Technician ID")) return SPACE_TECHNICIAN;
    if (file_name_holds(facts->path, "employee") || has_column(facts, "Employee ID")) return SPACE_EMPLOYEE;
    if (has_column(facts, "role")) return SPACE_EMPLOYEE;
    if (has_column(facts, "team") || has_column(facts, "businessUnitId")) return SPACE_TECHNICIAN;
    return SPACE_ANY;
}

static bool find_columns(struct roster_file *file, struct error *error) {
    for (size_t column = 0; column < COLUMN_COUNT; column++) {
        if (!file->has_paths)
            file->cells[column] = find_column(file->facts, &columns[column]);
        else
            file->cells[column] = column; /* paths are asked for in this order */
    }
    bool has_id = file->has_paths ? has_column(file->facts, "id") || has_column(file->facts, "userId")
                                  : file->cells[COLUMN_ID] != SIZE_MAX || file->cells[COLUMN_USER] != SIZE_MAX;
    bool has_name = file->has_paths ? has_column(file->facts, "name") : file->cells[COLUMN_NAME] != SIZE_MAX;
    if (has_id && has_name) return true;
    error_set(error, EXIT_WRONG_USE, "%s: a roster needs the columns id and name; %s not found", file->facts->path,
              has_id     ? "name was"
              : has_name ? "id was"
                         : "both were");
    return error_fix(error,
                     "Give a CSV with the columns id and name (and space, user id, aliases if you have them), or "
                     "settings/technicians or settings/employees from the API.");
}

static struct view cell_text(const struct roster_file *file, const struct record *record, enum column column) {
    size_t cell = file->cells[column];
    return cell < record->cell_count ? view_trim(record->cells[cell].text) : view_from(NULL, 0);
}

/* "Bob; R. Smith" of a CSV, or the list ["Bob", "R. Smith"] of JSON, joined by commas. */
static void add_aliases(struct roster *roster, const struct roster_file *file, const struct record *record,
                        size_t row) {
    struct view text = cell_text(file, record, COLUMN_ALIASES);
    if (text.length == 0) return;
    bool is_list = record->cells[file->cells[COLUMN_ALIASES]].kind == CELL_LIST;
    for (size_t start = 0, end = 0; end <= text.length; end++)
        if (end == text.length || text.text[end] == ';' || text.text[end] == '|' ||
            (is_list && text.text[end] == ',')) {
            roster_add_alias(roster, row, view_from(text.text + start, end - start));
            start = end + 1;
        }
}

static bool read_space(const struct roster_file *file, const struct record *record, enum person_space *space,
                       struct error *error) {
    static const char *const words[SPACE_COUNT] = {"any", "technician", "employee", "user"};
    struct view text = cell_text(file, record, COLUMN_SPACE);
    *space = file->space;
    if (text.length == 0) return true;
    for (int word = 0; word < SPACE_COUNT; word++)
        if (view_equal_fold(text, view_of(words[word]))) {
            *space = (enum person_space)word;
            return true;
        }
    error_set(error, EXIT_WRONG_USE, "%s:%llu: unknown space \"%.*s\"", file->facts->path,
              (unsigned long long)record->line, VIEW_ARGS(text));
    return error_fix(error, "Write technician, employee, user or any.");
}

static bool read_person(struct roster *roster, const struct roster_file *file, const struct record *record,
                        struct error *error) {
    unsigned long long line = record->line;
    if (record->damage != DAMAGE_NONE && record->damage != DAMAGE_CELLS_MISSING && record->damage != DAMAGE_CELLS_EXTRA)
        return error_set(error, EXIT_CANNOT_READ, "%s:%llu: this person cannot be read: %.*s", file->facts->path, line,
                         VIEW_ARGS(record->damage_text.length
                                       ? record->damage_text
                                       : view_of("a quote is not closed, or it is not a JSON object")));
    struct view id = id_without_zero(cell_text(file, record, COLUMN_ID));
    struct view user = id_without_zero(cell_text(file, record, COLUMN_USER));
    struct view name = cell_text(file, record, COLUMN_NAME);
    if (name.length == 0) {
        error_set(error, EXIT_WRONG_USE, "%s:%llu: the person with ID \"%.*s\" has no name", file->facts->path, line,
                  VIEW_ARGS(id.length ? id : user));
        return error_fix(error, "Write the name there, or delete the line.");
    }
    enum person_space space;
    if (!read_space(file, record, &space, error)) return false;
    size_t row = roster_add(roster, space, id, user, name);
    roster_add_email(roster, row, cell_text(file, record, COLUMN_EMAIL));
    add_aliases(roster, file, record, row);
    return true;
}

static bool read_blocks(struct roster *roster, struct input *input, const struct roster_file *file,
                        struct error *error) {
    struct block block = {0};
    bool fine = true, end = false;
    while (fine && (fine = input_next_block(input, &block, &end, error)) && !end) {
        struct record record;
        record_reader_start(file->reader, &block);
        while (fine && record_reader_next(file->reader, &record))
            fine = record.kind != RECORD_DATA || read_person(roster, file, &record, error);
    }
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    return fine;
}

bool roster_load(const char *path, struct roster **roster, struct error *error) {
    struct input *input = NULL;
    if (!input_open(path, &(struct input_options){.is_by_hand = true}, &input, error)) return false;
    struct roster_file file = {.facts = input_facts(input)};
    file.has_paths = file.facts->shape != SHAPE_CSV && file.facts->shape != SHAPE_REPORT;
    file.space = guess_space(file.facts);
    bool fine = find_columns(&file, error);
    if (fine) {
        struct view paths[COLUMN_COUNT];
        for (size_t column = 0; column < COLUMN_COUNT; column++)
            paths[column] = view_of(columns[column].path);
        if (!*roster) *roster = roster_create();
        file.reader = record_reader_create(input, paths, COLUMN_COUNT);
        fine = read_blocks(*roster, input, &file, error);
        roster_link(*roster);
        if (fine) roster_add_file(*roster, input);
        record_reader_destroy(file.reader);
    }
    input_close(input);
    return fine;
}
