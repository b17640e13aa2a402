/* stat.h: see unistd.h. The same file has the same st_dev and st_ino, whoever asks. */
#ifndef WINDOWS_SYS_STAT_H
#define WINDOWS_SYS_STAT_H

#include <stdint.h>
#include <sys/types.h>
#include <time.h>
#include <wchar.h> /* has a struct stat of its own */

#undef stat
#undef fstat
#define stat windows_stat
#define fstat windows_fstat
struct stat {
    dev_t st_dev;
    ino_t st_ino;
    unsigned st_mode, st_nlink, st_uid, st_gid;
    off_t st_size;
    struct timespec st_mtim;
};
#define st_mtime st_mtim.tv_sec

#define S_IFMT 0170000
#define S_IFLNK 0120000
#define S_IFREG 0100000
#define S_IFDIR 0040000
#define S_IFCHR 0020000
#define S_IFIFO 0010000
#define S_ISLNK(mode) (((mode) & S_IFMT) == S_IFLNK)
#define S_ISREG(mode) (((mode) & S_IFMT) == S_IFREG)
#define S_ISDIR(mode) (((mode) & S_IFMT) == S_IFDIR)
#define S_ISCHR(mode) (((mode) & S_IFMT) == S_IFCHR)
#define S_ISFIFO(mode) (((mode) & S_IFMT) == S_IFIFO)
#define S_IWOTH 0002
#define S_ISVTX 01000
#define S_IWUSR 0200
#define S_IRUSR 0400

int stat(const char *path, struct stat *status);
int lstat(const char *path, struct stat *status);
int fstat(int descriptor, struct stat *status);
int mkdir(const char *path, mode_t mode);

#endif
