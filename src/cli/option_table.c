/* option_table.c: the table of options; see option_table.h. Its order is that of the keys of st2plecto.json in messages;
 * a help page has its own order (src/cli/pages). */
#include "cli/option_table.h"

#include "cli/convert_options.h"
#include "cli/convert_values.h"
#include "cli/option_show.h"
#include "cli/reconcile_options.h"
#include "cli/upload_options.h"
#include "cli/upload_values.h"
#include "input/block.h"
#include "input/source/source.h"

#define CONVERTS (FOR_CONVERT | FOR_VALIDATE)
#define TELLS (CONVERTS | FOR_RECONCILE)
#define COMPARES (CONVERTS | FOR_APPLY | FOR_RECONCILE)
#define READS (COMPARES | FOR_INSPECT | FOR_SCHEMA)
#define REPORTS (CONVERTS | FOR_REPORT)
#define SENDS (FOR_UPLOAD | FOR_DATASOURCE | FOR_MEMBERS | FOR_VERIFY)
#define UPLOADS (FOR_PLAN | SENDS)

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define PLACE(type, member)                                                                                            \
    { offsetof(type, member), sizeof((type *)0)->member }
#define AT(member) .place = PLACE(struct convert_settings, member)
#define GIVEN(member) .given = PLACE(struct convert_settings, member)
#define SENT_AT(member) .place = PLACE(struct upload_settings, member)
#define SENT_GIVEN(member) .given = PLACE(struct upload_settings, member)
#define WORDS(list) .words = (list), .word_count = COUNT(list)
#define ROW(the_id, who, short_name, long_name, value, the_kind)                                                       \
    .id = (the_id), .commands = (who), .letter = (short_name), .name = (long_name), .argument = (value),               \
    .kind = (the_kind)

static const struct option_word order_words[] = {
    {"mdy", DATE_ORDER_MDY}, {"dmy", DATE_ORDER_DMY}, {"ymd", DATE_ORDER_YMD}};
static const struct option_word percent_words[] = {{"100", 100}, {"1", 1}};
static const struct option_word duration_words[] = {{"h:m", TWO_PARTS_HOURS}, {"m:s", TWO_PARTS_MINUTES}};
static const struct option_word several_words[] = {
    {"error", SEVERAL_ERROR}, {"first", SEVERAL_FIRST}, {"split", SEVERAL_SPLIT}};
static const struct option_word by_words[] = {{"row", BY_ROW}, {"day", BY_DAY}, {"week", BY_WEEK}, {"month", BY_MONTH}};
static const struct option_word layout_words[] = {{"wide", LAYOUT_WIDE}, {"metric", LAYOUT_METRIC}};
static const struct option_word repeat_words[] = {
    {"newest", REPEATS_NEWEST}, {"last", REPEATS_LAST}, {"first", REPEATS_FIRST}, {"error", REPEATS_ERROR}};
static const struct option_word cut_words[] = {{"refuse", CUT_REFUSE}, {"drop", CUT_DROP}, {"allow", CUT_ALLOW}};
static const struct option_word error_words[] = {{"stop", true}, {"reject", false}};
static const struct option_word fail_words[] = {
    {"error", SEVERITY_ERROR}, {"warning", SEVERITY_WARNING}, {"never", SEVERITY_NOTE}};
static const struct option_word colour_words[] = {
    {"auto", COLOUR_AUTO}, {"always", COLOUR_ALWAYS}, {"never", COLOUR_NEVER}};
static const struct option_word json_words[] = {{"text", false}, {"json", true}};
static const struct option_word vanished_words[] = {
    {"report", VANISHED_REPORT}, {"zero", VANISHED_ZERO}, {"delete", VANISHED_DELETE}};

