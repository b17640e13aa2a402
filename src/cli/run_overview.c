/* run_overview.c: see run_overview.h. */
#include "cli/run_overview.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "output/tree.h"
#include "output/whole_file.h"
#include "render/overview_render.h"

char *run_overview_folder(const struct routine *routine) {
    char *shared = NULL;
    for (size_t i = 0; i < routine->count; i++) {
        const char *output = routine->feeds[i].output, *slash = strrchr(output, '/');
        char *parent = slash && slash > output ? memory_copy(view_from(output, (size_t)(slash - output)))
                                               : memory_copy(view_of("."));
        bool is_same = !shared || strcmp(shared, parent) == 0;
        free(shared);
        shared = parent;
        if (is_same) continue;
        free(shared);
        return memory_copy(view_of("."));
    }
    return shared ? shared : memory_copy(view_of("."));
}

void run_overview_relate(struct overview *overview, const char *folder) {
    size_t length = strlen(folder);
    for (size_t i = 0; i < overview->source_count; i++) {
        char *own = overview->sources[i].folder;
        if (!own || strncmp(own, folder, length) != 0 || own[length] != '/') continue;
        overview->sources[i].folder = memory_copy(view_of(own + length + 1));
        free(own);
    }
}

static bool write_one(const char *folder, const char *name, struct buffer *bytes, const struct place_watch *watch,
                      struct error *error) {
    char *path = memory_print("%s/%s", folder, name);
    bool is_fine = whole_file_write(path, buffer_view(bytes), true, watch, error);
    buffer_free(bytes);
    free(path);
    return is_fine;
}

bool run_overview_write(const struct overview *overview, const char *folder, const struct place_watch *watch,
                        struct error *error) {
    struct buffer json = {0}, html = {0};
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) return place_system_error(error, "create", folder);
    render_overview_json(overview, &json);
    render_overview_html(overview, &html);
    bool is_fine = write_one(folder, TREE_OVERVIEW, &json, watch, error);
    return write_one(folder, "overview.html", &html, watch, is_fine ? error : &(struct error){0}) && is_fine;
}
