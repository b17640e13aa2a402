#!/usr/bin/env python3
"""matrix_upload.py: what the whole program confirms, whatever it is answered, over HTTP.

    matrix_upload.py PROGRAM FOLDERS CREDENTIALS WORK-FOLDER [--every N]

FOLDERS holds published folders of 1, 2, 99 and 100 registrations, by these names. Each is sent with every body of
plecto_answers.py, and with every page that a proxy puts in Plecto's place, under the statuses 200, 201, 202, 204 and 207, by a
server that keeps all, half or none of a list; one that comes alone it keeps, or not (the last two). --every 7: only each
seventh, for tests by day. What the journal then has as confirmed must be there.

The last line: "combinations N, confirmed N, confirmed wrongly N"; exit 1 unless the last is 0.
"""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys

import plecto_answers
import plecto_server

STATUSES = (200, 201, 202, 204, 207)
COUNTS = (1, 2, 99, 100)
KEEPS = (("all", True), ("half", True), ("half", False), ("none", False))


def confirmed(journal):
    """External IDs that the journal has as confirmed."""
    return {row[0] for row in sqlite3.connect(journal).execute(
        "SELECT external_id FROM registration WHERE hash IS NOT NULL AND doubt_hash IS NULL")}


def main():
    parser = argparse.ArgumentParser()
    for name in ("program", "folders", "credentials", "work"):
        parser.add_argument(name)
    parser.add_argument("--every", type=int, default=1)
    arguments = parser.parse_args()
    with open(arguments.credentials, encoding="utf-8") as file:
        plecto = plecto_server.start(json.load(file))
    bodies = {**plecto_answers.ANSWERS, **plecto_answers.PROXY_PAGES}
    plecto_answers.ANSWERS.update(plecto_answers.PROXY_PAGES)
    number = done = taken = wrong = 0
    for name in bodies:
        for status in STATUSES:
            for count in COUNTS:
                for keeps, alone in KEEPS:
                    number += 1
                    if number % arguments.every:
                        continue
                    done += 1
                    source, journal = "%032x" % number, os.path.join(arguments.work, "%d" % number, "journal.db")
                    os.makedirs(os.path.dirname(journal))
                    plecto.store.create("matrix", None, source)
                    plecto.behave({"answer": [status, name], "keeps": keeps, "keeps_lists": alone})
                    ended = subprocess.run(
                        [arguments.program, "upload", os.path.join(arguments.folders, "%d" % count), "--data-source", source,
                         "--journal", journal, "--url", "http://localhost:%d/api/v2/" % plecto.ports["api"], "--yes",
                         "--no-input", "--insecure-test", "--rate", "36000000", "--retry-max-time", "0", "--quiet",
                         "--credentials", arguments.credentials], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                        timeout=120, check=False)
                    known, kept = confirmed(journal), set(plecto.store.find(source).registrations)
                    taken += len(known)
                    bad = len(known - kept) + (ended.returncode == 0 and len(kept) < count) + (
                        ended.returncode not in (0, 5, 6))
                    if bad:
                        print("%s %d, list of %d, keeps %s: exit %d, %d confirmed, %d there\n%s" % (
                            name, status, count, keeps, ended.returncode, len(known), len(kept), ended.stdout.decode()))
                    wrong += bad
                    plecto.store.sources.clear()
                    plecto.log.clear()
                    shutil.rmtree(os.path.dirname(journal))
    print("combinations %d, confirmed %d, confirmed wrongly %d" % (done, taken, wrong))
    sys.exit(1 if wrong or plecto.trouble else 0)


if __name__ == "__main__":
    main()
