/* formats.h: the files that convert makes: what --to calls them, how a registration is written into them, what their
 * records are, and whether an upload looks at them. Whoever has to know a file by name looks here, so a new format is an
 * entry of the table and its writer. */
#ifndef OUTPUT_FORMATS_H
#define OUTPUT_FORMATS_H

#include "output/registration.h"

enum output_id {
    /* written one registration after another */
    OUTPUT_CSV,
    OUTPUT_JSONL,
    OUTPUT_ROW_COUNT,
    /* workbooks, made of import.csv read back */
    OUTPUT_XLSX = OUTPUT_ROW_COUNT,
    OUTPUT_REVIEW,
    OUTPUT_TO_COUNT, /* those before are what --to names */
    OUTPUT_REJECTED = OUTPUT_TO_COUNT,
    OUTPUT_DATASOURCE,
    OUTPUT_RESULT,
    OUTPUT_RECEIPT,
    OUTPUT_COUNT
};

enum output_records { RECORDS_NONE, RECORDS_REGISTRATIONS, RECORDS_REJECTED };

/* Whether upload and plan refuse a folder in which the file was changed; some may be taken away by who has no use for
 * them. registrations.jsonl, which is sent, has a check of its own (upload/published.c). */
enum output_guard { GUARD_NONE, GUARD_IF_THERE, GUARD_ALWAYS };

struct output_kind {
    const char *word; /* of --to; NULL: made in any case */
    const char *file; /* its name in the folder */
    enum output_records records;
    enum output_guard guard;
    /* NULL: nothing stands before the first registration; not written one after another. */
    void (*add_header)(struct buffer *out, const struct output_format *format);
    void (*add)(struct buffer *out, const struct output_format *format, const struct registration *registration);
};

/* The labels of rejected.csv that stand before those of the export. */
#define REJECTED_LABELS "file,line,row,codes,reasons,id,columns"

extern const struct output_kind output_kinds[OUTPUT_COUNT];

/* By the name of its file; NULL if it is none of these. */
const struct output_kind *output_kind_find(const char *file);
static inline const char *output_name(enum output_id id) {
    return output_kinds[id].file;
}

#endif
