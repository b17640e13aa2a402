/* source.c: the way from stored bytes to UTF-8: source_raw, then source_gzip if the content is gzip (with base/ahead
 * once it is known to be large), then the encoding.
 *
 * Plain UTF-8, the common case, goes from read() straight into the caller's room. Other encodings pass through
 * `stored` (bytes to decode) and `decoded` (text not yet taken). A peek puts text into `decoded` too, so that
 * reading takes it first. */
#include "input/source/source.h"

#include <stdlib.h>

#include "base/ahead.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "input/source/encoding.h"
#include "input/source/gzip.h"
#include "input/source/raw.h"

#define MARK_BYTES 12 /* at which byte order marks are looked for */
#define STORED_ROOM (64u << 10)
#define AHEAD_FROM (2u << 20) /* unpacked bytes from which on a thread for the rest pays */

struct source {
    struct source_raw raw;
    struct source_gzip *gzip; /* NULL if not compressed, or at rest */
    bool is_compressed;
    struct ahead *ahead;              /* unpacks it on a thread of its own, or NULL */
    struct source_workbook *workbook; /* NULL if it is none */
    char *sheet;                      /* asked for, or NULL */
    const char *name;                 /* raw.name; in `path` below unless standard input */
    char *path;
    char *asked; /* encoding asked for, or NULL */
    unsigned max_ratio;
    enum encoding encoding;
    size_t mark;                      /* bytes of byte order mark */
    char *stored;                     /* STORED_ROOM bytes: begin of the input, later bytes to decode */
    size_t stored_start, stored_stop; /* what of it is not yet used */
    uint64_t unpacked;                /* bytes taken from raw or gzip so far */
    bool stored_end;                  /* nothing comes behind `stored` */
    struct buffer decoded;
    size_t decoded_start;
};

static bool unpack_some(void *gzip, char *to, size_t room, size_t *got, struct error *error) {
    return source_gzip_take(gzip, to, room, got, error);
}

/* Bytes after gunzip. */
static bool take_bytes(struct source *source, char *to, size_t room, size_t *got, struct error *error) {
    if (source->gzip && !source->ahead && source->unpacked >= AHEAD_FROM)
        source->ahead = ahead_start(unpack_some, source->gzip);
    bool good = source->workbook ? source_workbook_take(source->workbook, to, room, got, error)
                : source->ahead  ? ahead_take(source->ahead, to, room, got, error)
                : source->gzip   ? source_gzip_take(source->gzip, to, room, got, error)
                                 : source_raw_take(&source->raw, to, room, got, error);
    if (good) source->unpacked += *got;
    return good;
}

static size_t stored_length(const struct source *source) {
    return source->stored_stop - source->stored_start;
}

/* Reads behind `stored` until it holds `needed` bytes or nothing comes. */
static bool fill_stored(struct source *source, size_t needed, struct error *error) {
    if (stored_length(source) >= needed) return true;
    memmove(source->stored, source->stored + source->stored_start, stored_length(source));
    source->stored_stop -= source->stored_start;
    source->stored_start = 0;
    while (source->stored_stop < needed && !source->stored_end) {
        size_t got;
        if (!take_bytes(source, source->stored + source->stored_stop, STORED_ROOM - source->stored_stop, &got, error))
            return false;
        source->stored_stop += got;
        source->stored_end = got == 0;
    }
    return true;
}

/* All stored bytes are read for their hash (and, from a pipe, for the copy that can seek), then the workbook is opened. */
static bool open_workbook(struct source *source, struct error *error) {
    struct source_raw *raw = &source->raw;
    char *piece = memory_get(STORED_ROOM);
    size_t got = 1;
    bool good = true;
    while (good && got > 0)
        good = source_raw_take(raw, piece, STORED_ROOM, &got, error);
    free(piece);
    source_raw_settle(raw);
    int descriptor = raw->spool >= 0 ? raw->spool : raw->file;
    uint64_t start = raw->spool >= 0 ? 0 : (uint64_t)raw->begin;
    return good && source_workbook_create(descriptor, start, source->name, source->sheet, source->max_ratio,
                                          &source->workbook, error);
}

