/* members.c: `members create DIR --roster FILE`: creates the employees of a folder in Plecto before their first registration,
 * with their e-mail addresses, or matches them with those that are there. */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "cli/cli.h"
#include "cli/upload_options.h"
#include "cli/upload_show.h"
#include "upload/members.h"

static const struct {
    const char *word;    /* before each member of the list */
    const char *verdict; /* behind the count */
} states[MEMBER_STATE_COUNT] = {
    [MEMBER_NEW] = {"to create", "to create"},
    [MEMBER_UNLINKED] = {"to link", "to link by e-mail"},
    [MEMBER_MATCHED] = {"matched", "matched"},
    [MEMBER_CREATED] = {"created", "created"},
    [MEMBER_WITHOUT_EMAIL] = {"no e-mail", "without e-mail"},
    [MEMBER_OTHER_ID] = {"other ID", "with another ID"},
    [MEMBER_REFUSED] = {"refused", "refused"},
    [MEMBER_UNSEEN] = {"not there", "not in Plecto in spite of its answer"},
};

static bool is_trouble(enum member_state state) {
    return state == MEMBER_OTHER_ID || state == MEMBER_REFUSED || state == MEMBER_UNSEEN;
}

static bool has_trouble(const struct members *members) {
    return members->counts[MEMBER_OTHER_ID] + members->counts[MEMBER_REFUSED] + members->counts[MEMBER_UNSEEN] > 0;
}

static void add_verdict(const struct members *members, bool is_dry, struct buffer *out) {
    static const enum member_state order[] = {MEMBER_CREATED,       MEMBER_NEW,      MEMBER_UNLINKED, MEMBER_MATCHED,
                                              MEMBER_WITHOUT_EMAIL, MEMBER_OTHER_ID, MEMBER_REFUSED,  MEMBER_UNSEEN};
    buffer_add_text(out, is_dry ? "MEMBERS, nothing sent: " : "MEMBERS: ");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        enum member_state state = order[i];
        bool is_always = state == MEMBER_MATCHED || state == (is_dry ? MEMBER_NEW : MEMBER_CREATED);
        if (members->counts[state] == 0 && !is_always) continue;
        if (i > 0 && out->text[out->length - 2] != ':') buffer_add_text(out, ", ");
        words_count(out, members->counts[state]);
        buffer_print(out, " %s", states[state].verdict);
    }
    buffer_add_char(out, '\n');
}

/* Matched by the ID: what counts is the address that Plecto has, not the roster's. */
static void add_missing_email(const struct member *member, struct buffer *out) {
    if (member->plecto_email) {
        buffer_add_text(out, ", ");
        plain_add_text(out, member->plecto_email);
        buffer_add_text(out, " in Plecto, ");
    } else {
        buffer_add_text(out, ": Plecto shows no address, ");
    }
    plain_add_text(out, member->email);
    buffer_add_text(out, " in the roster");
}

static void add_member(const struct member *member, struct buffer *out) {
    buffer_print(out, "  %-9s  ", states[member->state].word);
    plain_add_text(out, member->name);
    buffer_add_text(out, " (");
    plain_add_text(out, member->provider);
    buffer_add_text(out, " ID ");
    plain_add_text(out, member->id);
    buffer_add_char(out, ')');
    bool is_without = member->state == MEMBER_MATCHED && member->is_found && !member->is_email_there;
    if (member->email && !is_without) {
        buffer_add_text(out, ", ");
        plain_add_text(out, member->email);
    }
    if (member->email && is_without) add_missing_email(member, out);
    if (member->state == MEMBER_REFUSED || member->state == MEMBER_UNSEEN)
        buffer_print(out, ": %ld%s", member->status, member->words && *member->words ? ", " : "");
    if (member->state == MEMBER_OTHER_ID) buffer_add_text(out, ": Plecto knows this address with ");
    if (member->words && is_trouble(member->state)) plain_add_text(out, member->words);
    if (member->has_emails) buffer_add_text(out, ": the roster has several addresses for this person");
    buffer_add_char(out, '\n');
}

