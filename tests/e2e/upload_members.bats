#!/usr/bin/env bats
# upload_members.bats: people first: members create makes or matches the employees of a folder, by the roster's addresses.
# By day a part, all where the change touches: src/upload tests/e2e

load upload_helper

setup_file() { make_certificates; }
setup() {
    upload_setup
}
teardown() { upload_teardown; }

# two employees, with IDs
folder() {
    printf '%s\n' '{"data":[' \
        '{"id":1,"technicianId":11,"technicianName":"Ana Lopez","assignedOn":"2025-10-01T15:00:00Z","active":true},' \
        '{"id":2,"technicianId":12,"technicianName":"Bo Chen","assignedOn":"2025-10-02T15:00:00Z","active":true},' \
        '{"id":3,"technicianId":13,"technicianName":"Cy Young","assignedOn":"2025-10-02T15:00:00Z","active":true},' \
        '{"id":4,"technicianId":11,"technicianName":"Ana Lopez","assignedOn":"2025-10-03T15:00:00Z","active":true}]}' >jobs.json
    convert jobs.json jobs
    printf '%s\n' 'ID,Name,Email' '11,Ana Lopez,Ana.Lopez@example.test' '12,Bo Chen,bo@example.test' '13,Cy Young,' >people.csv
}
create() { "$ST2PLECTO" members create jobs --roster people.csv "${connection[@]}" "$@"; }
members() { control GET /state | jq -c '[.members[] | [.provider, .id, .name, .email]] | sort'; }

@test "members create: by the roster's addresses, once; who has none is left to Plecto" {
    start_server '{}' plain
    folder
    exits 0 create --dry-run
    has "$out" 'MEMBERS, nothing sent: 2 to create, 0 matched, 1 without e-mail'
    equals posts "$(control GET /log | grep -c POST)" 0
    [ ! -e .st2plecto ]
    exits 0 create
    has "$out" 'MEMBERS: 2 created, 0 matched, 1 without e-mail'
    has "$out" 'created    Ana Lopez (ServiceTitan ID 11), Ana.Lopez@example.test'
    has "$out" 'no e-mail  Cy Young (ServiceTitan ID 13)'
    equals members "$(members)" '[["ServiceTitan","11","Ana Lopez","Ana.Lopez@example.test"],["ServiceTitan","12","Bo Chen","bo@example.test"]]'
    exits 0 create
    has "$out" 'MEMBERS: 0 created, 2 matched, 1 without e-mail'
    # plan names only the profile that Plecto would still create, and the upload makes no second one
    exits 0 "$ST2PLECTO" plan jobs --data-source "$SOURCE"
    has "$out" 'Plecto would create 1 employee profile'
    has "$out" 'Cy Young (ServiceTitan ID 13)'
    hasnt "$out" 'Ana Lopez (ServiceTitan'
    know_source jobs
    exits 0 upload jobs
    equals members "$(members | jq length)" 3
}

@test "one who exists is a match: by ID, by address in any capitals, or because Plecto says so" {
    start_server '{}' plain
    folder
    control POST /members '{"uuid": "aa", "name": "Ana", "email": "ana.lopez@EXAMPLE.test"}' >/dev/null
    control POST /members '{"uuid": "bb", "name": "Bo Chen", "provider": "ServiceTitan", "id": "12"}' >/dev/null
    exits 0 create -n
    has "$out" '0 to create, 1 to link by e-mail, 1 matched, 1 without e-mail'
    exits 0 create
    has "$out" 'MEMBERS: 0 created, 2 matched, 1 without e-mail'
    equals members "$(members)" '[["ServiceTitan","11","Ana","ana.lopez@EXAMPLE.test"],["ServiceTitan","12","Bo Chen",null]]'
    # a user who may not see the list, of a server that refuses what is there
    behave '{"members": "hidden"}'
    exits 0 create
    has "$out" 'MEMBERS: 0 created, 2 matched'
}

@test "an address that Plecto knows with another ID is neither taken nor doubled" {
    start_server '{}' plain
    folder
    control POST /members '{"uuid": "aa", "name": "Ana", "email": "ana.lopez@example.test", "provider": "ServiceTitan", "id": "99"}' >/dev/null
    exits 6 create
    has "$out" 'MEMBERS: 1 created, 0 matched, 1 without e-mail, 1 with another ID'
    has "$out" 'Plecto knows this address with ServiceTitan ID 99'
    equals members "$(members | jq length)" 2
}

