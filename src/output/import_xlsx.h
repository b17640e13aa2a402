/* import_xlsx.h: import.xlsx for Plecto's spreadsheet import: the columns of import.csv, typed, and nothing else. */
#ifndef OUTPUT_IMPORT_XLSX_H
#define OUTPUT_IMPORT_XLSX_H

#include "base/progress.h"
#include "output/outdir.h"
#include "output/registration.h"

/* What is worth telling about it. */
struct import_xlsx_notes {
    uint64_t sheets;       /* more than one where there are more rows than a sheet holds */
    uint64_t cut_texts;    /* texts cut to 32,767 characters */
    uint64_t wide_numbers; /* numbers of more than 15 digits, written as text */
};

/* Makes it of the closed import.csv of `outdir`, which is read back for it. `created`: seconds since 1970, for the
 * file's properties; `rows` it will have, for `progress` (may be NULL). EXIT_CANNOT_WRITE, EXIT_NOT_BALANCED (import.csv is not what was written). */
bool import_xlsx_write(struct outdir *outdir, const struct output_format *format, int64_t created, uint64_t rows,
                       progress_taker *progress, void *progress_context, struct import_xlsx_notes *notes,
                       struct error *error);

#endif
