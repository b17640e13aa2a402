#!/usr/bin/env bats
# What people stumbled over who had nothing but the README: each a loss or a wrong figure that nobody was told of.
# By day a part, all where the change touches: src/cli src/report src/convert/run

load helper

setup() { common_setup; }

scores() {
    printf 'Inspection Ref,Inspector,Inspected On,Truck,Score,Repair Cost\n' >scores.csv
    printf 'TI-1,Ana Lopez,10/13/2025,Truck 1,80,$10.00\nTI-2,Bo Chen,10/14/2025,Truck 2,90,$20.00\nTI-3,Ana Lopez,10/15/2025,Truck 1,81,$0.00\n' >>scores.csv
}

@test "--draft: who inspects is the employee, by the word and the values" {
    scores
    run_split "$ST2PLECTO" convert --draft --tz UTC -o out scores.csv
    [ "$status" -eq 0 ]
    has "$out" '"Inspector" is used as the employee. Are these people?'
    [ "$(jq -r .member_name out/registrations.jsonl | sort -u | tr '\n' ,)" = "Ana Lopez,Bo Chen," ]
    for label in Homeowner Tier; do
        sed "s/Inspector/$label/" scores.csv >things.csv
        run_split "$ST2PLECTO" convert --draft --tz UTC -o "$label" things.csv
        has "$out" 'rows are assigned to "Office"'
    done
    sed 's/Inspector/Water Heater/; s/Ana Lopez/Rheem Gas/; s/Bo Chen/Bosch 50/' scores.csv >heaters.csv # not written as names
    run_split "$ST2PLECTO" convert --draft --tz UTC -o heaters heaters.csv
    has "$out" 'rows are assigned to "Office". If one is, add --employee COLUMN.'
}

@test "--draft --employee COLUMN: the saved schema says so, too" {
    scores
    run_split "$ST2PLECTO" convert --draft --employee Truck --tz UTC -o out scores.csv
    [ "$status" -eq 0 ]
    hasnt "$out" Office
    "$ST2PLECTO" convert -q --schema ./out.schema.json --tz UTC -o again scores.csv >/dev/null
    cmp out/import.csv again/import.csv
    [ "$(jq -r .member_name again/registrations.jsonl | sort -u | tr '\n' ,)" = "Truck 1,Truck 2," ]
}

@test "--draft --employee COLUMN: not of amounts, days or customers" {
    scores
    wrong_use "--employee Repair Cost: this column holds amounts, so each would be an employee" "inspect" \
        "$ST2PLECTO" convert --draft --employee "Repair Cost" --tz UTC -o out scores.csv
    wrong_use "--employee Inspected On: this column holds dates" "inspect" "$ST2PLECTO" convert --draft --employee "Inspected On" --tz UTC -o out scores.csv
    [ ! -e out.schema.json ]
}

@test "--draft --force: a draft that was corrected stays" {
    scores
    "$ST2PLECTO" convert -q --draft --tz UTC -o out scores.csv >/dev/null
    "$ST2PLECTO" convert -q --draft --tz UTC --force -o out scores.csv >/dev/null
    sed -i 's/"aggregate": "none"/"aggregate": "avg"/' out.schema.json
    cp out.schema.json kept.json
    wrong_use "./out.schema.json exists already, perhaps a draft that was corrected" "put --schema ./out.schema.json in place of --draft" \
        "$ST2PLECTO" convert -q --draft --tz UTC --force -o out scores.csv
    cmp kept.json out.schema.json
    "$ST2PLECTO" convert -q --schema ./out.schema.json --by month --tz UTC -o month scores.csv >/dev/null
    grep -q '^[^,]*:2025-10:Ana Lopez,.*,80.5,2,' month/import.csv
}

@test "totals of rejected.csv alone are refused, and Next says so" {
    cat >jobs.csv <<'CSV'
Job #,Primary Technician,Completion Date,Jobs Subtotal
1,Ana Lopez,10/20/2025,$100.00
2,Ana Lopez,10/45/2025,$50.00
3,Ana Lopez,10/22/2025,$25.00
CSV
    run_split "$ST2PLECTO" convert --schema jobs --tz UTC --by month --on-error reject -o out jobs.csv
    [ "$status" -eq 8 ]
    has "$out" "the totals lack the rows in out/rejected.csv. Correct them in ServiceTitan, or with --to review, and convert the whole export again"
    sed -i 's,10/45/2025,10/15/2025,g' out/rejected.csv
    wrong_use "out/rejected.csv: has only rows that were set aside" "convert the whole export again" \
        "$ST2PLECTO" convert --schema jobs --tz UTC --by month -o month out/rejected.csv
    tr ',' ';' <out/rejected.csv >saved.csv # by a spreadsheet of another country
    wrong_use "saved.csv: has only rows that were set aside" "convert the whole export again" \
        "$ST2PLECTO" convert --schema jobs --tz UTC --by month --date-order mdy -o month saved.csv
    # as rows it is what it was made for, and beside the rest of its days it makes whole totals
    "$ST2PLECTO" convert -q --schema jobs --tz UTC -o rows out/rejected.csv >/dev/null
    grep -q '^2,Ana Lopez,2025-10-15' rows/import.csv
    awk -F, -v OFS=, '{ print $8, $9, $10, $11, $1, $2, $3, $4, $5, $6, $7 }' <(sed 's/"[^"]*"/x/g' out/rejected.csv | tr -d '\r') >moved.csv
    grep -v '^2,' jobs.csv >rest.csv
    head -n 1 jobs.csv >empty.csv
    for files in "rest.csv out/rejected.csv" "out/rejected.csv empty.csv" moved.csv; do
        # shellcheck disable=SC2086
        wrong_use "$(tr ' ' '\n' <<<"$files" | grep -m 1 -v 'rest\|empty'): has only rows that were set aside" "whole export again" \
            "$ST2PLECTO" convert --schema jobs --tz UTC --by month -o whole $files
    done
}

