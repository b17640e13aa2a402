/* sandbox.h: what an offline command gives up before it looks at any file. */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include <stdbool.h>

/* From here on this process and its later threads get EPERM from the kernel for sockets, other programs, other
 * processes' memory and what changes the system. Calls of another architecture are refused too. Where the kernel or the
 * machine offers no such filter nothing happens and nothing is told: a conversion must not fail for it. Call it once,
 * before any thread. */
void sandbox_enter(void);
/* Whether this build has such a filter. */
bool sandbox_is_there(void);

#endif
