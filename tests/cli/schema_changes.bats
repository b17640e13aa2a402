#!/usr/bin/env bats
# schema lint says which fields of a user's schema behave otherwise than in 0.1.0, for every rule that changed.

load helper

setup() { common_setup; }

@test "lint names the fields of each rule that changed; the built-in schemas change with the rules" {
    cat >mine.json <<'JSON'
{"name": "mine", "description": "d", "plecto": {"title": "Mine", "id": "{Day}:{Line}:{Who}", "signature": ["a", "b"]}, "fields": [
{"name": "Line", "type": "integer"},
{"name": "Who", "type": "string", "plecto": {"role": "employee-name", "several": "split"}},
{"name": "Day", "type": "date", "plecto": {"role": "date"}},
{"name": "Revenue", "type": "number", "plecto": {"money": true, "aggregate": "sum"}},
{"name": "Recall", "type": "boolean", "plecto": {"aggregate": "count"}},
{"name": "Rating", "type": "number", "plecto": {"aggregate": "avg"}},
{"name": "Rate", "type": "number", "plecto": {"percent": true, "scale": 1, "aggregate": {"ratio": ["Revenue", "Rating"]}}},
{"name": "Lines", "type": "integer", "plecto": {"derive": {"count": "lines"}}},
{"name": "Unit", "type": "string", "plecto": {"aggregate": "group"}},
{"name": "Talk", "type": "duration"},
{"name": "Hold", "type": "duration", "format": "m:s"}]}
JSON
    run "$ST2PLECTO" schema lint mine.json
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "mine.json: fine" ]
    [ "${lines[1]}" = "mine.json:5: since 0.1.0: a total of empty cells is no value; it was 0: Revenue, Recall" ]
    [ "${lines[2]}" = "mine.json:7: since 0.1.0: an average has up to four decimals, and a field TITLE (count) beside it: Rating" ]
    [ "${lines[3]}" = "mine.json:8: since 0.1.0: a ratio has up to four decimals, and no value where one of its parts has none: Rate" ]
    [ "${lines[4]}" = "mine.json:8: since 0.1.0: a percentage is sent as 0 to 100, whatever the export writes: Rate" ]
    [ "${lines[5]}" = "mine.json:9: since 0.1.0: a list that is null or missing has no count; it was 0: Lines" ]
    [ "${lines[6]}" = "mine.json:10: since 0.1.0: N/A, - and the like are in the group of empty cells: Unit" ]
    [ "${lines[7]}" = "mine.json:3: since 0.1.0: the first person of a row keeps its plain ID, only the others have theirs behind it: Who" ]
    [ "${lines[8]}" = 'mine.json:11: since 0.1.0: 1:30 is what the column proves, else h:m; "format" declares it: Talk' ]
    [ "${lines[9]}" = "mine.json:2: since 0.1.0: as a part of the ID it is written one way: 2025-10-20, 1234.5: Line, Day" ]
    [ "${#lines[@]}" -eq 10 ]
    "$ST2PLECTO" schema show jobs >jobs.json
    run "$ST2PLECTO" schema lint jobs.json
    [ "$output" = "jobs.json: fine" ]
}
