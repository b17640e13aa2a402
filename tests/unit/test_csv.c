/* test_csv.c: what the head of a CSV file shows, and what each record means: tables of files and exact answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/sanitized.h"
#include "input/csv/input.h"
#include "input/input.h"

static char *make_file(struct view text) {
    char *path = memory_copy(view_of("/tmp/st2plecto-test-XXXXXX"));
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text.text, text.length), (ssize_t)text.length);
    close(file);
    return path;
}

static void drop_file(char *path) {
    unlink(path);
    free(path);
}

static void assert_told(const struct buffer *told, const char *wanted, const char *what) {
    if (!view_is(buffer_view(told), wanted))
        fail_msg("%s:\n  got    %.*s\n  wanted %s", what, VIEW_ARGS(buffer_view(told)), wanted);
}

/* --- the head --------------------------------------------------------------------------------- */

struct head_case {
    const char *text;
    char delimiter;
    const char *wanted; /* delimiter newline row:line |labels| titles; duplicates; group */
};

static const struct head_case heads[] = {
    /* the first row of a normal file wins */
    {"Job #,Tech,Total\r\n1,Ana,5\r\n", 0, ", CRLF 1:1 |Job #|Tech|Total|"},
    {"Job #;Tech;Total\n1;Ana;3,50\n", 0, "; LF 1:1 |Job #|Tech|Total|"},
    {"Job #\tTech\n1\tAna, Bo\n", 0, "\t LF 1:1 |Job #|Tech|"},
    {"Job #|Tech\r1|Ana\r", 0, "| CR 1:1 |Job #|Tech|"},
    {"Name;Amount, net;Date\nA;3,50;1.1.2025\nB;4,50;1.1.2025\n", 0, "; LF 1:1 |Name|Amount, net|Date|"},
    {"Job,Tech", 0, ", LF 1:1 |Job|Tech|"},
    {"Job,Tech\n", 0, ", LF 1:1 |Job|Tech|"},
    {"\xEF\xBB\xBFJob,Tech\n1,2\n", 0, ", LF 1:1 |Job|Tech|"},
    {" Job , Tech\xC2\xA0\n1,2\n", 0, ", LF 1:1 |Job|Tech|"},
    {"\"Job\n#\",\"Tech, first\"\r\n1,2\r\n", 0, ", CRLF 1:1 |Job\n#|Tech, first|"},
    {"Name,Status\nAna,Active\nBo,Active\n", 0, ", LF 1:1 |Name|Status|"},
    {"Tech,2024,2025\nAna,N/A,none\n", 0, ", LF 1:1 |Tech|2024|2025|"},
    {"Job,Tech,,Total\n1,a,b,c\nx,y,z,w\n", 0, ", LF 1:1 |Job|Tech||Total|"},
    {",Job,Tech\na,b,c\n", 0, ", LF 1:1 ||Job|Tech|"},
    /* a comma too many or missing below */
    {"a1,b1,c1,d1\n1,2,3,4,\n1,2,3,4,\n", 0, ", LF 1:1 |a1|b1|c1|d1|"},
    {"Job,Tech,Total\n1\n1,2\n1,2,3\n", 0, ", LF 1:1 |Job|Tech|Total|"},
    {"Job,Tech\n1,2\n1,2,3,4\n1,2\n", 0, ", LF 1:1 |Job|Tech|"},
    {"Job,Tech\n1,2,3,4,5,6\n1,2,3,4,5\n1,2,3,4\n", 0, ", LF 1:1 |Job|Tech|"},
    /* other delimiters in cells */
    {"Job,Summary\n1,\"a;b;c\"\n2,d|e\n", 0, ", LF 1:1 |Job|Summary|"},
    /* title lines */
    {"Jobs Report\n\nJob,Tech,Total\n1,Ana,5\n", 0, ", LF 3:3 |Job|Tech|Total| \"Jobs Report\""},
    {"Jobs Report,,\nDate Range,1/1/2025 - 1/31/2025,\n,,\nJob,Tech,Total\n1,Ana,5\n", 0,
     ", LF 4:4 |Job|Tech|Total| \"Jobs Report\" \"Date Range 1/1/2025 - 1/31/2025\""},
    {"Date Range,1/1/2025 - 1/31/2025\nTech,Revenue\nAna,5\n", 0,
     ", LF 2:2 |Tech|Revenue| \"Date Range 1/1/2025 - 1/31/2025\""},
    {"Report,Jobs\nRange,all\nUnit,HVAC\nJob,Tech,Total,Date,Unit\n", 0,
     ", LF 4:4 |Job|Tech|Total|Date|Unit| \"Report Jobs\" \"Range all\" \"Unit HVAC\""},
    {"\"Jobs\nReport\"\nJob,Tech,Total\n1,Ana,5\n", 0, ", LF 2:3 |Job|Tech|Total| \"Jobs\nReport\""},
    {"Acme, Inc.\nJob,Tech,Total,Date,Unit\n1,Ana,5,1/1/2025,x\n", 0,
     ", LF 2:2 |Job|Tech|Total|Date|Unit| \"Acme Inc.\""},
    {"a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\no\np\nq\nr\ns\nJob,Tech\n1,2\n", 0,
     ", LF 20:20 |Job|Tech| \"a\" \"b\" \"c\" \"d\" \"e\" \"f\" \"g\" \"h\" \"i\" \"j\" \"k\" \"l\" \"m\" \"n\" \"o\" "
     "\"p\" \"q\" \"r\" \"s\""},
    /* a delimiter given */
    {"Job\n1\n", ',', ", LF 1:1 |Job|"},
    {"Job:Tech\n1:2\n", ':', ": LF 1:1 |Job|Tech|"},
    {"Job,x;Tech\n1;2\n", ';', "; LF 1:1 |Job,x|Tech|"},
    /* labels that occur twice */
    {"Id,Name,Name,Name\n1,2,3,4\n", 0, ", LF 1:1 |Id|Name|Name (2)|Name (3)| twice Name twice Name"},
    {"Name,Name (2),Name\n1,2,3\n", 0, ", LF 1:1 |Name|Name (2)|Name (3)| twice Name"},
    {"Name,,,x\n1,2,3,4\n", 0, ", LF 1:1 |Name|||x|"},
    /* group rows */
    {",Job,Total\nBusiness Unit: HVAC,,\n,1,2\n", 0, ", LF 1:1 |Business Unit|Job|Total| group 0"},
    {"Job,Total\n\nBusiness Unit: HVAC,\n1,2\n", 0, ", LF 1:1 |Job|Total|Business Unit| group 2"},
    {"Unit,Total\nUnit: HVAC,\n1,2\n", 0, ", LF 1:1 |Unit|Total|Unit (group)| group 2"},
    {"Job,Total\n1,2\nUnit: HVAC,\n", 0, ", LF 1:1 |Job|Total|"},
    {"Note,Total\n12:30,\n", 0, ", LF 1:1 |Note|Total|"},
    {"Note,Total\nhttps://x,\n", 0, ", LF 1:1 |Note|Total|"},
    {"Note,Total\nUnit: HVAC,1\n", 0, ", LF 1:1 |Note|Total|"},
};

