/* generate: writes a realistic ServiceTitan export of any size, for benchmarks and large tests.
 *
 *     generate ROWS csv|report|list|ndjson [SEED] > FILE
 *
 * csv and report are a Jobs report (web export, API answer), list and ndjson an invoices answer. About 250 bytes a row
 * as CSV. 1 row in 500 lacks its technician, 1 in 700 its date, 1 in 900 its number; summaries hold commas, doubled
 * quotes and line breaks. The same arguments give the same bytes on every machine: the random numbers are our own
 * (splitmix64), and so is exp(), because libraries differ in its last digit. */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
enum { BUFFER_SIZE = 1 << 20, ROW_LIMIT = 1 << 13 };

/* ---- random numbers */

struct random {
    uint64_t state;
};

static uint64_t random_next(struct random *random) {
    uint64_t z = random->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* 0 .. limit - 1; the bias of the multiplication is far below what a test could see. */
static uint32_t random_below(struct random *random, uint32_t limit) {
    return (uint32_t)(((random_next(random) >> 32) * limit) >> 32);
}

static bool random_chance(struct random *random, uint32_t thousandths) {
    return random_below(random, 1000) < thousandths;
}

static double random_unit(struct random *random) {
    return (double)(random_next(random) >> 11) / 9007199254740992.0;
}

static double exponential(double x) {
    int halvings = 0;
    while (x > 0.5) {
        x /= 2;
        halvings++;
    }
    double term = 1, sum = 1;
    for (int n = 1; n < 20; n++)
        sum += term *= x / n;
    for (; halvings > 0; halvings--)
        sum *= sum;
    return sum;
}

/* Cents of a lognormal price: median about $245, a long tail of installs. Twelve uniform numbers make a normal one. */
static int64_t random_price(struct random *random) {
    double normal = -6;
    for (int i = 0; i < 12; i++)
        normal += random_unit(random);
    return (int64_t)(exponential(5.5 + 1.1 * normal) * 100 + 0.5);
}

/* ---- output */

struct text {
    char *bytes;
    size_t length;
};

static void text_flush(struct text *text) {
    if (fwrite(text->bytes, 1, text->length, stdout) != text->length || fflush(stdout) != 0) {
        fprintf(stderr, "generate: cannot write: %s\n", strerror(errno));
        exit(4);
    }
    text->length = 0;
}

static void put(struct text *text, const char *string) {
    size_t length = strlen(string);
    memcpy(text->bytes + text->length, string, length);
    text->length += length;
}

static void put_char(struct text *text, char c) {
    text->bytes[text->length++] = c;
}

static void put_number(struct text *text, uint64_t number, int width) {
    char digits[24];
    int count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0 || count < width);
    while (count > 0)
        put_char(text, digits[--count]);
}

static void put_csv(struct text *text, const char *string) {
    if (strpbrk(string, ",\"\n") == NULL) {
        put(text, string);
        return;
    }
    put_char(text, '"');
    for (; *string != '\0'; string++) {
        if (*string == '"') put_char(text, '"');
        put_char(text, *string);
    }
    put_char(text, '"');
}

static void put_json(struct text *text, const char *string) {
    put_char(text, '"');
    for (; *string != '\0'; string++) {
        if (*string == '"' || *string == '\\') put_char(text, '\\');
        if (*string == '\n')
            put(text, "\\n");
        else
            put_char(text, *string);
    }
    put_char(text, '"');
}

/* 123456 as 1234.56 */
static void put_cents(struct text *text, int64_t cents) {
    if (cents < 0) put_char(text, '-');
    uint64_t size = (uint64_t)(cents < 0 ? -cents : cents);
    put_number(text, size / 100, 1);
    put_char(text, '.');
    put_number(text, size % 100, 2);
}

/* 123456 as "$1,234.56", quoted when it holds a comma, as the web export writes it */
static void put_money_csv(struct text *text, int64_t cents) {
    uint64_t size = (uint64_t)(cents < 0 ? -cents : cents), dollars = size / 100;
    bool quoted = dollars >= 1000;
    if (quoted) put_char(text, '"');
    put(text, cents < 0 ? "-$" : "$");
    if (dollars >= 1000000) {
        put_number(text, dollars / 1000000, 1);
        put_char(text, ',');
    }
    if (dollars >= 1000) {
        put_number(text, dollars / 1000 % 1000, dollars >= 1000000 ? 3 : 1);
        put_char(text, ',');
    }
    put_number(text, dollars % 1000, dollars >= 1000 ? 3 : 1);
    put_char(text, '.');
    put_number(text, size % 100, 2);
    if (quoted) put_char(text, '"');
}

