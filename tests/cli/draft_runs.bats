#!/usr/bin/env bats
# convert --draft, and what schema init takes for people and names.

load helper

setup() {
    common_setup
    printf '%s\n' 'Tech Board' 'Date Range: 10/13/2025 - 10/19/2025' '' 'Name,Technician ID,Completed Revenue,Completed Jobs,Hourly Rate' \
        'Ana Lopez,41,$100.00,4,$30.00' 'Ben Ito,42,$50.00,2,$31.00' > week1.csv
}

@test "inspect proposes convert --draft, which converts and saves the draft beside the output" {
    run_split "$ST2PLECTO" inspect week1.csv
    [[ "$out" == *'Next: st2plecto convert --draft -o plecto week1.csv'* ]]
    [[ "$out" == *'a draft takes as employee Name'* ]]
    run "$ST2PLECTO" convert --no-config --draft -o plecto week1.csv
    [ "$status" -eq 0 ]
    [[ "$output" == *'W129 draft-guess'* ]]
    [ "$(jq -r .member_api_id plecto/registrations.jsonl | tr '\n' ,)" = 41,42, ]
    [ "$(jq -r .member_name plecto/registrations.jsonl | head -n 1)" = "Ana Lopez" ]
    grep -q '"name": "tech-board"' plecto.schema.json
    grep -q '"Hourly Rate".*"aggregate": "none"' plecto.schema.json
    # the draft is a schema of its own, and a corrected one is not overwritten
    run "$ST2PLECTO" convert --no-config --schema ./plecto.schema.json -o again week1.csv
    [ "$status" -eq 0 ]
    cmp plecto/registrations.jsonl again/registrations.jsonl
    echo '// mine' >> plecto.schema.json
    run "$ST2PLECTO" convert --no-config --draft -o plecto week1.csv
    [ "$status" -eq 2 ]
    [[ "$output" == *'--schema ./plecto.schema.json in place of --draft'* ]]
}

@test "--draft: not where a schema fits, not with --dry-run or --schema" {
    printf 'Job #,Completion Date,Primary Technician,Jobs Total\n1,10/20/2025,Ana,$1.00\n' > jobs.csv
    run "$ST2PLECTO" convert --no-config --draft -o plecto jobs.csv
    [ "$status" -eq 2 ]
    [[ "$output" == *'fits the schema jobs'* ]]
    [ ! -e plecto.schema.json ]
    run "$ST2PLECTO" convert --no-config --draft --dry-run -o plecto week1.csv
    [ "$status" -eq 2 ]
    run "$ST2PLECTO" convert --no-config --draft --schema jobs -o plecto week1.csv
    [ "$status" -eq 2 ]
}

@test "business units and memberships are no people; the draft of a report without people converts" {
    printf 'Name,Completed Revenue\nHVAC - Service,$1.00\nPlumbing,$2.00\n' > 'Units_Dated 10_01_25 - 10_31_25.csv'
    run "$ST2PLECTO" convert --no-config --draft -o units Units*.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .member_name units/registrations.jsonl | sort -u)" = Office ]
    [ "$(jq -r .external_id units/registrations.jsonl | sort -u | wc -l)" -eq 2 ]
    printf 'Membership Summary\nDate Range: 10/1/2025 - 10/31/2025\n\nName,New Sales\nBasic,3\nPro,4\n' > m.csv
    "$ST2PLECTO" schema init -o m.json --name plans --title Plans m.csv
    grep -q '"employee": "Office"' m.json
    grep -q '"name": "plans"' m.json
    grep -q '"title": "Plans"' m.json
    run "$ST2PLECTO" schema init --name 'a b' m.csv
    [ "$status" -eq 2 ]
}

@test "an ID and a name of two people are not joined, and words of a label make a person" {
    printf 'Job #,Sold On,Technician,Sold By ID\n1,10/20/2025,Ana,9\n2,10/21/2025,Ben,9\n' > two.csv
    "$ST2PLECTO" schema init -o two.json two.csv
    grep '"name": "Sold By ID"' two.json > field
    run grep -c role field
    [ "$output" = 0 ]
    printf 'Sales Rep,Date,Total Sales\nAna,10/20/2025,$1.00\nBen,10/20/2025,$2.00\n' > rep.csv
    "$ST2PLECTO" schema init rep.csv > rep.json
    grep -q '"name": "Sales Rep".*"role": "employee-name"' rep.json
    printf 'Technician,Start,Total\nAna,10/20/2025 8:00 AM,$1.00\nBen,10/21/2025 8:05 AM,$2.00\n' > start.csv
    "$ST2PLECTO" schema init start.csv > start.json
    grep -q '"name": "Start".*"role": "date"' start.json
}
