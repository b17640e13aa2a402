#!/usr/bin/env bats
# windows.bats: what Windows has otherwise: names in UTF-16, drives and backslashes, long paths, devices, files that other
# programs hold, Ctrl-C. tests/windows/run says how it is run.

load ../cli/helper

setup() {
    common_setup
    : "${ST2PLECTO_EXE:?tests/windows/run}" "${HELPER_EXE:?tests/windows/run}"
    wine=$ROOT/tests/windows/wine good=$ROOT/samples/jobs/good.csv
    same() { cmp "$1/import.csv" "$ROOT/build/windows/expected/import.csv"; }
    if [ ! -e "$ROOT/build/windows/expected" ]; then
        (cd "$ROOT" && "$ST2PLECTO" convert -q --tz America/Phoenix -o build/windows/expected samples/jobs/good.csv)
    fi
    cp "$good" jobs.csv
}

convert() { run_split "$ST2PLECTO" convert -q --tz America/Phoenix "$@"; }

# The path as Windows has it, with the drive that Wine gives the root.
windows_path() { printf 'Z:%s' "${1//\//\\}"; }

@test "names in any script, with blanks, as input and output" {
    mkdir 'Exporte Äöß 日本 😀'
    cp jobs.csv 'Exporte Äöß 日本 😀/Jobs Ångström 😀.csv'
    convert -o 'Ergebnis 日本 😀' 'Exporte Äöß 日本 😀/Jobs Ångström 😀.csv'
    [ "$status" -eq 0 ]
    same 'Ergebnis 日本 😀'
    grep -qF 'Jobs Ångström 😀.csv' 'Ergebnis 日本 😀/receipt.json'
    run_split "$ST2PLECTO" validate 'nicht da 日本.csv'
    [ "$status" -eq 3 ]
    [[ $err == *'nicht da 日本.csv'* ]]
}

@test "backslashes, drive letters and slashes name the same files" {
    mkdir sub
    cp jobs.csv sub/jobs.csv
    convert -o 'one\plecto' 'sub\jobs.csv'
    [ "$status" -eq 0 ]
    same one/plecto
    convert -o "$(windows_path "$WORK")\\two" "$(windows_path "$WORK/sub/jobs.csv")"
    [ "$status" -eq 0 ]
    same two
    convert -o "Z:$WORK/three/" "Z:$WORK/sub/jobs.csv"
    [ "$status" -eq 0 ]
    same three
    run_split "$ST2PLECTO" report -q --format 'html=sub\page.html' 'two\'
    [ "$status" -eq 0 ]
    [ -s sub/page.html ]
}

@test "a configuration has paths with backslashes and drives" {
    mkdir conf
    cp jobs.csv conf/
    printf '{"tz": "America/Phoenix", "output": "out\\\\here"}' >conf/st2plecto.json
    mkdir conf/out
    run_split "$ST2PLECTO" convert -q --config 'conf\st2plecto.json' 'conf\jobs.csv'
    [ "$status" -eq 0 ]
    same conf/out/here
    printf '{"tz": "America/Phoenix", "output": "%s"}' "$(windows_path "$WORK/abs" | sed 's/\\/\\\\/g')" >conf/st2plecto.json
    run_split "$ST2PLECTO" convert -q 'conf\jobs.csv'
    [ "$status" -eq 0 ]
    same abs
}

