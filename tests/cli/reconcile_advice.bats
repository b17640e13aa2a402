# reconcile: what it advises, and the rows that cannot be sent. 12 jobs: 103 has no technician, 107 has no such day, 110 is on
# Hold; $103.21, $107.49, $110.70.
# By day a part, all where the change touches: src/reconcile
load helper

setup() {
    common_setup
    {
        echo 'Job #,Primary Technician,Business Unit,Status,Active,Completion Date,Jobs Total Revenue'
        for i in 01 02 03 04 05 06 07 08 09 10 11 12; do
            person='Ana Lopez' day="10/$i/2025 9:00 AM" status=Completed unit=Phoenix
            [ "$i" = 03 ] && person=''
            [ "$i" = 07 ] && day='10/47/2025 9:00 AM'
            [ "$i" = 10 ] && status=Hold
            case $i in 02 | 05 | 08) unit=Tucson ;; esac
            echo "1$i,$person,$unit,$status,True,$day,\$1$i.$(printf %02d $((10#$i * 7)))"
        done
    } > jobs.csv
    options=(--no-config --tz America/Phoenix --date-order mdy)
}

# A value of the JSON on standard input, by a Python expression of its document d.
said() {
    python3 -c "import json,sys; d=json.load(sys.stdin); print($1)"
}

# All rows are $1,283.46; less 103 and 107 $1,072.76; less 110 as well $962.06.
@test "rows that cannot be sent and one value are named together, with or without days" {
    for days in "" "; 2025-10-01..2025-10-12"; do
        run "$ST2PLECTO" reconcile jobs.csv "${options[@]}" --expect "Jobs Total Revenue=962.06$days" --format json
        [ "$status" -eq 1 ]
        [ "$(said "d['metrics'][0]['left'], d['metrics'][0]['gap']" <<< "$output")" = "1283.46 -321.40" ]
        [ "$(said "sorted((c['cause'], c['amount'], c['rows']) for c in d['explanations'][0]['causes'])" <<< "$output")" = "[('attribute', '-110.70', 1), ('rejected', '-210.70', 2)]" ]
        [ "$(said "d['explanations'][0]['explains']" <<< "$output")" = all ]
    done
}

@test "rows that cannot be sent are said with their money, IDs and reasons" {
    run "$ST2PLECTO" reconcile jobs.csv "${options[@]}" --expect "Jobs Total Revenue=1072.76; 2025-10-01..2025-10-12"
    [ "$status" -eq 1 ]
    [[ $output == *'2 rows ($210.70) cannot be sent to Plecto, and count here: 103 (E201: the employee is missing), 107 (E305: the day or time does not exist)'* ]]
    [[ $output == *"1. 2 rows that cannot be sent: 103 (E201"* ]]
    [[ $output == *" explanations tried"* ]]
}

@test "rows without a date are in no days, and that is said" {
    sed 's|10/4/2025 9:00 AM||; s|10/04/2025 9:00 AM||' jobs.csv > open.csv
    run "$ST2PLECTO" reconcile open.csv "${options[@]}" --expect "Jobs Total Revenue=1179.18; 2025-10-01..2025-10-12"
    [ "$status" -eq 0 ]
    [[ $output == *'1 row ($104.28) has no date, so no days include it.'* ]]
    run "$ST2PLECTO" reconcile open.csv "${options[@]}" --expect "Jobs Total Revenue=1179.18"
    [ "$status" -eq 1 ]
    [[ $output != *"has no date, so"* ]]
}

@test "an export and a folder without its rejected.csv: the rows themselves say why they are missing" {
    "$ST2PLECTO" convert -q "${options[@]}" --on-error reject -o out jobs.csv || [ "$?" -eq 8 ]
    rm out/rejected.csv
    run "$ST2PLECTO" reconcile jobs.csv out --no-config --format json
    [ "$status" -eq 1 ]
    [ "$(said "d['explanations'][0]['cause'], d['explanations'][0]['amount']" <<< "$output")" = "rejected -210.70" ]
    grep -v '"110"' out/registrations.jsonl > less && mv less out/registrations.jsonl
    run "$ST2PLECTO" reconcile jobs.csv out --no-config --format json
    [ "$(said "sorted(c['cause'] for c in d['explanations'][0]['causes'])" <<< "$output")" = "['attribute', 'rejected']" ]
}

@test "a filter that the dashboard has already is not advised" {
    sed 's/^103,,/103,Ana Lopez,/; s|10/47|10/07|' jobs.csv > fine.csv
    run "$ST2PLECTO" reconcile fine.csv "${options[@]}" --expect "Jobs Total Revenue=1172.76"
    [ "$status" -eq 1 ]
    [[ $output == *"1. Status = Hold: counted in the export only"* ]]
    [[ $output == *"These rows are not on the dashboard."* ]]
    [[ $output != *"add the filter"* ]]
    grep -v Hold fine.csv > short.csv
    run "$ST2PLECTO" reconcile short.csv "${options[@]}" --expect "Jobs Total Revenue=1283.46"
    [[ $output != *"Active is not true"* ]]
}

