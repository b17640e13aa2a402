/* plan_make.c: which registrations are new, changed, unchanged, vanished. */
#include <stdlib.h>

#include "base/memory.h"
#include "upload/plan_private.h"

#define ARENA_PIECE (64u << 10)

/* --- items ---------------------------------------------------------------------------------------------------------- */

static void add_item(struct plan_item **items, size_t *count, size_t *capacity, struct plan_item item) {
    void *list = *items;
    memory_grow(&list, capacity, *count + 1, sizeof item);
    *items = list;
    (*items)[(*count)++] = item;
}

static void send(struct plan_maker *maker, enum plan_kind kind, uint64_t place, struct view text) {
    struct upload_plan *plan = maker->plan;
    struct plan_item item = {place, hash_bytes(text, 0), (uint32_t)text.length, (uint32_t)kind};
    if (kind == PLAN_REFUSED)
        add_item(&maker->late, &maker->late_count, &maker->late_capacity, item);
    else
        add_item(&plan->items, &plan->item_count, &plan->item_capacity, item);
}

/* --- the folder ----------------------------------------------------------------------------------------------------- */

static bool broken_line(struct plan_maker *maker, const char *what, uint64_t offset) {
    return published_broken(maker->published, offset, what, maker->error);
}

static bool check_data_source(struct plan_maker *maker, const struct line *line, uint64_t offset) {
    if (line->data_source.length == 0 || !maker->plan->source.uuid) return true;
    if (data_source_is_same(line->data_source, view_of(maker->plan->source.uuid))) return true;
    return broken_line(maker, "is for another data source", offset);
}

/* Sets the bit of an entry of the journal; false if it was set already. */
static bool mark(const struct plan_maker *maker, unsigned char *bits, int64_t number) {
    if (number <= 0 || number > maker->last_number) return true;
    unsigned char bit = (unsigned char)(1u << (number & 7)), *place = &bits[number >> 3];
    if (*place & bit) return false;
    *place |= bit;
    return true;
}

static bool is_marked(const struct plan_maker *maker, const unsigned char *bits, int64_t number) {
    return number <= maker->last_number && (bits[number >> 3] & (1u << (number & 7))) != 0;
}

static bool count_profile(struct plan_maker *maker, const struct line *line) {
    struct upload_plan *plan = maker->plan;
    struct buffer key = {0};
    bool is_new = false, is_known = false;
    buffer_add(&key, line->provider);
    buffer_add_char(&key, '\0');
    buffer_add(&key, line->member_id);
    size_t number = table_add(maker->profiles, buffer_view(&key), &is_new);
    buffer_free(&key);
    void *list = maker->profile_of;
    memory_grow(&list, &maker->profile_of_capacity, number + 1, sizeof *maker->profile_of);
    maker->profile_of = list;
    if (is_new) {
        maker->profile_of[number] = 0;
        if (!journal_knows_member(maker->journal, line->provider, line->member_id, &is_known, maker->error))
            return false;
    }
    if (is_new && !is_known) {
        list = plan->profiles;
        memory_grow(&list, &plan->profile_capacity, plan->profile_count + 1, sizeof *plan->profiles);
        plan->profiles = list;
        plan->profiles[plan->profile_count++] = (struct plan_person){
            memory_copy(line->provider), memory_copy(line->member_id), memory_copy(line_person(line)), 0};
        maker->profile_of[number] = plan->profile_count;
    }
    if (maker->profile_of[number] > 0) plan->profiles[maker->profile_of[number] - 1].count++;
    return true;
}

static enum plan_kind kind_of(const struct journal_entry *entry, const unsigned char hash[JOURNAL_HASH]) {
    if (entry->is_refused && memcmp(entry->refused_hash, hash, JOURNAL_HASH) == 0) return PLAN_REFUSED;
    if (entry->is_in_doubt) return PLAN_AGAIN;
    if (!entry->is_confirmed) return PLAN_NEW;
    return memcmp(entry->hash, hash, JOURNAL_HASH) == 0 ? PLAN_UNCHANGED : PLAN_CHANGED;
}

