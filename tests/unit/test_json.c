/* test_json.c: shapes, envelopes, cut and damaged files, cells, places; the one-pass reader against
 * cJSON over generated records; and that the size of blocks changes nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "input/json/answer.h"
#include "input/json/cut.h"
#include "input/json/input.h"
#include "support/json_reference.h"
#include "base/json_scan.h"
#include "base/sanitized.h"

#if defined(IS_SANITIZED) && !defined(ALL_INPUTS)
#define SHARE 200 /* ten times as slow; the others are read without, and at night */
#define FEW 5     /* of what is slower still */
#else
#define SHARE 1
#define FEW 1
#endif

/* --- helpers: a text becomes a file, a file becomes a dump ------------------------------------ */

struct opened {
    char path[64];
    struct source *source;
    struct input_facts facts;
    struct json_input *input;
    struct error error;
    bool good;
};

static void open_text(struct opened *opened, struct view text) {
    memset(opened, 0, sizeof *opened);
    strcpy(opened->path, "/tmp/test_json_XXXXXX");
    int file = mkstemp(opened->path);
    assert_true(file >= 0);
    for (size_t done = 0; done < text.length;) {
        ssize_t written = write(file, text.text + done, text.length - done);
        assert_true(written > 0);
        done += (size_t)written;
    }
    close(file);
    struct source_options options = {0};
    assert_true(source_open(opened->path, &options, &opened->source, &opened->error));
    opened->facts.path = opened->path;
    opened->good = json_input_open(opened->source, &opened->facts, &opened->input, &opened->error);
}

static void close_text(struct opened *opened) {
    json_input_close(opened->input);
    source_close(opened->source);
    error_free(&opened->error);
    unlink(opened->path);
}

static void dump_cell(struct buffer *to, const struct cell *cell) {
    static const char kinds[] = "-0tnbl*"; /* absent, null, text, number, boolean, list of plain values, nested */
    buffer_add_char(to, ' ');
    buffer_add_char(to, kinds[cell->kind]);
    if (cell->text.length) {
        buffer_add_char(to, '(');
        buffer_add(to, cell->text);
        buffer_add_char(to, ')');
    }
}

/* One line for each record: number@line:column-last damage cells. */
static void dump_record(struct buffer *to, const struct json_reader *reader, const struct record *record, bool places) {
    static const char *const damages[] = {"", " MISSING", " EXTRA", " QUOTE", " NOTJSON", " NOTOBJECT", " LARGE"};
    buffer_print(to, "%" PRIu64 "@%" PRIu64 ":%" PRIu64 "-%" PRIu64 "%s", record->row, record->line, record->column,
                 record->last_line, damages[record->damage]);
    if (record->damage) {
        buffer_print(to, "[%" PRIu64 ":%" PRIu64 " %.*s]", record->damage_line, record->damage_column,
                     VIEW_ARGS(record->damage_text));
    }
    for (size_t i = 0; i < record->cell_count; i++) {
        uint64_t line, column;
        dump_cell(to, &record->cells[i]);
        if (places) {
            json_reader_locate(reader, record, i, &line, &column);
            buffer_print(to, "@%" PRIu64 ":%" PRIu64, line, column);
        }
    }
    buffer_add_char(to, '\n');
}

/* The record is what cJSON finds. */
static void check_record(struct json_check *check, const struct record *record, const struct block *block) {
    struct buffer why = {NULL, 0, 0};
    if (!json_check_record(check, record, block->bytes.text + block->bytes.length, &why))
        fail_msg("%.*s\n%.*s", VIEW_ARGS(record->raw), VIEW_ARGS(buffer_view(&why)));
    buffer_free(&why);
}

/* All records; false with opened->error set if reading stops. */
static bool dump_all(struct opened *opened, const struct view *paths, size_t count, bool places, struct buffer *to) {
    struct json_reader *reader = json_reader_create(&opened->facts, paths, count);
    struct json_check *check = json_check_create(&opened->facts, paths, count);
    struct block block;
    struct record record;
    bool end = false, good = true;
    uint64_t next = 1;
    memset(&block, 0, sizeof block);
    while (good && !end) {
        good = json_input_next_block(opened->input, &block, &end, &opened->error);
        if (!good || end) {
            break;
        }
        assert_int_equal(block.first_row, next);
        json_reader_start(reader, &block);
        while (json_reader_next(reader, &record)) {
            assert_int_equal(record.row, next);
            next++;
            check_record(check, &record, &block);
            dump_record(to, reader, &record, places);
        }
        assert_int_equal(opened->facts.records, next - 1);
    }
    json_reader_destroy(reader);
    json_check_destroy(check);
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    return good;
}

#define MOST_PATHS 16

/* "a,b.c" as views. */
static size_t split(const char *list, struct view paths[MOST_PATHS]) {
    size_t count = 0;
    for (const char *at = list; at && *at; count++) {
        const char *comma = strchr(at, ',');
        paths[count] = view_from(at, comma ? (size_t)(comma - at) : strlen(at));
        at = comma ? comma + 1 : NULL;
    }
    return count;
}

/* The dump of a text, cJSON and several block sizes agreeing; the caller frees it. */
static char *dump_text(struct view text, const char *list, bool places, struct input_facts *facts, char **cut) {
    struct view paths[MOST_PATHS];
    size_t count = split(list, paths);
    struct opened opened;
    struct buffer first = {NULL, 0, 0};
    open_text(&opened, text);
    if (!opened.good) {
        fail_msg("not opened: %s", opened.error.message);
    }
    static const size_t sizes[] = {BLOCK_SIZE, 1, 7, 64, 1000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct buffer again = {NULL, 0, 0};
        json_input_set_block_size(opened.input, sizes[i]);
        struct error error = {0};
        assert_true(json_input_rewind(opened.input, &error));
        struct buffer *to = i == 0 ? &first : &again;
        if (!dump_all(&opened, paths, count, places, to)) {
            fail_msg("not read: %s", opened.error.message);
        }
        if (to == &again) {
            assert_int_equal(again.length, first.length);
            assert_memory_equal(again.length ? again.text : "", first.length ? first.text : "", first.length);
        }
        buffer_free(&again);
    }
    *facts = opened.facts;
    *cut = opened.facts.cut_reason ? memory_copy(view_of(opened.facts.cut_reason)) : NULL;
    facts->columns = NULL;
    close_text(&opened);
    buffer_add_char(&first, '\0');
    return buffer_take(&first);
}

