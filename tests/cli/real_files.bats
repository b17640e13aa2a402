#!/usr/bin/env bats
# What programs, people and `cat` make of a file on its way: JSON in something else, marks between joined files, another header
# in the middle, workbooks of other writers, words for nothing, what floating point leaves, clocks that cannot be told.
# By day a part, all where the change touches: src/input src/values

load helper

setup() {
    common_setup
}

header='Job #,Primary Technician,Completion Date,Jobs Subtotal,Business Unit'

# converted FILE [OPTION…]: converts as jobs, bad rows set aside; $out and $err hold what was said.
converted() {
    run_split "$ST2PLECTO" convert --schema jobs --no-config --tz America/Chicago --on-error reject --fail-on never --force \
        --to csv,jsonl -o out "$@"
}

ids() { jq -r .external_id out/registrations.jsonl | paste -sd'|'; }

@test "JSON inside of something else is named for what it is, and its fix makes JSON of it" {
    local record='[{"id":1,"jobNumber":"1","completedOn":"2025-10-23T15:00:00Z","soldById":5}]'
    named() {
        printf '%s' "$1" >a.json
        converted a.json
        [ "$status" -eq 3 ] || return 1
        has "$err" "$2"
    }
    named "var jobs = $record;" 'is not JSON but a script that assigns JSON to a variable'
    named "callback($record)" 'hands JSON to a function (JSONP)'
    named ")]}',"$'\n'"$record" 'behind the signs )]}'
    named "# jobs of October"$'\n'"$record" 'begins with a comment'
    named "[ // first"$'\n'"${record#?}" 'a comment is here, which JSON does not have'
    named $'\x1e{"id":1,"jobNumber":"1"}' 'is not JSON but a JSON text sequence'
    has "$err" "tr -d '\\036' < a.json > records.jsonl"
    named '"[{\"id\":1,\"jobNumber\":\"1\",\"completedOn\":\"2025-10-23T15:00:00Z\",\"soldById\":5}]"' 'JSON packed into a text'
    has "$err" 'jq -r . a.json > records.json'
    jq -r . a.json >records.json
    converted records.json
    [ "$(ids)" = 1 ]
    # a table that begins like such a script is one
    printf '%s\n' "Variance,$header" 'var [x],1,Ana,10/23/2025,5,HVAC' >table.csv
    converted table.csv
    [ "$(ids)" = 1 ]
    # labels and titles in brackets, a title with a date in Spanish or Italian
    local row='1,Ana,10/23/2025,5,HVAC'
    printf '%s\n' '"[Note]",'"$header" "x,$row" >table.csv
    converted table.csv
    [ "$(ids)" = 1 ]
    printf '%s\n' 'Data: 01/10/2025 - 31/10/2025 [todos]' "$header" "$row" >table.csv
    converted table.csv
    [ "$(ids)" = 1 ]
    printf '%s\n' '<Unnamed report>' "$header,Notes" "$row,<b>fine</b>" >table.csv
    converted table.csv
    [ "$(ids)" = 1 ]
    named '<error>no right</error>' 'is a web page or XML'
    named '<jobs><job>1</job></jobs>' 'is a web page or XML'
}

@test "byte order marks and Ctrl-Z between joined files are no part of them" {
    local first='{"id":1,"jobNumber":"1","completedOn":"2025-10-23T15:00:00Z","soldById":5}' mark=$'\xef\xbb\xbf'
    local second=${first/:1,/:2,}
    printf '%s%s\n%s%s\n\x1a' "$mark" "$first" "$mark" "$second" >lines.jsonl
    converted lines.jsonl
    [ "$status" -eq 0 ]
    [ "$(ids)" = '1|2' ]
    printf '%s[%s]\n%s[%s]\x1a\x1a' "$mark" "$first" "$mark" "$second" >lists.json
    converted lists.json
    [ "$status" -eq 0 ]
    [ "$(ids)" = '1|2' ]
    printf '%s\n1,Ana,10/23/2025,5,HVAC\n\x1a\x1a\x1a\x1a' "$header" >blocks.csv
    converted blocks.csv
    [ "$status" -eq 0 ]
    [ "$(jq '.ledger.rows | .written == 1 and .blank == 1' out/result.json)" = true ]
}

