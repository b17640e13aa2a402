/* option_values.c: see option_values.h. Numbers and truths are stored in the size that their place has: an option may be a
 * bool, an enum, an unsigned, a size_t. */
#include "cli/option_values.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"

/* --- places ----------------------------------------------------------------------------------------------- */

static void store_number(void *settings, struct option_place place, uint64_t number) {
    void *to = (char *)settings + place.offset;
    uint8_t byte = (uint8_t)number;
    uint32_t word = (uint32_t)number;
    switch (place.size) {
    case sizeof byte: memcpy(to, &byte, sizeof byte); break;
    case sizeof word: memcpy(to, &word, sizeof word); break;
    case sizeof number: memcpy(to, &number, sizeof number); break;
    default: break;
    }
}

static void store_text(void *settings, struct option_place place, const char *text) {
    memcpy((char *)settings + place.offset, &text, sizeof text);
}

uint64_t option_number_at(const void *settings, struct option_place place) {
    const void *from = (const char *)settings + place.offset;
    uint8_t byte = 0;
    uint32_t word = 0;
    uint64_t number = 0;
    switch (place.size) {
    case sizeof byte: memcpy(&byte, from, sizeof byte); return byte;
    case sizeof word: memcpy(&word, from, sizeof word); return word;
    case sizeof number: memcpy(&number, from, sizeof number); return number;
    default: return 0;
    }
}

const char *option_text_at(const void *settings, struct option_place place) {
    const char *text = NULL;
    if (place.size == sizeof text) memcpy(&text, (const char *)settings + place.offset, sizeof text);
    return text;
}

/* --- words and numbers ------------------------------------------------------------------------------------ */

const char *options_nearest(const char *wrong, const char *const *words, size_t count) {
    const char *best = NULL;
    size_t best_distance = SIZE_MAX;
    struct view view = view_of(wrong);
    for (size_t i = 0; i < count; i++) {
        size_t distance = view_distance(view, view_of(words[i]));
        if (view.length >= 3 && view_starts_with(view_of(words[i]), wrong)) distance = distance < 1 ? distance : 1;
        if (distance < best_distance) {
            best_distance = distance;
            best = words[i];
        }
    }
    return best_distance <= 1 + view.length / 4 ? best : NULL;
}

bool options_word(const char *option, const char *value, const struct option_word *words, size_t count, int *result,
                  struct error *error) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(value, words[i].text) == 0) {
            *result = words[i].value;
            return true;
        }
    const char **texts = memory_get_zero(count + 1, sizeof *texts);
    struct buffer list = {0};
    for (size_t i = 0; i < count; i++) {
        texts[i] = words[i].text;
        buffer_print(&list, "%s%s", i == 0 ? "" : i + 1 == count ? " or " : ", ", words[i].text);
    }
    const char *nearest = options_nearest(value, texts, count);
    if (nearest)
        error_set(error, EXIT_WRONG_USE, "%s \"%s\" is unknown; did you mean %s?", option, value, nearest);
    else
        error_set(error, EXIT_WRONG_USE, "%s \"%s\" is unknown", option, value);
    error_fix(error, "%s takes %.*s", option, VIEW_ARGS(buffer_view(&list)));
    buffer_free(&list);
    free(texts);
    return false;
}

bool options_number(const char *option, const char *value, uint64_t least, uint64_t most, uint64_t *result,
                    struct error *error) {
    uint64_t number = 0;
    bool is_fine = *value != '\0';
    for (const char *c = value; *c && is_fine; c++) {
        is_fine = *c >= '0' && *c <= '9' && number <= most;
        number = number * 10 + (uint64_t)(*c - '0');
    }
    if (is_fine && number >= least && number <= most) {
        *result = number;
        return true;
    }
    error_set(error, EXIT_WRONG_USE, "%s \"%s\" is not a whole number from %llu to %llu", option, value,
              (unsigned long long)least, (unsigned long long)most);
    return error_fix(error, "Write for example %s %llu", option, (unsigned long long)(least > 0 ? least : 5));
}

/* --- by kind ---------------------------------------------------------------------------------------------- */

static bool take_text(const char *option, const char *value, struct error *error) {
    if (view_trim(view_of(value)).length > 0) return true;
    error_set(error, EXIT_WRONG_USE, "%s has an empty value", option);
    return error_fix(error, "Write a value after %s, or omit the option.", option);
}

/* Bytes: a number, with K, M or G for 1024 of them and so on. */
static bool take_size(const struct option_rule *rule, const char *option, const char *value, uint64_t *size,
                      struct error *error) {
    static const char units[] = "KMG";
    size_t digits = strspn(value, "0123456789");
    bool is_short = digits > 0 && digits < 12;
    const char *unit = is_short && value[digits] ? strchr(units, value[digits] & ~0x20) : NULL;
    bool is_size = is_short && (unit ? value[digits + 1] == '\0' : value[digits] == '\0');
    unsigned shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;
    uint64_t number = is_size ? strtoull(value, NULL, 10) : 0;
    *size = number << shift;
    if (is_size && number <= rule->most >> shift && *size >= rule->least) return true;
    error_set(error, EXIT_WRONG_USE, "%s \"%s\" is not a size from %llu to %llu bytes", option, value,
              (unsigned long long)rule->least, (unsigned long long)rule->most);
    return error_fix(error, "Write for example %s 512K, %s 16M or %s 1G", option, option, option);
}

static bool take_as(const struct option_rule *rule, const char *option, const char *value, void *settings,
                    struct error *error) {
    uint64_t number = 1;
    double seconds = 0;
    int word = 0;
    bool is_fine = true;
    switch (rule->kind) {
    case TAKES_TEXT:
    case TAKES_ANY_TEXT:
        store_text(settings, rule->place, value);
        return rule->kind == TAKES_ANY_TEXT || take_text(option, value, error);
    case TAKES_READ: return rule->read(value, settings, error);
    case TAKES_SECONDS:
        is_fine = options_number(option, value, rule->least, rule->most, &number, error);
        seconds = (double)number;
        memcpy((char *)settings + rule->place.offset, &seconds, sizeof seconds);
        return is_fine;
    case TAKES_NONE: break;
    case TAKES_NUMBER: is_fine = options_number(option, value, rule->least, rule->most, &number, error); break;
    case TAKES_SIZE: is_fine = take_size(rule, option, value, &number, error); break;
    case TAKES_WORD:
        is_fine = options_word(option, value, rule->words, rule->word_count, &word, error);
        number = (uint64_t)word;
        break;
    }
    if (is_fine) store_number(settings, rule->place, number);
    return is_fine;
}

bool option_take(const struct option_rule *rule, const char *value, void *settings, struct error *error) {
    char *name = rule->told ? memory_copy(view_of(rule->told)) : memory_print("--%s", rule->name);
    bool is_fine = take_as(rule, name, value, settings, error);
    if (is_fine && rule->given.size > 0) store_number(settings, rule->given, true);
    free(name);
    return is_fine;
}
