/* result_read_parts.c: files, ledger, fields, days and people, total rows, issues and outputs of result.json. */
#include <stdlib.h>

#include "base/memory.h"
#include "report/result_read_private.h"

static void take_hash(struct result_reader *reader, const cJSON *item, const char *where, char to[65]) {
    char *text = read_needed_text(reader, item, where, "sha256");
    if (strspn(text, "0123456789abcdef") == 64 && text[64] == '\0')
        memcpy(to, text, 65);
    else
        read_wrong(reader, where, "sha256", "is not a hash of 64 hex digits");
    free(text);
}

void read_files(struct result_reader *reader, const cJSON *root, struct result *result) {
    const cJSON *list, *item;
    size_t count = read_list(reader, root, "", "files", &list);
    result->files = memory_get_zero(count + 1, sizeof *result->files);
    for (item = list ? list->child : NULL; item; item = item->next) {
        struct result_file *file = &result->files[result->file_count++];
        file->path = read_needed_text(reader, item, "files", "path");
        file->shape = read_needed_text(reader, item, "files", "shape");
        file->encoding = read_needed_text(reader, item, "files", "encoding");
        file->sheet = read_text(reader, item, "files", "sheet");
        file->compressed = read_flag(reader, item, "files", "gzip");
        file->bytes = read_count(reader, item, "files", "bytes");
        take_hash(reader, item, "files", file->sha256);
        file->employee_label = read_text(reader, item, "files", "employee");
        file->id_label = read_text(reader, item, "files", "id");
        file->date_label = read_text(reader, item, "files", "date");
        if (cJSON_GetObjectItemCaseSensitive(item, "not_sent")) {
            file->roles = read_text(reader, item, "files", "roles");
            file->unsent = read_count(reader, item, "files", "not_sent");
            file->unsent_numbers =
                read_texts(reader, item, "files", "not_sent_numbers", &file->unsent_number_count);
            file->other_people = read_texts(reader, item, "files", "other_people", &file->other_people_count);
            file->other_dates = read_texts(reader, item, "files", "other_dates", &file->other_dates_count);
        }
        file->header_row = read_count(reader, item, "files", "header_row");
        file->rows = read_count(reader, item, "files", "rows");
        file->written = read_count(reader, item, "files", "written");
        file->rejected = read_count(reader, item, "files", "rejected");
        file->titles = read_texts(reader, item, "files", "titles", &file->title_count);
    }
}

/* A side that is newer than 0.1.0 may be missing: there was nothing on it. */
static bool has_side(const cJSON *sides, int side) {
    bool is_newer = side == LEDGER_CUT_PERIOD || side == LEDGER_NOT_YET;
    return !is_newer || cJSON_HasObjectItem(sides, report_side_name((enum ledger_side)side));
}

void read_ledger(struct result_reader *reader, const cJSON *root, struct result *result) {
    const cJSON *ledger = read_object(reader, root, "ledger"), *list, *item;
    const cJSON *rows = ledger ? read_member(reader, ledger, "ledger", "rows") : NULL;
    if (!rows) return;
    size_t count = read_list(reader, ledger, "ledger", "columns", &list), column = 0;
    ledger_start(&result->ledger, count);
    result->columns = memory_get_zero(count + 1, sizeof *result->columns);
    result->balance = read_text(reader, ledger, "ledger", "difference");
    result->ledger.rows_in = read_count(reader, rows, "ledger.rows", "in");
    for (int side = 0; side < LEDGER_SIDE_COUNT; side++)
        if (has_side(rows, side))
            result->ledger.rows[side] =
                read_count(reader, rows, "ledger.rows", report_side_name((enum ledger_side)side));
    for (item = list ? list->child : NULL; item; item = item->next) {
        result->columns[column].title = read_needed_text(reader, item, "ledger.columns", "title");
        result->columns[column].is_money = read_flag(reader, item, "ledger.columns", "money");
        result->ledger.sums_in[column] = read_amount(reader, item, "ledger.columns", "in");
        for (int side = 0; side < LEDGER_SIDE_COUNT; side++)
            if (result->ledger.sums[side] && has_side(item, side))
                result->ledger.sums[side][column] =
                    read_amount(reader, item, "ledger.columns", report_side_name((enum ledger_side)side));
        column++;
    }
    /* the registrations beyond one for a row of several people */
    if (result->by && strcmp(result->by, "row") == 0 && result->registrations > result->ledger.rows[LEDGER_WRITTEN])
        result->ledger.divided = result->registrations - result->ledger.rows[LEDGER_WRITTEN];
}