static void tell_head(const struct input_facts *facts, struct buffer *told) {
    buffer_print(told, "%c %s %llu:%llu |", facts->delimiter, facts->newline, (unsigned long long)facts->header_row,
                 (unsigned long long)facts->header_line);
    for (size_t i = 0; i < facts->column_count; i++) {
        buffer_add(told, facts->columns[i].label);
        buffer_add_char(told, '|');
        assert_true(view_equal(facts->columns[i].label, facts->columns[i].name));
        assert_int_equal(facts->columns[i].from_group, i == facts->group_column);
    }
    for (size_t i = 0; i < facts->title_count; i++)
        buffer_print(told, " \"%.*s\"", VIEW_ARGS(facts->titles[i]));
    for (size_t i = 0; i < facts->duplicate_count; i++)
        buffer_print(told, " twice %.*s", VIEW_ARGS(facts->duplicate_labels[i]));
    if (facts->group_column != SIZE_MAX) buffer_print(told, " group %zu", facts->group_column);
}

static void test_heads(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        struct input_options options = {.delimiter = heads[i].delimiter};
        struct error error = {0};
        struct input *input;
        struct buffer told = {0};
        char *path = make_file(view_of(heads[i].text));
        if (!input_open(path, &options, &input, &error)) fail_msg("%s: %s", heads[i].text, error.message);
        assert_int_equal(input_facts(input)->shape, SHAPE_CSV);
        assert_string_equal(input_facts(input)->path, path);
        tell_head(input_facts(input), &told);
        assert_told(&told, heads[i].wanted, heads[i].text);
        input_close(input);
        buffer_free(&told);
        drop_file(path);
    }
}

