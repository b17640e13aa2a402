/* fcntl.h: see unistd.h. All files are binary, and no program that is started inherits one. */
#ifndef WINDOWS_FCNTL_H
#define WINDOWS_FCNTL_H

#include <sys/types.h>

#define O_RDONLY 0x0000
#define O_WRONLY 0x0001
#define O_RDWR 0x0002
#define O_APPEND 0x0008
#define O_CREAT 0x0100
#define O_TRUNC 0x0200
#define O_EXCL 0x0400
#define O_NOFOLLOW 0x100000
#define O_DIRECTORY 0x200000
#define O_CLOEXEC 0
#define O_NOCTTY 0
#define O_NONBLOCK 0
/* of the C library, for its own calls */
#define O_BINARY 0x8000
#define _O_BINARY 0x8000

#define F_SETFD 2
#define FD_CLOEXEC 1

int open(const char *path, int flags, ...);
int fcntl(int descriptor, int command, ...);

#endif
