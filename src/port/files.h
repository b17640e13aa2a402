/* files.h: what is done to names of files and folders, and each system has its own call for. */
#ifndef PORT_FILES_H
#define PORT_FILES_H

#include <stdbool.h>

/* Two names change what they stand for, at once; false where the system cannot, or one is not there. */
bool files_exchange(const char *one, const char *other);
/* Gives a file another name; false with EEXIST if that is there already, whoever made it. */
bool files_rename_new(const char *from, const char *to);

/* Removes from a folder what `may_go` says by its name, the same from the folders in it (`depth` of them, one within the
 * other), and each folder that is empty then. Follows no link. POSIX: safe in a signal handler (on Linux; elsewhere it asks
 * for memory). False: the folder cannot be listed, or is not empty. */
bool folder_remove(const char *path, unsigned depth, bool (*may_go)(const char *name));

#endif
