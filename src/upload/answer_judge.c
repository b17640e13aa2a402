/* answer_judge.c: see answer_judge.h. The form of Plecto's answers is *assumed* nowhere: the whole answer is walked through,
 * and what is not plainly good leaves open what it is about. */
#include "upload/answer_judge.h"

#include <string.h>

#include "base/json_find.h"
#include "upload/answer.h"
#include "upload/answer_meaning.h"
#include "upload/line.h"
#include "upload/plecto_facts.h"
#include "upload/verify.h"

#define DEPTH_LIMIT 8 /* levels looked into; what is deeper leaves things open */

/* --- one registration ------------------------------------------------------------------------------------------------- */

static bool has_capital(struct view key) {
    for (size_t i = 0; i < key.length; i++)
        if (key.text[i] >= 'A' && key.text[i] <= 'Z') return true;
    return false;
}

/* Whether the member is a field of the registration itself, as it was sent: then it is no word about it. Where the answer
 * does not show the registration (`is_shown`), that needs the very title, which no word of a server has with a capital.
 * `*is_own`: it is called like one, whatever its value. */
static bool is_echo(const struct answer_sent *sent, struct view key, struct view value, bool is_shown, bool *is_own) {
    struct json_walk walk;
    struct view own, was;
    char name[ANSWER_WORD_LENGTH + 1], other[ANSWER_WORD_LENGTH + 1];
    *is_own = false;
    answer_word(key, name);
    if (!json_walk_start(&walk, sent->line)) return false;
    while (json_walk_next(&walk, &own, &was)) {
        if (line_is_common_key(own)) continue;
        answer_word(own, other);
        if (strcmp(name, other) != 0) continue;
        if (!is_shown && !(view_equal(own, key) && has_capital(key))) continue;
        *is_own = true;
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
    if (answer_count(value, &number))
        return number >= 400 ? ANSWER_REFUSED : number >= 200 && number < 300 ? ANSWER_TAKEN : ANSWER_OPEN;
    if (answer_is_bad_text(value)) return ANSWER_REFUSED;
    return answer_is_good_text(value) || json_is_null(value) ? ANSWER_TAKEN : ANSWER_OPEN;
}

/* What is in an object or a list, the caller looks into. */
static enum answer_item judge_word(enum meaning meaning, struct view value) {
    bool is_inner = json_is_object(value) || json_is_list(value);
    switch (meaning) {
    case MEANS_ERROR: return answer_tells(value) ? ANSWER_REFUSED : ANSWER_TAKEN;
    case MEANS_SUCCESS:
        if (is_inner) return ANSWER_TAKEN;
        return json_is_null(value) ? ANSWER_OPEN : answer_is_false(value) ? ANSWER_REFUSED : ANSWER_TAKEN;
    case MEANS_STATUS: return judge_status(value);
    case MEANS_WORDS: return answer_tells(value) && !answer_is_good_text(value) ? ANSWER_OPEN : ANSWER_TAKEN;
    case MEANS_GOOD:
        return is_inner || !answer_is_bad_text(value) ? ANSWER_TAKEN : ANSWER_REFUSED; /* {"result": "ERROR"} */
    case MEANS_DOUBT: return answer_tells(value) ? ANSWER_OPEN : ANSWER_TAKEN;
    case MEANS_UNKNOWN: return is_inner || !answer_is_bad_text(value) ? ANSWER_TAKEN : ANSWER_OPEN;
    default: return ANSWER_TAKEN;
    }
}

/* What an object about one registration shows of it as a whole. */
struct signs {
    bool is_done, is_undone;   /* {"created": false, "updated": true} */
    bool has_uuid, lacks_uuid; /* {"uuid": null}: named, and not made */
    bool has_more;             /* than what was sent: it is no mirror's */
};

static bool is_uuid_key(struct view key) {
    static const char *const keys[] = PLECTO_UUID_KEYS;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (json_says(key, keys[i])) return true;
    return false;
}

static void take_sign(struct signs *signs, enum meaning meaning, struct view key, struct view value) {
    bool is_empty = json_is_null(value) || view_is(value, "\"\"") || view_is(value, "false");
    if (is_uuid_key(key)) {
        signs->has_uuid = signs->has_uuid || !is_empty;
        signs->lacks_uuid = signs->lacks_uuid || is_empty;
    }
    if (meaning != MEANS_GOOD || json_is_object(value) || json_is_list(value)) return;
    bool is_no = is_empty || answer_is_false(value);
    signs->is_undone = signs->is_undone || is_no;
    signs->is_done = signs->is_done || !is_no;
}

/* What the members of an object that is about one registration say of it. */
/* NOLINTNEXTLINE(misc-no-recursion): at most DEPTH_LIMIT deep */
static enum answer_item judge_about(const struct answer_sent *sent, struct view object, bool is_shown, size_t depth,
                                    bool *has_more) {
    struct json_walk walk;
    struct view key, value;
    struct signs signs = {0};
    enum answer_item item = ANSWER_TAKEN;
    if (depth > DEPTH_LIMIT) return ANSWER_OPEN;
    is_shown = is_shown || json_find_key(object, view_of(KEY_DATE), &value);
    if (!json_walk_start(&walk, object)) return ANSWER_OPEN;
    while (json_walk_next(&walk, &key, &value)) {
        bool is_own;
        if (is_echo(sent, key, value, is_shown, &is_own) || (key.length > 0 && line_is_common_key(key))) continue;
        enum meaning meaning = key.length > 0 ? answer_meaning(key) : MEANS_UNKNOWN;
        *has_more = true;
        enum answer_item said = judge_word(meaning, value);
        take_sign(&signs, meaning, key, value);
        if (json_is_object(value) || json_is_list(value))
            said = worse(said, judge_about(sent, value, is_shown, depth + 1, has_more));
        /* Plecto may have rounded or cut its own field "Failed Calls": that refuses nothing */
        item = worse(item, is_own && said == ANSWER_REFUSED ? ANSWER_OPEN : said);
    }
    bool is_doubtful = (signs.is_undone && !signs.is_done) || (signs.lacks_uuid && !signs.has_uuid);
    return is_doubtful ? worse(item, ANSWER_OPEN) : item;
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
    bool has_words; /* of which nothing is known: "100 stored", "Not allowed." */
    bool has_more;  /* than what was sent */
    bool has_counts;
    long done, least; /* what its counts of what was done come to; the least count of what came in */
};

/* Judges an object about registration i. One that is the ID alone is a server's word; one that is all that was sent, and no
 * more, may be a mirror's. */
static enum answer_item judge_item(struct judge *judge, size_t i, struct view object) {
    struct view date;
    bool has_more = !json_find_key(object, view_of(KEY_DATE), &date);
    enum answer_item item = judge_about(&judge->sent[i], object, false, 0, &has_more);
    judge->has_more = judge->has_more || has_more;
    return item;
}

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
static void judge_number(struct judge *judge, enum meaning meaning, struct view value) {
    long number = 0;
    if (!answer_count(value, &number)) return;
    if ((size_t)number < judge->count) judge->is_short = true;
    if (meaning == MEANS_COUNT && number < judge->least) judge->least = number;
    if (meaning == MEANS_SUCCESS && number == 1) judge->has_words = true; /* yes, or one */
    if (meaning != MEANS_GOOD && (meaning != MEANS_SUCCESS || number == 1)) return;
    judge->has_counts = judge->has_counts || json_is_number(value);
    judge->done += number;
}

/* Whether its counts say that less was taken than was sent: 0 created of 100 that are shown. */
static bool counts_less(const struct judge *judge) {
    return (judge->has_counts && judge->done < (long)judge->count) || judge->least < (long)judge->count;
}

/* {"created": false}, {"uuid": null}, of whatever they are. */
static bool says_no(enum meaning meaning, struct view key, struct view value) {
    struct signs signs = {0};
    take_sign(&signs, meaning, key, value);
    return (signs.is_undone && !json_is_number(value)) || signs.lacks_uuid;
}

/* NOLINTNEXTLINE(misc-no-recursion): at most DEPTH_LIMIT deep */
static void judge_member(struct judge *judge, struct view key, struct view value, enum place place, size_t depth) {
    bool is_inner = json_is_object(value) || json_is_list(value);
    size_t about = find_sent(judge, key);
    if (about < judge->count) {
        /* a word or a number under such a key proves nothing: the ID may be a word that means something else here */
        bool is_told = is_inner && json_count_members(value) > 0;
        enum answer_item item = is_told ? judge_item(judge, about, value) : ANSWER_OPEN;
        mark(judge, about, worse(item_at(place), item));
        return;
    }
    enum meaning meaning = answer_meaning(key);
    enum answer_item item = judge_word(meaning, value);
    bool is_error = item == ANSWER_REFUSED || (place == PLACE_BAD && answer_tells(value));
    judge->has_error = judge->has_error || is_error;
    judge->has_words = judge->has_words || (item == ANSWER_OPEN && meaning == MEANS_WORDS);
    judge->is_odd = judge->is_odd || (item == ANSWER_OPEN && meaning != MEANS_WORDS) || says_no(meaning, key, value);
    if (meaning != MEANS_ERROR && meaning != MEANS_STATUS) judge_number(judge, meaning, value);
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
        mark(judge, about, worse(item_at(place), judge_item(judge, about, object)));
        return;
    }
    if (!json_walk_start(&walk, object)) return;
    while (json_walk_next(&walk, &key, &value))
        judge_member(judge, key, value, place, depth);
}

