/* answer_judge.c: see answer_judge.h. The form of Plecto's answers is *assumed* nowhere: the whole answer is walked through,
 * and what is not plainly good leaves open what it is about. */
#include "upload/answer_judge.h"

#include <string.h>

#include "base/json_find.h"
#include "upload/answer.h"
#include "upload/line.h"
#include "upload/plecto_facts.h"
#include "upload/verify.h"

#define DEPTH_LIMIT 8 /* levels looked into; what is deeper leaves things open */
#define WORD_LENGTH 40

/* --- words ------------------------------------------------------------------------------------------------------------ */

/* What a key, or a value that is a text, means. */
enum meaning { MEANS_UNKNOWN, MEANS_GOOD, MEANS_ERROR, MEANS_SUCCESS, MEANS_STATUS, MEANS_WORDS };

/* Letters and digits in lower case: "Non-Field_Errors" is "nonfielderrors". Cut where it is longer than `word`. */
static void normalize(struct view value, char word[WORD_LENGTH + 1]) {
    struct buffer text = {0};
    size_t length = 0;
    json_add_plain(&text, value);
    for (size_t i = 0; i < text.length && length < WORD_LENGTH; i++) {
        char c = text.text[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80) word[length++] = c;
    }
    word[length] = '\0';
    buffer_free(&text);
}

static bool is_one_of(const char *word, const char *const *list) {
    while (*list && strcmp(word, *list) != 0)
        list++;
    return *list != NULL;
}

