/* option_show.h: what options were in force in a run, as its receipt says it: each as option_showing (option_table.h). */
#ifndef CLI_OPTION_SHOW_H
#define CLI_OPTION_SHOW_H

#include "cli/option_table.h"

/* As the option's kind says: a text, a word, a number, a truth. */
option_showing show_by_kind;

option_showing show_text;       /* the text stored at the option's place */
option_showing show_sign;       /* the character stored there */
option_showing show_schema;     /* the schema that was taken: its name, or its file */
option_showing show_days;       /* --period and --last: first and last day */
option_showing show_oldest;     /* the first day that is kept */
option_showing show_per;        /* employee and fields */
option_showing show_to;         /* the import files */
option_showing show_fields;     /* NAME or NAME=TITLE, those of the configuration too */
option_showing show_expects;    /* numbers with their conditions */
option_showing show_drops;      /* names */
option_showing show_companions; /* paths */
option_showing show_rosters;
option_showing show_fixes;

#endif
