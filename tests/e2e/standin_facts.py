"""standin_facts.py: a second set of modes of the stand-in Plecto, for what its public pages leave open.

Written from ../shared/reference/plecto.md (its facts, and F1 to F12 of "Seen in public code") and the pages of the commands
alone, by someone who had not read src/upload/: so it does not know which answers the program thinks of. facts_upload.py
runs the program against it and asks from the outside only.

POSTS are bodies that answer a list of registrations: each takes what was sent and the external IDs that were kept, and
tells the truth about the latter, or nothing, or too much in words and numbers. GETS are ways to show registrations, PAGES ways
to turn pages, DELETES, CREATES and MEMBERS ways to answer these, WIRES ways to put an answer on the wire.
"""

import gzip
import json
import random
import zlib

import plecto_api
import plecto_server
import plecto_store
from plecto_api import Answer


def ids(sent):
    return [one["external_id"] for one in sent]


def number(text):
    """An ID as a JSON number, where it is one."""
    return plecto_store.Number(text) if text.isdigit() and not text.startswith("0") else text


def hexes(count, start=1):
    return ["%032x" % n for n in range(start, start + count)]


def dashed(text):
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def each(good, bad):
    """One object a registration that was sent: the keys of good where it was kept, else of bad."""
    return lambda sent, kept: [
        {"external_id": one, **(good if one in kept else bad)} for one in ids(sent)]


def shuffled(items):
    items = list(items)
    random.Random(7).shuffle(items)
    return items


def lost(sent, kept):
    return [one for one in ids(sent) if one not in kept]


