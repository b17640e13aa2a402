/* test_schema.c: built-in schemas load; wrong schemas are told with line and nearest word; labels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "schema/bind.h"
#include "schema/schema.h"

static const char *const built_in[] = {
    "calls", "campaign-costs", "campaigns", "customer-memberships", "customers", "estimate-items", "estimates",
    "gross-pay-items", "invoice-items", "invoices", "job-assignments", "job-splits", "job-timesheets", "jobs",
    "materials", "membership-types", "payroll-adjustments", "report-business-unit-performance",
    "report-campaign-summary", "report-csr-performance", "report-invoice-lines", "report-invoices-sent",
    "report-job-costing", "report-jobs-by-csr", "report-labor-detail", "report-membership-summary",
    "report-payroll-adjustments", "report-performance-pay", "report-project-summary",
    "report-sales-opportunities", "report-scheduled-revenue", "report-technician-performance",
    "report-timesheet-hours", "report-unsold-estimates", "reviews", "services"};

static void built_in_schemas_are_clean(void **state) {
    (void)state;
    assert_int_equal(embedded_schema_count, sizeof built_in / sizeof *built_in);
    for (size_t index = 0; index < embedded_schema_count; index++) {
        struct schema *schema = NULL;
        struct error error = {0};
        assert_string_equal(embedded_schemas[index].name, built_in[index]);
        if (!schema_load(built_in[index], NULL, &schema, &error)) fail_msg("%s: %s", built_in[index], error.message);
        assert_string_equal(schema->name, built_in[index]);
        assert_true(schema->field_count >= 4);
        schema_free(schema);

        struct buffer findings = {0};
        struct view text = view_from(embedded_schemas[index].text, embedded_schemas[index].length);
        size_t errors = schema_lint(text, built_in[index], &findings);
        if (errors > 0 || findings.length > 0) fail_msg("%.*s", VIEW_ARGS(buffer_view(&findings)));
        buffer_free(&findings);
    }
}

static const struct field *field_of(const struct schema *schema, const char *name) {
    size_t field = schema_find_field(schema, view_of(name));
    if (field == SIZE_MAX) fail_msg("no field %s in %s", name, schema->name);
    return &schema->fields[field];
}

static void jobs_says_what_the_facts_say(void **state) {
    (void)state;
    struct schema *schema = NULL;
    struct error error = {0};
    assert_true(schema_load("jobs", NULL, &schema, &error));
    assert_string_equal(schema->title, "ServiceTitan Jobs");
    assert_string_equal(schema->provider, "ServiceTitan");
    assert_string_equal(schema->file, "built-in");
    assert_true(schema->has_footer);
    assert_null(schema->id_template);
    assert_null(schema->default_employee);

    const struct field *job = field_of(schema, "Job No.");
    assert_string_equal(job->name, "Job #");
    assert_int_equal(job->role, ROLE_ID);
    assert_string_equal(job->paths[0], "jobNumber");

    assert_string_equal(field_of(schema, "Completed On")->name, "Completion Date"); /* its first alias and its last */
    assert_string_equal(field_of(schema, "job completion date")->name, "Completion Date");

    const struct field *subtotal = field_of(schema, "Jobs Subtotal");
    assert_true(subtotal->is_money);
    assert_int_equal(subtotal->places, 2);
    assert_int_equal(subtotal->aggregate, AGGREGATE_SUM);

    const struct field *margin = field_of(schema, "Jobs Gross Margin %");
    assert_true(margin->is_percent);
    assert_int_equal(margin->aggregate, AGGREGATE_RATIO);
    assert_string_equal(margin->numerator, "Jobs Gross Margin");
    assert_string_equal(margin->denominator, "Jobs Subtotal");

    assert_int_equal(field_of(schema, "Sold By ID")->space, SPACE_TECHNICIAN);
    assert_true(field_of(schema, "Customer Name")->is_private);
    assert_int_equal(field_of(schema, "Location Zip")->type, FIELD_TEXT);
    assert_string_equal(field_of(schema, "Created Date")->title, "Job Created On");
    assert_int_equal(field_of(schema, "completedOn")->role, ROLE_DATE);
    schema_free(schema);
}

