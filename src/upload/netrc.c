/* netrc.c: the file that curl and ftp know: "machine NAME login WHO password SECRET", words with blanks between them,
 * quoted where they hold blanks; macdef to the next empty line is skipped. */
#include "base/memory.h"
#include "upload/credentials.h"

struct words {
    const char *at, *end;
    struct buffer word; /* never grows: no copy is left behind */
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_line(struct words *words) {
    while (words->at < words->end && *words->at != '\n')
        words->at++;
}

static void take_quoted(struct words *words) {
    for (words->at++; words->at < words->end && *words->at != '"'; words->at++) {
        if (*words->at == '\\' && words->at + 1 < words->end) words->at++;
        buffer_add_char(&words->word, *words->at);
    }
    if (words->at < words->end) words->at++;
}

static bool next_word(struct words *words) {
    words->word.length = 0;
    for (;;) {
        while (words->at < words->end && is_blank(*words->at))
            words->at++;
        if (words->at == words->end || *words->at != '#') break;
        skip_line(words);
    }
    if (words->at == words->end) return false;
    if (*words->at == '"') {
        take_quoted(words);
        return true;
    }
    while (words->at < words->end && !is_blank(*words->at))
        buffer_add_char(&words->word, *words->at++);
    return true;
}

static bool is_word(const struct words *words, const char *text) {
    return view_is(buffer_view(&words->word), text);
}

static void skip_macro(struct words *words) {
    for (skip_line(words); words->at < words->end; skip_line(words)) {
        words->at++; /* behind the line end */
        if (words->at < words->end && (*words->at == '\n' || *words->at == '\r')) return;
    }
}

static void keep(struct words *words, char **text) {
    if (*text || !next_word(words)) return;
    *text = memory_copy(buffer_view(&words->word));
}

bool netrc_find(struct view text, const char *host, struct credentials *credentials) {
    struct words words = {.at = text.text, .end = text.text ? text.text + text.length : NULL};
    bool is_ours = false;
    *credentials = (struct credentials){0};
    buffer_reserve(&words.word, text.length + 1);
    while (next_word(&words)) {
        bool is_machine = is_word(&words, "machine"), is_default = is_word(&words, "default");
        if (is_machine || is_default) {
            if (is_ours) break; /* the first entry that fits */
            is_ours = is_default || (next_word(&words) && view_equal_fold(buffer_view(&words.word), view_of(host)));
        } else if (is_word(&words, "macdef")) {
            skip_macro(&words);
        } else if (is_word(&words, "account")) {
            next_word(&words);
        } else if (is_word(&words, "login") || is_word(&words, "password")) {
            bool is_login = is_word(&words, "login");
            if (is_ours)
                keep(&words, is_login ? &credentials->email : &credentials->password);
            else
                next_word(&words);
        }
    }
    wipe_buffer(&words.word);
    if (credentials->email && credentials->password) return true;
    credentials_wipe(credentials);
    return false;
}
