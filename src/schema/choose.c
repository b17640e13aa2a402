/* choose.c: --schema auto. A schema's score is the sum of four shares: roles that find a column (150 each
 * for ID, employee and date), signature (250: two hits, or one where there is only one mark), and the
 * file's columns it knows (300). The best score wins if it is alone and at least half. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "input/source/workbook.h"
#include "schema/bind.h"
#include "schema/kinds.h"
#include "schema/match.h"
#include "schema/schema_reader.h"

#define SCORE_ROLE 150
#define SCORE_SIGNATURE 250
#define SCORE_KNOWN 300
#define SCORE_EXPLODED 100

static bool has_id(const struct match *match) {
    const struct schema *schema = match->schema;
    if (!schema->id_template) {
        for (size_t field = 0; field < schema->field_count; field++)
            if (schema->fields[field].role == ROLE_ID && match->seen[field]) return true;
        return false;
    }
    struct view template = view_of(schema->id_template);
    for (size_t offset = 0; offset < template.length; offset++) {
        if (template.text[offset] != '{') continue;
        size_t length = template_name_length(template, offset);
        if (length == SIZE_MAX) return false;
        if (template_is_known(view_from(template.text + offset + 1, length))) continue;
        size_t field = schema_find_field(schema, view_from(template.text + offset + 1, length));
        if (field == SIZE_MAX || !match->seen[field]) return false;
    }
    return true;
}

static bool has_date(const struct match *match) {
    if (match->schema->date_from_period) return true;
    for (size_t field = 0; field < match->schema->field_count; field++)
        if (match->schema->fields[field].role == ROLE_DATE && match->seen[field]) return true;
    return false;
}

static bool has_person(const struct match *match) {
    size_t count = 0;
    struct candidate *candidates = match_candidates(match, &count);
    bool found = match->schema->default_employee != NULL;
    for (size_t index = 0; index < count; index++)
        found = found || candidates[index].seen;
    free(candidates);
    return found;
}

/* In objects a mark is a path; in CSV and report answers a label, compared as labels are. */
static bool has_mark(const struct input_facts *facts, const char *mark) {
    if (match_has_key(facts, mark)) return true;
    for (size_t column = 0; column < facts->column_count; column++)
        if (label_equal(view_of(mark), facts->columns[column].label)) return true;
    return false;
}

static size_t score_signature(const struct match *match) {
    size_t hits = 0, needed = match->schema->signature_count < 2 ? match->schema->signature_count : 2;
    for (size_t mark = 0; mark < match->schema->signature_count && hits < needed; mark++)
        hits += has_mark(match->facts, match->schema->signature[mark]);
    return needed == 0 ? 0 : SCORE_SIGNATURE * hits / needed;
}

static struct view first_segment(struct view path) {
    size_t length = 0;
    while (length < path.length && path.text[length] != '.' && path.text[length] != '[')
        length++;
    return view_from(path.text, length);
}

/* In objects one top-level key counts once, known if a field lies in it: nested records would outvote all. */
static bool key_is_known(const struct match *match, size_t column, bool *is_repeat) {
    struct view key = first_segment(match->facts->columns[column].label);
    for (size_t before = 0; before < column && !*is_repeat; before++)
        *is_repeat = view_equal(key, first_segment(match->facts->columns[before].label));
    for (size_t field = 0; field < match->schema->field_count; field++) {
        const char *path = match_path(match, field);
        if (path && view_equal(key, first_segment(view_of(path)))) return true;
    }
    return match->column_known[column];
}

static size_t score_known(const struct match *match) {
    size_t known = 0, count = 0;
    for (size_t column = 0; column < match->facts->column_count; column++) {
        bool is_repeat = match->facts->columns[column].label.length == 0;
        bool is_known = match->has_paths ? key_is_known(match, column, &is_repeat) : match->column_known[column];
        if (is_repeat) continue;
        count++;
        known += is_known;
    }
    return count == 0 ? 0 : SCORE_KNOWN * known / count;
}

int bind_score(const struct schema *schema, const struct input_facts *facts) {
    struct match match;
    match_create(schema, facts, &match);
    size_t score = score_signature(&match) + score_known(&match);
    score += has_id(&match) ? SCORE_ROLE : 0;
    score += has_date(&match) ? SCORE_ROLE : 0;
    score += has_person(&match) ? SCORE_ROLE : 0;
    /* parents with lists are an export of the parents; what is in the lists is asked for by name */
    if (match.is_exploded) score -= score < SCORE_EXPLODED ? score : SCORE_EXPLODED;
    match_free(&match);
    return (int)score;
}

struct choice {
    struct schema *schema;
    char *name; /* as --schema takes it */
    int score;
};

static int compare_choices(const void *left, const void *right) {
    const struct choice *a = left, *b = right;
    return a->score != b->score ? b->score - a->score : strcmp(a->name, b->name);
}

