#!/usr/bin/env bats
# What an error says to do: a whole command on a line of its own, with the files and options of the run, that works.
# By day a part, all where the change touches: src/report src/convert/run src/cli

load helper

setup() {
    common_setup
    cd "$WORK"
    cp "$ROOT/samples/jobs/good.csv" "my jobs.csv"
}

# advised N: runs the Nth command that the error before advised.
advised() {
    local command
    command=$(sed -n 's/^ *\(fix: \)\{0,1\}\(st2plecto .*\)$/\2/p' <<<"$err" | sed -n "$1p")
    [ -n "$command" ] || { printf 'no command %s in: %s\n' "$1" "$err" >&2 && return 1; }
    mkdir -p bin
    ln -sf "$ST2PLECTO" bin/st2plecto
    PATH=$PWD/bin:$PATH run_split bash -c "$command"
}

@test "no folder to write to: the command with one, and the one that only reports" {
    run_split "$ST2PLECTO" convert --tz America/Phoenix "my jobs.csv"
    [ "$status" -eq 2 ]
    local err_before=$err
    advised 1
    [ "$status" -eq 0 ]
    [ -s plecto/import.csv ]
    err=$err_before
    advised 2
    [ "$status" -eq 0 ]
    has "$out" "Ready: 60 registrations would be written"
}

@test "a folder with results: the command with --force replaces them" {
    "$ST2PLECTO" convert -q -o out "my jobs.csv"
    run_split "$ST2PLECTO" convert -q -o out "my jobs.csv"
    [ "$status" -eq 2 ]
    advised 1
    [ "$status" -eq 0 ]
}

@test "no schema fits: the commands for a draft, with the file's name as the shell wants it" {
    printf 'Bonus #,Technician,Paid On,Amount\nB-1,Ana Lopez,10/20/2025,$12.50\nB-2,Bo Chen,10/21/2025,$8.00\n' >"my bonus.csv"
    run_split "$ST2PLECTO" validate "my bonus.csv"
    [ "$status" -eq 2 ]
    hasnt "$err" "of 1000"
    local err_before=$err
    advised 1
    [ "$status" -eq 0 ]
    [ -s plecto/import.csv ]
    err=$err_before
    advised 2
    [ "$status" -eq 0 ]
    has "$out" '"Bonus #"'
}

@test "a cut export: the command with --allow-cut" {
    printf '{"hasMore": true, "data": [{"id": 100231, "jobNumber": "100231", "completedOn": "2025-10-20T18:00:00Z", "total": 310.0, "soldById": 7, "active": true}]}' >cut.json
    run_split "$ST2PLECTO" validate --schema jobs cut.json
    [ "$status" -eq 3 ]
    advised 1
    [ "$status" -ne 3 ]
    [ "$status" -ne 2 ]
}

@test "the reports of a run that stopped have the command, too" {
    "$ST2PLECTO" convert -q -o out "my jobs.csv"
    run_split "$ST2PLECTO" convert -q -o out --format json=stopped.json "my jobs.csv"
    [ "$status" -eq 2 ]
    has "$(jq -r .error.fix stopped.json)" "st2plecto convert -q -o out --format json=stopped.json 'my jobs.csv' --force"
}

@test "run: a feed's error comes with all lines of its fix" {
    mkdir exports
    printf 'Bonus #,Technician,Paid On,Amount\nB-1,Ana Lopez,10/20/2025,$12.50\n' >exports/bonus.csv
    printf '{"settle": "0s", "feeds": [{"name": "bonus", "files": ["exports/*"]}]}' >st2plecto.json
    run_split "$ST2PLECTO" run
    [ "$status" -eq 2 ]
    has "$out" "    fix: To convert with a schema that is drafted from the file:"
    has "$out" "         st2plecto schema init exports/bonus.csv"
}

@test "run: an option of convert belongs into the configuration" {
    wrong_use "run takes --tz from its configuration only" 'Write "tz" with its value into st2plecto.json' \
        "$ST2PLECTO" run --tz America/Phoenix
    wrong_use "unknown option --tzz" "To list the options: st2plecto run --help" "$ST2PLECTO" run --tzz x
}

@test "an error of a whole column: Next is not --on-error reject, which would not answer it" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Jobs Gross Margin %%\n1,Ana Lopez,10/20/2025,$310.00,0.47\n2,Bo Chen,10/21/2025,$85.00,0.41\n' >scale.csv
    run_split "$ST2PLECTO" validate scale.csv
    [ "$status" -eq 1 ]
    has "$out" "Next: if 0.47 means 47% in this column (else --percent 100):
  st2plecto convert --percent 1"
    run_split "$ST2PLECTO" convert --on-error reject -o out scale.csv
    hasnt "$out" "rejected.csv and convert again"
    has "$out" "  st2plecto convert --on-error reject -o out --percent 1 --force scale.csv"
    printf 'Invoice #,Invoice Date,Primary Technician,Odd Revenue\n5201,10/20/2025,Ana Lopez,"$1,250.00"\n' >odd.csv
    run_split "$ST2PLECTO" validate odd.csv
    [ "$status" -eq 1 ]
    err=$(sed -n 's/^Next: /    /p' <<<"$out")
    has "$err" "--field 'Odd Revenue'"
    advised 1
    [ "$status" -eq 0 ]
}

@test "apply: fixes that are there are kept unless the user says so, by a whole command" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal\n1,Ana Lopez,10/20/2025,$310.00\n2,,10/21/2025,$85.00\n' >bad.csv
    "$ST2PLECTO" convert -q --on-error reject --to csv,review -o out bad.csv >/dev/null || [ $? -eq 8 ]
    /usr/bin/python3 -c 'import openpyxl
book = openpyxl.load_workbook("out/review.xlsx")
book["Rejected"]["B2"] = "leave out"
book.save("out/review.xlsx")'
    printf 'schema,id,field,old,new,who,when,why\r\njobs,1,Jobs Subtotal,$310.00,$301.00,Kim,2025-10-25,typo\r\n' >fixes.csv
    run_split "$ST2PLECTO" apply out/review.xlsx
    [ "$status" -eq 2 ]
    has "$err" "fixes.csv exists already"
    advised 1
    [ "$status" -eq 0 ]
    [ "$(wc -l <fixes.csv)" -eq 3 ]
}