/* --- shapes and envelopes --------------------------------------------------------------------- */

struct good_case {
    const char *text, *paths;
    enum input_shape shape;
    uint64_t answers;
    const char *cut; /* part of cut_reason, or NULL */
    const char *dump;
};

static const struct good_case good_cases[] = {
    {"{\"page\":1,\"pageSize\":50,\"totalCount\":2,\"hasMore\":false,\"data\":[{\"id\":1},{\"id\":2}]}", "id",
     SHAPE_LIST, 1, NULL, "1@1:64-1 n(1)\n2@1:73-1 n(2)\n"},
    {"{\"data\":[{\"id\":1}],\"hasMore\":false,\"page\":1}", "id", SHAPE_LIST, 1, NULL, "1@1:10-1 n(1)\n"},
    {"{\"hasMore\":false,\"continueFrom\":\"x\",\"data\":[{\"id\":1}]}", "id", SHAPE_EXPORT, 1, NULL,
     "1@1:45-1 n(1)\n"},
    {"{\"data\":[{\"id\":1}],\"continueFrom\":\"x\",\"hasMore\":false}", "id", SHAPE_EXPORT, 1, NULL,
     "1@1:10-1 n(1)\n"},
    {"{\"hasMore\":true,\"page\":1,\"data\":[{\"id\":1}]}", "id", SHAPE_LIST, 1, "hasMore", "1@1:34-1 n(1)\n"},
    {"{\"data\":[{\"id\":1}],\"hasMore\":true}", "id", SHAPE_LIST, 1, "hasMore", "1@1:10-1 n(1)\n"},
    {"{\"hasMore\":true,\"page\":1,\"data\":[{\"id\":1}]}\n{\"hasMore\":false,\"page\":2,\"data\":[{\"id\":2}]}\n",
     "id", SHAPE_LIST, 2, NULL, "1@1:34-1 n(1)\n2@2:35-2 n(2)\n"},
    {"[{\"hasMore\":true,\"data\":[{\"id\":1}]},\n{\"hasMore\":false,\"data\":[]},{\"data\":[{\"id\":2}]}]", "id",
     SHAPE_LIST, 3, NULL, "1@1:26-1 n(1)\n2@2:38-2 n(2)\n"},
    {"{\"totalCount\":3,\"page\":1,\"data\":[{\"id\":1},{\"id\":2}]}{\"totalCount\":3,\"page\":2,\"data\":[{\"id\":3}]"
     "}",
     "id", SHAPE_LIST, 2, NULL, "1@1:34-1 n(1)\n2@1:43-1 n(2)\n3@1:86-1 n(3)\n"},
    {"{\"totalCount\":3,\"data\":[{\"id\":1}]}", "", SHAPE_LIST, 1, "totalCount says 3", "1@1:25-1\n"},
    {"{\"totalCount\":1,\"data\":[{\"id\":1},{\"id\":2}]}", "", SHAPE_LIST, 1, "has 2", "1@1:25-1\n2@1:34-1\n"},
    {"{\"totalCount\":null,\"data\":[{\"id\":1}]}", "", SHAPE_LIST, 1, NULL, "1@1:28-1\n"},
    {"{\"totalCount\":1,\"data\":[{\"id\":1}]}{\"totalCount\":2,\"data\":[{\"id\":1},{\"id\":2}]}", "", SHAPE_LIST, 2,
     NULL, "1@1:25-1\n2@1:59-1\n3@1:68-1\n"},
    {"{\"page\":1,\"hasMore\":false,\"data\":[]}", "id", SHAPE_LIST, 1, NULL, ""},
    {"{\"page\":1,\"hasMore\":false,\"data\":null}", "id", SHAPE_LIST, 1, NULL, ""},
    {"{\"fields\":[{\"name\":\"A\",\"label\":\"a\"},{\"name\":\"B\"}],\"data\":[[1,\"x\"],\n[null,true],[1],[1,2,[3,{}]"
     "],{},7]}",
     "", SHAPE_REPORT, 1, NULL,
     "1@1:59-1 n(1) t(x)\n2@2:1-2 0 b(true)\n"
     "3@2:13-2 MISSING[2:13 this row has 1 cells, but \"fields\" names 2 columns] n(1) -\n"
     "4@2:17-2 EXTRA[2:17 this row has 3 cells, but \"fields\" names 2 columns] n(1) n(2) *([3,{}])\n"
     "5@2:30-2 NOTOBJECT[2:30 a row of a report should be a list […]] - -\n"
     "6@2:33-2 NOTOBJECT[2:33 a row of a report should be a list […]] - -\n"},
    {"{\"data\":[[1]],\"hasMore\":false,\"fields\":[{\"name\":\"A\",\"label\":\"a\"}]}", "", SHAPE_REPORT, 1, NULL,
     "1@1:10-1 n(1)\n"},
    {"{\"metadata\":{\"id\":\"r\"},\"data\":{\"data\":[[\"v\"]],\"fields\":[{\"name\":\"A\"}],\"hasMore\":true}}", "",
     SHAPE_REPORT, 1, "hasMore", "1@1:40-1 t(v)\n"},
    {"{\"data\":{\"fields\":[{\"name\":\"A\"}],\"data\":[]},\"metadata\":{}}", "", SHAPE_REPORT, 1, NULL, ""},
    {"{\"fields\":[],\"data\":[]}", "", SHAPE_REPORT, 1, NULL, ""},
    {"[{\"id\":1}\n,\r\n{\"id\":\"2\"}\r, 3 ,\"x\",null,[1] ] ", "id", SHAPE_ARRAY, 0, NULL,
     "1@1:2-1 n(1)\n2@3:1-3 t(2)\n3@4:3-4 NOTOBJECT[4:3 a record should be an object {…}] -\n"
     "4@4:6-4 NOTOBJECT[4:6 a record should be an object {…}] -\n"
     "5@4:10-4 NOTOBJECT[4:10 a record should be an object {…}] -\n"
     "6@4:15-4 NOTOBJECT[4:15 a record should be an object {…}] -\n"},
    {" [ ] ", "id", SHAPE_ARRAY, 0, NULL, ""},
    {"[{\"id\":1}]\n[{\"id\":2}]\n", "id", SHAPE_ARRAY, 0, NULL, "1@1:2-1 n(1)\n2@2:2-2 n(2)\n"},
    {"[{\"a\":1,},{\"a\":01},{\"a\":2]]", "a", SHAPE_ARRAY, 0, NULL,
     "1@1:2-1 NOTJSON[1:9 not valid JSON: a key in quotes is expected here] -\n"
     "2@1:11-1 NOTJSON[1:17 not valid JSON: a number must not begin with 0] -\n"
     "3@1:20-1 NOTJSON[1:26 not valid JSON: a comma or } is expected here] -\n"},
    {"{\"id\":1}\n\n{\"id\":2}\r\n {\"id\":3}\t\n", "id", SHAPE_LINES, 0, NULL,
     "1@1:1-1 n(1)\n2@3:1-3 n(2)\n3@4:2-4 n(3)\n"},
    {"{\"id\":1}\r{\"id\":2}\r", "id", SHAPE_LINES, 0, NULL, "1@1:1-1 n(1)\n2@2:1-2 n(2)\n"},
    {"{\"id\":1}", "id", SHAPE_LINES, 0, NULL, "1@1:1-1 n(1)\n"},
    {"{\"id\":1\n{\"id\":2}\n[3]\n{\"id\":4} x\n{\"id\":5}", "id", SHAPE_LINES, 0, NULL,
     "1@1:1-1 NOTJSON[1:8 not valid JSON: it ends too early] -\n2@2:1-2 n(2)\n"
     "3@3:1-3 NOTOBJECT[3:1 a record should be an object {…}] -\n"
     "4@4:1-4 NOTJSON[4:10 not valid JSON: something follows the end of the value] -\n5@5:1-5 n(5)\n"},
    {"{\n \"id\":1\n}\n{ \"id\":2 } {\"id\":3}\n", "id", SHAPE_ARRAY, 0, NULL,
     "1@1:1-3 n(1)\n2@4:1-4 n(2)\n3@4:12-4 n(3)\n"},
    {"{\"type\":\"SCHEMA\",\"stream\":\"s\",\"schema\":{}}\n{\"type\": \"RECORD\", "
     "\"stream\":\"s\",\"record\":{\"id\":1,\"a\":{\"b\":2}}}\n"
     "{\"type\":\"STATE\",\"value\":{}}\n{\"stream\":\"s\",\"record\":{\"id\":3},\"type\":\"RECORD\"}\n{\"type\":"
     "\"STATE\",\"value\":1}",
     "id,a.b", SHAPE_LINES, 0, NULL, "1@2:1-2 n(1) n(2)\n2@4:1-4 n(3) -\n"},
};

