/* stdio.h: see unistd.h. fopen and rename have names in UTF-8. */
#include_next <stdio.h>
#ifndef WINDOWS_STDIO_H
#define WINDOWS_STDIO_H

#include <sys/types.h>

/* with places of 64 bits, and under their own names for the linker's option --wrap */
#undef fseeko
#undef ftello
#define fseeko windows_fseeko
#define ftello windows_ftello
int windows_fseeko(FILE *stream, off_t off, int whence) __asm__("fseeko");
off_t windows_ftello(FILE *stream) __asm__("ftello");

#endif
