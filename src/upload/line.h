/* line.h: one registration as it is sent: a line of registrations.jsonl, or what the journal remembers of one. */
#ifndef UPLOAD_LINE_H
#define UPLOAD_LINE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"

#define LINE_HASH 32

struct line {
    struct view text; /* the object, without line end */
    /* What the keys that every registration has say, unescaped; empty if not there. */
    struct view data_source, external_id, date, provider, member_id, member_name;
};

/* Reads `text`, which must outlive the line; unescaped texts come from `arena`. False if it is no JSON object, or lacks
 * external ID, date or member. */
bool line_read(struct view text, struct arena *arena, struct line *line);
/* The day of its date (YYYY-MM-DD), or an empty view. */
struct view line_day(const struct line *line);
/* Whether its date says which time in the world it is: Z, or an offset from UTC. */
bool line_has_offset(const struct line *line);
/* The name, or where there is none the ID. */
struct view line_person(const struct line *line);

/* Whether a raw key is one that every registration has, and not a field of the data source. */
bool line_is_common_key(struct view key);
/* The raw value of the field whose key is this raw key, byte for byte; false if there is none. */
bool line_field(struct view line, struct view key, struct view *value);

/* Appends the object as it is sent to `data_source`: the very bytes of the line, with that key in front if the line has
 * none. Money keeps its digits. */
void line_add_sent(struct buffer *out, const struct line *line, const char *data_source);
/* Puts this data source in the place of the one that the object in `text` has, if it has one: what the journal remembers may
 * spell it otherwise. */
void line_drop_source(struct buffer *text, const char *data_source);
/* Whether it was sent as 0: it has numbers, and each is 0 as line_add_zeroed writes it. */
bool line_is_zeroed(struct view line);
/* SHA-256 of the bytes as sent: what tells changed from unchanged. `started` is a hash that was started once for all
 * (starting asks the processor what it can, which is slow on virtual machines); it is copied. */
void line_hash(const struct sha256 *started, struct view sent, unsigned char hash[LINE_HASH]);
/* Appends the object with each number 0: what --vanished zero sends. Texts, dates, yes and no stay. */
void line_add_zeroed(struct buffer *out, struct view line);

#endif
