/* scenarios.c: one command a line: what is prepared, what is run, how it ends, what it publishes. */
#include "scenarios.h"

#define JOBS "cp $ROOT/samples/jobs/good.csv jobs.csv && cp $ROOT/samples/roster/*.json ."
#define ZONE "--tz", "America/Chicago"
#define QUIET " >/dev/null 2>&1"

const struct scenario scenarios[] = {
    {"convert-csv", JOBS, {"convert", "--schema", "jobs", ZONE, "-o", "out", "jobs.csv"}, 0, "out",
     "out/registrations.jsonl", false},
    {"convert-force", JOBS " && $ST2PLECTO convert -q --by day -o out jobs.csv" QUIET,
     {"convert", "--schema", "jobs", "--force", "-o", "out", "jobs.csv"}, 0, "out", "out/registrations.jsonl", false},
    {"convert-auto", JOBS " && mkdir new", {"convert", "-j", "1", "-o", "new/out", "jobs.csv"}, 0, "new",
     "new/out/registrations.jsonl", false},
    {"convert-reject", "cp $ROOT/samples/jobs/bad.csv jobs.csv",
     {"convert", "--schema", "jobs", "--on-error", "reject", "--field", "Customer Name", "-o", "out", "jobs.csv"}, 1,
     "out", "out/registrations.jsonl", false},
    {"convert-gzip", "gzip -c $ROOT/samples/jobs/good.csv >jobs.csv.gz",
     {"convert", "--schema", "jobs", "--date-order", "mdy", "--by", "day", "-o", "out", "jobs.csv.gz"}, 0, "out",
     "out/registrations.jsonl", false},
    {"convert-json", "cp $ROOT/samples/jobs/good.json jobs.json; cp $ROOT/samples/job-splits/good.json splits.json; "
                     "cp $ROOT/samples/roster/technicians.json .",
     {"convert", "--schema", "jobs", ZONE, "--roster", "technicians.json", "--with", "splits.json", "-o", "out",
      "jobs.json"}, 0, "out", "out/registrations.jsonl", false},
    {"convert-stdin", JOBS, {"convert", "--schema", "jobs", "-o", "out", "-"}, 0, "out", "out/registrations.jsonl",
     false},
    {"convert-workbooks", JOBS,
     {"convert", "--schema", "jobs", "--to", "csv,xlsx,review", "--format", "html=page.html", "-o", "out", "jobs.csv"},
     0, "out", "out/import.csv", true},
    {"convert-xlsx", JOBS " && $ST2PLECTO convert -q --to xlsx -o made jobs.csv" QUIET
                          " && mv made/import.xlsx jobs.xlsx && rm -r made && $ST2PLECTO schema init -o own.json jobs.xlsx" QUIET,
     {"convert", "--schema", "own.json", "-o", "out", "jobs.xlsx"}, 0, "out", "out/registrations.jsonl", false},
    {"validate", JOBS, {"validate", "--schema", "jobs", "--format", "json", "jobs.csv"}, 0, NULL, NULL, false},
    {"validate-folder", "mkdir exports && cp $ROOT/samples/jobs/good.csv exports/",
     {"validate", "--schema", "jobs", "-o", "out", "exports"}, 0, "out", NULL, false},
    {"inspect", JOBS, {"inspect", "jobs.csv"}, 0, NULL, NULL, false},
    {"apply", "cp $ROOT/samples/jobs/bad.csv jobs.csv; $ST2PLECTO convert -q --on-error reject --to csv,review -o made "
              "jobs.csv" QUIET "; /usr/bin/python3 $ROOT/tests/tools/review_edit.py made/review.xlsx edited.xlsx "
              "'Rejected!100232:Primary Technician=Ana Lopez' 'Rejected!100232:Decision=fix' && rm -r made",
     {"apply", "--who", "dana", "edited.xlsx"}, 0, "fixes.csv", NULL, false},
    {"report", JOBS " && $ST2PLECTO convert -q -o made jobs.csv" QUIET,
     {"report", "--format", "html=page.html", "--format", "xlsx=review.xlsx", "--format", "markdown", "made"}, 0,
     "page.html", NULL, true},
    {"report-force", JOBS " && $ST2PLECTO convert -q -o made jobs.csv" QUIET " && echo old >page.html",
     {"report", "--force", "--format", "html=page.html", "made/result.json"}, 0, "page.html", NULL, false},
    {"schema-init", JOBS, {"schema", "init", "-o", "own.json", "jobs.csv"}, 0, "own.json", NULL, false},
    {"schema-list", "mkdir own && cp $ROOT/schemas/jobs.json own/mine.json", {"schema", "list", "--schema-dir", "own"}, 0,
     NULL, NULL, false},
};
const size_t scenario_count = sizeof scenarios / sizeof *scenarios;
