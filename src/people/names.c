#include "people/names.h"
size_t names_split(struct view cell, enum name_commas commas, struct view *parts, size_t limit) { (void)commas; if (limit) parts[0] = view_trim(cell); return 1; }
void comma_evidence_add(struct comma_evidence *e, struct view cell) { (void)e; (void)cell; }
void comma_evidence_merge(struct comma_evidence *into, const struct comma_evidence *from) { (void)into; (void)from; }
enum name_commas comma_evidence_decide(const struct comma_evidence *e) { (void)e; return COMMAS_AUTO; }
bool name_has_prefix(struct view name) { return name.length && (name.text[0] == '_' || name.text[0] == '*'); }
struct look_alikes *look_alikes_create(void) { return 0; }
void look_alikes_free(struct look_alikes *l) { (void)l; }
void look_alikes_add(struct look_alikes *l, struct view id, struct view name, uint64_t rows) { (void)l; (void)id; (void)name; (void)rows; }
void look_alikes_find(struct look_alikes *l, void (*tell)(void *, enum look_alike_kind, const struct look_alike *, size_t), void *context) { (void)l; (void)tell; (void)context; }
