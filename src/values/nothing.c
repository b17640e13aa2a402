/* nothing.c: see nothing.h. */
#include "values/nothing.h"

#include <stdint.h>

static const struct {
    const char *text;
    bool may_be_text;
    const char *shown; /* NULL: as it is spelt */
} words[NOTHING_WORDS] = {
    {"N/A", false, NULL},
    {"n/a", false, NULL},
    {"-", false, NULL},
    {"--", false, NULL},
    {"\xE2\x80\x94", false, NULL},
    {"\xE2\x80\x93", false, NULL},
    {"null", false, NULL},
    {"NULL", false, NULL},
    {"#N/A", false, NULL},
    {"(blank)", false, NULL},
    {"nan", false, NULL},
    {"NaN", false, NULL},
    {"NaT", false, NULL},
    {"<NA>", false, NULL},
    {"None", true, NULL},
    {"(null)", false, NULL},
    {"<null>", false, NULL},
    {"[null]", false, NULL},
    {"<nil>", false, NULL},
    {"(none)", true, NULL},
    {"<none>", true, NULL},
    {"nil", false, NULL},
    {"undefined", false, NULL},
    {"[object Object]", false, NULL},
    {"[object Undefined]", false, NULL},
    {"[object Null]", false, NULL},
    {"#N/A N/A", false, NULL},
    {"N.A.", true, NULL},
    {"n.a.", true, NULL},
    {"---", false, NULL},
    {"(empty)", false, NULL},
    {"--None--", false, NULL},
    {"None None", true, NULL}, /* a first and a last name */
    {"nan nan", false, NULL},
    {"null null", false, NULL},
    {"undefined undefined", false, NULL},
    {"\\N", false, NULL},
    {"-nan", false, NULL},
    {"-NaN", false, NULL},
    {"-nan(ind)", false, NULL},
    {"-1.#IND", false, NULL},
    {"-1.#QNAN", false, NULL},
    {"#NA", false, NULL},
    {"<empty>", false, NULL},
    {"--none--", false, NULL},
    {"- None -", false, NULL},
    {"[NULL]", false, NULL},
    {"UNDEFINED", true, NULL},
    {"[]", false, NULL},
    {"{}", false, NULL},
    {"\"\"", false, NULL}, /* a text that was put into quotes twice */
    {"Unassigned", true, NULL},
    {"\xE2\x80\x8B", false, "U+200B"},
    {"\xEF\xBB\xBF", false, "U+FEFF"},
    {"\xC2\xAD", false, "U+00AD"},
    {"", false, "blanks and signs that nobody sees"}, /* UNSEEN */
};

#define UNSEEN (NOTHING_WORDS - 1)

const unsigned char nothing_signs[256] = {
    ['n'] = SIGN_WORD | SIGN_LETTER,
    ['N'] = SIGN_WORD | SIGN_LETTER,
    ['u'] = SIGN_WORD | SIGN_LETTER,
    ['U'] = SIGN_WORD | SIGN_LETTER,
    ['#'] = SIGN_WORD | SIGN_ERROR,
    ['<'] = SIGN_WORD,
    ['('] = SIGN_WORD,
    ['['] = SIGN_WORD,
    ['{'] = SIGN_WORD,
    ['"'] = SIGN_WORD,
    ['\\'] = SIGN_WORD,
    ['-'] = SIGN_WORD,
    [0xC2] = SIGN_WORD,
    [0xE1] = SIGN_WORD,
    [0xE2] = SIGN_WORD,
    [0xE3] = SIGN_WORD,
    [0xEF] = SIGN_WORD,
    ['E'] = SIGN_ERROR,
    ['L'] = SIGN_ERROR,
    ['='] = SIGN_GUARD,
    ['\''] = SIGN_GUARD,
};

/* Blanks of Unicode, signs without width, marks of direction: nothing that anybody sees. */
static bool is_unseen(struct view text) {
    for (size_t i = 0; i < text.length;) {
        const unsigned char *at = (const unsigned char *)text.text + i;
        size_t left = text.length - i;
        bool is_two = left >= 2 && at[0] == 0xC2 && (at[1] == 0xA0 || at[1] == 0xAD);
        bool is_e2 = left >= 3 && at[0] == 0xE2 &&
                     ((at[1] == 0x80 && (at[2] <= 0x8F || (at[2] >= 0xA8 && at[2] <= 0xAF))) ||
                      (at[1] == 0x81 && at[2] >= 0x9F && at[2] <= 0xAF));
        bool is_other = left >= 3 && (memcmp(at, "\xE3\x80\x80", 3) == 0 || memcmp(at, "\xEF\xBB\xBF", 3) == 0 ||
                                      memcmp(at, "\xE1\x9A\x80", 3) == 0 || memcmp(at, "\xE1\xA0\x8E", 3) == 0);
        if (at[0] != ' ' && at[0] != '\t' && !is_two && !is_e2 && !is_other) return false;
        i += at[0] == ' ' || at[0] == '\t' ? 1 : is_two ? 2 : 3;
    }
    return text.length > 0;
}

