#!/usr/bin/env python3
"""workbooks.py: Excel workbooks for the tests, good, odd and hostile, made with the standard library alone.

    workbooks.py csv FILE.csv OUT.xlsx [servicetitan|excel]   the cells of a CSV file, typed as a spreadsheet types them
    workbooks.py good FOLDER       what ServiceTitan writes and what Excel makes of it
    workbooks.py hostile FOLDER    what nobody should read; one line of NAME<tab>PART OF THE MESSAGE each
    workbooks.py large OUT.xlsx ROWS COLUMNS
    workbooks.py fuzz PROGRAM COUNT [SEED]   runs PROGRAM on mutated workbooks; ends with 1 if it ever fell

A book is a dictionary of parts; everything is written by hand, since a library would repair what has to be odd."""

import csv
import datetime
import io
import os
import random
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="utf-8"?>'
FORMATS = ["General", "m/d/yyyy", '"$"0.00', "0.00%", "m/d/yyyy h:mm AM/PM", "[h]:mm:ss", '"$"#,##0.00;[Red]-"$"#,##0.00',
           "[$-409]m/d/yy h:mm AM/PM;@", "00000", "h:mm AM/PM", "mmm", "General;-General"]
GENERAL, DATE, MONEY, PERCENT, MOMENT, ELAPSED, RED_MONEY, US_MOMENT, ZEROS, CLOCK, MONTH, GENERAL_TWICE = range(len(FORMATS))


class Number:
    def __init__(self, text, style=GENERAL):
        self.text, self.style = str(text), style


class Raw:  # a whole cell element; {r} is its place
    def __init__(self, text):
        self.text = text


class Formula:
    def __init__(self, code, value="", kind="", style=GENERAL):
        self.code, self.value, self.kind, self.style = code, value, kind, style


def letters(column):
    text = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        text = chr(65 + digit) + text
    return text


def serial(moment, is_1904=False):
    base = datetime.datetime(1904, 1, 1) if is_1904 else datetime.datetime(1899, 12, 30)
    distance = moment - base
    number = distance.days + distance.seconds / 86400
    return repr(number) if distance.seconds else str(distance.days)


def date(text):
    return Number(serial(datetime.datetime.strptime(text, "%m/%d/%Y")), DATE)


def money(text):
    return Number(text, MONEY)


class Sheet:
    """Rows of cells: str (text), bool, Number, Formula, Raw, None (not there). `strings` None: inline strings."""

    def __init__(self, prefix="", strings=None, references=True):
        self.prefix, self.strings, self.references = prefix, strings, references
        self.rows, self.at = [], 0

    def element(self, name, attributes="", content=None):
        name = self.prefix + name
        return f"<{name}{attributes}/>" if content is None else f"<{name}{attributes}>{content}</{name}>"

    def cell(self, value, place):
        r = f' r="{place}"' if self.references else ""
        if value is None:
            return "" if self.references else self.element("c")
        if isinstance(value, Raw):
            return value.text.replace("{r}", place)
        if isinstance(value, bool):
            return self.element("c", f'{r} t="b"', self.element("v", "", "1" if value else "0"))
        if isinstance(value, Number):
            kind = ' t="n"' if self.prefix and value.style == MONEY else ""
            return self.element("c", f'{r} s="{value.style}"{kind}', self.element("v", "", value.text))
        if isinstance(value, Formula):
            kind = f' t="{value.kind}"' if value.kind else ""
            content = self.element("f", "", escape(value.code))
            if value.value is not None:
                content += self.element("v", "", escape(value.value))
            return self.element("c", f'{r} s="{value.style}"{kind}', content)
        space = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
        if self.strings is None:
            text = self.element("t", space, escape(value))
            return self.element("c", f'{r} t="inlineStr"', self.element("is", "", text))
        index = self.strings.setdefault(f"<t{space}>{escape(value)}</t>", len(self.strings))
        return self.element("c", f'{r} t="s"', self.element("v", "", str(index)))

    def add(self, *values, row=None, attributes="", numbered=True):
        self.at = row or self.at + 1
        cells = "".join(self.cell(value, f"{letters(i)}{self.at}") for i, value in enumerate(values))
        r = f' r="{self.at}"' if numbered and self.references else ""
        self.rows.append(self.element("row", r + attributes, cells))

    def xml(self, behind="", mark=""):
        name = self.prefix.rstrip(":")
        space = f' xmlns:{name}="{MAIN}"' if name else f' xmlns="{MAIN}"'
        data = self.element("sheetData", "", "".join(self.rows))
        return mark + HEAD + self.element("worksheet", space, data + behind)


