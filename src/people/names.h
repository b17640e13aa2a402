/* STUB until the real one arrives */
#ifndef PEOPLE_NAMES_H
#define PEOPLE_NAMES_H
#include "schema/schema.h"
struct comma_evidence { uint64_t name_like, list_like, single_word, full_name; };
size_t names_split(struct view cell, enum name_commas commas, struct view *parts, size_t limit);
void comma_evidence_add(struct comma_evidence *e, struct view cell);
void comma_evidence_merge(struct comma_evidence *into, const struct comma_evidence *from);
enum name_commas comma_evidence_decide(const struct comma_evidence *e);
bool name_has_prefix(struct view name);
enum look_alike_kind { LOOK_ALIKE_SPELLING, LOOK_ALIKE_SAME_NAME };
struct look_alike { struct view id, name; uint64_t rows; };
struct look_alikes;
struct look_alikes *look_alikes_create(void);
void look_alikes_free(struct look_alikes *l);
void look_alikes_add(struct look_alikes *l, struct view id, struct view name, uint64_t rows);
void look_alikes_find(struct look_alikes *l, void (*tell)(void *, enum look_alike_kind, const struct look_alike *, size_t), void *context);
#endif
