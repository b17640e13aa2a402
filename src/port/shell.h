/* shell.h: how the shell that people paste our commands into wants a word with blanks or signs. */
#ifndef PORT_SHELL_H
#define PORT_SHELL_H

#include <stdbool.h>

/* 'Job ID' of POSIX shells; else "Job ID", which both cmd and PowerShell take. */
bool shell_has_single_quotes(void);

#endif
