/* input.c: one export, whatever its format: looks at the first byte that is no blank and hands everything on to
 * csv/input.c or json/input.c. */
#include "input/input.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "input/csv/input.h"
#include "input/json/input.h"

#define LOOK_BYTES (64u << 10) /* of blanks that may stand before the first byte of JSON */
#define WRAPPED_BEGIN 200      /* bytes before the first bracket of JSON in something else */

struct input {
    struct source *source;
    struct input_facts facts;
    struct csv_input *csv; /* one of these two */
    struct json_input *json;
    struct view *titles; /* owned where a workbook has more of them than its sheet */
    bool is_by_hand;
    bool rests;      /* whenever it is not being read */
    bool is_resting; /* it is rewound when it is read */
    bool is_at_end;  /* it came to rest there */
};

struct record_reader {
    struct csv_reader *csv; /* one of these two */
    struct json_reader *json;
};

static struct view skip_blanks(struct view text) {
    size_t i = 0;
    while (i < text.length && text.text[i] && strchr(" \t\r\n", text.text[i]))
        i++;
    return view_from(text.length > 0 ? text.text + i : NULL, text.length - i);
}

/* Files of other programs, by their first bytes and something within their head. */
struct foreign {
    const char *begin, *part; /* part: NULL where the begin says it all */
    const char *what, *fix;
};

#define AS_XLSX "Open it in Excel and save it as Excel Workbook (.xlsx) or as CSV UTF-8."

static const struct foreign *foreign_find(struct view text) {
    static const struct foreign kinds[] = {
        {"%PDF-", NULL, "a PDF, a page to print", "Export the report again as Excel or CSV."},
        {"{\\rtf", NULL, "a text document (RTF)", "Export the report again as Excel or CSV."},
        {"\x89PNG", NULL, "an image (PNG)", "Export the report again as Excel or CSV."},
        {"\xFF\xD8\xFF", NULL, "an image (JPEG)", "Export the report again as Excel or CSV."},
        {"GIF8", NULL, "an image (GIF)", "Export the report again as Excel or CSV."},
        {"PAR1", NULL, "a Parquet file", "Write it as CSV or JSON first."},
        {"SQLite format 3", NULL, "a database (SQLite)", "Write the table as CSV or JSON first."},
        {"BZh", NULL, "compressed (bzip2)", "Unpack it first:\nbunzip2 {file}"},
        {"\xFD"
         "7zXZ",
         NULL, "compressed (xz)", "Unpack it first:\nunxz {file}"},
        {"\x28\xB5\x2F\xFD", NULL, "compressed (Zstandard)", "Unpack it first:\nunzstd {file}"},
        {"From: ", NULL, "an e-mail message", "Save its attachment, and convert that."},
        {"Return-Path:", NULL, "an e-mail message", "Save its attachment, and convert that."},
        {"Received: ", NULL, "an e-mail message", "Save its attachment, and convert that."},
        {"Rar!", NULL, "an archive (RAR)", "Unpack it first, and name the files in it."},
        {"7z\xBC\xAF", NULL, "an archive (7-Zip)", "Unpack it first, and name the files in it."},
        {"", "urn:schemas-microsoft-com:office:spreadsheet", "an XML Spreadsheet of Excel 2003, perhaps named .xls",
         AS_XLSX},
        {"", "urn:schemas-microsoft-com:office:excel", "a web page that Excel opens as a workbook, perhaps named .xls",
         AS_XLSX},
        {"<", "<table", "a web page with a table, which Excel opens as a workbook, perhaps named .xls", AS_XLSX},
        {"MIME-Version:", NULL, "a web archive (MHTML), perhaps named .xls", AS_XLSX},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        bool is_markup = text.length > 0 && text.text[0] == '<';
        if (!view_starts_with_fold(text, kinds[i].begin) || (kinds[i].part && !is_markup)) continue;
        if (!kinds[i].part || view_find_fold(text, kinds[i].part) != SIZE_MAX) return &kinds[i];
    }
    return NULL;
}

/* [{'id': 1}] and {'id': 1}. */
static bool is_python(struct view text) {
    size_t at = 0;
    while (at < text.length && strchr("[{ \t\r\n", text.text[at]))
        at++;
    return at > 0 && at < text.length && text.text[at] == '\'' && memchr(text.text, '{', at);
}

/* What programs put around JSON, by which it is no JSON any more. */
struct wrapped_json {
    const char *begin, *part; /* part: what comes at the next sign that is no blank; NULL: anything */
    const char *what, *fix;
};

