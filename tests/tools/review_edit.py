"""review_edit.py IN OUT EDIT…: changes cells of a review workbook as a person would.
EDIT is SHEET!KEY:TITLE=VALUE (KEY: external ID, or rowN for the Nth data row); =VALUE beginning with '#' is a number,
with '@' a real date and time, "=error" a spreadsheet's error;
"reverse SHEET" turns the order of its rows round, "tear SHEET" without the hidden columns; "drop SHEET!KEY" deletes a
row, "double SHEET!KEY" copies it to the end; "add SHEET" appends a row; "rename SHEET=NAME"; "copy SHEET=NAME";
"title SHEET!OLD=NEW" renames a column; "without SHEET!TITLE" deletes it; "above SHEET" puts a line over the header;
"beside SHEET" a column in front of Why; "merge SHEET!B2:B4"."""
import datetime
import sys
import openpyxl

book = openpyxl.load_workbook(sys.argv[1])


def header(sheet):
    """The row of the titles: Rejected has a sentence above it."""
    return next(row for row in range(1, 6) if any(cell.value == "st2plecto key" for cell in sheet[row]))


def layout(sheet):
    return {cell.value: cell.column for cell in sheet[header(sheet)]}


def find(sheet, key):
    if key.startswith("row") and key[3:].isdigit():
        return int(key[3:]) + header(sheet)
    column = layout(sheet)["st2plecto key"]
    for row in range(header(sheet) + 1, sheet.max_row + 1):
        if sheet.cell(row, column).value == key:
            return row
    sys.exit(f"no row {key}")


for edit in sys.argv[3:]:
    word, _, rest = edit.partition(" ")
    if word == "rename":
        name, new = rest.split("=")
        book[name].title = new
    elif word == "copy":
        name, new = rest.split("=")
        book.copy_worksheet(book[name]).title = new
    elif word == "title":
        place, new = rest.split("=")
        name, title = place.split("!")
        book[name].cell(header(book[name]), layout(book[name])[title]).value = new
    elif word == "without":
        name, title = rest.split("!")
        book[name].delete_cols(layout(book[name])[title])
    elif word == "above":
        book[rest].insert_rows(1)
        book[rest].cell(1, 1).value = "Looked at by Dana"
    elif word == "beside":
        top = header(book[rest])
        book[rest].insert_cols(layout(book[rest])["Why"])
        book[rest].cell(top, layout(book[rest])["Why"] - 1).value = "Notes of mine"
    elif word == "merge":
        name, cells = rest.split("!")
        book[name].merge_cells(cells)
    elif word == "double":
        name, key = rest.split("!")
        book[name].append([c.value for c in book[name][find(book[name], key)]])
    elif word in ("reverse", "tear"):
        sheet = book[rest]
        last = layout(sheet)["st2plecto key"] - 1 if word == "tear" else None
        first = header(sheet) + 1
        rows = [[(c.value, c.number_format) for c in row] for row in sheet.iter_rows(min_row=first, max_col=last)]
        for number, row in enumerate(reversed(rows), first):
            for column, (value, style) in enumerate(row, 1):
                sheet.cell(number, column).value = value
                sheet.cell(number, column).number_format = style
    elif edit.startswith("drop "):
        name, key = edit[5:].split("!")
        book[name].delete_rows(find(book[name], key))
    elif edit.startswith("add "):
        book[edit[4:]].append(["new", None, None, "x"])
    else:
        place, value = edit.split("=", 1)
        name, rest = place.split("!", 1)
        key, title = rest.rsplit(":", 1)
        sheet = book[name]
        cell = sheet.cell(find(sheet, key), layout(sheet)[title])
        if value == "=error":
            cell.value = "#N/A"
        elif value.startswith("@"):
            cell.value = datetime.datetime.fromisoformat(value[1:])
        else:
            cell.value = float(value[1:]) if value.startswith("#") else value
book.save(sys.argv[2])
