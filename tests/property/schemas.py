"""Laws that hold for every schema, in one process: random records that are right by it convert without an issue and with a
balanced ledger, and one damaged cell gives exactly one issue, at its place.

    schemas.py right csv|list|export|lines
    schemas.py damage number|date|id|employee|boolean|duration

The records are made by random_records, which reads the schema itself (RANDOM_RECORDS, ST2PLECTO, ROOT: where they are; SEEDS,
NIGHTLY). By day each kind of damage goes to a third of the schemas, each kind to another, so that each schema gets two.
"""
import json
import os
import re
import subprocess
import sys

RECORDS = 40
KINDS = ["number", "date", "id", "employee", "boolean", "duration"]
# codes that the damage may be told as, and of how many schemas at least it must have been tried in both formats, all seeds
CODES = {"number": ["E301"], "date": ["E304", "E305"], "id": ["E202"], "employee": ["E201"], "boolean": ["E307"],
         "duration": ["E308"]}
LEAST = {"number": 40, "date": 40, "id": 36, "employee": 36, "boolean": 30, "duration": 2}
LEAST_RIGHT = {"csv": 30, "list": 15, "export": 15, "lines": 15}

PROGRAM, MAKER, ROOT = os.environ["ST2PLECTO"], os.environ["RANDOM_RECORDS"], os.environ["ROOT"]
NIGHT = bool(os.environ.get("NIGHTLY"))
SEEDS = [int(seed) for seed in os.environ.get("SEEDS", "1 2 3" if NIGHT else "1").split()]


class Schema:
    def __init__(self, path):
        self.path = path
        self.name = os.path.basename(path)[:-len(".json")]
        with open(path, encoding="utf-8") as file:
            self.json = json.loads(re.sub(r"^\s*//.*$", "", file.read(), flags=re.M))
        self.plecto = self.json.get("plecto", {})

    def has_person(self, form, seed):
        """Whether a candidate for the employee is in such a file: a column, or a path of the seed's shape."""
        shapes = len(self.plecto.get("shapes", [""]))
        for field in self.json["fields"]:
            plecto = field.get("plecto", {})
            if plecto.get("role") not in ("employee", "employee-name"):
                continue
            path = plecto.get("path")
            if isinstance(path, list):
                path = path[seed % shapes]
            if form == "csv":
                if "derive" not in plecto:
                    return True
            elif path is not None and not (form == "export" and "explode" in self.plecto and path.startswith("../")):
                return True
        return False

    def options(self, form, seed):
        """Without these right records in this form lack something."""
        given = ["--schema", self.path, "--tz", "America/Phoenix"]
        roles = [field.get("plecto", {}).get("role") for field in self.json["fields"]]
        if form != "csv" or ("employee" in roles and "employee-name" not in roles):
            given += ["--roster", "roster.csv"]  # people by ID only, as API records often have them
        if not self.has_person(form, seed) and "employee" not in self.plecto:
            given += ["--default-employee", "Office"]
        if self.plecto.get("date") == "period" or "{period}" in self.plecto.get("id", ""):
            given += ["--period", "2024-01-01..2026-12-31"]
        return given


def schemas():
    folder = os.path.join(ROOT, "schemas")
    names = sorted(name for name in os.listdir(folder) if name.endswith(".json") and not name.endswith(".schema.json"))
    return [Schema(os.path.join(folder, name)) for name in names]


def make(schema, seed, form, *damage):
    """The file's name and where the damage is; None where the schema has no such records."""
    name = "%s-%d.%s" % (schema.name, seed, "csv" if form == "csv" else "json")
    with open(name, "wb") as out:
        made = subprocess.run([MAKER, schema.path, str(seed), str(RECORDS), form, *damage], stdout=out,
                              stderr=subprocess.PIPE)
    if made.returncode == 3:
        return None
    if made.returncode != 0:
        sys.exit("random_records %s: %s" % (schema.path, made.stderr.decode()))
    return name, json.loads(made.stderr or b"{}")


