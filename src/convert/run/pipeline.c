/* pipeline.c: every thread does what is most urgent: write, identify, convert or read a block.
 *
 * Jobs go round in a ring. A job is a block with its outcome; block number n uses job n modulo the size of the ring, which
 * is filled again once its outcome was merged. Reading, identifying and merging go block by block, one thread at a time;
 * converting is done by all. So no thread waits for another while there is anything to do, and a block is mostly
 * converted by the thread that has just read it, in whose cache it is. One mutex guards the states; it is taken a few
 * times per mebibyte.
 *
 * What an outcome brought to a file is hashed beside the block that is read into its job next, because two SHA-256 at once
 * take hardly longer than one. */
#include "convert/run/pipeline.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"
#include "convert/row/row.h"

#define ROWS_AHEAD 32 /* how early the identity set hears of a row: about the time memory takes to answer */

enum job_state { JOB_FREE, JOB_READ, JOB_CONVERTED, JOB_DONE };

struct job {
    struct block block;
    struct outcome outcome;
    size_t file;
    enum job_state state; /* while a thread is at it: that before */
};

struct pipeline {
    const struct plan *plan;
    struct input **inputs;
    outcome_merger *merge;
    void *merge_context;
    struct job *jobs;
    uint64_t job_count;
    pthread_mutex_t mutex;
    pthread_cond_t changed;                                             /* there may be something to do */
    uint64_t read_count, claimed_count, identified_count, merged_count; /* numbers of blocks; they follow each other */
    bool is_reading, is_identifying, is_merging;                        /* a thread is at it */
    bool is_read;                                                       /* read_count is final */
    bool is_stopped;                                                    /* an error: everybody leaves */
    size_t file;                                                        /* that is read */
    struct identity_set *identities;
    uint64_t identified_bytes, identified_rows;
    struct repeated_ids *repeated;
    struct repeated_ids bad; /* IDs of rows in error */
    struct error error;
};

struct worker {
    struct pipeline *pipeline;
    struct converter *converter;
    struct aggregate *aggregate; /* NULL with --by row */
    pthread_t thread;
    bool is_started;
};

/* Stops everybody; takes over the error if it is the first. */
static void stop(struct pipeline *pipeline, struct error *error) {
    pthread_mutex_lock(&pipeline->mutex);
    if (!pipeline->is_stopped) {
        error_free(&pipeline->error);
        pipeline->error = *error;
        *error = (struct error){0};
    }
    pipeline->is_stopped = true;
    pthread_cond_broadcast(&pipeline->changed);
    pthread_mutex_unlock(&pipeline->mutex);
    error_free(error);
}

static struct job *job_of(struct pipeline *pipeline, uint64_t number) {
    return &pipeline->jobs[number % pipeline->job_count];
}

/* --- what there is to do -------------------------------------------------------------------- */

enum task { TASK_NONE, TASK_END, TASK_MERGE, TASK_IDENTIFY, TASK_CONVERT, TASK_READ };

/* The most urgent task nobody is at. What stands last in the pipeline comes first, so that memory is free again early; but
 * reading goes before converting when there is nothing read for others to convert. */
static enum task find_task(const struct pipeline *pipeline) {
    const struct job *jobs = pipeline->jobs;
    uint64_t count = pipeline->job_count;
    if (pipeline->is_stopped || (pipeline->is_read && pipeline->merged_count == pipeline->read_count)) return TASK_END;
    bool has_done = pipeline->merged_count < pipeline->identified_count;
    if (!pipeline->is_merging && has_done && jobs[pipeline->merged_count % count].state == JOB_DONE) return TASK_MERGE;
    bool has_claimed = pipeline->identified_count < pipeline->claimed_count;
    if (!pipeline->is_identifying && has_claimed && jobs[pipeline->identified_count % count].state == JOB_CONVERTED)
        return TASK_IDENTIFY;
    if (pipeline->claimed_count < pipeline->read_count) return TASK_CONVERT;
    bool has_room = pipeline->read_count - pipeline->merged_count < count;
    if (!pipeline->is_reading && !pipeline->is_read && has_room) return TASK_READ;
    return TASK_NONE;
}

/* Waits for a task and claims it: from then on it is this thread's. `*number`: of the block. */
static enum task claim_task(struct pipeline *pipeline, uint64_t *number) {
    enum task task;
    pthread_mutex_lock(&pipeline->mutex);
    while ((task = find_task(pipeline)) == TASK_NONE)
        pthread_cond_wait(&pipeline->changed, &pipeline->mutex);
    switch (task) {
    case TASK_NONE:
    case TASK_END: break;
    case TASK_MERGE:
        pipeline->is_merging = true;
        *number = pipeline->merged_count;
        break;
    case TASK_IDENTIFY:
        pipeline->is_identifying = true;
        *number = pipeline->identified_count;
        break;
    case TASK_CONVERT: *number = pipeline->claimed_count++; break;
    case TASK_READ:
        pipeline->is_reading = true;
        *number = pipeline->read_count;
        break;
    }
    pthread_mutex_unlock(&pipeline->mutex);
    return task;
}

