/* html.c: report.html, the page a manager opens from a mail: the verdict, and below it what the verdict rests on. It
 * needs nothing but itself: its policy forbids scripts and requests and names the one style sheet by its hash. */
#include <stdlib.h>

#include "base/hash.h"
#include "render/html_private.h"

/* --- head ------------------------------------------------------------------------------------------------ */

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
    struct sha256 hash;
    char hex[65];
    sha256_start(&hash);
    sha256_add(&hash, html_style, strlen(html_style));
    sha256_end(&hash, hex);
    buffer_add_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                         "style-src 'sha256-");
    add_base64(out, hex);
    buffer_add_text(out, "'; base-uri 'none'; form-action 'none'\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                         "<meta name=\"color-scheme\" content=\"light dark\">\n"
                         "<meta name=\"referrer\" content=\"no-referrer\">\n"
                         "<meta name=\"robots\" content=\"noindex\">\n<title>");
    html_text(out, title);
    buffer_add_text(out, "</title>\n<style>");
    buffer_add_text(out, html_style);
    buffer_add_text(out, "</style>\n</head>\n<body>\n");
}

/* --- verdict --------------------------------------------------------------------------------------------- */

static const char *const icons[] = {
    [MOOD_GOOD] = "<circle cx=\"24\" cy=\"24\" r=\"22\"/><path d=\"M13 25l8 8 14-17\"/>",
    [MOOD_MIXED] = "<path class=\"shape\" d=\"M24 4L46 43H2z\"/><path d=\"M24 18v12M24 36v1\"/>",
    [MOOD_BAD] =
        "<path class=\"shape\" d=\"M15 2h18l13 13v18L33 46H15L2 33V15z\"/><path d=\"M16 16l16 16M32 16L16 32\"/>",
};
static const char *const mood_classes[] = {[MOOD_GOOD] = "good", [MOOD_MIXED] = "mixed", [MOOD_BAD] = "bad"};

static void add_subject(const struct result *result, struct buffer *out) {
    buffer_add_text(out, "<p>");
    html_text(out, result->schema_title && result->schema_title[0] ? result->schema_title : result->schema_name);
    buffer_add_text(out, " · ");
    if (result->file_count == 1)
        html_text(out, result->files[0].path);
    else
        text_plural(out, result->file_count, "file", "files");
    if (result->first_date) {
        buffer_add_text(out, " · ");
        html_text(out, result->first_date);
        buffer_add_text(out, " to ");
        html_text(out, result->last_date);
        buffer_add_text(out, " · ");
        text_plural(out, result->employees, "employee", "employees");
    }
    buffer_add_text(out, "</p>\n");
}

static void add_issue_counts(uint64_t errors, uint64_t warnings, struct buffer *out) {
    buffer_add_text(out, "<p>");
    if (errors + warnings == 0) {
        buffer_add_text(out, "No errors, no warnings.</p>\n");
        return;
    }
    buffer_add_text(out, "<a href=\"#issues\">");
    text_plural(out, errors, "error", "errors");
    buffer_add_text(out, " and ");
    text_plural(out, warnings, "warning", "warnings");
    buffer_add_text(out, "</a></p>\n");
}

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

static void add_links(const struct result *result, struct buffer *out) {
    struct {
        const char *name, *title;
        bool is_there;
    } links[] = {
        {"ledger", "Ledger", true},
        {"active", "Active", result->has_active},
        {"totals", "Total rows", result->total_count > 0},
        {"charts", "Charts", true},
        {"issues", "Issues", true},
        {"facts", "Facts", true},
        {"notes", "Notes", result->note_count > 0},
        {"outputs", "Written", result->output_folder && result->output_count > 0},
        {"next", "Next", result->next != NULL},
    };
    buffer_add_text(out, "<nav aria-label=\"On this page\"><ul>\n");
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (links[i].is_there) buffer_print(out, "<li><a href=\"#%s\">%s</a></li>\n", links[i].name, links[i].title);
    buffer_add_text(out, "</ul></nav>\n");
}

static void add_header(const struct result *result, const char *verdict, struct buffer *out) {
    uint64_t errors = issues_count(result->issues, SEVERITY_ERROR);
    uint64_t warnings = issues_count(result->issues, SEVERITY_WARNING);
    html_verdict_start(result->exit_code != EXIT_FINE ? MOOD_BAD : errors + warnings > 0 ? MOOD_MIXED : MOOD_GOOD, verdict,
                       out);
    add_subject(result, out);
    add_issue_counts(errors, warnings, out);
    buffer_add_text(out, "</div>\n</div>\n");
    add_links(result, out);
    buffer_add_text(out, "</header>\n");
}

/* --- page ------------------------------------------------------------------------------------------------ */

void render_html(const struct result *result, const struct html_options *options, struct buffer *out) {
    struct buffer text = {0};
    report_verdict(result, &text);
    char *verdict = buffer_take(&text);
    html_page_start(verdict, out);
    add_header(result, verdict, out);
    buffer_add_text(out, "<main>\n");
    html_figures(result, out);
    html_ledger(result, out);
    html_active(result, out);
    html_totals(result, out);
    html_section(out, "charts", "Charts");
    html_days(result, out);
    buffer_add_text(out, "<div class=\"charts\">\n");
    html_people(result, out);
    html_causes_chart(result, out);
    buffer_add_text(out, "</div>\n</section>\n");
    html_issues(result, options, out);
    html_facts(result, out);
    html_ending(result, out);
    buffer_add_text(out,
                    "</main>\n<footer><p>Made by st2plecto from the exports named above, on the machine where they "
                    "lie. This page holds no script and asks the network for nothing.</p></footer>\n"
                    "</body>\n</html>\n");
    free(verdict);
}
