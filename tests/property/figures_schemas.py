#!/usr/bin/env python3
"""figures_schemas.py RUNS [SEED]: an independent model of every built-in schema. Random web reports with the schema's own labels;
what the model says of each registration or total has to be what the program writes.

The model reads the schemas as they are documented (schemas/README.md) and shares no code with the program: people and days by
role, sums, averages with their number of values, counts, ratios of sums, nothing where nothing is. Total rows come last, first,
both or not at all, labeled or not, and never count."""
import csv
import datetime
import glob
import json
import os
import random
import re
import subprocess
from decimal import Decimal

from figures import PROGRAM, average, dollars, first_day, key_of, main, registrations

PEOPLE = ["Ana Lopez", "Bo Chen", "Cy Ortiz"]
PEOPLE_IDS = ["4101", "4102", "4103"]
PERIOD = (datetime.date(2025, 10, 1), datetime.date(2025, 10, 31))


def load(folder):
    schemas = []
    for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        with open(path) as file:
            schema = json.load(file)
        if "fields" in schema:
            schemas.append(schema)
    return schemas


def plecto(field):
    return field.get("plecto", {})


def title(field):
    return plecto(field).get("as", field["name"])


def by_role(schema, role):
    return [field for field in schema["fields"] if plecto(field).get("role") == role and not plecto(field).get("fallback")]


