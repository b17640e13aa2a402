/* test_sheet.c: the scanner of rows and expat read the same, over rows of every kind and over damaged ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka.h wants those above first */
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/sanitized.h"
#include "input/source/workbook.h"
#include "workbook/sheet.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

#if defined(IS_SANITIZED) && !defined(ALL_INPUTS)
#define ROUNDS 100
#else
#define ROUNDS 1000
#endif

static char folder[200];

static void add_part(zip_t *zip, const char *name, struct view content) {
    zip_source_t *source = zip_source_buffer(zip, content.text, content.length, 0);
    zip_int64_t index = zip_file_add(zip, name, source, ZIP_FL_OVERWRITE);
    assert_true(index >= 0);
    assert_int_equal(zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0), 0);
}

/* A workbook with a sheet A of this XML, and one named Filters where `filters` is not NULL; opened to be read. */
static int file_of(struct view sheet, const char *filters, const char *workbook_more) {
    char path[240];
    int reason;
    snprintf(path, sizeof path, "%s/book.xlsx", folder);
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &reason);
    char *workbook = memory_print("<workbook xmlns=\"" MAIN "\" xmlns:r=\"" RELATION "\"><workbookPr date1904=\"1\"/><sheets>"
                                  "<sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/>%s</sheets>%s</workbook>",
                                  filters ? "<sheet name=\"Filters\" sheetId=\"2\" r:id=\"r3\"/>" : "", workbook_more);
    assert_non_null(zip);
    add_part(zip, "xl/workbook.xml", view_of(workbook));
    add_part(zip, "_rels/.rels",
             view_of("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
                     "Id=\"r1\" Type=\"" RELATION "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"));
    add_part(zip, "xl/_rels/workbook.xml.rels",
             view_of("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
                     "Id=\"r1\" Type=\"" RELATION "/worksheet\" Target=\"sheet.xml\"/><Relationship Id=\"r2\" Type=\"" RELATION
                     "/sharedStrings\" Target=\"strings.xml\"/><Relationship Id=\"r3\" Type=\"" RELATION
                     "/worksheet\" Target=\"filters.xml\"/></Relationships>"));
    add_part(zip, "xl\\strings.xml", /* with the sign of Windows */
             view_of("<sst xmlns=\"" MAIN "\"><si><t>Ana</t></si><si><r><t>Bo </t></r><r><t>Chen</t></r></si></sst>"));
    add_part(zip, "xl/sheet.xml", sheet);
    if (filters) add_part(zip, "xl/filters.xml", view_of(filters));
    assert_int_equal(zip_close(zip), 0);
    free(workbook);
    int file = open(path, O_RDONLY);
    assert_true(file >= 0);
    return file;
}

/* The same without filters, as a book. */
static struct book *book_of(struct view sheet, const char *workbook_more) {
    int file = file_of(sheet, NULL, workbook_more);
    struct error error = {0};
    struct book *book;
    if (!book_open(file, 0, "book.xlsx", 1000, &book, &error)) fail_msg("%s", error.message);
    close(file);
    return book;
}

/* All that a reader has to say of a sheet, as a text. */
static char *read_all(struct book *book, bool is_expat) {
    struct error error = {0};
    struct buffer out = {0};
    struct sheet *sheet;
    struct sheet_row row;
    bool end = false;
    assert_true(sheet_open(book, 0, &sheet, &error));
    if (is_expat) sheet_only_expat(sheet);
    while (!end && sheet_next(sheet, &row, &end, &error)) {
        if (end) break;
        buffer_print(&out, "%llu%s:", (unsigned long long)row.number, row.is_hidden ? "h" : "");
        for (size_t i = 0; i < row.count; i++)
            buffer_print(&out, " %u/%u/%d%s=%.*s|", row.cells[i].column, row.cells[i].style, (int)row.cells[i].kind,
                         row.cells[i].is_formula ? "f" : "", VIEW_ARGS(row.cells[i].text));
        buffer_add_char(&out, '\n');
    }
    if (error.code != EXIT_FINE) buffer_add_text(&out, "refused");
    error_free(&error);
    sheet_close(sheet);
    return buffer_take(&out);
}

