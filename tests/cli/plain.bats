#!/usr/bin/env bats
# No text from outside reaches a terminal or a page as it is if it steers one: control characters (C0 and C1), signs that
# turn the direction of writing, invisible ones, and bytes that are no UTF-8 are shown escaped, by every command in every
# form that a person reads. Data files keep them.
# By day a part, all where the change touches: src/render src/base src/cli

load helper

setup() {
    common_setup
    HIDDEN=$(hidden_text)
}

# plain_run COMMAND…: what it prints is plain; any exit code but a crash's.
plain_run() {
    run_split "$ST2PLECTO" "$@"
    [ "$status" -lt 126 ] || { echo "exit $status: $*" >&2 && return 1; }
    is_plain "$WORK/.out" "$WORK/.err" || { printf 'of: %q\n' "$*" >&2 && return 1; }
}

# read_run COMMAND…: the same of a run that must come to its report: exit 0, 1 or 8.
read_run() {
    plain_run "$@" || return 1
    [ "$status" -le 1 ] || [ "$status" -eq 8 ] || { printf 'exit %s of: %q\n%s\n' "$status" "$*" "$err" >&2 && return 1; }
}

# hidden_csv FILE: good and bad rows, hidden characters in the title, labels, IDs, names, values, a total row.
hidden_csv() {
    {
        printf 'Report %s\n' "$HIDDEN"
        printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Status,Cust %s,Cust %s\n' "$HIDDEN" "$HIDDEN"
        printf '1%s,Ana %s,10/20/2025,$5.00,%s,x,y\n' "$HIDDEN" "$HIDDEN" "$HIDDEN"
        printf '2,Ana %s,10/20/2025,%s,%s,x,y\n' "$HIDDEN" "$HIDDEN" "$HIDDEN"
        printf '3,ANA %s,%s,$7.00,%s,x,y\n' "$HIDDEN" "$HIDDEN" "$HIDDEN"
        printf '1%s,Bo,10/20/2025,$5.00,,x,y\n' "$HIDDEN"
        printf '4,"Bo %s, Cy %s",10/20/2025,$5.00,%s,x,y\n' "$HIDDEN" "$HIDDEN" "$HIDDEN"
        printf '5,Bo,%s,$8.00,short\n' "$HIDDEN"
        printf ',,,$9999.00,,,\n'
    } >"$1"
}

# hidden_schema FILE: the built-in jobs as a schema of one's own, hidden characters in its texts.
hidden_schema() {
    "$ST2PLECTO" schema show jobs | jq --arg hidden "$HIDDEN" \
        '.title += $hidden | .description += $hidden | .plecto.title += $hidden
         | .fields[4].description += $hidden | .fields += [{"name": ("Own " + $hidden), "type": "string"}]' >"$1"
}

FORMATS=(text json jsonl html junit github markdown)

