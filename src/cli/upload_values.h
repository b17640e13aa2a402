/* upload_values.h: values of the options of plan, upload, datasource, members and verify that are more than a text, a word or a
 * number: read into upload_settings, each as option_reading (option_table.h) says. */
#ifndef CLI_UPLOAD_VALUES_H
#define CLI_UPLOAD_VALUES_H

#include "cli/option_table.h"

option_reading read_plan_format; /* text, json or html, with =FILE or without */
option_reading read_now;         /* a time in UTC, as 2026-01-31T06:00:00Z */
option_reading read_member_roster; /* a path; may be repeated */
option_reading read_netrc;       /* a path; empty: the usual one */

#endif