/* Whether the word speaks of a failure, whatever stands around it. */
static bool is_bad_word(const char *word) {
    static const char *const bad[] = {"error",  "fail",    "fault",   "reject",    "refus",    "invalid",  "denied",
                                      "deny",   "skip",    "ignor",   "exception", "problem",  "unproc",   "notcreat",
                                      "notsav", "warning", "dropped", "missing",   "notfound", "notimport"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (strstr(word, bad[i])) return true;
    return false;
}

static enum meaning meaning_of_key(struct view key) {
    static const char *const success[] = {"success", "succeeded", "ok",       "valid", "accepted",
                                          "saved",   "stored",    "imported", NULL};
    static const char *const status[] = {"status", "code",    "statuscode", "httpstatus",
                                         "state",  "outcome", "statustext", NULL};
    static const char *const words[] = {"detail", "details", "message", "messages", "msg",
                                        "reason", "info",    "note",    NULL};
    static const char *const good[] = {"results",   "registrations", "data",     "items",   "created",
                                       "updated",   "objects",       "response", "payload", "body",
                                       "successes", "result",        NULL};
    char word[WORD_LENGTH + 1];
    normalize(key, word);
    if (is_bad_word(word)) return MEANS_ERROR;
    if (is_one_of(word, success)) return MEANS_SUCCESS;
    if (is_one_of(word, status)) return MEANS_STATUS;
    if (is_one_of(word, words)) return MEANS_WORDS;
    return is_one_of(word, good) ? MEANS_GOOD : MEANS_UNKNOWN;
}

/* Whether a text says that all is well, and nothing else. */
static bool is_good_text(struct view value) {
    static const char *const good[] = {"ok",       "okay",    "success",  "successful", "succeeded",
                                       "created",  "updated", "saved",    "stored",     "imported",
                                       "accepted", "done",    "complete", "completed",  "true",
                                       "yes",      "",        "replaced", "none",       NULL};
    char word[WORD_LENGTH + 1];
    normalize(value, word);
    return is_one_of(word, good);
}

static bool is_bad_text(struct view value) {
    char word[WORD_LENGTH + 1];
    normalize(value, word);
    return is_bad_word(word);
}

/* A whole number, or a text that is one; false for others. */
static bool read_count(struct view value, long *number) {
    char word[WORD_LENGTH + 1];
    if (!json_is_number(value) && !json_is_text(value)) return false;
    struct view digits = json_is_text(value) ? view_from(value.text + 1, value.length - 2) : value;
    if (digits.length == 0 || digits.length > 9) return false;
    memcpy(word, digits.text, digits.length);
    word[digits.length] = '\0';
    if (strspn(word, "0123456789") != digits.length) return false;
    *number = 0;
    for (const char *digit = word; *digit; digit++)
        *number = *number * 10 + (*digit - '0');
    return true;
}

/* Whether a value under a key of errors says that there is one. */
static bool says_something(struct view value) {
    long number = 0;
    if (json_is_object(value) || json_is_list(value)) return json_count_members(value) > 0;
    if (json_is_null(value) || view_is(value, "false") || (read_count(value, &number) && number == 0)) return false;
    char word[WORD_LENGTH + 1];
    normalize(value, word);
    return strcmp(word, "") != 0 && strcmp(word, "none") != 0 && strcmp(word, "false") != 0 && strcmp(word, "no") != 0;
}

static bool is_false(struct view value) {
    char word[WORD_LENGTH + 1];
    normalize(value, word);
    return strcmp(word, "false") == 0 || strcmp(word, "0") == 0 || strcmp(word, "no") == 0 || is_bad_word(word);
}

/* --- one registration ------------------------------------------------------------------------------------------------- */

static bool has_capital(struct view key) {
    for (size_t i = 0; i < key.length; i++)
        if (key.text[i] >= 'A' && key.text[i] <= 'Z') return true;
    return false;
}

/* Whether the member is a field of the registration itself, as it was sent: then it is no word about it. Where the answer
 * does not show the registration (`is_shown`), that needs the very title, which no word of a server has with a capital. */
static bool is_echo(const struct answer_sent *sent, struct view key, struct view value, bool is_shown) {
    struct json_walk walk;
    struct view own, was;
    char name[WORD_LENGTH + 1], other[WORD_LENGTH + 1];
    normalize(key, name);
    if (!json_walk_start(&walk, sent->line)) return false;
    while (json_walk_next(&walk, &own, &was)) {
        if (line_is_common_key(own)) continue;
        normalize(own, other);
        if (strcmp(name, other) != 0) continue;
        if (!is_shown && !(view_equal(own, key) && has_capital(key))) continue;
        for (int type = PLECTO_TEXT; type <= PLECTO_BOOLEAN; type++)
            if (verify_same_value((enum plecto_type)type, was, value)) return true;
    }
    return false;
}

static enum answer_item worse(enum answer_item left, enum answer_item right) {
    if (left == ANSWER_REFUSED || right == ANSWER_REFUSED) return ANSWER_REFUSED;
    return left == ANSWER_OPEN || right == ANSWER_OPEN ? ANSWER_OPEN : ANSWER_TAKEN;
}

static enum answer_item judge_status(struct view value) {
    long number = 0;
    if (json_is_object(value) || json_is_list(value)) return ANSWER_TAKEN; /* looked into by the caller */
    if (read_count(value, &number)) return number >= 400 ? ANSWER_REFUSED : number >= 200 ? ANSWER_TAKEN : ANSWER_OPEN;
    if (is_bad_text(value)) return ANSWER_REFUSED;
    return is_good_text(value) || json_is_null(value) ? ANSWER_TAKEN : ANSWER_OPEN;
}

static enum answer_item judge_word(enum meaning meaning, struct view value) {
    switch (meaning) {
    case MEANS_ERROR: return says_something(value) ? ANSWER_REFUSED : ANSWER_TAKEN;
    case MEANS_SUCCESS:
        if (json_is_object(value) || json_is_list(value)) return ANSWER_TAKEN; /* looked into by the caller */
        return json_is_null(value) ? ANSWER_OPEN : is_false(value) ? ANSWER_REFUSED : ANSWER_TAKEN;
    case MEANS_STATUS: return judge_status(value);
    case MEANS_WORDS: return says_something(value) && !is_good_text(value) ? ANSWER_OPEN : ANSWER_TAKEN;
    default: return ANSWER_TAKEN;
    }
}

/* What the members of an object that is about one registration say of it. */
/* NOLINTNEXTLINE(misc-no-recursion): at most DEPTH_LIMIT deep */
static enum answer_item judge_about(const struct answer_sent *sent, struct view object, bool is_shown, size_t depth) {
    struct json_walk walk;
    struct view key, value;
    enum answer_item item = ANSWER_TAKEN;
    if (depth > DEPTH_LIMIT) return ANSWER_OPEN;
    is_shown = is_shown || json_find_key(object, view_of(KEY_DATE), &value);
    if (!json_walk_start(&walk, object)) return ANSWER_OPEN;
    while (json_walk_next(&walk, &key, &value)) {
        if (is_echo(sent, key, value, is_shown)) continue;
        item = worse(item, judge_word(key.length > 0 ? meaning_of_key(key) : MEANS_UNKNOWN, value));
        if (json_is_object(value) || json_is_list(value))
            item = worse(item, judge_about(sent, value, is_shown, depth + 1));
    }
    return item;
}

/* --- the whole -------------------------------------------------------------------------------------------------------- */

/* What is known of the place in the answer that is looked at. */
enum place { PLACE_TOP, PLACE_GOOD, PLACE_BAD, PLACE_UNKNOWN };

struct judge {
    const struct answer_sent *sent;
    size_t count;
    enum answer_item *items;
    bool *is_named;
    bool has_error, is_odd, is_short;
};

static size_t find_sent(const struct judge *judge, struct view value) {
    struct buffer text = {0};
    if (!json_is_text(value) && !json_is_number(value)) return judge->count;
    json_add_plain(&text, value);
    size_t i = 0;
    while (i < judge->count && !view_equal(judge->sent[i].external_id, buffer_view(&text)))
        i++;
    buffer_free(&text);
    return i;
}

static void mark(struct judge *judge, size_t i, enum answer_item item) {
    judge->items[i] = judge->is_named[i] ? worse(judge->items[i], item) : item;
    judge->is_named[i] = true;
}

static enum answer_item item_at(enum place place) {
    return place == PLACE_BAD ? ANSWER_REFUSED : place == PLACE_UNKNOWN ? ANSWER_OPEN : ANSWER_TAKEN;
}

/* The registration that an object is about; count if none. */
static size_t find_about(const struct judge *judge, struct view object) {
    static const char *const keys[] = {KEY_EXTERNAL_ID, KEY_REFERENCE, "externalId"};
    struct view value;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        size_t i = json_find_key(object, view_of(keys[k]), &value) ? find_sent(judge, value) : judge->count;
        if (i < judge->count) return i;
    }
    return judge->count;
}

