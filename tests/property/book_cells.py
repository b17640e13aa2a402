#!/usr/bin/python3
"""book_cells.py CELLS [-v] PATH...: every cell of every workbook below the paths as our reader has it (cells.c) and as openpyxl
reads it (saved results of formulas, dates as dates). Books that openpyxl cannot read are counted, not compared; books that we
refuse are named with our message. Exit 1 where a cell differs."""
import datetime
import os
import re
import subprocess
import sys
import warnings

import openpyxl
from formats import moment, number, seconds

BOTH = {"\\": "\\", "n": "\n", "r": "\r", "t": "\t"}


def ours(program, path):
    """{sheet: {place: (kind, text)}}, or the message."""
    done = subprocess.run([program, path], capture_output=True)
    if done.returncode:
        return done.stderr.decode("utf-8", "replace").strip() or "exit %d" % done.returncode
    sheets, cells = {}, None
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        parts = line.split("\t")
        if parts[0] == "sheet":
            cells = sheets.setdefault(parts[1], {})
        else:
            cells[parts[0]] = (parts[1], re.sub(r"\\(.)", lambda m: BOTH.get(m[1], m[1]), parts[2]))
    return sheets


def as_days(value):
    """Days and seconds that a date, time or length of time of openpyxl counts from the epoch of 1900."""
    if isinstance(value, datetime.datetime):
        return (value - datetime.datetime(1899, 12, 30)).total_seconds()
    if isinstance(value, datetime.date):
        return (value - datetime.date(1899, 12, 30)).total_seconds()
    if isinstance(value, datetime.time):
        return value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
    return value.total_seconds()


def same(kind, text, cell):
    value = cell.value
    if isinstance(value, str):
        if kind == "e" or kind == "n":  # a number that Excel keeps as text of a formula, an error
            return text == value
        value = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), value)  # as Excel reads it
        return text.replace("\r\n", "\n") == value.replace("\r\n", "\n")
    if isinstance(value, bool):
        return text == ("TRUE" if value else "FALSE")
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time, datetime.timedelta)):
        there = as_days(value)
        if abs(there) < 3654 * 86400 and not isinstance(value, (datetime.time, datetime.timedelta)) or there < 0:
            return True  # before 1910: 1900 has a 29 February in Excel, and a time of more than a day is a length of time here
        day, length = moment(text), seconds(text)
        if day is not None:
            return abs((day - datetime.datetime(1899, 12, 30)).total_seconds() - there) <= 1 or there < 86400
        if length is not None:
            return abs(length - there) <= 1 or abs(length - there % 86400) <= 60
        return near_number(text, there / 86400)  # a format that shows no date of it, such as "[s]"
    if isinstance(value, (int, float)):
        if moment(text) is not None and "-" in text:
            return False
        return near_number(text, float(value)) or shows(text, cell)
    return True


def near_number(text, value):
    plain = number(re.sub(r"(?<=\d)-(?=\d)", "", text))
    if plain is None:
        return False
    return abs(plain - value) <= max(1e-9 * abs(value), 1e-6) or abs(abs(plain) - abs(value)) <= 1e-9 * abs(value) and "-" not in text


def shows(text, cell):
    """Digits as a mask of the format shows them: 00000, 000-00-0000."""
    digits = re.sub(r"\D", "", text)
    return digits != "" and digits.lstrip("0") == re.sub(r"\D", "", str(cell.value)).lstrip("0")


def books(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, _, names in sorted(os.walk(path)):
            for name in sorted(names):
                if name.endswith((".xlsx", ".xlsm")) and not name.startswith("~$"):
                    yield os.path.join(folder, name)


def compare(path, sheets, verbose):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(path, data_only=True)
        except Exception:  # what it cannot read is no reference
            return None
    seen, wrong = 0, []
    for sheet in book.worksheets:
        mine = sheets.get(sheet.title)
        if mine is None:
            wrong.append("%s: no sheet %r" % (path, sheet.title))
            continue
        theirs = {}
        for cell in list(sheet._cells.values()):  # those that are there: a sheet may have one in its last row
            if cell.value is not None and cell.value != "":
                theirs[cell.coordinate] = cell
        for place, cell in theirs.items():
            seen += 1
            kind, text = mine.get(place, ("", None))
            if text is None and (not isinstance(cell.value, str) or cell.value.strip()) or text is not None and not same(kind, text, cell):
                wrong.append("%s %s!%s: %r (%s), here %r" % (path, sheet.title, place, cell.value, cell.number_format, text))
        for place in set(mine) - set(theirs):
            if mine[place][0] != "e" and mine[place][1].strip():
                wrong.append("%s %s!%s: nothing, here %r" % (path, sheet.title, place, mine[place][1]))
    return seen, wrong


def main():
    program, paths = sys.argv[1], [p for p in sys.argv[2:] if p != "-v"]
    read = refused = unread = cells = 0
    wrong = []
    for path in books(paths):
        sheets = ours(program, path)
        if isinstance(sheets, str):
            refused += 1
            print("refused:", path, sheets[:200])
            continue
        found = compare(path, sheets, False)
        if found is None:
            unread += 1
            continue
        read += 1
        cells += found[0]
        wrong += found[1]
    print("%d workbooks, %d cells, %d otherwise than openpyxl; %d refused here, %d not read by openpyxl" %
          (read, cells, len(wrong), refused, unread))
    for line in wrong if "-v" in sys.argv else wrong[:40]:
        print(line)
    return 0 if read and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