#define ROOT "<worksheet xmlns=\"" MAIN "\" xmlns:x14ac=\"urn:a\"><cols><col min=\"1\" max=\"2\"/></cols>"

static const struct {
    const char *sheet, *wanted; /* NULL: only that both say the same */
} sheets[] = {
    {ROOT "<sheetData><row r=\"1\" spans=\"1:2\" x14ac:dyDescent=\"0.25\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"3\">"
          "<v>1.5</v></c></row><row r=\"3\" hidden=\"1\"><c r=\"C3\" t=\"b\"><v>1</v></c></row></sheetData></worksheet>",
     "1: 0/0/0=Ana| 1/3/1=1.5|\n3h: 2/0/2=TRUE|\n"},
    {"\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?><x:worksheet xmlns:x=\"" MAIN "\"><x:sheetData><x:row r=\"1\"><x:c "
     "r=\"A1\" t=\"inlineStr\"><x:is><x:t>Ana &amp; Bo &lt;&#228;&#x1F600;&gt;</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>",
     "1: 0/0/0=Ana & Bo <\xC3\xA4\xF0\x9F\x98\x80>|\n"},
    /* rows of which some are for expat, between rows that are not */
    {ROOT "<sheetData><row><c><v>1</v></c></row><!-- > --><row><c t=\"inlineStr\"><is><r><t>a</t></r><r><t xml:space=\"preserve\"> b"
          "</t></r></is></c></row><row><c><v>3</v></c></row><row><c t=\"str\"><v><![CDATA[<4>]]></v></c></row><row><c><v>5</v></c>"
          "</row></sheetData><mergeCells/></worksheet>",
     "1: 0/0/1=1|\n2: 0/0/0=a b|\n3: 0/0/1=3|\n4: 0/0/0=<4>|\n5: 0/0/1=5|\n"},
    /* formulas: a saved text may be empty, any other result was not worked out */
    {ROOT "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><f>IF(1,\"\",2)</f><v></v></c><c r=\"B1\"><f>B2</f></c><c r=\"C1\"><f>B2</f>"
          "<v></v></c><c r=\"D1\"><f t=\"shared\" si=\"0\"/><v>7</v></c><c r=\"E1\" t=\"str\"><f>A1</f><v>x</v></c><c r=\"F1\">"
          "<f>TRUE()</f><v>1</v></c><c r=\"G1\" t=\"str\"><f>A1</f></c></row></sheetData></worksheet>",
     "1: 1/0/3f=#NO_RESULT!| 2/0/3f=#NO_RESULT!| 3/0/1f=7| 4/0/0f=x| 5/0/2=TRUE| 6/0/3f=#NO_RESULT!|\n"},
    {ROOT "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a_x000D_b\r\nc\rd</t></is></c><c r=\"B1\" t=\"e\"><v>#REF!</v>"
          "</c><c r=\"C1\"/><c r=\"D1\" t=\"d\"><v>2025-10-20T11:00:00.00000000000000000001</v></c></row></sheetData></worksheet>",
     "1: 0/0/0=a\rb\nc\nd| 1/0/3=#REF!| 3/0/0=2025-10-20T11:00:00.00000000000000000001|\n"},
    /* elements of another namespace are none of ours */
    {ROOT "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><y:c xmlns:y=\"urn:y\" r=\"B1\"><y:v>2</y:v></y:c></row><y:row "
          "xmlns:y=\"urn:y\" r=\"9\"/><row r=\"2\"><c r=\"A2\"><v>2</v></c></row></sheetData></worksheet>",
     "1: 0/0/1=1|\n2: 0/0/1=2|\n"},
    {ROOT "<sheetData> <row r=\"2\" > <c r = \"A2\"><v>1</v></c> </row> <row r='3' ><c r='B3' t='str'><v>a]b&#10;c</v></c></row>"
          "</sheetData></worksheet>",
     "2: 0/0/1=1|\n3: 1/0/0=a]b\nc|\n"},
    {ROOT "<sheetData><row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"2\"/></sheetData></worksheet>",
     "2: 0/0/1=1|\nrefused"},
    {ROOT "<sheetData><row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"A2\"><v>1</v></c></row></sheetData></worksheet>", "refused"},
    {ROOT "<sheetData><row r=\"2x\"><c><v>1</v></c></row></sheetData></worksheet>", "refused"},
    {ROOT "<sheetData><row r=\"1\"><c s=\"1x\"><v>1</v></c><c s=\"12\"><v>2</v></c></row></sheetData></worksheet>",
     "1: 0/0/1=1| 1/12/1=2|\n"},
    {ROOT "<sheetData><row r=\"2\" r=\"3\"><c><v>1</v></c></row></sheetData></worksheet>", "refused"},
    {ROOT "<sheetData><row r=\"2\" spans=\"1\" spans=\"2\"><c><v>1</v></c></row></sheetData></worksheet>", "refused"},
    {ROOT "<sheetData><row r=\"2\" no:ht=\"3\"><c><v>1</v></c></row></sheetData></worksheet>", "refused"},
    {ROOT "<sheetData><row r=\"1\"><c><v>a\xFF</v></c></row></sheetData></worksheet>", "refused"},
    {ROOT "<sheetData><row r=\"1\"><c><v>a]]>b</v></c></row></sheetData></worksheet>", "refused"},
    {ROOT "<sheetData><row r=\"1\"><c t=\"s\"><v>2</v></c></row></sheetData></worksheet>", "refused"},
    {ROOT "<sheetData><row r=\"1\"><c><v>&#0;</v></c></row></sheetData></worksheet>", "refused"},
    {ROOT "<sheetData><row r=\"1\"><c><v>1</v></c></row>", "1: 0/0/1=1|\nrefused"},
    {ROOT "<sheetData/></worksheet>", ""},
};

