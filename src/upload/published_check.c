/* published_check.c: may this folder be sent? Its receipt lists every file with its hash; the result says whether the
 * run published all, and what the fields are. */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/csv_table.h"
#include "base/memory.h"
#include "base/words.h"
#include "output/formats.h"
#include "report/result.h"
#include "upload/published_private.h"

static bool not_published(const struct published *published, const char *why, struct error *error) {
    error_set(error, EXIT_WRONG_USE, "%s cannot be sent: %s", published->folder, why);
    return error_fix(error, "Correct what the report names, and run st2plecto convert again.");
}

static void hash_piece(void *context, struct view bytes) {
    sha256_add(context, bytes.text, bytes.length);
}

static bool hash_file(const char *path, char hex[65], struct error *error) {
    struct sha256 hash;
    sha256_start(&hash);
    if (!published_read_file(path, hash_piece, &hash, error)) return false;
    sha256_end(&hash, hex);
    return true;
}

/* --- the receipt ------------------------------------------------------------------------------------------------- */

static const char *text_of(const cJSON *from, const char *key) {
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(from, key);
    return cJSON_IsString(found) ? found->valuestring : "";
}

/* Files whose change would surprise: somebody edits import.csv and expects that to be sent. review.xlsx is there to be
 * edited, and the reports are for reading (output/formats.c says which are guarded). */
static bool check_output(struct published *published, const cJSON *output, struct error *error) {
    const char *name = text_of(output, "name"), *expected = text_of(output, "sha256");
    if (strcmp(name, output_name(OUTPUT_JSONL)) == 0 && strlen(expected) == 64) {
        const cJSON *records = cJSON_GetObjectItemCaseSensitive(output, "records");
        memcpy(published->file_sha256, expected, 65);
        published->registrations = cJSON_IsNumber(records) ? (uint64_t)records->valuedouble : 0;
        return true;
    }
    const struct output_kind *kind = output_kind_find(name);
    if (!kind || kind->guard == GUARD_NONE) return true;
    char hex[65] = "", *path = memory_print("%s/%s", published->folder, name);
    bool is_fine = kind->guard == GUARD_IF_THERE && access(path, F_OK) != 0;
    if (!is_fine)
        is_fine =
            hash_file(path, hex, error) && (strcmp(hex, expected) == 0 || published_changed(published, name, error));
    free(path);
    return is_fine;
}

static bool use_receipt(struct published *published, const cJSON *receipt, struct error *error) {
    const cJSON *output, *outputs = cJSON_GetObjectItemCaseSensitive(receipt, "outputs");
    const char *format = text_of(receipt, "format");
    if (strncmp(format, RECEIPT_NAME, strlen(RECEIPT_NAME)) != 0)
        return not_published(published, "receipt.json is not a receipt from st2plecto", error);
    if (strcmp(format, RECEIPT_FORMAT) != 0)
        return not_published(published, "its receipt.json is from another version of st2plecto", error);
    const char *uuid = text_of(cJSON_GetObjectItemCaseSensitive(receipt, "options"), "data-source");
    if (*uuid) published->data_source = memory_copy(view_of(uuid));
    cJSON_ArrayForEach(output, outputs) {
        if (!check_output(published, output, error)) return false;
    }
    if (published->file_sha256[0] != '\0') return true;
    return not_published(
        published, "convert wrote no registrations.jsonl into it (errors stopped it, or --to left it out)", error);
}

static bool read_receipt(struct published *published, cJSON **receipt, struct error *error) {
    struct buffer bytes = {0};
    char hex[65], *path = memory_print("%s/receipt.json", published->folder);
    struct sha256 hash;
    bool is_fine = access(path, F_OK) == 0
                       ? published_read_file(path, published_collect, &bytes, error)
                       : not_published(published, "it has no receipt.json, so convert did not publish it", error);
    if (is_fine) {
        sha256_start(&hash);
        sha256_add(&hash, bytes.text, bytes.length);
        sha256_end(&hash, hex);
        published->receipt_sha256 = memory_copy(view_of(hex));
        *receipt = cJSON_ParseWithLength(bytes.text ? bytes.text : "", bytes.length);
        is_fine = *receipt ? use_receipt(published, *receipt, error)
                           : not_published(published, "receipt.json is not JSON", error);
    }
    buffer_free(&bytes);
    free(path);
    return is_fine;
}

/* --- the result -------------------------------------------------------------------------------------------------- */

static bool is_money(const struct result *result, const char *title) {
    for (size_t i = 0; i < result->ledger.column_count; i++)
        if (result->columns[i].is_money && strcmp(result->columns[i].title, title) == 0) return true;
    return false;
}