#define TEXT(text)                                                                                                     \
    { text, sizeof(text) - 1 }

struct refused_case {
    struct view text;
    char delimiter;
    enum exit_code code;
    const char *part, *fix;
};

static const struct refused_case refused[] = {
    {TEXT(""), 0, EXIT_CANNOT_READ, "is empty", "again"},
    {TEXT(" \r\n\n"), 0, EXIT_CANNOT_READ, "nothing but blanks", "again"},
    {TEXT("Job\n1\n2\n"), 0, EXIT_CANNOT_READ, "comma, semicolon, tab or pipe", "--delimiter"},
    {TEXT("Job"), 0, EXIT_CANNOT_READ, "begins with \"Job\"", "--delimiter"},
    {TEXT("Acme, Inc.\nJob\n1\n2\n3\n4\n"), 0, EXIT_CANNOT_READ, "no header row", "--delimiter"},
    {TEXT("Job,x\n1,2\n"), '"', EXIT_WRONG_USE, "quote", "--delimiter"},
    {TEXT("Job,x\n1,2\n"), '\n', EXIT_WRONG_USE, "line end", "--delimiter"},
    {TEXT("J\0o\0b\0,\0"), 0, EXIT_CANNOT_READ, "is not text: byte 1 ", "--encoding utf-16le"},
    {TEXT("PK\003\004\0\0"), 0, EXIT_CANNOT_READ, "workbook", "CSV"},
    {TEXT("<!DOCTYPE html><html>"), 0, EXIT_CANNOT_READ, "web page", "sign in"},
};

static void test_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct input_options options = {.delimiter = refused[i].delimiter};
        struct error error = {0};
        struct input *input;
        char *path = make_file(refused[i].text);
        assert_false(input_open(path, &options, &input, &error));
        assert_null(input);
        assert_int_equal(error.code, refused[i].code);
        if (!strstr(error.message, refused[i].part)) fail_msg("'%s' lacks '%s'", error.message, refused[i].part);
        if (!strstr(error.fix, refused[i].fix)) fail_msg("'%s' lacks '%s'", error.fix, refused[i].fix);
        error_free(&error);
        drop_file(path);
    }
}

/* --- records ---------------------------------------------------------------------------------- */

struct record_case {
    const char *what, *text, *wanted;
};

