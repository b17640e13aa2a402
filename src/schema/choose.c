/* choose.c: --schema auto. A schema's score is the sum of four shares: roles that find a column (150 each
 * for ID, employee and date), signature (250: two hits, or one where there is only one mark), and the
 * file's columns it knows (300). What a schema brings itself, as the period for a date, counts as far as its marks are
 * there: else a report of periods would fit any file. The best score wins if it is alone and at least half. */
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "input/source/workbook.h"
#include "schema/bind.h"
#include "schema/kinds.h"
#include "schema/likely.h"
#include "schema/match.h"
#include "schema/schema_reader.h"
#include "schema/score.h"

/* Whether a role finds a column, or is filled by the schema itself. */
enum role_found { ROLE_MISSING, ROLE_BROUGHT, ROLE_FOUND };

static bool has_person_column(const struct match *match) {
    size_t count = 0;
    struct candidate *candidates = match_candidates(match, &count);
    bool found = false;
    for (size_t index = 0; index < count; index++)
        found = found || candidates[index].seen;
    free(candidates);
    return found;
}

static enum role_found find_id(const struct match *match) {
    const struct schema *schema = match->schema;
    if (!schema->id_template) {
        for (size_t field = 0; field < schema->field_count; field++)
            if (schema->fields[field].role == ROLE_ID && match->seen[field]) return ROLE_FOUND;
        return ROLE_MISSING;
    }
    enum role_found found = ROLE_BROUGHT;
    bool has_period = false; /* the same columns may be unique in a period, and repeat in another report */
    struct view template = view_of(schema->id_template);
    for (size_t offset = 0; offset < template.length; offset++) {
        if (template.text[offset] != '{') continue;
        size_t length = template_name_length(template, offset);
        if (length == SIZE_MAX) return ROLE_MISSING;
        struct view name = view_from(template.text + offset + 1, length);
        has_period = has_period || view_is(name, "period");
        if (template_is_known(name)) continue;
        size_t field = schema_find_field(schema, name);
        if (field == SIZE_MAX || !match->seen[field]) return ROLE_MISSING;
        found = ROLE_FOUND;
    }
    return has_period ? ROLE_BROUGHT : found;
}

static enum role_found find_date(const struct match *match) {
    if (match->schema->date_from_period) return ROLE_BROUGHT;
    for (size_t field = 0; field < match->schema->field_count; field++)
        if (match->schema->fields[field].role == ROLE_DATE && match->seen[field]) return ROLE_FOUND;
    return ROLE_MISSING;
}

/* In objects a mark is a path; in CSV and report answers a label, compared as labels are. */
static bool has_mark(const struct input_facts *facts, const char *mark) {
    if (match_has_key(facts, mark)) return true;
    for (size_t column = 0; column < facts->column_count; column++)
        if (label_equal(view_of(mark), facts->columns[column].label)) return true;
    return false;
}

/* Whether the report's title or the file's name has one of the schema's words for it. */
static bool is_titled(const struct schema *schema, const struct input_facts *facts) {
    struct view file = view_of(view_file_name(facts->path));
    bool is_found = false;
    struct buffer words = {0};
    for (size_t i = 0; i <= facts->title_count && schema->title_count > 0 && !is_found; i++) {
        struct view title = i == 0 ? file : facts->titles[i - 1];
        words.length = 0;
        for (size_t k = 0; k < title.length; k++) /* "technician-performance_Dated" */
            buffer_add_char(&words, title.text[k] == '_' || title.text[k] == '-' ? ' ' : title.text[k]);
        for (size_t k = 0; k < schema->title_count && !is_found; k++)
            is_found = view_find_fold(buffer_view(&words), schema->titles[k]) != SIZE_MAX;
    }
    buffer_free(&words);
    return is_found;
}

static size_t score_signature(const struct match *match) {
    const struct schema *schema = match->schema;
    size_t needed = schema->signature_count < SCORE_MARKS ? schema->signature_count : SCORE_MARKS;
    if (needed == 0) return 0;
    for (size_t mark = 0; mark < schema->without_count; mark++)
        if (has_mark(match->facts, schema->without[mark])) return 0;
    size_t hits = 0;
    for (size_t mark = 0; mark < schema->signature_count && hits < needed; mark++)
        hits += has_mark(match->facts, schema->signature[mark]);
    if (hits > 0 && hits < needed) hits += is_titled(schema, match->facts);
    return SCORE_SIGNATURE * hits / needed;
}

