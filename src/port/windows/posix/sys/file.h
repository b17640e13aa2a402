/* file.h: see unistd.h. */
#ifndef WINDOWS_SYS_FILE_H
#define WINDOWS_SYS_FILE_H

#define LOCK_EX 2
#define LOCK_NB 4

/* Only these two together: false with EWOULDBLOCK where another holds the lock. */
int flock(int descriptor, int operation);

#endif
