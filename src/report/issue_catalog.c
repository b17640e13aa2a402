/* issue_catalog.c: issues.def as a table, looked up by code, number or slug. */
#include "report/issue.h"

#define PLECTO_NEEDS "Plecto refuses a registration without an employee, a unique ID and a date. "

static const struct issue_kind kinds[ISSUE_CODE_COUNT] = {
#define ISSUE(number, word, slug, severity, title, reason, fix, example)                                               \
    [number##_##word] = {number##_##word, #number, slug, severity, title, reason, fix, example},
#include "report/issues.def"
};

const struct issue_kind *issue_kind(enum issue_code code) {
    return &kinds[code];
}

const struct issue_kind *issue_kind_find(struct view name) {
    name = view_trim(name);
    for (int code = 0; code < ISSUE_CODE_COUNT; code++)
        if (view_equal_fold(name, view_of(kinds[code].name)) || view_equal_fold(name, view_of(kinds[code].slug)))
            return &kinds[code];
    return NULL;
}
