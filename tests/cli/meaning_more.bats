#!/usr/bin/env bats
# Siblings of rules about meaning: rates after a slash, staff data in drafts, private IDs, renamed and dropped columns.
# By day a part, all where the change touches: src/convert src/input src/values

load helper

setup() { common_setup; }

@test "an amount for each job is a rate, and a draft never sums it" {
    printf 'Name,Completed Revenue,Rev / Job,$/Hr\nAna,$100.00,$10.00,$5.00\nBen,$50.00,$9.00,$4.00\n' > 'B_Dated 10_01_25 - 10_31_25.csv'
    run "$ST2PLECTO" schema init 'B_Dated 10_01_25 - 10_31_25.csv'
    [ "$status" -eq 0 ]
    [[ "$output" =~ '"Completed Revenue"'[^}]*'"aggregate": "sum"' ]]
    [[ ! "$output" =~ '"Rev / Job"'[^}]*'"aggregate": "sum"' ]]
    [[ ! "$output" =~ '"$/Hr"'[^}]*'"aggregate": "sum"' ]]
}

@test "the day of hire is neither the date nor a part of the ID of a draft" {
    printf '%s\n' 'Employee,Hire Date,Pay Date,Gross Pay' 'Ana,1/22/2020,10/13/2025,$5.00' 'Ben,1/23/2020,10/13/2025,$6.00' > pay.csv
    run "$ST2PLECTO" schema init pay.csv
    [ "$status" -eq 0 ]
    [[ "$output" == *'"Hire Date"'* ]]
    [[ ! "$output" =~ '"id": "'[^\"]*Hire ]]
    [[ ! "$output" =~ '"Hire Date"'[^}]*'"role": "date"' ]]
    [[ "$output" =~ '"Pay Date"'[^}]*'"role": "date"' ]]
}

@test "a private field with the role id is refused" {
    cat > own.json <<'END'
{"name": "visits", "plecto": {"title": "ServiceTitan visits"}, "fields": [
 {"name": "Customer Email", "type": "string", "plecto": {"private": true, "role": "id"}},
 {"name": "Day", "type": "date", "plecto": {"role": "date"}},
 {"name": "Technician", "type": "string", "plecto": {"role": "employee-name"}}]}
END
    printf 'Customer Email,Day,Technician\nzed@example.com,10/20/2025,Ana\n' > visits.csv
    run "$ST2PLECTO" convert --no-config --schema ./own.json -o out visits.csv
    [ "$status" -eq 2 ]
    [[ "$output" == *'"Customer Email", which is personal data'* ]]
    [ ! -e out/import.csv ]
}

@test "a column of money is not proposed as a person, and a dropped one not at all" {
    printf 'Job #,Completion Date,Primary Technician,Jobs Total,Dispatch Fee\n1,10/20/2025,Ana,$1.00,$2.00\n' > fee.csv
    run "$ST2PLECTO" convert --no-config -o out fee.csv
    [ "$status" -eq 0 ]
    [[ "$output" == *'W127'*'Dispatch Fee'* ]]
    [[ "$output" != *'W123'* ]]
    printf 'Job #,Completion Date,Primary Technician,Jobs Totl\n1,10/20/2025,Ana,$1.00\n' > typo.csv
    run "$ST2PLECTO" convert --no-config --schema jobs -o out2 typo.csv
    [[ "$output" == *'W123'*'Jobs Totl'* ]]
    run "$ST2PLECTO" convert --no-config --schema jobs --drop 'Jobs Totl' -o out3 typo.csv
    [ "$status" -eq 0 ]
    [[ "$output" != *'W123'* ]]
}

@test "memberships of the API with few keys are known" {
    printf '%s\n' '{"id": 1, "membershipTypeId": 4, "soldById": 9, "from": "2025-10-20T00:00:00Z", "followUpStatus": "None", "status": "Active", "createdOn": "2025-10-20T00:00:00Z"}' > m.jsonl
    run "$ST2PLECTO" convert --no-config --tz America/Chicago -o out m.jsonl
    [ "$status" -eq 0 ]
    [[ "$output" == *'schema customer-memberships'* ]]
}

@test "an amount of zero is a value where it is a piece of the ID" {
    cat > own.json <<'END'
{"name": "visits", "plecto": {"title": "ServiceTitan visits", "id": "{Technician}:{Day}:{Amount}"}, "fields": [
 {"name": "Amount", "type": "number", "plecto": {"money": true}},
 {"name": "Day", "type": "date", "plecto": {"role": "date"}},
 {"name": "Technician", "type": "string", "plecto": {"role": "employee-name"}}]}
END
    printf 'Technician,Day,Amount\nAna,10/20/2025,0.00\nBo,10/20/2025,5.00\nCy,10/21/2025,0\n' > visits.csv
    run "$ST2PLECTO" convert --no-config --schema ./own.json -o out visits.csv
    [ "$status" -eq 0 ]
    [ "$(tail -n +2 out/import.csv | cut -d, -f1 | paste -sd ' ')" = 'Ana:2025-10-20:0 Bo:2025-10-20:5 Cy:2025-10-21:0' ]
}