static void check_both(struct view sheet, const char *wanted, const char *what) {
    struct book *book = book_of(sheet, "");
    char *scanned = read_all(book, false), *judged = read_all(book, true);
    if (strcmp(scanned, judged) != 0 || (wanted && strcmp(scanned, wanted) != 0))
        fail_msg("%s: %.*s\nscanner: %s\nexpat: %s", what, VIEW_ARGS(sheet), scanned, judged);
    free(scanned);
    free(judged);
    book_close(book);
}

static void test_both_readers(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        check_both(view_of(sheets[i].sheet), sheets[i].wanted, "as it is");
}

static uint32_t next_random(uint32_t *random) {
    *random = *random * 1664525u + 1013904223u;
    return *random >> 8;
}

/* A change that leaves the part a text: bytes are replaced, left out, doubled, or a piece of markup is put in. */
static void damage(struct buffer *text, uint32_t *random) {
    static const char *const tokens[] = {"<", ">", "/", "\"", "'", "&", "&amp;", "&#0;", "]]>", "<!-- -->", "<row>", "</row>", "<c>",
                                         "</c>", "<v>", "</v>", "<f>", "<is>", "<t>", " ", "r=\"1\"", "A1", "\r", "xmlns:a=\"b\"",
                                         "\x01", "\xC3", "</sheetData>", "_x0041_", "<v/>", " t=\"e\"", "<?a b?>", "<![CDATA[x]]>"};
    size_t at = next_random(random) % text->length, length = 1 + next_random(random) % 12;
    if (length > text->length - at) length = text->length - at;
    char *rest = memory_copy(view_from(text->text + at, text->length - at));
    size_t rest_length = text->length - at;
    text->length = at;
    switch (next_random(random) % 4) {
    case 0: /* left out */ buffer_add(text, view_from(rest + length, rest_length - length)); break;
    case 1: /* doubled */
        buffer_add(text, view_from(rest, length));
        buffer_add(text, view_from(rest, rest_length));
        break;
    case 2: /* put in */
        buffer_add_text(text, tokens[next_random(random) % (sizeof tokens / sizeof *tokens)]);
        buffer_add(text, view_from(rest, rest_length));
        break;
    default: /* another byte */
        buffer_add_char(text, (char)(' ' + next_random(random) % 95));
        buffer_add(text, view_from(rest + 1, rest_length - 1));
        break;
    }
    free(rest);
}

