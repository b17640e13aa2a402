/* validate.c: `validate FILE…`: reads and checks all that convert does, and writes reports only. */
#include "cli/convert_options.h"

const struct command command_validate = {
    .name = "validate",
    .summary = "check exports as convert would, write reports only",
    .usage = "[OPTION...] FILE...",
    .examples = "  st2plecto validate jobs.csv\n"
                "  st2plecto validate --fail-on warning --max-issues 20 exports/\n"
                "  st2plecto validate --format json jobs.csv | jq .issues\n"
                "  st2plecto validate -o reports --force invoices.json\n",
    .about =
        "Reads every row and checks what convert checks: structure, mandatory fields, values, IDs, people, totals.\n"
        "Import files are never written; with -o DIR the reports are (result.json, receipt.json, rejected.csv).\n"
        "\n"
        "Exit codes: 0 fine, 1 issues (see --fail-on), 2 wrong use or schema, 3 input cannot be read or is cut,\n"
        "4 output cannot be written, 7 the ledger does not balance, 130 and 143 interrupted.\n",
    .options = convert_rules,
    .option_count = VALIDATE_RULE_COUNT,
    .is_offline = true,
    .run = convert_main,
};
