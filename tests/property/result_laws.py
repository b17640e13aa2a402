"""result_laws.py FOLDER…: laws over every figure of result.json, for folders that convert wrote.

Each number in it is the sum, the count or the largest of something else in it, or in the files beside it, which are read
here by Python's own csv and hashlib. KNOWN names all keys: one that no law or reason covers is a complaint, so that a new
figure cannot come without one. Prints what is broken, a line each, and how many figures were looked at; exit 1 if any is."""
import csv
import datetime
import hashlib
import json
import os
import re
import sys
from decimal import Decimal

csv.field_size_limit(1 << 30)

# Rows that are a side of the ledger's columns too; the others have no amounts.
SIDES = ["written", "rejected", "outside_period", "inactive", "repeated", "left_out", "superseded", "too_old", "cut_period", "not_yet"]
OTHERS = ["total_rows", "group_rows", "blank", "empty_lists"]

# Facts: what was asked for and what was found, words that no arithmetic binds (the other laws bind some of them too).
FACTS = """format rules command publication exit_code verdict headline next next_note schema.* options.* notes.*
    files.*.shape files.*.encoding files.*.sheet files.*.gzip files.*.roles files.*.employee files.*.id files.*.date
    files.*.header_row files.*.titles.* files.*.other_people.* files.*.other_dates.* files.*.not_sent_numbers.*
    fields.*.title fields.*.type fields.*.values.* active.only periods.metric periods.money skipped.*
    issues.causes.*.code issues.causes.*.name issues.causes.*.title issues.causes.*.field issues.causes.*.fix
    issues.causes.*.examples.*.text issues.causes.*.examples.*.id issues.causes.*.examples.*.employee
    issues.causes.*.examples.*.day issues.causes.*.examples.*.value
    totals.*.text totals.*.kind totals.*.group""".split()
# Keys that a law below looks at.
BOUND = """registrations employees first_date last_date ledger.balanced ledger.difference ledger.difference.* ledger.rows.* ledger.columns.*
    active active.inactive_rows active.inactive.* fields.*.places days.* people.* periods.list.* periods.employees.* outputs.*
    files.*.path files.*.bytes files.*.sha256 files.*.rows files.*.written files.*.rejected files.*.not_sent
    issues.errors issues.warnings issues.causes.*.severity issues.causes.*.count issues.causes.*.money
    issues.causes.*.files.* issues.causes.*.examples.*.file issues.causes.*.examples.*.row issues.causes.*.examples.*.line
    issues.causes.*.examples.*.last_line issues.causes.*.examples.*.column issues.causes.*.examples.*.money
    totals.*.file totals.*.row totals.*.line
    totals.*.agrees totals.*.compared""".split()


def pattern(words):
    return re.compile("|".join(re.escape(word).replace(r"\*", ".*") + "$" for word in words))


KNOWN = pattern(FACTS + BOUND)


