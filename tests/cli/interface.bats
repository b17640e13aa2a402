#!/usr/bin/env bats
# What scripts and readers rely on: exit codes, names of options, verdicts.
# By day a part, all where the change touches: src/convert/run src/cli src/report

load helper

setup() {
    common_setup
    jobs_csv good.csv
    jobs_csv mixed.csv
    printf '100233,Lee Park,,HVAC Service,10/21/2025 9:00 AM,"$1,500.25",Completed,True\n' >>mixed.csv
    printf '100234,Lee Park,,HVAC Service,10/21/2025 9:00 AM,$89.00,Completed,True\n' >>mixed.csv
    { head -n 1 mixed.csv && tail -n 2 mixed.csv; } >bad.csv
    sed 's/Completed,True/Cancelled,True/' good.csv >warned.csv
    sed -i '2s/10\/20\/2025 2:05 PM/1\/2\/2125 2:05 PM/' warned.csv # far from now: W323
}

# ends CODE ARGUMENT…: what the program ends with.
ends() {
    local wanted=$1
    shift
    run_split "$ST2PLECTO" "$@"
    [ "$status" -eq "$wanted" ] || { printf 'exit %s, not %s: %s\n%s%s\n' "$status" "$wanted" "$*" "$out" "$err" >&2 && return 1; }
}

# --- exit codes

@test "convert: 0 all in, 8 rows set aside, 1 nothing published" {
    ends 0 convert -q -o a good.csv
    ends 8 convert -q --on-error reject -o b mixed.csv
    [ "$(wc -l <b/registrations.jsonl)" -eq 3 ]
    ends 1 convert -q -o c mixed.csv
    [ ! -e c/import.csv ]
    [ -e c/rejected.csv ]
}

@test "convert: --fail-on never turns 8 into 0, never 1 into 0" {
    ends 0 convert -q --fail-on never --on-error reject -o a mixed.csv
    ends 1 convert -q --fail-on never -o b mixed.csv
    ends 1 convert -q --fail-on never -n mixed.csv
}

@test "convert --fail-on warning: published, and 8" {
    ends 0 convert -q -o a warned.csv
    ends 8 convert -q --fail-on warning -o b warned.csv
    [ -s b/import.csv ]
    [ "$(jq .exit_code b/result.json)" = 8 ]
}

@test "a dry run ends with what the run would end with" {
    ends 0 convert -q -n good.csv
    ends 8 convert -q -n --on-error reject mixed.csv
    ends 1 convert -q -n mixed.csv
    ends 8 convert -q -n --fail-on warning warned.csv
}

@test "validate: 1 for an issue at or above --fail-on, else 0" {
    ends 0 validate -q warned.csv
    ends 1 validate -q --fail-on warning warned.csv
    ends 1 validate -q mixed.csv
    ends 1 validate -q --on-error reject mixed.csv
    ends 0 validate -q --fail-on never mixed.csv
    ends 0 validate -q --fail-on never -o reports mixed.csv
}

@test "where every row is set aside nothing is published: 1, and no empty import file" {
    ends 1 convert -q --on-error reject -o out bad.csv
    [ ! -e out/import.csv ]
    [ ! -e out/registrations.jsonl ]
    [ "$(grep -c Lee out/rejected.csv)" -eq 2 ]
    [ "$(jq -r .verdict out/result.json)" = "not converted" ]
    ends 1 convert -q --fail-on never --on-error reject -n bad.csv
}

@test "report --exit-code: that of the run" {
    ends 8 convert -q --on-error reject -o out mixed.csv
    ends 8 report -q --exit-code out
    ends 0 report -q out
}

