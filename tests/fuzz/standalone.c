/* standalone.c: runs a target over saved inputs, for builds without a fuzzer: fuzz_csv FILE|FOLDER… */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fuzz/fuzz.h"

static size_t run_file(const char *path) {
    FILE *file = fopen(path, "rb");
    struct buffer bytes = {0};
    if (!file) {
        perror(path);
        exit(2);
    }
    for (size_t got = 1; got > 0;) {
        got = fread(buffer_reserve(&bytes, 1 << 16), 1, 1 << 16, file);
        bytes.length += got;
    }
    fclose(file);
    /* Exactly as large as the input, so that a read behind it is met by a sanitizer or valgrind. */
    uint8_t *exact = memory_get(bytes.length);
    if (bytes.length > 0) memcpy(exact, bytes.text, bytes.length);
    LLVMFuzzerTestOneInput(exact, bytes.length);
    free(exact);
    buffer_free(&bytes);
    return 1;
}

static size_t run_path(const char *path) {
    DIR *folder = opendir(path);
    size_t count = 0;
    if (!folder) return run_file(path);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        char *inner = memory_print("%s/%s", path, entry->d_name);
        count += run_path(inner);
        free(inner);
    }
    closedir(folder);
    return count;
}

int main(int argc, char **argv) {
    size_t count = 0;
    for (int i = 1; i < argc; i++)
        if (argv[i][0] != '-') count += run_path(argv[i]);
    printf("%zu inputs\n", count);
    return count > 0 ? 0 : 2;
}
