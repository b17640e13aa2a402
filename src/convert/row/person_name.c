/* person_name.c: a person's name against the roster; below person.c and share.c, which both ask. */
#include "convert/row/row_private.h"

struct view row_check_name(struct converter *converter, size_t field, struct view name) {
    struct view known;
    switch (roster_spelling(converter->plan->options->roster, name, &known)) {
    case SPELLING_SAME: break;
    case SPELLING_ALIAS: converter->outcome->counts.of[COUNT_ALIASES]++; return known;
    case SPELLING_OTHER:
        row_problem(converter, W523_LOOK_ALIKE, field, "%.*s \"%.*s\" is \"%.*s\" in the roster",
                    VIEW_ARGS(row_label(&converter->file, field)), VIEW_ARGS(name), VIEW_ARGS(known));
        break;
    case SPELLING_UNKNOWN:
        row_problem(converter, E501_UNKNOWN_PERSON, field,
                    "%.*s \"%.*s\" is not in the roster. An upload would create a new employee, which cannot be "
                    "merged",
                    VIEW_ARGS(row_label(&converter->file, field)), VIEW_ARGS(name));
        break;
    }
    return name;
}