@test "help exit-codes, the manual and the man page are one table" {
    "$ROOT/scripts/exit-table" --check
    ends 0 help exit-codes
    while IFS='|' read -r _ code meaning _; do
        meaning=${meaning//\`/}
        meaning=${meaning% }
        has "$out" "$(printf '%5d  %s' "${code// /}" "${meaning# }")"
    done < <("$ROOT/scripts/exit-table" | tail -n +3)
    for command in convert validate; do
        ends 0 help $command
        has "$(tr -s '[:space:]' ' ' <<<"$out")" "3 input cannot be read or is cut off"
    done
}

# --- names of before

@test "old names of options end with the new ones" {
    wrong_use "--jobs is now --threads" "write --threads N" "$ST2PLECTO" convert --jobs 2 -n good.csv
    wrong_use "--jobs is now --threads" "" "$ST2PLECTO" validate --jobs=2 good.csv
    wrong_use "--keep is now --max-age" "write --max-age LENGTH" "$ST2PLECTO" convert -n good.csv --keep 1y
    wrong_use "--keep is now --max-age" "" "$ST2PLECTO" plan --keep 1y out
    wrong_use "--keep is now --max-age" "" "$ST2PLECTO" upload --keep 1y out
    wrong_use "--out is now --output" "write --output FILE" "$ST2PLECTO" apply --out x.csv review.xlsx
    wrong_use "--format xlsx is now --format review" "write --format review=review.xlsx" "$ST2PLECTO" validate --format xlsx=a.xlsx good.csv
}

@test "old keys of the configuration end with the new ones" {
    printf '{\n"jobs": 2}' >st2plecto.json
    wrong_use 'st2plecto.json:2: "jobs" in the configuration is now "threads"' "" "$ST2PLECTO" validate good.csv
    printf '{"keep": "1y"}' >st2plecto.json
    wrong_use 'st2plecto.json:1: "keep" in the configuration is now "max-age"' "" "$ST2PLECTO" validate good.csv
    printf '{"schemas": {"jobs": {\n"keep": "1y"}}}' >st2plecto.json
    wrong_use 'st2plecto.json:2: "keep" in schemas.jobs is now "max-age"' "" "$ST2PLECTO" validate good.csv
}

@test "the new names work, and a configured output folder is not the file of apply" {
    ends 0 convert -q --threads 2 --max-age 10y -o a good.csv
    ends 1 validate -q --format review=r.xlsx mixed.csv
    [ -s r.xlsx ]
    ends 8 convert -q --on-error reject --to review -o b mixed.csv
    printf '{"output": "elsewhere"}' >st2plecto.json
    ends 0 apply b/review.xlsx
    [ ! -e elsewhere ]
}

# --- verdicts

# words FOLDER VERDICT HEADLINE: all reports of the result say the same.
words() {
    local first=${2^}
    [ "$(jq -r .verdict "$1/result.json")" = "$2" ]
    [ "$(jq -r .headline "$1/result.json")" = "$3" ]
    run_split "$ST2PLECTO" report "$1"
    has "${out%%$'\n'*}" "$first: "
    [ "$3" = null ] || has "$out" "$3"
    run_split "$ST2PLECTO" report --format html "$1"
    has "$out" "<h1><strong>$first:</strong>"
    [ "$3" = null ] || has "$out" "<p><strong>$3</strong></p>"
    run_split "$ST2PLECTO" report --format jsonl "$1"
    [ "$(jq -r 'select(.type == "summary").verdict' <<<"$out")" = "$2" ]
    run_split "$ST2PLECTO" report --format markdown "$1"
    has "$out" "## $first: "
    "$ST2PLECTO" report -q --format "review=$1.xlsx" "$1" >/dev/null
    unzip -p "$1.xlsx" | grep -aqF ">$first: "
    [ "$3" = null ] || unzip -p "$1.xlsx" | grep -aqF ">${3%% *} rows to fix, "
}

@test "a verdict has three states, in the same words everywhere" {
    ends 0 convert -q -o all good.csv
    words all converted null
    ends 8 convert -q --on-error reject -o some mixed.csv
    words some "converted, 2 rows set aside" '2 of 5 rows need attention ($1,589.25)'
    ends 1 convert -q -o none mixed.csv
    words none "not converted" '2 of 5 rows need attention ($1,589.25)'
}

@test "validate and a dry run are ready or not" {
    ends 0 validate --format json good.csv
    [ "$(jq -r .verdict <<<"$out")" = ready ]
    ends 1 validate --format json mixed.csv
    [ "$(jq -r .verdict <<<"$out")" = "not ready" ]
    ends 1 validate --on-error reject --format json mixed.csv
    [ "$(jq -r .verdict <<<"$out")" = "ready, 2 rows set aside" ]
    ends 8 convert -n --on-error reject --format json mixed.csv
    [ "$(jq -r .verdict <<<"$out")" = "ready, 2 rows set aside" ]
}

@test "colors: green, amber, red" {
    ends 0 convert -q --color always -n good.csv
    has "$out" $'\033[1;32mReady'
    ends 8 convert -q --color always -n --on-error reject mixed.csv
    has "$out" $'\033[1;33mReady'
    ends 1 convert -q --color always -n mixed.csv
    has "$out" $'\033[1;31mNot ready'
}

# --- reports of runs that were stopped

@test "exit 3: every report that was asked for is written, and says why" {
    gzip -c good.csv | head -c 150 >cut.csv.gz
    run_split "$ST2PLECTO" validate --format github --format junit=cut.xml --format json=cut.json --format jsonl=cut.jsonl \
        --format html=cut.html --format markdown=cut.md --format text=cut.txt --format review=cut.xlsx cut.csv.gz
    [ "$status" -eq 3 ]
    has "$err" "st2plecto: error: cut.csv.gz: the gzip data is cut off at byte 150"
    has "$out" "::error file=cut.csv.gz,title=st2plecto::cut.csv.gz: the gzip data is cut off"
    has "$out" "%0Afix: "
    grep -q '<testcase classname="cut.csv.gz" name="the file can be read"><failure type="exit 3" message="cut.csv.gz: the gzip' cut.xml
    grep -q 'tests="1" failures="1"' cut.xml
    [ "$(jq -r '.publication + " " + (.exit_code | tostring) + " " + .verdict' cut.json)" = "stopped 3 not ready" ]
    [ "$(jq -c .error.files cut.json)" = '["cut.csv.gz"]' ]
    [ "$(jq -r .error cut.jsonl)" = "$(jq -r .error.message cut.json)" ]
    grep -q '<h1><strong>Not ready:</strong> cut.csv.gz' cut.html
    grep -q 'To test it:<br>gzip -t cut.csv.gz' cut.html
    grep -q '^## Not ready: cut.csv.gz' cut.md
    grep -q '^Not ready: cut.csv.gz' cut.txt
    # the workbook says what stopped the run; there is nothing in it to apply
    unzip -p cut.xlsx xl/sharedStrings.xml xl/worksheets/sheet1.xml | grep -aq 'Not ready: cut.csv.gz: the gzip data is cut off'
    run_split "$ST2PLECTO" apply cut.xlsx
    [ "$status" -eq 3 ]
    has "$err" "cut.xlsx has nothing to apply, because an error stopped the run that made it: cut.csv.gz: the gzip data is cut off"
    has "$err" "    fix: Do what the sheet Summary says, and convert again."
    # the next run replaces it
    ends 0 validate -q --format review=cut.xlsx good.csv
    run_split "$ST2PLECTO" apply cut.xlsx
    has "$err$out" "No row in the workbook has a decision yet"
    ends 3 validate -q --format review=cut.xlsx cut.csv.gz
    run_split "$ST2PLECTO" apply cut.xlsx
    has "$err" "cut.xlsx has nothing to apply"
    ends 0 report --format json cut.json
    [ "$out" = "$(cat cut.json)" ]
    ends 3 report --exit-code --format junit cut.json
    [ "$out" = "$(cat cut.xml)" ]
}

@test "exit 2: the reports are written too, wherever --format is on the line" {
    run_split "$ST2PLECTO" validate --format junit=a.xml --shema jobs good.csv --format github
    [ "$status" -eq 2 ]
    has "$out" "::error title=st2plecto::unknown option --shema"
    grep -q 'name="the run comes to its end"><failure type="exit 2" message="unknown option --shema' a.xml
    grep -q 'name="the file can be read"><skipped/>' a.xml
    printf 'A,B\n1,2\n' >other.csv
    run_split "$ST2PLECTO" convert -n --format json other.csv
    [ "$status" -eq 2 ]
    [ "$(jq -r '.publication + " " + (.exit_code | tostring) + " " + .verdict' <<<"$out")" = "stopped 2 not converted" ]
}

@test "of several files the one that cannot be read fails" {
    gzip -c good.csv | head -c 150 >cut.csv.gz
    run_split "$ST2PLECTO" validate --format junit good.csv cut.csv.gz
    [ "$status" -eq 3 ]
    has "$out" '<testcase classname="good.csv" name="the file can be read"><skipped/>'
    has "$out" '<testcase classname="cut.csv.gz" name="the file can be read"><failure'
    has "$out" 'tests="2" failures="1"'
}

@test "a report of ours is replaced, nothing else is" {
    for format in text json jsonl html junit github markdown review; do
        ends 8 convert -q -n --on-error reject --format $format=report.$format mixed.csv
        ends 0 validate -q --format $format=report.$format good.csv
        ends 1 validate -q --format $format=report.$format mixed.csv
        echo "a text of somebody" >other.$format
        wrong_use "other.$format exists already" "" "$ST2PLECTO" validate -q --format $format=other.$format good.csv
        [ "$(cat other.$format)" = "a text of somebody" ]
    done
    ends 2 validate -q --format json=other.text --format junit=fine.xml good.csv
    grep -q '<failure type="exit 2"' fine.xml
    [ "$(cat other.text)" = "a text of somebody" ]
}

@test "a review workbook with decisions is not replaced" {
    python_with openpyxl
    ends 8 convert -q --on-error reject -o out mixed.csv
    ends 0 report -q --format review=r.xlsx out
    ends 0 report -q --format review=r.xlsx out
    "$PYTHON" - <<'PY'
import openpyxl
book = openpyxl.load_workbook("r.xlsx")
sheet = next(s for s in book if any(c.value == "Decision" for c in s[1]) and s.max_row > 1)
column = next(c.column for c in sheet[1] if c.value == "Decision")
sheet.cell(2, column).value = "leave out"
book.save("r.xlsx")
PY
    cp r.xlsx before.xlsx
    wrong_use "r.xlsx exists already" "" "$ST2PLECTO" report -q --format review=r.xlsx out
    cmp r.xlsx before.xlsx
}

@test "=- is standard output" {
    ends 0 validate --format json=- good.csv
    [ "$(jq -r .verdict <<<"$out")" = ready ]
    [ ! -e ./- ]
    wrong_use "--format review=- needs a file" "" "$ST2PLECTO" validate --format review=- good.csv
    ends 2 validate --format json=- --format text good.csv
    has "$err" "--format json and --format text both write to standard output"
}

# --- the first lines

@test "the first lines say which columns became what, which amounts are sent, and what is not sent" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Customer Name,Gadget Count,Remarks\n1,Ana,10/20/2025,5.00,Smith,17,text\n2,Bo,10/21/2025,7.00,Park,4,text\n' >j.csv
    ends 0 convert -o out j.csv
    has "$out" '    employee "Primary Technician", ID "Job #", date "Completion Date"'
    has "$out" '    not sent: 3 columns, of which these hold numbers: Gadget Count'
    has "$out" '  amounts sent: Jobs Subtotal'
    [ "$(jq -c '.files[0] | [.roles, .not_sent, .not_sent_numbers]' out/result.json)" = '["employee \"Primary Technician\", ID \"Job #\", date \"Completion Date\"",3,["Gadget Count"]]' ]
    ends 0 validate --drop "Jobs Subtotal" j.csv
    has "$out" 'not sent: 4 columns'
    has "$out" 'no amounts are sent'
    ends 0 validate --default-employee Office --schema jobs "$ROOT/samples/jobs/good.csv" j.csv
    has "$out" 'not sent: 3 columns, of which'
}

@test "a default employee, people of a companion and a period stand in for columns" {
    ends 0 validate --tz America/Phoenix --with "$ROOT/samples/job-splits/good.json" "$ROOT/samples/jobs/good.json"
    has "$out" 'employee from job-splits, ID "'
    printf 'Job #,Completion Date,Jobs Subtotal\n1,10/20/2025,5.00\n' >none.csv
    ends 0 validate --schema jobs --default-employee Office none.csv
    has "$out" 'employee "Office" for every row, ID "Job #"'
}

# --- rules and names

@test "result and receipt say which rules made the IDs" {
    ends 0 convert -q -o out good.csv
    [ "$(jq .rules out/result.json)" = 1 ]
    [ "$(jq .rules out/receipt.json)" = 1 ]
}

# names: what scripts rely on: keys of result.json and receipt.json, codes with their slugs, names of JUnit cases.
names() {
    exits 8 "$ST2PLECTO" convert -q --tz America/Phoenix --on-error reject --format junit=names.xml -o names "$ROOT/samples/jobs/bad.csv" >/dev/null
    "$ST2PLECTO" validate --tz America/Phoenix --format json "$ROOT/samples/report-job-costing/grouped.csv" >grouped.json
    {
        jq -r 'paths | map(if type == "number" then "[]" else . end) | join(".") | "result.json " + .' names/result.json grouped.json
        jq -r 'paths | map(if type == "number" then "[]" else . end) | join(".") | "receipt.json " + .' names/receipt.json
        "$ST2PLECTO" explain | grep -oE '^[EWN][0-9]{3} +[a-z0-9-]+' | sed 's/  */ /; s/^/code /'
        grep -oE '<testcase [^>]*name="[^"]*"' names.xml | sed 's/.* name="\([^"]*\)"/JUnit \1/'
    } | sort -u
}

@test "no name that scripts rely on goes away: interface-names.txt is all there" {
    names >now.txt
    comm -23 <(sort -u "$ROOT/tests/cli/interface-names.txt") now.txt >gone.txt
    [ ! -s gone.txt ] || { cat gone.txt >&2 && false; }
    [ "$(wc -l <now.txt)" -gt 300 ]
}

# --- Next

# run_next WHAT: runs every command that $out and $err propose under "Next:" or "Then:"; none may end with 2.
run_next() {
    local command code
    while IFS= read -r command; do
        ran=$((ran + 1))
        code=0
        PATH=$WORK/bin:$PATH bash -c "$command" >.next 2>&1 </dev/null || code=$?
        case $code in 2 | 12[67]) printf 'after: %s\nexit %s: %s\n' "$1" "$code" "$command" >&2 && cat .next >&2 && return 1 ;; esac
    done < <(printf '%s\n%s\n' "$out" "$err" | sed -n 's/^Next: \(st2plecto .*\)/\1/p; s/^Then: \(st2plecto .*\)/\1/p; /^Next: /{n; s/^  \(st2plecto .*\)/\1/p;}')
}

