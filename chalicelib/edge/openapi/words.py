"""What the OpenAPI document says that no route can: the introduction, the resources, the headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DESCRIPTION = """\
Tiza finds out why a pupil's answer is wrong.

**Sign in** with `POST /v1/auth/login` and send the access token with each call, as
`Authorization: Bearer <token>`. It lives for some minutes; `POST /v1/auth/refresh` gives the next one.
Another system sends its **service key** the same way; it may call what names one of its scopes, nothing else.

**Answers** are `{"data": ..., "meta": {...}}`. **Errors**, whatever their status, are
`{"error": {"code", "message", "details", "request_id"}}`. Branch on `code`, never on `message`. What you may
not see is `404`; `403` is for what your role never may.

**Lists** come in pages: `limit` says how many, `meta.next_cursor` is the `cursor` of the next page and null
at the end.

**Times** are RFC 3339 in UTC, ids are UUIDs, names are `snake_case`. Unknown fields and parameters are an
error, and so are control characters in text. Bodies are JSON of at most 1 MB.

**Try again safely**: send an `Idempotency-Key` where it is listed. The same key and body give the same answer
for 24 hours, byte for byte. After `429` and `503` wait `Retry-After` seconds. The gateway in front may answer
`429` to any call.

**Save traffic**: where an answer has an `ETag`, send it back as `If-None-Match`; `304` means that nothing
changed.
"""

# One line for each resource, in the order in which a newcomer needs them.
TAGS: Mapping[str, str] = {
    "auth": "Register, sign in, stay signed in, sign out, recover a password.",
    "me": "The signed-in user: profile, password, outside identities, own data.",
    "schools": "A school: settings, invites for its staff, its data.",
    "users": "The people of a school.",
    "families": "Parents and their children: links, consent, how the week was.",
    "notifications": "Which mails somebody wants, and none without being asked for.",
    "classrooms": "Classes, who is in them, and the codes that let people in.",
    "roster": "The school's people and classes as CSV files, and a new school year.",
    "skills": "What is to be learnt, and in which order.",
    "exercises": "Problems to be set. The server works out the right answer.",
    "bugs": "The wrong procedures that are known, each with a worked example.",
    "diagnose": "What went wrong in an answer, without storing it.",
    "attempts": "A student's answers, each with its diagnosis.",
    "reviews": "Diagnoses that staff should look at.",
    "photos": "Photos of work on paper.",
    "students": "What one student is believed to know.",
    "practice": "The exercise that helps a student most next, and why.",
    "tutor": "Talks with a language model about one problem.",
    "events": "Telemetry of students' clients.",
    "assignments": "Exercises that are set, to a class or by Tiza itself, and what became of them.",
    "guides": "Worksheets: from the PDF over its questions and their key to what students hand in.",
    "alerts": "What a teacher should see about a class.",
    "audit": "Who did what, and who read which student's record.",
    "audit.csv": "The same as a file.",
    "operations": "Running the platform: queues, dead letters, costs, switches.",
    "service-keys": "Keys by which other systems call.",
    "service": "The API itself.",
}

HEADERS: Mapping[str, Any] = {
    "X-Request-Id": {
        "description": "The id of this call in the log. Name it when you report a problem.",
        "schema": {"type": "string"},
    },
    "ETag": {"description": "The version of this answer, for `If-None-Match`.", "schema": {"type": "string"}},
    "RateLimit": {
        "description": "Calls that are left in this window, and the seconds until the next.",
        "schema": {"type": "string", "examples": ['"write";r=119;t=42']},
    },
    "RateLimit-Policy": {
        "description": "Calls that a window allows, and its seconds.",
        "schema": {"type": "string", "examples": ['"write";q=120;w=60']},
    },
    "Retry-After": {
        "description": "Seconds to wait before the next try.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "WWW-Authenticate": {"description": "The scheme to sign in with.", "schema": {"const": "Bearer"}},
    "Deprecation": {"description": "Since when this is deprecated (RFC 9745).", "schema": {"type": "string"}},
    "Sunset": {"description": "When this goes away (RFC 8594).", "schema": {"type": "string"}},
}


def header_refs(*names: str) -> dict[str, Any]:
    """References to `HEADERS`, by name; `X-Request-Id` is with every answer."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in ("X-Request-Id", *names)}
