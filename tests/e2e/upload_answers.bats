#!/usr/bin/env bats
# upload_answers.bats: the upload believes nothing it has not seen: answers that contradict "all taken", that say nothing, or
# that are not true. The stand-in keeps a part of what it is sent; what the journal then has as confirmed must be there.
# (Every body under every status: tests/unit/test_answer_judge.c. Nothing here needs TLS.)
# By day a part, all where the change touches: src/upload tests/e2e

load upload_helper

setup() {
    upload_setup
    start_server '{}' plain
}
teardown() { upload_teardown; }

# confirmed: "confirmed wrongly N, confirmed N, kept N, sources N" of journal and stand-in.
confirmed() {
    control GET /state >state.now
    "$PY" - .st2plecto/journal.db state.now <<'PYTHON'
import json, sqlite3, sys
kept = {source: {one["external_id"] for one in facts["registrations"]}
        for source, facts in json.load(open(sys.argv[2]))["data_sources"].items()}
rows = sqlite3.connect(sys.argv[1]).execute(
    "SELECT replace(d.uuid, '-', ''), r.external_id FROM registration r JOIN data_source d ON d.number = r.source"
    " WHERE r.hash IS NOT NULL AND r.doubt_hash IS NULL").fetchall()
wrong = [row for row in rows if row[1] not in kept[row[0]]]
print("confirmed wrongly %d, confirmed %d, kept %d, sources %d"
      % (len(wrong), len(rows), sum(map(len, kept.values())), len(kept)))
PYTHON
}

next_source() {
    NUMBER=$((${NUMBER-0} + 1))
    SOURCE=$(printf %032x $NUMBER)
    know_source "$1"
}

@test "whatever is answered, only what is there is confirmed; what is not is sent once more, alone" {
    sales_folder one 1
    sales_folder few 3
    local bodies body keeps folder
    mapfile -t bodies < <(cd "$E2E" && "$PY" -c 'import plecto_answers; print(*plecto_answers.ANSWERS, sep="\n")')
    [ ${#bodies[@]} -eq 24 ]
    for body in "${bodies[@]}"; do
        case $body in objects | errors-inside | counts | detail | list | null) keeps=none folder=one ;; *) keeps=half folder=few ;; esac
        next_source $folder
        behave "{\"answer\": [201, \"$body\"], \"keeps\": \"$keeps\", \"keeps_lists\": true}"
        [ "$keeps" = half ] || behave '{"keeps_lists": false}'
        run_split upload $folder --retry-max-time 0
        if [ "$keeps" = half ]; then # the lost one was kept when it came alone
            equals "exit of $body" "$status" 0
            has "$out" '3 registrations confirmed'
        else
            case $status in 5 | 6) ;; *) echo "exit of $body: $status: $out$err" >&2 && false ;; esac
            has "$out" '0 registrations confirmed'
        fi
    done
    run confirmed
    echo "# combinations $NUMBER; $output" >&3
    has "$output" 'confirmed wrongly 0, confirmed 54, kept 54, sources 24'
}

