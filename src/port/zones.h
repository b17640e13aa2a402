/* zones.h: where the system has its time zones. */
#ifndef PORT_ZONES_H
#define PORT_ZONES_H

/* The folder of TZif files (RFC 8536): $TZDIR, or the system's; NULL where systems have none. It may not be there. */
const char *zones_folder(void);

#endif
