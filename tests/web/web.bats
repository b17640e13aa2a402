#!/usr/bin/env bats
# web.bats: the program as WebAssembly and st2plecto.html, in node and in headless Chromium without a network. They are built by
# `make release` and at night (emscripten is 600 MB, too much for each run by day); where they are not built, this is skipped by
# day. At night they are built here, and without that all fails.

load ../cli/helper

setup_file() {
    ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    : "${ST2PLECTO:=$ROOT/build/st2plecto}"
    export ROOT ST2PLECTO PAGE=$ROOT/build/wasm/st2plecto.html
    cd "$ROOT" || return 1
    if [ -n "${NIGHTLY:-}" ]; then
        local log=$BATS_FILE_TMPDIR/wasm.log
        if ! { scripts/package/wasm && scripts/package/page && scripts/package/npm; } >"$log" 2>&1; then
            cat "$log" >&2
            return 1
        fi
    fi
}

setup() {
    cd "$ROOT" || return 1
    needs node
    [ -e "$PAGE" ] || skip 'build/wasm/st2plecto.html is not built (scripts/package/wasm and scripts/package/page; needs emscripten)'
}

# closed COMMAND…: without a network, where this user may have a name space without one.
closed() {
    if unshare -n true 2>/dev/null; then unshare -n "$@"; else "$@"; fi
}

page() {
    needs "${CHROMIUM:-chromium}"
    [ -d build/e2e/node_modules/axe-core ] || skip 'build/e2e has no modules (scripts/test runs npm ci)'
    closed node tests/web/page.mjs "$@"
}

# All samples at night, ten by day.
some_cases() {
    . tests/cli/golden.sh
    golden_cases | if [ -n "${NIGHTLY:-}" ]; then cat; else
        grep -E '^(calls-bad-csv|calls-good-json|invoices-good-csv-day|jobs-bad-csv|jobs-good-csv|jobs-good-csv-month|report-job-costing-good-json|job-splits-good-json|reviews-bad-json|estimates-good-csv) '
    fi
}

some_files() {
    local file
    for file in samples/*/*.csv samples/*/*.json; do
        case $file in samples/roster/* | samples/reconcile/*) continue ;; esac
        case ${NIGHTLY:-}$file in samples/*) case $file in samples/jobs/bad.csv | samples/calls/good.json) ;; *) continue ;; esac ;; esac
        printf '%s %s\n' "$file" "$file"
    done
}

@test "WebAssembly: the same bytes, texts and exit codes as the native program" {
    some_cases >"$BATS_TEST_TMPDIR/cases"
    node tests/web/bytes.mjs build/wasm <"$BATS_TEST_TMPDIR/cases"
}

@test "a key of a row that fixes.js computes is that of review.xlsx" {
    node tests/web/keys.mjs build/wasm samples/*/bad.csv
}

@test "dropped on the page: what is downloaded is what the command line writes" {
    some_files >"$BATS_TEST_TMPDIR/cases"
    page same "$PAGE" <"$BATS_TEST_TMPDIR/cases"
}

@test "several files, several types, gzip, a workbook and a folder, dropped by the mouse" {
    page drop "$PAGE"
}

@test "a file of 250 MB is converted, and a run of it canceled" {
    night_only
    "${CC:-gcc}" -O2 -o "$BATS_TEST_TMPDIR/generate" tests/tools/generate.c -lm
    "$BATS_TEST_TMPDIR/generate" 1000000 csv >"$BATS_TEST_TMPDIR/large.csv"
    page cancel "$PAGE" "$BATS_TEST_TMPDIR/large.csv"
    run page time "$PAGE" "$BATS_TEST_TMPDIR/large.csv"
    [ "$status" -eq 0 ]
    [[ $output = *'registrations written'* ]]
    rm "$BATS_TEST_TMPDIR/large.csv"
}

@test "rows are corrected in the page, and fixes.csv does the same on the command line" {
    page correct "$PAGE"
}