/* Each record: kind, row, line(-last line), damage with place, cells; "~" is an absent cell. */
static const struct record_case records[] = {
    {"plain", "a,b\n1,2\n3,4\n", "data 2 2 [1][2]\ndata 3 3 [3][4]\n"},
    {"CRLF, none at the end", "a,b\r\n1,2\r\n3,4", "data 2 2 [1][2]\ndata 3 3 [3][4]\n"},
    {"lone CR", "a,b\r1,2\r3,4\r", "data 2 2 [1][2]\ndata 3 3 [3][4]\n"},
    {"no records", "a,b\n", ""},
    {"quoted", "a,b\n\"1,5\",\"\"\n\"x\"\"y\",\" z \"\n", "data 2 2 [1,5][]\ndata 3 3 [x\"y][ z ]\n"},
    {"blanks are kept", "a,b\n 1 ,\t2\n", "data 2 2 [ 1 ][\t2]\n"},
    {"a quote in a plain cell", "a,b\n5\" pipe,say \"hi\"\nx, \"y\"\n",
     "data 2 2 [5\" pipe][say \"hi\"]\ndata 3 3 [x][y]\n"},
    {"blanks round quotes", "a,b\n1, \"Lopez, Ana\"\n\"2\" ,\"x\"\t\n\t \"3\"\"\" , \"\"\n",
     "data 2 2 [1][Lopez, Ana]\ndata 3 3 [2][x]\ndata 4 4 [3\"][]\n"},
    {"a blank before a quote that does not close in its line", "a,b\n1, \"x\n2,\"y\"\n3, \"p\" q\n4,5\n",
     "data 2 2 [1][ \"x]\ndata 3 3 [2][y]\ndata 4 4 [3][ \"p\" q]\ndata 5 5 [4][5]\n"},
    {"a blank behind a quote in a cell of several lines", "a,b\n1,\"x\ny\" \n2,3\n",
     "data 2 2-3 [1][x\ny]\ndata 3 4 [2][3]\n"},
    {"the header again",
     "a,b\n1,2\na,b\n3,4\n\xEF\xBB\xBF"
     "a,b\n5,6\nb,a\n",
     "data 2 2 [1][2]\nheader 3 3 [a][b]\ndata 4 4 [3][4]\nheader 5 5 [\xEF\xBB\xBF"
     "a][b]\ndata 6 6 [5][6]\n"
     "data 7 7 [b][a]\n"},
    {"Ctrl-Z at the end", "a,b\n1,2\n\x1A", "data 2 2 [1][2]\nblank 3 3 [\x1A]~\n"},
    {"two byte order marks",
     "\xEF\xBB\xBF\xEF\xBB\xBF"
     "a,b\n1,2\n",
     "data 2 2 [1][2]\n"},
    {"line breaks in cells", "a,b\n\"1\r\n2\n3\r4\",5\n6,7\n", "data 2 2-5 [1\r\n2\n3\r4][5]\ndata 3 6 [6][7]\n"},
    {"blank lines", "a,b\n\n1,2\n,\n\"\",\" \"\n  \n3,4\n\n",
     "blank 2 2 ~~\ndata 3 3 [1][2]\nblank 4 4 [][]\nblank 5 5 [][ ]\nblank 6 6 [  ]~\ndata 7 7 [3][4]\nblank 8 8 "
     "~~\n"},
    {"missing cells", "a,b,c\n1,2,3\n1\n1,2\n",
     "data 2 2 [1][2][3]\ndata 3 3 missing@3:1 [1]~~\n"
     "data 4 4 missing@4:1 [1][2]~\n"},
    {"extra cells", "a,b\n1,2\n1,2,3,4\n1,2\n", "data 2 2 [1][2]\ndata 3 3 extra@3:1 [1][2][3][4]\ndata 4 4 [1][2]\n"},
    {"stray quote that stays in its line", "a,b\n\"x\"y\",2\n", "data 2 2 [x\"y][2]\n"},
    {"unclosed to the end", "a,b\n1,2\n3,\"4\n5,6\n7,8\n",
     "data 2 2 [1][2]\ndata 3 3-5 unclosed@3:3 [3][4\n5,6\n7,8\n]\n"},
    {"unclosed in the last line", "a,b\n1,2\n3,\"4", "data 2 2 [1][2]\ndata 3 3 unclosed@3:3 [3][4]\n"},
    {"unclosed up to the next quote", "a,b\n1,\"2\n3,\"4\"\n5,6\n",
     "data 2 2-3 unclosed@2:3 [1][2\n3,\"4]\ndata 3 4 [5][6]\n"},
    {"unclosed up to a quote that closes, too few cells", "a,b,c\n1,2,3\n1,\"2,3\n4,5\",6,7\n1,2,3\n",
     "data 2 2 [1][2][3]\ndata 3 3-4 unclosed@3:3 [1][2,3\n4,5][6][7]\ndata 4 5 [1][2][3]\n"},
    {"unclosed in a later line of a record", "a,b,c\n1,2,3\n\"x\ny\",\"z\n",
     "data 2 2 [1][2][3]\ndata 3 3-4 unclosed@4:4 [x\ny][z\n]~\n"},
    {"groups in column 0", ",b\nUnit: A,\n,1\n\nUnit: B\n,2\nTotal,3\nUnit:,\n,4\nOther: x,\n",
     "group 2 2 [Unit: A][]\ndata 3 3 [A][1]\nblank 4 4 ~~\ngroup 5 5 [Unit: B]~\ndata 6 6 [B][2]\n"
     "data 7 7 [Total][3]\ngroup 8 8 [Unit:][]\ndata 9 9 [][4]\ndata 10 10 [Other: x][]\n"},
    {"groups in a column of their own", "a,b\nUnit: A,\n1,2\n3\n4,5,6\nUnit: B,\n7,8\nUnit: C,x\n",
     "group 2 2 [Unit: A][]~\ndata 3 3 [1][2][A]\ndata 4 4 missing@4:1 [3]~[A]\ndata 5 5 extra@5:1 [4][5][A][6]\n"
     "group 6 6 [Unit: B][]~\ndata 7 7 [7][8][B]\ndata 8 8 [Unit: C][x][B]\n"},
    {"lines of the report",
     "a,b,c\nPage 1 of 3\n1,2,3\n,Run by,Ana\nNote 7,2,3\nRun by,2,3\nRun Byron,2,\nConfidential,2,\n",
     "footer 2 2 [Page 1 of 3]~~\ndata 3 3 [1][2][3]\nfooter 4 4 [][Run by][Ana]\ndata 5 5 [Note 7][2][3]\n"
     "data 6 6 [Run by][2][3]\ndata 7 7 [Run Byron][2][]\ndata 8 8 [Confidential][2][]\n"},
    {"behind title lines", "Report\n\n\"a\nx\",b\n1,2\n", "data 4 5 [1][2]\n"},
    {"subtotals are data", ",Job,Unit,Total\nUnit: A,,,\n,1,x,$1\n,,42,$123\n",
     "group 2 2 [Unit: A][][][]\ndata 3 3 [A][1][x][$1]\ndata 4 4 [A][][42][$123]\n"},
};

