"""plecto_store.py: what Plecto keeps, for the tests of the upload: data sources, registrations and members.

Written from the facts about Plecto's API that src/manual/reference/plecto.md names. Known: a registration sent again replaces the whole
one of the same external_id in its data source; a list holds at most 100; three fields are mandatory; an employee who is
not known is created; registrations are read in pages and deleted one at a time by Plecto's own UUID. *Assumed*: a list
with one bad registration is refused whole, and the answer is a list of one object per registration; what else is
assumed about answers can be switched (Answers), so that the tests show the upload bears either way.
"""

import datetime
import json
import uuid

import plecto_answers

LIST_LIMIT = 100
PERSON_KEYS = ("member_api_provider", "member_api_id", "member_name")
OWN_KEYS = {"data_source", "external_id", "reference", "date", "member", "team", *PERSON_KEYS}


class Number:
    """A JSON number as it was written, because 189.00 and 189.0 are the same number and not the same text."""

    def __init__(self, text):
        self.text = text

    def __eq__(self, other):
        return isinstance(other, Number) and self.text == other.text


def parse(text):
    """JSON with its numbers as written. Raises ValueError."""
    return json.loads(text, parse_float=Number, parse_int=Number)


def dump(value, numbers="as-sent"):
    """The JSON text of value; numbers says how a Number is written: as-sent, float or text."""
    if isinstance(value, Number):
        if numbers == "float":
            return repr(float(value.text))
        return json.dumps(value.text) if numbers == "text" else value.text
    if value is plecto_answers.NULL:
        return "null"
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(key) + ":" + dump(item, numbers) for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(dump(item, numbers) for item in value) + "]"
    return json.dumps(value)


def moment(text):
    """A date as a moment; one without a zone is UTC (*assumed*). Raises ValueError."""
    if not isinstance(text, str) or "T" not in text:
        raise ValueError("not ISO 8601")
    at = datetime.datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=datetime.timezone.utc)


def bare(text):
    """A UUID without its dashes, as addresses in Plecto show it."""
    return str(text).replace("-", "").lower()


class Registration:
    """One row of a data source, and what the tests ask about it."""

    def __init__(self, identifier, body):
        self.uuid = identifier
        self.body = body
        self.taken = 0  # times it was stored
        self.confirmed = 0  # times a whole, good answer was sent for it
        self.again = 0  # times it came unchanged after it had been confirmed
        self.is_confirmed = False  # as it stands now


class DataSource:
    def __init__(self, title, fields, identifier=None):
        self.uuid = bare(identifier or uuid.uuid4().hex)
        self.title = title
        self.fields = fields  # title -> type, or None where anything goes
        self.registrations = {}  # external_id -> Registration, oldest first

    def facts(self):
        fields = [{"title": title, "type": kind} for title, kind in (self.fields or {}).items()]
        return {"uuid": self.uuid, "title": self.title, "fields": fields}


