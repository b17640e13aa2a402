#!/usr/bin/env bats
# upload_facts.bats: the upload against answers, connections and pages that the facts about Plecto leave open: standin_facts.py,
# written without a look at src/upload/. What is asked, facts_upload.py says. A part of it by day, all by night.
# By day a part, all where the change touches: src/upload tests/e2e

load upload_helper

setup() {
    upload_setup
}

# facts GROUP: no run of it was wrong, and some confirmed something where it is about that.
facts() {
    local all=()
    [ -z "${NIGHTLY:-}" ] || all=(--all)
    mkdir "$WORK/facts"
    cd "$WORK/facts"
    run "$PY" "$E2E/facts_upload.py" "$ST2PLECTO" "$WORK/credentials.json" . "$1" ${all[@]+"${all[@]}"}
    printf '# %s\n' "${lines[-1]}" >&3
    [ "$status" -eq 0 ] || { printf '%s\n' "$output" >&2 && false; }
    has "${lines[-1]}" 'wrong 0'
}

@test "bodies of answers to 1, 2, 99 and 100 registrations: what is not there is not confirmed, what is there is found" { facts answers; }
@test "packed, cut, chunked and other people's answers" { facts wires; }
@test "reading back in the forms and with the filters that public code shows" { facts reads; }
@test "deletions that are answered and not done, and answers about others" { facts deletes; }
@test "how many may vanish, without a period, by a wrong clock, without a zone" { facts guards; }
@test "data sources whose answers are lost, odd or refused in words are made once" { facts sources; }
@test "members that exist in other spellings are made once" { facts members; }
@test "verify finds what differs, and nothing else, on pages that repeat, end and shift" { facts verify; }
@test "429 with hours, dates, and what is neither" { facts waits; }
@test "a signal while a request is held" { facts signals; }
@test "other people's files, changed folders, strange journals" { facts files; }
