"""Whether our outputs and a peer's say the same, record by record: what scripts/bench asks before it measures.

Money is compared in cents (a peer's floating point is rounded to cents first), IDs and names as text, times to the
minute. Each check returns a sentence that says what was compared, or raises Disagreement with the first difference."""
import csv
import datetime
import json
import re
import zipfile
from itertools import zip_longest


class Disagreement(Exception):
    pass


def cents(text):
    return round(float(text) * 100)


def minute(text):
    """A time to the minute, or only its day where that is all there is; months and days with two digits."""
    day, _, rest = text.replace("T", " ").partition(" ")
    year, month, number = day.split("-")
    day = f"{year}-{int(month):02}-{int(number):02}"
    return f"{day} {rest[:5]}" if rest else day


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def objects(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def same_in_order(ours, theirs, peer):
    count = 0
    for count, (left, right) in enumerate(zip_longest(ours, theirs), 1):
        if left != right:
            raise Disagreement(f"{peer}: record {count} differs: {left} is ours, {right} is theirs")
    return count


def t1(ours, theirs, peer):
    """import.csv of ours beside a peer's CSV of registrations."""
    has_time = peer != "mlr"
    left = ((row["ID"], row["Employee"], minute(row["Created date"] if has_time else row["Created date"][:10]),
             cents(row["Jobs Subtotal"]), cents(row["Jobs Total Revenue"])) for row in rows(ours))
    right = ((row["external_id"], row["member_name"], minute(row["date"]), cents(row["subtotal"]), cents(row["total"]))
             for row in rows(theirs))
    count = same_in_order(left, right, peer)
    return f"{count:,} registrations, same ID, employee, {'time' if has_time else 'day'}, subtotal, total"


def reconcile(ours, theirs, peer):
    """Buckets of ours, as JSON, beside a peer's CSV."""
    with open(ours, encoding="utf-8") as file:
        document = json.load(file)
    left = sorted((bucket["bucket"], bucket["rows"], cents(bucket["amounts"]["Jobs Subtotal"]),
                   cents(bucket["amounts"]["Jobs Total Revenue"])) for bucket in document["buckets"] if bucket["rows"])
    right = sorted((row["bucket"], int(row["rows"]), cents(row["subtotal"]), cents(row["total"])) for row in rows(theirs))
    if left != right:
        raise Disagreement(f"{peer}: {left} is ours, {right} is theirs")
    return f"{len(left)} buckets, same rows, subtotal, total"


def t2(ours, theirs, peer):
    """import.csv of daily totals beside a peer's CSV of groups, in any order."""
    def groups(path, names):
        return {(row[names[0]], minute(row[names[1]])[:10]): (int(row[names[2]]), cents(row[names[3]]), cents(row[names[4]]))
                for row in rows(path)}
    left = groups(ours, ("Employee", "Created date", "Count", "Jobs Subtotal", "Jobs Total Revenue"))
    right = groups(theirs, ("member", "day", "jobs", "subtotal", "total"))
    for key in left.keys() | right.keys():
        if left.get(key) != right.get(key):
            raise Disagreement(f"{peer}: group {key}: {left.get(key)} is ours, {right.get(key)} is theirs")
    texts = [row["total"] for row in rows(theirs)]
    floating = sum(len(text.partition(".")[2]) > 2 for text in texts)
    note = f"; {floating:,} of its sums are off by floating point" if floating else ""
    return f"{len(left):,} groups, same count, subtotal, total{note}"


def t3(ours, theirs, peer):
    """registrations.jsonl of ours beside a peer's JSON lines."""
    left = ((one["external_id"], one["member_api_id"], one["member_name"], one["date"][:10], cents(one["Subtotal"]),
             cents(one["Total"])) for one in objects(ours))
    right = ((str(one["external_id"]), str(one["member_api_id"]), one["member_name"], one["date"][:10],
              cents(one["subtotal"]), cents(one["total"])) for one in objects(theirs))
    count = same_in_order(left, right, peer)
    return f"{count:,} registrations, same ID, employee, day, subtotal, total"


FOLDER_MONEY = {"jobs": ("Jobs Total Revenue", "Jobs Total Revenue"), "invoices": ("Total", "Total"),
                "estimates": ("Estimates Subtotal", "Estimate Subtotal"), "calls": None, "customers": ("Balance", "Balance"),
                "customer-memberships": ("Initial Deferred Revenue", "Initial Deferred Revenue")}


def folder(ours, theirs, peer):
    """import.csv of each type beside a peer's table of it. A day alone is noon with us and midnight with the peer."""
    def key(row, names, money):
        day = minute(row[names[2]])
        time = "" if day[11:] in ("00:00", "12:00") else day[11:]
        return row[names[0]], row[names[1]], day[:10], time, cents(row[money] or 0) if money else 0
    count = 0
    for kind, money in FOLDER_MONEY.items():
        left = (key(row, ("ID", "Employee", "Created date"), money and money[0]) for row in rows(f"{ours}/{kind}/import.csv"))
        right = (key(row, ("external_id", "member_name", "date"), money and money[1]) for row in rows(f"{theirs}/{kind}.csv"))
        count += same_in_order(left, right, f"{peer}, {kind}")
    return f"{count:,} registrations of {len(FOLDER_MONEY)} types, same ID, employee, time, amount"


def xlsx(ours, theirs, peer):
    """import.csv of ours beside the sheet as xlsx2csv writes it: the cells that both have."""
    extras = [f"Extra {i}" for i in range(12)]
    left = ((row["ID"], row["Employee"], minute(row["Created date"])[:10], cents(row["Jobs Subtotal"]),
             *(row[name] for name in extras)) for row in rows(ours))
    right = ((row["Job #"], row["Primary Technician"], sheet_day(row["Completion Date"]), cents(row["Jobs Subtotal"].lstrip("$")),
              *(row[name] for name in extras)) for row in rows(theirs))
    count = same_in_order(left, right, peer)
    return f"{count:,} registrations, same ID, employee, day, subtotal and {len(extras)} further cells"


def sheet_day(text):
    """A day as xlsx2csv prints it: the number that the workbook has for it, or 10-01-25."""
    if text.isdigit():
        return str(datetime.date(1899, 12, 30) + datetime.timedelta(int(text)))
    month, day, year = re.split("[-/]", text)
    return f"{2000 + int(year) % 2000}-{int(month):02}-{int(day):02}"


def same_bytes(ours, theirs, peer):
    with open(ours, "rb") as left, open(theirs, "rb") as right:
        while True:
            piece = left.read(1 << 20)
            if piece != right.read(1 << 20):
                raise Disagreement(f"{peer}: {ours} and {theirs} differ")
            if not piece:
                return "same bytes"


def cell_count(path):
    """Of all sheets."""
    count = 0
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if not re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
                continue
            rest = b""
            with book.open(name) as sheet:
                while piece := sheet.read(1 << 20):
                    text = rest + piece
                    count += len(re.findall(rb"<c ", text))
                    rest = text[-2:] if not text.endswith(b"<c ") else b""
    return count


def workbook(ours, theirs, peer):
    """Workbooks: the number of cells. Python's script writes the export's own columns, so only its order of size."""
    left, right = cell_count(ours), cell_count(theirs)
    limit = 0 if peer == "libxlsxwriter" else left // 10
    if abs(left - right) > limit:
        raise Disagreement(f"{peer}: {left:,} cells are ours, {right:,} are theirs")
    return f"{left:,} cells" + ("" if left == right else f", its own {right:,}")
