#!/usr/bin/env bats
# Reports, plans, answers, pages and workbooks of the samples are what tests/cli/golden-pages says, word for word: what no other
# test looks at cannot change unseen. After a change that is meant: tests/cli/update-golden-pages, and read the difference.

load helper

setup() { common_setup; }

@test "every page, report and workbook of the samples says what it said" {
    python_with openpyxl
    . "$BATS_TEST_DIRNAME/golden_pages.sh"
    pages
    diff -r "$BATS_TEST_DIRNAME/golden-pages" pages
    [ "$(ls pages | wc -l)" -ge 38 ]
}