static void add_fixes(const struct members *members, struct buffer *out) {
    const struct {
        enum member_state state;
        const char *fix;
    } fixes[] = {
        {MEMBER_WITHOUT_EMAIL, "Without an address Plecto creates a profile of its own at the first upload. Add the "
                               "column email to the roster."},
        {MEMBER_OTHER_ID,
         "Compare the ID in the roster with the profile in Plecto. A second profile would appear at the "
         "first upload."},
        {MEMBER_REFUSED, "Correct what Plecto names, or create the employee in Plecto. Then run this again."},
        {MEMBER_UNSEEN, "Look for them in Plecto. Then run this again. Who exists is matched."},
    };
    for (size_t i = 0; i < sizeof fixes / sizeof *fixes; i++)
        if (members->counts[fixes[i].state] > 0) buffer_print(out, "    fix: %s\n", fixes[i].fix);
}

static void add_next(const struct upload_settings *settings, const struct members *members, struct buffer *out) {
    if (has_trouble(members)) return;
    bool is_ahead = settings->is_dry_run && members->counts[MEMBER_NEW] + members->counts[MEMBER_UNLINKED] > 0;
    buffer_print(out, "\nNext: st2plecto %s ", is_ahead ? "members create" : "plan");
    words_shell(out, settings->folder);
    for (size_t i = 0; is_ahead && i < settings->roster_count; i++) {
        buffer_add_text(out, " --roster ");
        words_shell(out, settings->rosters[i]);
    }
    upload_add_options(settings, is_ahead, out);
    buffer_add_char(out, '\n');
}

static void print_members(const struct upload_settings *settings, const struct members *members, struct buffer *out) {
    add_verdict(members, settings->is_dry_run, out);
    if (settings->is_quiet) return;
    for (size_t i = 0; i < members->count; i++)
        add_member(&members->list[i], out);
    add_fixes(members, out);
    add_next(settings, members, out);
}

/* plan names no profile that exists now. */
static bool remember(struct journal *journal, const struct members *members, struct error *error) {
    for (size_t i = 0; i < members->count; i++) {
        const struct member *member = &members->list[i];
        bool is_there = member->state == MEMBER_CREATED || member->state == MEMBER_MATCHED;
        if (is_there &&
            !journal_member_add(journal, view_of(member->provider), view_of(member->id), view_of(member->name), error))
            return false;
    }
    return true;
}

static bool load_rosters(const struct upload_settings *settings, struct roster **roster, struct error *error) {
    for (size_t i = 0; i < settings->roster_count; i++)
        if (!roster_load(settings->rosters[i], roster, error)) return false;
    if (*roster) return true;
    error_set(error, EXIT_WRONG_USE, "members create needs --roster");
    return error_fix(error, "Name a CSV with the columns id, name and email, or settings/technicians from the API: "
                            "--roster technicians.json");
}

static enum exit_code run(struct upload_settings *settings) {
    struct upload_case opened = {.published.file = -1};
    struct members members = {0};
    struct roster *roster = NULL;
    struct credentials credentials = {0};
    struct stopper stopper = {0};
    struct client *client = NULL;
    struct upload_show show;
    struct error error = {0};
    struct buffer out = {0};
    credentials_protect();
    umask(077);
    upload_show_start(&show, &settings->client, settings->is_quiet, settings->is_verbose);
    bool is_fine = load_rosters(settings, &roster, &error) &&
                   upload_folder_open(settings, !settings->is_dry_run, &opened, &error) &&
                   members_read(&opened.published, &members, &error) && members_give_emails(&members, roster, &error) &&
                   upload_connect(settings, opened.journal_path, &credentials, &stopper, &client, &error);
    if (is_fine) {
        stopper_start(&stopper);
        is_fine = members_match(&members, client, &error) &&
                  (settings->is_dry_run || members_create(&members, client, &error));
        is_fine = (settings->is_dry_run || remember(opened.journal, &members, &error)) && is_fine;
        stopper_end(&stopper);
    }
    if (is_fine) print_members(settings, &members, &out);
    enum exit_code code = has_trouble(&members) ? EXIT_UPLOAD_REFUSED : EXIT_FINE;
    client_close(client);
    credentials_wipe(&credentials);
    members_free(&members);
    roster_free(roster);
    upload_case_close(&opened);
    return is_fine ? cli_print(&out, code) : upload_fail(&error, &stopper); /* run again, it matches */
}

static enum exit_code members_main(const struct cli *cli, const struct command *command, int argc, char **argv) {
    return upload_command(cli, command, argc, argv, run);
}

const struct command command_members = {
    .name = "members",
    .summary = "create a folder's employees in Plecto, by e-mail",
    .options = FOR_MEMBERS,
    .run = members_main,
};
