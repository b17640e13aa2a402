/* text_note.c: a short text that is no table. */
#include "reconcile/text_file.h"

#include "base/error.h"

#define NOTE_BYTES 4096
#define NOTE_LINES 20
#define NOTE_WORDS 4

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* What a line has of a note, and of a table. */
struct note_line {
    size_t cuts, blanks; /* delimiters that no blank follows and that are in no number */
    bool has_amount, is_binary;
};

static struct note_line look_at_line(struct view line) {
    struct note_line found = {0};
    for (size_t i = 0; i < line.length; i++) {
        char c = line.text[i], before = i > 0 ? line.text[i - 1] : ' ';
        char next = i + 1 < line.length ? line.text[i + 1] : ' ';
        bool is_in_number = (c == ',' || c == '.') && is_digit(before) && is_digit(next);
        found.has_amount = found.has_amount || is_in_number || (is_digit(c) && is_digit(next));
        found.cuts += !is_in_number && (c == ',' || c == ';' || c == '\t' || c == '|') && next != ' ' && next != '\r';
        found.blanks += c == ' ' && next != ' ';
        found.is_binary = found.is_binary || (c >= 0 && c < '\t') || c == '{' || c == '[';
    }
    return found;
}

bool text_is_note(const char *path) {
    struct buffer text = {0};
    struct error ignored = {0};
    size_t lines = 0, first_cuts = 0, blanks = 0;
    bool has_amount = false, is_table = false;
    bool is_read = text_file_head(path, NOTE_BYTES + 1, &text, &ignored) && text.length <= NOTE_BYTES;
    for (size_t at = 0; is_read && at < text.length; lines++) {
        size_t end = at;
        while (end < text.length && text.text[end] != '\n')
            end++;
        struct note_line line = look_at_line(view_from(text.text + at, end - at));
        if (lines == 0) first_cuts = line.cuts;
        is_table = is_table || line.is_binary || (line.cuts > 0 && (lines == 0 || line.cuts == first_cuts));
        has_amount = has_amount || line.has_amount;
        blanks += line.blanks;
        at = end + 1;
    }
    buffer_free(&text);
    error_free(&ignored);
    return is_read && has_amount && !is_table && blanks + 1 >= NOTE_WORDS && lines <= NOTE_LINES;
}
