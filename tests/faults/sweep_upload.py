#!/usr/bin/env python3
"""sweep_upload.py: makes upload, verify, datasource create and members create fail at one point after another (shim.c), and compares by
meaning what is left: the journal holds times and the results lie with a stand-in Plecto over TLS.

    sweep_upload.py PROGRAM SHIM SWEEP FOLDER TLS-FOLDER CREDENTIALS WORK-FOLDER [--limit N] [--seed N]
                    [--part K/N] [--only COMMAND] [--call NAME] [--places] [--seconds N] [--wrong lose]

Every allocation fails once, every system call gives each of its errors once (short reads and writes too), the program
is killed before every call and in the middle of every write. Each run ends with a code that the command documents, tells
why on stderr, and leaves the published folder as it is. Then the plain command, with --continue for an upload, must end
well; afterwards each registration is stored once and as published, and `verify` agrees. --limit takes about N points of
each kind, spread evenly; --call only that system call's errors; --places an allocation for each place (chain of callers)
in place of them all, most of which are OpenSSL's, again and again; a run over --seconds hangs. Exit 1: something was wrong.
"""

import argparse
import collections
import ctypes
import errno
import hashlib
import json
import mmap
import os
import shutil
import signal
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "e2e"))

import check_upload  # noqa: E402
import plecto_server  # noqa: E402
import plecto_store  # noqa: E402

SHORT, KILL, TORN, INT, TERM, ANY = -1, -2, -3, -4, -5, -1
SHOWN = 25
SECONDS_ALLOWED = 120  # a database read byte by byte, on a busy machine
ALLOCATIONS_ROOM = 1 << 18  # of one run, far above any
# what the commands document; 130 and 143 only for the signals
CODES = {"upload": {0, 2, 3, 4, 5, 6}, "verify": {0, 1, 2, 3, 4, 5, 6}, "datasource": {0, 2, 3, 4, 5, 6},
         "members": {0, 2, 3, 4, 5, 6}}


def page_type(calls):
    """struct faults_page of faults.h."""
    class Page(ctypes.Structure):
        _fields_ = [("fail_allocation", ctypes.c_uint64), ("call", ctypes.c_int32), ("call_number", ctypes.c_uint64),
                    ("action", ctypes.c_int32), ("is_lasting", ctypes.c_int32), ("allocations", ctypes.c_uint64),
                    ("live_blocks", ctypes.c_uint64), ("all_calls", ctypes.c_uint64), ("calls", ctypes.c_uint64 * calls),
                    ("blocks_at_exit", ctypes.c_uint64), ("files_at_exit", ctypes.c_uint64),
                    ("did_exit", ctypes.c_int32), ("was_done", ctypes.c_int32), ("path", ctypes.c_char * 512)]
    return Page


def folder_hash(folder):
    """The bytes of all files of a folder, as one number."""
    digest = hashlib.sha256()
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            digest.update(name.encode() + b"\0" + file.read())
    return digest.digest()


class Point:
    """One fault: an allocation, or a call of a kind, and what happens to it."""

    def __init__(self, kind, number, action=0, lasting=False):
        self.kind, self.number, self.action, self.lasting = kind, number, action, lasting

    def is_kill(self):
        return self.action <= KILL

    def words(self, table):
        if self.kind is None:
            return "allocation %d%s" % (self.number, " and later" if self.lasting else "")
        names = {SHORT: "one byte only", KILL: "SIGKILL", TORN: "SIGKILL in the middle", INT: "SIGINT", TERM: "SIGTERM"}
        action = names.get(self.action) or errno.errorcode[self.action]
        name = "call" if self.kind == ANY else table[self.kind][0]
        return "%s %d%s: %s" % (name, self.number, " and later" if self.lasting else "", action)