# What tells each registration's own end, in one way or another: the truth.
TRUE_POSTS = {
    "reversed": lambda sent, kept: [{"uuid": u, "external_id": one} for u, one in zip(hexes(len(kept)), reversed(kept))],
    "shuffled": lambda sent, kept: [{"uuid": u, "external_id": one} for u, one in zip(hexes(len(kept)), shuffled(kept))],
    "with-others": lambda sent, kept: [{"uuid": u, "external_id": one} for u, one in zip(
        hexes(len(kept) + 2), ["999999", *kept, "1000019"])],
    "twice-named": lambda sent, kept: [{"uuid": "%032x" % n, "external_id": kept[n // 2]} for n in range(2 * len(kept))],
    "fills-up": lambda sent, kept: [{"uuid": u, "external_id": kept[n % len(kept)] if kept else "0"}
                                    for n, u in enumerate(hexes(len(sent)))],
    "numbers": lambda sent, kept: [{"uuid": u, "external_id": number(one)} for u, one in zip(hexes(len(kept)), kept)],
    "dashed": lambda sent, kept: [{"uuid": dashed(u), "external_id": one} for u, one in zip(hexes(len(kept)), kept)],
    "map": lambda sent, kept: {"registrations": dict(zip(kept, hexes(len(kept))))},
    "accepted-rejected": lambda sent, kept: {"accepted": list(kept), "rejected": lost(sent, kept)},
    "unchanged-skipped": lambda sent, kept: {"created": [], "unchanged": list(kept), "skipped": lost(sent, kept)},
    "saved-ignored": lambda sent, kept: {"saved": list(kept), "ignored": lost(sent, kept)},
    "only-invalid": lambda sent, kept: {"invalid": lost(sent, kept)},
    "only-missing": lambda sent, kept: {"missing": lost(sent, kept)},
    "only-not-created": lambda sent, kept: {"not_created": [{"external_id": one} for one in lost(sent, kept)]},
    "errors-by-id": lambda sent, kept: {"created": len(kept), "errors": {one: ["no"] for one in lost(sent, kept)}},
    "error-items": lambda sent, kept: {"errors": [{"external_id": one, "detail": "no"} for one in lost(sent, kept)]},
    "by-place": lambda sent, kept: [{} if one in kept else {"date": ["Not a valid date."]} for one in ids(sent)],
    "by-place-null": lambda sent, kept: [None if one in kept else {"member": ["Unknown."]} for one in ids(sent)],
    "by-place-words": lambda sent, kept: ["ok" if one in kept else "error: unknown employee" for one in ids(sent)],
    "by-place-uuid": lambda sent, kept: [{"uuid": u} if one in kept else {"uuid": None} for u, one in zip(
        hexes(len(sent)), ids(sent))],
    "created-flag": each({"created": True}, {"created": False}),
    "stored-flag": each({"stored": True}, {"stored": False}),
    "saved-word": each({"saved": "yes"}, {"saved": "no"}),
    "result-word": each({"result": "OK"}, {"result": "ERROR"}),
    "state-word": each({"state": "done"}, {"state": "failed"}),
    "code-number": each({"code": plecto_store.Number("200")}, {"code": plecto_store.Number("422")}),
    "code-word": each({"code": "created"}, {"code": "invalid"}),
    "status-text": each({"http_status": "201"}, {"http_status": "400"}),
    "error-text": each({"error": None}, {"error": "Unknown employee"}),
    "error-flag": each({"error": False}, {"error": True}),
    "error-lists": each({"errors": []}, {"errors": ["no"]}),
    "error-objects": each({"errors": {}}, {"errors": {"date": ["no"]}}),
    "valid-flag": each({"valid": True}, {"valid": False}),
    "success-text": each({"success": "true"}, {"success": "false"}),
    "success-digit": each({"success": plecto_store.Number("1")}, {"success": plecto_store.Number("0")}),
    "reason": each({"reason": None}, {"reason": "Employee is not active"}),
    "no-uuid": each({"uuid": "%032x" % 5}, {"uuid": None}),
    "empty-uuid": each({"uuid": "%032x" % 5}, {"uuid": ""}),
    "lost-null": lambda sent, kept: [{"external_id": one} if one in kept else None for one in ids(sent)],
    "nested-twice": lambda sent, kept: {"data": {"registrations": {"items": [
        {"registration": {"external_id": one}, "outcome": {"error": None if one in kept else {"code": "invalid"}}}
        for one in ids(sent)]}}},
    "line-words": lambda sent, kept: {"messages": [
        "Registration %s %s" % (one, "created" if one in kept else "could not be created") for one in ids(sent)]},
}

# What says nothing of each, or names them all in an answer that as a whole says no.
VAGUE_POSTS = {
    "words-count": lambda sent, kept: {"detail": "Stored %d of %d registrations." % (len(kept), len(sent))},
    "words-lost": lambda sent, kept: {"detail": "Not stored: " + (", ".join(lost(sent, kept)) or "none")},
    "words-all": lambda sent, kept: {"detail": "Too many registrations: " + ", ".join(ids(sent))},
    "joined": lambda sent, kept: {"ids": ",".join(kept)},
    "cut-ids": lambda sent, kept: [{"external_id": one[:-1]} for one in ids(sent)],
    "padded-ids": lambda sent, kept: [{"external_id": "0" + one} for one in ids(sent)],
    "uuids": lambda sent, kept: hexes(len(kept)),
    "uuid-objects": lambda sent, kept: [{"uuid": u} for u in hexes(len(kept))],
    "uuid-for-all": lambda sent, kept: [{"uuid": u} for u in hexes(len(sent))],
    "counts-all": lambda sent, kept: {"created": plecto_store.Number(str(len(sent))), "failed": plecto_store.Number("0")},
    "counts-kept": lambda sent, kept: {"total": plecto_store.Number(str(len(sent))), "ok": plecto_store.Number(str(len(kept)))},
    "count-alone": lambda sent, kept: plecto_store.Number(str(len(sent))),
    "job": lambda sent, kept: {"task": "%032x" % 9, "state": "PENDING"},
    "all-pending": lambda sent, kept: {"pending": ids(sent)},
    "all-queued": lambda sent, kept: [{"external_id": one, "status": "queued"} for one in ids(sent)],
    "all-skipped": lambda sent, kept: {"skipped": ids(sent) if not kept else lost(sent, kept)},
    "all-null": lambda sent, kept: [None for _ in sent],
    "true": lambda sent, kept: True,
    "false": lambda sent, kept: False,
    "blank": lambda sent, kept: b" \r\n",
    "quotes": lambda sent, kept: "",
    "text-json": lambda sent, kept: json.dumps({"created": list(kept)}),
    "two-documents": lambda sent, kept: b'{"created": 1}\n{"created": 1}\n',
    "marked": lambda sent, kept: b"\xef\xbb\xbf[]",
    "xml": lambda sent, kept: b"<?xml version='1.0'?><response><status>created</status></response>",
    "wide": lambda sent, kept: '{"status": "created"}'.encode("utf-16"),
    "deep": lambda sent, kept: b"[" * 5000 + b"]" * 5000,
    "error-data": lambda sent, kept: {"error": "Database is read-only", "data": sent},
    "success-no": lambda sent, kept: {"success": False, "data": sent},
    "ok-zero": lambda sent, kept: {"ok": plecto_store.Number("0"), "items": sent},
    "status-error": lambda sent, kept: {"status": "error", "data": sent},
    "status-fail": lambda sent, kept: {"status": "FAILURE", "results": sent},
    "code-400": lambda sent, kept: {"code": plecto_store.Number("400"), "data": sent},
    "status-code": lambda sent, kept: {"statusCode": plecto_store.Number("503"), "body": sent},
    "problem": lambda sent, kept: {"type": "about:blank", "title": "Bad Request", "status": plecto_store.Number("400"),
                                   "instance": "/registrations/", "invalid-params": sent},
    "exception": lambda sent, kept: {"exception": "IntegrityError", "request": sent},
    "detail-data": lambda sent, kept: {"detail": "Not allowed.", "data": sent},
    "non-field": lambda sent, kept: {"non_field_errors": ["Expected an object."], "input": sent},
    "created-none": lambda sent, kept: {"created": plecto_store.Number("0"), "data": sent},
    "created-empty": lambda sent, kept: {"created": [], "updated": [], "received": sent},
    "failed-all": lambda sent, kept: {"failed": plecto_store.Number(str(len(sent))), "data": sent},
    "dry": lambda sent, kept: {"dry_run": True, "data": sent},
    "warnings": lambda sent, kept: {"warnings": ["Data source is locked: nothing was saved."], "data": sent},
    "throttled": lambda sent, kept: {"detail": "Request was throttled. Expected available in 3524 seconds."},
    "mirror-service": lambda sent, kept: {"args": {}, "headers": {"Host": "proxy"}, "json": sent, "url": "/post"},
}
# Bodies that claim more than is kept: only of nothing kept, or of all.
POSTS = {**TRUE_POSTS, **VAGUE_POSTS}

KEEPS = {
    "all": lambda bodies: bodies,
    "none": lambda bodies: [],
    "first": lambda bodies: bodies[:1],
    "last": lambda bodies: bodies[-1:],
    "fifty": lambda bodies: bodies[:50],
    "but-last": lambda bodies: bodies[:-1],
    "every-second": lambda bodies: bodies[::2],
    "but-middle": lambda bodies: [one for n, one in enumerate(bodies) if n != len(bodies) * 2 // 3],
}


# ---- showing registrations

def rewritten(change):
    def shape(shown, _):
        return [change(dict(one)) for one in shown]
    return shape


def rename(one, old, new):
    one[new] = one.pop(old)
    return one


def fields_of(one):
    return {key: value for key, value in one.items() if key not in plecto_store.OWN_KEYS and key != "uuid"}


def nested(one):
    inner = fields_of(one)
    return {**{key: value for key, value in one.items() if key not in inner}, "fields": inner}


def with_date(change):
    return rewritten(lambda one: {**one, "date": change(plecto_store.moment(one["date"]).astimezone(
        plecto_store.datetime.timezone.utc))})


def of_values(change):
    """Fields' numbers changed."""
    return rewritten(lambda one: {key: change(value) if isinstance(value, plecto_store.Number) else value
                                  for key, value in one.items()})


GETS = {
    "plain": rewritten(lambda one: one),
    "id-number": rewritten(lambda one: {**one, "external_id": number(one["external_id"])}),
    "reference": rewritten(lambda one: rename(one, "external_id", "reference")),
    "both": rewritten(lambda one: {**one, "reference": one["external_id"]}),
    "uuid-dashes": rewritten(lambda one: {**one, "uuid": dashed(one["uuid"])}),
    "uuid-capitals": rewritten(lambda one: {**one, "uuid": one["uuid"].upper()}),
    "source-dashes": rewritten(lambda one: {**one, "data_source": dashed(one["data_source"])}),
    "no-source": rewritten(lambda one: {key: value for key, value in one.items() if key != "data_source"}),
    "nested": rewritten(nested),
    "more-keys": rewritten(lambda one: {**one, "created_at": "2026-01-01T00:00:00Z", "url": "/x/", "is_deleted": False}),
    "utc": with_date(lambda at: at.strftime("%Y-%m-%dT%H:%M:%S+0000")),
    "micros": with_date(lambda at: at.strftime("%Y-%m-%dT%H:%M:%S.000000Z")),
    "blank-date": with_date(lambda at: at.strftime("%Y-%m-%d %H:%M:%S+00:00")),
    "no-zone": with_date(lambda at: at.strftime("%Y-%m-%dT%H:%M:%S")),
    "float": of_values(lambda value: plecto_store.Number(repr(float(value.text)))),
    "text-number": of_values(lambda value: value.text),
    "exponent": of_values(lambda value: plecto_store.Number("%.15e" % float(value.text))),
    "member-object": rewritten(lambda one: {**one, "member": {"uuid": one["member"], "name": one["member_name"]}}),
    "twice": lambda shown, _: [one for one in shown for _ in (1, 2)],
}


class Facts(plecto_api.Plecto):
    """The stand-in with these modes. mode: post (status, name), keeps, alone (a registration that comes alone is kept), get,
    filters (obeyed, ignored, prefix, external_id), late (so many GETs show the state before the POST), pages, delete, create,
    member, wire: names of the tables, None as the other stand-in has it."""

    NONE = {"post": None, "keeps": "all", "alone": True, "get": "plain", "filters": "obeyed", "late": 0, "pages": None,
            "delete": None, "create": None, "member": None, "wire": None, "wire_methods": ("GET", "POST", "DELETE")}

    def __init__(self, credentials):
        self.mode = dict(self.NONE)
        self.calls, self.sent = {}, {}  # sent: all that came, kept or not
        super().__init__(credentials)

    def become(self, **mode):
        with self.lock:
            self.mode = {**self.NONE, **mode}
            self.calls = {}

    def nth(self, name):
        self.calls[name] = self.calls.get(name, 0) + 1
        return self.calls[name]

    # ---- registrations

    def kept_of(self, bodies):
        if self.mode["alone"] and len(bodies) == 1 and self.mode["keeps"] != "all":
            return bodies
        return KEEPS[self.mode["keeps"]](bodies)

    def post_registrations(self, body):
        try:
            told = plecto_store.parse(body.decode())
            for one in told if isinstance(told, list) else [told]:
                self.sent[one["external_id"]] = plecto_store.Registration(
                    "%032x" % 88, {key: value for key, value in one.items() if key != "data_source"})
            super().post_registrations(body)
        except Answer as answer:
            if not self.mode["post"] or not 200 <= answer.status < 300:
                raise
            sent = plecto_store.parse(body.decode())
            bodies = sent if isinstance(sent, list) else [sent]
            taken = [one["external_id"] for one in self.kept_of(bodies)]
            status, name = self.mode["post"]
            raise Answer(status, None if status == 204 else POSTS[name](bodies, taken)) from None

    def get_registrations(self, method, query, target):
        if self.mode["late"] and self.nth("late") <= self.mode["late"]:
            self.page([], {}, target)
        source = self.store.find(query.get("data_source", ""))
        if method != "GET" or source is None:
            return super().get_registrations(method, query, target)
        if self.nth("get") == self.mode.get("shift_at"):
            self.mode["shift"](source)
        asked, filters = query.get("reference"), self.mode["filters"]
        if filters == "external_id":
            asked = query.get("external_id")
        if asked is not None and filters in ("ignored", "prefix"):
            chosen = [one for one in source.registrations.values()
                      if filters == "ignored" or one.body["external_id"].startswith(asked)]
            shown = [self.store.shown(source, one, self.behaviour) for one in chosen]
            self.page(GETS[self.mode["get"]](shown, query), query, target)
        if filters == "other-source":  # of the same ID in another data source
            shown = [{**self.store.shown(source, one, self.behaviour), "data_source": "%032x" % 77}
                     for one in self.sent.values() if asked in (None, one.body["external_id"])]
            self.page(shown, query, target)
        period = [plecto_store.moment(query[key]) if key in query else None for key in ("start_date", "end_date")]
        shown = [self.store.shown(source, one, self.behaviour) for one in self.store.select(source, asked, *period)]
        self.page(GETS[self.mode["get"]](shown, query), query, target)

    def page(self, items, query, target):
        mode = self.mode["pages"]
        if mode == "same":  # the page's number is not read
            return super().page(items, {**query, "page": "1"}, target)
        try:
            super().page(items, query, target)
        except Answer as answer:
            if mode == "last-again" and answer.status == 404:
                size = self.behaviour["page_size"]
                raise Answer(200, {"count": plecto_store.Number(str(len(items))), "next": None,
                                   "results": items[max(0, (len(items) - 1) // size * size):]}) from None
            if mode == "empty-end" and answer.status == 404:
                raise Answer(200, [] if not self.behaviour["envelope"] else {"results": []}) from None
            if mode == "bad-end" and answer.status == 404:
                raise Answer(400, {"detail": "Invalid page."}) from None
            if answer.status == 200 and isinstance(answer.body, dict) and mode:
                self.bend(answer.body, mode)
            raise

    @staticmethod
    def bend(body, mode):
        if mode == "no-next":
            del body["next"], body["previous"]
        elif mode == "wrong-count":
            body["count"] = plecto_store.Number("0")
        elif mode == "no-count":
            del body["count"]
        elif mode == "relative" and body["next"]:
            body["next"] = body["next"][body["next"].index("/api/"):]
        elif mode == "blank-next" and body["next"] is None:
            body["next"] = ""

    def one_registration(self, method, source, identifier):
        mode = self.mode["delete"]
        if method != "DELETE" or not mode:
            return super().one_registration(method, source, identifier)
        kind, status = mode.split(":")
        if kind == "exact":  # the spelling of the answers counts: 32 hex digits
            if identifier != plecto_store.bare(identifier):
                raise Answer(404, {"detail": "Not found."})
            return super().one_registration(method, source, identifier)
        if kind == "gone":
            try:
                super().one_registration(method, source, identifier)
            except Answer:
                raise Answer(int(status), None if status == "204" else {"detail": "Deleted."}) from None
        raise Answer(int(status), None if status == "204" else {"detail": "No."})

    # ---- data sources and members

    def data_sources(self, method, body, query, target):
        mode = self.mode["create"]
        if method == "GET" or not mode:
            return super().data_sources(method, body, query, target)
        told = json.loads(body)
        fields = {field.get("title", field.get("name")): field.get("type", "text") for field in told["fields"]}
        is_public = all("input" in field for field in told["fields"])
        refusals = {
            "input-list": {"fields": [{"name": ["This field is required."], "input": ["This field is required."]}]},
            "input-map": {"fields": {"0": {"input": ["This field is required."]}}},
            "input-words": {"detail": "fields[0].input: This field is required."},
        }
        if mode in refusals and not is_public:
            raise Answer(400, refusals[mode])
        if mode == "exists":
            raise Answer(409, {"detail": "A data source of this title exists."})
        if mode == "lost":  # made, and the answer does not come
            if self.nth("create") == 1:
                self.store.create(told["title"], fields)
                raise Answer(502, "<html>Bad gateway</html>")
        if mode == "never":
            raise Answer(201, {"status": "created"})
        made = self.store.create(told["title"], fields)
        bodies = {
            "id-only": {"id": made.uuid, "title": made.title},
            "id-number": {"id": plecto_store.Number("4711"), "uuid": made.uuid},
            "dashed": {"uuid": dashed(made.uuid)},
            "inside": {"data_source": {"uuid": made.uuid}},
            "list": [{"uuid": made.uuid, "title": made.title}],
            "empty": None,
        }
        raise Answer(202 if mode == "empty" else 201, bodies.get(mode, made.facts()))

    def members(self, method, body, query, target):
        mode = self.mode["member"]
        if method == "GET" and mode == "id-numbers":
            self.page([{**one, "updating_api_provider_id": number(one["updating_api_provider_id"])}
                       if one.get("updating_api_provider_id") else one for one in self.store.member_list()], query, target)
        if method == "GET" and mode == "capitals":
            self.page([{**one, "email": (one.get("email") or "").upper()} for one in self.store.member_list()], query, target)
        if method == "GET" and mode == "no-ids":
            self.page([{"uuid": one["uuid"], "name": one["name"]} for one in self.store.member_list()], query, target)
        if method == "POST" and mode == "empty":
            try:
                super().members(method, body, query, target)
            except Answer as answer:
                raise Answer(answer.status, None) from None
        if method == "POST" and mode == "lost" and self.nth("member") == 1:
            try:
                super().members(method, body, query, target)
            except Answer:
                raise Answer(502, "<html>Bad gateway</html>") from None
        return super().members(method, body, query, target)


class Handler(plecto_server.Handler):
    """How an answer goes over the wire: WIRES."""

    def send(self, answer, fault):
        mode = self.server.plecto.mode
        wire = WIRES.get(mode["wire"])
        if (wire is None or self.command not in mode["wire_methods"]) and not isinstance(answer.body, bytes):
            return super().send(answer, fault)
        body = answer.body
        if body is None:
            body = b""
        elif not isinstance(body, bytes):
            text = body if isinstance(body, str) and body.startswith("<") else plecto_store.dump(body)
            body = text.encode()
        headers = {"Content-Type": "application/json", **answer.headers}
        status, body = answer.status, body
        if wire:
            status, body, headers = wire(self, status, body, headers)
        if isinstance(body, list):  # whole, as it goes out
            self.wfile.write(b"".join(body))
            return self.done(answer)
        if "Content-Length" not in headers and "Transfer-Encoding" not in headers and status != 204 and not headers.pop("open", 0):
            headers["Content-Length"] = str(len(body))
        head = "HTTP/1.1 %d OK\r\n%s\r\n" % (status, "".join("%s: %s\r\n" % pair for pair in headers.items()))
        self.wfile.write(head.encode() + (b"" if status == 204 else body))
        return self.done(answer)

    def done(self, answer):
        with self.server.plecto.lock:
            self.server.plecto.store.confirm(answer.kept)
        self.wfile.flush()


def chunks(body):
    return b"".join(b"%x\r\n%s\r\n" % (len(body[n:n + 7]), body[n:n + 7]) for n in range(0, len(body), 7)) + b"0\r\n\r\n"


def packed(name, pack):
    return lambda handler, status, body, headers: (status, pack(body) if body else body, {
        **headers, **({"Content-Encoding": name} if body else {})})


def page_of(status, html, **headers):
    return lambda *_: (status, html.encode(), {"Content-Type": "text/html; charset=utf-8", **headers})


def early(handler, status, body, headers):
    return status, [b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", b"HTTP/1.1 %d OK\r\nContent-Length: %d\r\n\r\n%s" % (
        status, len(body), body)] if status != 204 else [b"HTTP/1.1 204 No Content\r\n\r\n"], headers


def closes(handler, status, body, headers):
    handler.close_connection = True
    return status, body, {**headers, "Connection": "close", "open": 1}


def cut(handler, status, body, headers):
    handler.close_connection = True
    return status, body[:len(body) // 2], {**headers, "Content-Length": str(len(body) + 1)}


def cut_chunks(handler, status, body, headers):
    handler.close_connection = True
    return status, chunks(body)[:-7], {**headers, "Transfer-Encoding": "chunked"}


# Those whose name begins with "page" come in Plecto's place; the others carry its answer.
WIRES = {
    "gzip": packed("gzip", gzip.compress),
    "x-gzip": packed("x-gzip", gzip.compress),
    "deflate": packed("deflate", zlib.compress),
    "chunked": lambda handler, status, body, headers: (
        status, chunks(body), {**headers, "Transfer-Encoding": "chunked"}) if status != 204 else (status, body, headers),
    "charset": lambda handler, status, body, headers: (status, body, {**headers, "Content-Type": "application/json; charset=UTF-8"}),
    "plain-type": lambda handler, status, body, headers: (status, body, {**headers, "Content-Type": "text/plain"}),
    "no-type": lambda handler, status, body, headers: (status, body, {}),
    "html-type": lambda handler, status, body, headers: (status, body, {**headers, "Content-Type": "text/html"}),
    "early-hints": early,
    "closes": closes,
    "bom": lambda handler, status, body, headers: (status, b"\xef\xbb\xbf" + body if body else body, headers),
    "blanks": lambda handler, status, body, headers: (status, b"\r\n " + body + b"\n\n" if body else body, headers),
    "cut": cut,
    "cut-gzip": packed("gzip", lambda body: gzip.compress(body)[:-9]),
    "not-gzip": packed("gzip", lambda body: body),
    "cut-chunks": cut_chunks,
    "page-200": page_of(200, "<html><body>Sign in to the guest network</body></html>"),
    "page-json": lambda *_: (200, b'{"captive": true, "login": "http://guest.example.test/"}', {"Content-Type": "application/json"}),
    "page-empty": lambda *_: (200, b"", {}),
    "page-204": lambda *_: (204, b"", {}),
    "page-302": page_of(302, "<html>Moved</html>", Location="http://guest.example.test/login"),
    "page-303": page_of(303, "", Location="/api/v2/registrations/"),
    "page-308": page_of(308, "", Location="/api/v2/registrations"),
    "page-300": page_of(300, "<html>Choose</html>"),
    "page-304": lambda *_: (304, [b"HTTP/1.1 304 Not Modified\r\n\r\n"], {}),
    "page-407": page_of(407, "<html>Proxy authentication</html>", **{"Proxy-Authenticate": "Basic"}),
    "page-511": page_of(511, "<html>Network authentication</html>"),
    "page-520": page_of(520, "error code: 520"),
    "page-405": page_of(405, "<h1>Method Not Allowed</h1>"),
    "page-410": page_of(410, "Gone"),
    "page-451": page_of(451, "Unavailable for legal reasons"),
    "page-old": lambda *_: (200, [b"HTTP/1.0 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n[]"], {}),
}


def throttle(after, body=None):
    """429 with this Retry-After (None: none)."""
    return lambda *_: (429, body or b'{"detail": "Request was throttled."}', {} if after is None else {"Retry-After": after})


def start(credentials):
    """A running stand-in with these modes, in plain HTTP."""
    plecto = Facts(credentials)
    plecto_server.Listener(plecto, "api", Handler)
    plecto_server.Listener(plecto, "elsewhere", Handler)
    return plecto
