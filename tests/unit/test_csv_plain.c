/* test_csv_plain.c: cutting records in place: with and without the processor's instructions the same, and a record that
 * is called shortest is the shortest way to write its cells. Inputs are made of the bytes that matter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "input/csv_plain.h"

/* The way without SSE2, under another name; what its headers bring is taken before. */
#include "input/csv_scan.h"
#undef __SSE2__
#define csv_plain_cut cut_one_by_one
#include "../../src/input/csv_plain.c"
#undef csv_plain_cut
bool csv_plain_cut(struct csv_window *window, const char *at, const char *end, char delimiter, struct cell *cells,
                   size_t room, struct arena *arena, struct csv_plain *found);

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

static void test_ways_agree(void **state) {
    (void)state;
    uint64_t random = 2463534242u;
    char text[LARGEST + 8];
    struct arena *arena = arena_create(4096);
    for (int round = 0; round < INPUTS; round++) {
        struct view input = make_input(&random, text);
        const char *at = input.text, *end = input.text + input.length;
        struct csv_window fast = {0}, slow = {0};
        arena_reset(arena);
        while (at < end) {
            struct cell left[ROOM], right[ROOM];
            struct csv_plain one, other;
            bool is_plain = csv_plain_cut(&fast, at, end, ',', left, ROOM, arena, &one);
            assert_int_equal(is_plain, cut_one_by_one(&slow, at, end, ',', right, ROOM, arena, &other));
            if (!is_plain) break;
            assert_ptr_equal(one.end, other.end);
            assert_int_equal(one.cell_count, other.cell_count);
            assert_int_equal(one.breaks, other.breaks);
            assert_int_equal(one.is_shortest, other.is_shortest);
            for (size_t i = 0; i < one.cell_count; i++)
                assert_true(view_equal(left[i].text, right[i].text));
            assert_shortest(left, &one, view_from(at, (size_t)(one.end - at)));
            at = one.end + csv_line_end(one.end, (size_t)(end - one.end), 0);
        }
    }
    arena_destroy(arena);
}

static void test_room_is_kept(void **state) {
    (void)state;
    struct cell cells[4] = {{{0}, CELL_TEXT}, {{0}, CELL_TEXT}, {{0}, CELL_TEXT}, {{"untouched", 9}, CELL_TEXT}};
    struct csv_plain found;
    struct csv_window window = {0};
    struct view three = view_of("a,b,c\n"), four = view_of("a,b,c,d\n");
    assert_true(csv_plain_cut(&window, three.text, three.text + three.length, ',', cells, 3, NULL, &found));
    assert_int_equal(found.cell_count, 3);
    window = (struct csv_window){0};
    assert_false(csv_plain_cut(&window, four.text, four.text + four.length, ',', cells, 3, NULL, &found));
    assert_true(view_is(cells[3].text, "untouched"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ways_agree),
        cmocka_unit_test(test_room_is_kept),
    };
    return cmocka_run_group_tests_name("csv_plain", tests, NULL, NULL);
}