@test "matched by ID: the address shown is the one in Plecto, and one of a second profile is an error" {
    start_server '{}' plain
    folder
    control POST /members '{"uuid": "aa", "name": "Ana", "provider": "ServiceTitan", "id": "11"}' >/dev/null
    control POST /members '{"uuid": "bb", "name": "Bo", "email": "bo2@example.test", "provider": "ServiceTitan", "id": "12"}' >/dev/null
    exits 0 create
    has "$out" 'matched    Ana Lopez (ServiceTitan ID 11): Plecto shows no address, Ana.Lopez@example.test in the roster'
    has "$out" 'matched    Bo Chen (ServiceTitan ID 12), bo2@example.test in Plecto, bo@example.test in the roster'
    control POST /members '{"uuid": "cc", "name": "A", "email": "ana.lopez@example.test", "provider": "ServiceTitan", "id": "99"}' >/dev/null
    control POST /members '{"uuid": "dd", "name": "B", "email": "bo@example.test"}' >/dev/null
    exits 6 create
    has "$out" '2 with another ID'
    has "$out" 'Plecto knows this address with ServiceTitan ID 99'
    has "$out" 'Plecto knows this address with no ID, and this ID with another profile'
    equals members "$(members | jq length)" 4
}

@test "an answer of success for one who is not there is an error; a refusal has Plecto's words" {
    start_server '{"members": "lies"}' plain
    folder
    exits 6 create --retry-max-time 1
    has "$out" '2 not in Plecto in spite of its answer'
    behave '{"members": "refused"}'
    exits 6 create
    has "$out" 'refused    Bo Chen (ServiceTitan ID 12), bo@example.test: 400, updating_api_provider_email: Enter a valid email address.'
    equals members "$(members)" '[]'
    behave '{"members": "hidden"}'
    exits 0 create
    has "$out" '2 created'
}

@test "a lost answer: again, and nobody is there twice" {
    start_server '{"next": ["none", "close-after"]}' plain
    folder
    exits 5 create
    has "$err" 'Run it again. Who exists by then is matched.'
    exits 0 create
    has "$out" 'MEMBERS: 1 created, 1 matched'
    equals members "$(members | jq length)" 2
}

@test "a list without an envelope, of several pages, or that repeats itself" {
    start_server '{"envelope": false, "page_size": 1}' plain
    folder
    exits 0 create
    exits 0 create
    has "$out" 'MEMBERS: 0 created, 2 matched'
    behave '{"envelope": true, "next_page": "circle"}'
    exits 0 create
    has "$out" 'MEMBERS: 0 created, 2 matched'
}

@test "wrong use: no roster, no address, one address for two, nothing is asked" {
    start_server '{}' plain
    folder
    wrong_use 'members create needs --roster' 'id, name and email' "$ST2PLECTO" members create jobs
    wrong_use '--roster is given more than 8 times' 'fewer files' "$ST2PLECTO" members create jobs --roster={1,2,3,4,5,6,7,8,9}.csv
    wrong_use 'members drop is unknown' 'Write st2plecto members create DIR' "$ST2PLECTO" members drop jobs
    sed 's/bo@example.test/bo at home/' people.csv >wrong.csv
    exits 2 "$ST2PLECTO" members create jobs --roster wrong.csv "${connection[@]}"
    has "$err" '"bo at home" as e-mail address of Bo Chen (ID 12)'
    sed 's/bo@example.test/ANA.lopez@example.test/' people.csv >same.csv
    exits 2 "$ST2PLECTO" members create jobs --roster same.csv "${connection[@]}"
    has "$err" 'ANA.lopez@example.test for two employees of the folder: Ana Lopez (ID 11) and Bo Chen (ID 12)'
    printf '11,Ana Lopez,other@example.test\n' | cat people.csv - >several.csv
    exits 0 "$ST2PLECTO" members create jobs --roster several.csv "${connection[@]}" -n
    has "$out" 'Ana Lopez (ServiceTitan ID 11): the roster has several addresses for this person'
    equals requests "$(control GET /log | grep -c POST)" 0
}
