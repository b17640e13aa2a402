#!/usr/bin/env python3
"""Second model of what an export means, written from the issues, README.md, schemas/README.md, the schemas and the help pages alone,
by someone who had not read src/. It makes a random export of a random schema with random options, says by the documented rules what
must leave, runs the program, and compares every registration field by field and every side of the ledger.

usage: meaning.py PROGRAM SCHEMAS FOLDER [RUNS [SEED [ONLY-RUN]]]"""
import csv, datetime as dt, io, json, os, random, subprocess, sys
from decimal import Decimal as D, ROUND_HALF_EVEN
from zoneinfo import ZoneInfo

PEOPLE = [("Ana Lopez", "4101"), ("Bo Chen", "4102"), ("Cy Ortiz", "4103"), ("Dana O'Neil", "4104"), ("Eli Kim", "4105"),
          ("Fay Wong", "4106"), ("Gus Diaz", "4107"), ("José Álvarez", "4108"), ("Ida Marsh", "4109"), ("Mary Ann Hart", "4110")]
USER = {i: str(int(i) + 5000) for _, i in PEOPLE}
WORDS = ["HVAC - Service", "Plumbing", "Electrical, new", 'The "A" team', "Google Ads", "Référence"]
NOTHING = ["", "", "", "N/A", "-", "null", "#N/A"]  # a cell without a value; spreadsheet errors only in text that is sent
FIRST, DAYS = dt.date(2025, 9, 28), 45


def quantize(x, places):
    return x.quantize(D(1).scaleb(-places), ROUND_HALF_EVEN)


class Field:
    def __init__(self, raw):
        p = raw.get("plecto", {})
        self.name, self.type = raw["name"], raw["type"]
        self.title = p.get("as", self.name)
        self.role, self.person, self.fallback, self.space = p.get("role"), p.get("person", ""), p.get("fallback", False), p.get("space", "any")
        self.money, self.percent, self.scale = p.get("money", False), p.get("percent", False), p.get("scale")
        self.places = p.get("places", 2 if self.money else 0)
        self.aggregate = p.get("aggregate", "sum" if self.money else "none")
        self.derive, self.private, self.path, self.per = p.get("derive"), p.get("private", False), p.get("path"), p.get("per")
        self.enum, self.commas = raw.get("constraints", {}).get("enum"), p.get("commas", "auto")

    numeric = property(lambda f: f.type in ("number", "integer"))
    summed = property(lambda f: f.aggregate == "sum" and f.type in ("number", "integer"))


class Schema:
    def __init__(self, path):
        raw = json.load(open(path, encoding="utf-8"))
        self.name, self.plecto = raw["name"], raw["plecto"]
        self.fields = [Field(f) for f in raw["fields"]]
        self.by_name = {f.name: f for f in self.fields}
        self.template, self.period = self.plecto.get("id"), self.plecto.get("date") == "period"
        rules = self.plecto.get("open", [])
        self.open = rules if isinstance(rules, list) else [rules]


