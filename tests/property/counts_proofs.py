"""counts_proofs.py: laws of what only all files together say: what a column's values prove, which state of a record is
the last, what companions name, whether total rows agree. Each is asked of several files whose last one says nothing, or
something else, so that what the first ones say must have been kept. Run by counts.py."""
import copy
import json

import counts_world as world

CELLS = {"Number": "", "Employee ID": "", "Employee": "Ana Lopez", "Done On": "2025-10-06", "Opened On": "", "Active": "true",
         "State": "Open", "Amount": "10.00", "Hours": "1", "Low": "1", "High": "1", "Price": "1", "Recall": "true", "Memo": ""}


def write(files, stem, labels=None, extra=()):
    """CSV files of rows given by what differs from CELLS; each row its own number, unless it has one."""
    paths = []
    number = 1000
    for index, rows in enumerate(files):
        lines = [",".join([*(labels or world.LABELS), *extra])]
        for cells in rows:
            number += 1
            cells = {**CELLS, "Number": str(number), **cells}
            lines.append(",".join('"%s"' % cells.get(label, "") for label in [*(labels or world.LABELS), *extra]))
        paths.append("%s-%d.csv" % (stem, index))
        world.put(paths[-1], "\r\n".join(lines) + "\r\n")
    return paths


def dates(*texts):
    return [{"Done On": text} for text in texts]


def names(*texts):
    return [{"Employee": text} for text in texts]


def ids(*texts):
    return [{"Employee ID": text, "Employee": ""} for text in texts]


BAD = [{"Hours": "12,34.5"}]
WITHOUT_ZONE = r"No time zone is set"
CLOCKS = r"clocks of America/Chicago change on 2025-11-02"
CASES = [
    # name, rows of each file, options, written registrations, their days or people, a note or issue's text that must be there
    ("day first, proved by the first", [dates("25/12/2025"), dates("3/4/2025")], [], 2, ["2025-04-03", "2025-12-25"], ""),
    ("month first, proved by the first", [dates("12/25/2025"), dates("3/4/2025")], [], 2, ["2025-03-04", "2025-12-25"], ""),
    ("day first, the last has no such date", [dates("25/12/2025"), dates("2025-05-06")], [], 2, ["2025-05-06", "2025-12-25"], ""),
    ("ambiguous, the last has no such date", [dates("3/4/2025"), dates("2025-05-06")], [], 1, ["2025-05-06"], "E306"),
    ("month first, by the period", [dates("3/4/2025", "3/5/2025"), dates("3/6/2025")], ["--period", "2025-03-01..2025-03-31"], 3,
     ["2025-03-04", "2025-03-05", "2025-03-06"], ""),
    ("day first, by the period", [dates("3/4/2025", "5/4/2025"), dates("6/4/2025")], ["--period", "2025-04-01..2025-04-30"], 3,
     ["2025-04-03", "2025-04-05", "2025-04-06"], ""),
    ("single words are people", [names("Ana", "Bo", "Cy", "Ana, Bo"), names("Dana Neil", "Eli Kim")], [], 7,
     ["Ana", "Bo", "Cy", "Dana Neil", "Eli Kim"], ""),
    ("full names", [names("Ana Lopez", "Bo Chen", "Cy Ortiz"), names("Dana", "Eli", "Kim, Fay")], [], 6,
     ["Ana Lopez", "Bo Chen", "Cy Ortiz", "Dana", "Eli", "Kim, Fay"], ""),
    ("names, then lists", [names("Lopez, Ana", "Bo Chen"), names("Ana Lopez, Bo Chen", "Cy Ortiz")], [], 4,
     ["Ana Lopez", "Bo Chen", "Cy Ortiz"], "E503"),
    ("lists, then names", [names("Ana Lopez, Bo Chen", "Cy Ortiz"), names("Lopez, Ana", "Bo Chen")], [], 4,
     ["Ana Lopez", "Bo Chen", "Cy Ortiz"], "E503"),
    ("clocks change, local times first", [dates("2025-11-01T10:00:00"), dates("2025-11-05")], ["--tz", "America/Chicago"], 2,
     ["2025-11-01", "2025-11-05"], CLOCKS),
    ("clocks change, UTC first", [dates("2025-11-01T17:00:00Z"), dates("2025-11-05")], ["--tz", "America/Chicago"], 2,
     ["2025-11-01", "2025-11-05"], CLOCKS),
    ("days first, then nothing", [dates("2025-11-01"), BAD], [], 1, ["2025-11-01"], WITHOUT_ZONE),
    ("local times first, then nothing", [dates("2025-11-01T10:00:00"), BAD], [], 1, ["2025-11-01"], WITHOUT_ZONE),
    ("UTC times without a zone", [dates("2025-11-01T10:00:00Z", "2025-11-02T10:00:00Z"), dates("2025-11-03T10:00:00Z"), BAD],
     ["--by", "day"], 3, ["2025-11-01", "2025-11-02", "2025-11-03"], r"\b3 rows have times in UTC, and no time zone"),
    # more files than blocks in flight: what a block's memory held for another file must be gone
    ("UTC times, then much that is nothing", [dates("2025-11-01T10:00:00Z"), dates("2025-11-01T11:00:00Z"), *[BAD] * 6],
     ["--by", "day", "-j", "1"], 2, ["2025-11-01"], r"\b2 rows have times in UTC, and no time zone"),
    ("full names, then much that is nothing",
     [names("Ana Lopez", "Bo Chen"), names("Cy", "Dana", "Eli"), names("Cy, Dana"), *[names("")] * 4], ["-j", "1"], 7,
     ["Ana Lopez", "Bo Chen", "Cy", "Dana", "Eli"], ""),
    ("people by ID only", [ids("7", "8"), ids("7", "7", "9"), BAD], [], 5, ["7", "8", "9"], r"\b5 rows (?:have|carry) only the employee's ID"),
]


