#!/usr/bin/env python3
"""figures.py RUNS [SEED]: an independent model of totals. Random exports and a schema for them; what the model, which shares
no code with the program, says of each total has to be what the program writes, field by field, and nothing else.

The rules are those of schemas/README.md ("Aggregates") and of issue 18: sums and counts of what is there, null where nothing
is; averages to four decimals, half to even, with the number of values beside them; ratios of sums; percentages 0 to 100;
amounts of a parent once, total rows left aside; weeks and months that are cut left out or sent as asked."""
import csv
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile
from decimal import ROUND_HALF_EVEN, Decimal

PROGRAM = os.environ["ST2PLECTO"]
FOUR = Decimal("0.0001")
LABELS = ["Line", "Invoice #", "Name", "Day", "Revenue", "Jobs", "Margin %", "Rating", "Least", "Most", "Recall",
          "Parent Total (Invoices)"]


def schema(per):
    parent = {"money": True, "aggregate": "sum"}
    if per:
        parent["per"] = "Invoice #"
    fields = [("Line", "string", {"role": "id"}), ("Invoice #", "string", {}), ("Name", "string", {"role": "employee-name"}),
              ("Day", "date", {"role": "date"}), ("Revenue", "number", {"money": True, "aggregate": "sum"}),
              ("Jobs", "integer", {"aggregate": "sum"}),
              ("Margin %", "number", {"percent": True, "aggregate": {"ratio": ["Revenue", "Jobs"]}}),
              ("Rating", "number", {"aggregate": "avg"}), ("Least", "number", {"aggregate": "min"}),
              ("Most", "number", {"aggregate": "max"}), ("Recall", "boolean", {"aggregate": "count"}),
              ("Parent Total", "number", parent)]
    return {"name": "model", "plecto": {"title": "Model"},
            "fields": [{"name": name, "type": kind, "plecto": plecto} for name, kind, plecto in fields]}


def make_rows(chance):
    rows, parents = [], {}
    first = datetime.date(2025, 9, 20)
    for number in range(chance.randint(1, 40)):
        invoice = str(9000 + chance.randint(0, 12))
        parents.setdefault(invoice, Decimal(chance.randint(-500, 90000)) / 100)
        def maybe(value):
            return None if chance.random() < 0.3 else value
        rows.append({
            "Line": str(number + 1), "Invoice #": invoice, "Name": chance.choice(["Ana Lopez", "Bo Chen", "Cy Ortiz"]),
            "Day": first + datetime.timedelta(chance.randint(0, 60)),
            "Revenue": maybe(Decimal(chance.randint(-9000, 900000)) / 100), "Jobs": maybe(Decimal(chance.randint(0, 9))),
            "Margin %": None, "Rating": maybe(Decimal(chance.randint(0, 50000)) / 10000),
            "Least": maybe(Decimal(chance.randint(-50, 50))), "Most": maybe(Decimal(chance.randint(-50, 50))),
            "Recall": maybe(chance.random() < 0.5), "Parent Total (Invoices)": parents[invoice]})
    return rows


def dollars(value):
    return ("-" if value < 0 else "") + "$" + format(abs(value), ",.2f")


def shown(label, value):
    if value is None:
        return ""
    if label == "Day":
        return value.strftime("%m/%d/%Y")
    if label in ("Revenue", "Parent Total (Invoices)"):
        return dollars(value)
    if label == "Recall":
        return "Yes" if value else "No"
    return str(value)


def write(path, rows, total):
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(LABELS)
        for row in rows:
            writer.writerow([shown(label, row[label]) for label in LABELS])
        if total:
            line = dict.fromkeys(LABELS)
            line["Line"] = "Total"
            for label in ("Revenue", "Jobs", "Parent Total (Invoices)"):
                line[label] = sum((row[label] for row in rows if row[label] is not None), Decimal(0))
            writer.writerow([line["Line"]] + [shown(label, line[label]) for label in LABELS[1:]])


def unit(by, day):
    """First and last day of the week or month."""
    if by == "week":
        first = day - datetime.timedelta(day.weekday())
        return first, first + datetime.timedelta(6)
    first = day.replace(day=1)
    return first, (first + datetime.timedelta(31)).replace(day=1) - datetime.timedelta(1)


def first_day(by, day):
    return day if by == "day" else unit(by, day)[0]


def average(values):
    return (sum(values) / len(values)).quantize(FOUR, ROUND_HALF_EVEN)


