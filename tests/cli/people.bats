#!/usr/bin/env bats
# Who a row belongs to: several people, look-alikes, rosters; IDs of another grain; how much to import and keep.
# By day a part, all where the change touches: src/people src/convert

load helper

setup() {
    common_setup
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Status\n' > head.csv
}

rows() { # rows LINE…: a report of jobs
    { cat head.csv; printf '%s\n' "$@"; } > jobs.csv
}

@test "several people in a cell: refused, all to the first, or divided to the cent" {
    rows '1,"Ana Lopez, Bo Chen, Cy Ortiz",10/20/2025,$100.01,Completed' '2,Ana Lopez,10/21/2025,$10.00,Completed' \
        '3,Ana Lopez & Bo Chen,10/21/2025,-$0.01,Completed'
    run "$ST2PLECTO" validate --schema jobs jobs.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *'jobs.csv:2:3: error E503 several-people: Primary Technician names 3 people: "Ana Lopez, Bo Chen, Cy Ortiz" (ID 1, $100.01)'* ]]
    run "$ST2PLECTO" convert --schema jobs --several first -o first jobs.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r '"\(.external_id) \(.member_name) \(.["Jobs Subtotal"])"' first/registrations.jsonl | tr '\n' ,)" \
        = "1 Ana Lopez 100.01,2 Ana Lopez 10,3 Ana Lopez -0.01," ]
    for jobs in 1 2; do
        run "$ST2PLECTO" convert --schema jobs --several split -j $jobs -o split --force jobs.csv
        [ "$status" -eq 0 ]
        [ "$(jq -r '"\(.external_id) \(.["Jobs Subtotal"])"' split/registrations.jsonl | tr '\n' ,)" \
            = "1 33.34,1:Bo Chen 33.33,1:Cy Ortiz 33.34,2 10,3 0,3:Bo Chen -0.01," ]
        [ "$(jq -r '.ledger.balanced' split/result.json)" = true ]
        [[ "$output" == *"written as 6 registrations"* ]]
    done
    # totals per person take the parts, and what was asked for is in the receipt
    run "$ST2PLECTO" convert --schema jobs --several split --by month -o month jobs.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r '"\(.member_name) \(.Count) \(.["Jobs Subtotal"])"' month/registrations.jsonl | tr '\n' ,)" \
        = "Ana Lopez 3 43.34,Bo Chen 2 33.32,Cy Ortiz 1 33.34," ]
    grep -q 'several=split\|"several":"split"' <(cat split/receipt.json; jq -r '.options | tostring' split/receipt.json)
}

@test "commas: one name, lists, first names, and a column that holds both" {
    rows '1,"Lopez, Ana",10/20/2025,$1.00,Completed' '2,"Chen, Bo",10/21/2025,$1.00,Completed'
    run "$ST2PLECTO" convert --schema jobs -o names jobs.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .member_name names/registrations.jsonl | tr '\n' ';')" = "Lopez, Ana;Chen, Bo;" ]
    # technicians by first name only: then a comma separates people, which the whole column proves
    rows '1,"Ana, Bo",10/20/2025,$1.00,Completed' '2,Ana,10/21/2025,$1.00,Completed' '3,Bo,10/21/2025,$1.00,Completed'
    run "$ST2PLECTO" convert --schema jobs --several split -o first-names jobs.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .external_id first-names/registrations.jsonl | tr '\n' ,)" = "1,1:Bo,2,3," ]
    # both kinds: never half
    rows '1,"Ana Lopez, Bo Chen",10/20/2025,$1.00,Completed' '2,"Lopez, Ana",10/21/2025,$1.00,Completed' '3,Bo Chen,10/21/2025,$1.00,Completed'
    run "$ST2PLECTO" validate --schema jobs --several split jobs.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *'E503 several-people: Primary Technician "Lopez, Ana" can be one person or two'* ]]
    # a schema can say it
    jq '(.fields[] | select(.name == "Primary Technician").plecto) += {"commas": "name", "several": "split"}' \
        "$ROOT/schemas/jobs.json" > my-jobs.json
    run "$ST2PLECTO" convert --schema ./my-jobs.json -o mine jobs.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .member_name mine/registrations.jsonl | tr '\n' ';')" = "Ana Lopez, Bo Chen;Lopez, Ana;Bo Chen;" ]
}

