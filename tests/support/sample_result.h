/* sample_result.h: results for tests of reports: runs over the samples, and one made by hand. */
#ifndef TESTS_SAMPLE_RESULT_H
#define TESTS_SAMPLE_RESULT_H

#include "render/render.h"

/* validate of samples/SCHEMA/NAME as the command line would do it (--date-order mdy --on-error reject, two workers), with
 * so many examples for each cause. `by`: "row", "day". Free: result_free. Stops the test if the run fails. */
void sample_run(const char *schema, const char *name, const char *by, size_t examples, struct result *result);
/* A small result that balances: 3 rows, Total and Hours, two days, two people, no issue. Everything is owned by it. */
void sample_result(struct result *result);
/* Lets the result have one row of 1.00 on each of these days ("2025-10-20"), in this order. */
void sample_days(struct result *result, char *const *days, size_t count);
/* Lets the result have so many people: "Person 1" with the most. */
void sample_people(struct result *result, size_t count);
/* Adds a note, which is copied. */
void sample_note(struct result *result, const char *note);
/* The page as text that the caller frees. */
char *sample_page(const struct result *result, bool show_private);
/* Writes the page as NAME.html into the folder that ST2PLECTO_PAGES names, if it does: for the browser. */
void sample_keep(const char *name, const char *page);
/* How often `part` comes in `text`. */
size_t sample_times(const char *text, const char *part);
/* Stops the test where a row of a table has more or fewer cells than its table has headings. */
void sample_check_tables(const char *page);

#endif
