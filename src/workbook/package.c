/* package.c: the zip file under a workbook, through libzip, which checks sizes and checksums. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "workbook/book_private.h"

#define PART_LIMIT (8ull << 30)  /* unpacked bytes of one part */
#define RATIO_FREE (64ull << 20) /* parts up to this size may be packed as tightly as they like */
#define PIECE (128u << 10)

struct book_part {
    zip_file_t *file;
    const struct book *book;
    char *name;
    uint64_t size, got;
};

bool book_damaged(const struct book *book, struct error *error, const char *what) {
    error_set(error, EXIT_CANNOT_READ, "%s: %s", book->name, what);
    return error_fix(error, "Export or download it again. Or open it in a spreadsheet and save it as CSV UTF-8.");
}

bool package_open(struct book *book, int descriptor, uint64_t begin, struct error *error) {
    if (!late_zip_open(error) || !late_expat_open(error)) return false;
    int copy = dup(descriptor);
    FILE *file = copy >= 0 ? fdopen(copy, "rb") : NULL;
    if (!file) {
        error_set(error, EXIT_CANNOT_READ, "%s: cannot be read: %s", book->name, strerror(errno));
        if (copy >= 0) close(copy);
        return false;
    }
    zip_error_t reason;
    zip_error_init(&reason);
    zip_source_t *source = zip_source_filep_create(file, begin, -1, &reason);
    book->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &reason) : NULL;
    if (!book->zip) {
        char *what = memory_print("the workbook is not complete (%s)", zip_error_strerror(&reason));
        book_damaged(book, error, what);
        free(what);
        if (source)
            zip_source_free(source);
        else
            fclose(file);
    }
    zip_error_fini(&reason);
    return book->zip != NULL;
}

/* The value of a hexadecimal digit, or -1. */
static int hex_digit(char c) {
    const char *digits = "0123456789abcdef";
    const char *found = c ? strchr(digits, c | 0x20) : NULL;
    return found ? (int)(found - digits) : -1;
}

/* A name as names of parts are compared: "/" for "\\", no "/" in front, %20 and the like as what they stand for. In place. */
static void make_usual(char *name) {
    char *from = name, *to = name;
    while (*from == '/' || *from == '\\')
        from++;
    while (*from) {
        int high = from[0] == '%' ? hex_digit(from[1]) : -1, low = high >= 0 ? hex_digit(from[2]) : -1;
        *to++ = low >= 0 && high * 16 + low > 0 ? (char)(high * 16 + low) : *from == '\\' ? '/' : *from;
        from += low >= 0 && high * 16 + low > 0 ? 3 : 1;
    }
    *to = '\0';
}

/* An entry whose name is written otherwise: with "\\" as some programs of Windows do, with "/" in front, with a blank where the
 * relation has %20. */
static zip_int64_t find_otherwise(const struct book *book, const char *part) {
    zip_int64_t count = zip_get_num_entries(book->zip, 0), found = -1;
    char *wanted = memory_copy(view_of(part));
    make_usual(wanted);
    for (zip_int64_t i = 0; i < count && found < 0; i++) {
        const char *name = zip_get_name(book->zip, (zip_uint64_t)i, 0);
        if (!name) continue;
        char *usual = memory_copy(view_of(name));
        make_usual(usual);
        if (view_equal_fold(view_of(usual), view_of(wanted))) found = i;
        free(usual);
    }
    free(wanted);
    return found;
}

static bool find(const struct book *book, const char *part, zip_stat_t *status) {
    zip_int64_t index = zip_name_locate(book->zip, part, ZIP_FL_NOCASE);
    if (index < 0) index = find_otherwise(book, part);
    return index >= 0 && zip_stat_index(book->zip, (zip_uint64_t)index, 0, status) == 0 &&
           (status->valid & ZIP_STAT_SIZE) != 0;
}

uint64_t book_part_size(const struct book *book, const char *part) {
    zip_stat_t status;
    return find(book, part, &status) ? status.size : 0;
}

static bool check_size(const struct book *book, const char *part, const zip_stat_t *status, struct error *error) {
    bool is_bomb = (status->valid & ZIP_STAT_COMP_SIZE) && status->size > RATIO_FREE &&
                   status->size / book->max_ratio > status->comp_size;
    if (!is_bomb && status->size <= PART_LIMIT) return true;
    error_set(error, EXIT_CANNOT_READ, "%s: %s would unpack to %llu bytes, which is refused", book->name, part,
              (unsigned long long)status->size);
    return error_fix(error, is_bomb ? "Exports do not pack so tightly, but zip bombs do. If this is an export, add --max-ratio."
                                    : "Export it again in parts, or save it as CSV UTF-8.");
}

bool book_part_open(struct book *book, const char *part, struct book_part **opened, struct error *error) {
    zip_stat_t status;
    *opened = NULL;
    if (!find(book, part, &status)) {
        char *what = memory_print("%s is missing in the workbook", part);
        book_damaged(book, error, what);
        free(what);
        return false;
    }
    if (!check_size(book, part, &status, error)) return false;
    zip_file_t *file = zip_fopen_index(book->zip, status.index, 0);
    if (!file) {
        error_set(error, EXIT_CANNOT_READ, "%s: %s cannot be read: %s", book->name, part, zip_strerror(book->zip));
        return error_fix(error, "If the workbook has a password, save it without the password first.");
    }
    *opened = memory_get_zero(1, sizeof **opened);
    **opened = (struct book_part){file, book, memory_copy(view_of(part)), status.size, 0};
    return true;
}

bool book_part_read(struct book_part *part, char *to, size_t room, size_t *got, struct error *error) {
    zip_int64_t length = zip_fread(part->file, to, room);
    if (length < 0) {
        char *what = memory_print("%s is damaged: %s", part->name, zip_file_strerror(part->file));
        book_damaged(part->book, error, what);
        free(what);
        return false;
    }
    *got = (size_t)length;
    part->got += *got;
    if (part->got > part->size || (length == 0 && part->got != part->size))
        return book_damaged(part->book, error, "does not unpack to the size it states");
    return true;
}

void book_part_close(struct book_part *part) {
    if (!part) return;
    zip_fclose(part->file);
    free(part->name);
    free(part);
}

bool book_read_part(struct book *book, const char *part,
                    bool (*take)(void *context, struct view piece, bool is_last, struct error *error), void *context,
                    struct error *error) {
    struct book_part *opened = NULL;
    if (!book_part_open(book, part, &opened, error) || !opened) return false;
    char *piece = memory_get(PIECE);
    bool is_fine = true;
    for (size_t got = 1; is_fine && got > 0;)
        is_fine =
            book_part_read(opened, piece, PIECE, &got, error) && take(context, view_from(piece, got), got == 0, error);
    free(piece);
    book_part_close(opened);
    return is_fine;
}

struct beginning {
    struct buffer *text;
    size_t end; /* of the text, at which enough was taken */
};

static bool take_beginning(void *context, struct view piece, bool is_last, struct error *error) {
    struct beginning *beginning = context;
    (void)is_last;
    (void)error;
    if (beginning->text->length < beginning->end) buffer_add(beginning->text, piece);
    return true;
}

bool package_text(struct book *book, const char *part, size_t limit, struct buffer *text) {
    size_t before = text->length;
    struct beginning beginning = {text, before + limit};
    struct error ignored = {0};
    bool is_fine = book_part_size(book, part) > 0 && book_read_part(book, part, take_beginning, &beginning, &ignored);
    if (!is_fine) text->length = before;
    error_free(&ignored);
    return is_fine;
}
