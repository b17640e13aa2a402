"""plecto_api.py: the API of the stand-in Plecto: behaviour, requests and their answers, the log. Without HTTP.

What is stored is in plecto_store.py, what is spoken on the wire in plecto_server.py.
"""

import base64
import json
import random
import threading
import time
import urllib.parse

import plecto_answers
import plecto_store

DEFAULTS = {
    "shares": {},  # fault -> share of requests that fail so
    "seed": 1,
    "next": [],  # faults of the next requests, one each; "none" is none
    "always": None,  # fault of every request
    "methods": ["POST", "GET", "DELETE", "PUT"],  # those that faults apply to
    "slow_seconds": 1.0,
    "delay_seconds": 0.0,  # before every answer
    "hold": None,  # requests of this method (or "any") are not obeyed until that is taken back
    "retry_after": 1,  # seconds, told with 429
    "limit": None,  # [requests, seconds]: more in so many seconds is answered 429
    "redirect": "https://127.0.0.1:{elsewhere}{path}",
    "refuse": [],  # external IDs
    "refusal": "list",  # or vague: {"detail"}, or text: no JSON at all, or inside: 201 with the errors among what was
    # taken, or inside-vague: 200 and {"errors": [...]}
    "words": "Refused by rule; see \"Sales, Q4\".",  # why, in the server's words
    "keeps_rest": False,  # a refused list's good registrations are stored all the same
    "request_id": None,  # header X-Request-Id of every answer
    "success": "objects",  # or status, or nothing (200, empty)
    "answer": None,  # to a list of registrations instead: [status, name of plecto_answers.ANSWERS]
    "keeps": "all",  # what of a list is kept, by plecto_answers.KEEPS: the rest is lost without a word
    "keeps_lists": False,  # only of lists: a registration that comes alone is kept
    "hides": 0,  # so many GETs about registrations show none
    "deletes": "gone",  # or kept: 204 and it stays; kept-404: 404 and it stays
    "creates": "documented",  # or input: fields must be {"name", "input", "default_value"}
    "members": "made",  # or: refused: 400 for each; lies: 201, and none is made; hidden: the list may not be seen;
    # taken: 400 for an address or ID that is there (else an address that is there is linked: 200)
    "packs": False,  # answers come in gzip, whatever was asked for
    "page_size": 100,
    "shifts": 0,  # so many come before the second page is read: it begins with as many of the first again
    "goes": 0,  # so many of the first page are deleted before the second one is read: as many are on no page
    "envelope": True,  # GET answers {count, next, previous, results}, or the bare list
    "filters": True,  # GETs obey reference=
    "by_hand": None,  # registrations whose ID begins so are shown without it, as those that were entered in Plecto
    "next_page": None,  # where "next" leads instead: an address before the path, or circle: to the first page again
    "id_key": "external_id",  # or reference
    "dates": "as-sent",  # or utc, utc-unsaid (no Z), five-later (hours)
    "numbers": "as-sent",  # or float, text
    "wrong": [],  # lose, double, merge: what a test must notice
}

# Faults of the connection. Those with "after", and truncate, malformed, slow, stall and endless, come after it was
# obeyed; with a status as a fault it was not, nor with page: HTML with status 200, as captive portals
# send it, nor with echo: the credentials come back in the words.
CONNECTION_FAULTS = ("close-early", "close-before", "close-after", "reset-after", "truncate", "malformed", "slow",
                     "stall", "500-after", "page", "endless", "echo")
STATUSES = {"400": "Bad request.", "401": "Invalid username/password.", "403": "You do not have permission.",
            "404": "Not found.", "408": "Request timeout.", "425": "Too early.", "500": "Server error.", "501": "Not implemented.",
            "502": "<html>Bad gateway</html>", "503": "Unavailable.", "504": "Gateway timeout.",
            "429": "Request was throttled.", "429-seconds": "Request was throttled.",
            "429-date": "Request was throttled."}


class Answer(Exception):
    """An answer that ends the handling of a request."""

    def __init__(self, status, body=None, headers=None, kept=()):
        super().__init__(status)
        self.status, self.body, self.headers, self.kept = status, body, headers or {}, kept


