/* test_json_agree.c: records that resemble each other, as those of an export do, read by the one pass reader, which
 * expects in every record what the last one had, against cJSON (tests/support/json_reference.h): same cells, same damage.
 * The places are those that a reader finds which has seen no record before. Now and then a key is left out, doubled, spelt otherwise, moved or new, blanks change, a value is of another kind, a byte is broken. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/sanitized.h"
#include "input/json/input.h"
#include "support/json_reference.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#if defined(IS_SANITIZED) && !defined(ALL_INPUTS)
#define ROUNDS 100 /* ten times as slow; the others are read without */
#else
#define ROUNDS 400
#endif
#define BLOCKS 3
#define RECORDS 25

static uint64_t random_below(uint64_t *seed, uint64_t limit) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (*seed >> 11) % limit;
}

/* The keys of a record, in their usual order; what stands behind "=" is its value, "{" one level more. */
static const char *const usual[] = {
    "id",       "referenceNumber", "employeeInfo{", "total",     "job{",
    "items[",   "active",          "summary",       "customer{", "a key that is longer than thirty-two bytes",
    "createdOn"};
static const char *const inner[] = {"id", "name", "type", "modifiedOn", "a key that is longer than thirty-two bytes"};
static const char *const scalars[] = {"0",
                                      "-12.50",
                                      "1234567890123456789",
                                      "99",
                                      "007",
                                      "1e5",
                                      "true",
                                      "false",
                                      "null",
                                      "\"\"",
                                      "\"text\"",
                                      "\"2025-10-01T00:00:00Z\"",
                                      "\"a text that is longer than sixteen bytes\"",
                                      "\"q \\\" \\u00e9 \\\\\"",
                                      "\"said \\\"a, b\\\"\\nc\"",
                                      "\"\xc3\xa9\xff\"",
                                      "\"\t\"",
                                      "[]",
                                      "{}",
                                      "[[1],{}]"};
static const char *const blanks[] = {" ", "\n", "\r\n  ", "\t"};

/* How much this round strays from the usual: one in so many. */
struct odds {
    uint64_t key, blank, value, byte;
};

static bool strays(uint64_t *seed, uint64_t one_in) {
    return one_in > 0 && random_below(seed, one_in) == 0;
}

static void add_blank(struct buffer *to, uint64_t *seed, const struct odds *odds) {
    if (strays(seed, odds->blank)) buffer_add_text(to, blanks[random_below(seed, COUNT(blanks))]);
}

static void add_scalar(struct buffer *to, uint64_t *seed, const struct odds *odds) {
    if (strays(seed, odds->value * 40)) /* longer than what is looked at in one go */
        buffer_print(to, "\"%*s\"", 3000 + (int)random_below(seed, 4000), "end");
    else if (strays(seed, odds->value))
        buffer_add_text(to, scalars[random_below(seed, COUNT(scalars))]);
    else if (random_below(seed, 2))
        buffer_print(to, "%" PRIu64, 1 + random_below(seed, 1000000));
    else
        buffer_print(to, "\"%.*s\"", (int)random_below(seed, 40), "some text of up to forty bytes, with a comma");
}

static void add_object(struct buffer *to, uint64_t *seed, const struct odds *odds, const char *const *keys,
                       size_t key_count);

static void add_value(struct buffer *to, uint64_t *seed, const struct odds *odds, char kind) {
    if (strays(seed, odds->value)) kind = "x{["[random_below(seed, 3)];
    if (kind == '{') {
        add_object(to, seed, odds, inner, COUNT(inner));
    } else if (kind == '[') {
        buffer_add_char(to, '[');
        for (uint64_t i = random_below(seed, 4); i > 0; i--) {
            add_object(to, seed, odds, inner, COUNT(inner));
            if (i > 1) buffer_add_char(to, ',');
        }
        buffer_add_char(to, ']');
    } else {
        add_scalar(to, seed, odds);
    }
}

static void add_key(struct buffer *to, uint64_t *seed, const struct odds *odds, struct view key) {
    buffer_add_char(to, '"');
    if (strays(seed, odds->key) && key.length > 0) { /* the same key, spelt otherwise */
        buffer_print(to, "\\u%04x", (unsigned char)key.text[0]);
        key = view_from(key.text + 1, key.length - 1);
    }
    buffer_add(to, key);
    if (strays(seed, odds->key)) buffer_print(to, "%" PRIu64, random_below(seed, 5000)); /* a new one */
    buffer_add_char(to, '"');
    add_blank(to, seed, odds);
    buffer_add_char(to, ':');
    add_blank(to, seed, odds);
}

