/* overview_render.h: the overview of several data sources, as text, JSON and a page. */
#ifndef RENDER_OVERVIEW_RENDER_H
#define RENDER_OVERVIEW_RENDER_H

#include "render/render.h"
#include "report/overview.h"

/* The verdict, a line a data source, the sums, and the files that were skipped or not recognized. Control characters of
 * texts from outside are shown as \xNN. */
void render_overview_text(const struct overview *overview, const struct text_options *options, struct buffer *out);
/* Its table alone: a row a data source, and below it what needs attention, the error and its fix. */
void render_overview_table(const struct overview *overview, struct buffer *out);
/* What stopped a source and its fix, as indented lines; nothing where nothing did. */
void overview_error_text(const struct overview_source *source, struct buffer *out);
/* overview.json, TREE_FORMAT ("st2plecto-overview/1"): keys in fixed order, sums as decimal text, no time of day. */
void render_overview_json(const struct overview *overview, struct buffer *out);
/* The key "skipped" of a JSON object, with the files of folders that were not read; NULL: none. */
void render_skipped_json(const struct skipped_files *skipped, struct buffer *out);
/* overview.html: a page without script and requests, with links to the folders' report.html. */
void render_overview_html(const struct overview *overview, struct buffer *out);

#endif
