#!/usr/bin/env bats
# Lines of the report below or between its rows, columns that name no person, names in another order, and periods by month.
# By day a part, all where the change touches: src/convert src/input

load helper

setup() {
    common_setup
    header='Job #,Completion Date,Primary Technician,Jobs Total'
    first='1001,10/20/2025,Ana Lopez,$1.00'
    second='1002,10/21/2025,Ben Ortiz,$2.00'
}

ids() {
    jq -r .external_id out/registrations.jsonl | paste -sd ' '
}

# A line of the report, wherever it is: two registrations, a warning, and nothing else.
footer_is_skipped() {
    local line=$1 order
    for order in "$first|$second|$line" "$first|$line|$second"; do
        tr '|' '\n' <<<"$header|$order" >jobs.csv
        run_split "$ST2PLECTO" convert --force -o out jobs.csv
        [ "$status" -eq 0 ] || { echo "$line: $out" >&2 && false; }
        [ "$(ids)" = "1001 1002" ] || { echo "$line: $(ids)" >&2 && false; }
        has "$out" 'W130 footer-line'
        jq -e '.ledger.rows | .in == 3 and .blank == 1' out/result.json
    done
}

@test "W130: lines of the report are no rows" {
    local line
    for line in 'Generated on 11/01/2025 08:00 AM' 'Report run by Ana Lopez,,,' '--- Page 1 of 3 ---' '*** End of report ***' '----------' \
        'Filters: Business Unit = HVAC, Status = Completed, a, b, c' ',Page 2/3,,' 'Report date,11/01/2025,Ana Lopez,' \
        'Date Range,10/01/2025,10/31/2025,' 'RUN BY,Ana Lopez' 'Row count: 2' 'Showing 1 to 2 of 2 entries,,,' 'Confidential' \
        '(c) 2025 ServiceTitan,,,' 'Data as of 10/31/2025,,,'; do
        footer_is_skipped "$line"
    done
}

@test "W130: a draft and inspect take them for no rows, too" {
    printf '%s\n' 'Name,Completed Jobs,Completed Revenue' 'Ana,2,$100.00' 'Ben,3,$200.50' 'Generated on 11/01/2025,,' >board.csv
    run_split "$ST2PLECTO" convert --draft --period 2025-10 -o out board.csv
    [ "$status" -eq 0 ]
    [ "$(jq -s length out/registrations.jsonl)" = 2 ]
    has "$("$ST2PLECTO" inspect board.csv)" 'rows        2, header in row 1'
}

@test "records that only sound like such lines are rows" {
    local id
    for id in 'Generator' 'Pages 1' 'Filters' 'Run' 'Page One' 'Note 7' 'Recordings' 'Reports'; do
        printf '%s\n' "$header" "$first" "$id,10/21/2025,Ben Ortiz,\$2.00" >jobs.csv
        "$ST2PLECTO" convert -q --force -o out jobs.csv
        [ "$(ids)" = "1001 $id" ] || { echo "$id: $(ids)" >&2 && false; }
    done
    # a name in the first cell, with all of its row
    printf '%s\n' "$header" "$first" 'Generated on,10/21/2025,Ben Ortiz,$2.00' >jobs.csv
    "$ST2PLECTO" convert -q --force -o out jobs.csv
    [ "$(ids)" = "1001 Generated on" ]
}

@test "--employee with a column that holds no people" {
    local field
    header="$header,Sold Hours,Customer ID,Recall,Odd Money,Odd Day,Odd Code,Helper"
    printf '%s\n' "$header" "$first,2.5,777,Yes,\$3.00,10/1/2025,17,Cy" "$second,1,778,No,\$4.00,10/2/2025,18,Di" >jobs.csv
    for field in 'Jobs Total:amounts' 'Completion Date:dates' "Job #:the rows' IDs" 'Sold Hours:numbers' 'Recall:yes and no' \
        'Customer ID:IDs that are not of people' 'Odd Money:amounts' 'Odd Day:dates' 'Odd Code:numbers'; do
        run_split "$ST2PLECTO" convert --employee "${field%%:*}" --force -o out jobs.csv
        [ "$status" -eq 2 ] || { echo "$field: $out" >&2 && false; }
        has "$err" "this column holds ${field#*:}, so each would be an employee"
    done
    "$ST2PLECTO" convert -q --employee Helper -o out jobs.csv
    [ "$(jq -r .member_name out/registrations.jsonl | paste -sd ' ')" = "Cy Di" ]
}

