#!/usr/bin/env bats
# upload_secrets.bats: where the password comes from, and that it goes to Plecto and nowhere else: no output, file,
# argument, core file, other host.
# By day a part, all where the change touches: src/upload tests/e2e

load upload_helper

setup_file() { make_certificates; }
setup() {
    upload_setup
}
teardown() { upload_teardown; }

# bare_upload [OPTION…]: an upload of sales without credentials.
bare_upload() {
    "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes --no-input --url "$URL" --ca-file "$TLS/authority.pem" \
        --rate 36000000 "$@"
}

# ready_to_send [ROWS]: a server, the folder sales, and the data source.
ready_to_send() {
    start_server "${2-"{}"}"
    sales_folder sales "${1:-20}"
    know_source sales
}

# The secret in the forms in which it could be written down: as it is, what JSON and addresses make of it, Base64.
needles() {
    printf '%s\n' "$SECRET" 'Tr0ub4dor' 'p\u00e4lz' '%3Ap%C3%A4lz' "$(printf %s "$EMAIL:$SECRET" | base64 -w0 | cut -c1-60)" \
        "$(printf %s "$SECRET" | base64 -w0 | cut -c1-20)"
}

# no_secret_in PATH…: no file there holds it, but the ones that the tests themselves wrote.
no_secret_in() {
    needles >"$BATS_TEST_TMPDIR/needles"
    local found
    found=$(grep -rlaF -f "$BATS_TEST_TMPDIR/needles" "$@" | grep -vE '/(credentials|secret|wrong)[^/]*$' || true)
    [ -z "$found" ] || { echo "the secret is in: $found" >&2 && return 1; }
}

@test "the search would find it" {
    local form
    while read -r form; do
        printf 'x%sx' "$form" >leak
        run no_secret_in "$WORK"
        [ "$status" -eq 1 ]
        has "$output" leak
    done < <(needles)
    printf 'Authorization: Basic %s\n' "$(printf %s "$EMAIL:$SECRET" | base64 -w0)" >leak
    run no_secret_in "$WORK"
    [ "$status" -eq 1 ]
}

@test "the password is in no output and no file, whatever happens" {
    ready_to_send 250
    behave '{"refuse": ["100007"], "next": ["close-after", "500", "truncate", "malformed", "401"]}'
    mkdir out
    local step=0 more
    for more in '-v' '-v --continue' '-v -v' '--vanished zero' '--vanished delete'; do
        step=$((step + 1))
        # shellcheck disable=SC2086 # words
        upload sales --retry-max-time 5 $more >out/$step.out 2>out/$step.err || true
    done
    sales_folder other 20 300001
    upload other --vanished delete -v >out/delete.out 2>out/delete.err || true
    "$ST2PLECTO" verify sales --data-source "$SOURCE" "${connection[@]}" -v >out/verify.out 2>out/verify.err || true
    "$ST2PLECTO" datasource create sales --yes --title X "${connection[@]}" -v >out/create.out 2>out/create.err || true
    "$ST2PLECTO" plan sales --data-source "$SOURCE" --format html=out/plan.html >out/plan.out 2>&1 || true
    "$ST2PLECTO" plan sales --data-source "$SOURCE" --format json=out/plan.json >out/plan.out 2>&1 || true
    [ -s .st2plecto/journal.db ]
    [ -s .st2plecto/refused.csv ]
    [ -s out/1.err ]
    [ "$(total requests)" -ge 10 ]
    no_secret_in "$WORK"
    # The e-mail is no secret, but personal: it is not in the journal either.
    equals 'files with the e-mail' "$(grep -rlaF "$EMAIL" .st2plecto)" ''
}

@test "a server that says the credentials back does not bring them into outputs or files" {
    ready_to_send
    behave '{"always": "echo"}'
    exits 6 bare_upload --credentials credentials.json -v
    has "$err" 'No:'
    equals requests "$(total requests)" 1
    exits 6 "$ST2PLECTO" verify sales --data-source "$SOURCE" "${connection[@]}" -v
    behave "$(jq -nc --arg words "$EMAIL:$SECRET $(printf %s "$EMAIL:$SECRET" | base64 -w0)" \
        '{always: null, refuse: ["100003"], words: $words, request_id: ("r1 " + $words)}')"
    exits 6 bare_upload --credentials credentials.json -v
    [ -s .st2plecto/refused.csv ]
    has "$(tr -d '\0' <.st2plecto/journal.db)$(tr -d '\0' <.st2plecto/journal.db-wal 2>/dev/null)" ', request r1 '
    no_secret_in "$WORK"
}

@test "the password is in no argument of any process while it runs, and core files are off" {
    ready_to_send 900 '{"hold": "any"}'
    ulimit -c unlimited 2>/dev/null || true
    upload sales >out 2>err 3>&- &
    HOLDING=$!
    wait_for requests 1
    local program
    program=$(program_of "$HOLDING")
    needles >"$BATS_TEST_TMPDIR/needles"
    equals 'arguments with the secret' "$(cat /proc/[0-9]*/cmdline 2>/dev/null | grep -acF -f "$BATS_TEST_TMPDIR/needles")" 0
    grep -qE '^Max core file size +0 +0 ' "/proc/$program/limits"
    # It dies without leaving its memory behind.
    kill -SEGV "$program"
    wait "$HOLDING" || true
    HOLDING=
    no_secret_in "$WORK"
    behave '{"hold": null}'
    exits 0 upload sales --continue
    arrived sales --again 100 # killed before it saw the answer
}

