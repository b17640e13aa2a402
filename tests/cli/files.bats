#!/usr/bin/env bats
# What real files hold besides a table: blanks round quotes, the header again, look-alikes, empty answers, files of other
# programs; and what a column proves about its values.
# By day a part, all where the change touches: src/input src/values src/schema

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
    has "$out" 'jobs.csv:3:1: warning W126 repeated-header: this row repeats the header'
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
    has "$out" 'jobs.csv:1:1: warning W125 loose-quotes: the header has a quotation mark in the middle of a cell'
}

@test "decimal commas are read where the column, or the others of its file, prove them" {
    printf '%s\n' 'Job #;Primary Technician;Completion Date;Jobs Subtotal;Sold Hours' '1;Ana;20.10.2025;1.000,00;1,5' \
        '2;Bo;21.10.2025;312,45;1.250' '3;Bo;22.10.2025;2.000;2' >jobs.csv
    converted jobs.csv
    [ "$(field 'Jobs Subtotal')" = '1000|312.45|2000' ]
    [ "$(field 'Sold Hours')" = '1.5|1250|2' ]
    has "$out" 'Jobs Subtotal has decimal commas (1.234,50), as its values prove'
    hasnt "$out" E301
    # a value against it leaves the column as it is
    printf '%s\n' 'Job #;Primary Technician;Completion Date;Jobs Subtotal' '1;Ana;2025-10-20;312,45' '2;Bo;2025-10-21;7.50' >both.csv
    converted both.csv
    has "$out" 'E301 not-a-number'
    [ "$(field 'Jobs Subtotal')" = 7.5 ]
}

@test "W328: 1.234 in a column that shows nothing else is reported with both sums" {
    printf '%s\n' "$header" '1,Ana,10/20/2025,1.234,1' '2,Ana,10/21/2025,12.500,2' >jobs.csv
    converted jobs.csv
    has "$out" 'W328 open-dots: Jobs Subtotal has 2 values with three digits after a dot, such as 1.234'
    has "$out" 'they add up to $13.734, which is sent. With the dot between thousands they are $13,734.00'
    printf '%s\n' "$header" '1,Ana,10/20/2025,1.234,1' '2,Ana,10/21/2025,12.50,2' >points.csv
    converted points.csv
    hasnt "$out" W328
}

times='Timesheet ID,Technician Name,Dispatched,Arrived,Done,Drive Time'

# timed OPTION… DRIVE TIME…: timesheets with these drive times; $out.
timed() {
    local options=() number=0
    while [ "${1#--}" != "$1" ]; do options+=("$1" "$2") && shift 2; done
    echo "$times" >sheets.csv
    for value in "$@"; do
        number=$((number + 1))
        echo "$number,Ana,10/13/2025 7:00 AM,10/13/2025 ${arrived:-8:17} AM,10/13/2025 9:00 AM,$value" >>sheets.csv
    done
    run_split "$ST2PLECTO" convert --no-config --tz America/Chicago --on-error reject --fail-on never --force --to jsonl,csv \
        -o out "${options[@]}" sheets.csv
}

@test "W330: 1:30 is hours and minutes unless the column proves minutes, or --durations says so" {
    timed 1:30 0:45
    has "$out" 'W330 open-durations: Drive Time has 2 values such as 1:30'
    [ "$(field 'Drive Time')" = '5400|2700' ]
    timed --durations m:s 1:30 0:45
    [ "$(field 'Drive Time')" = '90|45' ]
    hasnt "$out" W330
    timed --durations h:m 1:30
    [ "$(field 'Drive Time')" = 5400 ]
    hasnt "$out" W330
    timed 1:30 45:10
    [ "$(field 'Drive Time')" = '90|2710' ]
    has "$out" 'Drive Time: values such as 1:30 are minutes and seconds, as its other values prove'
    timed 1:30 1:02:03
    [ "$(field 'Drive Time')" = '90|3723' ]
    timed 1:30 75:10
    [ "$(field 'Drive Time')" = '5400|270600' ]
    arrived=8:30 timed 1:30 0:45
    [ "$(field 'Drive Time')" = '5400|2700' ]
    hasnt "$out" W330
    has "$out" 'Drive Time: values such as 1:30 are hours and minutes, as the times in their rows prove'
    arrived=7:01:30 timed 1:30 0:45
    [ "$(field 'Drive Time')" = '90|45' ]
}

