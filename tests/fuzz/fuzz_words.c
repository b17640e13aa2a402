/* fuzz_words.c: the small readers of texts: booleans, placeholders, periods in titles and file names, people's names,
 * labels, group rows, JSON and CSV escapes. */
#include <stdlib.h>

#include "base/memory.h"
#include "fuzz/fuzz.h"
#include "input/csv/group.h"
#include "base/json_scan.h"
#include "people/names.h"
#include "schema/bind.h"
#include "values/boolean.h"
#include "values/datetime.h"
#include "values/period_text.h"

#define PEOPLE 50

static void check_period(struct view text) {
    int32_t from = 0, to = 0;
    if (!period_text_find(text, &from, &to)) return;
    int year, month, day;
    date_from_days(from, &year, &month, &day);
    fuzz_require(from <= to && year >= 1900, "period from %d to %d", from, to);
    fuzz_require(date_to_days(year, month, day) == from, "the day %d", from);
}

static void check_names(struct view text) {
    struct buffer folded = {0};
    struct view parts[PEOPLE];
    name_fold(text, &folded);
    for (enum name_commas commas = COMMAS_AUTO; commas <= COMMAS_UNSURE; commas++) {
        size_t count = names_split(text, commas, parts, PEOPLE);
        for (size_t i = 0; i < count && i < PEOPLE; i++)
            fuzz_require(parts[i].text >= text.text && parts[i].text + parts[i].length <= text.text + text.length &&
                             parts[i].length > 0,
                         "a person outside of the cell");
    }
    struct comma_evidence evidence = {0};
    comma_evidence_add(&evidence, text);
    comma_evidence_decide(&evidence);
    name_has_comma(text);
    name_has_prefix(text);
    buffer_free(&folded);
}

static void check_labels(struct view text) {
    struct buffer normal = {0};
    label_normalise(text, &normal);
    fuzz_require(label_equal(text, text), "a label is not itself");
    struct view label, value;
    if (csv_group_split(text, &label, &value)) {
        fuzz_require(label.length > 0, "a group without label");
        fuzz_require(csv_group_match(text, label, &value), "a group row is none of its group");
    }
    path_holds(text, text);
    view_distance(text, view_of("Primary Technician"));
    buffer_free(&normal);
}

/* Texts written as JSON come back the same, but for bytes that are no UTF-8, and U+0000. */
static void check_json(struct view text) {
    struct buffer written = {0}, again = {0};
    struct json_scan scan;
    buffer_add_json(&written, text);
    fuzz_require(json_scan_all(&scan, buffer_view(&written)), "a text is written as no JSON: %s", scan.fault);
    char *back = json_string_copy(buffer_view(&written));
    buffer_add_json(&again, view_of(back));
    if (!text.length || !memchr(text.text, 0, text.length))
        fuzz_require_same(buffer_view(&written), buffer_view(&again), "a text changes on its way through JSON");
    free(back);
    buffer_free(&written);
    buffer_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct view text = fuzz_view(data, size);
    bool flag;
    fuzz_require(!boolean_parse(text, &flag) || view_trim(text).length <= 5, "a boolean of %zu bytes", size);
    placeholder_text(text);
    check_period(text);
    check_names(text);
    check_labels(text);
    check_json(text);
    return 0;
}
