#!/usr/bin/env bats
# What comes from outside does no harm where it comes out: on the terminal, in pages, in spreadsheets, in the file system.

load helper

ESCAPE=$'\033[31m\033]0;title\007'

setup() {
    common_setup
}

# evil_csv TEXT: an export in which names and values hold TEXT.
evil_csv() {
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Status\n"%s1","%s",10/20/2025,5,"%s"\n"2","%s",10/20/20x5,"%s","%s"\n' \
        "$1" "$1" "$1" "$1" "$1" "$1" >"${2:-evil.csv}"
}

@test "escape sequences and control characters never reach the terminal" {
    evil_csv "$ESCAPE" "evil${ESCAPE}.csv"
    file="evil${ESCAPE}.csv"
    for command in "validate" "validate -v" "validate --show-row --show-private" "convert -n --on-error reject" "inspect --show-values" "schema init"; do
        # shellcheck disable=SC2086 # words
        run_split "$ST2PLECTO" $command "$file"
        for stream in .out .err; do
            if LC_ALL=C tr -d '\n\t' <"$WORK/$stream" | grep -q "[[:cntrl:]]"; then
                echo "$command: $stream has control characters: $(cat -v "$WORK/$stream")" >&2 && false
            fi
        done
    done
    run_split "$ST2PLECTO" validate "missing${ESCAPE}.csv"
    [ "$status" -eq 3 ]
    has "$err" '\x1b[31m'
    hasnt "$err" "$ESCAPE"
    for arguments in "--schema=x${ESCAPE}" "--tz=x${ESCAPE}" "--x${ESCAPE}" "--by=${ESCAPE}" "--period=${ESCAPE}"; do
        run_split "$ST2PLECTO" validate "$arguments" "$file"
        [ "$status" -eq 2 ]
        hasnt "$err" $'\033'
    done
    # what a machine reads has them escaped
    run "$ST2PLECTO" validate --format json "$file"
    hasnt "$output" $'\033'
    has "$output" '\u001b[31m'
}

@test "file names with line breaks stay one line of the report, and one path of the receipt" {
    name=$'two\nlines.csv'
    jobs_csv "$name"
    run_split "$ST2PLECTO" convert -o out "$name"
    [ "$status" -eq 0 ]
    has "$out" 'two\x0alines.csv: CSV'
    hasnt "$out" "$name"
    [ "$(jq -r '.files[0].path' out/result.json)" = "$name" ]
    # in a folder as well
    mkdir folder && mv "$name" folder/
    run_split "$ST2PLECTO" validate --format github folder
    [ "$status" -eq 0 ]
    # GitHub's workflow commands would take a line of their own for a command
    evil_csv $'x\n::error::owned' folder/evil.csv
    run_split "$ST2PLECTO" validate --schema jobs --format github folder/evil.csv
    [ "$(grep -c '^::error::owned' <<<"$out")" -eq 0 ]
}

