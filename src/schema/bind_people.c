/* bind_people.c: who the employee of a row is: the field of --employee, or the schema's candidates in order. */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "schema/bind_private.h"
#include "schema/label_words.h"

static struct cell_ref cell_of(const struct binding *binding, size_t field) {
    return field == SIZE_MAX ? (struct cell_ref){REF_NONE, 0} : binding->cell_of_field[field];
}

static struct person_source source_of(const struct binding *binding, size_t id_field, size_t name_field) {
    return (struct person_source){cell_of(binding, id_field), cell_of(binding, name_field), id_field, name_field};
}

static bool is_there(const struct person_source *source) {
    return ref_is_there(source->id_cell) || ref_is_there(source->name_cell);
}

/* Whether the field is of the candidate chosen already. */
static bool is_taken(const struct binding *binding, const struct candidate *candidate) {
    if (!binding->has_chosen_person) return false;
    const struct person_source *chosen = &binding->people[0];
    bool same_id = candidate->id_field != SIZE_MAX && candidate->id_field == chosen->id_field;
    return same_id || (candidate->name_field != SIZE_MAX && candidate->name_field == chosen->name_field);
}

/* "Created By ID", "createdById", "booked_by_id": a column of IDs by its name. */
static bool is_named_id(const char *name) {
    size_t length = strlen(name);
    if (length < 3) return false;
    const char *end = name + length - 2;
    bool is_word = end[-1] == ' ' || end[-1] == '_' || end[-1] == '.';
    return strcmp(end, "Id") == 0 || (is_word && (strcmp(end, "ID") == 0 || strcmp(end, "id") == 0));
}

/* The columns that hold people, for a message; the caller frees. */
static char *list_people(const struct binding *binding, const struct candidate *candidates, size_t count) {
    const struct schema *schema = binding->schema;
    struct buffer list = {0};
    for (size_t i = 0; i < count; i++) {
        struct person_source source = source_of(binding, candidates[i].id_field, candidates[i].name_field);
        if (!candidates[i].seen || !is_there(&source)) continue;
        size_t field = ref_is_there(source.name_cell) ? source.name_field : source.id_field;
        buffer_print(&list, "%s\"%s\"", list.length ? ", " : "", schema->fields[field].name);
    }
    return list.length ? buffer_take(&list) : NULL;
}

/* `why` is taken over. */
static bool refuse(const struct binding *binding, const struct match *match, const char *chosen, char *why,
                   struct error *error) {
    size_t count = 0;
    struct candidate *candidates = match_candidates(match, &count);
    char *people = list_people(binding, candidates, count);
    error_set(error, EXIT_WRONG_USE, "--employee %s: %s", chosen, why);
    free(why);
    if (people)
        error_fix(error, "Columns of people in this file: %s", people);
    else
        error_fix(error, "To list the file's columns:\nst2plecto inspect FILE");
    free(people);
    free(candidates);
    return false;
}

/* What a field that names no person holds, for a message; NULL where it may name one. */
static const char *what_else(const struct field *field) {
    switch (field->type) {
    case FIELD_DATE:
    case FIELD_DATETIME: return "dates";
    case FIELD_DURATION: return "durations";
    case FIELD_BOOLEAN: return "yes and no";
    case FIELD_NUMBER: return field->is_money ? "amounts" : "numbers";
    default: break;
    }
    if (field->role == ROLE_ID) return "the rows' IDs";
    bool is_other_id = is_named_id(field->name) && !label_names_person_id(view_of(field->name));
    return is_other_id ? "IDs that are not of people" : NULL;
}

/* The field that --employee names, with the other half of its person. */
static bool choose(struct binding *binding, const struct match *match, const char *name, struct error *error) {
    const struct schema *schema = match->schema;
    size_t field = schema_find_field(schema, view_of(name));
    if (field == SIZE_MAX || !ref_is_there(binding->cell_of_field[field]) || !match->seen[field])
        return refuse(binding, match, name, memory_print("%s has no such column", match->facts->path), error);
    const struct field *entry = &schema->fields[field];
    if (entry->is_private) {
        error_set(error, EXIT_WRONG_USE, "--employee %s: this column is personal data of customers", name);
        return error_fix(error, "Choose a column that names an employee.");
    }
    bool is_person = entry->role == ROLE_EMPLOYEE || entry->role == ROLE_EMPLOYEE_NAME;
    if (!is_person && what_else(entry)) {
        char *what = memory_print("this column holds %s, so each would be an employee", what_else(entry));
        return refuse(binding, match, name, what, error);
    }
    bool is_id = entry->role == ROLE_EMPLOYEE || (entry->role != ROLE_EMPLOYEE_NAME && is_named_id(entry->name));
    struct person_source source = source_of(binding, is_id ? field : SIZE_MAX, is_id ? SIZE_MAX : field);
    size_t count = 0;
    struct candidate *candidates = match_candidates(match, &count);
    for (size_t i = 0; i < count; i++)
        if (candidates[i].id_field == field || candidates[i].name_field == field)
            source = source_of(binding, candidates[i].id_field, candidates[i].name_field);
    free(candidates);
    binding->people[binding->person_count++] = source;
    binding->has_chosen_person = true;
    return true;
}

bool bind_people(struct binding *binding, const struct match *match, const char *chosen, struct error *error) {
    size_t count = 0;
    struct candidate *candidates = match_candidates(match, &count);
    binding->people = memory_get_zero(count + 2, sizeof *binding->people);
    bool is_fine = !chosen || choose(binding, match, chosen, error);
    /* the first in the file; behind it fallbacks, which an object may also carry in later records only */
    for (size_t i = 0; i < count && is_fine; i++) {
        const struct candidate *candidate = &candidates[i];
        struct person_source source = source_of(binding, candidate->id_field, candidate->name_field);
        bool is_first = binding->person_count == 0 && candidate->seen;
        bool is_later = binding->person_count > 0 && candidate->fallback && !is_taken(binding, candidate);
        if (is_there(&source) && (is_first || is_later)) binding->people[binding->person_count++] = source;
    }
    free(candidates);
    return is_fine;
}
