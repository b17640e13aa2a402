"""counts_world.py: exports made up for the laws about counts (counts.py), whose true figures are known because the rows
were made to have them. A row has one fate (written, rejected for one reason, outside the period …) and is written as a
web report (CSV), as an answer of the reporting API or as a list answer, whole or cut into several files."""
import csv
import hashlib
import io
import json
import random

SCHEMA = {
    "$schema": "report.schema.json",
    "name": "laws",
    "plecto": {"title": "Laws", "open": {"field": "State", "values": ["Open", "Pending"]}, "signature": ["Number", "Done On", "Amount", "Hours"]},
    "fields": [
        {"name": "Number", "type": "string", "plecto": {"path": "number", "role": "id"}},
        {"name": "Employee ID", "type": "string",
         "plecto": {"path": "who.id", "role": "employee", "person": "technician", "space": "technician"}},
        {"name": "Employee", "type": "string", "plecto": {"path": "who.name", "role": "employee-name", "person": "technician"}},
        {"name": "Done On", "type": "datetime", "plecto": {"path": "done", "role": "date"}},
        {"name": "Opened On", "type": "datetime", "plecto": {"path": "opened", "role": "date", "fallback": True}},
        {"name": "Active", "type": "boolean", "plecto": {"path": "active", "role": "active"}},
        {"name": "State", "type": "string", "constraints": {"enum": ["Open", "Done"]}, "plecto": {"path": "state", "aggregate": "group"}},
        {"name": "Amount", "type": "number", "plecto": {"path": "amount", "money": True, "aggregate": "sum"}},
        {"name": "Hours", "type": "number", "plecto": {"path": "hours", "places": 2, "aggregate": "sum"}},
        {"name": "Low", "type": "number", "plecto": {"path": "low", "places": 2, "aggregate": "min"}},
        {"name": "High", "type": "number", "plecto": {"path": "high", "places": 2, "aggregate": "max"}},
        {"name": "Price", "type": "number", "plecto": {"path": "price", "places": 4, "aggregate": "avg"}},
        {"name": "Recall", "type": "boolean", "plecto": {"path": "recall", "aggregate": "count"}},
        {"name": "Memo", "type": "string", "plecto": {"path": "memo", "private": True}},
    ],
}
LABELS = [field["name"] for field in SCHEMA["fields"]]
PATHS = [field["plecto"]["path"] for field in SCHEMA["fields"]]
ROSTER = [("4101", "Ana Lopez", "A. Lopez"), ("4102", "Bo Chen", ""), ("4103", "Cy Ortiz", ""), ("4104", "_Dana Neil", ""),
          ("4105", "Eli Kim", "")]
NAMES = {id_: name for id_, name, _ in ROSTER}
PHOENIX = -7 * 3600  # seconds to add to UTC; no summer time
PERIOD = ("2025-01-01", "2025-10-20")
KEEP_FROM = "2025-04-01"
OPTIONS = ["--schema", "laws.json", "--tz", "America/Phoenix", "--on-error", "reject", "--several", "split",
           "--max-issues", "100000", "--repeats", "error", "--no-config", "--format", "json"]


class Row:
    """One row: its cells as texts by label, its fate, and what is true of it."""

    def __init__(self, number, cells, fate, day, people):
        self.number = number
        self.cells = cells
        self.fate = fate        # a side of the ledger, or an issue's code: rejected for it
        self.day = day          # where it counts, as YYYY-MM-DD; None without a date
        self.people = people    # (ID, name) of each registration
        self.weights = None     # of the registrations, if they differ
        self.notes = set()      # what else is true of it: "fallback", "alias", "other day" …
        self.warnings = []      # codes
        self.fix = None         # of a column: the old and the new text
        self.origin = None      # the row with the same number before
        self.is_again = False   # another row has its number too

    def amount(self, label):
        """In ten-thousandths, as the ledger adds it up: a cell that cannot be read is nothing."""
        text = self.cells[label]
        if "fixed" in self.notes and self.fix[0] == label:
            text = self.fix[2]
        try:
            return round(float(text) * 10000) if text else 0
        except ValueError:
            return 0

    def part(self, label, index):
        """Of a divided row; amounts are such that nothing is rounded."""
        weights = self.weights or [1] * len(self.people)
        return self.amount(label) * weights[index] // sum(weights)


