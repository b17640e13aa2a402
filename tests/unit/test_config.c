/* test_config.c: st2plecto.json: what is handed over as which option, what is refused with which line, and where the
 * file is looked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "cli/config.h"

static char folder[] = "/tmp/st2plecto-config-XXXXXX";

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    return chdir("/") == 0 ? rmdir(folder) : -1;
}

static void write_file(const char *path, const char *text, size_t length) {
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(text, 1, length, stream), length);
    assert_int_equal(fclose(stream), 0);
}

/* Writes down "option=value|"; refuses the value "refused", as convert would a wrong one. */
static bool take(void *context, const char *option, const char *value, struct error *error) {
    buffer_print(context, "%s=%s|", option, value);
    if (strcmp(value, "refused") != 0) return true;
    error_set(error, EXIT_CANNOT_READ, "--%s is refused", option);
    return error_fix(error, "choose another");
}

/* What the file hands over for the schema (NULL: the top), or the error's message. The caller frees. */
static char *outcome(const char *path, const char *schema) {
    struct error error = {0};
    struct config *config = NULL;
    struct buffer taken = {0};
    bool is_fine =
        config_open(path, &config, &error) && (!config || config_apply(config, schema, take, &taken, &error));
    if (!is_fine) {
        buffer_free(&taken);
        assert_non_null(error.fix);
        buffer_print(&taken, "%d %s", (int)error.code, error.message);
    }
    config_free(config);
    error_free(&error);
    return buffer_take(&taken);
}

static void assert_outcome(const char *text, const char *schema, const char *expected) {
    write_file("c.json", text, strlen(text));
    char *made = outcome("c.json", schema);
    unlink("c.json");
    if (strcmp(made, expected) != 0) fail_msg("%s\ngives: %s\nnot:   %s", text, made, expected);
    free(made);
}

