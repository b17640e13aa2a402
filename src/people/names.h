/* names.h: people's names as exports write them: when two spellings may be one person, and who is in a cell that names
 * several. Nothing here depends on the locale. Source of the habits: schemas/servicetitan.md,
 * "People and their IDs". */
#ifndef PEOPLE_NAMES_H
#define PEOPLE_NAMES_H

#include "base/buffer.h"
#include "schema/schema.h"

/* The form in which names are compared, into `folded` (emptied first): lower case, without accents, dots, doubled
 * blanks and signs nobody sees, hyphens as blanks, all apostrophes as ', letters of other scripts as the Latin ones they look
 * like, a '_' or '*' before the name left out (tenants mark deactivated people and foremen so),
 * and "Lopez, Ana" as "ana lopez". What is not valid UTF-8 stays as it is. */
void name_fold(struct view name, struct buffer *folded);
/* Adds a name with its first name in front and one blank between words: "Ana Lopez" of "Lopez,  Ana". */
void name_put_first(struct view name, struct buffer *out);
/* Whether a cell, or a part of it, looks like one name with a comma: "Lopez, Ana". */
bool name_has_comma(struct view cell);
/* Whether a '_' or '*' stands before the name. */
bool name_has_prefix(struct view name);

/* The people of a cell, trimmed, each once (as name_fold compares), in their order; at most `limit` are stored in
 * `parts`, the count is complete. Signs between people: ; | & / and line breaks, and commas as `commas` says:
 * COMMAS_PEOPLE: every comma; COMMAS_NAME: none; COMMAS_AUTO: commas, except where there is exactly one and one side of
 * it is a single word ("Lopez, Ana", "De La Cruz, Ana"); COMMAS_UNSURE is the same. '&' and '/' need blanks around
 * them. No-break and other spaces of Unicode count as blanks here and in name_fold, and are trimmed too. */
size_t names_split(struct view cell, enum name_commas commas, struct view *parts, size_t limit);

/* What the cells of one column say about their commas; counts add up. */
struct comma_evidence {
    uint64_t name_like;   /* one comma, and one side is a single word */
    uint64_t list_like;   /* other cells with commas */
    uint64_t single_word; /* cells without comma: "Ana" */
    uint64_t full_name;   /* "Ana Lopez" */
};
/* Takes a cell; true if it is plain: nothing in it could separate people. */
bool comma_evidence_add(struct comma_evidence *evidence, struct view cell);
void comma_evidence_merge(struct comma_evidence *into, const struct comma_evidence *from);
/* COMMAS_PEOPLE where cells without comma are mostly single words: then "Ana, Bo" is two people. COMMAS_UNSURE where
 * lists and what may be one name ("Ana Lopez, Bo") both occur: such a cell cannot be decided. Else COMMAS_AUTO: cells
 * are what they look like. */
enum name_commas comma_evidence_decide(const struct comma_evidence *evidence);

enum look_alike_kind {
    LOOK_ALIKE_SPELLING, /* spellings that fold to one: "ana  lopez", "Lopez, Ana" */
    LOOK_ALIKE_SAME_NAME /* one spelling, several IDs */
};

/* A member of a group; its texts belong to the collector. */
struct look_alike {
    struct view id, name;
    uint64_t rows;
};

struct look_alikes;

/* Collects the members of a run. Free: look_alikes_free. */
struct look_alikes *look_alikes_create(void);
void look_alikes_free(struct look_alikes *look_alikes);
void look_alikes_add(struct look_alikes *look_alikes, struct view id, struct view name, uint64_t rows);
/* Calls `tell` for each group, members with most rows first; the order does not depend on the order of adding. A group
 * of one spelling with several IDs is SAME_NAME, one of several spellings SPELLING. */
void look_alikes_find(struct look_alikes *look_alikes,
                      void (*tell)(void *context, enum look_alike_kind kind, const struct look_alike *members,
                                   size_t count),
                      void *context);

#endif