class Plecto:
    """The service behind the listeners: behaviour, store, log. Its lock is held while a request is handled."""

    def __init__(self, credentials, behaviour=None):
        self.store = plecto_store.Store()
        self.lock = threading.RLock()
        pair = "%s:%s" % (credentials["email"], credentials["password"])
        self.authorization = "Basic " + base64.b64encode(pair.encode()).decode()
        self.ports = {}
        self.hook = lambda phase: None  # called at: head, body, taken, half, answered
        self.behaviour = dict(DEFAULTS)
        self.random = random.Random(1)
        self.reset()
        self.behave(behaviour or {})

    def reset(self):
        self.log, self.times, self.trouble = [], [], []
        self.connections, self.tls_failures, self.fault_counts = 0, 0, {}

    def behave(self, changes):
        unknown = set(changes) - set(DEFAULTS)
        if unknown:
            raise ValueError("no such behaviour: " + ", ".join(sorted(unknown)))
        told = list(changes.get("shares", {})) + changes.get("next", []) + [changes.get("always")]
        for fault in told:
            if fault not in CONNECTION_FAULTS + ("none", "redirect", None) and fault not in STATUSES:
                raise ValueError("no such fault: %s" % fault)
        self.behaviour.update(changes)
        self.behaviour["next"] = list(self.behaviour["next"])
        if "seed" in changes or "shares" in changes:
            self.random = random.Random(self.behaviour["seed"])
        self.store.refused = dict.fromkeys(self.behaviour["refuse"], self.behaviour["words"])
        self.store.wrong = set(self.behaviour["wrong"])

    def draw(self, method):
        """The fault of this request, or none."""
        behaviour = self.behaviour
        if method not in behaviour["methods"]:
            return "none"
        if behaviour["next"]:
            return behaviour["next"].pop(0)
        if behaviour["always"]:
            return behaviour["always"]
        at = self.random.random()
        for fault, share in behaviour["shares"].items():
            at -= share
            if at < 0:
                return fault
        return "none"

    def over_limit(self):
        if not self.behaviour["limit"]:
            return False
        requests, seconds = self.behaviour["limit"]
        now = time.monotonic()
        self.times = [at for at in self.times if now - at < seconds]
        if len(self.times) >= requests:
            return True
        self.times.append(now)
        return False

    def totals(self):
        registrations = [one for source in self.store.sources.values() for one in source.registrations.values()]
        return {
            "requests": len([line for line in self.log if line["listener"] == "api"]),
            "elsewhere": len([line for line in self.log if line["listener"] == "elsewhere"]),
            "connections": self.connections,
            "tls_failures": self.tls_failures,
            "faults": self.fault_counts,
            "stored": len(registrations),
            "taken": sum(one.taken for one in registrations),
            "again": sum(one.again for one in registrations),
            "deleted": self.store.deleted,
        }

    def state(self):
        return {**self.store.facts(), "totals": self.totals(), "log": self.log, "trouble": self.trouble}

    # ---- the API

    def handle(self, method, target, body):
        """Obeys one authorised request; ends by raising Answer."""
        url = urllib.parse.urlsplit(target)
        parts = [part for part in url.path.split("/") if part]
        query = dict(urllib.parse.parse_qsl(url.query))
        if parts[:2] != ["api", "v2"] or len(parts) < 3 or not url.path.endswith("/"):
            raise Answer(404, {"detail": "Not found."})
        if parts[2:] == ["registrations"]:
            return self.post_registrations(body) if method == "POST" else self.get_registrations(method, query, target)
        if parts[2] == "registrations" and len(parts) == 5:
            return self.one_registration(method, parts[3], parts[4])
        if parts[2:] == ["members"]:
            return self.members(method, body, query, target)
        if parts[2:] == ["datasources"]:
            return self.data_sources(method, body, query, target)
        raise Answer(404, {"detail": "Not found."})

    def post_registrations(self, body):
        try:
            sent = plecto_store.parse(body.decode("utf-8"))
        except ValueError as error:
            raise Answer(400, {"detail": "JSON parse error - %s" % error}) from None
        bodies = sent if isinstance(sent, list) else [sent]
        if len(bodies) > plecto_store.LIST_LIMIT:
            raise Answer(400, {"detail": "Only 100 registrations are allowed per request."})
        wrong = [self.store.faults(one) for one in bodies]
        if any(wrong):
            if all(isinstance(one, dict) and one.get("data_source") and not self.store.find(one["data_source"])
                   for one in bodies):
                raise Answer(404, {"detail": "Not found."})
            if self.behaviour["keeps_rest"] or self.behaviour["refusal"].startswith("inside"):
                self.store.take([one for one, fault in zip(bodies, wrong) if not fault])
            if self.behaviour["refusal"] == "inside":
                raise Answer(201, [{"external_id": one.get("external_id"), **({"errors": fault} if fault else {})}
                                   for one, fault in zip(bodies, wrong)])
            if self.behaviour["refusal"] == "inside-vague":
                raise Answer(200, {"errors": [fault for fault in wrong if fault]})
            if self.behaviour["refusal"] == "text":
                raise Answer(400, "Bad Request (400)")
            if self.behaviour["refusal"] == "vague" and len(bodies) > 1:
                raise Answer(400, {"detail": "Invalid registrations."})
            raise Answer(400, wrong if isinstance(sent, list) else wrong[0])
        kept = self.store.take(self.kept_of(bodies))
        self.hook("taken")
        if self.behaviour["answer"]:
            status, name = self.behaviour["answer"]
            body = plecto_answers.ANSWERS[name](bodies, [one.body["external_id"] for one in kept])
            raise Answer(status, None if status == 204 else body)
        if self.behaviour["success"] == "nothing":
            raise Answer(200, None, kept=kept)
        if self.behaviour["success"] == "status":
            raise Answer(201, {"status": "success"}, kept=kept)
        shown = [{"uuid": one.uuid, "external_id": one.body["external_id"]} for one in kept]
        raise Answer(201, shown if isinstance(sent, list) else shown[0], kept=kept)

    def kept_of(self, bodies):
        is_alone = self.behaviour["keeps_lists"] and len(bodies) == 1
        return bodies if is_alone else plecto_answers.KEEPS[self.behaviour["keeps"]](bodies)

    def page(self, items, query, target):
        """A page of items as Answer, the way Plecto's framework does it (*assumed*)."""
        size = self.behaviour["page_size"]
        number = int(query.get("page", "1")) if query.get("page", "1").isdigit() else 0
        if number > 1:
            items = [{}] * self.behaviour["shifts"] + items[self.behaviour["goes"]:]
        if number < 1 or (number > 1 and (number - 1) * size >= len(items)):
            raise Answer(404, {"detail": "Invalid page."})
        shown = items[(number - 1) * size:number * size]
        if not self.behaviour["envelope"]:
            raise Answer(200, shown)

        def address(other):
            url, to = urllib.parse.urlsplit(target), self.behaviour["next_page"]
            other = 1 if to == "circle" else other
            base = self.base if to in (None, "circle") else to.format(**self.ports)
            return base + url.path + "?" + urllib.parse.urlencode({**query, "page": other})

        raise Answer(200, {
            "count": plecto_store.Number(str(len(items))),
            "next": address(number + 1) if number * size < len(items) else None,
            "previous": address(number - 1) if number > 1 else None,
            "results": shown})

    def get_registrations(self, method, query, target):
        if method != "GET":
            raise Answer(405, {"detail": "Method \"%s\" not allowed." % method})
        source = self.store.find(query.get("data_source", ""))
        if source is None:
            raise Answer(404, {"detail": "Not found."})
        try:
            period = [plecto_store.moment(query[key]) if key in query else None for key in ("start_date", "end_date")]
        except ValueError:
            raise Answer(400, {"detail": "Enter a valid date/time."}) from None
        if self.behaviour["hides"] > 0:
            self.behaviour["hides"] -= 1
            self.page([], {}, target)
        chosen = self.store.select(source, query.get("reference") if self.behaviour["filters"] else None, *period)
        shown = [self.store.shown(source, one, self.behaviour) for one in chosen]
        begin = self.behaviour["by_hand"]
        for body in shown:
            if begin and body.get("external_id", "").startswith(begin):
                del body["external_id"]
        self.page(shown, query, target)

    def one_registration(self, method, source, identifier):
        source = self.store.find(source)
        if source is None:
            raise Answer(404, {"detail": "Not found."})
        if method == "DELETE" and self.behaviour["deletes"] != "gone":
            raise Answer(404 if self.behaviour["deletes"] == "kept-404" else 204)
        if method == "DELETE":
            raise Answer(204 if self.store.delete(source, identifier) else 404)
        for one in source.registrations.values():
            if method == "GET" and one.uuid == plecto_store.bare(identifier):
                raise Answer(200, self.store.shown(source, one, self.behaviour))
        raise Answer(404, {"detail": "Not found."})

    def members(self, method, body, query, target):
        mode = self.behaviour["members"]
        if method == "GET":
            if mode == "hidden":
                raise Answer(403, {"detail": "You do not have permission."})
            self.page(self.store.member_list(), query, target)
        told = plecto_store.parse(body.decode("utf-8"))
        if "teams" not in told or not told.get("name"):
            raise Answer(400, {"teams": ["This field is required."]})
        if mode == "refused":
            raise Answer(400, {"updating_api_provider_email": ["Enter a valid email address."]})
        if mode == "lies":
            raise Answer(201, {"uuid": "%032x" % 7, "name": told["name"]})
        status, member = self.store.add_member(told, mode == "taken")
        if status == 400:
            raise Answer(400, {"updating_api_provider_id": ["member with this ID or email already exists."]})
        raise Answer(status, member)

    def data_sources(self, method, body, query, target):
        if method == "GET":
            self.page([source.facts() for source in self.store.sources.values()], query, target)
        try:
            told = plecto_store.parse(body.decode("utf-8"))
            if self.behaviour["creates"] != "documented":
                wrong = [{} if "name" in field and "input" in field and self.behaviour["creates"] == "input"
                         else {"name": ["This field is required."]} for field in told["fields"]]
                if any(wrong):
                    raise Answer(400, {"fields": wrong})
            fields = {field.get("title", field.get("name")): field.get("type", "text") for field in told["fields"]}
            if not told["title"] or None in fields:
                raise ValueError
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Answer(400, {"title": ["This field is required."]}) from None
        raise Answer(201, self.store.create(told["title"], fields).facts())
