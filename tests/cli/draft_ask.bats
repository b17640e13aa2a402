#!/usr/bin/env bats
# schema init --interactive: a draft's doubts asked at a terminal (tests/e2e/terminal.py types the answers).

load helper

setup() {
    common_setup
    python_with pty
    printf 'Crew,Visited,Ride Alongs,Points,Visit\nAna Lopez,10/13/2025,1,3,V1\nBen Ito,10/14/2025,2,4,V2\n' > crew.csv
}

typed() { "$PYTHON" "$ROOT/tests/e2e/terminal.py" "$@" > shown; }

@test "answers make the draft: who, when, which ID, which numbers are summed" {
    # 9 and maybe are no answers, so they are asked again
    typed --type 9 --type 1 --type '' --type '' --type maybe --type y --type n \
        "$ST2PLECTO" schema init --interactive -o crew.json crew.csv
    grep -q 'Who does a row count for?' shown
    grep -q 'Type a number from 1 to 3 \[1\]: 1' shown
    grep -q '"name": "Crew".*"role": "employee-name"' crew.json
    grep -q '"name": "Ride Alongs".*"aggregate": "sum"' crew.json
    grep -q '"name": "Points".*"aggregate": "none"' crew.json
    run grep -c 'Not sure' shown
    [ "$output" = 0 ]
    run "$ST2PLECTO" convert --no-config --schema ./crew.json -o out crew.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .member_name out/registrations.jsonl | tr '\n' ,)" = "Ana Lopez,Ben Ito," ]
    [ "$(jq -r .external_id out/registrations.jsonl | tr '\n' ,)" = V1,V2, ]
}

@test "Enter and the end of the input take the guesses; none of the columns is a choice, too" {
    "$ST2PLECTO" schema init -o plain.json crew.csv
    typed --type '^D' --type '^D' --type '^D' --type '^D' --type '^D' "$ST2PLECTO" schema init --interactive -o guessed.json crew.csv
    # what is left of the questions differs only in its comments, and says of a number that is not summed that it is not
    diff <(grep -v '//' plain.json | sed 's/"Ride Alongs", "type": "number"/&, "plecto": {"aggregate": "none"}/') \
        <(grep -v '//' guessed.json)
    typed --type 1 --type 2 --type '' --type '' "$ST2PLECTO" schema init --interactive -o period.json crew.csv
    grep -q '"date": "period"' period.json
    grep -q '"id": "{period}:{employee}' period.json
    "$ST2PLECTO" schema lint period.json
}

@test "without a terminal it is refused, and says what to do" {
    run "$ST2PLECTO" schema init --interactive -o crew.json crew.csv < /dev/null
    [ "$status" -eq 2 ]
    [[ "$output" == *'--interactive asks at a terminal'* ]]
    [ ! -e crew.json ]
}
