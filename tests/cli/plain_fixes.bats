#!/usr/bin/env bats
# What readers stumbled over in messages: which file is in the way, what a setting can be, what Next leaves out.
# By day a part, all where the change touches: src/cli src/report

load helper

setup() {
    common_setup
    header='Job #,Primary Technician,Completion Date,Jobs Subtotal'
    printf '%s\n' "$header" '1,Ana Lopez,10/20/2025,$310.00' '2,Bo Chen,yesterday,$85.00' >jobs.csv
}

@test "an output below a file, or in a folder that is missing: the message names that part" {
    mkdir a
    touch a/file
    run_split "$ST2PLECTO" convert -o a/file/plecto/x jobs.csv
    [ "$status" -eq 4 ]
    has "$err" "cannot be written: a/file is a file, not a folder"
    hasnt "$err" "permissions"
    run_split "$ST2PLECTO" validate --format html=a/no/such/r.html jobs.csv
    [ "$status" -eq 4 ]
    has "$err" "cannot be written: there is no folder a/no"
    hasnt "$err" "permissions"
}

@test "a setting of st2plecto.json without its value, or with a wrong one: the message says what it can be" {
    printf '{"settle": "3 days", "feeds": [{"name": "jobs", "files": ["jobs*"]}]}' >st2plecto.json
    run_split "$ST2PLECTO" run
    has "$err" '"settle": "3 days" is not a time of up to one day'
    printf '{"feeds": [{"name": "jobs", "files": ["jobs*"], "options": {"on-error": true}}]}' >st2plecto.json
    run_split "$ST2PLECTO" run
    has "$err" 'Write for example "on-error": "reject", or delete the line. It can be stop, reject.'
    printf '{"feeds": [{"name": "jobs", "files": ["jobs*"], "options": {"active-only": "yes"}}]}' >st2plecto.json
    run_split "$ST2PLECTO" run
    has "$err" 'Write "active-only": true, or delete the line.'
}

@test "Next says what --on-error reject leaves out, and takes the option that a fix has given" {
    run_split "$ST2PLECTO" validate --tz America/Phoenix jobs.csv
    has "$out" 'Next: correct 1 row and export again. Or convert without it ($85.00 will be missing in Plecto):
  st2plecto convert --tz America/Phoenix --on-error reject -o plecto jobs.csv'
    printf '%s\n' "$header" '1,Ana Lopez,2025-10-24T03:04:05Z,$310.00' '2,Bo Chen,2025-10-23T22:04:05-05:00,$85.00' >clocks.csv
    run_split "$ST2PLECTO" validate clocks.csv
    has "$out" "  st2plecto convert --tz America/Chicago -o plecto clocks.csv"
    printf '%s\n' "$header" '1,Ana Lopez,10/20/2025,$310.00' $'2,Jos\xe9,10/20/2025,$85.00' >latin.csv
    run_split "$ST2PLECTO" validate latin.csv
    has "$out" "  st2plecto convert --encoding windows-1252 -o plecto latin.csv"
    run_split "$ST2PLECTO" validate --expect "Jobs Subtotal=410.00" clocks.csv
    has "$out" "  st2plecto reconcile --expect 'Jobs Subtotal=410.00' clocks.csv"
}

@test "the ledger says which amounts cannot be read and are in no sum" {
    printf '%s\n' "$header" '1,Ana Lopez,10/20/2025,$310.00' '2,Bo Chen,10/20/2025' '3,Cy Ortiz,10/20/2025,"$12,34.5"' >odd.csv
    run_split "$ST2PLECTO" validate --format html=r.html --format markdown=r.md odd.csv
    local line="Balanced: every row and every cent that can be read is in one of these lines. In no sum because it cannot be read: 1 row, 1 value."
    has "$out" "$line"
    has "$(cat r.html)" "$line"
    has "$(cat r.md)" "$line"
    run_split "$ST2PLECTO" validate jobs.csv
    has "$out" "Balanced: every row and every cent is in one of these lines."
}

@test "a copy of the schema is proposed by its name, and not to whoever has an own one" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Status\n1,Ana Lopez,10/20/2025,$310.00,Vanished\n' >odd.csv
    run_split "$ST2PLECTO" validate odd.csv
    has "$out" "         st2plecto schema show jobs > jobs.schema.json"
    "$ST2PLECTO" schema show jobs >jobs.schema.json
    run_split "$ST2PLECTO" validate --schema ./jobs.schema.json odd.csv
    has "$out" "W321"
    hasnt "$out" "schema show"
}

@test "a date in a far year is named by its line" {
    printf '%s\n' "$header" '1,Ana Lopez,10/23/25,$1' '2,Ana Lopez,10/24/25,$1' '3,Ana Lopez,10/25/68,$1' '4,Ana Lopez,10/26/25,$1' >years.csv
    run_split "$ST2PLECTO" validate years.csv
    has "$out" "years.csv:4:1: warning W332 odd-years: Completion Date has 1 date in 2068"
}