#define AS_JSON "Save the JSON alone, or export it again."

/* Whether the bracket opens JSON, in quotes or not; labels of a CSV may stand in brackets: "[Job #]". */
static bool is_json_inside(struct view text, size_t bracket) {
    struct view inside = skip_blanks(view_from(text.text + bracket + 1, text.length - bracket - 1));
    if (inside.length == 0) return false;
    return inside.text[0] == '"' || inside.text[0] == '\\' || (inside.text[0] == '{' && text.text[bracket] == '[');
}

static const struct wrapped_json *wrapped_json_find(struct view text) {
    static const struct wrapped_json kinds[] = {
        {"var ", "=", "a script that assigns JSON to a variable", AS_JSON},
        {"let ", "=", "a script that assigns JSON to a variable", AS_JSON},
        {"const ", "=", "a script that assigns JSON to a variable", AS_JSON},
        {"window.", "=", "a script that assigns JSON to a variable", AS_JSON},
        {")]}'", "", "JSON behind the signs )]}' of a web page", "Delete the signs before the first bracket."},
        {"while(1);", "", "JSON behind a loop of a web page", "Delete what is before the first bracket."},
        {"for(;;);", "", "JSON behind a loop of a web page", "Delete what is before the first bracket."},
        {"\x1E", "", "a JSON text sequence, whose records begin with the sign RS",
         "Take the sign out:\ntr -d '\\036' < {file} > records.jsonl"},
        {"\"[", "", "JSON packed into a text", "Take the text out of its quotes:\njq -r . {file} > records.json"},
        {"\"{", "", "JSON packed into a text", "Take the text out of its quotes:\njq -r . {file} > records.json"},
        {"data:", ":", "a line of an event stream", "Save the JSON after data: alone."},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!view_starts_with_fold(text, kinds[i].begin)) continue;
        size_t bracket = 0, limit = text.length < WRAPPED_BEGIN ? text.length : WRAPPED_BEGIN;
        while (bracket < limit && text.text[bracket] != '[' && text.text[bracket] != '{')
            bracket++;
        struct view before = view_trim(view_from(text.text, bracket));
        bool ends_so =
            before.length > 0 && (*kinds[i].part == '\0' || before.text[before.length - 1] == *kinds[i].part);
        if (bracket < limit && ends_so && is_json_inside(text, bracket)) return &kinds[i];
    }
    return NULL;
}

/* A bracket, and in it an object or a text. */
static bool begins_json(struct view text) {
    if (text.length < 2 || (text.text[0] != '[' && text.text[0] != '{')) return false;
    struct view inside = skip_blanks(view_from(text.text + 1, text.length - 1));
    return inside.length > 0 && (inside.text[0] == '{' || inside.text[0] == '"');
}

/* callback([{"id": 1}]): a name, a bracket, JSON. */
static bool is_call_with_json(struct view text) {
    size_t i = 0;
    while (i < text.length && i < WRAPPED_BEGIN &&
           (isalnum((unsigned char)text.text[i]) || strchr("_$.", text.text[i])))
        i++;
    if (i == 0 || i + 2 >= text.length || text.text[i] != '(') return false;
    return begins_json(skip_blanks(view_from(text.text + i + 1, text.length - i - 1)));
}

static bool refuse_wrapped_json(const char *name, struct view text, struct error *error) {
    const struct wrapped_json *wrapped = wrapped_json_find(text);
    bool is_call = !wrapped && is_call_with_json(text);
    if (!wrapped && !is_call) return true;
    error_set(error, EXIT_CANNOT_READ, "%s: is not JSON but %s", name,
              is_call ? "a script that hands JSON to a function (JSONP)" : wrapped->what);
    error_fix(error, "%s", is_call ? AS_JSON : wrapped->fix);
    return error_fix_file(error, name);
}

/* # or -- before the first bracket: a comment of other languages; a CSV may begin so too. */
static bool is_commented_json(struct view text) {
    bool is_first = true;
    while (view_starts_with(text, "#") || view_starts_with(text, "--")) {
        size_t end = 0;
        while (end < text.length && text.text[end] != '\n' && text.text[end] != '\r')
            end++;
        text = skip_blanks(view_from(text.text + end, text.length - end));
        is_first = false;
    }
    return !is_first && begins_json(text);
}