def relations(*entries):
    text = "".join(f'<Relationship Id="rId{i + 1}" Type="{kind if ":" in kind else RELATION + "/" + kind}" Target="{target}"/>'
                   for i, (kind, target) in enumerate(entries))
    return HEAD + f'<Relationships xmlns="{PACKAGE}">{text}</Relationships>'


def styles(prefix=""):
    name = prefix.rstrip(":")
    space = f' xmlns:{name}="{MAIN}"' if name else f' xmlns="{MAIN}"'
    p = prefix
    own = "".join(f"<{p}numFmt numFmtId=\"{164 + i}\" formatCode={quoteattr(code)}/>" for i, code in enumerate(FORMATS) if i)
    cells = "".join(f'<{p}xf numFmtId="{164 + i if i else 0}"/>' for i in range(len(FORMATS)))
    return (HEAD + f'<{p}styleSheet{space}><{p}numFmts>{own}</{p}numFmts><{p}cellStyleXfs><{p}xf numFmtId="14"/></{p}cellStyleXfs>'
            f"<{p}cellXfs>{cells}</{p}cellXfs></{p}styleSheet>")


def book(sheets, strings=None, is_1904=False, prefix="", states=None, style_text=None):
    """`sheets`: list of (name, xml). Returns the parts."""
    p = prefix
    name = prefix.rstrip(":")
    space = (f' xmlns:{name}="{MAIN}"' if name else f' xmlns="{MAIN}"') + f' xmlns:r="{RELATION}"'
    states = states or {}
    listed = "".join(f'<{p}sheet name={quoteattr(title)} sheetId="{i + 1}"{states.get(title, "")} r:id="rId{i + 1}"/>'
                     for i, (title, _) in enumerate(sheets))
    properties = f'<{p}workbookPr date1904="1"/>' if is_1904 else ""
    entries = [("worksheet", f"worksheets/sheet{i + 1}.xml") for i in range(len(sheets))] + [("styles", "styles.xml")]
    parts = {
        "[Content_Types].xml": HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": HEAD + f"<{p}workbook{space}>{properties}<{p}sheets>{listed}</{p}sheets></{p}workbook>",
        "xl/styles.xml": style_text or styles(prefix),
    }
    for i, (_, text) in enumerate(sheets):
        parts[f"xl/worksheets/sheet{i + 1}.xml"] = text
    if strings is not None:
        items = "".join(f"<si>{text}</si>" for text in strings)
        parts["xl/sharedStrings.xml"] = HEAD + f'<sst xmlns="{MAIN}" count="{len(strings)}">{items}</sst>'
        entries.append(("sharedStrings", "sharedStrings.xml"))
    parts["xl/_rels/workbook.xml.rels"] = relations(*entries)
    return parts


def packed(parts, method=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 11, 1, 8, 0, 0)), text, method)
    return target.getvalue()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else packed(data))


# --- a CSV file as a workbook ------------------------------------------------------------------------------------

def typed(text, flavour):
    if text == "":
        return None
    if text in ("True", "False", "TRUE", "FALSE"):
        return text.upper() == "TRUE"
    if re.fullmatch(r"\(?-?\$[\d,]+\.\d\d\)?", text):
        digits = re.sub(r"[^\d.]", "", text)
        return Number(("-" if text[0] in "(-" else "") + (repr(float(digits)) if flavour == "excel" else digits),
                      RED_MONEY if flavour == "excel" else MONEY)
    if re.fullmatch(r"-?[\d.]+%", text):
        return Number(repr(float(text[:-1]) / 100), PERCENT)
    for pattern, style in (("%m/%d/%Y", DATE), ("%m/%d/%Y %I:%M %p", US_MOMENT if flavour == "excel" else MOMENT)):
        try:
            return Number(serial(datetime.datetime.strptime(text, pattern)), style)
        except ValueError:
            pass
    if found := re.fullmatch(r"(\d+):(\d\d):(\d\d)", text):
        return Number(repr((int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3])) / 86400), ELAPSED)
    if flavour == "excel" and re.fullmatch(r"[1-9]\d{0,14}|\d+\.\d+", text):
        return Number(repr(float(text)) if "." in text else text)
    return text.replace("\r\n", "\n")


