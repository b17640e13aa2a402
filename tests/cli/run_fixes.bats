#!/usr/bin/env bats
# run_fixes.bats: what `run` says to do works as it is pasted, and nothing that was asked or delivered is passed over.
# By day a part, all where the change touches: src/routine src/fixes src/cli

load helper

setup() {
    common_setup
    mkdir exports
    jobs_csv "exports/Jobs Oct.csv"
    cat >>"exports/Jobs Oct.csv" <<CSV
100250,Lee Park,,HVAC Service,10/21/2025 8:00 AM,\$10.00,Completed,True
100251,Lee Park,Ana Lopez,HVAC Service,10/45/2025 8:00 AM,\$20.00,Completed,True
CSV
}

# feeds PATTERN [OPTIONS [MORE]]: one feed of jobs, and settings.
feeds() {
    printf '{"tz": "America/Phoenix", "settle": "0s", "feeds": [{"name": "jobs", "files": ["%s"]%s}]%s}\n' \
        "$1" "${2:+, \"options\": {$2\}}" "${3:-}" >st2plecto.json
}

night() { run_split "$ST2PLECTO" run "$@"; }
lacks() { [[ $1 != *"$2"* ]] || { printf 'has %s: %s\n' "$2" "$1" >&2 && return 1; }; }

@test "without a configuration the fix is what to write into a new one, and it works" {
    night -o night exports
    [ "$status" -eq 1 ]
    lacks "$out" ' -- '
    lacks "$out" '--each-type'
    lacks "$out" '--keep-going'
    lacks "$out" '{run}'
    local setting
    setting=$(sed -n 's/^ *In a new file st2plecto.json: //p' <<<"$out" | grep on-error | head -n 1)
    [ -n "$setting" ]
    printf '%s\n' "$setting" >st2plecto.json
    night -o night exports
    [ "$status" -eq 8 ]
    lacks "$out" 'To set them aside'
    setting=$(sed -n 's/^ *In .*st2plecto.json: //p' <<<"$out" | grep default-employee | head -n 1)
    printf '{%s}\n' "$setting" >st2plecto.json
    night -o night exports
    lacks "$out" E201
    has "$out" E305
}

@test "without a configuration: no log, no lock, and no time zone is said" {
    night -o night exports
    [ "$(ls -A | grep -v '^\.out$\|^\.err$' | sort | tr '\n' ' ')" = 'exports night ' ]
    has "$err" 'no time zone is set'
    has "$err" 'In a new file st2plecto.json: {"tz": "America/Phoenix"}'
    printf '{"tz": "America/Phoenix"}\n' >st2plecto.json
    night -o night exports
    lacks "$err" 'time zone'
    [ -s st2plecto.log ]
}

@test "a feed that fails: its errors are in the mail, with settings that work, and no option twice" {
    feeds 'exports/Jobs*'
    night
    [ "$status" -eq 1 ]
    has "$out" 'error E201 missing-employee'
    has "$out" 'error E305 no-such-day'
    has "$out" "In the feed jobs of $PWD/st2plecto.json: \"options\": {\"on-error\": \"reject\"}"
    lacks "$out" 'Earlier folders'
    grep -Eq '^  jobs +not converted +1 +5 +0 +\$0\.00 ' <<<"$out"
    lacks "$(cat st2plecto.log)" ' -- '
    lacks "$(cat st2plecto.log)" '--keep-going'
    has "$(jq -r '.sources[0].error' plecto/overview.json)" 'Jobs Oct.csv'
    feeds 'exports/Jobs*' '"on-error": "reject"'
    night
    [ "$status" -eq 8 ]
    has "$out" '2 of 5 rows need attention ($30.00): plecto/jobs/rejected.csv'
    [ -s plecto/jobs/rejected.csv ]
    feeds 'exports/Jobs*'
    night
    has "$out" 'error E305 no-such-day'
    has "$out" 'Earlier folders are kept'
    has "$out" 'not renewed'
}

@test "the configuration's own on-error is not proposed again" {
    printf '{"on-error": "reject"}\n' >st2plecto.json
    run_split "$ST2PLECTO" convert -o out exports
    [ "$status" -eq 8 ]
    has "$out" E201
    lacks "$out" '--on-error reject'
    printf '{"schemas": {"jobs": {"default-employee": "Office"}}}\n' >st2plecto.json
    run_split "$ST2PLECTO" convert -o out2 exports
    lacks "$out" '--default-employee'
    has "$out" '--on-error reject'
}

@test "a line with -- has its fixes before the files, and they work" {
    run_split "$ST2PLECTO" convert -o out -- exports
    [ "$status" -eq 1 ]
    local line
    line=$(grep -m 1 'st2plecto convert.*--on-error reject$' <<<"$out")
    lacks "$line" ' -- '
    run_split sh -c "${line/st2plecto/$ST2PLECTO}"
    [ "$status" -eq 8 ]
}

@test "files and -o are refused where the configuration has feeds; the command that is proposed works" {
    feeds 'exports/Jobs*'
    mkdir -p below/data
    jobs_csv below/data/jobs.csv
    cd below
    night -o night data
    [ "$status" -eq 2 ]
    has "$err" "data cannot be used with the feeds of"
    [ ! -e night ]
    [ ! -e ../plecto ]
    run_split sh -c "$(sed -n "s|^ *st2plecto convert|$ST2PLECTO convert|p" "$WORK/.err")"
    [ "$status" -eq 0 ]
    [ -s night/jobs/import.csv ]
    night -o night
    [ "$status" -eq 2 ]
    has "$err" '-o cannot be used with the feeds of'
}