@test "W331: a column of day numbers is read as days; beside written dates they are named" {
    printf '%s\n' "$header" '1,Ana,45953,1,1' '2,Ana,45954.5,1,1' >jobs.csv
    converted jobs.csv
    [ "$(field date | cut -c1-10)" = 2025-10-23 ]
    has "$out" 'W331 day-numbers: Completion Date holds day numbers of a spreadsheet only'
    printf '%s\n' "$header" '1,Ana,45953,1,1' '2,Ana,10/24/2025,1,1' >both.csv
    converted both.csv
    has "$out" 'E304 not-a-date: Completion Date "45953" is a day number of a spreadsheet beside dates that are written out'
    has "$out" '"format": "excel"'
    [ "$(field external_id)" = 2 ]
}

@test "W332: dates more than 30 years from the middle of their column" {
    printf '%s\n' "$header" '1,Ana,10/23/25,1,1' '2,Ana,10/24/25,1,1' '3,Ana,10/25/65,1,1' >jobs.csv
    converted jobs.csv
    has "$out" 'W332 odd-years: Completion Date has 1 date in 2065, more than 30 years from most others (2025). A year'
}

@test "W624: Z and offsets in one column count on one clock; offsets alone keep theirs" {
    local options='convert --schema jobs --no-config --on-error reject --fail-on never --force --to csv,jsonl -o out'
    printf '%s\n' "$header" '1,Ana,2025-10-24T03:04:05Z,1,1' '2,Ana,2025-10-23T22:04:05-05:00,1,1' >jobs.csv
    run_split "$ST2PLECTO" $options jobs.csv
    has "$out" 'W624 mixed-clocks: Completion Date has 1 time in UTC (Z) and 1 time with an offset'
    [ "$(field date)" = '2025-10-24T03:04:05Z|2025-10-24T03:04:05Z' ]
    printf '%s\n' "$header" '1,Ana,2025-10-23T15:04:05-05:00,1,1' '2,Ana,2025-11-23T22:04:05-06:00,1,1' >jobs.csv
    run_split "$ST2PLECTO" $options jobs.csv
    [ "$(field date)" = '2025-10-23T15:04:05-05:00|2025-11-23T22:04:05-06:00' ]
    has "$out" 'times keep the offset that the file gives them'
    hasnt "$out" UTC
    hasnt "$out" W6
}

@test "the day on which the clocks change is the local day" {
    printf '%s\n' "$header" '1,Ana,2025-04-05T13:00:00,1,1' '2,Ana,2025-10-06T02:30:00,1,1' >jobs.csv
    converted jobs.csv --tz Australia/Sydney
    has "$out" 'change on 2025-04-06 (25 hours), 2025-10-05 (23 hours)'
}

@test "a label with its brackets goes before the same label without them" {
    printf '%s\n' 'Invoice #,Invoice Date,Sold By,Total (Payments),Total (Invoices)' '1,10/13/2025,Ana,7,5' >inv.csv
    local options='convert --schema invoices --no-config --tz America/Chicago --on-error reject --fail-on never --force --to csv,jsonl -o out'
    run_split "$ST2PLECTO" $options --field 'Total (Payments)=Paid' inv.csv
    [ "$(field Paid)" = 7 ]
    run_split "$ST2PLECTO" $options --field 'Total (Payments)=Paid' --field 'Total (Invoices)=Billed' inv.csv
    [ "$(field Paid)" = 7 ]
    [ "$(field Billed)" = 5 ]
    # without a column that names the schema, the order of columns decides nothing
    sed -i 's/(Invoices)/(Estimates)/' inv.csv
    run_split "$ST2PLECTO" $options inv.csv
    has "$out" 'column "Total (Estimates)" is not known and looks like'
    has "$out" 'column "Total (Payments)" is not known and looks like'
}

