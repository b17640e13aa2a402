#!/usr/bin/env bats
# An ID is no name where another row of the export has one, and a ratio without a numerator is no value.
# By day a part, all where the change touches: src/people src/convert

load helper

setup() { common_setup; }

@test "a row with the ID only takes the name that other rows have for it" {
    cat >splits.csv <<'CSV'
Split ID,Technician ID,Technician,Created On,Job ID,Split
1,4101,,2025-10-01 09:00,100,50
2,4101,Ana Lopez,2025-10-02 09:00,101,50
3,4102,,2025-10-03 09:00,102,50
4,4101,Ana Lopez-Diaz,2025-10-04 09:00,103,50
CSV
    "$ST2PLECTO" convert -q --no-config --schema job-splits -o out splits.csv >said
    run jq -r '[.external_id, .member_api_id, .member_name] | join(" ")' out/registrations.jsonl
    [ "$output" = "1 4101 Ana Lopez-Diaz
2 4101 Ana Lopez
3 4102 4102
4 4101 Ana Lopez-Diaz" ]
    grep -q 'W521 no-roster: 1 row carries' said
}

@test "a ratio whose first part has no value in the rows is no value, not 0" {
    cat >board.csv <<'CSV'
Technician Performance
Date Range: 10/1/2025 - 10/31/2025

Name,Technician ID,Completed Revenue,Closed Opportunities,Sales Opportunity,Close Rate
Ana Lopez,4101,$100.00,,4,25%
Bo Chen,4102,$200.00,0,5,0%
CSV
    "$ST2PLECTO" convert -q --no-config --by month -o out board.csv
    run grep -o '"Close Rate":[^,}]*' out/registrations.jsonl
    [ "$output" = '"Close Rate":null
"Close Rate":0.00' ]
}

@test "a column whose values have dollar signs is money, whatever its label, and is not dropped in silence" {
    printf '%s\n' 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Thingy' '1,Ana,10/20/2025,5.00,$2' '2,Bo,10/20/2025,7.00,$3' >thingy.csv
    "$ST2PLECTO" convert -q --no-config --schema jobs -o out thingy.csv >said 2>&1
    grep -qF 'W127 unsent-money: "Thingy" holds money ($5.00 in 2 rows) and is not sent' said
}