/* In objects one top-level key counts once, known if a field lies in it: nested records would outvote all. */
static bool key_is_known(const struct match *match, size_t column, bool *is_repeat) {
    struct view key = match_first_key(match->facts->columns[column].label);
    for (size_t before = 0; before < column && !*is_repeat; before++)
        *is_repeat = view_equal(key, match_first_key(match->facts->columns[before].label));
    for (size_t field = 0; field < match->schema->field_count; field++) {
        const char *path = match_path(match, field);
        if (path && view_equal(key, match_first_key(view_of(path)))) return true;
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

/* Without a signature the columns it knows are all there is to tell a schema by. */
static size_t score_role(enum role_found found, const struct schema *schema, size_t signature, size_t known) {
    if (found != ROLE_BROUGHT) return found == ROLE_FOUND ? SCORE_ROLE : 0;
    return schema->signature_count ? SCORE_ROLE * signature / SCORE_SIGNATURE : SCORE_ROLE * known / SCORE_KNOWN;
}

int bind_score(const struct schema *schema, const struct input_facts *facts) {
    struct match match;
    match_create(schema, facts, &match);
    size_t signature = score_signature(&match), known = score_known(&match);
    size_t score = signature + known;
    score += score_role(find_id(&match), schema, signature, known);
    score += score_role(find_date(&match), schema, signature, known);
    score += schema->default_employee || has_person_column(&match) ? SCORE_ROLE : 0;
    /* parents with lists are an export of the parents; what is in the lists is asked for by name */
    if (match.is_exploded) score -= score < SCORE_EXPLODED ? score : SCORE_EXPLODED;
    match_free(&match);
    return (int)score;
}

struct choice {
    struct schema *schema; /* NULL: not loaded yet */
    char *name;            /* as --schema takes it */
    int score;             /* not loaded yet: it has no more */
    int rank; /* of equal scores: a schema of the user's own before a built-in one, and one that the title names before others */
};

struct choices {
    struct choice *list;
    size_t count;
};

static int compare_choices(const void *left, const void *right) {
    const struct choice *a = left, *b = right;
    if (a->score != b->score) return b->score - a->score;
    return a->rank != b->rank ? b->rank - a->rank : strcmp(a->name, b->name);
}

static void sort_choices(struct choices *choices) {
    if (choices->count > 1) qsort(choices->list, choices->count, sizeof *choices->list, compare_choices);
}

static bool load_choice(struct choice *choice, const struct input_facts *facts, const char *folder,
                        struct error *error) {
    if (!schema_load(choice->name, folder, &choice->schema, error)) return false;
    choice->score = bind_score(choice->schema, facts);
    choice->rank = 2 * (strcmp(choice->schema->file, "built-in") != 0) + is_titled(choice->schema, facts);
    return true;
}

/* The most that a schema may score: known of built-in ones without loading them; INT_MAX where it must be loaded. */
static int most_of(const char *name, const char *folder, struct likely *likely) {
    struct view text = schema_built_in(name, folder);
    return text.text ? likely_score(likely, text) : INT_MAX;
}

/* Scores all that may be the best, so that these are at the front; all, if none is good enough, for the message. False
 * with the error of the first schema that is wrong. */
static bool score_all(const struct input_facts *facts, const char *folder, struct choices *choices,
                      struct error *error) {
    size_t count = 0;
    char **names = schema_names(folder, &count, error);
    if (!names) return false;
    choices->list = memory_get_zero(count + 1, sizeof *choices->list);
    choices->count = count;
    struct likely *likely = likely_create(facts);
    for (size_t i = 0; i < count; i++)
        choices->list[i] = (struct choice){.name = names[i], .score = most_of(names[i], folder, likely)};
    likely_free(likely);
    free(names);
    sort_choices(choices);
    int best = 0;
    bool fine = true;
    for (size_t i = 0; i < count && fine; i++) {
        struct choice *choice = &choices->list[i];
        if (best >= BIND_ENOUGH && choice->score < best) break;
        fine = load_choice(choice, facts, folder, error);
        if (fine && choice->score > best) best = choice->score;
    }
    for (size_t i = 0; i < count && fine; i++)
        if (!choices->list[i].schema) choices->list[i].score = -1; /* surely not the best */
    if (fine) sort_choices(choices);
    return fine;
}

static char *name_choices(const struct choice *choices, size_t count) {
    struct buffer text = {0};
    for (size_t index = 0; index < count; index++)
        buffer_print(&text, "%s%s",
                     index == 0           ? ""
                     : index + 1 == count ? " and "
                                          : ", ",
                     choices[index].name);
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
    error_fix(error,
              "To draft a schema:\nst2plecto schema init {file}\nIf the records are of a built-in type after all, name it, for example:\n"
              "{run} --schema %s",
              choices[0].name);
    return error_fix_file(error, facts->path);
}

/* The table may be on another sheet than the first, which is a cover. */
static void propose_sheets(const struct input_facts *facts, struct error *error) {
    if (!facts->workbook || !facts->workbook->unread) return;
    error_fix(error, "This is the sheet \"%s\". The workbook has others (%s). To read another one, name it with --sheet.",
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
                  is_enough ? "To see the columns:\nst2plecto inspect {file}\nThen name one of the schemas, such as:\n"
                              "{run} --schema %s"
                            : "To convert with a schema that is drafted from the file:\n"
                              "st2plecto convert --draft -o plecto {file}\n"
                              "To look at the draft only:\nst2plecto schema init {file}\n"
                              "If the file is of a built-in type, name it:\n{run} --schema %s",
                  choices[0].name);
    error_fix_file(error, facts->path);
    free(text);
    propose_sheets(facts, error);
    return false;
}

/* Whether it is the best for sure. */
static bool is_alone(const struct choices *choices) {
    const struct choice *list = choices->list;
    if (choices->count < 2) return choices->count == 1;
    return list[1].score < list[0].score || list[1].rank < list[0].rank;
}

bool schema_choose(const struct input_facts *facts, const char *folder, struct read_files *files,
                   struct schema **schema, struct error *error) {
    struct choices choices = {NULL, 0};
    bool fine = score_all(facts, folder, &choices, error);
    *schema = NULL;
    if (fine) {
        fine = is_alone(&choices) && choices.list[0].score >= BIND_ENOUGH;
        char *looks_like = NULL;
        bool is_sure = choices.count == 0 || kinds_are_sure(fine ? choices.list[0].schema : NULL, facts, &looks_like);
        if (!is_sure && (fine || looks_like))
            fine = refuse_kind(facts, choices.list, looks_like, error);
        else if (!fine)
            refuse(facts, choices.list, choices.count, error);
        free(looks_like);
    }
    for (size_t index = 0; index < choices.count; index++) {
        struct choice *choice = &choices.list[index];
        if (choice->schema) schema_note_file(choice->schema, files);
        if (fine && index == 0)
            *schema = choice->schema;
        else
            schema_free(choice->schema);
        free(choice->name);
    }
    free(choices.list);
    return fine;
}
