#!/usr/bin/env bats
# page.bats: report.html in headless Chromium. The pages are those of tests/unit/test_html*.c: all samples, one with
# thousands of issues and 400 days, and one whose every name is hostile.
# By day a part, all where the change touches: src/render src/report

load ../cli/helper

setup_file() {
    ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    : "${ST2PLECTO:=$ROOT/build/st2plecto}"
    export ROOT ST2PLECTO_PAGES=$BATS_FILE_TMPDIR/pages
    mkdir -p "$ST2PLECTO_PAGES"
    cd "$ROOT" || return 1
    local maker
    for maker in test_html test_html_pages; do
        maker=$(dirname "$ST2PLECTO")/tests/unit/$maker
        [ -x "$maker" ] || { echo "$maker is not built: make tests" >&2 && return 1; }
        "$maker" >"$BATS_FILE_TMPDIR/log" 2>&1 || { cat "$BATS_FILE_TMPDIR/log" >&2 && return 1; }
    done
    "$ST2PLECTO" convert -q -o "$BATS_FILE_TMPDIR/planned" samples/jobs/good.csv >"$BATS_FILE_TMPDIR/log" 2>&1 &&
        "$ST2PLECTO" plan --data-source 00000000000000000000000000000001 --journal "$BATS_FILE_TMPDIR/none.sqlite" \
            --format html="$ST2PLECTO_PAGES/plan.html" "$BATS_FILE_TMPDIR/planned" >>"$BATS_FILE_TMPDIR/log" 2>&1 ||
        { cat "$BATS_FILE_TMPDIR/log" >&2 && return 1; }
    # One browser for all: where it does not start, each command tries it and says why.
    node tests/e2e/page.mjs browser >"$BATS_FILE_TMPDIR/browser" 2>/dev/null 3>&- 4>&- &
    PAGE_BROWSER_PID=$!
    local tries
    for tries in {1..300}; do
        [ ! -s "$BATS_FILE_TMPDIR/browser" ] || break
        kill -0 "$PAGE_BROWSER_PID" 2>/dev/null || break
        sleep 0.1
    done
    PAGE_BROWSER=$(cat "$BATS_FILE_TMPDIR/browser")
    export PAGE_BROWSER PAGE_BROWSER_PID
}

teardown_file() {
    if [ -n "${PAGE_BROWSER_PID:-}" ]; then kill "$PAGE_BROWSER_PID" 2>/dev/null || true; fi
}

setup() {
    cd "$ST2PLECTO_PAGES" || return 1
    needs node chromium pdftotext
    [ -d "$ROOT/build/e2e/node_modules/axe-core" ] || skip "build/e2e has no modules (scripts/test runs npm ci)"
}

page() { node "$ROOT/tests/e2e/page.mjs" "$@"; }

# refuses WHAT COMMAND…: the check finds fault with a damaged page, and says so.
refuses() {
    local what=$1
    shift
    run page "$@"
    [ "$status" -eq 1 ] || { echo "exit $status: $output" >&2 && return 1; }
    case $output in *"$what"*) ;; *) echo "expected: $what in: $output" >&2 && return 1 ;; esac
}

# What a page may hold is in these; all of them at night (scripts/test --nightly).
some_pages() {
    if [ -n "${NIGHTLY:-}" ]; then ls ./*.html; else printf './%s.html\n' by-day hostile jobs-bad plan; fi
}

@test "axe-core finds nothing, light" {
    # shellcheck disable=SC2046 # names without blanks
    page axe light 1200 $(some_pages)
}

@test "axe-core finds nothing, dark" {
    night_only
    if [ -n "${NIGHTLY:-}" ]; then pages=(./*.html); else pages=(./jobs-bad.html); fi
    page axe dark 1200 "${pages[@]}"
}

@test "axe-core finds nothing on a phone" {
    night_only
    page axe light 360 jobs-bad.html grouped.html
    page axe dark 360 jobs-good.html
}

@test "axe-core would find what is wrong" {
    night_only
    sed 's/<html lang="en">/<html>/' jobs-good.html >damaged.html
    refuses html-has-lang axe light 1200 damaged.html
    sed 's/sha256-[^=]*=/unsafe-inline/; s/--soft:#[0-9a-f]*/--soft:#bbb/' jobs-good.html >damaged.html
    refuses color-contrast axe light 1200 damaged.html
    refuses 'text .tick has a contrast of 1.9' axe light 1200 damaged.html
    rm damaged.html
}

@test "a phone's width: 360 and 320 px without scrolling sideways" {
    # shellcheck disable=SC2046
    page narrow 320 $(some_pages)
    # shellcheck disable=SC2046
    [ -z "${NIGHTLY:-}" ] || page narrow 360 $(some_pages)
    [ -n "${NIGHTLY:-}" ] || return 0
    sed 's|<main>|<main><pre style="white-space:pre">a line that is much wider than any telephone and does not break anywhere</pre>|
        s/sha256-[^=]*=/unsafe-inline/; s/pre-wrap/pre/' jobs-bad.html >damaged.html
    refuses 'scrolls sideways' narrow 360 damaged.html
    rm damaged.html
}

@test "no request, no message, the policy is in force" {
    # shellcheck disable=SC2046
    page quiet $(some_pages)
    [ -n "${NIGHTLY:-}" ] || return 0
    sed 's|<main>|<main><img alt="x" src="https://example.com/x.png">|' jobs-good.html >damaged.html
    refuses 'policy refused: img-src' quiet damaged.html
    sed 's|<main>|<main><p style="color:red">x</p>|' jobs-good.html >damaged.html
    refuses 'policy refused: style-src' quiet damaged.html
    sed 's/sha256-./sha256-_/' jobs-good.html >damaged.html
    refuses 'the style sheet is not in force' quiet damaged.html
    rm damaged.html
}

@test "print: A4, with the verdict, the ledger and what is behind the pictures" {
    page print jobs-bad.html "$BATS_TEST_TMPDIR/out.pdf"
    text=$(pdftotext -layout "$BATS_TEST_TMPDIR/out.pdf" - | tr -s '[:space:]' ' ')
    for part in 'Ready, 12 rows set aside' '12 rows to fix' 'Difference' '$17,792.93' \
        'The employee is missing: Primary Technician' 'Rows and amounts per day' '2025-10-30'; do
        case $text in *"$part"*) ;; *) echo "the paper lacks: $part" >&2 && return 1 ;; esac
    done
    pages=$(pdfinfo "$BATS_TEST_TMPDIR/out.pdf" | sed -n 's/^Pages: *//p')
    [ "$pages" -ge 3 ]
    [ "$pages" -le 14 ] # fonts differ between machines
}
