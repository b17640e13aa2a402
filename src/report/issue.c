/* issue.c: collecting issues by cause. Examples are ordered by what they say and by where they are, so that merging lists
 * in block order gives the same examples whatever the number of workers was. */
#include "report/issue.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/table.h"

struct issues {
    size_t example_limit, shown_limit;
    struct table *keys; /* code and field → number of the cause */
    struct issue_cause *causes;
    size_t cause_count, cause_capacity;
    const struct issue_cause **sorted; /* has room for sorted_limit; lists that were given out stay valid */
    size_t sorted_limit;
    struct buffer key;
};

struct issues *issues_create(size_t example_limit) {
    struct issues *issues = memory_get_zero(1, sizeof *issues);
    issues->example_limit = example_limit;
    issues->shown_limit = SIZE_MAX;
    issues->keys = table_create();
    return issues;
}

static void free_example(struct issue_example *example) {
    free(example->field);
    free(example->value);
    free(example->id);
    free(example->person);
    free(example->day);
    free(example->detail);
}

void issues_reset(struct issues *issues) {
    if (issues->cause_count == 0) return;
    for (size_t i = 0; i < issues->cause_count; i++) {
        for (size_t k = 0; k < issues->causes[i].kept_count; k++)
            free_example(&issues->causes[i].examples[k]);
        free(issues->causes[i].examples);
        free(issues->causes[i].file_counts);
        free(issues->causes[i].field);
    }
    issues->cause_count = 0;
    table_destroy(issues->keys);
    issues->keys = table_create();
}

void issues_free(struct issues *issues) {
    if (!issues) return;
    issues_reset(issues);
    table_destroy(issues->keys);
    free(issues->causes);
    free(issues->sorted);
    buffer_free(&issues->key);
    free(issues);
}

static struct issue_cause *find_cause(struct issues *issues, enum issue_code code, struct view field) {
    issues->key.length = 0;
    buffer_add_char(&issues->key, (char)code);
    buffer_add(&issues->key, field);
    bool is_new;
    size_t number = table_add(issues->keys, buffer_view(&issues->key), &is_new);
    if (!is_new) return &issues->causes[number];
    void *causes = issues->causes;
    memory_grow(&causes, &issues->cause_capacity, number + 1, sizeof *issues->causes);
    issues->causes = causes;
    issues->causes[number] = (struct issue_cause){.code = code, .field = memory_copy(field)};
    issues->causes[number].is_sorted = true;
    issues->cause_count = number + 1;
    return &issues->causes[number];
}

static wide_integer size_of_money(int64_t money) {
    return money < 0 ? -(wide_integer)money : money;
}

wide_integer issue_example_size(const struct issue_example *example) {
    return example->has_money ? size_of_money(example->money) : -1;
}

/* Where an example comes in its cause: larger amounts first, then by file and place. */
static bool comes_before(const struct issue_example *left, const struct issue_example *right) {
    wide_integer left_size = issue_example_size(left), right_size = issue_example_size(right);
    if (left_size != right_size) return left_size > right_size;
    if (left->file != right->file) return left->file < right->file;
    if (left->row != right->row) return left->row < right->row;
    return left->column < right->column;
}

