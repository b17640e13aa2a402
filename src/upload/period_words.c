/* period_words.c: see period_words.h. The words that restrict nothing are known, and all others may: an export of one business
 * unit is no proof that the jobs of another are gone. */
#include "upload/period_words.h"

#include "values/bounds_text.h"
#include "values/month_name.h"

/* Of a report's name. No word here is also the name of a department or a status. */
static const char *const names[] = {
    "report",      "reports",     "job",       "jobs",      "invoice",   "invoices",     "payment",     "payments",
    "estimate",    "estimates",   "call",      "calls",     "lead",      "leads",        "booking",     "bookings",
    "technician",  "technicians", "employee",  "employees", "timesheet", "timesheets",   "appointment", "appointments",
    "performance", "summary",     "detail",    "details",   "revenue",   "total",        "totals",      "export",
    "exports",     "exported",    "generated", "printed",   "data",      "servicetitan", "all",         "full",
    "on",          "at",          "by",        "of",        "the",       "for",          "csv",         "tsv",
    "txt",         "xlsx",        "json",      "jsonl",     "gz",        "ndjson",
};
/* Of a period. These alone may stand before a colon. */
static const char *const periods[] = {
    "date", "dates", "dated", "range",   "from", "to",    "period", "start",    "end",       "through",
    "thru", "until", "till",  "between", "and",  "begin", "report", "exported", "generated", "printed",
    "am",   "pm",    "t",     "z",       "st",   "nd",    "rd",     "th",
};
/* Beginnings of words for dates and changes. */
static const char *const dates[] = {"creat",     "schedul", "modif",  "chang", "updat",  "sold",
                                    "complet",   "invoic",  "paid",   "book",  "cancel", "delta",
                                    "increment", "new",     "receiv", "post",  "due",    "assign"};

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_one_of(struct view word, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (view_equal_fold(word, view_of(list[i]))) return true;
    return false;
}

bool period_is_about(const char *word, const char *label) {
    size_t length = strlen(word), at = 0;
    if (length > 4 && strcmp(word + length - 2, "ed") == 0) length -= 2;
    const char *dot = strrchr(label, '.'); /* a path: its last part */
    for (const char *c = dot ? dot + 1 : label; *c && at < length; c++) {
        if (*c == ' ') continue;
        if ((*c | 0x20) != word[at]) return false;
        at++;
    }
    return at == length;
}

static bool is_of_label(struct view word, const char *label) {
    char text[24] = "";
    if (word.length < 4 || word.length >= sizeof text) return false;
    for (size_t i = 0; i < word.length; i++)
        text[i] = (char)(word.text[i] | 0x20);
    return period_is_about(text, label);
}

static bool is_of_other_date(struct view word, const char *label) {
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (view_starts_with_fold(word, dates[i])) return !is_of_label(word, label);
    return false;
}

/* Bytes of a dash or a blank that is not ASCII. */
static size_t sign_length(struct view text, size_t at) {
    struct view rest = view_from(text.text + at, text.length - at);
    if (view_starts_with(rest, "\xc2\xa0")) return 2;
    return rest.length >= 3 && view_starts_with(rest, "\xe2\x80") ? 3 : 0;
}

static size_t word_end(struct view text, size_t at) {
    while (at < text.length && is_letter(text.text[at]) && sign_length(text, at) == 0)
        at++;
    return at;
}

/* Whether all that stands behind a colon is that nothing is left out: "Business Unit: All". */
static bool is_all(struct view text) {
    const char *colon = text.length > 0 ? memchr(text.text, ':', text.length) : NULL;
    if (!colon) return false;
    size_t start = (size_t)(colon - text.text) + 1, end = text.length;
    while (start < end && strchr(" ,\"\t", text.text[start]))
        start++;
    while (end > start && strchr(" ,\"\t", text.text[end - 1]))
        end--;
    struct view rest = view_from(text.text + start, end - start);
    return view_equal_fold(rest, view_of("all")) || view_equal_fold(rest, view_of("any"));
}

static bool is_before_colon(struct view text, size_t at) {
    while (at < text.length && strchr(" \"\t", text.text[at]))
        at++;
    return at < text.length && (text.text[at] == ':' || text.text[at] == '=');
}

static bool is_harmless(struct view text, struct view word, size_t end, const char *label) {
    bool is_period = is_one_of(word, periods, sizeof periods / sizeof *periods) || is_of_label(word, label);
    if (is_period || is_before_colon(text, end)) return is_period;
    return is_one_of(word, names, sizeof names / sizeof *names) || month_by_name(word) > 0;
}

bool period_has_other_words(struct view text, const char *label, bool is_dates_only, struct view *word) {
    struct date_bound bound;
    size_t at = 0, next;
    if (!is_dates_only && is_all(text)) return false;
    while (at < text.length) {
        size_t sign = sign_length(text, at), ahead = at, end = word_end(text, at);
        if (sign > 0 || end == at) {
            at += sign > 0 ? sign : 1;
            continue;
        }
        *word = view_from(text.text + at, end - at);
        bool is_bound = bounds_next(text, &ahead, &bound) && bound.word.text == word->text;
        next = is_bound ? ahead : end;
        if (is_bound && bound.field[0] && !period_is_about(bound.field, label)) return true;
        bool is_other = is_dates_only ? is_of_other_date(*word, label) : !is_harmless(text, *word, end, label);
        if (!is_bound && is_other) return true;
        at = next;
    }
    return false;
}
