/* test_bind.c: columns of realistic exports are joined with the built-in schemas, and --schema auto tells
 * the types apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "schema/bind.h"
#include "schema/likely.h"

#define COLUMN_LIMIT 64

/* Facts made of labels divided by '|'. */
struct made_facts {
    struct input_facts facts;
    struct input_column columns[COLUMN_LIMIT];
};

static const struct input_facts *make(struct made_facts *made, enum input_shape shape, const char *labels) {
    *made = (struct made_facts){.facts = {.path = "export", .shape = shape, .group_column = SIZE_MAX}};
    made->facts.columns = made->columns;
    const char *start = labels;
    while (start) {
        const char *end = strchr(start, '|');
        struct input_column *column = &made->columns[made->facts.column_count++];
        column->label = column->name = view_from(start, end ? (size_t)(end - start) : strlen(start));
        start = end ? end + 1 : NULL;
    }
    return &made->facts;
}

static const char jobs_csv[] =
    "Job #|Invoice #|Customer Name|Primary Technician|Sold By|Business Unit|Job Type|Completion Date|Created Date|Jobs "
    "Subtotal|Jobs Total Revenue|Estimate Sales|Status|Active|Campaign|Location Zip|Summary|Sold "
    "Hours|Recall|Membership";
static const char jobs_report[] =
    "JobNumber|InvoiceNumber|CustomerName|PrimaryTechnician|SoldBy|BusinessUnit|JobType|"
    "CompletionDate|CreatedDate|JobsSubtotal|JobsTotalRevenue|EstimateSales|Status|Active";
static const char jobs_api[] =
    "id|jobNumber|projectId|customerId|locationId|jobStatus|completedOn|businessUnitId|jobTypeId|priority|campaignId|"
    "appointmentCount|firstAppointmentId|lastAppointmentId|recallForId|warrantyId|jobGeneratedLeadSource|noCharge|"
    "createdOn|createdById|modifiedOn|tagTypeIds|soldById|customerPo|invoiceId|total|summary|customFields";
static const char costing_csv[] =
    "Scheduled Date|Business Unit|Sold By|Primary Technician|Job Type|Customer Name|Job #|Jobs Subtotal|Labor "
    "Pay|Payroll "
    "Adjustments|Materials + Equip. + PO/Bill Costs|Returns|Jobs Total Costs|Jobs Gross Margin %|Status";
static const char costing_api[] =
    "ScheduledDate|JobBusinessUnit|SoldBy|PrimaryTechnician|JobType|CustomerName|JobNumber|"
    "Subtotal|LaborPay|PayrollAdjustments|MaterialEquipmentPurchaseOrderCosts|ReturnCosts|"
    "TotalCosts|GrossMarginPercentage|JobStatus";
static const char invoices_csv[] =
    "Invoice #|Invoice Date|Job #|Customer Name|Business Unit|Sold By|Invoice Type|Total|Balance|Payments";
static const char invoices_api[] =
    "id|syncStatus|referenceNumber|invoiceDate|dueDate|subTotal|salesTax|salesTaxCode|total|balance|invoiceType.id|"
    "invoiceType.name|customer.id|customer.name|businessUnit.id|businessUnit.name|createdBy|createdOn|modifiedOn|job."
    "id|"
    "job.number|employeeInfo|sentStatus|reviewStatus|items|active|discountTotal|paidOn";
static const char estimates_csv[] =
    "Estimate ID|Estimate Name|Job #|Estimate Status|Creation Date|Sold On|Sold By|Estimates Subtotal|Business Unit";
static const char opportunity_csv[] = "Job #|Lead Type|Total Estimates|Estimate #|Opportunity Date|Estimate Sold "
                                      "Date|Job\xE2\x80\x99s Business Unit|Customer Name|Sold By|Estimate "
                                      "Subtotal|Sales Opportunity|Closed";
