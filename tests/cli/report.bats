#!/usr/bin/env bats
# report and --format: eight renderings of one result.
# By day a part, all where the change touches: src/report src/render

load helper

setup() {
    common_setup
    jobs_csv
    cp "$ROOT/samples/jobs/bad.csv" bad.csv
}

@test "every result of the samples fits result.schema.json, and comes back the same" {
    python_with jsonschema
    mkdir results
    for sample in $(some "$ROOT"/samples/*/*.csv "$ROOT"/samples/*/*.json); do
        name=$(basename "$(dirname "$sample")")-$(basename "$sample")
        "$ST2PLECTO" validate --format json "$sample" >"results/v-$name.json" 2>/dev/null || [ -s "results/v-$name.json" ] || rm "results/v-$name.json"
        case $sample in */roster/*) continue ;; esac # helpers of other samples, no exports
        code=0
        "$ST2PLECTO" convert -q --on-error reject --by day -o "d-$name" "$sample" >/dev/null 2>&1 || code=$?
        case $code in 0 | 1 | 8) ;; *) echo "exit $code: $sample" >&2 && return 1 ;; esac
        cp "d-$name/result.json" "results/d-$name.json"
    done
    exits 1 "$ST2PLECTO" convert -q -o stopped bad.csv >/dev/null
    cp stopped/result.json results/stopped.json
    [ "$(ls results | wc -l)" -gt 20 ]
    for result in results/*; do
        "$ST2PLECTO" report --format json "$result" | cmp - "$result"
    done
    "$PYTHON" - "$ROOT/schemas/result.schema.json" results/* <<'PY'
import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for path in sys.argv[2:]:
    result = json.load(open(path))
    for error in validator.iter_errors(result):
        sys.exit(f"{path}: {list(error.path)}: {error.message}")
    del result["error" if result["publication"] == "stopped" else "ledger"]
    assert list(validator.iter_errors(result)), "the schema finds nothing"
PY
}

@test "one run, many reports; standard output takes one of them, the text where none is given" {
    run_split "$ST2PLECTO" convert --on-error reject -o out --format html=a.html --format junit=a.xml --format markdown=a.md \
        --format jsonl=a.jsonl --format json=a.json --format review=a.xlsx --format github bad.csv
    [ "$status" -eq 8 ]
    [ "$(grep -c '^::' <<<"$out")" -eq 10 ] # nine causes, and how many more
    has "$out" "4 more kinds of problem with 4 issues"
    head -c 15 a.html | grep -qi '<!doctype html>'
    grep -q '^## Converted, 12 rows set aside: 12 registrations written' a.md
    jq -e -s 'map(.type) | index("summary") == 0 and index("cause") and index("issue") and index("output")' a.jsonl >/dev/null
    cmp a.json out/result.json
    unzip -l a.xlsx | grep -q xl/workbook.xml
    run_split "$ST2PLECTO" validate --format json=b.json jobs.csv
    [ "$status" -eq 0 ]
    has "$out" "Ready: 3 rows"
}

@test "junit: rules that a file keeps are cases that pass; a file whose examples are not shown fails all the same" {
    sed 's/,Ana Lopez,/,,/; s/,Bo Chen,/,,/' "$ROOT/samples/jobs/good.csv" >a.csv
    head -n 4 a.csv | sed 's/^1/2/' >b.csv
    exits 1 "$ST2PLECTO" validate --schema jobs --max-issues 1 --format junit=a.xml --format json=r.json a.csv b.csv >/dev/null
    "$ST2PLECTO" report --format junit=again.xml r.json >/dev/null
    cmp a.xml again.xml
    exits 1 "$ST2PLECTO" validate --schema jobs --max-issues 0 --format junit=none.xml b.csv >/dev/null
    grep -q 'shown 0 of' none.xml # as many examples as asked for
    fails grep -q 'b.csv:' none.xml
    python3 - <<'PY'
import json, xml.etree.ElementTree as xml
suites = {s.get("name"): s for s in xml.parse("a.xml").getroot()}
cause = [c for c in json.load(open("r.json"))["issues"]["causes"] if c["code"] == "E201"][0]
counts = {f["file"]: f["count"] for f in cause["files"]}
assert set(counts) == {"a.csv", "b.csv"} and sum(counts.values()) == cause["count"], cause
for name, count in counts.items():
    cases = {c.get("name"): c for c in suites[name].findall("testcase")}
    assert len(cases) == len(suites[name].findall("testcase")) > 40
    assert cases["E201 missing-employee"].find("failure").get("message").startswith(f"{count}: "), name
    assert len(cases["E202 missing-id"]) == 0
    assert not any(c.startswith("E9") for c in cases)
assert any("shown 0 of" in (f.text or "") for s in suites.values() for f in s.findall("testcase/failure"))
PY
}

@test "junit: a suite a file, a case a rule; hostile texts are escaped" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal\n1,Ana,10/20/2025,<b>&"\001\377\n' >hostile.csv
    exits 1 "$ST2PLECTO" validate --schema jobs --format junit=a.xml hostile.csv bad.csv >/dev/null
    python3 - <<'PY'
import xml.etree.ElementTree as xml
suites = xml.parse("a.xml").getroot()
names = [s.get("name") for s in suites]
assert names == ["hostile.csv", "bad.csv", "st2plecto"], names
for suite in suites:
    assert int(suite.get("tests")) == len(suite.findall("testcase"))
    assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
text = suites.find("testsuite/testcase/failure").text
assert '<b>&"\\x01\\xff' in text, text
assert suites.find("testsuite[@name='bad.csv']/testcase/system-out").text.startswith("warning: ")
PY
}

@test "github: signs that would end a property or a line are escaped" {
    printf 'Job #,Primary Technician,Completion Date\n1,,10/20/2025\n' >'a,b:c%.csv'
    run_split "$ST2PLECTO" validate --schema jobs --format github 'a,b:c%.csv'
    has "$out" "::error file=a%2Cb%3Ac%25.csv,line=2,col=3,title=E201 missing-employee::Primary Technician is empty%0Afix: "
}

@test "markdown: cells are plain text, and the whole fits a comment" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal\n1,Ana,10/20/2025,"<b>|`x`"\n' >hostile.csv
    awk 'BEGIN { print "Job #,Primary Technician,Completion Date,Jobs Subtotal"; for (i = 1; i < 3000; i++) print i ",,10/20/2025,x" }' >many.csv
    run_split "$ST2PLECTO" validate --schema jobs --format markdown hostile.csv
    has "$out" '&lt;b\>\|\`x\`'
    run_split "$ST2PLECTO" validate --schema jobs --max-issues 3000 --format markdown many.csv
    [ "${#out}" -lt 65536 ]
    has "$out" "examples are not shown, because a comment has room for 65,536 characters"
    has "$out" "2,999" # the counts are complete
}

@test "report of a folder, a file, standard input; the exit code only when asked" {
    exits 8 "$ST2PLECTO" convert -q --on-error reject --to csv -o out bad.csv >/dev/null
    run_split "$ST2PLECTO" report out
    [ "$status" -eq 0 ]
    has "$out" "Converted, 12 rows set aside: 12 registrations written"
    run_split "$ST2PLECTO" report --exit-code out/result.json
    [ "$status" -eq 8 ]
    "$ST2PLECTO" report --format html - <out/result.json >page.html
    "$ST2PLECTO" report --format html out | cmp - page.html
    "$ST2PLECTO" report --format review=whole.xlsx --format html=b.html out >/dev/null
    unzip -p whole.xlsx xl/workbook.xml | grep -q 'name="Rows"' # import.csv lies beside the result
    cp out/result.json alone.json
    "$ST2PLECTO" report --format review=alone.xlsx alone.json >/dev/null
    unzip -p alone.xlsx xl/workbook.xml | fails grep -q 'name="Rows"'
    sed -i 's/Ana Lopez/Bob Lopez/' out/import.csv
    run_split "$ST2PLECTO" report --format review=changed.xlsx out
    [ "$status" -eq 3 ]
    has "$err" "out/import.csv is not the file that result.json describes"
    [ ! -e changed.xlsx ]
}

@test "report --quiet, --verbose, --color, --show-private, --help" {
    exits 8 "$ST2PLECTO" convert -q --on-error reject -o out bad.csv >/dev/null
    run_split "$ST2PLECTO" report out
    plain=$out
    run_split "$ST2PLECTO" report -q out
    [ "$status" -eq 0 ]
    has "$out" "Converted, 12 rows set aside: 12 registrations written"
    hasnt "$out" "Ledger"
    [ "${#out}" -lt "${#plain}" ]
    run_split "$ST2PLECTO" report --verbose out
    [ "${#out}" -gt "${#plain}" ]
    run_split "$ST2PLECTO" report --color always out
    has "$out" $'\e['
    run_split "$ST2PLECTO" report --color never out
    [ "$out" = "$plain" ]
    run_split "$ST2PLECTO" report --show-private out
    [ "$status" -eq 0 ]
    wrong_use '--color' '' "$ST2PLECTO" report --color blue out
    run_split "$ST2PLECTO" report --help
    [ "$status" -eq 0 ]
    has "$out" "Usage: st2plecto report"
}

@test "wrong use: unknown format, two on standard output, a file in the way, xlsx without a file" {
    wrong_use '--format "htlm" is unknown; did you mean html?' "--format takes text, json" "$ST2PLECTO" validate --format htlm jobs.csv
    run_split "$ST2PLECTO" validate --format json --format github jobs.csv
    [ "$status" -eq 2 ]
    has "$err" "--format json and --format github both write to standard output"
    has "$err" "Give one of them its own file"
    wrong_use "--format review needs a file" "write --format review=review.xlsx" "$ST2PLECTO" validate --format review jobs.csv
    wrong_use '--format "html=" has no file' "Write --format html=FILE" "$ST2PLECTO" validate --format html= jobs.csv
    echo mine >a.html
    wrong_use "a.html exists already" "name another file, or replace it" "$ST2PLECTO" validate --format html=a.html jobs.csv
    [ "$(cat a.html)" = mine ]
    "$ST2PLECTO" validate --force --format html=a.html jobs.csv >/dev/null
    grep -q Ready: a.html
    wrong_use "report needs one result" "name a result.json" "$ST2PLECTO" report
    run_split "$ST2PLECTO" validate --format html=no/such/a.html jobs.csv
    [ "$status" -eq 4 ]
    has "$err" "no/such/a.html cannot be written"
}

@test "results that are none: what is wrong, and where" {
    "$ST2PLECTO" validate --format json jobs.csv >r.json
    broken() { # broken TEXT: the error for r2.json
        run_split "$ST2PLECTO" report r2.json
        [ "$status" -eq 3 ]
        has "$err" "$1"
        has "$err" "fix: "
    }
    echo '{"format": "st2plecto-result/1",' >r2.json
    broken "r2.json:2:1: the file is not valid JSON"
    echo '{"format": "other/1"}' >r2.json
    broken "r2.json: is not a result of st2plecto"
    jq 'del(.ledger.rows.in)' r.json >r2.json
    broken "r2.json: ledger.rows.in is missing"
    jq '.ledger.columns[0].in = 5' r.json >r2.json
    broken "ledger.columns.in is not an amount"
    jq '.files[0].rows = -1' r.json >r2.json
    broken "files.rows is not a count"
    jq '.publication = "perhaps"' r.json >r2.json
    broken "publication is unknown"
    jq '.days[0].sums = []' r.json >r2.json
    broken "days.sums has a different number of columns than the ledger"
    for list in fields days people files outputs notes issues.causes ledger.columns active.inactive; do
        jq ".$list = {\"a\": {\"b\": 1}, \"c\": 2}" r.json >r2.json # an object has members too
        broken "$list is not a list"
    done
    jq '.notes = [1]' r.json >r2.json
    broken "notes has something other than texts"
}

@test "st2plecto.json may name formats; --format goes before it" {
    echo '{"format": ["html=page.html", "markdown"]}' >st2plecto.json
    run_split "$ST2PLECTO" validate jobs.csv
    [ "$status" -eq 0 ]
    has "$out" "## Ready"
    [ -e page.html ]
    run_split "$ST2PLECTO" validate --format jsonl jobs.csv
    has "$out" '"type":"summary"'
}

@test "--show-private: bad values of personal columns" {
    sed 's/Smith, John/Smith, John/' jobs.csv >/dev/null
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal\n1,Ana,10/20/2025,x\n' >p.csv
    run_split "$ST2PLECTO" validate --schema jobs --show-private --format json p.csv
    [ "$(jq -r '.issues.causes[0].examples[0].value' <<<"$out")" = x ]
}
