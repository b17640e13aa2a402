# reconcile: two sides, their buckets, and why they differ. The many planted gaps are tests/property/reconcile_gaps.py.
# By day a part, all where the change touches: src/reconcile tests/property
load helper

setup() {
    common_setup
    cat > jobs.csv <<'EOF'
Job #,Primary Technician,Business Unit,Status,Completion Date,Created Date,Jobs Total Revenue
101,Ana Lopez,Phoenix,Completed,10/1/2025 9:00 AM,9/20/2025 9:00 AM,$100.00
102,Bo Chen,Phoenix,Hold,10/2/2025 9:00 AM,9/21/2025 9:00 AM,"$24,911.20"
103,Ana Lopez,Tucson,Completed,10/3/2025 9:00 AM,9/22/2025 9:00 AM,$300.00
104,Bo Chen,Tucson,Completed,10/4/2025 9:00 AM,9/23/2025 9:00 AM,$400.50
105,Bo Chen,Phoenix,Completed,10/5/2025 9:00 AM,9/24/2025 9:00 AM,$500.25
EOF
}

# A value of the JSON on standard input, by a Python expression of its document d.
said() {
    python3 -c "import json,sys; d=json.load(sys.stdin); print($1)"
}

@test "the same rows in another order and spelling are the same" {
    { head -1 jobs.csv; tail -n +2 jobs.csv | sort -r | sed 's/Ana Lopez/"LOPEZ,  Ana"/'; } > other.csv
    run "$ST2PLECTO" reconcile jobs.csv other.csv --no-config
    [ "$status" -eq 0 ]
    [[ $output == "The two sides are the same"* ]]
}

@test "the one job on Hold is named, to the cent" {
    grep -v Hold jobs.csv > short.csv
    run "$ST2PLECTO" reconcile short.csv jobs.csv --no-config --format json
    [ "$status" -eq 1 ]
    [ "$(said "d['explanations'][0]['cause'],d['explanations'][0]['field'],d['explanations'][0]['value']" <<< "$output")" = "attribute Status Hold" ]
    [ "$(said "d['explanations'][0]['amount'], d['explanations'][0]['explains']" <<< "$output")" = "24911.20 all" ]
    [ "$(said "d['metrics'][0]['gap']" <<< "$output")" = 24911.20 ]
}

@test "a folder is compared with its export, by what its receipt says" {
    "$ST2PLECTO" convert jobs.csv -o out --no-config --tz America/Phoenix --date-order mdy --period 2025-10-02..2025-10-04 -q
    run "$ST2PLECTO" reconcile jobs.csv out --no-config
    [ "$status" -eq 0 ]
}

@test "an expected number is explained by another date" {
    run "$ST2PLECTO" reconcile jobs.csv --expect "Jobs Total Revenue=800.50; 2025-09-21..2025-09-23; Status=Completed" --no-config --format json
    [ "$status" -eq 1 ]
    run "$ST2PLECTO" reconcile jobs.csv --expect "Jobs Total Revenue=700.50; 2025-09-21..2025-09-23; Status=Completed" --no-config --format json
    [ "$status" -eq 1 ]
    [ "$(said "d['explanations'][0]['cause'],d['explanations'][0]['field']" <<< "$output")" = "date Job Created On" ]
}

@test "sides of two kinds are refused" {
    printf 'Invoice ID,Invoice Date,Sold By,Subtotal,Total\n1,10/1/2025,Ana Lopez,1.00,1.00\n' > invoices.csv
    run "$ST2PLECTO" reconcile jobs.csv invoices.csv --no-config
    [ "$status" -eq 2 ]
    [[ $output == *"their records cannot be compared"* ]]
}

@test "what differs within the tolerance is fine" {
    sed 's/100.00/100.01/' jobs.csv > cent.csv
    run "$ST2PLECTO" reconcile jobs.csv cent.csv --no-config
    [ "$status" -eq 1 ]
    run "$ST2PLECTO" reconcile jobs.csv cent.csv --no-config --tolerance 0.01
    [ "$status" -eq 0 ]
}