static void judge_value(struct judge *judge, struct view value, enum place place, size_t depth);

/* A number below what was sent may count what was taken. */
static void judge_number(struct judge *judge, struct view value) {
    long number = 0;
    if (read_count(value, &number) && (size_t)number < judge->count) judge->is_short = true;
}

/* NOLINTNEXTLINE(misc-no-recursion): at most DEPTH_LIMIT deep */
static void judge_member(struct judge *judge, struct view key, struct view value, enum place place, size_t depth) {
    bool is_inner = json_is_object(value) || json_is_list(value);
    size_t about = find_sent(judge, key);
    if (about < judge->count) {
        /* a word or a number under such a key proves nothing: the ID may be a word that means something else here */
        bool is_told = is_inner && json_count_members(value) > 0;
        enum answer_item item = is_told ? judge_about(&judge->sent[about], value, false, depth) : ANSWER_OPEN;
        mark(judge, about, worse(item_at(place), item));
        return;
    }
    enum meaning meaning = meaning_of_key(key);
    enum answer_item item = judge_word(meaning, value);
    bool is_error = item == ANSWER_REFUSED || (place == PLACE_BAD && says_something(value));
    judge->has_error = judge->has_error || is_error;
    judge->is_odd = judge->is_odd || item == ANSWER_OPEN;
    if (meaning != MEANS_ERROR && meaning != MEANS_STATUS) judge_number(judge, value);
    if (!is_inner) return;
    /* what is in an unknown place stays so: {"request": {"body": [...]}} repeats what was sent */
    enum place inner = place == PLACE_BAD || meaning == MEANS_ERROR        ? PLACE_BAD
                       : place == PLACE_UNKNOWN                            ? PLACE_UNKNOWN
                       : meaning == MEANS_GOOD || meaning == MEANS_SUCCESS ? PLACE_GOOD
                                                                           : PLACE_UNKNOWN;
    judge_value(judge, value, inner, depth + 1);
}

