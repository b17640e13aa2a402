#!/usr/bin/python3
"""formats.py make BOOK | check REGISTRATIONS BOOK: cells of a workbook against openpyxl, over number formats.

make writes a workbook with a row for each number format and value; check reads the same book with openpyxl and compares what
each cell is (a number, a day, a time, a length of time) and its value with what st2plecto made of it as text."""
import datetime
import json
import re
import sys

import openpyxl
from openpyxl.styles import numbers

FORMATS = sorted(set(numbers.BUILTIN_FORMATS.values())) + [
    "General_)", "[Red]General", "General;[Red]-General", "[$-409]General", 'General" hrs"', "#,##0.00_);[Red](#,##0.00)",
    '"$"#,##0.00', '[$$-409]#,##0.00', '[$€-407] #,##0.00', '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)',
    "yyyy-mm-dd", "m/d/yyyy h:mm AM/PM", "[$-409]mmmm d, yyyy;@", "dddd, mmmm dd, yyyy", "d-mmm-yy", "yyyy/mm/dd hh:mm:ss",
    "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "[$-409]h:mm:ss AM/PM", "[h]:mm", "[h]:mm:ss", "[mm]:ss", "0.0%", "0.00E+00",
    "# ?/?", '0" days"', '"Day "0', "0.00;[Red]-0.00;0.00;@", "[>=1000]#,##0;0", "[<1]0.00%;0", "00000", "000-00-0000",
    "mmm yy", "mm/dd", 'yyyy"-"mm"-"dd', "0.000", "#,##0.0,", "[Blue]0;[Red]-0", "hh:mm", "mm:ss.0", "@"]
VALUES = [0, 1, -3, 7.25, 1234.5, 100231, 45950, 45950.5, 45950.75, 0.5, 60.999988426]


def make(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Id", "Who", "Day", "Value"])
    for number_format in FORMATS:
        for value in VALUES:
            sheet.append([f"r{sheet.max_row}", "Ana", "2025-10-20", value])
            sheet.cell(sheet.max_row, 4).number_format = number_format
    book.save(path)


def moment(text):
    for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"):
        try:
            return datetime.datetime.strptime(re.sub(r"\.\d+$", "", text), form)
        except ValueError:
            pass
    return None


def seconds(text):
    match = re.fullmatch(r"(-?)(\d+):(\d\d)(?::(\d\d)(?:\.\d+)?)?", text)
    if not match:
        return None
    value = int(match[2]) * 3600 + int(match[3]) * 60 + int(match[4] or 0)
    return -value if match[1] else value


def number(text):
    match = re.search(r"-?[\d,]*\.?\d+(?:[eE][-+]?\d+)?%?", text)
    if not match:
        return None
    value = float(match[0].rstrip("%").replace(",", ""))
    return value / 100 if match[0].endswith("%") else value


def near(left, right):
    return left is not None and abs(left - right) <= max(1e-9 * abs(right), 1e-6)


def same(ours, cell):
    """Whether our text is what openpyxl reads; days with their time to the second."""
    theirs = cell.value
    if isinstance(theirs, datetime.datetime):
        mine = moment(ours)
        if mine is None:  # only the time is shown
            mine_seconds = seconds(ours)
            midnight = theirs.replace(hour=0, minute=0, second=0, microsecond=0)
            return mine_seconds is not None and abs(mine_seconds - (theirs - midnight).total_seconds()) <= 1
        return abs((mine - theirs).total_seconds()) <= 1
    if isinstance(theirs, datetime.time):
        mine = seconds(ours)
        return mine is not None and abs(mine - (theirs.hour * 3600 + theirs.minute * 60 + theirs.second)) <= 1
    if isinstance(theirs, datetime.timedelta):
        mine, day = seconds(ours), moment(ours)
        if day is not None:  # a day in a format of hours: nobody has worked a hundred years
            return theirs.days >= 36526 and abs((day - datetime.datetime(1899, 12, 30) - theirs).total_seconds()) <= 1
        return mine is not None and abs(mine - theirs.total_seconds()) <= 1
    if "-00" in cell.number_format:  # the signs of an ID are shown as Excel shows them
        ours = re.sub(r"(?<=\d)-", "", ours)
    return near(number(ours), float(theirs)) and moment(ours) is None


def is_ours(cell):
    """Days before 1910: 1900 has a 29 February in Excel, and a time of more than a day is a length of time here."""
    value = cell.value
    if isinstance(value, datetime.timedelta):
        return False
    return cell.is_date and (not isinstance(value, datetime.datetime) or value.year < 1910)


def check(registrations, path):
    sheet = openpyxl.load_workbook(path).active
    cells = {row[0].value: row[3] for row in sheet.iter_rows(min_row=2)}
    seen, wrong = 0, []
    with open(registrations, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            cell, ours = cells[record["external_id"]], str(record.get("Value", ""))
            seen += 1
            if is_ours(cell):
                continue
            if not same(ours, cell):
                wrong.append(f"{cell.number_format!r} {cell.internal_value!r}: here {ours!r}")
    print(f"{seen} cells of {len(FORMATS)} formats, {len(wrong)} otherwise than openpyxl")
    for line in wrong:
        print(line)
    return 0 if seen == len(cells) and not wrong else 1


if __name__ == "__main__":
    sys.exit(make(sys.argv[2]) if sys.argv[1] == "make" else check(*sys.argv[2:]))