@test "convert and validate: every form of the report, from CSV, JSON and workbooks" {
    file="in ${HIDDEN}.csv"
    hidden_csv "$file"
    jq -n --arg hidden "$HIDDEN" '[{"Job #": ("1" + $hidden), "Primary Technician": ("Ana " + $hidden), "Completion Date": $hidden,
        "Jobs Subtotal": $hidden, ("Own " + $hidden): 1}, {("Own " + $hidden): $hidden}, $hidden]' >"in ${HIDDEN}.json"
    printf '\377\376broken' >>"$file"
    reports=()
    for format in "${FORMATS[@]}"; do reports+=(--format "$format=$format.out"); done
    for input in "$file" "in ${HIDDEN}.json"; do
        for arguments in "" "-v --show-row --show-private --on-error reject" "--by day --per employee,Status --on-error reject" "--several split"; do
            # shellcheck disable=SC2086 # words
            read_run convert --schema jobs --no-config --date-order mdy --force -o "out $HIDDEN" $arguments "${reports[@]}" "$input"
            is_plain ./*.out "out $HIDDEN/result.json" "out $HIDDEN/receipt.json"
            rm ./*.out
        done
        for format in "${FORMATS[@]}"; do
            read_run validate --schema jobs --format "$format" "$input"
        done
    done
    python3 -c 'import xml.etree.ElementTree as t; t.parse(".out")' || {
        plain_run validate --schema jobs --format junit "$file"
        python3 -c 'import xml.etree.ElementTree as t; t.parse(".out")'
    }
}

@test "data stay as they came: import.csv, registrations.jsonl, rejected.csv, and strings of the JSON reports" {
    hidden_csv in.csv
    run_split "$ST2PLECTO" convert --no-config --schema jobs --date-order mdy --on-error reject --show-private -o out in.csv
    name=$(printf 'Ana %s' "$HIDDEN")
    grep -qF "$name" out/import.csv
    [ "$(jq -rs '.[0].member_name' out/registrations.jsonl)" = "$name" ]
    grep -qF "$HIDDEN" out/rejected.csv
    [ "$(jq -r '.people[0].name' out/result.json)" = "$name" ]
    run_split "$ST2PLECTO" report --format json out/result.json
    [ "$(jq -r '.people[0].name' <"$WORK/.out")" = "$name" ]
    # a form says what it hides
    run_split "$ST2PLECTO" report out/result.json
    has "$out" '\x1b[31m\u009b31m\u202eb\u2066\u061c\u200b\ue0001z'
    run_split "$ST2PLECTO" report --format markdown out/result.json
    has "$out" '\\x1b\[31m\\u009b31m\\u202eb'
    run_split "$ST2PLECTO" report --format github out/result.json
    has "$out" '\u009b31m\u202eb'
}

@test "report: whatever string of result.json is changed" {
    hidden_csv in.csv
    exits 8 "$ST2PLECTO" convert -q --no-config --schema jobs --date-order mdy --on-error reject --show-private -o out in.csv >/dev/null
    reports=(--max-issues 100)
    for format in "${FORMATS[@]:1}"; do reports+=(--format "$format=$format.out"); done
    jq -c 'paths(type == "string")' out/result.json >paths
    jq -cn --arg hidden "$HIDDEN" --slurpfile paths paths --slurpfile result out/result.json \
        '$result[0] as $result | $paths | unique_by(map(if type == "number" then 0 else . end))[]
         | . as $path | $result | setpath($path; getpath($path) + $hidden)' >changed
    [ "$(wc -l <changed)" -gt 40 ]
    while IFS= read -r line; do
        printf '%s' "$line" >result.json
        plain_run report -v --force "${reports[@]}" result.json
        [ "$status" -ge 2 ] || is_plain ./*.out
    done < <(awk -v step="$(by_night 1 3)" 'NR % step == 1 % step' changed)
}

@test "inspect, schema, explain, help and what is refused" {
    file="in ${HIDDEN}.csv"
    hidden_csv "$file"
    hidden_schema own.json
    mkdir schemas && cp own.json "schemas/own.json"
    for arguments in "inspect" "inspect --show-values" "inspect --format json" "inspect --color always" "schema init"; do
        # shellcheck disable=SC2086 # words
        run_split "$ST2PLECTO" $arguments "$file"
        sed -e 's/\x1b\[[01]m//g' "$WORK/.out" >shown # our own bold
        is_plain shown "$WORK/.err"
    done
    for arguments in "inspect --schema-dir schemas" "validate --schema ./own.json" "validate -v --schema own --schema-dir schemas"; do
        # shellcheck disable=SC2086 # words
        read_run $arguments "$file"
    done
    read_run schema list --schema-dir schemas
    read_run schema show own --schema-dir schemas
    diff <(jq -S . <"$WORK/.out") <(jq -S . own.json)
    jq --arg hidden "$HIDDEN" '.fields[0].type = $hidden | .plecto.near = $hidden' own.json >"wrong $HIDDEN.json"
    plain_run schema lint "wrong $HIDDEN.json"
    plain_run validate --schema "./wrong $HIDDEN.json" "$file"
    plain_run explain "$HIDDEN"
    for arguments in --schema --tz --by --per --period --date --roster --with --sheet --encoding --format --to --config --fixes --id --field; do
        plain_run convert -n "$arguments" "$HIDDEN" "$file"
        plain_run convert -n "$arguments=$HIDDEN" "$file"
    done
    plain_run "$HIDDEN"
    plain_run "--$HIDDEN"
    plain_run convert "--$HIDDEN" "$file"
    plain_run convert -o out "no $HIDDEN"
    plain_run report "no $HIDDEN"
    jq -n --arg hidden "$HIDDEN" '{convert: {schema: $hidden, ("k" + $hidden): $hidden}}' >st2plecto.json
    plain_run convert -n "$file"
    printf '{"convert": {"schema": "%s"' "$HIDDEN" >st2plecto.json
    plain_run convert -n "$file"
}

@test "people, companions, fixes and sheets" {
    hidden_csv in.csv
    jq -n --arg hidden "$HIDDEN" '[{id: 1, soldById: 7, soldOn: "2025-10-20T10:00:00Z", name: $hidden, total: 5}]' >estimates.json
    printf 'id,name\n7,Ana %s\n7,Bo %s\n,%s\n' "$HIDDEN" "$HIDDEN" "$HIDDEN" >"roster $HIDDEN.csv"
    read_run convert -n -v --schema estimates --tz UTC --roster "roster $HIDDEN.csv" estimates.json
    read_run convert -n -v --schema jobs --date-order mdy --roster "roster $HIDDEN.csv" in.csv
    plain_run convert -n --schema jobs --date-order mdy --with "jobs=roster $HIDDEN.csv" in.csv
    printf 'schema,id,field,old,new,who,when,why\njobs,2,Jobs Subtotal,%s,5,%s,%s,%s\njobs,%s,%s,,x,,,\n' \
        "$HIDDEN" "$HIDDEN" "$HIDDEN" "$HIDDEN" "$HIDDEN" "$HIDDEN" >"fixes $HIDDEN.csv"
    plain_run convert -n -v --schema jobs --date-order mdy --fixes "fixes $HIDDEN.csv" in.csv
    sed -i '$d' "fixes $HIDDEN.csv"
    plain_run convert -n -v --schema jobs --date-order mdy --fixes "fixes $HIDDEN.csv" in.csv
    python_with openpyxl
    "$PYTHON" - <<'PY'
import openpyxl
name = "S\u009b31m\u202ex\u2066"  # C0 is not in XML
book = openpyxl.Workbook()
sheet = book.active
sheet.title = name
sheet.append(["Job #", "Primary Technician", "Completion Date", "Jobs Subtotal", name])
sheet.append(["1" + name, "Ana " + name, "10/20/2025", name, name])
book.create_sheet("Other" + name).append(["Job #", "Primary Technician", "Completion Date"])
book["Other" + name].append(["2", "Ana", "10/20/2025"])
book.save("in.xlsx")
PY
    for arguments in "inspect" "inspect --format json" "validate --schema jobs" "validate --schema jobs -v --format markdown" \
        "validate --schema jobs --format junit" "validate --schema jobs --format github"; do
        # shellcheck disable=SC2086 # words
        read_run $arguments in.xlsx
    done
    plain_run validate --schema jobs --sheet x in.xlsx
}

@test "apply: decisions about rows with such texts" {
    python_with openpyxl
    mark=$(printf '\302\23331m\342\200\256z')
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal\n1%s,Ana %s,10/20/2025,%s\n2,Ana,10/20/2025,5\n' "$mark" "$mark" "$mark" >"in $mark.csv"
    exits 8 "$ST2PLECTO" convert -q --no-config --schema jobs --date-order mdy --on-error reject --to csv,review -o "out $mark" "in $mark.csv" >/dev/null
    "$PYTHON" - "out $mark/review.xlsx" "edited $mark.xlsx" "$mark" <<'PY'
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
for sheet, column, text in (("Rejected", "Jobs Subtotal", "12.00"), ("Rows", "Jobs Subtotal", sys.argv[3])):
    rows = book[sheet]
    columns = {cell.value: cell.column for cell in rows[1]}
    rows.cell(2, columns["Decision"]).value = "fix"
    rows.cell(2, columns["Why"]).value = sys.argv[3]
    rows.cell(2, columns[column]).value = text
book.save(sys.argv[2])
PY
    read_run apply --no-config --date-order mdy -n "edited $mark.xlsx"
    has "$out" '\u009b31m\u202ez'
    read_run apply --no-config --date-order mdy -o "fixes $mark.csv" "edited $mark.xlsx"
    plain_run apply --no-config "no $mark.xlsx"
}

@test "plan: text, JSON and page of a folder with such texts" {
    hidden_csv in.csv
    exits 8 "$ST2PLECTO" convert -q --no-config --schema jobs --date-order mdy --on-error reject --tz America/Chicago -o "out $HIDDEN" in.csv >/dev/null
    for arguments in "" "-v" "--format json" "--format html" "--max-age 365d"; do
        # shellcheck disable=SC2086 # words
        read_run plan "out $HIDDEN" --journal "journal $HIDDEN.db" $arguments
    done
    plain_run plan "out $HIDDEN" --journal "$HIDDEN/no.db" --data-source "$HIDDEN"
    plain_run upload "out $HIDDEN" --journal j.db --data-source "$HIDDEN" --no-input
    plain_run verify "no $HIDDEN" --journal j.db
    plain_run datasource create "out $HIDDEN" --journal j.db --title "$HIDDEN" --no-input --credentials "$HIDDEN"
    plain_run datasource "$HIDDEN"
}

@test "commands to paste are exact: a word with hidden characters is quoted as the shell reads it" {
    file=$(printf "in'\\\\ \302\2339\342\200\256.csv")
    jobs_csv "$file"
    plain_run inspect "$file"
    next=$(sed -n 's/^Next: //p' "$WORK/.out")
    has "$next" '\302\2339\342\200\256.csv'
    words=()
    eval "words=(${next#st2plecto })"
    [ "${words[${#words[@]} - 1]}" = "$file" ] || printf '%s\n' "${words[@]}" | grep -qxF "$file"
    run_split "$ST2PLECTO" "${words[@]}"
    [ "$status" -eq 0 ]
}