/* NOLINTNEXTLINE(misc-no-recursion): at most DEPTH_LIMIT deep */
static void judge_object(struct judge *judge, struct view object, enum place place, size_t depth) {
    struct json_walk walk;
    struct view key, value;
    size_t about = find_about(judge, object);
    if (about < judge->count) {
        mark(judge, about, worse(item_at(place), judge_about(&judge->sent[about], object, false, depth)));
        return;
    }
    if (!json_walk_start(&walk, object)) return;
    while (json_walk_next(&walk, &key, &value))
        judge_member(judge, key, value, place, depth);
}

/* NOLINTNEXTLINE(misc-no-recursion): at most DEPTH_LIMIT deep */
static void judge_list(struct judge *judge, struct view list, enum place place, size_t depth) {
    struct json_walk walk;
    struct view item;
    size_t length = json_count_members(list);
    if (length > 0 && length < judge->count && place != PLACE_BAD) judge->is_short = true;
    if (!json_walk_start(&walk, list)) return;
    while (json_walk_next(&walk, NULL, &item)) {
        size_t about = find_sent(judge, item);
        if (about < judge->count)
            mark(judge, about, json_is_text(item) ? item_at(place) : ANSWER_OPEN); /* numbers may be statuses */
        else if (json_is_object(item) || json_is_list(item))
            judge_value(judge, item, place, depth + 1);
        else if (place == PLACE_BAD || (json_is_text(item) && is_bad_text(item)) || view_is(item, "false"))
            judge->has_error = true;
        else if (json_is_text(item) && !is_good_text(item))
            judge->is_odd = true;
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): at most DEPTH_LIMIT deep */
static void judge_value(struct judge *judge, struct view value, enum place place, size_t depth) {
    if (depth > DEPTH_LIMIT)
        judge->is_odd = true;
    else if (json_is_object(value))
        judge_object(judge, value, place, depth);
    else if (json_is_list(value))
        judge_list(judge, value, place, depth);
}

/* An answer that is neither object nor list. */
static void judge_scalar(struct judge *judge, struct view value) {
    size_t about = find_sent(judge, value);
    judge_number(judge, value);
    if (about < judge->count)
        mark(judge, about, ANSWER_OPEN);
    else if (view_is(value, "false") || (json_is_text(value) && is_bad_text(value)))
        judge->has_error = true;
    else if (json_is_text(value) && !is_good_text(value))
        judge->is_odd = true;
}

static struct answer_verdict verdict_of(const struct judge *judge, long status) {
    struct answer_verdict verdict = {.has_error = judge->has_error};
    size_t named = 0, taken = 0, refused = 0;
    for (size_t i = 0; i < judge->count; i++) {
        named += judge->is_named[i];
        taken += judge->items[i] == ANSWER_TAKEN;
        refused += judge->items[i] == ANSWER_REFUSED;
    }
    verdict.has_error = judge->has_error || refused > 0;
    /* an error that names no one may be about anyone */
    bool is_contradiction = judge->has_error && refused == 0;
    if (taken == judge->count && !is_contradiction)
        verdict.kind = ANSWER_SAYS_ALL;
    else
        verdict.kind = named > 0 || verdict.has_error || judge->is_odd || judge->is_short ? ANSWER_SAYS_OTHER
                                                                                          : ANSWER_SAYS_NOTHING;
    if (is_contradiction || status == 202)
        for (size_t i = 0; i < judge->count; i++)
            if (judge->items[i] == ANSWER_TAKEN) judge->items[i] = ANSWER_OPEN;
    if (status == 202 && verdict.kind == ANSWER_SAYS_ALL) verdict.kind = ANSWER_SAYS_NOTHING;
    return verdict;
}

struct answer_verdict answer_judge(long status, struct view body, const struct answer_sent *sent, size_t count,
                                   enum answer_item *items) {
    bool is_named[PLECTO_LIST_LIMIT] = {false};
    struct judge judge = {.sent = sent, .count = count, .items = items, .is_named = is_named};
    struct view value = view_trim(body);
    for (size_t i = 0; i < count; i++)
        items[i] = ANSWER_OPEN;
    if (value.length > 0 && !json_is_valid(value)) {
        judge.is_odd = true;
    } else if (json_is_object(value) || json_is_list(value)) {
        judge_value(&judge, value, PLACE_TOP, 0);
    } else if (value.length > 0) {
        judge_scalar(&judge, value);
    }
    return verdict_of(&judge, status);
}