def from_csv(path, flavour):
    strings = {} if flavour == "excel" else None
    prefix = "" if flavour == "excel" else "x:"
    sheet = Sheet(prefix, strings)
    with open(path, newline="", encoding="utf-8-sig") as file:
        for i, row in enumerate(csv.reader(file)):
            sheet.add(*[text if i == 0 else typed(text, flavour) for text in row])
    return book([("Sheet1", sheet.xml(mark="" if flavour == "excel" else "\ufeff"))], strings, prefix=prefix)


# --- good ones -----------------------------------------------------------------------------------------------------

HEADER = ["Job #", "Customer Name", "Primary Technician", "Business Unit", "Completion Date", "Jobs Subtotal", "Status", "Active"]


def job(number, technician, day, amount, active=True, **more):
    return [number, more.get("customer", "Lee Park"), technician, "HVAC Service", date(day), money(amount), "Completed", active]


def servicetitan():
    sheet = Sheet("x:")
    sheet.add(*HEADER)
    sheet.add(*job("100230", "Ana Lopez", "10/20/2025", "1234.56", customer="Smith, John"))
    sheet.add(*job("100231", "Bo Chen", "10/20/2025", "310.10000000000002"))
    sheet.add(*job("100232", "Ana Lopez", "10/21/2025", "-45", False))
    empty = Raw('<x:c r="{r}"><x:v></x:v></x:c>')
    sheet.add(empty, empty, empty, empty, empty, money("1499.66"), empty, empty)
    filters = Sheet("x:")
    filters.add("Date Range", "10/01/2025 - 10/31/2025")
    filters.add("Business Unit", "All")
    return book([("Sheet1", sheet.xml(mark="\ufeff")), ("Filters", filters.xml(mark="\ufeff"))], prefix="x:")


def grouped():
    sheet = Sheet("x:")
    sheet.add("", *HEADER)
    sheet.add("Assigned Technicians: Ana Lopez")
    sheet.add(None, *job("100230", "Ana Lopez", "10/20/2025", "1234.56"))
    sheet.add(None, *job("100232", "Ana Lopez", "10/21/2025", "-45"))
    sheet.add(None, Number(2), None, None, None, None, money("1189.56"))
    sheet.add("Assigned Technicians: Bo Chen")
    sheet.add(None, *job("100231", "Bo Chen", "10/20/2025", "310"))
    sheet.add(None, Number(1), None, None, None, None, money("310"))
    sheet.add(None, Number(3), None, None, None, None, money("1499.56"))
    return book([("Sheet1", sheet.xml(mark="\ufeff"))], prefix="x:")


def excel():
    """Everything that Excel does to a file somebody looked at: see the names in `rows`."""
    strings = {}
    sheet = Sheet("", strings)
    sheet.add("Jobs of October", row=3)
    sheet.add("made by hand")
    sheet.add(row=5, attributes=' spans="1:1"')
    sheet.add(*HEADER, row=6)

    def rich(*texts):
        item = "".join(f"<r><rPr><b/></rPr><t xml:space=\"preserve\">{text}</t></r>" for text in texts)
        return strings.setdefault(item + '<rPh sb="0" eb="1"><t>NOISE</t></rPh><phoneticPr fontId="1"/>', len(strings))

    day = serial(datetime.datetime(2025, 10, 20), True)
    moment = serial(datetime.datetime(2025, 10, 21, 14, 5, 30), True)
    sheet.add(Number(100230), Raw(f'<c r="{{r}}" t="s"><v>{rich("Smi", "th, ", "John")}</v></c>'), "Ana Lopez",
              "two_x000D_\nlines", Number(day, DATE), Number("1234.56", RED_MONEY), "Completed", True)
    sheet.add("100231", "a_x005F_x0041_b", "Bo Chen", "HVAC", Number(moment, US_MOMENT),
              Formula("300+10.1", "310.10000000000002", style=RED_MONEY), Formula('IF(1,"Completed","")', "Completed", "str"),
              Formula("TRUE()", "1", "b"), attributes=' hidden="1"')
    sheet.add(Number("100232", GENERAL_TWICE), None, "Bo Chen", Formula('IF(1,"","")', "", "str"), Number(day, DATE),
              Number("-45"), "Completed", Raw('<c r="{r}" t="b"><v>false</v></c>'), row=12)
    styled = Raw('<c r="{r}" s="1"/>')
    sheet.add(styled, styled, styled, styled, styled, styled, styled, styled, styled, row=13)
    sheet.add(styled, row=1000)
    parts = book([("Jobs", sheet.xml()), ("Notes", "")], strings, is_1904=True, states={"Hidden": ' state="hidden"'})
    notes = Sheet()
    notes.add("remember the milk")
    parts["xl/worksheets/sheet2.xml"] = notes.xml()
    return parts


