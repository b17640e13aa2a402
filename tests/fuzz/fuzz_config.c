/* fuzz_config.c: st2plecto.json: settings of the top and of a data type. */
#include "cli/config.h"
#include "fuzz/fuzz.h"

static bool take(void *context, const char *option, const char *value, struct error *error) {
    (void)error;
    fuzz_require(option && *option && value, "a setting without name or value");
    ++*(size_t *)context;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct config *config = NULL;
    struct error error = {0};
    size_t count = 0;
    if (!config_open(fuzz_file(0, fuzz_view(data, size)), &config, &error)) {
        fuzz_check_error(&error);
    } else {
        fuzz_require(config != NULL, "no configuration, and no error");
        if (!config_apply(config, NULL, take, &count, &error)) fuzz_check_error(&error);
        if (!config_apply(config, "jobs", take, &count, &error)) fuzz_check_error(&error);
    }
    config_free(config);
    return 0;
}
