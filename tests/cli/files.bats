#!/usr/bin/env bats
# What real files hold besides a table: blanks round quotes, the header again, look-alikes, empty answers, files of other
# programs; and what a column proves about its values.

load helper

setup() { common_setup; }

header='Job #,Primary Technician,Completion Date,Jobs Subtotal,Sold Hours'

# converted FILE [OPTION…]: converts as jobs, bad rows set aside; $out and $err hold what was said.
converted() {
    run_split "$ST2PLECTO" convert --schema jobs --no-config --tz America/Chicago --on-error reject --fail-on never --force \
        --to csv,jsonl -o out "$@"
}

# field NAME: its values in all registrations, in order.
field() { jq -r "[.\"$1\"] | @csv" out/registrations.jsonl | tr -d '"' | paste -sd'|'; }

@test "blanks round quotes are no part of cells, swallow no rows, and are reported once" {
    printf '%s\n' "$header" '1, "Lopez, Ana", "10/20/2025", "1,234.50", 1' '2,"Bo Chen" ,10/20/2025,6,1' \
        '3,Cy Ortiz,10/20/2025,7,1' '4,"Di Ray" ,10/20/2025,8,1' >jobs.csv
    converted jobs.csv
    [ "$(field external_id)" = '1|2|3|4' ]
    [ "$(field 'Jobs Subtotal')" = '1234.5|6|7|8' ]
    [ "$(field member_name)" = 'Lopez, Ana|Bo Chen|Cy Ortiz|Di Ray' ]
    [ "$(grep -c '3 rows have blanks between a comma and a quote' <<<"$out")" -eq 1 ]
}

@test "W126: the header again in the middle of a file is no row" {
    printf '%s\n' "$header" '1,Ana,10/20/2025,5,1' "$header" '2,Ana,10/21/2025,5,1' >jobs.csv
    printf '\xef\xbb\xbf%s\n3,Ana,10/22/2025,5,1\n\x1a' "$header" >>jobs.csv
    converted jobs.csv
    [ "$(field external_id)" = '1|2|3' ]
    has "$out" 'jobs.csv:3:1: warning W126 repeated-header: this row is the header again'
    has "$out" 'jobs.csv:5:1: warning W126 repeated-header'
    hasnt "$out" 'E1'
    hasnt "$out" 'E3'
    [ "$(jq -c '.ledger.rows | [.in, .written, .blank]' out/result.json)" = '[6,3,3]' ]
}

@test "a delimiter at the end of each line, and loose quotes in the header" {
    printf '%s,\n' "$header" '1,Ana,10/20/2025,5,1' '2,Ana,10/21/2025,5,1' >jobs.csv
    converted jobs.csv
    [ "$(field external_id)" = '1|2' ]
    hasnt "$out" 'no label'
    printf '%s\n' 'Job #,Primary Technician,Completion Date,"Sold By,"Job Type",Status' '1,Ana,10/20/2025,Bo,Done,' >jobs.csv
    converted jobs.csv
    has "$out" 'jobs.csv:1:1: warning W125 loose-quotes: the header has a quote inside a cell'
}