static void reads_every_shape(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof good_cases / sizeof *good_cases; i++) {
        const struct good_case *wanted = &good_cases[i];
        struct input_facts facts;
        char *cut;
        char *dump = dump_text(view_of(wanted->text), wanted->paths, false, &facts, &cut);
        if (strcmp(dump, wanted->dump) != 0) {
            fail_msg("case %zu: %s\nwanted:\n%s\ngot:\n%s", i, wanted->text, wanted->dump, dump);
        }
        assert_int_equal(facts.shape, wanted->shape);
        assert_int_equal(facts.answers, wanted->answers);
        assert_int_equal(cut != NULL, wanted->cut != NULL);
        if (cut && !strstr(cut, wanted->cut)) {
            fail_msg("case %zu: %s", i, cut);
        }
        assert_int_equal(facts.wrapper != NULL, strstr(wanted->text, "SCHEMA") != NULL);
        free(cut);
        free(dump);
    }
}

struct bad_case {
    const char *text;
    const char *place;   /* ":LINE:COLUMN:" */
    const char *message; /* part of it */
    const char *fix;     /* part of it */
};

static const struct bad_case bad_cases[] = {
    {"{\"type\":\"t\",\"title\":\"Not \\\"found\\\"\",\"status\":404,\"traceId\":\"x\",\"errors\":{},\"data\":{}}",
     ":1:1:", "\"Not \"found\"\" (status 404)", "Export again"},
    {"\n[{\"title\":\"Bad\",\"status\":400,\"traceId\":\"x\"}]", ":2:2:", "\"Bad\"", "Export again"},
    {"{\"title\":\"Slow down\",\"status\":429}", ":1:1:", "Slow down", "Retry-After"},
    {"{\"error\":\"invalid_client\",\"error_description\":\"no such\"}", ":1:1:", "invalid_client: no such",
     "client ID"},
    {"{\"error\":\"invalid_client\"}", ":1:1:", "login server: invalid_client", "client ID"},
    {"{\"hasMore\":true,\"data\":[{\"id\":1}]}\n{\"title\":\"Gone\",\"status\":500,\"traceId\":\"x\"}", ":2:1:", "Gone",
     "again"},
    {"{\"hasMore\":true,\"data\":[]}{\"page\":2,\"x\":1}", ":1:27:", "no \"data\"", "whole answers"},
    {"{\"page\":1,\"data\":[{\"id\":1},{\"id\":2", ":1:35:", "ends in the middle of a record, which begins at line 1, column 28",
     "cut"},
    {"{\"page\":1,\"data\":[{\"id\":1}", ":1:27:", "ends in the middle of", "cut"},
    {"{\"page\":1,\"data\":[{\"id\":1}]", ":1:28:", "ends in the middle of", "cut"},
    {"{\"page\":1,\"data\":[{\"id\":1}],\"hasM", ":1:34:", "ends in the middle of", "cut"},
    {"{\"page\":1,\"data\":[{\"id\":1},", ":1:28:", "ends in the middle of", "cut"},
    {"{\"page\":1,\"pageS", ":1:17:", "ends in its first object", "cut off"},
    {"[", ":1:2:", "ends too early", "cut off"},
    {"[{\"id\":1},\n{\"id\":2}", ":2:9:", "ends in the middle of", "cut"},
    {"[{\"id\":1}\n{\"id\":2}]", ":2:1:", "comma is missing", "again"},
    {"[{\"id\":1},]", ":1:11:", "missing between comma and bracket", "again"},
    {"[{\"id\":1},,{\"id\":2}]", ":1:11:", "a comma is", "again"},
    {"[{\"id\":1}}]", ":1:10:", "closing bracket", "again"},
    {"[{\"id\":1}] x", ":1:12:", "follows the end", "again"},
    {"{\"hasMore\":false,\"data\":[]} ]", ":1:29:", "follows the end", "again"},
    {"{\"data\":[{\"id\":1}],\"hasMore\":false}\n\nrubbish", ":3:1:", "follows the end", "again"},
    {"{\"data\":[{\"id\":1}],\"hasMore\":fals}", ":1:30:", "a value is expected here", "again"},
    {"{\"data\":[{\"id\":1}] \"hasMore\":false}", ":1:20:", "comma", "again"},
    {"{\"data\":[{\"id\":1}],hasMore:false}", ":1:20:", "key in quotes", "again"},
    {"{\"data\":[{\"id\":1}],\"hasMore\" false}", ":1:30:", "colon", "again"},
    {"{\"data\":[[1]],\"hasMore\":false}", ":1:1:", "no \"fields\"", "whole report answer"},
    {"{\"fields\":[1],\"data\":[[1]]}", ":1:11:", "list of objects", "again"},
    {"[[1,2],[3,4]]", ":1:2:", "without column names", "fields"},
    {"{\"fields\":[{\"name\":\"A\"}],\"data\":[[1]]}\n{\"fields\":[{\"name\":\"B\"}],\"data\":[[1]]}",
     ":2:11:", "other columns", "all pages"},
    {"{\"id\":1}\n{\"id\":2", ":2:8:", "ends in the middle of a record, which begins at line 2, column 1", "cut"},
    {"{\"id\" 1}", ":1:7:", "colon", "again"},
    {"{\n\"id\":1} x", ":2:9:", "between the objects", "again"},
};

