/* fuzz_line.c: a registration as a folder, the journal or Plecto has it: what is sent is JSON, has the data source asked for,
 * and is read as the same registration. */
#include "base/arena.h"
#include "base/json_scan.h"
#include "fuzz/fuzz.h"
#include "upload/line.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char source[] = "0f0e0d0c0b0a09080706050403020100";
    struct view bytes = fuzz_view(data, size), value;
    struct arena *arena = arena_create(4096);
    struct buffer sent = {0};
    struct line line, again;
    if (line_read(bytes, arena, &line)) {
        struct json_scan scan;
        struct view day = line_day(&line);
        fuzz_require(line.external_id.length > 0 && line.date.length > 0, "a registration without ID or date");
        fuzz_require(day.length == 0 || day.length == 10, "a day of %zu bytes", day.length);
        line_has_offset(&line);
        line_person(&line);
        if (line_field(bytes, bytes, &value))
            fuzz_require(value.text >= bytes.text && value.text + value.length <= bytes.text + bytes.length,
                         "a value outside of the line");
        line_add_sent(&sent, &line, source);
        fuzz_require(json_scan_all(&scan, buffer_view(&sent)), "no JSON is sent: %s", scan.fault);
        fuzz_require(line_read(buffer_view(&sent), arena, &again), "what is sent is no registration");
        fuzz_require_same(line.external_id, again.external_id, "sent with another ID");
        fuzz_require_same(line.date, again.date, "sent with another date");
    }
    buffer_free(&sent);
    arena_destroy(arena);
    return 0;
}