static void test_both_readers_of_damaged_sheets(void **state) {
    uint32_t random = 20251020;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct buffer text = {0};
        buffer_add_text(&text, sheets[(size_t)round % (sizeof sheets / sizeof *sheets)].sheet);
        for (uint32_t i = 1 + next_random(&random) % 3; i > 0 && text.length > 1; i--)
            damage(&text, &random);
        if (text.length > 0) check_both(buffer_view(&text), NULL, "damaged");
        buffer_free(&text);
    }
}

/* Rows longer than any piece that is read, and borders of pieces at every place of a row. */
static void test_borders(void **state) {
    struct buffer text = {0};
    (void)state;
    buffer_add_text(&text, ROOT "<sheetData>");
    for (int i = 1; i <= 6000; i++) {
        buffer_print(&text, "<row r=\"%d\"><c r=\"A%d\"><v>%d</v></c><c r=\"C%d\" t=\"inlineStr\"><is><t>text %d", i, i, i, i, i);
        for (int k = 0; k < (i == 3000 ? 400000 : i % 37); k++)
            buffer_add_char(&text, 'x');
        buffer_add_text(&text, "</t></is></c></row>");
    }
    buffer_add_text(&text, "</sheetData></worksheet>");
    check_both(buffer_view(&text), NULL, "borders");
    buffer_free(&text);
}

/* Excel 2013 and later write <x15:workbookPr>, without date1904, behind the one that counts. */
static void test_1904_stays(void **state) {
    (void)state;
    struct book *book = book_of(view_of(ROOT "<sheetData/></worksheet>"),
                                "<extLst><ext uri=\"a\" xmlns:x15=\"urn:x15\"><x15:workbookPr chartTrackingRefBase=\"1\"/></ext></extLst>");
    assert_true(book_is_1904(book));
    book_close(book);
}

/* All lines, taken in pieces of `room` bytes; what ends with "refused" was not read to its end. */
static char *take_all(struct source_workbook *workbook, size_t room) {
    struct error error = {0};
    struct buffer out = {0};
    size_t got;
    bool is_fine;
    do {
        got = 0;
        is_fine = source_workbook_take(workbook, buffer_reserve(&out, room), room, &got, &error);
        out.length += got;
    } while (is_fine && got > 0);
    if (!is_fine) buffer_add_text(&out, "refused");
    error_free(&error);
    return buffer_take(&out);
}

/* What is made of the book's sheet A: the same once it is rewound, and once it has rested and was woken. */
static char *lines_of(struct view sheet, const char *filters, size_t room, struct source_workbook **workbook) {
    int file = file_of(sheet, filters, "");
    struct error error = {0};
    if (!source_workbook_create(file, 0, "book.xlsx", NULL, 1000, workbook, &error)) fail_msg("%s", error.message);
    char *first = take_all(*workbook, room);
    for (int round = 0; round < 2; round++) {
        if (round == 1) {
            source_workbook_rest(*workbook);
            assert_true(source_workbook_wake(*workbook, file, 0, "book.xlsx", 1000, &error));
        }
        assert_true(source_workbook_rewind(*workbook, &error));
        char *again = take_all(*workbook, room);
        assert_string_equal(again, first);
        free(again);
    }
    close(file);
    return first;
}