static void settings_are_handed_over(void **state) {
    (void)state;
    static const char *const cases[][3] = {
        /* the file, the schema, what is taken: always in the order of the table of keys */
        {"{}", NULL, ""},
        {"\xEF\xBB\xBF// ours\n{ // begin\n\"tz\": \"UTC\" } // end\n", NULL, "tz=UTC|"},
        {"{\"tz\": \"https://x\", \"by\": \"a \\\" // b\"}", NULL, "tz=https://x|by=a \" // b|"},
        {"{\"threads\": 4, \"max-issues\": 0}", NULL, "max-issues=0|threads=4|"},
        {"{\"threads\": -1, \"max-issues\": 2147483647}", NULL, "max-issues=2147483647|threads=-1|"},
        {"{\"active-only\": true, \"allow-cut\": false}", NULL, "active-only=|"},
        {"{\"active-only\": false}", NULL, ""},
        {"{\"roster\": \"a.csv\"}", NULL, "roster=a.csv|"},
        {"{\"roster\": [\"a.csv\", \"/b.csv\"], \"with\": []}", NULL, "roster=a.csv|roster=/b.csv|"},
        {"{\"per\": \"employee,Business Unit\"}", NULL, "per=employee,Business Unit|"},
        {"{\"per\": [\"employee\", \"Business Unit\"]}", NULL, "per=employee,Business Unit|"},
        {"{\"to\": [\"csv\"], \"per\": []}", NULL, "to=csv|"},
        {"{\"schema\": \"jobs\", \"output\": \"-\"}", NULL, "schema=jobs|output=-|"},
        {"{\"last\": \"90d\", \"max-age\": \"1y\", \"on-error\": \"reject\", \"fail-on\": \"never\"}", NULL,
         "last=90d|max-age=1y|on-error=reject|fail-on=never|"},
        {"{\"schemas\": {\"jobs\": {\"title\": \"T\"}}}", NULL, ""},
        {"{\"tz\": \"UTC\", \"schemas\": {\"jobs\": {\"title\": \"T\"}}}", "jobs", "title=T|"},
        {"{\"schemas\": {\"calls\": {\"title\": \"T\"}}}", "jobs", ""},
        {"{\"schemas\": {\"jobs\": {\"title\": \"T\"}}}", "JOBS", ""},
        {"{\"tz\": \"UTC\"}", "jobs", ""},
        {"{\"schemas\": {\"jobs\": {\"fields\": {\"Jobs Subtotal\": \"Revenue\", \"Customer Name\": null}}}}", "jobs",
         "field=Jobs Subtotal=Revenue|field=Customer Name|"},
        {"{\"schemas\": {\"jobs\": {\"drop\": [\"A\", \"B\"], \"per\": [\"employee\"], \"fields\": {}}}}", "jobs",
         "drop=A|drop=B|per=employee|"},
        {"{\"schemas\": {\"mine\": {\"title\": \"T\"}, \"jobs\": {}}}", "jobs", ""},
        {"{\"schemas\": {\"mine\": {\"title\": \"T\"}}}", "jobs", ""},
        {"{\"schemas\": {\"job\": {\"title\": \"T\"}, \"jobs\": {}}}", "jobs", ""},
        {"{\"schemas\": {\"jobs\": {\"title\": \"T\"}}}", "jobs-2024", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_outcome(cases[i][0], cases[i][1], cases[i][2]);
}

static void mistakes_are_told_with_their_line(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"{\n\"tzz\": \"UTC\"}", "2 c.json:2: unknown key \"tzz\" in the configuration; did you mean \"tz\"?"},
        {"{\"tz\": \"UTC\",\n // no\n\n\"defualt-employee\": \"x\"}",
         "2 c.json:4: unknown key \"defualt-employee\" in the configuration; did you mean \"default-employee\"?"},
        {"{\"schemas\": {\n\"jobs\": {\n\"feilds\": {}}}}",
         "2 c.json:3: unknown key \"feilds\" in schemas.jobs; did you mean \"fields\"?"},
        {"{\n\"tz\": 5}", "2 c.json:2: \"tz\" in the configuration must be a text in quotes"},
        {"{\"active-only\": \"true\"}",
         "2 c.json:1: \"active-only\" in the configuration must be true or false (without quotes)"},
        {"{\"threads\": \"4\"}", "2 c.json:1: \"threads\" in the configuration must be a whole number"},
        {"{\"threads\": 2.5}", "2 c.json:1: \"threads\" in the configuration must be a whole number"},
        {"{\n\"threads\": 1e12}", "2 c.json:2: \"threads\" in the configuration must be a whole number"},
        {"{\"roster\": {}}", "2 c.json:1: \"roster\" in the configuration must be a text in quotes or a list"},
        {"{\"roster\": [\"a\",\n7]}", "2 c.json:2: \"roster\" in the configuration must hold texts in quotes only"},
        {"{\"with\": [\"a\", \" \"]}", "2 c.json:1: \"with\" in the configuration has an empty text"},
        {"{\"output\": \"\"}", "2 c.json:1: \"output\" in the configuration is empty. Write a value, or delete it."},
        {"{\"tz\": null}", "2 c.json:1: \"tz\" in the configuration must be a text in quotes"},
        {"{\"tz\": \"UTC\",\n\"tz\": \"UTC\"}", "2 c.json:2: \"tz\" in the configuration is there twice. Delete one."},
        {"{\"schemas\": []}", "2 c.json:1: \"schemas\" in the configuration must be an object"},
        {"{\"schemas\": {\n\"jobs\": \"x\"}}", "2 c.json:2: \"jobs\" in schemas must be an object"},
        {"{\"schemas\": {\"jobs\": {},\n\"jobs\": {}}}", "2 c.json:2: \"jobs\" in schemas is there twice. Delete one."},
        {"{\"schemas\": {\"jobs\": {},\n\"calls\": {\"tz\": \"UTC\"}}}",
         "2 c.json:2: unknown key \"tz\" in schemas.calls; known are title, data-source, date, fields, drop, "
         "default-employee, several, max-age, by, per, layout, employee"},
        {"{\"schemas\": {\"jobs\": {\"drop\": \"A\"}}}", "2 c.json:1: \"drop\" in schemas.jobs must be a list"},
        {"{\"schemas\": {\"jobs\": {\"fields\": [\"A\"]}}}",
         "2 c.json:1: \"fields\" in schemas.jobs must be an object"},
        {"{\"schemas\": {\"jobs\": {\"fields\": {\"A\": \"a\",\n\"B\": true}}}}",
         "2 c.json:2: the title of field \"B\" in schemas.jobs must be a text in quotes, or null for the field's own"},
        {"{\"schemas\": {\"jobs\": {\"fields\": {\"A\": \"\"}}}}",
         "2 c.json:1: the title of field \"A\" in schemas.jobs must be a text in quotes, or null for the field's own"},
        {"{\"schemas\": {\"jobs\": {\"fields\": {\"\": \"a\"}}}}",
         "2 c.json:1: \"fields\" in schemas.jobs has an empty field name"},
        {"{\"schemas\": {\"jobs\": {\"fields\": {\"A\": null,\n\"A\": \"a\"}}}}",
         "2 c.json:2: field \"A\" in schemas.jobs is there twice. Delete one."},
        {"", "2 c.json:1: the configuration is not a valid JSON object"},
        {"[]", "2 c.json:1: the configuration is not a valid JSON object"},
        {"{\n\"tz\": \"UTC\",\n}", "2 c.json:3: the configuration is not a valid JSON object"},
        {"{\n\"tz\": \"UTC\"}\n}", "2 c.json:3: the configuration is not a valid JSON object"},
        {"{\n\"tz\": \"UTC", "2 c.json:2: the configuration is not a valid JSON object"},
        /* of the one who takes: the code stays, file and line are set in front */
        {"{\n\n\"by\": \"refused\"}", "3 c.json:3: --by is refused"},
        {"{\"roster\": [\"a\",\n\"b\"], \"to\": [\"refused\"]}", "3 c.json:2: --to is refused"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_outcome(cases[i][0], NULL, cases[i][1]);
}

static void a_misspelt_data_type_is_told(void **state) {
    (void)state;
    assert_outcome("{\"schemas\": {\n\"job\": {\"title\": \"T\"}}}", "jobs",
                   "2 c.json:2: unknown schema \"job\" in schemas; did you mean \"jobs\"?");
    assert_outcome("{\"schemas\": {\"calls\": {},\n\"Job\": {}}}", "jobs",
                   "2 c.json:2: unknown schema \"Job\" in schemas; did you mean \"jobs\"?");
    assert_outcome("{\"schemas\": {\"jobs\": {\"fields\": {\"A\": null,\n\"B\": \"b\"}, \"by\":\n\"refused\"}}}",
                   "jobs", "3 c.json:2: --by is refused");
}

static void paths_are_relative_to_the_file(void **state) {
    (void)state;
    static const char text[] =
        "{\"roster\": [\"a.csv\", \"/b.csv\", \"../c.csv\"], \"with\": \"d\", \"schema-dir\": \"own\","
        " \"output\": \"out\", \"tz\": \"America/Phoenix\", \"schema\": \"own/mine.json\"}";
    assert_int_equal(mkdir("company", 0700), 0);
    write_file("company/c.json", text, strlen(text));
    char *made = outcome("company/c.json", NULL);
    assert_string_equal(made, "schema=company/own/mine.json|schema-dir=company/own|tz=America/Phoenix|"
                              "roster=company/a.csv|roster=/b.csv|roster=company/../c.csv|with=company/d|"
                              "output=company/out|");
    free(made);
    write_file("company/c.json", "{\"schema\": \"jobs\"}", 18);
    made = outcome("company/c.json", NULL);
    assert_string_equal(made, "schema=jobs|");
    free(made);
    unlink("company/c.json");
    rmdir("company");
}

/* The path of what config_open finds without a name, "" for none. The caller frees. */
static char *found(void) {
    struct error error = {0};
    struct config *config = NULL;
    if (!config_open(NULL, &config, &error)) fail_msg("%s", error.message);
    char *path = memory_copy(view_of(config ? config_path(config) : ""));
    config_free(config);
    return path;
}

static void assert_found(const char *expected) {
    char *path = found();
    assert_string_equal(path, expected);
    free(path);
}

static void the_nearest_file_upward_is_found(void **state) {
    (void)state;
    char *before = found(); /* of a folder above ours, most likely none */
    assert_true(*before == '\0' || strncmp(before, "../", 3) == 0);
    free(before);
    assert_int_equal(mkdir("a", 0700) + mkdir("a/b", 0700), 0);
    write_file("st2plecto.json", "{}", 2);
    assert_found("st2plecto.json");
    assert_int_equal(chdir("a/b"), 0);
    assert_found("../../st2plecto.json");
    write_file("../st2plecto.json", "{}", 2);
    assert_found("../st2plecto.json");
    assert_int_equal(chdir("../.."), 0);
    unlink("a/st2plecto.json");
    unlink("st2plecto.json");
    rmdir("a/b");
    rmdir("a");
}

static void deep_folders_are_searched_to_the_root(void **state) {
    (void)state;
    enum { DEPTH = 100 };
    write_file("st2plecto.json", "{}", 2);
    for (int i = 0; i < DEPTH; i++)
        assert_true(mkdir("d", 0700) == 0 && chdir("d") == 0);
    char *path = found();
    assert_int_equal(strlen(path), 3 * DEPTH + strlen("st2plecto.json"));
    free(path);
    for (int i = 0; i < DEPTH; i++)
        assert_true(chdir("..") == 0 && rmdir("d") == 0);
    unlink("st2plecto.json");
    assert_int_equal(chdir("/"), 0);
    free(found()); /* ends at the root */
    assert_int_equal(chdir(folder), 0);
}

static void what_cannot_be_read_is_told(void **state) {
    (void)state;
    char *made = outcome("nowhere.json", NULL);
    assert_string_equal(made, "2 cannot read the configuration nowhere.json: No such file or directory");
    free(made);
    made = outcome(".", NULL);
    assert_string_equal(made, "2 cannot read the configuration .: Is a directory");
    free(made);
    size_t length = (8u << 20) + 1;
    char *blanks = memory_get(length);
    memset(blanks, ' ', length);
    write_file("large.json", blanks, length);
    free(blanks);
    made = outcome("large.json", NULL);
    unlink("large.json");
    assert_string_equal(made, "2 cannot read the configuration large.json: it is larger than 8 MiB");
    free(made);
    config_free(NULL);
}

/* Every beginning of a file is read or refused; the sanitizers look on. */
static void any_beginning_of_a_file_is_survived(void **state) {
    (void)state;
    static const char text[] = "{\"tz\": \"UTC\", // x\n \"roster\": [\"a\", {\"b\": []}], \"schemas\": {\"jobs\": "
                               "{\"fields\": {\"A\\\"\": null, \"B\": \"b\"}, \"drop\": [1, \"\"], \"by\": {}}}}";
    for (size_t length = 0; length < sizeof text; length++) {
        write_file("c.json", text, length);
        char *made = outcome("c.json", "jobs");
        assert_true(strncmp(made, "2 c.json:", 9) == 0);
        free(made);
    }
    unlink("c.json");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_are_handed_over),         cmocka_unit_test(mistakes_are_told_with_their_line),
        cmocka_unit_test(a_misspelt_data_type_is_told),     cmocka_unit_test(paths_are_relative_to_the_file),
        cmocka_unit_test(the_nearest_file_upward_is_found), cmocka_unit_test(deep_folders_are_searched_to_the_root),
        cmocka_unit_test(what_cannot_be_read_is_told),      cmocka_unit_test(any_beginning_of_a_file_is_survived),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
