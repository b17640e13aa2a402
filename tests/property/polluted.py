#!/usr/bin/env python3
"""polluted.py FOLDER RUNS [SEED]: CSV against Python's csv over files polluted in the ways of the Pollock benchmark (Vitagliano
et al., 2023): lines above the header and below the rows, delimiters at the ends of lines, ragged rows, loose quotes, a second
header, empty labels, several tables, other delimiters and line ends, no end of line at the end, blanks round quotes. Each cell
that Python's reader finds in a row of the table must be in its registration; a kind that we refuse must be refused with a
message, never halved."""
import csv
import io
import json
import os
import random
import subprocess
import sys

PROGRAM = os.environ["ST2PLECTO"]
LABELS = ["Id", "Who", "Day", "Place", "Note", "Amount"]
KINDS = ["clean", "preamble", "footnote", "trailing", "trailing rows", "short rows", "wide rows", "loose quote", "second header",
         "empty label", "blank lines", "no end", "blanks", "all quoted", "line breaks", "mark", "several tables"]
REFUSED = {"wide rows": "E102", "short rows": "E101", "several tables": "E109"}
WORDS = ["Phoenix", "a, b", 'the "old" one', "naïve", "semi;colon", "tab\tin", "x" * 40, "pipe|d", "'single'", "0042", " kept "]


def schema():
    roles = {"Id": "id", "Who": "employee-name", "Day": "date"}
    return {"name": "polluted", "plecto": {"title": "Polluted"}, "fields": [
        {"name": label, "type": "date" if label == "Day" else "string", "plecto": {"role": roles[label]} if label in roles else {}}
        for label in LABELS]}


def table(draw):
    return [["r%d" % n, draw.choice(["Ana Lopez", "Bo Chen"]), "2025-10-%02d" % draw.randint(1, 31), draw.choice(WORDS),
             draw.choice(WORDS + [""]), "%d.%02d" % (draw.randint(0, 9999), draw.randint(0, 99))] for n in range(1, draw.randint(3, 12))]


def line(cells, delimiter, quoted=False):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator="\n").writerow(cells)
    return out.getvalue()[:-1]


def pollute(draw, kind, rows, delimiter):
    """The lines of the file."""
    if kind == "line breaks":
        rows = [row[:4] + ["two\nlines, one cell"] + row[5:] if draw.random() < 0.5 else row for row in rows]
    if kind == "short rows":  # the last cells are empty and not there
        rows = [row[:4] + ["", ""] if draw.random() < 0.5 else row for row in rows]
    lines = [line(LABELS, delimiter, kind == "all quoted")] + [line(row, delimiter, kind == "all quoted") for row in rows]
    end = delimiter
    if kind == "preamble":
        lines = ["Some Report", "Made for the office", ""][:draw.randint(1, 3)] + lines
    elif kind == "footnote":
        lines += ["", "End of report"]
    elif kind == "trailing":
        lines = [text + end for text in lines]
    elif kind == "trailing rows":
        lines = lines[:1] + [text + end for text in lines[1:]]
    elif kind == "short rows":
        lines = [line(row[:4] if row[4:] == ["", ""] else row, delimiter) for row in [LABELS] + rows]
    elif kind == "wide rows":
        lines = [lines[0]] + [text + (end if draw.random() < 0.5 else "") for text in lines[1:]]
    elif kind == "loose quote":
        at = draw.randrange(1, len(lines))
        lines[at] = delimiter.join(rows[at - 1][:3] + ['5" pipe', "plain", rows[at - 1][5]])
    elif kind == "second header":
        at = draw.randrange(2, len(lines) + 1)
        lines.insert(at, lines[0])
    elif kind == "several tables":  # the second has its columns in another order, or some of them only
        order = draw.choice([[1, 0, 2, 3, 4, 5], [1, 2, 5], [2, 1, 0]])
        lines += [""] * draw.randint(0, 1) + [line([row[i] for i in order], delimiter) for row in [LABELS] + table(draw)]
    elif kind == "empty label":
        lines = [lines[0] + end] + [text + end + "more" for text in lines[1:]]
    elif kind == "blank lines":
        lines = [part for text in lines for part in ([text, ""] if draw.random() < 0.3 else [text])]
    elif kind == "blanks":
        lines = [lines[0]] + [(end + " ").join('"%s"' % cell.replace('"', '""') for cell in row) for row in rows]
    return lines


def expected(text, delimiter, kind):
    """The rows of the table as Python's csv reads them, by ID."""
    found = {}
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=kind == "blanks"):
        if row and row[0][:1] == "r" and row[0][1:].isdigit():
            found[row[0]] = [cell.strip() for cell in row] + [""] * 6
    return found


def run(draw, folder, kind):
    delimiter, end = draw.choice(",,;\t|"), draw.choice(["\n", "\r\n"])
    rows = table(draw)
    text = end.join(pollute(draw, kind, rows, delimiter)) + ("" if kind == "no end" else end)
    with open(os.path.join(folder, "rows.csv"), "w", encoding="utf-8-sig" if kind == "mark" else "utf-8", newline="") as file:
        file.write(text)
    command = [PROGRAM, "convert", "-q", "--no-config", "--schema", "./schema.json", "--fail-on", "never", "--to", "jsonl", "--force",
               "-o", "out", "rows.csv"]
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = done.stdout.decode("utf-8", "replace")
    truth = expected(text, delimiter, kind)
    if len(truth) != len(rows):
        return None  # Python itself reads it otherwise than it was meant
    if done.returncode == 1 and kind in REFUSED and REFUSED[kind] in said:
        return ""  # a cell too many or too few in some rows may be a comma without quotes
    if done.returncode:
        return "exit %d\n%s" % (done.returncode, said)
    with open(os.path.join(folder, "out", "registrations.jsonl"), encoding="utf-8") as file:
        ours = {record["external_id"]: record for record in map(json.loads, file)}
    if set(ours) != set(truth):
        return "rows %s, Python %s\n%s" % (sorted(ours), sorted(truth), said)
    for number, cells in truth.items():
        record = ours[number]
        mine = [number, record["member_name"], record["date"][:10]] + [record[label] or "" for label in LABELS[3:]]
        theirs = [cell.replace("\r\n", "\n") for cell in cells[:6]]
        if [cell.replace("\r\n", "\n").strip() for cell in mine] != theirs:
            return "%s, Python %s\n%s" % (mine, theirs, said)
    return ""


def main():
    folder, runs, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with open(os.path.join(folder, "schema.json"), "w") as file:
        json.dump(schema(), file)
    wrong = passed = 0
    for number in range(runs):
        kind = KINDS[number % len(KINDS)]
        answer = run(random.Random("%d-%d" % (seed, number)), folder, kind)
        passed += answer == ""
        if answer:
            wrong += 1
            print("%s, run %d of seed %d: %s" % (kind, number, seed, answer))
            with open(os.path.join(folder, "rows.csv"), encoding="utf-8") as file:
                print(file.read())
    print("%d files of %d kinds as Python's csv reads them, %d otherwise" % (passed, len(KINDS), wrong))
    return wrong > 0 or passed < runs // 2


if __name__ == "__main__":
    sys.exit(main())
