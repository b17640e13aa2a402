/* nothing.c: see nothing.h. */
#include "values/nothing.h"

static const struct {
    const char *text, *shown;
    bool may_be_text;
} words[NOTHING_WORDS] = {
    {"N/A", "N/A", false},
    {"n/a", "n/a", false},
    {"-", "-", false},
    {"--", "--", false},
    {"\xE2\x80\x94", "\xE2\x80\x94", false},
    {"null", "null", false},
    {"NULL", "NULL", false},
    {"#N/A", "#N/A", false},
    {"(blank)", "(blank)", false},
    {"nan", "nan", false},
    {"NaN", "NaN", false},
    {"NaT", "NaT", false},
    {"<NA>", "<NA>", false},
    {"None", "None", true},
    {"(null)", "(null)", false},
    {"<null>", "<null>", false},
    {"[null]", "[null]", false},
    {"nil", "nil", false},
    {"undefined", "undefined", false},
    {"[object Object]", "[object Object]", false},
    {"\\N", "\\N", false},
    {"Unassigned", "Unassigned", true},
    {"\xE2\x80\x8B", "U+200B", false},
    {"\xEF\xBB\xBF", "U+FEFF", false},
    {"\xC2\xAD", "U+00AD", false},
};

size_t nothing_word_slowly(struct view text) {
    for (size_t i = 0; i < NOTHING_WORDS; i++)
        if (view_is(text, words[i].text)) return i;
    return SIZE_MAX;
}

const char *nothing_spelling(size_t number) {
    return words[number].shown;
}

bool nothing_may_be_text(size_t number) {
    return words[number].may_be_text;
}

static bool is_no_result(struct view text) {
    return view_is(text, NOTHING_NO_RESULT);
}

bool nothing_error_slowly(struct view text) {
    static const char *const errors[] = {"#REF!",   "#VALUE!", "#NAME?",   "#DIV/0!",       "#NULL!",     "#NUM!",
                                         "#SPILL!", "#CALC!",  "#FIELD!",  "#GETTING_DATA", "#BLOCKED!",  "#UNKNOWN!",
                                         "#BUSY!",  "#ERROR!", "#CONNECT!", "#EXTERNAL!",   "#PYTHON!",   "#TIMEOUT!"};
    size_t signs = 0;
    while (signs < text.length && text.text[signs] == '#')
        signs++;
    if (signs == text.length) return signs > 1; /* a number that is wider than its column */
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (view_is(text, errors[i])) return true;
    return is_no_result(text);
}

const char *nothing_error_words(struct view text) {
    if (is_no_result(text)) return "is a formula whose result was not saved in the workbook";
    if (text.text[1] == '#') return "shows that the spreadsheet's column was too narrow";
    return "is a spreadsheet error, not a value";
}
