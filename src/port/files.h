/* files.h: what is done to names of files and folders, and each system has its own call for. Names are in UTF-8 with
 * slashes, wherever the program runs. */
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
/* Removes from a folder the files that `may_go` names, and leaves the rest; false with errno if one stays. */
bool folder_remove_files(const char *path, bool (*may_go)(const char *name));

/* A path as the user typed it becomes one with slashes, in place: C:\Users\Ana becomes C:/Users/Ana where that is the same. */
void files_take_path(char *path);
/* Whether the path means the same whatever folder the program runs in. */
bool files_is_absolute(const char *path);
/* Why no file can have the name that the path ends in, such as CON; NULL: it can. */
const char *files_name_fault(const char *path);
/* Where files go that nobody is to see: $TMPDIR, or the system's own folder for them. */
const char *files_temporary_folder(void);

#endif
