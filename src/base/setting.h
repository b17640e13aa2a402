/* setting.h: an option as a setting of st2plecto.json, for what a run says that was started by `run` and has no command
 * line of the user's to add options to. */
#ifndef BASE_SETTING_H
#define BASE_SETTING_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/view.h"

/* Where the settings of such a run are written. Texts are owned by whoever starts it. */
struct setting_place {
    const char *file;  /* the configuration; NULL: there is none yet */
    const char *feed;  /* the feed whose options they are; NULL: a run of all types that are found */
    const char *again; /* the command that the user typed, whole */
};

/* " --on-error reject" as 'In the feed jobs of st2plecto.json: "options": {"on-error": "reject"}'. The options are words
 * of a shell. `schema`: the type, for settings that only a type can have; NULL: not known. */
void setting_add(struct buffer *out, const struct setting_place *place, const char *schema, struct view options);
/* Puts the setting in place of each line "{run} --option value" in the advice, and the command in place of other "{run}". */
void setting_fix(struct error *error, const struct setting_place *place, const char *schema);

#endif