class Sweep:
    """The stand-in, the program and the counts of one command."""

    def __init__(self, arguments, table):
        self.arguments, self.table = arguments, table
        with open(arguments.credentials, encoding="utf-8") as file:
            credentials = json.load(file)
        certificate = [os.path.join(arguments.tls, "good" + kind) for kind in (".pem", ".key")]
        behaviour = {"wrong": [arguments.wrong] if arguments.wrong else []}
        self.plecto = plecto_server.start(credentials, certificate, behaviour)
        with open(os.path.join(arguments.folder, "datasource.json"), encoding="utf-8") as file:
            self.fields = {field["title"]: field["type"] for field in json.load(file)["fields"]}
        self.hash = folder_hash(arguments.folder)
        self.roster = os.path.join(arguments.work, "people.csv")
        with open(self.roster, "w", encoding="utf-8") as file:
            file.write("id,name,email\n,Ana Lopez,ana@example.test\n,Bo Chen,bo@example.test\n")
        self.round, self.is_faulty = 0, False
        self.counts, self.totals = collections.Counter(), collections.Counter()
        page = page_type(len(table))
        self.page_path, self.page = self.shared("page", page)
        self.places_path, self.places = self.shared("places", ctypes.c_uint64 * ALLOCATIONS_ROOM)

    def shared(self, name, kind):
        """The path of a file that the shim maps too, and its memory."""
        path = os.path.join(self.arguments.work, name)
        with open(path, "w+b") as file:
            file.truncate(ctypes.sizeof(kind))
            return path, kind.from_buffer(mmap.mmap(file.fileno(), ctypes.sizeof(kind)))

    # --- one run

    def words(self, command, *more):
        arguments = self.arguments
        base = ["--url", "https://localhost:%d/api/v2/" % self.plecto.ports["api"], "--rate", "36000000",
                "--ca-file", os.path.join(arguments.tls, "authority.pem"), "--credentials", arguments.credentials,
                *(["--retry-max-time", "2", "--timeout", "5"] if self.is_faulty else ["--timeout", "60"])]
        source = ["--data-source", "%032x" % self.round]
        journal = ["--journal", os.path.join(self.place, "journal.db")]
        if command == "datasource":
            return [arguments.program, "datasource", "create", arguments.folder, "--yes", "--no-input", *journal, *base,
                    *more]
        if command == "members":
            return [arguments.program, "members", "create", arguments.folder, "--roster", self.roster, *journal, *base, *more]
        if command == "verify":
            return [arguments.program, "verify", arguments.folder, *source, *base, *more]
        return [arguments.program, "upload", arguments.folder, "--yes", "--no-input", *source, *journal, *base, *more]

    def run(self, words, point=None):
        environment = dict(os.environ, LC_ALL="C", SOURCE_DATE_EPOCH="1761000000", HOME=self.place, TMPDIR=self.place)
        if point:
            ctypes.memset(ctypes.addressof(self.page), 0, ctypes.sizeof(self.page))
            if point.kind is None:
                self.page.fail_allocation = point.number
            else:
                self.page.call, self.page.call_number, self.page.action = point.kind, point.number, point.action
            self.page.is_lasting = point.lasting
            environment.update(LD_PRELOAD=self.arguments.shim, ST2PLECTO_FAULTS_PAGE=self.page_path)
            if point.number == 0 and self.arguments.places:
                environment["ST2PLECTO_FAULTS_PLACES"] = self.places_path
        process = subprocess.Popen(words, env=environment, cwd=self.place, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            out, err = process.communicate(timeout=self.arguments.seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return None, "", "hangs"
        return process.returncode, out.decode(errors="replace"), err.decode(errors="replace")

    def complain(self, command, point, code, what, text):
        self.counts["complaints"] += 1
        if self.counts["complaints"] <= SHOWN:
            path = self.page.path.decode(errors="replace")[-60:]
            print("%s: %s (%s): exit %s: %s: %.400s" % (command, point.words(self.table), path, code, what,
                                                       " ".join(text.split())), file=sys.stderr, flush=True)

    # --- before and after

    def prepare(self, command):
        self.round += 1
        self.place = os.path.join(self.arguments.work, "round")
        shutil.rmtree(self.place, ignore_errors=True)
        os.makedirs(self.place)
        with self.plecto.lock:
            self.plecto.log.clear()
            self.plecto.store.sources.clear()
            self.plecto.store.members.clear()
            # one employee exists, with capitals in the address: a match
            self.plecto.store.members[(None, "ana@example.test")] = {
                "uuid": "%032x" % 7, "name": "A. Lopez", "email": "Ana@Example.test"}
        if command != "datasource":
            self.plecto.store.create("swept", self.fields, "%032x" % self.round)
        if command == "verify":
            code, out, err = self.run(self.words("upload"))
            if code != 0:
                raise SystemExit("the upload before a verify: exit %s\n%s%s" % (code, out, err))

    def state(self):
        with self.plecto.lock:
            return plecto_store.parse(plecto_store.dump(self.plecto.state()))

    def judge(self, command, point, code, out, err):
        asked = {INT: 130, TERM: 143}.get(point.action)
        if code is None:
            self.complain(command, point, code, "hangs", err)
        elif point.action in (KILL, TORN):
            if code not in (0, -signal.SIGKILL):
                self.complain(command, point, code, "not killed, and not fine", err)
        elif asked:
            # what has begun with Plecto ends its request first, and says so; an upload can be continued
            if code not in (0, asked) and not (command == "upload" and code == 5 and "stopped as requested" in err):
                self.complain(command, point, code, "not %d" % asked, err)
        elif code not in CODES[command]:
            self.complain(command, point, code, "no code that is documented", err)
        elif code != 0 and not err.strip() and not self.is_mute(point):
            self.complain(command, point, code, "no reason", out)
        if command == "verify" and code == 1:
            self.complain(command, point, code, "differences where there are none", out + err)

    def is_mute(self, point):
        """Whether nothing can be written any more."""
        path = self.page.path
        return b"pipe:" in path or (point.lasting and point.kind not in (None, ANY) and self.table[point.kind][1] == 2)

    def put_right(self, command, point, first):
        """The next run ends well, and what is stored is what was published."""
        if command == "datasource":
            self.one_data_source(command, point, first)
            return
        if command == "members":
            self.each_member_once(command, point, first)
            return
        more = ["--continue"] if command == "upload" and os.path.exists(os.path.join(self.place, "journal.db")) else []
        code, out, err = self.run(self.words(command, *more))
        if code != 0 and more:  # killed before the journal knew an upload: a plain one says so and begins
            again, out, err = self.run(self.words(command))
            code = again if "so this is a new one" in err or again == 0 else code
        if code != 0:
            self.complain(command, point, code, "the next run stumbles", out + err)
            return
        found = check_upload.compare(self.state(), "%032x" % self.round, self.arguments.folder)
        self.counts["lost"] += found["lost"]
        self.counts["twice"] += found["twice"]
        if any(found[key] for key in ("lost", "twice", "different", "foreign")):
            self.complain(command, point, code, check_upload.words(found), "")
        if command == "upload":
            code, out, err = self.run(self.words("verify"))
            if code != 0:
                self.complain(command, point, code, "verify does not agree", out + err)

    def one_data_source(self, command, point, first):
        """The next run makes the data source, or says that there is one (2); then there is one, with its fields."""
        before = len(self.state()["data_sources"])
        if first == 0 and before != 1:
            self.complain(command, point, first, "fine, and not one data source but %d" % before, "")
        code, out, err = self.run(self.words(command))
        if code not in (0, 2) or (code == 2 and "data source" not in err):
            self.complain(command, point, code, "the next run stumbles", out + err)
        sources = self.state()["data_sources"]
        if len(sources) != 1:
            self.counts["twice"] += len(sources) > 1
            self.complain(command, point, code, "%d data sources, %d before" % (len(sources), before), out + err)
        for made in sources.values():
            if {field["title"]: field["type"] for field in made["fields"]} != self.fields:
                self.complain(command, point, code, "other fields", "")

    def each_member_once(self, command, point, first):
        """The next run creates who is not there yet, and matches the others; then each is there once, with ID and address."""
        before = len(self.state()["members"])
        if first == 0 and before != 2:
            self.complain(command, point, first, "fine, and not two members but %d" % before, "")
        code, out, err = self.run(self.words(command))
        if code != 0:
            self.complain(command, point, code, "the next run stumbles", out + err)
        found = sorted((one["email"].lower(), one["id"], one["provider"]) for one in self.state()["members"])
        wanted = [("ana@example.test", "Ana Lopez", "ServiceTitan"), ("bo@example.test", "Bo Chen", "ServiceTitan")]
        self.counts["lost"] += len(set(wanted) - set(found))
        self.counts["twice"] += len(found) > len(wanted)
        if found != wanted:
            self.complain(command, point, code, "members %s" % found, out + err)

    def try_one(self, command, point):
        self.prepare(command)
        self.is_faulty = True
        code, out, err = self.run(self.words(command), point)
        self.is_faulty = False
        was_done = self.page.was_done
        self.judge(command, point, code, out, err)
        if folder_hash(self.arguments.folder) != self.hash:
            self.complain(command, point, code, "the published folder is not what it was", err)
            raise SystemExit(1)
        self.put_right(command, point, code)
        kind = "missed" if not was_done else "allocations" if point.kind is None else \
            "signals" if point.action in (INT, TERM) else "kills" if point.is_kill() else "calls"
        self.counts[kind] += 1

    # --- all points

    def points(self):
        """Three lists: allocations, system calls, kills, of the page that a run without fault left."""
        page = self.page
        numbers = range(1, page.allocations + 1)
        if self.arguments.places:
            first = {}
            for i in numbers:
                first.setdefault(self.places[i - 1], i)
            numbers = sorted(first.values())
        allocations = [Point(None, i, 0, i % 3 == 0) for i in numbers]
        calls, kills = [], [Point(ANY, i, action) for action in (KILL, INT, TERM) for i in range(1, page.all_calls + 1)]
        for kind, (name, transfer, errors) in enumerate(self.table):
            if self.arguments.call not in (None, name):
                continue
            for i in range(1, page.calls[kind] + 1):
                for lasting in (False, True):
                    for action in ([SHORT] if transfer else []) + errors:
                        if not (lasting and action == errno.EINTR):
                            calls.append(Point(kind, i, action, lasting))
                if transfer == 2:
                    kills.append(Point(kind, i, TORN))
        return ([], calls, []) if self.arguments.call else (allocations, calls, kills)

    def sweep(self, command):
        self.counts.clear()
        self.prepare(command)
        code, out, err = self.run(self.words(command), Point(ANY, 0))
        if code != 0:
            raise SystemExit("%s without a fault: exit %s\n%s%s" % (command, code, out, err))
        allocated = self.page.allocations
        limit, (part, parts) = self.arguments.limit, self.arguments.part
        for points in self.points():
            every = -(-len(points) // limit) if limit else 1
            for i, point in enumerate(points):
                if (i + self.arguments.seed) % every == 0 and (i // every) % parts == part - 1:
                    self.try_one(command, point)
        counts = self.counts
        print("%-18s allocations failed: %d of %d, system calls failed: %d, kills: %d, signals: %d, lost: %d, twice: %d, "
              "not met again: %d, complaints: %d" % (command, counts["allocations"], allocated, counts["calls"],
                                                     counts["kills"], counts["signals"], counts["lost"],
                                                     counts["twice"], counts["missed"], counts["complaints"]), flush=True)
        self.totals.update(counts)


def read_table(program):
    """[(name, 0, 1 or 2 as is_transfer, [errno, ...])] of the table in faults.h."""
    lines = subprocess.run([program, "--table"], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    return [(name, int(transfer), [int(number) for number in errors])
            for name, transfer, *errors in (line.split() for line in lines)]


def part(text):
    one, _, all_parts = text.partition("/")
    return int(one), int(all_parts)


def main():
    parser = argparse.ArgumentParser()
    for name in ("program", "shim", "sweep", "folder", "tls", "credentials", "work"):
        parser.add_argument(name, type=os.path.abspath)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", type=part, default=(1, 1))
    parser.add_argument("--only", choices=tuple(CODES))
    parser.add_argument("--call")
    parser.add_argument("--places", action="store_true")
    parser.add_argument("--seconds", type=int, default=SECONDS_ALLOWED)
    parser.add_argument("--wrong")
    arguments = parser.parse_args()
    sweep = Sweep(arguments, read_table(arguments.sweep))
    for command in CODES:
        if arguments.only in (None, command):
            sweep.sweep(command)
    totals = sweep.totals
    print("allocations failed: %d, system calls failed: %d, kills: %d; lost rows: %d" %
          (totals["allocations"], totals["calls"], totals["kills"] + totals["signals"], totals["lost"]))
    sys.exit(1 if totals["complaints"] else 0)


if __name__ == "__main__":
    main()
