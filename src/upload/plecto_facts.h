/* plecto_facts.h: everything the upload step believes about Plecto's API v2, in one place; in a table:
 * src/manual/reference/plecto.md, "What is assumed about Plecto". "Documented" is what Plecto's public pages say; *assumed* is what no page
 * confirms: the code that uses it is tolerant, and a fact that proves wrong is to be changed here. */
#ifndef UPLOAD_PLECTO_FACTS_H
#define UPLOAD_PLECTO_FACTS_H

/* Documented: base address, JSON in UTF-8, Basic authentication with a user's e-mail and password. */
#define PLECTO_BASE "https://app.plecto.com/api/v2/"

/* Documented: the endpoints; single registrations by data source and Plecto's own UUID. */
#define PLECTO_REGISTRATIONS "registrations/"
#define PLECTO_DATA_SOURCES "datasources/"
#define PLECTO_MEMBERS "members/"

/* Documented: at most 100 registrations in a list, 3,600 requests an hour for the whole organisation. We stay a little
 * below, because its other users send too. *Assumed*: a request body of 4 MiB is never too large (413 halves it). */
#define PLECTO_LIST_LIMIT 100
#define PLECTO_LIST_BYTES (4u << 20)
#define PLECTO_HOURLY_LIMIT 3600
#define PLECTO_DEFAULT_RATE 3500

/* Documented keys of a registration; all others are the data source's own fields. *Assumed*: such a key is the field's
 * title; answers may use its lower-case slug ("Jobs Total": "jobs_total") and may put the fields into an object of
 * their own. */
#define KEY_DATA_SOURCE "data_source"
#define KEY_EXTERNAL_ID "external_id"
#define KEY_REFERENCE "reference" /* what queries call the external ID; answers may too */
#define KEY_DATE "date"
#define KEY_PROVIDER "member_api_provider"
#define KEY_MEMBER_ID "member_api_id"
#define KEY_MEMBER_NAME "member_name"
#define PLECTO_FIELD_OBJECTS                                                                                           \
    { "fields", "data", "values", "custom_fields" }
/* Documented keys of POST /members/, with name, is_active and teams (which must be there, and may be empty). Plecto merges
 * profiles by e-mail address only, when a registration arrives, and a merge cannot be undone. *Assumed*: members of GET
 * have the same keys, or "email"; a member who exists is refused with 400 or 409, or comes back with 200. */
#define KEY_UPDATING_PROVIDER "updating_api_provider"
#define KEY_UPDATING_ID "updating_api_provider_id"
#define KEY_UPDATING_EMAIL "updating_api_provider_email"
/* Keys in which an answer tells Plecto's own UUID of a thing. *Assumed*. "data_source" is that of the data source, also in
 * registrations. Every UUID seen in public is 32 hex digits without dashes: it is sent as it came. */
#define PLECTO_UUID_KEYS                                                                                               \
    { "uuid", "id", "url" }

/* Documented: GET /registrations/?data_source=&start_date=&end_date=&reference=&page=N, dates as 2024-06-01T22:22:00.
 * *Assumed*: an answer is {"count", "next", "results": [...]} or a bare list; a page behind the last one is empty, or
 * 404; both ends of the period are included, in a zone we do not know (so a day more is asked for on each side). */
#define PLECTO_PAGE_KEYS                                                                                               \
    { "results", "registrations", "data", "items" }

/* Documented: Plecto deletes by itself, on Saturdays, what is older than the data source keeps. *Assumed*: never what is
 * younger than so many days, and always all that is older. */
#define PLECTO_RETENTION_LEAST 28

/* *Assumed* of an answer to a list: nothing (answer_judge.h). 2xx whose body names every external ID without an error
 * confirms the list; what it names with an error is refused; all else is read back (send_look.h) before it is confirmed: of
 * an answer that says nothing some, of one that says something else everything. A body that is no JSON is nobody's (a
 * proxy's log-in page is such a body). What cannot be seen yet is looked for again after these seconds. */
#define PLECTO_LOOK_AGAIN                                                                                              \
    { 5, 15, 60 }
#define PLECTO_LISTS_WITH_THREE 3 /* of the first lists whose answers say nothing three are read back, then one of each */

/* *Assumed*: these say that something in the list is bad; nothing rests on whether a part of it was taken all the same,
 * because each registration is sent again until it is taken or refused by itself. The body may be a list with one
 * object per registration, empty where fine. */
#define PLECTO_REFUSED_LIST                                                                                            \
    { 400, 409, 413, 422 }

/* HTTP (RFC 9110, RFC 6585): worth another try, also after the body was sent: the external ID makes a registration that
 * came twice the same registration. Every 5xx too. */
#define PLECTO_TRY_AGAIN                                                                                               \
    { 408, 425, 429 }

/* Of the 5xx those that no second try changes: not implemented, and a version of HTTP that is not known. */
#define PLECTO_NEVER_AGAIN                                                                                             \
    { 501, 505 }

/* *Assumed*: DELETE answers 2xx, or 404 where the registration is gone already; it is looked for again after a 404, and
 * after some of the others.
 * Documented: POST /datasources/ takes {"title", "fields": [{"title", "type"}]}; *assumed*: it answers with the UUID. The only
 * public code that makes one sends fields of {"name", "input": "TextInput", "default_value": ""}: that form is sent where a
 * 400 names one of these keys. The other words of `input` are *assumed* to be those of Django's widgets. It is not
 * safe to send twice, so a lost answer is looked for by title with GET /datasources/?page=N. */

/* Older guide: the sender names itself. */
#define PLECTO_INTEGRATION_HEADER "X-Integration: st2plecto"

#endif