size_t nothing_word_slowly(struct view text) {
    for (size_t i = 0; i < UNSEEN; i++)
        if (words[i].text[0] == text.text[0] && view_is(text, words[i].text)) return i;
    return (unsigned char)text.text[0] >= 0x80 && is_unseen(text) ? UNSEEN : SIZE_MAX;
}

const char *nothing_spelling(size_t number) {
    return words[number].shown ? words[number].shown : words[number].text;
}

bool nothing_may_be_text(size_t number) {
    return words[number].may_be_text;
}

/* NOLINTBEGIN(bugprone-suspicious-missing-comma): \xA1 would take the D behind it for a digit */
static const char *const errors[NOTHING_ERRORS] = {
    NOTHING_NO_RESULT, "####", "Err:", "=", "Loading...", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!",
    "#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA", "#BLOCKED!", "#UNKNOWN!", "#BUSY!", "#ERROR!", "#CONNECT!",
    "#EXTERNAL!", "#PYTHON!", "#TIMEOUT!",
    /* Spanish */
    "#\xC2\xA1REF!", "#\xC2\xA1VALOR!", "#\xC2\xBFNOMBRE?",
    "#\xC2\xA1"
    "DIV/0!",
    "#\xC2\xA1NUM!", "#\xC2\xA1NULO!",
    "#\xC2\xA1"
    "DESBORDAMIENTO!",
    /* French */
    "#VALEUR!", "#NOM?", "#NOMBRE!", "#NUL!",
    /* German */
    "#BEZUG!", "#WERT!", "#ZAHL!",
    "#\xC3\x9C"
    "BERLAUF!",
    /* Danish */
    "#REFERENCE!", "#V\xC3\x86RDI!", "#NAVN?", "#DIVISION/0!"};
/* NOLINTEND(bugprone-suspicious-missing-comma) */

enum { ERROR_NO_RESULT, ERROR_NARROW, ERROR_LIBREOFFICE, ERROR_FORMULA = NOTHING_ERROR_FORMULA, ERROR_LOADING };

/* Err:502 and the like. */
static bool is_libreoffice(struct view text) {
    if (text.length != 7 || !view_starts_with(text, "Err:")) return false;
    for (size_t i = 4; i < text.length; i++)
        if (text.text[i] < '0' || text.text[i] > '9') return false;
    return true;
}

/* The error, or the same without its last mark, as programs that clean texts leave it: "#REF". */
static bool is_error_word(struct view text, struct view error) {
    return view_equal_fold(text, error) ||
           (error.length > 4 && view_equal_fold(text, view_from(error.text, error.length - 1)));
}

size_t nothing_error_number(struct view text) {
    size_t signs = 0;
    while (signs < text.length && text.text[signs] == '#')
        signs++;
    if (signs == text.length) return signs > 1 ? ERROR_NARROW : SIZE_MAX; /* a number that is wider than its column */
    if (signs == 0)
        return is_libreoffice(text)                   ? ERROR_LIBREOFFICE
               : view_is(text, errors[ERROR_LOADING]) ? ERROR_LOADING
                                                      : SIZE_MAX;
    for (size_t i = 0; i < NOTHING_ERRORS; i++)
        if (i != ERROR_NARROW && i != ERROR_FORMULA && is_error_word(text, view_of(errors[i]))) return i;
    return SIZE_MAX;
}

const char *nothing_error_spelling(size_t number) {
    return number == ERROR_NO_RESULT ? "formula without a saved result"
           : number == ERROR_FORMULA ? "source of a formula"
                                     : errors[number];
}

static bool is_name(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '$';
}

/* A1, $B$12, XFD1048576. */
static bool is_cell(struct view text) {
    size_t i = 0, letters = 0, digits = 0;
    i += i < text.length && text.text[i] == '$';
    for (; i < text.length && (text.text[i] & ~0x20) >= 'A' && (text.text[i] & ~0x20) <= 'Z'; i++)
        letters++;
    i += i < text.length && text.text[i] == '$';
    for (; i < text.length && text.text[i] >= '0' && text.text[i] <= '9'; i++)
        digits++;
    return i == text.length && letters > 0 && letters <= 3 && digits > 0;
}

bool nothing_formula_slowly(struct view text) {
    text = view_from(text.text + 1, text.length - 1); /* without the = */
    size_t name = 0;
    while (name < text.length && is_name(text.text[name]))
        name++;
    if (name == 0) return false;
    bool is_call = name < text.length && text.text[name] == '(' && text.text[text.length - 1] == ')';
    bool has_operator = name == text.length || (text.text[name] != '\0' && strchr("+-*/&^:!<>=", text.text[name]));
    return is_call ||
           (has_operator && (is_cell(view_from(text.text, name)) || (name < text.length && text.text[name] == '!')));
}

const char *nothing_error_words(struct view text) {
    if (text.text[0] == '=') return "is the source of a formula, not a value";
    size_t number = nothing_error_number(text);
    if (number == ERROR_NO_RESULT) return "is a formula whose result was not saved in the workbook";
    if (number == ERROR_LOADING) return "is what Google Sheets shows until a formula has its value";
    if (number == ERROR_NARROW) return "shows that the spreadsheet's column was too narrow";
    return "is a spreadsheet error, not a value";
}