/* A list of IDs is a server's word. */
static void mark_listed(struct judge *judge, size_t i, enum answer_item item) {
    judge->has_more = true;
    mark(judge, i, item);
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
            mark_listed(judge, about, json_is_text(item) ? item_at(place) : ANSWER_OPEN); /* numbers may be statuses */
        else if (json_is_object(item) || json_is_list(item))
            judge_value(judge, item, place, depth + 1);
        else if (place == PLACE_BAD || (json_is_text(item) && answer_is_bad_text(item)) || view_is(item, "false"))
            judge->has_error = true;
        else if (json_is_text(item) && !answer_is_good_text(item))
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
    judge_number(judge, MEANS_UNKNOWN, value);
    if (about < judge->count)
        mark(judge, about, ANSWER_OPEN);
    else if (view_is(value, "false") || (json_is_text(value) && answer_is_bad_text(value)))
        judge->has_error = true;
    else if (json_is_text(value) && !answer_is_good_text(value))
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
    bool is_contradiction =
        (judge->has_error && refused == 0) || (taken == judge->count && (counts_less(judge) || judge->is_odd));
    bool is_all = taken == judge->count && !is_contradiction;
    /* what was promised for later, what unknown words stand beside, and what only repeats what was sent */
    bool is_weak = status == 202 || (is_all && (judge->has_words || !judge->has_more));
    if (is_all)
        verdict.kind = is_weak ? ANSWER_SAYS_NOTHING : ANSWER_SAYS_ALL;
    else
        verdict.kind = named > 0 || verdict.has_error || judge->is_odd || judge->has_words || judge->is_short
                           ? ANSWER_SAYS_OTHER
                           : ANSWER_SAYS_NOTHING;
    for (size_t i = 0; (is_contradiction || is_weak) && i < judge->count; i++)
        if (judge->items[i] == ANSWER_TAKEN) judge->items[i] = ANSWER_OPEN;
    return verdict;
}

struct answer_verdict answer_judge(long status, struct view body, const struct answer_sent *sent, size_t count,
                                   enum answer_item *items) {
    bool is_named[PLECTO_LIST_LIMIT] = {false};
    struct judge judge = {.sent = sent, .count = count, .items = items, .is_named = is_named, .least = (long)count};
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
