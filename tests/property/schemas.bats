#!/usr/bin/env bats
# Laws that hold for every schema (schemas.py): random records that are right by it convert without an issue and with a balanced
# ledger, and one damaged cell gives exactly one issue, at its place. The records are made by tests/tools/random_records,
# which reads the schema itself, so a mistake in the program's reader cannot hide itself.

load ../cli/helper

setup() {
    common_setup
    python_with json
    RANDOM_RECORDS=${RANDOM_RECORDS:-$(dirname "$ST2PLECTO")/tools/random_records}
    [ -x "$RANDOM_RECORDS" ] || RANDOM_RECORDS=$ROOT/build/tools/random_records
    export RANDOM_RECORDS ST2PLECTO ROOT # SEEDS="4 5 6" tries others
}

laws() { "$PYTHON" "$ROOT/tests/property/schemas.py" "$@" >&2; }

@test "random right records of every schema: web export" { laws right csv; }

@test "random right records of every schema: list answer" { laws right list; }

@test "random right records of every schema: export feed" { laws right export; }

@test "random right records of every schema: one record a line" { laws right lines; }

@test "one amount that is no number is one issue at its place" { laws damage number; }

@test "one day that does not exist is one issue at its place" { laws damage date; }

@test "one empty ID is one issue at its place" { laws damage id; }

@test "one empty employee is one issue at its place" { laws damage employee; }

@test "one yes or no that is neither is one issue at its place" { laws damage boolean; }

@test "one length of time that is none is one issue at its place" { laws damage duration; }
