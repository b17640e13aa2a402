#!/usr/bin/env bats
# The command line itself: help, wrong use, --period, colour, standard output that takes nothing, signals.
# By day a part, all where the change touches: src/cli

load helper

setup() {
    common_setup
    jobs_csv
}

# --- help and version

@test "alone: short help on stderr, exit 2" {
    run_split "$ST2PLECTO"
    [ "$status" -eq 2 ]
    [ -z "$out" ]
    has "$err" "st2plecto convert -o plecto jobs.csv"
}

@test "--help and help: the same on stdout, exit 0" {
    run_split "$ST2PLECTO" --help
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    first=$out
    run_split "$ST2PLECTO" help
    [ "$status" -eq 0 ]
    [ "$out" = "$first" ]
    for command in convert validate inspect schema explain plan upload datasource members verify help; do has "$out" "  $command "; done
}

@test "--version prints the version of src/version.h" {
    version=$(sed -n 's/.*VERSION "\(.*\)".*/\1/p' "$ROOT/src/version.h")
    run_split "$ST2PLECTO" --version
    [ "$status" -eq 0 ]
    [ "$out" = "st2plecto $version" ]
    # and nothing else names another one
    cd "$ROOT"
    run grep -rnE 'st2plecto[- ](v|)[0-9]+\.[0-9]+\.[0-9]+' README.md schemas src/manual src/web src/cli/st2plecto.1
    others=$(grep -vE "st2plecto[- ]${version//./\\.}([^0-9]|$)" <<<"$output") || true
    [ -z "$others" ]
    grep -q "^## $version$" CHANGELOG.md
}

@test "every command's help begins with examples; help COMMAND is the same" {
    for command in convert validate inspect schema explain plan upload datasource members verify help; do
        run_split "$ST2PLECTO" $command --help
        [ "$status" -eq 0 ]
        [ "${out%%$'\n'*}" = "Examples:" ]
        has "$out" "Usage: st2plecto $command"
        page=$out
        run_split "$ST2PLECTO" help $command
        [ "$out" = "$page" ]
    done
}

@test "a command's help fits two screens; help COMMAND --all has every option" {
    local lines
    for command in convert validate apply report inspect schema explain plan upload datasource members verify help; do
        run_split "$ST2PLECTO" help $command
        lines=$(wc -l <<<"$out")
        [ "$lines" -le 48 ] || { echo "$command: $lines lines" >&2 && return 1; }
        printf '%s\n' "$out" >>shown
        "$ST2PLECTO" help $command --all >>shown
    done
    ! grep -nE '.{101}' shown || { echo "a line of more than 100 columns" >&2 && return 1; }
    run_split "$ST2PLECTO" convert --help
    has "$out" ".xlsx"
    has "$out" "  st2plecto help convert --all"
    hasnt "$out" "--max-ratio"
    run_split "$ST2PLECTO" help --all convert
    has "$out" "--max-ratio N"
    hasnt "$out" "help convert --all"
    wrong_use "convert has no option --all. Only help has it." "st2plecto help convert --all" "$ST2PLECTO" convert --help --all
    wrong_use "upload has no option --all. Only help has it." "st2plecto help upload --all" "$ST2PLECTO" upload --all
}

@test "validate has no option that only import files need" {
    run_split "$ST2PLECTO" help validate --all
    for option in --to --dry-run --title --data-source; do hasnt "$out" "$option "; done
    wrong_use "unknown option --to" "" "$ST2PLECTO" validate --to csv jobs.csv
}

@test "the man page names every option of every command" {
    for command in convert inspect schema plan upload datasource members verify; do "$ST2PLECTO" help $command --all; done |
        sed -nE 's/^ +(-., )?--([a-z-]+).*/--\2/p' | sort -u >options
    [ "$(wc -l <options)" -gt 60 ]
    sed 's/\\-/-/g' "$ROOT/src/cli/st2plecto.1" | grep -oE -e '--[a-z]+(-[a-z]+)*' | sort -u >named
    missing=$(comm -23 options named)
    [ -z "$missing" ] || { printf 'not in the man page: %s\n' "$missing" >&2 && return 1; }
}

# --- wrong use

