/* version.h: the version that --version prints, receipts carry and `make dist` puts into names. */
#ifndef VERSION_H
#define VERSION_H

#define ST2PLECTO_VERSION "0.1.0"

#endif
