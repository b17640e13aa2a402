/* send_list.c: one list: read again from the folder, marked in the journal, sent, and its answer journalled. */
#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"
#include "upload/answer.h"
#include "upload/send_private.h"

/* --- reading ---------------------------------------------------------------------------------------------------------- */

/* The registration of an item as a line in sender->text. */
static bool read_item(struct sender *sender, const struct plan_item *item) {
    const struct send_work *work = sender->work;
    sender->text.length = 0;
    if (item->kind == PLAN_VANISHED || item->kind == PLAN_PART_GONE) {
        struct buffer line = {0};
        bool is_fine = journal_entry_line(work->journal, (int64_t)item->place, &line, NULL, sender->error);
        if (is_fine) line_add_zeroed(&sender->text, buffer_view(&line));
        if (is_fine) line_drop_source(&sender->text, work->plan->source.uuid);
        buffer_free(&line);
        return is_fine;
    }
    if (!published_line_at(work->published, item->place, item->length, &sender->text, sender->error)) return false;
    if (hash_bytes(buffer_view(&sender->text), 0) == item->check) return true;
    return error_set(sender->error, EXIT_WRONG_USE, "%s/registrations.jsonl was changed while it was sent",
                     work->published->folder);
}

static bool add_item(struct sender *sender, const struct plan_item *item, size_t *start) {
    struct line line;
    if (!read_item(sender, item)) return false;
    if (!line_read(arena_copy(sender->arena, buffer_view(&sender->text)), sender->arena, &line))
        return error_set(sender->error, EXIT_CANNOT_READ, "a registration cannot be read again");
    *start = sender->sent.length;
    line_add_sent(&sender->sent, &line, sender->work->plan->source.uuid);
    struct journal_item *added = &sender->items[sender->item_count++];
    sender->hashed.length = 0;
    line_add_sent(&sender->hashed, &line, sender->dashed);
    *added = (struct journal_item){.external_id = line.external_id,
                                   .day = line_day(&line),
                                   .provider = line.provider,
                                   .member_id = line.member_id,
                                   .member_name = line_person(&line)};
    line_hash(&sender->started, buffer_view(&sender->hashed), added->hash);
    return true;
}

size_t send_read_list(struct sender *sender, size_t first) {
    const struct upload_plan *plan = sender->work->plan;
    size_t starts[PLECTO_LIST_LIMIT + 1];
    sender->item_count = 0;
    sender->sent.length = 0;
    arena_reset(sender->arena);
    bool is_late = plan->items[first].kind == PLAN_REFUSED; /* those go apart: they are likely to be refused again */
    sender->is_late = is_late;
    while (first + sender->item_count < plan->send_count && sender->item_count < PLECTO_LIST_LIMIT &&
           (sender->item_count == 0 || sender->sent.length < PLECTO_LIST_BYTES) &&
           (plan->items[first + sender->item_count].kind == PLAN_REFUSED) == is_late)
        if (!add_item(sender, &plan->items[first + sender->item_count], &starts[sender->item_count])) return 0;
    starts[sender->item_count] = sender->sent.length;
    for (size_t i = 0; i < sender->item_count; i++)
        sender->items[i].line = view_from(sender->sent.text + starts[i], starts[i + 1] - starts[i]);
    return sender->item_count;
}

/* --- sending ---------------------------------------------------------------------------------------------------------- */

static bool is_refused_list(long status) {
    static const long refused[] = PLECTO_REFUSED_LIST;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (status == refused[i]) return true;
    return false;
}

static void make_body(struct sender *sender, const struct journal_item *items, size_t count) {
    sender->body.length = 0;
    for (size_t i = 0; i < count; i++) {
        buffer_add_char(&sender->body, i == 0 ? '[' : ',');
        buffer_add(&sender->body, items[i].line);
    }
    buffer_add_char(&sender->body, ']');
}

bool send_confirm(struct sender *sender, const struct journal_item *items, size_t count,
                  const struct client_answer *answer, int64_t batch, const char *how) {
    const struct send_work *work = sender->work;
    char *plain = client_receipt(work->client, answer), *when = upload_time(work->now);
    char *receipt = memory_print("%s%s%s", plain, how ? ", " : "", how ? how : "");
    bool is_fine = journal_taken(work->journal, work->plan->source.number, batch, items, count, answer->status, receipt,
                                 when, sender->error);
    free(receipt);
    free(plain);
    free(when);
    if (!is_fine) return false;
    sender->outcome->confirmed += count;
    sender->done += count;
    send_tell(sender);
    return true;
}

/* What the answer of success says goes before its status. */
static enum list_end judge_success(struct sender *sender, const struct journal_item *items, size_t count, int64_t batch,
                                   const struct client_answer *answer, struct answer_verdict *verdict,
                                   enum answer_item *marks) {
    struct answer_sent sent[PLECTO_LIST_LIMIT];
    struct journal_item taken[PLECTO_LIST_LIMIT];
    size_t taken_count = 0;
    for (size_t i = 0; i < count; i++)
        sent[i] = (struct answer_sent){items[i].external_id, items[i].line};
    *verdict = answer_judge(answer->status, buffer_view(&answer->body), sent, count, marks);
    for (size_t i = 0; i < count; i++)
        if (marks[i] == ANSWER_TAKEN) taken[taken_count++] = items[i];
    if (taken_count > 0 && !send_confirm(sender, taken, taken_count, answer, batch, NULL)) return LIST_FAILED;
    return verdict->kind == ANSWER_SAYS_ALL ? LIST_TAKEN : LIST_DOUBT;
}

static enum list_end judge(struct sender *sender, const struct journal_item *items, size_t count, int64_t batch,
                           const struct client_answer *answer, struct answer_verdict *verdict,
                           enum answer_item *marks) {
    const struct send_work *work = sender->work;
    if (answer->status >= 200 && answer->status < 300)
        return judge_success(sender, items, count, batch, answer, verdict, marks);
    if (!is_refused_list(answer->status)) {
        client_refused(work->client, answer, sender->error);
        return LIST_FAILED;
    }
    char *receipt = client_receipt(work->client, answer), *when = upload_time(work->now);
    bool is_written = journal_list_refused(work->journal, batch, answer->status, receipt, when, sender->error);
    free(receipt);
    free(when);
    return is_written ? LIST_REFUSED : LIST_FAILED;
}

enum list_end send_list(struct sender *sender, const size_t *chosen, size_t count, struct client_answer *answer,
                        int64_t *batch, struct answer_verdict *verdict, enum answer_item *marks) {
    const struct send_work *work = sender->work;
    struct journal_item items[PLECTO_LIST_LIMIT];
    for (size_t i = 0; i < count; i++)
        items[i] = sender->items[chosen[i]];
    make_body(sender, items, count);
    *answer = (struct client_answer){0};
    char *when = upload_time(work->now);
    const struct client_request request = {
        .method = "POST", .path = PLECTO_REGISTRATIONS, .body = buffer_view(&sender->body)};
    bool is_fine = journal_sending(work->journal, work->plan->source.number, work->upload, items, count, when, batch,
                                   sender->error) &&
                   client_send(work->client, &request, answer, sender->error);
    free(when);
    return is_fine ? judge(sender, items, count, *batch, answer, verdict, marks) : LIST_FAILED;
}
