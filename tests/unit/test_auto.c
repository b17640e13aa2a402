/* test_auto.c: --schema auto keeps the built-in schemas apart. Each sample is scored with each schema, and its own wins; so
 * it does with half of its columns left out, except those that hold ID, employee and date and two that mark it: without
 * these it is another report. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "input/input.h"
#include "schema/bind.h"
#include "schema/likely.h"
#include "schema/match.h"

#define SAMPLES "samples"
#define MARKS_KEPT 2
#define SEEDS 3

/* splitmix64: the same on every machine */
static uint64_t next_random(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* Records of a web export or a list answer; parents with items are an export of the parents. */
static const char *expected(const char *folder, const char *file) {
    bool is_json = strstr(file, ".json") != NULL;
    if (is_json && strcmp(folder, "estimate-items") == 0) return "estimates";
    if (is_json && strcmp(folder, "invoice-items") == 0 && strcmp(file, "good-export.json") != 0) return "invoices";
    return folder;
}

static void load_all(struct schema **all) {
    for (size_t i = 0; i < embedded_schema_count; i++) {
        struct error error = {0};
        if (!schema_load(embedded_schemas[i].name, NULL, &all[i], &error)) fail_msg("%s", error.message);
    }
}

/* The best one's place; fails if another has as many points, or if a text alone promised less than its schema's points. */
static size_t best_of(struct schema *const *all, const struct input_facts *facts, const char *what) {
    size_t best = 0;
    int most = -1, second = -1;
    struct likely *likely = likely_create(facts);
    for (size_t i = 0; i < embedded_schema_count; i++) {
        int score = bind_score(all[i], facts);
        int promised = likely_score(likely, view_from(embedded_schemas[i].text, embedded_schemas[i].length));
        if (score > promised) fail_msg("%s as %s: %d, promised %d", what, all[i]->name, score, promised);
        if (score > most) {
            second = most;
            most = score;
            best = i;
        } else if (score > second) {
            second = score;
        }
    }
    likely_free(likely);
    if (second == most) fail_msg("%s: %s has %d, and so has another", what, all[best]->name, most);
    return best;
}

/* The file as if it had this column only; what is in `facts` stays owned there. */
static struct input_facts one_column(const struct input_facts *facts, size_t column) {
    struct input_facts one = *facts;
    one.columns = &facts->columns[column];
    one.column_count = 1;
    return one;
}

static bool is_mark(const struct schema *schema, const struct input_facts *facts, size_t column) {
    struct input_facts one = one_column(facts, column);
    for (size_t i = 0; i < schema->signature_count; i++)
        if (match_has_key(&one, schema->signature[i]) || label_equal(view_of(schema->signature[i]), one.columns->label))
            return true;
    return false;
}

static bool is_part_of_id(const struct schema *schema, size_t field) {
    const char *name = schema->fields[field].name;
    const char *found = schema->id_template ? strstr(schema->id_template, name) : NULL;
    return found && found[-1] == '{' && found[strlen(name)] == '}';
}

/* What tells its rows apart, whose they are and when. */
static bool is_needed(const struct schema *schema, const struct input_facts *facts, size_t column) {
    struct input_facts one = one_column(facts, column);
    struct match match;
    bool is_found = false;
    match_create(schema, &one, &match);
    for (size_t i = 0; i < schema->field_count; i++) {
        enum field_role role = schema->fields[i].role;
        bool has_role = role == ROLE_ID || role == ROLE_DATE || role == ROLE_EMPLOYEE || role == ROLE_EMPLOYEE_NAME;
        is_found = is_found || (match.seen[i] && (has_role || is_part_of_id(schema, i)));
    }
    match_free(&match);
    return is_found;
}

/* Which columns are needed, and which are marks. */
struct judged {
    bool *needed, *mark;
};

/* `few` gets about half of the columns. */
static void leave_out(const struct judged *judged, const struct input_facts *facts, uint64_t seed,
                      struct input_facts *few) {
    uint64_t state = seed;
    size_t marks = 0;
    *few = *facts;
    few->columns = memory_get_zero(facts->column_count + 1, sizeof *few->columns);
    few->column_count = 0;
    size_t start = next_random(&state) % facts->column_count; /* which marks are kept differs */
    bool *keep = memory_get_zero(facts->column_count + 1, sizeof *keep);
    for (size_t i = 0; i < facts->column_count; i++) {
        size_t column = (start + i) % facts->column_count;
        keep[column] = judged->needed[column] || next_random(&state) % 2 == 0;
        if (!judged->mark[column]) continue;
        keep[column] = keep[column] || marks < MARKS_KEPT;
        marks += keep[column];
    }
    for (size_t i = 0; i < facts->column_count; i++)
        if (keep[i]) few->columns[few->column_count++] = facts->columns[i];
    free(keep);
}

static void check_sample(struct schema *const *all, const char *folder, const char *file, size_t *checked) {
    char path[512];
    struct input_options options = {0};
    struct input *input = NULL;
    struct error error = {0};
    snprintf(path, sizeof path, SAMPLES "/%s/%s", folder, file);
    if (!input_open(path, &options, &input, &error)) fail_msg("%s", error.message);
    struct input_facts bare = *input_facts(input);
    bare.path = "export"; /* columns alone: neither title nor name help */
    bare.title_count = 0;
    size_t best = best_of(all, &bare, path);
    if (strcmp(all[best]->name, expected(folder, file)) != 0) fail_msg("%s is taken for %s", path, all[best]->name);
    struct judged judged = {memory_get_zero(bare.column_count + 1, 1), memory_get_zero(bare.column_count + 1, 1)};
    for (size_t i = 0; i < bare.column_count; i++) {
        judged.needed[i] = is_needed(all[best], &bare, i);
        judged.mark[i] = is_mark(all[best], &bare, i);
    }
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct input_facts few;
        char what[600];
        leave_out(&judged, &bare, seed, &few);
        snprintf(what, sizeof what, "%s, half of it by seed %d", path, (int)seed);
        size_t again = best_of(all, &few, what);
        if (again != best) {
            for (size_t i = 0; i < few.column_count; i++)
                print_error("  %.*s\n", (int)few.columns[i].label.length, few.columns[i].label.text);
            fail_msg("%s is taken for %s", what, all[again]->name);
        }
        free(few.columns);
        ++*checked;
    }
    free(judged.needed);
    free(judged.mark);
    input_close(input);
}

static void each_sample_picks_its_own_schema(void **state) {
    (void)state;
    struct schema **all = memory_get_zero(embedded_schema_count, sizeof *all);
    size_t checked = 0;
    load_all(all);
    for (size_t i = 0; i < embedded_schema_count; i++) {
        char folder[512];
        snprintf(folder, sizeof folder, SAMPLES "/%s", all[i]->name);
        DIR *directory = opendir(folder);
        if (!directory) fail_msg("no samples of %s", all[i]->name);
        const struct dirent *entry;
        while ((entry = readdir(directory)) != NULL) /* good.csv, grouped.csv …: bad ones have the same columns */
            if (entry->d_name[0] == 'g') check_sample(all, all[i]->name, entry->d_name, &checked);
        closedir(directory);
    }
    print_message("%zu headers\n", checked);
    assert_true(checked >= SEEDS * embedded_schema_count);
    for (size_t i = 0; i < embedded_schema_count; i++)
        schema_free(all[i]);
    free(all);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_sample_picks_its_own_schema)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
