#!/usr/bin/env bats
# Laws that hold for every schema: random records that are right by it convert without an issue and with a balanced
# ledger, and one damaged cell gives exactly one issue, at its place. The records are made by tests/tools/random_records,
# which reads the schema itself.

load ../cli/helper

setup() {
    common_setup
    random_records=${RANDOM_RECORDS:-$(dirname "$ST2PLECTO")/tools/random_records}
    [ -x "$random_records" ] || random_records=$ROOT/build/tools/random_records
    records=40
    local night=${NIGHTLY:+1 2 3}
    read -ra seeds <<<"${SEEDS:-${night:-1}}" # SEEDS="4 5 6" tries others
    "$random_records" roster >roster.csv
}

schemas() {
    for schema in "$ROOT"/schemas/*.json; do
        [ "${schema##*/}" = report.schema.json ] || echo "$schema"
    done
}

# Fills $given with the options without which right records of this schema in this format lack something.
options_for() { # options_for SCHEMA FORMAT SEED
    given=(--schema "$1" --tz America/Phoenix)
    [ "$2" = csv ] || given+=(--roster roster.csv) # API records often name people by ID only
    # whether a candidate for the employee stands in such a file: a column, or a path of the seed's shape
    local reach
    reach=$(jq -r --arg format "$2" --argjson seed "$3" '
        (.plecto.shapes // [""] | length) as $shapes | .plecto as $plecto
        | [.fields[] | .plecto // {} | select(.role == "employee" or .role == "employee-name")
           | if $format == "csv" then select(.derive | not)
             else .path | if type == "array" then .[$seed % $shapes] else . end
                  | select(. != null and (($format == "export" and $plecto.explode and startswith("../")) | not)) end]
        | length' "$1")
    if [ "$reach" -eq 0 ] && [ "$(jq '.plecto | has("employee")' "$1")" = false ]; then
        given+=(--default-employee Office)
    fi
    if jq -e '.plecto.date == "period" or (.plecto.id // "" | contains("{period}"))' "$1" >/dev/null; then
        given+=(--period 2024-01-01..2026-12-31)
    fi
}

# Makes $WORK/FILE, sets $file; status 3: the schema has no such records.
make_records() { # make_records SCHEMA SEED FORMAT [--damage KIND]
    local code=0
    file=$(basename "$1" .json)-$2.$([ "$3" = csv ] && echo csv || echo json)
    "$random_records" "$1" "$2" "$records" "${@:3}" >"$file" 2>place.json || code=$?
    [ "$code" -eq 0 ] || [ "$code" -eq 3 ] || cat place.json >&2
    return "$code"
}

# Rows and empty lists of $file, counted by another program: "ROWS EMPTY".
rows_of() { # rows_of SCHEMA FORMAT
    local explode
    explode=$(jq -r '.plecto.explode // ""' "$1")
    if [ "$2" = csv ] || [ -z "$explode" ] || [ "$2" = export ]; then
        echo "$records 0"
        return
    fi
    # a list answer, or one record a line
    jq -rs --arg explode "$explode" '
        (if (.[0] | has("hasMore")) then .[0].data else . end)
        | map(getpath($explode | split(".")) // [] | length)
        | "\(add) \(map(select(. == 0)) | length)"' "$file"
}

# What the program says of $file as $result, its exit code as $status.
validate() {
    status=0
    result=$("$ST2PLECTO" validate "${given[@]}" --format json "$file" 2>.err) || status=$?
}

complain() { # complain WHAT: tells the case, keeps its file's head for a look
    wrong=$((wrong + 1))
    {
        echo "$1: ${given[*]} $file (exit $status)"
        cat .err
        jq -c '.issues.causes[]? | [.code, .field, .count, .examples[0].line, .examples[0].column, .examples[0].text]' <<<"$result"
        jq -c '.ledger.rows' <<<"$result"
    } >&2 2>&1 || true
}

right_records_convert() { # right_records_convert FORMAT
    local schema seed rows empty code checked=0
    wrong=0
    while read -r schema; do
        for seed in "${seeds[@]}"; do
            code=0
            make_records "$schema" "$seed" "$1" || code=$?
            [ "$code" -ne 3 ] || continue
            [ "$code" -eq 0 ]
            options_for "$schema" "$1" "$seed"
            read -r rows empty <<<"$(rows_of "$schema" "$1")"
            validate
            checked=$((checked + 1))
            [ "$status" -eq 0 ] || { complain 'refused' && continue; }
            jq -e '.issues.causes == []' <<<"$result" >/dev/null || { complain 'false issue' && continue; }
            jq -e --argjson rows "$rows" --argjson empty "$empty" '
                .ledger.balanced and .ledger.rows.in == $rows + $empty and .ledger.rows.written == $rows
                and .ledger.rows.empty_lists == $empty' <<<"$result" >/dev/null ||
                { complain "not $rows rows and $empty empty lists" && continue; }
        done
    done < <(schemas)
    echo "$checked files, $wrong wrong" >&2
    [ "$checked" -ge $((${#seeds[@]} * 15)) ] && # so that leaving all out is no success
         [ "$wrong" -eq 0 ]
}

@test "random right records of every schema: web export" {
    right_records_convert csv
}

@test "random right records of every schema: list answer" {
    right_records_convert list
}

@test "random right records of every schema: export feed" {
    right_records_convert export
}

@test "random right records of every schema: one record a line" {
    right_records_convert lines
}

# By day each kind of damage goes to a third of the schemas, each kind to another, so that each schema gets two.
damaged_schemas() { # damaged_schemas KIND
    local kinds=' number date id employee boolean duration ' before
    before=${kinds%%" $1 "*}
    schemas | awk -v step="$([ -n "${NIGHTLY:-}" ] && echo 1 || echo 3)" -v kind="$(wc -w <<<"$before")" 'NR % step == kind % step'
}

one_damage_is_one_issue() { # one_damage_is_one_issue KIND CODES MINIMUM: CODES as a jq list of those
    # allowed, MINIMUM of files for each seed and all schemas
    local schema seed format code checked=0 least=$3
    if [ -z "${NIGHTLY:-}" ]; then least=$(($3 / 4)); fi
    wrong=0
    while read -r schema; do
        for format in csv list; do
            for seed in "${seeds[@]}"; do
                code=0
                make_records "$schema" "$seed" "$format" --damage "$1" || code=$?
                [ "$code" -ne 3 ] || continue
                [ "$code" -eq 0 ]
                options_for "$schema" "$format" "$seed"
                # a person by option is no missing one
                [ "$1" != employee ] || [[ " ${given[*]} " != *' --default-employee '* ]] || continue
                validate
                checked=$((checked + 1))
                # an open record without a person is not yet anybody's, where the schema says so
                if [ "$1" = employee ] && jq -e 'has("plecto") and (.plecto | has("open"))' "$schema" >/dev/null &&
                    [ "$(jq .ledger.rows.not_yet <<<"$result")" = 1 ]; then
                    continue
                fi
                [ "$status" -eq 1 ] || { complain "damage to $1 not told, exit not 1" && continue; }
                # the program names a column by its label, an API field by its path
                jq -e --argjson codes "$2" --slurpfile place place.json --arg format "$format" '
                    $place[0] as $place | .issues.errors == 1 and .ledger.balanced and .ledger.rows.rejected == 1
                    and (.issues.causes | length == 1) and (.issues.causes[0]
                        | (.code as $code | $codes | index($code)) != null and .count == 1
                          and (.field == $place.field or (.field | sub(".*\\[\\*\\]\\."; "")) == ($place.path | sub("^\\.\\./"; "")))
                          and .examples[0].line == $place.line and .examples[0].column == $place.column)' \
                    <<<"$result" >/dev/null || { complain "one $1 damaged at $(cat place.json)" && continue; }
            done
        done
    done < <(damaged_schemas "$1")
    echo "$checked files, $wrong wrong" >&2
    [ "$checked" -ge $((${#seeds[@]} * least)) ]
    [ "$wrong" -eq 0 ]
}

@test "one amount that is no number is one issue at its place" {
    one_damage_is_one_issue number '["E301"]' 24
}

@test "one day that does not exist is one issue at its place" {
    one_damage_is_one_issue date '["E304", "E305"]' 28
}

@test "one empty ID is one issue at its place" {
    one_damage_is_one_issue id '["E202"]' 28
}

@test "one empty employee is one issue at its place" {
    one_damage_is_one_issue employee '["E201"]' 12
}

@test "one yes or no that is neither is one issue at its place" {
    one_damage_is_one_issue boolean '["E307"]' 26
}

@test "one length of time that is none is one issue at its place" {
    one_damage_is_one_issue duration '["E308"]' 2
}
