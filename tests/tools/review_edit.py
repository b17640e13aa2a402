"""review_edit.py IN OUT EDIT…: changes cells of a review workbook as a person would.
EDIT is SHEET!KEY:TITLE=VALUE (KEY: external ID, or rowN for the Nth data row); =VALUE beginning with '#' is a number;
"reverse SHEET" turns the order of its rows round; "drop SHEET!KEY" deletes a row; "add SHEET" appends a row."""
import sys
import openpyxl

book = openpyxl.load_workbook(sys.argv[1])


def layout(sheet):
    return {cell.value: cell.column for cell in sheet[1]}


def find(sheet, key):
    if key.startswith("row") and key[3:].isdigit():
        return int(key[3:]) + 1
    column = layout(sheet)["st2plecto key"]
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, column).value == key:
            return row
    sys.exit(f"no row {key}")


for edit in sys.argv[3:]:
    if edit.startswith("reverse "):
        sheet = book[edit[8:]]
        rows = [[(c.value, c.number_format) for c in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), 2):
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
        cell.value = float(value[1:]) if value.startswith("#") else value
book.save(sys.argv[2])