after() { # after ARGUMENT…: runs it, then what it proposes
    run_split "$ST2PLECTO" "$@"
    run_next "$*"
}

next_setup() {
    mkdir bin
    ln -s "$ST2PLECTO" bin/st2plecto
    ran=0
}

@test "every Next is a whole command that works: convert and validate" {
    next_setup
    cp good.csv "my good.csv"
    cp mixed.csv ./-mixed.csv
    head -n 1 good.csv | cut -d, -f1,3,4,6- >no-date.csv # neither Completion Date nor another
    tail -n +2 good.csv | cut -d, -f1,3,4,6- >>no-date.csv
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal\n1,Ana,1/2/2025,5.00\n' >order.csv
    files=("my good.csv" mixed.csv order.csv)
    [ -z "${NIGHTLY:-}" ] || files+=(good.csv bad.csv warned.csv)
    for file in "${files[@]}"; do
        after validate "$file"
        after validate -o "v $file" "$file"
        after validate --on-error reject --fail-on warning --format junit=j.xml "$file"
        after convert -n "$file"
        after convert -qn --on-error reject "$file"
        after convert -o "a $file" "$file"
        after convert --force -o "a $file" "$file"
        after convert --on-error reject -o "b $file" "$file"
        after convert --on-error=reject --by day --to csv,jsonl,review -o "c $file" "$file"
        after convert --tz America/Phoenix --to csv,review -o"d $file" --fail-on never "$file"
        after convert --to csv -o "e $file" "$file"
        after convert --date-o mdy --thr 1 -o "f $file" -- "$file"
        rm -rf plecto*
    done
    after validate -- -mixed.csv
    after validate --schema jobs no-date.csv
    after convert --schema jobs -o g no-date.csv
    run_split "$ST2PLECTO" convert --schema jobs -o h no-date.csv
    ! grep -q '^Next:.*--on-error reject' <<<"$out" || false
    run_split cat good.csv
    [ "$ran" -gt 30 ]
}

