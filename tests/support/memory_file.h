/* memory_file.h: a file for readers that want a path, in memory: a test that writes thousands of small files would wait
 * for the disk instead of testing. */
#ifndef SUPPORT_MEMORY_FILE_H
#define SUPPORT_MEMORY_FILE_H

#include "base/view.h"

struct memory_file {
    int descriptor;
    char path[40]; /* of this process alone */
};

/* An empty one; ends the test where the system has no such files. */
struct memory_file memory_file_create(void);
/* Its whole content from now on. */
void memory_file_write(const struct memory_file *file, struct view bytes);
void memory_file_close(const struct memory_file *file);

#endif