/* --- the tasks ------------------------------------------------------------------------------- */

/* Reads the next block of the files into a free job, whose last outcome may still have something to hash. */
static void read_block(struct pipeline *pipeline, uint64_t number) {
    struct job *job = job_of(pipeline, number);
    struct error error = {0};
    bool is_end = true, is_fine = true;
    for (; is_fine && is_end && pipeline->file < pipeline->plan->file_count; pipeline->file += is_end) {
        struct input *input = pipeline->inputs[pipeline->file];
        is_end = false;
        input_hash_beside(input, &job->outcome.waiting);
        is_fine = input_next_block(input, &job->block, &is_end, &error);
        input_hash_beside(input, NULL);
        job->file = pipeline->file;
    }
    sha256_end_waiting(&job->outcome.waiting);
    if (!is_fine) stop(pipeline, &error);
    pthread_mutex_lock(&pipeline->mutex);
    pipeline->is_reading = false;
    pipeline->is_read = is_end;
    if (is_fine && !is_end) {
        job->state = JOB_READ;
        pipeline->read_count++;
    }
    pthread_cond_broadcast(&pipeline->changed);
    pthread_mutex_unlock(&pipeline->mutex);
}

static void set_state(struct pipeline *pipeline, struct job *job, enum job_state state) {
    pthread_mutex_lock(&pipeline->mutex);
    job->state = state;
    pthread_cond_broadcast(&pipeline->changed);
    pthread_mutex_unlock(&pipeline->mutex);
}

static void note_repeated(struct repeated_ids *repeated, uint64_t hash) {
    void *hashes = repeated->hashes;
    memory_grow(&hashes, &repeated->capacity, repeated->count + 1, sizeof *repeated->hashes);
    repeated->hashes = hashes;
    repeated->hashes[repeated->count++] = hash;
}

/* Asks the identity set for the block's rows, in whose order all blocks come here. Returns the answers if any ID came
 * already (the caller frees them), else NULL. */
static struct identity_before *ask_identities(struct pipeline *pipeline, const struct outcome *outcome) {
    struct identity_before *answers = NULL;
    odd_ids_merge(&pipeline->repeated->odd, &outcome->odd_ids);
    for (size_t i = 0; i < outcome->identity_count; i++) {
        if (i + ROWS_AHEAD < outcome->identity_count)
            identity_set_expect(pipeline->identities, outcome->identities[i + ROWS_AHEAD].id_hash);
        struct identity_before before = identity_set_add(pipeline->identities, &outcome->identities[i]);
        if (before.verdict == IDENTITY_NEW) continue;
        if (before.verdict == IDENTITY_TAKEN) note_repeated(pipeline->repeated, outcome->identities[i].id_hash);
        if (!answers) answers = memory_get_zero(outcome->identity_count, sizeof *answers);
        answers[i] = before;
    }
    return answers;
}

static int compare_hashes(const void *one, const void *other) {
    uint64_t left = *(const uint64_t *)one, right = *(const uint64_t *)other;
    return (left > right) - (left < right);
}

/* An ID of a row in error repeats where a good row has it, or another one in error. */
static void note_bad_repeats(struct pipeline *pipeline) {
    struct repeated_ids *bad = &pipeline->bad;
    if (bad->count > 0) qsort(bad->hashes, bad->count, sizeof *bad->hashes, compare_hashes);
    for (size_t i = 0; i < bad->count; i++) {
        bool is_twice = i > 0 && bad->hashes[i - 1] == bad->hashes[i];
        if (is_twice || identity_set_has(pipeline->identities, bad->hashes[i]))
            note_repeated(pipeline->repeated, bad->hashes[i]);
    }
}

/* Tells the identity set how many rows there will be, if they are as long as those of all blocks so far. */
static void tell_rows(struct pipeline *pipeline, const struct job *job) {
    uint64_t bytes = 0;
    for (size_t i = 0; i < pipeline->plan->file_count; i++)
        bytes += input_size_raw(pipeline->inputs[i]);
    pipeline->identified_bytes += job->block.bytes.length;
    pipeline->identified_rows += job->outcome.identity_count;
    double each = (double)pipeline->identified_rows / (double)(pipeline->identified_bytes + 1);
    identity_set_reserve(pipeline->identities, (uint64_t)((double)bytes * each));
}

/* Learns which IDs came already, and converts the block again if some did. */
static void identify(struct worker *worker, uint64_t number) {
    struct pipeline *pipeline = worker->pipeline;
    struct job *job = job_of(pipeline, number);
    tell_rows(pipeline, job);
    struct identity_before *answers = ask_identities(pipeline, &job->outcome);
    for (size_t i = 0; i < job->outcome.bad_id_count; i++)
        note_repeated(&pipeline->bad, job->outcome.bad_ids[i]);
    pthread_mutex_lock(&pipeline->mutex);
    pipeline->is_identifying = false;
    pipeline->identified_count++;
    pthread_cond_broadcast(&pipeline->changed);
    pthread_mutex_unlock(&pipeline->mutex);
    if (answers) convert_block(worker->converter, &job->block, job->file, answers, &job->outcome);
    free(answers);
    if (worker->aggregate) aggregate_add(worker->aggregate, &job->outcome);
    set_state(pipeline, job, JOB_DONE);
}