def all_texts(result):
    causes = result["issues"]["causes"]
    return "\n".join([*result["notes"], *(cause["code"] for cause in causes),
                      *(example["text"] for cause in causes for example in cause["examples"])])


def law_proofs(convert, expect, found):
    world.put("laws.json", json.dumps(world.SCHEMA))
    base = ["--schema", "laws.json", "--on-error", "reject", "--several", "split", "--no-config", "--format", "json"]
    for name, files, options, written, keys, text in CASES:
        for parts in (files, [[row for rows in files for row in rows]]):
            result = convert([*base, *options, *write(parts, "proof")])
            where = "%s, %d files" % (name, len(parts))
            expect(where + ": registrations", sum(day["rows"] for day in result["days"]), written)
            of = [day["date"] for day in result["days"]]
            if keys[0][0] != "2":
                of = sorted(person["id"] for person in result["people"])
            expect(where + ": days or people", of, keys)
            expect(where + ": is told", bool(found(text, all_texts(result))), True)
    shares(convert, expect)
    stakes(convert, expect)


def stakes(convert, expect):
    """A cause has its money where only some of its rows have an amount, wherever these are."""
    with_amount, without = [{"Hours": "12,34.5", "Amount": "5.00"}], [{"Hours": "12,34.5", "Amount": ""}]
    for files in ([with_amount, without], [without, with_amount], [with_amount + without]):
        result = convert(["--schema", "laws.json", "--on-error", "reject", "--no-config", "--format", "json",
                          *write(files, "stake")])
        seen = [[cause["code"], cause["count"], cause.get("money")] for cause in result["issues"]["causes"]]
        expect("money at stake in %d files" % len(files), seen, [["E301", 2, "5.00"]])


def shares(convert, expect):
    """A share above 1 anywhere makes all of them percent."""
    schema = copy.deepcopy(world.SCHEMA)
    schema["fields"] += [{"name": "Portion", "type": "number", "plecto": {"path": "portion", "aggregate": "none"}},
                         {"name": "Mine", "type": "number",
                          "plecto": {"derive": {"share": ["Amount", "Portion"]}, "money": True, "aggregate": "sum"}}]
    world.put("shares.json", json.dumps(schema))
    base = ["--schema", "shares.json", "--no-config", "--format", "json"]
    for portions, mine in ((["60", "50", "1"], "11.10"), (["0.6", "0.5", "1"], "21.00")):
        rows = [{"Portion": portion} for portion in portions]
        for files in ([rows], [rows[:1], rows[1:2], rows[2:]]):
            result = convert([*base, *write(files, "share", extra=["Portion"])])
            sums = {column["title"]: column["written"] for column in result["ledger"]["columns"]}
            expect("shares %s in %d files" % (" ".join(portions), len(files)), sums["Mine"], mine)


