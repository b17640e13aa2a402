/* test_share.c: parts of an amount add up to it, whatever it is and whoever shares it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "convert/row/row_private.h"

static uint64_t next(uint64_t *seed) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 11;
}

static void known_parts(void **state) {
    (void)state;
    static const struct {
        int64_t amount;
        int64_t weights[3];
        size_t count;
        bool in_cents;
        int64_t parts[3];
    } cases[] = {
        {1000100, {1, 1, 1}, 3, true, {333400, 333300, 333400}}, /* $100.01 */
        {13364100, {600000, 400000}, 2, true, {8018500, 5345600}},
        {-100, {1, 1}, 2, true, {0, -100}},
        {10000, {1, 1, 1}, 3, false, {3333, 3334, 3333}}, /* one appointment of three */
        {12345, {1, 1}, 2, true, {6172, 6173}},           /* not in cents: then in ten-thousandths */
        {700, {0, 5}, 2, true, {0, 700}},
        {700, {0, 0}, 2, true, {700, 0}},
        {INT64_MAX, {1, 1}, 2, false, {4611686018427387904, 4611686018427387903}},
        {INT64_MIN, {1}, 1, false, {INT64_MIN}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct share shares[3] = {
            {.weight = cases[i].weights[0]}, {.weight = cases[i].weights[1]}, {.weight = cases[i].weights[2]}};
        for (size_t k = 0; k < cases[i].count; k++)
            assert_int_equal(share_of(cases[i].amount, shares, cases[i].count, k, cases[i].in_cents),
                             cases[i].parts[k]);
    }
}

static void parts_add_up(void **state) {
    (void)state;
    uint64_t seed = 42;
    for (int turn = 0; turn < 200000; turn++) {
        struct share shares[SHARE_LIMIT] = {0};
        size_t count = 1 + next(&seed) % SHARE_LIMIT;
        bool in_cents = next(&seed) % 2;
        int64_t amount = (int64_t)(next(&seed) >> next(&seed) % 50) * (next(&seed) % 2 ? 1 : -1) * (in_cents ? 100 : 1);
        for (size_t i = 0; i < count; i++)
            shares[i].weight = (int64_t)(next(&seed) % 1000001);
        int64_t sum = 0;
        for (size_t i = 0; i < count; i++) {
            int64_t part = share_of(amount, shares, count, i, in_cents);
            assert_true(amount >= 0 ? part >= 0 : part <= 0); /* nobody gets less than nothing */
            assert_true(!in_cents || part % 100 == 0);
            sum += part;
        }
        assert_int_equal(sum, amount);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_parts), cmocka_unit_test(parts_add_up)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
