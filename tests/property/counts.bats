#!/usr/bin/env bats
# Laws over the whole of result.json and its notes: what a run adds up over rows, blocks, files and workers is what
# counts.py counts another way. A sum that is dropped, or overwritten in place of added to, fails one of them.

load ../cli/helper

setup() {
    common_setup
    python_with json
}

law() { "$PYTHON" "$BATS_TEST_DIRNAME/counts.py" "$1"; }

@test "every figure of result.json and its notes is what the rows were made to give" { law counts; }

@test "several files give the result of one, many blocks that of one, four workers that of one" { law same; }

@test "totals by day, week and month are those of the rows" { law totals; }

@test "what columns prove, states, companions and total rows hold over all files" { law proofs; }
