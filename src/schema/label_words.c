/* label_words.c: see label_words.h. A label is cut into words at everything that is no letter or digit, and before a
 * capital that follows a small letter (API names: OpportunityJobAverage). */
#include "schema/label_words.h"

#include <string.h>

#define WORD_LIMIT 16
#define WORD_ROOM 24

struct words {
    char list[WORD_LIMIT][WORD_ROOM];
    size_t count;
    bool has_percent_sign;
};

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c) {
    return is_upper(c) || (c >= 'a' && c <= 'z');
}

static bool is_word_char(char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
}

static struct words cut(struct view label) {
    struct words words = {0};
    size_t length = 0;
    for (size_t i = 0; i < label.length; i++) {
        char c = label.text[i], before = i > 0 ? label.text[i - 1] : ' ';
        words.has_percent_sign = words.has_percent_sign || c == '%';
        bool begins = !is_word_char(before) || (is_upper(c) && before >= 'a' && before <= 'z');
        if (!is_word_char(c)) continue;
        if (begins || words.count == 0) {
            if (words.count == WORD_LIMIT) return words;
            words.count++;
            length = 0;
        }
        if (length + 1 < WORD_ROOM) words.list[words.count - 1][length++] = is_upper(c) ? (char)(c - 'A' + 'a') : c;
    }
    return words;
}

/* Whether a word is in the list, which ends in NULL. */
static bool is_any(const char *word, const char *const *list) {
    for (size_t k = 0; list[k]; k++)
        if (strcmp(word, list[k]) == 0) return true;
    return false;
}

static bool has_any(const struct words *words, const char *const *list) {
    for (size_t i = 0; i < words->count; i++)
        if (is_any(words->list[i], list)) return true;
    return false;
}

/* Whether `first` comes, followed by `second`. */
static bool has_pair(const struct words *words, const char *first, const char *second) {
    for (size_t i = 0; i + 1 < words->count; i++)
        if (strcmp(words->list[i], first) == 0 && strcmp(words->list[i + 1], second) == 0) return true;
    return false;
}

static const char *const percent_words[] = {"percent",    "percentage", "pct",   "rate", "rates",
                                            "conversion", "ratio",      "close", NULL};
static const char *const average_words[] = {"avg",         "average",      "averages", "mean",  "median",
                                            "per",         "nps",          "rating",   "score", "efficiency",
                                            "utilization", "satisfaction", NULL};
static const char *const money_words[] = {
    "revenue", "sales",     "cost",     "costs",      "price",       "amount",   "amounts", "subtotal", "balance",
    "pay",     "payment",   "payments", "tax",        "taxes",       "fee",      "fees",    "spend",    "budget",
    "income",  "margin",    "profit",   "discount",   "discounts",   "bonus",    "bonuses", "spiff",    "spiffs",
    "payroll", "wage",      "wages",    "earnings",   "deposit",     "deposits", "refund",  "refunds",  "credit",
    "credits", "surcharge", "burden",   "commission", "commissions", "dollars",  "usd",     "total",    "value",
    "charge",  "charges",   "retail",   "markup",     "expense",     "expenses", NULL};
static const char *const hours_words[] = {"hours", "hrs", "hour", "duration", "minutes", "time", NULL};
static const char *const count_words[] = {
    "jobs",         "calls",      "leads",         "count",       "number",      "qty",
    "quantity",     "recalls",    "opportunities", "opportunity", "memberships", "estimates",
    "appointments", "days",       "visits",        "reviews",     "customers",   "booked",
    "sold",         "closed",     "completed",     "converted",   "canceled",    "cancelled",
    "units",        "items",      "tasks",         "invoices",    "calls",       "set",
    "renewals",     "warranties", "callbacks",     "surveys",     "bookings",    "cancellations",
    "trucks",       "installs",   "technicians",   "members",     "points",      "stars",
    "projects",     "proposals",  "referrals",     "upsold",      "options",
    "suspended",    "expired",       "deleted",       "renewed",     "reactivated", NULL};

/* "Rev / Job", "$/Hr": what the amount is for comes after the slash, in the singular. */
static bool is_for_each(struct view label) {
    static const char *const units[] = {"job",      "hour",        "hr",    "day",    "week",     "month",
                                        "call",     "lead",        "visit", "ticket", "customer", "opportunity",
                                        "estimate", "appointment", "opp",   "truck"};
    size_t at = label.length;
    while (at > 0 && label.text[at - 1] != '/')
        at--;
    struct view unit = view_trim(view_from(label.text + at, label.length - at));
    for (size_t i = 0; at > 0 && i < sizeof units / sizeof *units; i++)
        if (view_equal_fold(unit, view_of(units[i]))) return true;
    return false;
}