def model(rows, by, period, policy, per):
    """Totals by (first day, name); None where the run has to be refused."""
    seen, totals, cut = set(), {}, set()
    if not per:
        lines = {}
        for row in rows:
            lines.setdefault(row["Invoice #"], []).append(row)
        repeats = any(len(group) > 1 for group in lines.values())
    if period and by in ("week", "month"):
        first, last = unit(by, period[0])
        if period[0] > first:
            cut.add(first)
        first, last = unit(by, period[1])
        if any(period[1] < row["Day"] <= last for row in rows):
            cut.add(first)
    for row in rows:
        parent = row["Parent Total (Invoices)"]
        if per:
            parent = None if row["Invoice #"] in seen else parent
            seen.add(row["Invoice #"])
        elif repeats:
            parent = None
        if period and not period[0] <= row["Day"] <= period[1]:
            continue
        first = first_day(by, row["Day"])
        if first in cut and policy == "refuse":
            return None
        if first in cut and policy == "drop":
            continue
        totals.setdefault((first, row["Name"]), []).append(dict(row, parent=parent))
    result = {}
    for key, group in totals.items():
        def values(label):
            return [row[label] for row in group if row[label] is not None]
        revenue, jobs, rating, recall = values("Revenue"), values("Jobs"), values("Rating"), values("Recall")
        ratio = None
        if revenue and jobs and sum(jobs) != 0:
            ratio = (sum(revenue) / sum(jobs) * 100).quantize(FOUR, ROUND_HALF_EVEN)
        fields = {"Count": Decimal(len(group)), "Revenue": sum(revenue) if revenue else None, "Jobs": sum(jobs) if jobs else None,
                  "Margin %": ratio, "Rating": average(rating) if rating else None,
                  "Rating (count)": Decimal(len(rating)) if rating else None,
                  "Least": min(values("Least"), default=None), "Most": max(values("Most"), default=None),
                  "Recall": Decimal(sum(recall)) if recall else None}
        if per or not repeats:
            parents = values("parent")
            fields["Parent Total"] = sum(parents) if parents else None
        result[key] = fields
    return result


def registrations(folder):
    with open(os.path.join(folder, "out", "registrations.jsonl")) as lines:
        return [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in lines]


def key_of(record):
    """Day and person of a total."""
    return datetime.date.fromisoformat(record["date"][:10]), record["member_name"]


def run(chance, folder):
    rows, by, per = make_rows(chance), chance.choice(["day", "week", "month"]), chance.random() < 0.5
    period = policy = None
    options = ["--by", by]
    if chance.random() < 0.6:
        start = datetime.date(2025, 9, 20) + datetime.timedelta(chance.randint(0, 40))
        period = (start, start + datetime.timedelta(chance.randint(0, 30)))
        options += ["--period", "%s..%s" % period]
        policy = chance.choice(["refuse", "drop", "allow"])
        options += ["--cut-periods", policy] if policy != "refuse" or chance.random() < 0.5 else []
    with open(os.path.join(folder, "model.json"), "w") as out:
        json.dump(schema(per), out)
    write(os.path.join(folder, "rows.csv"), rows, chance.random() < 0.4)
    command = [PROGRAM, "convert", "-q", "--no-config", "--schema", "model.json", "--date-order", "mdy", "--force", "-o",
               "out", *options, "rows.csv"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    true = model(rows, by, period, policy, per)
    if true is None:
        return None if done.returncode == 2 and "--cut-periods" in done.stderr else "not refused: %s" % done.stderr
    if done.returncode != 0:
        return "exit %d: %s%s" % (done.returncode, done.stdout, done.stderr)
    written = {key_of(record): {name: record[name] for name in record if name not in (
        "data_source", "external_id", "date", "member_api_provider", "member_api_id", "member_name")}
        for record in registrations(folder)}
    if written != true:
        return "%s\nwritten %s\ntruly   %s" % (" ".join(command), written, true)
    ledger = json.load(open(os.path.join(folder, "out", "result.json")))["ledger"]
    return None if ledger["balanced"] else "the ledger does not balance"


def main(one_run):
    """RUNS [SEED]: one_run(number, folder) says what is wrong in the run of that number."""
    runs, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(seed, seed + runs):
            wrong = one_run(number, folder)
            if wrong:
                failed += 1
                print("run %d: %s" % (number, wrong))
    sys.exit(failed > 0)


if __name__ == "__main__":
    main(lambda number, folder: run(random.Random(number), folder))
