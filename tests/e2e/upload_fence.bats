#!/usr/bin/env bats
# upload_fence.bats: what speaks to Plecto starts no program and writes no file but its own, by the kernel's hand
# (src/base/sandbox.h): escape.so tries both from inside of the process.

load upload_helper

setup_file() { make_certificates; }
setup() {
    upload_setup
    tools=$(dirname "$ST2PLECTO")/tools
    [ -x "$tools/escape.so" ] || tools=$ROOT/build/tools
    mkdir -p .st2plecto # the log has to be where it may be written
    export ESCAPE_LOG=$PWD/.st2plecto/escape.log
}
teardown() { upload_teardown; }

# Whether kernel and build fence files in: else the test is skipped.
has_landlock() { "$ST2PLECTO" --version -v | grep -q '^sandbox: yes (seccomp); files of upload: yes (Landlock [0-9]'; }

# escape FILE CODE COMMAND…: the command, with code inside that tries to get out when FILE is opened, ends with CODE.
escape() {
    rm -f "$ESCAPE_LOG"
    run_split env ESCAPE_AT="$1" ESCAPE_FILE="$PWD/elsewhere.txt" LD_PRELOAD="$tools/escape.so" "${@:3}"
    [ "$status" -eq "$2" ] || { printf 'exit %s: %s\n' "$status" "$err" >&2 && return 1; }
    [ -s "$ESCAPE_LOG" ] || { echo "$1 was not opened, or the log not written: $err" >&2 && return 1; }
}

# Sockets stay; programs, files elsewhere and what offline commands are refused besides are refused, on both threads.
fenced() {
    local try
    for try in 'execve EPERM' 'execveat EPERM' 'io_uring EPERM' 'write EACCES' 'remove EACCES' 'folder EACCES' \
        'terminal EPERM' 'socket done'; do
        [ "$(grep -c "^$try\$" "$ESCAPE_LOG")" -eq 2 ] || { echo "no $try in:" && cat "$ESCAPE_LOG" && return 1; }
    done
    [ ! -e elsewhere.txt ]
    [ ! -e escaped ]
}

@test "upload, verify, datasource and members start no program and write no file elsewhere" {
    has_landlock || skip "a kernel without Landlock"
    start_server '{"refuse": ["100003"]}' plain
    sales_folder sales 5
    know_source sales
    escape credentials.json 6 "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes --no-input "${connection[@]}"
    fenced
    [ -s .st2plecto/refused.csv ]
    equals stored "$(total stored)" 4
    mkdir reports
    escape credentials.json 1 "$ST2PLECTO" verify sales --data-source "$SOURCE" "${connection[@]}" --format json=reports/verify.json
    fenced
    has "$(cat reports/verify.json)" '"missing":1'
    escape credentials.json 0 "$ST2PLECTO" datasource create sales --another --yes --no-input "${connection[@]}"
    fenced
    printf '%s\n' 'ID,Name,Email' '1,Ana Lopez,ana@example.test' >people.csv
    escape credentials.json 0 "$ST2PLECTO" members create sales --roster people.csv "${connection[@]}"
    fenced
    rm .st2plecto/escape.log
    equals files "$(ls .st2plecto | grep -v lock)" "journal.db
refused.csv"
}

@test "a credentials command runs, writes where it likes, and is the last program" {
    has_landlock || skip "a kernel without Landlock"
    start_server '{"refuse": ["100003"]}' plain
    sales_folder sales 5
    know_source sales
    escape st2plecto.part 6 "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes --no-input --url "$URL" --insecure-test \
        --rate 36000000 --credentials-command 'echo used >used.txt; cat credentials.json'
    sed -i '/^remove /s/ENOENT/EACCES/' "$ESCAPE_LOG" # the file that is opened is not there by that name
    fenced
    equals used "$(cat used.txt)" used
}

@test "a journal that is a link, a report to standard output, a folder that is the journal's own" {
    start_server '{}' plain
    sales_folder sales 5
    know_source sales
    mkdir real
    ln -s real/journal.db linked.db
    exits 0 upload sales --journal linked.db
    [ -s real/journal.db ]
    has "$("$ST2PLECTO" verify sales --journal linked.db --data-source "$SOURCE" "${connection[@]}" --format json=/dev/stdout | cat)" '"same":5'
    exits 0 "$ST2PLECTO" plan sales --journal sales.db --format html=plan.html
    exits 0 "$ST2PLECTO" upload sales --journal sales.db --data-source "$SOURCE" --yes --no-input "${connection[@]}" --resend
    [ -s sales.db ]
}