@test "formulas stay texts: as they came in CSV and JSON, never a formula in a workbook" {
    for text in "=cmd|' /C calc'!A0" '+1+1' '-1+1' '@SUM(A1)' '=HYPERLINK(""http://x"",""y"")'; do
        printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Status\n1,Ana,10/20/2025,5,"%s"\n2,Ana,10/20/20x5,5,"%s"\n' "$text" "$text" >evil.csv
        plain=${text//\"\"/\"}
        run_split "$ST2PLECTO" convert --schema jobs --date-order mdy --on-error reject --force --to csv,jsonl,xlsx,review -o out evil.csv
        [ "$status" -eq 8 ]
        # data are not changed silently, so import.csv has the text itself: it is for Plecto, which runs no formulas
        # but for what a spreadsheet would calculate: its source is no value
        if [ "${text:0:11}" = '=HYPERLINK(' ]; then
            plain=''
            has "$out" 'Status: 2 cells that mean "nothing" are sent empty: 2 "source of a formula"'
        fi
        [ "$(jq -r '.Status // ""' out/registrations.jsonl)" = "$plain" ]
        [ "$(python3 -c 'import csv; rows = list(csv.DictReader(open("out/import.csv"))); print(rows[0]["Status"])')" = "$plain" ]
        for book in import review; do
            rm -rf parts && mkdir parts && (cd parts && unzip -q ../out/$book.xlsx)
            # formulas in our workbooks are our own: none holds the text
            grep -ohE '<f[ >][^<]*' parts/xl/worksheets/*.xml | fails grep -qE 'cmd|HYPERLINK|1\+1'
            [ "$(cat parts/xl/worksheets/_rels/*.rels 2>/dev/null | grep -c 'http://x')" -eq 0 ]
        done
    done
}

@test "a page holds no script, whatever names and values say" {
    evil_csv '<script>alert(1)</script><img src=x onerror=alert(1)>'
    run_split "$ST2PLECTO" validate --schema jobs --show-private --show-row --format html=page.html evil.csv
    [ "$status" -eq 1 ]
    [ "$(grep -ciE '<script|<img|<iframe|javascript:|on[a-z]+=' page.html)" -eq "$(grep -cE '&lt;script' page.html)" ] ||
        fails grep -iE '<script|<img' page.html
    grep -q "Content-Security-Policy" page.html
    run_split "$ST2PLECTO" validate --schema jobs --show-private --format markdown evil.csv
    hasnt "$out" '<script>alert(1)</script>'
    run_split "$ST2PLECTO" validate --schema jobs --show-private --format junit=r.xml evil.csv
    python3 -c 'import xml.etree.ElementTree as t; t.parse("r.xml")'
}

@test "outputs do not follow links out of the folder asked for" {
    jobs_csv && mkdir elsewhere && echo precious >elsewhere/import.csv && echo precious >secret
    ln -s elsewhere out
    for force in "" --force; do
        # shellcheck disable=SC2086 # one word or none
        run_split "$ST2PLECTO" convert $force -o out jobs.csv
        [ "$status" -eq 2 ] || { echo "exit $status: $out$err" >&2 && false; }
        [ "$(cat elsewhere/import.csv)" = precious ]
        [ "$(ls elsewhere)" = import.csv ]
        [ -L out ]
    done
    # a link among our own files is replaced, not written through
    rm out && mkdir out && ln -s ../secret out/import.csv
    run_split "$ST2PLECTO" convert --force -o out jobs.csv
    [ "$(cat secret)" = precious ]
    # a temporary folder that somebody laid before us is not used
    rm -rf out && ln -s "$WORK/elsewhere" ".out.st2plecto-$$" && ln -s "$WORK/secret" .out.st2plecto.lock
    run_split "$ST2PLECTO" convert -o out jobs.csv
    [ "$(cat secret)" = precious ]
    [ "$(ls elsewhere)" = import.csv ]
    # reports in files are not written over, and not through a link
    rm -rf .out.st2plecto* out && ln -s secret page.html
    run_split "$ST2PLECTO" validate --format html=page.html jobs.csv
    [ "$status" -ne 0 ]
    [ "$(cat secret)" = precious ]
}

@test "'..' and links in names: outputs, schemas, zones" {
    jobs_csv && mkdir -p a/b schemas
    (cd a/b && "$ST2PLECTO" convert -q -o ../out ../../jobs.csv >/dev/null) # a path that is asked for is fine
    [ -s a/out/import.csv ]
    for name in . .. / out/.. ''; do
        run_split "$ST2PLECTO" convert -o "$name" jobs.csv
        [ "$status" -eq 2 ] || { echo "'$name': exit $status" >&2 && false; }
    done
    echo '{"name": "x"}' >outside.json
    for name in .. . ..%2foutside $'x\ny' ''; do
        run_split "$ST2PLECTO" validate --schema-dir schemas --schema "$name" jobs.csv
        [ "$status" -eq 2 ] || { echo "'$name': exit $status" >&2 && false; }
    done
    for name in ../../etc/passwd /etc/passwd America/../../passwd .; do
        run_split "$ST2PLECTO" validate --tz "$name" jobs.csv
        [ "$status" -eq 2 ]
        has "$err" "unknown time zone"
    done
    # a schema's own name is part of IDs and file names
    jq '.name = "../x"' "$ROOT/schemas/campaigns.json" >evil.json 2>/dev/null || sed 's/"name": "campaigns"/"name": "..\/x"/' "$ROOT/schemas/campaigns.json" >evil.json
    run_split "$ST2PLECTO" schema lint evil.json
    [ "$status" -eq 2 ]
}

@test "the same bytes in any locale and any TZ" {
    mkdir locales
    for name in de_DE tr_TR; do
        localedef -i $name -f UTF-8 "locales/$name.UTF-8" >/dev/null 2>&1 || without "no localedef with $name (Debian: locales)"
    done
    cp "$ROOT/samples/jobs/bad.csv" "$ROOT/samples/invoices/good.json" .
    run_one() {
        "$ST2PLECTO" convert --on-error reject --fail-on never --force -q --tz America/Chicago --to csv,jsonl,review -o one bad.csv >text 2>&1
        "$ST2PLECTO" convert --fail-on never --force -q --by month -o two good.json >>text 2>&1
        "$ST2PLECTO" inspect bad.csv >>text 2>&1
        cat text one/registrations.jsonl one/import.csv one/rejected.csv one/result.json one/receipt.json two/registrations.jsonl two/result.json | sha256sum
        unzip -p one/review.xlsx xl/worksheets/sheet3.xml | sha256sum
    }
    wanted=$(LC_ALL=C run_one)
    for locale in $(by_night de_DE.UTF-8 "") tr_TR.UTF-8; do
        # the locale is really there: its decimal point is a comma
        [ "$(LOCPATH=$WORK/locales LC_ALL=$locale locale decimal_point)" = , ]
        [ "$(LOCPATH=$WORK/locales LC_ALL=$locale run_one)" = "$wanted" ]
    done
    for zone in $(by_night "America/Phoenix Asia/Kolkata Pacific/Kiritimati" Asia/Kolkata) nonsense; do
        [ "$(TZ=$zone run_one)" = "$wanted" ]
    done
}
