#!/usr/bin/env python3
"""Plants gaps between two sides of generated exports and judges what `st2plecto reconcile` says of them.

Knows nothing of the program but its command line and the words of its JSON. Seeded: the same numbers give the same cases.

    tests/property/reconcile_gaps.py --program build/dev/st2plecto [--singles 40] [--pairs 16] [--none 8] [--equal 10] [--seed 1]

Exit 0 if the planted cause is named first in 95 of 100 single and 80 of 100 pairs, no cause is named exact that is not,
and equal sides are found equal.
"""
import argparse
import copy
import csv
import datetime
import decimal
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

D = decimal.Decimal
CENT = D("0.01")
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KINDS = {  # export: (ID, date, other dates, person, money, attributes)
    "jobs": ("Job #", "Completion Date", ["Created Date"], "Primary Technician",
             ["Jobs Subtotal", "Jobs Total Revenue", "Estimate Sales"],
             ["Business Unit", "Job Type", "Status", "Active", "Campaign", "Recall", "Membership"]),
    "invoices": ("Invoice ID", "Invoice Date", [], "Sold By", ["Subtotal", "Total", "Balance"], ["Business Unit", "Active"]),
    "estimates": ("Estimate ID", "Creation Date", ["Estimate Sold Date"], "Sold By", ["Estimate Subtotal"],
                  ["Estimate Status", "Business Unit", "Active"]),
    "invoice-items": ("Invoice Item ID", "Invoice Date", [], "Technician", ["Item Total", "Total Cost"],
                      ["Item Type", "Invoice Business Unit", "Item GL Account Name"]),
    "report-job-costing": ("Job #", "Scheduled Date", [], "Primary Technician",
                           ["Jobs Subtotal", "Labor Pay", "Materials + Equip. + PO/Bill Costs"],
                           ["Job’s Business Unit", "Job Type", "Status"]),
    "calls": ("Call ID", "Call Date", [], "Agent", [], ["Direction", "Call Type", "Campaign", "Active"]),
}
SAME = [{"jobcreatedon", "createddate"}, {"soldon", "estimatesolddate"}]  # a title in Plecto and its label
VALUES = {
    "Business Unit": ["Phoenix", "Tucson", "HVAC Service", "HVAC Install", "Plumbing Service"],
    "Job Type": ["No Cool", "No Heat", "Maintenance", "Tune-up", "Leak", "Estimate visit"],
    "Status": ["Completed", "Completed", "Completed", "Hold", "Scheduled", "Canceled"],
    "Estimate Status": ["Open", "Sold", "Dismissed"],
    "Active": ["True", "True", "True", "True", "False"],
    "Campaign": ["Google Ads", "Referral", "Direct Mail", "Radio", "Yelp"],
    "Recall": ["No", "No", "No", "No", "Yes"],
    "Membership": ["Yes", "No"],
    "Item Type": ["Service", "Material", "Equipment"],
    "Item GL Account Name": ["Service sales", "Material sales", "Equipment sales"],
    "Direction": ["Inbound", "Outbound"],
    "Call Type": ["Booked", "Excused", "NotLead", "Unbooked"],
}
VALUES["Invoice Business Unit"] = VALUES["Job’s Business Unit"] = VALUES["Business Unit"]
PEOPLE = ["Ana Lopez", "Bo Chen", "Cy Ortiz", "Dana O'Neil", "Eli Kim", "Fay Novak", "Gus Diaz"]
FIRST = datetime.datetime(2025, 10, 1)


def money(value):
    return f"${value:,.2f}" if value >= 0 else f"-${-value:,.2f}"


def stamp(value):
    return f"{value.month}/{value.day}/{value.year} {value.hour % 12 or 12}:{value.minute:02d} {'AM' if value.hour < 12 else 'PM'}"


