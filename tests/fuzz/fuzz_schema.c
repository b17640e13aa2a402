/* fuzz_schema.c: schema files: loaded, looked at by lint, and tried on the columns of an export. */
#include "fuzz/fuzz.h"
#include "schema/bind.h"

static void check_bind(const struct schema *schema) {
    static const struct input_column columns[] = {
        {{"Job #", 5}, {"Job #", 5}, false},         {{"Total", 5}, {"Total", 5}, false},
        {{"Date", 4}, {"Date", 4}, false},           {{"Technician", 10}, {"Technician", 10}, false},
        {{"items[].id", 10}, {"items[].id", 10}, 0}, {{"employee.name", 13}, {"employee.name", 13}, 0}};
    struct input_facts facts = {
        .path = "export", .group_column = SIZE_MAX, .column_count = sizeof columns / sizeof *columns};
    struct bind_options options = {.has_period = true};
    memcpy(&facts.columns, &(const void *){columns}, sizeof facts.columns); /* never written to */
    for (int round = 0; round < 2; round++) {
        facts.shape = round == 0 ? SHAPE_CSV : SHAPE_LIST;
        int score = bind_score(schema, &facts);
        fuzz_require(score >= 0 && score <= 1000, "score %d", score);
        struct error error = {0};
        struct binding *binding = NULL;
        if (!bind_columns(schema, &facts, &options, &binding, &error)) fuzz_check_error(&error);
        binding_free(binding);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct view text = fuzz_view(data, size);
    struct schema *schema = NULL;
    struct error error = {0};
    struct buffer findings = {0};
    size_t wrong = schema_lint(text, "x.json", &findings);
    bool is_fine = schema_parse(text, "x.json", &schema, &error);
    fuzz_require(is_fine == (wrong == 0), "schema lint finds %zu errors, but the schema is %s: %.*s", wrong,
                 is_fine ? "loaded" : "refused", VIEW_ARGS(buffer_view(&findings)));
    if (is_fine) {
        fuzz_require(schema->field_count > 0 && schema->shape_count > 0, "a schema without fields");
        check_bind(schema);
    } else {
        fuzz_check_error(&error);
    }
    schema_free(schema);
    buffer_free(&findings);
    return 0;
}
