/* group.h: group rows such as "Business Unit: HVAC" (first cell only, all others empty), which a grouped web
 * export has instead of a column. Private to csv/. */
#ifndef INPUT_CSV_GROUP_H
#define INPUT_CSV_GROUP_H

#include "input/facts.h"
#include "input/record.h"

#define CSV_GROUP_SUFFIX " (group)" /* behind the label of a group column whose plain label is taken */

/* Whether `cell` reads "Label: value": a label that begins with a letter and a value. For the first group row. */
bool csv_group_split(struct view cell, struct view *label, struct view *value);
/* Whether `cell` reads "`label`: value" (the value may be empty), blanks around aside. For all later ones. */
bool csv_group_match(struct view cell, struct view label, struct view *value);
/* The label in the group rows of an export with a group column: that column's, without CSV_GROUP_SUFFIX if it was
 * put there. */
struct view csv_group_label(const struct input_facts *facts);

#endif