@test "a filter is advised where Plecto has the rows" {
    sed 's/^103,,/103,Ana Lopez,/; s|10/47|10/07|' jobs.csv > fine.csv
    "$ST2PLECTO" convert -q "${options[@]}" -o out fine.csv
    grep -v Hold fine.csv > short.csv
    run "$ST2PLECTO" reconcile short.csv out/registrations.jsonl "${options[@]}"
    [ "$status" -eq 1 ]
    [[ $output == *"Status = Hold: counted in Plecto only"* ]]
    [[ $output == *'In Plecto'"'"'s formula, add the filter "Status is not Hold".'* ]]
    run "$ST2PLECTO" reconcile out/registrations.jsonl short.csv "${options[@]}"
    [[ $output == *'In Plecto'"'"'s formula, add the filter "Status is not Hold".'* ]]
    run "$ST2PLECTO" reconcile out --no-config --where "Status=Completed" --expect "Jobs Total Revenue=1283.46"
    [[ $output == *"1. Status = Hold: counted on the dashboard only"* ]]
    [[ $output != *"Active is"* ]]
}

@test "a value that all rows have explains nothing" {
    run "$ST2PLECTO" reconcile jobs.csv "${options[@]}" --where "Status=Completed" --expect "Jobs Total Revenue=1283.46" --format json
    [ "$status" -eq 1 ]
    [ "$(said "d['explanations'][0]['field'], d['explanations'][0]['value']" <<< "$output")" = "Status Hold" ]
    [ "$(said "[e for e in d['explanations'] if e.get('field') == 'Active']" <<< "$output")" = "[]" ]
}

@test "commands keep the options and name a new folder: none replaces what is there" {
    "$ST2PLECTO" convert -q "${options[@]}" --on-error reject -o out jobs.csv || [ "$?" -eq 8 ]
    run "$ST2PLECTO" reconcile jobs.csv out "${options[@]}"
    [ "$status" -eq 1 ]
    [[ $output != *"--force"* ]]
    [[ $output == *"st2plecto convert --no-config --tz America/Phoenix --date-order mdy --on-error reject --to csv,review -o corrected jobs.csv"* ]]
    command=$(grep -o 'st2plecto convert .*' <<< "$output" | head -1)
    before=$(cat out/* | cksum)
    run bash -c "\"$ST2PLECTO\" ${command#st2plecto }"
    [ "$status" -eq 8 ]
    [ -s corrected/review.xlsx ]
    [ "$(cat out/* | cksum)" = "$before" ]
}

@test "a gap that nothing explains has a next step that works" {
    run "$ST2PLECTO" reconcile jobs.csv "${options[@]}" --expect "Jobs Total Revenue=5.55"
    [ "$status" -eq 1 ]
    [[ $output == *"Next: "*"st2plecto reconcile --no-config --tz America/Phoenix --date-order mdy jobs.csv plecto.csv"* ]]
    sed 's/\$1\([0-9]*\)\.\([0-9]*\)/$2\1.13/; s/^109.*/109,Ana Lopez,Phoenix,Completed,True,10\/9\/2025 9:00 AM,$7.00/' jobs.csv > other.csv
    run "$ST2PLECTO" reconcile jobs.csv other.csv "${options[@]}"
    [ "$status" -eq 1 ]
    command=$(grep -o 'st2plecto reconcile .*' <<< "$output" | tail -1)
    run bash -c "\"$ST2PLECTO\" ${command#st2plecto }"
    [ "$status" -eq 1 ]
    [ -s gap.xlsx ]
}

@test "a sentence in place of a side: what is wanted is said" {
    echo 'Plecto shows for Jobs Subtotal, September 1 to October 30, 2025: 73,877.88' > dashboard.txt
    printf 'Hello,\nthe dashboard says 1,234.50 for October\nBo\n' > mail.txt
    for note in dashboard.txt mail.txt; do
        run "$ST2PLECTO" reconcile jobs.csv "$note" "${options[@]}"
        [ "$status" -eq 3 ]
        [[ $output == *"$note holds a sentence, not rows to compare"* ]]
        [[ $output == *'--expect "'* ]]
    done
    head -1 jobs.csv > empty.csv
    run "$ST2PLECTO" reconcile jobs.csv empty.csv "${options[@]}"
    [[ $output != *"holds a sentence"* ]]
}

@test "E703 is of the rows that are written, where others are set aside" {
    run "$ST2PLECTO" convert "${options[@]}" --on-error reject --dry-run --expect "Jobs Total Revenue=1072.76" jobs.csv
    [ "$status" -eq 8 ]
    [[ $output != *E703* ]]
    run "$ST2PLECTO" convert "${options[@]}" --on-error reject --dry-run --expect "Jobs Total Revenue=1283.46" jobs.csv
    [[ $output == *'Jobs Total Revenue is $1,072.76 in the rows that can be sent, and $1,283.46 was expected. What explains it: 2 rows that cannot be sent: 103'* ]]
    run "$ST2PLECTO" validate "${options[@]}" --expect "Jobs Total Revenue=962.06" jobs.csv
    [[ $output == *"E703"*"2 rows that cannot be sent"*"Status = Hold"* ]]
}
