/* signal.h: see unistd.h. */
#include_next <signal.h>
#ifndef WINDOWS_SIGNAL_H
#define WINDOWS_SIGNAL_H

#include <sys/types.h>
#ifndef _POSIX
typedef _sigset_t sigset_t;
#endif

#endif
