/* nothing.h: what programs and people write where they have no value: words for nothing (N/A, -, nan, NaT, <NA>, undefined) and the errors of
 * spreadsheets (#REF!, ########). Compared whole and as spelt: Nan and Nil are names of people.
 *
 * Sources: pandas, R, JavaScript, Python, SQL clients and PostgreSQL's COPY print the words; the errors are those of Excel
 * (its list of error values, ERROR.TYPE; also in Spanish, French, German and Danish) and of Google Sheets. */
#ifndef VALUES_NOTHING_H
#define VALUES_NOTHING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/view.h"

#define NOTHING_WORDS 56
#define NOTHING_ERRORS 42
#define NOTHING_ERROR_FORMULA 3 /* among the errors: the source of a formula in place of its result */

/* What stands for a formula that the program which wrote a workbook did not work out (workbook/sheet.h). */
#define NOTHING_NO_RESULT "#NO_RESULT!"

/* What a text may be, by its first byte; blanks have none of these. */
enum nothing_sign {
    SIGN_WORD = 1,   /* a word for nothing */
    SIGN_LETTER = 2, /* besides: the word begins with a letter, as many texts do */
    SIGN_ERROR = 4,  /* an error of a spreadsheet */
    SIGN_GUARD = 8   /* a formula, or what keeps a spreadsheet from making one (convert/id_form.h) */
};
extern const unsigned char nothing_signs[256];

#define NOTHING_LONGEST 19 /* bytes of the longest word for nothing */

/* Whether a text that is not empty may be a word for nothing: by its first letter and, where that is one, by its third. */
static inline bool nothing_may_be_word(struct view text) {
    unsigned char signs = nothing_signs[(unsigned char)text.text[0]];
    if ((signs & SIGN_WORD) == 0 || text.length > NOTHING_LONGEST) return false;
    if ((signs & SIGN_LETTER) == 0) return true;
    if (text.length < 3) return false;
    char third = (char)(text.text[2] | 0x20);
    return third == 'a' || third == 'd' || third == 'l' || third == 'n' || third == 't';
}

/* Whether a text is surely no word for nothing, no error, no formula, without a guard and not blank: one look for all of
 * these at nearly every cell. False for some texts of which that is true as well. */
static inline bool nothing_is_ordinary(struct view text) {
    if (text.length == 0 || (unsigned char)text.text[0] <= ' ') return false;
    unsigned char signs = nothing_signs[(unsigned char)text.text[0]];
    if (signs == 0) return true;
    if (signs == SIGN_ERROR && text.text[0] != '#') /* Err:502, Loading... */
        return text.length > 2 && (text.text[0] == 'E' ? text.text[1] != 'r' : text.text[2] != 'a');
    unsigned char last = (unsigned char)text.text[text.length - 1];
    if (last <= ' ' || last == 0xa0) return false; /* blanks make a word as long as any text */
    return (signs & (SIGN_ERROR | SIGN_GUARD)) == 0 && !nothing_may_be_word(text) && (signs & SIGN_LETTER) != 0;
}

/* The number of a trimmed text among the words for nothing, SIZE_MAX if it is none. */
size_t nothing_word_slowly(struct view text);
static inline size_t nothing_word(struct view text) {
    /* nearly all texts are longer than any of the words, or begin otherwise */
    return text.length > 0 && nothing_may_be_word(text) ? nothing_word_slowly(text) : SIZE_MAX;
}
/* How a word is spelt, for messages. */
const char *nothing_spelling(size_t number);
/* Whether a word may be meant where a text is sent: a campaign may be called None, a team Unassigned. */
bool nothing_may_be_text(size_t number);

/* The number of a trimmed text among the errors of spreadsheets (NOTHING_NO_RESULT is one), SIZE_MAX if it is none. */
size_t nothing_error_number(struct view text);
static inline bool nothing_error(struct view text) {
    if (text.length < 2 || (text.text[0] != '#' && text.text[0] != 'E' && text.text[0] != 'L')) return false;
    return (text.text[0] == '#' || text.text[1] == 'r' || text.text[text.length - 1] == '.') &&
           nothing_error_number(text) != SIZE_MAX;
}
/* How an error is spelt, for messages. */
const char *nothing_error_spelling(size_t number);
/* Whether a trimmed text is the source of a formula, as =SUM(A1) or =B2: in place of a person or an ID it is neither. */
bool nothing_formula_slowly(struct view text);
static inline bool nothing_formula(struct view text) {
    return text.length > 2 && text.text[0] == '=' && nothing_formula_slowly(text);
}
/* What to say of an error or a formula in a message. */
const char *nothing_error_words(struct view text);

#endif