def clock(seconds):
    """Seconds since 2025-01-01 00:00 as (day, HH:MM:SS); days by the calendar of 2024 to 2026."""
    day, rest = divmod(seconds, 86400)
    return day_text(day), "%02d:%02d:%02d" % (rest // 3600, rest // 60 % 60, rest % 60)


def day_text(number):
    """Day `number` after 2025-01-01; before it for negative ones."""
    lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    year = 2025
    while number < 0:
        year -= 1
        number += 366 if year == 2024 else 365
    month = 0
    while number >= lengths[month] + (year == 2024 and month == 1):
        number -= lengths[month] + (year == 2024 and month == 1)
        month += 1
    return "%04d-%02d-%02d" % (year, month + 1, number + 1)


FATES = ["written"] * 24 + [
    "written fallback", "written alias", "written default", "written id", "written both", "written two", "written twice",
    "written unknown state", "written fixed", "written already", "E301", "E203", "E305", "E602", "outside_period",
    "too_old", "not_yet", "not_yet nobody", "left_out", "repeated", "E401", "blank"]


def make_rows(count, tail, seed, memo=0):
    """`count` rows of all fates, and `tail` more that are all rejected: the last file or block brings nothing. `memo`:
    bytes of a long text in each row, ten times that in those of the tail, so that few rows fill many blocks."""
    rng = random.Random(seed)
    rows = []
    for index in range(count + tail):
        fate = rng.choice(FATES) if index < count else "E301"
        if index < len(FATES):
            fate = FATES[index]
        rows.append(make_row(rng, 100000 + index, fate, rows, memo if index < count else 10 * memo))
    return rows


def make_row(rng, number, wanted, before, memo):
    fate = wanted.split()[0]
    what = wanted[len(fate) + 1:]
    if fate == "blank":
        return Row(number, None, "blank", None, [])
    if fate in ("repeated", "E401"):
        return again(rng, rng.choice([row for row in before if is_plain(row)]), fate)
    first, last = {"outside_period": (-300, -10), "too_old": (1, 80)}.get(fate, (93, 285))
    seconds = rng.randrange(first, last) * 86400 + rng.randrange(86400)
    is_utc = rng.random() < 0.6
    day, time = clock(seconds)
    local_day = clock(seconds + PHOENIX)[0] if is_utc else day
    id_ = rng.choice(sorted(NAMES))
    hundredths = rng.randrange(-20000, 200000) * 2
    cells = {"Number": str(number), "Employee ID": "", "Employee": NAMES[id_], "Done On": day + "T" + time + ("Z" if is_utc else ""),
             "Opened On": "", "Active": rng.choice(["true", "true", "true", "false"]), "State": rng.choice(["Open", "Done"]),
             "Amount": "%.2f" % (hundredths / 100), "Hours": "%.2f" % (rng.randrange(0, 2000) * 2 / 100),
             "Low": "%.2f" % (rng.randrange(-900, 900) / 100), "High": "%.2f" % (rng.randrange(-900, 900) / 100),
             "Price": "%.2f" % (rng.randrange(0, 90000) / 100), "Recall": rng.choice(["true", "false"]), "Memo": "m" * memo}
    row = Row(number, cells, fate, local_day, [(id_, NAMES[id_])])
    row.notes.update(["roster"] + (["other day"] if is_utc and local_day != day else []) + (["utc"] if is_utc else []))
    MAKERS.get(what or fate, lambda *_: None)(rng, row, id_)
    return row


def is_plain(row):
    return row.fate == "written" and not row.is_again and not row.warnings and row.notes <= {"roster", "other day", "utc"}


def again(rng, origin, fate):
    cells = dict(origin.cells)
    row = Row(origin.number, cells, fate, origin.day, origin.people)
    row.origin, origin.is_again = origin, True
    if fate == "repeated":
        row.warnings.append("W421")
    else:
        cells["Hours"] = "%.2f" % (float(cells["Hours"]) + 1)
    return row


def fall_back(rng, row, id_):
    row.cells["Opened On"], row.cells["Done On"] = row.cells["Done On"], ""
    row.notes.add("fallback")


def by_alias(rng, row, id_):
    row.cells["Employee"] = "A. Lopez"
    row.people = [("4101", "Ana Lopez")]
    row.notes.add("alias")


def by_default(rng, row, id_):
    row.cells["Employee"] = ""
    row.people = [("Office", "Office")]
    row.notes = row.notes - {"roster"} | {"default"}


def by_id(rng, row, id_):
    row.cells["Employee"], row.cells["Employee ID"] = "", id_
    row.people = [(id_, NAMES[id_])]


def by_both(rng, row, id_):
    row.cells["Employee ID"] = "77"
    row.cells["Employee"] = rng.choice(["Kit Vale", "Kit Wale"])
    row.people = [("77", row.cells["Employee"])]
    row.notes = row.notes - {"roster"} | {"both"}


def by_two(rng, row, id_):
    row.cells["Employee"] = "Ana Lopez & Bo Chen"
    row.people = [("4101", "Ana Lopez"), ("4102", "Bo Chen")]


def by_twice(rng, row, id_):
    """Under two names one person, and so with two shares of three."""
    row.cells["Employee"] = "Ana Lopez & Bo Chen & A. Lopez"
    row.people, row.weights = [("4101", "Ana Lopez"), ("4102", "Bo Chen")], [2, 1]
    row.cells["Amount"], row.cells["Hours"] = ("%.2f" % (rng.randrange(100, 9000) * 6 / 100) for _ in range(2))
    row.notes.add("alias")


def unknown_state(rng, row, id_):
    row.cells["State"] = "Vanished"
    row.warnings.append("W321")


def fixed(rng, row, id_):
    row.notes.add("fixed")
    row.fix = ("Amount", row.cells["Amount"], "7.50")


def already(rng, row, id_):
    row.notes.add("already")
    row.fix = ("Amount", "1.23", row.cells["Amount"])


def stale(rng, row, id_):
    row.fate = "E602"
    row.fix = ("Amount", "1.23", "4.56")


def spoil(label, text):
    def maker(rng, row, id_):
        row.cells[label] = text

    return maker


def no_date(rng, row, id_):
    row.cells["Done On"], row.cells["State"] = "", "Done"
    row.day = None


def not_yet(rng, row, id_):
    no_date(rng, row, id_)
    row.cells["State"] = "Open"


def not_yet_nobody(rng, row, id_):
    not_yet(rng, row, id_)
    row.cells["Employee"] = ""


def no_day(rng, row, id_):
    row.cells["Done On"] = "2025-02-30T10:00:00"
    row.day = None


MAKERS = {"fallback": fall_back, "alias": by_alias, "default": by_default, "id": by_id, "both": by_both, "two": by_two, "twice": by_twice,
          "unknown state": unknown_state, "fixed": fixed, "already": already, "E602": stale, "E301": spoil("Hours", "12,34.5"),
          "E203": no_date, "not_yet": not_yet, "nobody": not_yet_nobody, "E305": no_day}


# ---------------------------------------------------------------- files


def write_csv(rows, path):
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(LABELS)
    for row in rows:
        if row.cells is None:
            out.write("\r\n")
        else:
            writer.writerow([row.cells[label] for label in LABELS])
    return put(path, out.getvalue())


def plain(label, text):
    """A cell as JSON has it: numbers and truths are such where they can be."""
    if label == "Active" or label == "Recall":
        return text == "true"
    if label in ("Hours", "Low", "High", "Price"):
        return float(text) if text.replace(".", "").replace("-", "").isdigit() else text
    return text if text or label == "Employee" else None


def write_report(rows, path):
    fields = [{"name": label.replace(" ", ""), "label": label} for label in LABELS]
    data = [[plain(label, row.cells[label]) for label in LABELS] for row in rows]
    return put(path, json.dumps({"fields": fields, "page": 1, "pageSize": 5000, "hasMore": False, "totalCount": len(data), "data": data}))


def write_list(rows, path):
    records = []
    for row in rows:
        record = {}
        for label, name in zip(LABELS, PATHS):
            place = record
            if "." in name:
                place = record.setdefault(name.split(".")[0], {})
            place[name.split(".")[-1]] = plain(label, row.cells[label])
        records.append(record)
    return put(path, json.dumps({"page": 1, "pageSize": len(records), "hasMore": False, "totalCount": len(records), "data": records}))


WRITERS = {"csv": write_csv, "report": write_report, "list": write_list}


def put(path, text):
    content = text.encode()
    with open(path, "wb") as file:
        file.write(content)
    return {"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def write_files(rows, parts, shapes, stem):
    """The rows in order, cut into `parts` files of turning shapes; what the result must say of each. JSON has no blank
    lines: there such rows are left away, and are gone from the truth too."""
    files = []
    size = (len(rows) + parts - 1) // parts
    for index in range(parts):
        shape = shapes[index % len(shapes)]
        chunk = rows[index * size:(index + 1) * size]
        if shape != "csv":
            chunk = [row for row in chunk if row.cells is not None]
        facts = WRITERS[shape](chunk, "%s-%d.%s" % (stem, index, "csv" if shape == "csv" else "json"))
        facts.update(data=chunk, shape=shape)
        files.append(facts)
    return files


def write_beside(rows):
    """The schema, the roster and the fixes, with one fix for a row that is nowhere."""
    put("laws.json", json.dumps(SCHEMA))
    put("roster.csv", "id,name,space,aliases\n" + "".join("%s,%s,technician,%s\n" % person for person in ROSTER))
    lines = ["schema,id,field,old,new,who,when,why"]
    for row in rows:
        if row.fix:
            lines.append("laws,%d,%s,%s,%s,me,2025-10-20," % ((row.number,) + row.fix))
        elif row.fate == "left_out":
            lines.append("laws,%d,*,,leave out,me,2025-10-20," % row.number)
    lines.append("laws,nowhere,Amount,1,2,me,2025-10-20,")
    put("fixes.csv", "\r\n".join(lines) + "\r\n")
