/* number_token.c: the tokens of format codes by Excel's grammar: literals ("x", \x, _x, *x), brackets ([h], [>=100], [Red],
 * [$-409]), the word General, letters of dates and times, places of digits. */
#include "workbook/number_token.h"

static bool is_letter(char c) {
    return view_lower(c) >= 'a' && view_lower(c) <= 'z';
}

/* One character: `width` bytes of UTF-8, at most what is left. */
static size_t character_at(struct view code, size_t at) {
    size_t width = view_character(view_from(code.text + at, code.length - at));
    return width > 0 ? width : 1;
}

static struct number_token quoted(struct view code, size_t at) {
    size_t end = at + 1;
    while (end < code.length && code.text[end] != '"')
        end++;
    return (struct number_token){TOKEN_LITERAL, 0, view_from(code.text + at + 1, end - at - 1),
                                 end < code.length ? end + 1 : end};
}

/* \x shows x; _x leaves room for x, *x fills with x: neither is data. */
static struct number_token escaped(struct view code, size_t at) {
    size_t width = at + 1 < code.length ? character_at(code, at + 1) : 0;
    struct view text = view_from(code.text + at + 1, code.text[at] == '\\' ? width : 0);
    return (struct number_token){TOKEN_LITERAL, 0, text, at + 1 + width};
}

/* [h], [mm], [s] count on; [>=100] is a condition; [Red], [$-409], [DBNum1] are looks. */
static struct number_token bracketed(struct view code, size_t at) {
    const char *close = memchr(code.text + at, ']', code.length - at);
    if (!close) return (struct number_token){TOKEN_LITERAL, 0, view_from(code.text + at, 1), at + 1};
    size_t end = (size_t)(close - code.text);
    struct view inside = view_from(code.text + at + 1, end - at - 1);
    char sign = inside.length > 0 ? view_lower(inside.text[0]) : '\0';
    bool is_elapsed = sign == 'h' || sign == 'm' || sign == 's';
    for (size_t i = 0; i < inside.length; i++)
        is_elapsed = is_elapsed && view_lower(inside.text[i]) == sign;
    enum number_token_kind kind = is_elapsed                                     ? TOKEN_ELAPSED
                                  : sign == '<' || sign == '>' || sign == '=' ? TOKEN_CONDITION
                                                                                 : TOKEN_LOOKS;
    return (struct number_token){kind, sign, inside, end + 1};
}

/* A run of one letter, or a word of the grammar. */
static struct number_token lettered(struct view code, size_t at) {
    static const struct {
        const char *word;
        enum number_token_kind kind;
    } words[] = {{"general", TOKEN_GENERAL}, {"am/pm", TOKEN_HALF_DAY}, {"a/p", TOKEN_HALF_DAY}};
    struct view rest = view_from(code.text + at, code.length - at);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (view_starts_with_fold(rest, words[i].word))
            return (struct number_token){words[i].kind, 0, view_from(NULL, 0), at + strlen(words[i].word)};
    char sign = view_lower(code.text[at]);
    size_t end = at + 1;
    if (sign == 'e' && end < code.length && (code.text[end] == '+' || code.text[end] == '-'))
        return (struct number_token){TOKEN_EXPONENT, 0, view_from(NULL, 0), end + 1};
    if (sign == 'b' && end < code.length && (code.text[end] == '1' || code.text[end] == '2')) /* a calendar */
        return (struct number_token){TOKEN_LOOKS, 0, view_from(NULL, 0), end + 1};
    while (end < code.length && view_lower(code.text[end]) == sign)
        end++;
    bool is_known = memchr("dmyhsegb", sign, 8) != NULL;
    return (struct number_token){is_known ? TOKEN_LETTER : TOKEN_UNKNOWN, sign, view_from(code.text + at, end - at), end};
}

struct number_token number_token_next(struct view code, size_t at) {
    char c = at < code.length ? code.text[at] : ';';
    switch (c) {
    case ';': return (struct number_token){TOKEN_END, 0, view_from(NULL, 0), at};
    case '"': return quoted(code, at);
    case '\\':
    case '_':
    case '*': return escaped(code, at);
    case '[': return bracketed(code, at);
    case '0':
    case '#':
    case '?': return (struct number_token){TOKEN_DIGIT, c, view_from(NULL, 0), at + 1};
    case '.':
    case ',':
    case '%':
    case '@':
    case '/': return (struct number_token){TOKEN_SIGN, c, view_from(code.text + at, 1), at + 1};
    default: break;
    }
    if (is_letter(c)) return lettered(code, at);
    size_t width = character_at(code, at);
    return (struct number_token){TOKEN_LITERAL, 0, view_from(code.text + at, width), at + width};
}

