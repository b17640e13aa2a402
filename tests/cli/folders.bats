#!/usr/bin/env bats
# folders.bats: a folder on the command line: its exports, and what is no export.
# By day a part, all where the change touches: src/cli src/convert/run

load helper

setup() {
    common_setup
    mkdir exports
    jobs_csv exports/jobs.csv
}

convert() { run_split "$ST2PLECTO" convert --force --no-config --tz America/Phoenix -o out "$@"; }

@test "what is no export is skipped, with a note that names it" {
    echo 'call Dana on Monday, before noon' >exports/notes.txt
    echo '{"tz": "UTC"}' >exports/st2plecto.json
    touch exports/jobs.csv.part exports/.hidden.csv 'exports/~$jobs.xlsx' exports/picture.png
    mkdir exports/below
    convert exports
    [ "$status" -eq 0 ]
    [ "$(wc -l <out/registrations.jsonl)" -eq 3 ]
    for name in notes.txt st2plecto.json jobs.csv.part .hidden.csv '~$jobs.xlsx' picture.png; do has "$out" "exports/$name ("; done
    has "$out" '6 files of the folder are no export and are not read'
    hasnt "$out" W128
}

@test "every file that st2plecto writes or reads itself is skipped" {
    convert --to csv,jsonl,xlsx,review exports
    cp out/* exports/
    "$ST2PLECTO" schema show jobs >exports/mine.json
    printf 'schema,id,field,old,new,who,when,why\n' >exports/fixes.csv
    convert exports
    [ "$status" -eq 0 ]
    [ "$(wc -l <out/registrations.jsonl)" -eq 3 ]
    for name in fixes.csv mine.json import.csv import.xlsx review.xlsx rejected.csv registrations.jsonl result.json \
        receipt.json datasource.json; do
        has "$out" "exports/$name ("
    done
}

@test "a file that may hold an export is a warning" {
    for ending in xls xlsb ods pdf html zip eml; do echo x >"exports/invoices.$ending"; done
    convert exports
    [ "$status" -eq 0 ]
    [ "$(grep -c 'warning W128 unread-file' <<<"$out")" -ge 1 ]
    [ "$(jq -r '[.. | objects | select(.code? == "W128") | .count] | add' out/result.json)" = 7 ]
    convert --fail-on warning exports
    [ "$status" -eq 8 ]
}

@test "an export with the ending .txt is read; one that cannot be recognised is an error" {
    mv exports/jobs.csv exports/jobs.txt
    convert exports
    [ "$status" -eq 0 ]
    [ "$(wc -l <out/registrations.jsonl)" -eq 3 ]
    printf '\0\0\0\0' >exports/broken.csv
    convert exports
    [ "$status" -eq 3 ]
    has "$err" exports/broken.csv
}

@test "a companion in the folder is no export of it" {
    cp "$ROOT/samples/job-splits/good.json" exports/splits.json
    convert --with exports/splits.json exports
    [ "$status" -ne 2 ]
    [ "$status" -ne 3 ]
}

@test "a file named on the command line is never judged" {
    convert exports/jobs.csv
    cp out/import.csv .
    run_split "$ST2PLECTO" validate --no-config import.csv
    [ "$status" -eq 2 ]
    has "$err" import.csv
}

@test "inspect of a folder: a line a file, and a command for each type" {
    cp "$ROOT/samples/invoices/good.csv" exports/invoices.csv
    printf 'a,b\n1,2\n' >exports/other.csv
    echo x >exports/old.xls
    run_split "$ST2PLECTO" inspect exports
    [ "$status" -eq 0 ]
    grep -q '^exports/jobs.csv  *jobs  *3  CSV$' <<<"$out"
    grep -q '^exports/invoices.csv  *invoices ' <<<"$out"
    has "$out" 'exports/old.xls: cannot be read. Save or export it as .xlsx or .csv.'
    has "$out" 'Next: st2plecto convert --schema jobs -o plecto/jobs exports/jobs.csv'
    has "$out" 'Next: st2plecto convert --schema invoices -o plecto/invoices exports/invoices.csv'
    run_split "$ST2PLECTO" inspect --format json exports
    [ "$(jq -r '.files | map(.schema) | join(",")' <<<"$out")" = 'invoices,jobs,' ]
    [ "$(jq -r '.skipped[0].may_hold_an_export' <<<"$out")" = true ]
}