static void merge_outcome(struct pipeline *pipeline, uint64_t number) {
    struct job *job = job_of(pipeline, number);
    struct error error = {0};
    if (!pipeline->merge(pipeline->merge_context, &job->outcome, job->file, &error)) {
        stop(pipeline, &error);
        return;
    }
    pthread_mutex_lock(&pipeline->mutex);
    job->state = JOB_FREE;
    pipeline->is_merging = false;
    pipeline->merged_count++;
    pthread_cond_broadcast(&pipeline->changed);
    pthread_mutex_unlock(&pipeline->mutex);
}

static void *work(void *argument) {
    struct worker *worker = argument;
    struct pipeline *pipeline = worker->pipeline;
    for (;;) {
        uint64_t number = 0;
        switch (claim_task(pipeline, &number)) {
        case TASK_NONE:
        case TASK_END: return NULL;
        case TASK_MERGE: merge_outcome(pipeline, number); break;
        case TASK_IDENTIFY: identify(worker, number); break;
        case TASK_CONVERT: {
            struct job *job = job_of(pipeline, number);
            convert_block(worker->converter, &job->block, job->file, NULL, &job->outcome);
            set_state(pipeline, job, JOB_CONVERTED);
            break;
        }
        case TASK_READ: read_block(pipeline, number); break;
        }
    }
}

/* --- the whole -------------------------------------------------------------------------------- */

static void start(struct pipeline *pipeline, const struct plan *plan, struct input **inputs) {
    *pipeline = (struct pipeline){.plan = plan, .inputs = inputs};
    pipeline->job_count = plan->options->workers + 2;
    pipeline->jobs = memory_get_zero((size_t)pipeline->job_count, sizeof *pipeline->jobs);
    for (uint64_t i = 0; i < pipeline->job_count; i++)
        outcome_start(&pipeline->jobs[i].outcome, plan);
    pipeline->identities = identity_set_create();
    pthread_mutex_init(&pipeline->mutex, NULL);
    pthread_cond_init(&pipeline->changed, NULL);
}

/* What still waits when nothing is left to read. */
static void end_waiting(struct pipeline *pipeline) {
    uint64_t first = pipeline->merged_count > pipeline->job_count ? pipeline->merged_count - pipeline->job_count : 0;
    for (uint64_t number = first; number < pipeline->merged_count; number++)
        sha256_end_waiting(&job_of(pipeline, number)->outcome.waiting);
}

static void finish(struct pipeline *pipeline) {
    for (uint64_t i = 0; i < pipeline->job_count; i++) {
        outcome_free(&pipeline->jobs[i].outcome);
        buffer_free(&pipeline->jobs[i].block.bytes);
        buffer_free(&pipeline->jobs[i].block.group);
    }
    free(pipeline->jobs);
    free(pipeline->bad.hashes);
    odd_ids_find_twins(&pipeline->repeated->odd, pipeline->identities);
    identity_set_free(pipeline->identities);
    pthread_mutex_destroy(&pipeline->mutex);
    pthread_cond_destroy(&pipeline->changed);
}

bool pipeline_run(const struct plan *plan, struct input **inputs, outcome_merger *merge, void *context,
                  struct aggregate *aggregate, struct repeated_ids *repeated, struct error *error) {
    struct pipeline pipeline;
    start(&pipeline, plan, inputs);
    pipeline.merge = merge;
    pipeline.merge_context = context;
    pipeline.repeated = repeated;
    unsigned worker_count = plan->options->workers;
    struct worker *workers = memory_get_zero(worker_count, sizeof *workers);
    for (unsigned i = 0; i < worker_count; i++) {
        workers[i].pipeline = &pipeline;
        workers[i].converter = converter_create(plan, inputs);
        workers[i].aggregate = aggregate && i > 0 ? aggregate_create(plan) : aggregate;
    }
    /* where the system gives no more threads, fewer do the same */
    for (unsigned i = 1; i < worker_count; i++)
        workers[i].is_started = pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0;
    work(&workers[0]);
    for (unsigned i = 0; i < worker_count; i++) {
        if (workers[i].is_started) pthread_join(workers[i].thread, NULL);
        converter_free(workers[i].converter);
        if (i == 0 || !aggregate) continue;
        aggregate_merge(aggregate, workers[i].aggregate);
        aggregate_free(workers[i].aggregate);
    }
    free(workers);
    bool is_fine = !pipeline.is_stopped;
    if (is_fine) end_waiting(&pipeline);
    if (is_fine) note_bad_repeats(&pipeline);
    if (!is_fine) {
        error_free(error);
        *error = pipeline.error;
    }
    finish(&pipeline);
    return is_fine;
}
