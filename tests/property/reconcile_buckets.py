#!/usr/bin/env python3
"""Buckets by a second reader: generated sides of any mixture of differences, joined by SQLite, compared with what
`st2plecto reconcile --format json` says: rows and amounts of each bucket, both totals. Seeded.

    tests/property/reconcile_buckets.py --program build/dev/st2plecto [--cases 12] [--seed 1]
"""
import argparse
import csv
import datetime
import json
import random
import sqlite3
import subprocess
import sys
import tempfile

COLUMNS = ["Job #", "Primary Technician", "Status", "Completion Date", "Jobs Subtotal", "Jobs Total Revenue"]
PEOPLE = ["Ana Lopez", "Bo Chen", "Cy Ortiz", "Dana O'Neil"]
FIRST = datetime.datetime(2025, 10, 1)
# The last row of an ID is the record, earlier ones are `repeated`; the order of the cases is that of the issue.
BUCKETS = """
WITH l AS (SELECT * FROM rows WHERE side = 0 AND is_last), r AS (SELECT * FROM rows WHERE side = 1 AND is_last),
joined AS (
  SELECT l.id AS a, r.id AS b, l.subtotal AS ls, r.subtotal AS rs, l.total AS lt, r.total AS rt, l.day AS ld, r.day AS rd,
         l.person AS lp, r.person AS rp FROM l LEFT JOIN r ON l.id = r.id
  UNION ALL
  SELECT NULL, r.id, NULL, r.subtotal, NULL, r.total, NULL, r.day, NULL, r.person FROM r LEFT JOIN l ON l.id = r.id
  WHERE l.id IS NULL)
SELECT CASE WHEN b IS NULL THEN 'only-left' WHEN a IS NULL THEN 'only-right' WHEN ls <> rs OR lt <> rt THEN 'amount'
            WHEN ld <> rd THEN 'date' WHEN lp <> rp THEN 'people' ELSE 'same' END AS bucket,
       count(*), sum(coalesce(rs, 0) - coalesce(ls, 0)), sum(coalesce(rt, 0) - coalesce(lt, 0))
FROM joined GROUP BY bucket
UNION ALL
SELECT 'repeated', count(*), sum(CASE side WHEN 1 THEN subtotal ELSE -subtotal END),
       sum(CASE side WHEN 1 THEN total ELSE -total END) FROM rows WHERE NOT is_last HAVING count(*) > 0
"""


def make(rng):
    left = []
    for number in range(rng.randrange(20, 400)):
        moment = FIRST + datetime.timedelta(minutes=rng.randrange(30 * 1440))
        left.append([str(500000 + number), rng.choice(PEOPLE), rng.choice(["Completed", "Hold"]), moment,
                     rng.randrange(-20000, 500000), rng.randrange(-20000, 500000)])
    right = [list(row) for row in left]
    for row in right:
        for chance, change in ((0.05, 1), (0.05, 3), (0.06, 4), (0.06, 5)):
            if rng.random() >= chance:
                continue
            row[change] = {1: rng.choice(PEOPLE), 3: row[3] + datetime.timedelta(minutes=rng.randrange(-3000, 3000)),
                           4: row[4] + rng.randrange(-300, 300), 5: -row[5]}[change]
    left = [row for row in left if rng.random() > 0.05]
    right = [row for row in right if rng.random() > 0.05]
    for rows in (left, right):
        for _ in range(rng.randrange(4)):
            again = list(rng.choice(rows))
            again[4] += rng.randrange(1000)
            rows.insert(rng.randrange(len(rows) + 1), again)
    rng.shuffle(right)
    return left, right


def money(cents):
    return f"{'-' if cents < 0 else ''}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for row in rows:
            when = f"{row[3].month}/{row[3].day}/{row[3].year} {row[3].hour % 12 or 12}:{row[3].minute:02d} " + \
                ("AM" if row[3].hour < 12 else "PM")
            out.writerow([row[0], row[1], row[2], when, money(row[4]), money(row[5])])


def by_sqlite(left, right):
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE rows(side, id, person, day, subtotal INTEGER, total INTEGER, is_last)")
    for side, rows in enumerate((left, right)):
        last = {row[0]: place for place, row in enumerate(rows)}
        base.executemany("INSERT INTO rows VALUES(?,?,?,?,?,?,?)",
                         [(side, r[0], r[1], r[3].date().isoformat(), r[4], r[5], last[r[0]] == place)
                          for place, r in enumerate(rows)])
    buckets = {name: (count, a, b) for name, count, a, b in base.execute(BUCKETS)}
    totals = base.execute("SELECT side, sum(subtotal), sum(total) FROM rows GROUP BY side ORDER BY side").fetchall()
    return buckets, totals


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", required=True)
    options.add_argument("--cases", type=int, default=12)
    options.add_argument("--seed", type=int, default=1)
    wishes = options.parse_args()
    wrong = 0
    for number in range(wishes.cases):
        left, right = make(random.Random(f"{wishes.seed} {number}"))
        with tempfile.TemporaryDirectory() as folder:
            write(f"{folder}/left.csv", left)
            write(f"{folder}/right.csv", right)
            done = subprocess.run([wishes.program, "reconcile", f"{folder}/left.csv", f"{folder}/right.csv", "--no-config",
                                   "--schema", "jobs", "--format", "json"], capture_output=True, text=True)
        answer = json.loads(done.stdout)
        buckets, totals = by_sqlite(left, right)
        fields = [metric["field"] for metric in answer["metrics"]]

        def cents(text):
            return round(float(text) * 100)
        said = {b["bucket"]: (b["rows"], *(cents(b["amounts"][f]) for f in fields)) for b in answer["buckets"] if b["rows"]}
        ours = [[cents(metric[side]) for metric in answer["metrics"]] for side in ("left", "right")]
        if said != buckets or ours != [list(row[1:]) for row in totals]:
            wrong += 1
            print(f"case {number}: said {said} {ours}, SQLite has {buckets} {totals}")
    print(f"{wishes.cases - wrong} of {wishes.cases} as SQLite has them")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
