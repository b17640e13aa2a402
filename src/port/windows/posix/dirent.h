/* dirent.h: see unistd.h. */
#ifndef WINDOWS_DIRENT_H
#define WINDOWS_DIRENT_H

struct dirent {
    char d_name[1024]; /* 255 units of UTF-16 are at most 765 bytes */
};
typedef struct windows_folder DIR;

DIR *opendir(const char *path);
struct dirent *readdir(DIR *folder);
int closedir(DIR *folder);

#endif