static const char estimates_api[] = "id|jobId|jobNumber|name|status.value|status.name|reviewStatus|summary|createdOn|"
                                    "modifiedOn|soldOn|soldBy|active|items|subtotal|tax|businessUnitId|"
                                    "businessUnitName|isRecommended|isChangeOrder";
static const char calls_csv[] = "Call ID|Call Date|Agent|Direction|Call Type|Duration|Campaign|Job #";
static const char calls_wrapped[] =
    "id|jobNumber|projectId|businessUnit.id|businessUnit.name|businessUnit.officialName|businessUnit.email|"
    "businessUnit.address.street|businessUnit.tenant.name|type|leadCall.id|leadCall.receivedOn|leadCall.duration|"
    "leadCall.from|leadCall.to|leadCall.direction|leadCall.callType|leadCall.reason|leadCall.recordingUrl|"
    "leadCall.customer.id|leadCall.customer.name|leadCall.agent.id|leadCall.agent.name|leadCall.createdBy|"
    "leadCall.createdOn|leadCall.modifiedOn|leadCall.active|leadCall.campaign.id|leadCall.campaign.name";
static const char calls_flat[] = "id|duration|from|to|direction|status|type|recordingUrl|createdOn|modifiedOn|reason|"
                                 "customer|campaign.id|campaign.name|job.id|job.number|agent.id|agent.name|createdBy|"
                                 "excuseMemo|tag|active|lead";

static void auto_tells_the_types_apart(void **state) {
    (void)state;
    static const struct {
        enum input_shape shape;
        const char *labels, *schema;
    } cases[] = {
        {SHAPE_CSV, jobs_csv, "jobs"},
        {SHAPE_CSV, "Job #|Primary Technician|Completion Date|Jobs Subtotal|Status", "jobs"},
        {SHAPE_REPORT, jobs_report, "jobs"},
        {SHAPE_LIST, jobs_api, "jobs"},
        {SHAPE_LINES, jobs_csv, "jobs"},
        {SHAPE_CSV, costing_csv, "report-job-costing"},
        {SHAPE_REPORT, costing_api, "report-job-costing"},
        {SHAPE_CSV, invoices_csv, "invoices"},
        {SHAPE_EXPORT, invoices_api, "invoices"},
        {SHAPE_CSV, estimates_csv, "estimates"},
        {SHAPE_CSV, opportunity_csv, "report-sales-opportunities"},
        {SHAPE_ARRAY, estimates_api, "estimates"},
        {SHAPE_CSV, calls_csv, "calls"},
        {SHAPE_LIST, calls_wrapped, "calls"},
        {SHAPE_EXPORT, calls_flat, "calls"},
    };
    for (size_t index = 0; index < sizeof cases / sizeof *cases; index++) {
        struct made_facts made;
        struct schema *schema = NULL;
        struct error error = {0};
        make(&made, cases[index].shape, cases[index].labels);
        if (!schema_choose(&made.facts, NULL, NULL, &schema, &error)) fail_msg("case %zu: %s", index, error.message);
        assert_string_equal(schema->name, cases[index].schema);
        assert_in_range(bind_score(schema, &made.facts), 700, 1000);
        schema_free(schema);
    }
}

static void auto_refuses_what_it_does_not_know(void **state) {
    (void)state;
    struct made_facts made;
    struct schema *schema = NULL;
    struct error error = {0};
    assert_false(schema_choose(make(&made, SHAPE_CSV, "Colour|Size|Weight"), NULL, NULL, &schema, &error));
    assert_int_equal(error.code, EXIT_WRONG_USE);
    assert_non_null(strstr(error.message, "export: no schema fits the columns well enough. Nearest are "));
    assert_non_null(strstr(error.fix, "--schema "));
    assert_null(schema);
    error_free(&error);
}

/* The built-in schema jobs as a file of a folder. */
static void copy_jobs(const char *path) {
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    for (size_t index = 0; index < embedded_schema_count; index++)
        if (strcmp(embedded_schemas[index].name, "jobs") == 0)
            fwrite(embedded_schemas[index].text, 1, embedded_schemas[index].length, stream);
    fclose(stream);
}