class Report:
    """The columns of a report of a schema, and what its rows hold."""

    def __init__(self, schema, chance):
        self.schema, self.chance = schema, chance
        own = schema["plecto"]
        names = re.findall(r"\{([^}]*)\}", own["id"]) if "id" in own else []
        fields = {field["name"]: field for field in schema["fields"]}
        ids = [fields[name] for name in names if name in fields]
        if not names:
            ids = by_role(schema, "id")[:1]
        people, days = by_role(schema, "employee-name"), by_role(schema, "date")
        self.person = (people or by_role(schema, "employee") or [None])[0]
        self.is_period = own.get("date") == "period"
        self.day = None if self.is_period else days[0]
        self.ids = [field for field in ids if field not in (self.person, self.day)]
        self.employee = own.get("employee")
        self.unique = bool(self.ids)
        roles = self.ids + [field for field in (self.person, self.day) if field]
        self.values = [field for field in schema["fields"] if field not in roles and self.is_value(field)]
        chance.shuffle(self.values)
        del self.values[chance.randint(1, 12):]
        self.columns = roles + self.values

    @staticmethod
    def is_value(field):
        has_role = "role" in plecto(field) or plecto(field).get("private") or "derive" in plecto(field) or "per" in plecto(field)
        return not has_role and field["type"] in ("number", "integer", "boolean", "duration")

    def value(self, field):
        chance = self.chance
        if chance.random() < 0.25:
            return None
        if field["type"] == "boolean":
            return chance.random() < 0.5
        if field["type"] == "integer":
            return Decimal(chance.randint(0, 40))
        if field["type"] == "duration":
            return Decimal(chance.randint(0, 90000))
        if plecto(field).get("percent"):
            return Decimal(chance.randint(-2000, 20000)) / 100
        return Decimal(chance.randint(-90000, 900000)) / 100

    def rows(self):
        made = []
        for number in range(self.chance.randint(2, 25)):
            row = {field["name"]: self.value(field) for field in self.values}
            for field in self.ids:
                row[field["name"]] = str(4200100 + number)
            if self.person:
                has_ids = plecto(self.person)["role"] == "employee"
                row[self.person["name"]] = self.chance.choice(PEOPLE_IDS if has_ids else PEOPLE)
            if self.day:
                row[self.day["name"]] = PERIOD[0] + datetime.timedelta(self.chance.randint(0, 30))
            made.append(row)
        if not self.unique and self.person:  # the person is the ID of a period
            return list({row[self.person["name"]]: row for row in made}.values())
        return made

    def shown(self, field, value):
        if value is None:
            return ""
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, datetime.date):
            return value.strftime("%m/%d/%Y")
        if field["type"] == "duration":
            return "%d:%02d:%02d" % (value // 3600, value // 60 % 60, value % 60)
        if plecto(field).get("money"):
            return dollars(value)
        if plecto(field).get("percent"):
            return "%.2f%%" % value
        return str(value)

    def total(self, rows):
        """The cells of a total row, or None where it would state nothing."""
        sums = {field["name"]: self.shown(field, sum(values)) for field in self.values
                if plecto(field).get("aggregate") == "sum" and field["type"] != "duration"
                for values in [[row[field["name"]] for row in rows if row[field["name"]] is not None]] if values}
        if len(sums) < 2 or len(rows) < 2:
            return None
        first = self.chance.choice(["Total", "Grand Total", "" if self.ids else "Total"])
        return [first] + [sums.get(field["name"], "") for field in self.columns[1:]]

    def write(self, path, rows):
        total, place = self.total(rows), self.chance.choice(["none", "first", "last", "both"])
        with open(path, "w", newline="") as out:
            writer = csv.writer(out)
            writer.writerow([field["name"] for field in self.columns])
            if total and place in ("first", "both"):
                writer.writerow(total)
            writer.writerows([self.shown(field, row[field["name"]]) for field in self.columns] for row in rows)
            if total and place in ("last", "both"):
                writer.writerow(total)

    # --- the model -------------------------------------------------------------------------------------------------

    def whose(self, row):
        return row[self.person["name"]] if self.person else self.employee

    def of_rows(self, group):
        """What a total over the rows holds, by title."""
        fields = {"Count": Decimal(len(group))}
        columns = {field["name"]: [row[field["name"]] for row in group if row[field["name"]] is not None]
                   for field in self.values}
        for field in self.values:
            values, kind = columns[field["name"]], plecto(field).get("aggregate")
            if kind == "sum":
                fields[title(field)] = sum(values) if values else None
            elif kind == "count":
                fields[title(field)] = Decimal(sum(1 for value in values if value)) if values else None
            elif kind == "avg":
                fields[title(field)] = average(values) if values else None
                fields[title(field) + " (count)"] = Decimal(len(values)) if values else None
        return fields

    def date_of(self, row):
        return row[self.day["name"]] if self.day else PERIOD[0]

    def totals(self, rows, by):
        groups = {}
        for row in rows:
            groups.setdefault((first_day(by, self.date_of(row)), self.whose(row)), []).append(row)
        return {key: self.of_rows(group) for key, group in groups.items()}

    def sent(self, row):
        """What the registration of a row holds of the report's columns."""
        return {title(field): row[field["name"]] for field in self.values}


def same(written, true):
    """Whether a registration has what the model says; a column that is empty everywhere may be missing."""
    return all(written.get(name) == value if value is not None else written.get(name) is None for name, value in true.items())


def compare(report, rows, by, records):
    if by == "row":
        if len(records) != len(rows):
            return "%d registrations of %d rows" % (len(records), len(rows))
        for row, record in zip(rows, records):
            if key_of(record) != (report.date_of(row), report.whose(row)):
                return "%s of %s" % (record, row)
            if not same(record, report.sent(row)):
                return "written %s, truly %s" % (record, report.sent(row))
        return None
    true = report.totals(rows, by)
    written = {key_of(record): record for record in records}
    if written.keys() != true.keys():
        return "totals of %s, truly of %s" % (sorted(written), sorted(true))
    for key, fields in true.items():
        if not same(written[key], fields):
            return "%s: written %s, truly %s" % (key, written[key], fields)
    return None


def run(schema, chance, folder):
    report = Report(schema, chance)
    rows = report.rows()
    by = chance.choice(["row", "day", "week", "month"] if not report.is_period else ["row", "month"])
    report.write(os.path.join(folder, "rows.csv"), rows)
    command = [PROGRAM, "convert", "-q", "--no-config", "--schema", schema["name"], "--date-order", "mdy", "--force", "-o", "out",
               "--by", by, *(["--period", "%s..%s" % PERIOD] if report.is_period else []), "rows.csv"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        return "%s\nexit %d: %s%s" % (" ".join(command), done.returncode, done.stdout, done.stderr)
    wrong = compare(report, rows, by, registrations(folder))
    return "%s\n%s" % (" ".join(command), wrong) if wrong else None


if __name__ == "__main__":
    SCHEMAS = load(os.environ.get("SCHEMAS", "schemas"))
    main(lambda number, folder: run(SCHEMAS[number % len(SCHEMAS)], random.Random(number), folder))
