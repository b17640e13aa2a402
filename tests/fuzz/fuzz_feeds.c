/* fuzz_feeds.c: the feeds of st2plecto.json: each has a name, a schema and an output, and no two share one. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fuzz/fuzz.h"
#include "routine/feeds.h"

static void check(const struct routine *routine) {
    for (size_t i = 0; i < routine->count; i++) {
        const struct feed *feed = &routine->feeds[i];
        fuzz_require(feed->name && *feed->name && feed->schema && feed->output, "feed %zu lacks something", i);
        fuzz_require(routine_find(routine, feed->name) == feed, "two feeds of the name %s", feed->name);
        for (size_t k = 0; k < i; k++)
            fuzz_require(strcmp(feed->output, routine->feeds[k].output) != 0, "two feeds into %s", feed->output);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = memory_copy(fuzz_view(data, size));
    cJSON *json = cJSON_Parse(text);
    if (cJSON_IsObject(json)) {
        struct routine routine = {0};
        struct error error = {0};
        if (routine_read(json, "st2plecto.json:1", &routine, &error))
            check(&routine);
        else
            fuzz_check_error(&error);
        routine_free(&routine);
    }
    cJSON_Delete(json);
    free(text);
    return 0;
}
