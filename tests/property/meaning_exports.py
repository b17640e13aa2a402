#!/usr/bin/env python3
"""Random exports of every schema, for meaning.py."""
import csv
import datetime as dt
import io
import json
import re
from decimal import Decimal as D

PEOPLE = [("Ana Lopez", "4101"), ("Bo Chen", "4102"), ("Cy Ortiz", "4103"), ("Dana O'Neil", "4104"), ("Eli Kim", "4105"),
          ("Fay Wong", "4106"), ("Gus Diaz", "4107"), ("José Álvarez", "4108"), ("Ida Marsh", "4109"), ("Mary Ann Hart", "4110")]
USER = {i: str(int(i) + 5000) for _, i in PEOPLE}
WORDS = ["HVAC - Service", "Plumbing", "Electrical, new", 'The "A" team', "Google Ads", "Référence"]
NOTHING = ["", "", "", "N/A", "-", "null", "#N/A"]  # a cell without a value; spreadsheet errors only in text that is sent
FIRST, DAYS = dt.date(2025, 9, 28), 45


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


class Export:
    """One random export of a schema with its options."""

    def __init__(self, schema, rng):
        self.s, self.r, self.args, self.columns, self.rows = schema, rng, [], [], []
        self.by = self.per = None
        self.metric, self.filter, self.expect, self.decoy, self.groups = False, None, 0, None, 0
        self.json = rng.random() < 0.35 and sum(bool(f.path) for f in schema.fields) > 4
        self.flat = rng.randrange(1, 6) if self.json and "explode" not in schema.plecto and rng.random() < .3 else 0
        self.report = not self.json and rng.random() < 0.15  # an answer of the Reporting API: labels, and values as JSON has them
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
        if self.flat and len({self.flat_name(f).replace("_", "").replace(".", "").lower() for f in paths.values()}) < len(paths):
            self.flat = 0
        self.columns = list(paths.values())
        if self.s.template and not self.json and self.r.random() < .5:  # the name first, as reports have it
            self.columns.sort(key=lambda f: "{%s}" % f.name not in self.s.template)
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
        self.own_period = None
        if not s.period and not self.json and not self.report and not self.filter and r.random() < .2:
            a = FIRST + dt.timedelta(r.randrange(20))
            self.own_period = (a, a + dt.timedelta(r.randrange(8, 25)))
        self.splits = {}
        if s.name == "jobs" and self.id and self.id.name == "Job ID" and not self.several and not self.named and r.random() < .7:
            self.splits = None  # made with the rows
        self.open_rows = len(self.dates) == 1 and self.id and not any(rule["field"] in self.names for rule in s.open) and r.random() < .15
        if self.open_rows:
            self.args.append("--open-rows")
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
                self.percents[f.name] = "api" if self.json or self.report and f.scale else r.choice(["sign", "hundred", "one"])
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
                    married = self.by and "id" in g and r.random() < .1  # a new spelling of a name
                    row[g["name"].name] = (name + " Hall" if married else name) if there and ("id" not in g or r.random() < .8) else None
            if self.several and row[self.people[0]["name"].name] and r.random() < .4:
                people = [p[0] for p in r.sample(PEOPLE[:6], r.randint(2, 3))]
                row[self.people[0]["name"].name] = ", ".join(people + people[:r.random() < .2])  # now and then one of them twice
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
            if self.s.template and self.people and not self.person(row):
                continue  # a row of numbers without ID and name: nobody can tell it from a total row
            if self.open_rows and r.random() < .2:
                row[self.dates[0].name] = None
            if not self.own_period or not self.date(row) or self.own_period[0] <= self.day(self.date(row)) <= self.own_period[1]:
                self.rows.append(row)
        self.leave_empty()
        self.repeat_parents()
        self.make_decoy()
        for f in self.columns:  # what proves a scale
            if self.percents.get(f.name) == "hundred" or f.name == "Split":
                for row in self.rows[:1]:
                    row[f.name] = D("47.5") if f.percent else D(60)
            if self.percents.get(f.name) in ("one", "api"):
                for row in self.rows:
                    if row[f.name] is not None:
                        row[f.name] = row[f.name] if abs(row[f.name]) <= 100 else D(50)
        self.make_states()
        self.make_splits()
        self.footer = not self.json and not self.report and len(self.rows) > 1 and r.random() < .25

    def free(self, f):
        """Whether no role, option or ID needs the values of a column."""
        return not f.role and not any(a == f.name or a.startswith(f.name + "=") for a in self.args) and f not in (self.per or []) and f is not self.named and f is not self.id \
            and "{%s}" % f.name not in (self.s.template or "") and f.name not in [rule["field"] for rule in self.s.open] \
            and f.name not in [x.per for x in self.columns]

    def leave_empty(self):
        """A column without any value; of records the key is mostly not there at all."""
        free = [f for f in self.columns if self.free(f) and f.type != "boolean" and f.name not in self.percents]
        if not free or self.r.random() > .3:
            return
        f = self.r.choice(free)
        for row in self.rows:
            row[f.name] = None
        if self.json and len(self.columns) > 4 and self.r.random() < .7:
            self.columns.remove(f)
            self.names.discard(f.name)

    def repeat_parents(self):
        """An amount of the parent is on each of its lines."""
        for f in self.columns:
            if f.per and f.per in self.names:
                known = {}
                for row in self.rows:
                    if row[f.per] is not None and self.r.random() < .5 and known and f.per not in (self.s.template or "") and self.s.by_name[f.per] is not self.id:
                        row[f.per] = self.r.choice(list(known))
                    if row[f.per] is not None:
                        row[f.name] = known.setdefault(row[f.per], row[f.name] or D("12.50"))

    def make_decoy(self):
        """A row in the middle in which one number only is the sum of the rows before it, or one is and another is not: no total
        row, whether it has no ID or a name that begins like one."""
        numbers = [f for f in self.columns if f.numeric or f.type == "duration"]
        sums = [f for f in numbers if f.summed and not f.per and f.aggregate == "sum" and not f.percent]
        name = next((f for f in self.columns if "{%s}" % f.name in (self.s.template or "") and f.type == "string"
                     and f.role not in ("employee", "employee-name") and f.name not in ("Invoice #", "Invoice ID", "Item Code", "Project ID")), None)
        text = next((f for f in self.columns if f.type == "string"), None)
        bare = self.id and self.bad and not self.filter and not self.active_only and len(self.has("id")) < 2 and not any(f.role == "id" and f.derive for f in self.s.fields)
        if self.json or self.report or self.own_period or len(self.rows) < 4 or not sums or not (bare or name and text is name) or self.r.random() < .4:
            return
        f, at = self.r.choice(sums), self.r.randrange(2, len(self.rows) - 1)
        total = sum((row[f.name] or D(0) for row in self.rows[:at]), D(0))
        if not total:
            return
        row = self.rows[at] if name else {c.name: None for c in self.columns}
        row.update({c.name: None for c in numbers})
        row[f.name] = total
        other = next((c for c in sums if c is not f), None)
        if not name and not other:
            return  # where people are named, an amount alone that is the sum is a subtotal: heads of groups have no more
        if other and (not name or self.r.random() < .4):
            row[other.name] = sum((row[other.name] or D(0) for row in self.rows[:at]), D(0)) + 1
        if name:
            row[name.name] = self.r.choice(["Total Comfort", "Totally Plumbing", "Grand Total Heating"])
        else:
            self.rows.insert(at, row)
        self.decoy = at

    def make_states(self):
        """A record that comes again, changed later: its last state counts."""
        changed = self.has("modified")
        self.old = []
        if not changed or not self.id or self.filter or self.active_only or self.several or self.r.random() < .5:
            return
        again = [row for row in self.rows if row[self.id.name] and self.date(row) and self.person(row)][:2]
        for k, row in enumerate(again):
            new = dict(row, **{f.name: self.value(f, 0) for f in self.columns if f.summed})
            row[changed[0].name], new[changed[0].name] = dt.datetime(2025, 11, 20, 8), dt.datetime(2025, 11, 21, 9)
            first = self.r.random() < .5
            self.rows.insert(self.rows.index(row) + (0 if first else 1), new)
            self.old.append(row)

    def make_splits(self):
        """A companion that says who did a job, and which share of it is whose; the earliest share comes first."""
        if self.splits is not None:
            return
        self.splits, lines = {}, []
        for row in self.rows:
            if row[self.id.name] and row[self.id.name] not in self.splits and self.r.random() < .7:
                shares = self.r.choice([[100], [50, 50], [60, 40], [25, 35, 40], [D("33.33"), D("33.33"), D("33.34")]])
                people = self.r.sample([i for _, i in PEOPLE[:6]], len(shares))
                self.splits[row[self.id.name]] = list(zip(people, shares))
        for job, shares in self.splits.items():
            lines += [(str(9000 + len(lines) + k), p, job, share, "2025-10-%02dT10:00:%02d" % (k + 2, k)) for k, (p, share) in enumerate(shares)]
        self.r.shuffle(lines)
        self.split_lines = lines if len({share > 1 for _, _, _, share, _ in lines}) == 1 else []
        self.splits = self.splits if self.split_lines else {}

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

    def write_report(self):
        fields = [{"name": "Column%d" % k, "label": f.name, "dataType": "String"} for k, f in enumerate(self.columns)]
        styles = {f.name: 0 for f in self.columns}
        data = [[self.report_value(f, row[f.name], styles[f.name]) for f in self.columns] for row in self.rows]
        return json.dumps({"fields": fields, "data": data, "hasMore": False})

    def report_value(self, f, v, style):
        if v is None or isinstance(v, (bool, D)) and not f.percent:
            return float(v) if isinstance(v, D) else v
        if f.percent and self.percents[f.name] == "api":
            return float(v / 100 if f.scale == 1 else v)
        return self.cell(f, v, style)

    def write_csv(self):
        out = io.StringIO()
        w = csv.writer(out, lineterminator="\r\n" if self.r.random() < .5 else "\n")
        if self.own_period:
            out.write("My Report\nDate Range: %d/%d/%d - %d/%d/%d\n\n" % tuple(x for d in self.own_period for x in (d.month, d.day, d.year)))
        w.writerow([f.name for f in self.columns])
        styles = {f.name: self.r.randrange(12) for f in self.columns}
        for f in self.columns:  # an order of day and month that nothing proves is asked for: another case
            if f.type in ("date", "datetime") and not any(row[f.name] and row[f.name].day > 12 for row in self.rows):
                styles[f.name] = 0
        body = [[self.cell(f, row[f.name], styles[f.name]) for f in self.columns] for row in self.rows]
        total = self.total_row(self.rows, styles, self.r.choice(["Total", "Grand Total", "Totals", ""])) if self.footer else None
        half, where = len(self.rows) // 2, self.r.choice(["last", "last", "first", "both", "sections"])
        if total and where == "sections" and half > 1 and len(self.rows) - half > 1:
            parts = [self.total_row(rows, styles, "Subtotal") for rows in (self.rows[:half], self.rows[half:])]
            if all(parts):
                body = body[:half] + parts[:1] + body[half:] + parts[1:]
                self.footer += 2
        self.footer += bool(total) and where == "both"
        body = self.group_rows(body)
        w.writerows(([total] if total and where in ("first", "both") else []) + body + ([total] if total and where != "first" else []))
        self.footer = self.footer if total else 0
        return out.getvalue()

    def group_rows(self, body):
        """Heads of groups: a bare name in the first cell of a row."""
        if self.s.template or self.footer or self.decoy or len(self.columns) < 4 or len(body) < 2 or self.r.random() < .75:
            return body
        heads = sorted({0} | {self.r.randrange(len(body)) for _ in range(self.r.randint(0, 2))})
        self.groups = len(heads)
        out = []
        for k, line in enumerate(body):
            if k in heads:
                out.append([self.r.choice(["HVAC - Service", "Plumbing - Install", "Electrical"])] + [""] * (len(self.columns) - 1))
            out.append(line)
        return out

    def total_row(self, rows, styles, word):
        sums = {}
        for f in self.columns:
            values = [row[f.name] for row in rows if row[f.name] is not None]
            if f.summed and not f.per and values and sum(values):
                sums[f.name] = sum(values)
        text = next((f for f in self.columns if f.type == "string"), None)
        if not text or len(sums) < 2:
            return None
        return [self.cell(f, sums[f.name], styles[f.name]) if f.name in sums else word if f is text else "" for f in self.columns]

    def flat_name(self, f):
        """A path as a loader flattens it: pandas' dots, snake_case, lower case, Meltano's __, capitals."""
        path = self.path(f)
        snake = re.sub("(?<=[a-z0-9])([A-Z])", r"_\1", path).lower()
        return {1: path, 2: snake.replace(".", "_"), 3: path.lower(), 4: snake.replace(".", "__"), 5: snake.replace(".", "_").upper()}[self.flat]

    def write_flat(self):
        out, style = io.StringIO(), self.r.randrange(3)
        w = csv.writer(out, lineterminator="\n")
        w.writerow([self.flat_name(f) for f in self.columns])
        for row in self.rows:
            w.writerow([self.flat_value(f, row[f.name], style) for f in self.columns])
        return out.getvalue()

    def flat_value(self, f, v, style):
        if v is None:
            return ""
        if isinstance(v, bool):
            return (str(v), str(v).lower(), str(v).upper())[style]
        if isinstance(v, dt.datetime):
            return v.strftime(("%Y-%m-%dT%H:%M:00Z", "%Y-%m-%d %H:%M:00 UTC", "%Y-%m-%d %H:%M:00+00:00")[style])
        if isinstance(v, dt.date):
            return v.isoformat() + ("T00:00:00Z", " 00:00:00 UTC", "")[style]
        if f.type == "duration":
            return self.cell(f, v, 0)
        if f.percent:
            v = v / 100 if f.scale == 1 else v
        return format(v, "f") if isinstance(v, D) else v

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
