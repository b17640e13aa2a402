#!/usr/bin/env bats
# What a build says about itself, and which time zones it uses.

load helper

setup() {
    common_setup
}

@test "version: one line; with -v the build, the libraries, the zones and what it can do here" {
    run "$ST2PLECTO" --version
    [[ $output =~ ^st2plecto\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
    for word in -v --verbose; do
        run "$ST2PLECTO" --version $word
        [ "$status" -eq 0 ]
        for line in '^st2plecto ' '^build: .* rules [0-9]+$' '^libraries: .*expat 2' '^time zones: ' '^sandbox: (yes|no)' '^vectors: ' '^upload: '; do
            grep -Eq "$line" <<<"$output"
        done
    done
}

@test "zones: the receipt names the data that was used; the program's own gives the same bytes" {
    "$ST2PLECTO" convert -q --tz America/Chicago -o here "$ROOT/samples/jobs/good.json"
    [ "$(jq -r .zone_data here/receipt.json)" = "$("$ST2PLECTO" --version -v | sed -n 's/^time zones: //p')" ]
    TZDIR=/nowhere "$ST2PLECTO" convert -q --tz America/Chicago -o held "$ROOT/samples/jobs/good.json"
    [[ $(jq -r .zone_data held/receipt.json) == *", embedded" ]]
    cmp here/import.csv held/import.csv
    "$ST2PLECTO" convert -q -o none "$ROOT/samples/jobs/good.json"
    [ "$(jq .zone_data none/receipt.json)" = null ]
}
