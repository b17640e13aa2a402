/* html_page.c: a page needs nothing but itself: its policy forbids scripts and requests, and names the one style sheet
 * (html.css) by its hash. */
#include "render/html_page.h"

#include <string.h>

#include "base/hash.h"
#include "render/html_style.h"
#include "render/html_words.h"

static int digit_value(char digit) {
    return digit <= '9' ? digit - '0' : digit - 'a' + 10;
}

/* The 32 bytes that 64 hex digits stand for, as base64 (RFC 4648). */
static void add_base64(struct buffer *out, const char *hex) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned rest = 0;
    int bits = 0;
    for (; *hex; hex++) {
        rest = rest << 4 | (unsigned)digit_value(*hex);
        bits += 4;
        if (bits >= 6) {
            bits -= 6;
            buffer_add_char(out, letters[rest >> bits & 63]);
        }
    }
    buffer_add_char(out, letters[rest << (6 - bits) & 63]); /* 256 bits leave 4 */
    buffer_add_char(out, '=');
}

void html_page_start(const char *title, struct buffer *out) {
    char hex[65];
    sha256_of(view_of(html_style), hex);
    buffer_add_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                         "style-src 'sha256-");
    add_base64(out, hex);
    buffer_add_text(out, "'; base-uri 'none'; form-action 'none'\">\n"
                         "<meta name=\"generator\" content=\"st2plecto\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                         "<meta name=\"color-scheme\" content=\"light dark\">\n"
                         "<meta name=\"referrer\" content=\"no-referrer\">\n"
                         "<meta name=\"robots\" content=\"noindex\">\n<title>");
    html_text(out, title);
    buffer_add_text(out, "</title>\n<style>");
    buffer_add_text(out, html_style);
    buffer_add_text(out, "</style>\n</head>\n<body>\n");
}

static const char *const icons[] = {
    [MOOD_GOOD] = "<circle cx=\"24\" cy=\"24\" r=\"22\"/><path d=\"M13 25l8 8 14-17\"/>",
    [MOOD_MIXED] = "<path class=\"shape\" d=\"M24 4L46 43H2z\"/><path d=\"M24 18v12M24 36v1\"/>",
    [MOOD_BAD] =
        "<path class=\"shape\" d=\"M15 2h18l13 13v18L33 46H15L2 33V15z\"/><path d=\"M16 16l16 16M32 16L16 32\"/>",
};
static const char *const mood_classes[] = {[MOOD_GOOD] = "good", [MOOD_MIXED] = "mixed", [MOOD_BAD] = "bad"};

void html_verdict_start(enum html_mood mood, const char *verdict, struct buffer *out) {
    buffer_print(out,
                 "<header>\n<div class=\"verdict %s\">\n<svg class=\"icon\" viewBox=\"0 0 48 48\" width=\"48\" "
                 "height=\"48\" aria-hidden=\"true\">%s</svg>\n<div>\n",
                 mood_classes[mood], icons[mood]);
    const char *colon = strstr(verdict, ": ");
    size_t length = colon ? (size_t)(colon - verdict) + 1 : 0;
    buffer_add_text(out, "<h1><strong>");
    buffer_add(out, view_from(verdict, length)); /* our own words */
    buffer_add_text(out, "</strong>");
    html_text(out, verdict + length);
    buffer_add_text(out, "</h1>\n");
}
