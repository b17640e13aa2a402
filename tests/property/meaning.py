#!/usr/bin/env python3
"""What an export means: a second model, written from the issues, README.md, schemas/README.md, the schemas and the help pages
alone, by someone who had not read src/. It makes a random export of a random schema with random options (meaning_exports.py),
says by the documented rules what must leave, runs the program, and compares every registration field by field and every side
of the ledger.

usage: meaning.py PROGRAM SCHEMAS FOLDER [RUNS [SEED [ONLY-RUN]]]"""
import datetime as dt
import json
import os
import random
import subprocess
import sys
from decimal import ROUND_HALF_EVEN
from decimal import Decimal as D
from zoneinfo import ZoneInfo

from meaning_exports import PEOPLE, USER, Export, Schema
from meaning_rules import NAMES, run_rule


def quantize(x, places):
    return x.quantize(D(1).scaleb(-places), ROUND_HALF_EVEN)


class Run(Export):
    """An export, what the rules make of it, and what the program makes of it."""

    # --- the rules
    def local(self, v):
        """A moment of the API is UTC and counts for the day of the zone; a day is never moved."""
        if self.json and isinstance(v, dt.datetime) and self.zone:
            return v.replace(tzinfo=dt.timezone.utc).astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        return v

    def person(self, row):
        if self.splits and row.get(self.id.name) in self.splits:
            return [(p, dict((i, n) for n, i in PEOPLE)[p] if self.roster else p) for p, _ in self.splits[row[self.id.name]]]
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
        people = list(dict.fromkeys(name.split(", "))) if self.several and g is self.people[0] else [name]
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
        sides, amounts, good = {"total_rows": int(self.footer), "group_rows": self.groups}, {}, []
        summed = [f for f in self.sent_fields() if f.summed and not f.per and f.aggregate == "sum"]
        cut = self.cut_periods()
        for row in self.rows:
            who, day = self.person(row), self.date(row)
            side = "written"
            if day and self.filter and not self.s.period and not self.filter[0] <= self.day(day) <= self.filter[1]:
                side = "outside_period"
            elif any(row is old for old in self.old):
                side = "superseded"
            elif self.active_only and self.has("active") and row[self.has("active")[0].name] is False:
                side = "inactive"
            elif day and cut and self.cuts == "drop" and self.key_period(day) in cut:
                side = "cut_period"
            elif (day is None or not who or not self.external_id(row, "x")) and self.is_open(row):
                side = "not_yet"
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
        self.parent_of = {}  # the first line of each parent has its amount
        for f in self.columns:
            if f.per:
                first = {}
                for row, *_ in good:
                    first.setdefault(row.get(f.per), id(row))
                self.parent_of[f.name] = set(first.values()) if len(good) == len(self.rows) and all(row.get(f.per) for row in self.rows) else None
        self.unnamed = {(id(row), number) for row, who, _ in good for number, name in who if number == name}
        good = [(row, [(number, self.known.get(number, name) if number == name else name) for number, name in who], day) for row, who, day in good]
        sides["in"] += sides["total_rows"] + sides["group_rows"]
        if sides.get("rejected") and not self.bad:
            return (1, 2) if cut and self.cuts == "refuse" else 1, [], sides, amounts
        if cut and self.cuts == "refuse":
            return (1, 2) if sides.get("rejected") else 2, [], {}, {}
        code = 0 if not sides.get("rejected") else 8 if good else 1
        return code, self.totals(good) if self.by else self.single(good), sides, amounts

    def is_open(self, row):
        """A rule of the schema calls the row open, and all that it lacks may be missing then (the employee with the date always)."""
        lack = [d.name for d in self.dates[:1]] if self.date(row) is None else []
        no_person = not self.person(row)
        if self.open_rows and lack and self.external_id(row, "x"):
            return True
        for rule in self.s.open:
            v, lacks = row.get(rule["field"]), rule.get("lacks", [d.name for d in self.dates])
            v = format(v.normalize(), "f") if isinstance(v, D) else str(v)
            no_id = not self.external_id(row, "x")
            person = [f.name for k, f in (self.people or [{}])[0].items() if k != "fallback"]
            if rule["field"] in self.names and v in rule["values"] and (lack or no_person or no_id) and all(d in lacks for d in lack):
                if (not no_person or lack or no_id or all(n in lacks for n in person)) and (not no_id or self.id and self.id.name in lacks):
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
        if self.by not in ("week", "month") or self.s.period:
            return set()
        if self.own_period:
            days = [self.day(self.date(row)) for row in self.rows if self.date(row) and (self.cuts == "drop" or self.external_id(row, "x"))]
            return {self.key_period(d) for d in days if self.first_day(d) < self.own_period[0]}
        if not self.filter:
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

    def line_value(self, f, row):
        """A value of the row: an amount of the parent is the first line's only."""
        if f.name in self.parent_of:
            lines = self.parent_of[f.name]
            return ("skip",) if lines is None else self.get(f.name, row) if id(row) in lines else None
        return self.get(f.name, row)

    def single(self, good):
        out = []
        for row, who, day in good:
            for n, (number, name) in enumerate(who):
                ext = self.external_id(row, number)
                values = {self.titles.get(f.name, f.title): self.plain(f, self.line_value(f, row)) for f in self.sent_fields()}
                if len(who) > 1:
                    for f in self.sent_fields():
                        if f.summed or f.type == "duration" and f.aggregate == "sum":
                            values[self.titles.get(f.name, f.title)] = ("part", ext, values[self.titles.get(f.name, f.title)], self.share(row, n, len(who)))
                out.append({"id": ext if n == 0 else "%s:%s" % (ext, number), "who": (number, name), "date": day, "values": values})
        return out

    def share(self, row, n, count):
        return D(self.splits[row[self.id.name]][n][1]) / 100 if self.splits and row[self.id.name] in self.splits else D(1) / count

    def totals(self, good):
        groups = {}
        for row, who, day in good:
            for n, (number, name) in enumerate(who):
                per = tuple(row[f.name] for f in self.per or [])
                groups.setdefault((self.key_period(day), number, per), []).append((row, name, day, self.share(row, n, len(who))))
        names = {}
        for (_, number, _), rows in groups.items():
            for row, name, day, n in rows:
                if name != number and (id(row), number) not in self.unnamed:
                    when = day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time(12))
                    names.setdefault(number, []).append((when.timestamp(), name))
        out = []
        for (period, number, per), rows in groups.items():
            values = {self.titles.get(f.name, f.title): v for f, v in zip(self.per or [], per)}
            values["Count"] = D(len(rows))
            for f in self.sent_fields():
                if f.per and (self.parent_of.get(f.name) is None or any(n < 1 for *_, n in rows) or f.aggregate != "sum"):
                    values[f.title] = ("skip",)
                elif f not in (self.per or []):
                    values.update(self.total(f, rows))
            ext = None if None in per else ":".join([self.s.name, period, number] + list(per))
            name = min(names[number], key=lambda n: (-n[0], n[1]))[1] if number in names else number
            out.append({"id": ext, "key": (period, number, per), "who": (number, name), "date": self.first_day(rows[0][2]), "values": values})
        return out

    def total(self, f, rows):
        title, how = self.titles.get(f.name, f.title), f.aggregate
        if isinstance(how, dict):
            a, b = ([self.get(n, row) for row, *_ in rows] for n in how["ratio"])
            if not all(self.there(self.s.by_name[n]) for n in how["ratio"]):
                return {}
            a, b = (None if all(x is None for x in part) else sum(x or 0 for x in part) for part in (a, b))
            if any(n < 1 for *_, n in rows):
                return {title: ("skip",)}
            if a is None or not b:
                return {title: None}
            return {title: ("rounded", (100 if f.percent else 1) * D(a) / D(b))}
        if how in ("none", "group"):
            return {}
        values = [(self.line_value(f, row), n) for row, _, _, n in rows if self.line_value(f, row) is not None]
        divided = any(n < 1 for _, n in values)
        numbers = [v for v, _ in values]
        if how == "count":
            return {title: D(sum(1 for v in numbers if v is not False)) if numbers else None}
        if how == "avg":
            n = D(len(numbers))
            return {title: ("rounded", D(sum(numbers)) / n) if n else None, title + " (count)": n or None}
        if how == "sum" and divided:
            return {title: ("near", sum((D(v) * n for v, n in values), D(0)), len(values))}
        return {title: {"sum": sum, "min": min, "max": max}[how](numbers) if numbers else None}

    # --- comparing
    def run(self, program, folder):
        path = os.path.join(folder, "%s.%s" % (self.s.name.replace("report-", "r-"), "csv" if self.flat or not self.json and not self.report else "json"))
        text = self.write_flat() if self.flat else self.write_json() if self.json else self.write_report() if self.report else self.write_csv()
        with open(path, "w", encoding="utf-8", newline="") as out:
            out.write(text)
        if self.roster:
            with open(os.path.join(folder, "people.json"), "w", encoding="utf-8") as out:
                json.dump({"data": [{"id": int(i), "userId": int(USER[i]), "name": n, "active": True} for n, i in PEOPLE]}, out)
            self.args += ["--roster", os.path.join(folder, "people.json")]
        if self.splits:
            with open(os.path.join(folder, "splits.csv"), "w", encoding="utf-8") as out:
                out.write("Split ID,Technician ID,Job ID,Split,Created On\n" + "".join(",".join(map(str, line)) + "\n" for line in self.split_lines))
            self.args += ["--with", os.path.join(folder, "splits.csv")]
        self.command = [program, "convert", "-q", "--no-config", "--schema", self.s.name, "-o", os.path.join(folder, "out"), "--force"] + self.args + [path]
        out = os.path.join(folder, "out")
        for name in ("registrations.jsonl", "result.json"):
            if os.path.exists(os.path.join(out, name)):
                os.remove(os.path.join(out, name))
        done = subprocess.run(self.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.said = done.stdout.decode("utf-8", "replace")
        code, registrations, sides, amounts = self.model()
        wrong = ["exit code %d, the model says %s" % (done.returncode, code)] if done.returncode not in (code if isinstance(code, tuple) else (code,)) else []
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
            if self.odd_kinds:
                return sorted(self.odd_kinds)
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
        out, self.odd_kinds = {}, set()
        kinds = {self.titles.get(f.name, f.title): f for f in self.s.fields}
        for t in theirs:
            f, kind = kinds.get(t["Metric"]), t["Metric Kind"]
            right = "count" if t["Metric"] == "Count" or t["Metric"].endswith(" (count)") else None if not f else "duration" if f.type == "duration" else \
                "percent" if f.percent else "money" if f.money else "count" if f.aggregate == "count" else None
            if right and kind != right:
                self.odd_kinds.add("metric %s is of the kind %s, the model %s" % (t["Metric"], kind, right))
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
            if isinstance(whole, tuple):
                return True
            if whole is None:
                return theirs is None
            parts.setdefault((ext, title), (D(whole), []))[1].append(theirs)
            return theirs is not None and abs(theirs - D(whole) * n) < (D("0.02") if not title.endswith("Time") else 1)
        if mine is None or isinstance(mine, bool) or theirs is None:
            return mine is theirs
        if isinstance(mine, dt.datetime):
            return theirs[:19] == mine.isoformat()
        if isinstance(mine, dt.date):
            return theirs[:10] == mine.isoformat()
        if isinstance(mine, (D, int)):
            return isinstance(theirs, D) and theirs == mine
        return theirs == mine


def rules(program, schemas, folder, runs, seed):
    """Files of the rules of meaning_rules.py, each rule in turn: a third as many as exports, and each rule once at least."""
    bad, count = 0, max(runs // 3, len(NAMES))
    for n in range(count):
        name = NAMES[n % len(NAMES)]
        wrong, run = run_rule(name, program, schemas, os.path.join(folder, "rule"), random.Random("%d-rule-%d" % (seed, n)))
        if wrong:
            bad += 1
            print("%s, number %d of seed %d: %s" % (name, n, seed, " ".join(run.args)))
            for line in wrong[:6]:
                print("   ", line)
    print("%d files of %d rules, %d not as the model says" % (count, len(NAMES), bad))
    return bad


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
    bad += rules(os.path.abspath(program), os.path.abspath(schemas), folder, runs, seed) if only is None else 0
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
