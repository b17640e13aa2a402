/* refused.c: see refused.h. */
#include "upload/refused.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "output/whole_file.h"
#include "upload/line.h"

struct refused_file {
    struct buffer text;
    struct arena *arena;
    size_t count;
};

/* A cell that no spreadsheet takes for a formula: an apostrophe goes before a text that begins like one. */
static void add_cell(struct buffer *out, struct view cell) {
    if (cell.length > 0 && cell.text[0] != '\0' && strchr("=+-@\t\r", cell.text[0])) {
        struct buffer marked = {0};
        buffer_add_char(&marked, '\'');
        buffer_add(&marked, cell);
        buffer_add_csv(out, buffer_view(&marked));
        buffer_free(&marked);
    } else {
        buffer_add_csv(out, cell);
    }
}

static void add_row(void *context, const struct journal_refusal *refusal) {
    struct refused_file *file = context;
    struct line line = {0};
    arena_reset(file->arena);
    line_read(refusal->line, file->arena, &line);
    char status[24];
    snprintf(status, sizeof status, "%ld", refusal->status);
    const struct view cells[] = {view_of(refusal->data_source),
                                 view_of(refusal->schema),
                                 refusal->external_id,
                                 line_person(&line),
                                 line.date,
                                 view_of(status),
                                 refusal->words,
                                 refusal->when,
                                 refusal->line};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        if (i > 0) buffer_add_char(&file->text, ',');
        add_cell(&file->text, cells[i]);
    }
    buffer_add_text(&file->text, "\r\n");
    file->count++;
}

#define HEADER "data_source,schema,id,employee,date,status,words,when,registration\r\n"

/* Whether there is a file that we did not write: it is not ours to replace or delete. */
static bool is_others(const char *path) {
    struct stat status;
    char head[sizeof HEADER + 3] = "";
    if (lstat(path, &status) != 0) return false;
    int file = S_ISREG(status.st_mode) ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    ssize_t length = file >= 0 ? read(file, head, sizeof HEADER + 2) : 0;
    if (file >= 0) close(file);
    size_t mark = strncmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    return length < (ssize_t)(sizeof HEADER - 1) || strncmp(head + mark, HEADER, sizeof HEADER - 1) != 0;
}

/* A journal of another name may have neighbours, and a file refused.csv beside it may be anybody's. */
static char *path_of(const struct journal *journal) {
    const char *path = journal_path(journal), *name = view_file_name(path);
    if (strcmp(name, JOURNAL_FILE) != 0) return memory_print("%s-refused.csv", path);
    char *usual = memory_print("%.*srefused.csv", (int)(name - path), path);
    if (!is_others(usual)) return usual;
    free(usual);
    return memory_print("%s-refused.csv", path);
}

bool refused_write(struct journal *journal, const struct place_watch *watch, char **path, struct error *error) {
    struct refused_file file = {.arena = arena_create(4096)};
    *path = path_of(journal);
    buffer_add_text(&file.text, HEADER);
    bool is_fine = journal_refusals(journal, add_row, &file, error);
    if (is_fine && file.count > 0) {
        if (is_others(*path)) {
            is_fine = error_set(error, EXIT_CANNOT_WRITE, "%s is not from st2plecto, so it is not replaced", *path);
            error_fix(error, "Move it away. What Plecto refused is in the journal.");
        }
        is_fine = is_fine && whole_file_write(*path, buffer_view(&file.text), true, watch, error);
    } else {
        if (is_fine && !is_others(*path)) remove(*path);
        free(*path);
        *path = NULL;
    }
    buffer_free(&file.text);
    arena_destroy(file.arena);
    return is_fine;
}