static bool is_too_old(const struct plan_maker *maker, struct view day) {
    const char *oldest = maker->plan->options.oldest;
    return *oldest && view_compare(day, view_of(oldest)) < 0;
}

static void count(struct plan_maker *maker, enum plan_kind kind, const struct line *line) {
    struct upload_plan *plan = maker->plan;
    plan->counts[kind]++;
    struct view key = line->member_id.length > 0 ? line->member_id : line->member_name;
    upload_plan_group_of(maker->people, &plan->people, &plan->person_count, &plan->person_capacity, key,
                         line_person(line))
        ->counts[kind]++;
    upload_plan_group_of(maker->days, &plan->days, &plan->day_count, &plan->day_capacity, line_day(line),
                         view_from(NULL, 0))
        ->counts[kind]++;
}

static void take_newest(struct plan_maker *maker, struct view day) {
    if (day.length == 10 && view_compare(day, view_of(maker->plan->newest_day)) > 0)
        memcpy(maker->plan->newest_day, day.text, 10);
}

static bool take_line(struct plan_maker *maker, struct view text, uint64_t offset) {
    struct line line, before;
    struct journal_entry entry = {0};
    unsigned char hash[JOURNAL_HASH];
    arena_reset(maker->arena);
    if (text.length > UINT32_MAX || !line_read(text, maker->arena, &line))
        return broken_line(maker, "is not a registration", offset);
    if (!check_data_source(maker, &line, offset) ||
        !journal_lookup(maker->journal, maker->plan->source.number, line.external_id, &entry, maker->error))
        return false;
    maker->plan->without_offset += !line_has_offset(&line);
    take_newest(maker, line_day(&line));
    upload_plan_parts_see(maker, line.external_id);
    if (!mark(maker, maker->seen, entry.number)) return broken_line(maker, "has an ID that came before", offset);
    if (is_too_old(maker, line_day(&line))) {
        maker->plan->counts[PLAN_TOO_OLD] += entry.number == 0; /* known ones are counted as expired */
        mark(maker, maker->outdated, entry.number);
        maker->has_moved = maker->has_moved || (entry.number > 0 && !is_too_old(maker, entry.day));
        return true;
    }
    maker->sent.length = 0;
    line_add_sent(&maker->sent, &line, maker->dashed); /* what is compared is the same in every spelling of the UUID */
    line_hash(&maker->started, buffer_view(&maker->sent), hash);
    enum plan_kind kind = kind_of(&entry, hash);
    if (kind == PLAN_UNCHANGED && maker->plan->options.resends && entry.batch < maker->plan->options.resent_from)
        kind = PLAN_AGAIN;
    count(maker, kind, &line);
    if (kind == PLAN_UNCHANGED) return true;
    send(maker, kind, offset, line.text);
    bool has_before = entry.is_confirmed && line_read(entry.line, maker->arena, &before);
    upload_plan_compare(maker, kind, has_before ? &before : NULL, &line);
    return count_profile(maker, &line);
}

static bool read_folder(struct plan_maker *maker) {
    struct view text;
    uint64_t offset;
    published_rewind(maker->published);
    while (published_next(maker->published, &text, &offset, maker->error))
        if (!take_line(maker, text, offset)) return false;
    return maker->error->code == EXIT_FINE && published_end(maker->published, maker->error);
}

/* --- what the folder lacks -------------------------------------------------------------------------------------------- */

/* Sent as 0 before, or, where it is to be sent so (`is_to_be`), without a number that could be 0. */
static bool is_zeroed(struct plan_maker *maker, const struct journal_entry *entry, bool is_to_be) {
    if (!entry->is_confirmed || entry->is_in_doubt) return false;
    if (line_is_zeroed(entry->line)) return true;
    maker->sent.length = 0;
    line_add_zeroed(&maker->sent, entry->line);
    return is_to_be && view_equal(buffer_view(&maker->sent), entry->line);
}