/* 350 as 3.5, 400 as 4.0: as a program prints a floating number */
static void put_short(struct text *text, int64_t hundredths) {
    put_cents(text, hundredths);
    if (text->bytes[text->length - 1] == '0') text->length--;
}

/* ---- times, in minutes since 2025-01-01 00:00 */

struct moment {
    unsigned year, month, day, hour, minute;
};

static struct moment moment_of(int32_t minutes) {
    static const unsigned lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int32_t year = 365 * 1440;
    struct moment moment = {.year = 2025, .month = 1};
    for (; minutes < 0; minutes += year + 1440)
        moment.year--; /* only 2024 is met, and it is a leap year */
    for (; minutes >= year + (moment.year == 2024 ? 1440 : 0); moment.year++)
        minutes -= year + (moment.year == 2024 ? 1440 : 0);
    unsigned rest = (unsigned)minutes, days = rest / 1440;
    for (;; moment.month++) {
        unsigned length = lengths[moment.month - 1] + (moment.year == 2024 && moment.month == 2);
        if (days < length) break;
        days -= length;
    }
    moment.day = days + 1;
    moment.hour = rest % 1440 / 60;
    moment.minute = rest % 60;
    return moment;
}

static void put_us(struct text *text, struct moment moment) {
    put_number(text, moment.month, 1);
    put_char(text, '/');
    put_number(text, moment.day, 1);
    put_char(text, '/');
    put_number(text, moment.year, 4);
    put_char(text, ' ');
    put_number(text, moment.hour % 12 == 0 ? 12 : moment.hour % 12, 1);
    put_char(text, ':');
    put_number(text, moment.minute, 2);
    put(text, moment.hour < 12 ? " AM" : " PM");
}

static void put_day(struct text *text, struct moment moment) {
    put_number(text, moment.year, 4);
    put_char(text, '-');
    put_number(text, moment.month, 2);
    put_char(text, '-');
    put_number(text, moment.day, 2);
}

static void put_iso(struct text *text, struct moment moment) {
    put_day(text, moment);
    put_char(text, 'T');
    put_number(text, moment.hour, 2);
    put_char(text, ':');
    put_number(text, moment.minute, 2);
    put(text, ":00");
}

/* ---- one job, and the invoice made from it */

static const char *const first_names[] = {"Ana", "Bo", "Cy", "Dana", "Eli", "Fay", "Gus", "Hal", "Ida", "Jon"};
static const char *const last_names[] = {"Lopez", "Chen", "Diaz", "Ortiz", "O'Neil", "Smith", "Wong", "Kim"};
static const char *const units[] = {"HVAC Service", "Plumbing Service", "Electrical", "HVAC Install", "Drains, Sewer"};
static const char *const types[] = {"No Cool",  "Maintenance", "Water Heater",
                                    "Estimate", "Leak Repair", "Panel Upgrade"};
static const char *const customers[] = {"Smith, John", "Acme HVAC \"East\"", "Lee Park", "Garcia Family Trust",
                                        "O'Hara, P."};
static const char *const words[] = {"replaced", "capacitor", "checked", "refrigerant", "charge",  "customer", "asked",
                                    "for",      "quote",     "follow",  "up",          "cleaned", "coil",     "tested",
                                    "ok",       "left",      "note",    "access",      "code",    "gate"};
static const char *const labels[] = {"Job #",
                                     "Invoice #",
                                     "Customer Name",
                                     "Primary Technician",
                                     "Sold By",
                                     "Business Unit",
                                     "Job Type",
                                     "Completion Date",
                                     "Created Date",
                                     "Jobs Subtotal",
                                     "Jobs Total Revenue",
                                     "Estimate Sales",
                                     "Status",
                                     "Active",
                                     "Campaign",
                                     "Location Zip",
                                     "Summary",
                                     "Sold Hours",
                                     "Recall",
                                     "Membership"};
static const char *const names[] = {
    "JobNumber",      "InvoiceNumber", "CustomerName", "PrimaryTechnician", "SoldBy",        "BusinessUnit", "JobType",
    "CompletionDate", "CreatedDate",   "JobsSubtotal", "JobsTotalRevenue",  "EstimateSales", "Status",       "Active",
    "Campaign",       "LocationZip",   "Summary",      "SoldHours",         "Recall",        "Membership"};
