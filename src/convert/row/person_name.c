/* person_name.c: who a person of a row is in the roster; below person.c and share.c, which both ask. */
#include "convert/row/row_private.h"

/* Two people with one number would be one in Plecto, unless --provider parts them. */
static void refuse_shared(struct converter *converter, size_t field, struct view label, struct view text,
                          const struct roster_person *person) {
    row_problem(converter, E502_TWO_PEOPLE, field,
                "%.*s%s\"%.*s\": in the roster, %.*s and %.*s both have the ID %.*s. Plecto would take them for one person",
                VIEW_ARGS(label), label.length ? " " : "", VIEW_ARGS(text), VIEW_ARGS(person->name),
                VIEW_ARGS(person->other), VIEW_ARGS(person->id));
}

struct member row_member_by_name(struct converter *converter, size_t field, struct view name) {
    struct member member = {name, name, false};
    struct roster_person person;
    struct view label = row_label(&converter->file, field);
    switch (roster_spelling(converter->plan->options->roster, name, &person)) {
    case SPELLING_ALIAS:
    case SPELLING_REORDERED:
        converter->outcome->counts.of[COUNT_ALIASES]++;
        /* fall through */
    case SPELLING_SAME:
        member = (struct member){person.id.length ? person.id : person.name, person.name, person.id.length > 0};
        if (person.is_shared) refuse_shared(converter, field, label, name, &person);
        break;
    case SPELLING_OTHER:
        row_problem(converter, W523_LOOK_ALIKE, field, "%.*s \"%.*s\" is \"%.*s\" in the roster", VIEW_ARGS(label),
                    VIEW_ARGS(name), VIEW_ARGS(person.name));
        break;
    case SPELLING_TWO_PEOPLE:
        row_problem(converter, E502_TWO_PEOPLE, field,
                    "%.*s \"%.*s\" is the name of two people in the roster, with the IDs %.*s and %.*s",
                    VIEW_ARGS(label), VIEW_ARGS(name), VIEW_ARGS(person.id), VIEW_ARGS(person.other_id));
        break;
    case SPELLING_SHARED_ALIAS:
        row_problem(converter, E501_UNKNOWN_PERSON, field,
                    "%.*s \"%.*s\" is a name or alias of two people in the roster, %.*s and %.*s", VIEW_ARGS(label),
                    VIEW_ARGS(name), VIEW_ARGS(person.name), VIEW_ARGS(person.other));
        break;
    case SPELLING_UNKNOWN:
        row_problem(converter, E501_UNKNOWN_PERSON, field,
                    "%.*s \"%.*s\" is not in the roster. An upload would create a new employee, which cannot be "
                    "merged",
                    VIEW_ARGS(label), VIEW_ARGS(name));
        break;
    }
    return member;
}

struct member row_member_by_id(struct converter *converter, size_t field, struct view label, enum person_space space,
                               struct view id, struct view name) {
    const struct run_options *options = converter->plan->options;
    struct member member = {id, name.length ? name : id, false};
    struct roster_person person;
    const char *blank = label.length ? " " : "";
    switch (roster_find(options->roster, space, id, name, &person)) {
    case ROSTER_FOUND:
        /* another provider has the IDs as they are: it is meant to part people */
        member = (struct member){person.id.length && !options->provider ? person.id : id, person.name, true};
        if (person.is_shared && !options->provider) refuse_shared(converter, field, label, id, &person);
        break;
    case ROSTER_TWO_PEOPLE:
        row_problem(converter, E502_TWO_PEOPLE, field,
                    "%.*s%s%.*s is the ID of two people in the roster, %.*s and %.*s", VIEW_ARGS(label), blank,
                    VIEW_ARGS(id), VIEW_ARGS(person.name), VIEW_ARGS(person.other));
        break;
    case ROSTER_UNKNOWN:
        if (name.length > 0) break; /* the export says who it is */
        row_problem(converter, E501_UNKNOWN_PERSON, field, "%.*s%s%.*s is not in the roster", VIEW_ARGS(label), blank,
                    VIEW_ARGS(id));
        break;
    }
    return member;
}