/* A schema with everything in it, in one line of text each. */
static const char whole[] =
    "// my own schema\n"
    "{\"name\": \"mine\", // a comment with \"quotes\"\n"
    " \"plecto\": {\"id\": \"{No}-{Code}\", \"provider\": \"Other // no comment\", \"footer\": false,\n"
    "   \"employee\": \"Office\", \"shapes\": [\"wrap\", \"\"], \"signature\": [\"wrap.id\"]},\n"
    " \"fields\": [\n"
    "  {\"name\": \"No\", \"type\": \"string\", \"plecto\": {\"path\": [\"wrap.id\", \"id\"]}},\n"
    "  {\"name\": \"Code\", \"type\": \"string\", \"constraints\": {\"required\": true, \"enum\": [\"A\", \"B\"]}},\n"
    "  {\"name\": \"When\", \"type\": \"date\", \"format\": \"%d/%m/%Y\", \"plecto\": {\"role\": \"date\", \"path\": "
    "[null, \"when\"]}},\n"
    "  {\"name\": \"Serial\", \"type\": \"datetime\", \"format\": \"excel\", \"plecto\": {\"role\": \"date\", "
    "\"fallback\": true}},\n"
    "  {\"name\": \"Sum\", \"type\": \"number\", \"decimalChar\": \",\", \"plecto\": {\"money\": true, \"as\": \"Total "
    "sum\", \"places\": 3}},\n"
    "  {\"name\": \"Length\", \"type\": \"duration\", \"plecto\": {\"aggregate\": \"avg\"}}\n"
    " ]}\n";

static void all_keys_are_read(void **state) {
    (void)state;
    struct schema *schema = NULL;
    struct error error = {0};
    if (!schema_parse(view_of(whole), "mine.json", &schema, &error)) fail_msg("%s", error.message);
    assert_string_equal(schema->title, "mine");
    assert_string_equal(schema->provider, "Other // no comment");
    assert_string_equal(schema->default_employee, "Office");
    assert_false(schema->has_footer);
    assert_int_equal(schema->shape_count, 2);
    assert_string_equal(schema->shapes[0], "wrap");
    assert_int_equal(schema->field_count, 6);
    const struct field *fields = schema->fields;
    assert_int_equal(fields[0].line, 6);
    assert_string_equal(fields[0].paths[0], "wrap.id");
    assert_true(fields[1].is_required);
    assert_int_equal(fields[1].value_count, 2);
    assert_string_equal(fields[1].values[1], "B");
    assert_null(fields[2].paths[0]);
    assert_string_equal(fields[2].paths[1], "when");
    assert_int_equal(fields[2].date_order, DATE_ORDER_DMY);
    assert_true(fields[3].is_excel_date);
    assert_true(fields[3].fallback);
    assert_int_equal(fields[4].style.point, ',');
    assert_int_equal(fields[4].style.group, '.');
    assert_int_equal(fields[4].places, 3);
    assert_int_equal(fields[4].aggregate, AGGREGATE_SUM); /* money is summed unless it says otherwise */
    assert_string_equal(fields[4].title, "Total sum");
    assert_int_equal(fields[5].aggregate, AGGREGATE_AVERAGE);
    assert_int_equal(fields[5].line, 11);
    schema_free(schema);
}

/* A small right schema around one changed line, which is line 5. */
#define AROUND(line)                                                                                                   \
    "{\"name\": \"x\",\n \"fields\": [\n"                                                                              \
    "  {\"name\": \"No\", \"type\": \"string\", \"plecto\": {\"role\": \"id\"}},\n"                                    \
    "  {\"name\": \"Day\", \"type\": \"date\", \"plecto\": {\"role\": \"date\"}},\n" line "]}\n"