@test "names in another order are the roster's person, if there is one" {
    printf '%s\n' 'ID,Name' '4101,Ana Lopez' '4102,Ben Ortiz' >people.csv
    printf '%s\n' "$header" '1001,10/20/2025,"Lopez, Ana",$1.00' '1002,10/21/2025,Ortiz Ben,$2.00' >jobs.csv
    run_split "$ST2PLECTO" convert --roster people.csv -o out jobs.csv
    [ "$status" -eq 0 ]
    hasnt "$out" W523
    [ "$(jq -r '.member_api_id + " " + .member_name' out/registrations.jsonl | paste -sd ,)" = "4101 Ana Lopez,4102 Ben Ortiz" ]
    # another case is a look-alike, and two people of that name are nobody
    printf '%s\n' "$header" '1001,10/20/2025,"LOPEZ, ANA",$1.00' >jobs.csv
    run_split "$ST2PLECTO" convert --roster people.csv --force -o out jobs.csv
    has "$out" W523
    has "$out" 'Or list the other spelling under the aliases of the person in the roster'
    printf '%s\n' 'ID,Name' '4101,Ana Lopez' '4109,Ana Lopez' >people.csv
    printf '%s\n' "$header" '1001,10/20/2025,Lopez Ana,$1.00' >jobs.csv
    run_split "$ST2PLECTO" convert --roster people.csv --force -o out jobs.csv
    has "$out" E501
}

@test "the plain label Technician, and the labels beside it" {
    local header
    for header in 'Job #,Completion Date,Technician,Jobs Total' 'Job Number,Completed Date,Technician Name,Jobs Total' \
        'Job #,Completion Date,Sold By Technician,Jobs Total' 'Invoice #,Invoice Date,Technician,Total' \
        'Invoice Number,Invoiced On,Sold By Technician,Invoice Total'; do
        printf '%s\n' "$header" "$first" >x.csv
        "$ST2PLECTO" convert -q --force -o out x.csv
        [ "$(jq -r .member_name out/registrations.jsonl)" = "Ana Lopez" ] || { echo "$header" >&2 && false; }
    done
    # the fuller label goes before
    printf '%s\n' 'Job #,Completion Date,Technician,Primary Technician,Jobs Total' '1001,10/20/2025,Bo Chen,Ana Lopez,$1.00' >x.csv
    "$ST2PLECTO" convert -q --force -o out x.csv
    [ "$(jq -r .member_name out/registrations.jsonl)" = "Ana Lopez" ]
}

@test "--period by month, quarter, week and year, in the configuration too" {
    local line
    printf '%s\n' "$header" "$first" >jobs.csv
    for line in 2025-10:2025-10-01..2025-10-31 2025-Q4:2025-10-01..2025-12-31 2025-W42:2025-10-13..2025-10-19 \
        2025:2025-01-01..2025-12-31 2025-09..2025-10:2025-09-01..2025-10-31; do
        "$ST2PLECTO" validate --period "${line%%:*}" jobs.csv | grep -F "period ${line#*:}"
        echo "{\"period\": \"${line%%:*}\"}" >st2plecto.json
        "$ST2PLECTO" validate --config st2plecto.json jobs.csv | grep -F "period ${line#*:}"
        rm st2plecto.json
    done
    for line in 2025-13 2025-Q5 2025-W53 202510 2025-10-1 10/2025; do
        run_split "$ST2PLECTO" validate --period "$line" jobs.csv
        [ "$status" -eq 2 ]
        has "$err" 'is not a day, week, month, quarter or year of the calendar'
    done
}

@test "an amount beside the words of a footer: the line is a row, and its money is in the ledger" {
    printf 'Campaign Name,Campaign Category,Total Cost,Leads\nSpring Mail,Print,$100.00,3\nPrinted By Hand,,$500.00,\nRun On Radio,,45.50,\nExported on,10/31/2025,,\n' >campaigns.csv
    run "$ST2PLECTO" convert --draft --period 2025-10-01..2025-10-31 -o out campaigns.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r '.ledger.columns[] | select(.title == "Total Cost").written' out/result.json)" = 645.50 ]
    [ "$(jq .ledger.rows.blank out/result.json)" -eq 1 ]
}
