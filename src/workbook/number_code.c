/* number_code.c: reads format codes, section by section: what each makes of a number. */
#include "workbook/number_format.h"

#include <stdlib.h>

#include "workbook/number_mask.h"
#include "workbook/number_token.h"

/* --- a section ------------------------------------------------------------------------------------------ */

/* What a section holds. */
struct signs {
    bool has_day, has_clock, has_elapsed, has_general, has_text, has_percent, has_digits, has_unknown;
    bool is_broken; /* as ID: has signs that only an amount has */
    int zeros;
    char last_letter; /* of dates and times; decides what m is */
    bool m_waits;     /* an m that is a month unless a second follows */
};

/* m, mm: minutes behind an hour or before seconds, else the month. */
static void add_letter(struct signs *signs, char letter, size_t length) {
    if (letter == 's' && signs->m_waits) signs->m_waits = false;
    if (letter != 's' && signs->m_waits) {
        signs->has_day = true;
        signs->m_waits = false;
    }
    if (letter == 'h' || letter == 's')
        signs->has_clock = true;
    else if (letter != 'm')
        signs->has_day = true;
    else if (length > 2)
        signs->has_day = true;
    else if (signs->last_letter == 'h')
        signs->has_clock = true;
    else
        signs->m_waits = true;
    signs->last_letter = letter;
}

static void read_condition(struct view text, struct number_section *section) {
    static const struct {
        const char *sign;
        enum number_condition condition;
    } signs[] = {{"<>", CONDITION_UNEQUAL}, {"<=", CONDITION_AT_MOST}, {">=", CONDITION_AT_LEAST},
                 {"<", CONDITION_LESS},     {">", CONDITION_GREATER},  {"=", CONDITION_EQUAL}};
    char number[32], *end;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t length = strlen(signs[i].sign);
        if (!view_starts_with(text, signs[i].sign)) continue;
        if (text.length - length >= sizeof number) return;
        memcpy(number, text.text + length, text.length - length);
        number[text.length - length] = '\0';
        section->limit = strtod(number, &end);
        if (end != number) section->condition = signs[i].condition;
        return;
    }
}

static void add_sign(struct signs *signs, char sign) {
    signs->has_percent = signs->has_percent || sign == '%';
    signs->has_text = signs->has_text || sign == '@';
    signs->is_broken = signs->is_broken || sign != '@';
}

static void add_token(struct signs *signs, struct number_section *section, struct number_token token) {
    switch (token.kind) {
    case TOKEN_CONDITION: read_condition(token.text, section); break;
    case TOKEN_ELAPSED:
        signs->has_elapsed = true;
        signs->last_letter = token.letter;
        break;
    case TOKEN_GENERAL: signs->has_general = true; break;
    case TOKEN_HALF_DAY: signs->has_clock = true; break;
    case TOKEN_LETTER: add_letter(signs, token.letter, token.text.length); break;
    /* T and Z are letters of ISO 8601 that other programs write without quotes */
    case TOKEN_UNKNOWN: signs->has_unknown = signs->has_unknown || (token.letter != 't' && token.letter != 'z'); break;
    case TOKEN_DIGIT:
        signs->zeros += token.letter == '0';
        /* behind s it is a fraction of a second */
        signs->has_digits = signs->has_digits || signs->last_letter != 's';
        break;
    case TOKEN_EXPONENT: signs->is_broken = true; break;
    case TOKEN_SIGN: add_sign(signs, token.letter); break;
    case TOKEN_LITERAL:
    case TOKEN_LOOKS:
    case TOKEN_END: break;
    }
}

static enum number_format_kind kind_of(const struct signs *signs, struct view code) {
    bool has_time = signs->has_clock || signs->has_elapsed;
    if (signs->has_general || signs->has_unknown) return NUMBER_PLAIN;
    if (signs->has_digits && !signs->has_elapsed)
        return signs->has_percent ? NUMBER_PERCENT
               : signs->zeros >= 2 && !signs->is_broken && !has_time && !signs->has_day && number_mask_is_id(code)
                   ? NUMBER_MASK
                   : NUMBER_PLAIN;
    if (signs->has_day || (signs->m_waits && !has_time)) return NUMBER_DATE;
    if (signs->has_elapsed) return NUMBER_ELAPSED;
    return signs->has_clock ? NUMBER_TIME : NUMBER_PLAIN;
}

