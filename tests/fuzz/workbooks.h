/* workbooks.h: a workbook read in every way. */
#ifndef FUZZ_WORKBOOKS_H
#define FUZZ_WORKBOOKS_H

#include "base/view.h"

/* As a book with all its sheets, as a source of CSV (twice, around a rewind), and as a review workbook. */
void try_workbook(struct view bytes);

#endif