@test "planted gaps are named, none is invented, equal sides are equal" {
    run python3 "$ROOT/tests/property/reconcile_gaps.py" --program "$ST2PLECTO"
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "gaps in exports of every schema, alone, in pairs and against bare numbers" {
    for mode in "--share 29" "--pairs --share 23" "--bare --share 19"; do
        # shellcheck disable=SC2086 # words
        run python3 "$ROOT/tests/property/reconcile_schemas.py" --program "$ST2PLECTO" $mode
        echo "$output"
        [ "$status" -eq 0 ]
    done
}

@test "two causes that give a bare number together are named, each with its part" {
    run "$ST2PLECTO" reconcile jobs.csv --no-config --date-order mdy --expect "Jobs Total Revenue=700.50; 2025-09-20..2025-09-23" --format json
    [ "$status" -eq 1 ]
    [ "$(said "sorted(c['cause'] for c in d['explanations'][0]['causes'])" <<< "$output")" = "['attribute', 'date']" ]
    [ "$(said "sum(float(c['amount']) for c in d['explanations'][0]['causes']) == float(d['metrics'][0]['gap'])" <<< "$output")" = True ]
}

@test "several numbers of one column each have a name of their own" {
    run "$ST2PLECTO" reconcile jobs.csv --no-config --date-order mdy --expect "Jobs Total Revenue=100; Business Unit=Phoenix" --expect "Jobs Total Revenue=700.50; Business Unit=Tucson" --format json
    [ "$status" -eq 1 ]
    [ "$(said "set(d['explanations'][0]['amounts']) == {m['field'] for m in d['metrics']} if d['explanations'] else len({m['field'] for m in d['metrics']}) == 2" <<< "$output")" = True ]
}

@test "validate checks an expected number: E703 with what explains it" {
    run "$ST2PLECTO" validate jobs.csv --no-config --date-order mdy --expect "Jobs Total Revenue=26211.95"
    [ "$status" -eq 0 ]
    run "$ST2PLECTO" validate jobs.csv --no-config --date-order mdy --expect "Jobs Total Revenue=1300.75"
    [ "$status" -eq 1 ]
    [[ $output == *"E703"*"Status = Hold"* ]]
}

@test "totals of employees and weeks are compared at their grain" {
    "$ST2PLECTO" convert jobs.csv -o weeks --no-config --date-order mdy --tz America/Phoenix --by week --cut-periods allow -q
    run "$ST2PLECTO" reconcile jobs.csv weeks --no-config --format json
    [ "$status" -eq 0 ]
    [ "$(said "d['grain']" <<< "$output")" = "employee x week" ]
    sed 's/Hold/Completed/; s/Tucson/Phoenix/' jobs.csv > other.csv
    grep -v Hold jobs.csv > short.csv
    run "$ST2PLECTO" reconcile short.csv weeks --no-config
    [ "$status" -eq 1 ]
    run "$ST2PLECTO" reconcile jobs.csv weeks --no-config --where "Status=Completed" --format json
    [ "$(said "d['metrics'][0]['left']" <<< "$output")" = 1300.75 ]
}

@test "page, workbook and Markdown say the same" {
    grep -v Hold jobs.csv > short.csv
    for format in html xlsx markdown; do
        run "$ST2PLECTO" reconcile short.csv jobs.csv --no-config --format "$format=gap.$format"
        [ "$status" -eq 1 ]
        [ -s "gap.$format" ]
    done
    grep -q 'Status = Hold' gap.html
    grep -q 'Status = Hold' gap.markdown
}

@test "the two stories of the samples are told" {
    run "$ST2PLECTO" reconcile "$ROOT/samples/reconcile/hold/plecto.csv" "$ROOT/samples/reconcile/hold/report.csv" --no-config --where "Business Unit=Phoenix"
    [ "$status" -eq 1 ]
    [[ $output == *"Status = Hold"*"+\$24,911.20, 1 row. Explains the whole gap"* ]]
    run "$ST2PLECTO" reconcile "$ROOT/samples/reconcile/dates/by-created.csv" "$ROOT/samples/reconcile/dates/by-sold.csv" --no-config
    [ "$status" -eq 1 ]
    [[ $output == *"1. one side counts by Sold On"*"11 rows. Explains the whole gap"* ]]
}

@test "the day audit counts rows and dollars that change their day" {
    run "$ST2PLECTO" reconcile jobs.csv --no-config --date-order mdy --day-audit all --format json
    [ "$status" -eq 0 ]
    [ "$(said "d['lines'][0]['by'], d['lines'][0]['moved'], d['lines'][0]['amounts']['Jobs Total Revenue']" <<< "$output")" = "Job Created On 5 26211.95" ]
    run "$ST2PLECTO" reconcile jobs.csv --no-config --day-audit Nothing
    [ "$status" -eq 2 ]
}

@test "one report a run: a second --format is refused, not passed over" {
    cp "$ROOT"/samples/reconcile/hold/*.csv .
    run "$ST2PLECTO" reconcile plecto.csv report.csv --no-config --format html=a.html --format json
    [ "$status" -eq 2 ]
    [[ $output == *"--format is given twice"*"Run reconcile once for each report."* ]]
    [ ! -e a.html ]
}

@test "the waterfall's bars begin at zero: their heights are in the ratio of their amounts" {
    "$ST2PLECTO" reconcile "$ROOT/samples/reconcile/hold/plecto.csv" "$ROOT/samples/reconcile/hold/report.csv" --no-config \
        --where "Business Unit=Phoenix" --format html=gap.html >/dev/null || [ "$?" -eq 1 ]
    heights=$(grep -o '<rect class="bar[^>]*height="[0-9]*"' gap.html | sed 's/.*height="//; s/"//' | tr '\n' ' ')
    read -r left step right <<<"$heights"
    # $207,980.78 of $232,891.98, within a point
    [ $((left * 1000 / right)) -ge 888 ]
    [ $((left * 1000 / right)) -le 898 ]
    [ $((left + step - right)) -le 1 ]
}

@test "buckets and totals are those that SQLite computes" {
    run python3 "$ROOT/tests/property/reconcile_buckets.py" --program "$ST2PLECTO"
    echo "$output"
    [ "$status" -eq 0 ]
}