enum { TECHNICIANS = COUNT(first_names) * COUNT(last_names) };

struct job {
    uint64_t index, number;
    bool has_number, has_technician, has_date, has_estimate, active, recall, member;
    uint32_t technician, seller, unit, type, zip;
    const char *customer, *status;
    struct moment done, made;
    int64_t subtotal, total, estimate; /* cents */
    int64_t hours;                     /* hundredths */
    char summary[256];
};

static void make_summary(struct random *random, char *summary, size_t size) {
    uint32_t count = 4 + random_below(random, 14), kind = random_below(random, 100);
    size_t length = 0;
    if (kind >= 15 && kind < 18) length += (size_t)snprintf(summary, size, "said \"");
    for (uint32_t i = 0; i < count; i++)
        length += (size_t)snprintf(summary + length, size - length, "%s%s",
                                   i == 0                ? ""
                                   : i == 1 && kind < 10 ? ", "
                                                         : " ",
                                   words[random_below(random, COUNT(words))]);
    if (kind >= 10 && kind < 15) snprintf(summary + length, size - length, "\ncall back");
    if (kind >= 15 && kind < 18) snprintf(summary + length, size - length, "\"");
}

static struct job make_job(struct random *random, uint64_t index) {
    struct job job = {.index = index, .number = 100000000 + index};
    int32_t done = 360 + (int32_t)random_below(random, 525600);
    job.done = moment_of(done);
    job.made = moment_of(done - 60 * (1 + (int32_t)random_below(random, 199)));
    job.subtotal = random_price(random);
    if (random_chance(random, 20)) job.subtotal = -job.subtotal;
    job.total = (job.subtotal * 10825 + (job.subtotal < 0 ? -5000 : 5000)) / 10000;
    job.has_estimate = random_chance(random, 300);
    job.estimate = job.has_estimate ? 1 + random_below(random, 500000) : 0;
    job.technician = random_below(random, TECHNICIANS);
    job.seller = random_below(random, TECHNICIANS);
    job.unit = random_below(random, COUNT(units));
    job.type = random_below(random, COUNT(types));
    job.customer = customers[random_below(random, COUNT(customers))];
    uint32_t status = random_below(random, 10);
    job.status = status < 8 ? "Completed" : status == 8 ? "Canceled" : "Hold";
    job.active = !random_chance(random, 30);
    job.recall = random_chance(random, 40);
    job.member = random_chance(random, 350);
    job.hours = random_below(random, 601);
    job.zip = 501 + random_below(random, 99450);
    job.has_technician = index % 500 != 499;
    job.has_date = index % 700 != 699;
    job.has_number = index % 900 != 899;
    make_summary(random, job.summary, sizeof job.summary);
    return job;
}

static void put_technician(struct text *text, uint32_t technician) {
    put(text, first_names[technician / COUNT(last_names)]);
    put_char(text, ' ');
    put(text, last_names[technician % COUNT(last_names)]);
}

/* ---- the four shapes */

static void csv_row(struct text *text, const struct job *job) {
    for (int column = 0; column < 2; column++) {
        if (job->has_number) put_number(text, job->number, 1);
        put_char(text, ',');
    }
    put_csv(text, job->customer);
    put_char(text, ',');
    if (job->has_technician) put_technician(text, job->technician);
    put_char(text, ',');
    if (job->has_estimate) put_technician(text, job->seller);
    put_char(text, ',');
    put_csv(text, units[job->unit]);
    put_char(text, ',');
    put(text, types[job->type]);
    put_char(text, ',');
    if (job->has_date) put_us(text, job->done);
    put_char(text, ',');
    put_us(text, job->made);
    put_char(text, ',');
    put_money_csv(text, job->subtotal);
    put_char(text, ',');
    put_money_csv(text, job->total);
    put_char(text, ',');
    put_money_csv(text, job->estimate);
    put_char(text, ',');
    put(text, job->status);
    put(text, job->active ? ",True," : ",False,");
    put(text, job->index % 3 != 0 ? "Google Ads," : "Referral,");
    put_number(text, job->zip, 5);
    put_char(text, ',');
    put_csv(text, job->summary);
    put_char(text, ',');
    put_short(text, job->hours);
    put(text, job->recall ? ",Yes" : ",No");
    put(text, job->member ? ",Yes\r\n" : ",No\r\n");
}

