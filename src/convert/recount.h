/* recount.h: the written files, read back from disk and counted again: the last word of the ledger. */
#ifndef CONVERT_RECOUNT_H
#define CONVERT_RECOUNT_H

#include "convert/plan.h"
#include "ledger/ledger.h"
#include "output/outdir.h"

/* Reads import.csv and registrations.jsonl (those that were written) back, compares their bytes with what was
 * meant to be written, and fills rows_on_disk, sums_on_disk and on_disk_known of the ledger. Where both files are
 * there they must tell the same. EXIT_NOT_BALANCED, EXIT_CANNOT_READ. */
bool recount_files(const struct plan *plan, struct outdir *outdir, struct ledger *ledger, struct error *error);

#endif