class Run:
    """One random export with its options, and what the rules make of it."""

    def __init__(self, schema, rng):
        self.s, self.r, self.args, self.columns, self.rows = schema, rng, [], [], []
        self.by = self.per = None
        self.metric, self.filter, self.expect = False, None, 0
        self.json = rng.random() < 0.35 and sum(bool(f.path) for f in schema.fields) > 4
        self.shape = rng.randrange(2) if schema.plecto.get("shapes") else None
        self.zone = rng.choice(["America/Phoenix", "America/Chicago", None])
        if self.zone:
            self.args += ["--tz", self.zone]
        self.choose_columns()
        self.choose_roles()
        self.choose_options()
        self.fill()

    # --- the export
    def path(self, f):
        p = f.path[self.shape] if isinstance(f.path, list) else f.path
        return p if p and "[" not in p else None

    def choose_columns(self):
        r, wanted = self.r, []
        usable = [f for f in self.s.fields if (self.path(f) if self.json else True) and not (f.derive and r.random() < .7)]
        if self.json:
            usable = [f for f in usable if not f.derive]
        groups = [[f for f in usable if f.role == "id"]] if not self.s.template else []
        groups.append([f for f in usable if f.role in ("employee", "employee-name")])
        groups.append([f for f in usable if f.role == "date"] if not self.s.period else [])
        for group in groups:
            if group:
                wanted += r.sample(group, r.randint(1, min(3, len(group))))
        if self.s.template:
            wanted += [self.s.by_name[n] for n in self.s.by_name if "{%s}" % n in self.s.template]
        wanted += [f for f in usable if r.random() < min(1, 14 / len(usable)) and (self.json or f.name not in ("From", "To"))]
        per = [self.s.by_name[f.per] for f in wanted if f.per]
        paths = {}
        for f in sorted(dict.fromkeys(wanted + per), key=lambda f: r.random()):
            if f.derive and "hash" in f.derive or f.role == "id" and f.derive:
                continue
            key = self.path(f) if self.json else f.name
            if self.json and any(key == k or k.startswith(key + ".") or key.startswith(k + ".") for k in paths):
                continue
            paths[key] = f
        self.columns = list(paths.values())
        self.names = {f.name for f in self.columns}

    def has(self, role):
        return [f for f in self.s.fields if f.name in self.names and f.role == role]

    def choose_roles(self):
        self.id = None if self.s.template else (self.has("id") or [None])[0]
        self.dates = [] if self.s.period else self.has("date")
        people, groups = [], {}
        for f in self.s.fields:
            if f.name in self.names and f.role in ("employee", "employee-name"):
                key = f.person or f.name
                if key not in groups:
                    groups[key] = {"fallback": f.fallback}
                    people.append(groups[key])
                groups[key]["id" if f.role == "employee" else "name"] = f
        self.people = people[:1] + [g for g in people[1:] if g["fallback"]]
        self.own = self.s.plecto.get("employee")

    def usable(self):
        return (self.id or self.s.template) and (self.s.period or self.dates) and (self.people or self.own) and len(self.columns) > 3

    def choose_options(self):
        r, s = self.r, self.s
        if not self.usable():
            return
        unique_person = s.template and "{employee}" in s.template
        if len(self.dates) > 1 and r.random() < .3:
            pick = r.choice(self.dates)
            self.args += ["--date", pick.name]
            self.dates = [pick]
        else:
            self.dates = self.dates[:1] + [d for d in self.dates[1:] if d.fallback]
        texts = [f for f in self.columns if f.type == "string" and not f.private and not f.enum and f is not self.id and f.role != "employee"
                 and not f.name.endswith(("ID", "#")) and "Number" not in f.name and "{%s}" % f.name not in (s.template or "")
                 and f.role != "employee-name" and f.aggregate in ("group", "none") and "Date" not in f.name]
        self.named = None
        if texts and not self.own and r.random() < .12:
            self.named = r.choice(texts)
            self.args += ["--employee", self.named.name]
            self.people = [{"name": self.named, "fallback": False}] + [g for g in self.people if g["fallback"]]
        self.office = None
        if r.random() < .2 and not unique_person:
            self.office = "Office"
            self.args += ["--default-employee", "Office"]
        self.roster = bool(self.people) and r.random() < .4
        only_name = self.people and "id" not in self.people[0] and self.people[0]["name"].commas != "name"
        self.several = r.choice(["first", "split"]) if only_name and not unique_person and not self.named and r.random() < .35 else None
        if self.several:
            self.args += ["--several", self.several]
        if r.random() < .5:
            self.by = "month" if s.period else r.choice(["day", "week", "month"])
            self.args += ["--by", self.by]
            groups = [f for f in self.columns if f.aggregate == "group" and f is not self.named and not f.private]
            if groups and r.random() < .5:
                self.per = r.sample(groups, min(len(groups), r.randint(1, 2)))
                self.args += ["--per", ",".join(["employee"] + ['"%s"' % f.name if "," in f.name else f.name for f in self.per])]
            if r.random() < .15:
                self.metric = True
                self.args += ["--layout", "metric"]
        self.bad = r.random() < .3
        if self.bad:
            self.args += ["--on-error", "reject"]
        if s.period:
            self.args += ["--period", "2025-10"]
        elif r.random() < .3:
            a = FIRST + dt.timedelta(r.randrange(DAYS - 10))
            self.filter = (a, a + dt.timedelta(r.randrange(5, 30)))
            self.args += ["--period", "%s..%s" % self.filter]
        self.cuts = r.choice(["refuse", "drop", "drop", "allow", "allow"])
        if self.by in ("week", "month") and self.cuts != "refuse":
            self.args += ["--cut-periods", self.cuts]
        self.active_only = bool(self.has("active")) and not self.filter and r.random() < .4
        if self.active_only:
            self.args.append("--active-only")
        self.titles, self.dropped = {}, set()
        for f in self.columns:
            if f is self.named:
                continue
            if f.private and r.random() < .3 and not self.by:
                self.args += ["--field", f.name]
                self.titles[f.name] = f.title
            elif not f.role and f.aggregate != "group" and not f.private and r.random() < .05 and not self.by:
                self.titles[f.name] = "My " + f.name.replace("=", "")
                self.args += ["--field", "%s=%s" % (f.name, self.titles[f.name])]
            elif not f.role and r.random() < .04 and f not in (self.per or []) and not f.private:
                self.dropped.add(f.name)
                self.args += ["--drop", f.name]
        self.percents = {}
        for f in self.columns:
            if f.percent:
                self.percents[f.name] = "api" if self.json else r.choice(["sign", "hundred", "one"])
        if "one" in self.percents.values():
            self.percents = {k: v if v == "sign" else "one" for k, v in self.percents.items()}
            self.args += ["--percent", "1"]

    # --- typed values
    def value(self, f, n):
        r = self.r
        if f.role == "id" or f is self.id:
            return str(700000 + n * 7 + len(f.name) * 1000)
        if "{%s}" % f.name in (self.s.template or "") and f.type == "string":
            return "Thing %d" % n if f.name not in ("Invoice #", "Invoice ID") else str(5000 + n)
        if f.role in ("employee", "employee-name"):
            name, number = r.choice(PEOPLE)
            return None if r.random() < .1 else (USER[number] if f.space == "user" else number) if f.role == "employee" else name
        if f.role == "active":
            return r.random() < .8
        if r.random() < .15:
            return None
        if f.type == "boolean":
            return r.random() < .5
        if f.type == "integer":
            return D(r.randint(-3 if f.money else 0, 9))
        if f.type == "duration":
            return r.choice([0, 66, 3599, 3600, 5400, r.randrange(90000)])
        if f.type in ("date", "datetime"):
            return self.moment(f)
        if f.percent:
            return D(r.randint(-200, 1000)) / 10  # in percent
        if f.type == "number":
            if f.name == "Split":
                return D(r.randint(2, 100))
            return D(r.randint(-20000, 900000)) / 100 if f.money else D(r.randint(0, 90000)) / r.choice([1, 10, 100, 10000])
        if f.name in ("Year", "Month"):
            return None
        return r.choice(f.enum) if f.enum else r.choice(WORDS[:3] if f.aggregate == "group" or f is self.named else WORDS) \
            if not f.name.endswith(("ID", "#")) else "%05d" % r.randrange(40000)

    def moment(self, f):
        day = FIRST + dt.timedelta(self.r.randrange(DAYS))
        if f.type == "date":
            return day
        return dt.datetime.combine(day, dt.time(*self.r.choice([(0, 0), (12, 0), (23, 59), (self.r.randrange(24), self.r.randrange(60))])))

    def fill(self):
        if not self.usable():
            return
        r, made = self.r, any(f.role == "id" and f.derive for f in self.s.fields)  # an ID can be made of the other cells
        persons = r.sample(PEOPLE, len(PEOPLE))
        most = len(PEOPLE) if self.s.template and "{employee}" in self.s.template else 18  # there one row a person
        for n in range(r.randint(1, most)):
            row = {f.name: self.value(f, n) for f in self.columns}
            for g in self.people:  # ID and name of one person, the name now and then not there
                name, number = r.choice(PEOPLE[:5])
                if self.s.template and "{employee}" in self.s.template:
                    name, number = persons[n]
                there = g is self.people[0] and (r.random() < .9 or not self.rows) or g is not self.people[0] and r.random() < .7
                if "id" in g:
                    row[g["id"].name] = (USER[number] if g["id"].space == "user" and self.roster else number) if there else None
                if "name" in g:
                    row[g["name"].name] = name if there and ("id" not in g or r.random() < .8) else None
            if self.several and row[self.people[0]["name"].name] and r.random() < .4:
                row[self.people[0]["name"].name] = ", ".join(p[0] for p in r.sample(PEOPLE[:6], r.randint(2, 3)))
            for k, d in enumerate(self.dates):
                row[d.name] = row[d.name] if row[d.name] and (k or not any(x.fallback for x in self.dates[1:]) or r.random() < .8) else \
                    None if k or any(x.fallback for x in self.dates[1:]) else self.moment(d)
            if self.dates and not any(row[d.name] for d in self.dates):
                row[self.dates[-1].name] = self.moment(self.dates[-1])
            for rule in self.s.open:
                f = self.s.by_name[rule["field"]]
                if self.dates and f.name in self.names and f.type == "string" and row[f.name] in rule["values"]:
                    if self.dates[0].name in rule.get("lacks", [self.dates[0].name]) and r.random() < .6:
                        for d in self.dates:
                            row[d.name] = None
            if self.bad and not self.filter and not self.active_only and r.random() < .15:
                spoil = r.choice([self.id] if self.id and not made else self.dates[:1]) if self.id and not made or len(self.dates) == 1 else None
                if spoil and len(self.has("id")) < 2:
                    row[spoil.name] = None
            self.rows.append(row)
        for f in self.columns:  # what proves a scale
            if self.percents.get(f.name) == "hundred" or f.name == "Split":
                for row in self.rows[:1]:
                    row[f.name] = D("47.5") if f.percent else D(60)
            if self.percents.get(f.name) in ("one", "api"):
                for row in self.rows:
                    if row[f.name] is not None:
                        row[f.name] = row[f.name] if abs(row[f.name]) <= 100 else D(50)
        self.footer = not self.json and len(self.rows) > 1 and r.random() < .25

    # --- spelling
    def cell(self, f, v, style):
        r = self.r
        if v is None:
            if f.role == "active" or f is self.id:
                return ""
            return r.choice(NOTHING if f.type == "string" and not f.role and f is not self.named else NOTHING[:5])
        if f.type == "boolean":
            return {0: ("False", "True"), 1: ("No", "Yes"), 2: ("0", "1")}[style % 3][v]
        if f.type == "duration":
            return "%02d:%02d:%02d" % (v // 3600, v // 60 % 60, v % 60)
        if isinstance(v, dt.datetime):
            return (v.strftime("%Y-%m-%d %H:%M"), v.strftime("%Y-%m-%dT%H:%M:00"), v.strftime("%b %d, %Y %I:%M %p"),
                    "%d/%d/%d %d:%02d %s" % (v.month, v.day, v.year, v.hour % 12 or 12, v.minute, "AM" if v.hour < 12 else "PM"))[style % 4]
        if isinstance(v, dt.date):
            return (v.isoformat(), v.strftime("%m/%d/%Y"), v.strftime("%b %d, %Y"), "%d/%d/%d" % (v.month, v.day, v.year))[style % 4]
        if f.percent:
            how = self.percents[f.name]
            return "%s%%" % v if how == "sign" else str(v if how == "hundred" else v / 100)
        if f.money:
            text = "{:,.2f}".format(abs(v))
            text = ("$" + text, text.replace(",", ""), "$ " + text)[style % 3]
            return text if v >= 0 else ("-" + text, "(%s)" % text)[style % 2]
        return "{:,f}".format(v) if isinstance(v, D) and style % 2 else format(v, "f") if isinstance(v, D) else v

    def write_csv(self):
        out = io.StringIO()
        w = csv.writer(out, lineterminator="\r\n" if self.r.random() < .5 else "\n")
        w.writerow([f.name for f in self.columns])
        styles = {f.name: self.r.randrange(12) for f in self.columns}
        for f in self.columns:  # an order of day and month that nothing proves is asked for: another case
            if f.type in ("date", "datetime") and not any(row[f.name] and row[f.name].day > 12 for row in self.rows):
                styles[f.name] = 0
        for row in self.rows:
            w.writerow([self.cell(f, row[f.name], styles[f.name]) for f in self.columns])
        if self.footer:
            self.footer = self.write_total(w, styles)
        return out.getvalue()

    def write_total(self, w, styles):
        sums = {}
        for f in self.columns:
            values = [row[f.name] for row in self.rows if row[f.name] is not None]
            if f.summed and not f.per and len(values) > 1 and sum(values):
                sums[f.name] = sum(values)
        text = next((f for f in self.columns if f.type == "string"), None)
        if not sums or not text or len(sums) < 2:
            return False
        w.writerow([self.cell(f, sums[f.name], styles[f.name]) if f.name in sums else "Total" if f is text else "" for f in self.columns])
        return True

    def write_json(self):
        out, lists = [], [v["count"] for v in (f.derive or {} for f in self.s.fields) if "count" in v]
        for row in self.rows:
            record, parent = {}, {}
            for f in self.columns:
                p = self.path(f)
                at = parent if p.startswith("../") else record
                *way, last = p.replace("../", "").split(".")
                for step in way:
                    at = at.setdefault(step, {})
                at[last] = self.json_value(f, row[f.name])
            for name in lists:
                n = self.r.choice([None, 0, 1, 3])
                row["#" + name] = n
                if n is not None and name not in record:
                    record[name] = [{"id": k} for k in range(n)]
                elif name in record:
                    row["#" + name] = None
            explode = self.s.plecto.get("explode")
            out.append(dict(parent, **{explode: [record]}) if explode else record)
        return json.dumps({"page": 1, "hasMore": False, "data": out} if self.r.random() < .6 else out, ensure_ascii=self.r.random() < .5)

    def json_value(self, f, v):
        if v is None or isinstance(v, bool):
            return v
        if isinstance(v, dt.datetime):
            return v.strftime("%Y-%m-%dT%H:%M:00Z")
        if isinstance(v, dt.date):
            return v.isoformat() + "T00:00:00Z"
        if f.type == "duration":
            return self.cell(f, v, 0)
        if f.percent:
            v = v / 100 if f.scale == 1 else v
        return float(v) if isinstance(v, D) else int(v) if v.isdigit() and str(int(v)) == v else v

    # --- the rules
    def local(self, v):
        """A moment of the API is UTC and counts for the day of the zone; a day is never moved."""
        if self.json and isinstance(v, dt.datetime) and self.zone:
            return v.replace(tzinfo=dt.timezone.utc).astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        return v

    def person(self, row):
        names = {i: n for n, i in PEOPLE} if self.roster else {}
        for g in self.people:
            number, name = row.get(g["id"].name) if "id" in g else None, row.get(g["name"].name) if "name" in g else None
            if number or name:
                break
        else:
            return [(self.office or self.own,) * 2] if self.office or self.own else []
        if number:
            number = next((i for i, u in USER.items() if u == number), number) if self.roster else number
            return [(number, names.get(number) or name or number)]
        people = name.split(", ") if self.several and g is self.people[0] else [name]
        people = people[:1] if self.several == "first" else people
        return [(dict(PEOPLE).get(n, n) if self.roster else n, n) for n in people]

    def date(self, row):
        if self.s.period:
            return dt.date(2025, 10, 1)
        return next((self.local(row[d.name]) for d in self.dates if row[d.name] is not None), None)

    def computed(self, f, row):
        (how, of), = f.derive.items()
        if how == "count":
            return row.get("#" + of) if self.json else None
        parts = [self.get(n, row) for n in of]
        if how == "share":
            return None if any(p is None for p in parts) else quantize(parts[0] * parts[1] / 100, 4)
        if how not in ("add", "subtract", "multiply", "between", "days-of-month") or any(p is None for p in parts):
            return None
        a, b = parts
        if how == "between":
            if self.zone:  # local times of a zone: an hour more or less where the clocks change
                a, b = (v.replace(tzinfo=dt.timezone.utc if self.json else ZoneInfo(self.zone)).astimezone(dt.timezone.utc) for v in parts)
            return int((b - a).total_seconds())
        if how == "days-of-month":
            after = dt.date(b.year + b.month // 12, b.month % 12 + 1, 1)
            return a * (after - b.replace(day=1)).days
        return a + b if how == "add" else a - b if how == "subtract" else quantize(a * b, 4)

    def get(self, name, row):
        if name in self.names:
            return row[name]
        f = self.s.by_name[name]
        return self.computed(f, row) if f.derive else None

    def there(self, f):
        """Whether a field has a column, or all of what it is computed from has."""
        if f.name in self.names:
            return True
        if not f.derive or "hash" in f.derive or "month" in f.derive:
            return False
        (how, of), = f.derive.items()
        return self.json and any(row.get("#" + of) is not None for row in self.rows) if how == "count" else all(self.there(self.s.by_name[n]) for n in of)

    def sent_fields(self):
        roles = {self.id and self.id.name, self.named and self.named.name}
        roles |= {d.name for d in self.dates[:1]} | {f.name for g in self.people for k, f in g.items() if k != "fallback"}
        roles |= {f.name for f in self.has("id") if f.fallback}
        return [f for f in self.s.fields if self.there(f) and f.name not in roles | self.dropped and (not f.private or f.name in self.titles)]

    def external_id(self, row, who):
        if not self.s.template:
            return next((row[f.name] for f in [self.id] + [x for x in self.has("id") if x.fallback] if row[f.name]), None)
        text = self.s.template.replace("{period}", "2025-10-01..2025-10-31").replace("{employee}", who)
        for f in self.columns:
            v = row[f.name]
            text = text.replace("{%s}" % f.name, v.isoformat() if isinstance(v, dt.date) else str(v))
        return text

    def model(self):
        """(exit code, registrations, rows of each ledger side, {column: {side: amount}})"""
        self.known = {}  # names that the rows sent have for an ID
        sides, amounts, good = {"total_rows": int(self.footer)}, {}, []
        summed = [f for f in self.sent_fields() if f.summed and not f.per and f.aggregate == "sum"]
        cut = self.cut_periods()
        for row in self.rows:
            who, day = self.person(row), self.date(row)
            side = "written"
            if day and self.filter and not self.s.period and not self.filter[0] <= self.day(day) <= self.filter[1]:
                side = "outside_period"
            elif self.active_only and self.has("active") and row[self.has("active")[0].name] is False:
                side = "inactive"
            elif (day is None or not who) and self.is_open(row):
                side = "not_yet"
            elif day and cut and self.cuts == "drop" and self.key_period(day) in cut:
                side = "cut_period"
            elif day is None or not who or not self.external_id(row, "x"):
                side = "rejected"
            sides[side] = sides.get(side, 0) + 1
            sides["in"] = sides.get("in", 0) + 1
            for f in summed:
                v = self.get(f.name, row)
                for s in ("in", side):
                    at = amounts.setdefault(self.titles.get(f.name, f.title), {})
                    at[s] = at.get(s, D(0)) + (v or 0)
            if side == "written":
                good.append((row, who, day))
                self.known.update({number: name for number, name in who if number != name})
        good = [(row, [(number, self.known.get(number, name) if number == name else name) for number, name in who], day) for row, who, day in good]
        sides["in"] += sides["total_rows"]
        if sides.get("rejected") and not self.bad:
            return 1, [], sides, amounts
        if cut and self.cuts == "refuse":
            return 2, [], {}, {}
        code = 0 if not sides.get("rejected") else 8 if good else 1
        return code, self.totals(good) if self.by else self.single(good), sides, amounts

    def is_open(self, row):
        """A rule of the schema calls the row open, and all that it lacks may be missing then (the employee with the date always)."""
        lack = [d.name for d in self.dates[:1]] if self.date(row) is None else []
        no_person = not self.person(row)
        for rule in self.s.open:
            v, lacks = row.get(rule["field"]), rule.get("lacks", [d.name for d in self.dates])
            v = format(v.normalize(), "f") if isinstance(v, D) else str(v)
            person = [f.name for k, f in (self.people or [{}])[0].items() if k != "fallback"]
            if rule["field"] in self.names and v in rule["values"] and (lack or no_person) and all(d in lacks for d in lack):
                if (not no_person or lack or all(n in lacks for n in person)) and self.external_id(row, "x"):
                    return True
        return False

    @staticmethod
    def day(d):
        return d.date() if isinstance(d, dt.datetime) else d

    def key_period(self, d):
        d = self.day(d)
        return d.isoformat() if self.by == "day" else d.strftime("%Y-%m") if self.by == "month" else "%d-W%02d" % d.isocalendar()[:2]

    def first_day(self, d):
        d = self.day(d)
        return d if self.by == "day" else d.replace(day=1) if self.by == "month" else d - dt.timedelta(d.weekday())

    def cut_periods(self):
        """Weeks and months that the filter begins in, or of which it leaves out rows at the end."""
        if self.by not in ("week", "month") or not self.filter or self.s.period:
            return set()
        days = [self.day(self.date(row)) for row in self.rows if self.date(row) and self.external_id(row, "x")]
        inside, a, b = [d for d in days if self.filter[0] <= d <= self.filter[1]], *self.filter
        cut = {self.key_period(d) for d in inside if self.first_day(d) < a}
        after = {self.key_period(d) for d in days if d > b}
        return cut | {self.key_period(d) for d in inside if self.key_period(d) in after}

    def plain(self, f, v):
        if v is None:
            return None
        return self.local(v) if isinstance(v, dt.date) else v

    def single(self, good):
        out = []
        for row, who, day in good:
            for n, (number, name) in enumerate(who):
                ext = self.external_id(row, number)
                values = {self.titles.get(f.name, f.title): self.plain(f, self.get(f.name, row)) for f in self.sent_fields()}
                if len(who) > 1:
                    for f in self.sent_fields():
                        if f.summed or f.type == "duration" and f.aggregate == "sum":
                            values[self.titles.get(f.name, f.title)] = ("part", ext, values[self.titles.get(f.name, f.title)], len(who))
                out.append({"id": ext if n == 0 else "%s:%s" % (ext, number), "who": (number, name), "date": day, "values": values})
        return out

    def totals(self, good):
        groups = {}
        for row, who, day in good:
            for n, (number, name) in enumerate(who):
                per = tuple(row[f.name] for f in self.per or [])
                groups.setdefault((self.key_period(day), number, per), []).append((row, name, day, len(who)))
        names = {}
        for (_, number, _), rows in groups.items():
            for row, name, day, n in rows:
                if name != number:
                    names.setdefault(number, []).append((str(day), name))
        out = []
        for (period, number, per), rows in groups.items():
            values = {self.titles.get(f.name, f.title): v for f, v in zip(self.per or [], per)}
            values["Count"] = D(len(rows))
            for f in self.sent_fields():
                if f.per:
                    values[f.title] = ("skip",)
                elif f not in (self.per or []):
                    values.update(self.total(f, rows))
            ext = None if None in per else ":".join([self.s.name, period, number] + list(per))
            name = max(names[number])[1] if number in names else number
            out.append({"id": ext, "key": (period, number, per), "who": (number, name), "date": self.first_day(rows[0][2]), "values": values})
        return out

    def total(self, f, rows):
        title, how = self.titles.get(f.name, f.title), f.aggregate
        if isinstance(how, dict):
            a, b = ([self.get(n, row) for row, *_ in rows] for n in how["ratio"])
            if not all(self.there(self.s.by_name[n]) for n in how["ratio"]):
                return {}
            a, b = (None if all(x is None for x in part) else sum(x or 0 for x in part) for part in (a, b))
            if any(n > 1 for *_, n in rows):
                return {title: ("skip",)}
            if a is None or not b:
                return {title: None}
            return {title: ("rounded", (100 if f.percent else 1) * D(a) / D(b))}
        if how in ("none", "group"):
            return {}
        values = [(self.get(f.name, row), n) for row, _, _, n in rows if self.get(f.name, row) is not None]
        divided = any(n > 1 for _, n in values)
        numbers = [v for v, _ in values]
        if how == "count":
            return {title: D(sum(1 for v in numbers if v is not False)) if numbers else None}
        if how == "avg":
            n = D(len(numbers))
            return {title: ("rounded", D(sum(numbers)) / n) if n else None, title + " (count)": n or None}
        if how == "sum" and divided:
            return {title: ("near", sum((D(v) / n for v, n in values), D(0)), len(values))}
        return {title: {"sum": sum, "min": min, "max": max}[how](numbers) if numbers else None}

    # --- comparing
    def run(self, program, folder):
        path = os.path.join(folder, "%s.%s" % (self.s.name.replace("report-", "r-"), "json" if self.json else "csv"))
        text = self.write_json() if self.json else self.write_csv()
        with open(path, "w", encoding="utf-8", newline="") as out:
            out.write(text)
        if self.roster:
            with open(os.path.join(folder, "people.json"), "w", encoding="utf-8") as out:
                json.dump({"data": [{"id": int(i), "userId": int(USER[i]), "name": n, "active": True} for n, i in PEOPLE]}, out)
            self.args += ["--roster", os.path.join(folder, "people.json")]
        self.command = [program, "convert", "-q", "--no-config", "--schema", self.s.name, "-o", os.path.join(folder, "out"), "--force"] + self.args + [path]
        out = os.path.join(folder, "out")
        for name in ("registrations.jsonl", "result.json"):
            if os.path.exists(os.path.join(out, name)):
                os.remove(os.path.join(out, name))
        done = subprocess.run(self.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.said = done.stdout.decode("utf-8", "replace")
        code, registrations, sides, amounts = self.model()
        wrong = ["exit code %d, the model says %d" % (done.returncode, code)] if done.returncode != code else []
        if code in (0, 8) and not wrong:
            with open(os.path.join(out, "registrations.jsonl"), encoding="utf-8") as lines:
                theirs = [json.loads(line, parse_float=D, parse_int=D) for line in lines]
            wrong += self.compare_ledger(json.load(open(os.path.join(out, "result.json"), encoding="utf-8"))["ledger"], sides, amounts)
            wrong += self.compare(registrations, theirs)
        return wrong

    def compare_ledger(self, ledger, sides, amounts):
        wrong = ["not balanced"] if not ledger["balanced"] else []
        for side in set(ledger["rows"]) | set(sides):
            if ledger["rows"].get(side, 0) != sides.get(side, 0):
                wrong.append("ledger rows %s: %s, the model %s" % (side, ledger["rows"].get(side), sides.get(side, 0)))
        for column in ledger["columns"]:
            for side, amount in column.items():
                mine = amounts.get(column["title"], {}).get(side, D(0))
                if side not in ("title", "money", "difference") and column["title"] in amounts and D(amount) != mine:
                    wrong.append("ledger %s %s: %s, the model %s" % (column["title"], side, amount, mine))
        return wrong + ["ledger has no %s" % t for t in amounts if t not in [c["title"] for c in ledger["columns"]]]

    def compare(self, mine, theirs):
        head = ("external_id", "date", "member_api_provider", "member_api_id", "member_name")
        if self.metric:
            theirs = self.unfold(theirs)
        if len(mine) != len(theirs):
            return ["%d registrations, the model %d" % (len(theirs), len(mine))]
        ids = {t["external_id"]: t for t in theirs}
        wrong, parts = [], {}
        for m in mine:
            t = ids.get(m["id"]) if m["id"] else self.find(theirs, m)
            if not t:
                wrong.append("no registration %s (there are %s)" % (m["id"] or m["key"], list(ids)[:4]))
                continue
            day = m["date"]
            when = (day if isinstance(day, dt.datetime) and not self.by else dt.datetime.combine(self.day(day), dt.time(12))).isoformat()
            for what, a, b in (("date", t["date"][:19], when), ("member_api_id", t["member_api_id"], m["who"][0]), ("member_name", t["member_name"], m["who"][1])):
                if a != b:
                    wrong.append("%s %s: %r, the model %r" % (m["id"], what, a, b))
            fields = {k: v for k, v in t.items() if k not in head}
            for title in set(fields) ^ set(m["values"]) if not self.metric else ():
                if self.json and title in fields and (fields[title] is None or title.endswith(" (count)") and not fields[title]):
                    continue  # a key that no record has
                wrong.append("field %s only %s" % (title, "in the program" if title in fields else "in the model"))
            for title, v in m["values"].items():
                if title in fields and not self.same(title, v, fields[title], parts):
                    wrong.append("%s %s: %r, the model %r" % (m["id"], title, fields[title], v))
        for (ext, title), (whole, got) in parts.items():
            if sum(got) != whole:
                wrong.append("%s %s: the parts %s do not add up to %s" % (ext, title, got, whole))
        return wrong

    def unfold(self, theirs):
        out = {}
        for t in theirs:
            key = t["external_id"][:-len(t["Metric"]) - 1]
            one = out.setdefault(key, {k: v for k, v in t.items() if k not in ("Metric", "Metric Kind", "Value")})
            one.update({"external_id": key, t["Metric"]: t["Value"]})
        return list(out.values())

    def find(self, theirs, m):
        period, number, per = m["key"]
        for t in theirs:
            if t["external_id"].startswith(":".join([self.s.name, period, number])) and t["member_api_id"] == number \
                    and all(t.get(self.titles.get(f.name, f.title)) == v for f, v in zip(self.per, per)):
                return t
        return None

    def same(self, title, mine, theirs, parts):
        if isinstance(mine, tuple):
            if mine[0] == "skip":
                return True
            if mine[0] == "rounded":
                f = next((f for f in self.s.fields if self.titles.get(f.name, f.title) == title), None)
                return theirs is not None and theirs == quantize(mine[1], 4) and -theirs.as_tuple().exponent >= (f.places if f and f.numeric and not self.metric else 0)
            if mine[0] == "near":
                return theirs is not None and abs(theirs - mine[1]) <= D("0.02") * mine[2] or theirs is not None and abs(theirs - mine[1]) <= mine[2]\
                    and title.endswith("Time")
            _, ext, whole, n = mine
            if whole is None:
                return theirs is None
            parts.setdefault((ext, title), (D(whole), []))[1].append(theirs)
            return theirs is not None and abs(theirs - D(whole) / n) < 1
        if mine is None or isinstance(mine, bool) or theirs is None:
            return mine is theirs
        if isinstance(mine, dt.datetime):
            return theirs[:19] == mine.isoformat()
        if isinstance(mine, dt.date):
            return theirs[:10] == mine.isoformat()
        if isinstance(mine, (D, int)):
            return isinstance(theirs, D) and theirs == mine
        return theirs == mine


def main():
    program, schemas, folder = sys.argv[1:4]
    runs, seed = int(sys.argv[4]) if len(sys.argv) > 4 else 100, int(sys.argv[5]) if len(sys.argv) > 5 else 1
    only = int(sys.argv[6]) if len(sys.argv) > 6 else None
    world = [Schema(os.path.join(schemas, n)) for n in sorted(os.listdir(schemas))
             if n.endswith(".json") and not n.endswith(".schema.json") and "title" in json.load(open(os.path.join(schemas, n)))["plecto"]]
    bad = made = 0
    for n in range(runs) if only is None else [only]:
        rng = random.Random("%d-%d" % (seed, n))
        run = next((run for run in (Run(world[n % len(world)], rng) for _ in range(50)) if run.usable() and run.rows), None)
        if not run:
            continue
        wrong = run.run(os.path.abspath(program), folder)
        made += 1
        if wrong:
            bad += 1
            print("run %d of seed %d: %s" % (n, seed, " ".join(run.command[1:])))
            for line in wrong[:6] if only is None else wrong:
                print("   ", line)
            if only is not None:
                print(run.said)
    print("%d runs over %d schemas, %d not as the model says" % (made, len(world), bad))
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
