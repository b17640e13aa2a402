/* label_words.h: what the words of a column's label say of its values: an average or rate, an amount of money, hours, a
 * count, a person, a day. Words decide only where nothing is proved: by a total row, a sign, a format. */
#ifndef SCHEMA_LABEL_WORDS_H
#define SCHEMA_LABEL_WORDS_H

#include <stdbool.h>

#include "base/view.h"

/* "Average Ticket", "Avg. Sale", "Revenue per Hour", "CloseRate", "Tech Recall %", "NPS": never summed. Not "Per Diem" and
 * "Flat Rate Sales". */
bool label_is_average(struct view label);
/* Of these, those that are shares of a whole: "%", percent, rate, conversion, close. An hourly rate is one by its words
 * too: its dollar sign tells. */
bool label_is_percent(struct view label);
/* "Completed Revenue", "Gross Pay", "Dispatch Surcharge"; not "Memberships Sold", not "Sales Opportunity". */
bool label_is_money(struct view label);
/* "Total Miles", "Total Tons", "Price Level": something else is measured, whatever the other words say. */
bool label_is_measure(struct view label);
/* "Regular Hours", "Drive Time". */
bool label_is_hours(struct view label);
/* "Completed Jobs", "Recalls", "Leads Sold", "Days Worked". */
bool label_is_count(struct view label);

/* "Sold By", "Created By", "Lead Technician", "CSR": a person's name; not "Technician ID", "Technicians", "By Phone". */
bool label_is_person(struct view label);

/* "Inspector", "Driver", "Crew Lead": who does something, by the ending of the word; not who is served ("Customer"). Filter and
 * Water Heater end so too: the values have to look like names. */
bool label_is_doer(struct view label);
/* "Technician ID", "createdById", "Sold By ID": an ID of a person; not "Customer ID". */
bool label_names_person_id(struct view label);
/* "Invoiced On", "Due Date", "createdAt": a day. */
bool label_is_day(struct view label);

#endif
