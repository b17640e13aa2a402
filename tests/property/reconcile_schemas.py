#!/usr/bin/env python3
"""Plants gaps in exports of every schema, by what schemas/*.json and the samples say of their columns; judged as in
reconcile_gaps.py, with the kinds of sides and causes that it lacks: workbooks, JSON answers in all their forms, journals'
folders, rejected and refused rows, the ends of a period, summer time, tax in or out, percent scales, default employees,
averages, tables of expected numbers.

    tests/property/reconcile_schemas.py --program build/dev/st2plecto [--pairs|--bare] [--rounds 1] [--seed 1] [--only TEXT]

Exit 0 if the planted cause is named first in 95 of 100 cases (of pairs in 80), and none is named exact that is not.
"""
import argparse
import csv
import glob
import datetime
import io
import json
import os
import random
import re
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
try:
    import openpyxl
except ImportError:  # then workbooks are left to the machines that can write them
    openpyxl = None
import reconcile_gaps as gaps  # noqa: E402
from reconcile_gaps import CENT, D, FIRST, PEOPLE, ROOT, Case  # noqa: E402

WORDS = ["North", "South", "Alpha", "Bravo", "Delta"]


def plain(text):
    return re.sub(r"[^a-z0-9]", "", text.lower())


class Kind:
    """What a schema and its sample say of a kind of export."""

    def __init__(self, name):
        self.name = name
        with open(f"{ROOT}/schemas/{name}.json", encoding="utf-8") as file:
            schema = json.load(file)
        with open(f"{ROOT}/samples/{name}/good.csv", encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        head = next(i for i, row in enumerate(rows) if len(row) > 3)
        self.preamble, self.columns = rows[:head], rows[head]
        self.rows = [dict(zip(self.columns, row)) for row in rows[head + 1:] if len(row) == len(self.columns)
                     and not any(cell.strip().lower().startswith("total") for cell in row[:1])]
        by_label = {}
        for field in schema["fields"]:
            for label in [field["name"], *field.get("plecto", {}).get("aliases", [])]:
                by_label.setdefault(plain(label), field)
        self.fields = {c: by_label.get(plain(c)) for c in self.columns}
        for column, field in self.fields.items():
            title = field and (field.get("plecto", {}).get("as") or field["name"])
            if title and plain(title) != plain(column):
                TITLES.setdefault(column, title)
        top = schema["plecto"]
        parts = re.findall(r"{([^}]*)}", top.get("id", "")) if isinstance(top.get("id"), str) else []
        self.ids, self.dates, self.people, self.money, self.attributes, self.percents = [], [], [], [], [], []
        for column, field in self.fields.items():
            if not field:
                continue
            more = field.get("plecto", {})
            role, kind = more.get("role"), field["type"]
            if role == "id" or field["name"] in parts:
                self.ids.append(column)
            elif role in ("employee-name", "employee"):
                self.people.append((role != "employee-name", more.get("fallback", False), schema["fields"].index(field), column))
            elif kind in ("date", "datetime"):
                self.dates.append((role != "date", schema["fields"].index(field), column))
            elif kind == "number" and more.get("money") and more.get("aggregate") == "sum" and "derive" not in more:
                self.money.append(column)
            elif more.get("percent"):
                self.percents.append(column)
            elif kind == "boolean" or field.get("constraints", {}).get("enum") or more.get("aggregate") == "group":
                if kind in ("string", "boolean") and not role or role in ("active", "status"):
                    self.attributes.append(column)
        self.by_employee = "employee" in parts
        self.has_one_id, self.can_reject = len(self.ids) == 1 and len(parts) < 2, \
            len(self.people) == 1 and "open" not in top
        self.people = [c for *_, c in sorted(self.people)]
        dated = sorted(d for d in self.dates if not d[0])
        self.date = dated[0][2] if dated and top.get("date") != "period" else None
        self.others = [c for *_, c in sorted(self.dates) if c != self.date] if self.date else []
        self.day_only = self.date and ":" not in "".join(r[self.date] for r in self.rows)

    def value(self, column, rng):
        field = self.fields[column]
        if field["type"] == "boolean":
            seen = sorted({r[column] for r in self.rows if r[column]}) or ["True"]
            pairs = {"true": "False", "false": "True", "yes": "No", "no": "Yes", "TRUE": "FALSE", "FALSE": "TRUE"}
            other = pairs.get(seen[0]) or pairs.get(seen[0].lower())
            return rng.choice([seen[0]] * 3 + [other])
        enum = field.get("constraints", {}).get("enum")
        seen = sorted({r[column] for r in self.rows if r[column]})
        return rng.choice(enum[:5] if enum else seen if len(seen) > 2 else WORDS)


class Table(gaps.Table):
    def __init__(self, kind, rng, count):  # pylint: disable=super-init-not-called
        self.kind, self.columns = kind.name, list(kind.columns)
        self.id = kind.ids[0] if kind.ids else None
        self.date, self.others, self.money = kind.date, kind.others, kind.money
        self.person = kind.people[0] if kind.people else None
        self.attributes, self.day_only, self.preamble = list(kind.attributes), kind.day_only, kind.preamble
        self.percents, self.has_one_id, self.can_reject = kind.percents, kind.has_one_id, kind.can_reject
        self.rows = []
        base = rng.randrange(100000, 800000)
        for number in range(count):
            row = dict(kind.rows[number % len(kind.rows)])
            for column in self.columns:
                if re.search(r"#|\bID\b", column) and row[column] and column not in self.attributes:
                    row[column] = str(base + number)
                if column in ("Customer Name", "Location Name"):
                    row[column] = f"Customer {rng.randrange(count)}"
            for column in kind.ids:
                row[column] = str(base + number)
            moment = FIRST + datetime.timedelta(minutes=rng.randrange(30 * 1440))
            if self.date:
                row[self.date] = moment
            for other in self.others:
                shift = datetime.timedelta(minutes=rng.randrange(60, 9 * 1440))
                row[other] = moment + shift if rng.random() < 0.5 else moment - shift
            names = [c for c in kind.people if not re.search(r"\bID\b", c)]
            who = rng.choice(PEOPLE) if not kind.by_employee else f"Tech {chr(65 + number // 26)}{chr(97 + number % 26)} Lee"
            for column in kind.people:
                row[column] = who if column in names else str(4000 + (PEOPLE.index(who) if who in PEOPLE else number))
            amount = D(rng.randrange(5000, 500000)) / 100
            for place, name in enumerate(self.money):
                row[name] = (amount * (D("0.70") + D(place * rng.randrange(1, 9)) / 37)).quantize(CENT)
            for name in self.attributes:
                row[name] = kind.value(name, rng)
            self.rows.append(row)
        if self.person and re.search(r"\bID\b", self.person):
            self.person = None
        if kind.by_employee:
            self.person = None

    def cell(self, name, value):
        if isinstance(value, datetime.datetime):
            return f"{value.month}/{value.day}/{value.year}" if self.is_day(name) else gaps.stamp(value)
        return gaps.money(value) if isinstance(value, D) else value

    def is_day(self, name):
        return self.day_only

    def grid(self, rows):
        return [self.columns] + [[self.cell(n, row[n]) for n in self.columns] for row in rows]

    def text(self, rows):
        out = io.StringIO()
        csv.writer(out).writerows(self.preamble + self.grid(rows))
        return out.getvalue()


# --- more causes -------------------------------------------------------------------------------------------------------

def plant_end(table, left, right, rng):
    """The right side's report ends a day earlier, or a day later, than the left one's."""
    if not table.date:
        return None
    end = FIRST + datetime.timedelta(days=rng.randrange(10, 25))
    last = {"left": end, "right": end - datetime.timedelta(days=1)}
    left[:] = [r for r in left if r[table.date].date() <= last["left"].date()]
    right[:] = [r for r in right if r[table.date].date() <= last["right"].date()]
    table.arguments = ["--period", f"{FIRST:%Y-%m-%d}..{end:%Y-%m-%d}"]
    return {"cause": "days", "value": "end exclusive"}


def plant_tax(table, left, right, rng):
    """Another money column is in the right side's amounts, or out of them."""
    if len(table.money) < 2:
        return None
    name, other = rng.sample(table.money, 2)
    sign = rng.choice([1, -1])
    for row in right:
        row[name] = row[name] + sign * row[other]
    return {"cause": "column", "field": name, "value": other}


def plant_default(table, left, right, rng):
    """Rows of somebody who left are booked on the default employee."""
    if not table.person:
        return None
    who = rng.choice(sorted({row[table.person] for row in left}))
    for row in right:
        if row[table.person] == who:
            row[table.person] = "Office Default"
    return {"cause": "people", "value": [who, "Office Default"]}


def plant_profiles(table, left, right, rng):
    """One person has two profiles: some of the rows are on the second."""
    if not table.person:
        return None
    who = rng.choice(sorted({row[table.person] for row in left}))
    mine = [row for row in right if row[table.person] == who]
    if len(mine) < 4:
        return None
    for row in rng.sample(mine, len(mine) // 2):
        row[table.person] = f"{who} (2)"
    return {"cause": "people", "value": [who, f"{who} (2)"]}


def plant_percent(table, left, right, rng):
    """Percents as parts of one."""
    if not table.percents:
        return None
    name = rng.choice(table.percents)
    if not sum(1 for row in left if re.search("[1-9]", row[name])) * 2 > len(left):
        return None
    for row in right:
        if row[name]:
            row[name] = str((D(row[name].strip("%")) / 100).normalize())
    return {"cause": "scale", "value": "0.01"}


def plant_customer(table, left, right, rng):
    """Test customers."""
    if "Customer Name" not in table.columns:
        return None
    names = {row[table.id] for row in rng.sample(left, 4)}
    for rows in (left, right):
        for row in rows:
            if row[table.id] in names:
                row["Customer Name"] = "Test Customer"
    right[:] = [row for row in right if row["Customer Name"] != "Test Customer"]
    table.arguments = ["--show-private"]
    return {"cause": "attribute", "field": "Customer Name", "value": "Test Customer"}


def plant_technician(table, left, right, rng):
    if not table.person:
        return None
    who = rng.choice(sorted({row[table.person] for row in left}))
    right[:] = [row for row in right if row[table.person] != who]
    return {"cause": "attribute", "field": "", "value": who}


def plant_rejected(table, left, right, rng):
    """Rows without an employee, which convert rejects."""
    if not table.person or not table.can_reject:
        return None
    gone = {row[table.id] for row in rng.sample(left, rng.randrange(2, 6))}
    for rows in (left, right):
        for row in rows:
            if row[table.id] in gone:
                row[table.person] = ""
    table.forms = ["folder"]
    return {"cause": "rejected"}


def plant_refused(table, left, right, rng):
    if not table.has_one_id:
        return None
    table.refused = sorted(row[table.id] for row in rng.sample(left, rng.randrange(2, 6)))
    right[:] = [row for row in right if row[table.id] not in table.refused]
    table.forms = ["folder"]
    return {"cause": "refused"}


def plant_one_attribute_row(table, left, right, rng):
    """One row on Hold, alone: the seed's story."""
    if not table.attributes:
        return None
    name = rng.choice(table.attributes)
    place = rng.randrange(len(left))
    value = left[place][name]
    others = [v for v in {row[name] for row in left} if v != value]
    if not others:
        return None
    for rows in (left, right):
        for row in rows:
            if row[name] == value and row[table.id] != left[place][table.id]:
                row[name] = others[0]
    keep = left[place][table.id]
    right[:] = [row for row in right if row[table.id] != keep]
    return {"cause": "attribute", "field": name, "value": value}


def plant_hours(table, left, right, rng):
    if table.day_only or not table.date:
        return None
    hours = rng.choice([6, -6, 2, -2, 8, 4, -5, 1, -1])
    for row in right:
        row[table.date] += datetime.timedelta(hours=hours)
    return {"cause": "days", "value": f"{hours:+d} h"}


def plant_summer(table, left, right, rng):
    """The right side's clock knows no summer time, or knows it twice: the records of summer are an hour off."""
    if table.day_only or not table.date:
        return None
    hour = datetime.timedelta(hours=rng.choice([1, -1]))
    for rows in (left, right):
        for row in rows:
            row[table.date] += datetime.timedelta(days=17)
    for row in left[:4]:  # some on either side of midnight
        at = row[table.date].replace(hour=23 if hour.days >= 0 else 0, minute=30)
        row[table.date] = min(at, SUMMER_END - datetime.timedelta(hours=3))
    for row, other in zip(left[:4], right[:4]):
        other[table.date] = row[table.date]
    for row in right:
        if row[table.date] < SUMMER_END:
            row[table.date] += hour
    table.zone, table.forms = "America/Denver", ["csv", "xlsx"]
    return {"cause": "days", "value": "summer time"}


SUMMER_END = datetime.datetime(2025, 11, 2, 1)
NEED_DATE = {"summer", "date", "pulled", "days", "unsent", "retention", "end", "hours"}
NEED_PERSON = {"people", "default", "profiles", "technician", "rejected"}
GROUP = {"summer": "moment", "hours": "moment", "end": "moment", "tax": "amount", "percent": "amount", "customer": "presence",
         "technician": "presence", "one_attribute_row": "presence", "refused": "presence", "rejected": "presence",
         "extra_row": "presence", "stale": "presence", "default": "people", "profiles": "people"}
CAUSES = {**gaps.CAUSES, **{n[6:]: f for n, f in list(globals().items()) if n.startswith("plant_")}}
FORMS = ["csv", "csv", "xlsx", "folder", "import", "import-xlsx", "answer", "bare-list", "top", "fields", "pages"]


def make(kind, names, rng):
    for _ in range(30):
        table = Table(kind, rng, rng.randrange(60, 200))
        if not table.id:
            return None
        if any(n in NEED_DATE for n in names) and not table.date:
            return None
        if any(n in NEED_PERSON for n in names) and not table.person:
            return None
        if "attribute" in names and not table.attributes:
            return None
        table.arguments, table.forms, table.refused, table.zone = [], None, [], "America/Phoenix"
        left = [dict(r) for r in table.rows]
        right = [dict(r) for r in table.rows]
        if table.person and not NEED_PERSON & set(names) and rng.random() < 0.4:
            gaps.add_noise(table, left, right, rng)
        try:
            order = sorted(names, key=lambda n: gaps.GROUP.get(n) in ("moment", "amount") or n in ("tax", "hours", "summer"))
            planted = [CAUSES[n](table, left, right, rng) for n in order]
        except (IndexError, KeyError, ValueError, TypeError):
            continue
        if all(planted) and left and right:
            rng.shuffle(right)
            forms = table.forms or (["csv", "xlsx"] if {"pulled", "repeated", "percent", "end"} & set(names) else FORMS)
            if not table.date or not table.person:
                forms = ["csv", "xlsx"] if not table.forms else table.forms
            form = rng.choice(forms)
            form = form if openpyxl else {"xlsx": "csv", "import-xlsx": "import"}.get(form, form)
            case = Case(f"000 {kind.name} {'+'.join(names)}", table.text(left), table.text(right), planted,
                        table.arguments, form)
            case.zone = table.zone
            case.grid = table.preamble + table.grid(right)
            case.refused = table.refused
            return case
    return None


# --- bare numbers ------------------------------------------------------------------------------------------------------

BARE = ["attribute", "attributes", "technician", "only", "date", "end", "start", "utc", "day", "row", "sign", "scale", "column",
        "tax", "rounding", "repeated", "table", "none", "attribute+date", "attribute+end", "attribute+attribute",
        "attribute+utc", "summer", "average", "average-day", "average-unit", "average-weighed"]


def make_bare(kind, causes, rng):
    for _ in range(30):
        table = Table(kind, rng, rng.randrange(60, 240))
        if not table.money or not table.date or not table.id:
            return None
        rows, metric = table.rows, table.money[0]
        start = FIRST + datetime.timedelta(days=5)
        end = start + datetime.timedelta(days=18)
        parts, planted = causes.split("+"), []
        keep, key, a, b, total = (lambda r: True), table.date, start, end, None
        shift = datetime.timedelta()
        inside = [r for r in rows if start <= r[table.date] < end]
        for cause in parts:
            if cause in ("attribute", "only"):
                names = [n for n in table.attributes if n not in [p.get("field") for p in planted]]
                if not names:
                    return None
                name = rng.choice(names)
                value = rng.choice(sorted({r[name] for r in inside}))
                if not 1 < sum(r[name] == value for r in inside) < len(inside) - 1 or (cause == "only" and len({r[name] for r in inside}) < 3):
                    break
                before = keep
                keep = (lambda r, n=name, v=value, k=before: k(r) and r[n] != v) if cause == "attribute" else \
                    (lambda r, n=name, v=value: r[n] == v)
                planted.append({"cause": "attribute", "field": name, "value": value})
            elif cause == "attributes":
                if len(table.attributes) < 2:
                    return None
                x, y = rng.sample(table.attributes, 2)
                one = rng.choice(inside)
                u, v = one[x], one[y]
                both = sum(r[x] == u and r[y] == v for r in inside)
                if both < 3 or both in (sum(r[x] == u for r in inside), sum(r[y] == v for r in inside)):
                    break
                keep = lambda r, x=x, y=y, u=u, v=v: not (r[x] == u and r[y] == v)
                planted.append({"cause": "attributes", "field": {x, y}, "value": {u, v}})
            elif cause == "technician":
                if not table.person:
                    return None
                who = rng.choice(sorted({r[table.person] for r in inside}))
                keep = lambda r, w=who: r[table.person] != w
                planted.append({"cause": "attribute", "field": "", "value": who})
            elif cause == "date":
                if not table.others:
                    return None
                key = rng.choice(table.others)
                planted.append({"cause": "date", "field": key})
            elif cause == "end":
                b = end - datetime.timedelta(days=1)
                planted.append({"cause": "days", "value": "end exclusive"})
            elif cause == "start":
                b = end + datetime.timedelta(days=1)
                planted.append({"cause": "days", "value": "end inclusive"})
            elif cause == "utc":
                if table.day_only:
                    return None
                shift = datetime.timedelta(hours=7)
                planted.append({"cause": "days", "value": "UTC"})
            elif cause == "day":
                shift = datetime.timedelta(days=1)
                planted.append({"cause": "days", "value": "+1 day"})
        counted = [r for r in rows if a <= r[key] + shift < b and keep(r)]
        total = sum((r[metric] for r in counted), D(0))
        one = rng.choice(inside)
        if causes == "row":
            total -= one[metric]
            planted = [{"cause": "row", "value": one[table.id]}]
        elif causes == "sign":
            total -= 2 * one[metric]
            planted = [{"cause": "sign", "value": one[table.id]}]
        elif causes == "scale":
            total = total * 100
            planted = [{"cause": "scale", "value": "100"}]
        elif causes in ("column", "tax"):
            if len(table.money) < 2:
                return None
            other = sum((r[table.money[1]] for r in inside), D(0))
            total = other if causes == "column" else total + other
            planted = [{"cause": "column", "field": metric, "value": table.money[1]}]
        elif causes == "rounding":
            total = sum((r[metric].quantize(D(1), rounding="ROUND_HALF_UP") for r in inside), D(0))
            planted = [{"cause": "rounding"}]
        elif causes == "repeated":
            again = [dict(r) for r in rng.sample(inside, 3)]
            total = sum((r[metric] for r in inside), D(0))
            rows = again + rows
            planted = [{"cause": "repeated"}]
        elif causes == "summer":
            if table.day_only:
                return None
            return make_summer(kind, table, metric, rng)
        elif causes.startswith("average"):
            return make_average(kind, table, causes[8:], inside, start, end, rng)
        elif causes == "none":
            total += D(rng.randrange(-500000, 500000)) / 100
        true = sum((r[metric] for r in rows if start <= r[table.date] < end), D(0))
        period = f"{start:%Y-%m-%d}..{end - datetime.timedelta(days=1):%Y-%m-%d}"
        expects = ["--expect", f"{metric}={total}", "--period", period]
        if causes == "table":
            if not table.person or not table.attributes:
                return None
            name = rng.choice(table.attributes)
            value = rng.choice(sorted({r[name] for r in inside}))
            lines = "employee,from,to,metric,number\n"
            total = D(0)
            for who in PEOPLE:
                number = sum((r[metric] for r in inside if r[table.person] == who and r[name] != value), D(0))
                total += number
                lines += f'{who},{start:%m/%d/%Y},{end - datetime.timedelta(days=1):%m/%d/%Y},{metric},"{gaps.money(number)}"\n'
            table.expect_file = lines
            expects = []
            planted = [{"cause": "attribute", "field": name, "value": value}]
        if len(planted) < len(parts) and causes != "none" or total == true:
            continue
        case = Case(f"000 {kind.name} bare {causes}", table.text(rows), None, planted, expects)
        case.expect_file = getattr(table, "expect_file", None)
        return case
    return None


def make_summer(kind, table, metric, rng):
    """A number of days in which summer time ends, of a clock that does not know it: the rows of one hour before midnight, or
    behind it, count for the other day."""
    for row in table.rows:
        row[table.date] += datetime.timedelta(days=17)
    start, end = datetime.datetime(2025, 10, 22), datetime.datetime(2025, 11, 12)
    hour = datetime.timedelta(hours=rng.choice([1, -1]))
    for row in table.rows[:3]:
        row[table.date] = start + (datetime.timedelta(minutes=-30) if hour.days >= 0 else datetime.timedelta(minutes=20))

    def at(row):
        return row[table.date] + (hour if row[table.date] < SUMMER_END else datetime.timedelta())
    total = sum((r[metric] for r in table.rows if start <= at(r) < end), D(0))
    period = f"{start:%Y-%m-%d}..{end - datetime.timedelta(days=1):%Y-%m-%d}"
    case = Case(f"000 {kind.name} bare summer", table.text(table.rows), None, [{"cause": "days", "value": "summer time"}],
                ["--expect", f"{metric}={total}", "--period", period])
    case.zone, case.expect_file = "America/Denver", None
    return case


def make_average(kind, table, way, inside, start, end, rng):
    """An average of averages, or one that weighs, in place of the average of the rows."""
    if not table.percents or not table.person:
        return None
    metric = rng.choice(table.percents)
    weight = table.money[0]
    for number, row in enumerate(table.rows):
        row[metric] = f"{rng.randrange(500, 9500) / 100:.2f}%"
        row[table.person] = PEOPLE[min(number % 11, 6)]
    unit = rng.choice(table.attributes) if table.attributes else None
    if way == "unit" and not unit:
        return None
    keys = {"": lambda r: r[table.person], "day": lambda r: r[table.date].date(), "unit": lambda r: r[unit]}
    values = [(D(r[metric].strip("%")), r) for r in inside]
    if way == "weighed":
        number = sum(v * r[weight] for v, r in values) / sum(r[weight] for _, r in values)
        planted = {"cause": "average", "field": metric, "value": TITLES.get(weight, weight)}
    else:
        groups = {}
        for value, row in values:
            groups.setdefault(keys[way](row), []).append(value)
        number = sum(sum(g) / len(g) for g in groups.values()) / len(groups)
        if len(groups) < 2:
            return None
        planted = {"cause": "average", "field": metric, "value": {"": "employee", "day": "day"}.get(way, TITLES.get(unit, unit))}
    plain_average = sum(v for v, _ in values) / len(values)
    if abs(plain_average - number) < D("0.02"):
        return None
    period = f"{start:%Y-%m-%d}..{end - datetime.timedelta(days=1):%Y-%m-%d}"
    case = Case(f"000 {kind.name} bare average-{way}", table.text(table.rows), None, [planted],
                ["--expect", f"{metric}={number:.2f}", "--period", period])
    case.expect_file = None
    return case


def write_xlsx(path, grid):
    book = openpyxl.Workbook()
    for row in grid:
        book.active.append(row)
    book.save(path)


def prepare(program, folder, case):
    left, right, kind = f"{folder}/left.csv", f"{folder}/right.csv", case.name.split()[1]
    with open(left, "w", encoding="utf-8", newline="") as file:
        file.write(case.left)
    if case.right is None:
        if case.expect_file:
            with open(f"{folder}/board.csv", "w", encoding="utf-8") as file:
                file.write(case.expect_file)
            return [left, "--expect-file", f"{folder}/board.csv"]
        return [left]
    with open(right, "w", encoding="utf-8", newline="") as file:
        file.write(case.right)
    if case.form == "csv":
        return [left, right]
    if case.form == "xlsx":
        write_xlsx(f"{folder}/right.xlsx", case.grid)
        return [left, f"{folder}/right.xlsx"]
    code, _, errors = gaps.run(program, "convert", "--no-config", "--schema", kind, "--tz", case.zone, "-o",
                               f"{folder}/out", "--on-error", "reject", "--cut-periods", "allow", right)
    if code not in (0, 8):
        raise RuntimeError(f"{case.name}: {errors}")
    if case.refused:
        with open(f"{folder}/out/refused.csv", "w", encoding="utf-8") as file:
            file.write("external_id,answer\n" + "".join(f"{i},no\n" for i in case.refused))
    if case.form == "folder":
        return [left, f"{folder}/out"]
    if case.form == "import":
        os.rename(f"{folder}/out/import.csv", f"{folder}/download.csv")
        return [left, f"{folder}/download.csv"]
    if case.form == "import-xlsx":
        with open(f"{folder}/out/import.csv", encoding="utf-8-sig", newline="") as file:
            write_xlsx(f"{folder}/download.xlsx", list(csv.reader(file)))
        return [left, f"{folder}/download.xlsx"]
    results = []
    with open(f"{folder}/out/registrations.jsonl", encoding="utf-8") as file:
        for line in file:
            one = json.loads(line, parse_float=str)
            keys = ("external_id", "date", "member_api_provider", "member_api_id", "member_name")
            results.append({k: one.pop(k) for k in keys if k in one} |
                           (one if case.form in ("top", "bare-list") else {"fields": one}))
    answer = {"bare-list": results, "top": {"results": results, "next": None}}.get(
        case.form, {"count": len(results), "next": None, "previous": None, "results": results})
    with open(f"{folder}/answer.json", "w", encoding="utf-8") as file:
        if case.form == "pages":
            half = len(results) // 2
            json.dump([{"results": results[:half]}, {"results": results[half:]}], file)
        else:
            json.dump(answer, file)
    return [left, f"{folder}/answer.json"]


def trimmed(said):
    """An ID of several parts is known by its record's number."""
    def one(value):
        number = re.search(r"(?:^|:)(\d{6})(?::|$)", value or "") if isinstance(value, str) else None
        return number.group(1) if number else value
    value = said.get("value")
    return said | {"value": [one(v) for v in value] if isinstance(value, list) else one(value)} if "value" in said else said


TITLES = {}  # label: Plecto's title


def renamed(planted):
    def one(value):
        return TITLES.get(value, value)
    more = {}
    if isinstance(planted.get("field"), str):
        more["field"] = one(planted["field"])
    if planted["cause"] == "column":
        more["value"] = one(planted["value"])
    return planted | more


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", required=True)
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default="")
    options.add_argument("--share", type=int, default=1, help="only every Nth case")
    options.add_argument("--keep", help="writes the sides of the cases here, instead of judging them")
    options.add_argument("--pairs", action="store_true")
    options.add_argument("--bare", action="store_true")
    options.add_argument("-j", type=int, default=2)
    wishes = options.parse_args()
    gaps.prepare = prepare
    is_planted = gaps.is_planted
    gaps.is_planted = lambda said, planted: is_planted(trimmed(said), renamed(planted)) or is_planted(trimmed(said), planted)
    names = sorted(os.path.basename(p)[:-5] for p in glob.glob(f"{ROOT}/schemas/*.json") if ".schema." not in p)
    kinds = [Kind(n) for n in names]
    cases, singles, number = [], sorted(CAUSES), 0
    for round_number in range(wishes.rounds):
        for kind in kinds:
            for cause in BARE if wishes.bare else []:
                rng = random.Random(f"{wishes.seed} {round_number} {kind.name} {cause}")
                number += 1
                if number % wishes.share == 0 and wishes.only in f"{kind.name} bare {cause}":
                    cases.append(make_bare(kind, cause, rng))
            for cause in singles if not wishes.bare else []:
                rng = random.Random(f"{wishes.seed} {round_number} {kind.name} {cause}")
                causes = [cause]
                if wishes.pairs:
                    causes.append(rng.choice([c for c in singles if c != cause]))
                    groups = {GROUP.get(c) or gaps.GROUP.get(c, c) for c in causes}
                    if len(groups) == 1 or {"pulled", "rows", "end"} & set(causes):
                        continue
                number += 1
                if number % wishes.share == 0 and wishes.only in f"{kind.name} {'+'.join(causes)}":
                    cases.append(make(kind, causes, rng))
    made = [c for c in cases if c]
    print(f"{len(made)} cases")
    if wishes.keep:
        for case in made:
            folder = f"{wishes.keep}/{case.name.replace(' ', '-')}"
            shutil.rmtree(folder, ignore_errors=True)
            os.makedirs(folder)
            print(case.planted, case.form, " ".join(prepare(wishes.program, folder, case)), *case.arguments, "--schema",
                  case.name.split()[1], f"--tz {case.zone} --no-config")
        return 0

    def one(case):
        try:
            return gaps.judge(wishes.program, case)
        except RuntimeError as error:
            return "wrong", str(error)[:300]
    with ThreadPoolExecutor(wishes.j) as pool:
        answers = list(pool.map(one, made))
    bad = [(c, a) for c, a in zip(made, answers) if a]
    for case, (what, text) in bad:
        print(f"{case.name} ({case.form}) {what}: {text}")
    print(f"{len(made) - len(bad)} of {len(made)}")
    lies = sum(a[0] == "lie" for _, a in bad)
    print(f"named exact and not: {lies}")
    return 0 if made and (len(made) - len(bad)) * 100 >= (80 if wishes.pairs else 95) * len(made) and lies == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
