#!/usr/bin/env python3
"""kill_upload.py: kills uploads with SIGKILL at random moments, goes on with --continue, and looks for anything lost.

    kill_upload.py PROGRAM FOLDER TLS-FOLDER CREDENTIALS WORK-FOLDER [--kills N] [--seed N] [--by clock|talk]
                   [--wrong lose|double] [--vanished zero|delete --later FOLDER]

Each round sends the folder to a new data source with a new journal, is killed once (every third round twice), goes on,
and compares what the stand-in Plecto holds with what was published; every eighth round also shows that one more upload
sends nothing. The moments are spread evenly over the whole upload: half of them by the clock, from the start of the
program to its end, half at a point of the conversation (head of a request read, body read, list stored, all but the
last byte of the answer sent, answer sent and up to 4 ms more, when the journal is written). A program that had ended
before its moment does not count. A list that was confirmed while the program died may come again, one a kill, never more.

With --vanished, Plecto and the journal hold all of FOLDER at the start of each round, and what is killed is the upload of
the later folder, which lacks some of it: these must be 0, or deleted, in the end, each once, and nothing else changed.

The last lines: totals. Exit 1 if a registration was lost, is there twice or differs, 2 if the program failed.
"""

import argparse
import collections
import copy
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time

import check_upload
import plecto_server
import plecto_store

PHASES = ("head", "body", "taken", "half", "answered", "answered")


class Target:
    """The program that is to be killed: its own, so that a moment that comes late ends no later program."""

    def __init__(self):
        self.process, self.started = None, threading.Event()


class Killer:
    """Ends one program at its moment."""

    def __init__(self, plecto):
        self.plecto, self.lock = plecto, threading.Lock()
        self.request = self.at = self.target = None
        plecto.hook = self.reached

    def aim(self, at=None):
        """at: (request number, phase, seconds more), or None for nothing."""
        with self.lock:
            self.at, self.request, self.target = at, 0, Target()

    def reached(self, phase):
        with self.lock:
            if self.at is None:
                return
            self.request += phase == "head"
            if (self.request, phase) != self.at[:2]:
                return
            more, self.at, target = self.at[2], None, self.target
        target.started.wait(5)
        time.sleep(more)
        target.process.kill()