static void refuses_what_cannot_be_read(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bad_cases / sizeof *bad_cases; i++) {
        const struct bad_case *wanted = &bad_cases[i];
        for (size_t size = 1; size <= BLOCK_SIZE; size *= 1024) {
            struct opened opened;
            struct buffer dump = {NULL, 0, 0};
            open_text(&opened, view_of(wanted->text));
            bool good = opened.good;
            if (good) {
                json_input_set_block_size(opened.input, size);
                good = dump_all(&opened, NULL, 0, false, &dump);
            }
            if (good) {
                fail_msg("case %zu was read: %s", i, wanted->text);
            }
            assert_int_equal(opened.error.code, EXIT_CANNOT_READ);
            if (!strstr(opened.error.message, wanted->message) || !strstr(opened.error.message, wanted->place) ||
                !opened.error.fix || !strstr(opened.error.fix, wanted->fix)) {
                fail_msg("case %zu: %s\n%s\n%s", i, wanted->text, opened.error.message, opened.error.fix);
            }
            buffer_free(&dump);
            close_text(&opened);
        }
    }
}

static void every_cut_of_an_answer_is_noticed(void **state) {
    (void)state;
    static const char text[] =
        "{\"page\":1,\"totalCount\":2,\"hasMore\":false,\"data\":[{\"id\":1,\"t\":\"a\\\"b\"},{\"id\":2}],\"x\":[1]}";
    for (size_t length = 1; length < sizeof text - 1; length++) {
        struct opened opened;
        struct buffer dump = {NULL, 0, 0};
        open_text(&opened, view_from(text, length));
        assert_false(opened.good && dump_all(&opened, NULL, 0, false, &dump));
        assert_int_equal(opened.error.code, EXIT_CANNOT_READ);
        buffer_free(&dump);
        close_text(&opened);
    }
}

/* --- columns ---------------------------------------------------------------------------------- */

static const struct {
    const char *text, *columns;
} column_cases[] = {
    {"{\"data\":[{\"id\":1,\"e\":null,\"l\":[{\"x\":1}],\"o\":{}},{\"e\":{\"id\":2,\"n\":{\"f\":1}},\"id\":3,\"z\":"
     "null,\"d.t\":1}]}",
     "id=id,l[].x=l[].x,o=o,e.id=e.id,e.n.f=e.n.f,z=z,"},
    {"{\"hasMore\":true,\"data\":[]}{\"data\":[{\"a\":1}]}", "a=a,"},
    {"{\"fields\":[{\"name\":\"JobNumber\",\"label\":\"Job "
     "\\u0023\"},{\"label\":\"x\"},{\"name\":\"y\",\"dataType\":1}],\"data\":[]}",
     "Job #=JobNumber,x=x,y=y,"},
    {"{\"type\":\"STATE\",\"value\":{}}\n{\"type\":\"RECORD\",\"stream\":\"s\",\"record\":{\"id\":1,\"a\":{\"b\":2}}}"
     "\n",
     "id=id,a.b=a.b,"},
    {"[{\"a\":1},{\"b\":\"\\ud83d\"},{\"c\":1,,},{\"k\\u0065y\":1}]", "a=a,b=b,c=c,key=key,"},
    {"[]", ""},
};

static void finds_columns(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof column_cases / sizeof *column_cases; i++) {
        struct opened opened;
        struct buffer list = {NULL, 0, 0};
        open_text(&opened, view_of(column_cases[i].text));
        assert_true(opened.good);
        for (size_t column = 0; column < opened.facts.column_count; column++) {
            buffer_add(&list, opened.facts.columns[column].label);
            buffer_add_char(&list, '=');
            buffer_add(&list, opened.facts.columns[column].name);
            buffer_add_char(&list, ',');
        }
        buffer_add_char(&list, '\0');
        assert_string_equal(list.text, column_cases[i].columns);
        buffer_free(&list);
        close_text(&opened);
    }
}

