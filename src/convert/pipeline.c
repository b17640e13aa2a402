/* pipeline.c: jobs go round in a ring. A job is a block with its outcome; block number n uses job n modulo the
 * size of the ring, which the reader may fill again once the writer has taken it. One mutex guards the counters;
 * it is taken a few times per mebibyte. */
#include "convert/pipeline.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"
#include "convert/row.h"

#define ROWS_AHEAD 16 /* how early the identity set hears of a row: about the time memory takes to answer */

struct job {
    struct block block;
    struct outcome outcome;
    size_t file;
    bool is_done;
};

struct pipeline {
    const struct plan *plan;
    struct input **inputs;
    struct job *jobs;
    uint64_t job_count;
    pthread_mutex_t mutex;
    pthread_cond_t filled, turn, done, taken; /* a job was filled; the identity turn moved; done; taken */
    uint64_t filled_count, claimed_count, identified_count, taken_count; /* numbers of blocks */
    bool is_read;                                                        /* filled_count is final */
    bool is_stopped;                                                     /* an error: everybody leaves */
    struct identity_set *identities;
    struct repeated_ids *repeated;
    struct error error;
};

struct worker {
    struct pipeline *pipeline;
    struct aggregate *aggregate; /* NULL with --by row */
    pthread_t thread;
    bool is_started;
};

/* Stops everybody; takes over the error if it is the first. */
static void stop(struct pipeline *pipeline, struct error *error) {
    pthread_mutex_lock(&pipeline->mutex);
    if (!pipeline->is_stopped && error) {
        error_free(&pipeline->error);
        pipeline->error = *error;
        *error = (struct error){0};
    }
    pipeline->is_stopped = true;
    pthread_cond_broadcast(&pipeline->filled);
    pthread_cond_broadcast(&pipeline->turn);
    pthread_cond_broadcast(&pipeline->done);
    pthread_cond_broadcast(&pipeline->taken);
    pthread_mutex_unlock(&pipeline->mutex);
    if (error) error_free(error);
}

/* --- the reader ----------------------------------------------------------------------------- */

/* The job for the next block, once it is free; NULL if the run was stopped. */
static struct job *next_free_job(struct pipeline *pipeline) {
    pthread_mutex_lock(&pipeline->mutex);
    while (!pipeline->is_stopped && pipeline->filled_count - pipeline->taken_count == pipeline->job_count)
        pthread_cond_wait(&pipeline->taken, &pipeline->mutex);
    struct job *job = pipeline->is_stopped ? NULL : &pipeline->jobs[pipeline->filled_count % pipeline->job_count];
    pthread_mutex_unlock(&pipeline->mutex);
    return job;
}

static bool read_file(struct pipeline *pipeline, size_t file, struct error *error) {
    for (;;) {
        struct job *job = next_free_job(pipeline);
        if (!job) return true;
        bool is_end = false;
        if (!input_next_block(pipeline->inputs[file], &job->block, &is_end, error)) return false;
        if (is_end) return true;
        job->file = file;
        job->is_done = false;
        pthread_mutex_lock(&pipeline->mutex);
        pipeline->filled_count++;
        pthread_cond_signal(&pipeline->filled);
        pthread_mutex_unlock(&pipeline->mutex);
    }
}

static void *read_all(void *argument) {
    struct pipeline *pipeline = argument;
    struct error error = {0};
    bool is_fine = true;
    for (size_t file = 0; is_fine && file < pipeline->plan->file_count; file++)
        is_fine = read_file(pipeline, file, &error);
    if (!is_fine) {
        stop(pipeline, &error);
        return NULL;
    }
    pthread_mutex_lock(&pipeline->mutex);
    pipeline->is_read = true;
    pthread_cond_broadcast(&pipeline->filled);
    pthread_cond_broadcast(&pipeline->done);
    pthread_mutex_unlock(&pipeline->mutex);
    return NULL;
}

/* --- the workers ---------------------------------------------------------------------------- */

