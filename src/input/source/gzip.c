/* gzip.c: gzip members, one behind the other, unpacked by zlib, which checks CRC and length of each.
 *
 * Behind the last member only zero bytes may follow (padding of tapes and block devices, as gzip itself allows);
 * anything else would be data we silently lose. */
#include "input/source/gzip.h"

#include <stdlib.h>

#include "base/memory.h"
#include "late_z.h"

#define RATIO_FREE (64ull << 20) /* up to here it may be packed as tightly as it likes */

struct source_gzip {
    struct source_raw *raw;
    z_stream stream;
    unsigned max_ratio;
    uint64_t unpacked; /* bytes so far */
    bool in_member;    /* begun and not yet ended */
    bool at_end;
};

/* inflateInit fails only for want of memory or a wrong zlib: both are the end of the program's hopes, so the first
 * inflate reports it. */
static void begin(struct source_gzip *gzip) {
    gzip->stream = (z_stream){0};
    inflateInit2(&gzip->stream, 15 + 16); /* 15: largest window; 16: gzip wrapping only */
    gzip->in_member = true;
    gzip->at_end = false;
    gzip->unpacked = 0;
}

struct source_gzip *source_gzip_create(struct source_raw *raw, unsigned max_ratio, struct error *error) {
    if (!late_z_open(error)) return NULL;
    struct source_gzip *gzip = memory_get_zero(1, sizeof *gzip);
    gzip->raw = raw;
    gzip->max_ratio = max_ratio;
    begin(gzip);
    return gzip;
}

void source_gzip_destroy(struct source_gzip *gzip) {
    if (!gzip) return;
    inflateEnd(&gzip->stream);
    free(gzip);
}

void source_gzip_rewind(struct source_gzip *gzip) {
    inflateEnd(&gzip->stream);
    begin(gzip);
}

/* The stored byte that is looked at, from 0. */
static unsigned long long byte_now(const struct source_gzip *gzip) {
    return (unsigned long long)(gzip->raw->count - (gzip->raw->end - gzip->raw->start));
}

static bool damaged(const struct source_gzip *gzip, struct error *error) {
    const char *reason = gzip->stream.msg ? gzip->stream.msg : "not a gzip stream";
    error_set(error, EXIT_CANNOT_READ, "%s: the gzip data is damaged at byte %llu: %s", gzip->raw->name, byte_now(gzip),
              reason);
    error_fix(error, "Copy or download the file again. To test it:\ngzip -t {file}");
    return error_fix_file(error, gzip->raw->name);
}

static bool cut_off(const struct source_gzip *gzip, struct error *error) {
    error_set(error, EXIT_CANNOT_READ, "%s: the gzip data is cut off at byte %llu, and the rest of the file is missing",
              gzip->raw->name, byte_now(gzip));
    error_fix(error, "Copy or download the file again. To test it:\ngzip -t {file}");
    return error_fix_file(error, gzip->raw->name);
}

static bool check_ratio(const struct source_gzip *gzip, struct error *error) {
    if (gzip->unpacked <= RATIO_FREE || gzip->unpacked / gzip->max_ratio <= byte_now(gzip)) return true;
    error_set(error, EXIT_CANNOT_READ,
              "%s: %llu bytes of it unpack to %llu, more than %u times as much, which is refused", gzip->raw->name,
              byte_now(gzip), (unsigned long long)gzip->unpacked, gzip->max_ratio);
    return error_fix(error,
                     "Exports do not pack so tightly, but gzip bombs do. If this is an export, add --max-ratio.");
}

/* Behind a member: nothing, padding, or the next member. */
static bool next_member(struct source_gzip *gzip, struct error *error) {
    struct source_raw *raw = gzip->raw;
    for (;;) {
        if (raw->start == raw->end && !source_raw_fill(raw, error)) return false;
        if (raw->start == raw->end) {
            gzip->at_end = true;
            return true;
        }
        if (raw->buffer[raw->start] != 0) break;
        raw->start++;
    }
    if ((unsigned char)raw->buffer[raw->start] != 0x1f) {
        error_set(error, EXIT_CANNOT_READ, "%s: something else follows the gzip data at byte %llu", raw->name,
                  byte_now(gzip));
        return error_fix(error, "Unpack the file and look at its end. Nothing of it was used.");
    }
    inflateReset(&gzip->stream);
    gzip->in_member = true;
    return true;
}

/* One call of zlib on what is ahead. */
static int inflate_ahead(struct source_gzip *gzip, char *to, size_t room, size_t *got) {
    struct source_raw *raw = gzip->raw;
    size_t limit = 1u << 30; /* zlib counts in unsigned int */
    uInt out = (uInt)(room < limit ? room : limit);
    gzip->stream.next_in = (Bytef *)raw->buffer + raw->start;
    gzip->stream.avail_in = (uInt)(raw->end - raw->start);
    gzip->stream.next_out = (Bytef *)to;
    gzip->stream.avail_out = out;
    int state = inflate(&gzip->stream, Z_NO_FLUSH);
    raw->start = raw->end - gzip->stream.avail_in;
    *got = out - gzip->stream.avail_out;
    return state;
}

bool source_gzip_take(struct source_gzip *gzip, char *to, size_t room, size_t *got, struct error *error) {
    struct source_raw *raw = gzip->raw;
    *got = 0;
    while (*got == 0 && !gzip->at_end && room > 0) {
        if (!gzip->in_member) {
            if (!next_member(gzip, error)) return false;
            continue;
        }
        if (raw->start == raw->end) {
            if (!source_raw_fill(raw, error)) return false;
            if (raw->start == raw->end) return cut_off(gzip, error);
        }
        int state = inflate_ahead(gzip, to, room, got);
        if (state == Z_STREAM_END)
            gzip->in_member = false;
        else if (state != Z_OK && !(state == Z_BUF_ERROR && raw->start == raw->end))
            return damaged(gzip, error);
        gzip->unpacked += *got;
        if (!check_ratio(gzip, error)) return false;
    }
    return true;
}