void read_active(struct result_reader *reader, const cJSON *root, struct result *result) {
    const cJSON *active = read_member(reader, root, "", "active"), *list, *item;
    result->has_active = cJSON_IsObject(active);
    if (!result->has_active) return;
    size_t column = 0;
    result->inactive_rows = read_count(reader, active, "active", "inactive_rows");
    if (read_list(reader, active, "active", "inactive", &list) != result->ledger.column_count) {
        read_wrong(reader, "active", "inactive", "has a different number of columns than the ledger");
        return;
    }
    for (item = list ? list->child : NULL; item; item = item->next)
        result->columns[column++].inactive_sum = read_amount(reader, item, "active.inactive", "sum");
}

static enum plecto_type type_of(struct result_reader *reader, const cJSON *item) {
    char *name = read_needed_text(reader, item, "fields", "type");
    enum plecto_type type = PLECTO_TEXT;
    while (type <= PLECTO_BOOLEAN && strcmp(plecto_type_name(type), name) != 0)
        type++;
    free(name);
    if (type <= PLECTO_BOOLEAN) return type;
    read_wrong(reader, "fields", "type", "is unknown");
    return PLECTO_TEXT;
}

void read_fields(struct result_reader *reader, const cJSON *root, struct result *result) {
    const cJSON *list, *item;
    size_t count = read_list(reader, root, "", "fields", &list);
    result->fields = memory_get_zero(count + 1, sizeof *result->fields);
    for (item = list ? list->child : NULL; item; item = item->next) {
        struct result_field *field = &result->fields[result->field_count++];
        field->title = read_needed_text(reader, item, "fields", "title");
        field->type = type_of(reader, item);
        uint64_t places = read_count(reader, item, "fields", "places");
        field->places = places <= DECIMAL_PLACES ? (int)places : DECIMAL_PLACES;
        field->values = read_texts(reader, item, "fields", "values", &field->value_count);
    }
}

static void read_part(struct result_reader *reader, const cJSON *item, const char *where, bool is_day,
                      const struct result *result, struct result_part *part) {
    const cJSON *list, *sum;
    size_t columns = result->ledger.column_count, column = 0;
    part->key = read_needed_text(reader, item, where, is_day ? "date" : "id");
    if (!is_day) part->title = read_needed_text(reader, item, where, "name");
    part->rows = read_count(reader, item, where, "rows");
    part->sums = memory_get_zero(columns + 1, sizeof *part->sums);
    if (read_list(reader, item, where, "sums", &list) != columns) {
        read_wrong(reader, where, "sums", "has a different number of columns than the ledger");
        return;
    }
    for (sum = list ? list->child : NULL; sum; sum = sum->next)
        part->sums[column++] = read_sum(reader, sum, where, "sums");
    for (size_t i = 0; i < columns && !is_day && !part->first; i++)
        if (result->columns[i].is_money) part->first = &part->sums[i];
}

void read_parts(struct result_reader *reader, const cJSON *root, struct result *result) {
    const cJSON *list, *item;
    result->days = memory_get_zero(read_list(reader, root, "", "days", &list) + 1, sizeof *result->days);
    for (item = list ? list->child : NULL; item; item = item->next)
        read_part(reader, item, "days", true, result, &result->days[result->day_count++]);
    result->people = memory_get_zero(read_list(reader, root, "", "people", &list) + 1, sizeof *result->people);
    for (item = list ? list->child : NULL; item; item = item->next)
        read_part(reader, item, "people", false, result, &result->people[result->person_count++]);
}

static uint32_t file_number(const struct result *result, const char *path) {
    for (size_t i = 0; path && i < result->file_count; i++)
        if (strcmp(result->files[i].path, path) == 0) return (uint32_t)i;
    return UINT32_MAX;
}

void read_totals(struct result_reader *reader, const cJSON *root, struct result *result) {
    const cJSON *list, *item;
    result->totals = memory_get_zero(read_list(reader, root, "", "totals", &list) + 1, sizeof *result->totals);
    for (item = list ? list->child : NULL; item; item = item->next) {
        struct result_total *total = &result->totals[result->total_count++];
        char *path = read_needed_text(reader, item, "totals", "file");
        total->file = file_number(result, path);
        if (total->file == UINT32_MAX) {
            read_wrong(reader, "totals", "file", "is not one of the files");
            total->file = 0;
        }
        free(path);
        total->row = read_count(reader, item, "totals", "row");
        total->line = read_count(reader, item, "totals", "line");
        total->kind = read_needed_text(reader, item, "totals", "kind");
        total->group = read_needed_text(reader, item, "totals", "group");
        total->agrees = read_flag(reader, item, "totals", "agrees");
        bool has_compared = cJSON_HasObjectItem(item, "compared"); /* 0.1.0 wrote none */
        total->compared = has_compared ? (size_t)read_count(reader, item, "totals", "compared") : 1;
        total->text = read_needed_text(reader, item, "totals", "text");
    }
}

