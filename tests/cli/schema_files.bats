#!/usr/bin/env bats
# The schema files themselves: clean, documented, and the same to tools that are not ours.
# By day a part, all where the change touches: schemas src/schema

load helper

setup() {
    common_setup
    cd "$ROOT"
}

@test "every schema passes schema lint without a finding" {
    for file in schemas/*.json; do
        case $file in *.schema.json) continue ;; esac
        run "$ST2PLECTO" schema lint "$file"
        [ "$status" -eq 0 ]
        [ "$output" = "$file: fine" ]
        jq -e '.plecto | (.title | startswith("ServiceTitan ")) and .endpoint and .source and (.signature | length > 1)' "$file" > /dev/null
    done
}

@test "all seventeen data types of Plecto's integration are there" {
    for title in Calls Campaigns "Campaigns Costs" "Customer Memberships" Customers "Estimate items" Estimates \
        "Invoice items" Invoices "Job assignments" "Job splits" Jobs "Jobs Timesheets" Materials "Membership Types" \
        Reviews Services; do
        grep -qF "\"title\": \"ServiceTitan $title\"" schemas/*.json || { echo "no $title"; return 1; }
        grep -qF "| $title | " schemas/README.md
        grep -qF "$title" src/manual/reference/input.md || { echo "input.md: no $title"; return 1; }
    done
}

# need_json_schema: skips the test where the public validator is not installed.
need_json_schema() {
    bash -c '. scripts/lib.sh && has_package python3-jsonschema' ||
        without "python3-jsonschema is not installed: scripts/check-schemas --install"
}

@test "the table in schemas/README.md is what the schemas say" {
    scripts/schema-table --check
    # and would be found out if it were not
    cp -r schemas scripts "$WORK"
    sed -i 's/"Jobs Total", "type"/"Jobs Sum", "type"/' "$WORK/schemas/jobs.json"
    run "$WORK/scripts/schema-table" --check
    [ "$status" -eq 1 ]
    has "$output" "Jobs Sum sum"
    has "$output" "scripts/schema-table --write makes it anew"
    # --write mends it, and touches nothing else
    run "$WORK/scripts/schema-table" --write
    [ "$status" -eq 0 ]
    "$WORK/scripts/schema-table" --check
    diff <(sed '/^| Jobs |/d' schemas/README.md) <(sed '/^| Jobs |/d' "$WORK/schemas/README.md")
    [ "$(ls "$WORK/schemas")" = "$(ls schemas)" ]
}

@test "the table: comments in schemas, a README without marks, a broken schema" {
    cp -r schemas scripts "$WORK"
    sed -i 's|^  "name": "calls",|  "name": "calls", // "calls" // of all kinds|' "$WORK/schemas/calls.json"
    grep -q 'of all kinds' "$WORK/schemas/calls.json"
    "$WORK/scripts/schema-table" --check
    sed -i '/^<!-- .schema-table -->$/d' "$WORK/schemas/README.md"
    cp "$WORK/schemas/README.md" "$WORK/before"
    run "$WORK/scripts/schema-table" --write
    [ "$status" -eq 2 ]
    has "$output" "<!-- /schema-table --> must be there once"
    cmp "$WORK/before" "$WORK/schemas/README.md"
    cp schemas/README.md "$WORK/schemas/README.md"
    echo '{' > "$WORK/schemas/jobs.json"
    run "$WORK/scripts/schema-table" --write
    [ "$status" -eq 2 ]
    has "$output" "cannot read schemas/jobs.json"
    cmp schemas/README.md "$WORK/schemas/README.md"
}

@test "JSON Schema: python3-jsonschema accepts every schema" {
    need_json_schema
    run scripts/check-schemas
    echo "$output"
    [ "$status" -eq 0 ]
    number=$(($(ls schemas/*.json | wc -l) - 3)) # three describe schemas, results and gaps
    has "$output" "JSON Schema 2020-12 (python3-jsonschema): $number files are fine"
}

@test "Table Schema: npm's tableschema loads every schema" {
    run scripts/check-schemas
    echo "$output"
    case $output in *"Table Schema: skipped"*) skip "tableschema is not installed: scripts/check-schemas --install" ;; esac
    has "$output" "Table Schema (npm tableschema): $(($(ls schemas/*.json | wc -l) - 2)) files are fine"
    jq '.fields[0].type = "text"' schemas/jobs.json > "$WORK/damaged.json"
    run scripts/check-schemas "$WORK/damaged.json"
    [ "$status" -eq 1 ]
    has "$output" "Table Schema: $WORK/damaged.json: "
}

# variants PREFIX PROGRAM…: what each jq program makes of jobs.json, as $WORK/PREFIX-1.json and so on.
variants() {
    local prefix=$1 line number=0 programs
    shift
    programs=$(printf ', (%s)' "$@")
    while IFS= read -r line; do
        number=$((number + 1))
        printf '%s\n' "$line" >"$WORK/$prefix-$number.json"
    done < <(jq -c "${programs#, }" schemas/jobs.json)
    [ "$number" -eq $# ]
}

# Each line is a jq program that damages jobs.json, and a piece of what lint has to say of it. The JSON Schema must
# refuse the outcome too.
@test "JSON Schema and lint refuse the same mistakes" {
    need_json_schema
    damages=() told=()
    while IFS='~' read -r damage said; do
        damages+=("$damage")
        told+=("$said")
    done << 'JQ'
.plecto.exploded = "items"~exploded
.plecto = [.plecto]~"plecto" at the top of the schema must be an object
.fields[0].plecto = ["id"]~must be an object
.fields[0].constraints = ["unique"]~must be an object
.plecto.joins[0].fields = ["Name"]~must be an object
.plecto.date = "month"~unknown date "month"
.plecto.listed = "some"~unknown listed "some"
.plecto.shapes = []~"shapes"
.plecto.id = "no braces"~names no field
.plecto.joins[0].people = "all"~"people"
.plecto.joins[0].on = ["Job ID"]~"on"
.plecto.joins[0].fields = {"Jobs Total": "x"}~either "people"
.plecto.joins[0] |= del(.with)~"with"
.plecto.joins[1].shares = "Split"~shares
.fields[0].plecto.role = "identity"~unknown role "identity"
.fields[0].type = "text"~unknown type "text"
.fields[0].type = "number"~needs "type": "string"
.fields[0].format = "%m/%d/%Y"~"format"
.fields[0].decimalChar = ","|.fields[0].groupChar = ","~must differ
.fields[0].plecto.several = "many"~unknown several "many"
.fields[0].plecto.several = "split"~"several"
.fields[0].plecto.person = "seller"~"person"
.fields[0].plecto.money = true~"money"
.fields[0].plecto.aggregate = "sum"~"aggregate"
.fields[2].plecto.commas = "yes"~unknown commas "yes"
.fields[5].plecto.derive = {"minus": ["a", "b"]}~minus
.fields[5].plecto.derive = {"subtract": ["Jobs Total"]}~two fields
.fields[5].plecto.derive = {"subtract": ["Jobs Subtotal", "Jobs Total"]}~number or integer
.fields[5].plecto.derive = {}~"derive"
(.fields[]|select(.name == "Jobs Gross Margin %").plecto.aggregate) = {"ratio": ["Jobs Subtotal"]}~"aggregate"
(.fields[]|select(.name == "Jobs Gross Margin %").plecto.aggregate) = "sum"~cannot be summed
(.fields[]|select(.plecto.role == "active").plecto.fallback) = true~"fallback"
.fields |= map(select(.plecto.role != "id"))|.plecto |= del(.joins)~role "id"
.fields |= map(select(.plecto.role != "date"))~role "date"
.fields[0].label = "x"~label
.fields = []~"fields"
del(.name)~"name"
JQ
    [ ${#damages[@]} -eq 37 ]
    variants damaged "${damages[@]}"
    for number in "${!damages[@]}"; do
        run "$ST2PLECTO" schema lint "$WORK/damaged-$((number + 1)).json"
        [ "$status" -eq 2 ] || { echo "lint accepts ${damages[number]}" && return 1; }
        has "$output" "error: " || { echo "for ${damages[number]}" && return 1; }
        has "$output" "${told[number]}" || { echo "for ${damages[number]}" && return 1; }
    done
    run scripts/check-schemas "$WORK"/damaged-*.json
    [ "$status" -eq 1 ]
    for number in "${!damages[@]}"; do
        has "$output" "JSON Schema: $WORK/damaged-$((number + 1)).json: " || { echo "JSON Schema accepts ${damages[number]}" && return 1; }
    done
}

# And neither is stricter than the other: what the format allows passes both.
@test "JSON Schema and lint accept the same schemas" {
    need_json_schema
    changes=()
    while IFS= read -r change; do changes+=("$change"); done << 'JQ'
.plecto.explode = "items"
.plecto.id = "{Job ID}:{employee}:{period}"
.plecto.date = "period"|.fields |= map(select(.plecto.role != "date" and .plecto.derive == null))
.plecto.listed = "all"
.plecto.employee = "ServiceTitan"|del(.plecto.joins)
.plecto.joins[0] |= (del(.share) | .people = "first")
.fields += [{"name": "Region", "type": "string", "plecto": {"path": "customFields[Region]"}}]
.fields += [{"name": "Sold", "type": "date", "plecto": {"path": ["../soldOn"], "role": "date", "fallback": true}}]
.fields += [{"name": "Fee", "type": "integer", "plecto": {"path": "billing[0].fee", "money": true, "places": 4}}]
.fields += [{"name": "Crew", "type": "string", "plecto": {"role": "employee-name", "several": "split", "commas": "people"}}]
.fields += [{"name": "Changed", "type": "datetime", "plecto": {"path": "changedOn", "role": "modified"}}]
.fields += [{"name": "Both", "type": "number", "plecto": {"derive": {"add": ["Jobs Subtotal", "Jobs Total"]}}}]
.fields += [{"name": "Key", "type": "string", "plecto": {"derive": {"hash": ["Job ID", "Jobs Total"]}}}]
.fields += [{"name": "Parts", "type": "integer", "plecto": {"derive": {"count": "parts"}, "aggregate": "sum"}}]
.fields += [{"name": "Weight", "type": "number", "decimalChar": ",", "groupChar": ".", "constraints": {"required": true}}]
JQ
    [ ${#changes[@]} -eq 15 ]
    variants changed "${changes[@]}"
    for number in "${!changes[@]}"; do
        run "$ST2PLECTO" schema lint "$WORK/changed-$((number + 1)).json"
        hasnt "$output" "error: " || { echo "lint refuses ${changes[number]}" && return 1; }
    done
    run scripts/check-schemas "$WORK"/changed-*.json
    hasnt "$output" "JSON Schema: "
    has "$output" "JSON Schema 2020-12 (python3-jsonschema): 15 files are fine"
}

@test "comments are taken out before a validator sees the file" {
    need_json_schema
    sed -e '1s|$| // "first" {|' -e '2s|$| // second, "of" two|' schemas/jobs.json > "$WORK/comments.json"
    echo '// behind it' >> "$WORK/comments.json"
    run "$ST2PLECTO" schema lint "$WORK/comments.json"
    [ "$status" -eq 0 ]
    run scripts/check-schemas "$WORK/comments.json"
    [ "$status" -eq 0 ]
    printf '{"name": "x"\n' > "$WORK/broken.json"
    run scripts/check-schemas "$WORK/broken.json"
    [ "$status" -eq 1 ]
    has "$output" "JSON Schema: $WORK/broken.json: top: "
}

@test "check-schemas: wrong use, and no tool at all" {
    run scripts/check-schemas --instal
    [ "$status" -eq 2 ]
    run scripts/check-schemas nosuch.json
    [ "$status" -eq 2 ]
    has "$output" "cannot read nosuch.json"
    # a folder of commands without python3 and node
    mkdir "$WORK/bin"
    for tool in bash dirname mktemp sed rm; do ln -s "$(command -v $tool)" "$WORK/bin/$tool"; done
    PATH=$WORK/bin run scripts/check-schemas
    [ "$status" -eq 3 ]
    has "$output" "JSON Schema: skipped"
    has "$output" "Table Schema: skipped"
}
