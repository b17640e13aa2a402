/* system.h: what the files of this port share: names in UTF-16, and the system's errors as those of POSIX. */
#ifndef WINDOWS_SYSTEM_H
#define WINDOWS_SYSTEM_H

#define WIN32_LEAN_AND_MEAN
#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

#include <windows.h>


/* Text of the system as UTF-8, and back; the caller frees. Half a pair of UTF-16, which names may have, is three bytes of its
 * own (WTF-8), so that every name can be handed back. */
char *utf8_of(const wchar_t *text);
wchar_t *utf16_of(const char *text);

/* A path of the program as the system takes it: with backslashes, and where it is long, whole and behind \\?\, so that it may
 * have 32,767 signs. NULL with errno. The caller frees. */
wchar_t *path_of(const char *path);
/* A path of the system with slashes, without \\?\. The caller frees. */
char *path_from(const wchar_t *path);

/* Sets errno by GetLastError(). -1. After Ctrl-C it never returns: the other thread ends the program. */
int system_fail(void);
/* The same where a name led nowhere: a file in the place of a folder is ENOTDIR. */
int system_fail_at(const wchar_t *path);

/* Whether a name is a link, or a folder that is another one (a junction); false where nothing is there. */
bool is_link(const wchar_t *path);
/* What is known of an open file. */
bool handle_stat(HANDLE handle, struct stat *status);
/* The name's file, opened to be asked only, whoever else has it open; INVALID_HANDLE_VALUE. */
HANDLE open_to_ask(const wchar_t *path, bool follows_link);

/* From now on nobody's failure is reported any more, and every file but the standard streams is closed. */
void system_stop(void);

#endif