static void finds_fields_behind_much_data(void **state) {
    (void)state;
    struct buffer text = {NULL, 0, 0};
    buffer_add_text(&text, "{\"data\":[[\"first\",1]");
    for (int i = 0; i < 200000 / FEW; i++) {
        buffer_print(&text, ",\n[\"row %d\",%d.50]", i, i);
    }
    buffer_print(&text, "],\"totalCount\":%d", 200000 / FEW + 1);
    buffer_add_text(&text, ",\"fields\":[{\"name\":\"A\",\"label\":\"a\"},{\"name\":\"B\",\"label\":\"b\"}]}");
    struct opened opened;
    struct buffer dump = {NULL, 0, 0};
    open_text(&opened, buffer_view(&text));
    assert_true(opened.good);
    assert_int_equal(opened.facts.column_count, 2);
    assert_true(view_is(opened.facts.columns[1].label, "b"));
    assert_int_equal(opened.facts.records, 0);
    assert_true(dump_all(&opened, NULL, 0, false, &dump));
    assert_int_equal(opened.facts.records, 200000 / FEW + 1);
    assert_int_equal(opened.facts.answers, 1);
    assert_null(opened.facts.cut_reason);
    char last[100];
    int n = 200000 / FEW;
    size_t length = (size_t)snprintf(last, sizeof last, "%d@%d:1-%d t(row %d) n(%d.50)\n", n + 1, n + 1, n + 1, n - 1,
                                     n - 1);
    assert_memory_equal(dump.text + dump.length - length, last, length);
    buffer_free(&dump);
    buffer_free(&text);
    close_text(&opened);
}

/* --- cells and places ------------------------------------------------------------------------- */

static const struct {
    const char *record, *paths, *dump;
} cell_cases[] = {
    {"{\"a\":123456789012345678901234567890.000000000000000000000000000001e+7}", "a",
     " n(123456789012345678901234567890.000000000000000000000000000001e+7)"},
    {"{\"a\":\"1.0000000000000000000\",\"b\":-0.0,\"c\":25.1700000000}", "a,b,c",
     " t(1.0000000000000000000) n(-0.0) n(25.1700000000)"},
    {"{\"a\":null,\"b\":false,\"c\":[1, 2],\"d\":{ \"x\" : 1 },\"e\":\"\"}", "a,b,c,d,e,f",
     " 0 b(false) l(1, 2) *({ \"x\" : 1 }) t -"},
    {"{\"e\":{\"id\":7,\"n\":{\"f\":\"x\"}},\"p\":null,\"s\":5,\"l\":[{\"id\":1}]}",
     "e.n.f,e.id,e,e.n,p.id,s.id,l.id,e.id,e.q",
     " t(x) n(7) *({\"id\":7,\"n\":{\"f\":\"x\"}}) *({\"f\":\"x\"}) - - - n(7) -"},
    /* twice, but nobody asks for it */
    {"{\"a\":1,\"z\":2,\"z\":3,\"b\":{\"x\":1,\"y\":4,\"y\":5}}", "a,b.x", " n(1) n(1)"},
    {"{\"\\u0061\":\"tab\\t quote\\\" slash\\/ back\\\\ \\u00e9\\u20ac\\ud83d\\ude00\\b\\f\\n\\r\"}", "a",
     " t(tab\t quote\" slash/ back\\ \xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\b\f\n\r)"},
    {"{\"a\":\"x\\ud800y\",\"b\":\"\\udc00\",\"c\":\"\\ud800\\ud83d\\ude00\",\"d\":\"\\u0000\",\"e\":"
     "\"\\uD800\\u0041\"}",
     "a,b,c,d,e",
     " t(x\xef\xbf\xbdy) t(\xef\xbf\xbd) t(\xef\xbf\xbd\xf0\x9f\x98\x80) t(\xef\xbf\xbd) t(\xef\xbf\xbd"
     "A)"},
    {"{\"a\":\"\xff\xc3(\"}", "a", " t(\xff\xc3()"},
    {"{\"A\":1,\"\":2,\"a\":3}", "a,A", " n(3) n(1)"},
    {"{}", "a,a.b", " - -"},
    {"{\"a\":{}}", "a,a.b", " *({}) -"},
};

/* A wanted key that comes twice, itself or around a wanted one, would lose one of its values silently. */
static void wanted_keys_come_once(void **state) {
    (void)state;
    static const struct {
        const char *record, *paths;
    } cases[] = {{"{\"a\":1,\"a\":1}", "a"},
                 {"{\"a\":1,\"\\u0061\":2}", "a"},
                 {"{\"b\":{\"x\":1},\"b\":{\"y\":3}}", "b.x"},
                 {"{\"b\":{\"x\":1,\"x\":null}}", "b.x"},
                 {"{\"c\":null,\"c\":{\"x\":1}}", "c.x,c"},
                 {"{\"items\":[{\"x\":1}],\"items\":[]}", "items[*].x"},
                 {"{\"items\":[{\"x\":1,\"x\":2}]}", "items[*].x"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct input_facts facts;
        char *cut, *text = memory_print("[%s]", cases[i].record);
        char *dump = dump_text(view_of(text), cases[i].paths, false, &facts, &cut);
        if (!strstr(dump, " a key is twice")) fail_msg("case %zu: %s", i, dump);
        free(dump);
        free(cut);
        free(text);
    }
}

static void takes_cells(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cell_cases / sizeof *cell_cases; i++) {
        for (int singer = 0; singer < 2; singer++) {
            struct input_facts facts;
            char *cut;
            char *text = memory_print(singer ? "{\"type\":\"RECORD\",\"stream\":\"s\",\"record\":%s}\n" : "[%s]",
                                      cell_cases[i].record);
            char *dump = dump_text(view_of(text), cell_cases[i].paths, false, &facts, &cut);
            const char *cells = strchr(dump, ' ');
            char *wanted = memory_print("%s\n", cell_cases[i].dump);
            assert_non_null(cells);
            assert_string_equal(cells, wanted);
            free(wanted);
            free(dump);
            free(cut);
            free(text);
        }
    }
}

