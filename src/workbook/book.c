/* book.c: the workbook itself: _rels/.rels names it, its own relations name the sheets, styles and shared strings. */
#include "workbook/book.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "workbook/book_private.h"
#include "workbook/xml.h"

#define SHEET_LIMIT 1024
#define WORDS_LIMIT (256u << 10) /* bytes of a part that are looked through */

struct relation {
    char *id, *target, *type;
};

struct relations {
    struct relation *list;
    size_t count, capacity;
};

static void relation_start(void *context, const char *element, const char **attributes) {
    struct relations *relations = context;
    const char *id = xml_attribute(attributes, "Id"), *target = xml_attribute(attributes, "Target");
    const char *type = xml_attribute(attributes, "Type"), *mode = xml_attribute(attributes, "TargetMode");
    bool is_ours = strcmp(element, "Relationship") == 0 && id && target && type;
    if (!is_ours || (mode && strcmp(mode, "External") == 0) || relations->count >= 4 * SHEET_LIMIT) return;
    void *list = relations->list;
    memory_grow(&list, &relations->capacity, relations->count + 1, sizeof *relations->list);
    relations->list = list;
    relations->list[relations->count++] =
        (struct relation){memory_copy(view_of(id)), memory_copy(view_of(target)), memory_copy(view_of(type))};
}

static void relations_free(struct relations *relations) {
    for (size_t i = 0; i < relations->count; i++) {
        free(relations->list[i].id);
        free(relations->list[i].target);
        free(relations->list[i].type);
    }
    free(relations->list);
}

static const struct relation *by_type(const struct relations *relations, const char *ending) {
    for (size_t i = 0; i < relations->count; i++) {
        const char *slash = strrchr(relations->list[i].type, '/');
        if (slash && strcmp(slash + 1, ending) == 0) return &relations->list[i];
    }
    return NULL;
}

/* A target as a name in the zip file: "/xl/a.xml" and "../xl/a.xml" seen from `folder`. */
static char *join(const char *folder, const char *target) {
    if (*target == '/') return memory_copy(view_of(target + 1));
    size_t length = strlen(folder);
    while (strncmp(target, "./", 2) == 0)
        target += 2;
    while (strncmp(target, "../", 3) == 0) {
        target += 3;
        while (length > 0 && folder[--length] != '/') {
        }
    }
    return length > 0 ? memory_print("%.*s/%s", (int)length, folder, target) : memory_copy(view_of(target));
}

static char *resolve(const char *folder, const char *target) {
    char *path = join(folder, target);
    for (char *dot; (dot = strstr(path, "/./")) != NULL;)
        memmove(dot, dot + 2, strlen(dot + 2) + 1);
    return path;
}

struct sheets {
    struct book *book;
    const struct relations *relations;
    const char *folder;
};

static void workbook_start(void *context, const char *element, const char **attributes) {
    struct sheets *sheets = context;
    struct book *book = sheets->book;
    if (strcmp(element, "workbookPr") == 0) {
        const char *flag = xml_attribute(attributes, "date1904");
        book->is_1904 = flag && (strcmp(flag, "1") == 0 || strcmp(flag, "true") == 0);
    }
    if (strcmp(element, "sheet") != 0 || book->sheet_count >= SHEET_LIMIT) return;
    const char *title = xml_attribute(attributes, "name"), *id = xml_relation_id(attributes);
    const char *state = xml_attribute(attributes, "state");
    for (size_t i = 0; title && id && i < sheets->relations->count; i++) {
        const struct relation *relation = &sheets->relations->list[i];
        const char *slash = strrchr(relation->type, '/');
        if (strcmp(relation->id, id) != 0 || !slash || strcmp(slash, "/worksheet") != 0) continue;
        void *list = book->sheets;
        memory_grow(&list, &book->sheet_capacity, book->sheet_count + 1, sizeof *book->sheets);
        book->sheets = list;
        book->sheets[book->sheet_count++] =
            (struct book_sheet){memory_copy(view_of(title)), resolve(sheets->folder, relation->target),
                                state && strcmp(state, "visible") != 0};
        return;
    }
}

static bool read_relations(struct book *book, const char *part, struct relations *relations, struct error *error) {
    static const struct xml_handlers handlers = {relation_start, NULL, NULL};
    return xml_read(book, part, &handlers, relations, NULL, error);
}

/* Parts of the workbook by their relation, or where they usually are. */
static bool read_side_parts(struct book *book, const struct relations *relations, const char *folder,
                            struct error *error) {
    const struct relation *styles = by_type(relations, "styles"), *strings = by_type(relations, "sharedStrings");
    char *style_part = styles ? resolve(folder, styles->target) : NULL;
    char *string_part = strings ? resolve(folder, strings->target) : NULL;
    bool is_fine = (!style_part || book_read_styles(book, style_part, error)) &&
                   (!string_part || book_read_strings(book, string_part, error));
    free(style_part);
    free(string_part);
    return is_fine;
}

static bool read_workbook(struct book *book, const char *part, struct error *error) {
    static const struct xml_handlers handlers = {workbook_start, NULL, NULL};
    const char *slash = strrchr(part, '/');
    char *folder = memory_copy(view_from(part, slash ? (size_t)(slash - part) : 0));
    char *relation_part = memory_print("%s%s_rels/%s.rels", folder, *folder ? "/" : "", slash ? slash + 1 : part);
    struct relations relations = {0};
    struct sheets sheets = {book, &relations, folder};
    bool is_fine = read_relations(book, relation_part, &relations, error) &&
                   xml_read(book, part, &handlers, &sheets, NULL, error) &&
                   read_side_parts(book, &relations, folder, error);
    if (is_fine && book->sheet_count == 0) is_fine = book_damaged(book, error, "has no sheet with rows");
    relations_free(&relations);
    free(relation_part);
    free(folder);
    return is_fine;
}