class Table:
    """An export: the columns of a sample, rows as dicts with real values for what matters."""

    def __init__(self, kind, rng, count):
        self.kind = kind
        self.id, self.date, self.others, self.person, self.money, self.attributes = KINDS[kind]
        with open(f"{ROOT}/samples/{kind}/good.csv", encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        self.columns = list(rows[0])
        self.attributes = [name for name in self.attributes if name in self.columns]
        self.rows = []
        base = rng.randrange(100000, 900000)
        for number in range(count):
            row = dict(rows[number % len(rows)])
            for name in self.columns:
                if re.search(r"#|\bID\b", name) or name in ("Customer Name", "Summary", "Invoice Summary"):
                    row[name] = str(base + number) if row[name] else ""
                if name == "Customer Name":
                    row[name] = f"Customer {rng.randrange(count // 2)}"
            row[self.id] = str(base + number)
            moment = FIRST + datetime.timedelta(minutes=rng.randrange(30 * 1440))
            row[self.date] = moment
            for other in self.others:
                row[other] = moment - datetime.timedelta(minutes=rng.randrange(60, 12 * 1440)) if "Sold" not in other \
                    else moment + datetime.timedelta(minutes=rng.randrange(60, 12 * 1440))
            row[self.person] = rng.choice(PEOPLE)
            amount = D(rng.randrange(5000, 500000)) / 100
            for place, name in enumerate(self.money):
                row[name] = (amount * (D("1.00") + D(place) / 12)).quantize(CENT)
            for name in self.attributes:
                row[name] = rng.choice(VALUES[name])
            self.rows.append(row)
        self.day_only = kind in ("invoices", "invoice-items", "report-job-costing")

    def text(self, rows):
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(self.columns)
        for row in rows:
            cells = []
            for name in self.columns:
                value = row[name]
                if isinstance(value, datetime.datetime):
                    value = f"{value.month}/{value.day}/{value.year}" if self.day_only else stamp(value)
                elif isinstance(value, D):
                    value = money(value)
                cells.append(value)
            writer.writerow(cells)
        return out.getvalue()


class Case:
    def __init__(self, name, left, right, planted, arguments=(), form="csv"):
        self.name, self.left, self.right, self.planted = name, left, right, planted
        self.arguments, self.form, self.zone = list(arguments), form, "America/Phoenix"


def pick_value(table, rows, rng, least=2):
    choices = []
    for name in table.attributes:
        for value in sorted({row[name] for row in rows}):
            size = sum(row[name] == value for row in rows)
            if least <= size <= len(rows) // 2:
                choices.append((name, value))
    return rng.choice(choices)


# --- causes: each changes the rows of the right side (or both), returns what was planted, or None where it cannot be -----

def plant_attribute(table, left, right, rng):
    name, value = pick_value(table, left, rng)
    if rng.random() < 0.3:
        left[:] = [row for row in left if row[name] != value]
    else:
        right[:] = [row for row in right if row[name] != value]
    return {"cause": "attribute", "field": name, "value": value}


def plant_attributes(table, left, right, rng):
    if len(table.attributes) < 2:
        return None
    for _ in range(60):
        a, b = rng.sample(table.attributes, 2)
        row = rng.choice(left)
        both = [r for r in left if r[a] == row[a] and r[b] == row[b]]
        is_one = len(both) in (sum(r[a] == row[a] for r in left), sum(r[b] == row[b] for r in left))
        if len(both) < 3 or is_one or len(both) > len(left) // 3:
            continue
        right[:] = [r for r in right if not (r[a] == row[a] and r[b] == row[b])]
        return {"cause": "attributes", "field": {a, b}, "value": {row[a], row[b]}}
    return None


def plant_date(table, left, right, rng):
    if not table.others:
        return None
    other = rng.choice(table.others)
    for row in right:
        row[table.date] = row[other]
    return {"cause": "date", "field": other}


def plant_pulled(table, left, right, rng):
    """Two exports of one week, pulled by different date columns."""
    if not table.others:
        return None
    other = rng.choice(table.others)
    start = FIRST + datetime.timedelta(days=8)
    end = start + datetime.timedelta(days=10)
    left[:] = [row for row in left if start <= row[table.date] < end]
    right[:] = [row for row in right if start <= row[other] < end]
    return {"cause": "date", "field": other}


def plant_days(table, left, right, rng):
    if table.day_only:
        shift, words = rng.choice([(24, "+1 day"), (-24, "-1 day")])
    else:
        shift, words = rng.choice([(24, "+1 day"), (-24, "-1 day"), (7, "UTC"), (-7, "-7 h"), (5, "+5 h"), (-3, "-3 h")])
    for row in right:
        row[table.date] += datetime.timedelta(hours=shift)
    return {"cause": "days", "value": words}


def plant_repeated(table, left, right, rng):
    for _ in range(rng.randrange(1, 4)):
        place = rng.randrange(len(left))
        again = dict(left[place])
        for name in table.money:
            again[name] = D(rng.randrange(100, 90000)) / 100
        left.insert(rng.randrange(place + 1), again)
    return {"cause": "repeated"}


def plant_row(table, left, right, rng):
    for _ in range(50):
        row = right[rng.randrange(len(right))]
        if any(sum(r[name] == row[name] for r in left) == 1 for name in table.attributes):
            continue
        if row[table.date] in (min(r[table.date] for r in left), max(r[table.date] for r in left)):
            continue
        right[:] = [r for r in right if r[table.id] != row[table.id]]
        return {"cause": "row", "value": row[table.id]}
    return None


def plant_extra_row(table, left, right, rng):
    planted = plant_row(table, right, left, rng)
    return planted


def plant_rows(table, left, right, rng):
    order = sorted(left, key=lambda row: row[table.date])
    gone = rng.sample([row[table.id] for row in order[5:-5]], rng.randrange(2, 4))
    right[:] = [row for row in right if row[table.id] not in gone]
    return {"cause": "rows", "value": set(gone)}


def plant_sign(table, left, right, rng):
    if not table.money:
        return None
    row = rng.choice(right)
    for name in table.money:
        row[name] = -row[name]
    return {"cause": "sign", "value": row[table.id]}


def plant_scale(table, left, right, rng):
    if not table.money:
        return None
    factor = rng.choice(["100", "0.01"])
    name = rng.choice(table.money)
    if factor == "0.01":
        for row in left:
            row[name] = row[name].quantize(D(1))
        for row in right:
            row[name] = row[name].quantize(D(1))
    for row in right:
        row[name] = row[name] * D(factor)
    return {"cause": "scale", "value": factor}


def plant_column(table, left, right, rng):
    if len(table.money) < 2:
        return None
    name, other = rng.sample(table.money, 2)
    for row in right:
        row[name] = row[other]
    return {"cause": "column", "field": name, "value": other}


def plant_rounding(table, left, right, rng):
    if not table.money:
        return None
    name = rng.choice(table.money)
    for row in right:
        row[name] = row[name].quantize(D(1), rounding=decimal.ROUND_HALF_UP)
    return {"cause": "rounding"}


def plant_stale(table, left, right, rng):
    gone = rng.sample([row[table.id] for row in right], rng.randrange(3, 7))
    left[:] = [row for row in left if row[table.id] not in gone]
    return {"cause": "stale"}


def plant_unsent(table, left, right, rng):
    newest = sorted(left, key=lambda row: row[table.date])[-rng.randrange(3, 9):]
    cut = newest[0][table.date]
    if table.day_only:
        cut = cut.replace(hour=0, minute=0)
    right[:] = [row for row in right if row[table.date] < cut]
    return {"cause": "unsent"}


def plant_retention(table, left, right, rng):
    cut = FIRST + datetime.timedelta(days=rng.randrange(2, 9))
    right[:] = [row for row in right if row[table.date] >= cut]
    return {"cause": "retention"}


def plant_people(table, left, right, rng):
    old = rng.choice(sorted({row[table.person] for row in left}))
    new = rng.choice(["Zoe Adler", old + " Jr", old.split()[0]])
    for row in right:
        if row[table.person] == old:
            row[table.person] = new
    return {"cause": "people", "value": [old, new]}


CAUSES = {name[6:]: function for name, function in list(globals().items()) if name.startswith("plant_")}
SINGLE = [name for name in CAUSES]
GROUP = {"attribute": "presence", "attributes": "presence", "row": "presence", "rows": "presence", "unsent": "presence",
         "retention": "presence", "pulled": "presence", "extra_row": "presence2", "stale": "presence2",
         "date": "moment", "days": "moment", "people": "people", "repeated": "repeated",
         "sign": "amount", "scale": "amount", "column": "amount", "rounding": "amount"}
PAIRS = [(a, b) for a in SINGLE for b in SINGLE
         if a < b and "pulled" not in (a, b) and "rows" not in (a, b) and GROUP[a] != GROUP[b]] + \
        [("attribute", "row"), ("attribute", "unsent"), ("attribute", "retention"), ("attribute", "attribute"),
         ("retention", "unsent")]


def add_noise(table, left, right, rng):
    """Rows that are the same on both sides and have no part in the gap: spelt otherwise."""
    for row in right:
        if rng.random() < 0.3:
            first, last = row[table.person].split(" ", 1)
            row[table.person] = rng.choice([f"{last}, {first}", f"{first}  {last}", row[table.person].upper()])


def make_case(number, names, rng):
    for _ in range(40):
        kind = rng.choice([k for k in KINDS if k != "calls" or not {"sign", "scale", "column", "rounding"} & set(names)])
        table = Table(kind, rng, rng.randrange(60, 240))
        left, right = copy.deepcopy(table.rows), copy.deepcopy(table.rows)
        if "people" not in names and rng.random() < 0.3:
            add_noise(table, left, right, rng)
        # what moves dates or amounts comes last, so that the other causes see the true ones
        order = sorted(names, key=lambda name: GROUP[name] in ("moment", "amount"))
        if "repeated" in names:
            order = [n for n in order if n != "repeated"] + ["repeated"]
        planted = [CAUSES[name](table, left, right, rng) for name in order]
        if all(planted) and left and right:
            rng.shuffle(right)
            return Case(f"{number:03d} {kind} {'+'.join(names)}", table.text(left), table.text(right), planted,
                        form=rng.choice(["csv", "csv", "folder", "import", "answer"]) if not
                        {"pulled", "repeated"} & set(names) else "csv")
    return None


def make_none(number, rng):
    table = Table(rng.choice([k for k in KINDS if KINDS[k][4]]), rng, rng.randrange(60, 200))
    left, right = copy.deepcopy(table.rows), copy.deepcopy(table.rows)
    for row in rng.sample(right, rng.randrange(3, 20)):
        for name in table.money:
            row[name] += D(rng.randrange(-9000, 9000)) / 100
    return Case(f"{number:03d} {table.kind} none", table.text(left), table.text(right), [])


def make_equal(number, rng):
    table = Table(rng.choice(list(KINDS)), rng, rng.randrange(40, 120))
    left, right = copy.deepcopy(table.rows), copy.deepcopy(table.rows)
    add_noise(table, left, right, rng)
    rng.shuffle(right)
    columns = table.columns
    first = table.text(left)
    table.columns = rng.sample(columns, len(columns))
    return Case(f"{number:03d} {table.kind} equal", first, table.text(right), None,
                form=rng.choice(["csv", "folder", "import", "answer"]))


# --- bare numbers ------------------------------------------------------------------------------------------------------

def make_bare(number, cause, rng):
    for _ in range(40):
        table = Table(rng.choice(["jobs", "invoices", "estimates"]), rng, rng.randrange(60, 240))
        metric = table.money[0]
        start, end = FIRST + datetime.timedelta(days=5), FIRST + datetime.timedelta(days=25)
        period = f"{start:%Y-%m-%d}..{end - datetime.timedelta(days=1):%Y-%m-%d}"

        def total(rows, key=None, a=start, b=end):
            return sum((row[metric] for row in rows if a <= row[key or table.date] < b), D(0))
        inside = [row for row in table.rows if start <= row[table.date] < end]
        planted, rows = {"cause": cause}, table.rows
        if cause == "attribute":
            name, value = pick_value(table, inside, rng)
            expected = total([row for row in rows if row[name] != value])
            planted |= {"field": name, "value": value}
        elif cause == "date":
            if not table.others:
                continue
            planted["field"] = other = table.others[0]
            expected = total(rows, other)
        elif cause == "end":
            planted = {"cause": "days", "value": "end exclusive"}
            expected = total(rows, b=end - datetime.timedelta(days=1))
        elif cause == "utc":
            if table.day_only:
                continue
            planted = {"cause": "days", "value": "UTC"}
            for row in rows:
                row["utc"] = row[table.date] + datetime.timedelta(hours=7)
            expected = total(rows, "utc")
        elif cause == "row":
            row = rng.choice(inside)
            planted["value"] = row[table.id]
            expected = total(rows) - row[metric]
        elif cause == "sign":
            row = rng.choice(inside)
            planted["value"] = row[table.id]
            expected = total(rows) - 2 * row[metric]
        elif cause == "scale":
            planted["value"] = "100"
            expected = total(rows) * 100
        elif cause == "column":
            if len(table.money) < 2:
                continue
            planted |= {"field": metric, "value": table.money[1]}
            expected = sum((row[table.money[1]] for row in inside), D(0))
        elif cause == "none":
            planted = None
            expected = total(rows) + D(rng.randrange(-500000, 500000)) / 100
        else:
            expected = total(rows) - sum(row[metric] for row in rng.sample(inside, 2))
        if expected == total(rows):
            continue
        return Case(f"{number:03d} {table.kind} bare {cause}", table.text(rows), None, [planted] if planted else [],
                    ["--expect", f"{metric}={expected}", "--period", period])
    return None


# --- the judge ---------------------------------------------------------------------------------------------------------

def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def prepare(program, folder, case):
    left = f"{folder}/left.csv"
    with open(left, "w", encoding="utf-8", newline="") as file:
        file.write(case.left)
    if case.right is None:
        return [left]
    right = f"{folder}/right.csv"
    with open(right, "w", encoding="utf-8", newline="") as file:
        file.write(case.right)
    if case.form == "csv":
        return [left, right]
    kind = case.name.split()[1]
    code, _, errors = run(program, "convert", "--no-config", "--schema", kind, "--tz", "America/Phoenix", "-o", f"{folder}/out",
                          "--on-error", "reject", right)
    if code not in (0, 8):
        raise RuntimeError(errors)
    if case.form == "folder":
        return [left, f"{folder}/out"]
    if case.form == "import":
        os.rename(f"{folder}/out/import.csv", f"{folder}/download.csv")
        return [left, f"{folder}/download.csv"]
    results = []
    with open(f"{folder}/out/registrations.jsonl", encoding="utf-8") as file:
        for line in file:
            one = json.loads(line, parse_float=str)
            keys = ("external_id", "date", "member_api_provider", "member_api_id", "member_name")
            results.append({key: one.pop(key) for key in keys} | {"fields": one})
    with open(f"{folder}/answer.json", "w", encoding="utf-8") as file:
        json.dump({"results": results, "next": None}, file)
    return [left, f"{folder}/answer.json"]


def same_field(said, planted):
    def plain(name):
        return re.sub(r"[^a-z0-9]", "", name.lower())
    return plain(planted) in plain(said or "") or plain(said or "") in plain(planted) or \
        {plain(said or ""), plain(planted)} in SAME


def is_planted(said, planted):
    if said["cause"] != planted["cause"]:
        return False
    field, value = planted.get("field"), planted.get("value")
    if isinstance(field, set):
        if set(map(str.lower, said["value"])) != set(map(str.lower, value)):
            return False
        return all(any(same_field(one, name) for name in field) for one in said["field"])
    if field and not same_field(said["field"], field):
        return False
    if isinstance(value, set):
        return set(said["value"]) == value
    if isinstance(value, list):
        plain = [re.sub(r"\s+", " ", " ".join(reversed(v.split(", "))) if ", " in v else v).lower() for v in said["value"]]
        return plain == [v.lower() for v in value]
    if value is not None and said["cause"] == "column":
        return same_field(said["value"], value)
    return value is None or str(said["value"]).lower() == value.lower()


def judge(program, case):
    """What is wrong: ('wrong', text), ('lie', text), or None."""
    with tempfile.TemporaryDirectory() as folder:
        sides = prepare(program, folder, case)
        code, out, errors = run(program, "reconcile", *sides, "--format", "json", "--no-config", "--tz", case.zone,
                                "--schema", case.name.split()[1], *case.arguments)
    if code not in (0, 1):
        return "lie", f"exit {code}: {errors.strip()}"
    answer = json.loads(out)
    for metric in answer["metrics"]:
        gap = D(metric["right"]) - D(metric["left"])
        if gap != D(metric["gap"]):
            return "lie", f"{metric['field']}: gap {metric['gap']} is not right - left"
        if answer["buckets"] and sum(D(b["amounts"][metric["field"]]) for b in answer["buckets"]) != gap:
            return "lie", f"{metric['field']}: the buckets do not add up to {gap}"
    gaps = {metric["field"]: D(metric["gap"]) for metric in answer["metrics"]}
    for said in answer["explanations"]:
        if said["explains"] == "all" and {k: D(v) for k, v in said["amounts"].items()} != gaps:
            return "lie", f"{said['cause']} explains all but its amounts are {said['amounts']}, the gaps {gaps}"
        if said["cause"] == "combination":
            for name, gap in said["amounts"].items():
                if sum(D(one["amounts"][name]) for one in said["causes"]) != D(gap):
                    return "lie", "the amounts of a combination do not add up"
    if answer["exit"] != code:
        return "lie", f"exit {code}, said {answer['exit']}"
    if case.planted is None:
        return None if code == 0 else ("wrong", f"not equal: {[(b['bucket'], b['rows']) for b in answer['buckets']]}")
    said = answer["explanations"]
    exact = [one for one in said if one["explains"] == "all"]
    if not case.planted:
        return ("lie", f"named {[(o['cause'], o['field'], o['value']) for o in exact if 'field' in o]}") if exact else None
    brief = [{k: o.get(k) for k in ("cause", "field", "value", "explains", "rows")} |
             ({"causes": [(c["cause"], c["field"], c["value"]) for c in o["causes"]]} if "causes" in o else {}) for o in said[:3]]
    buckets = {b["bucket"]: b["rows"] for b in answer["buckets"] if b["rows"]}
    if not said:
        return "wrong", f"no explanation; {buckets}"
    if len(case.planted) == 1:
        good = is_planted(said[0], case.planted[0])
    else:
        causes = said[0].get("causes", [])
        good = len(causes) == 2 and any(all(is_planted(a, b) for a, b in zip(order, case.planted))
                                        for order in (causes, causes[::-1]))
    return None if good else ("wrong", f"planted {case.planted}, said {brief}; {buckets}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", required=True)
    options.add_argument("--singles", type=int, default=40)
    options.add_argument("--pairs", type=int, default=16)
    options.add_argument("--bare", type=int, default=16)
    options.add_argument("--none", type=int, default=8)
    options.add_argument("--equal", type=int, default=10)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", help="only cases whose name has this")
    options.add_argument("--keep", help="writes the sides of the cases here, instead of judging them")
    options.add_argument("-j", type=int, default=2)
    wishes = options.parse_args()
    rng = random.Random(wishes.seed)
    bare = ["attribute", "date", "end", "utc", "row", "sign", "scale", "column", "none"]
    groups = {
        "single": [make_case(i, [SINGLE[i % len(SINGLE)]], rng) for i in range(wishes.singles)],
        "pair": [make_case(i, list(PAIRS[(i * 7) % len(PAIRS)]), rng) for i in range(wishes.pairs)],
        "bare": [make_bare(i, bare[i % len(bare)], rng) for i in range(wishes.bare)],
        "none": [make_none(i, rng) for i in range(wishes.none)],
        "equal": [make_equal(i, rng) for i in range(wishes.equal)],
    }
    needed = {"single": 95, "pair": 80, "bare": 95, "none": 100, "equal": 100}
    is_fine, lies = True, 0
    for group, cases in groups.items():
        if None in cases:
            print(f"{group}: {cases.count(None)} of {len(cases)} could not be made")
            is_fine = False
        cases = [case for case in cases if case and (not wishes.only or wishes.only in f"{group} {case.name}")]
        if wishes.keep:
            for case in cases:
                folder = f"{wishes.keep}/{group}-{case.name.replace(' ', '-')}"
                os.makedirs(folder, exist_ok=True)
                print(folder, case.form, case.planted, case.arguments, prepare(wishes.program, folder, case))
            continue
        with ThreadPoolExecutor(wishes.j) as pool:
            answers = list(pool.map(lambda case: judge(wishes.program, case), cases))
        bad = [(case, answer) for case, answer in zip(cases, answers) if answer]
        lies += sum(answer[0] == "lie" for _, answer in bad)
        for case, (what, text) in bad:
            print(f"{group} {case.name} ({case.form}) {what}: {text}")
        right = len(cases) - len(bad)
        print(f"{group}: {right} of {len(cases)}")
        is_fine = is_fine and right * 100 >= needed[group] * len(cases)
    print(f"named exact and not: {lies}")
    return 0 if is_fine and lies == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
