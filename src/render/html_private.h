/* html_private.h: the parts that report.html is put together from. */
#ifndef RENDER_HTML_PRIVATE_H
#define RENDER_HTML_PRIVATE_H

#include "base/words.h"
#include "render/html_draw.h"
#include "render/html_words.h"
#include "render/render.h"

/* html_fix.c: what there is to do: rows to fix, or the next step. The title is empty where there is nothing. */
void html_fix_title(const struct result *result, struct buffer *out);
void html_fix(const struct result *result, struct buffer *out);
/* html_ledger.c: where every row and amount ended up; what Active makes; total rows of the file. */
void html_ledger(const struct result *result, struct buffer *out);
void html_active(const struct result *result, struct buffer *out);
void html_totals(const struct result *result, struct buffer *out);
/* html_facts.c: key figures; notes; folded: the run's facts, the files read and written. */
void html_figures(const struct result *result, struct buffer *out);
void html_notes(const struct result *result, struct buffer *out);
void html_facts(const struct result *result, struct buffer *out);
/* html_days.c and html_parts.c: the charts with their tables. */
void html_days(const struct result *result, struct buffer *out);
void html_people(const struct result *result, struct buffer *out);
/* html_grid.c: employees and periods of a --by run; nothing where there is no such table. */
void html_grid(const struct result *result, struct buffer *out);
void html_causes_chart(const struct result *result, struct buffer *out);
/* html_issues.c: every cause with its anchor. */
void html_issues(const struct result *result, const struct html_options *options, struct buffer *out);
/* The anchors of the causes in the order of issues_causes: "E201-primary-technician", each another; the caller frees
 * each and the list. */
char **html_anchors(const struct issue_cause *const *causes, size_t count);

#endif