@test "unknown command: the nearest is offered" {
    wrong_use 'unknown command "convrt"; did you mean convert?' "st2plecto help" "$ST2PLECTO" convrt
    wrong_use 'unknown command "zzzzzzzz"' "st2plecto help" "$ST2PLECTO" zzzzzzzz
    hasnt "$err" "did you mean"
    wrong_use 'unknown command "convrt"; did you mean convert?' "st2plecto help" "$ST2PLECTO" help convrt
}

@test "a file in place of a command: what to write" {
    wrong_use 'unknown command "jobs.csv"' "then to convert it: st2plecto inspect jobs.csv st2plecto convert -o plecto jobs.csv" "$ST2PLECTO" jobs.csv
}

@test "unknown options: the nearest is offered" {
    wrong_use "unknown option --shema; did you mean --schema?" "st2plecto convert --help" "$ST2PLECTO" convert --shema x jobs.csv
    wrong_use "unknown option --shema; did you mean --schema?" "" "$ST2PLECTO" convert --shema=x jobs.csv
    wrong_use "unknown option -Z" "" "$ST2PLECTO" convert -Z jobs.csv
    wrong_use "unknown option --qqqqqqq" "" "$ST2PLECTO" convert --qqqqqqq
    hasnt "$err" "did you mean"
    wrong_use "unknown option --vesion; did you mean --version?" "" "$ST2PLECTO" --vesion
    for command in inspect schema explain help; do
        wrong_use "unknown option --hlep; did you mean --help?" "st2plecto $command --help" "$ST2PLECTO" $command --hlep
    done
}

@test "options: ambiguous, without value, with a value too many" {
    wrong_use "option --dat could be any of" "Write the option in full." "$ST2PLECTO" convert --dat x jobs.csv
    wrong_use "option --tz needs a value" "write --tz ZONE" "$ST2PLECTO" convert jobs.csv --tz
    wrong_use "option --output needs a value" "write --output DIR" "$ST2PLECTO" convert jobs.csv -o
    wrong_use "option --force takes no value" "" "$ST2PLECTO" convert --force=1 jobs.csv
}

@test "convert: no file, no folder to write to" {
    wrong_use "convert needs a file" "" "$ST2PLECTO" convert -o out
    wrong_use "validate needs a file" "" "$ST2PLECTO" validate
    wrong_use "convert needs a folder to write to" "st2plecto convert jobs.csv -o plecto" "$ST2PLECTO" convert jobs.csv
    has "$err" "--dry-run"
}

@test "wrong words of options: all right ones are named" {
    wrong_use '--by "dya" is unknown; did you mean day?' "--by takes row, day, week or month" "$ST2PLECTO" convert -n --by dya jobs.csv
    wrong_use '--layout "tall" is unknown' "--layout takes wide or metric" "$ST2PLECTO" convert -n --layout tall jobs.csv
    wrong_use '--date-order "myd" is unknown' "--date-order takes mdy, dmy or ymd" "$ST2PLECTO" convert -n --date-order myd jobs.csv
    wrong_use '--on-error "go" is unknown' "--on-error takes stop or reject" "$ST2PLECTO" convert -n --on-error go jobs.csv
    wrong_use '--fail-on "errors" is unknown; did you mean error?' "--fail-on takes" "$ST2PLECTO" convert -n --fail-on errors jobs.csv
    wrong_use '--color "yes" is unknown' "--color takes auto, always or never" "$ST2PLECTO" convert -n --color yes jobs.csv
    wrong_use '--format "xml" is unknown' "--format takes text, json" "$ST2PLECTO" convert -n --format xml jobs.csv
    wrong_use '--to "xls" is unknown' "--to takes csv, jsonl, xlsx" "$ST2PLECTO" convert -n --to csv,xls jobs.csv
    wrong_use '--delimiter "coma" is unknown; did you mean comma?' "" "$ST2PLECTO" convert -n --delimiter coma jobs.csv
    wrong_use '--encoding "latin1" is unknown' "write --encoding windows-1252" "$ST2PLECTO" convert -n --encoding latin1 jobs.csv
}

