#!/usr/bin/env bats
# Words for nothing that programs leave, IDs that differ in their form, bare numbers as lengths of time, names that look alike.
# By day a part, all where the change touches: src/convert src/values

load helper

setup() {
    common_setup
    header='Job #,Completion Date,Primary Technician,Jobs Subtotal'
}

@test "words for nothing and errors without their mark are no people and no IDs" {
    local word
    for word in '[object Undefined]' '[object Null]' '#N/A N/A' 'N.A.' 'n.a.' '---' '(empty)' '--None--' 'None None' 'nan nan' \
        'undefined undefined' '#REF' '#VALUE' '#DIV/0'; do
        printf '%s\n' "$header" "1,10/20/2025,$word,\$1" "$word,10/20/2025,Ana Lopez,\$1" '3,10/20/2025,Ana Lopez,$1' >jobs.csv
        rm -rf out # of the word before
        run "$ST2PLECTO" convert -q --on-error reject --force -o out jobs.csv
        [ "$(jq -r .external_id out/registrations.jsonl)" = 3 ] || { echo "$word" >&2 && false; }
    done
    # only as an employee
    for word in '?' '...' TBD TBA 0 '**TBD'; do
        printf '%s\n' "$header" "1,10/20/2025,$word,\$1" '3,10/20/2025,Ana Lopez,$1' >jobs.csv
        rm -rf out # of the word before
        run "$ST2PLECTO" convert -q --on-error reject --force -o out jobs.csv
        [ "$(jq -r .external_id out/registrations.jsonl)" = 3 ] || { echo "$word" >&2 && false; }
    done
}

@test "names of people that only begin like such words stay" {
    local name
    for name in 'Nan Nguyen' 'Tba Zed' 'Nana' 'Tbd Holdings'; do
        printf '%s\n' "$header" "1,10/20/2025,$name,\$1" >jobs.csv
        rm -rf out # of the word before
        run "$ST2PLECTO" convert -q --on-error reject --force -o out jobs.csv
        [ "$(jq -r .member_name out/registrations.jsonl)" = "$name" ] || { echo "$name" >&2 && false; }
    done
}

@test "W422: IDs that differ in signs around a number, in wide digits or in .0" {
    local ids
    for ids in '#1005 1005' '+1005 1005' '１００５ 1005' '1005.0 1006'; do
        printf '%s\n' "$header" "${ids% *},10/20/2025,Ana Lopez,\$1" "${ids#* },10/20/2025,Ana Lopez,\$1" >jobs.csv
        run_split "$ST2PLECTO" convert --force -o out jobs.csv
        has "$out" W422 || { echo "$ids" >&2 && false; }
    done
    printf '%s\n' "$header" '#A1,10/20/2025,Ana Lopez,$1' 'A1,10/20/2025,Ana Lopez,$1' >jobs.csv
    run_split "$ST2PLECTO" convert --force -o out jobs.csv
    hasnt "$out" W422
    printf '%s\n' "$header" '#1005,10/20/2025,Ana Lopez,$1' '1006,10/20/2025,Ana Lopez,$1' >jobs.csv
    run_split "$ST2PLECTO" convert --force -o out jobs.csv
    hasnt "$out" W422
}

@test "W333: 1.5 as a length of time in a report" {
    printf '%s\n' 'Timesheet ID,Job #,Technician,Dispatched,Drive Time' '1,1001,Ana,10/20/2025 7:00 AM,1.5' >t.csv
    run_split "$ST2PLECTO" convert -o out t.csv
    has "$out" 'W333 bare-durations: Drive Time has 1 value such as 1.5, read as seconds'
    sed -i 's/1\.5$/90/' t.csv
    run_split "$ST2PLECTO" convert --force -o out t.csv
    hasnt "$out" W333
}

@test "W523: names that differ in blanks only, of any kind" {
    local name
    for name in 'AnaLopez' $'Ana\u200bLopez' $'Ana\u205fLopez' $'Ana\u1680Lopez' 'Ana_Lopez' $'Ana\u00adLopez'; do
        printf '%s\n' "$header" '1,10/20/2025,Ana Lopez,$1' "2,10/20/2025,$name,\$1" >jobs.csv
        run_split "$ST2PLECTO" convert --force -o out jobs.csv
        has "$out" W523 || { echo "$name" >&2 && false; }
    done
}