@test "a failed run that replaces a folder says what is not in it any more" {
    "$ST2PLECTO" convert -q --on-error reject --to csv,review -o out "$ROOT/samples/jobs/bad.csv" >/dev/null || [ $? -eq 8 ]
    run_split "$ST2PLECTO" convert --force -o out "$ROOT/samples/jobs/bad.csv"
    [ "$status" -eq 1 ]
    has "$out" "out had files of an earlier run (import.csv, review.xlsx). They are removed, because this run replaces the folder."
    [ ! -e out/import.csv ]
    run_split "$ST2PLECTO" convert --force -o out "$ROOT/samples/jobs/bad.csv"
    hasnt "$out" "earlier run"
}

@test "--schema-dir: a schema is found by its own name, whatever its file is called" {
    scores
    "$ST2PLECTO" convert -q --draft --tz UTC -o out scores.csv >/dev/null
    mkdir schemas exports
    sed 's/"name": "scores"/"name": "truck-scores"/' out.schema.json >schemas/mine.json
    cp scores.csv "$ROOT/samples/jobs/good.csv" exports
    run_split "$ST2PLECTO" validate --schema-dir schemas --keep-going exports
    [ "$status" -eq 0 ]
    has "$out" "truck-scores"
    "$ST2PLECTO" validate -q --schema-dir schemas --schema truck-scores scores.csv >/dev/null
    cp schemas/mine.json schemas/other.json
    wrong_use "schemas/mine.json and schemas/other.json both have the name truck-scores" "name one" \
        "$ST2PLECTO" validate -q --schema-dir schemas --schema truck-scores scores.csv
}

@test "a spelling of two people of the roster is neither of them" {
    printf 'id,name,aliases\n1,Ana Lopez,Annie\n2,Anna Long,Annie\n3,Bo Chen,\n4,Bo Chen,\n' >roster.csv
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal\n1,Annie,10/20/2025,5\n2,BO  CHEN,10/20/2025,6\n3,Bo Chen,10/20/2025,7\n' >jobs.csv
    run_split "$ST2PLECTO" validate --schema jobs --roster roster.csv jobs.csv
    [ "$status" -eq 1 ]
    has "$out" 'E501 unknown-person: Primary Technician "Annie" is a name or alias of two people in the roster, Ana Lopez and Anna Long'
    has "$out" 'E502 two-people: Primary Technician "BO  CHEN" is the name of two people in the roster, with the IDs 3 and 4'
    has "$out" '"Bo Chen" is the name of two people'
    hasnt "$out" W523
    # one's name that is another's alias: neither, however it is spelled
    printf 'id,name,aliases\n2,Bo Chen,\n4,Cy Diaz,Bo Chen\n' >roster.csv
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal\n1,Bo Chen,10/20/2025,5\n2,"Chen, Bo",10/20/2025,6\n3,bo chen,10/20/2025,7\n4,Cy Diaz,10/20/2025,8\n' >jobs.csv
    run_split "$ST2PLECTO" convert --schema jobs --roster roster.csv --on-error reject -o out jobs.csv
    [ "$status" -eq 8 ]
    has "$out" '"Bo Chen" is a name or alias of two people in the roster, Bo Chen and Cy Diaz'
    [ "$(jq -r .external_id out/registrations.jsonl)" = 4 ]
}

@test "--on-error reject: a percentage that can be read in two ways is not published" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Jobs Gross Margin %%\n1,Ana,10/20/2025,5,0.47\n2,Bo,10/20/2025,6,0.5\n' >jobs.csv
    as=(convert --schema report-job-costing --date 'Completion Date' --tz UTC --on-error reject)
    run_split "$ST2PLECTO" "${as[@]}" -o out jobs.csv
    [ "$status" -eq 1 ]
    has "$out" "Not converted: no import file was written"
    [ ! -e out/import.csv ]
    "$ST2PLECTO" "${as[@]}" -q --percent 1 -o hundred jobs.csv >/dev/null
    grep -q ',47.00' hundred/import.csv
}

@test "whatever is published has no rights for others" {
    umask 022
    "$ST2PLECTO" convert -q --on-error reject --to csv,jsonl,xlsx,review -o out "$ROOT/samples/jobs/bad.csv" >/dev/null || [ $? -eq 8 ]
    [ "$(ls out | wc -l)" -eq 8 ]
    [ "$(stat -c '%a %n' out out/* | grep -v '^[67][45]0 ')" = "" ]
    umask 077
    "$ST2PLECTO" convert -q --on-error reject --to csv,review -o own "$ROOT/samples/jobs/bad.csv" >/dev/null || [ $? -eq 8 ]
    [ "$(stat -c '%a %n' own own/* | grep -v '^[67]00 ')" = "" ]
}
