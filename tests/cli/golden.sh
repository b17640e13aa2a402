# golden.sh: which samples are converted how for the golden files, for samples.bats and update-golden alike.
# shellcheck shell=sh

# Prints a line for each case: NAME OPTIONS… FILE.
golden_cases() {
    roster='--roster samples/roster/technicians.json --roster samples/roster/employees.json'
    for file in samples/*/*.csv samples/*/*.json; do
        case $file in samples/roster/*) continue ;; esac
        name=$(basename "$(dirname "$file")")-$(basename "$file" | tr . -)
        case $file in
        samples/calls/* | samples/estimates/* | samples/invoices/* | samples/jobs/* | samples/report-job-costing/*)
            options='--tz America/Chicago'
            ;;
        *) options='--tz America/Phoenix' ;;
        esac
        case $file in
        *.csv | samples/calls/* | samples/report-job-costing/*) ;;
        *) options="$options $roster" ;;
        esac
        # items nested in their parents are taken out by name
        case $file in
        samples/estimate-items/*.json) options="$options --schema estimate-items" ;;
        samples/invoice-items/*.json) options="$options --schema invoice-items" ;;
        samples/job-splits/*.json) options="$options --with samples/jobs/good.json" ;;
        esac
        printf '%s %s %s\n' "$name" "$options" "$file"
        case $file in
        samples/*/good.csv | samples/*/good.json | samples/*/grouped.csv)
            printf '%s-day %s --by day %s\n' "$name" "$options" "$file"
            printf '%s-month %s --by month --layout metric %s\n' "$name" "$options" "$file"
            ;;
        esac
    done
}

# Converts one case into FOLDER, report.txt beside the other files: golden_convert FOLDER OPTIONS… FILE.
golden_convert() {
    folder=$1
    shift
    "$ST2PLECTO" convert --on-error reject --fail-on never -j 2 -o "$folder" "$@" > report.txt 2>&1 ||
        [ $? -eq 1 ] || return 1 # 1: no row is good, so there are only reports
    sed "s|$folder|OUT|g" report.txt > "$folder/report.txt"
    rm -f report.txt "$folder/receipt.json" "$folder/result.json"
}

# Of files with the same bytes the folder keeps the first; LIST names the others: "COPY ORIGINAL" a line.
# golden_fold FOLDER LIST.
golden_fold() {
    (cd "$1" && find . -type f | LC_ALL=C sort | xargs sha256sum) |
        awk '{ sub(/^\.\//, "", $2) } $1 in first { print $2, first[$1]; next } { first[$1] = $2 }' > "$2"
    while read -r copy original; do
        cmp -s "$1/$copy" "$1/$original" || return 1
        rm "$1/$copy"
    done < "$2"
}

# The folder with its copies: golden_unfold FOLDER LIST TO.
golden_unfold() {
    cp -r "$1" "$3"
    while read -r copy original; do
        mkdir -p "$3/${copy%/*}"
        cp "$1/$original" "$3/$copy" || return 1
    done < "$2"
}
