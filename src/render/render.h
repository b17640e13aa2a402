/* render.h: the forms in which a result is read: by people, by programs, by the services that show them. Each is made
 * of the result alone, and the same result gives the same bytes. */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include "report/result.h"

/* Appends where an issue is: "jobs.csv:4:12", "jobs.xlsx:D4", "jobs.csv" where it is of the whole file, nothing where
 * it is of no file. Control characters of the path are shown as \\xNN. */
/* The fix of a cause (issue_fix_of), with the columns of the file in which it is. `call` and `indent` as there; the caller
 * frees. */
char *render_fix(const struct result *result, const struct issue_cause *cause, const char *call, const char *indent);
void render_place(const struct result *result, const struct issue_example *example, struct buffer *out);

struct text_options {
    bool colour;
    bool verbose;     /* -v: files' details, all causes' fixes */
    bool quiet;       /* -q: issues and verdict only */
    bool show_values; /* values of the bad cells (true); rows' other cells are never shown here */
};
/* The terminal report (for people): summary, issues by cause with FILE:LINE:COL, complete counts,
 * ledger, next command. Control characters of input texts are shown as \xNN. */
void render_text(const struct result *result, const struct text_options *options, struct buffer *out);

struct html_options {
    bool show_private; /* --show-private: the bad values of private fields are shown, where the result has them */
};
/* report.html: one page without script and without requests, made of the result alone; same result, same bytes.
 * At most 2,000 examples of issues (errors first); counts are complete. Texts from outside are escaped; control
 * and direction characters are shown as \xNN and \uNNNN. */
void render_html(const struct result *result, const struct html_options *options, struct buffer *out);
/* result.json: "format": "st2plecto-result/1"; sums as decimal text; keys in fixed order; no time of day, so
 * that the same input gives the same bytes. */
void render_json(const struct result *result, struct buffer *out);
/* One JSON object a line: summary, then each cause with its examples ("issue"), totals, notes, outputs. */
void render_jsonl(const struct result *result, struct buffer *out);
/* JUnit XML: a suite a file, a case a rule and file; errors fail, warnings pass and are told. */
void render_junit(const struct result *result, struct buffer *out);
/* GitHub workflow commands: the nine largest causes, and a tenth that says how many more. */
void render_github(const struct result *result, struct buffer *out);
/* GitHub flavoured Markdown, short enough for a comment. */
void render_markdown(const struct result *result, struct buffer *out);
/* receipt.json, RECEIPT_FORMAT: the files that were read and written with their hashes, the schema, the options that
 * shaped them, the version. */
void render_receipt(const struct result *result, const char *version, struct buffer *out);
/* The page of `explain CODE`. */
void render_explain(const struct issue_kind *kind, struct buffer *out);

#endif