@test "IDs, dates and people listed in parallel are taken apart in step, or refused" {
    rows '"389089722, 389091705","Ana Lopez, Ana Lopez","10/21/2025 3:00 PM, 10/20/2025 9:05 AM",$10.01,Completed' \
        '3,Bo Chen,10/22/2025,$1.00,Completed' '"4, 5","Bo Chen, Ana Lopez","10/21/2025, 10/22/2025",$7.00,Completed'
    run "$ST2PLECTO" convert --schema jobs --several split -o out jobs.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r '"\(.external_id) \(.member_name) \(.date[:10]) \(.["Jobs Subtotal"])"' out/registrations.jsonl | tr '\n' ,)" \
        = "389089722 Ana Lopez 2025-10-21 5,389091705 Ana Lopez 2025-10-20 5.01,3 Bo Chen 2025-10-22 1,4 Bo Chen 2025-10-21 3.5,5 Ana Lopez 2025-10-22 3.5," ]
    [ "$(jq -r '.first_date, .last_date' out/result.json | tr '\n' ' ')" = "2025-10-20 2025-10-22 " ]
    run "$ST2PLECTO" validate --schema jobs jobs.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"E50"* ]]
    rows '"1, 2, 3",Ana Lopez,"10/21/2025, 10/20/2025",$10.01,Completed'
    run "$ST2PLECTO" validate --schema jobs --several split jobs.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"E505 several-records"* ]]
    # thousands commas in a number are no list, and no part of the ID
    rows '"1,234,567",Ana Lopez,10/21/2025,$10.01,Completed'
    run "$ST2PLECTO" convert --schema jobs -o number jobs.csv
    [ "$(jq -r .external_id number/registrations.jsonl)" = 1234567 ]
}

@test "look-alikes are told with their counts and not merged; prefixes are kept" {
    rows '1,Ana Lopez,10/20/2025,$1.00,Completed' '2,ana  lopez,10/20/2025,$1.00,Completed' '3,Ana López,10/21/2025,$1.00,Completed' \
        '4,_Bo Chen,10/21/2025,$1.00,Completed' '5,Bo Chen,10/21/2025,$1.00,Completed' '6,Ana Lopez,10/21/2025,$1.00,Completed'
    run "$ST2PLECTO" convert --schema jobs -o out jobs.csv
    [ "$status" -eq 0 ]
    [[ "$output" == *'W523 look-alike: "Ana Lopez" in 2 registrations, "Ana López" in 1 registration, "ana  lopez" in 1 registration: possibly one person'* ]]
    [[ "$output" == *'"Bo Chen" in 1 registration, "_Bo Chen" in 1 registration: possibly one person'* ]]
    [[ "$output" == *"1 name begins with _ or *"* ]]
    [ "$(jq -r .member_name out/registrations.jsonl | sort -u | grep -c .)" -eq 5 ]
    jq -e '.issues.causes[] | select(.code == "W523") | .count == 2' out/result.json
}

@test "a roster: unknown people are issues, aliases stand for the name, other spellings are told" {
    printf 'id,name,aliases\n7,Ana Lopez,Anita; A. Lopez\n8,Bo Chen,\n' > roster.csv
    rows '1,Anita,10/20/2025,$1.00,Completed' '2,Ana Lopez,10/20/2025,$1.00,Completed' '3,BO CHEN,10/21/2025,$1.00,Completed' \
        '4,Dee Dee,10/21/2025,$5.00,Completed'
    run "$ST2PLECTO" convert --schema jobs --roster roster.csv --on-error reject --fail-on never -o out jobs.csv
    [ "$status" -eq 0 ]
    [[ "$output" == *'jobs.csv:5:3: error E501 unknown-person: Primary Technician "Dee Dee" is not in the roster. An upload would create a new employee, which cannot be merged (ID 4, $5.00)'* ]]
    [[ "$output" == *'W523 look-alike: Primary Technician "BO CHEN" is "Bo Chen" in the roster'* ]]
    [[ "$output" == *"1 name is an alias in the roster"* ]]
    [ "$(jq -r .member_name out/registrations.jsonl | tr '\n' ,)" = "Ana Lopez,Ana Lopez,BO CHEN," ]
}