/* A text or a date that is merged over rows is in each of them, beside all of their own cells; an amount is in the first. */
static void test_merged_rows_keep_their_cells(void **state) {
    struct source_workbook *workbook;
    (void)state;
    char *made = lines_of(
        view_of(ROOT "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>Ana</v></c><c r=\"B1\"><v>1</v></c><c r=\"C1\"><v>10</v></c><c "
                     "r=\"D1\" t=\"str\"><v>x</v></c></row><row r=\"2\"><c r=\"B2\"><v>2</v></c></row><row r=\"3\"><c r=\"B3\"><v>3</v></c>"
                     "<c r=\"C3\"><v>30</v></c><c r=\"D3\" t=\"str\"><v>y</v></c></row><row r=\"4\"><c r=\"B4\"><v>4</v></c>"
                     "</row></sheetData><mergeCells count=\"4\"><mergeCell ref=\"D3:D4\"/><mergeCell ref=\"D1:D2\"/>"
                     "<mergeCell ref=\"C1:C2\"/><mergeCell ref=\"A1:A3\"/></mergeCells></worksheet>"),
        NULL, 100, &workbook);
    assert_string_equal(made, "Ana,1,10,x\nAna,2,,x\nAna,3,30,y\n,4,,y\n"); /* in whatever order they are listed */
    assert_int_equal(source_workbook_known(workbook)->merged, 4);
    assert_int_equal(source_workbook_known(workbook)->formulas, 0);
    source_workbook_destroy(workbook);
    free(made);
    /* with a prefix, beside texts that look like the end of the data; what is merged within a row fills no other */
    made = lines_of(
        view_of("<x:worksheet xmlns:x=\"" MAIN "\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"str\"><x:v>/sheetData>mergeCell ref=\"C1:C9\"/>"
                "</x:v></x:c><x:c r=\"B1\" t=\"str\"><x:v>a:sheetData></x:v></x:c></x:row><x:row r=\"2\"><x:c r=\"A2\" t=\"str\"><x:v>Bo</x:v></x:c>"
                "<x:c r=\"C2\"><x:v>1</x:v></x:c></x:row><x:row r=\"3\"><x:c r=\"C3\"><x:v>2</x:v></x:c></x:row></x:sheetData><x:mergeCells count="
                "\"2\"><x:mergeCell ref=\"A1:B1\"/><x:mergeCell ref='A2:A3'/></x:mergeCells></x:worksheet>"),
        NULL, 100, &workbook);
    assert_string_equal(made, "\"/sheetData>mergeCell ref=\"\"C1:C9\"\"/>\",a:sheetData>,\nBo,,1\nBo,,2\n");
    assert_int_equal(source_workbook_known(workbook)->merged, 1);
    source_workbook_destroy(workbook);
    free(made);
}

/* The tag that ends the data, at the border of the pieces of 128 KiB in which a part is read. */
static void test_merged_cells_behind_a_border(void **state) {
    static const char begin[] = ROOT "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>Ana</v></c><c r=\"B1\" t=\"str\"><v>";
    static const char more[] = "</v></c></row><row r=\"2\"><c r=\"C2\"><v>1</v></c></row>";
    struct source_workbook *workbook;
    (void)state;
    for (size_t before = 0; before <= 14; before += 2) {
        struct buffer sheet = {0};
        buffer_add_text(&sheet, begin);
        while (sheet.length + sizeof more - 1 + before < 131072)
            buffer_add_char(&sheet, 'x');
        buffer_add_text(&sheet, more);
        buffer_add_text(&sheet, "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:A2\"/></mergeCells></worksheet>");
        char *made = lines_of(buffer_view(&sheet), NULL, 100000, &workbook);
        const char *last = strchr(made, '\n');
        assert_string_equal(last ? last : made, "\nAna,,1\n");
        source_workbook_destroy(workbook);
        free(made);
        buffer_free(&sheet);
    }
}

