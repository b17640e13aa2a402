/* mman.h: see unistd.h. Nothing of it is there. */
#ifndef WINDOWS_SYS_MMAN_H
#define WINDOWS_SYS_MMAN_H
#endif
