/* reconcile_fetch.c: see reconcile_fetch.h. */
#include "cli/reconcile_fetch.h"

#include <signal.h>

#include "cli/upload_show.h"
#include "reconcile/read_side.h"
#include "upload/fetch.h"

/* The days of the left side's rows. */
static bool find_days(const struct convert_settings *settings, const struct side *left, int32_t *from, int32_t *to,
                      struct error *error) {
    *from = settings->run.period_from;
    *to = settings->run.period_to;
    if (settings->run.has_period) return true;
    *from = INT32_MAX;
    *to = INT32_MIN;
    for (size_t i = 0; i < left->row_count; i++) {
        const struct side_row row = side_row_at(left, i);
        int32_t day = day_of(row.local);
        if (!row.has_date) continue;
        if (day < *from) *from = day;
        if (day > *to) *to = day;
    }
    if (*from <= *to) return true;
    error_set(error, EXIT_WRONG_USE, "%s has no dates, so it is not clear which days to fetch from Plecto", left->name);
    return error_fix(error, "Add the days: --period 2025-10");
}

bool reconcile_fetch(struct convert_settings *settings, struct comparison *comparison, struct error *error) {
    struct upload_settings *sent = &settings->sent;
    struct credentials credentials = {0};
    struct stopper stopper = {0};
    struct client *client = NULL;
    struct upload_show show;
    struct buffer lines = {0};
    int32_t from, to;
    if (!find_days(settings, &comparison->sides[0], &from, &to, error)) return false;
    credentials_protect();
    signal(SIGPIPE, SIG_IGN); /* a server that closes the connection is reported by libcurl */
    upload_show_start(&show, &sent->client, true, false);
    sent->format_file = settings->reconcile.format_file;
    upload_fence(sent, NULL, false);
    bool is_fine = upload_connect(sent, NULL, &credentials, &stopper, &client, error) &&
                   fetch_registrations(client, sent->data_source, from, to, settings->run.zone, &lines,
                                       &comparison->sides[1].is_shifting, error) &&
                   side_read_text("Plecto", buffer_view(&lines), settings->run.zone, comparison->pool,
                                  &comparison->sides[1], error);
    client_close(client);
    credentials_wipe(&credentials);
    buffer_free(&lines);
    return is_fine;
}
