/* credentials_wipe.c: passwords are overwritten before their memory is given back. */
#include <stdlib.h>
#include <string.h>

#include "upload/credentials.h"

void wipe(void *bytes, size_t length) {
    volatile unsigned char *at = bytes;
    while (length-- > 0)
        *at++ = 0;
}

void wipe_buffer(struct buffer *buffer) {
    if (buffer->text) wipe(buffer->text, buffer->capacity);
    buffer_free(buffer);
}

void credentials_wipe(struct credentials *credentials) {
    char *texts[] = {credentials->email, credentials->password};
    for (size_t i = 0; i < 2; i++) {
        if (texts[i]) wipe(texts[i], strlen(texts[i]));
        free(texts[i]);
    }
    *credentials = (struct credentials){0};
}