@test "axe-core finds nothing in any state, light, dark and on a phone" {
    page axe light 1200 "$PAGE"
    page axe dark 360 "$PAGE"
}

@test "the page asks for nothing, stores nothing, and its policy is in force" {
    page quiet "$PAGE"
}

@test "odd and hostile files have an answer each" {
    printf 'Job #,Completion Date\r\n"' >"$BATS_TEST_TMPDIR/open.csv"
    head -c 200000 /dev/urandom >"$BATS_TEST_TMPDIR/noise.xlsx"
    printf 'PK\003\004' >"$BATS_TEST_TMPDIR/cut.xlsx"
    printf '\037\213\010\000' >"$BATS_TEST_TMPDIR/cut.csv.gz"
    printf '{"data":[' >"$BATS_TEST_TMPDIR/cut.json"
    printf '<script>alert(1)</script>,<img src=x onerror=alert(1)>\n1,2\n' >"$BATS_TEST_TMPDIR/<b>&.csv"
    : >"$BATS_TEST_TMPDIR/empty.csv"
    page hostile "$PAGE" "$BATS_TEST_TMPDIR"/*
    # at night the saved inputs of the fuzz targets, too: all kinds of files, of which none may end the tab
    [ -n "${NIGHTLY:-}" ] || return 0
    mkdir "$BATS_TEST_TMPDIR/corpus"
    for file in tests/fuzz/corpus/{csv,json}/* tests/fuzz/corpus/{workbook,zip}/*; do
        case $file in
        */csv/*) end=csv ;;
        */json/*) end=json ;;
        *) end=xlsx ;;
        esac
        kind=${file%/*}
        cp "$file" "$BATS_TEST_TMPDIR/corpus/${kind##*/}-${file##*/}.$end"
    done
    page hostile "$PAGE" "$BATS_TEST_TMPDIR"/corpus/*
}

@test "npm: the package runs as a command over the files of the machine, and gives an API" {
    package=$ROOT/build/wasm/$("$ST2PLECTO" --version | tr ' ' -).tgz
    [ -e "$package" ] || skip 'the npm package is not built (scripts/package/npm)'
    cp samples/jobs/bad.csv "$BATS_TEST_TMPDIR"
    cd "$BATS_TEST_TMPDIR"
    tar -xzf "$package"
    node package/bin.mjs convert -q --on-error reject --no-config -o out bad.csv >wasm.txt || [ $? -eq 8 ]
    mv out wasm
    "$ST2PLECTO" convert -q --on-error reject --no-config -o out bad.csv >native.txt || [ $? -eq 8 ]
    mv out native
    diff wasm.txt native.txt
    diff -r wasm native
    run node package/bin.mjs convert -q --dry-run --no-config - <bad.csv
    [ "$status" -eq 1 ]
    [[ $output = *'12 of 25 rows need attention'* ]]
    cat >api.mjs <<'END'
import { readFileSync } from 'node:fs';
import { convert, run } from './package/index.mjs';
const { code, files, result } = await convert([{ path: 'bad.csv', bytes: readFileSync('bad.csv') }], { 'on-error': 'reject' });
const { stdout } = await run(['explain', 'E201']);
console.log(code, result.registrations, Buffer.compare(files['import.csv'], readFileSync('native/import.csv')), stdout.slice(0, 4));
END
    [ "$(node api.mjs)" = '8 12 0 E201' ]
}

@test "the checks would find what is wrong" {
    sed 's/<html lang="en">/<html>/' "$PAGE" >"$BATS_TEST_TMPDIR/damaged.html"
    run page axe light 1200 "$BATS_TEST_TMPDIR/damaged.html"
    [ "$status" -eq 1 ]
    [[ $output = *html-has-lang* ]]
    sed "s/default-src 'none'; /connect-src data:; /" "$PAGE" >"$BATS_TEST_TMPDIR/damaged.html"
    run page quiet "$BATS_TEST_TMPDIR/damaged.html"
    [ "$status" -eq 1 ]
    [[ $output = *'lets the page connect'* ]]
}