static void put_text_or_null(struct text *text, bool there, uint64_t number) {
    if (!there) {
        put(text, "null");
        return;
    }
    put_char(text, '"');
    put_number(text, number, 1);
    put_char(text, '"');
}

static void put_person_or_null(struct text *text, bool there, uint32_t technician) {
    if (!there) {
        put(text, "null");
        return;
    }
    put_char(text, '"');
    put_technician(text, technician);
    put_char(text, '"');
}

static void report_row(struct text *text, const struct job *job) {
    put_char(text, '[');
    put_text_or_null(text, job->has_number, job->number);
    put_char(text, ',');
    put_text_or_null(text, job->has_number, job->number);
    put_char(text, ',');
    put_json(text, job->customer);
    put_char(text, ',');
    put_person_or_null(text, job->has_technician, job->technician);
    put_char(text, ',');
    put_person_or_null(text, job->has_estimate, job->seller);
    put_char(text, ',');
    put_json(text, units[job->unit]);
    put_char(text, ',');
    put_json(text, types[job->type]);
    put(text, job->has_date ? ",\"" : ",null");
    if (job->has_date) put_iso(text, job->done);
    put(text, job->has_date ? "\",\"" : ",\"");
    put_iso(text, job->made);
    put(text, "\",");
    put_short(text, job->subtotal);
    put_char(text, ',');
    put_short(text, job->total);
    put_char(text, ',');
    put_short(text, job->estimate);
    put_char(text, ',');
    put_json(text, job->status);
    put(text, job->active ? ",true," : ",false,");
    put(text, job->index % 3 != 0 ? "\"Google Ads\",\"" : "\"Referral\",\"");
    put_number(text, job->zip, 5);
    put(text, "\",");
    put_json(text, job->summary);
    put_char(text, ',');
    put_short(text, job->hours);
    put(text, job->recall ? ",true" : ",false");
    put(text, job->member ? ",true]" : ",false]");
}

static void put_place(struct text *text, const char *key, uint64_t id, const char *name) {
    put(text, ",\"");
    put(text, key);
    put(text, "\":{\"id\":");
    put_number(text, id, 1);
    put(text, ",\"name\":");
    put_json(text, name);
    put_char(text, '}');
}

static void put_amount(struct text *text, const char *key, int64_t cents) {
    put(text, ",\"");
    put(text, key);
    put(text, "\":\"");
    put_cents(text, cents);
    put_char(text, '"');
}

static void put_items(struct text *text, const struct job *job) {
    int64_t third = job->subtotal / 3;
    put(text, ",\"items\":[");
    for (uint64_t k = 0; k < 1 + job->index % 3; k++) {
        put(text, k == 0 ? "{\"id\":" : ",{\"id\":");
        put_number(text, job->number * 10 + k, 1);
        put(text, ",\"type\":\"Service\",\"skuName\":\"SV-");
        put_number(text, (job->index + k) % 400, 4);
        put(text, "\",\"quantity\":\"1.0000000000000000000\"");
        put_amount(text, "price", third);
        put_amount(text, "total", third);
        put_char(text, '}');
    }
    put_char(text, ']');
}

static void invoice_object(struct text *text, const struct job *job) {
    put(text, "{\"id\":");
    if (job->has_number)
        put_number(text, job->number, 1);
    else
        put(text, "null");
    put(text, ",\"syncStatus\":\"Pending\",\"referenceNumber\":\"");
    if (job->has_number) put_number(text, job->number, 1);
    put(text, "\",\"invoiceDate\":");
    put(text, job->has_date ? "\"" : "null");
    if (job->has_date) {
        put_day(text, job->done);
        put(text, "T00:00:00Z\"");
    }
    put_amount(text, "subTotal", job->subtotal);
    put_amount(text, "salesTax", job->total - job->subtotal);
    put_amount(text, "total", job->total);
    put_amount(text, "balance", 0);
    put_place(text, "customer", job->number % 99991, job->customer);
    put_place(text, "location", job->number % 77777, job->customer);
    put_place(text, "businessUnit", job->unit + 10, units[job->unit]);
    put(text, ",\"createdBy\":\"office\",\"createdOn\":\"");
    put_iso(text, job->made);
    put(text, ".0000000Z\",\"modifiedOn\":\"");
    put_iso(text, job->done);
    put(text, "Z\",\"job\":{\"id\":");
    put_number(text, job->number - 3, 1);
    put(text, ",\"number\":\"");
    put_number(text, job->number - 3, 1);
    put(text, "\",\"type\":");
    put_json(text, types[job->type]);
    put(text, "},\"employeeInfo\":");
    if (job->has_technician) {
        put(text, "{\"id\":");
        put_number(text, job->technician + 500, 1);
        put(text, ",\"name\":");
        put_person_or_null(text, true, job->technician);
        put(text, ",\"modifiedOn\":\"");
        put_iso(text, job->made);
        put(text, "Z\"}");
    } else {
        put(text, "null");
    }
    put(text, ",\"sentStatus\":\"NotSent\",\"reviewStatus\":");
    put(text, strcmp(job->status, "Hold") == 0 ? "\"NeedsReview\"" : "\"Reviewed\"");
    put(text, ",\"summary\":");
    put_json(text, job->summary);
    put_items(text, job);
    put(text, ",\"customFields\":null,\"active\":");
    put(text, job->active ? "true" : "false");
    put_amount(text, "discountTotal", 0);
    put_char(text, '}');
}

