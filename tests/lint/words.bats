#!/usr/bin/env bats
# scripts/words sees what it is there to see: in a small tree of its own, with one phrase wrong.

load ../cli/helper

setup() {
    common_setup
    mkdir -p scripts tests/lint src/cli/pages src/manual
    cp "$ROOT/scripts/words" scripts/
    cp "$ROOT/tests/lint/words" tests/lint/
    printf 'Reports.\n' >README.md
    printf '/* a row that stays out, booked on nobody */\nconst char *text = "the row is "\n    "not sent";\n' >src/text.c
}

@test "words: comments and right phrases pass" {
    run_split python3 scripts/words
    [ "$status" -eq 0 ]
    [ -z "$out" ]
}

@test "words: a phrase over two literals, in a page, in README and in the manual is refused with its place" {
    printf 'const char *text = "personal data stays "\n    "out: Name";\n' >src/text.c
    printf 'Rows are booked on one name.\n' >src/cli/pages/convert.txt
    printf 'Fine.\n3 row(s)\n' >README.md
    printf 'To mend a value\n' >src/manual/review.md
    run_split python3 scripts/words
    [ "$status" -eq 1 ]
    has "$out" 'src/text.c:1: "stays out" is never right'
    has "$out" 'src/cli/pages/convert.txt:1: "booked on"'
    has "$out" 'README.md:2: "(s)"'
    has "$out" 'src/manual/review.md:1: "mend"'
}

@test "words: no phrase of the list is in this repository" {
    cd "$ROOT"
    python3 scripts/words
}
