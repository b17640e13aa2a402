#!/usr/bin/env python3
"""A folder of exports of six types, as a month of nights leaves one: rows of the samples, each with an ID of its own.

Usage: export_folder.py FOLDER FILES ROWS    FILES files of ROWS rows, named TYPE-NNNN.csv, the types in turn"""
import csv
import io
import sys
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"
TYPES = {"jobs": 0, "invoices": 0, "estimates": 0, "calls": 0, "customers": 0, "customer-memberships": 0}  # column of the ID


def table(name):
    """The header, and the rows of a sample as texts with the ID's place left open."""
    with open(SAMPLES / name / "good.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    lines = []
    for number, row in enumerate(rows):
        row = ["@", *row[1:]] if number else row
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(row)
        lines.append(text.getvalue())
    return lines[0], [line for line in lines[1:] if not line.startswith("@,,,")]


def main():
    folder, files, rows = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    tables = {name: table(name) for name in TYPES}
    for number in range(files):
        name = list(TYPES)[number % len(TYPES)]
        header, lines = tables[name]
        first = 10_000_000 + number * rows
        text = "".join(str(first + i) + lines[i % len(lines)][1:] for i in range(rows))
        (folder / f"{name}-{number:04}.csv").write_text(header + text, encoding="utf-8")


if __name__ == "__main__":
    main()