@test "wrong values of options" {
    wrong_use '-j "0" is not a whole number from 1 to 256' "" "$ST2PLECTO" convert -n -j 0 jobs.csv
    wrong_use '-j "two"' "" "$ST2PLECTO" convert -n -j two jobs.csv
    wrong_use '--max-issues "-1"' "" "$ST2PLECTO" convert -n --max-issues -1 jobs.csv
    wrong_use '--max-issues "99999999999999999999"' "" "$ST2PLECTO" convert -n --max-issues 99999999999999999999 jobs.csv
    wrong_use '--data-source "123" is not a UUID' "" "$ST2PLECTO" convert -n --data-source 123 jobs.csv
    wrong_use '--data-source "0f8fad5bXd9cb-469f-a165-70867728950e"' "" "$ST2PLECTO" convert -n --data-source 0f8fad5bXd9cb-469f-a165-70867728950e jobs.csv
    wrong_use '--field "=Kunde" lacks a name' "" "$ST2PLECTO" convert -n --field =Kunde jobs.csv
    wrong_use '--field "Status=" lacks a title' "" "$ST2PLECTO" convert -n --field Status= jobs.csv
    wrong_use '--title has an empty value' "" "$ST2PLECTO" convert -n --title "" jobs.csv
    wrong_use '--per "employee,," has an empty field name' "" "$ST2PLECTO" convert -n --by day --per employee,, jobs.csv
    wrong_use '--per needs totals' "add --by day" "$ST2PLECTO" convert -n --per employee jobs.csv
    wrong_use '--layout metric needs totals' "add --by day" "$ST2PLECTO" convert -n --layout metric jobs.csv
    wrong_use 'unknown time zone "America/Phonix"' "did you mean America/Phoenix?" "$ST2PLECTO" convert -n --tz America/Phonix jobs.csv
}

@test "right UUIDs, with and without dashes" {
    for uuid in 0f8fad5b-d9cb-469f-a165-70867728950e 0F8FAD5BD9CB469FA16570867728950E; do
        run "$ST2PLECTO" convert -n -q --data-source $uuid jobs.csv
        [ "$status" -eq 0 ]
    done
}

@test "an option before, between and behind files; -- ends options" {
    run "$ST2PLECTO" convert jobs.csv -n --schema jobs
    [ "$status" -eq 0 ]
    cp jobs.csv ./-jobs.csv
    run "$ST2PLECTO" convert -n -- -jobs.csv
    [ "$status" -eq 0 ]
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal\n1,Ana,10/2/2025,5\n2,Bo,10/3/2025,6\n' >./-days.csv
    run "$ST2PLECTO" validate --schema jobs -- -days.csv
    has "$output" "st2plecto validate --schema jobs ./-days.csv --date-order mdy" # an option may be added
}

@test "a missing file is exit 3" {
    run_split "$ST2PLECTO" validate nosuch.csv
    [ "$status" -eq 3 ]
    has "$err" "nosuch.csv"
    has "$err" "    fix: "
}

# --- --period (today is 2025-10-20, a Monday; 22:40 in UTC)

period() { # period WORD [OPTION…]: prints "FROM TO" of the result
    local word=$1
    shift
    "$ST2PLECTO" validate --period "$word" --format json -q "$@" jobs.csv | jq -r '.options.period // .period'
}

@test "--period: words are counted from today" {
    [ "$(period today)" = 2025-10-20..2025-10-20 ]
    [ "$(period yesterday)" = 2025-10-19..2025-10-19 ]
    [ "$(period last-week)" = 2025-10-13..2025-10-19 ]
    [ "$(period this-month)" = 2025-10-01..2025-10-31 ]
    [ "$(period last-month)" = 2025-09-01..2025-09-30 ]
    [ "$(period 2024-02-28..2024-02-29)" = 2024-02-28..2024-02-29 ]
    [ "$(period 2025-10-20)" = 2025-10-20..2025-10-20 ]
    SOURCE_DATE_EPOCH=1735725600 # 2025-01-01 10:00 UTC, a Wednesday
    [ "$(period last-month)" = 2024-12-01..2024-12-31 ]
    [ "$(period last-week)" = 2024-12-23..2024-12-29 ]
    SOURCE_DATE_EPOCH=1760918400 # 2025-10-20 00:00 UTC: still Sunday in Phoenix
    [ "$(period today)" = 2025-10-20..2025-10-20 ]
    [ "$(period today --tz America/Phoenix)" = 2025-10-19..2025-10-19 ]
    [ "$(period last-week --tz America/Phoenix)" = 2025-10-06..2025-10-12 ]
}

@test "--period: relative words without --tz say what they became" {
    run_split "$ST2PLECTO" validate --period yesterday jobs.csv
    has "$err" "note: --period yesterday is counted from today in UTC: 2025-10-19..2025-10-19"
    run_split "$ST2PLECTO" validate --tz America/Phoenix --period yesterday jobs.csv
    [ -z "$err" ]
}