const struct option_rule option_table[] = {
    /* what the export is */
    {ROW(OPTION_SCHEMA, TELLS, 0, "schema", "NAME|FILE|auto", TAKES_TEXT), .common = 5, AT(run.schema),
     .is_key = true, .form = FORM_NAME_OR_PATH, .shapes_output = true, .show = show_schema},
    {ROW(OPTION_SCHEMA, FOR_APPLY, 0, "schema", "NAME|FILE", TAKES_TEXT), .common = 5, AT(run.schema)},
    {ROW(OPTION_SCHEMA_DIR, READS, 0, "schema-dir", "DIR", TAKES_TEXT), AT(run.schema_folder), .is_key = true,
     .form = FORM_PATH, .shapes_output = true},
    {ROW(OPTION_ENCODING, READS, 0, "encoding", "NAME", TAKES_READ), AT(run.input.encoding), .read = read_encoding,
     .is_key = true, .shapes_output = true, .show = show_text},
    {ROW(OPTION_SHEET, READS, 0, "sheet", "NAME", TAKES_TEXT), .common = 6, AT(run.input.sheet), .is_key = true,
     .shapes_output = true, .is_compared = true},
    {ROW(OPTION_DELIMITER, READS, 0, "delimiter", "SIGN", TAKES_READ), AT(run.input.delimiter), .read = read_delimiter,
     .is_key = true, .shapes_output = true, .show = show_sign},
    {ROW(OPTION_DATE_ORDER, COMPARES, 0, "date-order", "mdy|dmy|ymd", TAKES_WORD), .common = 7, AT(run.date_order),
     WORDS(order_words), .is_key = true, .shapes_output = true, .is_compared = true},
    {ROW(OPTION_PERCENT, COMPARES, 0, "percent", "100|1", TAKES_WORD), AT(run.percent_scale), WORDS(percent_words),
     .is_key = true, .shapes_output = true, .is_compared = true},
    {ROW(OPTION_DURATIONS, COMPARES, 0, "durations", "h:m|m:s", TAKES_WORD), AT(run.two_parts), WORDS(duration_words),
     .is_key = true, .shapes_output = true, .is_compared = true},
    {ROW(OPTION_TZ, COMPARES, 0, "tz", "ZONE", TAKES_TEXT), .common = 3, AT(zone), .is_key = true,
     .shapes_output = true, .is_compared = true},
    {ROW(OPTION_ALLOW_CUT, COMPARES & ~FOR_RECONCILE, 0, "allow-cut", NULL, TAKES_NONE), AT(run.allow_cut), .is_key = true,
     .shapes_output = true},

    /* who and when */
    {ROW(OPTION_ROSTER, COMPARES, 0, "roster", "FILE", TAKES_READ), .common = 13, .read = read_roster, .is_key = true,
     .form = FORM_PATHS, .shapes_output = true, .show = show_rosters},
    {ROW(OPTION_FIXES, COMPARES & ~FOR_RECONCILE, 0, "fixes", "FILE", TAKES_READ), .common = 20, .read = read_fixes, .is_key = true,
     .form = FORM_PATHS, .shapes_output = true, .show = show_fixes},
    {ROW(OPTION_WITH, COMPARES, 0, "with", "FILE", TAKES_READ), .common = 15, .read = read_companion, .is_key = true,
     .form = FORM_PATHS, .shapes_output = true, .show = show_companions, .is_compared = true},
    {ROW(OPTION_SEVERAL, COMPARES, 0, "several", "error|first|split", TAKES_WORD), .common = 16, AT(run.several),
     GIVEN(run.has_several), WORDS(several_words), .is_key = true, .rank = 7, .shapes_output = true,
     .is_compared = true},
    {ROW(OPTION_EMPLOYEE, COMPARES, 0, "employee", "FIELD", TAKES_TEXT), .common = 12, AT(run.employee_field),
     .is_key = true, .rank = 12, .shapes_output = true, .is_compared = true},
    {ROW(OPTION_PROVIDER, COMPARES & ~FOR_RECONCILE, 0, "provider", "NAME", TAKES_TEXT), AT(run.provider), .is_key = true,
     .shapes_output = true, .is_compared = true},
    {ROW(OPTION_DEFAULT_EMPLOYEE, COMPARES & ~FOR_RECONCILE, 0, "default-employee", "NAME", TAKES_TEXT), .common = 14,
     AT(run.default_employee), .is_key = true, .rank = 6, .shapes_output = true, .is_compared = true},
    {ROW(OPTION_DATE, COMPARES, 0, "date", "FIELD", TAKES_TEXT), AT(run.date_field), .rank = 3, .shapes_output = true,
     .is_compared = true},

    /* which rows and fields */
    {ROW(OPTION_PERIOD, TELLS, 0, "period", "PERIOD", TAKES_TEXT), .common = 8, AT(period), .is_key = true,
     .shapes_output = true, .show = show_days},
    {ROW(OPTION_LAST, TELLS, 0, "last", "LENGTH", TAKES_TEXT), AT(last), .is_key = true, .shapes_output = true,
     .show = show_days},
    {ROW(OPTION_MAX_AGE, CONVERTS, 0, "max-age", "LENGTH", TAKES_TEXT), AT(max_age), .was = "keep", .is_key = true,
     .rank = 8, .shapes_output = true, .show = show_oldest},
    {ROW(OPTION_ACTIVE_ONLY, TELLS, 0, "active-only", NULL, TAKES_NONE), .common = 9, AT(run.active_only),
     .is_key = true, .shapes_output = true},
    {ROW(OPTION_OPEN_ROWS, CONVERTS, 0, "open-rows", NULL, TAKES_NONE), AT(run.open_rows), .is_key = true,
     .shapes_output = true},
    {ROW(OPTION_FIELD, COMPARES & ~FOR_RECONCILE, 0, "field", "NAME[=TITLE]", TAKES_READ), .common = 17, .read = read_field, .rank = 4,
     .form = FORM_FIELDS, .shapes_output = true, .show = show_fields, .is_compared = true},
    {ROW(OPTION_REPEATS, COMPARES & ~FOR_RECONCILE, 0, "repeats", "newest|last|first|error", TAKES_WORD), AT(run.repeats),
     WORDS(repeat_words), .is_key = true, .shapes_output = true, .is_compared = true},
    {ROW(OPTION_DROP, COMPARES & ~FOR_RECONCILE, 0, "drop", "NAME", TAKES_READ), .common = 18, .read = read_drop, .rank = 5,
     .form = FORM_LIST, .shapes_output = true, .show = show_drops, .is_compared = true},

    /* totals instead of rows */
    {ROW(OPTION_BY, CONVERTS, 0, "by", "row|day|week|month", TAKES_WORD), .common = 10, AT(run.by), WORDS(by_words),
     .is_key = true, .rank = 9, .shapes_output = true},
    {ROW(OPTION_PER, CONVERTS, 0, "per", "employee[,FIELD...]", TAKES_READ), .common = 11, .read = read_per,
     .is_key = true, .rank = 10, .form = FORM_JOINED, .shapes_output = true, .show = show_per},
    {ROW(OPTION_LAYOUT, CONVERTS, 0, "layout", "wide|metric", TAKES_WORD), AT(run.layout), WORDS(layout_words),
     .is_key = true, .rank = 11, .shapes_output = true},

    {ROW(OPTION_CUT_PERIODS, CONVERTS, 0, "cut-periods", "refuse|drop|allow", TAKES_WORD), AT(run.cut_policy),
     WORDS(cut_words), .is_key = true, .shapes_output = true},

    /* checks and report */
    {ROW(OPTION_OUTPUT, CONVERTS, 'o', "output", "DIR", TAKES_TEXT), .common = 1, AT(run.output), .is_key = true,
     .form = FORM_PATH},
    {ROW(OPTION_OUTPUT, FOR_SCHEMA, 'o', "output", "FILE", TAKES_TEXT), AT(run.output)},
    {ROW(OPTION_FORCE, REPORTS | FOR_APPLY | FOR_SCHEMA | FOR_RECONCILE, 0, "force", NULL, TAKES_NONE), .common = 23, AT(run.force)},
    {ROW(OPTION_ON_ERROR, CONVERTS, 0, "on-error", "stop|reject", TAKES_WORD), .common = 4, AT(run.stop_on_error),
     WORDS(error_words), .is_key = true, .shapes_output = true},
    {ROW(OPTION_RECURSIVE, CONVERTS | FOR_INSPECT, 'r', "recursive", NULL, TAKES_NONE), AT(run.is_recursive),
     .is_key = true},
    {ROW(OPTION_EACH_TYPE, CONVERTS, 0, "each-type", NULL, TAKES_NONE), AT(run.each_type), .is_key = true},
    {ROW(OPTION_KEEP_GOING, CONVERTS, 0, "keep-going", NULL, TAKES_NONE), AT(run.keeps_going), .is_key = true},
    {ROW(OPTION_FAIL_ON, CONVERTS, 0, "fail-on", "error|warning|never", TAKES_WORD), .common = 22, AT(run.fail_on),
     WORDS(fail_words), .is_key = true, .shapes_output = true},
    {ROW(OPTION_MAX_ISSUES, REPORTS, 0, "max-issues", "N", TAKES_NUMBER), AT(run.example_limit), .most = 1000000,
     .is_key = true, .shapes_output = true},
    {ROW(OPTION_MAX_CELL, COMPARES, 0, "max-cell", "SIZE", TAKES_SIZE), AT(run.input.record_limit), .least = 1024,
     .most = 1u << 30, .otherwise = BLOCK_RECORD_LIMIT, .is_key = true, .shapes_output = true, .is_compared = true},
    {ROW(OPTION_MAX_RATIO, COMPARES, 0, "max-ratio", "N", TAKES_NUMBER), AT(run.input.max_ratio), .least = 1,
     .most = 1000000, .otherwise = SOURCE_RATIO, .is_key = true, .shapes_output = true},
    {ROW(OPTION_SHOW_PRIVATE, REPORTS | FOR_RECONCILE | FOR_TRACE, 0, "show-private", NULL, TAKES_NONE), AT(run.show_private),
     .shapes_output = true},
    {ROW(OPTION_SHOW_ROW, CONVERTS, 0, "show-row", NULL, TAKES_NONE), AT(run.show_row), .shapes_output = true},
    {ROW(OPTION_SHOW_VALUES, FOR_INSPECT, 0, "show-values", NULL, TAKES_NONE), AT(shows_values)},
    {ROW(OPTION_FORMAT, REPORTS, 0, "format", "NAME[=FILE]", TAKES_READ), .common = 21, .read = read_report_format,
     .is_key = true, .form = FORM_TEXTS},
    {ROW(OPTION_FORMAT, FOR_INSPECT, 0, "format", "text|json", TAKES_WORD), AT(is_json), WORDS(json_words)},
    {ROW(OPTION_EXIT_CODE, FOR_REPORT, 0, "exit-code", NULL, TAKES_NONE), AT(takes_code)},
    {ROW(OPTION_COLOR, REPORTS | FOR_INSPECT, 0, "color", "auto|always|never", TAKES_WORD), AT(colour),
     WORDS(colour_words)},
    {ROW(OPTION_QUIET, REPORTS, 'q', "quiet", NULL, TAKES_NONE), AT(is_quiet)},
    {ROW(OPTION_VERBOSE, REPORTS, 'v', "verbose", NULL, TAKES_NONE), AT(is_verbose)},
    {ROW(OPTION_THREADS, CONVERTS, 'j', "threads", "N", TAKES_NUMBER), AT(run.workers), .was = "jobs", .least = 1,
     .most = WORKER_LIMIT, .told = "-j", .is_key = true},
    {ROW(OPTION_CONFIG, COMPARES, 0, "config", "FILE", TAKES_TEXT), AT(config_file)},
    {ROW(OPTION_NO_CONFIG, COMPARES, 0, "no-config", NULL, TAKES_NONE), AT(has_no_config)},
    {ROW(OPTION_HELP, FOR_TRACE | REPORTS | READS | FOR_EXPLAIN | FOR_HELP | FOR_CONFIG | FOR_RUN, 'h', "help", NULL, TAKES_NONE), .common = 24,
     AT(wants_help)},

    /* a night */
    {ROW(OPTION_FEED, FOR_RUN, 0, "feed", "NAME", TAKES_TEXT), AT(feed)},
    {ROW(OPTION_LIST, FOR_RUN, 0, "list", NULL, TAKES_NONE), AT(lists)},
    {ROW(OPTION_COLLECT, FOR_RUN, 0, "collect", NULL, TAKES_NONE), AT(collects)},
    {ROW(OPTION_OUTPUT, FOR_RUN, 'o', "output", "DIR", TAKES_TEXT), AT(run.output)},
    {ROW(OPTION_CONFIG, FOR_RUN, 0, "config", "FILE", TAKES_TEXT), AT(config_file)},
    {ROW(OPTION_DRY_RUN, FOR_RUN, 'n', "dry-run", NULL, TAKES_NONE), AT(run.dry_run)},

    {ROW(OPTION_ALL, FOR_HELP, 0, "all", NULL, TAKES_NONE), AT(shows_all)},

    /* two sides */
    {ROW(OPTION_EXPECT, FOR_RECONCILE, 0, "expect", "FIELD=NUMBER[;...]", TAKES_READ), .common = 1, .read = read_expect},
    {ROW(OPTION_EXPECT, CONVERTS, 0, "expect", "FIELD=NUMBER[;...]", TAKES_READ), .read = read_expect,
     .shapes_output = true, .show = show_expects},
    {ROW(OPTION_EXPECT_FILE, FOR_RECONCILE, 0, "expect-file", "FILE", TAKES_TEXT), .common = 2,
     AT(reconcile.expect_file)},
    {ROW(OPTION_JOURNAL, FOR_RECONCILE | FOR_TRACE, 0, "journal", "FILE", TAKES_TEXT), .common = 3, AT(reconcile.journal)},
    {ROW(OPTION_INPUTS, FOR_TRACE, 0, "inputs", "DIR", TAKES_TEXT), .common = 2, AT(reconcile.inputs)},
    {ROW(OPTION_DAY_AUDIT, FOR_RECONCILE, 0, "day-audit", "COLUMN|all", TAKES_TEXT), AT(reconcile.audit)},
    {ROW(OPTION_WHERE, FOR_RECONCILE, 0, "where", "FIELD=VALUE", TAKES_READ), .common = 4, .read = read_where},
    {ROW(OPTION_TOLERANCE, FOR_RECONCILE, 0, "tolerance", "AMOUNT", TAKES_READ), .common = 9, .read = read_tolerance},
    {ROW(OPTION_FORMAT, FOR_RECONCILE, 0, "format", "NAME[=FILE]", TAKES_READ), .common = 10,
     .read = read_reconcile_format},

    /* Plecto as the right side of reconcile */
    {ROW(OPTION_DATA_SOURCE, FOR_RECONCILE, 0, "data-source", "UUID", TAKES_TEXT), .common = 5, AT(sent.data_source)},
    {ROW(OPTION_CREDENTIALS, FOR_RECONCILE, 0, "credentials", "FILE", TAKES_ANY_TEXT), AT(sent.places.file)},
    {ROW(OPTION_NETRC, FOR_RECONCILE, 0, "netrc", "[=FILE]", TAKES_READ), AT(sent.places.netrc),
     GIVEN(sent.places.uses_netrc), .read = read_reconcile_netrc},
    {ROW(OPTION_CREDENTIALS_COMMAND, FOR_RECONCILE, 0, "credentials-command", "CMD", TAKES_ANY_TEXT),
     AT(sent.places.command)},
    {ROW(OPTION_URL, FOR_RECONCILE, 0, "url", "BASE", TAKES_ANY_TEXT), AT(sent.client.base)},
    {ROW(OPTION_RATE, FOR_RECONCILE, 0, "rate", "N", TAKES_NUMBER), AT(sent.client.rate), .least = 1, .most = 36000000},
    {ROW(OPTION_TIMEOUT, FOR_RECONCILE, 0, "timeout", "SECONDS", TAKES_SECONDS), AT(sent.client.timeout), .least = 1,
     .most = 604800},
    {ROW(OPTION_CA_FILE, FOR_RECONCILE, 0, "ca-file", "FILE", TAKES_ANY_TEXT), AT(sent.client.ca_file)},
    {ROW(OPTION_INSECURE_TEST, FOR_RECONCILE, 0, "insecure-test", NULL, TAKES_NONE), AT(sent.client.may_use_http)},

    /* the import files */
    {ROW(OPTION_TO, FOR_CONVERT, 0, "to", "csv,jsonl,xlsx,review", TAKES_READ), .common = 19, .read = read_to,
     .is_key = true, .form = FORM_JOINED, .shapes_output = true, .show = show_to},
    {ROW(OPTION_TITLE, FOR_CONVERT, 0, "title", "TEXT", TAKES_TEXT), AT(run.title), .rank = 1, .shapes_output = true},
    {ROW(OPTION_TITLE, FOR_SCHEMA, 0, "title", "TEXT", TAKES_TEXT), AT(run.title)},
    {ROW(OPTION_NAME, FOR_SCHEMA, 0, "name", "NAME", TAKES_TEXT), AT(draft_name)},
    {ROW(OPTION_INTERACTIVE, FOR_SCHEMA, 0, "interactive", NULL, TAKES_NONE), AT(asks)},
    {ROW(OPTION_DRAFT, FOR_CONVERT, 0, "draft", NULL, TAKES_NONE), AT(drafts)},
    {ROW(OPTION_DATA_SOURCE, FOR_CONVERT, 0, "data-source", "UUID", TAKES_READ), AT(run.data_source),
     .read = read_data_source, .is_key = true, .rank = 2, .shapes_output = true, .show = show_text},
    {ROW(OPTION_DRY_RUN, FOR_CONVERT | FOR_APPLY, 'n', "dry-run", NULL, TAKES_NONE), .common = 2, AT(run.dry_run)},

    /* the fixes */
    {ROW(OPTION_OUTPUT, FOR_APPLY, 'o', "output", "FILE", TAKES_TEXT), .common = 1, AT(run.output), .was = "out"},
    {ROW(OPTION_APPEND, FOR_APPLY, 0, "append", NULL, TAKES_NONE), .common = 25, AT(appends)},
    {ROW(OPTION_WHO, FOR_APPLY, 0, "who", "NAME", TAKES_TEXT), .common = 26, AT(who)},
    {ROW(OPTION_WHEN, FOR_APPLY, 0, "when", "DATE", TAKES_TEXT), .common = 27, AT(when)},

    /* a published folder and Plecto */
    {ROW(OPTION_JOURNAL, UPLOADS, 0, "journal", "FILE", TAKES_ANY_TEXT), .common = 10, SENT_AT(journal_file)},
    {ROW(OPTION_DATA_SOURCE, UPLOADS & ~(FOR_DATASOURCE | FOR_MEMBERS), 0, "data-source", "UUID", TAKES_ANY_TEXT), .common = 1,
     SENT_AT(data_source)},
    {ROW(OPTION_TITLE, FOR_UPLOAD | FOR_DATASOURCE, 0, "title", "TEXT", TAKES_ANY_TEXT), .common = 2, SENT_AT(title)},
    {ROW(OPTION_ANOTHER, FOR_DATASOURCE, 0, "another", NULL, TAKES_NONE), SENT_AT(makes_another)},
    {ROW(OPTION_ROSTER, FOR_MEMBERS, 0, "roster", "FILE", TAKES_READ), .common = 1, .read = read_member_roster},
    {ROW(OPTION_DRY_RUN, FOR_MEMBERS, 'n', "dry-run", NULL, TAKES_NONE), .common = 2, SENT_AT(is_dry_run)},
    {ROW(OPTION_FORMAT, FOR_PLAN, 0, "format", "text|json|html[=FILE]", TAKES_READ), .read = read_plan_format},
    {ROW(OPTION_FORMAT, FOR_VERIFY, 0, "format", "text|json[=FILE]", TAKES_READ), .read = read_plan_format},
    {ROW(OPTION_FORCE, FOR_PLAN | FOR_VERIFY, 0, "force", NULL, TAKES_NONE), SENT_AT(force)},
    {ROW(OPTION_MAX_DETAILS, FOR_PLAN | FOR_VERIFY, 0, "max-details", "N", TAKES_NUMBER), SENT_AT(details),
     SENT_GIVEN(has_details), .most = 1000000},
    {ROW(OPTION_CONTINUE, FOR_UPLOAD, 0, "continue", NULL, TAKES_NONE), .common = 3, SENT_AT(continues)},
    {ROW(OPTION_VANISHED, FOR_PLAN | FOR_UPLOAD, 0, "vanished", "report|zero|delete", TAKES_WORD), .common = 4,
     SENT_AT(vanished), SENT_GIVEN(has_vanished), WORDS(vanished_words)},
    {ROW(OPTION_MAX_VANISHED, FOR_UPLOAD, 0, "max-vanished", "N", TAKES_NUMBER), .common = 5, SENT_AT(max_vanished),
     SENT_GIVEN(has_max_vanished), .most = 1000000000},
    {ROW(OPTION_MAX_AGE, FOR_PLAN | FOR_UPLOAD, 0, "max-age", "365d", TAKES_ANY_TEXT), .common = 6, SENT_AT(max_age),
     .was = "keep"},
    {ROW(OPTION_JOURNAL_DAYS, FOR_UPLOAD, 0, "journal-days", "N", TAKES_NUMBER), SENT_AT(journal_days), .least = 1,
     .most = 100000},
    {ROW(OPTION_DATES_ARE_UTC, FOR_UPLOAD, 0, "dates-are-utc", NULL, TAKES_NONE), SENT_AT(dates_are_utc)},
    {ROW(OPTION_RESEND, FOR_UPLOAD, 0, "resend", NULL, TAKES_NONE), .common = 7, SENT_AT(resends)},
    {ROW(OPTION_YES, FOR_UPLOAD | FOR_DATASOURCE, 'y', "yes", NULL, TAKES_NONE), .common = 8, SENT_AT(says_yes)},
    {ROW(OPTION_NO_INPUT, FOR_UPLOAD | FOR_DATASOURCE, 0, "no-input", NULL, TAKES_NONE), .common = 9,
     SENT_AT(takes_no_input)},
    {ROW(OPTION_CREDENTIALS, SENDS, 0, "credentials", "FILE", TAKES_ANY_TEXT), .common = 11, SENT_AT(places.file)},
    {ROW(OPTION_NETRC, SENDS, 0, "netrc", "[=FILE]", TAKES_READ), .common = 12, SENT_AT(places.netrc),
     SENT_GIVEN(places.uses_netrc), .read = read_netrc},
    {ROW(OPTION_CREDENTIALS_COMMAND, SENDS, 0, "credentials-command", "CMD", TAKES_ANY_TEXT), .common = 13,
     SENT_AT(places.command)},
    {ROW(OPTION_URL, SENDS, 0, "url", "BASE", TAKES_ANY_TEXT), SENT_AT(client.base)},
    {ROW(OPTION_RATE, SENDS, 0, "rate", "N", TAKES_NUMBER), SENT_AT(client.rate), .least = 1, .most = 36000000},
    {ROW(OPTION_TIMEOUT, SENDS, 0, "timeout", "SECONDS", TAKES_SECONDS), SENT_AT(client.timeout), .least = 1,
     .most = 604800},
    {ROW(OPTION_RETRY_MAX_TIME, SENDS, 0, "retry-max-time", "SECONDS", TAKES_SECONDS), SENT_AT(client.retry_max),
     .most = 604800},
    {ROW(OPTION_RATE_WAIT, SENDS, 0, "rate-wait", "SECONDS", TAKES_SECONDS), SENT_AT(client.rate_wait), .most = 604800},
    {ROW(OPTION_CA_FILE, SENDS, 0, "ca-file", "FILE", TAKES_ANY_TEXT), SENT_AT(client.ca_file)},
    {ROW(OPTION_COMPRESS, SENDS, 0, "compress", NULL, TAKES_NONE), SENT_AT(client.compresses)},
    {ROW(OPTION_INSECURE_TEST, SENDS, 0, "insecure-test", NULL, TAKES_NONE), SENT_AT(client.may_use_http)},
    {ROW(OPTION_NOW, UPLOADS, 0, "now", "TIME", TAKES_READ), SENT_AT(now), .read = read_now},
    {ROW(OPTION_QUIET, UPLOADS, 'q', "quiet", NULL, TAKES_NONE), .common = 14, SENT_AT(is_quiet)},
    {ROW(OPTION_VERBOSE, UPLOADS, 'v', "verbose", NULL, TAKES_NONE), .common = 15, SENT_AT(is_verbose)},
    {ROW(OPTION_HELP, UPLOADS, 'h', "help", NULL, TAKES_NONE), .common = 16, SENT_AT(wants_help)},
};
const size_t option_table_count = COUNT(option_table);

const struct option_rule *option_find(unsigned commands, struct view name) {
    for (size_t i = 0; i < option_table_count; i++)
        if ((option_table[i].commands & commands) && view_is(name, option_table[i].name)) return &option_table[i];
    return NULL;
}
