/* origin.c: the options as the hidden sheet of a review workbook has them (st2plecto-review/1), for `apply` to compare
 * and to read the same files in the same way. The receipt has its own list, which the table of options makes. */
#include <stdlib.h>

#include "base/hash.h"
#include "base/words.h"
#include "convert/run/run_private.h"

static void add_option(struct buffer *out, const char *name, const char *value) {
    buffer_print(out, "%s=%s\n", name, value ? value : "");
}

/* One hash over all of them. */
static void add_fixes(struct buffer *out, const struct fixes *fixes) {
    struct buffer line = {0};
    struct sha256 hash;
    char hex[65];
    if (!fixes) return;
    sha256_start(&hash);
    for (size_t i = 0; i < fixes_count(fixes); i++) {
        line.length = 0;
        fix_print(&line, fixes_at(fixes, i));
        sha256_add(&hash, line.text, line.length - 2); /* without CRLF */
        sha256_add(&hash, "\n", 1);
    }
    sha256_end(&hash, hex);
    add_option(out, "fixes", hex);
    buffer_free(&line);
}

static void add_flag(struct buffer *out, const char *name, bool flag) {
    add_option(out, name, flag ? "yes" : "no");
}

/* Which rows, and what they become. */
static void add_rows(struct buffer *out, const struct run_options *options, const struct result *result) {
    static const char *const orders[] = {"", "mdy", "dmy", "ymd"};
    add_option(out, "by", result->by);
    add_option(out, "per", result->per);
    add_option(out, "layout", result->layout);
    add_option(out, "period", result->period);
    add_option(out, "tz", result->zone);
    add_option(out, "date-order", orders[options->date_order]);
    if (options->two_parts != TWO_PARTS_OPEN)
        add_option(out, "durations", options->two_parts == TWO_PARTS_HOURS ? "h:m" : "m:s");
    add_option(out, "date", options->date_field);
    if (options->provider) add_option(out, "provider", options->provider);
    if (options->employee_field) add_option(out, "employee", options->employee_field);
    if (options->percent_scale) add_option(out, "percent", options->percent_scale == 1 ? "1" : "100");
    add_flag(out, "active-only", options->active_only);
    add_option(out, "default-employee", options->default_employee);
}

static void add_fields(struct buffer *out, const struct run_options *options) {
    for (size_t i = 0; i < options->field_count; i++)
        buffer_print(out, "field=%s=%s\n", options->fields[i].name,
                     options->fields[i].title ? options->fields[i].title : "");
    for (size_t i = 0; i < options->drop_count; i++)
        add_option(out, "drop", options->drops[i]);
    add_option(out, "title", options->title);
    add_option(out, "data-source", options->data_source);
}

/* How the files are read. */
static void add_reading(struct buffer *out, const struct run_options *options) {
    add_flag(out, "allow-cut", options->allow_cut);
    if (options->input.record_limit > 0)
        buffer_print(out, "max-cell=%llu\n", (unsigned long long)options->input.record_limit);
    add_option(out, "encoding", options->input.encoding);
    buffer_print(out, "delimiter=%.*s\n", options->input.delimiter ? 1 : 0, &options->input.delimiter);
}

static void add_people(struct buffer *out, const struct run_options *options) {
    static const char *const severals[] = {"error", "first", "split"};
    add_option(out, "several", options->has_several ? severals[options->several] : "");
    for (size_t i = 0; i < options->companion_count; i++)
        add_option(out, "with", options->companions[i]);
    if (options->has_oldest) {
        buffer_add_text(out, "keep-from=");
        date_print(out, options->oldest);
        buffer_add_char(out, '\n');
    }
    add_fixes(out, options->fixes);
    buffer_print(out, "roster=%zu people\n", options->roster ? roster_count(options->roster) : 0);
}

static void add_outputs(struct buffer *out, const struct run_options *options) {
    size_t count = 0;
    buffer_add_text(out, "to=");
    for (size_t i = 0; i < OUTPUT_REVIEW; i++) /* what the workbook itself is made beside */
        if (options->to[i] && !(i == OUTPUT_CSV && options->csv_is_unwanted))
            buffer_print(out, "%s%s", count++ ? "," : "", output_kinds[i].word);
    buffer_add_char(out, '\n');
}

/* For the convert that takes the fixes: what to call it with, and the fixes that it had. */
static void add_again(struct buffer *out, const struct run_options *options, const struct plan *plan,
                      const struct result *result) {
    const struct read_files *fixes = fixes_files(options->fixes);
    char *again = options->again(options->context, result);
    add_option(out, "command", options->command);
    buffer_add_text(out, again);
    for (size_t i = 0; i < options->field_count; i++) {
        const struct chosen_field *field = &options->fields[i];
        if (!plan_has_chosen(plan, i)) continue;
        buffer_add_text(out, "option=field=");
        words_line(out, field->name);
        if (field->title) buffer_add_char(out, '=');
        words_line(out, field->title ? field->title : "");
        buffer_add_char(out, '\n');
    }
    for (size_t i = 0; i < options->drop_count; i++) {
        buffer_add_text(out, "option=drop=");
        words_line(out, options->drops[i]);
        buffer_add_char(out, '\n');
    }
    for (size_t i = 0; fixes && i < fixes->count; i++)
        add_option(out, "fixes-file", fixes->list[i].path);
    free(again);
}

char *run_origin(const struct run_options *options, const struct plan *plan, const struct result *result) {
    struct buffer text = {0};
    add_rows(&text, options, result);
    add_fields(&text, options);
    add_option(&text, "on-error", result->on_error);
    add_reading(&text, options);
    add_people(&text, options);
    add_outputs(&text, options);
    if (options->input.sheet) add_option(&text, "sheet", options->input.sheet);
    if (options->again) add_again(&text, options, plan, result);
    return buffer_take(&text);
}