/* The next block to convert; false at the end. */
static bool claim(struct pipeline *pipeline, uint64_t *number) {
    pthread_mutex_lock(&pipeline->mutex);
    while (!pipeline->is_stopped && !pipeline->is_read && pipeline->claimed_count == pipeline->filled_count)
        pthread_cond_wait(&pipeline->filled, &pipeline->mutex);
    bool is_claimed = !pipeline->is_stopped && pipeline->claimed_count < pipeline->filled_count;
    if (is_claimed) *number = pipeline->claimed_count++;
    pthread_mutex_unlock(&pipeline->mutex);
    return is_claimed;
}

static void note_repeated(struct repeated_ids *repeated, uint64_t hash) {
    void *hashes = repeated->hashes;
    memory_grow(&hashes, &repeated->capacity, repeated->count + 1, sizeof *repeated->hashes);
    repeated->hashes = hashes;
    repeated->hashes[repeated->count++] = hash;
}

/* Waits until all blocks before this one are in the identity set, then asks for its rows. Returns the answers if
 * any ID came already (the caller frees them), else NULL. */
static struct identity_before *identify(struct pipeline *pipeline, const struct outcome *outcome, uint64_t number) {
    pthread_mutex_lock(&pipeline->mutex);
    while (!pipeline->is_stopped && pipeline->identified_count != number)
        pthread_cond_wait(&pipeline->turn, &pipeline->mutex);
    bool is_stopped = pipeline->is_stopped;
    pthread_mutex_unlock(&pipeline->mutex);
    if (is_stopped) return NULL;
    /* nobody else touches the set during this block's turn */
    struct identity_before *answers = NULL;
    for (size_t i = 0; i < outcome->identity_count; i++) {
        if (i + ROWS_AHEAD < outcome->identity_count)
            identity_set_expect(pipeline->identities, outcome->identities[i + ROWS_AHEAD].id_hash);
        struct identity_before before = identity_set_add(pipeline->identities, &outcome->identities[i]);
        if (before.verdict == IDENTITY_NEW) continue;
        if (before.verdict == IDENTITY_TAKEN) note_repeated(pipeline->repeated, outcome->identities[i].id_hash);
        if (!answers) answers = memory_get_zero(outcome->identity_count, sizeof *answers);
        answers[i] = before;
    }
    pthread_mutex_lock(&pipeline->mutex);
    pipeline->identified_count++;
    pthread_cond_broadcast(&pipeline->turn);
    pthread_mutex_unlock(&pipeline->mutex);
    return answers;
}

static void *work(void *argument) {
    struct worker *worker = argument;
    struct pipeline *pipeline = worker->pipeline;
    struct converter *converter = converter_create(pipeline->plan, pipeline->inputs);
    uint64_t number;
    while (claim(pipeline, &number)) {
        struct job *job = &pipeline->jobs[number % pipeline->job_count];
        convert_block(converter, &job->block, job->file, NULL, &job->outcome);
        struct identity_before *answers = identify(pipeline, &job->outcome, number);
        if (answers) convert_block(converter, &job->block, job->file, answers, &job->outcome);
        free(answers);
        if (worker->aggregate) aggregate_add(worker->aggregate, &job->outcome);
        pthread_mutex_lock(&pipeline->mutex);
        job->is_done = true;
        pthread_cond_signal(&pipeline->done);
        pthread_mutex_unlock(&pipeline->mutex);
    }
    converter_free(converter);
    return NULL;
}

/* --- the writer ----------------------------------------------------------------------------- */

/* The next outcome in order, once it is done; NULL at the end or when the run was stopped. */
static struct job *next_done_job(struct pipeline *pipeline) {
    pthread_mutex_lock(&pipeline->mutex);
    struct job *job = &pipeline->jobs[pipeline->taken_count % pipeline->job_count];
    for (;;) {
        if (pipeline->is_stopped || (pipeline->is_read && pipeline->taken_count == pipeline->filled_count)) {
            job = NULL;
            break;
        }
        if (pipeline->taken_count < pipeline->filled_count && job->is_done) break;
        pthread_cond_wait(&pipeline->done, &pipeline->mutex);
    }
    pthread_mutex_unlock(&pipeline->mutex);
    return job;
}