/* A web page or XML. A title or a label may stand in such brackets, too: <Unnamed report>. */
static bool is_markup(struct view text) {
    if (view_starts_with(text, "<!") || view_starts_with(text, "<?") || view_starts_with_fold(text, "<html"))
        return true;
    const char *end = text.text[0] == '<' ? memchr(text.text, '>', text.length) : NULL;
    if (!end || text.text[1] == ' ' || text.text[1] == '>') return false;
    size_t length = (size_t)(end + 1 - text.text);
    struct view inside = skip_blanks(view_from(end + 1, text.length - length));
    size_t close = view_find(inside, "</");
    if (close == SIZE_MAX) return false;
    if (inside.text[0] == '<') return true; /* an element in another */
    size_t name = 1;
    while (name < length && isalnum((unsigned char)text.text[name]))
        name++;
    return inside.length - close - 2 >= name - 1 &&
           view_equal_fold(view_from(inside.text + close + 2, name - 1), view_from(text.text + 1, name - 1));
}

/* What is certainly no export, told in plain words. */
static bool check_begin(const char *name, struct view head, struct error *error) {
    struct view text = skip_blanks(head);
    if (text.length == 0) {
        error_set(error, EXIT_CANNOT_READ, head.length == 0 ? "%s: is empty" : "%s: has nothing but blanks", name);
        return error_fix(error, "Export it again. The download may not have finished.");
    }
    const struct foreign *foreign = foreign_find(text);
    if (foreign) {
        error_set(error, EXIT_CANNOT_READ, "%s: is %s, not CSV, JSON or an Excel workbook (.xlsx)", name, foreign->what);
        error_fix(error, "%s", foreign->fix);
        return error_fix_file(error, name);
    }
    if (is_python(text)) {
        error_set(error, EXIT_CANNOT_READ, "%s: is not JSON: its texts are in single quotes, as Python prints them", name);
        return error_fix(error, "Write it with a JSON library (in Python: json.dump), or export it again.");
    }
    if (!refuse_wrapped_json(name, text, error)) return false;
    if (view_starts_with_fold(text, "//") || view_starts_with_fold(text, "/*") || is_commented_json(text)) {
        error_set(error, EXIT_CANNOT_READ, "%s: begins with a comment, which neither JSON nor CSV has", name);
        return error_fix(error, "Remove the comment, or export it again.");
    }
    if (is_markup(text)) {
        error_set(error, EXIT_CANNOT_READ, "%s: is a web page or XML, not CSV or JSON", name);
        return error_fix(
            error, "Open it to see what the server said, often that you need to sign in. Then export as CSV or JSON.");
    }
    return true;
}

/* What the sheet Filters says stands beside the title lines. */
static bool take_filters(struct input *input) {
    struct input_facts *facts = &input->facts;
    if (!facts->workbook || facts->workbook->filter_count == 0) return true;
    size_t count = facts->title_count + facts->workbook->filter_count;
    input->titles = memory_get_zero(count, sizeof *input->titles);
    for (size_t i = 0; i < count; i++)
        input->titles[i] =
            i < facts->title_count ? facts->titles[i] : view_of(facts->workbook->filters[i - facts->title_count]);
    facts->titles = input->titles;
    facts->title_count = count;
    return true;
}

static bool open_content(struct input *input, const struct input_options *options, struct error *error) {
    struct view head;
    struct input_facts *facts = &input->facts;
    facts->path = source_name(input->source);
    facts->group_column = SIZE_MAX;
    facts->record_limit = options ? options->record_limit : 0;
    facts->workbook = source_workbook_facts(input->source);
    facts->compressed = source_compressed(input->source);
    facts->encoding = source_encoding(input->source);
    if (!source_peek(input->source, LOOK_BYTES, &head, error) || !check_begin(facts->path, head, error)) return false;
    struct view content = skip_blanks(head);
    char first = content.text && content.length > 0 ? content.text[0] : '\0';
    if (!facts->workbook && (first == '{' || first == '['))
        return json_input_open(input->source, facts, &input->json, error);
    struct input_options plain = options ? *options : (struct input_options){0};
    if (facts->workbook) plain.delimiter = ','; /* as source/workbook.c writes it */
    if (!csv_input_open(input->source, &plain, facts, &input->csv, error)) return false;
    const struct input *like = plain.like;
    if (like && like->csv && !facts->workbook && !like->facts.workbook)
        csv_input_share(input->csv, facts, like->csv, &like->facts);
    return take_filters(input);
}