def bare():
    """No place on rows and cells: their order counts."""
    sheet = Sheet(references=False)
    sheet.add(*HEADER)
    sheet.add(*job("100230", "Ana Lopez", "10/20/2025", "5"))
    sheet.add(*[None if i == 1 else cell for i, cell in enumerate(job("100231", "Bo Chen", "10/21/2025", "6"))])
    return book([("Sheet1", sheet.xml())])


def merged():
    """Day and technician merged over three rows, the amount over two."""
    sheet = Sheet()
    sheet.add(*HEADER)
    sheet.add(*job("100230", "Ana Lopez", "10/20/2025", "5"))
    for number in ("100231", "100232"):
        sheet.add(number, "Lee Park", None, "HVAC Service", None, None if number == "100231" else money("7"), "Completed", True)
    behind = '<mergeCells count="3"><mergeCell ref="C2:C4"/><mergeCell ref="E2:E4"/><mergeCell ref="F2:F3"/></mergeCells>'
    return book([("Sheet1", sheet.xml(behind))])


def streamed(parts):
    """Sizes behind the data, as a writer makes them that cannot seek."""

    class Pipe(io.RawIOBase):
        def __init__(self):
            super().__init__()
            self.data = b""

        def writable(self):
            return True

        def write(self, data):
            self.data += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(text.encode("utf-8"))
    return pipe.data


def paths(change):
    """The parts of `servicetitan` under other names."""
    parts = servicetitan()
    parts["xl/_rels/workbook.xml.rels"] = re.sub(r'Target="([^"]*)"', lambda m: f'Target="{change(m[1])}"', parts["xl/_rels/workbook.xml.rels"])
    return parts


def utf16():
    parts = merged()
    for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        parts[name] = parts[name].replace("utf-8", "utf-16").encode("utf-16")
    return parts


def hidden_first():
    parts = servicetitan()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('sheetId="1"', 'sheetId="1" state="hidden"')
    return parts


def good():
    return {
        "Jobs_Dated 10_01_25 - 10_31_25.xlsx": servicetitan(),
        "grouped.xlsx": grouped(),
        "excel.xlsx": excel(),
        "bare.xlsx": bare(),
        "merged.xlsx": merged(),
        "streamed.xlsx": streamed(servicetitan()),
        "stored.xlsx": packed(servicetitan(), zipfile.ZIP_STORED),
        "absolute.xlsx": paths(lambda target: "/xl/" + target),
        "dotted.xlsx": paths(lambda target: "../xl/./" + target),
        "utf16.xlsx": utf16(),
    }


# --- hostile ones ----------------------------------------------------------------------------------------------------

def small(data="", **more):
    sheet = Sheet()
    sheet.add(*HEADER)
    sheet.add(*job("100230", "Ana Lopez", "10/20/2025", "5"))
    text = sheet.xml()
    return book([("Sheet1", text.replace("</sheetData>", data + "</sheetData>"))], **more)


def with_part(name, text):
    parts = small()
    parts[name] = text
    return parts


