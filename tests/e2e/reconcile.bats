#!/usr/bin/env bats
# reconcile.bats: an export against the journal of uploads: what was sent, what was not.

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
    mkdir archive
    mv sales.csv archive/old.csv
    exits 0 "$ST2PLECTO" trace "$id" sales
    has "$out" "add --inputs DIR"
    exits 0 "$ST2PLECTO" trace "$id" sales --inputs archive
    has "$out" "archive/old.csv, row 2"
    exits 1 "$ST2PLECTO" trace nobody sales
}
