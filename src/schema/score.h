/* score.h: what `auto` gives points for (choose.c, likely.c; schemas/README.md). Private to schema/. */
#ifndef SCHEMA_SCORE_H
#define SCHEMA_SCORE_H

#define SCORE_ROLE 150      /* each for ID, employee and date */
#define SCORE_SIGNATURE 250 /* so many marks of the signature or more */
#define SCORE_MARKS 2
#define SCORE_KNOWN 300 /* the share of the file's columns that the schema knows */
#define SCORE_EXPLODED 100

#endif
