"""counts.py LAW: laws over the whole of result.json and its notes, with exports whose true figures are known
(counts_world.py). Every count that a run adds up over rows, blocks, files and workers is one here that was made another
way: a sum that is dropped, or taken from the last block instead of added, shows. ST2PLECTO names the program; works in
the folder it stands in; what does not hold is said, exit 1.

Laws: counts (all figures of rows, whole and in parts, of every shape), same (parts and workers give the same result),
totals (--by), checked (total rows), proofs (what a column proves over all files), states (of records that come again),
joined (companions)."""
import datetime
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from fractions import Fraction

import counts_proofs as proofs
import counts_world as world

PROGRAM = os.environ["ST2PLECTO"]
FULL = [*world.OPTIONS, "--roster", "roster.csv", "--fixes", "fixes.csv", "--default-employee", "Office", "--period",
        "..".join(world.PERIOD), "--max-age", "202d"]  # to 2025-04-01 from SOURCE_DATE_EPOCH's 2025-10-20
SIDES = ["written", "rejected", "outside_period", "inactive", "repeated", "left_out", "superseded", "too_old",
         "cut_period", "not_yet"]
SUMS = ["Amount", "Hours"]
failed = []


def expect(what, seen, true):
    if seen != true:
        failed.append(what)
        print("%s: %s, but truly %s" % (what, shown(seen, true), shown(true, seen)))


def shown(value, other):
    """Of large tables only what the other lacks."""
    if isinstance(value, dict) and isinstance(other, dict):
        value = {key: item for key, item in value.items() if other.get(key) != item}
    return str(value)[:600]


def convert(arguments, exits=(0, 1, 8)):
    """The result as its report says it; the folder is `out`."""
    shutil.rmtree("out", ignore_errors=True)
    done = subprocess.run([PROGRAM, "convert", *arguments, "-o", "out"], capture_output=True, text=True, check=False)
    if done.returncode not in exits:
        sys.exit("exit %d of %s: %s%s" % (done.returncode, " ".join(arguments), done.stdout[:200], done.stderr))
    return json.loads(done.stdout)


def exact(text):
    """A sum of the result in ten-thousandths."""
    return int(Fraction(text) * 10000)


def notes_with(result, pattern):
    """The numbers that notes of this form say, added up; money in cents."""
    found = [match for match in (re.search(pattern, note) for note in result["notes"]) if match]
    return [sum(number(match.group(index + 1)) for match in found) for index in range(re.compile(pattern).groups)]


def number(text):
    return round(float(re.sub(r"[$,]", "", text or "0")) * 100) if "$" in (text or "") else int((text or "0").replace(",", ""))


# ---------------------------------------------------------------- counts: the truth of every figure


class Truth:
    def __init__(self, files, active_only=False):
        self.files = files
        self.rows = []  # (side, row, file)
        self.active_only = active_only
        for index, file in enumerate(files):
            for row in file["data"]:
                self.rows.append((self.side(row, file), row, index))

    def side(self, row, file):
        fate = row.fate
        row.is_json = file["shape"] != "csv"
        if fate == "repeated" and row.origin.is_json != row.is_json:
            fate = "E401"  # a number is no text: not the same cells
        if fate in ("written", "not_yet") and self.active_only and row.cells["Active"] == "false":
            return "inactive"
        if fate[0] != "E":
            return fate
        row.code = fate
        return "rejected"

    def of(self, side):
        return [row for one, row, _ in self.rows if one == side]

    def registrations(self):
        """(row, ID, name, index of the share)."""
        return [(row, id_, name, index) for row in self.of("written") for index, (id_, name) in enumerate(row.people)]

    def causes(self):
        causes = defaultdict(lambda: [0, 0, Counter()])
        for side, row, file in self.rows:
            codes = list(row.warnings) if side in ("written", "repeated") else [row.code] if side == "rejected" else []
            for code in codes:
                cause = causes[code]
                cause[0] += 1
                cause[1] += abs((row.origin if code == "E401" else row).amount("Amount"))
                cause[2]["%s" % self.files[file]["path"]] += 1
        return {code: (count, money, dict(files)) for code, (count, money, files) in causes.items()}


