/* types.c: see types.h. */
#include "convert/run/types.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "schema/bind.h"
#include "schema/choice_memo.h"
#include "schema/known_labels.h"

/* What the sorting works with. */
struct sorting {
    const struct run_options *options;
    struct input_options input;
    const char *const *fields;
    size_t field_count;
    struct run_types *types;
    struct choice_memo *memo;
};

const char *run_type_by_name(const char *path) {
    const char *name = view_file_name(path), *best = NULL;
    for (size_t i = 0; i < embedded_schema_count; i++) {
        const char *schema = embedded_schemas[i].name;
        size_t length = strlen(schema);
        bool is_prefix = strncmp(name, schema, length) == 0 && !isalpha((unsigned char)name[length]);
        if (is_prefix && (!best || length > strlen(best))) best = schema;
    }
    return best;
}

static struct run_type *find_type(const struct sorting *sorting, const char *schema) {
    struct run_types *types = sorting->types;
    for (size_t i = 0; i < types->count; i++)
        if (strcmp(types->list[i].schema, schema) == 0) return &types->list[i];
    types->list = memory_resize(types->list, (types->count + 1) * sizeof *types->list);
    struct run_type *type = &types->list[types->count++];
    *type = (struct run_type){.schema = memory_copy(view_of(schema)),
                              .has_field = memory_get_zero(sorting->field_count + 1, sizeof(bool)),
                              .has_companion = memory_get_zero(sorting->options->companion_count + 1, sizeof(bool))};
    return type;
}

/* Takes the input over; NULL: it is opened later. */
static void add_input(struct run_type *type, const char *path, struct input *input) {
    type->paths = memory_resize(type->paths, (type->count + 1) * sizeof *type->paths);
    type->inputs = memory_resize(type->inputs, (type->count + 1) * sizeof *type->inputs);
    type->inputs[type->count] = input;
    type->paths[type->count++] = memory_copy(view_of(path));
}

/* Takes the error over. */
static void add_unsorted(struct run_types *types, const char *path, struct error *error) {
    types->unsorted = memory_resize(types->unsorted, (types->unsorted_count + 1) * sizeof *types->unsorted);
    types->unsorted[types->unsorted_count++] = (struct run_unsorted){memory_copy(view_of(path)), *error};
    *error = (struct error){0};
}

/* --- names that options have ------------------------------------------------------------------------------ */

static bool has_field(const struct binding *binding, const struct input_facts *facts, const char *name) {
    size_t field = schema_find_field(binding->schema, view_of(name));
    if (field != SIZE_MAX && binding->cell_of_field[field].kind != REF_NONE) return true;
    for (size_t i = 0; i < facts->column_count; i++)
        if (label_equal(facts->columns[i].label, view_of(name))) return true;
    return false;
}

static void note_fields(const struct sorting *sorting, struct run_type *type, const struct schema *schema,
                        const struct input_facts *facts) {
    if (sorting->field_count == 0) return;
    bool *given = memory_get_zero(schema->join_count + 1, sizeof *given);
    for (size_t i = 0; i < schema->join_count; i++)
        given[i] = sorting->options->companion_count > 0;
    const struct bind_options options = {.join_given = given, .has_period = true};
    struct binding *binding = NULL;
    struct error ignored = {0};
    if (bind_columns(schema, facts, &options, &binding, &ignored))
        for (size_t i = 0; i < sorting->field_count; i++)
            type->has_field[i] = type->has_field[i] || has_field(binding, facts, sorting->fields[i]);
    error_free(&ignored);
    binding_free(binding);
    free(given);
}

/* --- files ------------------------------------------------------------------------------------------------ */

/* The type's name where a file like this one came before, and nothing else is asked of the schema; NULL: choose it. */
static const char *known_type(const struct sorting *sorting, const struct input_facts *facts) {
    bool is_auto = strcmp(sorting->options->schema, "auto") == 0;
    return is_auto && sorting->field_count == 0 ? choice_memo_find(sorting->memo, facts) : NULL;
}

static bool choose(const struct sorting *sorting, const struct input_facts *facts, struct schema **schema,
                   struct error *error) {
    const char *named = sorting->options->schema, *folder = sorting->options->schema_folder;
    struct read_files ignored = {0};
    if (strcmp(named, "auto") != 0) return schema_load(named, folder, schema, error);
    bool is_fine = schema_choose(facts, folder, &ignored, schema, error);
    if (is_fine) choice_memo_add(sorting->memo, facts, (*schema)->name);
    read_files_free(&ignored);
    return is_fine;
}

