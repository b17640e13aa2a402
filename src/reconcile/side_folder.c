/* side_folder.c: a side from a folder that convert published: what its receipt says of zone, period and totals, its
 * registrations, and the IDs that were set aside. */
#include <stdlib.h>

#include "base/json_find.h"
#include "base/memory.h"
#include "output/formats.h"
#include "reconcile/read_side.h"
#include "reconcile/text_file.h"
#include "values/period_text.h"

static char *copy_at(struct view json, const char *path) {
    struct view value;
    if (!json_find_path(json, view_of(path), &value) || !json_is_text(value)) return NULL;
    return json_string_copy(value);
}

/* The groups of --per besides the employee: texts with NUL behind each. */
static char *groups_of(const char *per) {
    struct buffer text = {0};
    for (const char *at = per; at && *at;) {
        size_t length = strcspn(at, ",");
        struct view name = view_trim(view_from(at, length));
        if (!view_equal_fold(name, view_of("employee"))) {
            buffer_add(&text, name);
            buffer_add_char(&text, '\0');
        }
        at += length + (at[length] == ',');
    }
    buffer_add_char(&text, '\0');
    return buffer_take(&text);
}

static bool read_receipt(const char *folder, struct side *side, struct error *error) {
    char *path = memory_print("%s/%s", folder, output_name(OUTPUT_RECEIPT));
    struct buffer text = {0};
    bool is_fine = text_file_read(path, &text, error);
    struct view json = buffer_view(&text);
    if (is_fine && (!json_is_valid(json) || !json_is_object(view_trim(json)))) {
        error_set(error, EXIT_CANNOT_READ, "%s: is not a receipt from st2plecto", path);
        is_fine = error_fix(error, "Convert again, and name the new folder.");
    }
    if (is_fine) {
        side->schema = copy_at(json, "schema.name");
        side->by = copy_at(json, "options.by");
        char *per = copy_at(json, "options.per"), *period = copy_at(json, "options.period");
        side->groups = groups_of(per);
        side->zone_name = copy_at(json, "options.tz");
        side->order = copy_at(json, "options.date-order");
        side->date_title = copy_at(json, "options.date");
        side->has_period = period && period_text_find(view_of(period), &side->from, &side->to);
        free(per);
        free(period);
    }
    buffer_free(&text);
    free(path);
    return is_fine;
}

/* --- IDs of a CSV file that we wrote ---------------------------------------------------------------------------------- */

struct id_list {
    struct table *ids;
    size_t column;
    bool has_header;
    const char *name;
};

static bool take_id(void *context, const struct view *cells, size_t count) {
    struct id_list *list = context;
    if (!list->has_header) {
        list->has_header = true;
        list->column = csv_table_column(cells, count, list->name);
        return list->column != SIZE_MAX;
    }
    if (list->column < count && cells[list->column].length > 0) table_add(list->ids, cells[list->column], NULL);
    return true;
}

/* NULL where the file is not there. */
static struct table *read_ids(const char *folder, const char *file, const char *column) {
    char *path = memory_print("%s/%s", folder, file);
    struct error ignored = {0};
    struct id_list list = {.ids = text_file_is_there(path) ? table_create() : NULL, .name = column};
    if (list.ids && !text_file_rows(path, take_id, &list, &ignored)) {
        table_destroy(list.ids);
        list.ids = NULL;
    }
    error_free(&ignored);
    free(path);
    return list.ids;
}

bool side_read_folder(const char *path, const struct zone *zone, struct table *pool, struct side *side,
                      struct error *error) {
    struct zone *own = NULL;
    side->kind = SIDE_FOLDER;
    side->name = memory_copy(view_of(path));
    if (!read_receipt(path, side, error)) return false;
    if (!zone && side->zone_name && !zone_open(side->zone_name, &own, error)) return false;
    const struct zone *used = zone ? zone : own;
    char *lines = memory_print("%s/%s", path, output_name(OUTPUT_JSONL)),
         *table = memory_print("%s/%s", path, output_name(OUTPUT_CSV));
    bool is_fine;
    if (text_file_is_there(lines)) {
        is_fine = side_read_answer(lines, used, pool, side, error);
    } else if (text_file_is_there(table)) {
        is_fine = side_read_plecto_file(table, used, pool, side, error);
    } else {
        error_set(error, EXIT_CANNOT_READ, "%s: this folder has no converted registrations", path);
        is_fine = error_fix(error, "Name the folder that convert wrote (-o). If this is the one, that convert ended with errors: "
                                   "correct them, and convert again.");
    }
    side->rejected = read_ids(path, output_name(OUTPUT_REJECTED), "id");
    side->refused = read_ids(path, "refused.csv", "external_id");
    zone_close(own);
    free(lines);
    free(table);
    return is_fine;
}