@test "every Next is a whole command that works: the samples" {
    next_setup
    ln -s "$ROOT/samples" samples
    for file in $(some samples/*/*.csv samples/*/bad.json); do
        case $file in samples/roster/*) continue ;; esac
        after convert -o "$(basename "$(dirname "$file")")-$(basename "$file")" "$file"
        after inspect "$file"
        rm -rf plecto*
    done
    [ "$ran" -gt 10 ]
}

@test "every Next is a whole command that works: inspect, schema, apply, plan" {
    next_setup
    python_with openpyxl
    printf 'Hours,Person\n1,Ana\n2,Bo\n' >hours.csv
    after inspect hours.csv
    after inspect good.csv
    rm -rf plecto
    after schema init -o own.schema.json good.csv
    rm -rf plecto
    ends 8 convert --tz America/Phoenix --on-error reject --to csv,jsonl,review -o out mixed.csv
    has "$out" "correct the rows in out/review.xlsx, then:
  st2plecto apply --tz America/Phoenix out/review.xlsx"
    after apply --tz America/Phoenix out/review.xlsx
    "$PYTHON" - <<'PY'
import openpyxl
book = openpyxl.load_workbook("out/review.xlsx")
sheet = next(s for s in book if any(c.value == "Decision" for c in s[1]) and s.title == "Rejected")
column = next(c.column for c in sheet[1] if c.value == "Decision")
for row in range(2, sheet.max_row + 1): sheet.cell(row, column).value = "leave out"
book.save("out/review.xlsx")
PY
    run_split "$ST2PLECTO" apply --tz America/Phoenix out/review.xlsx
    has "$out" "Next: st2plecto convert --tz America/Phoenix --on-error reject --to csv,jsonl,review -o out --force --fixes fixes.csv mixed.csv"
    run_next apply
    [ "$(jq .exit_code out/result.json)" = 0 ]
    after plan out
    after plan --data-source 1b2c3d4e5f60718293a4b5c6d7e8f901 --vanished delete out
    has "$out" "st2plecto upload out --data-source 1b2c3d4e5f60718293a4b5c6d7e8f901 --credentials plecto.json --vanished delete --yes"
    [ "$ran" -ge 7 ]
}

@test "Next keeps what was typed and leaves out what would be in the way" {
    mkdir plecto
    touch plecto/mine
    ends 1 convert --force -o out --tz America/Phoenix --on-error stop --force mixed.csv
    has "$out" "will be missing in Plecto):
  st2plecto convert -o out --tz America/Phoenix --on-error reject --force mixed.csv"
    ends 0 validate -q --fail-on never --format json=r.json -o reports --drop "Business Unit" mixed.csv
    [ "$(jq -r .next r.json)" = "st2plecto convert -q --fail-on never --drop 'Business Unit' --on-error reject -o plecto-2 mixed.csv" ]
    ends 0 convert --to csv -o only good.csv
    has "$out" "Next: import only/import.csv in Plecto"
    ends 0 convert -o both good.csv
    [ "$(jq -r '.next_note + "|" + .next' both/result.json)" = "import both/import.csv in Plecto, or see what sending it changes|st2plecto plan both" ]
}
