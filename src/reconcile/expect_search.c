/* expect_search.c: runs the searches in the order of what they cost, and puts what fits in order. */
#include "reconcile/expect_private.h"

void search_run(struct search *search) {
    struct findings_list *found = search->found;
    search_attributes(search);
    search_dates(search);
    search_columns(search);
    search_set_aside(search);
    search_rows(search);
    if (found->count == 0) search_set_aside_and(search);
    if (found->count == 0) search_attribute_pairs(search);
    if (found->count == 0) search_two_causes(search);
    if (found->count == 0) search_two_rows(search);
    for (size_t i = 0; i < found->count; i++) {
        found->list[i]->tried = found->tried;
        found->list[i]->matches = found->count;
    }
}