/* Loads and scores all; false with the error of the first schema that is wrong. */
static bool score_all(const struct input_facts *facts, const char *folder, struct choice **choices, size_t *count,
                      struct error *error) {
    size_t name_count = 0;
    bool fine = true;
    *choices = NULL;
    *count = 0;
    char **names = schema_names(folder, &name_count, error);
    if (!names) return false;
    *choices = memory_get_zero(name_count + 1, sizeof **choices);
    for (size_t index = 0; index < name_count; index++) {
        struct schema *schema = NULL;
        fine = fine && schema_load(names[index], folder, &schema, error);
        if (!schema) {
            free(names[index]);
            continue;
        }
        struct choice *choice = &(*choices)[(*count)++];
        choice->schema = schema;
        choice->name = names[index];
        choice->score = bind_score(schema, facts);
    }
    free(names);
    if (*count > 1) qsort(*choices, *count, sizeof **choices, compare_choices);
    return fine;
}

static char *name_choices(const struct choice *choices, size_t count) {
    struct buffer text = {0};
    for (size_t index = 0; index < count; index++)
        buffer_print(&text, "%s%s (%d of 1000)",
                     index == 0           ? ""
                     : index + 1 == count ? " and "
                                          : ", ",
                     choices[index].name, choices[index].score);
    return buffer_take(&text);
}

/* Records of the API that are of another kind than the schema that fits best, or of none. */
static bool refuse_kind(const struct input_facts *facts, const struct choice *choices, const char *looks_like,
                        struct error *error) {
    if (looks_like)
        error_set(error, EXIT_WRONG_USE, "%s: these records look like %s, which are none of the built-in types",
                  facts->path, looks_like);
    else
        error_set(error, EXIT_WRONG_USE, "%s: these records have too few keys that tell their type", facts->path);
    return error_fix(error,
                     "Make a schema of them: st2plecto schema init FILE. If they are of a built-in type, name it: "
                     "--schema %s",
                     choices[0].name);
}

/* The table may be on another sheet than the first, which is a cover. */
static void propose_sheets(const struct input_facts *facts, struct error *error) {
    if (!facts->workbook || !facts->workbook->unread) return;
    error_fix(error, "This is the sheet \"%s\". To read another one (%s), name it with --sheet NAME.",
              facts->workbook->sheet, facts->workbook->unread);
}

static bool refuse(const struct input_facts *facts, const struct choice *choices, size_t count, struct error *error) {
    size_t equal = 0;
    while (equal < count && choices[equal].score == choices[0].score)
        equal++;
    bool is_enough = count > 0 && choices[0].score >= BIND_ENOUGH;
    size_t named = is_enough ? equal : count < 3 ? count : 3;
    char *text = name_choices(choices, named);
    if (count == 0)
        error_set(error, EXIT_WRONG_USE, "%s: no schema is there to choose from", facts->path);
    else if (is_enough)
        error_set(error, EXIT_WRONG_USE, "%s: these schemas fit the columns equally well: %s", facts->path, text);
    else
        error_set(error, EXIT_WRONG_USE, "%s: no schema fits the columns well enough. Nearest are %s", facts->path,
                  text);
    if (count > 0)
        error_fix(error,
                  is_enough ? "Name one, such as --schema %s. st2plecto inspect FILE shows the columns."
                            : "To draft a schema and convert with it, add --draft. To draft one only: st2plecto schema init "
                              "FILE. If it is of a built-in type, name it: --schema %s",
                  choices[0].name);
    free(text);
    propose_sheets(facts, error);
    return false;
}

/* Whether nothing speaks against the best one; where none fits well enough, whether no other kind is known to. */
static bool is_sure(const struct input_facts *facts, const struct choice *choices, size_t count, bool has_best,
                    char **looks_like) {
    struct schema **all = memory_get_zero(count + 1, sizeof *all);
    for (size_t i = 0; i < count; i++)
        all[i] = choices[i].schema;
    bool fits = kinds_are_sure(has_best ? choices[0].schema : NULL, all, count, facts, looks_like);
    free(all);
    return fits || (!has_best && !*looks_like);
}

bool schema_choose(const struct input_facts *facts, const char *folder, struct read_files *files,
                   struct schema **schema, struct error *error) {
    struct choice *choices = NULL;
    size_t count = 0;
    bool fine = score_all(facts, folder, &choices, &count, error);
    *schema = NULL;
    if (fine) {
        bool is_alone = count > 0 && (count == 1 || choices[1].score < choices[0].score);
        fine = is_alone && choices[0].score >= BIND_ENOUGH;
        char *looks_like = NULL;
        if (count > 0 && !is_sure(facts, choices, count, fine, &looks_like))
            fine = refuse_kind(facts, choices, looks_like, error);
        else if (!fine)
            refuse(facts, choices, count, error);
        free(looks_like);
    }
    for (size_t index = 0; index < count; index++) {
        schema_note_file(choices[index].schema, files);
        if (fine && index == 0)
            *schema = choices[index].schema;
        else
            schema_free(choices[index].schema);
        free(choices[index].name);
    }
    free(choices);
    return fine;
}
