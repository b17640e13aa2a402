#!/usr/bin/env bats
# The schema files themselves: clean, documented, and the same to tools that are not ours.

load helper

setup() {
    common_setup
    cd "$ROOT"
}

@test "every schema passes schema lint without a finding" {
    for file in schemas/*.json; do
        [ "$file" = schemas/report.schema.json ] && continue
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
        grep -qF "$title" README.md || { echo "README: no $title"; return 1; }
    done
}

@test "the table in schemas/README.md is what the schemas say" {
    scripts/schema-table --check
    # and would be found out if it were not
    cp -r schemas scripts "$WORK"
    sed -i 's/"Jobs Total", "type"/"Jobs Sum", "type"/' "$WORK/schemas/jobs.json"
    run "$WORK/scripts/schema-table" --check
    [ "$status" -eq 1 ]
}

@test "public validators accept every schema" {
    run scripts/check-schemas
    echo "$output"
    [ "$status" -ne 3 ] || skip "python3-jsonschema is not installed"
    [ "$status" -eq 0 ]
}

# Each damage is a jq program; our lint and the JSON Schema must both refuse the outcome.
@test "JSON Schema and lint refuse the same mistakes" {
    scripts/check-schemas > /dev/null || skip "python3-jsonschema is not installed"
    number=0
    while read -r damage; do
        number=$((number + 1))
        jq "$damage" schemas/jobs.json > "$WORK/damaged.json"
        run "$ST2PLECTO" schema lint "$WORK/damaged.json"
        [ "$status" -eq 2 ] || { echo "lint accepts $damage"; return 1; }
        CHECK_SCHEMAS="$WORK/damaged.json" run scripts/check-schemas
        [ "$status" -eq 1 ] || { echo "JSON Schema accepts $damage: $output"; return 1; }
    done << 'JQ'
.plecto.exploded = "items"
.plecto.date = "month"
.plecto.listed = "some"
.plecto.joins[0].people = "all"
.plecto.joins[0].on = ["Job ID"]
.plecto.joins[0].fields = {"Jobs Total": "x"}
.plecto.joins[0] |= del(.with)
.plecto.joins[1].shares = "Split"
.fields[0].plecto.role = "identity"
.fields[0].type = "text"
.fields[0].type = "number"
.fields[0].plecto.several = "many"
.fields[2].plecto.commas = "yes"
.fields[5].plecto.derive = {"minus": ["a", "b"]}
.fields[5].plecto.derive = {"subtract": ["Jobs Total"]}
.fields[5].plecto.derive = {}
.fields[0].label = "x"
.fields = []
del(.name)
JQ
    [ "$number" -ge 19 ]
}