/* Looks at the first stored bytes: a workbook, gzip or not, and how the text is encoded. */
static bool begin(struct source *source, struct error *error) {
    struct source_raw *raw = &source->raw;
    while (raw->end - raw->start < 4 && !raw->at_end) {
        if (!source_raw_fill(raw, error)) return false;
    }
    if (source_raw_ahead_is(raw, "PK\003\004") && !source->workbook && !open_workbook(source, error)) return false;
    const unsigned char *bytes = (const unsigned char *)raw->buffer + raw->start;
    bool gzip = raw->end - raw->start >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
    if (gzip && !source->gzip && !(source->gzip = source_gzip_create(raw, source->max_ratio, error))) return false;
    source->is_compressed = source->gzip != NULL;
    if (!fill_stored(source, MARK_BYTES, error)) return false;
    const char *asked = source->workbook ? NULL : source->asked; /* the sheet comes as UTF-8 */
    if (!encoding_detect(asked, source->stored, source->stored_stop, source->name, &source->encoding, &source->mark,
                         error))
        return false;
    source->stored_start = source->mark;
    return true;
}

bool source_open(const char *path, const struct source_options *options, struct source **source, struct error *error) {
    *source = NULL;
    const char *asked = options ? options->encoding : NULL;
    if (!encoding_check(asked, error)) return false;
    struct source *made = memory_get_zero(1, sizeof *made);
    made->path = memory_copy(view_of(path));
    made->name = view_is(view_of(path), "-") ? "<stdin>" : made->path;
    made->sheet = options && options->sheet ? memory_copy(view_of(options->sheet)) : NULL;
    made->asked = asked ? memory_copy(view_of(asked)) : NULL;
    made->stored = memory_get(STORED_ROOM);
    made->max_ratio = options && options->max_ratio > 0 ? options->max_ratio : SOURCE_RATIO;
    bool is_open = source_raw_open(&made->raw, path, made->name, error);
    made->raw.without_hash = options && options->without_hash;
    if (!is_open || !begin(made, error)) {
        source_close(made);
        return false;
    }
    *source = made;
    return true;
}

void source_close(struct source *source) {
    if (!source) return;
    source_workbook_destroy(source->workbook);
    ahead_stop(source->ahead);
    source_gzip_destroy(source->gzip);
    source_raw_close(&source->raw);
    buffer_free(&source->decoded);
    free(source->stored);
    free(source->asked);
    free(source->sheet);
    free(source->path);
    free(source);
}

/* UTF-8 as it is: what was read at the begin first, then straight through. */
static bool pass_through(struct source *source, char *to, size_t room, size_t *got, struct error *error) {
    size_t length = stored_length(source);
    if (length == 0) return take_bytes(source, to, room, got, error);
    *got = length < room ? length : room;
    memcpy(to, source->stored + source->stored_start, *got);
    source->stored_start += *got;
    return true;
}

/* Decodes the next piece behind `decoded`; `*more` false: nothing was left. */
static bool decode_some(struct source *source, bool *more, struct error *error) {
    size_t written = 0;
    *more = true;
    while (written == 0) {
        /* A whole surrogate pair, so that a cut one is met only at the end. */
        if (!fill_stored(source, STORED_ROOM / 2, error)) return false;
        size_t length = stored_length(source);
        if (length == 0) {
            *more = false;
            return true;
        }
        char *to = buffer_reserve(&source->decoded, length * ENCODING_GROWTH);
        size_t used = encoding_decode(source->encoding, source->stored + source->stored_start, length,
                                      source->stored_end, to, &written);
        source->decoded.length += written;
        source->stored_start += used;
        if (used == 0) {
            error_set(error, EXIT_CANNOT_READ, "%s: the UTF-16 text ends in half a character, at byte %llu",
                      source->name, (unsigned long long)source->unpacked - 1);
            return error_fix(error, "The file is cut off or not UTF-16. Export or copy it again.");
        }
    }
    return true;
}