@test "one name with several IDs, and an ID found in two lists for two people" {
    record='"jobStatus":"Completed","completedOn":"2025-10-01T15:00:00Z","firstAppointmentId":3,"total":1'
    printf '[{"id":1,"jobNumber":"1","soldById":7,%s},{"id":2,"jobNumber":"2","soldById":8,%s}]' "$record" "$record" > j.json
    printf 'id,name,space\n7,Ana Lopez,technician\n8,Ana Lopez,technician\n' > roster.csv
    run "$ST2PLECTO" validate --schema jobs --tz UTC --roster roster.csv j.json
    [ "$status" -eq 0 ]
    [[ "$output" == *'W524 same-name: "Ana Lopez" (ID 7) in 1 registration, "Ana Lopez" (ID 8) in 1 registration: one name with several IDs'* ]]
    # estimates do not say which list their seller is of: both are asked, and must agree
    printf '[{"id":1,"soldBy":7,"createdOn":"2025-10-01T15:00:00Z","isRecommended":true,"proposalTagName":null,"status":{"name":"Open"}}]' > e.json
    printf 'id,name,space\n7,Ana Lopez,technician\n7,Bo Chen,employee\n' > two.csv
    run "$ST2PLECTO" validate --schema estimates --tz UTC --roster two.csv e.json
    [ "$status" -eq 1 ]
    [[ "$output" == *"E502 two-people"* ]]
}

@test "IDs of another grain: what makes them unique, as a template" {
    cat > items.csv <<'CSV'
Invoice #,Item Code,Sold by technician,Invoice Date,Item Total
1,A,Ana Lopez,10/20/2025,$10.00
1,B,Ana Lopez,10/20/2025,$20.00
1,A,Bo Chen,10/20/2025,$30.00
2,A,Bo Chen,10/20/2025,$40.00
CSV
    jq -n '{name: "items", description: "x", plecto: {id: "{Invoice #}"}, fields: [
        {name: "Invoice #", type: "string"}, {name: "Item Code", type: "string"},
        {name: "Sold by technician", type: "string", plecto: {role: "employee-name"}},
        {name: "Invoice Date", type: "date", plecto: {role: "date"}},
        {name: "Item Total", type: "number", plecto: {money: true}}]}' > items.json
    run "$ST2PLECTO" validate --schema ./items.json items.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *'would be lost (ID 1, $20.00)'* ]]
    [[ "$output" == *'the report has one row per Item Code and Sold by technician within each. In a schema, "id": "{Invoice #}:{Item Code}:{Sold by technician}" makes them unique'* ]]
    # pasted, it works
    jq '.plecto.id = "{Invoice #}:{Item Code}:{Sold by technician}"' items.json > fixed.json
    run "$ST2PLECTO" convert --schema ./fixed.json -o out items.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .external_id out/registrations.jsonl | head -n 1)" = "1:A:Ana Lopez" ]
}

