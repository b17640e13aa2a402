/* text_file.c: see text_file.h. */
#include "reconcile/text_file.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#define PIECE (1u << 16)

bool text_file_head(const char *path, size_t limit, struct buffer *text, struct error *error) {
    size_t before = text->length, count;
    FILE *file = fopen(path, "rb");
    if (!file) {
        error_set(error, EXIT_CANNOT_READ, "%s: %s", path, strerror(errno));
        return error_fix(error, "Check the path.");
    }
    while (text->length - before < limit && (count = fread(buffer_reserve(text, PIECE), 1, PIECE, file)) > 0)
        text->length += count;
    bool is_fine = !ferror(file);
    fclose(file);
    if (!is_fine) {
        error_set(error, EXIT_CANNOT_READ, "%s: cannot be read", path);
        return error_fix(error, "Check that it is a file.");
    }
    bool has_mark = text->length >= before + 3 && memcmp(text->text + before, "\xef\xbb\xbf", 3) == 0;
    if (has_mark) {
        memmove(text->text + before, text->text + before + 3, text->length - before - 3);
        text->length -= 3;
    }
    return true;
}

bool text_file_read(const char *path, struct buffer *text, struct error *error) {
    return text_file_head(path, SIZE_MAX, text, error);
}

bool text_file_rows(const char *path, csv_table_taker *take, void *context, struct error *error) {
    struct buffer text = {0};
    struct csv_table table;
    bool is_fine = text_file_read(path, &text, error);
    if (is_fine) {
        csv_table_start(&table, ',', take, context);
        csv_table_piece(&table, buffer_view(&text));
        csv_table_finish(&table);
        csv_table_end(&table);
    }
    buffer_free(&text);
    return is_fine;
}

bool text_file_is_there(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool text_file_is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool text_file_starts_json(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    int c;
    do {
        c = fgetc(file);
    } while (c == 0xef || c == 0xbb || c == 0xbf || c == ' ' || c == '\n' || c == '\r' || c == '\t');
    fclose(file);
    return c == '{' || c == '[';
}

bool text_file_starts(const char *path, const char *mark) {
    char head[32] = "";
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    size_t length = strlen(mark), count = fread(head, 1, sizeof head, file);
    fclose(file);
    return count >= length && memcmp(head, mark, length) == 0;
}
