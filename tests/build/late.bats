#!/usr/bin/env bats
# Libraries that stand on libcrypto or that few commands need are opened late (src/base/late.h).

load ../cli/helper

setup() { common_setup; }

@test "the program starts without libzip, libxlsxwriter, SQLite, libcurl and what they stand on" {
    readelf -d "$ST2PLECTO" >dynamic
    grep -q 'NEEDED.*libc\.so' dynamic || skip "the libraries are linked in"
    run grep -E 'NEEDED.*(zip|xlsxwriter|sqlite|crypto|curl)' dynamic
    [ "$status" -eq 1 ] || { echo "add what is missing to src/base/late_libraries.txt: $output" >&2 && return 1; }
}

@test "--version -v opens each of them and asks it for its version" {
    run_split "$ST2PLECTO" --version -v
    [ "$status" -eq 0 ]
    [[ $out =~ libxlsxwriter\ [0-9]+\.[0-9] ]]
    [[ $out =~ libzip\ [0-9]+\.[0-9] ]]
    [[ $out =~ SQLite\ [0-9]+\.[0-9] ]]
}
