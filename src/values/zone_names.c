/* zone_names.c: see zone_names.h. Windows' names: Unicode CLDR, windowsZones.xml, of the countries where ServiceTitan is
 * sold. Abbreviations: those that North America and Oceania use. */
#include "values/zone_names.h"

#define MOST_NAMES 9

static const struct {
    const char *zone;
    const char *names[MOST_NAMES]; /* in lower case */
} zones[] = {
    {"America/New_York",
     {"et", "est", "edt", "eastern", "eastern time", "eastern standard time", "eastern daylight time",
      "eastern time (us & canada)", "est/edt"}},
    {"America/Chicago",
     {"ct", "cst", "cdt", "central", "central time", "central standard time", "central daylight time",
      "central time (us & canada)", "cst/cdt"}},
    {"America/Denver",
     {"mt", "mst", "mdt", "mountain", "mountain time", "mountain standard time", "mountain daylight time",
      "mountain time (us & canada)", "mst/mdt"}},
    {"America/Los_Angeles",
     {"pt", "pst", "pdt", "pacific", "pacific time", "pacific standard time", "pacific daylight time",
      "pacific time (us & canada)", "pst/pdt"}},
    {"America/Phoenix", {"az", "arizona", "arizona time", "us mountain standard time"}},
    {"America/Indiana/Indianapolis", {"indiana", "indiana (east)", "us eastern standard time"}},
    {"America/Anchorage", {"akt", "akst", "akdt", "alaska", "alaska time", "alaskan standard time"}},
    {"Pacific/Honolulu",
     {"hst", "hast", "hawaii", "hawaii time", "hawaiian standard time", "hawaii-aleutian standard time"}},
    {"America/Halifax", {"at", "ast", "adt", "atlantic time", "atlantic standard time", "atlantic time (canada)"}},
    {"America/Puerto_Rico", {"puerto rico", "sa western standard time"}},
    {"America/St_Johns", {"nst", "ndt", "newfoundland", "newfoundland time", "newfoundland standard time"}},
    {"America/Regina", {"saskatchewan", "canada central standard time"}},
    {"America/Whitehorse", {"yukon", "yukon standard time"}},
    {"America/Mexico_City", {"central standard time (mexico)", "guadalajara, mexico city, monterrey"}},
    {"Europe/London", {"bst", "british summer time", "gmt standard time", "uk time"}},
    {"Europe/Berlin", {"w. europe standard time"}},
    {"Europe/Paris", {"romance standard time"}},
    {"Europe/Budapest", {"central europe standard time"}},
    {"Europe/Warsaw", {"central european standard time"}},
    {"Asia/Kolkata", {"india standard time"}},
    {"Asia/Manila", {"pht", "philippine time"}},
    {"Australia/Sydney", {"aest", "aedt", "aest/aedt", "aus eastern standard time", "canberra, melbourne, sydney"}},
    {"Australia/Brisbane", {"e. australia standard time"}},
    {"Australia/Adelaide", {"acst", "acdt", "cen. australia standard time"}},
    {"Australia/Darwin", {"aus central standard time"}},
    {"Australia/Perth", {"awst", "w. australia standard time"}},
    {"Australia/Hobart", {"tasmania standard time"}},
    {"Pacific/Auckland", {"nzst", "nzdt", "nzst/nzdt", "new zealand standard time", "auckland, wellington"}},
    {"UTC", {"z", "coordinated universal time"}},
};

/* Without what Windows shows before: "(UTC-06:00) Central Time (US & Canada)". */
static struct view without_offset(struct view name) {
    const char *close = name.length > 4 && name.text[0] == '(' ? memchr(name.text, ')', name.length) : NULL;
    bool is_offset = close && (view_starts_with(name, "(UTC") || view_starts_with(name, "(GMT"));
    if (!is_offset) return name;
    size_t length = (size_t)(close + 1 - name.text);
    return view_trim(view_from(name.text + length, name.length - length));
}

const char *zone_proposal(struct view name) {
    name = without_offset(view_trim(name));
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        for (size_t k = 0; k < MOST_NAMES && zones[i].names[k]; k++)
            if (view_equal_fold(name, view_of(zones[i].names[k]))) return zones[i].zone;
    return NULL;
}

bool zone_is_offset(struct view name) {
    name = view_trim(name);
    if (view_starts_with(name, "UTC") || view_starts_with(name, "GMT"))
        name = view_trim(view_from(name.text + 3, name.length - 3));
    if (name.length < 2 || (name.text[0] != '+' && name.text[0] != '-')) return false;
    for (size_t i = 1; i < name.length; i++)
        if (name.text[i] != ':' && (name.text[i] < '0' || name.text[i] > '9')) return false;
    return true;
}

bool zone_is_fixed_abbreviation(struct view name) {
    return view_is(name, "EST") || view_is(name, "MST") || view_is(name, "HST");
}