static void tell_record(const struct record *record, struct buffer *told) {
    static const char *const kinds[] = {"data", "blank", "header", "footer", "group"};
    static const char *const damages[] = {"", "missing", "extra", "unclosed"};
    buffer_print(told, "%s %llu %llu", kinds[record->kind], (unsigned long long)record->row,
                 (unsigned long long)record->line);
    if (record->last_line != record->line) buffer_print(told, "-%llu", (unsigned long long)record->last_line);
    if (record->damage != DAMAGE_NONE)
        buffer_print(told, " %s@%llu:%llu", damages[record->damage], (unsigned long long)record->damage_line,
                     (unsigned long long)record->damage_column);
    buffer_add_char(told, ' ');
    for (size_t i = 0; i < record->cell_count; i++) {
        const struct cell *cell = &record->cells[i];
        if (cell->kind == CELL_ABSENT) {
            buffer_add_char(told, '~');
        } else {
            assert_int_equal(cell->kind, CELL_TEXT);
            buffer_print(told, "[%.*s]", VIEW_ARGS(cell->text));
        }
    }
    buffer_add_char(told, '\n');
}

static void tell_records(struct input *input, struct buffer *told) {
    struct block block = {0};
    struct record record;
    struct error error = {0};
    struct record_reader *reader = record_reader_create(input, NULL, 0);
    told->length = 0;
    for (bool end = false;;) {
        assert_true(input_next_block(input, &block, &end, &error));
        if (end) break;
        record_reader_start(reader, &block);
        while (record_reader_next(reader, &record))
            tell_record(&record, told);
    }
    record_reader_destroy(reader);
    buffer_free(&block.bytes);
    buffer_free(&block.group);
}