/* ---- the whole file */

enum kind { KIND_CSV, KIND_REPORT, KIND_LIST, KIND_NDJSON };

static void put_counts(struct text *text, uint64_t rows) {
    put(text, "\"page\":1,\"pageSize\":");
    put_number(text, rows, 1);
    put(text, ",\"totalCount\":");
    put_number(text, rows, 1);
    put(text, ",\"hasMore\":false,\"data\":[");
}

static void put_head(struct text *text, enum kind kind, uint64_t rows) {
    if (kind == KIND_CSV) {
        for (size_t i = 0; i < COUNT(labels); i++) {
            put(text, labels[i]);
            put(text, i + 1 < COUNT(labels) ? "," : "\r\n");
        }
    } else if (kind == KIND_REPORT) {
        put(text, "{\"fields\":[");
        for (size_t i = 0; i < COUNT(labels); i++) {
            put(text, i == 0 ? "{\"name\":" : ",{\"name\":");
            put_json(text, names[i]);
            put(text, ",\"label\":");
            put_json(text, labels[i]);
            put_char(text, '}');
        }
        put(text, "],");
        put_counts(text, rows);
    } else if (kind == KIND_LIST) {
        put_char(text, '{');
        put_counts(text, rows);
    }
}

static void put_row(struct text *text, enum kind kind, const struct job *job) {
    if (job->index > 0 && (kind == KIND_REPORT || kind == KIND_LIST)) put_char(text, ',');
    if (kind == KIND_CSV)
        csv_row(text, job);
    else if (kind == KIND_REPORT)
        report_row(text, job);
    else
        invoice_object(text, job);
    if (kind == KIND_NDJSON) put_char(text, '\n');
}

static bool parse_number(const char *string, uint64_t *number) {
    char *end;
    errno = 0;
    *number = strtoull(string, &end, 10);
    return errno == 0 && string[0] >= '0' && string[0] <= '9' && *end == '\0';
}

int main(int argc, char **argv) {
    static const char *const kinds[] = {"csv", "report", "list", "ndjson"};
    uint64_t rows = 0, seed = 42;
    size_t kind = 0;
    while (argc > 2 && kind < COUNT(kinds) && strcmp(argv[2], kinds[kind]) != 0)
        kind++;
    if (argc < 3 || argc > 4 || kind == COUNT(kinds) || !parse_number(argv[1], &rows) ||
        (argc == 4 && !parse_number(argv[3], &seed))) {
        fputs("usage: generate ROWS csv|report|list|ndjson [SEED] > FILE\n", stderr);
        return 2;
    }
    struct text text = {.bytes = malloc(BUFFER_SIZE + ROW_LIMIT)};
    if (text.bytes == NULL) {
        fputs("generate: out of memory\n", stderr);
        return 4;
    }
    struct random random = {.state = seed};
    put_head(&text, (enum kind)kind, rows);
    for (uint64_t i = 0; i < rows; i++) {
        struct job job = make_job(&random, i);
        put_row(&text, (enum kind)kind, &job);
        if (text.length >= BUFFER_SIZE) text_flush(&text);
    }
    if (kind == KIND_REPORT || kind == KIND_LIST) put(&text, "]}");
    text_flush(&text);
    free(text.bytes);
    return 0;
}
