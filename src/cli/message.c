/* message.c: how the program speaks: errors on stderr in one form, answers on stdout with every write checked,
 * texts of files never obeyed by a terminal. */
#include <errno.h>
#include <stdlib.h>

#include "cli/cli.h"

enum exit_code cli_fail(struct error *error) {
    struct buffer text = {0};
    buffer_add_text(&text, "st2plecto: error: ");
    cli_add_plain(&text, view_of(error->message ? error->message : "something went wrong"));
    buffer_add_char(&text, '\n');
    if (error->fix) {
        buffer_add_text(&text, "    fix: ");
        cli_add_plain(&text, view_of(error->fix));
        buffer_add_char(&text, '\n');
    }
    fflush(stdout); /* what was said before stands before */
    fwrite(text.text, 1, text.length, stderr);
    buffer_free(&text);
    enum exit_code code = error->code == EXIT_FINE ? EXIT_WRONG_USE : error->code;
    error_free(error);
    return code;
}

enum exit_code cli_print(struct buffer *text, enum exit_code code) {
    errno = 0;
    bool is_fine = text->length == 0 || fwrite(text->text, 1, text->length, stdout) == text->length;
    is_fine = fflush(stdout) == 0 && is_fine;
    buffer_free(text);
    if (is_fine) return code;
    struct error error = {0};
    error_set(&error, EXIT_CANNOT_WRITE, "cannot write to standard output: %s", strerror(errno));
    error_fix(&error, "check what standard output is connected to, and its free space");
    return cli_fail(&error);
}

/* Bytes of the character that begins `text`: broken UTF-8 counts byte by byte. */
static size_t character_length(struct view text) {
    unsigned char first = (unsigned char)text.text[0];
    size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
    if (length > text.length) return 1;
    for (size_t i = 1; i < length; i++)
        if (((unsigned char)text.text[i] & 0xC0) != 0x80) return 1;
    return length;
}

/* Control characters: C0, DEL, C1 (U+0080 to U+009F), and bytes that are no UTF-8. */
static bool is_control(struct view character) {
    unsigned char first = (unsigned char)character.text[0];
    if (character.length == 1) return first < 0x20 || first >= 0x7F;
    return character.length == 2 && first == 0xC2 && (unsigned char)character.text[1] < 0xA0;
}

static void add_character(struct buffer *out, struct view character) {
    if (!is_control(character)) {
        buffer_add(out, character);
        return;
    }
    for (size_t i = 0; i < character.length; i++)
        buffer_print(out, "\\x%02X", (unsigned)(unsigned char)character.text[i]);
}

void cli_add_short(struct buffer *out, struct view text, size_t limit) {
    bool is_cut = cli_width(text) > limit;
    size_t shown = 0;
    for (size_t offset = 0; offset < text.length;) {
        if (is_cut && shown + 1 >= limit) {
            buffer_add_text(out, "\xE2\x80\xA6");
            return;
        }
        struct view rest = view_from(text.text + offset, text.length - offset);
        struct view character = view_from(rest.text, character_length(rest));
        add_character(out, character);
        offset += character.length;
        shown++;
    }
}

void cli_add_plain(struct buffer *out, struct view text) {
    cli_add_short(out, text, SIZE_MAX);
}

size_t cli_width(struct view text) {
    size_t width = 0;
    for (size_t offset = 0; offset < text.length; width++)
        offset += character_length(view_from(text.text + offset, text.length - offset));
    return width;
}

void cli_add_padded(struct buffer *out, struct view text, size_t width) {
    buffer_add(out, text);
    for (size_t i = cli_width(text); i < width; i++)
        buffer_add_char(out, ' ');
}

void cli_add_shell(struct buffer *out, const char *word) {
    bool is_plain = *word != '\0';
    for (const char *c = word; *c; c++)
        is_plain = is_plain && (strchr("/._-+,:=@%", *c) || (*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') ||
                                (*c >= 'a' && *c <= 'z'));
    if (is_plain) {
        buffer_add_text(out, word);
        return;
    }
    buffer_add_char(out, '\'');
    for (const char *c = word; *c; c++) {
        if (*c == '\'')
            buffer_add_text(out, "'\\''");
        else
            buffer_add_char(out, *c);
    }
    buffer_add_char(out, '\'');
}

void cli_add_count(struct buffer *out, uint64_t count) {
    if (count >= 1000) {
        cli_add_count(out, count / 1000);
        buffer_print(out, ",%03u", (unsigned)(count % 1000));
        return;
    }
    buffer_print(out, "%u", (unsigned)count);
}

const struct command *cli_find(const struct cli *cli, const char *name) {
    for (size_t i = 0; i < cli->command_count; i++)
        if (strcmp(cli->commands[i]->name, name) == 0) return cli->commands[i];
    return NULL;
}