static void test_records(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        for (int by_hand = 0; by_hand < 2; by_hand++) {
            struct input_options options = {.is_by_hand = by_hand};
            struct error error = {0};
            struct input *input;
            struct buffer told = {0};
            char *path = make_file(view_of(records[i].text));
            if (!input_open(path, &options, &input, &error)) fail_msg("%s: %s", records[i].what, error.message);
            tell_records(input, &told);
            assert_told(&told, records[i].wanted, records[i].what);
            assert_true(input_rewind(input, &error));
            tell_records(input, &told);
            assert_told(&told, records[i].wanted, "after a rewind");
            input_close(input);
            buffer_free(&told);
            drop_file(path);
        }
    }
}

/* Where cells begin: columns count bytes, lines count inside cells, absent cells are where the record begins. */
static void test_locate(void **state) {
    (void)state;
    static const struct {
        size_t index;
        uint64_t line, column;
    } places[] = {{0, 3, 1}, {1, 3, 4}, {2, 4, 4}, {3, 3, 1}, {4, 4, 10}, {5, 3, 1}};
    char *path = make_file(view_of("a,b,c\nUnit: A,,\n\xC3\xA9,\"x\ny\",\"z\"\"\",4\n"));
    struct error error = {0};
    struct input *input;
    struct block block = {0};
    struct record record;
    bool end;
    assert_true(input_open(path, NULL, &input, &error));
    struct record_reader *reader = record_reader_create(input, NULL, 0);
    assert_true(input_next_block(input, &block, &end, &error));
    record_reader_start(reader, &block);
    assert_true(record_reader_next(reader, &record));
    assert_true(record_reader_next(reader, &record));
    assert_int_equal(record.cell_count, 5);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        uint64_t line, column;
        record_locate(reader, &record, places[i].index, &line, &column);
        assert_int_equal(line, places[i].line);
        assert_int_equal(column, places[i].column);
    }
    record_reader_destroy(reader);
    input_close(input);
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    drop_file(path);
}

/* Reads all records with a limit; tells rows, lines, damage and cells of the data records. */
static void tell_limited(struct view text, uint64_t limit, size_t block_size, struct buffer *out) {
    char *path = make_file(text);
    struct source *source;
    struct csv_input *input;
    struct input_facts facts = {.path = path};
    struct input_options options = {.delimiter = ',', .record_limit = limit};
    struct error error = {0};
    struct block block = {0};
    struct record record;
    out->length = 0;
    assert_true(source_open(path, NULL, &source, &error));
    assert_true(csv_input_open(source, &options, &facts, &input, &error));
    if (block_size > 0) csv_input_set_block_size(input, block_size);
    struct csv_reader *reader = csv_reader_create(&facts, CSV_IN_PLACE);
    for (bool end = false;;) {
        assert_true(csv_input_next_block(input, &block, &end, &error));
        if (end) break;
        assert_true(block.bytes.length <= BLOCK_RECORD_LIMIT + BLOCK_SIZE);
        csv_reader_start(reader, &block);
        while (csv_reader_next(reader, &record)) {
            buffer_print(out, "%llu %llu-%llu", (unsigned long long)record.row, (unsigned long long)record.line,
                         (unsigned long long)record.last_line);
            if (record.damage == DAMAGE_TOO_LARGE)
                buffer_print(out, " large %.*s at %llu:%llu", VIEW_ARGS(record.damage_text),
                             (unsigned long long)record.damage_line, (unsigned long long)record.damage_column);
            for (size_t i = 0; i < record.cell_count && i < 3; i++)
                buffer_print(out, " [%.*s]", record.cells[i].text.length > 9 ? 9 : (int)record.cells[i].text.length,
                             record.cells[i].text.length ? record.cells[i].text.text : "");
            buffer_add_char(out, '\n');
        }
    }
    csv_reader_destroy(reader);
    csv_input_close(input);
    source_close(source);
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    drop_file(path);
}

