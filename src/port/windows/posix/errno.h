/* errno.h: see unistd.h. */
#include_next <errno.h>
#ifndef EDQUOT
#define EDQUOT 1122
#endif
