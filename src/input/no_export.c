/* no_export.c: see no_export.h. */
#include "input/no_export.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/view.h"
#include "output/formats.h"
#include "workbook/properties.h"

#define HEAD 65536 /* bytes looked at */
#define FIRST 4096 /* of which these say of nearly every table that it is none of ours */
#define BEGIN 200  /* our results say in so many what they are */

static bool ends_with(struct view name, const char *ending) {
    struct view wanted = view_of(ending);
    return name.length > wanted.length &&
           view_equal_fold(view_from(name.text + name.length - wanted.length, wanted.length), wanted);
}

static bool has_ending(struct view name, const char *const *endings) {
    for (; *endings; endings++)
        if (ends_with(name, *endings)) return true;
    return false;
}

struct no_export no_export_by_name(const char *name) {
    static const char *const exports[] = {".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".xlsx", NULL};
    static const char *const parts[] = {".part", ".crdownload", ".tmp", ".download", NULL};
    static const char *const closed[] = {".xls", ".xlsb", ".xlsm", ".ods", ".numbers", ".pdf", ".html", ".htm",
                                         ".mht", ".zip",  ".7z",   ".tar", ".tgz",     ".eml", ".msg",  NULL};
    struct view text = view_of(name);
    if (view_starts_with(text, ".")) return (struct no_export){"hidden", false};
    if (view_starts_with(text, "~$")) return (struct no_export){"a workbook is open in Excel", false};
    if (has_ending(text, parts)) return (struct no_export){"an unfinished download", false};
    if (has_ending(text, closed)) return (struct no_export){"cannot be read", true};
    if (view_equal(text, view_of("st2plecto.json"))) return (struct no_export){"configuration", false};
    if (ends_with(text, ".gz")) text.length -= 3;
    return has_ending(text, exports) ? (struct no_export){NULL, false}
                                     : (struct no_export){"not an export's ending", false};
}

/* --- our own files ------------------------------------------------------------------------------------------ */

static struct view first_line(struct view text) {
    size_t length = 0;
    while (length < text.length && text.text[length] != '\n' && text.text[length] != '\r')
        length++;
    return view_from(text.text, length);
}

/* What st2plecto writes has first lines of its own. */
static const char *own_table(struct view head) {
    struct view line = first_line(head);
    if (view_equal(line, view_of("schema,id,field,old,new,who,when,why"))) return "decisions of apply";
    if (view_starts_with(line, "ID,Employee,Created date")) return "an import file of st2plecto";
    if (view_starts_with(line, REJECTED_LABELS ",")) return "rejected rows of st2plecto";
    return NULL;
}

static bool has(struct view text, const char *part) {
    return view_find(text, part) != SIZE_MAX;
}

/* Blanks and comments at the begin of a file, as our schemas have them. */
static struct view without_comments(struct view text) {
    for (;;) {
        text = view_trim(text);
        size_t end = 0;
        if (view_starts_with(text, "//")) {
            end = first_line(text).length;
        } else if (view_starts_with(text, "/*")) {
            end = view_find(text, "*/");
            end = end < text.length ? end + 2 : text.length;
        } else {
            return text;
        }
        text = view_from(text.text + end, text.length - end);
    }
}

static const char *own_json(struct view head) {
    static const char *const results[] = {"\"st2plecto-result/", "\"st2plecto-receipt/", "\"st2plecto-plan/",
                                          "\"st2plecto-overview/"};
    head = without_comments(head);
    if (head.length == 0 || head.text[0] != '{') return NULL;
    struct view begin = view_from(head.text, head.length < BEGIN ? head.length : BEGIN);
    for (size_t i = 0; i < sizeof results / sizeof *results; i++)
        if (has(begin, results[i])) return "a result of st2plecto";
    if (view_starts_with(head, "{\"external_id\":")) return "an import file of st2plecto";
    if (has(head, "\"feeds\"") && has(head, "\"files\"")) return "a configuration of st2plecto";
    if (!has(head, "\"fields\"") || has(head, "\"data\"")) return NULL;
    if (has(head, "\"plecto\"")) return "a schema";
    return has(head, "\"title\": \"ServiceTitan") ? "a data source of st2plecto" : NULL;
}

/* "Plecto shows 73,877.88, it seems": a comma of a sentence or of a number, as a table's hardly are. */
static bool is_of_sentence(struct view line, size_t at) {
    bool has_digits = at > 0 && at + 1 < line.length && line.text[at - 1] >= '0' && line.text[at - 1] <= '9' &&
                      line.text[at + 1] >= '0' && line.text[at + 1] <= '9';
    return at + 1 == line.length || line.text[at + 1] == ' ' || has_digits;
}

/* A table has a delimiter in its lines, and the same number of them; a note may have commas in its sentences. */
static bool has_table(struct view head) {
    size_t lines = 0, fit = 0, first = 0;
    bool is_tight = false, is_even = true;
    while (head.length > 0 && lines < 50) {
        struct view line = first_line(head);
        size_t strong = 0, weak = 0;
        bool has_tight = false;
        for (size_t i = 0; i < line.length; i++) {
            strong += line.text[i] == '\t' || line.text[i] == '|';
            bool is_weak = line.text[i] == ',' || line.text[i] == ';';
            weak += is_weak;
            has_tight = has_tight || (is_weak && !is_of_sentence(line, i));
        }
        if (line.length > 0) lines++;
        bool is_fit = strong > 0 || weak > 1;
        if (is_fit && fit == 0) first = weak;
        fit += is_fit;
        is_tight = is_tight || (is_fit && (has_tight || strong > 0));
        is_even = is_even && (!is_fit || weak == first);
        size_t end = line.length < head.length ? line.length + 1 : line.length;
        head = view_from(head.text + end, head.length - end);
    }
    return (fit >= 2 && (is_tight || is_even)) || (fit == 1 && lines == 1 && is_tight);
}

/* Whether bytes behind the first ones may count: of JSON and its comments, of notes. */
static bool needs_more(struct view name, struct view first) {
    struct view text = view_trim(first);
    char sign = text.length > 0 ? text.text[0] : '{';
    return first.length == FIRST && (sign == '{' || sign == '[' || sign == '/' || ends_with(name, ".txt"));
}

/* The begin of a file, as far as it counts; `bytes` has room for HEAD. */
static struct view read_head(int descriptor, const char *path, char *bytes) {
    ssize_t got = read(descriptor, bytes, FIRST);
    struct view head = view_from(bytes, got > 0 ? (size_t)got : 0);
    if (!needs_more(view_of(path), head)) return head;
    got = read(descriptor, bytes + FIRST, HEAD - FIRST);
    return view_from(bytes, FIRST + (got > 0 ? (size_t)got : 0));
}

struct no_export no_export_by_content(const char *path) {
    struct no_export judged = {NULL, false};
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return judged;
    char *bytes = memory_get(HEAD);
    struct view head = read_head(descriptor, path, bytes);
    if (view_starts_with(head, "PK\x03\x04")) {
        if (properties_name(descriptor, path, "st2plecto")) judged.reason = "a workbook of st2plecto";
    } else {
        judged.reason = own_table(head);
        if (!judged.reason) judged.reason = own_json(head);
        bool is_json = head.length > 0 && (head.text[0] == '{' || head.text[0] == '[');
        bool is_note = ends_with(view_of(path), ".txt") && !is_json && head.length > 0 &&
                       !memchr(head.text, '\0', head.length) && !has_table(head);
        if (!judged.reason && is_note) judged.reason = "a text without a table";
    }
    close(descriptor);
    free(bytes);
    return judged;
}