/* A record beyond the limit is one damaged record, whatever it swallows; those around it are read. */
static void test_record_limit(void **state) {
    (void)state;
    struct buffer text = {0}, told = {0};
    buffer_add(&text, view_of("a,b\n1,2\n\"x\ny\",\"z\n"));
    while (text.length < BLOCK_RECORD_LIMIT + 1000)
        buffer_add(&text, view_of("0123456789,0123456789\r\n"));
    buffer_add(&text, view_of("\"\r\n3,4\r\n"));
    size_t lines = (text.length - 4 - 4 - 9 - 3 - 5) / 23;
    char *wanted = memory_print("2 2-2 [1] [2]\n3 3-%zu large %zu bytes at 4:4 [x\ny] []\n4 %zu-%zu [3] [4]\n",
                                lines + 5, text.length - 4 - 4 - 2 - 5, lines + 6, lines + 6);
    tell_limited(buffer_view(&text), 0, 0, &told);
    if (!view_equal(buffer_view(&told), view_of(wanted)))
        fail_msg("%.*s, not %s", VIEW_ARGS(buffer_view(&told)), wanted);
    free(wanted);

    text.length = 0;
    buffer_add(&text, view_of("a,b\n1,2\n"));
    while (text.length < BLOCK_RECORD_LIMIT + 1000)
        buffer_add(&text, view_of("0123456789,0123456789,"));
    wanted = memory_print("2 2-2 [1] [2]\n3 3-3 large %zu bytes at 3:1 [012345678] [012345678]\n", text.length - 8);
    tell_limited(buffer_view(&text), 0, 0, &told);
    if (!view_equal(buffer_view(&told), view_of(wanted)))
        fail_msg("%.*s, not %s", VIEW_ARGS(buffer_view(&told)), wanted);
    free(wanted);
    buffer_free(&text);
    buffer_free(&told);
}

#if defined(IS_SANITIZED) && !defined(ALL_INPUTS)
#define LIMIT_STEP 4
#else
#define LIMIT_STEP 1
#endif

/* Where blocks are cut does not change what is too large, nor what is told of it. */
static void test_record_limit_by_blocks(void **state) {
    (void)state;
    static const char text[] =
        "a,b,c\n1,2,3\n123456789,123456789,1\n\"1\"\"\",\"\n\n45678901234567\"\"90\",2\r\n4,5,\"6\r\n\"\n"
        "123456789012345678,,\r7,8,9\n\"x\"y\r\nz,1234567890123456789\"\r\n10,11,12";
    struct buffer whole = {0}, told = {0};
    for (uint64_t limit = 5; limit < 40; limit += LIMIT_STEP) {
        tell_limited(view_of(text), limit, 0, &whole);
        for (size_t size = 1; size < sizeof text; size++) {
            tell_limited(view_of(text), limit, size, &told);
            if (!view_equal(buffer_view(&told), buffer_view(&whole)))
                fail_msg("limit %d, blocks of %zu: %.*s, not %.*s", (int)limit, size, VIEW_ARGS(buffer_view(&told)),
                         VIEW_ARGS(buffer_view(&whole)));
        }
    }
    buffer_free(&whole);
    buffer_free(&told);
}