/* What is worked out for each column must not be worked out for a million of them. */
static bool check_width(const struct input_facts *facts, struct error *error) {
    if (facts->column_count <= INPUT_COLUMN_LIMIT) return true;
    error_set(error, EXIT_CANNOT_READ, "%s: has %zu columns, more than the %d of a spreadsheet", facts->path,
              facts->column_count, INPUT_COLUMN_LIMIT);
    return error_fix(error, "Check that this is the export, and that its header row ends where it should.");
}

bool input_open(const char *path, const struct input_options *options, struct input **input, struct error *error) {
    struct source_options source_options = {.encoding = options ? options->encoding : NULL,
                                            .sheet = options ? options->sheet : NULL,
                                            .without_hash = options && options->without_hash,
                                            .max_ratio = options ? options->max_ratio : 0};
    struct input *made = memory_get_zero(1, sizeof *made);
    made->is_by_hand = options && options->is_by_hand;
    *input = NULL;
    if (!source_open(path, &source_options, &made->source, error) || !open_content(made, options, error) ||
        !check_width(&made->facts, error)) {
        input_close(made);
        return false;
    }
    *input = made;
    return true;
}

void input_close(struct input *input) {
    if (!input) return;
    csv_input_close(input->csv);
    json_input_close(input->json);
    source_close(input->source);
    free(input->titles);
    free(input);
}

const struct input_facts *input_facts(const struct input *input) {
    return &input->facts;
}

static void rest(struct input *input) {
    input->is_resting = source_rest(input->source);
    if (!input->is_resting) return;
    if (input->csv)
        csv_input_rest(input->csv);
    else
        json_input_rest(input->json);
}

void input_rest(struct input *input) {
    input->rests = true;
    rest(input);
}

static bool next_block(struct input *input, struct block *block, bool *end, struct error *error) {
    return input->csv ? csv_input_next_block(input->csv, block, end, error)
                      : json_input_next_block(input->json, block, end, error);
}

static bool rewind_now(struct input *input, struct error *error) {
    input->is_resting = false;
    return input->csv ? csv_input_rewind(input->csv, error) : json_input_rewind(input->json, error);
}

bool input_rewind(struct input *input, struct error *error) {
    input->is_at_end = false;
    if (input->rests) rest(input);
    return input->is_resting || rewind_now(input, error); /* at rest until it is read */
}

bool input_next_block(struct input *input, struct block *block, bool *end, struct error *error) {
    if (!input->rests) return next_block(input, block, end, error);
    *end = input->is_at_end;
    if (input->is_at_end) return true;
    if (input->is_resting && !rewind_now(input, error)) return false;
    if (!next_block(input, block, end, error)) return false;
    input->is_at_end = *end;
    if (*end) rest(input);
    return true;
}

void input_hash_beside(struct input *input, struct sha256_waiting *waiting) {
    source_hash_beside(input->source, waiting);
}

void input_sha256(struct input *input, char hex[65]) {
    source_sha256(input->source, hex);
}

uint64_t input_bytes_raw(const struct input *input) {
    return source_bytes_raw(input->source);
}

uint64_t input_size_raw(const struct input *input) {
    return source_size_raw(input->source);
}

struct record_reader *record_reader_create(const struct input *input, const struct view *paths, size_t path_count) {
    struct record_reader *reader = memory_get_zero(1, sizeof *reader);
    if (input->csv)
        reader->csv = csv_reader_create(&input->facts, input->is_by_hand ? CSV_BY_LIBCSV : CSV_IN_PLACE);
    else
        reader->json = json_reader_create(&input->facts, paths, path_count);
    return reader;
}

void record_reader_destroy(struct record_reader *reader) {
    if (!reader) return;
    if (reader->csv) csv_reader_destroy(reader->csv);
    if (reader->json) json_reader_destroy(reader->json);
    free(reader);
}

void record_reader_start(struct record_reader *reader, const struct block *block) {
    if (reader->csv)
        csv_reader_start(reader->csv, block);
    else
        json_reader_start(reader->json, block);
}

bool record_reader_next(struct record_reader *reader, struct record *record) {
    return reader->csv ? csv_reader_next(reader->csv, record) : json_reader_next(reader->json, record);
}

void record_reader_reuse_cells(struct record_reader *reader) {
    if (reader->csv) csv_reader_reuse_cells(reader->csv);
}

void record_locate(const struct record_reader *reader, const struct record *record, size_t index, uint64_t *line,
                   uint64_t *column) {
    if (reader->csv)
        csv_reader_locate(reader->csv, record, index, line, column);
    else
        json_reader_locate(reader->json, record, index, line, column);
}
