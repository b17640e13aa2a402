/* fuzz_answer.c: what a server may answer: its words are one line without control characters, its marks stay within the
 * list that was sent, its page is part of the answer. */
#include <string.h>

#include "fuzz/fuzz.h"
#include "upload/answer.h"
#include "upload/answer_judge.h"

#define MARKS 100

static void check_words(struct view body) {
    struct buffer words = {0};
    buffer_add_text(&words, "x");
    answer_words(body, &words);
    fuzz_require(words.length >= 1 && words.length <= 1 + 400, "%zu bytes of words", words.length);
    for (size_t i = 0; i < words.length; i++)
        fuzz_require((unsigned char)words.text[i] >= ' ' && words.text[i] != 0x7f, "a control character in the words");
    buffer_free(&words);
}

static void check_marks(struct view body) {
    static const size_t counts[] = {1, 2, 3, MARKS - 1};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        bool marks[MARKS] = {false};
        size_t count = counts[i];
        bool is_useful = answer_marks(body, count, marks);
        size_t marked = 0;
        for (size_t k = 0; k < count; k++)
            marked += marks[k];
        fuzz_require(!marks[count], "a mark behind the list");
        fuzz_require(!is_useful || marked > 0, "an answer that helps marks nothing");
    }
}

/* Only IDs whose text is in the answer are ever taken. */
static void check_judge(struct view body) {
    const struct answer_sent sent[] = {{view_of("q7"), view_of("{\"external_id\":\"q7\",\"Error\":\"no\"}")},
                                       {view_of("\x01none"), view_of("{\"external_id\":\"none\"}")}};
    enum answer_item items[2];
    struct answer_verdict verdict = answer_judge(200, body, sent, 2, items);
    fuzz_require(verdict.kind != ANSWER_SAYS_ALL && items[1] != ANSWER_TAKEN, "an ID that no answer names is taken");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct view body = fuzz_view(data, size), list;
    char uuid[37] = "";
    check_words(body);
    check_marks(body);
    check_judge(body);
    answer_complains_about(body, "data_source");
    if (answer_page(body, &list))
        fuzz_require(list.text >= body.text && list.text + list.length <= body.text + body.length && list.length >= 2,
                     "a page outside of the answer");
    answer_is_last(body);
    if (answer_uuid(body, uuid)) fuzz_require(strlen(uuid) == 36 || strlen(uuid) == 32, "a UUID of %zu characters", strlen(uuid));
    return 0;
}
