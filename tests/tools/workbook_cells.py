"""The cells of a workbook of ours as lines for workbook_alone: workbook_cells.py BOOK.xlsx OUT.

`style NUMBER FORMAT`, `sheet NAME`, and `cell ROW COLUMN STYLE TYPE VALUE`, parted by tabs; rows and columns from 0. TYPE: s text,
n number, b 0 or 1, f formula (VALUE: the formula without "=", a tab, its result), e empty with a style. In texts \\, tab and line
breaks are \\\\, \\t, \\n, \\r. Reads what libxlsxwriter writes, no other workbook."""
import html
import re
import sys
import zipfile

CELL = re.compile(r'<c r="([A-Z]+)(\d+)"(?: s="(\d+)")?(?: t="(\w+)")?(?:/>|>(?:<f>(.*?)</f>)?(?:<v>(.*?)</v>)?</c>)', re.S)
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def text_of(xml):
    return html.unescape(xml).translate(ESCAPES)


def column_of(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def main(path, target):
    with zipfile.ZipFile(path) as book, open(target, "w", encoding="utf-8", newline="\n") as out:
        read = lambda name: book.read(name).decode("utf-8")
        shared = [text_of("".join(re.findall(r"<t[^>]*>(.*?)</t>", item, re.S)))
                  for item in re.findall(r"<si>(.*?)</si>", read("xl/sharedStrings.xml"), re.S)]
        styles = read("xl/styles.xml")
        formats = {number: html.unescape(code) for number, code in re.findall(r'<numFmt numFmtId="(\d+)" formatCode="(.*?)"', styles)}
        cell_formats = re.search(r"<cellXfs[^>]*>(.*?)</cellXfs>", styles, re.S).group(1)
        for number, format_number in enumerate(re.findall(r'<xf numFmtId="(\d+)"', cell_formats)):
            out.write(f"style\t{number}\t{formats.get(format_number, 'General')}\n")
        names = re.findall(r'<sheet name="(.*?)"', read("xl/workbook.xml"))
        for number, name in enumerate(names, 1):
            out.write(f"sheet\t{html.unescape(name)}\n")
            for letters, row, style, kind, formula, value in CELL.findall(read(f"xl/worksheets/sheet{number}.xml")):
                if formula:
                    kind, value = "f", f"{text_of(formula)}\t{text_of(value)}"
                elif kind == "s":
                    value = shared[int(value)]
                elif not value:
                    kind = "e"
                out.write(f"cell\t{int(row) - 1}\t{column_of(letters)}\t{style or 0}\t{kind or 'n'}\t{value}\n")


main(*sys.argv[1:])