static void take_all(struct pipeline *pipeline, outcome_taker *take, void *context) {
    struct job *job;
    while ((job = next_done_job(pipeline)) != NULL) {
        struct error error = {0};
        if (!take(context, &job->outcome, job->file, &error)) {
            stop(pipeline, &error);
            return;
        }
        pthread_mutex_lock(&pipeline->mutex);
        pipeline->taken_count++;
        pthread_cond_signal(&pipeline->taken);
        pthread_mutex_unlock(&pipeline->mutex);
    }
}

static void start(struct pipeline *pipeline, const struct plan *plan, struct input **inputs) {
    *pipeline = (struct pipeline){.plan = plan, .inputs = inputs};
    pipeline->job_count = plan->options->workers + 2;
    pipeline->jobs = memory_get_zero(pipeline->job_count, sizeof *pipeline->jobs);
    for (uint64_t i = 0; i < pipeline->job_count; i++)
        outcome_start(&pipeline->jobs[i].outcome, plan);
    pipeline->identities = identity_set_create();
    pthread_mutex_init(&pipeline->mutex, NULL);
    pthread_cond_init(&pipeline->filled, NULL);
    pthread_cond_init(&pipeline->turn, NULL);
    pthread_cond_init(&pipeline->done, NULL);
    pthread_cond_init(&pipeline->taken, NULL);
}

static void finish(struct pipeline *pipeline) {
    for (uint64_t i = 0; i < pipeline->job_count; i++) {
        outcome_free(&pipeline->jobs[i].outcome);
        buffer_free(&pipeline->jobs[i].block.bytes);
        buffer_free(&pipeline->jobs[i].block.group);
    }
    free(pipeline->jobs);
    identity_set_free(pipeline->identities);
    pthread_mutex_destroy(&pipeline->mutex);
    pthread_cond_destroy(&pipeline->filled);
    pthread_cond_destroy(&pipeline->turn);
    pthread_cond_destroy(&pipeline->done);
    pthread_cond_destroy(&pipeline->taken);
}

bool pipeline_run(const struct plan *plan, struct input **inputs, outcome_taker *take, void *context,
                  struct aggregate *aggregate, struct repeated_ids *repeated, struct error *error) {
    struct pipeline pipeline;
    start(&pipeline, plan, inputs);
    pipeline.repeated = repeated;
    unsigned worker_count = plan->options->workers;
    struct worker *workers = memory_get_zero(worker_count, sizeof *workers);
    pthread_t reader;
    bool has_reader = pthread_create(&reader, NULL, read_all, &pipeline) == 0;
    for (unsigned i = 0; i < worker_count; i++) {
        workers[i].pipeline = &pipeline;
        workers[i].aggregate = aggregate ? aggregate_create(plan) : NULL;
        workers[i].is_started = pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0;
    }
    if (!has_reader || !workers[0].is_started) {
        struct error failure = {0};
        error_set(&failure, EXIT_CANNOT_WRITE, "the system gave no thread to work with");
        stop(&pipeline, &failure);
    }
    take_all(&pipeline, take, context);
    if (has_reader) pthread_join(reader, NULL);
    for (unsigned i = 0; i < worker_count; i++) {
        if (workers[i].is_started) pthread_join(workers[i].thread, NULL);
        if (aggregate) aggregate_merge(aggregate, workers[i].aggregate);
        aggregate_free(workers[i].aggregate);
    }
    free(workers);
    bool is_fine = !pipeline.is_stopped;
    if (!is_fine) {
        error_free(error);
        *error = pipeline.error;
    }
    finish(&pipeline);
    return is_fine;
}
