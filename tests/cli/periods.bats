#!/usr/bin/env bats
# periods.bats: what a --by run shows of employees and periods, in every report.
# By day a part, all where the change touches: src/convert src/values

load helper

setup() {
    common_setup
    cat >jobs.csv <<'CSV'
Job #,Completion Date,Primary Technician,Jobs Total
1,9/20/2025,Ana Lopez,"$31,475.85"
2,10/20/2025,Ana Lopez,"$32,106.85"
3,10/21/2025,Bo Chen,$45.00
4,10/22/2025,Bo Chen,$5.25
CSV
}

convert() { run_split "$ST2PLECTO" convert --no-config --tz America/Phoenix --force -o out "$@"; }

# part NAME: a part of the workbook.
part() { unzip -p out/review.xlsx "$1"; }

@test "employees and months: text, result.json, page and workbook have the same sums" {
    convert --by month --to csv,jsonl,review --format text --format html=page.html jobs.csv
    [ "$status" -eq 0 ]
    grep -Eq '^  Ana Lopez +\$63,582\.70 +\$31,475\.85 +\$32,106\.85$' <<<"$out"
    grep -Eq '^  Bo Chen +\$50\.25 +- +\$50\.25$' <<<"$out"
    [ "$(jq -c .periods.list out/result.json)" = '["2025-09","2025-10"]' ]
    [ "$(jq -c '.periods.employees[1].sums' out/result.json)" = '[null,"50.25"]' ]
    grep -q 'Jobs Total per employee and month' page.html
    grep -q '>\$63,632.95<' page.html
    has "$(part xl/workbook.xml)" 'name="Periods"'
    has "$(part xl/sharedStrings.xml 2>/dev/null || part xl/worksheets/sheet6.xml)" 2025-09
}

@test "the result read back makes the same reports" {
    convert --by month --format html=page.html jobs.csv
    "$ST2PLECTO" report --format html=again.html out/result.json
    cmp <(sed -n '/id="periods"/,/<\/section>/p' page.html) <(sed -n '/id="periods"/,/<\/section>/p' again.html)
    [ -n "$(sed -n '/id="periods"/,/<\/section>/p' again.html)" ]
}

@test "the table has the sums of the ledger, for any period, threads and order of files" {
    head -3 jobs.csv >first.csv
    { head -1 jobs.csv && tail -2 jobs.csv; } >second.csv
    for by in day week month; do
        convert --by $by -j 1 first.csv second.csv
        [ "$(jq -r '[.periods.employees[].total | tonumber] | add * 100 | round' out/result.json)" -eq 6363295 ]
        jq -c .periods out/result.json >one.json
        convert --by $by -j 2 second.csv first.csv
        jq -c .periods out/result.json | cmp - one.json
    done
}

@test "a run by row has none" {
    convert --format html=page.html jobs.csv
    [ "$(jq 'has("periods")' out/result.json)" = false ]
    hasnt "$(cat page.html)" 'id="periods"'
}

@test "bar charts begin at zero and are by period; amounts below zero are not cut off" {
    convert --by month --to csv,review --format html=page.html jobs.csv
    for chart in 1 2 3; do has "$(part xl/charts/chart$chart.xml)" '<c:min val="0"/>'; done
    has "$(part xl/charts/chart1.xml)" 'mmm yyyy'
    has "$(cat page.html)" 'Jobs Total per month'
    echo '5,11/2/2025,Cy Ortiz,($70.00)' >>jobs.csv
    convert --by month --to csv,review jobs.csv
    hasnt "$(part xl/charts/chart1.xml)" '<c:min'
}
