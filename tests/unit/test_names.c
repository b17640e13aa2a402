/* test_names.c: names compared, cells with several people, look-alikes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "people/names.h"

static void folds(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"Ana Lopez", "ana lopez"},
        {"  ana \t  LOPEZ ", "ana lopez"},
        {"Lopez, Ana", "ana lopez"},
        {"_Ana Lopez", "ana lopez"},
        {"* Ana Lopez", "ana lopez"},
        {"*_Lopez , Ana M.", "ana m lopez"},
        {"Ana\xc2\xa0L\xc3\xb3pez", "ana lopez"},
        {"A\xcc\x81na", "ana"},
        {"\xc3\x91u\xc3\xb1"
         "ez",
         "nunez"},
        {"Stra\xc3\x9f"
         "e \xc5\x81ukasz \xc3\x98rsted",
         "strasse lukasz orsted"},
        {"Dana O\xe2\x80\x99Neil", "dana o'neil"},
        {"Dana O`Neil", "dana o'neil"},
        {"J.R. Smith", "jr smith"},
        {"Anne\xe2\x80\x91Marie", "anne marie"},
        {"Ann-Marie", "ann marie"},
        {"Ana Lopez\xe2\x80\x8e", "ana lopez"},
        {"Ana\xef\xb8\x80 Lopez\xef\xb8\x8f", "ana lopez"}, /* the first and the last variation selector */
        {"\xef\xbb\xbf" "Ana\xc2\xad Lo\xe2\x81\xa0pez", "ana lopez"},
        {"\xd0\x90n\xd0\xb0 L\xce\xbfpez", "ana lopez"},
        {"Gri\xef\xac\x83n", "griffin"},
        {"\xef\xbc\xa1\xef\xbd\x8e\xef\xbd\x81", "ana"},
        {"a, b, c", "a, b, c"},
        {"Lopez,", "lopez,"},
        {", Ana", ", ana"},
        {"\xff\xfe x", "\xff\xfe x"},
        {"\xc1\x81na", "\xc1\x81na"},         /* an overlong A is no A */
        {"\xe0\x83\x80na", "\xe0\x83\x80na"}, /* nor is an overlong capital a with grave */
        {"a\xe0\x82\xa0z", "a\xe0\x82\xa0z"}, /* nor an overlong no-break space */
        {"\xed\xa0\x80x", "\xed\xa0\x80x"},   /* a lone surrogate */
        {"\xe2\x80\xaf_Ana\xe2\x80\x89L\xc3\xb3pez\xe2\x80\xaf", "ana lopez"},
        {"Lopez,\xc2\xa0"
         "Ana",
         "ana lopez"},
        {"\xe4\xb8\xad\xe6\x96\x87", "\xe4\xb8\xad\xe6\x96\x87"},
        {"", ""},
        {"_", ""},
        {"***", ""},
    };
    struct buffer folded = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        name_fold(view_of(cases[i][0]), &folded);
        buffer_add_char(&folded, '\0');
        assert_string_equal(folded.text, cases[i][1]);
    }
    buffer_free(&folded);
    assert_true(name_has_prefix(view_of("_Ana")) && name_has_prefix(view_of(" *Bo")));
    assert_false(name_has_prefix(view_of("Ana_")) || name_has_prefix(view_of("_")) || name_has_prefix(view_of("")));
}

