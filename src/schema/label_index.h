/* label_index.h: which field of a schema a label names, and how well. Private to schema/. */
#ifndef SCHEMA_LABEL_INDEX_H
#define SCHEMA_LABEL_INDEX_H

#include "base/table.h"
#include "schema/schema.h"

/* All labels of a schema in the compared form, and where each leads. */
struct label_places {
    struct table *labels;
    size_t *field_of; /* by number of the label */
    size_t *rank_of;  /* 0 = the name, 1 ... = aliases in order */
};

struct label_index {
    struct label_places whole, bare; /* with what stands in brackets, and without */
    size_t worst;                    /* rank behind all of `whole` */
};

/* Takes every name and alias of `schema`, which must outlive it. Free: label_index_free. */
void label_index_create(const struct schema *schema, struct label_index *index);
void label_index_free(struct label_index *index);
/* The field a label leads to, or SIZE_MAX; `*rank` is smaller the better it fits. */
size_t label_index_find(const struct label_index *index, const struct schema *schema, struct view label, size_t *rank);

#endif
