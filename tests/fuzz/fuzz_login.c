/* fuzz_login.c: the small texts that an upload reads: credentials (JSON, two lines, netrc), Retry-After, words beside a period.
 * What is hidden is nowhere in the text. */
#define _GNU_SOURCE /* memmem */
#include <string.h>

#include "fuzz/fuzz.h"
#include "upload/credentials.h"
#include "upload/pace.h"
#include "upload/period_words.h"

static void check_hidden(const struct credentials *credentials, struct view text) {
    struct buffer shown = {0};
    const char *secret = credentials->password;
    if (!secret || strlen(secret) < 4 || strchr(secret, '*')) return;
    buffer_add(&shown, text);
    buffer_add_text(&shown, secret);
    credentials_hide(credentials, &shown);
    fuzz_require(!memmem(shown.text, shown.length, secret, strlen(secret)), "a password is shown");
    buffer_free(&shown);
}

static void check_period(struct view text) {
    struct view word;
    for (int is_dates_only = 0; is_dates_only <= 1; is_dates_only++) {
        if (period_has_other_words(text, "Completion Date", is_dates_only, &word))
            fuzz_require(word.text >= text.text && word.text + word.length <= text.text + text.length,
                         "a word outside of the text");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct view text = fuzz_view(data, size);
    double seconds = 0;
    for (int lines = 0; lines <= 1; lines++) {
        struct credentials credentials = {0};
        if (credentials_parse(text, lines, &credentials)) check_hidden(&credentials, text);
        credentials_wipe(&credentials);
    }
    struct credentials credentials = {0};
    if (netrc_find(text, "app.plecto.com", &credentials)) check_hidden(&credentials, text);
    credentials_wipe(&credentials);
    if (pace_retry_after(text, 1761000000, &seconds)) fuzz_require(seconds >= 0, "a wait of %g seconds", seconds);
    check_period(text);
    return 0;
}