/* Reads the section that begins at `*at`, and moves it to its end. */
static struct number_section read_section(struct view code, size_t *at, bool *is_for_text) {
    struct number_section section = {.kind = NUMBER_PLAIN};
    struct signs signs = {0};
    size_t begin = *at;
    for (struct number_token token = number_token_next(code, *at); token.kind != TOKEN_END;
         token = number_token_next(code, *at)) {
        add_token(&signs, &section, token);
        *at = token.end;
    }
    section.code = view_from(code.text + begin, *at - begin);
    section.kind = kind_of(&signs, section.code);
    section.has_clock = section.kind == NUMBER_DATE && (signs.has_clock || signs.has_elapsed);
    *is_for_text = signs.has_text && !signs.has_digits && !signs.has_general;
    section.is_silent =
        section.kind == NUMBER_PLAIN && !signs.has_digits && !signs.has_general && !signs.has_unknown && !signs.has_text;
    return section;
}

/* "$", "[$€-407]", "US$", but not "[$-409]", which is a language. */
static bool shows_currency(struct view code) {
    static const char *const signs[] = {"$", "€", "£", "USD", "CAD"};
    for (size_t i = 0; i < code.length && code.text[i] != ';'; i++)
        for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
            if (!view_starts_with(view_from(code.text + i, code.length - i), signs[k])) continue;
            bool is_language = i > 0 && code.text[i - 1] == '[' && i + 1 < code.length && code.text[i + 1] == '-';
            if (!is_language) return true;
        }
    return false;
}

struct number_format number_format_read(struct view code) {
    struct number_format format = {.is_plain = true};
    size_t at = 0;
    format.is_money = shows_currency(code);
    while (format.count < NUMBER_SECTIONS && (at < code.length || format.count == 0)) {
        bool is_for_text;
        struct number_section section = read_section(code, &at, &is_for_text);
        at++;
        if (is_for_text && format.count > 0) break; /* "m/d/yyyy;@": the rest is for texts */
        format.sections[format.count++] = section;
        format.is_plain = format.is_plain && section.kind == NUMBER_PLAIN;
    }
    return format;
}

/* --- built-in formats ----------------------------------------------------------------------------------- */

#define ONE(kind, clock)                                                                                                 \
    {.sections = {{kind, clock, false, CONDITION_NONE, 0, {NULL, 0}}}, .count = 1, .is_plain = (kind) == NUMBER_PLAIN}

const struct number_format *number_format_built_in(uint32_t id) {
    static const struct number_format plain = ONE(NUMBER_PLAIN, false), date = ONE(NUMBER_DATE, false),
                                      moment = ONE(NUMBER_DATE, true), time = ONE(NUMBER_TIME, false),
                                      elapsed = ONE(NUMBER_ELAPSED, false), percent = ONE(NUMBER_PERCENT, false);
    static const struct number_format money = {
        .sections = {{.kind = NUMBER_PLAIN}}, .count = 1, .is_plain = true, .is_money = true};
    static const struct {
        uint32_t first, last;
        const struct number_format *format;
    } ranges[] = {{5, 8, &money},    {42, 42, &money}, {44, 44, &money}, {9, 10, &percent}, {14, 17, &date},  {18, 21, &time},    {22, 22, &moment}, {27, 31, &date},
                  {32, 35, &time},   {36, 36, &date},  {45, 45, &time},    {46, 46, &elapsed}, {47, 47, &time},
                  {50, 54, &date},   {55, 56, &time},  {57, 58, &date},    {71, 74, &date},   {75, 75, &moment},
                  {76, 80, &time},   {81, 81, &date}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (id >= ranges[i].first && id <= ranges[i].last) return ranges[i].format;
    return &plain;
}
