/* outdir_private.h: what outdir.c (the files in it) and outdir_place.c (beginning, swapping into place, removing)
 * share. */
#ifndef OUTPUT_OUTDIR_PRIVATE_H
#define OUTPUT_OUTDIR_PRIVATE_H

#include "base/buffer.h"
#include "base/hash.h"
#include "output/outdir.h"

struct outfile_piece {
    uint64_t end;  /* offset behind it */
    uint64_t hash; /* stream_hash of its bytes */
};

struct outfile {
    struct outdir *outdir;
    char *name;
    int descriptor; /* -1 once synced */
    struct sha256 hash;
    char sha256[65];
    struct outfile_piece *pieces; /* for reading back: what was written at once */
    size_t piece_count, piece_capacity;
    uint64_t bytes;
    uint64_t handed_to_disk; /* bytes whose writing out was asked for */
};

struct outdir {
    struct place place;
    bool force;
    struct outfile **files;
    size_t file_count, file_capacity;
};

/* Waits until the disk has it; closes the descriptor. */
bool outfile_sync(struct outfile *file, struct error *error);
/* Closes what is open, removes the temporary folder if it is still there, frees. */
void outdir_free(struct outdir *outdir, bool is_published);

#endif