def leaves(value, path=""):
    """Paths of all scalars and empty lists, positions of lists as *."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path + ".*")
    else:
        yield path


class Check:
    def __init__(self, folder):
        self.folder, self.broken, self.looked = folder, [], 0
        with open(os.path.join(folder, "result.json"), encoding="utf-8") as file:
            self.result = json.load(file)

    def law(self, holds, what, *shown):
        self.looked += 1
        if not holds:
            self.broken.append(f"{self.folder}: {what}" + (": " + ", ".join(map(str, shown)) if shown else ""))

    def equal(self, one, other, what):
        self.law(one == other, what, one, other)

    def keys(self):
        for path in set(leaves(self.result)):
            self.law(KNOWN.match(path), "no law for the key", path)

    def ledger(self):
        rows = self.result["ledger"]["rows"]
        self.equal(set(rows), {"in", *SIDES, *OTHERS}, "the sides of the ledger")
        self.equal(rows["in"], sum(rows[side] for side in rows if side != "in"), "rows in = the sum of all sides")
        for column in self.result["ledger"]["columns"]:
            self.equal(set(column), {"title", "money", "in", *SIDES} & set(column), f"the sides of {column['title']}")
            self.equal(Decimal(column["in"]), sum(Decimal(column[side]) for side in SIDES), f"{column['title']}: in = the sides")
            if column.get("money"):
                self.law(all(re.fullmatch(r"-?\d+\.\d{2,4}", column[side]) for side in ["in", *SIDES]), f"{column['title']}: cents")
        self.law(self.result["ledger"]["balanced"] is True, "the ledger balances")

    def sums(self):
        """Days and people are parts of what was written, in rows and in every column."""
        written, rows = self.result["ledger"]["rows"]["written"], {}
        columns = [Decimal(column["written"]) for column in self.result["ledger"]["columns"]]
        for key in ("days", "people"):
            parts = self.result[key]
            rows[key] = sum(part["rows"] for part in parts)
            for number, total in enumerate(columns):
                there = [Decimal(part["sums"][number]) for part in parts]
                self.equal(sum(there), total, f"{self.result['ledger']['columns'][number]['title']}: the sum of {key} = written")
        self.equal(rows["days"], rows["people"], "rows of the days = rows of the people")
        if self.result["options"]["by"] == "row" and self.result["registrations"] > written: # a row of several people counts with each
            self.equal(rows["days"], self.result["registrations"], "rows of the days = registrations")
        elif self.result["options"]["by"] == "row":
            self.equal(rows["days"], written, "rows of the days = written")
        else:
            self.law(rows["days"] >= written, "rows of the days >= written", rows["days"], written)
        days = [part["date"] for part in self.result["days"]]
        self.equal(days, sorted(set(days)), "days come once, in order")
        self.equal((days or [None])[0], self.result["first_date"], "first_date is the first day")
        self.equal((days or [None])[-1], self.result["last_date"], "last_date is the last day")
        for day in days:
            datetime.date.fromisoformat(day)
        people = [part["id"] for part in self.result["people"]]
        self.equal(len(people), len(set(people)), "people come once")
        self.equal(len(people), self.result["employees"], "employees")

    def periods(self):
        periods = self.result.get("periods")
        if not periods:
            return
        self.equal(periods["list"], sorted(set(periods["list"])), "periods come once, in order")
        column = next((c for c in self.result["ledger"]["columns"] if c["title"] == periods["metric"]), None)
        for person in periods["employees"]:
            self.equal(len(person["sums"]), len(periods["list"]), f"{person['name']}: a sum for each period")
            self.equal(sum(Decimal(s) for s in person["sums"] if s is not None), Decimal(person["total"]), f"{person['name']}: total = the periods")
        if column:
            self.equal(sum(Decimal(p["total"]) for p in periods["employees"]), Decimal(column["written"]), "the periods' totals = written")
        known = {person["id"] for person in self.result["people"]}
        self.law({p["id"] for p in periods["employees"]} <= known, "employees of the periods are people of the run")

    def files(self):
        files, rows = self.result["files"], self.result["ledger"]["rows"]
        self.equal(sum(f["rows"] for f in files), rows["in"], "the files' rows = rows in")
        self.equal(sum(f["written"] for f in files), rows["written"], "the files' written = written")
        self.equal(sum(f["rejected"] for f in files), rows["rejected"], "the files' rejected = rejected")
        for f in files:
            self.law(f["not_sent"] >= len(f.get("not_sent_numbers") or []), f"{f['path']}: not sent", f["not_sent"])
            if os.path.isfile(f["path"]):
                with open(f["path"], "rb") as file:
                    content = file.read()
                self.equal(f["bytes"], len(content), f"{f['path']}: bytes")
                self.equal(f["sha256"], hashlib.sha256(content).hexdigest(), f"{f['path']}: sha256")

    def issues(self):
        issues, files = self.result["issues"], self.result["files"]
        of = {word: sum(c["count"] for c in issues["causes"] if c["severity"] == word) for word in ("error", "warning")}
        self.equal(of["error"], issues["errors"], "errors = the sum of the causes")
        self.equal(of["warning"], issues["warnings"], "warnings = the sum of the causes")
        for cause in issues["causes"]:
            name = f"{cause['code']} {cause['field'] or ''}"
            self.equal(sum(f["count"] for f in cause["files"]), cause["count"], f"{name}: count = the sum of its files")
            self.law(1 <= len(cause["examples"]) <= cause["count"], f"{name}: examples", len(cause["examples"]))
            for example in cause["examples"]:
                self.law(0 <= (example["file"] or 0) < max(len(files), 1) if isinstance(example["file"], int) else
                         any(f["path"] == example["file"] for f in files) or not files, f"{name}: an example's file", example["file"])
                for key in ("row", "line", "column"):
                    self.law((example[key] or 0) >= 0, f"{name}: an example's {key}", example[key])
                if example.get("last_line"):
                    self.law(example["last_line"] >= example["line"], f"{name}: an example's last line")
            shown = [abs(Decimal(e["money"])) for e in cause["examples"] if e.get("money") is not None]
            if cause.get("money") is not None and len(cause["examples"]) == cause["count"]:
                self.law(abs(Decimal(cause["money"])) <= sum(shown), f"{name}: money is that of its examples", cause["money"], sum(shown))
        for total in self.result.get("totals", []):
            self.law(isinstance(total["agrees"], bool) and total["compared"] >= 0, "a total row", total)
            self.law(total["row"] >= 1 and total["line"] >= 1, "a total row's place", total)

    def outputs(self):
        by_name = {output["name"]: output for output in self.result["outputs"]}
        for name, output in by_name.items():
            path = os.path.join(self.folder, name)
            self.law(os.path.isfile(path), "an output is there", name)
            if not os.path.isfile(path):
                continue
            with open(path, "rb") as file:
                content = file.read()
            self.equal(output["bytes"], len(content), f"{name}: bytes")
            self.equal(output["sha256"], hashlib.sha256(content).hexdigest(), f"{name}: sha256")
            if name == "registrations.jsonl":
                self.equal(output["records"], content.count(b"\n"), "records of registrations.jsonl")
                self.people_of([json.loads(line) for line in content.splitlines()])
            elif name not in ("import.csv", "import.xlsx", "review.xlsx", "rejected.csv"):
                self.equal(output["records"], 0, f"{name} has no records")
        if "import.csv" in by_name:
            self.import_csv(by_name["import.csv"])
        if "rejected.csv" in by_name:
            self.law(by_name["rejected.csv"]["records"] == self.result["ledger"]["rows"]["rejected"], "records of rejected.csv = rejected",
                     by_name["rejected.csv"]["records"])

    def people_of(self, registrations):
        """By row each registration is of one person, whose rows it counts with."""
        if self.result["options"]["by"] != "row" or self.result["options"]["layout"] != "wide":
            return
        counts = {}
        for one in registrations:
            member = one["member_api_id"]
            counts[member] = counts.get(member, 0) + 1
        self.equal({person["id"]: person["rows"] for person in self.result["people"]}, counts, "rows of each person = its registrations")

    def import_csv(self, output):
        with open(os.path.join(self.folder, "import.csv"), newline="", encoding="utf-8-sig") as file:
            header, *records = list(csv.reader(file))
        self.equal(len(records), output["records"], "records of import.csv")
        self.equal(len(records), self.result["registrations"], "registrations = records of import.csv")
        fields = self.result["fields"]
        titles = [field["title"] for field in fields]
        self.equal(len(titles), len(set(titles)), "titles of fields come once")
        self.law(set(titles) <= set(header), "fields are columns of import.csv", set(titles) - set(header))
        ids = [record[0] for record in records]
        self.equal(len(ids), len(set(ids)), "external IDs come once")
        for field in fields:
            if field["type"] != "number" or field["title"] not in header:
                continue
            place = header.index(field["title"])
            behind = [len(r[place].partition(".")[2]) for r in records if r[place]]
            self.law(field["places"] == 0 or all(n >= field["places"] for n in behind), f"{field['title']}: at least as many decimals as places says")
        is_summed = self.result["options"]["by"] == "row" # else a column may be an average
        sent = {f["title"]: header.index(f["title"]) for f in fields if f["title"] in header and f["type"] == "number"}
        if is_summed and self.result["options"]["layout"] == "wide" and self.result["options"]["per"] == "employee":
            for column in self.result["ledger"]["columns"]:
                if column["title"] in sent:
                    there = sum(Decimal(r[sent[column["title"]]] or 0) for r in records)
                    self.law(abs(there - Decimal(column["written"])) <= Decimal("0.005") * max(1, len(records)) if not column.get("money") else
                             there == Decimal(column["written"]), f"{column['title']}: the column of import.csv = written", there, column["written"])

    def active(self):
        active, rows = self.result["active"], self.result["ledger"]["rows"]
        if not active:
            return
        self.law(rows["inactive"] <= active["inactive_rows"] <= rows["written"] + rows["inactive"], "inactive rows", active["inactive_rows"])
        if active["only"]:
            self.equal(active["inactive_rows"], rows["inactive"], "only active: inactive rows are the ledger's")
        by_title = {column["title"]: column for column in self.result["ledger"]["columns"]}
        for one in active["inactive"]:
            self.law(one["title"] in by_title, "a sum of inactive rows has its column", one["title"])
            if active["only"] and one["title"] in by_title:
                self.equal(Decimal(one["sum"]), Decimal(by_title[one["title"]]["inactive"]), f"{one['title']}: inactive = the ledger's")

    def all(self):
        for law in (self.keys, self.ledger, self.sums, self.periods, self.files, self.issues, self.outputs, self.active):
            law()
        return self.broken


def main():
    broken, looked = [], 0
    for folder in sys.argv[1:]:
        check = Check(folder)
        broken += check.all()
        looked += check.looked
    print("\n".join(broken + [f"{len(sys.argv) - 1} results, {looked} laws, {len(broken)} broken"]))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
