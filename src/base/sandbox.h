/* sandbox.h: what an offline command gives up before it looks at any file, and a connected one before it speaks to Plecto. */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

/* From here on this process and its later threads get EPERM from the kernel for sockets, other programs, other
 * processes' memory and what changes the system. Calls of another architecture are refused too. Where the kernel or the
 * machine offers no such filter nothing happens and nothing is told: a conversion must not fail for it. Call it once,
 * before any thread. */
void sandbox_enter(void);
/* The same, but for the network, which is kept. */
void sandbox_enter_connected(void);
/* From here on this process neither starts a program nor writes, makes, renames or removes a file, by the kernel's hand
 * (Landlock), but in the folders of `paths`, and those paths themselves, be they links or not; NULL ones are left out. What is
 * open stays open. Reading is as before. Where the kernel has no Landlock, or not yet moves between folders (before 5.19),
 * nothing happens. */
void sandbox_keep_files(const char *const *paths, size_t count);
/* The version of the kernel's Landlock that sandbox_keep_files uses; 0: none. */
int sandbox_files_version(void);
/* Whether this build has such a filter. */
bool sandbox_is_there(void);

#endif
