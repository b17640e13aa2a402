#!/usr/bin/env python3
"""check_upload.py: compares what the stand-in Plecto holds with what convert published.

    check_upload.py STATE DATA-SOURCE FOLDER [--again N]

Prints one line "registrations sent: N, lost: N, twice: N, different: N, foreign: N"; exit 1 unless each registration of
the folder is stored once and as published, no other is there, and none was sent again after it had been confirmed
(--again N: at most so many, for uploads that were killed).
"""

import argparse
import collections
import os
import sys

import plecto_store


def published(folder):
    """external_id -> registration of registrations.jsonl."""
    with open(os.path.join(folder, "registrations.jsonl"), encoding="utf-8") as file:
        lines = [plecto_store.parse(line) for line in file]
    return {line["external_id"]: {key: value for key, value in line.items() if key != "data_source"} for line in lines}


def compare(state, source, folder):
    """How many registrations of the folder are missing, and so on. state is what GET /state says, parsed."""
    return compare_with(state, source, published(folder))


def compare_with(state, source, wanted):
    """The same for any registrations, external_id -> registration."""
    stored = collections.defaultdict(list)
    for one in state["data_sources"][plecto_store.bare(source)]["registrations"]:
        stored[one["external_id"]].append(one)
    found = {"sent": len(wanted), "lost": 0, "twice": 0, "different": 0, "foreign": 0, "again": 0}
    for key, registration in wanted.items():
        found["lost"] += not stored[key]
        found["twice"] += len(stored[key]) > 1
        found["different"] += any(one["body"] != registration for one in stored[key])
    found["foreign"] = sum(len(kept) for key, kept in stored.items() if key not in wanted)
    found["again"] = sum(int(one["again"].text) for kept in stored.values() for one in kept)
    return found


def words(found):
    return ("registrations sent: {sent}, lost: {lost}, twice: {twice}, different: {different}, foreign: {foreign}, "
            "sent again after their confirmation: {again}".format(**found))


def is_right(found, again=0):
    return not any(found[key] for key in ("lost", "twice", "different", "foreign")) and found["again"] <= again


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("state")
    parser.add_argument("source")
    parser.add_argument("folder")
    parser.add_argument("--again", type=int, default=0)
    arguments = parser.parse_args()
    with open(arguments.state, encoding="utf-8") as file:
        found = compare(plecto_store.parse(file.read()), arguments.source, arguments.folder)
    print(words(found))
    sys.exit(not is_right(found, arguments.again))


if __name__ == "__main__":
    main()