@test "paths of more than 260 signs" {
    local part=twenty-signs-of-path- path=$WORK i
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do path=$path/$part$i; done
    mkdir -p "$path"
    cp jobs.csv "$path/jobs.csv"
    [ ${#path} -gt 300 ]
    convert -o "$path/plecto" "$path/jobs.csv"
    [ "$status" -eq 0 ]
    same "$path/plecto"
    convert -o "$path/plecto" --force --to csv,xlsx "$path/jobs.csv"
    [ "$status" -eq 0 ]
    [ -s "$path/plecto/import.xlsx" ]
    [ "$(ls -A "$path")" = "$(printf 'jobs.csv\nplecto')" ]
}

@test "names of devices, and names that Windows changes, are no outputs" {
    local name
    for name in con CON nul.csv COM1 'sub\lpt9.txt' aux. 'plecto.' 'plecto ' 'a<b' 'what?'; do
        convert -o "$name" jobs.csv
        [ "$status" -eq 2 ] || { echo "$name: $status $err"; return 1; }
        [[ $err == *"cannot be the name of an output: Windows "* ]] || { echo "$name: $err"; return 1; }
        run_split "$ST2PLECTO" validate -q --format "html=$name" jobs.csv
        [ "$status" -eq 2 ] || { echo "html=$name: $status $err"; return 1; }
    done
    [ "$(ls -A)" = "$(printf '.err\n.out\njobs.csv')" ]
    convert -o console jobs.csv
    [ "$status" -eq 0 ]
}

@test "a pattern that no shell has read means all such files" {
    cp jobs.csv b.csv
    mv jobs.csv a.csv
    run_split "$ST2PLECTO" validate --fail-on never '*.csv'
    [ "$status" -eq 0 ]
    [[ $out == *a.csv*b.csv* ]]
    run_split "$ST2PLECTO" validate 'x*.csv'
    [ "$status" -eq 3 ]
}

@test "no line ends in CR LF, and standard input and output change no byte" {
    convert --to csv,jsonl,review -o plecto - <jobs.csv
    [ "$status" -eq 0 ]
    same plecto
    [ -z "$(grep -l $'\r' plecto/receipt.json plecto/registrations.jsonl)" ] # import.csv has CR LF everywhere
    [ -z "$(grep $'\r\r' plecto/import.csv)" ]
    "$ST2PLECTO" validate --color never jobs.csv >said
    [ -z "$(grep $'\r' said)" ]
    [ -z "$(grep $'\033' said)" ]
}

@test "the same output twice: --force replaces it, without it nothing changes" {
    convert -o plecto jobs.csv
    convert -o plecto jobs.csv
    [ "$status" -eq 2 ]
    convert -o plecto --force --to csv,xlsx,jsonl jobs.csv
    [ "$status" -eq 0 ]
    [ -s plecto/import.xlsx ]
    convert -o plecto --force jobs.csv
    [ "$status" -eq 0 ]
    [ ! -e plecto/import.xlsx ]
    same plecto
    [ "$(ls -A | grep -c st2plecto)" -eq 0 ]
}

@test "a file that another program holds is read, and not replaced: said with what to do" {
    run_split "$wine" "$HELPER_EXE" hold jobs.csv "\"$ST2PLECTO_EXE\" convert -q --tz America/Phoenix -o plecto jobs.csv"
    [ "$status" -eq 0 ]
    same plecto
    run_split "$ST2PLECTO" validate -q --format html=page.html jobs.csv
    cp page.html before.html
    run_split "$wine" "$HELPER_EXE" hold page.html "\"$ST2PLECTO_EXE\" validate -q --force --format html=page.html jobs.csv"
    [ "$status" -eq 4 ]
    [[ $err == *'page.html cannot be written: it is open in another program'* ]]
    [[ $err == *'Close the file in the other program, such as Excel.'* ]]
    cmp page.html before.html
    [ "$(ls -A | grep -c st2plecto)" -eq 0 ]
}

@test "while another run has the lock, a run ends and says so" {
    run_split "$wine" "$HELPER_EXE" lock .plecto.st2plecto.lock "\"$ST2PLECTO_EXE\" convert -q --tz America/Phoenix -o plecto jobs.csv"
    [ "$status" -eq 4 ]
    [[ $err == *'another st2plecto is writing to it now'* ]]
    [ ! -e plecto ]
}

@test "Ctrl-C while it writes: nothing is left, and the code says so" {
    awk -F, -v OFS=, 'NR == 1 { print; next } NR == 2 { for (i = 0; i < 300000; i++) { $1 = 50000000 + i; print } exit }' jobs.csv >many.csv
    run_split "$ROOT/tests/windows/ctrl_c.py" .plecto.st2plecto.lock "$ST2PLECTO" convert --tz America/Phoenix --to csv,xlsx,review -o plecto many.csv
    [ "$status" -eq 130 ]
    [ "$(ls -A)" = "$(printf '.err\n.out\njobs.csv\nmany.csv')" ]
}

@test "what a killed run left is removed by the next" {
    mkdir .plecto.st2plecto-4711
    cp jobs.csv .plecto.st2plecto-4711/import.csv
    : >.plecto.st2plecto.lock
    convert -o plecto jobs.csv
    [ "$status" -eq 0 ]
    same plecto
    [ "$(ls -A | grep -c st2plecto)" -eq 0 ]
}

@test "what is not in this build says so, and the version says what is" {
    local name
    for name in upload verify plan datasource members run reconcile trace; do
        run_split "$ST2PLECTO" "$name" plecto
        [ "$status" -eq 2 ]
        [[ $err == *"$name is not in this build"* ]]
        [[ $err == *'Windows has it in WSL'* ]]
    done
    run_split "$ST2PLECTO" --version -v
    [[ $out == *'x86-64, Windows, gcc'* ]]
    [[ $out == *'sandbox: no'* ]]
    [[ $out == *'upload: not in this build'* ]]
    [[ $out == *', embedded'* ]]
}