@test "E109: a header with other columns in the middle of a file stops it, and no row after it is sent" {
    printf '%s\n' "$header" '1,Ana,10/23/2025,5,HVAC' 'Primary Technician,Job #,Completion Date,Jobs Subtotal,Business Unit' \
        'Bo,2,10/24/2025,6,HVAC' >joined.csv
    converted joined.csv
    [ ! -e out/import.csv ]
    has "$out" 'joined.csv:3:1: error E109 other-header: the row has labels of other columns than the header.'
    hasnt "$out" E301
    hasnt "$out" E304
    # another table, of another width
    printf '%s\n' "$header" '1,Ana,10/23/2025,5,HVAC' '' 'Invoice #,Sold By,Completion Date' '7,Bo,10/24/2025' >two.csv
    converted two.csv
    [ ! -e out/import.csv ]
    has "$out" 'two.csv:4:1: error E109 other-header'
    # two words of a row that lost its first cells may be labels by chance
    printf '%s\n' "$header,Job Type" '1,Ana,10/23/2025,5,HVAC,x' ',,,,Membership,Warranty' >words.csv
    converted words.csv
    hasnt "$out" E109
    [ "$(ids)" = 1 ]
    # one label among values is none
    printf '%s\n' "$header" '1,Ana,yesterday,5,Sold By' '2,Bo,10/24/2025,6,HVAC' >plain.csv
    converted plain.csv
    has "$out" 'error E304'
    hasnt "$out" E109
    [ "$(ids)" = 2 ]
}

@test "title lines that come again with the header are lines of the report" {
    printf '%s\n' 'Jobs Report,,,,' "$header" '1,Ana,10/23/2025,5,HVAC' 'Jobs Report' "$header" '2,Bo,10/24/2025,6,HVAC' >joined.csv
    converted joined.csv
    [ "$status" -eq 0 ]
    [ "$(ids)" = '1|2' ]
    has "$out" 'W130 footer-line: "Jobs Report" is a line of the report'
    has "$out" W126
}

@test "workbooks: names of parts as other writers have them, sheets of blanks, rows on a hidden sheet only" {
    /usr/bin/python3 - "$ROOT" <<'PYTHON'
import sys
sys.path.insert(0, sys.argv[1] + "/tests/tools")
from workbooks import Sheet, book, packed, write
def sheet(*rows):
    made = Sheet()
    for row in rows:
        made.add(*row)
    return made.xml()
rows = [["Job #", "Primary Technician", "Completion Date", "Jobs Subtotal"], ["1", "Ana", "10/23/2025", "5"]]
parts = book([("Jobs", sheet(*rows))])
write("slash.xlsx", packed({("" if name == "[Content_Types].xml" else "/") + name: text for name, text in parts.items()}))
moved = {}
for name, text in parts.items():
    moved[name.replace("sheet1.xml", "my sheet.xml")] = text.replace("sheet1.xml", "my%20sheet.xml")
write("percent.xlsx", packed(moved))
write("blanks.xlsx", packed(book([("Cover", sheet([" ", ""], ["", " "])), ("Jobs", sheet(*rows))])))
write("hidden.xlsx", packed(book([("Cover", sheet()), ("Jobs", sheet(*rows))], states={"Jobs": ' state="hidden"'})))
PYTHON
    for file in slash percent blanks; do
        converted $file.xlsx
        [ "$status" -eq 0 ]
        [ "$(ids)" = 1 ]
    done
    converted hidden.xlsx
    [ "$status" -eq 3 ]
    has "$err" 'The hidden sheet "Jobs" has some'
    has "$err" '--sheet "Jobs"'
}

@test "words for nothing and errors in other languages, ID 0 however written, sources of formulas" {
    local word
    for word in '[]' '{}' '-nan' '-nan(ind)' '#NA' '<empty>' '--none--' '- None -' '#¡REF!' '#WERT!' '#VALEUR!' '#BEZUG!' Loading... \
        0.0 -0 000 '=A1' '=VLOOKUP(A2;B:B;1)'; do
        printf '%s\n' "$header" "1,$word,10/20/2025,1,HVAC" "$word,Ana,10/20/2025,1,HVAC" '3,Ana,10/20/2025,1,HVAC' >jobs.csv
        converted jobs.csv
        [ "$(ids)" = 3 ] || { echo "$word" >&2 && false; }
    done
    # a text that is sent is empty, and that is said; what only looks like one is a text
    printf '%s\n' "$header" '1,Ana,10/20/2025,1,"=IF(Z2="""","""",Z2)"' '2,Ana,10/20/2025,1,#WERT!' '3,Loretta,10/20/2025,1,=1+1 is it' \
        '4,Ana,10/20/2025,1,#SALE!' >jobs.csv
    converted jobs.csv
    [ "$(jq -r '."Business Unit" // ""' out/registrations.jsonl | paste -sd'|')" = '||=1+1 is it|#SALE!' ]
    has "$out" '1 "source of a formula"'
    has "$out" '1 "#WERT!"'
    printf '%s\n' "$header" '1,Ana,=TODAY(),=SUM(D3),HVAC' >jobs.csv
    converted jobs.csv
    has "$out" 'E310 cell-error: Completion Date "=TODAY()" is the source of a formula, not a value'
    has "$out" 'E310 cell-error: Jobs Subtotal "=SUM(D3)" is the source of a formula, not a value'
}