def rows_of(schema, form, name):
    """Rows and empty lists of the file, counted here."""
    explode = schema.plecto.get("explode")
    if form in ("csv", "export") or not explode:
        return RECORDS, 0
    with open(name, encoding="utf-8") as file:
        records = json.load(file)["data"] if form == "list" else [json.loads(line) for line in file]
    lengths = []
    for record in records:
        for key in explode.split("."):
            record = (record or {}).get(key)
        lengths.append(len(record or []))
    return sum(lengths), lengths.count(0)


def validate(given, name):
    ran = subprocess.run([PROGRAM, "validate", *given, "--format", "json", name], capture_output=True)
    try:
        return ran, json.loads(ran.stdout)
    except ValueError:
        return ran, None


def complain(what, given, name, ran, result):
    print("%s: %s %s (exit %d)\n%s" % (what, " ".join(given), name, ran.returncode, ran.stderr.decode()))
    for cause in result["issues"]["causes"] if result else []:
        example = cause["examples"][0] if cause["examples"] else {}
        print(" ", cause["code"], cause["field"], cause["count"], example)
    if result:
        print(" ", result["ledger"]["rows"])
    return 1


def right(form):
    checked = wrong = 0
    for schema in schemas():
        for seed in SEEDS:
            made = make(schema, seed, form)
            if not made:
                continue
            name = made[0]
            given = schema.options(form, seed)
            rows, empty = rows_of(schema, form, name)
            ran, result = validate(given, name)
            checked += 1
            if ran.returncode != 0 or not result:
                wrong += complain("refused", given, name, ran, result)
                continue
            ledger = result["ledger"]["rows"]
            if result["issues"]["causes"]:
                wrong += complain("false issue", given, name, ran, result)
            elif not (result["ledger"]["balanced"] and ledger["in"] == rows + empty and ledger["written"] == rows and
                      ledger["empty_lists"] == empty):
                wrong += complain("not %d rows and %d empty lists" % (rows, empty), given, name, ran, result)
    return checked, wrong, LEAST_RIGHT[form] * len(SEEDS)


def is_told(result, kind, place):
    """One issue, of the kind, at the place; the program names a column by its label, an API field by its path."""
    causes, rows = result["issues"]["causes"], result["ledger"]["rows"]
    if not (result["issues"]["errors"] == 1 and result["ledger"]["balanced"] and rows["rejected"] == 1 and len(causes) == 1):
        return False
    cause = causes[0]
    field = cause["field"]
    is_field = field == place["field"] or re.sub(r".*\[\*\]\.", "", field) == re.sub(r"^\.\./", "", place["path"])
    example = cause["examples"][0]
    return (cause["code"] in CODES[kind] and cause["count"] == 1 and is_field and example["line"] == place["line"] and
            example["column"] == place["column"])


def damage(kind):
    checked = wrong = 0
    step = 1 if NIGHT or kind == "duration" else 3  # few schemas have a length of time
    for number, schema in enumerate(schemas(), 1):
        if number % step != KINDS.index(kind) % step:
            continue
        for form in ("csv", "list"):
            for seed in SEEDS:
                made = make(schema, seed, form, "--damage", kind)
                if not made:
                    continue
                name, place = made
                given = schema.options(form, seed)
                if kind == "employee" and "--default-employee" in given:
                    continue  # a person by option is no missing one
                ran, result = validate(given, name)
                checked += 1
                # an open record without a person or an ID is not yet anybody's, where the schema says so
                if kind in ("employee", "id") and "open" in schema.plecto and result and result["ledger"]["rows"]["not_yet"] == 1:
                    continue
                if ran.returncode != 1 or not result:
                    wrong += complain("damage to %s not told, exit not 1" % kind, given, name, ran, result)
                elif not is_told(result, kind, place):
                    wrong += complain("one %s damaged at %s" % (kind, place), given, name, ran, result)
    return checked, wrong, LEAST[kind] * len(SEEDS) // (1 if step == 1 else 4)


def main():
    with open("roster.csv", "wb") as out:
        subprocess.run([MAKER, "roster"], stdout=out, check=True)
    checked, wrong, least = right(sys.argv[2]) if sys.argv[1] == "right" else damage(sys.argv[2])
    print("%d files, %d wrong" % (checked, wrong))
    # so that leaving all out is no success
    sys.exit(wrong > 0 or checked < least)


main()
