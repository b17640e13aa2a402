/* large.c: byte by byte, because what is read here is thrown away. The rules are those of csv/scan.h and json/cut.h. */
#include "input/source/large.h"

enum { AT_CELL, IN_PLAIN, IN_QUOTED, BEHIND_QUOTE, BEHIND_BLANKS, AFTER_RETURN }; /* CSV */
enum { OUTSIDE_STRING, IN_STRING, BEHIND_BACKSLASH };                             /* JSON */
enum outcome { GOES_ON, ENDS_WITH_THIS, ENDS_BEFORE_THIS };

struct large large_csv(char delimiter) {
    return (struct large){.kind = LARGE_CSV, .delimiter = delimiter};
}

struct large large_json(bool is_line, char line_end) {
    return (struct large){.kind = is_line ? LARGE_LINE : LARGE_ELEMENT, .delimiter = line_end};
}

/* CRLF, LF and a lone CR are one line end each. */
static void count_break(struct large *large, char c) {
    if (c == '\r' || (c == '\n' && !large->after_return)) large->breaks++;
    large->after_return = c == '\r';
}

static enum outcome csv_byte(struct large *large, char c) {
    bool is_break = c == '\n' || c == '\r';
    if (large->state == BEHIND_QUOTE || large->state == BEHIND_BLANKS) {
        /* closed, doubled, or a stray quote that is text; blanks behind it leave that open */
        bool is_blank = (c == ' ' || c == '\t') && c != large->delimiter;
        bool is_next = c == '"' && large->state == BEHIND_BLANKS;
        large->state = c == large->delimiter || is_break ? IN_PLAIN
                       : is_blank                        ? BEHIND_BLANKS
                       : is_next                         ? BEHIND_QUOTE
                                                         : IN_QUOTED;
        if (large->state != IN_PLAIN) return GOES_ON;
    }
    if (large->state == IN_QUOTED) {
        if (c == '"') large->state = BEHIND_QUOTE;
        return GOES_ON;
    }
    if (is_break) return ENDS_WITH_THIS;
    large->state = c == large->delimiter ? AT_CELL : c == '"' && large->state == AT_CELL ? IN_QUOTED : IN_PLAIN;
    return GOES_ON;
}

static enum outcome json_byte(struct large *large, char c) {
    switch (large->state) {
    case BEHIND_BACKSLASH: large->state = IN_STRING; return GOES_ON;
    case IN_STRING: large->state = c == '\\' ? BEHIND_BACKSLASH : c == '"' ? OUTSIDE_STRING : IN_STRING; break;
    default:
        if (c == '"') large->state = IN_STRING;
        if (c == '{' || c == '[') large->depth++;
        if (c == '}' || c == ']') return large->depth <= 1 ? ENDS_WITH_THIS : (large->depth--, GOES_ON);
        if (large->depth == 0 && c == ',') return ENDS_BEFORE_THIS;
        return GOES_ON;
    }
    /* a text that stands alone ends with its quote */
    return large->depth == 0 && large->state == OUTSIDE_STRING ? ENDS_WITH_THIS : GOES_ON;
}

/* The line end of a CSV record may be CRLF: its CR was met, this is what follows. */
static size_t finish_return(struct large *large, char c) {
    large->ended = true;
    return c == '\n';
}

size_t large_take(struct large *large, struct view piece) {
    for (size_t i = 0; i < piece.length; i++) {
        char c = piece.text[i];
        if (large->ended) return i;
        if (large->kind == LARGE_CSV && large->state == AFTER_RETURN) return i + finish_return(large, c);
        enum outcome outcome = large->kind == LARGE_CSV    ? csv_byte(large, c)
                               : large->kind == LARGE_LINE ? (c == large->delimiter ? ENDS_WITH_THIS : GOES_ON)
                                                           : json_byte(large, c);
        if (outcome == ENDS_BEFORE_THIS) {
            large->ended = true;
            return i;
        }
        if (outcome == ENDS_WITH_THIS && large->kind == LARGE_CSV && c == '\r') {
            large->state = AFTER_RETURN; /* a LF may follow */
            continue;
        }
        if (outcome == ENDS_WITH_THIS) {
            large->length += large->kind == LARGE_ELEMENT;
            if (large->kind == LARGE_LINE && large->after_return) { /* of its CRLF */
                large->length--;
                large->breaks--;
            }
            large->ended = true;
            return i + 1;
        }
        large->length++;
        count_break(large, c);
    }
    return piece.length;
}