bool label_is_average(struct view label) {
    struct words words = cut(label);
    if (is_for_each(label)) return true;
    if (has_pair(&words, "per", "diem") || has_pair(&words, "flat", "rate")) return false;
    return words.has_percent_sign || has_any(&words, average_words) || has_any(&words, percent_words);
}

bool label_is_percent(struct view label) {
    struct words words = cut(label);
    if (has_pair(&words, "flat", "rate")) return false;
    return words.has_percent_sign || has_any(&words, percent_words);
}

bool label_is_count(struct view label) {
    struct words words = cut(label);
    return has_any(&words, count_words) && !label_is_average(label) && !label_is_money(label);
}

bool label_is_money(struct view label) {
    struct words words = cut(label);
    static const char *const sure[] = {"revenue", "subtotal", "cost",    "costs", "price",
                                       "amount",  "pay",      "dollars", NULL};
    if (label_is_hours(label)) return false;
    return has_any(&words, money_words) && (has_any(&words, sure) || !has_any(&words, count_words));
}

bool label_is_measure(struct view label) {
    struct words words = cut(label);
    static const char *const measures[] = {"miles", "distance", "km",    "tons", "tonnage", "weight", "pounds", "lbs",
                                           "feet",  "sqft",     "level", "rank", "factor",  NULL};
    return has_any(&words, measures);
}

bool label_is_hours(struct view label) {
    struct words words = cut(label);
    static const char *const other[] = {"per", "revenue", "sales", "cost", "costs", "pay", "rate", "price", NULL};
    return has_any(&words, hours_words) && !has_any(&words, other);
}

/* Words for a person in the work that a report is of. */
static const char *const people[] = {"technician", "tech",    "employee", "csr",       "salesperson",
                                     "rep",        "advisor", "agent",    "estimator", "installer",
                                     "dispatcher", "seller",  "manager",  "assignee",  NULL};

bool label_is_person(struct view label) {
    struct words words = cut(label);
    static const char *const other[] = {"id",   "ids",    "number", "no",    "phone", "email", "count",
                                        "rate", "notes",  "note",   "hours", "time",  "truck", "team",
                                        "type", "status", "on",     "date",  NULL};
    if (words.count == 0 || has_any(&words, other) || label_is_average(label)) return false;
    const char *last = words.list[words.count - 1];
    if (label_is_money(label)) return is_any(last, people); /* "Sales Rep", not "Technician Pay" */
    return has_any(&words, people) || (words.count > 1 && strcmp(last, "by") == 0);
}

bool label_is_doer(struct view label) {
    struct words words = cut(label);
    static const char *const served[] = {"customer", "vendor",   "member",     "owner", "payer", "competitor", "manufacturer", "supplier",
                                         "caller",   "buyer",    "subscriber", "payor", "user",  "builder",    "lender",       "insurer",
                                         "realtor",  "occupier", "number",     "order", "tier",  "quarter",    "center",       "layer",
                                         "partner",  "carrier",  "contractor", "distributor", "referrer", NULL};
    static const char *const ends[] = {"or", "er", "ist", "lead", "rep", "staff", "crew", "worker"};
    if (words.count == 0 || has_any(&words, served)) return false;
    const char *last = words.list[words.count - 1];
    size_t length = strlen(last);
    for (const char *const *word = served; *word; word++) /* "Homeowner" */
        if (length > strlen(*word) && strcmp(last + length - strlen(*word), *word) == 0) return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t end = strlen(ends[i]);
        if (length > end && strcmp(last + length - end, ends[i]) == 0) return true;
        if (length == end && end > 2 && strcmp(last, ends[i]) == 0) return true;
    }
    return false;
}

bool label_names_person_id(struct view label) {
    struct words words = cut(label);
    static const char *const others[] = {"user",  "by",      "staff", "person",  "worker",
                                         "owner", "creator", "lead",  "payroll", NULL};
    return has_any(&words, people) || has_any(&words, others);
}

bool label_is_day(struct view label) {
    struct words words = cut(label);
    static const char *const days[] = {"date", "day", NULL};
    if (words.count == 0) return false;
    const char *last = words.list[words.count - 1];
    return has_any(&words, days) || (words.count > 1 && (strcmp(last, "on") == 0 || strcmp(last, "at") == 0));
}