@test "what floating point leaves of equal amounts is 0; Excel's day number 0 is no day; 2068 has two readings" {
    printf '%s\n' "$header" '1,Ana,10/20/2025,2.27373675443232E-13,HVAC' '2,Ana,10/20/2025,-0.0000000000036,HVAC' \
        '3,Ana,10/20/2025,0.00001,HVAC' '4,Ana,1/0/1900,1,HVAC' '5,Ana,0-Jan-00,1,HVAC' >jobs.csv
    converted jobs.csv
    [ "$(ids)" = '1|2' ]
    [ "$(jq -r '."Jobs Subtotal"' out/registrations.jsonl | paste -sd'|')" = '0|0' ]
    has "$out" 'E303 number-too-precise: Jobs Subtotal "0.00001"'
    has "$out" 'E203 missing-date: Completion Date is "1/0/1900", which is not a date'
    hasnt "$out" E306
    printf '%s\n' "$header" '1,Ana,10/23/68,1,HVAC' '2,Ana,10/24/45,1,HVAC' >years.csv
    converted years.csv
    has "$out" 'W323 far-date: Completion Date "10/23/68" is read as a year from 2050 to 2068. It may be one from 1950 to 1968'
    hasnt "$out" '10/24/45'
}

@test "W624: times without a zone beside times with one; +00:00 is Z" {
    clocks() {
        printf '%s\n' "$header" "1,Ana,$1,1,HVAC" "2,Ana,$2,1,HVAC" >jobs.csv
        run_split "$ST2PLECTO" convert --schema jobs --no-config --force --to jsonl -o out "${@:3}" jobs.csv
    }
    clocks 2025-10-24T04:30:00Z '10/23/2025 11:30 PM'
    has "$out" 'W624 mixed-clocks: Completion Date has 1 time with Z and 1 time without, whose clock is not known'
    hasnt "$out" 'Times are in UTC, as exported'
    clocks 2025-10-23T23:30:00-05:00 '10/23/2025 11:30 PM'
    has "$out" 'W624 mixed-clocks: Completion Date has 1 time with an offset and 1 time without'
    clocks 2025-10-24T04:30:00Z '10/23/2025 11:30 PM' --tz America/Chicago
    hasnt "$out" W624
    clocks 2025-10-24T04:30:00Z 2025-10-24T04:30:00+00:00
    hasnt "$out" W624
    clocks 2025-10-24T04:30:00Z 2025-10-24
    hasnt "$out" W624
}

@test "--date names the column with its brackets, as the fix for a missing date proposes it" {
    printf '%s\n' 'Job #,Primary Technician,Completion Date (Original),Completion Date (Last),Jobs Subtotal' '1,Ana,10/23/2025,10/24/2025,5' >jobs.csv
    converted jobs.csv
    has "$out" "--date 'Completion Date (Last)'"
    converted jobs.csv --date 'Completion Date (Last)'
    [ "$status" -eq 0 ]
    [ "$(jq -r '.date[:10]' out/registrations.jsonl)" = 2025-10-24 ]
    converted jobs.csv --date 'Completion Date (Original)'
    [ "$(jq -r '.date[:10]' out/registrations.jsonl)" = 2025-10-23 ]
}

@test "W523: names that differ in fillers and variation selectors" {
    printf '%s\n' "$header" '1,Bo Chen,10/23/2025,5,HVAC' $'2,Bo\u3164Chen,10/23/2025,5,HVAC' >jobs.csv
    LC_ALL=C.UTF-8 printf '3,Bo\u180b Chen,10/23/2025,5,HVAC\n' >>jobs.csv
    converted jobs.csv
    has "$out" W523
}

