#!/usr/bin/env bats
# upload_terminal.bats: an upload with a person at the terminal (terminal.py): questions, progress, Ctrl-C.
# By day a part, all where the change touches: src/upload tests/e2e

load upload_helper

setup_file() { make_certificates; }
setup() {
    "$PY" -c 'import pty; pty.openpty()' 2>/dev/null || skip "this machine gives no pseudo-terminal (/dev/pts)"
    upload_setup
}
teardown() { if [ -n "${WORK:-}" ]; then upload_teardown; fi; }

# on_terminal CODE [--type TEXT]… COMMAND…: in $shown what the terminal showed.
on_terminal() {
    local code=$1 status=0
    shift
    "$PY" "$E2E/terminal.py" "$@" >"$WORK/.shown" 2>"$WORK/.err" || status=$?
    shown=$(tr -d '\r' <"$WORK/.shown")
    [ "$status" -eq "$code" ] || { printf 'exit %s, not %s: %s\n' "$status" "$code" "$shown" >&2 && return 1; }
}

asked_upload() { # asked_upload CODE [--type TEXT]… -- [OPTION…]
    local code=$1 typed=()
    shift
    while [ "$1" != -- ]; do
        typed+=("$1")
        shift
    done
    shift
    on_terminal "$code" ${typed[@]+"${typed[@]}"} "$ST2PLECTO" upload sales --data-source "$SOURCE" "${connection[@]}" "$@"
}

@test "the first upload asks for the title of the data source; the next one does not" {
    start_server
    sales_folder sales 20
    know_source sales
    asked_upload 2 --type ^D --
    has "$shown" 'ServiceTitan Jobs'
    equals requests "$(total requests)" 0
    asked_upload 0 --type 'Our jobs' --
    arrived sales
    sales_folder sales 21
    asked_upload 0 --
    hasnt "$shown" 'First upload'
    has "$shown" 'Our jobs'
    arrived sales
}

@test "datasource create asks for the title, and takes its own for Enter" {
    start_server
    sales_folder sales 20
    on_terminal 0 --type 'Our jobs' "$ST2PLECTO" datasource create sales "${connection[@]}"
    has "$shown" 'Title of the new data source in Plecto [ServiceTitan Jobs]: '
    on_terminal 0 --type '' "$ST2PLECTO" datasource create sales --another "${connection[@]}"
    equals titles "$(control GET /state | jq -c '[.data_sources[].title] | sort')" '["Our jobs","ServiceTitan Jobs"]'
}

@test "deletions are asked about, and No is the answer of whoever just presses Enter" {
    CONVERT=(--period 2025-10-01..2025-10-31)
    start_server
    sales_folder sales 20
    know_source sales
    asked_upload 0 -- --yes
    sed -i '/^100010,/d' sales.csv
    convert sales.csv sales
    asked_upload 2 --type '' -- --vanished delete
    has "$shown" 'Delete 1 registration'
    equals deleted "$(total deleted)" 0
    asked_upload 2 --type n -- --vanished delete
    equals deleted "$(total deleted)" 0
    asked_upload 0 --type y -- --vanished delete
    equals deleted "$(total deleted)" 1
}

@test "progress: how many of how many, rate and time left, and nothing of it in a file" {
    start_server '{"delay_seconds": 0.25}'
    sales_folder sales 1200
    know_source sales
    asked_upload 0 -- --yes
    arrived sales
    grep -qE '600 of 1,200 sent, [0-9,]+ a second, [0-9]+ s left' <<<"$shown"
    SOURCE=11111111111111111111111111111111
    know_source sales
    behave '{"delay_seconds": 0}'
    exits 0 upload sales
    hasnt "$out$err" $'\r'
    hasnt "$out$err" $'\033'
}

@test "Ctrl-C at the terminal: exit 5, and the terminal is left in order" {
    start_server '{"delay_seconds": 0.4}'
    sales_folder sales 900
    know_source sales
    "$PY" "$E2E/terminal.py" "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes "${connection[@]}" >shown 3>&- &
    HOLDING=$!
    wait_for requests 2
    kill -INT "$(program_of "$HOLDING")"
    local code=0
    wait "$HOLDING" || code=$?
    HOLDING=
    equals exit $code 5
    has "$(cat shown)" --continue
    behave '{"delay_seconds": 0}'
    exits 0 upload sales --continue
    arrived sales --again 100
}

@test "Ctrl-C typed while the server stalls: it ends without its answer, with the way on" {
    start_server '{}'
    sales_folder sales 150
    know_source sales
    behave '{"delay_seconds": 600}'
    "$PY" "$E2E/terminal.py" "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes "${connection[@]}" >shown 3>&- &
    HOLDING=$!
    wait_for requests 1
    kill -USR1 "$HOLDING" # types it
    local code=0
    wait "$HOLDING" || code=$?
    HOLDING=
    equals exit $code 5
    has "$(cat shown)" --continue
    equals stored "$(total stored)" 0
    behave '{"delay_seconds": 0}'
    exits 0 upload sales --continue
    arrived sales
}