static void read_example(struct result_reader *reader, const cJSON *item, struct result *result,
                         const struct issue_kind *kind, const char *field) {
    static const char where[] = "issues.causes.examples";
    char *path = read_text(reader, item, where, "file"), *id = read_needed_text(reader, item, where, "id");
    char *value = read_needed_text(reader, item, where, "value"), *text = read_needed_text(reader, item, where, "text");
    bool has_person = cJSON_HasObjectItem(item, "employee"), has_day = cJSON_HasObjectItem(item, "day");
    char *person = has_person ? read_text(reader, item, where, "employee") : NULL;
    char *day = has_day ? read_text(reader, item, where, "day") : NULL;
    struct issue issue = {.code = kind->code,
                          .file = file_number(result, path),
                          .row = read_count(reader, item, where, "row"),
                          .line = read_count(reader, item, where, "line"),
                          .column = read_count(reader, item, where, "column"),
                          .field = view_of(field),
                          .value = view_of(value),
                          .id = view_of(id),
                          .person = view_of(person),
                          .day = view_of(day),
                          .detail = view_of(text)};
    if (cJSON_HasObjectItem(item, "last_line")) issue.last_line = read_count(reader, item, where, "last_line");
    issue.is_private = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(item, "private"));
    issue.has_money = cJSON_HasObjectItem(item, "money");
    if (issue.has_money) issue.money = (int64_t)read_amount(reader, item, where, "money");
    if (!reader->failed) issues_restore_example(result->issues, &issue);
    free(path);
    free(id);
    free(person);
    free(day);
    free(value);
    free(text);
}

static void read_file_count(struct result_reader *reader, const cJSON *item, struct result *result,
                            const struct issue_kind *kind, const char *field) {
    static const char where[] = "issues.causes.files";
    char *path = read_needed_text(reader, item, where, "file");
    uint64_t count = read_count(reader, item, where, "count");
    uint32_t number = file_number(result, path);
    if (!reader->failed && number == UINT32_MAX) read_wrong(reader, where, "file", "is not among the files");
    if (!reader->failed) issues_restore_file(result->issues, kind->code, view_of(field), number, count);
    free(path);
}

void read_issues(struct result_reader *reader, const cJSON *root, struct result *result) {
    const cJSON *issues = read_object(reader, root, "issues"), *list, *item, *example;
    if (!issues) return;
    read_list(reader, issues, "issues", "causes", &list);
    for (item = list ? list->child : NULL; item; item = item->next) {
        char *code = read_needed_text(reader, item, "issues.causes", "code");
        char *field = read_text(reader, item, "issues.causes", "field");
        const struct issue_kind *kind = issue_kind_find(view_of(code));
        if (!kind) {
            read_wrong(reader, "issues.causes", "code", "is unknown");
        } else {
            bool has_money = cJSON_HasObjectItem(item, "money");
            wide_integer money = has_money ? read_amount(reader, item, "issues.causes", "money") : 0;
            issues_restore(result->issues, kind->code, view_of(field),
                           read_count(reader, item, "issues.causes", "count"), money, has_money);
            const cJSON *files, *examples;
            read_list(reader, item, "issues.causes", "files", &files);
            for (const cJSON *file = files ? files->child : NULL; file; file = file->next)
                read_file_count(reader, file, result, kind, field);
            read_list(reader, item, "issues.causes", "examples", &examples);
            for (example = examples ? examples->child : NULL; example; example = example->next)
                read_example(reader, example, result, kind, field ? field : "");
        }
        free(code);
        free(field);
    }
}

void read_outputs(struct result_reader *reader, const cJSON *root, struct result *result) {
    const cJSON *list, *item;
    result->outputs = memory_get_zero(read_list(reader, root, "", "outputs", &list) + 1, sizeof *result->outputs);
    for (item = list ? list->child : NULL; item; item = item->next) {
        struct result_output *output = &result->outputs[result->output_count++];
        output->name = read_needed_text(reader, item, "outputs", "name");
        output->bytes = read_count(reader, item, "outputs", "bytes");
        output->records = read_count(reader, item, "outputs", "records");
        take_hash(reader, item, "outputs", output->sha256);
    }
}
