#!/usr/bin/env bats
# upload_refused.bats: Plecto refuses some registrations. They are found with few requests, set aside with the server's
# words, and the rest is sent.
# By day a part, all where the change touches: src/upload tests/e2e

load upload_helper

setup_file() { make_certificates; }
setup() {
    upload_setup
}
teardown() { upload_teardown; }

# rest_arrived ID…: all of sales but these are stored, once.
rest_arrived() {
    local gone=("$@")
    control GET /state | jq -e --arg source "$SOURCE" --rawfile lines sales/registrations.jsonl --args '
        ([$lines | split("\n")[] | select(. != "") | fromjson.external_id] - $ARGS.positional | sort)
        == ([.data_sources[$source].registrations[].external_id] | sort)' "${gone[@]}" >/dev/null
}

refused_ids() { # the IDs in refused.csv, which is CSV with commas and quotes in the server's words
    "$PY" -c 'import csv, sys
for row in csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8-sig")): print(row["id"])' \
        "${1:-.st2plecto/refused.csv}" | sort | paste -sd' '
}

@test "one refused registration in a list of 100 costs at most 14 extra requests, wherever it is" {
    start_server '{"refusal": "vague"}'
    sales_folder sales 100
    local id number=0 most=0 extra
    local places=(100001 100050 100077 100100)
    if [ -n "${NIGHTLY:-}" ]; then places+=(100002 100033 100051 100064 100099); fi
    for id in "${places[@]}"; do
        number=$((number + 1))
        SOURCE=$(printf %032x $number)
        know_source sales
        control POST /reset >/dev/null
        behave "{\"refuse\": [\"$id\"]}"
        exits 6 upload sales
        rest_arrived "$id"
        extra=$(($(total requests) - 1))
        [ $extra -le 14 ] || { echo "$id: $extra extra requests" >&2 && false; }
        [ $extra -le $most ] || most=$extra
        has "$(refused_ids)" "$id"
    done
    echo "# extra requests for one refused registration in a list of 100: at most $most (${#places[@]} places, allowed 14)" >&3
    [ $most -ge 8 ] # it was halved
}

@test "an answer that says which one costs at most three extra requests" {
    start_server '{"refusal": "list", "refuse": ["100037"]}'
    sales_folder sales 100
    know_source sales
    exits 6 upload sales
    rest_arrived 100037
    [ "$(total requests)" -le 4 ]
    equals refused "$(refused_ids)" 100037
}