/* Examples are appended and sorted only when their array is full: then the best of them stay. */
static int compare_examples(const void *left, const void *right) {
    const struct issue_example *a = left, *b = right;
    if (comes_before(a, b)) return -1;
    if (comes_before(b, a)) return 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void sort_examples(const struct issues *issues, struct issue_cause *cause) {
    if (!cause->is_sorted) qsort(cause->examples, cause->kept_count, sizeof *cause->examples, compare_examples);
    cause->is_sorted = true;
    while (cause->kept_count > issues->example_limit)
        free_example(&cause->examples[--cause->kept_count]);
    cause->example_count = cause->kept_count < issues->shown_limit ? cause->kept_count : issues->shown_limit;
}

/* Whether an example can still be among those that stay. */
static bool is_wanted(const struct issues *issues, const struct issue_cause *cause,
                      const struct issue_example *example) {
    if (issues->example_limit == 0) return false;
    if (!cause->is_sorted || cause->kept_count < issues->example_limit) return true;
    return comes_before(example, &cause->examples[cause->kept_count - 1]);
}

/* Copies the texts. */
static void keep_example(struct issues *issues, struct issue_cause *cause, const struct issue_example *example,
                         const struct view texts[6]) {
    if (!is_wanted(issues, cause, example)) return;
    if (cause->kept_count >= 2 * issues->example_limit) {
        sort_examples(issues, cause);
        if (!is_wanted(issues, cause, example)) return;
    }
    void *examples = cause->examples;
    memory_grow(&examples, &cause->example_capacity, cause->kept_count + 1, sizeof *cause->examples);
    cause->examples = examples;
    struct issue_example *to = &cause->examples[cause->kept_count++];
    *to = *example;
    to->order = cause->next_order++;
    to->field = memory_copy(texts[0]);
    to->value = memory_copy(texts[1]);
    to->id = memory_copy(texts[2]);
    to->detail = memory_copy(texts[3]);
    to->person = memory_copy(texts[4]);
    to->day = memory_copy(texts[5]);
    cause->is_sorted = false;
}

void issues_restore_example(struct issues *issues, const struct issue *issue) {
    struct issue_cause *cause = find_cause(issues, issue->code, issue->field);
    struct issue_example example = {.code = issue->code,
                                    .file = issue->file,
                                    .row = issue->row,
                                    .line = issue->line,
                                    .column = issue->column,
                                    .last_line = issue->last_line,
                                    .is_private = issue->is_private,
                                    .has_money = issue->has_money,
                                    .money = issue->money};
    const struct view texts[6] = {issue->field, issue->value, issue->id, issue->detail, issue->person, issue->day};
    keep_example(issues, cause, &example, texts);
}

/* `file` UINT32_MAX: of no file. */
static void count_in_file(struct issue_cause *cause, uint32_t file, uint64_t count) {
    if (file == UINT32_MAX) return;
    void *counts = cause->file_counts;
    memory_grow(&counts, &cause->file_capacity, (size_t)file + 1, sizeof *cause->file_counts);
    cause->file_counts = counts;
    while (cause->file_count <= file)
        cause->file_counts[cause->file_count++] = 0;
    cause->file_counts[file] += count;
}

uint64_t issue_cause_in(const struct issue_cause *cause, size_t file) {
    return file < cause->file_count ? cause->file_counts[file] : 0;
}

void issues_restore_file(struct issues *issues, enum issue_code code, struct view field, uint32_t file,
                         uint64_t count) {
    count_in_file(find_cause(issues, code, field), file, count);
}

void issues_add(struct issues *issues, const struct issue *issue) {
    struct issue_cause *cause = find_cause(issues, issue->code, issue->field);
    cause->count++;
    count_in_file(cause, issue->file, 1);
    if (issue->has_money) {
        cause->money += size_of_money(issue->money);
        cause->money_count++;
    }
    issues_restore_example(issues, issue);
}

void issues_restore(struct issues *issues, enum issue_code code, struct view field, uint64_t count, wide_integer money,
                    bool has_money) {
    struct issue_cause *cause = find_cause(issues, code, field);
    cause->count += count;
    cause->money += money;
    cause->money_count += has_money; /* how many had an amount is not written; that one had is */
}

void issues_merge(struct issues *into, const struct issues *from) {
    for (size_t i = 0; i < from->cause_count; i++) {
        const struct issue_cause *other = &from->causes[i];
        struct issue_cause *cause = find_cause(into, other->code, view_of(other->field));
        cause->count += other->count;
        cause->money += other->money;
        cause->money_count += other->money_count;
        for (size_t file = 0; file < other->file_count; file++)
            if (other->file_counts[file] > 0) count_in_file(cause, (uint32_t)file, other->file_counts[file]);
        for (size_t k = 0; k < other->kept_count; k++) {
            const struct issue_example *example = &other->examples[k];
            const struct view texts[6] = {view_of(example->field),  view_of(example->value),  view_of(example->id),
                                          view_of(example->detail), view_of(example->person), view_of(example->day)};
            keep_example(into, cause, example, texts);
        }
    }
}

void issues_show(struct issues *issues, size_t limit) {
    issues->shown_limit = limit;
}

uint64_t issues_count(const struct issues *issues, enum severity severity) {
    uint64_t count = 0;
    for (size_t i = 0; i < issues->cause_count; i++)
        if (issue_kind(issues->causes[i].code)->severity == severity) count += issues->causes[i].count;
    return count;
}

static int compare_causes(const void *left, const void *right) {
    const struct issue_cause *a = *(const struct issue_cause *const *)left;
    const struct issue_cause *b = *(const struct issue_cause *const *)right;
    int severity = (int)issue_kind(b->code)->severity - (int)issue_kind(a->code)->severity;
    if (severity != 0) return severity;
    if (a->money != b->money) return a->money > b->money ? -1 : 1;
    if (a->count != b->count) return a->count > b->count ? -1 : 1;
    if (a->code != b->code) return a->code < b->code ? -1 : 1;
    return strcmp(a->field, b->field);
}

size_t issues_causes(struct issues *issues, const struct issue_cause *const **causes) {
    if (issues->sorted_limit <= issues->cause_count) {
        issues->sorted_limit = issues->cause_count + 1;
        issues->sorted = memory_resize(issues->sorted, issues->sorted_limit * sizeof *issues->sorted);
    }
    for (size_t i = 0; i < issues->cause_count; i++) {
        sort_examples(issues, &issues->causes[i]);
        issues->sorted[i] = &issues->causes[i];
    }
    qsort(issues->sorted, issues->cause_count, sizeof *issues->sorted, compare_causes);
    *causes = issues->sorted;
    return issues->cause_count;
}
