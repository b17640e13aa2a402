"""plecto_answers.py: bodies with which a server may answer a list of registrations, whatever its status says.

Each takes what was sent (objects) and what the server kept of it (external IDs), and tells the truth about the latter or
nothing at all. Behaviour "answer" of the stand-in names one with its status; "keeps" says what it keeps.
"""


def ids(sent):
    return [one["external_id"] for one in sent]


def gone(sent, kept):
    return [one for one in ids(sent) if one not in kept]


ANSWERS = {
    # says all, or names some
    "objects": lambda sent, kept: [{"uuid": "%032x" % n, "external_id": one} for n, one in enumerate(kept)],
    "references": lambda sent, kept: [{"uuid": "%032x" % n, "reference": one} for n, one in enumerate(kept)],
    "echo": lambda sent, kept: {"results": [one for one in sent if one["external_id"] in kept]},
    "ids": lambda sent, kept: {"created": list(kept)},
    "created-failed-ids": lambda sent, kept: {"created": list(kept), "failed": gone(sent, kept)},
    "multi": lambda sent, kept: [{"external_id": one, "status": 201 if one in kept else 400} for one in ids(sent)],
    "multi-words": lambda sent, kept: {"results": [
        {"external_id": one, "status": "created" if one in kept else "rejected"} for one in ids(sent)]},
    "errors-inside": lambda sent, kept: [
        {"external_id": one, **({} if one in kept else {"errors": {"Jobs Total": ["no"]}})} for one in ids(sent)],
    "nested-error": lambda sent, kept: {"data": {"items": [
        {"external_id": one, "result": {"ok": one in kept}} for one in ids(sent)]}},
    "by-id": lambda sent, kept: {one: {"status": 200 if one in kept else 422} for one in ids(sent)},
    # numbers and words
    "counts": lambda sent, kept: {"created": len(kept), "failed": len(sent) - len(kept)},
    "count": lambda sent, kept: {"count": len(kept)},
    "number": lambda sent, kept: len(kept),
    "errors": lambda sent, kept: {"errors": ["no"] if len(kept) < len(sent) else []},
    "success": lambda sent, kept: {"success": len(kept) == len(sent)},
    "detail": lambda sent, kept: {"detail": "Authentication credentials were not provided."},
    "message": lambda sent, kept: {"message": "maintenance"},
    "queued": lambda sent, kept: {"status": "queued"},
    # nothing
    "empty": lambda sent, kept: None,
    "list": lambda sent, kept: [],
    "object": lambda sent, kept: {},
    "null": lambda sent, kept: NULL,
    "ok": lambda sent, kept: "OK!",
    "no-ids": lambda sent, kept: [{} for _ in sent],
}

# What a proxy puts in Plecto's place, with whatever status.
PROXY_PAGES = {
    "log-in page": lambda sent, kept: "<!DOCTYPE html><title>Log in</title><p>Registered: %s</p>" % " ".join(ids(sent)),
    "blocked": lambda sent, kept: {"blocked": True, "policy": "Uploads", "request": {"bytes": 4711}},
    "accepted": lambda sent, kept: {"status": "accepted", "message": "Queued for delivery", "id": 4711},
    "echoed": lambda sent, kept: {"proxy": "cache", "request": {"method": "POST", "body": sent}},
    "plain": lambda sent, kept: "OK",
}

NULL = object()  # the JSON null; None is no body at all
KEEPS = {
    "all": lambda bodies: bodies,
    "none": lambda bodies: [],
    "half": lambda bodies: bodies[:(len(bodies) + 1) // 2],
    "but-first": lambda bodies: bodies[1:],
    "but-last": lambda bodies: bodies[:-1],
}