@test "refused.csv has the ID, the registration and the server's words" {
    start_server '{"refuse": ["100037", "100140"]}'
    sales_folder sales 250
    know_source sales
    exits 6 upload sales
    rest_arrived 100037 100140
    equals refused "$(refused_ids)" '100037 100140'
    "$PY" - .st2plecto/refused.csv "$SOURCE" <<'PYTHON'
import csv, json, sys
rows = {row["id"]: row for row in csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8-sig"))}
row = rows["100037"]
assert 'Refused by rule; see "Sales, Q4".' in row["words"].replace('\\"', '"'), row
assert row["status"] == "400", row
assert row["data_source"].replace("-", "") == sys.argv[2], row
assert row["employee"] == "Ana Lopez", row
assert row["date"].startswith("2025-10-"), row
assert json.loads(row["registration"])["external_id"] == "100037", row
PYTHON
    has "$err" refused.csv
    has "$err" 'Refused by rule'
    equals mode "$(stat -c %a .st2plecto/refused.csv)" 600
}

@test "refused ones are tried again at the next upload, alone, and refused.csv goes when all are taken" {
    start_server '{"refuse": ["100037", "100140"]}'
    sales_folder sales 250
    know_source sales
    exits 6 upload sales
    control POST /reset >/dev/null
    behave '{"refuse": ["100140"]}'
    exits 6 upload sales
    equals refused "$(refused_ids)" 100140
    control GET /state | jq -e '[.log[].registrations[]] | unique == ["100037", "100140"]' >/dev/null
    behave '{"refuse": []}'
    exits 0 upload sales
    arrived sales
    [ ! -e .st2plecto/refused.csv ]
    control POST /reset >/dev/null
    exits 0 upload sales
    equals requests "$(total requests)" 0
}

@test "several refused in one list, of a server that stores the rest all the same, and one whose words are no JSON" {
    start_server '{"refusal": "vague", "keeps_rest": true, "refuse": ["100003", "100004", "100090"]}'
    sales_folder sales 100
    know_source sales
    exits 6 upload sales
    rest_arrived 100003 100004 100090
    equals refused "$(refused_ids)" '100003 100004 100090'
    [ "$(total requests)" -le 36 ]
    SOURCE=11111111111111111111111111111111
    know_source sales
    behave '{"refusal": "text", "keeps_rest": false, "refuse": ["100050"]}'
    exits 6 upload sales
    rest_arrived 100050
    has "$(cat .st2plecto/refused.csv)" 'Bad Request (400)'
}

@test "beside a journal of another name no other refused.csv is touched" {
    start_server '{"refuse": ["100003"]}'
    sales_folder sales 100
    know_source sales
    echo mine >refused.csv
    exits 6 upload sales --journal night.db
    has "$err" night.db-refused.csv
    equals refused "$(refused_ids night.db-refused.csv)" 100003
    behave '{"refuse": []}'
    exits 0 upload sales --journal night.db
    [ ! -e night.db-refused.csv ]
    equals mine "$(cat refused.csv)" mine
}

@test "a refused registration that vanished at the source leaves refused.csv, even if nothing else is to be sent" {
    start_server '{"refuse": ["100003"]}'
    sales_folder sales 100
    know_source sales
    exits 6 upload sales --now 2026-01-31T06:00:00Z
    equals refused "$(refused_ids)" 100003
    sed -i '/^100003,/d' sales.csv
    convert sales.csv sales
    control POST /reset >/dev/null
    exits 0 upload sales --now 2026-02-01T06:00:00Z
    equals requests "$(total requests)" 0
    [ ! -e .st2plecto/refused.csv ]
    arrived sales
}

@test "an answer of success with errors inside confirms nothing of what they are about" {
    start_server '{"refusal": "inside", "refuse": ["100003", "100090"]}'
    sales_folder sales 100
    local refusal
    for refusal in inside inside-vague; do
        behave "{\"refusal\": \"$refusal\"}"
        SOURCE=$(printf %032x $((RANDOM + 1)))
        know_source sales
        control POST /reset >/dev/null
        exits 6 upload sales
        has "$err" 'E901'
        rest_arrived 100003 100090
        has "$(refused_ids)" '100003 100090'
        if [ $refusal = inside ]; then # the answer names them: each goes once more, alone
            equals requests "$(total requests)" 3
        else # it names none: all are looked for, and those that are not there go alone
            [ "$(total requests)" -le 105 ]
        fi
    done
    behave '{"refuse": []}'
    exits 0 upload sales
    arrived sales
}

@test "everything refused: it stops early and says that this is systematic" {
    start_server '{"always": "400"}'
    sales_folder sales 1000
    know_source sales
    exits 6 upload sales
    [ "$(total requests)" -le 110 ]
    has "$out$err" 'Bad request.'
    equals stored "$(total stored)" 0
    behave '{"always": null}'
    exits 0 upload sales
    arrived sales
}

@test "failures while a refused registration is looked for" {
    start_server '{"refusal": "vague", "refuse": ["100037", "100140"], "seed": 5,
        "shares": {"close-before": 0.1, "close-after": 0.1, "truncate": 0.1, "500": 0.1}}'
    sales_folder sales 250
    know_source sales
    exits 6 upload sales
    rest_arrived 100037 100140
    equals refused "$(refused_ids)" '100037 100140'
    equals again "$(total again)" 0
}

@test "the server's words do nothing to the terminal or the spreadsheet" {
    start_server "$(jq -nc '{refuse: ["100003"], words: "=HYPERLINK(\"http://x\")\u001b[31mred\u0007\r\n\u009b2J end"}')"
    sales_folder sales 5
    know_source sales
    exits 6 upload sales -v
    rest_arrived 100003
    equals 'control characters' "$(cat .out .err | tr -d '\n' | LC_ALL=C.UTF-8 grep -cP '[\x00-\x1f\x7f\x{80}-\x{9f}]')" 0
    "$PY" - .st2plecto/refused.csv <<'PYTHON'
import csv, sys
for row in csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8-sig")):
    for key, cell in row.items():
        assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r"), (key, cell)
        assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in cell), (key, cell)
PYTHON
}
