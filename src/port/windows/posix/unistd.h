/* unistd.h: what the program and its libraries use of POSIX, for Windows; the other headers in this folder likewise. Where
 * the compiler's own headers have another form of it (mkdir of one argument, stat with names in the code page, int instead of
 * ssize_t), these go before them. Names are in UTF-8, errors are in errno: see port/windows/system.h. */
#ifndef WINDOWS_UNISTD_H
#define WINDOWS_UNISTD_H

#include <getopt.h>
#include <stddef.h>
#include <sys/types.h>

#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif
#define F_OK 0
#define X_OK 1
#define W_OK 2
#define R_OK 4
#define _SC_NPROCESSORS_ONLN 1

typedef unsigned uid_t;

int access(const char *path, int mode);
int close(int descriptor);
int dup(int descriptor);
void _exit(int code) __attribute__((noreturn));
int fsync(int descriptor);
uid_t geteuid(void); /* always 0: whose a file is, is not looked at */
int getpid(void);
int isatty(int descriptor); /* 1: a console that understands the sequences of a terminal */
int link(const char *from, const char *to);
off_t lseek(int descriptor, off_t at, int whence);
ssize_t pread(int descriptor, void *to, size_t size, off_t at);
ssize_t pwrite(int descriptor, const void *from, size_t size, off_t at);
ssize_t read(int descriptor, void *to, size_t size);
int rmdir(const char *path);
long sysconf(int name);
int unlink(const char *path);
ssize_t write(int descriptor, const void *from, size_t size);

#endif