#define FIELD(rest) AROUND("  {\"name\": \"Sum\", " rest "}")

static void wrong_schemas_are_told(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {FIELD("\"type\": \"number\", \"plecto\": {\"agregate\": \"sum\"}"),
         "x.json:5: unknown key \"agregate\" in field \"Sum\"; did you mean \"aggregate\"?"},
        {FIELD("\"type\": \"number\",\n   \"plecto\": {\"money\": true,\n   \"aggregate\": \"summ\"}"),
         "x.json:7: unknown aggregate \"summ\" in field \"Sum\"; did you mean \"sum\"?"},
        {FIELD("\"type\": \"nummer\""), "x.json:5: unknown type \"nummer\" in field \"Sum\"; did you mean \"number\"?"},
        {FIELD("\"type\": \"string\", \"plecto\": {\"role\": \"employe\"}"),
         "x.json:5: unknown role \"employe\" in field \"Sum\"; did you mean \"employee\"?"},
        {FIELD("\"type\": \"string\", \"plecto\": {\"role\": \"xylophones\"}"),
         "x.json:5: unknown role \"xylophones\" in field \"Sum\"; known are employee, employee-name, id, date, active, "
         "status, modified"},
        {FIELD("\"type\": \"number\", \"plecto\": {\"money\": \"yes\"}"),
         "x.json:5: \"money\" in field \"Sum\" must be true or false (without quotes)"},
        {FIELD("\"type\": \"number\", \"type\": \"number\""),
         "x.json:5: \"type\" in field \"Sum\" is there twice. Delete one."},
        {FIELD("\"description\": \"\""), "x.json:5: no \"type\" in field \"Sum\". Write \"string\" if unsure."},
        {FIELD("\"type\": \"string\", \"plecto\": {\"money\": true, \"aggregate\": \"none\"}"),
         "x.json:5: \"money\" in field \"Sum\" needs the type number"},
        {FIELD("\"type\": \"number\", \"plecto\": {\"percent\": true, \"aggregate\": \"sum\"}"),
         "x.json:5: a percentage cannot be summed (in field \"Sum\"). Use {\"ratio\": [\"Numerator\", "
         "\"Denominator\"]} or \"none\"."},
        {FIELD("\"type\": \"number\", \"plecto\": {\"aggregate\": {\"ratio\": [\"Sum\", \"Noo\"]}}"),
         "x.json:5: the ratio of field \"Sum\" names \"Noo\", which is not a field; did you mean \"No\"?"},
        {FIELD("\"type\": \"number\", \"plecto\": {\"aggregate\": {\"ratio\": [\"Sum\"]}}"),
         "x.json:5: \"aggregate\" in field \"Sum\" must be a word or {\"ratio\": [\"Numerator\", \"Denominator\"]}"},
        {FIELD("\"type\": \"number\", \"plecto\": {\"places\": 5}"),
         "x.json:5: \"places\" in field \"Sum\" must be a whole number from 0 to 4"},
        {FIELD("\"type\": \"number\", \"plecto\": {\"role\": \"id\"}"),
         "x.json:5: the role in field \"Sum\" needs \"type\": \"string\" (IDs and names are text, so no digit is "
         "lost)"},
        {FIELD("\"type\": \"number\", \"decimalChar\": \",\", \"groupChar\": \",\""),
         "x.json:5: decimalChar and groupChar in field \"Sum\" are the same. They must differ."},
        {FIELD("\"type\": \"number\", \"format\": \"excel\""),
         "x.json:5: \"format\" in field \"Sum\" is for the types date and datetime only"},
        {FIELD("\"type\": \"number\", \"plecto\": {\"path\": [\"a\", \"b\"]}"),
         "x.json:5: \"path\" in field \"Sum\" has 2 entries, but plecto.shapes has 1. Write one for each (null where "
         "absent)."},
        {FIELD("\"type\": \"number\", \"plecto\": {\"aliases\": [\"total\", 3]}"),
         "x.json:5: \"aliases\" in field \"Sum\" must hold texts in quotes only"},
        {FIELD("\"type\": \"number\", \"plecto\": {\"aliases\": [\"day\"]}"),
         "x.json:5: the label \"day\" of field \"Sum\" is also a label of field \"Day\" (line 4). Labels are compared "
         "without case, blanks and #/No./Number."},
        {FIELD("\"type\": \"number\", \"plecto\": {\"as\": \"Created date\"}"),
         "x.json:5: the title \"Created date\" of field \"Sum\" is one of Plecto's own. Give it another with \"as\"."},
        {FIELD("\"type\": \"number\", \"plecto\": {\"as\": \"Day\"}"),
         "x.json:5: the fields \"Day\" and \"Sum\" have the same title \"Day\". Change one \"as\"."},
        {AROUND("  {\"type\": \"number\"}"), "x.json:5: a field has no \"name\". Write the column's label there."},
        {AROUND("  7"),
         "x.json:5: an entry of \"fields\" must be an object, such as {\"name\": \"Job #\", \"type\": \"string\"}"},
        {"{\"name\": \"x\",\n \"feilds\": []}",
         "x.json:1: the schema has no \"fields\". List at least ID, date and employee."},
        {"{\n\"name\": \"x y\", \"fields\": [{\"name\": \"No\", \"type\": \"string\"}]}",
         "x.json:1: no field has the role \"id\", and plecto has no \"id\" template. Plecto needs a unique ID for each "
         "row."},
        {"{\"name\": \"x\",\n\"plecto\": {\"id\": \"{Numer}\"},\n\"fields\": [{\"name\": \"Number of\", \"type\": "
         "\"string\"},\n"
         "{\"name\": \"Day\", \"type\": \"date\", \"plecto\": {\"role\": \"date\"}}]}",
         "x.json:2: the ID template names \"Numer\", which is not a field; known are Number of, Day"},
        {"{\"name\": \"x\",\n\n \"fields\": [,]}",
         "x.json:3: not valid JSON here. Look for a missing or extra comma, quote or bracket."},
        {"\n[1]", "x.json:2: a schema must be a JSON object that begins with {"},
        {FIELD("\"type\": \"string\", \"plecto\": {\"as\": \" \"}"),
         "x.json:5: \"as\" in field \"Sum\" is empty. Write it, or remove it."},
        {FIELD("\"type\": \"number\", \"plecto\": {\"derive\": {\"count\": \"\"}}"),
         "x.json:5: \"count\" in field \"Sum\" is empty. Write it, or remove it."},
        {FIELD("\"type\": \"number\", \"plecto\": {\"derive\": {\"subtract\": [\"Sum\", \"Sum\"]}}"),
         "x.json:5: \"derive\" of field \"Sum\" needs \"Sum\" above it, because derived fields are computed in order"},
        {FIELD("\"type\": \"string\", \"plecto\": {\"derive\": {\"add\": [\"Nothing\"]}}"),
         "x.json:5: \"add\" in field \"Sum\" needs the type number or integer"},
        {"", "x.json:1: not valid JSON here. Look for a missing or extra comma, quote or bracket."},
    };
    for (size_t index = 0; index < sizeof cases / sizeof *cases; index++) {
        struct schema *schema = NULL;
        struct error error = {0};
        if (schema_parse(view_of(cases[index].text), "x.json", &schema, &error))
            fail_msg("case %zu was accepted: %s", index, cases[index].message);
        assert_string_equal(error.message, cases[index].message);
        assert_int_equal(error.code, EXIT_WRONG_USE);
        assert_null(schema);
        error_free(&error);
    }
    struct schema *schema = NULL;
    struct error error = {0};
    assert_true(schema_parse(view_of(FIELD("\"type\": \"number\"")), "x.json", &schema, &error));
    schema_free(schema);
    /* a name in a template reaches up to its }, whatever is in it */
    assert_true(schema_parse(view_of("{\"name\": \"x\", \"plecto\": {\"id\": \"{Number {of}-{Day}\"}, \"fields\": [{\"name\": \"Number {of\", "
                                     "\"type\": \"string\"}, {\"name\": \"Day\", \"type\": \"date\", \"plecto\": {\"role\": \"date\"}}]}"),
                             "x.json", &schema, &error));
    schema_free(schema);
}

