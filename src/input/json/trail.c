/* trail.c: noting the steps. */
#include "input/json/trail.h"

#include <stdlib.h>

#include "base/memory.h"

static const struct json_step nothing = {.before = JSON_KEY_NONE};

/* Room for one step more, with nothing in it. */
static void add_step(struct json_trail *trail) {
    void *steps = trail->steps;
    memory_grow(&steps, &trail->capacity, trail->count + 1, sizeof *trail->steps);
    trail->steps = steps;
    trail->steps[trail->count++] = nothing;
}

void json_trail_start(struct json_trail *trail) {
    *trail = (struct json_trail){0};
    add_step(trail);
}

void json_trail_free(struct json_trail *trail) {
    free(trail->steps);
}

struct json_step *json_trail_step(struct json_trail *trail, struct json_keys *keys, uint32_t key) {
    if (keys->keys[key].place == JSON_KEY_NONE) {
        keys->keys[key].place = (uint32_t)trail->count - 1;
        add_step(trail);
    }
    return &trail->steps[keys->keys[key].place];
}

void json_trail_note(struct json_step *step, const struct json_keys *keys, struct view bytes, uint32_t before,
                     bool closes, uint32_t opened, uint32_t key) {
    const struct json_key *found = &keys->keys[key];
    bool is_object_wanted = opened != JSON_KEY_NONE && keys->keys[opened].is_wanted;
    /* the text of an object that is wanted as it stands needs its begin and its end */
    if (bytes.length == 0 || bytes.length > JSON_STEP_BYTES || bytes.text[0] != (closes ? '}' : ',') ||
        (closes && keys->keys[before].cell != SIZE_MAX) ||
        (opened != JSON_KEY_NONE && keys->keys[opened].cell != SIZE_MAX) ||
        (found->cell != SIZE_MAX && found->cell >= UINT32_MAX))
        return;
    *step = (struct json_step){
        .before = before,
        .opened = opened,
        .object = found->parent,
        .key = key,
        .cell = found->cell != SIZE_MAX ? (uint32_t)found->cell : UINT32_MAX,
        .length = (unsigned char)bytes.length,
        .closes = closes,
        .is_wanted = found->is_wanted || is_object_wanted,
    };
    memcpy(step->bytes, bytes.text, bytes.length);
    for (size_t i = 0; i < bytes.length; i++)
        step->marks +=
            (unsigned char)(bytes.text[i] == '"' || bytes.text[i] == '\\' || (unsigned char)bytes.text[i] < 0x20);
}