/* True: sorted, or `*is_empty`: an answer without records. False: unsorted, with the error. */
static bool sort_file(struct sorting *sorting, const char *path, bool *is_empty, struct error *error) {
    struct input *input = NULL;
    struct schema *schema = NULL;
    *is_empty = false;
    if (!input_open(path, &sorting->input, &input, error)) return false;
    if (sorting->options->path_count > FILES_AWAKE) input_rest(input);
    const struct input_facts *facts = input_facts(input);
    const char *known = known_type(sorting, facts);
    *is_empty = strcmp(sorting->options->schema, "auto") == 0 && facts_are_empty(facts);
    bool is_fine = known || *is_empty || choose(sorting, facts, &schema, error);
    struct run_type *type = known ? find_type(sorting, known) : schema ? find_type(sorting, schema->name) : NULL;
    if (schema) note_fields(sorting, type, schema, facts);
    if (type) {
        add_input(type, path, input);
        sorting->input.like = input;
    } else {
        input_close(input);
    }
    schema_free(schema);
    return is_fine;
}

static void sort_empty(const struct sorting *sorting, const char *path) {
    struct run_types *types = sorting->types;
    const char *name = run_type_by_name(path);
    if (name || types->count == 1) {
        add_input(name ? find_type(sorting, name) : &types->list[0], path, NULL);
        return;
    }
    struct error error = {0};
    error_set(&error, EXIT_WRONG_USE, "%s: is an answer without records, so its columns do not say what it is", path);
    error_fix(&error, "Name it: --schema jobs");
    add_unsorted(types, path, &error);
}

static void sort_files(struct sorting *sorting) {
    const struct run_options *options = sorting->options;
    bool *empty = memory_get_zero(options->path_count + 1, sizeof *empty);
    for (size_t i = 0; i < options->path_count; i++) {
        struct error error = {0};
        if (!sort_file(sorting, options->paths[i], &empty[i], &error))
            add_unsorted(sorting->types, options->paths[i], &error);
    }
    for (size_t i = 0; i < options->path_count; i++)
        if (empty[i]) sort_empty(sorting, options->paths[i]);
    free(empty);
}

/* --- companions ------------------------------------------------------------------------------------------- */

static bool note_companion(const struct sorting *sorting, struct run_type *type, size_t number,
                           const struct input_facts *facts, struct error *error) {
    struct schema *schema = NULL;
    if (!schema_load(type->schema, sorting->options->schema_folder, &schema, error)) return false;
    bool is_fine = true;
    for (size_t i = 0; is_fine && i < schema->join_count; i++) {
        struct schema *other = NULL;
        is_fine = schema_load(schema->joins[i].with, sorting->options->schema_folder, &other, error);
        if (is_fine && bind_score(other, facts) >= BIND_ENOUGH) type->has_companion[number] = true;
        schema_free(other);
    }
    schema_free(schema);
    return is_fine;
}

static bool sort_companions(const struct sorting *sorting, struct error *error) {
    const struct run_options *options = sorting->options;
    struct input_options own = sorting->input;
    own.like = NULL;
    own.sheet = NULL; /* that of the exports themselves */
    bool is_fine = true;
    for (size_t i = 0; is_fine && i < options->companion_count; i++) {
        struct input *input = NULL;
        is_fine = input_open(options->companions[i], &own, &input, error);
        for (size_t k = 0; is_fine && k < sorting->types->count; k++)
            is_fine = note_companion(sorting, &sorting->types->list[k], i, input_facts(input), error);
        input_close(input);
    }
    return is_fine;
}

static int compare_types(const void *left, const void *right) {
    return strcmp(((const struct run_type *)left)->schema, ((const struct run_type *)right)->schema);
}

bool run_sort_types(const struct run_options *options, const char *const *fields, size_t field_count,
                    struct run_types *types, struct error *error) {
    *types = (struct run_types){0};
    struct known_labels *labels = known_labels_create(options->schema, options->schema_folder);
    struct sorting sorting = {.options = options,
                              .input = options->input,
                              .fields = fields,
                              .field_count = field_count,
                              .types = types,
                              .memo = choice_memo_create(options->schema_folder)};
    sorting.input.judge = known_labels_judge(labels);
    sort_files(&sorting);
    bool is_fine = sort_companions(&sorting, error);
    choice_memo_free(sorting.memo);
    known_labels_free(labels);
    if (types->count > 1) qsort(types->list, types->count, sizeof *types->list, compare_types);
    return is_fine;
}

void run_types_free(struct run_types *types) {
    for (size_t i = 0; i < types->count; i++) {
        struct run_type *type = &types->list[i];
        for (size_t k = 0; k < type->count; k++) {
            input_close(type->inputs[k]);
            free(type->paths[k]);
        }
        free(type->inputs);
        free(type->paths);
        free(type->schema);
        free(type->has_field);
        free(type->has_companion);
    }
    free(types->list);
    for (size_t i = 0; i < types->unsorted_count; i++) {
        free(types->unsorted[i].path);
        error_free(&types->unsorted[i].error);
    }
    free(types->unsorted);
    *types = (struct run_types){0};
}