class Store:
    """All of it. Not locked: the server calls it one request at a time."""

    def __init__(self):
        self.sources = {}
        self.members = {}  # (provider, id) -> {uuid, name}
        self.deleted = 0
        self.wrong = set()  # what this server does wrong, so that a test can show that it would see it
        self.refused = {}  # external IDs that are never taken, and why
        self.seen = 0

    def create(self, title, fields, identifier=None):
        source = DataSource(title, fields, identifier)
        self.sources[source.uuid] = source
        return source

    def find(self, identifier):
        return self.sources.get(bare(identifier))

    # ---- taking registrations

    def faults(self, body):
        """What is wrong with one registration: {key: [words]}, empty where nothing is."""
        if not isinstance(body, dict):
            return {"non_field_errors": ["Invalid data. Expected a dictionary."]}
        wrong = {}
        source = self.find(body.get("data_source", ""))
        if source is None:
            wrong["data_source"] = ["This data source does not exist."]
        if not isinstance(body.get("external_id"), str) or not body["external_id"]:
            wrong["external_id"] = ["This field may not be blank."]
        elif body["external_id"] in self.refused:
            wrong["external_id"] = [self.refused[body["external_id"]]]
        try:
            moment(body.get("date"))
        except ValueError:
            wrong["date"] = ["Datetime has wrong format. Use ISO 8601."]
        if "member" not in body:
            for key in PERSON_KEYS:
                if not isinstance(body.get(key), str) or not body[key]:
                    wrong[key] = ["This field may not be blank."]
        if source is not None and source.fields is not None:
            for key, value in body.items():
                if key not in OWN_KEYS and not self.fits(source.fields.get(key), value):
                    wrong[key] = ["This data source has no such field." if key not in source.fields else
                                  "A valid %s is required." % source.fields[key]]
        return wrong

    @staticmethod
    def fits(kind, value):
        if kind is None:
            return False
        if kind in ("number", "decimal") and value is not None:
            return isinstance(value, Number)
        if kind in ("boolean", "yes/no") and value is not None:
            return isinstance(value, bool)
        return True

    def take(self, bodies):
        """Stores registrations that faults() found nothing in. Returns them as they are kept."""
        kept = []
        for body in bodies:
            self.seen += 1
            source, key = self.find(body["data_source"]), body["external_id"]
            content = {name: value for name, value in body.items() if name != "data_source"}
            member = self.members.setdefault(
                (body.get("member_api_provider"), body.get("member_api_id")), {"uuid": uuid.uuid4().hex})
            member["name"] = body.get("member_name")
            before = source.registrations.get(key)
            if "lose" in self.wrong and self.seen % 97 == 0:
                kept.append(Registration(uuid.uuid4().hex, content))
                continue
            if before is None:
                before = source.registrations[key] = Registration(uuid.uuid4().hex, content)
            elif "double" in self.wrong:
                source.registrations["%s#%d" % (key, self.seen)] = Registration(uuid.uuid4().hex, content)
            elif before.is_confirmed and before.body == content:
                before.again += 1
            elif "merge" in self.wrong:
                before.body = {**before.body, **content}
            else:
                before.body = content
                before.is_confirmed = False
            before.taken += 1
            kept.append(before)
        return kept

    @staticmethod
    def confirm(kept):
        """A whole, good answer about these was sent."""
        for registration in kept:
            registration.confirmed += 1
            registration.is_confirmed = True

    # ---- reading and deleting

    def select(self, source, reference=None, start=None, end=None):
        """Registrations of source, oldest stored first; both ends of the period belong to it."""
        for key, registration in source.registrations.items():
            at = moment(registration.body["date"])
            is_within = (start is None or at >= start) and (end is None or at <= end)
            if is_within and reference in (None, key):
                yield registration

    def shown(self, source, registration, answers):
        """A registration as GET shows it, in one of the ways that are assumed."""
        body = dict(registration.body)
        if answers["id_key"] != "external_id":
            body[answers["id_key"]] = body.pop("external_id")
        if answers["dates"] == "utc":
            at = moment(body["date"]).astimezone(datetime.timezone.utc)
            body["date"] = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        if answers["dates"] == "utc-unsaid":
            at = moment(body["date"]).astimezone(datetime.timezone.utc)
            body["date"] = at.strftime("%Y-%m-%dT%H:%M:%S")
        if answers["dates"] == "five-later":
            body["date"] = (moment(body["date"]) + datetime.timedelta(hours=5)).isoformat()
        person = self.members[(registration.body.get("member_api_provider"), registration.body.get("member_api_id"))]
        return {"uuid": registration.uuid, "data_source": source.uuid, "member": person["uuid"], **body}

    # ---- members

    @staticmethod
    def member_shown(key, member):
        shown = {"uuid": member["uuid"], "name": member.get("name"), "email": member.get("email"), "is_active": True}
        if key[0] is not None:
            shown.update(updating_api_provider=key[0], updating_api_provider_id=key[1])
        return shown

    def member_list(self):
        return [self.member_shown(key, member) for key, member in self.members.items()]

    def add_member(self, told, is_strict):
        """Status and member. Capitals make no other address; one of an address without an ID is linked, unless strict."""
        key = (told.get("updating_api_provider"), told.get("updating_api_provider_id"))
        email = told.get("updating_api_provider_email")
        same = [other for other, member in self.members.items()
                if email and (member.get("email") or "").lower() == email.lower()]
        if key in self.members or (same and is_strict):
            return 400, None
        member = self.members.pop(same[0]) if same else {"uuid": uuid.uuid4().hex, "name": told["name"], "email": email}
        self.members[key] = member
        return 200 if same else 201, self.member_shown(key, member)

    def delete(self, source, identifier):
        for key, registration in source.registrations.items():
            if registration.uuid == bare(identifier):
                del source.registrations[key]
                self.deleted += 1
                return True
        return False

    # ---- for the tests

    def facts(self):
        """Everything, for GET /state and at the end."""
        return {
            "data_sources": {
                source.uuid: {**source.facts(), "registrations": [
                    {"uuid": one.uuid, "external_id": one.body["external_id"], "taken": one.taken,
                     "confirmed": one.confirmed, "again": one.again, "body": one.body}
                    for one in source.registrations.values()]}
                for source in self.sources.values()},
            "members": [{"provider": key[0], "id": key[1], **value} for key, value in self.members.items()],
            "deleted": self.deleted,
        }
