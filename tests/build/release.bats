#!/usr/bin/env bats
# release.bats: what `make release` puts beside the artifacts is checked, and the check finds what is wrong.

load ../cli/helper

setup() {
    cd "$BATS_TEST_DIRNAME/../.."
    git rev-parse -q --verify HEAD >/dev/null 2>&1 || skip 'no git checkout'
    folder=$BATS_TEST_TMPDIR/release again=$BATS_TEST_TMPDIR/again
}

# artifacts FOLDER: the sources, and an archive with notices, as `make release` makes them.
artifacts() {
    mkdir -p "$1" "$1.tree/tool"
    printf '==== zlib 1.2\n' >"$1.tree/tool/NOTICES"
    RELEASE_FOLDER=$1 bash -c '. scripts/lib.sh; . scripts/package/version.sh
        pack "$1.tree" tool "$1/tool.tar.gz"; bill "$1/tool.tar.gz" zlib=1.2' - "$1"
    (cd "$1" && sha256sum -- * >../sums && mv ../sums SHA256SUMS)
}

@test "two builds of a release: sums, bills of materials, notices and bytes are compared" {
    artifacts "$folder"
    artifacts "$again"
    run scripts/package/check "$folder" "$again"
    [ "$status" -eq 0 ]
    [[ $output = *'1 artifacts, twice the same bytes'* ]]

    echo >>"$again/tool.tar.gz"
    run scripts/package/check "$folder" "$again"
    [ "$status" -eq 1 ]
    [ "$output" = 'tool.tar.gz: the second build has other bytes' ]

    run scripts/package/check "$again"
    [ "$status" -eq 1 ]
    [[ $output = *'SHA256SUMS does not have its digest'* ]]
    [[ $output = *'tool.tar.gz.cdx.json: is of other bytes'* ]]

    sed -i 's/"zlib"/"expat"/' "$folder/tool.tar.gz.cdx.json"
    run scripts/package/check "$folder"
    [ "$status" -eq 1 ]
    [[ $output = *'its notices do not name expat 1.2'* ]]

    rm "$folder/tool.tar.gz.cdx.json"
    run scripts/package/check "$folder"
    [ "$status" -eq 1 ]
    [[ $output = *'no bill of materials'* ]]
}

@test "make dist has the sources, and nothing of this machine" {
    make -s dist >"$BATS_TEST_TMPDIR/said"
    tar -tzf "$(cat "$BATS_TEST_TMPDIR/said")" | sed 's,^[^/]*/,,' | cut -d/ -f1 | sort -u >"$BATS_TEST_TMPDIR/top"
    printf '%s\n' .clang-format .clang-tidy .pictures CHANGELOG.md LICENSE Makefile README.md samples schemas scripts src tests >"$BATS_TEST_TMPDIR/expected"
    diff "$BATS_TEST_TMPDIR/expected" "$BATS_TEST_TMPDIR/top"
}
