/* html_style.h: the style sheet of pages, html.css as the build embeds it (scripts/embed-text). Colors are named there
 * once for light and once for dark; each pair of text and ground has a contrast of 4.5 at least, each bar 3
 * (tests/e2e/page.mjs measures). The page itself never scrolls sideways: tables do, in boxes of their own. */
#ifndef RENDER_HTML_STYLE_H
#define RENDER_HTML_STYLE_H

extern const char html_style[]; /* NUL-terminated */

#endif
