#!/usr/bin/env bats
# Every figure of result.json obeys a law (result_laws.py), and a figure that does not is noticed.

load ../cli/helper

setup() {
    common_setup
    python_with decimal
    laws=$BATS_TEST_DIRNAME/result_laws.py
}

@test "every sample, as rows and by month: each figure obeys its law" {
    for sample in $(some "$ROOT"/samples/*/{good,bad}.*); do
        for by in row month; do
            folder=${sample#"$ROOT"/samples/}-$by
            folder=${folder//\//-}
            "$ST2PLECTO" convert -q --by $by --tz America/Chicago --on-error reject --fail-on never -o "$folder" "$sample" >/dev/null 2>said ||
                [ -e "$folder/result.json" ] || { echo "$sample: $(cat said)" >&2 && return 1; }
        done
    done
    run "$PYTHON" "$laws" ./*/
    [ "$status" -eq 0 ] || { printf '%s\n' "$output" >&2 && return 1; }
    [[ ${lines[-1]} =~ ^([0-9]+)\ results,\ ([0-9]+)\ laws,\ 0\ broken$ ]]
    [ "${BASH_REMATCH[1]}" -ge "$(by_night 150 25)" ]
    [ "${BASH_REMATCH[2]}" -ge "$(by_night 20000 3000)" ]
}

@test "each number of a result, changed by one, breaks a law" {
    "$ST2PLECTO" convert -q --active-only --tz America/Chicago --on-error reject --fail-on never -o out "$ROOT/samples/jobs/bad.csv" >/dev/null
    "$PYTHON" - "$laws" <<'PY'
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("result_laws", sys.argv[1])
laws = importlib.util.module_from_spec(spec)
spec.loader.exec_module(laws)

def numbers(value, path=()):
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers(inner, path + (key,))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from numbers(inner, path + (place,))
    elif isinstance(value, int) or (isinstance(value, str) and path[-2:-1] in (("sums",),) or path[:2] == ("ledger", "columns") and path[-1] != "title"):
        yield path

whole = laws.Check("out")
assert not whole.all(), whole.broken
# Facts: no arithmetic binds them, nor where in a file an example stands.
free = {"rules", "exit_code", "header_row", "row", "line", "last_line", "column", "not_sent", "compared", "places", "file"}
tried, unseen = 0, []
for path in numbers(whole.result):
    if path[-1] in free or path[0] == "active": # --active-only binds the sums only where they are sent
        continue
    check = laws.Check("out")
    place = check.result
    for key in path[:-1]:
        place = place[key]
    was = place[path[-1]]
    place[path[-1]] = was + 1 if isinstance(was, int) else str(laws.Decimal(was) + 1)
    try:
        broken = check.all()
    except Exception as error:
        broken = [error]
    tried += 1
    if not broken:
        unseen.append(path)
print(tried, "tried;", len(unseen), "unseen", unseen)
sys.exit(1 if unseen or tried < 100 else 0)
PY
}

@test "a key without a law is refused" {
    "$ST2PLECTO" convert -q --tz America/Chicago -o out "$ROOT/samples/jobs/good.csv" >/dev/null
    jq '.ledger.rows.lost = 3 | .wonder = 1' out/result.json >changed
    mv changed out/result.json
    run "$PYTHON" "$laws" out
    [ "$status" -eq 1 ]
    has "$output" "no law for the key: wonder"
    has "$output" "the sides of the ledger"
}