@test "a pattern that misses by a capital letter says what to write" {
    feeds 'exports/jobs*.csv' '"on-error": "reject"'
    night
    [ "$status" -eq 0 ]
    has "$out" 'exports has Jobs Oct.csv, and capital letters count: write "exports/Jobs*.csv" in "files".'
    sed -i 's/"files"/"required": true, "files"/' st2plecto.json
    night
    [ "$status" -eq 3 ]
    has "$out" 'write "exports/Jobs*.csv" in "files".'
    sed -i 's/jobs\*.csv/invoices*/' st2plecto.json
    night
    [ "$status" -eq 3 ]
    has "$out" 'exports has: Jobs Oct.csv.'
    has "$out" 'Check that the export was delivered.'
    sed -i 's,exports/,gone/,' st2plecto.json
    night
    has "$out" 'There is no folder gone that can be read.'
}

@test "exports that no feed takes are listed; schemas, notes, and files of options are not" {
    printf 'id,name\n1,Ana Lopez\n' >exports/people.csv
    cp exports/people.csv exports/other.csv
    printf 'Plecto shows for Jobs Subtotal, September 1 to October 30, 2025: 73,877.88\n' >exports/dashboard.txt
    printf '// A draft made by st2plecto schema init\n{"name": "x", "plecto": {}, "fields": []}\n' >exports/own.json
    feeds 'exports/Jobs*' '"roster": "exports/people.csv", "on-error": "reject"'
    night
    has "$out" 'In no feed, so not read
  exports/other.csv
    fix: Add a feed to '
    lacks "$out" 'exports/people.csv'
    lacks "$out" exports/dashboard.txt
    lacks "$out" exports/own.json
    grep -q 'run:   exports/other.csv' st2plecto.log
}

@test "schemas with comments, and notes, are skipped in folders" {
    printf 'Plecto shows for Jobs Subtotal, September 1 to October 30, 2025: 73,877.88\n' >exports/dashboard.txt
    printf 'Dear Ana, please see, below, the list.\nIt is long, I know, and late, but whole, so use it.\n' >exports/note.txt
    printf '/* ours */\n\n// A draft made by st2plecto schema init\n{"name": "x", "plecto": {}, "fields": []}\n' >exports/own.json
    printf 'Job #,Completion Date,Primary Technician,Jobs Subtotal\n7,10/14/2025,Ana Lopez,$1.00\n' >exports/more.txt
    night --dry-run -o night exports
    lacks "$out" 'not recognized'
    grep -Eq '^  jobs +not ready +2 ' <<<"$out" || grep -Eq '^  jobs .* +2 +6 ' <<<"$out"
}

@test "no advice has an open {run}: not of files that are not recognized, nor of cut ones" {
    printf 'Truck,Score\nA,1\nB,2\n' >exports/trucks.csv
    printf '{"hasMore": true, "page": 1, "totalCount": 9, "data": [{"id": 1, "jobNumber": "7", "completedOn": "2025-10-14T10:00:00Z", "jobStatus": "Completed", "total": 5, "customerId": 3, "businessUnitId": 2, "jobTypeId": 4}]}\n' \
        >exports/api.json
    sed 's/Truck/Van/' exports/trucks.csv >exports/vans.csv
    night -o night exports
    has "${out#*Not recognized}" '  exports/trucks.csv: no schema fits'
    has "${out#*Not recognized}" '  exports/vans.csv: no schema fits'
    lacks "$out$err" '{run}'
    lacks "$out$err" '--each-type'
    run_split "$ST2PLECTO" convert --each-type --keep-going -o tree exports
    lacks "$out$err" '{run}'
    run_split "$ST2PLECTO" validate --keep-going exports
    has "$out$err" exports/trucks.csv
    lacks "$out$err" '{run}'
    run_split "$ST2PLECTO" validate exports
    lacks "$out$err" '{run}'
}

@test "started elsewhere, the mail's paths are whole" {
    feeds 'exports/Jobs*' '"on-error": "reject"'
    mkdir elsewhere
    cd elsewhere
    night --config ../st2plecto.json
    [ "$status" -eq 8 ]
    has "$out" "All of it: $WORK/plecto/overview.html"
    has "$out" ": $WORK/plecto/jobs/rejected.csv"
}

@test "a second run at the same time is in the log" {
    feeds 'exports/Jobs*'
    mkdir -p .st2plecto
    exec 9>.st2plecto/run.lock
    flock 9
    night
    exec 9>&-
    [ "$status" -eq 4 ]
    grep -q 'run: another run of this configuration is at work' st2plecto.log
}

@test "the samples find the program after make install, and say so where there is none" {
    grep -qx 'PATH=/usr/local/bin:/usr/bin:/bin' "$ROOT/samples/nightly/crontab"
    grep -q '^ExecStart=st2plecto run ' "$ROOT/samples/nightly/st2plecto-nightly.service"
    ST2PLECTO=/nowhere/st2plecto run_split sh "$ROOT/samples/nightly/nightly.sh" "$WORK"
    [ "$status" -eq 127 ]
    has "$out" '/nowhere/st2plecto was not found'
}
