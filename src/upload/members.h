/* members.h: the employees of a folder as members of Plecto, before their first registration arrives. Plecto merges profiles
 * by e-mail address only, and a merge cannot be undone (plecto_facts.h): so a roster with addresses prevents a second
 * profile of a person. */
#ifndef UPLOAD_MEMBERS_H
#define UPLOAD_MEMBERS_H

#include "people/roster.h"
#include "upload/client.h"
#include "upload/published.h"

enum member_state {
    MEMBER_NEW,      /* Plecto has no such member */
    MEMBER_UNLINKED, /* it has one of this address, who has no ID of another system */
    MEMBER_MATCHED,  /* it has one with this ID, or of this address */
    MEMBER_CREATED,
    MEMBER_WITHOUT_EMAIL, /* Plecto has none of this ID, and the roster no address: left to Plecto */
    MEMBER_OTHER_ID,      /* the one of this address has another ID, or none while another has this ID: `words` */
    MEMBER_REFUSED,       /* Plecto says why: `words` */
    MEMBER_UNSEEN,        /* its answer was no refusal, and the member is not there */
    MEMBER_STATE_COUNT
};

struct member {
    char *provider, *id, *name;
    char *email;     /* of the roster; NULL: none */
    char *words;     /* NULL: none */
    bool has_emails; /* the roster has several that differ */
    enum member_state state;
    long status;                      /* of Plecto's answer to POST; 0: none was sent */
    bool is_named;                    /* that answer has a UUID, or names the ID */
    bool is_found, is_found_by_email; /* at the last look: by the ID; the one of the address, which has not this ID */
    bool is_email_there;              /* at the last look: the one of this ID has this address */
    char *plecto_email;               /* of the one of this ID; NULL: Plecto shows none */
};

struct members {
    struct member *list;
    size_t count, capacity;
    uint64_t counts[MEMBER_STATE_COUNT];
    bool is_list_shown; /* Plecto shows the user its members */
};

/* The employees of the folder's registrations, each once, in order of appearance. EXIT_CANNOT_READ. Free: members_free, in
 * both cases. */
bool members_read(struct published *published, struct members *members, struct error *error);
void members_free(struct members *members);
/* Gives each the address of the roster. EXIT_WRONG_USE: an address that is none, or two employees with one. */
bool members_give_emails(struct members *members, const struct roster *roster, struct error *error);
/* Asks Plecto who is there; only GET. EXIT_UPLOAD_STOPPED, EXIT_UPLOAD_REFUSED. */
bool members_match(struct members *members, struct client *client, struct error *error);
/* Creates those who are new, links those who are not linked, and looks whether they are there. False with
 * EXIT_UPLOAD_STOPPED or EXIT_UPLOAD_REFUSED where it could not go on; who is refused alone is no error. */
bool members_create(struct members *members, struct client *client, struct error *error);

#endif
