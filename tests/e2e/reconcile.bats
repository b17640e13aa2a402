#!/usr/bin/env bats
# reconcile.bats: an export against the journal of uploads: what was sent, what was not.
# By day a part, all where the change touches: src/reconcile tests/e2e

load upload_helper

setup_file() { make_certificates; }
setup() { upload_setup; }
teardown() { upload_teardown; }

@test "what was sent is compared with the export, and what is new is not sent yet" {
    start_server
    sales_folder sales 30
    know_source sales
    exits 0 upload sales
    exits 0 "$ST2PLECTO" reconcile sales.csv --journal .st2plecto/journal.db --no-config --schema "$(jq -r .schema.name sales/receipt.json)"
    has "$out" "The two sides are the same"
    exits 0 "$ST2PLECTO" reconcile sales .st2plecto/journal.db --no-config
    head -21 sales.csv >fewer.csv
    exits 1 "$ST2PLECTO" reconcile fewer.csv --journal .st2plecto/journal.db --no-config --format json --schema "$(jq -r .schema.name sales/receipt.json)"
    jq -e '.explanations[0].cause == "stale" and .sides.right.kind == "journal"' <<<"$out"
}

@test "a registration is traced from its row to what Plecto answered" {
    start_server
    sales_folder sales 5
    know_source sales
    exits 0 upload sales
    id=$(sed -n 2p sales/import.csv | cut -d, -f1)
    exits 0 "$ST2PLECTO" trace "$id" sales --journal .st2plecto/journal.db
    has "$out" "Registration in sales"
    has "$out" "sales.csv, row 2"
    has "$out" "confirmed by Plecto"
    has "$out" "All times it was sent"
    [[ $out =~ 20[0-9-]+T[0-9:]+Z\ +HTTP\ 20[0-9],\ confirmed ]]
    mkdir archive
    mv sales.csv archive/old.csv
    exits 0 "$ST2PLECTO" trace "$id" sales
    has "$out" "add --inputs DIR"
    exits 0 "$ST2PLECTO" trace "$id" sales --inputs archive
    has "$out" "archive/old.csv, row 2"
    exits 1 "$ST2PLECTO" trace nobody sales
}

@test "the right side is fetched from Plecto, page by page, and only the days of the left side count" {
    start_server
    sales_folder sales 250
    know_source sales
    exits 0 upload sales
    schema=$(jq -r .schema.name sales/receipt.json)
    behave '{"page_size": 60}'
    exits 0 "$ST2PLECTO" reconcile sales --data-source "$SOURCE" "${connection[@]}" --no-config
    has "$out" "The two sides are the same"
    hasnt "$out" "changed while they were read"
    behave '{"page_size": 60, "shifts": 3}'
    exits 0 "$ST2PLECTO" reconcile sales --data-source "$SOURCE" "${connection[@]}" --no-config
    has "$out" "The two sides are the same"
    has "$out" "changed while they were read"
    behave '{"page_size": 60, "shifts": 0, "goes": 2}'
    exits 1 "$ST2PLECTO" reconcile sales --data-source "$SOURCE" "${connection[@]}" --no-config --format json
    jq -e '.sides.right.changed_while_read and .sides.right.rows == 248' <<<"$out"
    behave '{"page_size": 60, "goes": 0}'
    head -201 sales.csv >fewer.csv
    exits 1 "$ST2PLECTO" reconcile fewer.csv --data-source "$SOURCE" "${connection[@]}" --no-config --schema "$schema" \
        --period 2025-01-01..2025-12-31 --format json
    jq -e '.explanations[0].cause == "stale" and .sides.right.kind == "plecto-answer" and .sides.right.rows == 250' <<<"$out"
}

@test "what cannot be fetched is said, and no secret is" {
    start_server
    sales_folder sales 5
    know_source sales
    exits 0 upload sales
    jq '.password = "wrong"' credentials.json >wrong.json
    chmod 600 wrong.json
    exits 6 "$ST2PLECTO" reconcile sales --data-source "$SOURCE" "${connection[@]}" --credentials wrong.json --no-config
    hasnt "$err" wrong\"
    exits 2 "$ST2PLECTO" reconcile sales sales.csv --data-source "$SOURCE" --no-config
    exits 2 "$ST2PLECTO" reconcile sales --data-source "$SOURCE" --journal .st2plecto/journal.db --no-config
}
