/* pages.c: see pages.h. */
#include "upload/pages.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/json_find.h"
#include "base/memory.h"
#include "upload/answer.h"

#define PAGE_LIMIT 1000u

struct pages {
    pages_taker *take;
    void *context;
    char first[65]; /* the hash of the first item of the page before */
};

bool page_is_repeated(char hash[65], struct view text) {
    char before[65];
    memcpy(before, hash, sizeof before);
    sha256_of(text, hash);
    return strcmp(before, hash) == 0;
}

/* Hands over the items; whether no further page is to be asked for. */
static bool take_page(struct pages *pages, struct view body, struct view list) {
    struct json_walk walk;
    struct view item, next;
    bool is_first = true;
    if (!json_walk_start(&walk, list)) return true;
    while (json_walk_next(&walk, NULL, &item)) {
        if (is_first && page_is_repeated(pages->first, item)) return true;
        is_first = false;
        pages->take(pages->context, item);
    }
    if (is_first) return true;
    /* a bare list does not say whether more follow; an object without "next" has all */
    return json_is_object(view_trim(body)) && (!json_find_key(body, view_of("next"), &next) || json_is_null(next));
}

enum pages_end pages_read(struct client *client, const char *path, pages_taker *take, void *context,
                          struct error *error) {
    struct pages pages = {.take = take, .context = context};
    enum pages_end end = PAGES_READ;
    bool is_last = false;
    for (unsigned page = 1; end == PAGES_READ && !is_last && page <= PAGE_LIMIT; page++) {
        struct client_answer answer = {0};
        struct view list;
        char *place = memory_print("%s?page=%u", path, page);
        const struct client_request request = {.method = "GET", .path = place};
        if (!client_send(client, &request, &answer, error)) {
            end = PAGES_FAILED;
        } else if (answer_is_behind(answer.status, buffer_view(&answer.body), page)) {
            is_last = true;
        } else if (answer.status == 401 || (answer.status >= 300 && answer.status < 400)) {
            client_refused(client, &answer, error);
            end = PAGES_FAILED;
        } else if (answer.status < 200 || answer.status >= 300 || !answer_page(buffer_view(&answer.body), &list)) {
            end = PAGES_NOT_ALLOWED;
        } else {
            is_last = take_page(&pages, buffer_view(&answer.body), list);
        }
        client_answer_free(&answer);
        free(place);
    }
    return end;
}