static void add_object(struct buffer *to, uint64_t *seed, const struct odds *odds, const char *const *keys,
                       size_t key_count) {
    bool is_first = true;
    buffer_add_char(to, '{');
    for (size_t i = 0; i < key_count; i++) {
        size_t from = strays(seed, odds->key) ? random_below(seed, key_count) : i; /* doubled, moved */
        if (strays(seed, odds->key)) continue;
        struct view key = view_of(keys[from]);
        char kind = key.text[key.length - 1];
        if (kind == '{' || kind == '[') key.length--;
        if (!is_first) buffer_add_char(to, ',');
        add_blank(to, seed, odds);
        is_first = false;
        add_key(to, seed, odds, key);
        add_value(to, seed, odds, kind);
        add_blank(to, seed, odds);
    }
    buffer_add_char(to, '}');
}

/* Another byte at some place of the text from `start` on; no line break, so that records stay apart in lines. */
static void break_byte(struct buffer *text, size_t start, uint64_t *seed) {
    static const char bytes[] = "\"\\{}[]:,01.e-tfn \x01x";
    if (text->length > start)
        text->text[start + random_below(seed, text->length - start)] = bytes[random_below(seed, sizeof bytes - 1)];
}

static void fill_block(struct block *block, uint64_t *seed, const struct odds *odds, bool lines) {
    block->bytes.length = 0;
    for (int i = 0; i < RECORDS; i++) {
        size_t start = block->bytes.length;
        struct odds here = *odds;
        if (lines) here.blank = 0;
        add_object(&block->bytes, seed, &here, usual, COUNT(usual));
        if (strays(seed, odds->byte)) break_byte(&block->bytes, start, seed);
        buffer_add_text(&block->bytes, lines ? "\n" : i + 1 < RECORDS ? "," : "");
    }
}

static void describe(struct buffer *to, const struct json_reader *reader, const struct record *record) {
    buffer_print(to, "%" PRIu64 "@%" PRIu64 ":%" PRIu64 "-%" PRIu64 " %d %d[%" PRIu64 ":%" PRIu64 " %.*s]", record->row,
                 record->line, record->column, record->last_line, (int)record->kind, (int)record->damage,
                 record->damage_line, record->damage_column, VIEW_ARGS(record->damage_text));
    for (size_t i = 0; i < record->cell_count; i++) {
        uint64_t line, column;
        json_reader_locate(reader, record, i, &line, &column);
        buffer_print(to, " %d@%" PRIu64 ":%" PRIu64 "(%.*s)", (int)record->cells[i].kind, line, column,
                     VIEW_ARGS(record->cells[i].text));
    }
    buffer_add_char(to, '\n');
}

struct reading {
    const struct input_facts *facts;
    const struct view *paths;
    size_t count;
    struct json_reader *reader; /* of all blocks */
    struct json_check *check;
};

static void start(struct reading *reading, const struct input_facts *facts, const struct view *paths, size_t count) {
    *reading = (struct reading){facts, paths, count, json_reader_create(facts, paths, count),
                                json_check_create(facts, paths, count)};
}

static void end(struct reading *reading) {
    json_reader_destroy(reading->reader);
    json_check_destroy(reading->check);
}

static size_t tell_block(struct json_reader *reader, const struct block *block, struct json_check *check,
                         struct buffer *to) {
    struct record record;
    struct buffer why = {0};
    size_t damaged = 0;
    json_reader_start(reader, block);
    while (json_reader_next(reader, &record)) {
        describe(to, reader, &record);
        damaged += record.damage != DAMAGE_NONE;
        if (!json_check_record(check, &record, block->bytes.text + block->bytes.length, &why))
            fail_msg("%.*s\n%.*s", VIEW_ARGS(record.raw), VIEW_ARGS(buffer_view(&why)));
    }
    buffer_free(&why);
    return damaged;
}

/* Reads the block with a reader that has read those before, and with one that has not; returns how many records were
 * damaged. */
static size_t read_block(struct reading *reading, const struct block *block) {
    struct buffer told = {0}, fresh = {0};
    struct json_reader *reader = json_reader_create(reading->facts, reading->paths, reading->count);
    size_t damaged = tell_block(reading->reader, block, reading->check, &told);
    tell_block(reader, block, reading->check, &fresh);
    if (!view_equal(buffer_view(&told), buffer_view(&fresh)))
        fail_msg("%.*s\nbehind other blocks:\n%.*s\nalone:\n%.*s", VIEW_ARGS(buffer_view(&block->bytes)),
                 VIEW_ARGS(buffer_view(&told)), VIEW_ARGS(buffer_view(&fresh)));
    json_reader_destroy(reader);
    buffer_free(&told);
    buffer_free(&fresh);
    return damaged;
}

