/* test_csv_header.c: the header rule (input/csv/header.c) over the ways in which real CSV files are polluted: those of
 * Vitagliano et al., "Pollock: A Data Loading Benchmark" (2023) that concern the first rows, each over a table with labels
 * that a schema knows and over one whose labels nobody knows, and with each delimiter and line end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "input/input.h"
#include "schema/known_labels.h"
#include "support/memory_file.h"

/* In the texts below ',' is the delimiter and '\n' the line end, whatever stands there in the file; H is the header, R a row,
 * S a row whose last cell is empty. */
struct pollution {
    const char *what, *text;
    unsigned header_line; /* from 1 */
    const char *labels;   /* NULL: those of the table, "a|b|c|d" */
    bool needs_schema;    /* only known labels tell */
};

static const struct pollution pollutions[] = {
    {"nothing", "H\nR\nR\nR\n", 1, NULL, false},
    {"no line end at the end", "H\nR\nR", 1, NULL, false},
    {"two line ends at the end", "H\nR\nR\n\n", 1, NULL, false},
    {"header only", "H\n", 1, NULL, false},
    {"header only, no line end", "H", 1, NULL, false},
    {"one row", "H\nR\n", 1, NULL, false},
    {"blank lines first", "\n\nH\nR\nR\n", 3, NULL, false},
    {"a delimiter at the end of each line", "H,\nR,\nR,\nR,\n", 1, NULL, false},
    {"three delimiters at the end of each line", "H,,,\nR,,,\nR,,,\nR,,,\n", 1, NULL, false},
    {"a delimiter at the end of the rows only", "H\nR,\nR,\nR,\n", 1, NULL, false},
    {"a delimiter at the end of the header only", "H,\nR\nR\nR\n", 1, NULL, false},
    {"a delimiter at the end of each line, one row", "H,\nR,\n", 1, NULL, false},
    {"a title line", "Some Report\nH\nR\nR\n", 2, NULL, false},
    {"a title line and a blank one", "Some Report\n\nH\nR\nR\n", 3, NULL, false},
    {"a title as wide as the table", "Some Report,,,\nH\nR\nR\n", 2, NULL, false},
    {"a title with two cells as wide as the table", "Report,Some,,\nH\nR\nR\n", 2, NULL, false},
    {"titles with values", "Some Report\nFrom,1/1/2025\nTo,1/31/2025\n\nH\nR\nR\nR\n", 5, NULL, false},
    {"a title, a delimiter at the end of each line", "Some Report,,,,\nH,\nR,\nR,\nR,\n", 2, NULL, false},
    {"a title, a last column that is mostly empty", "Some Report\nH\nS\nR\nS\nS\n", 2, NULL, false},
    {"a title, a last column that is empty", "Some Report\nH\nS\nS\nS\n", 2, NULL, false},
    {"a last column that is mostly empty", "H\nS\nR\nS\nS\nS\n", 1, NULL, false},
    {"a last column that is empty", "H\nS\nS\nS\n", 1, NULL, false},
    {"a title and a last row without its end", "Some Report\nH\nR\nR\n1,Ana\n", 2, NULL, false},
    {"a row too short", "H\nR\n1,Ana\nR\nR\n", 1, NULL, false},
    {"a row too long", "H\nR\nR,x\nR\nR\n", 1, NULL, false},
    {"a row divided otherwise", "H\nR\n1~Ana~x~2\nR\nR\n", 1, NULL, false},
    {"a footnote", "H\nR\nR\nR\n\nas of today\n", 1, NULL, false},
    {"the header twice", "H\nH\nR\nR\nR\n", 1, NULL, false},
    {"the header again in the middle", "H\nR\nR\nH\nR\nR\n", 1, NULL, false},
    {"a second table", "H\nR\nR\nR\n\nUnit,Sum\nHVAC,5\nDrains,6\n", 1, NULL, false},
    {"a narrow table first", "Unit,Sum\nHVAC,5\n\nH\nR\nR\nR\nR\nR\n", 4, NULL, false},
    {"quotes round all cells", "\"Q\"\nR\nR\n", 1, NULL, false},
    {"a band of headings above the header", "Work,Work,People,Money\nH\nR\nR\n", 2, NULL, true},
    {"a band of headings with gaps", "Work,,,Money\nH\nR\nR\n", 2, NULL, true},
    {"thirty title lines",
     "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\no\np\nq\nr\ns\nt\nu\nv\nw\nx\ny\nz\na\nb\nc\nd\nH\nR\nR\nR\n", 31, NULL,
     false},
};

struct table {
    const char *labels[4];
    const char *row, *open_row; /* delimiter ',' */
    bool is_known;
};