/* More cells than a piece of the reader's store holds, and records over many pieces, stay valid together. */
static void test_many_cells(void **state) {
    (void)state;
    struct buffer text = {0};
    buffer_add(&text, view_of("a,b\n"));
    for (int i = 0; i < 20000; i++)
        buffer_print(&text, "%d,x\n", i);
    for (int i = 0; i < 20000; i++)
        buffer_print(&text, "%d,", i);
    char *path = make_file(buffer_view(&text));
    struct error error = {0};
    struct input *input;
    struct block block = {0};
    struct record *kept = memory_get(20001 * sizeof *kept);
    bool end;
    assert_true(input_open(path, NULL, &input, &error));
    struct record_reader *reader = record_reader_create(input, NULL, 0);
    assert_true(input_next_block(input, &block, &end, &error));
    for (int round = 0; round < 2; round++) {
        size_t count = 0;
        record_reader_start(reader, &block);
        while (record_reader_next(reader, &kept[count]))
            count++;
        assert_int_equal(count, 20001);
        for (int i = 0; i < 20000; i++) {
            char *number = memory_print("%d", i);
            assert_true(view_is(kept[i].cells[0].text, number));
            assert_true(view_is(kept[20000].cells[i].text, number));
            free(number);
        }
        assert_int_equal(kept[20000].original_count, 20001);
        assert_int_equal(kept[20000].damage, DAMAGE_CELLS_EXTRA);
    }
    record_reader_destroy(reader);
    input_close(input);
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    buffer_free(&text);
    free(kept);
    drop_file(path);
}

/* --- folders ---------------------------------------------------------------------------------- */

static void touch(const char *folder, const char *name) {
    char *path = memory_print("%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fclose(file);
    free(path);
}

static void test_folders(void **state) {
    (void)state;
    char folder[] = "/tmp/st2plecto-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char **expanded;
    size_t count;
    struct error error = {0};
    struct skipped_files skipped = {0};
    char *paths[] = {folder};
    assert_false(input_expand_paths(paths, 1, NULL, 0, false, &expanded, &count, &skipped, &error));
    assert_int_equal(error.code, EXIT_CANNOT_READ);
    assert_non_null(strstr(error.message, "no export in this folder"));
    error_free(&error);

    static const char *const names[] = {"b.csv",    "a.CSV.gz",  ".hidden.csv", "x.xls",
                                        "c.ndjson", "d.json.gz", "csv",         "e.xlsx"};
    static const char *const wanted[] = {"x,y", "a.CSV.gz", "b.csv", "c.ndjson", "d.json.gz", "e.xlsx", "-"};
    for (size_t i = 0; i < 8; i++)
        touch(folder, names[i]);
    char *below = memory_print("%s/below.csv", folder);
    assert_int_equal(mkdir(below, 0700), 0);
    char name[] = "x,y", dash[] = "-";
    char *more[] = {name, folder, dash};
    assert_true(input_expand_paths(more, 3, NULL, 0, false, &expanded, &count, &skipped, &error));
    assert_int_equal(skipped.count, 4); /* .hidden.csv, the folder below.csv, csv, x.xls */
    assert_true(skipped.list[1].is_folder && skipped.list[3].may_hold_one);
    skipped_files_free(&skipped);
    assert_int_equal(count, 7);
    for (size_t i = 0; i < count; i++) {
        char *path = i == 0 || i == 6 ? memory_copy(view_of(wanted[i])) : memory_print("%s/%s", folder, wanted[i]);
        assert_string_equal(expanded[i], path);
        free(path);
        free(expanded[i]);
    }
    free(expanded);
    for (size_t i = 0; i < 8; i++) {
        char *path = memory_print("%s/%s", folder, names[i]);
        unlink(path);
        free(path);
    }
    rmdir(below);
    free(below);
    rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heads),        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_records),      cmocka_unit_test(test_locate),
        cmocka_unit_test(test_record_limit), cmocka_unit_test(test_record_limit_by_blocks),
        cmocka_unit_test(test_many_cells),   cmocka_unit_test(test_folders),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
