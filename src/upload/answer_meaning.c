/* answer_meaning.c: see answer_meaning.h. */
#include "upload/answer_meaning.h"

#include <string.h>

#include "base/json_find.h"

void answer_word(struct view value, char word[ANSWER_WORD_LENGTH + 1]) {
    struct buffer text = {0};
    size_t length = 0;
    json_add_plain(&text, value);
    for (size_t i = 0; i < text.length && length < ANSWER_WORD_LENGTH; i++) {
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
    static const char *const bad[] = {"error",    "fail",      "fault",   "reject",  "refus",     "invalid",
                                      "denied",   "deny",      "skip",    "ignor",   "exception", "problem",
                                      "unproc",   "notcreat",  "notsav",  "warning", "dropped",   "missing",
                                      "notfound", "notimport", "notstor", "dryrun",  "simulat"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (strstr(word, bad[i])) return true;
    return false;
}

/* Whether the word says that it is not done yet, only tried, or undone. */
static bool is_doubt_word(const char *word) {
    static const char *const doubt[] = {
        "queue",     "pending",      "async",       "deferred", "preview",    "sandbox",  "mock",
        "testmode",  "validateonly", "readonly",    "rollback", "rolledback", "partial",  "incomplete",
        "timeout",   "timedout",     "abort",       "cancel",   "throttl",    "exceeded", "expired",
        "unauthori", "forbidden",    "maintenance", "deleted",  "duplicate"};
    for (size_t i = 0; i < sizeof doubt / sizeof *doubt; i++)
        if (strstr(word, doubt[i])) return true;
    return false;
}

/* "created" of "created_count", "num_created", "total_created". */
static void drop_counting(char *word) {
    static const char *const before[] = {"num", "total", "count", "rows"}, *const after[] = {"count", "total", "rows"};
    size_t length = strlen(word);
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        size_t more = strlen(after[i]);
        if (length <= more || strcmp(word + length - more, after[i]) != 0) continue;
        word[length - more] = '\0';
        return;
    }
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        size_t more = strlen(before[i]);
        if (length <= more || strncmp(word, before[i], more) != 0) continue;
        memmove(word, word + more, length - more + 1);
        return;
    }
}

enum meaning answer_meaning(struct view key) {
    static const char *const success[] = {"success", "succeeded", "ok",        "valid",    "accepted", "saved",
                                          "stored",  "imported",  "committed", "complete", "done",     NULL};
    static const char *const status[] = {"status", "code",    "statuscode", "httpstatus",
                                         "state",  "outcome", "statustext", NULL};
    static const char *const words[] = {"detail", "details", "message", "messages", "msg",
                                        "reason", "info",    "note",    NULL};
    static const char *const good[] = {"results",   "registrations", "data",     "items",   "created",
                                       "updated",   "objects",       "response", "payload", "body",
                                       "successes", "result",        "inserted", "added",   "persisted",
                                       "upserted",  "written",       "affected", NULL};
    static const char *const count[] = {"count", "total", "length", "received", "processed", NULL};
    char word[ANSWER_WORD_LENGTH + 1];
    answer_word(key, word);
    if (is_bad_word(word)) return MEANS_ERROR;
    if (is_one_of(word, success)) return MEANS_SUCCESS;
    if (is_one_of(word, status)) return MEANS_STATUS;
    if (is_one_of(word, words)) return MEANS_WORDS;
    if (is_one_of(word, count)) return MEANS_COUNT;
    if (is_one_of(word, good)) return MEANS_GOOD;
    if (is_doubt_word(word)) return MEANS_DOUBT;
    drop_counting(word);
    if (is_one_of(word, good)) return MEANS_GOOD;
    return is_one_of(word, success) ? MEANS_SUCCESS : MEANS_UNKNOWN;
}

bool answer_is_good_text(struct view value) {
    static const char *const good[] = {"ok",       "okay",    "success",  "successful", "succeeded",
                                       "created",  "updated", "saved",    "stored",     "imported",
                                       "accepted", "done",    "complete", "completed",  "true",
                                       "yes",      "",        "replaced", "none",       NULL};
    char word[ANSWER_WORD_LENGTH + 1];
    answer_word(value, word);
    return is_one_of(word, good);
}

bool answer_is_bad_text(struct view value) {
    char word[ANSWER_WORD_LENGTH + 1];
    answer_word(value, word);
    return is_bad_word(word);
}

bool answer_count(struct view value, long *number) {
    char word[ANSWER_WORD_LENGTH + 1];
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

bool answer_tells(struct view value) {
    long number = 0;
    if (json_is_object(value) || json_is_list(value)) return json_count_members(value) > 0;
    if (json_is_null(value) || view_is(value, "false") || (answer_count(value, &number) && number == 0)) return false;
    char word[ANSWER_WORD_LENGTH + 1];
    answer_word(value, word);
    return strcmp(word, "") != 0 && strcmp(word, "none") != 0 && strcmp(word, "false") != 0 && strcmp(word, "no") != 0;
}

bool answer_is_false(struct view value) {
    char word[ANSWER_WORD_LENGTH + 1];
    answer_word(value, word);
    return strcmp(word, "false") == 0 || strcmp(word, "0") == 0 || strcmp(word, "no") == 0 || is_bad_word(word);
}