def law_states(convert, expect, found):
    """Of states of one record the latest counts, wherever it stands; the others are counted."""
    schema = copy.deepcopy(world.SCHEMA)
    schema["fields"].append({"name": "Modified On", "type": "datetime", "plecto": {"path": "modified", "role": "modified"}})
    world.put("states.json", json.dumps(schema))

    def state(number, day, amount):
        return {"Number": str(number), "Modified On": "2025-10-%02dT10:00:00Z" % day, "Amount": amount}

    files = [[state(number, 5, "10.00") for number in range(1, 11)] + [{"Number": "n0"}],
             [state(number, 9, "20.00") for number in range(1, 6)],
             [state(number, 2, "40.00") for number in range(1, 4)], [{"Number": "n1", "Hours": "12,34.5", "Modified On": ""}]]
    for parts in (files, [[row for rows in files for row in rows]]):
        result = convert(["--schema", "states.json", "--on-error", "reject", "--no-config", "--format", "json",
                          *write(parts, "state", extra=["Modified On"])])
        where = "states in %d files" % len(parts)
        rows = result["ledger"]["rows"]
        expect(where, [rows[side] for side in ("in", "written", "superseded", "rejected")], [20, 11, 8, 1])
        expect(where + ": Amount", [result["ledger"]["columns"][0][side] for side in ("written", "superseded")], ["160.00", "170.00"])
        expect(where + ": told", bool(found(r"\band 8 others were left out", all_texts(result))), True)


def job(number, total):
    return {"id": number, "jobNumber": str(number), "jobStatus": "Completed", "completedOn": "2025-10-06T12:00:00Z",
            "firstAppointmentId": 1, "total": total}


def split(number, of, technician, share):
    return {"id": number, "jobId": of, "technicianId": technician, "split": share, "createdOn": "2025-10-06T12:00:00Z"}


def answer(path, records):
    world.put(path, json.dumps({"page": 1, "pageSize": 50, "hasMore": False, "totalCount": len(records), "data": records}))
    return path


def law_joined(convert, expect, found):
    """Companions: the same in one file and in two; who has two records of one job has both shares."""
    splits = [split(1, 11, 4101, 30), split(2, 11, 4102, 40), split(3, 12, 4103, 100), split(4, 11, 4101, 30),
              split(5, 13, 4103, 100)]
    jobs = [job(11, 100.0), job(12, 50.0), job(13, 25.0), job(14, 12.5)]
    for cut in (2, 3, 5):
        for files in ([jobs], [jobs[:1], jobs[1:3], jobs[3:]]):
            companions = [answer("splits-%d.json" % index, records)
                          for index, records in enumerate((splits[:cut], splits[cut:])) if records]
            result = convert(["--schema", "jobs", "--on-error", "reject", "--no-config", "--tz", "America/Phoenix",
                              "--format", "json", *(word for path in companions for word in ("--with", path)),
                              *(answer("jobs-%d.json" % index, records) for index, records in enumerate(files))])
            where = "%d companions, %d files" % (len(companions), len(files))
            people = {person["id"]: [person["rows"], person["sums"][0]] for person in result["people"]}
            expect(where + ": people", people, {"4101": [1, "60.00"], "4102": [1, "40.00"], "4103": [2, "75.00"]})
            rows = result["ledger"]["rows"]
            expect(where + ": rows", [rows["in"], rows["written"], rows["rejected"], result["registrations"]], [4, 3, 1, 4])
            expect(where + ": joined", bool(found(r"\b3 rows took their person from the --with file. If a row has several",
                                                 all_texts(result))), True)
            expect(where + ": by ID", bool(found(r"\b3 rows carry only the employee's ID", all_texts(result))), True)
            expect(where + ": companion's records", bool(found(r"\b5 records\b.*\b3\b", all_texts(result))), True)


