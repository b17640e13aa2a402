#!/usr/bin/env bats
# Libraries that stand on libcrypto or that few commands need are opened late (src/base/late.h).

load ../cli/helper

setup() { common_setup; }

# needs_late: in the file `dynamic` what the program is linked with; a program that needs nothing has the libraries in itself.
needs_late() {
    readelf -d "$ST2PLECTO" >dynamic
    grep -q NEEDED dynamic || skip "the libraries are linked in"
}

@test "the program starts without libzip, libxlsxwriter, SQLite, libcurl, expat, zlib and what they stand on" {
    needs_late
    run grep -E 'NEEDED.*(zip|xlsxwriter|sqlite|crypto|curl|expat|libz)' dynamic
    [ "$status" -eq 1 ] || { echo "add what is missing to src/base/late_libraries.txt: $output" >&2 && return 1; }
}

@test "--version -v opens each of them and asks it for its version" {
    run_split "$ST2PLECTO" --version -v
    [ "$status" -eq 0 ]
    [[ $out =~ libxlsxwriter\ [0-9]+\.[0-9] ]]
    [[ $out =~ libzip\ [0-9]+\.[0-9] ]]
    [[ $out =~ SQLite\ [0-9]+\.[0-9] ]]
}

@test "a library that is not there is named with its package, and nothing is written" {
    unshare -m true 2>/dev/null || skip "name spaces are not allowed here (needs root)"
    needs_late
    jobs_csv
    # shellcheck disable=SC2016 # expanded by the inner shell
    run_split unshare -m sh -c 'for path in /usr/lib/*/libxlsxwriter.so.*; do mount --bind /dev/null "$path" || exit 99; done
        exec "$@"' sh "$ST2PLECTO" convert --tz America/Chicago --to xlsx -o out jobs.csv
    [ "$status" -eq 2 ]
    has "$err" "st2plecto: error: libxlsxwriter is not installed, or not the one that this program was built for"
    has "$err" "apt-get install libxlsxwriter4"
    [ ! -e out ]
    "$ST2PLECTO" convert -q --tz America/Chicago --to csv -o out jobs.csv >/dev/null
    [ -s out/import.csv ]
}
