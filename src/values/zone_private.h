/* zone_private.h: what zone.c, zone_file.c and posix_rule.c share. */
#ifndef VALUES_ZONE_PRIVATE_H
#define VALUES_ZONE_PRIVATE_H

#include "base/view.h"
#include "values/zone.h"

/* When daylight saving begins or ends: Mm.w.d, Jn or n of the POSIX TZ form, and the second of that day. */
struct rule_day {
    char form;            /* 'M', 'J' or 'N' */
    int month, week, day; /* M: 1-12, 1-5, 0 = Sunday; J, N: day only */
    int seconds;
};

struct posix_rule {
    int standard, daylight; /* seconds east of UTC */
    bool has_daylight;
    struct rule_day begin, end;
};

struct zone {
    char *name;
    char *data; /* "2025b, system" */
    size_t count;
    int64_t *instants; /* transitions, ascending */
    int *offsets;      /* in force from that instant */
    int first_offset;  /* before the first transition */
    bool has_rule;
    struct posix_rule rule;
};

/* Reads a POSIX TZ text such as "CST6CDT,M3.2.0,M11.1.0" or "<+03>-3"; false if it is malformed. */
bool posix_rule_parse(struct view text, struct posix_rule *rule);
/* Offset at an instant by the rule alone. */
int posix_rule_offset(const struct posix_rule *rule, int64_t instant);
/* Fills a zone from the bytes of a TZif file (RFC 8536, versions 1 to 4); false if they are none. */
bool zone_read(struct view bytes, struct zone *zone);

#endif