@test "answers without records are no rows, and stop no other file" {
    mkdir night
    echo '{"page":1,"pageSize":50,"hasMore":false,"totalCount":0,"data":[]}' >night/a.json
    echo '{"page":1,"pageSize":50,"hasMore":false,"totalCount":1,"data":[{"id":1,"jobNumber":"1","completedOn":"2025-10-23T15:04:05Z","total":1,"soldById":77,"jobStatus":"Completed"}]}' >night/b.json
    run_split "$ST2PLECTO" convert --no-config --tz America/Chicago --fail-on never --force --to csv,jsonl -o out night
    [ "$status" -eq 0 ]
    [ "$(field external_id)" = 1 ]
    has "$out" 'night/a.json is an answer without records'
    cp night/a.json jobs-2025-10-20.json
    run_split "$ST2PLECTO" convert --no-config --tz America/Chicago --force -o out jobs-2025-10-20.json
    [ "$status" -eq 0 ]
    [ "$(jq -r .schema.name out/result.json)" = jobs ]
    cp night/a.json x.json
    run_split "$ST2PLECTO" convert --no-config --tz America/Chicago --force -o out x.json
    [ "$status" -eq 2 ]
    has "$err" 'is an answer without records, so its columns do not say what it is'
    printf '' >x.json
    run_split "$ST2PLECTO" convert --schema jobs --no-config --force -o out x.json
    [ "$status" -eq 3 ]
}

@test "files of other programs are named for what they are" {
    named() {
        printf "$2" >"$1"
        run_split "$ST2PLECTO" inspect "$1"
        [ "$status" -eq 3 ] || return 1
        has "$err" "$3"
    }
    named h.csv 'Job #,"Total\n1,5\n2,6\n' 'h.csv:1:7: a quote opens in the header row and does not close'
    named a.rtf '{\\rtf1 Job}' 'is a text document (RTF)'
    named a.parquet 'PAR1\25' 'is a Parquet file'
    named a.bz2 'BZh91AY' 'is compressed (bzip2)'
    named a.eml 'From: a@b.c\nSubject: Report\n' 'is an e-mail message'
    named a.pdf '%%PDF-1.7\n' 'is a PDF'
    named a.xls '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table/></html>' 'is a web page that Excel opens as a workbook'
    named b.xls '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>' 'is an XML Spreadsheet of Excel 2003'
    named c.xls '<table><tr><td>1</td></tr></table>' 'is a web page with a table'
    named a.json "[{'id': 1}]" 'single quotes, as Python prints them'
    named b.json '// exported\n[{"id": 1}]' 'begins with a comment'
    named c.json '{"1001": {"id": 1001, "total": 5}, "1002": {"id": 1002, "total": 6}}' 'holds each record under a key ("1001")'
    has "$err" "jq '[.[]]' c.json > list.json"
    named d.jsonl '{"type":"RECORD","stream":"jobs","record":{"id":1}}\n{"type":"RECORD","stream":"invoices","record":{"id":2}}\n' 'this file holds two streams, "jobs" and "invoices"'
}

@test "Airbyte's raw records are read as what they hold" {
    printf '{"_airbyte_raw_id":"%s","_airbyte_data":{"id":%s,"completedOn":"2025-10-23T15:04:05Z","total":5,"soldById":77}}\n' a 1 b 2 >raw.jsonl
    converted raw.jsonl
    [ "$(field external_id)" = '1|2' ]
}

@test "Airbyte's records as texts are read as what they hold, lists of items too" {
    printf '%s\n' '{"_airbyte_raw_id":"a","_airbyte_data":"{\"id\": 1, \"completedOn\": \"2025-10-23T15:04:05Z\", \"total\": 5, \"soldById\": 77}","x":1}' \
        '{"_airbyte_raw_id":"b","_airbyte_data":"{\"id\": 2, \"completedOn\": \"2025-10-23\", \"total\": \"x\", \"soldById\": 77}"}' >raw.jsonl
    converted raw.jsonl
    [ "$(field external_id)" = 1 ]
    has "$out" 'raw.jsonl:2:'
}

