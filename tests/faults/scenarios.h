/* scenarios.h: the commands the sweep runs. */
#ifndef FAULTS_SCENARIOS_H
#define FAULTS_SCENARIOS_H

#include <stdbool.h>
#include <stddef.h>

struct scenario {
    const char *name;
    const char *prepare;       /* shell, run once in the empty folder; $ST2PLECTO and $ROOT are set */
    const char *arguments[24]; /* of st2plecto, run in that folder */
    int exit_code;             /* of a run without fault */
    const char *output;        /* top-level name that is published: all or nothing; NULL: only standard output */
    const char *rows;          /* file whose lines are counted as rows; may be NULL */
    bool is_many;              /* single files are published one after another */
};

extern const struct scenario scenarios[];
extern const size_t scenario_count;
extern const char scenario_by_night[]; /* the first of those that only a sweep of many points takes */

#endif
