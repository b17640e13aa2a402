/* file_age.h: which of two exports is the newer one, as the files themselves tell. The modification time says nothing: a
 * copy or an unzip changes it, and the same bytes would give other figures. */
#ifndef CONVERT_FILE_AGE_H
#define CONVERT_FILE_AGE_H

#include "convert/cut_periods.h"
#include "input/facts.h"

/* What may order two files, the weightiest first. */
enum age_mark {
    AGE_STATED, /* the time of export that the file states: docProps/core.xml, a title line ("Exported on …") */
    AGE_NAMED,  /* a day or time in the file's name */
    AGE_END,    /* the last day of its period */
    AGE_BEGIN,  /* the first */
    AGE_MARK_COUNT
};

struct file_age {
    bool has[AGE_MARK_COUNT];
    int64_t at[AGE_MARK_COUNT]; /* seconds or days since 1970; only compared with those of the same mark */
};

/* Of a file, and the period it states itself (title, name, Filters sheet). */
struct file_age file_age_of(const struct input_facts *facts, const struct own_period *period);
/* Below 0: `one` is older; above 0: newer; 0: no mark that both have tells. */
int file_age_compare(const struct file_age *one, const struct file_age *other);

#endif
