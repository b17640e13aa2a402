/* facts.h: what an input may be asked for and what its head shows. The formats fill it, input/input.h gives it out. */
#ifndef INPUT_FACTS_H
#define INPUT_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"

struct input;
struct workbook_facts; /* input/source/workbook.h */

enum input_shape {
    SHAPE_CSV,
    SHAPE_LIST,   /* {page,…,hasMore,data:[{…}]} */
    SHAPE_EXPORT, /* {hasMore,continueFrom,data:[{…}]} */
    SHAPE_REPORT, /* {fields:[{name,label}],data:[[…]]}, {metadata,data:{fields,data}} too */
    SHAPE_ARRAY,  /* [{…},{…}] */
    SHAPE_LINES   /* one object a line, Singer RECORD lines too */
};

/* Who knows the labels of exports: the schemas, which input/ does not know. */
struct label_judge {
    bool (*knows)(void *context, struct view label); /* NULL: nobody */
    void *context;
};

struct input_options {
    const char *encoding;     /* as in source_options */
    const char *sheet;        /* --sheet: of a workbook, or NULL */
    char delimiter;           /* 0 = detect from the header: comma, semicolon, tab or pipe */
    uint64_t record_limit;    /* --max-cell: bytes of the largest record; 0 = BLOCK_RECORD_LIMIT */
    unsigned max_ratio;       /* as in source_options */
    struct label_judge judge; /* tells headers from titles */
    const struct input *like; /* opened before, or NULL: a CSV file with the same head has its texts in common with it */
    bool without_hash;        /* as in source_options */
    bool is_by_hand;          /* people or we for people wrote it (a roster, fixes.csv): CSV is cut by libcsv */
};

#define INPUT_COLUMN_LIMIT                                                                                             \
    16384 /* columns of a file, as many as a spreadsheet has: each is looked at with each label */

struct input_column {
    struct view label; /* CSV: header label, trimmed; report answer: label; objects: dotted path seen in the head */
    struct view name;  /* report answer: the field's name; else the same as label */
    bool from_group;   /* CSV: the column made of group rows */
};

/* What the head of the file showed; owned by the input, valid until input_close. The last three are
 * final only when input_next_block said end. */
struct input_facts {
    const char *path; /* as given; "<stdin>" */
    enum input_shape shape;
    const char *encoding; /* see source_encoding */
    bool compressed;
    const struct workbook_facts *workbook; /* NULL if it is none; its shape is SHAPE_CSV */
    const char *wrapper; /* SHAPE_LINES: the key of each line that holds the record, "record" (Singer) or "_airbyte_data"; NULL */
    uint64_t record_limit;                 /* bytes of the largest record; 0: any */
    char delimiter;                        /* CSV */
    const char *newline;                   /* CSV: "CRLF", "LF", "CR" */
    uint64_t header_row, header_line;      /* CSV, from 1 */
    struct view header;                    /* CSV: the header row as it stands in the file, less its byte order marks */
    bool has_header_quotes;                /* CSV: a quote stands in it that neither closes a cell nor is doubled */
    struct view *titles;                   /* CSV: the text of title lines above the header */
    size_t title_count;
    size_t records_above;                  /* CSV: of those lines, how many look like records of the table */
    uint64_t first_above;                  /* CSV: the row of the first */
    struct view *bounds; /* JSON: around the records, what bounds a date: "completedBefore=2025-11-01" (values/bounds_text.h); complete at the end */
    size_t bound_count;
    uint64_t last_page; /* JSON: up to which the pages are there without a gap, from 1; 0: none says its number */
    struct input_column *columns; /* objects: every leaf path found in the first records, in order of appearance */
    size_t column_count;
    size_t trailing_cells; /* CSV: empty cells that every row of the head has beyond the header's: a delimiter at
                                      the end of each line */
    size_t group_column;   /* CSV: index of the column filled from group rows, or SIZE_MAX */
    struct view *duplicate_labels; /* CSV: labels that occur twice (the second is renamed "Label (2)") */
    size_t duplicate_count;
    uint64_t answers; /* JSON: how many answers (pages) */
    uint64_t records; /* data records met by the reader so far (JSON) */
    char *cut_reason; /* NULL, or why the export is cut: hasMore true on the last page, totalCount unequal */
};

/* Whether it is an answer without records, of which nothing else can be known. */
static inline bool facts_are_empty(const struct input_facts *facts) {
    return facts->shape != SHAPE_CSV && facts->column_count == 0;
}

#endif
