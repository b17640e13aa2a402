/* window.c: the window slides over the source: bytes before `at` are dropped when more are read. What is given
 * away as a block goes with the whole buffer; only the begin of the next record is copied, into the buffer got for it. */
#include "input/json/window.h"

#include "input/block.h"

#define READ_SIZE (256u << 10)

void json_window_reset(struct json_window *window) {
    window->bytes.length = 0;
    window->at = 0;
    window->ended = false;
    window->position = json_position_at(1, 1);
}

bool json_window_fill(struct json_window *window, size_t wanted, struct error *error) {
    size_t ahead = window->bytes.length - window->at;
    if (ahead >= wanted || window->ended) {
        return true;
    }
    if (window->at > 0) {
        memmove(window->bytes.text, window->bytes.text + window->at, ahead);
        window->bytes.length = ahead;
        window->at = 0;
    }
    size_t aim = wanted < READ_SIZE ? READ_SIZE : wanted;
    while (window->bytes.length < wanted && !window->ended) {
        size_t room = aim - window->bytes.length, got = 0;
        char *to = buffer_reserve(&window->bytes, room);
        if (!source_read(window->source, to, room, &got, error)) {
            return false;
        }
        window->bytes.length += got;
        window->ended = got == 0;
    }
    return true;
}

void json_window_give(struct json_window *window, const char *end, const struct json_position *place,
                      struct buffer *to) {
    const char *start = json_window_start(window);
    size_t length = (size_t)(end - start), rest = (size_t)(json_window_end(window) - end);
    if (place)
        window->position = *place;
    else
        json_position_advance(&window->position, start, end);
    to->length = 0;
    if (window->at > 0 || rest > length) {
        buffer_add(to, view_from(start, length));
        window->at += length;
        return;
    }
    struct buffer given = window->bytes;
    window->bytes = *to;
    buffer_reserve(&window->bytes, 1); /* never without room: places in it are counted from its begin */
    buffer_add(&window->bytes, view_from(end, rest));
    given.length = length;
    *to = given;
}

void json_window_move(struct json_window *window, const char *to) {
    const char *from = json_window_start(window);
    json_position_advance(&window->position, from, to);
    window->at += (size_t)(to - from);
}

bool json_window_ahead(struct json_window *window, int *c, struct error *error) {
    for (;;) {
        if (!json_window_fill(window, 3, error)) { /* a byte order mark has three bytes */
            return false;
        }
        const char *end = json_window_end(window);
        if (json_window_start(window) == end) {
            *c = -1;
            return true;
        }
        const char *next = json_skip_joints(json_window_start(window), end);
        json_window_move(window, next);
        if (next < end) {
            *c = (unsigned char)*next;
            return true;
        }
    }
}

bool json_window_value(struct json_window *window, const char *what, size_t limit, const char **end,
                       struct error *error) {
    for (size_t wanted = 4096;; wanted *= 2) {
        if (!json_window_fill(window, wanted, error)) {
            return false;
        }
        const char *start = json_window_start(window);
        if (start == json_window_end(window)) {
            return json_window_cut_off(window, what, error);
        }
        *end = json_element_end(start, json_window_end(window), window->ended);
        size_t length = (size_t)((*end ? *end : json_window_end(window)) - start);
        if (length > (limit > 0 ? limit : BLOCK_RECORD_LIMIT)) {
            *end = NULL;
            return limit > 0 || json_window_too_large(window, what, error);
        }
        if (*end) {
            return true;
        }
        if (window->ended) {
            return json_window_cut_off(window, what, error);
        }
    }
}

static const char advice[] = "The file is damaged or was edited by hand. Export it again.";

bool json_window_damaged(const struct json_window *window, const char *what, struct error *error) {
    const char *at = json_window_start(window);
    if (json_window_end(window) - at >= 2 && at[0] == '/' && (at[1] == '/' || at[1] == '*')) {
        error_set(error, EXIT_CANNOT_READ, "%s:%" PRIu64 ":%" PRIu64 ": a comment is here, which JSON does not have",
                  source_name(window->source), window->position.line, window->position.column);
        return error_fix(error, "Remove the comment, or export it again.");
    }
    error_set(error, EXIT_CANNOT_READ, "%s:%" PRIu64 ":%" PRIu64 ": this is not valid JSON: %s",
              source_name(window->source), window->position.line, window->position.column, what);
    return error_fix(error, "%s", advice);
}

bool json_window_cut_off(const struct json_window *window, const char *what, struct error *error) {
    struct json_position last = window->position;
    json_position_advance(&last, json_window_start(window), json_window_end(window));
    error_set(error, EXIT_CANNOT_READ,
              "%s:%" PRIu64 ":%" PRIu64 ": the file ends in the middle of %s, which begins at line %" PRIu64
              ", column %" PRIu64 "",
              source_name(window->source), last.line, last.column, what, window->position.line,
              window->position.column);
    return error_fix(error, "The file is cut off. Export it again and let the download finish.");
}

bool json_window_too_large(const struct json_window *window, const char *what, struct error *error) {
    error_set(error, EXIT_CANNOT_READ, "%s:%" PRIu64 ":%" PRIu64 ": %s that begins here is larger than %u MiB",
              source_name(window->source), window->position.line, window->position.column, what,
              BLOCK_RECORD_LIMIT >> 20);
    return error_fix(error, "A quote or bracket is probably missing there. Export the file again.");
}
