/* test_csv_plain.c: cutting records in place: the marks are the same for every kind of vectors, the cells those of the
 * plain walk (csv_walk_cell), and a record that is called shortest is the shortest way to write its cells. Inputs are made
 * of the bytes that matter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/processor.h"
#include "input/csv/plain.h"
#include "input/csv/scan.h"

#define INPUTS 60000
#define LARGEST 400
#define ROOM 40

static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static struct view make_input(uint64_t *state, char *text) {
    static const char rare[] = "abcdefghijklmnopqrstuvwxyz0123456789,,,,\"\n", dense[] = "ab,,\"\"\"\n\r ;";
    const char *bytes = next_random(state) % 2 ? rare : dense;
    size_t kinds = bytes == rare ? sizeof rare - 1 : sizeof dense - 1;
    size_t length = 1 + (size_t)(next_random(state) % LARGEST);
    for (size_t i = 0; i < length; i++) {
        uint64_t pick = next_random(state);
        if (pick % 17 == 0 && i + 3 < length) { /* a quoted cell that closes */
            text[i++] = ',';
            text[i++] = '"';
            text[i++] = "a,\"\n"[pick >> 8 & 3];
            text[i] = '"';
            continue;
        }
        text[i] = bytes[pick % kinds];
    }
    return view_from(text, length);
}

static void assert_shortest(const struct cell *cells, const struct csv_plain *found, struct view raw) {
    struct buffer shortest = {0};
    for (size_t i = 0; i < found->cell_count; i++) {
        if (i > 0) buffer_add_char(&shortest, ',');
        buffer_add_csv_shortest(&shortest, cells[i].text);
    }
    bool is_same = view_equal(buffer_view(&shortest), raw);
    if (is_same != found->is_shortest)
        fail_msg("<%.*s> is called %s, shortest is <%.*s>", VIEW_ARGS(raw), found->is_shortest ? "shortest" : "longer",
                 VIEW_ARGS(buffer_view(&shortest)));
    buffer_free(&shortest);
}

static void check_marks(csv_marks_looker *look, const char *at, const char *end, char delimiter) {
    static struct csv_marks marks;
    size_t count = 0, span = (size_t)(end - at);
    bool has_odd = false;
    span = span < CSV_MARKS_SPAN ? span : CSV_MARKS_SPAN;
    look(&marks, at, end, delimiter);
    assert_ptr_equal(marks.base, at);
    assert_int_equal(marks.span, span);
    assert_int_equal(marks.next, 0);
    for (size_t i = 0; i < span; i++) {
        has_odd = has_odd || at[i] == 0 || (unsigned char)at[i] >= 0x80;
        if (at[i] != delimiter && at[i] != '"' && at[i] != '\n' && at[i] != '\r') continue;
        assert_true(count < marks.count);
        assert_int_equal(marks.places[count++], i);
    }
    assert_int_equal(marks.count, count);
    assert_int_equal(marks.has_odd, has_odd);
}

/* A copy without a byte to spare, so that a look beyond the end is found out. */
static void check_all_marks(struct view text, char delimiter) {
    char *copy = malloc(text.length + 1);
    memcpy(copy, text.text, text.length);
    char *exact = realloc(copy, text.length ? text.length : 1), *end = exact + text.length;
    check_marks(csv_marks_look, exact, end, delimiter);
    check_marks(csv_marks_look_16, exact, end, delimiter);
#ifdef __x86_64__
    if (processor_vectors() >= VECTOR_32) check_marks(csv_marks_look_32, exact, end, delimiter);
    if (processor_vectors() >= VECTOR_64) check_marks(csv_marks_look_64, exact, end, delimiter);
#endif
    free(exact);
}

static void test_marks_agree(void **state) {
    (void)state;
    uint64_t random = 88172645463325252u;
    char text[LARGEST + 8];
    for (int round = 0; round < INPUTS / 4; round++)
        check_all_marks(make_input(&random, text), round % 3 ? ',' : ';');
    for (size_t i = 0; i < 200; i++) { /* one odd byte among plain ones */
        memset(text, 'a', 200);
        text[i] = i % 2 ? '\0' : '\x80';
        check_all_marks(view_from(text, 200), ',');
    }
    static const char kinds[] = ",;\t|\"\r\nx";
    char *large = malloc(3 * CSV_MARKS_SPAN);
    for (size_t length = CSV_MARKS_SPAN - 70; length < CSV_MARKS_SPAN + 70; length++) {
        for (size_t i = 0; i < length; i++)
            large[i] = kinds[next_random(&random) % (length % 2 ? sizeof kinds - 1 : 2)]; /* nothing but marks, too */
        check_all_marks(view_from(large, length), ',');
    }
    free(large);
}

