/* lists.h: wanted paths that lead through lists.
 *
 *   tags[].name        the values of all elements, joined by ", "
 *   prices[0].amount   of one element by its number
 *   fields[Region]     of the element whose "name" is Region: its "value"
 *   items[#]           how many elements
 *   items[*].total     of the element at hand: such paths make every element a record of its own
 *
 * A list in the cell of a plain path is joined too, where it holds no objects but {name, value} pairs. */
#ifndef INPUT_JSON_LISTS_H
#define INPUT_JSON_LISTS_H

#include "base/arena.h"
#include "base/view.h"
#include "input/record.h"

enum list_source {
    FROM_RECORD,  /* a plain path of the record */
    FROM_LIST,    /* a path through a list of the record */
    FROM_ELEMENT, /* a plain path of the element at hand */
    FROM_ELEMENT_LIST
};

struct list_path {
    enum list_source source;
    size_t cell;      /* among the outer or the inner cells */
    struct view rest; /* from the bracket on, for the paths through lists */
};

/* The wanted paths taken apart into what one pass over the record (outer) and one over the element (inner) has
 * to find. */
struct json_lists {
    struct list_path *paths;
    size_t path_count;
    struct view *outer, *inner; /* dotted paths without brackets */
    size_t outer_count, inner_count;
    size_t explode; /* outer cell whose elements are the records, or SIZE_MAX */
    /* without elements the outer cells are the wanted ones, in their order, and only these must be looked through */
    size_t *list_cells;
    size_t list_count;
};

/* The texts must outlive it; it is the caller's. */
struct json_lists *json_lists_create(const struct view *paths, size_t count);
void json_lists_destroy(struct json_lists *lists); /* NULL is fine */
/* Without elements: makes the outer cells, in place, what is wanted of them. */
void json_lists_finish(const struct json_lists *lists, struct arena *arena, struct cell *cells);
/* With elements: fills the wanted cells from those found; `inner` is NULL where no element is at hand. */
void json_lists_fill(const struct json_lists *lists, const struct cell *outer, const struct cell *inner,
                     struct arena *arena, struct cell *cells);
/* The elements of a valid list, one after another: `*at` begins at the list's text, ends NULL. */
bool json_list_next(struct view list, const char **at, struct view *element);

#endif
