/* types.h: see unistd.h. Numbers of files and disks have all their bits. */
#ifndef WINDOWS_SYS_TYPES_H
#define WINDOWS_SYS_TYPES_H

#define dev_t windows_short_dev_t
#define ino_t windows_short_ino_t
#include_next <sys/types.h>
#undef dev_t
#undef ino_t
typedef unsigned long long dev_t, ino_t;

#endif
