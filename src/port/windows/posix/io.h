/* io.h: see unistd.h. Without the C library's forms of what is there. */
#ifndef NO_OLDNAMES
#define NO_OLDNAMES
#include_next <io.h>
#undef NO_OLDNAMES
#else
#include_next <io.h>
#endif
