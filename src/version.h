/* version.h: the version that --version prints, receipts carry and `make dist` puts into names. */
#ifndef VERSION_H
#define VERSION_H

#define ST2PLECTO_VERSION "1.0.0"

/* How IDs, people and scales are made. A change of such a rule raises it: a folder made by other rules than those that
 * were sent would double registrations in Plecto. */
#define ST2PLECTO_RULES 1

#endif