@test "W327: characters that a wrong encoding left are reported" {
    printf '%s\n' "$header" $'1,Dana O\xc2\x92Neil,10/20/2025,1,1' $'2,Jos\xc3\x83\xc2\xa9,10/20/2025,1,1' \
        $'3,O\xc3\xa2\xe2\x82\xac\xe2\x84\xa2Neil,10/20/2025,1,1' $'4,Jos\xc3\xa9 \xc3\x82ngel,10/20/2025,1,1' >jobs.csv
    converted jobs.csv
    [ "$(grep -c 'W327 wrong-encoding: Primary Technician ".*" has wrong characters' <<<"$out")" -eq 3 ]
}

@test "W523: names that differ in signs nobody sees, or look the same, are look-alikes" {
    printf '%s\n' "$header" '1,Ana Lopez,10/20/2025,1,1' $'2,Ana Lopez\xe2\x80\x8e,10/20/2025,1,1' $'3,\xd0\x90na Lopez,10/20/2025,1,1' \
        '4,Ann Marie,10/20/2025,1,1' '5,Ann-Marie,10/20/2025,1,1' >jobs.csv
    converted jobs.csv
    [ "$(grep -c 'W523' <<<"$out")" -ge 2 ]
}

@test "IDs are what a person sees: guards, thousands commas and .0 are no part of them" {
    printf '%s\n' "$header" '"=""001234""",Ana,10/20/2025,1,1' "'001235,Ana,10/20/2025,2,1" '"=""J-7""",Ana,10/20/2025,3,1' >jobs.csv
    converted jobs.csv
    [ "$(field external_id)" = '001234|001235|J-7' ]
    has "$out" '3 cells are guarded from the spreadsheet'
    printf '%s\n' "$header,Location Zip" '1,Ana,10/20/2025,1,1,"=""07001"""' '2,Ana,10/20/2025,1,1,"=""07002"""' '3,Ana,10/20/2025,1,1,7' >jobs.csv
    converted jobs.csv --field 'Location Zip'
    has "$out" '2 cells are guarded from the spreadsheet'
    printf '%s\n' "$header" "'J-1,Ana,10/20/2025,1,1" "'002,Ana,10/20/2025,1,1" >jobs.csv
    converted jobs.csv
    [ "$(field external_id)" = 'J-1|002' ]
    printf '%s\n' "$header" "'J-1,Ana,10/20/2025,1,1" "J-2,Ana,10/20/2025,1,1" >jobs.csv
    converted jobs.csv
    [ "$(field external_id)" = "'J-1|J-2" ]
    printf '%s\n' "$header" '"512,300,417",Ana,10/20/2025,1,1' >jobs.csv
    converted jobs.csv
    [ "$(field external_id)" = 512300417 ]
    has "$out" 'W422 id-form: Job # "512,300,417" has commas between thousands. The ID is 512300417'
    printf '%s\n' "$header" '1005.0,Ana,10/20/2025,1,1' '1006.0,Ana,10/20/2025,1,1' >jobs.csv
    converted jobs.csv
    [ "$(field external_id)" = '1005|1006' ]
    has "$out" 'all IDs end in .0'
    echo '[{"id":1,"jobNumber":"1","completedOn":"2025-10-23T15:04:05Z","total":1,"soldById":77.0}]' >jobs.json
    converted jobs.json
    [ "$(field member_api_id)" = 77 ]
}