@test "W422: an ID that is a date, in a workbook or with slashes, is one of a spreadsheet" {
    /usr/bin/python3 - "$ROOT" <<'PYTHON'
import sys
sys.path.insert(0, sys.argv[1] + "/tests/tools")
from workbooks import Number, Sheet, book, write
sheet = Sheet()
sheet.add("Job #", "Primary Technician", "Completion Date", "Jobs Subtotal")
sheet.add(Number(100231, 1), "Ana", "10/23/2025", "5")  # the style of m/d/yyyy
sheet.add(Number(100232, 0), "Bo", "10/23/2025", "5")
write("jobs.xlsx", book([("Jobs", sheet.xml())]))
PYTHON
    converted jobs.xlsx
    has "$out" 'jobs.xlsx:A2: warning W422 id-form: Job # "2174-06-02" is a date. A spreadsheet may have made it of another ID'
    printf '%s\n' "$header" '6/2/2174,Ana,10/23/2025,5,HVAC' '10-23,Ana,10/23/2025,5,HVAC' '10/23,Ana,10/23/2025,5,HVAC' >jobs.csv
    converted jobs.csv
    [ "$(grep -c 'W422 id-form' <<<"$out")" = 1 ]
    has "$out" 'Job # "6/2/2174" is a date'
}

@test "pages and XML without their usual beginning are no tables; labels in angle brackets are" {
    printf '<!-- 3 -->\n<html><body>Sign in, please, now</body></html>' >page.csv
    converted page.csv
    [ "$status" -eq 3 ]
    has "$err" 'is a web page or XML'
    printf '<Error><Code>AccessDenied, Denied</Code></Error>' >error.csv
    converted error.csv
    [ "$status" -eq 3 ]
    printf '%s\n' "<Note>,$header" 'x,1,Ana,10/23/2025,5,HVAC' >table.csv
    converted table.csv
    [ "$(ids)" = 1 ]
}

@test "workbook: 300,000 rows in less than 64 MiB, validated and converted by two workers" {
    # AddressSanitizer keeps what was freed
    plain_build || skip "a build with a sanitizer"
    /usr/bin/python3 - "$ROOT" <<'PYTHON'
import sys, zipfile
sys.path.insert(0, sys.argv[1] + "/tests/tools")
from workbooks import Sheet, book
head = Sheet()
head.add("Job #", "Primary Technician", "Completion Date", "Jobs Subtotal", "Business Unit")
begin, end = head.xml().split("</sheetData>")
row = ('<row r="{0}"><c r="A{0}"><v>{1}</v></c><c r="B{0}" t="inlineStr"><is><t>Ana Lopez</t></is></c><c r="C{0}" s="1"><v>45953</v></c>'
       '<c r="D{0}" s="2"><v>{1}.25</v></c><c r="E{0}" t="inlineStr"><is><t>HVAC Service</t></is></c></row>')
parts = book([("Jobs", "")])
with zipfile.ZipFile("jobs.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
    for name, text in parts.items():
        if name != "xl/worksheets/sheet1.xml":
            archive.writestr(name, text)
    with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as file:
        file.write(begin.encode())
        for first in range(0, 300000, 1000):
            file.write("".join(row.format(first + i + 2, 100000 + first + i) for i in range(1000)).encode())
        file.write(("</sheetData>" + end).encode())
PYTHON
    for command in "validate -j 2" "convert -j 2 --to csv -o out"; do
        # shellcheck disable=SC2086 # several words
        /usr/bin/python3 - "$ST2PLECTO" $command -q --schema jobs --no-config --tz America/Chicago jobs.xlsx <<'PYTHON'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # KiB
assert peak < 64 << 10, peak
PYTHON
    done
    [ "$(wc -l <out/import.csv)" -eq 300001 ]
    [ "$(jq '.ledger.rows.in' out/result.json)" -eq 300000 ]
}

@test "W131: a line above the header that looks like a record is reported; titles and bands are not" {
    printf '%s\n' '1,Ana,10/23/2025,$5.00,HVAC' '2,Bo,10/24/2025,6,HVAC' "$header" '3,Cy,10/25/2025,7,HVAC' >sorted.csv
    converted sorted.csv
    [ "$(ids)" = 3 ]
    has "$out" 'sorted.csv:1:1: warning W131 record-above-header: 2 lines above the header look like records of the table. They are not read and in no sum'
    printf '%s\n' 'Jobs Report,,,,' 'Range,10/01/2025,10/31/2025,,' 'Job,People,Days,Money,Unit' 'Total,,,7,' "$header" '3,Cy,10/25/2025,7,HVAC' >titles.csv
    converted titles.csv
    [ "$(ids)" = 3 ]
    hasnt "$out" W131
}