def estimate(number, items):
    """An estimate with so many items; None: no list."""
    item = {"sku": {"id": 1, "name": "A", "displayName": "A"}, "qty": 1, "unitRate": 2.5, "total": 2.5, "unitCost": 1, "totalCost": 1,
            "createdOn": "2025-10-06T12:00:00Z"}
    return {"id": number, "status": {"value": 1, "name": "Sold"}, "soldBy": 4101, "active": True, "createdOn": "2025-10-06T12:00:00Z",
            "items": None if items is None else [{**item, "id": 1000 * number + index} for index in range(items)]}


def law_empty(convert, expect, found):
    """Records whose list is empty give no rows and are counted."""
    estimates = [estimate(number, items) for number, items in enumerate((2, 0, 0, None, 1, 3, 0, 0, None, 1), 1)]
    for files in ([estimates], [estimates[:4], estimates[4:6], estimates[6:]]):
        result = convert(["--schema", "estimate-items", "--on-error", "reject", "--no-config", "--tz", "America/Phoenix",
                          "--format", "json", *(answer("estimates-%d.json" % index, records) for index, records in enumerate(files))])
        where = "empty lists in %d files" % len(files)
        rows = result["ledger"]["rows"]
        expect(where, [rows["in"], rows["written"], rows["empty_lists"]], [13, 7, 6])
        expect(where + ": told", bool(found(r"\b6 records have an empty list of items", all_texts(result))), True)


HEADER = ["", "Scheduled Date", "Primary Technician", "Job Type", "Customer Name", "Job #", "Jobs Subtotal", "Labor Pay", "Returns"]


def law_checked(convert, expect, found):
    """Total rows against the rows above them, over block borders, each file for itself."""
    for memo, wrong in ((0, 0), (30000, 0), (30000, 1)):
        paths, stated = [], []
        for index in range(2):
            lines, number, grand = [",".join(HEADER)], 1000 * (index + 1), [0, 0]
            for group in ("HVAC", "Plumbing"):
                lines.append("Business Unit: %s%s" % (group, "," * (len(HEADER) - 1)))
                sums = [0, 0]
                for row in range(45):
                    number += 1
                    sums = [sums[0] + 100 + row, sums[1] + row]
                    cells = (row % 28 + 1, "c" * memo, number, 100 + row, row)
                    lines.append(",10/%d/2025,Ana Lopez,No Cool,%s,%d,$%d.00,$%d.00," % cells)
                lines.append(",,,45,,,$%d.00,$%d.00," % tuple(sums))
                stated.append((index, "subtotal", "agrees with the rows (45 rows, 2 sums compared"))
                grand = [grand[0] + sums[0], grand[1] + sums[1]]
            lines.append(",,,90,,,$%d.00,$%d.00," % (grand[0] + wrong, grand[1]))
            agrees = ("does not agree", 2) if wrong else ("agrees", 2)
            stated.append((index, "grand total", "%s with the rows (90 rows, %d sums compared" % agrees))
            paths.append("total-%d.csv" % index)
            world.put(paths[-1], "\r\n".join(lines) + "\r\n")
        result = convert(["--schema", "report-job-costing", "--on-error", "reject", "--no-config", "--format", "json", *paths])
        where = "totals, %d bytes a row, wrong by %d" % (memo, wrong)
        seen = [(paths.index(total["file"]), total["kind"], total["text"]) for total in result["totals"]]
        expect(where, [(one[0], one[1], one[2].split(";")[0][:len(true[2])]) for one, true in zip(seen, stated)], stated)
        expect(where + ": how many", len(seen), len(stated))
        rows = result["ledger"]["rows"]
        expect(where + ": rows", [rows[side] for side in ("in", "written", "total_rows", "group_rows")], [190, 180, 6, 4])
        causes = {cause["code"]: [cause["count"], cause["money"]] for cause in result["issues"]["causes"]}
        expect(where + ": issues", causes, {"E701": [2, "2.00"]} if wrong else {})