/* By its name in any case; another name is refused, and so is a file that is no workbook any more when it is woken. */
static void test_sheets_by_name(void **state) {
    static const char filters[] = ROOT "<sheetData><row r=\"1\"><c r=\"A1\"><v>7</v></c></row></sheetData></worksheet>";
    struct source_workbook *workbook = NULL;
    struct error error = {0};
    (void)state;
    int file = file_of(view_of(ROOT "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>"), filters, "");
    static const char *const names[][2] = {{NULL, "1\n"}, {"a", "1\n"}, {"A", "1\n"}, {"filters", "7\n"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_true(source_workbook_create(file, 0, "book.xlsx", names[i][0], 1000, &workbook, &error));
        char *made = take_all(workbook, 100);
        assert_string_equal(made, names[i][1]);
        assert_string_equal(source_workbook_known(workbook)->sheet, i == 3 ? "Filters" : "A");
        source_workbook_destroy(workbook);
        free(made);
    }
    assert_false(source_workbook_create(file, 0, "book.xlsx", "B", 1000, &workbook, &error));
    assert_string_equal(error.message, "book.xlsx has no sheet \"B\"");
    assert_int_equal(error.code, EXIT_WRONG_USE);
    error_free(&error);
    assert_true(source_workbook_create(file, 0, "book.xlsx", NULL, 1000, &workbook, &error));
    source_workbook_rest(workbook);
    int other = open("/dev/null", O_RDONLY);
    assert_false(source_workbook_wake(workbook, other, 0, "book.xlsx", 1000, &error));
    assert_int_equal(error.code, EXIT_CANNOT_READ);
    error_free(&error);
    source_workbook_destroy(workbook);
    close(other);
    close(file);
}

/* One line is one row of the sheet, with empty ones for rows that are not there, before the width is known and after. */
static void test_rows_become_lines(void **state) {
    struct buffer sheet = {0}, wanted = {0};
    struct source_workbook *workbook;
    (void)state;
    buffer_add_text(&sheet, ROOT "<sheetData><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>a,\"b</t></is></c></row><row r=\"6\"><c "
                                 "r=\"C6\"><v>1.5</v></c></row>");
    buffer_add_text(&wanted, "\n\"a,\"\"b\",,\n\n\n\n,,1.5\n");
    for (int i = 7; i <= 200; i += i % 10 == 0 ? 5 : 1) {
        for (int k = 1; k < 5 && i > 10 && i % 10 == 5; k++)
            buffer_add_char(&wanted, '\n');
        buffer_print(&sheet, "<row r=\"%d\"><c r=\"B%d\"><v>%d</v></c></row>", i, i, i);
        buffer_print(&wanted, ",%d,\n", i);
    }
    char *cut = memory_print("%.*s<row", VIEW_ARGS(buffer_view(&sheet)));
    buffer_add_text(&sheet, "</sheetData></worksheet>");
    buffer_add_char(&wanted, '\0');
    for (size_t room = 1; room < 300; room += 7) {
        char *made = lines_of(buffer_view(&sheet), NULL, room, &workbook);
        assert_string_equal(made, wanted.text);
        source_workbook_destroy(workbook);
        free(made);
    }
    char *made = lines_of(view_of(cut), NULL, 100, &workbook); /* no row is given as if the sheet ended there */
    assert_string_equal(made, "refused");
    source_workbook_destroy(workbook);
    free(made);
    free(cut);
    buffer_free(&sheet);
    buffer_free(&wanted);
}

static void test_filters_are_kept(void **state) {
    struct buffer filters = {0};
    struct source_workbook *workbook;
    char line[40];
    (void)state;
    buffer_add_text(&filters, ROOT "<sheetData>");
    for (int i = 1; i <= 50; i++)
        buffer_print(&filters, "<row r=\"%d\"><c r=\"A%d\"><v>%d</v></c><c r=\"B%d\"><v>7</v></c><c r=\"C%d\"><v>8</v></c></row>", i, i,
                     i, i, i);
    buffer_add_text(&filters, "</sheetData></worksheet>");
    buffer_add_char(&filters, '\0');
    free(lines_of(view_of(ROOT "<sheetData/></worksheet>"), filters.text, 100, &workbook));
    const struct workbook_facts *facts = source_workbook_known(workbook);
    assert_int_equal(facts->filter_count, 50);
    for (int i = 1; i <= 50; i++) {
        snprintf(line, sizeof line, "%d: 7 8", i);
        assert_string_equal(facts->filters[i - 1], line);
    }
    source_workbook_destroy(workbook);
    buffer_free(&filters);
}

static int make_folder(void **state) {
    const char *parent = getenv("TMPDIR");
    (void)state;
    snprintf(folder, sizeof folder, "%s/st2plecto-sheet-XXXXXX", parent && *parent ? parent : "/tmp");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    char path[240];
    (void)state;
    snprintf(path, sizeof path, "%s/book.xlsx", folder);
    unlink(path);
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_readers),
        cmocka_unit_test(test_both_readers_of_damaged_sheets),
        cmocka_unit_test(test_borders),
        cmocka_unit_test(test_1904_stays),
        cmocka_unit_test(test_rows_become_lines),
        cmocka_unit_test(test_filters_are_kept),
        cmocka_unit_test(test_merged_rows_keep_their_cells),
        cmocka_unit_test(test_merged_cells_behind_a_border),
        cmocka_unit_test(test_sheets_by_name),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