static void take_missing(struct plan_maker *maker, enum plan_kind kind, const struct journal_entry *entry) {
    struct line line;
    struct upload_plan *plan = maker->plan;
    arena_reset(maker->arena);
    if (!line_read(entry->is_confirmed ? entry->line : entry->doubt_line, maker->arena, &line)) return;
    count(maker, kind, &line);
    bool is_done = kind != PLAN_VANISHED || (plan->options.vanished != VANISHED_REPORT && !plan->is_vanished_blocked);
    wide_integer amount = upload_plan_compare(maker, kind, &line, is_done ? NULL : &line); /* reported: Plecto keeps it */
    if (kind != PLAN_PART_GONE) decimal_add(kind == PLAN_EXPIRED ? &plan->expired_money : &plan->vanished_money, amount);
    if (is_done)
        add_item(&plan->items, &plan->item_count, &plan->item_capacity,
                 (struct plan_item){.place = (uint64_t)entry->number, .kind = (uint32_t)kind});
}

/* A part of a divided record of the folder, which this lacks. */
static bool take_part(void *context, const struct journal_entry *entry) {
    struct plan_maker *maker = context;
    if (is_marked(maker, maker->seen, entry->number) || is_too_old(maker, entry->day) ||
        !upload_plan_is_part(maker, entry) || table_find(maker->published->held_back, entry->external_id) != SIZE_MAX)
        return true;
    mark(maker, maker->seen, entry->number); /* it is no vanished one besides */
    if (maker->plan->options.vanished == VANISHED_DELETE || !is_zeroed(maker, entry, true))
        take_missing(maker, PLAN_PART_GONE, entry);
    return true;
}

static bool take_parts(struct plan_maker *maker) {
    return !upload_plan_has_parts(maker) || journal_walk(maker->journal, maker->plan->source.number, NULL, NULL,
                                                         take_part, maker, maker->error);
}

static bool take_vanished(void *context, const struct journal_entry *entry) {
    struct plan_maker *maker = context;
    struct upload_plan *plan = maker->plan;
    plan->known_in_period++;
    if (is_marked(maker, maker->seen, entry->number) || is_too_old(maker, entry->day)) return true;
    if (table_find(maker->published->held_back, entry->external_id) != SIZE_MAX)
        plan->held_back++;
    else if (plan->options.vanished != VANISHED_DELETE && is_zeroed(maker, entry, plan->options.vanished == VANISHED_ZERO))
        plan->zeroed_before++;
    else
        take_missing(maker, PLAN_VANISHED, entry);
    return true;
}

static bool take_expired(void *context, const struct journal_entry *entry) {
    struct plan_maker *maker = context;
    /* where the folder has it, its new day counts: with a younger one it is sent, and must stay */
    bool is_expired = is_marked(maker, maker->seen, entry->number) ? is_marked(maker, maker->outdated, entry->number)
                                                                   : is_too_old(maker, entry->day);
    if (is_expired) take_missing(maker, PLAN_EXPIRED, entry);
    return true;
}

static bool read_journal(struct plan_maker *maker) {
    struct upload_plan *plan = maker->plan;
    char newest[11] = "";
    if (!journal_count(maker->journal, plan->source.number, NULL, NULL, &plan->known, maker->error) ||
        !journal_newest_day(maker->journal, plan->source.number, newest, maker->error))
        return false;
    take_newest(maker, view_of(newest));
    if (plan->first_day[0] && !journal_walk(maker->journal, plan->source.number, plan->first_day, plan->last_day,
                                            take_vanished, maker, maker->error))
        return false;
    if (plan->options.vanished == VANISHED_ZERO) plan->send_count = plan->item_count;
    const char *last = maker->has_moved ? NULL : plan->options.oldest;
    return !plan->options.oldest[0] ||
           journal_walk(maker->journal, plan->source.number, NULL, last, take_expired, maker, maker->error);
}