/* Whether `words` are in the beginning of a part. */
static bool part_says(struct book *book, const char *part, const char *words) {
    struct buffer text = {0};
    bool is_said = package_text(book, part, WORDS_LIMIT, &text) && view_find(buffer_view(&text), words) != SIZE_MAX;
    buffer_free(&text);
    return is_said;
}

/* Zip files of other programs, by an entry or by what [Content_Types].xml says of the workbook. */
static const char *foreign_book(struct book *book) {
    static const struct {
        const char *part, *words, *what;
    } kinds[] = {
        {"[Content_Types].xml", "sheet.binary.macroEnabled.main", "a binary workbook (.xlsb)"},
        {"xl/workbook.bin", NULL, "a binary workbook (.xlsb)"},
        {"content.xml", NULL, "an OpenDocument file (.ods)"},
        {"Index/Document.iwa", NULL, "a Numbers document"},
        {"word/document.xml", NULL, "a Word document (.docx)"},
        {"ppt/presentation.xml", NULL, "a presentation (.pptx)"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (book_part_size(book, kinds[i].part) > 0 && (!kinds[i].words || part_says(book, kinds[i].part, kinds[i].words)))
            return kinds[i].what;
    return NULL;
}

static bool refuse_foreign(const struct book *book, const char *what, struct error *error) {
    error_set(error, EXIT_CANNOT_READ, "%s: is %s, not an Excel workbook (.xlsx)", book->name, what);
    return error_fix(error, "Open it in its program and save it as Excel Workbook (.xlsx) or as CSV UTF-8.");
}

static bool find_workbook(struct book *book, char **part, struct error *error) {
    const char *foreign = foreign_book(book);
    if (foreign) return refuse_foreign(book, foreign, error);
    struct relations relations = {0};
    if (book_part_size(book, "_rels/.rels") == 0 || !read_relations(book, "_rels/.rels", &relations, error)) {
        relations_free(&relations);
        if (error->code != EXIT_FINE) return false;
        error_set(error, EXIT_CANNOT_READ, "%s: is a zip file, but not an Excel workbook", book->name);
        return error_fix(error, "Unpack it first, and name the files in it.");
    }
    const struct relation *document = by_type(&relations, "officeDocument");
    *part = document ? resolve("", document->target) : memory_copy(view_of("xl/workbook.xml"));
    relations_free(&relations);
    size_t length = strlen(*part);
    if (length > 4 && strcmp(*part + length - 4, ".bin") == 0)
        return refuse_foreign(book, "a binary workbook (.xlsb)", error);
    if (book_part_size(book, *part) > 0) return true;
    error_set(error, EXIT_CANNOT_READ, "%s: is not an Excel workbook (.xlsx), because it has no %s", book->name, *part);
    return error_fix(error, "Save it as .xlsx or as CSV UTF-8.");
}

bool book_open(int descriptor, uint64_t begin, const char *name, unsigned max_ratio, struct book **book,
               struct error *error) {
    struct book *made = memory_get_zero(1, sizeof *made);
    char *part = NULL;
    made->arena = arena_create(4096);
    made->name = name;
    made->max_ratio = max_ratio;
    bool is_fine = package_open(made, descriptor, begin, error) && find_workbook(made, &part, error);
    is_fine = is_fine && part && read_workbook(made, part, error);
    free(part);
    *book = is_fine ? made : NULL;
    if (!is_fine) book_close(made);
    return is_fine;
}

void book_close(struct book *book) {
    if (!book) return;
    if (book->zip) zip_discard(book->zip);
    for (size_t i = 0; i < book->sheet_count; i++) {
        free(book->sheets[i].name);
        free(book->sheets[i].part);
    }
    free(book->sheets);
    free(book->formats);
    arena_destroy(book->arena);
    buffer_free(&book->strings);
    free(book->string_ends);
    free(book);
}

const char *book_name(const struct book *book) {
    return book->name;
}

size_t book_sheet_count(const struct book *book) {
    return book->sheet_count;
}

const struct book_sheet *book_sheet(const struct book *book, size_t index) {
    return &book->sheets[index];
}

size_t book_find_sheet(const struct book *book, struct view name) {
    for (size_t i = 0; i < book->sheet_count; i++)
        if (view_is(name, book->sheets[i].name)) return i;
    for (size_t i = 0; i < book->sheet_count; i++)
        if (view_equal_fold(name, view_of(book->sheets[i].name))) return i;
    return SIZE_MAX;
}

bool book_is_1904(const struct book *book) {
    return book->is_1904;
}

const struct number_format *book_format(const struct book *book, uint32_t style) {
    return style < book->format_count ? book->formats[style] : number_format_built_in(0);
}

bool book_string(const struct book *book, uint64_t index, struct view *text) {
    if (index >= book->string_count) return false;
    uint64_t begin = index > 0 ? book->string_ends[index - 1] : 0;
    *text = view_from(book->strings.text ? book->strings.text + begin : "", (size_t)(book->string_ends[index] - begin));
    return true;
}