static const struct table tables[] = {
    {{"Job #", "Primary Technician", "Completion Date", "Job Type"},
     "1,Ana,2025-10-23,Repair",
     "1,Ana,2025-10-23,",
     true},
    {{"Foo Bar", "Quux", "Zed", "Blah"}, "1,Ana,2025-10-23,word", "1,Ana,2025-10-23,", false},
};

static void add_header(const struct table *table, const char *between, struct buffer *out) {
    for (size_t i = 0; i < 4; i++)
        buffer_print(out, "%s%s", i ? between : "", table->labels[i]);
}

static void add_cells(const char *cells, char delimiter, struct buffer *out) {
    for (; *cells; cells++)
        buffer_add_char(out, *cells == ',' ? delimiter : *cells);
}

static void make_text(const struct pollution *pollution, const struct table *table, char delimiter,
                      const char *line_end, struct buffer *out) {
    const char plain[] = {delimiter, '\0'}, quoted[] = {'"', delimiter, '"', '\0'};
    out->length = 0;
    for (const char *at = pollution->text; *at; at++) {
        bool stands_alone = at == pollution->text || at[-1] == '\n' || at[-1] == '"';
        switch (stands_alone && (at[1] == '\0' || strchr(",\n\"", at[1])) ? *at : '\0') {
        case 'H': add_header(table, plain, out); continue;
        case 'Q': add_header(table, quoted, out); continue;
        case 'R': add_cells(table->row, delimiter, out); continue;
        case 'S': add_cells(table->open_row, delimiter, out); continue;
        default: break;
        }
        if (*at == '\n')
            buffer_add_text(out, line_end);
        else
            buffer_add_char(out, *at == ',' ? delimiter : *at == '~' ? '^' : *at);
    }
}

static void check(const struct pollution *pollution, const struct table *table, struct view text,
                  const struct input_options *options, const char *path) {
    struct input *input = NULL;
    struct error error = {0};
    if (!input_open(path, options, &input, &error))
        fail_msg("%s: %s\n%.*s", pollution->what, error.message, VIEW_ARGS(text));
    const struct input_facts *facts = input_facts(input);
    bool is_right = facts->header_line == pollution->header_line && facts->column_count == 4;
    for (size_t i = 0; is_right && i < 4; i++)
        is_right = view_is(facts->columns[i].label, table->labels[i]);
    if (!is_right)
        fail_msg("%s: header in line %llu, %zu columns, the first \"%.*s\"\n%.*s", pollution->what,
                 (unsigned long long)facts->header_line, facts->column_count, VIEW_ARGS(facts->columns[0].label),
                 VIEW_ARGS(text));
    input_close(input);
}

static void test_pollutions(void **state) {
    (void)state;
    static const char delimiters[] = ",;\t|";
    static const char *const line_ends[] = {"\n", "\r\n", "\r"};
    struct known_labels *labels = known_labels_create(NULL, NULL);
    struct memory_file file = memory_file_create();
    struct buffer text = {0};
    for (size_t i = 0; i < sizeof pollutions / sizeof *pollutions; i++)
        for (size_t k = 0; k < 2; k++) {
            if (pollutions[i].needs_schema && !tables[k].is_known) continue;
            for (size_t form = 0; form < 12; form++) {
                struct input_options options = {.judge = known_labels_judge(labels)};
                make_text(&pollutions[i], &tables[k], delimiters[form % 4], line_ends[form / 4], &text);
                memory_file_write(&file, buffer_view(&text));
                check(&pollutions[i], &tables[k], buffer_view(&text), &options, file.path);
                options.delimiter = delimiters[form % 4];
                check(&pollutions[i], &tables[k], buffer_view(&text), &options, file.path);
            }
        }
    buffer_free(&text);
    memory_file_close(&file);
    known_labels_free(labels);
}

static void test_known_labels(void **state) {
    (void)state;
    struct known_labels *labels = known_labels_create(NULL, NULL);
    static const char *const known[] = {"Job #",           "job number",    "JobNumber",
                                        "Completion Date", "Jobs Subtotal", "Invoice #"};
    static const char *const unknown[] = {"",        "Ana Lopez",         "2025-10-23", "plecto",
                                          "aliases", "ServiceTitan Jobs", "string"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_true(known_labels_has(labels, view_of(known[i])));
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        if (known_labels_has(labels, view_of(unknown[i]))) fail_msg("%s", unknown[i]);
    known_labels_free(labels);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_labels),
        cmocka_unit_test(test_pollutions),
    };
    return cmocka_run_group_tests_name("csv_header", tests, NULL, NULL);
}