static void lint_lists_everything(void **state) {
    (void)state;
    struct buffer findings = {0};
    size_t errors = schema_lint(
        view_of(FIELD("\"type\": \"numbr\", \"formatt\": \"\", \"plecto\": {\"private\": true, \"space\": \"user\"}")),
        "x.json", &findings);
    assert_int_equal(errors, 2);
    buffer_add_char(&findings, '\0');
    assert_non_null(strstr(findings.text, "x.json:1: warning: no field has the role \"employee\""));
    assert_non_null(
        strstr(findings.text, "x.json:5: error: unknown key \"formatt\" in field \"Sum\"; did you mean \"format\"?\n"));
    assert_non_null(strstr(findings.text, "x.json:5: error: unknown type \"numbr\""));
    assert_non_null(strstr(findings.text, "x.json:5: warning: \"space\" of field \"Sum\" has no effect"));
    buffer_free(&findings);
}

static void unknown_names_offer_the_nearest(void **state) {
    (void)state;
    struct schema *schema = NULL;
    struct error error = {0};
    assert_false(schema_load("invoice", NULL, &schema, &error));
    assert_string_equal(error.message, "no schema has the name \"invoice\"; did you mean \"invoices\"?");
    assert_false(schema_load("/nowhere/x.json", NULL, &schema, &error));
    assert_int_equal(error.code, EXIT_WRONG_USE);
    assert_non_null(strstr(error.message, "cannot read the schema /nowhere/x.json"));
    error_free(&error);
}

