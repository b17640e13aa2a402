REM edit_review.bas: a reviewer at work in LibreOffice: types into cells of a review workbook, sorts, inserts, saves.
REM Edit(SOURCE, TARGET): spreadsheet.bats puts it into a profile and calls it by a macro: URL.
Option Explicit

Function ColumnOf(sheet, title) As Long
    Dim i As Long
    For i = 0 To 200
        If sheet.getCellByPosition(i, 0).String = title Then
            ColumnOf = i
            Exit Function
        End If
    Next
    ColumnOf = -1
End Function

Sub TypeIn(sheet, wanted, title, typed)
    Dim i As Long
    For i = 1 To 1000
        If sheet.getCellByPosition(ColumnOf(sheet, "st2plecto key"), i).String = wanted Then
            REM as typed: a number becomes a number where the cell's format lets it
            sheet.getCellByPosition(ColumnOf(sheet, title), i).FormulaLocal = typed
            Exit Sub
        End If
    Next
End Sub

Sub SortBy(sheet, title, ascending)
    Dim cursor, range
    Dim key(0) As New com.sun.star.table.TableSortField
    Dim how(1) As New com.sun.star.beans.PropertyValue
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    range = sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow)
    key(0).Field = ColumnOf(sheet, title)
    key(0).IsAscending = ascending
    how(0).Name = "SortFields"
    how(0).Value = key()
    how(1).Name = "ContainsHeader"
    how(1).Value = True
    range.sort(how())
End Sub

Sub Edit(source As String, target As String)
    Dim document, rejected, rows
    Dim hidden(0) As New com.sun.star.beans.PropertyValue
    Dim filter(0) As New com.sun.star.beans.PropertyValue
    hidden(0).Name = "Hidden"
    hidden(0).Value = True
    document = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
    rejected = document.Sheets.getByName("Rejected")
    rows = document.Sheets.getByName("Rows")
    TypeIn(rejected, "100232", "Primary Technician", "Ana Lopez")
    TypeIn(rejected, "100232", "Decision", "fix")
    TypeIn(rejected, "100232", "Why", "asked her")
    TypeIn(rejected, "100242", "Completion Date", "2/28/2025 9:00 AM")
    TypeIn(rejected, "100242", "Decision", "fix")
    TypeIn(rejected, "100236", "Decision", "leave out")
    TypeIn(rows, "100230", "Jobs Subtotal", "500")
    TypeIn(rows, "100230", "Decision", "fix")
    TypeIn(rows, "100231", "Created date", "2025-10-09 10:15:00")
    TypeIn(rows, "100231", "Decision", "fix")
    TypeIn(rows, "100233", "Active", "FALSE")
    TypeIn(rows, "100233", "Decision", "fix")
    TypeIn(rows, "100235", "Invoice #", "00777")
    TypeIn(rows, "100235", "Decision", "fix")
    SortBy(rejected, "Reasons", False)
    SortBy(rows, "Jobs Subtotal", True)
    rejected.Columns.insertByIndex(2, 1)
    rejected.getCellByPosition(2, 0).String = "Notes of mine"
    rows.Columns.getByIndex(5).IsVisible = False
    filter(0).Name = "FilterName"
    filter(0).Value = "Calc MS Excel 2007 XML"
    document.storeToURL(ConvertToURL(target), filter())
    document.close(True)
End Sub