@test "PLECTO_EMAIL and PLECTO_PASSWORD are taken, and wiped from the program's environment" {
    ready_to_send 300 '{"hold": "any"}'
    PLECTO_EMAIL=$EMAIL PLECTO_PASSWORD=$SECRET bare_upload >out 2>err 3>&- &
    HOLDING=$!
    wait_for requests 1
    local program
    program=$(program_of "$HOLDING")
    hasnt "$(tr '\0' ' ' <"/proc/$program/environ")" Tr0ub4dor
    has "$(tr '\0' ' ' <"/proc/$program/environ")" "HOME=$HOME" # it could be read
    behave '{"hold": null}'
    wait "$HOLDING"
    HOLDING=
    arrived sales
    exits 2 env PLECTO_EMAIL="$EMAIL" "$ST2PLECTO" upload sales --data-source 11111111111111111111111111111111 --yes \
        --no-input --url "$URL" --ca-file "$TLS/authority.pem"
    has "$err" PLECTO_PASSWORD
}

@test "no credentials at all: exit 2, with all the ways" {
    ready_to_send
    exits 2 bare_upload
    has "$err" --credentials
    has "$err" PLECTO_EMAIL
    has "$err" --netrc
    equals requests "$(total requests)" 0
}

@test "--credentials: only with mode 0600 or less, a regular file, whole" {
    ready_to_send
    local mode
    for mode in 644 640 604 660 602 610; do
        chmod $mode credentials.json
        exits 2 bare_upload --credentials credentials.json
        has "$err" "chmod 600"
    done
    ln -s credentials.json secret.link
    exits 2 bare_upload --credentials secret.link
    equals requests "$(total requests)" 0
    exits 3 bare_upload --credentials nowhere.json
    printf '{"email": "%s", "password": "Tr0ub4dor&3' "$EMAIL" >secret.cut
    printf '{"email": "%s"}' "$EMAIL" >secret.half
    printf '{"email": "%s", "password": 7}' "$EMAIL" >secret.number
    printf '{"email": "%s", "password": "Tr0ub4dor\\nX-Other: 1"}' "$EMAIL" >secret.lines
    printf '{"email": "a:b", "password": "Tr0ub4dor"}' >secret.colon
    : >secret.empty
    chmod 600 secret.*
    local file
    for file in cut half number colon empty; do
        exits 2 bare_upload --credentials secret.$file
        hasnt "$out$err" Tr0ub4dor
    done
    equals requests "$(total requests)" 0
    for mode in 600 400; do
        chmod $mode credentials.json
        exits 0 bare_upload --credentials credentials.json
    done
    arrived sales
    equals authorization "$(control GET /log | grep -c authorization=right)" 1
}

@test "--netrc takes the entry of the host; another host's is not sent" {
    write_credentials credentials.json plainTr0ub4dor # netrc files have their own way with quotes
    ready_to_send
    (umask 077 && printf 'machine app.example.test login wrong password wrong\nmachine localhost login %s password %s\n' \
        "$EMAIL" plainTr0ub4dor >"$HOME/.netrc")
    exits 0 bare_upload --netrc
    arrived sales
    (umask 077 && printf 'machine app.example.test login %s password %s\n' "$EMAIL" plainTr0ub4dor >secret.other)
    sales_folder sales 21
    exits 2 bare_upload --netrc=secret.other
    equals requests "$(total requests)" 1
    (umask 077 && printf 'machine localhost\n  login %s\n  password %s\n' "$EMAIL" plainTr0ub4dor >secret.own)
    exits 0 bare_upload --netrc=secret.own
    arrived sales
    chmod 644 secret.own
    sales_folder sales 22
    exits 2 bare_upload --netrc=secret.own
    has "$err" "chmod 600"
}

@test "--credentials-command: its output is taken, its failure told, its output never shown" {
    ready_to_send
    exits 0 bare_upload --credentials-command "cat '$WORK/credentials.json'"
    arrived sales
    sales_folder sales 21
    exits 3 bare_upload --credentials-command 'echo Tr0ub4dor; exit 7'
    has "$err" 7
    hasnt "$out$err" Tr0ub4dor
    exits 2 bare_upload --credentials-command 'echo Tr0ub4dor'
    hasnt "$out$err" Tr0ub4dor
    exits 3 bare_upload --credentials-command 'kill -9 $$'
    exits 3 bare_upload --credentials-command /nowhere/at/all
    equals requests "$(total requests)" 1
    # It is not run where nothing is to be sent.
    sales_folder sales 20
    exits 0 bare_upload --credentials-command "touch '$WORK/ran'; cat '$WORK/credentials.json'"
    [ ! -e ran ]
}

@test "two ways at once are wrong use, and a password in the address is refused without repeating it" {
    ready_to_send
    exits 2 bare_upload --credentials credentials.json --netrc
    exits 2 bare_upload --credentials credentials.json --credentials-command 'cat credentials.json'
    exits 2 "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes --no-input --ca-file "$TLS/authority.pem" \
        --url "https://robot:Tr0ub4dor@localhost:$API/api/v2/" --credentials credentials.json
    hasnt "$out$err" Tr0ub4dor
    equals requests "$(total requests)" 0
}

@test "the credentials file wins over the environment, which is wrong here" {
    ready_to_send
    export PLECTO_EMAIL=other@example.test PLECTO_PASSWORD=wrong
    exits 0 bare_upload --credentials credentials.json
    arrived sales
}

@test "SSLKEYLOGFILE is not obeyed: the keys of the connection are written nowhere" {
    start_server
    sales_folder sales 3
    know_source sales
    exits 0 env SSLKEYLOGFILE="$WORK/keys" "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes --no-input "${connection[@]}"
    arrived sales
    [ ! -e keys ]
}