/* Of equals a schema of the user's own goes before a built-in one; of two of the user's own neither is better. */
static void auto_refuses_two_equals(void **state) {
    (void)state;
    char folder[] = "/tmp/st2plecto-bind-XXXXXX", path[64], other[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/jobs-copy.json", folder);
    snprintf(other, sizeof other, "%s/jobs-other.json", folder);
    copy_jobs(path);

    struct made_facts made;
    struct schema *schema = NULL, *own = NULL;
    struct error error = {0};
    bool own_chosen = schema_choose(make(&made, SHAPE_CSV, jobs_csv), folder, NULL, &own, &error);
    copy_jobs(other);
    bool chosen = schema_choose(make(&made, SHAPE_CSV, jobs_csv), folder, NULL, &schema, &error);
    bool found = schema_load("jobs-copy", folder, &schema, &error);
    unlink(path);
    unlink(other);
    rmdir(folder);
    assert_true(own_chosen);
    assert_non_null(strstr(own->file, "jobs-copy.json"));
    assert_false(chosen);
    assert_string_equal(error.message,
                        "export: these schemas fit the columns equally well: jobs-copy, jobs-other and jobs");
    assert_true(found);
    assert_string_equal(schema->name, "jobs");
    schema_free(schema);
    schema_free(own);
    error_free(&error);
}

/* What is known of a schema's text is never less than its score: none that fits is left unloaded. */
static void no_likely_score_is_too_small(void **state) {
    (void)state;
    static const struct {
        enum input_shape shape;
        const char *labels;
    } files[] = {
        {SHAPE_CSV, jobs_csv},       {SHAPE_LIST, jobs_api},      {SHAPE_LINES, jobs_csv},
        {SHAPE_CSV, costing_csv},    {SHAPE_REPORT, costing_api}, {SHAPE_CSV, invoices_csv},
        {SHAPE_EXPORT, invoices_api}, {SHAPE_CSV, estimates_csv}, {SHAPE_CSV, opportunity_csv},
        {SHAPE_ARRAY, estimates_api}, {SHAPE_CSV, calls_csv},     {SHAPE_LIST, calls_wrapped},
        {SHAPE_EXPORT, calls_flat},  {SHAPE_CSV, calls_flat},     {SHAPE_CSV, "Colour|Size|Weight"},
        {SHAPE_CSV, "id|job_number|completed_on|sold_by_id|total"},
    };
    for (size_t file = 0; file < sizeof files / sizeof *files; file++) {
        struct made_facts made;
        make(&made, files[file].shape, files[file].labels);
        struct likely *likely = likely_create(&made.facts);
        for (size_t i = 0; i < embedded_schema_count; i++) {
            struct schema *schema = NULL;
            struct error error = {0};
            assert_true(schema_load(embedded_schemas[i].name, NULL, &schema, &error));
            int most = likely_score(likely, view_from(embedded_schemas[i].text, embedded_schemas[i].length));
            if (bind_score(schema, &made.facts) > most)
                fail_msg("file %zu, %s: %d > %d", file, schema->name, bind_score(schema, &made.facts), most);
            schema_free(schema);
        }
        likely_free(likely);
    }
}

/* A schema and facts, bound. */
struct bound {
    struct schema *schema;
    struct made_facts made;
    struct binding *binding;
};

static void bind_or_fail(struct bound *bound, const char *schema, enum input_shape shape, const char *labels) {
    struct error error = {0};
    if (!schema_load(schema, NULL, &bound->schema, &error) ||
        !bind_columns(bound->schema, make(&bound->made, shape, labels), NULL, &bound->binding, &error))
        fail_msg("%s", error.message);
}

static void bound_free(struct bound *bound) {
    binding_free(bound->binding);
    schema_free(bound->schema);
}

static const char *name_of(const struct bound *bound, size_t field) {
    return field == SIZE_MAX ? "-" : bound->schema->fields[field].name;
}

static void roles_find_their_columns(void **state) {
    (void)state;
    static const struct {
        const char *schema;
        enum input_shape shape;
        const char *labels, *id, *date, *person_id, *person_name, *active;
        size_t people;
    } cases[] = {
        {"jobs", SHAPE_CSV, jobs_csv, "Job #", "Completion Date", "-", "Primary Technician", "Active", 1},
        {"jobs", SHAPE_CSV, "Job ID|Job #|Sold By|Booked By|Created On", "Job ID", "Created Date", "-", "Sold By", "-",
         1},
        {"jobs", SHAPE_LIST, jobs_api, "Job ID", "Completion Date", "Sold By ID", "-", "-", 1},
        {"invoices", SHAPE_CSV, invoices_csv, "Invoice #", "Invoice Date", "-", "Sold By", "-", 1},
        {"invoices", SHAPE_LIST, invoices_api, "Invoice ID", "Invoice Date", "Employee ID", "Sold By", "Active", 1},
        {"estimates", SHAPE_CSV, estimates_csv, "Estimate ID", "Creation Date", "-", "Sold By", "-", 1},
        {"estimates", SHAPE_CSV, opportunity_csv, "Estimate ID", "Opportunity Date", "-", "Sold By", "-", 1},
        {"estimates", SHAPE_LIST, estimates_api, "Estimate ID", "Creation Date", "Sold By ID", "-", "Active", 1},
        {"calls", SHAPE_CSV, calls_csv, "Call ID", "Call Date", "-", "Agent", "-", 1},
        {"calls", SHAPE_LIST, calls_wrapped, "Call ID", "Call Date", "Agent ID", "Agent", "Active", 2},
        {"calls", SHAPE_EXPORT, calls_flat, "Call ID", "Call Date", "Agent ID", "Agent", "Active", 2},
        {"report-job-costing", SHAPE_CSV, costing_csv, "Job #", "Scheduled Date", "-", "Primary Technician", "-", 1},
        {"report-job-costing", SHAPE_REPORT, costing_api, "Job #", "Scheduled Date", "-", "Primary Technician", "-", 1},
    };
    for (size_t index = 0; index < sizeof cases / sizeof *cases; index++) {
        struct bound bound;
        bind_or_fail(&bound, cases[index].schema, cases[index].shape, cases[index].labels);
        const struct binding *binding = bound.binding;
        print_message("case %zu: %s\n", index, cases[index].schema);
        assert_int_equal(binding->id_part_count, 1);
        assert_string_equal(name_of(&bound, binding->id_parts[0].source.index), cases[index].id);
        assert_string_equal(binding->id_parts[0].literal, "");
        assert_int_equal(binding->date_count, 1);
        assert_string_equal(name_of(&bound, binding->dates[0]), cases[index].date);
        assert_int_equal(binding->person_count, cases[index].people);
        const struct person_source *person = &binding->people[0];
        assert_string_equal(!ref_is_there(person->id_cell) ? "-" : name_of(&bound, person->id_field),
                            cases[index].person_id);
        assert_string_equal(!ref_is_there(person->name_cell) ? "-" : name_of(&bound, person->name_field),
                            cases[index].person_name);
        assert_string_equal(name_of(&bound, binding->active_field), cases[index].active);
        bound_free(&bound);
    }
}

/* The path that the cell of a field is read from, or "-". */
static struct view path_of(const struct bound *bound, const char *name) {
    size_t field = schema_find_field(bound->schema, view_of(name));
    struct cell_ref cell = bound->binding->cell_of_field[field];
    return cell.kind == REF_CELL ? bound->binding->paths[cell.index] : view_of("-");
}

#define ASSERT_PATH(bound, name, path) assert_true(view_is(path_of(bound, name), path))

static void calls_have_two_shapes(void **state) {
    (void)state;
    struct bound bound;
    bind_or_fail(&bound, "calls", SHAPE_LIST, calls_wrapped);
    assert_int_equal(bound.binding->shape, 0);
    ASSERT_PATH(&bound, "Call ID", "leadCall.id");
    ASSERT_PATH(&bound, "Booked Job ID", "id");
    ASSERT_PATH(&bound, "Call Date", "leadCall.receivedOn");
    ASSERT_PATH(&bound, "Call Type", "leadCall.callType");
    ASSERT_PATH(&bound, "Job Type", "type.name");
    ASSERT_PATH(&bound, "Telephone State", "-");
    bound_free(&bound);

    bind_or_fail(&bound, "calls", SHAPE_EXPORT, calls_flat);
    assert_int_equal(bound.binding->shape, 1);
    ASSERT_PATH(&bound, "Call ID", "id");
    ASSERT_PATH(&bound, "Booked Job ID", "job.id");
    ASSERT_PATH(&bound, "Call Date", "createdOn");
    ASSERT_PATH(&bound, "Call Type", "type");
    ASSERT_PATH(&bound, "Telephone State", "status");
    ASSERT_PATH(&bound, "Job Type", "-");
    assert_int_equal(bound.binding->unknown_count, 0);
    bound_free(&bound);
}

static void csv_cells_are_columns(void **state) {
    (void)state;
    struct bound bound;
    bind_or_fail(&bound, "jobs", SHAPE_CSV,
                 "Mystery|JOB NUMBER|Completed On|Primary technician|Completion Date||Total (2)");
    const struct cell_ref *cells = bound.binding->cell_of_field;
    assert_true(ref_is_cell(cells[schema_find_field(bound.schema, view_of("Job #"))], 1));
    assert_true(ref_is_cell(cells[schema_find_field(bound.schema, view_of("Primary Technician"))], 3));
    /* two labels for one field: the field's own name wins, the alias is unknown */
    assert_true(ref_is_cell(cells[schema_find_field(bound.schema, view_of("Completion Date"))], 4));
    assert_false(ref_is_there(cells[schema_find_field(bound.schema, view_of("Job ID"))]));
    assert_int_equal(bound.binding->unknown_count, 3);
    assert_true(view_is(bound.binding->unknown_columns[0], "Mystery"));
    assert_true(view_is(bound.binding->unknown_columns[1], "Completed On"));
    assert_true(view_is(bound.binding->unknown_columns[2], "Total (2)"));
    assert_null(bound.binding->paths);
    bound_free(&bound);
}

static void objects_with_labels_as_keys_bind_too(void **state) {
    (void)state;
    struct bound bound;
    bind_or_fail(&bound, "jobs", SHAPE_LINES, jobs_csv);
    ASSERT_PATH(&bound, "Job #", "Job #");
    ASSERT_PATH(&bound, "Primary Technician", "Primary Technician");
    ASSERT_PATH(&bound, "Job ID", "id"); /* not seen, but asked for */
    assert_string_equal(name_of(&bound, bound.binding->id_parts[0].source.index), "Job #");
    bound_free(&bound);
}

static void the_date_can_be_chosen(void **state) {
    (void)state;
    struct made_facts made;
    struct schema *schema = NULL;
    struct binding *binding = NULL;
    struct error error = {0};
    make(&made, SHAPE_CSV, jobs_csv);
    assert_true(schema_load("jobs", NULL, &schema, &error));
    assert_true(
        bind_columns(schema, &made.facts, &(struct bind_options){.date_field = "created date"}, &binding, &error));
    assert_int_equal(binding->date_count, 1);
    assert_string_equal(schema->fields[binding->dates[0]].name, "Created Date");
    binding_free(binding);
    assert_true(bind_columns(schema, &made.facts, &(struct bind_options){.date_field = "createdOn"}, &binding, &error));
    assert_string_equal(schema->fields[binding->dates[0]].name, "Created Date");
    binding_free(binding);

    static const struct {
        const char *date, *message;
    } cases[] = {
        {"Creatd Date", "--date Creatd Date: schema jobs has no field of that name; did you mean \"Created Date\"?"},
        {"Status", "--date Status: the field \"Status\" of schema jobs is not a date"},
        {"Hold Date", "--date Hold Date: export has no column for the field \"Hold Date\""},
    };
    for (size_t index = 0; index < sizeof cases / sizeof *cases; index++) {
        struct bind_options options = {.date_field = cases[index].date};
        assert_false(bind_columns(schema, &made.facts, &options, &binding, &error));
        assert_null(binding);
        assert_int_equal(error.code, EXIT_WRONG_USE);
        assert_string_equal(error.message, cases[index].message);
        assert_string_equal(error.fix, "Dates in this file: \"Completion Date\", \"Created Date\"");
    }
    error_free(&error);
    schema_free(schema);
}

static void missing_roles_are_left_empty_and_explained(void **state) {
    (void)state;
    struct bound bound;
    bind_or_fail(&bound, "jobs", SHAPE_CSV, "Job Nr|Prim. Technician|Status");
    assert_int_equal(bound.binding->id_part_count, 0);
    assert_int_equal(bound.binding->date_count, 0);
    assert_int_equal(bound.binding->person_count, 0);
    static const struct {
        enum field_role role;
        const char *text;
    } cases[] = {
        {ROLE_ID,
         "schema jobs needs one of \"Job ID\", \"Job #\"; nearest in the file is \"Job Nr\": If the column "
         "was renamed, add \"Job Nr\" to the aliases of \"Job ID\" in line 17 of a copy (st2plecto schema show "
         "jobs > my-jobs.json)"},
        {ROLE_EMPLOYEE,
         "schema jobs needs one of \"Primary Technician\", \"Assigned Technicians\", \"Sold By\", \"Sold By ID\", "
         "\"Booked By\", \"Dispatched By\", \"Lead Generated By\", \"Lead Generated From Source (Technician)\"; "
         "nearest in the file is \"Prim. Technician\": If the column was renamed, add \"Prim. Technician\" to the "
         "aliases of "
         "\"Primary Technician\" in line 19 of a copy (st2plecto schema show jobs > my-jobs.json)"},
        {ROLE_DATE, "schema jobs needs one of \"Completion Date\", \"Created Date\"; the file has \"Job Nr\", \"Prim. "
                    "Technician\", \"Status\""},
    };
    for (size_t index = 0; index < sizeof cases / sizeof *cases; index++) {
        char *text = bind_missing(bound.schema, &bound.made.facts, cases[index].role);
        assert_string_equal(text, cases[index].text);
        free(text);
    }
    bound_free(&bound);
}

static const char items[] =
    "{\"name\": \"items\", \"plecto\": {\"id\": \"I-{Invoice #}:{Item Code}!\"}, \"fields\": [\n"
    "{\"name\": \"Invoice #\", \"type\": \"string\"}, {\"name\": \"Item Code\", \"type\": \"string\"},\n"
    "{\"name\": \"Invoice Date\", \"type\": \"date\", \"plecto\": {\"role\": \"date\"}},\n"
    "{\"name\": \"Service Date\", \"type\": \"date\", \"plecto\": {\"role\": \"date\", \"fallback\": true}}]}";

static void templates_have_parts(void **state) {
    (void)state;
    struct bound bound = {0};
    struct error error = {0};
    assert_true(schema_parse(view_of(items), "items.json", &bound.schema, &error));
    make(&bound.made, SHAPE_CSV, "Invoice Number|Item code|Invoice Date|Service date");
    assert_true(bind_columns(bound.schema, &bound.made.facts, NULL, &bound.binding, &error));
    const struct id_part *parts = bound.binding->id_parts;
    assert_int_equal(bound.binding->id_part_count, 3);
    assert_string_equal(parts[0].literal, "I-");
    assert_string_equal(name_of(&bound, parts[0].source.index), "Invoice #");
    assert_string_equal(parts[1].literal, ":");
    assert_string_equal(name_of(&bound, parts[1].source.index), "Item Code");
    assert_string_equal(parts[2].literal, "!");
    assert_int_equal(parts[2].source.kind, REF_END);
    assert_int_equal(bound.binding->date_count, 2); /* the second says it is a fallback */
    binding_free(bound.binding);

    make(&bound.made, SHAPE_CSV, "Invoice Number|Invoice Date");
    assert_true(bind_columns(bound.schema, &bound.made.facts, NULL, &bound.binding, &error));
    assert_int_equal(bound.binding->id_part_count, 0);
    char *text = bind_missing(bound.schema, &bound.made.facts, ROLE_ID);
    assert_string_equal(text,
                        "schema items needs \"Item Code\"; the file has \"Invoice Number\", \"Invoice Date\"");
    free(text);
    bound_free(&bound);
}

static const char derived[] =
    "{\"$schema\": \"report.schema.json\", \"name\": \"days\", \"description\": \"Days.\",\n"
    "\"plecto\": {\"title\": \"ServiceTitan days\", \"date\": \"period\", \"id\": \"{period}:{employee}:{Net}\",\n"
    "\"signature\": [\"Gross\"]},\n"
    "\"fields\": [{\"name\": \"Technician\", \"type\": \"string\", \"plecto\": {\"role\": \"employee-name\"}},\n"
    "{\"name\": \"Gross\", \"type\": \"number\"}, {\"name\": \"Tax\", \"type\": \"number\"},\n"
    "{\"name\": \"Net\", \"type\": \"number\", \"plecto\": {\"derive\": {\"subtract\": [\"Gross\", \"Tax\"]}}}]}";

/* A piece that is no field, and a cell that no column has, each is of a kind of its own: neither is an index. */
static void what_is_no_column_has_no_index(void **state) {
    (void)state;
    struct bound bound = {0};
    struct error error = {0};
    assert_true(schema_parse(view_of(derived), "days.json", &bound.schema, &error));
    make(&bound.made, SHAPE_CSV, "Gross|Tax|Technician");
    struct bind_options options = {.has_period = true};
    assert_true(bind_columns(bound.schema, &bound.made.facts, &options, &bound.binding, &error));
    const struct id_part *parts = bound.binding->id_parts;
    assert_int_equal(bound.binding->id_part_count, 3);
    assert_int_equal(parts[0].source.kind, REF_PERIOD);
    assert_int_equal(parts[1].source.kind, REF_EMPLOYEE);
    assert_int_equal(parts[2].source.kind, REF_FIELD);
    assert_string_equal(name_of(&bound, parts[2].source.index), "Net");
    const struct cell_ref *cells = bound.binding->cell_of_field;
    struct cell_ref net = cells[schema_find_field(bound.schema, view_of("Net"))];
    assert_int_equal(net.kind, REF_COMPUTED);
    assert_int_equal(net.index, 0);
    assert_false(ref_is_cell(net, 0));
    assert_true(ref_is_cell(cells[schema_find_field(bound.schema, view_of("Gross"))], 0));
    bound_free(&bound);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(auto_tells_the_types_apart),
        cmocka_unit_test(auto_refuses_what_it_does_not_know),
        cmocka_unit_test(auto_refuses_two_equals),
        cmocka_unit_test(no_likely_score_is_too_small),
        cmocka_unit_test(roles_find_their_columns),
        cmocka_unit_test(calls_have_two_shapes),
        cmocka_unit_test(csv_cells_are_columns),
        cmocka_unit_test(what_is_no_column_has_no_index),
        cmocka_unit_test(objects_with_labels_as_keys_bind_too),
        cmocka_unit_test(the_date_can_be_chosen),
        cmocka_unit_test(missing_roles_are_left_empty_and_explained),
        cmocka_unit_test(templates_have_parts),
    };
    return cmocka_run_group_tests_name("bind", tests, NULL, NULL);
}