static void locates_cells(void **state) {
    (void)state;
    struct input_facts facts;
    char *cut;
    char *dump =
        dump_text(view_of("[\n {\"a\": 1,\r\n  \"b\": {\n\"c\": \"x\"}}, {\"a\":2}]"), "a,b.c,b,q", true, &facts, &cut);
    assert_string_equal(
        dump, "1@2:2-4 n(1)@2:8 t(x)@4:6 *({\n\"c\": \"x\"})@3:8 -@2:2\n2@4:13-4 n(2)@4:18 -@4:13 -@4:13 -@4:13\n");
    free(dump);
    dump = dump_text(view_of("{\"fields\":[{\"name\":\"A\"},{\"name\":\"B\"}],\"data\":[\n[1,\n \"x\"],\n[2]]}"), "",
                     true, &facts, &cut);
    assert_string_equal(dump,
                        "1@2:1-3 n(1)@2:2 t(x)@3:2\n"
                        "2@4:1-4 MISSING[4:1 this row has 1 cells, but \"fields\" names 2 columns] n(2)@4:2 -@4:1\n");
    free(dump);
}

/* --- strictness ------------------------------------------------------------------------------- */

static const char *const valid[] = {"0",
                                    "-0",
                                    "10",
                                    "0.5",
                                    "-1.25e10",
                                    "1E+2",
                                    "1e-2",
                                    "true",
                                    "false",
                                    "null",
                                    "\"\"",
                                    "\"\\u12aF\"",
                                    "[]",
                                    "{}",
                                    " [ 1 , 2 ] ",
                                    "{\"a\":[{\"b\":[]},{}]}",
                                    "\"\x7f\"",
                                    "[[[[]]]]",
                                    "{\"a\":1,\"a\":2}",
                                    "\t\r\n1\n"};
static const char *const invalid[] = {"",
                                      " ",
                                      "00",
                                      "01",
                                      "-",
                                      "+1",
                                      ".5",
                                      "1.",
                                      "1e",
                                      "1e+",
                                      "0x1",
                                      "1_0",
                                      "NaN",
                                      "Infinity",
                                      "True",
                                      "nul",
                                      "tru",
                                      "'a'",
                                      "\"a",
                                      "\"\\x\"",
                                      "\"\\u12g4\"",
                                      "\"\\u123\"",
                                      "\"\\\"",
                                      "\"a\nb\"",
                                      "\"a\tb\"",
                                      "\"\x01\"",
                                      "[",
                                      "]",
                                      "[1",
                                      "[1,",
                                      "[1,]",
                                      "[,1]",
                                      "[1 2]",
                                      "{",
                                      "}",
                                      "{\"a\"",
                                      "{\"a\":",
                                      "{\"a\":1",
                                      "{\"a\":1,",
                                      "{\"a\":1,}",
                                      "{,}",
                                      "{a:1}",
                                      "{\"a\" 1}",
                                      "{\"a\":1 \"b\":2}",
                                      "{1:2}",
                                      "[}",
                                      "{]",
                                      "[1}",
                                      "{\"a\":1]",
                                      "1 2",
                                      "{} {}",
                                      "[]]",
                                      "\xef\xbb\xbf[]",
                                      "/**/1",
                                      "[1,/**/2]",
                                      "1\f",
                                      "\v1"};

static void is_strict(void **state) {
    (void)state;
    struct json_scan scan;
    for (size_t i = 0; i < sizeof valid / sizeof *valid; i++) {
        assert_true(json_scan_all(&scan, view_of(valid[i])));
    }
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++) {
        if (json_scan_all(&scan, view_of(invalid[i]))) {
            fail_msg("accepted: %s", invalid[i]);
        }
        assert_non_null(scan.fault);
        assert_true(scan.fault_at >= invalid[i] && scan.fault_at <= invalid[i] + strlen(invalid[i]));
    }
    assert_false(json_scan_all(&scan, view_from("\"a\0b\"", 5)));
}

static void limits_depth(void **state) {
    (void)state;
    for (int depth = 999; depth <= 1001; depth++) {
        struct buffer text = {NULL, 0, 0};
        buffer_add_text(&text, "[{\"a\":");
        for (int i = 1; i < depth; i++) {
            buffer_add_char(&text, '[');
        }
        for (int i = 1; i < depth; i++) {
            buffer_add_char(&text, ']');
        }
        buffer_add_text(&text, ",\"b\":1}]");
        struct input_facts facts;
        char *cut;
        char *dump = dump_text(buffer_view(&text), "b", false, &facts, &cut);
        assert_int_equal(strstr(dump, "nested more than 1000 deep") != NULL, depth > 1000);
        free(dump);
        buffer_free(&text);
    }
}

/* A record beyond the limit is one damaged record; those around it are read. */
static void passes_over_records_beyond_the_limit(void **state) {
    (void)state;
    static const char *const frames[][2] = {{"[{\"a\":1},\n{\"t\":\"", "\"},{\"a\":2}]"},
                                            {"{\"a\":1}\n{\"t\":\"", "\"}\r\n{\"a\":2}\n"}};
    for (int lines = SHARE > 1; lines < 2; lines++) {
        for (int over = SHARE > 1; over < 2; over++) { /* 16 MiB each */
            struct buffer text = {NULL, 0, 0};
            buffer_add_text(&text, frames[lines][0]);
            size_t length = BLOCK_RECORD_LIMIT - 8 - (lines ? 2 : 0) + (size_t)over * 3;
            memset(buffer_reserve(&text, length), 'x', length);
            text.length += length;
            buffer_add_text(&text, frames[lines][1]);
            struct input_facts facts;
            char *cut;
            char *dump = dump_text(buffer_view(&text), "a", false, &facts, &cut);
            assert_non_null(strstr(dump, "1@1:"));
            assert_int_equal(strstr(dump, "2@2:1-2 LARGE[2:1 1677721") != NULL, over);
            assert_non_null(strstr(dump, lines ? "3@3:1-3 n(2)" : "-2 n(2)"));
            free(dump);
            buffer_free(&text);
        }
    }
}