@test "W422: IDs that differ in their form only; E402: an exponent among digits" {
    printf '%s\n' "$header" '1005,Ana,10/20/2025,1,1' '1005.0,Ana,10/20/2025,2,1' '007,Ana,10/20/2025,3,1' '7,Ana,10/20/2025,4,1' \
        'a-1,Ana,10/20/2025,5,1' 'A-1,Ana,10/20/2025,6,1' '0008,Ana,10/20/2025,7,1' >jobs.csv
    converted jobs.csv
    has "$out" 'jobs.csv:3:1: warning W422 id-form: ID "1005.0" and another ID, "1005", differ only in how they are written'
    has "$out" 'ID "007" and another ID'
    has "$out" 'ID "a-1" and another ID'
    hasnt "$out" '"0008"'
    printf '%s\n' "$header" '1005,Ana,10/20/2025,1,1' '12E5,Ana,10/20/2025,2,1' >jobs.csv
    converted jobs.csv
    has "$out" 'E402 shortened-id: Job # "12E5" lost its digits'
    [ "$(field external_id)" = 1005 ]
    printf '%s\n' "$header" '1005,Ana,10/20/2025,1,1' '12E5,Ana,10/20/2025,2,1' 'B-7,Ana,10/20/2025,3,1' >jobs.csv
    converted jobs.csv
    [ "$(field external_id)" = '1005|12E5|B-7' ]
    printf '%s\n' "$header" '1.2E18,Ana,10/20/2025,1,1' >jobs.csv
    converted jobs.csv
    has "$out" E402
}

@test "placeholders are empty in texts and groups, and a name of nobody is nobody" {
    printf '%s\n' 'Job #,Primary Technician,Completion Date,Customer Type,Jobs Total' '1,Ana,10/20/2025,,$1' '2,Ana,10/20/2025,-,$2' \
        '3,Ana,10/20/2025,N/A,$4' '4,**Unassigned Crew,10/20/2025,x,$8' '5,Una Signed,10/20/2025,x,$16' >jobs.csv
    converted jobs.csv
    [ "$(jq -r '."Customer Type" // ""' out/registrations.jsonl | paste -sd'|')" = '|||x' ]
    has "$out" 'Customer Type: 2 cells that mean "nothing" are sent empty: 1 "N/A", 1 "-"'
    has "$out" 'E201 missing-employee: Primary Technician is "**Unassigned Crew", which names nobody'
    converted --by month --per 'employee,Customer Type' jobs.csv
    [ "$(jq -s 'length' out/registrations.jsonl)" -eq 2 ]
    jq -es 'map(select(.member_name == "Ana"))[0]."Jobs Total" == 7' out/registrations.jsonl >/dev/null
}

@test "--field and --drop name the column with its brackets, in any case" {
    printf 'Invoice #,Invoice Date,Sold By,Total (Invoices),Total (Payments)\n1,2025-10-13,Ana,5.00,7.00\n' >inv.csv
    run_split "$ST2PLECTO" convert --schema invoices --no-config --to jsonl --field 'total (payments)=Paid' -o out inv.csv
    [ "$(field Paid)" = 7 ]
    run_split "$ST2PLECTO" convert --schema invoices --no-config --to jsonl --drop 'Total (Payments)' --force -o out inv.csv
    [ "$(field Total)" = 5 ]
    run_split "$ST2PLECTO" convert --schema invoices --no-config --to jsonl --drop 'Total' --force -o out inv.csv
    [ "$(jq -c 'has("Total")' out/registrations.jsonl)" = false ]
}

@test "the labels of your own schemas tell the header from title lines too" {
    printf 'Company,Acme,West\nPeriod,October,All\nTicket,Who,When\n1,Ana,2025-10-20\n2,Bo,2025-10-21\n' >t.csv
    mkdir schemas
    echo '{"name":"tickets","fields":[{"name":"Ticket","type":"string","plecto":{"role":"id"}},{"name":"Who","type":"string","plecto":{"role":"employee-name"}},{"name":"When","type":"date","plecto":{"role":"date"}}]}' >schemas/tickets.json
    for way in '--schema schemas/tickets.json' '--schema-dir schemas --schema tickets'; do
        # shellcheck disable=SC2086
        run_split "$ST2PLECTO" convert --no-config --to jsonl $way --force -o out t.csv
        [ "$(field external_id)" = '1|2' ]
    done
}

@test "the header again is found with other quotes, blanks and case" {
    printf '%s\n' "$header" '1,Ana,10/20/2025,1,1' "\"${header//,/\",\"}\"" '"2","Ana","10/20/2025","1","1"' " ${header//,/ , } " \
        "${header^^}" 'Job,Ana,10/20/2025,1,1' >jobs.csv
    converted jobs.csv
    [ "$(field external_id)" = '1|2|Job' ]
    hasnt "$out" E30
}