@test "--period: what is no period" {
    wrong_use '--period "last-wek" is unknown; did you mean last-week?' "--period takes FROM..TO" "$ST2PLECTO" validate --period last-wek jobs.csv
    wrong_use '--period "2025-02-30..2025-03-01": "2025-02-30" is not a day' "" "$ST2PLECTO" validate --period 2025-02-30..2025-03-01 jobs.csv
    wrong_use '--period "10/1/2025..10/31/2025"' "" "$ST2PLECTO" validate --period 10/1/2025..10/31/2025 jobs.csv
    wrong_use '--period "2025-10-01..": "" is not a day' "" "$ST2PLECTO" validate --period 2025-10-01.. jobs.csv
    wrong_use '--period "2025-10-31..2025-10-01" ends before it begins' "Write the earlier day first: --period 2025-10-01..2025-10-31" "$ST2PLECTO" validate --period 2025-10-31..2025-10-01 jobs.csv
    SOURCE_DATE_EPOCH=soon wrong_use 'SOURCE_DATE_EPOCH "soon"' "" "$ST2PLECTO" validate --period today jobs.csv
}

# --- colour, streams, signals

@test "colour: none in a pipe, always when told" {
    run_split "$ST2PLECTO" inspect jobs.csv
    hasnt "$out" $'\033'
    run_split "$ST2PLECTO" inspect --color always jobs.csv
    has "$out" $'\033[1m'
    NO_COLOR=1 run_split "$ST2PLECTO" inspect --color always jobs.csv
    has "$out" $'\033[1m'
}

@test "colour on a terminal, unless NO_COLOR" {
    script -qec true /dev/null > /dev/null 2>&1 || skip "this machine gives no pseudo-terminal (script, /dev/pts)"
    has "$(TERM=xterm script -qec "'$ST2PLECTO' inspect jobs.csv" /dev/null)" $'\033[1m'
    hasnt "$(TERM=xterm NO_COLOR=1 script -qec "'$ST2PLECTO' inspect jobs.csv" /dev/null)" $'\033[1m'
    hasnt "$(TERM=dumb script -qec "'$ST2PLECTO' inspect jobs.csv" /dev/null)" $'\033[1m'
}

@test "standard output that takes nothing is exit 4" {
    [ -w /dev/full ] || skip "no /dev/full"
    run_split bash -c "'$ST2PLECTO' --version > /dev/full"
    [ "$status" -eq 4 ]
    has "$err" "cannot write to standard output"
    run_split bash -c "'$ST2PLECTO' inspect jobs.csv > /dev/full"
    [ "$status" -eq 4 ]
}

@test "control characters of names never reach the terminal" {
    run_split "$ST2PLECTO" validate $'no\033[31msuch.csv'
    [ "$status" -eq 3 ]
    hasnt "$err" $'\033'
    has "$err" '\x1b'
}

@test "SIGINT and SIGTERM: exit 130 and 143, nothing left behind" {
    # Standard input that does not end keeps convert busy until the signal comes.
    mkfifo feed
    for pair in INT:130 TERM:143; do
        { cat jobs.csv; awk 'BEGIN { for (i = 0; i < 100000; i++)
              printf "2%07d,Lee Park,Ana Lopez,HVAC Service,10/21/2025 8:00 AM,$45.00,Completed,True\n", i }'
          exec sleep 600; } > feed & feeder=$!
        # A background job of a script ignores SIGINT, and so would we: env takes that back.
        env --default-signal=INT "$ST2PLECTO" convert --schema jobs -j 2 -o out - < feed > /dev/null 2>&1 & program=$!
        for _ in $(seq 6000); do
            if [ -n "$(ls -d .out.st2plecto-* 2>/dev/null)" ]; then break; fi
            sleep 0.1
        done
        [ -n "$(ls -d .out.st2plecto-*)" ]
        kill -s "${pair%:*}" "$program"
        status=0
        wait "$program" || status=$?
        kill "$feeder" 2>/dev/null || true
        wait "$feeder" 2>/dev/null || true
        [ "$status" -eq "${pair#*:}" ]
        [ -z "$(find . -path './out*' -o -path './.out.st2plecto-*')" ]
    done
}