def check_rows(name, truth, result):
    rows = Counter(side for side, _, _ in truth.rows)
    seen = result["ledger"]["rows"]
    expect(name + ": rows", {side: seen[side] for side in seen if seen[side]}, {"in": len(truth.rows), **rows})
    for column in result["ledger"]["columns"]:
        sums = {side: sum(row.amount(column["title"]) for row in truth.of(side)) for side in SIDES}
        sums["in"] = sum(sums.values())
        expect("%s: %s by side" % (name, column["title"]), {side: exact(column[side]) for side in sums}, sums)
    expect(name + ": followed", [column["title"] for column in result["ledger"]["columns"]], SUMS)
    inactive = [row for row in truth.of("inactive") + truth.of("written") if row.cells["Active"] == "false"]
    expect(name + ": inactive rows", result["active"]["inactive_rows"], len(inactive))
    for column in result["active"]["inactive"]:
        expect("%s: %s of the inactive" % (name, column["title"]), exact(column["sum"]),
               sum(row.amount(column["title"]) for row in inactive))


def check_parts(name, truth, result):
    """Days and people, with rows and sums; what they add up to is what was written."""
    for key, label, of in (("days", "date", lambda row, id_: row.day), ("people", "id", lambda row, id_: id_)):
        sums = defaultdict(lambda: [0] * (1 + len(SUMS)))
        for row, id_, _, index in truth.registrations():
            part = sums[of(row, id_)]
            part[0] += 1
            for place, title in enumerate(SUMS):
                part[1 + place] += row.part(title, index)
        seen = {part[label]: [part["rows"], *map(exact, part["sums"])] for part in result[key]}
        expect("%s: %s" % (name, key), seen, dict(sums))
        expect("%s: rows of all %s" % (name, key), sum(part["rows"] for part in result[key]), len(truth.registrations()))
        for place, column in enumerate(result["ledger"]["columns"]):
            expect("%s: %s of all %s is what was written" % (name, column["title"], key),
                   sum(exact(part["sums"][place]) for part in result[key]), exact(column["written"]))
    days = sorted(row.day for row in truth.of("written"))
    expect(name + ": first and last day", [result["first_date"], result["last_date"]], [days[0], days[-1]])
    expect(name + ": employees", result["employees"], len({id_ for _, id_, _, _ in truth.registrations()}))


def check_files(name, truth, result):
    for index, file in enumerate(truth.files):
        seen = result["files"][index]
        sides = Counter(side for side, _, one in truth.rows if one == index)
        true = {"path": file["path"], "bytes": file["bytes"], "sha256": file["sha256"], "gzip": file["path"].endswith(".gz"),
                "rows": sum(sides.values()), "written": sides["written"], "rejected": sides["rejected"],
                "id": "Number", "employee": "Employee", "date": "Done On", "encoding": "UTF-8",
                "header_row": int(file["shape"] == "csv"),
                "shape": {"csv": "CSV", "report": "report answer", "list": "list answer"}[file["shape"]]}
        expect("%s: file %d" % (name, index), {key: seen[key] for key in true}, true)
    for output in result["outputs"]:
        with open("out/" + output["name"], "rb") as file:
            content = file.read()
        expect("%s: %s" % (name, output["name"]), [output["bytes"], output["sha256"]],
               [len(content), hashlib.sha256(content).hexdigest()])
    with open("out/registrations.jsonl", encoding="utf-8") as file:
        written = [json.loads(line) for line in file]
    expect(name + ": registrations", [result["registrations"], len(written)], [len(truth.registrations())] * 2)
    for place, title in enumerate(SUMS):
        expect("%s: %s in registrations.jsonl" % (name, title), sum(round((record[title] or 0) * 10000) for record in written),
               exact(result["ledger"]["columns"][place]["written"]))


def check_issues(name, truth, result):
    causes = truth.causes()
    seen = defaultdict(lambda: [0, 0, Counter()])
    for cause in result["issues"]["causes"]:
        if cause["code"] in ("W523", "W524"):
            continue  # told of people, not of rows
        one = seen[cause["code"]]  # causes of several fields count together
        one[0] += cause["count"]
        one[1] += exact(cause["money"])
        one[2].update({file["file"]: file["count"] for file in cause["files"]})
        expect("%s: examples of %s" % (name, cause["code"]), len(cause["examples"]), cause["count"])
    expect(name + ": issues", {code: (*one[:2], dict(one[2])) for code, one in seen.items()}, causes)
    counted = Counter(cause["severity"] for cause in result["issues"]["causes"] for _ in range(cause["count"]))
    expect(name + ": errors and warnings", [result["issues"]["errors"], result["issues"]["warnings"]],
           [counted["error"], counted["warning"]])
    check_names(name, truth, result)


