#!/usr/bin/python3
"""same_table.py FOLDER: one table in five forms: table.csv, semicolon.csv (as a European Excel saves it), table.json, values.xlsx
(dates and numbers as such), texts.xlsx (all as text), and table-schema.json. Its rows lie round midnight, the ends of months and
the days on which clocks change."""
import csv
import datetime
import json
import os
import random
import sys

import openpyxl

FIELDS = [("Id", "string", {"role": "id"}), ("Who", "string", {"role": "employee-name"}),
          ("Moment", "datetime", {"role": "date"}), ("Day", "date", {}), ("Money", "number", {"money": True}),
          ("Hours", "number", {}), ("Length", "duration", {}), ("Flag", "boolean", {}), ("Note", "string", {}),
          ("Share", "number", {"percent": True}), ("Code", "string", {})]


class Percent(float):
    """Shown with a sign: 0.455 is 45.5%."""


def moments():
    days = [datetime.datetime(2025, month, 1) for month in (1, 3, 4, 7, 10, 12)]
    days += [datetime.datetime(2024, 2, 29), datetime.datetime(2025, 3, 9), datetime.datetime(2025, 11, 2),
             datetime.datetime(2025, 4, 6), datetime.datetime(2025, 10, 5)]
    for day in days:
        for minute in list(range(-3, 4)) + [29, 30, 31, 59, 60, 61, 119, 120, 121, 179, 180, 181, 719, 720, 721]:
            yield day + datetime.timedelta(minutes=minute)


def rows():
    draw = random.Random(int(os.environ.get("SEED", "4242")))
    for number, moment in enumerate(moments(), 1):
        yield [f"A{number:05}", draw.choice(["Ana Lopez", "José Núñez", "Dana O’Neil"]), moment, moment.date(),
               draw.choice([0, 1, -45, 310, 1234.5, 1234567.89, 0.01]), draw.choice([0.25, 1.5, 1.333, 12]),
               datetime.timedelta(seconds=draw.randrange(60, 90000)), draw.choice([True, False]),
               draw.choice(["", 'a "quoted" note, with commas', "two\nlines", "=1+1 is no formula here", "plain"]),
               Percent(draw.choice([0, 0.45, 0.455, 1.2, -0.0625])), draw.choice(["0012", "12", "1E5X", "10-11"])]


def length(value):
    seconds = int(value.total_seconds())
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def plain(value):
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, Percent):
        return f"{value * 100:g}%"
    if isinstance(value, datetime.datetime):
        return value.strftime("%m/%d/%Y %I:%M:%S %p")
    if isinstance(value, datetime.date):
        return value.strftime("%m/%d/%Y")
    if isinstance(value, datetime.timedelta):
        return length(value)
    return value if isinstance(value, str) else repr(value)


def european(value):
    if isinstance(value, Percent):
        return f"{value * 100:g} %".replace(".", ",")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        whole, _, places = f"{value:.2f}".partition(".") if value in (1234.5, 1234567.89) else repr(value).partition(".")
        return f"{int(whole):,}".replace(",", ".") + ("," + places if places else "") if abs(value) >= 1 else repr(value).replace(".", ",")
    if isinstance(value, datetime.datetime):
        return value.strftime("%d.%m.%Y %H:%M:%S")
    return value.strftime("%d.%m.%Y") if isinstance(value, datetime.date) else plain(value)


def for_json(value):
    if isinstance(value, Percent):
        return plain(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else length(value) if isinstance(value, datetime.timedelta) else value


def write_csv(path, table, delimiter, write):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow([name for name, _, _ in FIELDS])
        writer.writerows([write(value) for value in row] for row in table)


def write_book(path, table, is_typed):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([name for name, _, _ in FIELDS])
    for row in table:
        sheet.append([None] * len(row))
        for column, value in enumerate(row, 1):
            cell = sheet.cell(sheet.max_row, column)
            if not is_typed or isinstance(value, str):
                cell.value = value if isinstance(value, str) else plain(value)
                cell.data_type = "s"
                continue
            cell.value = float(value) if isinstance(value, Percent) else value
            if isinstance(value, Percent):
                cell.number_format = "0.00%"
            elif isinstance(value, datetime.datetime):
                cell.number_format = "m/d/yyyy h:mm:ss AM/PM"
            elif isinstance(value, datetime.date):
                cell.number_format = "m/d/yyyy"
            elif isinstance(value, datetime.timedelta):
                cell.number_format = "[h]:mm:ss"
    book.save(path)


def main(folder):
    os.chdir(folder)
    table = list(rows())
    write_csv("table.csv", table, ",", plain)
    write_csv("semicolon.csv", table, ";", european)
    write_book("values.xlsx", table, True)
    write_book("texts.xlsx", table, False)
    with open("table.json", "w", encoding="utf-8") as file:
        json.dump([dict(zip((name for name, _, _ in FIELDS), map(for_json, row))) for row in table], file)
    fields = [{"name": name, "type": kind, "plecto": {**plecto, "path": name}} for name, kind, plecto in FIELDS]
    with open("table-schema.json", "w", encoding="utf-8") as file:
        json.dump({"name": "table", "fields": fields, "plecto": {"title": "Table"}}, file)


if __name__ == "__main__":
    main(sys.argv[1])