static size_t read_blocks(uint64_t *seed, const struct odds *odds, enum input_shape shape, const char *const *wanted,
                          size_t count) {
    struct view paths[16];
    struct input_facts facts = {.shape = shape};
    struct block block = {.first_row = 1, .first_line = 1, .first_column = 1};
    struct reading reading;
    size_t damaged = 0;
    for (size_t i = 0; i < count; i++)
        paths[i] = view_of(wanted[i]);
    start(&reading, &facts, paths, count);
    for (int i = 0; i < BLOCKS; i++) {
        fill_block(&block, seed, odds, shape == SHAPE_LINES);
        damaged += read_block(&reading, &block);
    }
    end(&reading);
    buffer_free(&block.bytes);
    return damaged;
}

static void cjson_agrees_on_similar_records(void **state) {
    (void)state;
    static const struct odds all_odds[] = {{0, 0, 0, 0},  {60, 0, 60, 0},   {15, 5, 15, 0},
                                           {0, 0, 0, 30}, {200, 0, 30, 30}, {3, 3, 30, 60}};
    static const char *const plain[] = {"id",
                                        "referenceNumber",
                                        "employeeInfo.id",
                                        "employeeInfo.name",
                                        "total",
                                        "active",
                                        "job.type",
                                        "customer",
                                        "items",
                                        "id",
                                        "job.type.name",
                                        "a key that is longer than thirty-two bytes"};
    static const char *const lists[] = {"id", "items[*].id", "items[*].name", "items[#]", "employeeInfo.name", "total"};
    uint64_t seed = 20251125;
    size_t damaged = 0, all = 0;
    for (size_t round = 0; round < ROUNDS; round++) {
        const struct odds *odds = &all_odds[round % COUNT(all_odds)];
        enum input_shape shape = random_below(&seed, 2) ? SHAPE_LIST : SHAPE_LINES;
        bool are_lists = random_below(&seed, 3) == 0;
        damaged += read_blocks(&seed, odds, shape, are_lists ? lists : plain, are_lists ? COUNT(lists) : COUNT(plain));
        all += BLOCKS * RECORDS;
    }
    assert_true(damaged > all / 50); /* enough of them broken, and enough whole */
    assert_true(damaged < all * 2 / 3);
}

/* cJSON finds the same in the lines of the block, whose bytes are freed. */
static void check_agree(struct block *block, const struct view *paths, size_t count) {
    struct input_facts facts = {.shape = SHAPE_LINES};
    struct reading reading;
    start(&reading, &facts, paths, count);
    assert_int_equal(read_block(&reading, block), 0);
    end(&reading);
    buffer_free(&block->bytes);
}

/* More keys than the reader remembers, then usual records again. */
static void keys_without_end(void **state) {
    (void)state;
    struct view paths[] = {view_of("k7"), view_of("k3999"), view_of("deep.k3998")};
    struct block block = {.first_row = 1, .first_line = 1, .first_column = 1};
    for (int record = 0; record < 3; record++) {
        buffer_add_char(&block.bytes, '{');
        for (int i = 0; i < 4000; i++)
            buffer_print(&block.bytes, "\"k%d\":%d,", (i * 7 + record) % 4000, i);
        buffer_add_text(&block.bytes, "\"deep\":{");
        for (int i = 0; i < 4000; i++)
            buffer_print(&block.bytes, "%s\"k%d\":[{\"k%d\":%d}]", i ? "," : "", i, i, i);
        buffer_add_text(&block.bytes, "}}\n");
    }
    check_agree(&block, paths, 3);
}

/* Many records alike, longer than what is looked at in one go, of numbers mostly, and strings at other places each. */
static void long_records_of_numbers(void **state) {
    (void)state;
    struct view paths[] = {view_of("k5"), view_of("k399"), view_of("in.k7"), view_of("in.k150")};
    struct block block = {.first_row = 1, .first_line = 1, .first_column = 1};
    for (int record = 0; record < 40; record++) {
        for (int i = 0; i < 400; i++) {
            if (i == 200) buffer_add_text(&block.bytes, ",\"in\":");
            bool is_text = record > 1 && (i * 7 + record * 11) % (record + 10) == 0;
            buffer_print(&block.bytes, is_text ? "%s\"k%d\":\"%d\"" : "%s\"k%d\":%d", i % 200 ? "," : "{", i % 200,
                         i + 1);
        }
        buffer_add_text(&block.bytes, "},\"k399\":null}\n");
    }
    check_agree(&block, paths, 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cjson_agrees_on_similar_records),
        cmocka_unit_test(keys_without_end),
        cmocka_unit_test(long_records_of_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
