/* formats.c: the table of output files. */
#include "output/formats.h"

const struct output_kind output_kinds[OUTPUT_COUNT] = {
    [OUTPUT_CSV] = {"csv", "import.csv", RECORDS_REGISTRATIONS, GUARD_IF_THERE, csv_add_header, csv_add},
    [OUTPUT_JSONL] = {"jsonl", "registrations.jsonl", RECORDS_REGISTRATIONS, GUARD_NONE, NULL, jsonl_add},
    [OUTPUT_XLSX] = {"xlsx", "import.xlsx", RECORDS_REGISTRATIONS, GUARD_IF_THERE, NULL, NULL},
    [OUTPUT_REVIEW] = {"review", "review.xlsx", RECORDS_NONE, GUARD_NONE, NULL, NULL},
    [OUTPUT_REJECTED] = {NULL, "rejected.csv", RECORDS_REJECTED, GUARD_ALWAYS, NULL, NULL},
    [OUTPUT_DATASOURCE] = {NULL, "datasource.json", RECORDS_NONE, GUARD_ALWAYS, NULL, NULL},
    [OUTPUT_RESULT] = {NULL, "result.json", RECORDS_NONE, GUARD_NONE, NULL, NULL},
    [OUTPUT_RECEIPT] = {NULL, "receipt.json", RECORDS_NONE, GUARD_NONE, NULL, NULL},
};

const struct output_kind *output_kind_find(const char *file) {
    for (size_t i = 0; i < OUTPUT_COUNT; i++)
        if (strcmp(output_kinds[i].file, file) == 0) return &output_kinds[i];
    return NULL;
}
