#!/usr/bin/env python3
"""facts_upload.py: what the whole program does with the modes of standin_facts.py, seen from the outside only.

    facts_upload.py PROGRAM CREDENTIALS WORK-FOLDER GROUP [--all]

GROUP is one of GROUPS: answers, wires, reads, deletes, guards, sources, members, verify, waits, signals, files. --all: all
modes, and of answers each seventh of the product, by night; else a part of it. After each upload: what the journal has as
confirmed is there as it was sent; exit 0 says that all is there, each once; the summary's number is the journal's; and after
an honest server all is there, each once, and nothing that was confirmed was sent again.

The last line: "GROUP: runs N, confirmed N, wrong N"; exit 1 unless the last is 0. Written like standin_facts.py: without src/upload/.
"""

import argparse
import itertools
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys

import check_upload
import plecto_store
import standin_facts
from standin_facts import GETS, POSTS, TRUE_POSTS, WIRES

OPTIONS = ["--insecure-test", "--rate", "36000000"]


class World:
    """Program, stand-in and what was wrong."""

    def __init__(self, arguments):
        self.program, self.credentials, self.work = arguments.program, arguments.credentials, arguments.work
        self.all = arguments.all
        with open(arguments.credentials, encoding="utf-8") as file:
            self.plecto = standin_facts.start(json.load(file))
        self.number = self.runs = self.confirmed = self.wrong = 0
        self.label = ""

    # ---- folders and runs

    def call(self, *words, timeout=600):
        self.runs += 1
        ended = subprocess.run([self.program, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout, check=False)
        return ended.returncode, ended.stdout.decode()

    def folder(self, name, rows, skip=(), options=(), amount=None):
        """A published folder of so many jobs; skip: IDs that are left out; amount: of each job."""
        path = os.path.join(self.work, name)
        lines = ["Job #,Customer Name,Primary Technician,Completion Date,Jobs Subtotal,Status,Active"]
        for n in range(rows):
            if 100001 + n not in skip:
                lines.append("%d,\"Smith, John\",%s,10/%02d/2025 2:05 PM,\"$%s\",Completed,%s" % (
                    100001 + n, ("Bo Chen", "Ana Lopez")[n % 2], n % 28 + 1,
                    amount or "%d.%02d" % (n % 900 + 1, n % 100), ("True", "False")[n % 3 == 2]))
        with open(path + ".csv", "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        zone = [] if "--no-zone" in options else ["--tz", "America/Chicago"]
        options = [one for one in options if one != "--no-zone"]
        code, said = self.call("convert", *zone, "--date-order", "mdy", "--force", "-q", "-o", path, *options, path + ".csv")
        if code not in (0, 1):
            raise AssertionError("convert: %d %s" % (code, said))
        return path

    def begin(self, label, behaviour=None, **mode):
        """A data source and a journal of its own."""
        self.number += 1
        self.label = label
        self.plecto.store.sources.clear()
        self.plecto.log.clear()
        self.source = "%032x" % (0xABCDEF0000 + self.number)
        self.journal = os.path.join(self.work, "j%d" % self.number, "journal.db")
        os.makedirs(os.path.dirname(self.journal))
        self.plecto.store.create("facts %d" % self.number, None, self.source)
        self.plecto.behave({"page_size": 100, "envelope": True, "id_key": "external_id", "dates": "as-sent", "numbers": "as-sent",
                            **(behaviour or {})})
        self.plecto.become(**mode)

    def end(self):
        shutil.rmtree(os.path.dirname(self.journal))

    def connection(self):
        return ["--journal", self.journal, "--url", "http://localhost:%d/api/v2/" % self.plecto.ports["api"],
                "--credentials", self.credentials, *OPTIONS]

    def upload(self, folder, *options):
        return self.call("upload", folder, "--data-source", self.source, "--yes", "--no-input", "--retry-max-time", "0", *self.connection(), *options)

    def some(self, items, every):
        """By night all, by day one of so many."""
        return list(items) if self.all else list(items)[::every]

    # ---- what is asked

    def fail(self, what, said=""):
        self.wrong += 1
        print("%s: %s\n%s" % (self.label, what, said.rstrip()))

    def expect(self, what, is_so, said=""):
        if not is_so:
            self.fail(what, said)

    def kept(self):
        found = {}
        for one in self.plecto.store.find(self.source).registrations.values():
            found[one.body["external_id"]] = one.body
        return found

    def known(self):
        """External IDs that the journal has as confirmed."""
        if not os.path.exists(self.journal):
            return set()
        base = sqlite3.connect(self.journal)
        rows = {row[0] for row in base.execute(
            "SELECT external_id FROM registration WHERE hash IS NOT NULL AND doubt_hash IS NULL")}
        base.close()
        return rows

    def check(self, folder, code, said):
        """After an upload, whatever was answered."""
        wanted, kept, known = check_upload.published(folder), self.kept(), self.known()
        self.confirmed += len(known)
        false = [one for one in known if kept.get(one) != wanted.get(one)]
        self.expect("%d confirmed and not there: %s" % (len(false), false[:3]), not false, said)
        self.expect("exit %d" % code, code in (0, 5, 6), said)
        if code == 0:
            self.expect("exit 0 with %d of %d there" % (len(kept), len(wanted)), kept == wanted, said)
        told = re.search(r"([\d,]+) registrations? confirmed", said)
        if told:
            self.expect("the summary says %s, the journal %d" % (told[1], len(known)), int(told[1].replace(",", "")) == len(known), said)
        else:
            self.expect("no number of confirmed ones", code in (5, 6), said)
        return known

    def honest(self, folder, known):
        """The same command to an honest server: all there, each once, nothing confirmed sent again."""
        self.plecto.become()
        before = len(self.plecto.log)
        code, said = self.upload(folder)
        again = [one for line in self.plecto.log[before:] if line["method"] == "POST" for one in line["registrations"] if one in known]
        self.expect("exit %d of an honest server" % code, code == 0, said)
        self.expect("lost, or not as published", self.kept() == check_upload.published(folder), said)
        self.expect("sent again though confirmed: %s" % again[:3], not again, said)

    def round(self, label, folder, behaviour=None, **mode):
        self.begin(label, behaviour, **mode)
        code, said = self.upload(folder)
        known = self.check(folder, code, said)
        if code != 0 or self.all:
            self.honest(folder, known)
        self.end()
        return code, said


# ---- the groups


def answers(world):
    """Line 1: a body under a status, to lists of 1, 2, 99 and 100, of which the server keeps a part."""
    folders = {count: world.folder("few%d" % count, count) for count in (1, 2, 99, 100)}
    keeps = list(standin_facts.KEEPS)
    number = 0
    for name in world.some(POSTS, 5):
        # what says nothing is looked at in parts: what is lost must be the beginning, the end, or all
        usable = keeps if name in TRUE_POSTS else ["all", "none", "first", "last", "fifty"]
        product = list(itertools.product((201, 200, 207, 202), folders, usable, (True, False)))
        if world.all:
            chosen = product[len(name) % 7::7]
        else:  # nothing kept of two; and one that changes from body to body
            number += 1
            chosen = [((200, 201, 207)[number % 3], 2, "none", False), product[number * 37 % len(product)]][:1 + number % 2]
        for status, count, keep, alone in chosen:
            world.round("%s %d, %d, keeps %s, alone %s" % (name, status, count, keep, alone), folders[count],
                        post=(status, name), keeps=keep, alone=alone)
    # fields that are titled as answers speak
    for number, title in enumerate(("Success", "Error", "Errors", "Failed", "Detail", "error", "errors", "success", "ok")):
        if number % 4 and not world.all:
            continue
        column = "Active" if "uccess" in title or title == "ok" else "Status"
        folder = world.folder("titled%d" % number, 3, options=["--field", "%s=%s" % (column, title)])
        for name, keep in (("reversed", "all"), ("error-text", "every-second"), ("error-lists", "first"), ("created-flag", "none"),
                           ("success-text", "none"), ("echo", "all"), ("echo-error", "every-second"))[::1 if world.all else 3]:
            code, said = world.round("%s of a field %s" % (name, title), folder, post=(201, name), keeps=keep, alone=False)
            if keep == "all":
                world.expect("exit %d although all is there" % code, code == 0, said)


POSTS["echo"] = lambda sent, kept: [{**one, "uuid": "%032x" % 3} for one in sent if one["external_id"] in kept]
POSTS["echo-error"] = lambda sent, kept: [
    {**one, "uuid": "%032x" % 3} if one["external_id"] in kept else {**one, "errors": {"date": ["no"]}} for one in sent]
TRUE_POSTS.update({name: POSTS[name] for name in ("echo", "echo-error")})


def wires(world):
    """Line 7: how answers come over the wire, and what comes in their place."""
    folder = world.folder("wires", 12)
    for wire in world.some(WIRES, 2):
        for keep, alone in world.some((("none", False), ("all", True)), 2) if wire.startswith("page") else (("all", True),):
            code, said = world.round("wire %s, keeps %s" % (wire, keep), folder, wire=wire, keeps=keep, alone=alone)
            if wire in ("gzip", "x-gzip", "chunked", "charset", "early-hints", "closes", "plain-type", "no-type"):
                world.expect("exit %d" % code, code == 0, said)
            if wire in ("page-200", "page-302", "page-407", "page-511"):
                world.expect("exit 0 by a page", code != 0, said)


def reads(world):
    """Line 1: reading back, because the answer says nothing."""
    folder = world.folder("reads", 12)
    tolerant = set(GETS) - {"twice"}
    for get in world.some(GETS, 5):
        for keep in ("all", "none"):
            code, said = world.round("get %s, keeps %s" % (get, keep), folder, post=(204, "true"), get=get, keeps=keep, alone=False)
            if keep == "all" and get in tolerant:
                world.expect("exit %d, and all is there" % code, code == 0, said)
    for filters in ("ignored", "prefix", "external_id", "other-source"):
        for keep, size in world.some((("every-second", 5), ("none", 100), ("all", 5)), 2):
            code, said = world.round("filter %s, keeps %s" % (filters, keep), folder, {"page_size": size},
                                     post=(202, "job"), filters=filters, keeps=keep, alone=False)
            if filters == "prefix" and keep == "all":
                world.expect("exit %d, and all is there" % code, code == 0, said)
    # the answer of an earlier state: other amounts are not what was sent
    changed = world.folder("reads2", 12, amount="77.00")
    for post in world.some(((200, "counts-all"), (204, "true"), (202, "job"), (201, "uuid-for-all")), 3):
        world.begin("old state, %s" % post[1])
        world.upload(folder)
        world.plecto.become(post=post, keeps="none", alone=False)
        code, said = world.upload(changed)
        world.expect("exit %d" % code, code == 6, said)
        world.expect("the summary confirms", "12 registrations confirmed" not in said, said)
        world.honest(changed, set())
        world.end()


def deletes(world):
    """Line 2: deletions that are not done, and UUIDs in another spelling."""
    october = ["--period", "2025-10-01..2025-10-31"]
    whole, less = world.folder("whole", 40, options=october), world.folder("less", 40, {100010}, options=october)
    for mode, get, is_gone in world.some((
            ("exact:204", "plain", True), ("exact:204", "source-dashes", True), ("gone:200", "plain", True), ("gone:202", "plain", True),
            ("gone:204", "reference", True), ("gone:404", "plain", True), ("gone:410", "plain", True), ("gone:204", "uuid-dashes", True),
            ("kept:200", "plain", False), ("kept:202", "plain", False), ("kept:204", "plain", False), ("kept:404", "plain", False),
            ("kept:410", "plain", False), ("kept:403", "plain", False), ("kept:405", "plain", False), ("kept:409", "plain", False),
            ("kept:301", "plain", False), ("kept:429", "plain", False), ("kept:500", "plain", False)), 4):
        world.begin("delete %s, %s" % (mode, get))
        world.upload(whole)
        world.plecto.become(delete=mode, get=get)
        code, said = world.upload(less, "--vanished", "delete", "--rate-wait", "0")
        world.check_gone(less, code, said, is_gone)
        world.end()
    for filters, size, mode in itertools.product(("ignored", "prefix", "other-source", "external_id"), (100, 5), (None, "kept:404", "kept:204")):
        if not world.all and (size == 100 or mode is None):
            continue
        world.begin("delete %s, filter %s, pages of %d" % (mode, filters, size), {"page_size": size})
        world.upload(whole)
        world.plecto.become(filters=filters, delete=mode)
        code, said = world.upload(less, "--vanished", "delete")
        rest = world.kept()
        rest.pop("100010", None)
        world.expect("another one was deleted", rest == check_upload.published(less), said)
        if code == 0:
            world.expect("exit 0, and it is there", "100010" not in world.kept(), said)
        world.expect("exit %d" % code, code in (0, 6), said)
        world.end()


def check_gone(world, less, code, said, is_gone):
    there, known = "100010" in world.kept(), world.known()
    if is_gone:
        world.expect("exit %d" % code, code == 0, said)
        world.expect("it is still there", not there, said)
        world.expect("the journal has it", "100010" not in known, said)
    else:
        world.expect("exit %d" % code, code in (5, 6), said)
        world.expect("the journal forgot it", "100010" in known, said)
        world.plecto.become()
        code, said = world.upload(less, "--vanished", "delete")
        world.expect("exit %d afterwards" % code, code == 0, said)
    world.expect("others are not as published", world.kept() == check_upload.published(less), said)


World.check_gone = check_gone


def guards(world):
    """Line 3: how many may vanish, for companies of all sizes, and the clock."""
    october = ["--period", "2025-10-01..2025-10-31"]
    for rows, gone in world.some(((3, 2), (3, 1), (10, 2), (5, 1), (10, 3), (18, 16), (600, 101), (30, 6), (120, 24), (30, 7), (600, 100), (120, 25)), 2):
        whole = world.folder("g%d" % rows, rows, options=october)
        less = world.folder("l%d" % rows, rows, set(range(100001, 100001 + gone)), options=october)
        for how in ("zero", "delete"):
            if how == "delete" and rows != 10 and not world.all:
                continue
            world.begin("%s %d of %d" % (how, gone, rows))
            world.upload(whole)
            before = world.kept()
            code, said = world.upload(less, "--vanished", how)
            is_much = (gone * 5 > rows and gone >= 3) or gone * 2 > rows or gone > 100
            if is_much:
                world.expect("exit %d for so many" % code, code == 6, said)
                world.expect("changed all the same", world.kept() == before, said)
                world.expect("the way on is not named", "--max-vanished" in said, said)
                code, said = world.upload(less, "--vanished", how, "--max-vanished", str(gone))
            world.expect("exit %d" % code, code == 0, said)
            world.expect("not said in dollars before", "$" in said, said)
            if how == "delete":
                world.expect("not deleted", world.kept() == check_upload.published(less), said)
            else:
                zeroes = [one for one in world.kept().values() if one["Jobs Subtotal"].text.strip("0.") == ""]
                world.expect("%d are zero" % len(zeroes), len(zeroes) == gone and len(world.kept()) == rows, said)
            world.end()
    # no stated period: nothing vanishes; a wrong clock deletes nothing; no zone, no upload
    world.begin("no period")
    world.upload(world.folder("free", 40))
    delta = world.folder("delta", 40, set(range(100003, 100039)))
    for how in ("zero", "delete"):
        code, said = world.upload(delta, "--vanished", how)
        world.expect("exit %d without a period" % code, code == 2, said)
        world.expect("the fix is not named", "--period" in said, said)
    for options in (("--max-age", "30d", "--now", "2035-01-01T00:00:00Z"), ("--max-age", "1d", "--now", "2025-10-27T00:00:00Z")):
        code, said = world.upload(world.folder("free", 40), *options)
        world.expect("exit %d of %s" % (code, options), code in (2, 6), said)
    world.expect("changed all the same", world.kept() == check_upload.published(world.folder("free", 40)), "")
    world.end()
    bare = world.folder("bare", 4, options=["--no-zone"])
    world.begin("no zone")
    code, said = world.upload(bare)
    world.expect("exit %d without a zone" % code, code == 2 and "--tz" in said and not world.kept(), said)
    code, said = world.upload(bare, "--dates-are-utc")
    world.expect("exit %d with --dates-are-utc" % code, code == 0 and len(world.kept()) == 4, said)
    world.end()


def sources(world):
    """Line 4: datasource create, and the answers to it."""
    folder = world.folder("sources", 3)
    for mode in world.some(("input-words", "id-only", "inside", "dashed", "lost", "list", "never", "input-list", "exists", "input-map",
                            "id-number", "empty"), 2):
        for envelope in world.some((False, True), 2):
            world.begin("create %s" % mode, {"envelope": envelope, "page_size": 2}, create=mode)
            for n in range(3):
                world.plecto.store.create("Other %d" % n, None)
            before = set(world.plecto.store.sources)
            create = ["datasource", "create", folder, "--title", "Jobs", "--yes", "--no-input", *world.connection()]
            code, said = world.call(*create, "--retry-max-time", "20")
            made = [one for one in world.plecto.store.sources.values() if one.uuid not in before]
            world.expect("%d were made" % len(made), len(made) == (mode not in ("never", "exists")), said)
            world.expect("exit %d" % code, code == (6 if mode in ("never", "exists") else 0), said)
            if made and code == 0:
                world.expect("its fields", set(made[0].fields) == {field["title"] for field in json.load(
                    open(os.path.join(folder, "datasource.json"), encoding="utf-8"))["fields"]}, said)
                world.plecto.become()
                code, said = world.call("upload", folder, "--yes", "--no-input", *world.connection())
                world.source = made[0].uuid
                world.expect("exit %d of the upload to it" % code, code == 0 and len(world.kept()) == 3, said)
            code, said = world.call(*create)
            if made:
                world.expect("made twice: exit %d" % code, code == 2 and len(world.plecto.store.sources) == len(before) + 1, said)
            world.end()


def members(world):
    """Line 10: members that exist already, in other spellings and forms."""
    folder = world.folder("members", 4)
    roster = os.path.join(world.work, "people.csv")
    with open(roster, "w", encoding="utf-8") as file:
        file.write("id,name,email\n,Ana Lopez,ana@example.test\n,Bo Chen,bo@example.test\n")
    for mode, are_there, envelope in itertools.product((None, "id-numbers", "capitals", "empty", "lost", "no-ids"), (False, True), (True, False)):
        if not world.all and (envelope == are_there or mode in ("lost", "no-ids", "empty")):
            continue
        world.begin("members %s, there %s" % (mode, are_there), {"envelope": envelope, "page_size": 2}, member=mode)
        world.plecto.store.members.clear()
        for n in range(3):
            world.plecto.store.members[(None, "x%d" % n)] = {"uuid": "%032x" % n, "name": "X%d" % n, "email": "x%d@example.test" % n}
        if are_there:
            world.plecto.store.members[(None, "ana@example.test")] = {"uuid": "%032x" % 9, "name": "A. Lopez", "email": "Ana@Example.test"}
        command = ["members", "create", folder, "--roster", roster, *world.connection()]
        code, said = world.call(*command, "--dry-run")
        world.expect("--dry-run made one", len(world.plecto.store.members) == 3 + are_there, said)
        code, said = world.call(*command, "--retry-max-time", "20")
        if code == 5:  # again, as it says
            code, said = world.call(*command)
        addresses = [(one.get("email") or "").lower() for one in world.plecto.store.members.values()]
        world.expect("an address twice: %s" % addresses, addresses.count("ana@example.test") == 1 == addresses.count("bo@example.test"), said)
        world.expect("exit %d" % code, code == 0 or (code, mode) in ((6, "no-ids"), (5, "lost")), said)
        world.plecto.become()
        code, said = world.call(*command)
        world.expect("exit %d of the second" % code, code == 0, said)
        world.expect("made again", len(world.plecto.store.members) == 5, said)
        world.end()
    world.plecto.store.members.clear()


def verify(world):
    """Line 6: pages that repeat, end and shift, figures and zones, what retention took."""
    folder = world.folder("verify", 23)

    def compare(label, wanted, behaviour=None, change=None, **mode):
        world.begin("verify " + label, behaviour)
        world.upload(folder)
        world.plecto.become(**mode)
        if change:
            change(world.plecto.store.find(world.source))
        code, said = world.call("verify", folder, "--data-source", world.source, "--retry-max-time", "0", *world.connection())
        world.expect("exit %d, not %s" % (code, wanted), code in wanted, said)
        world.end()
        return said

    def other_amount(source):
        one = list(source.registrations.values())[17]
        one.body = {**one.body, "Jobs Subtotal": plecto_store.Number("9999.99")}

    def missing(source):
        del source.registrations["100018"]

    for get in world.some(GETS, 6):
        compare("get " + get, (0,) if get != "twice" else (0, 1), get=get)
        compare("get %s, one differs" % get, (1,), change=other_amount, get=get)
    for pages in world.some(("same", "last-again", "bad-end", "empty-end", "no-next", "wrong-count", "no-count", "relative", "blank-next"), 3):
        for size in (5, 23) if world.all else (5,):
            for envelope in (True, False) if world.all or pages in ("empty-end", "bad-end") else (True,):
                behaviour = {"page_size": size, "envelope": envelope}
                # pages that are all the first one show a part: the others are asked for by their IDs
                compare("pages %s %d" % (pages, size), (0,), behaviour, pages=pages)
                compare("pages %s %d, one missing" % (pages, size), (1,) if pages != "same" or size == 23 else (1, 5, 6), behaviour,
                        change=missing, pages=pages)

    def insert(source):  # another registration comes before all while the pages are read: one is seen twice
        first = {"zzz": plecto_store.Registration("%032x" % 1, {**next(iter(source.registrations.values())).body, "external_id": "zzz"})}
        source.registrations = {**first, **source.registrations}

    def remove(source):  # a foreign one goes while the pages are read: one of ours is seen on no page
        source.registrations.pop("aaa")

    def foreign(source):
        body = {**next(iter(source.registrations.values())).body, "external_id": "aaa"}
        source.registrations = {"aaa": plecto_store.Registration("%032x" % 2, body), **source.registrations}

    said = compare("one comes while pages are read", (0, 1), {"page_size": 5}, shift_at=3, shift=insert)
    world.expect("missing ones that are there", "missing" not in re.sub(r"\b0 missing|no(ne)? missing", "", said), said)
    said = compare("one goes while pages are read", (0, 1), {"page_size": 5}, change=foreign, shift_at=3, shift=remove)
    world.expect("missing ones that are there", "missing" not in re.sub(r"\b0 missing|no(ne)? missing", "", said), said)
    said = compare("five hours later", (1,), {"dates": "five-later"})
    world.expect("23 differences of a zone", said.count("100018") <= 1, said)


def waits(world):
    """Line 7: 429 with all forms of Retry-After; nothing is lost, nothing sent twice, no hour is waited for without a budget."""
    folder = world.folder("waits", 3)
    limits = ("3600", "86400", "99999999999999999999", "Wed, 30 Dec 2037 10:00:00 GMT", "Wednesday, 30-Dec-37 10:00:00 GMT",
              "Wed Dec 30 10:00:00 2037", "3600, 3600", "3600.5")
    for after in world.some(limits, 2):
        WIRES["throttled"] = standin_facts.throttle(after)
        world.begin("Retry-After: %s" % after, wire="throttled")
        code, said = world.upload(folder, "--rate-wait", "2")
        world.check(folder, code, said)
        world.expect("exit %d" % code, code == 5, said)
        world.honest(folder, world.known())
        world.end()
    soon = ("0", "-5", "soon", "", None, "Thu, 01 Jan 1970 00:00:00 GMT", "0x10", "1e9")
    for after in world.some(soon, 2):
        WIRES["throttled"] = standin_facts.throttle(after)
        world.begin("Retry-After: %s" % after, wire="throttled")
        code, said = world.upload(folder, "--rate-wait", "1")
        world.check(folder, code, said)
        world.expect("exit %d" % code, code == 5, said)
        world.expect("%d requests" % len(world.plecto.log), len(world.plecto.log) <= 12, said)
        world.honest(folder, world.known())
        world.end()


def signals(world):
    """Line 9: SIGINT and SIGTERM while a request is not answered; nothing is lost, and the same command goes on."""
    folder = world.folder("signals", 4)
    uploading = ["upload", folder, "--data-source", None, "--yes", "--no-input"]
    commands = {"POST": uploading, "GET": uploading, "verify": ["verify", folder, "--data-source", None],
                "create": ["datasource", "create", folder, "--title", "Jobs", "--yes", "--no-input"]}
    for name, number in world.some(itertools.product(commands, (signal.SIGTERM, signal.SIGINT)), 3):
        world.begin("%s while %s is held" % (number.name, name), {"hold": {"verify": "GET", "create": "POST"}.get(name, name)},
                    post=(204, "true"))
        words = [one or world.source for one in commands[name]] + world.connection()
        world.runs += 1
        with subprocess.Popen([world.program, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)) as process:  # in the background it is ignored
            while not any(line["method"] == world.plecto.behaviour["hold"] for line in world.plecto.log):
                if process.poll() is not None:
                    break
            process.send_signal(number)
            try:
                said = process.communicate(timeout=300)[0].decode()
            except subprocess.TimeoutExpired:
                process.kill()
                said = ""
                world.fail("it does not end")
        world.plecto.behave({"hold": None})
        known = world.known()
        world.expect("exit %d" % process.returncode, process.returncode in (5, -number, 128 + number), said)
        if name == "create":  # the next one finds what was made all the same
            code, said = world.call(*words)
            made = [one.uuid for one in world.plecto.store.sources.values() if one.title == "Jobs"]
            world.expect("exit %d of the second, %d there" % (code, len(made)), code in (0, 2) and len(made) == 1, said)
            world.source = made[0]
        world.expect("confirmed without an answer: %s" % known, not known or name == "verify", said)
        world.honest(folder, known)
        world.end()


def files(world):
    """Lines 8, 11 and 12: other people's files, folders that were changed, journals of others, what is written where."""
    folder = world.folder("files", 4)
    for kind in ("file", "folder", "link"):
        world.begin("a refused.csv that is a %s of somebody's" % kind)
        path, other = os.path.join(os.path.dirname(world.journal), "refused.csv"), os.path.join(world.work, "other.txt")
        for name in (other, path)[:2 if kind == "file" else 1]:
            with open(name, "w", encoding="utf-8") as file:
                file.write("mine\n")
        if kind == "folder":
            os.mkdir(path)
        elif kind == "link":
            os.symlink(os.path.abspath(other), path)
        world.plecto.behave({"refuse": ["100002"]})
        code, said = world.upload(folder)
        world.expect("exit %d" % code, code in (2, 4, 6), said)
        world.plecto.behave({"refuse": []})
        world.honest(folder, world.known())
        kept = os.path.isdir(path) if kind == "folder" else open(path, encoding="utf-8").read() == "mine\n"
        world.expect("it was changed", kept and open(other, encoding="utf-8").read() == "mine\n", said)
        world.end()
    for kind in ("registrations.jsonl", "import.csv", "fifo"):
        world.begin("a folder whose %s is changed" % kind)
        changed = world.folder("changed", 4)
        path = os.path.join(changed, "registrations.jsonl" if kind == "fifo" else kind)
        if kind == "fifo":
            os.unlink(path)
            os.mkfifo(path)
        else:
            with open(path, "r+", encoding="utf-8") as file:
                text = file.read()
                file.seek(0)
                file.write(text.replace("1", "2", 1))
        code, said = world.upload(changed)
        world.expect("exit %d" % code, code in (2, 3), said)
        world.expect("something was sent", not world.plecto.log, said)
        shutil.rmtree(changed)
        world.end()
    for kind in ("text", "newer", "folder"):
        world.begin("a journal that is a %s" % kind)
        if kind == "folder":
            os.mkdir(world.journal)
        elif kind == "text":
            with open(world.journal, "w", encoding="utf-8") as file:
                file.write("mine\n" * 1000)
        else:
            world.upload(folder)
            base = sqlite3.connect(world.journal)
            base.execute("PRAGMA user_version=99")
            base.close()
            world.plecto.log.clear()
        code, said = world.upload(folder)
        world.expect("exit %d" % code, code in (2, 3, 4), said)
        world.expect("something was sent", not world.plecto.log, said)
        world.end()
    world.begin("what is written")
    before = {path: sorted(os.listdir(path)) for path in (world.work, folder)}
    os.environ["SSLKEYLOGFILE"] = os.path.join(world.work, "keys.log")
    code, said = world.upload(folder)
    del os.environ["SSLKEYLOGFILE"]
    world.expect("exit %d" % code, code == 0, said)
    world.expect("other files: %s" % [sorted(os.listdir(path)) for path in before],
                 all(sorted(os.listdir(path)) == names for path, names in before.items()), said)
    beside = sorted(os.listdir(os.path.dirname(world.journal)))
    world.expect("beside the journal: %s" % beside, beside[:1] == ["journal.db"] and all(one.startswith("journal.db") for one in beside), said)
    modes = [os.stat(os.path.join(os.path.dirname(world.journal), one)).st_mode & 0o77 for one in beside]
    world.expect("others may read the journal", not any(modes), said)
    world.end()


GROUPS = {one.__name__: one for one in (answers, wires, reads, deletes, guards, sources, members, verify, waits, signals, files)}


def main():
    parser = argparse.ArgumentParser()
    for name in ("program", "credentials", "work"):
        parser.add_argument(name)
    parser.add_argument("group", choices=GROUPS)
    parser.add_argument("--all", action="store_true")
    arguments = parser.parse_args()
    world = World(arguments)
    GROUPS[arguments.group](world)
    for trouble in world.plecto.trouble:
        world.fail("trouble in the stand-in: " + trouble)
    print("%s: runs %d, confirmed %d, wrong %d" % (arguments.group, world.runs, world.confirmed, world.wrong))
    sys.exit(1 if world.wrong else 0)


if __name__ == "__main__":
    main()