def check_names(name, truth, result):
    """One ID with two names, and one name with several IDs: these with the registrations of each."""
    texts = {code: [example["text"] for cause in result["issues"]["causes"] if cause["code"] == code
                    for example in cause["examples"]] for code in ("W523", "W524")}
    expect(name + ": one ID, two names", [text[:15] for text in texts["W523"]], ["ID 77 has the n"])
    pattern = r"\(ID ([^)]*)\) in (\d+) registration"
    seen = {match[0]: int(match[1]) for text in texts["W524"] for match in re.findall(pattern, text)}
    counted = Counter(id_ for _, id_, _, _ in truth.registrations())
    ids = {id_: member for _, id_, member, _ in truth.registrations() if id_ not in ("77", "Office")}
    several = [id_ for id_, member in ids.items() if sum(member == other for other in ids.values()) > 1]
    expect(name + ": one name with several IDs", seen, {id_: counted[id_] for id_ in several})


def check_notes(name, truth, result):
    written = truth.of("written")

    def rows(note):
        return sum(note in row.notes for row in written)

    expect(name + ": by name only", notes_with(result, r"([\d,]+) rows? ha(?:s|ve) a technician's name but no ID"), [rows("name only")])
    expect(name + ": by roster",
           notes_with(result, r"([\d,]+) rows? took (?:its|their) employee from the roster"), [rows("roster")])
    expect(name + ": by alias", notes_with(result, r"([\d,]+) names? (?:is|are) an alias"), [rows("alias")])
    expect(name + ": by default", notes_with(result, r"([\d,]+) rows? names? no employee"), [rows("default")])
    expect(name + ": fallback dates", notes_with(result, r"([\d,]+) rows? ha(?:s|ve) no .*\. Their date is"), [rows("fallback")])
    other = [row for row in written if "other day" in row.notes]
    expect(name + ": other day", notes_with(result, r"([\d,]+) rows? with Amount of (\S+) would fall"),
           [len(other), sum(row.amount("Amount") for row in other) // 100])
    fixed = [row for _, row, _ in truth.rows if "fixed" in row.notes]
    change = sum(row.amount("Amount") - exact(row.fix[1]) for row in fixed)
    pattern = (r"Fixes: ([\d,]+) cells? of ([\d,]+) rows? changed, Amount \+?(\S+), ([\d,]+) rows? left out as decided, "
               r"([\d,]+) already corrected in ServiceTitan\. ([\d,]+) other fix")
    already = sum("already" in row.notes for row in written)
    expect(name + ": fixes", notes_with(result, pattern),
           [len(fixed), len(fixed), change // 100, len(truth.of("left_out")), already, 1])
    expect(name + ": prefixed names", notes_with(result, r"([\d,]+) names? begins? with _"),
           [len({id_ for _, id_, member, _ in truth.registrations() if member.startswith("_")})])


def make(count, tail, seed, memo, parts, shapes, stem):
    rows = world.make_rows(count, tail, seed, memo)
    if shapes != ["csv"]:
        rows = [row for row in rows if row.cells is not None]
    world.write_beside(rows)
    return world.write_files(rows, parts, shapes, stem)


# ---------------------------------------------------------------- same: parts and workers change nothing


def told(result):
    """What must not depend on where files begin: all but the files and what is said of one of them by its name."""
    result = dict(result)
    names = [file["path"] for file in result.pop("files")]
    result.pop("next")
    result["notes"] = [note for note in result["notes"] if not any(name in note for name in names)]
    for cause in result["issues"]["causes"]:
        cause.pop("files")
        for example in cause["examples"]:
            for key in ("file", "row", "line", "column", "text"):
                example.pop(key)
        cause["examples"].sort(key=str)
    # rejected.csv names file and line of each row
    result["outputs"] = [output for output in result["outputs"] if output["name"] != "rejected.csv"]
    return result


def differences(left, right, where=""):
    if isinstance(left, dict) and isinstance(right, dict):
        for key in sorted(left.keys() | right.keys()):
            yield from differences(left.get(key), right.get(key), where + "." + key)
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for index, pair in enumerate(zip(left, right)):
            yield from differences(*pair, "%s[%d]" % (where, index))
    elif left != right:
        yield "%s: %s and %s" % (where, str(left)[:300], str(right)[:300])


def law_same():
    for more in ([], ["--by", "day"], ["--by", "week", "--layout", "metric", "--per", "employee,State"], ["--active-only"]):
        results = []
        for parts, workers, memo in ((1, "1", 0), (2, "1", 0), (3, "4", 0), (7, "2", 0), (1, "4", 3000), (1, "1", 3000)):
            files = make(400, 60, 2, memo, parts, ["csv"], "in")
            results.append(told(convert([*FULL, *more, "-j", workers, *(file["path"] for file in files)])))
            for difference in list(differences(results[0], results[-1]))[:5]:
                expect("%s in %d parts, %s workers, memos of %d" % (" ".join(more), parts, workers, memo), difference, "the same")


def law_counts():
    cases = [("one file", 400, 0, 1, ["csv"], "1"), ("two files", 400, 0, 2, ["csv"], "1"), ("seven files", 400, 0, 7, ["csv"], "4"),
             ("three shapes", 500, 0, 3, ["csv", "report", "list"], "4"), ("three lists", 400, 0, 3, ["list"], "1"),
             ("many blocks", 900, 4000, 1, ["csv"], "4"), ("many blocks, one worker", 900, 4000, 1, ["csv"], "1"),
             ("a long list", 900, 4000, 1, ["list"], "4"), ("long reports", 900, 4000, 2, ["report"], "2")]
    for name, count, memo, parts, shapes, workers in cases:
        files = make(count, 60, 1, memo, parts, shapes, "in")
        result = convert([*FULL, "-j", workers, *(file["path"] for file in files)])
        truth = Truth(files)
        for check in (check_rows, check_parts, check_files, check_issues, check_notes):
            check(name, truth, result)


# ---------------------------------------------------------------- totals: registrations a period and person


def start_of(by, day):
    date = datetime.date.fromisoformat(day)
    if by == "week":
        date -= datetime.timedelta(date.weekday())
    return (date.replace(day=1) if by == "month" else date).isoformat()


def moment(row):
    """Of its date, by the clock of Phoenix."""
    text = row.cells["Done On"] or row.cells["Opened On"]
    local = datetime.datetime.fromisoformat(text.rstrip("Z"))
    return local + datetime.timedelta(seconds=world.PHOENIX) if text.endswith("Z") else local


def true_totals(by, truth):
    """(first day, ID) to what its registration says; a person's name is the latest there is."""
    groups, latest = defaultdict(list), {}
    for row, id_, name, index in truth.registrations():
        groups[start_of(by, row.day), id_].append((row, name, index))
        latest[id_] = max(latest.get(id_, (datetime.datetime.min, "")), (moment(row), name))
    totals = {}
    for key, members in groups.items():
        cells = [row.cells for row, _, _ in members]
        totals[key] = {"name": latest[key[1]][1], "Count": len(members),
                       "Amount": sum(row.part("Amount", index) for row, _, index in members),
                       "Hours": sum(row.part("Hours", index) for row, _, index in members),
                       "Low": min(exact(cell["Low"]) for cell in cells), "High": max(exact(cell["High"]) for cell in cells),
                       "Price": round(Fraction(sum(exact(cell["Price"]) for cell in cells), len(cells))),
                       "Recall": sum(cell["Recall"] == "true" for cell in cells)}
    return totals


def seen_totals(path):
    totals = {}
    with open(path, encoding="utf-8") as file:
        for record in map(json.loads, file):
            total = {"name": record["member_name"], "Count": record["Count"], "Recall": record["Recall"]}
            total.update({title: round(record[title] * 10000) for title in ("Amount", "Hours", "Low", "High", "Price")})
            totals[record["date"][:10], record["member_api_id"]] = total
    return totals


def law_totals():
    for by in ("day", "week", "month"):
        for count, memo, parts, workers in ((500, 0, 1, "1"), (500, 0, 7, "2"), (700, 8000, 1, "4"), (700, 8000, 1, "3")):
            files = make(count, 60, 3, memo, parts, ["csv"], "in")
            result = convert([*FULL, "--by", by, "--cut-periods", "allow", "-j", workers, *(file["path"] for file in files)])
            name = "by %s, %d files, %s workers" % (by, parts, workers)
            truth = Truth(files)
            true, seen = true_totals(by, truth), seen_totals("out/registrations.jsonl")
            for total in (*true.values(), *seen.values()):
                total["Price"] = (total["Price"] + 1) // 2  # half of a ten-thousandth goes either way
            expect(name, seen, true)
            expect(name + ": registrations", result["registrations"], len(true))
            check_parts(name, truth, result)


def law_proofs():
    for law in (proofs.law_proofs, proofs.law_states, proofs.law_joined, proofs.law_empty, proofs.law_checked):
        law(convert, expect, re.search)


LAWS = {name[4:]: law for name, law in list(globals().items()) if name.startswith("law_")}

if __name__ == "__main__":
    LAWS[sys.argv[1]]()
    sys.exit(1 if failed else 0)
