/* option_text.c: see option_text.h. */
#include "cli/option_text.h"

#include "base/buffer.h"
#include "cli/report_formats.h"
#include "upload/plecto_facts.h"

/* Texts of pages that the program knows better. */
static const struct { const char *mark, *text; } known[] = {{"{formats}", REPORT_FORMATS}, {"{address}", PLECTO_BASE}};

char *option_text(struct view text) {
    struct buffer line = {0};
    for (size_t i = 0; i < text.length;) {
        struct view rest = view_from(text.text + i, text.length - i);
        size_t used = 0;
        for (size_t k = 0; k < sizeof known / sizeof *known && used == 0; k++) {
            if (!view_starts_with(rest, known[k].mark)) continue;
            buffer_add_text(&line, known[k].text);
            used = strlen(known[k].mark);
        }
        bool is_break = used == 0 && rest.text[0] == '\n';
        if (used == 0) buffer_add_char(&line, is_break ? ' ' : rest.text[0]);
        i += used ? used : 1;
        while (is_break && i < text.length && text.text[i] == ' ')
            i++;
    }
    return buffer_take(&line);
}

struct view option_sentence(struct view text) {
    for (size_t i = 0; i + 1 < text.length; i++)
        if (text.text[i] == '.' && (text.text[i + 1] == ' ' || text.text[i + 1] == '\n'))
            return view_from(text.text, i);
    return text;
}

#define WORD_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789:-"

/* What is shown as the value, such as "mdy|dmy|ymd" or "text|json[=FILE]": words where all parts are such. */
char *option_words(const struct option_rule *rule) {
    const char *shown = rule->argument ? rule->argument : "";
    if (strcmp(shown, "NAME[=FILE]") == 0) shown = REPORT_FORMATS;
    if (!strpbrk(shown, "|,")) return NULL;
    struct buffer words = {0};
    for (size_t at = 0; shown[at] != '\0' && shown[at] != '[';) {
        size_t length = strspn(shown + at, WORD_LETTERS);
        if (length > 0) buffer_print(&words, "%s%.*s", words.length > 0 ? " " : "", (int)length, shown + at);
        at += length;
        if (length > 0 && (shown[at] == '|' || shown[at] == ',')) at++;
        if (length == 0) at += strcspn(shown + at, "|[,"); /* FILE */
        if (length == 0 && shown[at] == '|') at++;
    }
    return words.length > 0 ? buffer_take(&words) : NULL;
}