def run(command, killer, after=None):
    """Runs the command, killed after so many seconds where that is given. Returns its code and what it printed."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    killer.target.process = process
    killer.target.started.set()
    try:
        text = process.communicate(timeout=after or 60)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        text = process.communicate()[0]
        if after is None:
            raise SystemExit("hangs: %s\n%s" % (" ".join(command), text.decode(errors="replace"))) from None
    return process.returncode, text.decode(errors="replace")


def zeroed(registration):
    """As --vanished zero sends it: every number 0, all else as it was."""
    return {key: plecto_store.Number("0") if isinstance(value, plecto_store.Number) else value
            for key, value in registration.items()}


def expected(arguments):
    """external_id -> registration in the end, and the IDs of those that are gone from the later folder."""
    first = check_upload.published(arguments.folder)
    if not arguments.vanished:
        return first, set()
    later = check_upload.published(arguments.later)
    gone = set(first) - set(later)
    return {**later, **({key: zeroed(first[key]) for key in gone} if arguments.vanished == "zero" else {})}, gone


def main():
    parser = argparse.ArgumentParser()
    for name in ("program", "folder", "tls", "credentials", "work"):
        parser.add_argument(name)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20251020)
    parser.add_argument("--by", choices=("clock", "talk"))
    parser.add_argument("--wrong")
    parser.add_argument("--vanished", choices=("zero", "delete"))
    parser.add_argument("--later")
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with open(arguments.credentials, encoding="utf-8") as file:
        credentials = json.load(file)
    certificate = [os.path.join(arguments.tls, "good" + kind) for kind in (".pem", ".key")]
    plecto = plecto_server.start(credentials, certificate, {"wrong": [arguments.wrong] if arguments.wrong else []})
    with open(os.path.join(arguments.folder, "datasource.json"), encoding="utf-8") as file:
        fields = {field["title"]: field["type"] for field in json.load(file)["fields"]}
    killer = Killer(plecto)
    wanted, gone = expected(arguments)

    def source(number):  # with --vanished all rounds begin with the same journal, which names one
        return "%032x" % (1 if arguments.vanished else number)

    def command(number, *more):
        journal = os.path.join(arguments.work, "%d" % number, "journal.db")
        os.makedirs(os.path.dirname(journal), exist_ok=True)
        folder, options = arguments.folder, []
        if arguments.vanished and "first" not in more:
            folder, options = arguments.later, ["--vanished", arguments.vanished, "--max-vanished", "100000"]
        more = [option for option in more if option != "first"]
        return [arguments.program, "upload", folder, *options, "--data-source", source(number), "--journal", journal,
                "--url", "https://localhost:%d/api/v2/" % plecto.ports["api"], "--rate", "36000000", "--yes",
                "--no-input", "--ca-file", os.path.join(arguments.tls, "authority.pem"),
                "--credentials", arguments.credentials, *more]

    def finish(number, *more):
        killer.aim()
        code, text = run(command(number, *more), killer)
        if code != 0:
            print("exit %d of a %s upload:\n%s" % (code, "continued" if more else "plain", text))
            sys.exit(2)

    kills, rounds, totals = 0, 0, collections.Counter()
    spread, kinds, seconds, again_most = collections.Counter(), collections.Counter(), [], 0

    def begin(number):
        """The data source of a round, new or with all that was sent before."""
        if not arguments.vanished:
            plecto.store.create("round", fields, source(number))
            return
        plecto.store.sources[source(number)] = copy.deepcopy(start)
        shutil.copytree(os.path.join(arguments.work, "0"), os.path.join(arguments.work, "%d" % number))

    def done(number):
        """What of a round is done."""
        registrations = plecto.store.find(source(number)).registrations
        if not arguments.vanished:
            return len(registrations) / len(wanted)
        left = sum(key in registrations and registrations[key].body != wanted.get(key) for key in gone)
        return 1 - left / len(gone)

    start = None
    if arguments.vanished:
        plecto.store.create("start", fields, source(0))
        finish(0, "first")
        start = plecto.store.find(source(0))

    # How long a whole upload takes: the moments by the clock are spread over that; and its requests.
    for rounds in range(1, 4):
        begin(rounds)
        began, before = time.monotonic(), plecto.totals()["requests"]
        finish(rounds)
        seconds.append(time.monotonic() - began)
        requests = plecto.totals()["requests"] - before
    whole = sorted(seconds)[1]

    attempts = 0
    while kills < arguments.kills:
        attempts += 1
        if attempts > 4 * arguments.kills:
            print("only %d of %d attempts met a running program" % (kills, attempts))
            sys.exit(2)
        rounds += 1
        begin(rounds)
        killed_here = 0
        for part in range(2 if attempts % 3 == 0 else 1):
            if kills == arguments.kills:
                break
            place = (kills + chance.random()) / arguments.kills
            more = ("--continue",) if part else ()
            if (arguments.by or chance.choice(("clock", "talk"))) == "clock":
                killer.aim()
                kind, limit = "clock", place * whole
            else:
                phase = chance.choice(PHASES)
                extra = chance.random() * 0.004 if phase == "answered" else 0
                kind, limit = phase, None
                killer.aim((int(place * requests) + 1, phase, extra))
            code, text = run(command(rounds, *more), killer, limit)
            if code not in (0, -signal.SIGKILL):
                print("exit %d before its kill:\n%s" % (code, text))
                sys.exit(2)
            if code == 0:
                continue
            kills, killed_here = kills + 1, killed_here + 1
            spread[min(3, int(done(rounds) * 4))] += 1
            kinds[kind] += 1
        finish(rounds, "--continue")
        if attempts % 8 == 0:
            before = plecto.totals()["requests"]
            finish(rounds)
            totals["idle"] += plecto.totals()["requests"] - before
        with plecto.lock:
            state = plecto_store.parse(plecto_store.dump(plecto.state()))
            plecto.log.clear()
            plecto.store.sources.clear()  # what still comes from a dead program finds no data source
        found = check_upload.compare_with(state, source(rounds), wanted)
        for key in found:
            totals[key] += found[key]
        again_most = max(again_most, found["again"] - plecto_store.LIST_LIMIT * killed_here)
    print("kills by kind: " + ", ".join("%s %d" % pair for pair in sorted(kinds.items())))
    print("kills by share already done: " +
          ", ".join("quarter %d: %d" % (part + 1, spread[part]) for part in range(4)))
    print("registrations sent: {sent}, lost: {lost}, twice: {twice}, different: {different}, foreign: {foreign}, "
          "sent again after their confirmation: {again}, ".format(**totals) + "requests with nothing to send: %d, "
          "kills: %d" % (totals["idle"], kills))
    if again_most > 0:
        print("%d registrations more than one list a kill were sent again" % again_most)
    for trouble in plecto.trouble:
        print("trouble in the stand-in: " + trouble)
    right = not any(totals[key] for key in ("lost", "twice", "different", "foreign", "idle")) and again_most <= 0
    sys.exit(0 if right and not plecto.trouble else 1)


if __name__ == "__main__":
    main()
