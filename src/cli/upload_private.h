/* upload_private.h: what upload.c (the sending) and upload_before.c (what is to be settled before) share. */
#ifndef CLI_UPLOAD_PRIVATE_H
#define CLI_UPLOAD_PRIVATE_H

#include "cli/upload_options.h"
#include "cli/upload_show.h"

struct upload {
    struct upload_settings *settings;
    struct upload_case opened;
    struct upload_plan plan;
    struct journal_upload last; /* the one before this */
    struct upload_show show;
    struct error error;
    char *vanished_text, *max_age_text; /* --vanished and --max-age of the upload that is continued */
};

/* "report", "zero", "delete". */
const char *upload_vanished_word(enum vanished_action action);
/* Whether the upload before this one did not come to its end. */
bool upload_was_stopped(const struct journal_upload *last);
/* Looks at the upload before: says if it stopped, and takes its options over for --continue. */
bool upload_look_back(struct upload *upload);
/* The title of a data source that the journal meets the first time; NULL with the error set where nobody says it. The
 * caller frees. */
char *upload_choose_title(struct upload *upload);
/* Deletions need a yes, here or as option. */
bool upload_confirm_deletions(struct upload *upload);
/* An export of the wrong period or company looks like a source from which nearly all vanished: EXIT_UPLOAD_REFUSED. One
 * that states no period proves nothing, and a clock may be wrong: EXIT_WRONG_USE. */
bool upload_check_vanished(struct upload *upload);
/* Appends what becomes 0 or is deleted, in words and dollars, a line each. */
void upload_tell_gone(const struct upload_plan *plan, struct buffer *out);
/* Dates without a time zone would be read as UTC: EXIT_WRONG_USE unless --dates-are-utc. */
bool upload_check_offsets(struct upload *upload);
/* Whether the folder was made by the rules of the upload before it; EXIT_WRONG_USE saying what would change. */
bool upload_check_rules(struct upload *upload);

#endif
