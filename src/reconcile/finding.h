/* finding.h: what the list of findings and their combinations share. Private to reconcile/. */
#ifndef RECONCILE_FINDING_H
#define RECONCILE_FINDING_H

#include "reconcile/explain.h"

/* Adds what the finding covers of its facets to its amounts, and finds its rows and its metric. */
void finding_add_amounts(const struct comparison *comparison, struct finding *finding);
/* Whether its amounts are the gap of every metric; where there is no gap, whether it covers all that differs. */
bool finding_explains_all(const struct comparison *comparison, const struct finding *finding);
/* Whether these, in the order of their units, are all facets that differ. */
bool covered_everything(const struct comparison *comparison, const struct covered *covered, size_t count);

#endif