static void take_fields(struct published *published, const struct result *result) {
    published->fields = memory_get_zero(result->field_count + 1, sizeof *published->fields);
    for (size_t i = 0; i < result->field_count; i++) {
        const struct result_field *from = &result->fields[i];
        struct published_field *field = &published->fields[published->field_count];
        struct buffer key = {0};
        bool is_new = false;
        buffer_add_json(&key, view_of(from->title));
        table_add(published->field_keys, buffer_view(&key), &is_new);
        buffer_free(&key);
        if (!is_new) continue;
        published->field_count++;
        *field = (struct published_field){.title = memory_copy(view_of(from->title)),
                                          .type = from->type,
                                          .places = from->places,
                                          .is_money = is_money(result, from->title)};
    }
}

/* The parts of a command that converts the same files again: messages add to it what was missing. */
static void take_command(struct published *published, const struct result *result) {
    struct buffer command = {0}, files = {0};
    buffer_add_text(&command, "st2plecto convert --force -o ");
    words_shell(&command, published->folder);
    for (size_t i = 0; i < result->file_count; i++) {
        buffer_add_char(&files, ' ');
        words_shell(&files, result->files[i].path);
    }
    published->again = buffer_take(&command);
    published->files = buffer_take(&files);
}

static bool same_run(const struct result *result, const cJSON *receipt) {
    const cJSON *schema = cJSON_GetObjectItemCaseSensitive(receipt, "schema"), *output;
    if (strcmp(text_of(schema, "name"), result->schema_name) != 0) return false;
    const cJSON *outputs = cJSON_GetObjectItemCaseSensitive(receipt, "outputs");
    size_t number = 0;
    cJSON_ArrayForEach(output, outputs) {
        if (number >= result->output_count || strcmp(text_of(output, "name"), result->outputs[number].name) != 0 ||
            strcmp(text_of(output, "sha256"), result->outputs[number].sha256) != 0)
            return false;
        number++;
    }
    return true;
}

static bool use_result(struct published *published, const struct result *result, const cJSON *receipt,
                       struct error *error) {
    if (!same_run(result, receipt))
        return not_published(published, "result.json and receipt.json are from different runs", error);
    if (result->publication != PUBLISHED || result->balance) {
        struct buffer why = {0};
        report_verdict(result, &why);
        char *text = buffer_take(&why);
        not_published(published, text, error);
        free(text);
        return false;
    }
    bool is_row = strcmp(result->by, "row") == 0;
    published->rules = result->rules;
    published->schema = memory_copy(view_of(result->schema_name));
    published->totals =
        is_row ? memory_copy(view_of("row")) : memory_print("%s, %s, %s", result->by, result->per, result->layout);
    if (result->zone) published->zone = memory_copy(view_of(result->zone));
    take_fields(published, result);
    take_command(published, result);
    return published_take_period(published, result, error);
}

static bool read_result(struct published *published, const cJSON *receipt, struct error *error) {
    struct result result = {0};
    char *path = memory_print("%s/result.json", published->folder);
    int file = published_open_file(path, error);
    if (file >= 0) close(file);
    bool is_fine = file >= 0 && result_read(path, &result, error) && use_result(published, &result, receipt, error);
    result_free(&result);
    free(path);
    return is_fine;
}

/* --- the rest ---------------------------------------------------------------------------------------------------- */

static bool read_title(struct published *published, struct error *error) {
    struct buffer bytes = {0};
    bool is_fine = published_data_source(published, &bytes, error);
    cJSON *json = is_fine ? cJSON_ParseWithLength(bytes.text ? bytes.text : "", bytes.length) : NULL;
    if (is_fine) published->title = memory_copy(view_of(text_of(json, "title")));
    cJSON_Delete(json);
    buffer_free(&bytes);
    return is_fine;
}

struct rejected {
    struct published *published;
    size_t id_column;
    bool is_header_read;
};

/* file,line,row,codes,reasons,id,columns,...: rows that were set aside, by the ID of the registration. Totals are
 * registrations of many rows: which one a row would have been in cannot be told. */
static bool take_rejected(void *context, const struct view *cells, size_t count) {
    struct rejected *rejected = context;
    if (!rejected->is_header_read) {
        rejected->is_header_read = true;
        rejected->id_column = csv_table_column(cells, count, "id");
        return true;
    }
    bool is_total = strcmp(rejected->published->totals, "row") != 0;
    if (!is_total && rejected->id_column < count && cells[rejected->id_column].length > 0)
        table_add(rejected->published->held_back, cells[rejected->id_column], NULL);
    else
        rejected->published->held_without_id++;
    return true;
}

static bool read_rejected(struct published *published, struct error *error) {
    struct rejected rejected = {.published = published};
    struct csv_table table;
    char *path = memory_print("%s/rejected.csv", published->folder);
    csv_table_start(&table, ',', take_rejected, &rejected);
    bool is_fine = access(path, F_OK) != 0 || published_read_file(path, csv_table_piece, &table, error);
    csv_table_end(&table);
    free(path);
    return is_fine;
}

bool published_check(struct published *published, struct error *error) {
    cJSON *receipt = NULL;
    bool is_fine = read_receipt(published, &receipt, error) && read_result(published, receipt, error) &&
                   read_title(published, error) && read_rejected(published, error);
    cJSON_Delete(receipt);
    return is_fine;
}