@test "a list of 100 of which a part is lost without a word: seen, looked for, and sent again" {
    sales_folder sales 100
    local status_of keeps
    for status_of in 204:but-last 201:none; do
        keeps=${status_of#*:}
        next_source sales
        behave "{\"answer\": [${status_of%:*}, \"no-ids\"], \"keeps\": \"$keeps\", \"keeps_lists\": true}"
        [ "$keeps" != none ] || behave '{"answer": [201, "objects"]}' # says nothing of any
        exits 0 upload sales --retry-max-time 0
        arrived sales --again 100
    done
    has "$(confirmed)" 'confirmed wrongly 0, confirmed 200, kept 200'
}

@test "an answer that says nothing costs three looks for the first lists, then one" {
    sales_folder sales 500
    next_source sales
    behave '{"answer": [204, "empty"]}'
    exits 0 upload sales
    has "$out" '500 registrations confirmed (500 by reading back, because the answer did not name them)'
    equals requests "$(total requests)" $((5 + 3 * 3 + 2))
    arrived sales
    exits 0 upload sales
    equals requests "$(total requests)" 16
}

@test "what is shown only after a while is waited for; changed fields and other amounts are not what was sent" {
    sales_folder sales 2
    next_source sales
    behave '{"answer": [202, "object"], "hides": 2}'
    exits 0 upload sales # after five seconds
    arrived sales
    behave '{"wrong": ["lose"], "hides": 0}'
    sed 's/"\$[0-9.]*"/"$77.00"/' sales.csv >changed.csv
    convert changed.csv changed
    behave '{"keeps": "none"}' # the old ones stay
    exits 6 upload changed --retry-max-time 0
    has "$err" '2 registrations are not in Plecto, or not as sent, although it answered 202'
    behave '{"answer": null, "keeps": "all", "wrong": []}'
    exits 0 upload changed
    arrived changed
}

@test "a deletion that Plecto answers with 404 or 204, and does not do, is an error, and the journal knows it still" {
    CONVERT=(--period 2025-10-01..2025-10-31)
    sales_folder sales 20
    next_source sales
    exits 0 upload sales
    sed -i '/^100010,/d' sales.csv
    convert sales.csv sales
    local deletes
    for deletes in kept-404:404 kept:204; do
        behave "{\"deletes\": \"${deletes%:*}\"}"
        exits 6 upload sales --vanished delete --retry-max-time 0
        has "$err" "answered the deletion of registration 100010 with ${deletes#*:}, but the registration is still there"
        has "$(confirmed)" 'confirmed wrongly 0, confirmed 20, kept 20'
    done
    behave '{"deletes": "gone"}'
    exits 0 upload sales --vanished delete
    has "$(confirmed)" 'confirmed wrongly 0, confirmed 19, kept 19'
}

@test "UUIDs go out in the spelling in which they came" {
    sales_folder sales 3
    next_source sales
    exits 0 upload sales
    equals sent "$(control GET /state | jq -r '[.log[].sources[]] | unique | join(",")')" "$SOURCE"
    # The same data source, spelled with dashes: nothing is sent again.
    control POST /reset >/dev/null
    exits 0 "$ST2PLECTO" upload sales --data-source 00000000-0000-0000-0000-000000000001 --no-input "${connection[@]}"
    equals requests "$(total requests)" 0
}

# on_journal SQL…: each is carried out on the journal; rows are printed.
on_journal() {
    "$PY" -c 'import sqlite3, sys
base = sqlite3.connect(sys.argv[1], isolation_level=None)
for text in sys.argv[2:]:
    for row in base.execute(text): print(*row)' .st2plecto/journal.db "$@"
}

@test "a journal of 0.1.0 is taken over behind a copy; a newer one is refused; what was sent when is kept for a time" {
    sales_folder sales 3
    next_source sales
    exits 0 upload sales --now 2026-01-31T06:00:00Z
    equals sent "$(on_journal 'SELECT external_id, sent, status, end FROM sent JOIN batch ON number = batch ORDER BY 1' | paste -sd';')" \
        '100001 2026-01-31T06:00:00Z 201 confirmed;100002 2026-01-31T06:00:00Z 201 confirmed;100003 2026-01-31T06:00:00Z 201 confirmed'
    on_journal 'DROP TABLE sent' "UPDATE data_source SET uuid='00000000-0000-0000-0000-000000000001'" 'PRAGMA user_version=1'
    exits 0 "$ST2PLECTO" plan sales # to read it nothing is changed
    has "$out" '3 unchanged'
    [ ! -e .st2plecto/journal.db.version-1 ]
    control POST /reset >/dev/null
    exits 0 "$ST2PLECTO" upload sales --no-input "${connection[@]}"
    equals requests "$(total requests)" 0
    equals version "$(on_journal 'PRAGMA user_version' 'SELECT uuid FROM data_source' | paste -sd' ')" "2 $SOURCE"
    equals mode "$(stat -c %a .st2plecto/journal.db.version-1)" 600
    cp .st2plecto/journal.db now.db
    cp .st2plecto/journal.db.version-1 .st2plecto/journal.db
    equals copy "$(on_journal 'PRAGMA user_version' 'SELECT COUNT(*) FROM registration' | paste -sd' ')" '1 3'
    cp now.db .st2plecto/journal.db
    sales_folder sales 4
    exits 0 upload sales --now 2026-02-28T06:00:00Z
    sales_folder sales 5
    exits 0 upload sales --now 2026-03-31T06:00:00Z --journal-days 30
    equals kept "$(on_journal 'SELECT external_id FROM sent' | paste -sd' ')" 100005
    on_journal 'PRAGMA user_version=3'
    exits 2 upload sales
    has "$err" 'is of a newer st2plecto (version 3)'
    exits 2 "$ST2PLECTO" plan sales
}

@test "datasource create: the documented form first, then that of public code, else the way round" {
    sales_folder sales 3
    behave '{"creates": "input"}'
    exits 0 "$ST2PLECTO" datasource create sales --yes --no-input "${connection[@]}"
    has "$out" 'MADE: data source'
    equals fields "$(control GET /state | jq -r '[.data_sources[].fields[].title] | sort | join(",")' )" \
        "$(jq -r '[.fields[].title] | sort | join(",")' sales/datasource.json)"
    equals requests "$(total requests)" 3
    behave '{"creates": "never"}'
    exits 6 "$ST2PLECTO" datasource create sales --another --title Other --yes --no-input "${connection[@]}"
    has "$err" 'Create the data source in Plecto, with the fields of sales/datasource.json'
    has "$err" 'st2plecto upload sales --data-source UUID'
    # Its UUID goes out as Plecto said it.
    SOURCE=$(control GET /state | jq -r '.data_sources | keys[]')
    behave '{"creates": "documented"}'
    exits 0 "$ST2PLECTO" upload sales --no-input "${connection[@]}"
    equals sent "$(control GET /state | jq -r '.log[-1].sources[]')" "$SOURCE"
}

@test "the whole matrix over HTTP, a part of it by day: bodies and proxies' pages, statuses, lists; confirmed wrongly 0" {
    local count every=23
    [ -z "${NIGHTLY:-}" ] || every=1
    mkdir folders matrix
    for count in 1 2 99 100; do sales_folder folders/$count $count; done
    run "$PY" "$E2E/matrix_upload.py" "$ST2PLECTO" folders credentials.json matrix --every $every
    printf '# %s\n' "${lines[@]}" >&3
    [ "$status" -eq 0 ]
    has "$output" 'confirmed wrongly 0'
    if grep -q 'confirmed 0,' <<<"$output"; then false; fi
}