/* --- generated records ------------------------------------------------------------------------ */

static uint64_t random_next(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed >> 11;
}

static const char *pick(uint64_t *seed, const char *const *from, size_t count) {
    return from[random_next(seed) % count];
}

static const char *const keys[] = {"a",   "b", "c",       "id",       "employeeInfo",         "name",
                                   "x.y", "",  "\\u0061", "i\\u0064", "long key with blanks", "\xc3\xa9"};
static const char *const scalars[] = {"0",
                                      "-0",
                                      "-12.50",
                                      "1e5",
                                      "1E-7",
                                      "123456789012345678901234567890.5",
                                      "true",
                                      "false",
                                      "null",
                                      "\"\"",
                                      "\"text\"",
                                      "\"with \\\"quotes\\\" {and} [brackets], commas\"",
                                      "\"\\\\\"",
                                      "\"\\\\\\\"\"",
                                      "\"\\ud83d\\ude00\"",
                                      "\"\\ud800\"",
                                      "\"\\udead\\u0000x\"",
                                      "\"\\ud800\\ud800\\udc00\"",
                                      "\"\xff\xfe\"",
                                      "\"a long text that is more than sixteen bytes, and some\\n\"",
                                      "9007199254740993"};
static const char *const blanks[] = {"", "", "", "", " ", "\n", "\r\n", "\t "};

static void make_value(struct buffer *to, uint64_t *seed, int depth);

static void make_container(struct buffer *to, uint64_t *seed, int depth, bool object) {
    uint64_t count = random_next(seed) % 5;
    buffer_add_char(to, object ? '{' : '[');
    buffer_add_text(to, pick(seed, blanks, 8));
    for (uint64_t i = 0; i < count; i++) {
        if (i) {
            buffer_add_char(to, ',');
            buffer_add_text(to, pick(seed, blanks, 8));
        }
        if (object) {
            buffer_add_char(to, '"');
            buffer_add_text(to, pick(seed, keys, sizeof keys / sizeof *keys));
            buffer_add_text(to, "\"");
            buffer_add_text(to, pick(seed, blanks, 8));
            buffer_add_text(to, ":");
            buffer_add_text(to, pick(seed, blanks, 8));
        }
        make_value(to, seed, depth + 1);
        buffer_add_text(to, pick(seed, blanks, 8));
    }
    buffer_add_char(to, object ? '}' : ']');
}

static void make_value(struct buffer *to, uint64_t *seed, int depth) {
    uint64_t kind = random_next(seed) % 10;
    if (depth < 5 && kind < 4) {
        make_container(to, seed, depth, kind < 3);
    } else {
        buffer_add_text(to, pick(seed, scalars, sizeof scalars / sizeof *scalars));
    }
}

/* Changes, removes or doubles a byte of the text from `start` on. */
static void break_text(struct buffer *text, size_t start, uint64_t *seed) {
    static const char bytes[] = "\"\\{}[]:,01.eE+-tfnu \n\x01x";
    size_t at = start + random_next(seed) % (text->length - start);
    switch (random_next(seed) % 3) {
    case 0: text->text[at] = bytes[random_next(seed) % (sizeof bytes - 1)]; break;
    case 1:
        memmove(text->text + at, text->text + at + 1, text->length - at - 1);
        text->length--;
        break;
    default:
        buffer_reserve(text, 1);
        memmove(text->text + at + 1, text->text + at, text->length - at);
        text->length++;
        break;
    }
}

/* Reads `block` and checks it against cJSON; returns how many records were damaged. */
static size_t check_block(const struct block *block, const struct input_facts *facts, const struct view *paths,
                          size_t count) {
    struct json_reader *reader = json_reader_create(facts, paths, count);
    struct json_check *check = json_check_create(facts, paths, count);
    struct record record;
    size_t damaged = 0;
    json_reader_start(reader, block);
    while (json_reader_next(reader, &record)) {
        check_record(check, &record, block);
        damaged += record.damage == DAMAGE_NOT_JSON;
    }
    json_reader_destroy(reader);
    json_check_destroy(check);
    return damaged;
}

static void cjson_agrees(void **state) {
    (void)state;
    static const enum input_shape shapes[] = {SHAPE_LIST, SHAPE_REPORT, SHAPE_LINES};
    struct view paths[MOST_PATHS];
    size_t count =
        split("a,b,id,a.b,a.id,employeeInfo.name,employeeInfo.id,a.a.a,b.c,c,name,a.b,long key with blanks", paths);
    struct input_column columns[3] = {{{NULL, 0}, {NULL, 0}, false}};
    uint64_t seed = 88172645463325252u;
    size_t damaged = 0, all = 12000 / FEW;
    struct block block;
    memset(&block, 0, sizeof block);
    block.first_row = block.first_line = block.first_column = 1;
    for (size_t i = 0; i < all; i++) {
        struct input_facts facts;
        memset(&facts, 0, sizeof facts);
        facts.shape = shapes[i % 3];
        facts.columns = columns;
        facts.column_count = 3;
        block.bytes.length = 0;
        make_container(&block.bytes, &seed, 0, facts.shape != SHAPE_REPORT);
        if (random_next(&seed) % 2) {
            break_text(&block.bytes, 0, &seed);
        }
        if (block.bytes.length) {
            damaged += check_block(&block, &facts, paths, count) > 0;
        }
    }
    assert_true(damaged > all / 20); /* the generator must break enough of them, and leave enough whole */
    assert_true(damaged < all * 3 / 4);
    buffer_free(&block.bytes);
}

