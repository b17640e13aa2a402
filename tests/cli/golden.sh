# golden.sh: which samples are converted how for the golden files, for samples.bats and update-golden alike.
# shellcheck shell=sh

# Prints a line for each case: NAME OPTIONS… FILE.
golden_cases() {
    roster='--roster samples/roster/technicians.json --roster samples/roster/employees.json'
    for file in samples/*/*.csv samples/*/*.json; do
        case $file in samples/roster/*) continue ;; esac
        name=${file#samples/} # jobs/good.csv is jobs-good-csv; without a process, for there are hundreds
        name=${name%%/*}-${name#*/}
        while [ "$name" != "${name%%.*}" ]; do name=${name%%.*}-${name#*.}; done
        case $file in
        samples/calls/* | samples/estimates/* | samples/invoices/* | samples/jobs/* | samples/report-job-costing/*)
            options='--tz America/Chicago'
            ;;
        *) options='--tz America/Phoenix' ;;
        esac
        case $file in
        samples/report-technician-performance/*.json) options="$options --period 2025-10-01..2025-10-31" ;; # it has no title
        samples/gross-pay-items/* | samples/payroll-adjustments/*) options="$options $roster" ;; # people as IDs
        *.csv | samples/calls/* | samples/report-*/*) ;;
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
        samples/report-job-costing/*) ;;
        samples/report-*/good.csv) # CSV alone: nothing to compare its totals with
            printf '%s-totals %s --by month %s\n' "$name" "$options" "$file"
            continue
            ;;
        samples/report-*) continue ;;
        esac
        case $file in
        samples/*/good.csv | samples/*/good.json | samples/*/grouped.csv)
            printf '%s-day %s --by day %s\n' "$name" "$options" "$file"
            printf '%s-month %s --by month --layout metric %s\n' "$name" "$options" "$file"
            ;;
        esac
    done
}

# Converts one case into FOLDER: golden_convert FOLDER OPTIONS… FILE. What the program said is in FOLDER.said.
golden_convert() {
    folder=$1
    shift
    "$ST2PLECTO" convert --on-error reject --fail-on never -j 2 -o "$folder" "$@" > "$folder.said" 2>&1 ||
        [ $? -eq 1 ] || { cat "$folder.said" >&2; return 1; } # 1: no row is good, so there are only reports
}

# Makes the folders below FOLDER those of the golden files: report.txt beside the other files, none that differ by place or
# version. For all at once: a process for each of hundreds takes longer than the conversions. golden_finish FOLDER.
golden_finish() {
    find "$1" \( -name receipt.json -o -name result.json \) -delete
    find "$1" -name '*.said' | xargs awk '
        FNR == 1 { if (to != "") close(to); from = FILENAME; sub(/\.said$/, "", from); to = from "/report.txt" }
        { # all places, as plain text
            line = ""
            while ((at = index($0, from)) > 0) {
                line = line substr($0, 1, at - 1) "OUT"
                $0 = substr($0, at + length(from))
            }
            print line $0 > to
        }'
    find "$1" -name '*.said' -delete
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

# The folder with its copies: golden_unfold FOLDER LIST TO. One process for hundreds of files.
golden_unfold() {
    cp -r "$1" "$3"
    python3 - "$1" "$2" "$3" <<'PYTHON'
import os, shutil, sys
folder, names, to = sys.argv[1:]
for line in open(names):
    copy, original = line.split()
    os.makedirs(os.path.dirname(f"{to}/{copy}"), exist_ok=True)
    shutil.copyfile(f"{folder}/{original}", f"{to}/{copy}")
PYTHON
}