@test "--last and --max-age: by the date of the registration, counted apart" {
    rows '1,Ana Lopez,10/20/2025,$1.00,Completed' '2,Ana Lopez,10/15/2025,$2.00,Completed' '3,Ana Lopez,8/1/2025,$4.00,Completed' \
        '4,Ana Lopez,8/1/2020,$8.00,Completed'
    run "$ST2PLECTO" convert --schema jobs --last 2w --max-age 365d -o out jobs.csv # today is 2025-10-20
    [ "$status" -eq 0 ]
    [ "$(jq -c '[.ledger.rows | .in, .written, .outside_period, .too_old]' out/result.json)" = "[4,2,2,0]" ]
    run "$ST2PLECTO" convert --schema jobs --max-age 365d -o kept jobs.csv
    [ "$(jq -c '[.ledger.rows | .in, .written, .outside_period, .too_old]' kept/result.json)" = "[4,3,0,1]" ]
    [[ "$output" == *"older than kept"*'$8.00'* ]]
    wrong_use '--last "90" is not a length of time' 'write a number and d, w, m or y' "$ST2PLECTO" validate --last 90 jobs.csv
    wrong_use '--period and --last both choose the days' 'use only one' "$ST2PLECTO" validate --last 9d --period today jobs.csv
}

@test "a renamed column: the likely new label and the line where an alias goes" {
    sed -i 's/Primary Technician/Primary Techncian/' head.csv
    rows '1,Ana Lopez,10/20/2025,$1.00,Completed'
    run "$ST2PLECTO" validate --schema jobs jobs.csv
    [ "$status" -eq 1 ]
    line=$(grep -n '"name": "Primary Technician"' "$ROOT/schemas/jobs.json" | cut -d: -f1)
    [[ "$output" == *"E106 missing-column"*'nearest in the file is "Primary Techncian": If the column was renamed, add "Primary Techncian" to the aliases of "Primary Technician" in line '"$line"* ]]
    # where another column took its place, that is a warning
    printf 'Job #,Primary Techncian,Sold By,Completion Date\n1,Ana Lopez,Bo Chen,10/20/2025\n' > sold.csv
    run "$ST2PLECTO" validate --schema jobs sold.csv
    [[ "$output" == *'W123 renamed-column: column "Primary Techncian" is not known and looks like "Primary Technician"'* ]]
}

@test "what was told before a second pass is told after it too" {
    # day first is proved only at the end: the file is read twice
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Jobs Gross Margin %%,Status\n1,Ana Lopez,3/4/2025,$1.00,12%%,Completed\n2,Ana Lopez,25/4/2025,$1.00,12%%,Completed\n' > d.csv
    run "$ST2PLECTO" validate --schema jobs --by month d.csv
    [ "$status" -eq 0 ]
    [[ "$output" == *"is day first"* ]]
    [ "$(grep -c 'W821' <<< "$output")" -eq 1 ]
}

@test "two aliases of one person are that person once; parallel lists keep Last, First and straddle no period" {
    printf 'id,name,aliases\n1,Robert Smith,Bob Smith\n2,Ana Lopez,\n' > roster.csv
    rows '1,Bob Smith; Robert Smith,10/20/2025,$100.00,Completed'
    run "$ST2PLECTO" convert --schema jobs --several split --roster roster.csv -o once jobs.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r '"\(.external_id) \(.member_name) \(.["Jobs Subtotal"])"' once/registrations.jsonl)" = "1 Robert Smith 100" ]
    rows '"11, 12","Lopez, Ana",10/20/2025,$10.00,Completed' '13,"Chen, Bo",10/20/2025,$1.00,Completed'
    run "$ST2PLECTO" convert --schema jobs --several split -o names jobs.csv
    [ "$(jq -r .member_name names/registrations.jsonl | tr '\n' ';')" = "Lopez, Ana;Lopez, Ana;Chen, Bo;" ]
    rows '"21, 22",Ana Lopez,"10/1/2025, 11/20/2025",$10.00,Completed'
    run "$ST2PLECTO" validate --schema jobs --several split --date-order mdy --period 2025-10-01..2025-10-31 jobs.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"only some of them are in the period"* ]]
    rows '"7, 7",Ana Lopez,10/20/2025,$10.00,Completed'
    run "$ST2PLECTO" validate --schema jobs --several split jobs.csv
    [[ "$output" == *"two of them are the same"* ]]
    # what is refused is one row, with its whole amount
    [ "$("$ST2PLECTO" reconcile --schema jobs --several split --format json jobs.csv jobs.csv | jq -c '[.sides[].rows]')" = "[1,1]" ]
}
