#!/usr/bin/env bats
# upload_datasource.bats: datasource create makes one data source of what a folder says, and never a second one unasked.
# By day a part, all where the change touches: src/upload tests/e2e

load upload_helper

setup_file() { make_certificates; }
setup() {
    upload_setup
}
teardown() { upload_teardown; }

create() { "$ST2PLECTO" datasource create "$@" --yes --no-input "${connection[@]}"; }

sources() { control GET /state | jq '.data_sources | length'; }

@test "datasource create makes it from datasource.json, and its UUID is remembered" {
    start_server
    sales_folder sales 120
    exits 2 "$ST2PLECTO" upload sales --yes --no-input "${connection[@]}"
    equals requests "$(total requests)" 0
    exits 0 create sales
    local made
    made=$(control GET /state | jq -r '.data_sources | keys[0]')
    has "${out//-/}" "$made"
    equals 'data source' "$(control GET /state | jq -cS ".data_sources[\"$made\"] | {title, fields}")" \
        "$(jq -cS '{title, fields}' sales/datasource.json)"
    exits 0 "$ST2PLECTO" upload sales --yes --no-input "${connection[@]}"
    SOURCE=$made
    arrived sales
    # A second one is not made behind anybody's back.
    run create sales
    [ "$status" -ne 0 ] || has "${output//-/}" "$made"
    equals 'data sources' "$(sources)" 1
}

@test "a lost answer to datasource create does not make a second data source" {
    start_server '{"next": ["none", "close-after"]}'
    sales_folder sales 20
    run create sales
    run create sales
    equals 'data sources' "$(sources)" 1
}

@test "Plecto has one of this title already: told with its UUID, unless another title or --another is asked for" {
    start_server
    sales_folder sales 20
    exits 0 create sales
    local made
    made=$(control GET /state | jq -r '.data_sources | keys[0]')
    rm -r .st2plecto # the journal of another machine
    exits 2 create sales
    has "${err//-/}" "Plecto has a data source \"ServiceTitan Jobs\" already: $made"
    has "${err//-/}" "st2plecto upload sales datasource $made"
    equals 'data sources' "$(sources)" 1
    exits 0 create sales --title 'Jobs of Phoenix'
    exits 2 create sales
    has "$err" 'the journal knows a data source for jobs'
    exits 0 create sales --another
    equals 'data sources' "$(sources)" 3
    equals titles "$(control GET /state | jq -c '[.data_sources[].title] | sort')" '["Jobs of Phoenix","ServiceTitan Jobs","ServiceTitan Jobs"]'
}

@test "who may not see the list of data sources makes one all the same; who may not make one is told" {
    start_server '{"next": ["403"]}'
    sales_folder sales 20
    exits 0 create sales
    equals 'data sources' "$(sources)" 1
    rm -r .st2plecto
    behave '{"next": ["none", "403"]}'
    exits 6 create sales --another
    has "$err" 'You do not have permission.'
    behave '{"next": ["401"]}'
    exits 6 create sales --another
    has "$err" 'Invalid username/password.'
    equals 'data sources' "$(sources)" 1
}

@test "the answer about a second one of a title is lost: it is told where to look, none is chosen" {
    start_server
    sales_folder sales 20
    exits 0 create sales
    behave '{"next": ["none", "close-after"]}'
    exits 5 create sales --another
    has "$err" 'fix: Plecto may have one more data source "ServiceTitan Jobs" now. Look there first'
    equals 'data sources' "$(sources)" 2
}

@test "wrong use: words, folders, times, files" {
    sales_folder sales 3
    wrong_use "datasource needs to know what to do" "Write st2plecto datasource create DIR" "$ST2PLECTO" datasource
    wrong_use "datasource drop is unknown" "Write st2plecto datasource create DIR" "$ST2PLECTO" datasource drop sales
    wrong_use "datasource needs one folder" "name the folder" "$ST2PLECTO" datasource create
    wrong_use "upload needs one folder" "name the folder" "$ST2PLECTO" upload sales sales
    wrong_use '--now "tomorrow" is not a time in UTC' "Write it as 2026-01-31T06:00:00Z" "$ST2PLECTO" plan sales --now tomorrow
    wrong_use "--format json= has no file after the =" "write for example" "$ST2PLECTO" plan sales --format json=
    "$ST2PLECTO" convert -q --tz America/Chicago --data-source "$SOURCE" -o bound sales.csv >/dev/null
    wrong_use "the registrations in bound were made for the data source" "convert again with --force and without --data-source" \
        "$ST2PLECTO" datasource create bound --yes
    wrong_use '--data-source "sales" is not a UUID' "copy the 32 digits" "$ST2PLECTO" upload sales --data-source sales
    wrong_use "--data-source is 11112222333344445555666677778888, but the registrations in bound were made for" \
        "without --data-source" "$ST2PLECTO" upload bound --data-source 11112222333344445555666677778888
}

@test "the journal knows two data sources for these registrations: the upload asks which" {
    start_server
    sales_folder sales 3
    exits 0 create sales
    exits 0 create sales --another
    exits 2 "$ST2PLECTO" upload sales --yes --no-input "${connection[@]}"
    has "$err" 'the journal knows 2 data sources for jobs'
    has "$err" 'fix: Name one, for example --data-source '
}

@test "a journal of a later st2plecto is not touched" {
    start_server
    sales_folder sales 3
    exits 0 create sales
    "$PY" -c 'import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as journal: journal.execute("PRAGMA user_version = 99")' .st2plecto/journal.db
    exits 2 "$ST2PLECTO" plan sales
    has "$err" 'is of a newer st2plecto (version 99)'
    has "$err" 'name another file with --journal'
}