static void splits(void **state) {
    (void)state;
    static const struct {
        const char *cell;
        enum name_commas commas;
        const char *parts;
    } cases[] = {
        {"Ana Lopez, Bo Chen", COMMAS_AUTO, "Ana Lopez|Bo Chen|"},
        {"Lopez, Ana", COMMAS_AUTO, "Lopez, Ana|"},
        {"De La Cruz, Ana", COMMAS_AUTO, "De La Cruz, Ana|"},
        {"Lopez, Ana", COMMAS_PEOPLE, "Lopez|Ana|"},
        {"Ana Lopez, Bo Chen", COMMAS_NAME, "Ana Lopez, Bo Chen|"},
        {"Lopez, Ana; Chen, Bo", COMMAS_NAME, "Lopez, Ana|Chen, Bo|"},
        {"Lopez, Ana; Chen, Bo", COMMAS_AUTO, "Lopez, Ana|Chen, Bo|"},
        {"Lopez, Ana,", COMMAS_AUTO, "Lopez, Ana|"},
        {", Ana Lopez, Bo Chen ,", COMMAS_AUTO, "Ana Lopez|Bo Chen|"},
        {"Ana, Bo, Cy", COMMAS_AUTO, "Ana|Bo|Cy|"},
        {"Ana Lopez, ana  lopez, Bo Chen,, ", COMMAS_AUTO, "Ana Lopez|Bo Chen|"},
        {"Ana Lopez & Bo Chen", COMMAS_AUTO, "Ana Lopez|Bo Chen|"},
        {"Smith/Jones", COMMAS_AUTO, "Smith/Jones|"},
        {"Ana Lopez / Bo Chen", COMMAS_AUTO, "Ana Lopez|Bo Chen|"},
        {"Ana Lopez\nBo Chen|Cy Ortiz", COMMAS_AUTO, "Ana Lopez|Bo Chen|Cy Ortiz|"},
        {"Ana Lopez", COMMAS_PEOPLE, "Ana Lopez|"},
        /* no-break spaces, narrow ones and tabs part words as a blank does */
        {"Ana\xc2\xa0Lopez, Bo\xc2\xa0"
         "Chen",
         COMMAS_AUTO,
         "Ana\xc2\xa0Lopez|Bo\xc2\xa0"
         "Chen|"},
        {"Ana\xe2\x80\xafLopez, Bo\xe2\x80\xaf"
         "Chen",
         COMMAS_AUTO,
         "Ana\xe2\x80\xafLopez|Bo\xe2\x80\xaf"
         "Chen|"},
        {"Ana\tLopez, Bo\tChen", COMMAS_AUTO, "Ana\tLopez|Bo\tChen|"},
        {"De\xc2\xa0La\xc2\xa0"
         "Cruz,\xc2\xa0"
         "Ana",
         COMMAS_AUTO,
         "De\xc2\xa0La\xc2\xa0"
         "Cruz,\xc2\xa0"
         "Ana|"},
        {"Ana Lopez\xc2\xa0&\xe2\x80\x89"
         "Bo Chen",
         COMMAS_AUTO, "Ana Lopez|Bo Chen|"},
        {"Ana Lopez;\xe2\x80\xaf;Bo Chen", COMMAS_AUTO, "Ana Lopez|Bo Chen|"},
        {"Ana Lopez\rBo Chen\r\nCy Ortiz", COMMAS_AUTO, "Ana Lopez|Bo Chen|Cy Ortiz|"},
        {"R&B Services", COMMAS_AUTO, "R&B Services|"},
        {"& Bo", COMMAS_AUTO, "& Bo|"},
        {"", COMMAS_AUTO, ""},
        {" , ", COMMAS_PEOPLE, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct view parts[8];
        struct buffer joined = {0};
        size_t count = names_split(view_of(cases[i].cell), cases[i].commas, parts, 8);
        for (size_t k = 0; k < count; k++)
            buffer_print(&joined, "%.*s|", VIEW_ARGS(parts[k]));
        buffer_add_char(&joined, '\0');
        assert_string_equal(joined.text, cases[i].parts);
        buffer_free(&joined);
    }
    struct view one[1];
    assert_int_equal(names_split(view_of("A B, C D, E F"), COMMAS_AUTO, one, 1), 3); /* counted beyond the room */
}

static enum name_commas decide(const char *cells) {
    struct comma_evidence evidence = {0}, all = {0};
    for (const char *at = cells; *at;) {
        size_t length = strcspn(at, "|");
        comma_evidence_add(&evidence, view_from(at, length));
        at += length + (at[length] == '|');
    }
    comma_evidence_merge(&all, &evidence);
    return comma_evidence_decide(&all);
}

static void columns_decide(void **state) {
    (void)state;
    assert_int_equal(decide("Ana Lopez|Bo Chen||"), COMMAS_AUTO);
    assert_int_equal(decide("Lopez, Ana|Chen, Bo|Ortiz, Cy"), COMMAS_AUTO);
    assert_int_equal(decide("Lopez, Ana|Ana Lopez|Bo Chen|Cy Ortiz"), COMMAS_AUTO); /* a look-alike, not two people */
    assert_int_equal(decide("Ana|Bo|Ana, Bo"), COMMAS_PEOPLE);
    assert_int_equal(decide("Ana\xc2\xa0Lopez|Bo\xc2\xa0"
                            "Chen|Lopez, Ana"),
                     COMMAS_AUTO); /* full names */
    assert_int_equal(decide("Ana Lopez|Ana Lopez, Bo Chen|Ana Lopez, Bo"), COMMAS_UNSURE);
    assert_int_equal(decide("Ana Lopez, Bo Chen|Cy Ortiz, Dana O'Neil"), COMMAS_AUTO);
}

static void collect(void *context, enum look_alike_kind kind, const struct look_alike *members, size_t count) {
    struct buffer *out = context;
    buffer_add_text(out, kind == LOOK_ALIKE_SAME_NAME ? "same:" : "like:");
    for (size_t i = 0; i < count; i++)
        buffer_print(out, " %.*s=%.*s*%llu", VIEW_ARGS(members[i].id), VIEW_ARGS(members[i].name),
                     (unsigned long long)members[i].rows);
    buffer_add_char(out, ';');
}

static void look_alikes_are_found(void **state) {
    (void)state;
    static const struct {
        const char *id, *name;
        uint64_t rows;
    } people[] = {{"1", "Ana Lopez", 40},
                  {"ana  lopez", "ana  lopez", 2},
                  {"Lopez, Ana", "Lopez, Ana", 3},
                  {"5", "Bo Chen", 1},
                  {"6", "Bo Chen", 9},
                  {"7", "Cy Ortiz", 4}};
    size_t count = sizeof people / sizeof *people;
    for (size_t turn = 0; turn < count; turn++) {
        struct look_alikes *found = look_alikes_create();
        struct buffer out = {0};
        for (size_t i = 0; i < count; i++) {
            size_t k = (i * 5 + turn) % count;
            look_alikes_add(found, view_of(people[k].id), view_of(people[k].name), people[k].rows);
        }
        look_alikes_find(found, collect, &out);
        buffer_add_char(&out, '\0');
        assert_string_equal(out.text, "like: 1=Ana Lopez*40 Lopez, Ana=Lopez, Ana*3 ana  lopez=ana  lopez*2;"
                                      "same: 6=Bo Chen*9 5=Bo Chen*1;");
        buffer_free(&out);
        look_alikes_free(found);
    }
}

static void any_bytes_are_fine(void **state) {
    (void)state;
    uint64_t seed = 7;
    struct buffer folded = {0};
    for (int i = 0; i < 20000; i++) {
        char bytes[24];
        size_t length = 0;
        for (; length < sizeof bytes; length++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            static const char some[] = ",;_* &/\r\n.\xc3\xa9\xe2\x80\x99\xaf\xc2\xa0"
                                       "aB|\xff";
            bytes[length] = seed >> 60 < 12 ? some[(seed >> 40) % (sizeof some - 1)] : (char)(seed >> 33);
            if (seed >> 59 == 3) break;
        }
        char *exact = memory_copy(view_from(bytes, length));
        struct view parts[4];
        name_fold(view_from(exact, length), &folded);
        names_split(view_from(exact, length), (enum name_commas)(i % 4), parts, 4);
        name_has_prefix(view_from(exact, length));
        name_has_comma(view_from(exact, length));
        free(exact);
    }
    buffer_free(&folded);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds),
        cmocka_unit_test(splits),
        cmocka_unit_test(columns_decide),
        cmocka_unit_test(look_alikes_are_found),
        cmocka_unit_test(any_bytes_are_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
