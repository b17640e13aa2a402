/* convert_values.h: values of convert's options that are more than a text, a word or a number: read into convert_settings,
 * each as option_reading (option_table.h) says. */
#ifndef CLI_CONVERT_VALUES_H
#define CLI_CONVERT_VALUES_H

#include "cli/option_table.h"

option_reading read_delimiter;     /* comma, semicolon, tab, pipe, or the character itself */
option_reading read_encoding;      /* a name that source_options knows, any case */
option_reading read_data_source;   /* a UUID, with or without dashes */
option_reading read_to;            /* names of import files with commas between */
option_reading read_per;           /* employee and names of fields with commas between */
option_reading read_field;         /* NAME or NAME=TITLE, added to those before */
option_reading read_drop;          /* a name, added */
option_reading read_companion;     /* a path, added */
option_reading read_roster;        /* loads the file, and adds its people */
option_reading read_fixes;         /* loads the file, and adds its fixes */
option_reading read_report_format; /* NAME or NAME=FILE, added */

#endif