/* Behind `decoded`, for a peek: the next piece in whatever encoding. */
static bool decode_ahead(struct source *source, size_t room, bool *more, struct error *error) {
    if (source->encoding > ENCODING_UTF8_BOM) return decode_some(source, more, error);
    size_t got;
    char *to = buffer_reserve(&source->decoded, room);
    if (!pass_through(source, to, room, &got, error)) return false;
    source->decoded.length += got;
    *more = got > 0;
    return true;
}

bool source_peek(struct source *source, size_t length, struct view *view, struct error *error) {
    bool more = true;
    while (source->decoded.length < length && more) {
        if (!decode_ahead(source, length - source->decoded.length, &more, error)) return false;
    }
    *view = buffer_view(&source->decoded);
    if (view->length > length) view->length = length;
    return true;
}

static bool read_some(struct source *source, char *to, size_t room, size_t *got, struct error *error) {
    size_t ahead = source->decoded.length - source->decoded_start;
    if (ahead == 0 && source->encoding <= ENCODING_UTF8_BOM) return pass_through(source, to, room, got, error);
    if (ahead == 0) {
        bool more;
        source->decoded.length = source->decoded_start = 0;
        if (!decode_some(source, &more, error)) return false;
        ahead = source->decoded.length;
    }
    *got = ahead < room ? ahead : room;
    if (*got > 0) memcpy(to, source->decoded.text + source->decoded_start, *got);
    source->decoded_start += *got;
    return true;
}

bool source_read(struct source *source, char *to, size_t room, size_t *got, struct error *error) {
    *got = 0;
    bool is_fine = read_some(source, to, room, got, error);
    if (is_fine && *got == 0) source_raw_settle(&source->raw); /* all was read: the hash is asked for, or kept at rest */
    return is_fine;
}

void source_hash_beside(struct source *source, struct sha256_waiting *waiting) {
    if (source->gzip || source->workbook) return; /* another thread may be at `raw` */
    source->raw.beside = waiting;
}

bool source_rest(struct source *source) {
    if (!source_raw_rest(&source->raw)) return false;
    if (source->workbook) source_workbook_rest(source->workbook);
    ahead_stop(source->ahead);
    source->ahead = NULL;
    source_gzip_destroy(source->gzip);
    source->gzip = NULL;
    buffer_free(&source->decoded);
    free(source->stored);
    source->stored = NULL;
    return true;
}

static bool wake(struct source *source, struct error *error) {
    if (source->stored) return true;
    if (!source_raw_wake(&source->raw, source->path, error)) return false;
    source->stored = memory_get(STORED_ROOM);
    const struct source_raw *raw = &source->raw;
    return !source->workbook || source_workbook_wake(source->workbook, raw->file, (uint64_t)raw->begin, source->name,
                                                     source->max_ratio, error);
}

bool source_rewind(struct source *source, struct error *error) {
    if (!wake(source, error)) return false;
    ahead_stop(source->ahead);
    source->ahead = NULL;
    bool good =
        source->workbook ? source_workbook_rewind(source->workbook, error) : source_raw_rewind(&source->raw, error);
    if (!good) return false;
    if (source->gzip) source_gzip_rewind(source->gzip);
    source->stored_start = source->stored_stop = 0;
    source->stored_end = false;
    source->unpacked = 0;
    source->decoded.length = source->decoded_start = 0;
    return begin(source, error);
}

const char *source_name(const struct source *source) {
    return source->name;
}

bool source_compressed(const struct source *source) {
    return source->is_compressed;
}

const char *source_encoding(const struct source *source) {
    return encoding_name(source->encoding);
}

const struct workbook_facts *source_workbook_facts(const struct source *source) {
    return source->workbook ? source_workbook_known(source->workbook) : NULL;
}

uint64_t source_bytes_raw(const struct source *source) {
    /* all stored bytes were read at the begin; what is shown is how far the sheet is */
    if (source->workbook) return source->raw.count * source_workbook_share(source->workbook) / 1000;
    return source->raw.count;
}

uint64_t source_size_raw(const struct source *source) {
    return source->raw.size;
}

void source_sha256(struct source *source, char hex[65]) {
    source_raw_sha256(&source->raw, hex);
}
