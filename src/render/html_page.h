/* html_page.h: the frame that pages share: head, style, verdict. */
#ifndef RENDER_HTML_PAGE_H
#define RENDER_HTML_PAGE_H

#include "base/buffer.h"

enum html_mood { MOOD_GOOD, MOOD_MIXED, MOOD_BAD };
/* From <!DOCTYPE html> to <body>, with the style and the policy that allows nothing else. */
void html_page_start(const char *title, struct buffer *out);
/* <header> with the sentence of the verdict, its first word, which says it all, in bold; facts as <p> may follow, then
 * </div></div>, links, </header>. */
void html_verdict_start(enum html_mood mood, const char *verdict, struct buffer *out);

#endif