/* --- the whole -------------------------------------------------------------------------------------------------------- */

static void copy_facts(struct upload_plan *plan, const struct published *published, const struct journal *journal,
                       const struct journal_source *source) {
    plan->folder = memory_copy(view_of(published->folder));
    plan->schema = memory_copy(view_of(published->schema));
    plan->totals = memory_copy(view_of(published->totals));
    plan->journal = memory_copy(view_of(journal_path(journal)));
    plan->source.number = source->number;
    plan->source.uuid = source->uuid ? memory_copy(view_of(source->uuid)) : NULL;
    plan->source.title = source->title ? memory_copy(view_of(source->title)) : NULL;
    memcpy(plan->first_day, published->first_day, sizeof plan->first_day);
    memcpy(plan->last_day, published->last_day, sizeof plan->last_day);
    plan->unstated = published->unstated ? memory_copy(view_of(published->unstated)) : NULL;
    plan->held_without_id = published->held_without_id;
    plan->is_vanished_blocked = published->held_without_id > 0 && plan->options.vanished != VANISHED_REPORT;
}

static bool fill(struct plan_maker *maker) {
    struct upload_plan *plan = maker->plan;
    if (!journal_last_number(maker->journal, &maker->last_number, maker->error)) return false;
    maker->seen = memory_get_zero((size_t)(maker->last_number >> 3) + 1, 1);
    maker->outdated = memory_get_zero((size_t)(maker->last_number >> 3) + 1, 1);
    upload_plan_start_fields(maker);
    if (!upload_plan_parts_find(maker) || !read_folder(maker)) return false;
    for (size_t i = 0; i < maker->late_count; i++)
        add_item(&plan->items, &plan->item_count, &plan->item_capacity, maker->late[i]);
    bool is_deleted = plan->options.vanished == VANISHED_DELETE; /* what is deleted comes after what is sent */
    if (!is_deleted && !take_parts(maker)) return false;
    plan->send_count = plan->item_count;
    return (!is_deleted || take_parts(maker)) && read_journal(maker);
}

static int compare_people(const void *left, const void *right) {
    const struct plan_group *a = left, *b = right;
    int order = view_compare(view_of(a->title), view_of(b->title));
    return order ? order : view_compare(view_of(a->key), view_of(b->key));
}

static int compare_days(const void *left, const void *right) {
    return strcmp(((const struct plan_group *)left)->key, ((const struct plan_group *)right)->key);
}

bool upload_plan_make(struct published *published, struct journal *journal, const struct journal_source *source,
                      const struct plan_options *options, struct upload_plan *plan, struct error *error) {
    *plan = (struct upload_plan){.options = *options};
    struct plan_maker maker = {.published = published,
                               .journal = journal,
                               .plan = plan,
                               .error = error,
                               .arena = arena_create(ARENA_PIECE),
                               .field_numbers = table_create(),
                               .people = table_create(),
                               .days = table_create(),
                               .profiles = table_create()};
    sha256_start(&maker.started);
    if (source->uuid) data_source_dashed(view_of(source->uuid), maker.dashed);
    copy_facts(plan, published, journal, source);
    bool is_fine = fill(&maker);
    upload_plan_finish_details(plan);
    if (plan->person_count > 0) qsort(plan->people, plan->person_count, sizeof *plan->people, compare_people);
    if (plan->day_count > 0) qsort(plan->days, plan->day_count, sizeof *plan->days, compare_days);
    upload_plan_parts_free(&maker);
    arena_destroy(maker.arena);
    table_destroy(maker.field_numbers);
    table_destroy(maker.people);
    table_destroy(maker.days);
    table_destroy(maker.profiles);
    free(maker.profile_of);
    free(maker.seen);
    free(maker.outdated);
    free(maker.late);
    free(maker.before.list);
    free(maker.after.list);
    buffer_free(&maker.sent);
    return is_fine;
}
