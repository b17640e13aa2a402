/* test_json_lists.c: paths through lists, against cJSON too; records taken apart into the elements of a list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"
#include "input/input.h"
#include "support/json_reference.h"

/* The records of a text as lines: kind and item, then the cells of the paths (comma between them). */
static char *dump(const char *text, const char *paths_text) {
    char name[] = "/tmp/test_json_lists.XXXXXX";
    int file = mkstemp(name);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
    struct view paths[16];
    size_t count = 0;
    for (const char *at = paths_text; *at;) {
        size_t length = strcspn(at, ",");
        paths[count++] = view_from(at, length);
        at += length + (at[length] == ',');
    }
    struct input *input = NULL;
    struct error error = {0};
    if (!input_open(name, NULL, &input, &error)) fail_msg("%s", error.message);
    unlink(name);
    struct record_reader *reader = record_reader_create(input, paths, count);
    struct json_check *check = json_check_create(input_facts(input), paths, count);
    struct block block = {0};
    struct record record;
    struct buffer out = {0}, why = {0};
    bool end = false;
    while (input_next_block(input, &block, &end, &error) && !end) {
        record_reader_start(reader, &block);
        while (record_reader_next(reader, &record)) {
            if (!json_check_record(check, &record, block.bytes.text + block.bytes.length, &why))
                fail_msg("%.*s", VIEW_ARGS(buffer_view(&why)));
            static const char kinds[] = "dbhfge", marks[] = "-0tnbl*";
            buffer_print(&out, "%c%llu", kinds[record.kind], (unsigned long long)record.item);
            if (record.damage != DAMAGE_NONE) buffer_add_text(&out, "!");
            for (size_t i = 0; i < count; i++)
                buffer_print(&out, " %c(%.*s)", marks[record.cells[i].kind], VIEW_ARGS(record.cells[i].text));
            uint64_t line, column;
            record_locate(reader, &record, count - 1, &line, &column);
            buffer_print(&out, " @%llu:%llu;", (unsigned long long)line, (unsigned long long)column);
        }
    }
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    buffer_free(&why);
    json_check_destroy(check);
    record_reader_destroy(reader);
    input_close(input);
    return buffer_take(&out);
}

static const struct {
    const char *text, *paths, *dump;
} cases[] = {
    /* joined, by number, by name, counted */
    {"[{\"t\":[{\"n\":\"a\"},{\"n\":\"b \\\"c\\\"\"},{\"m\":1},{\"n\":null}]}]", "t[].n,t[0].n,t[1].n,t[9].n,t[#]",
     "d0 l(a, b \"c\") t(a) t(b \"c\") -() n(4) @1:7;"},
    {"[{\"f\":[{\"name\":\"Region\",\"value\":\"North\"},{\"name\":\"Crew\",\"value\":3},{\"name\":\"x\",\"value\":"
     "null}]}]",
     "f[Region],f[Crew],f[x],f[none],f", "d0 t(North) n(3) 0() -() l(Region: North, Crew: 3) @1:7;"},
    {"[{\"g\":[1,2.50,\"c\",true,null]},{\"g\":[]},{\"g\":null},{}]", "g,g[#]",
     "d0 l(1, 2.50, c, true) n(5) @1:7;d0 l() n(0) @1:36;d0 0() -() @1:45;d0 -() -() @1:51;"},
    {"[{\"a\":[{\"b\":[{\"c\":1},{\"c\":2}]},{\"b\":[{\"c\":3}]}],\"z\":[[1],[2]]}]", "a[].b[].c,a[1].b[0].c,z",
     "d0 l(1, 2, 3) l(3) *([[1],[2]]) @1:53;"},
    /* elements as records, the parent's fields beside them */
    {"{\"page\":1,\"hasMore\":false,\"data\":[\n"
     "{\"id\":1,\"items\":[{\"n\":\"x\",\"s\":{\"k\":5}},\n {\"n\":\"y\"}],\"on\":\"d\"},\n"
     "{\"id\":2,\"items\":[]},{\"items\":null,\"id\":3},{\"id\":4},{\"id\":5,\"items\":[7]},{\"id\":6,\"items\":\"no\"}"
     "]}",
     "items[*].n,items[*].s.k,on,id",
     "d1 t(x) n(5) t(d) n(1) @2:7;d2 t(y) -() t(d) n(1) @2:7;e0 -() -() -() n(2) @4:7;e0 -() -() -() n(3) "
     "@4:40;e0 -() -() -() n(4) @4:49;d1! -() -() -() n(5) @4:58;d0! -() -() -() n(6) @4:79;"},
    {"[{\"i\":[{\"n\":{\"m\":1}},{\"n\":{\"m\":\"zz\"}}]}]", "i[*].n.m", "d1 n(1) @1:18;d2 t(zz) @1:32;"},
    {"[{\"i\":[{\"t\":[{\"v\":1},{\"v\":2}]},{\"t\":[]}]}]", "i[*].t[].v,i[*].t[#]",
     "d1 l(1, 2) n(2) @1:13;d2 l() n(0) @1:37;"},
    {"[{\"i\":[{\"g\":[1,\"b\"]},{\"g\":{\"m\":1}},{\"g\":[[2]]}]}]", "i[*].g",
     "d1 l(1, b) @1:13;d2 *({\"m\":1}) @1:27;d3 *([[2]]) @1:41;"},
    {"{\"type\":\"RECORD\",\"stream\":\"s\",\"record\":{\"id\":9,\"i\":[{\"n\":1},{\"n\":2}]}}\n", "i[*].n,id",
     "d1 n(1) n(9) @1:46;d2 n(2) n(9) @1:46;"},
};

static void lists_are_read(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *made = dump(cases[i].text, cases[i].paths);
        assert_string_equal(made, cases[i].dump);
        free(made);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(lists_are_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