def bomb(part, begin, unit, end, megabytes):
    """A part of so many MB, all alike, packed without ever being in memory."""
    parts = small()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            if name != part:
                archive.writestr(name, text)
        with archive.open(part, "w", force_zip64=True) as file:
            file.write(begin)
            piece = unit * ((1 << 20) // len(unit))
            for _ in range(megabytes):
                file.write(piece)
            file.write(end)
    return target.getvalue()


def patched(data, name, change):
    """Changes the header of an entry: change(header bytes as bytearray, is_central)."""
    data = bytearray(data)
    for mark, at, fixed in ((b"PK\x03\x04", 26, 30), (b"PK\x01\x02", 28, 46)):
        begin = 0
        while (begin := data.find(mark, begin)) >= 0:
            length = struct.unpack_from("<H", data, begin + at)[0]
            if bytes(data[begin + fixed:begin + fixed + length]) == name.encode():
                change(data, begin, mark == b"PK\x01\x02")
            begin += 4
    return bytes(data)


def lying_size(data):
    """The sheet says that it unpacks to 100 bytes."""
    return patched(data, "xl/worksheets/sheet1.xml",
                   lambda data, at, central: struct.pack_into("<I", data, at + (24 if central else 22), 100))


def encrypted_part(data):
    return patched(data, "xl/worksheets/sheet1.xml", lambda data, at, central: data.__setitem__(
        at + (8 if central else 6), data[at + (8 if central else 6)] | 1))


def wrong_sum(data):
    return patched(data, "xl/worksheets/sheet1.xml",
                   lambda data, at, central: data.__setitem__(at + (16 if central else 14), data[at + (16 if central else 14)] ^ 1))


SHEET = "xl/worksheets/sheet1.xml"


def sheet_of(content, behind=""):
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{content}</sheetData>{behind}</worksheet>'


def hostile():
    """NAME: (data, part of the message)."""
    open_sheet = sheet_of("").split("</sheetData>")[0].encode()
    close_sheet = b"</sheetData></worksheet>"
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(10))
    doctype = sheet_of('<row r="1"><c t="inlineStr"><is><t>&l9;</t></is></c></row>').replace("<worksheet", f"<!DOCTYPE x [{entities}]><worksheet", 1)
    whole = packed(small())
    docx = {"[Content_Types].xml": HEAD + "<Types/>", "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/document.xml": HEAD + "<document><body><p>Dear Sir</p></body></document>",
            "word/_rels/document.xml.rels": relations(("styles", "styles.xml"))}
    overlapping = "".join('<mergeCell ref="A2:A1048576"/>' for _ in range(60000))
    rows = "".join(f'<row><c t="inlineStr"><is><t>{i}</t></is></c></row>' for i in range(20000))
    crowd = "".join(f'<c t="inlineStr"><is><t>{"x" * 400}</t></is></c>' for _ in range(16000))
    columns = "".join(f'<mergeCell ref="{letters(i)}2:{letters(i)}1048576"/>' for i in range(16000))
    csv_zip = {"jobs.csv": "Job #,Customer Name\n1,2\n"}
    return {
        "zeros.xlsx": (bomb(SHEET, b"", b"\0", b"", 1024), "would unpack to"),
        "strings.xlsx": (bomb("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">'.encode(), b"<si/>", b"</sst>", 600), "would unpack to"),
        "one-cell.xlsx": (bomb(SHEET, open_sheet + b'<row r="1"><c r="A1" t="inlineStr"><is><t>', b"a", b"</t></is></c></row>" + close_sheet, 20),
                          "a cell of more than 16 MiB"),
        "one-tag.xlsx": (bomb(SHEET, open_sheet + b'<row r="', b"1", b'"/>' + close_sheet, 60), "longer than"),
        "one-comment.xlsx": (bomb(SHEET, open_sheet + b"<!--", b"a", b"-->" + close_sheet, 60), "longer than"),
        "deep.xlsx": (bomb(SHEET, open_sheet, b"<a>", b"", 20), "deep"),
        "sizes.xlsx": (lying_size(packed(small())), ""),
        "doctype.xlsx": (packed(with_part(SHEET, doctype)), "has a document type"),
        "doctype-strings.xlsx": (packed(small(strings={}) | {"xl/sharedStrings.xml": f'<!DOCTYPE x [{entities}]><sst xmlns="{MAIN}"><si><t>&l9;</t></si></sst>'}),
                                 "has a document type"),
        "cut.xlsx": (whole[:len(whole) // 2], "is not a complete workbook"),
        "cut-short.xlsx": (whole[:-10], "is not a complete workbook"),
        "magic-only.xlsx": (b"PK\x03\x04", "is not a complete workbook"),
        "empty-zip.xlsx": (b"PK\x05\x06" + bytes(18), "not an Excel workbook"),
        "sum.xlsx": (wrong_sum(whole), ""),
        "locked-part.xlsx": (encrypted_part(whole), "password"),
        "rows-back.xlsx": (packed(small('<row r="2"><c r="A2"><v>1</v></c></row>')), "rows out of order"),
        "row-0.xlsx": (packed(small('<row r="0"/>')), "rows out of order"),
        "row-many.xlsx": (packed(small('<row r="1048577"><c r="A1048577"><v>1</v></c></row>')), "beyond 1,048,576"),
        "cells-back.xlsx": (packed(small('<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>1</v></c></row>')), "cells out of order"),
        "cell-of-another-row.xlsx": (packed(small('<row r="3"><c r="A9"><v>1</v></c></row>')), "another row"),
        "column.xlsx": (packed(small('<row r="3"><c r="XFE3"><v>1</v></c></row>')), "outside the sheet"),
        "string.xlsx": (packed(small('<row r="3"><c r="A3" t="s"><v>7</v></c></row>')), "shared string is missing"),
        "string-minus.xlsx": (packed(small('<row r="3"><c r="A3" t="s"><v>-1</v></c></row>', strings={})), "shared string is missing"),
        "no-sheet.xlsx": ({name: text for name, text in small().items() if name != SHEET}, "is missing in the workbook"),
        "html.xlsx": (packed(with_part(SHEET, "<html><body><table><tr><td>Job #</td></tr></table></body></html>")), "is no sheet"),
        "page.xlsx": (packed(with_part(SHEET, "<!DOCTYPE html><html><body><br></body></html>")), "has a document type"),
        "not-xml.xlsx": (packed(with_part(SHEET, "Job #,Customer Name\n1,2\n")), "is damaged at line 1"),
        "letter.docx": (packed(docx), "not an Excel workbook"),
        "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048), "old Excel file (.xls) or a workbook with a password"),
        "plain.zip": (packed(csv_zip), "is a zip file, but not an Excel workbook"),
        "office.ods": (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}), "OpenDocument"),
        "binary.xlsb": (packed({"_rels/.rels": relations(("officeDocument", "xl/workbook.bin")), "xl/workbook.bin": "\x83\x01\x00",
                                "xl/_rels/workbook.bin.rels": relations(("worksheet", "worksheets/sheet1.bin"))}), ".xlsb"),
        "notes.numbers": (packed({"Index/Document.iwa": "x", "Metadata/Properties.plist": "x"}), "a Numbers document"),
        "encoding.xlsx": (packed(with_part(SHEET, sheet_of("").replace("utf-8", "ebcdic"))), "encoding"),
        "nul.xlsx": (packed(small()).replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet\x00.xml"), "is missing in the workbook"),
        "loop.xlsx": (packed(paths(lambda target: "../" * 50 + "../etc/passwd")), "is missing in the workbook"),
        "overlapping.xlsx": (packed(with_part(SHEET, sheet_of(rows, f"<mergeCells>{overlapping}</mergeCells>"))), "merged"),
        "merged-much.xlsx": (packed(with_part(SHEET, sheet_of(f"<row/><row>{crowd}</row>" + "<row><c><v>1</v></c></row>" * 60000,
                                                              f"<mergeCells>{columns}</mergeCells>"))), "merged"),
    }


# --- large and mutated ---------------------------------------------------------------------------------------------

def large(path, rows, columns):
    strings = {}
    extra = [f"Extra {i}" for i in range(columns - len(HEADER))]
    technicians = ["Ana Lopez", "Bo Chen", "Cy Ortiz"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        head = Sheet("x:")
        head.add(*HEADER, *extra)
        begin, end = head.xml().split("</x:sheetData>")
        with archive.open(SHEET, "w", force_zip64=True) as file:
            file.write(begin.encode())
            for i in range(rows):
                sheet = Sheet("x:")
                sheet.at = i + 1
                cells = job(str(100000 + i), technicians[i % 3], f"10/{i % 31 + 1}/2025", f"{i * 7919 % 500000 / 100:.2f}")
                sheet.add(*cells, *[f"text {i % 97} of {k}" if k % 2 else Number(i * k) for k in range(len(extra))])
                file.write(sheet.rows[0].encode())
            file.write(("</x:sheetData>" + end).encode())
        for name, text in book([("Sheet1", "")], strings, prefix="x:").items():
            if name != SHEET:
                archive.writestr(name, text)


TOKENS = ["<", ">", "/", '"', "&", "&#0;", "&amp;", "<!--", "]]>", "<?", "xmlns", "r=\"", "A1", "XFD1048576", "-1", "1E+308", "NaN", "0x7F",
          "99999999999999999999", "<row>", "</row>", "<c>", "</c>", "<v>", "</v>", "<is>", "<t>", "</t>", "<f>", "mergeCell ", "ref=\"A1:B3\"",
          "</sheetData>", "sheetData>", "_x0000_", "_x005F_", "\x00", "\ufeff", "t=\"s\"", "t=\"b\"", "t=\"e\"", "s=\"4294967295\"", ";", "[h]", "yyyy",
          "formatCode=\"\"", "numFmtId=\"164\"", "date1904=\"1\"", "state=\"hidden\"", "Target=\"../\""]


def mutated_text(chance, text):
    text = text if isinstance(text, str) else text.decode("utf-8", "replace")
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(text) + 1)
        way = chance.randrange(5)
        if way == 0:
            text = text[:at] + chance.choice(TOKENS) + text[at:]
        elif way == 1:
            text = text[:at] + text[at + chance.randint(1, 20):]
        elif way == 2:
            end = at + chance.randint(1, 200)
            text = text[:end] + text[at:end] * chance.randint(1, 3) + text[end:]
        elif way == 3:
            found = [m for m in re.finditer(r'"[^"]*"|>[^<]*<', text)]
            if found:
                m = chance.choice(found)
                text = text[:m.start() + 1] + chance.choice(TOKENS) + text[m.end() - 1:]
        else:
            text = text[:at] + chr(chance.choice([0, 1, 9, 0x7F, 0xE9, 0x2028, 0xFFFF, 0x1F600])) + text[at + 1:]
    return text


def mutated(chance, seeds):
    parts = dict(chance.choice(seeds))
    if chance.random() < 0.7:
        for _ in range(chance.randint(1, 2)):
            name = chance.choice([name for name in parts if name != "[Content_Types].xml"])
            parts[name] = mutated_text(chance, parts[name]).encode("utf-8", "replace")
        data = packed(parts, chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
        if chance.random() < 0.85:
            return data
    else:
        data = packed(parts)
    data = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.choice([chance.randrange(len(data)), max(0, len(data) - chance.randint(1, 600))])
        way = chance.randrange(3)
        if way == 0:
            data[at] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)])
        elif way == 1:
            data[at] ^= 1 << chance.randrange(8)
        else:
            del data[at:at + chance.randint(1, 40)]
    return bytes(b"PK\x03\x04" + data[4:])


def fuzz(program, count, seed):
    seeds = [servicetitan(), grouped(), excel(), bare(), merged(), utf16()]
    exits, fallen = {}, 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x.xlsx")
        for i in range(count):
            chance = random.Random(seed * 1000003 + i)
            write(path, mutated(chance, seeds))
            command = [program, "validate", "--schema", "jobs", *chance.choice([[], ["--sheet", "Sheet1"], ["-j2"]]), path]
            try:
                run = subprocess.run(command, capture_output=True, timeout=20, stdin=subprocess.DEVNULL)
                code, said = run.returncode, run.stderr.decode("utf-8", "replace")
            except subprocess.TimeoutExpired:
                code, said = "too long", ""
            exits[code] = exits.get(code, 0) + 1
            is_silent = code in (2, 3) and ("error:" not in said or "fix:" not in said)
            if code not in (0, 1, 2, 3) or "Sanitizer" in said or "runtime error" in said or is_silent:
                fallen += 1
                kept = f"fallen-{seed}-{i}.xlsx"
                os.replace(path, kept) if os.stat(folder).st_dev == os.stat(".").st_dev else write(kept, open(path, "rb").read())
                print(f"{kept}: exit {code}\n{said[:2000]}")
    print(f"{count} workbooks, exits {exits}, {fallen} fallen")
    return fallen == 0


def main(arguments):
    command = arguments[0] if arguments else ""
    if command == "csv":
        write(arguments[2], from_csv(arguments[1], arguments[3] if len(arguments) > 3 else "servicetitan"))
    elif command in ("good", "hostile"):
        os.makedirs(arguments[1], exist_ok=True)
        for name, made in (good() if command == "good" else hostile()).items():
            data, message = made if command == "hostile" else (made, "")
            write(os.path.join(arguments[1], name), data)
            print(f"{name}\t{message}")
    elif command == "large":
        large(arguments[1], int(arguments[2]), int(arguments[3]))
    elif command == "fuzz":
        return 0 if fuzz(arguments[1], int(arguments[2]), int(arguments[3]) if len(arguments) > 3 else 1) else 1
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