static void block_size_changes_nothing(void **state) {
    (void)state;
    uint64_t seed = 42;
    for (int i = 0; i < 150 / FEW; i++) {
        struct buffer text = {NULL, 0, 0};
        int answers = 1 + (int)(random_next(&seed) % 3);
        for (int answer = 0; answer < answers; answer++) {
            buffer_print(&text, "{\"hasMore\":%s,\"data\":[", answer + 1 < answers ? "true" : "false");
            uint64_t records = random_next(&seed) % 30;
            for (uint64_t record = 0; record < records; record++) {
                buffer_add_text(&text, record ? "," : "");
                buffer_add_text(&text, pick(&seed, blanks, 8));
                make_container(&text, &seed, 0, true);
                buffer_add_text(&text, pick(&seed, blanks, 8));
            }
            buffer_print(&text, "]}%s", pick(&seed, blanks, 8));
        }
        struct input_facts facts;
        char *cut;
        char *dump = dump_text(buffer_view(&text), "a,b.c,id,employeeInfo.name", true, &facts, &cut);
        assert_null(cut);
        free(dump);
        buffer_free(&text);
    }
}

/* What reading comes to: the dump, then the error or the reason why the export is cut. */
static char *outcome(struct opened *opened, size_t block_size, const struct view *paths, size_t count) {
    struct buffer dump = {NULL, 0, 0};
    struct error error = {0};
    json_input_set_block_size(opened->input, block_size);
    assert_true(json_input_rewind(opened->input, &error));
    error_free(&opened->error);
    memset(&opened->error, 0, sizeof opened->error);
    if (!dump_all(opened, paths, count, true, &dump)) {
        assert_int_equal(opened->error.code, EXIT_CANNOT_READ);
        buffer_add_text(&dump, opened->error.message);
    } else if (opened->facts.cut_reason) {
        buffer_add_text(&dump, opened->facts.cut_reason);
    }
    buffer_add_char(&dump, '\0');
    return buffer_take(&dump);
}

static void broken_files_are_read_alike(void **state) {
    (void)state;
    uint64_t seed = 99;
    struct view paths[MOST_PATHS];
    size_t count = split("id,a,b.c,a", paths), opened_count = 0;
    for (int i = 0; i < 4000 / SHARE; i++) {
        const struct good_case *from = &good_cases[random_next(&seed) % (sizeof good_cases / sizeof *good_cases)];
        struct buffer text = {NULL, 0, 0};
        buffer_add_text(&text, from->text);
        for (uint64_t breaks = 1 + random_next(&seed) % 3; breaks > 0; breaks--) {
            break_text(&text, 0, &seed);
        }
        struct opened opened;
        open_text(&opened, buffer_view(&text));
        if (opened.good) {
            opened_count++;
            char *first = outcome(&opened, BLOCK_SIZE, paths, count);
            char *small = outcome(&opened, 1, paths, count);
            char *other = outcome(&opened, 20, paths, count);
            if (strcmp(first, small) != 0 || strcmp(first, other) != 0) {
                fail_msg("%.*s\n%s\n%s\n%s", VIEW_ARGS(buffer_view(&text)), first, small, other);
            }
            free(first);
            free(small);
            free(other);
        } else {
            assert_int_equal(opened.error.code, EXIT_CANNOT_READ);
            assert_non_null(opened.error.fix);
        }
        buffer_free(&text);
        close_text(&opened);
    }
    assert_true(opened_count > 1000 / SHARE);
}

/* --- cutting ---------------------------------------------------------------------------------- */

/* Where a plain byte loop would end the element. */
static size_t plain_end(struct view text) {
    bool string = false;
    size_t depth = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.text[i];
        if (c == '\\' && i + 1 < text.length && (text.text[i + 1] == '"' || text.text[i + 1] == '\\')) {
            i++; /* outside of strings a backslash hides no bracket; it is invalid there anyway */
        } else if (c == '"') {
            string = !string;
        } else if (!string && (c == '{' || c == '[')) {
            depth++;
        } else if (!string && (c == '}' || c == ']') && --depth == 0) {
            return i + 1;
        }
    }
    return 0;
}

static void cuts_like_a_plain_loop(void **state) {
    (void)state;
    uint64_t seed = 7;
    static const char bytes[] = "\"\"\\\\{}[]ab,:";
    for (int i = 0; i < 100000 / SHARE; i++) {
        char text[300];
        size_t length = 1 + random_next(&seed) % (sizeof text - 1);
        text[0] = '{';
        for (size_t at = 1; at < length; at++) {
            text[at] = random_next(&seed) % 4 ? 'x' : bytes[random_next(&seed) % (sizeof bytes - 1)];
        }
        const char *end = json_element_end(text, text + length, true);
        assert_int_equal(end ? (size_t)(end - text) : 0, plain_end(view_from(text, length)));
    }
}

static void counts_lines(void **state) {
    (void)state;
    static const char text[] = "a\nb\r\nc\rd\n\re\r\r\n\nfghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz\r\nxy";
    for (size_t cut = 0; cut < sizeof text; cut++) {
        struct json_position position = json_position_at(1, 1);
        json_position_advance(&position, text, text + cut);
        json_position_advance(&position, text + cut, text + sizeof text - 1);
        assert_int_equal(position.line, 10);
        assert_int_equal(position.column, 3);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_shape),
        cmocka_unit_test(refuses_what_cannot_be_read),
        cmocka_unit_test(every_cut_of_an_answer_is_noticed),
        cmocka_unit_test(finds_columns),
        cmocka_unit_test(finds_fields_behind_much_data),
        cmocka_unit_test(takes_cells),
        cmocka_unit_test(wanted_keys_come_once),
        cmocka_unit_test(locates_cells),
        cmocka_unit_test(is_strict),
        cmocka_unit_test(limits_depth),
        cmocka_unit_test(passes_over_records_beyond_the_limit),
        cmocka_unit_test(cjson_agrees),
        cmocka_unit_test(block_size_changes_nothing),
        cmocka_unit_test(broken_files_are_read_alike),
        cmocka_unit_test(cuts_like_a_plain_loop),
        cmocka_unit_test(counts_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
