"""review_facts.py FILE...: what a reader other than ours (openpyxl) finds in review workbooks, one fact a line."""
import sys
import openpyxl

for path in sys.argv[1:]:
    print(path, file=sys.stderr)
    book = openpyxl.load_workbook(path)
    for sheet in book:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        print(sheet.title, "state", sheet.sheet_state)
        print(sheet.title, "size", sheet.dimensions)
        print(sheet.title, "freeze", sheet.freeze_panes)
        print(sheet.title, "filter", sheet.auto_filter.ref)
        print(sheet.title, "tables", *[f"{t.name}={t.ref}" for t in sheet.tables.values()])
        print(sheet.title, "charts", len(sheet._charts))
        print(sheet.title, "links", sum(1 for c in cells if c.hyperlink))
        print(sheet.title, "comments", sum(1 for row in sheet.iter_rows() for c in row if c.comment))
        print(sheet.title, "validations", *sorted(v.formula1 for v in sheet.data_validations.dataValidation))
        print(sheet.title, "formulas", sum(1 for c in cells if c.data_type == "f"))
        print(sheet.title, "print", sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.print_title_rows)
        print(sheet.title, "hidden columns", sum(d.max - d.min + 1 for d in sheet.column_dimensions.values() if d.hidden))
    names = book.defined_names
    print("names", *sorted(names if isinstance(names, dict) else (n.name for n in names.definedName)))
