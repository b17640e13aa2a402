/* issue_catalog.c: every code with its words: what it says, why it matters, how to mend it. `explain` prints it, the
 * reports take titles and fixes from it. */
#include "report/issue.h"

#define PLECTO_NEEDS "Plecto refuses a registration without an employee, a unique ID and a date. "

static const struct issue_kind kinds[ISSUE_CODE_COUNT] = {
    [E101_CELLS_MISSING] =
        {E101_CELLS_MISSING, "E101", "cells-missing", SEVERITY_ERROR, "the row has fewer cells than the header",
         "Which cell is missing cannot be known, so every value behind it may be in the wrong column.",
         "export again; if the file was edited, put the missing commas back",
         "Job #,Primary Technician,Completion Date\n100231,Ana Lopez\n"},
    [E102_CELLS_EXTRA] =
        {E102_CELLS_EXTRA, "E102", "cells-extra", SEVERITY_ERROR, "the row has more cells than the header",
         "Mostly a comma inside a text that should be in quotes; every value behind it is one column off.",
         "export again; if the file was edited, put the text with the comma in quotes",
         "Job #,Customer Name,Completion Date\n100231,Smith, John,10/20/2025\n"},
    [E103_UNCLOSED_QUOTE] = {E103_UNCLOSED_QUOTE, "E103", "unclosed-quote", SEVERITY_ERROR,
                             "a quote is opened and not closed in its row",
                             "Everything up to the next quote became one cell: the rows in between are swallowed.",
                             "close the quote in the first line named, or export again",
                             "100231,Ana Lopez,\"customer asked for quote\n100232,Bo Chen,done\n"},
    [E104_NOT_JSON] = {E104_NOT_JSON, "E104", "not-json", SEVERITY_ERROR, "the record is not valid JSON",
                       "A record that cannot be read cannot be checked; the others are not harmed by it.",
                       "export again; if the file was edited, mend the place named",
                       "{\"id\": 100231, \"total\": 310.}\n"},
    [E105_NOT_OBJECT] =
        {E105_NOT_OBJECT, "E105", "not-a-record", SEVERITY_ERROR, "an element of the list is no record",
         "ServiceTitan's answers hold objects (or, in reports, lists of cells); this is something else.",
         "remove it, or export again", "\"data\": [{\"id\": 100231}, null]\n"},
    [E106_MISSING_COLUMN] =
        {E106_MISSING_COLUMN, "E106", "missing-column", SEVERITY_ERROR, "a mandatory column is not in the file",
         PLECTO_NEEDS "The file has no column that the schema knows for one of them.",
         "add the column to the report in ServiceTitan, name the column in a schema (plecto.aliases), or "
         "--default-employee NAME where only the employee is missing",
         "Job #,Completion Date,Jobs Subtotal\n100231,10/20/2025,$310.00\n"},
    [E107_TOO_LARGE] =
        {E107_TOO_LARGE, "E107", "too-large", SEVERITY_ERROR, "the record is larger than --max-cell",
         "Nobody types 16 MiB into a cell: mostly a quote or bracket is not closed, and the record swallows those behind "
         "it. It is stepped over without being held; rejected.csv has only the cells at its begin.",
         "mend the place named, or export again; --max-cell SIZE allows larger records",
         "100231,\"a note that never ends\n"},
    [W121_CUT_EXPORT] = {W121_CUT_EXPORT, "W121", "cut-export", SEVERITY_WARNING, "the export is cut",
                         "The answer itself says that there is more than the file holds; sums are too small.",
                         "export all pages; --allow-cut was given, so what is there was taken",
                         "{\"hasMore\": true, \"data\": [...]}\n"},
    [W122_DUPLICATE_LABEL] =
        {W122_DUPLICATE_LABEL, "W122", "duplicate-label", SEVERITY_WARNING, "a column label comes twice",
         "Reports of two templates repeat labels; the first column of that name is used, the second is called "
         "\"Label (2)\".",
         "rename one of the columns in the report, or use the second in a schema as \"Label (2)\"",
         "Job #,Total,Total\n100231,310.00,335.58\n"},
    [W123_RENAMED_COLUMN] = {W123_RENAMED_COLUMN, "W123", "renamed-column", SEVERITY_WARNING,
                             "a column was perhaps renamed",
                             "The owner of a report may rename its columns. A column that the schema does not know is "
                             "not sent, and where it "
                             "held the employee or the date, another column took its place.",
                             "give the column its name back, or add the new label to the aliases in a schema of yours",
                             "Job #,Prim. Technician,Sold By,Completion Date\n"},
    [W124_OTHER_SHEETS] = {W124_OTHER_SHEETS, "W124", "other-sheets", SEVERITY_WARNING,
                           "the workbook has further sheets with rows",
                           "One sheet of a workbook is read: the first that is shown and is not named Filters. Rows of "
                           "another sheet do not come into any total.",
                           "--sheet NAME reads another one; each sheet is a run of its own",
                           "jobs.xlsx: Jobs, Jobs (2)\n"},
    [W125_LOOSE_QUOTES] =
        {W125_LOOSE_QUOTES, "W125", "loose-quotes", SEVERITY_WARNING,
         "a quote stands inside of a cell, neither doubled nor closing it",
         "A quote opens a cell only as its first sign, closes it only before a comma or a line end, and is written "
         "twice "
         "inside. Here one stands elsewhere, so that commas may divide what was to be one cell, or join what was to be "
         "several; the cells may then stand in wrong columns.",
         "look at the row; if a comma is missing before the quote, or the quote is not doubled, export again",
         "100231\"Smith, John\",Ana Lopez,10/20/2025\n"},
    [E201_MISSING_EMPLOYEE] =
        {E201_MISSING_EMPLOYEE, "E201", "missing-employee", SEVERITY_ERROR, "the employee is missing",
         PLECTO_NEEDS "Without an employee the row would count for nobody.",
         "set the technician in ServiceTitan and export again; --default-employee NAME books such rows on one name; "
         "--on-error reject goes on without them",
         "Job #,Primary Technician,Completion Date,Jobs Subtotal\n100232,,10/20/2025,$310.00\n"},
    [E202_MISSING_ID] = {E202_MISSING_ID, "E202", "missing-id", SEVERITY_ERROR, "the ID is missing",
                         PLECTO_NEEDS "The ID is what a later upload replaces the registration by; 0 is no ID.",
                         "add the ID column to the report; --on-error reject goes on without the rows that have none",
                         "Job #,Primary Technician,Completion Date\n,Ana Lopez,10/20/2025\n"},
    [E203_MISSING_DATE] =
        {E203_MISSING_DATE, "E203", "missing-date", SEVERITY_ERROR, "the date is missing",
         PLECTO_NEEDS "Empty cells and placeholders (N/A, -, 0001-01-01) are no dates. A job that is not completed has "
                      "no completion date yet.",
         "--date FIELD uses another date column; filter open records out of the report; --on-error reject goes on "
         "without them",
         "Job #,Primary Technician,Completion Date\n100232,Ana Lopez,N/A\n"},
    [E204_MISSING_REQUIRED] = {E204_MISSING_REQUIRED, "E204", "missing-required", SEVERITY_ERROR,
                               "a field that the schema requires is empty",
                               "The schema says \"required\": true for it.",
                               "fill it in ServiceTitan, or take the requirement out of the schema",
                               "\"constraints\": {\"required\": true}\n"},
    [E301_NOT_NUMBER] =
        {E301_NOT_NUMBER, "E301", "not-a-number", SEVERITY_ERROR, "a number cannot be read",
         "An amount that cannot be read exactly is never guessed. Groups of digits must be of three (12,345), and "
         "1.234,56 is read only where the schema declares decimalChar and groupChar.",
         "mend the value in ServiceTitan and export again; --on-error reject sets the row aside",
         "Job #,Jobs Subtotal\n100231,\"$12,34.5\"\n"},
    [E302_NUMBER_TOO_LARGE] = {E302_NUMBER_TOO_LARGE, "E302", "number-too-large", SEVERITY_ERROR,
                               "a number is too large",
                               "Amounts are exact up to 922,337,203,685,477.5807; beyond it nothing would be exact.",
                               "mend the value; an ID in this column wants the type string in the schema",
                               "99999999999999999999\n"},
    [E303_NUMBER_TOO_PRECISE] =
        {E303_NUMBER_TOO_PRECISE, "E303", "number-too-precise", SEVERITY_ERROR, "an amount has more than four decimals",
         "Money is kept in ten-thousandths; a fifth decimal would have to be rounded away silently.",
         "mend the value, or export the column with fewer decimals", "Jobs Subtotal\n12.34567\n"},
    [E304_NOT_DATE] =
        {E304_NOT_DATE, "E304", "not-a-date", SEVERITY_ERROR, "a date cannot be read",
         "Dates are read as 10/20/2025, 10/20/2025 3:04 PM, 2025-10-20 or 2025-10-20T15:04:00Z; Excel's serial numbers "
         "only where the schema says \"format\": \"excel\".",
         "export again with an ordinary date format, or declare the format in the schema",
         "Completion Date\nyesterday\n"},
    [E305_NO_SUCH_DAY] =
        {E305_NO_SUCH_DAY, "E305", "no-such-day", SEVERITY_ERROR, "the day or time does not exist",
         "There is no 30 February, no month 13 and no hour 25; where the whole column looks so, the order of day and "
         "month is the other one.",
         "mend the value; if the column is day first, --date-order dmy", "Completion Date\n2/30/2025\n"},
    [E306_AMBIGUOUS_DATE] =
        {E306_AMBIGUOUS_DATE, "E306", "ambiguous-date", SEVERITY_ERROR, "a date can be read month first or day first",
         "3/4/2025 is March 4 in one country and 3 April in another. It is read only if the schema declares the order, "
         "a value of the column proves it (25 cannot be a month), or only one reading lies in --period.",
         "--date-order mdy (month first, as ServiceTitan prints in the United States) or --date-order dmy",
         "Completion Date\n3/4/2025\n3/5/2025\n"},
    [E307_NOT_BOOLEAN] = {E307_NOT_BOOLEAN, "E307", "not-a-boolean", SEVERITY_ERROR, "neither yes nor no",
                          "True, Yes, Y, 1 and False, No, N, 0 are read, in any case.",
                          "mend the value and export again", "Active\nmaybe\n"},
    [E308_NOT_DURATION] = {E308_NOT_DURATION, "E308", "not-a-duration", SEVERITY_ERROR,
                           "a length of time cannot be read",
                           "HH:MM:SS, MM:SS and plain seconds are read; minutes and seconds are below 60.",
                           "mend the value and export again", "Duration\n00:75:00\n"},
    [E309_NOT_TEXT] =
        {E309_NOT_TEXT, "E309", "not-text", SEVERITY_ERROR, "a text holds bytes that are no text",
         "What is sent must be UTF-8 without zero bytes. Mostly the file is in another encoding, as older programs on "
         "Windows write it: guessing would change names silently.",
         "--encoding windows-1252 if the file comes from such a program; else export it again as UTF-8",
         "Primary Technician\nJos\\xE9\n"},
    [W321_UNKNOWN_VALUE] =
        {W321_UNKNOWN_VALUE, "W321", "unknown-value", SEVERITY_WARNING, "a value the schema does not know",
         "ServiceTitan adds values now and then; the row goes out as it is, but a formula that asks for the known ones "
         "will not see it.",
         "check the spelling; add the value to constraints.enum of the schema if it is right", "Status\nVanished\n"},
    [W322_ROUNDED_IN_TOTALS] =
        {W322_ROUNDED_IN_TOTALS, "W322", "rounded-in-totals", SEVERITY_WARNING,
         "a number has more decimals than totals keep",
         "The row carries the number with all its digits; sums take it rounded half-even to four decimals.",
         "nothing to do unless the fifth decimal matters", "Sold Hours\n1.33333333\n"},
    [W323_FAR_DATE] =
        {W323_FAR_DATE, "W323", "far-date", SEVERITY_WARNING, "a date outside 1990 to 2100",
         "Contracts without an end are seen with 2116, forgotten dates with 1970; the date goes out as it is.",
         "check the date in ServiceTitan", "Completion Date\n1/1/2116\n"},
    [W324_CLOCK_CHANGE] = {W324_CLOCK_CHANGE, "W324", "clock-change", SEVERITY_WARNING,
                           "a local time that the clock change skips or repeats",
                           "In the night the clocks change an hour is missing or comes twice; the day is right, the "
                           "hour may be off by one.",
                           "nothing to do unless the hour matters", "Completion Date\n3/9/2025 2:30 AM\n"},
    [W325_PLACEHOLDER] = {W325_PLACEHOLDER, "W325", "placeholder", SEVERITY_WARNING, "a placeholder is taken as empty",
                          "N/A, -, null and dates such as 0001-01-01 stand for \"nothing\".",
                          "nothing to do if that is what is meant", "Jobs Subtotal\nN/A\n"},
    [W326_LOST_CHARACTER] =
        {W326_LOST_CHARACTER, "W326", "lost-character", SEVERITY_WARNING, "a text has lost a character",
         "U+FFFD stands where a program could not read a character, or where JSON had half of a surrogate pair or a zero "
         "character. Which one it was cannot be known here.",
         "mend the value in ServiceTitan and export again", "Primary Technician\nJos\xEF\xBF\xBD\n"},
    [E401_DUPLICATE_ID] =
        {E401_DUPLICATE_ID, "E401", "duplicate-id", SEVERITY_ERROR, "the same ID in two rows",
         "Plecto keeps one registration per ID: the last one sent replaces the others whole, and their money vanishes "
         "from "
         "every total. The rows differ, so they are no repeats. The amount shown is what would vanish.",
         "give the rows IDs of their own (a schema's \"id\" may combine columns: \"{Invoice Number}:{Item Code}\"); "
         "--on-error reject writes the first and sets the others aside",
         "Job #,Primary Technician,Jobs Subtotal\n100231,Ana Lopez,$310.00\n100231,Bo Chen,$85.00\n"},
    [E402_SHORTENED_ID] =
        {E402_SHORTENED_ID, "E402", "shortened-id", SEVERITY_ERROR, "the ID lost its digits in a spreadsheet",
         "A spreadsheet that takes a long ID for a number keeps 15 of its digits and shows 1.23457E+18. The digits "
         "that "
         "are gone cannot be restored, and several IDs may have become one.",
         "export again and do not save the file in a spreadsheet, or format the column as text before pasting",
         "Job #,Primary Technician\n1.23457E+18,Ana Lopez\n"},
    [W421_EXACT_REPEAT] = {W421_EXACT_REPEAT, "W421", "exact-repeat", SEVERITY_WARNING, "the same row again",
                           "Overlapping exports and shifting pages repeat rows. A row equal to an earlier one in every "
                           "cell is left out and "
                           "counted as repeated, so that nothing counts twice.",
                           "nothing to do; exporting periods that do not overlap avoids it",
                           "100231,Ana Lopez,$310.00\n100231,Ana Lopez,$310.00\n"},
    [E501_UNKNOWN_PERSON] =
        {E501_UNKNOWN_PERSON, "E501", "unknown-person", SEVERITY_ERROR, "an ID that is in no roster",
         "Plecto would make a new profile for an unknown person, and profiles cannot be separated or merged back.",
         "add the person to the file given with --roster; is the ID of the right kind (technician, employee, user)?",
         "soldById 90210, and no such technician in technicians.json\n"},
    [E502_TWO_PEOPLE] = {E502_TWO_PEOPLE, "E502", "two-people", SEVERITY_ERROR, "one ID, two people",
                         "ServiceTitan numbers technicians, employees and users apart, so the same number may be two "
                         "persons; the export "
                         "does not say which list this one is from.",
                         "give only the roster whose IDs the export uses, or a roster CSV with a space column",
                         "77 is Ana Lopez among technicians and Bo Chen among employees\n"},
    [E503_SEVERAL_PEOPLE] =
        {E503_SEVERAL_PEOPLE, "E503", "several-people", SEVERITY_ERROR, "a row names several people",
         "A registration belongs to one employee. Giving all of it to one of them, or a part to each, changes what "
         "they are seen to have done, so it has to be said which.",
         "--several split makes one registration for each person with its part, --several first gives all to the "
         "first; "
         "plecto.several in a schema says it for good; if it is one name with a comma, plecto.commas: \"name\"",
         "Job #,Primary Technician,Completion Date,Jobs Subtotal\n100231,\"Ana Lopez, Bo Chen\",10/20/2025,$310.00\n"},
    [E504_SHARES_DIFFER] = {E504_SHARES_DIFFER, "E504", "shares-differ", SEVERITY_ERROR,
                            "the shares of a row are no whole",
                            "Job splits are percentages (0 to 100) or fractions (0 to 1); if those of a job add up to "
                            "something else, one is "
                            "missing or doubled, and money would be.",
                            "look at the splits of the job in ServiceTitan and export them again",
                            "[{\"jobId\": 100231, \"technicianId\": 7, \"split\": 60}]\n"},
    [E505_LISTS_DIFFER] =
        {E505_LISTS_DIFFER, "E505", "several-records", SEVERITY_ERROR, "one row holds several records",
         "Opportunity reports print the IDs, dates and people of several records into one row, in parallel. They can "
         "be "
         "taken apart only if each has its ID, date and person.",
         "export a report with one row for each record, or --several split where the lists are equally long",
         "Estimate #,Sold By,Estimate Sold Date\n\"389089722, 389091705\",\"Ana Lopez, Ana Lopez\",\"10/21/2025, "
         "10/20/2025\"\n"},
    [W521_NO_ROSTER] =
        {W521_NO_ROSTER, "W521", "no-roster", SEVERITY_WARNING, "people are known by ID only",
         "API records often name no one: the ID is taken as the name too, and Plecto will show numbers for names.",
         "--roster FILE with the technicians (settings/technicians as JSON, or a CSV with id,name)",
         "{\"id\": 1, \"soldById\": 77}\n"},
    [W522_NO_PARTNER] =
        {W522_NO_PARTNER, "W522", "no-partner", SEVERITY_WARNING, "a row has no partner in a companion export",
         "A value that --with was to bring is missing for the row, so the fields made of it stay empty.",
         "export the companion for the same or a longer period", "--with jobs.json, which lacks job 100231\n"},
    [W523_LOOK_ALIKE] =
        {W523_LOOK_ALIKE, "W523", "look-alike", SEVERITY_WARNING, "two spellings look like one person",
         "Plecto makes an employee of every spelling, and two employees cannot be merged again. Names are never merged "
         "silently here.",
         "write the name one way in ServiceTitan, or list the spellings as aliases in the roster",
         "Ana Lopez\nana  lopez\nLopez, Ana\n"},
    [W524_SAME_NAME] = {W524_SAME_NAME, "W524", "same-name", SEVERITY_WARNING, "one name has several IDs",
                        "Either two people are called the same, or one person is known by IDs of two lists "
                        "(technician, employee, user): "
                        "then its numbers are spread over two employees.",
                        "compare the IDs with the lists in ServiceTitan's settings", "7 Ana Lopez\n112 Ana Lopez\n"},
    [E601_NO_PERIOD] =
        {E601_NO_PERIOD, "E601", "no-period", SEVERITY_ERROR, "the report has no date, and its period is not known",
         "A report with one line for each technician has no date column: its rows are dated by the period it was made "
         "for.",
         "--period 2025-10-01..2025-10-31, or keep the period in the file's name or in the lines above the header",
         "Name,Completed Jobs,Completed Revenue\nAna Lopez,12,$4310.00\n"},
    [E602_STALE_FIX] =
        {E602_STALE_FIX, "E602", "stale-fix", SEVERITY_ERROR, "a fix that no longer fits its row",
         "A fix (--fixes) says what a cell was when somebody decided about it. The export now says something else, so "
         "the "
         "decision may no longer hold, and nothing is changed silently.",
         "look at the row, and delete or renew the fix: convert --to review, decide again, st2plecto apply",
         "fixes.csv: jobs,100232,Jobs Subtotal,310.00,130.00\njobs.csv:  100232 now says 330.00\n"},
    [W621_NO_TIME_ZONE] =
        {W621_NO_TIME_ZONE, "W621", "no-time-zone", SEVERITY_WARNING, "UTC times without a time zone to count days in",
         "A job done at 23:00 in Phoenix is printed with the next day in UTC: evenings count on the wrong day.",
         "--tz ZONE, for example --tz America/Chicago", "\"completedOn\": \"2026-01-03T06:00:00Z\"\n"},
    [E701_TOTAL_DIFFERS] =
        {E701_TOTAL_DIFFERS, "E701", "total-differs", SEVERITY_ERROR, "a total in the file is not the sum of its rows",
         "The file's own total row and its rows do not agree: rows are missing, or a value was changed.",
         "export again; if the column is set to average in the report, set it to sum or take the total row out",
         "100231,Ana Lopez,$310.00\n100232,Bo Chen,$85.00\n,,$400.00\n"},
    [E702_COUNT_DIFFERS] = {E702_COUNT_DIFFERS, "E702", "count-differs", SEVERITY_ERROR,
                            "a total row states another number of rows",
                            "Rows are missing from the file, or came in from elsewhere.", "export again",
                            "Business Unit: HVAC\n...41 rows...\n,42,$12345.67\n"},
    [W821_RATIO_LEFT_OUT] =
        {W821_RATIO_LEFT_OUT, "W821", "ratio-left-out", SEVERITY_WARNING, "a ratio is left out of the totals",
         "Percentages and averages cannot be added up or averaged again: 50% of 2 and 10% of 100 are not 30% of 102. "
         "They "
         "are rebuilt from their parts where the schema names them, else left out.",
         "name the parts in the schema: \"aggregate\": {\"ratio\": [\"Numerator\", \"Denominator\"]}",
         "Jobs Gross Margin %\n41.93%\n"},
    [E901_REFUSED] =
        {E901_REFUSED, "E901", "refused-registration", SEVERITY_ERROR, "Plecto refused a registration",
         "The others of its list were sent without it. It stands in refused.csv, beside the journal of uploads, with "
         "Plecto's own words, and each upload tries it once more until it is taken or no longer in the folder.",
         "read Plecto's words in refused.csv; mend the value, or the fields of the data source in Plecto",
         "100232: Revenue: A valid number is required.\n"},
    [E902_DIFFERENT] =
        {E902_DIFFERENT, "E902", "different-registration", SEVERITY_ERROR,
         "Plecto holds something else than what was published",
         "verify read the registration back from Plecto and a field says something else: it was changed there, a field "
         "of the data source has another type or title, or the folder was converted anew since the upload.",
         "upload --resend sends all of the folder again; if it stays, compare the data source's fields with datasource.json",
         "100232: Jobs Total is 310.00 in Plecto, published 335.57\n"},
    [E903_MISSING] =
        {E903_MISSING, "E903", "missing-registration", SEVERITY_ERROR, "a published registration is not in Plecto",
         "It was never sent, was refused, or somebody deleted it in Plecto. What the journal knows as confirmed is not "
         "sent again by itself.",
         "st2plecto plan shows what an upload would send; upload --resend sends all of the folder again",
         "100232 is not among the answers for 2025-10-01 to 2025-10-31\n"},
    [E904_FOREIGN] =
        {E904_FOREIGN, "E904", "foreign-registration", SEVERITY_ERROR,
         "Plecto holds a registration that was not published",
         "It has a date of the folder's period and is not in the folder: it vanished at the source since it was sent, or "
         "comes from elsewhere. Plecto's totals count it.",
         "st2plecto plan tells what vanished (--vanished zero or delete); others are to be deleted in Plecto",
         "99999, 2025-10-12\n"},
    [W921_VANISHED] =
        {W921_VANISHED, "W921", "vanished-registration", SEVERITY_WARNING,
         "a registration that was sent is no longer at the source",
         "Its date lies within the folder's period, and neither registrations.jsonl nor rejected.csv has it: it was "
         "deleted, set inactive or moved to another day in ServiceTitan. Plecto goes on counting it.",
         "--vanished zero sends its numbers as 0, --vanished delete deletes it; if the export is incomplete, export again",
         "100232  2025-10-15  Cy Ortiz: vanished, Jobs Total $801.85\n"},
    [W922_NEW_EMPLOYEE] =
        {W922_NEW_EMPLOYEE, "W922", "new-employee", SEVERITY_WARNING, "Plecto would make an employee profile",
         "Plecto makes a profile, without login, for each ID it does not know. Two profiles of one person cannot be "
         "taken apart again once they are merged, so a wrong ID is best found before.",
         "compare the names with Plecto's employees; --roster at convert gives IDs instead of names",
         "Cy Ortiz (ServiceTitan ID 4103), 12 registrations\n"},
    [W923_EMPTIED] =
        {W923_EMPTIED, "W923", "emptied-field", SEVERITY_WARNING, "a field would become empty in Plecto",
         "Plecto replaces a registration whole: a field that was sent before and is empty or left out now loses its "
         "value there.",
         "if that is not meant: send the field (--field NAME), or export the column again",
         "Business Unit     in 1 registration, W923 emptied in 1\n"},
    [W924_IN_DOUBT] =
        {W924_IN_DOUBT, "W924", "in-doubt", SEVERITY_WARNING, "a registration was sent and no answer came",
         "The upload was broken off, or the connection, between a list and its answer: Plecto may have taken it or not.",
         "nothing to do: it is sent again, and its external ID makes that no second registration", "kill -9\n"},
};

const struct issue_kind *issue_kind(enum issue_code code) {
    return &kinds[code];
}

const struct issue_kind *issue_kind_find(struct view name) {
    name = view_trim(name);
    for (int code = 0; code < ISSUE_CODE_COUNT; code++)
        if (view_equal_fold(name, view_of(kinds[code].name)) || view_equal_fold(name, view_of(kinds[code].slug)))
            return &kinds[code];
    return NULL;
}