/* What the plain walk finds at `at`. */
static void check_cells(const char *at, const char *end, const struct cell *cells, const struct csv_plain *found) {
    struct csv_walk walk = {0};
    size_t begin = 0, breaks = 0, count = 0;
    bool has_loose = false;
    for (;; begin = walk.end + 1) {
        csv_walk_cell(at, (size_t)(end - at), begin, ',', &walk);
        assert_false(walk.open || walk.stray);
        struct view text = view_from(at + walk.begin + walk.quoted, walk.end - walk.begin - 2 * walk.quoted);
        const struct cell *cell = &cells[count++];
        if (!walk.quoted) {
            assert_true(view_equal(cell->text, text));
            has_loose = has_loose || memchr(text.text, '"', text.length);
        } else { /* the same but for the doubled quotes */
            size_t k = 0;
            for (size_t i = 0; i < text.length; i++, k++) {
                assert_true(k < cell->text.length && cell->text.text[k] == text.text[i]);
                i += text.text[i] == '"';
            }
            assert_int_equal(k, cell->text.length);
        }
        for (size_t i = 0; cell->is_plain && i < cell->text.length; i++)
            assert_null(strchr(",\"\r\n", cell->text.text[i]));
        breaks += walk.breaks;
        if (walk.last) break;
    }
    assert_int_equal(found->cell_count, count);
    assert_int_equal(found->breaks, breaks);
    assert_int_equal(found->has_loose, has_loose);
    assert_ptr_equal(found->end, at + walk.end);
}

/* Whether a quote follows blanks in a cell that it does not open. */
static bool has_doubtful_blank(const char *at, const struct csv_walk *walk) {
    size_t begin = walk->begin;
    while (begin < walk->end && (at[begin] == ' ' || at[begin] == '\t'))
        begin++;
    return !walk->quoted && begin < walk->end && at[begin] == '"';
}

/* Whether the plain walk finds a record without blanks round its quotes that closes all its quotes and has room. */
static bool walks_well(const char *at, const char *end) {
    struct csv_walk walk = {0};
    size_t count = 0;
    for (size_t begin = 0; !walk.last; begin = walk.end + 1, count++) {
        csv_walk_cell(at, (size_t)(end - at), begin, ',', &walk);
        if (walk.open || walk.stray || walk.padded || has_doubtful_blank(at, &walk)) return false;
    }
    return count <= ROOM;
}

static void test_cells_are_those_of_the_walk(void **state) {
    (void)state;
    uint64_t random = 2463534242u;
    char text[LARGEST + 8];
    static struct csv_marks marks;
    struct arena *arena = arena_create(4096);
    for (int round = 0; round < INPUTS; round++) {
        struct view input = make_input(&random, text);
        const char *at = input.text, *end = input.text + input.length;
        marks.base = NULL;
        arena_reset(arena);
        while (at < end) {
            struct cell cells[ROOM];
            struct csv_plain found;
            bool is_plain = csv_plain_cut(&marks, at, end, ',', cells, ROOM, arena, &found);
            assert_int_equal(is_plain, walks_well(at, end));
            if (is_plain) {
                check_cells(at, end, cells, &found);
                assert_shortest(cells, &found, view_from(at, (size_t)(found.end - at)));
                at = found.end;
            } else { /* somebody else has cut this one: on from a later line */
                const char *line = memchr(at, '\n', (size_t)(end - at));
                at = line ? line : end;
            }
            at += csv_line_end(at, (size_t)(end - at), 0);
        }
    }
    arena_destroy(arena);
}

static void test_room_is_kept(void **state) {
    (void)state;
    struct cell cells[4] = {
        {.kind = CELL_TEXT}, {.kind = CELL_TEXT}, {.kind = CELL_TEXT}, {view_of("untouched"), CELL_TEXT, false}};
    struct csv_plain found;
    static struct csv_marks marks;
    marks.base = NULL;
    struct view three = view_of("a,b,c\n"), four = view_of("a,b,c,d\n");
    assert_true(csv_plain_cut(&marks, three.text, three.text + three.length, ',', cells, 3, NULL, &found));
    assert_int_equal(found.cell_count, 3);
    marks.base = NULL;
    assert_false(csv_plain_cut(&marks, four.text, four.text + four.length, ',', cells, 3, NULL, &found));
    assert_true(view_is(cells[3].text, "untouched"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks_agree),
        cmocka_unit_test(test_cells_are_those_of_the_walk),
        cmocka_unit_test(test_room_is_kept),
    };
    return cmocka_run_group_tests_name("csv_plain", tests, NULL, NULL);
}