static void labels_are_compared_by_meaning(void **state) {
    (void)state;
    static const struct {
        const char *left, *right;
        bool equal;
    } cases[] = {
        {"Job #", "Job No.", true},
        {"Job #", "job number", true},
        {"Job #", "JobNumber", true},
        {"Job #", "Job No", true},
        {"Job #", "JobNo", true},
        {"Job #", "job_number", true},
        {"Job #", "Job\xC2\xA0#", true},
        {"No. of Jobs", "Number of jobs", true},
        {"Job\xE2\x80\x99s Unit", "Job's Unit", true},
        {"Total (Invoices)", "Total", true},
        {"Total (Invoice Items)", "total", true},
        {"  Total ", "TOTAL", true},
        {"Total (2)", "Total", false},
        {"No Charge", "# Charge", false},
        {"Job #", "Job ID", false},
        {"Jobs Gross Margin %", "Jobs Gross Margin", false},
        {"Jobs Total", "Job Total", false},
        {"Piano", "Pia#", false},
        {"(Invoices)", "", false},
        {"Equip. Costs", "Equip. Costs", true},
    };
    for (size_t index = 0; index < sizeof cases / sizeof *cases; index++)
        if (label_equal(view_of(cases[index].left), view_of(cases[index].right)) != cases[index].equal)
            fail_msg("\"%s\" and \"%s\"", cases[index].left, cases[index].right);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(built_in_schemas_are_clean),
        cmocka_unit_test(jobs_says_what_the_facts_say),
        cmocka_unit_test(all_keys_are_read),
        cmocka_unit_test(wrong_schemas_are_told),
        cmocka_unit_test(lint_lists_everything),
        cmocka_unit_test(unknown_names_offer_the_nearest),
        cmocka_unit_test(labels_are_compared_by_meaning),
    };
    return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}
