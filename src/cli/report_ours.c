/* report_ours.c: see report_ours.h. */
#include "cli/report_ours.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/view.h"
#include "report/result.h"
#include "review/review_read.h"

#define HEAD 4096

/* What our files begin with; `within`: what is in the head besides. */
static const struct { const char *begin, *within; } marks[] = {
    {"{\"format\": \"st2plecto-", ""},
    {"{\"format\":\"st2plecto-", ""},
    {"{\"type\": \"summary\"", "\"st2plecto-lines/"},
    {"{\"type\":\"summary\"", "\"st2plecto-lines/"},
    {"<!DOCTYPE html>", "<meta name=\"generator\" content=\"st2plecto\">"},
    {"<?xml", "<testsuites name=\"st2plecto "},
    {"::error ", "title="},
    {"::warning ", "title="},
};

/* "Converted, 3 rows set aside: …", "Not ready: …", also colored or as a heading of Markdown. */
static bool is_verdict(struct view text) {
    static const char *const words[] = {"Converted", "Ready", "Not converted", "Not ready"};
    if (view_starts_with(text, "## ")) text = view_from(text.text + 3, text.length - 3);
    if (view_starts_with(text, "\033[1;3")) text = view_from(text.text + 7, text.length > 7 ? text.length - 7 : 0);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if (!view_starts_with(text, words[i])) continue;
        struct view rest = view_from(text.text + length, text.length - length);
        return view_starts_with(rest, ": ") ||
               (view_starts_with(rest, ", ") && rest.length > 2 && rest.text[2] >= '1' && rest.text[2] <= '9');
    }
    return false;
}

/* Nobody decided or changed anything in it. */
static bool is_untouched(const char *path) {
    struct review_book book = {0};
    struct error error = {0};
    bool is_fine = review_read(path, &book, &error) && book.row_count == 0;
    review_book_free(&book);
    error_free(&error);
    return is_fine;
}

/* By the first bytes of the file. */
static bool is_ours(const char *path) {
    struct stat status;
    char head[HEAD];
    if (lstat(path, &status) != 0 || !S_ISREG(status.st_mode)) return false;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW);
    if (file < 0) return false;
    ssize_t length = read(file, head, sizeof head);
    close(file);
    if (length <= 0) return length == 0;
    struct view text = view_from(head, (size_t)length);
    if (view_starts_with(text, "PK")) return is_untouched(path);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (view_starts_with(text, marks[i].begin) && view_find(text, marks[i].within) != SIZE_MAX) return true;
    return is_verdict(text);
}

bool report_may_replace(const char *path, bool force) {
    return force || is_ours(path);
}
