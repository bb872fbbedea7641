"""A small API of its own, with one endpoint for each thing that a route can declare."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from chalice import Chalice
from msgspec import UNSET, Meta, UnsetType, field

from chalicelib.caller import ANYONE, STAFF, Caller
from chalicelib.edge import authorizer
from chalicelib.edge.http import Page
from chalicelib.edge.request import Request
from chalicelib.edge.responses import CSV, HTML, SVG, Answer
from chalicelib.edge.routes import PUBLIC, Api
from chalicelib.errors import ConflictError, InviteError, NotFoundError
from chalicelib.schemas.base import EXAMPLE_ID, Id, In, Name, Out, PageQuery, Pin

Grams = Annotated[int, Meta(ge=1, le=10_000, description="The weight.", examples=[250])]


class Part(In):
    """A part of a thing."""

    name: Name
    weight: Grams | None = None


class Make(In):
    """A thing to make."""

    name: Name
    pin: Pin
    parts: Annotated[list[Part], Meta(max_length=5, description="What it is made of.")]
    labels: Annotated[dict[str, str], Meta(max_length=5, examples=[{"colour": "red"}])] = field(
        default_factory=dict
    )


class Change(In):
    """What to change."""

    name: Name | UnsetType = UNSET


class ByName(In, tag="name", tag_field="kind"):
    """Looked up by name."""

    name: Name


class ById(In, tag="id", tag_field="kind"):
    """Looked up by id."""

    id: Id


class Either(In):
    """Exactly one of two."""

    name: Name | UnsetType = UNSET
    pin: Pin | UnsetType = UNSET

    def __post_init__(self) -> None:
        if (self.name is UNSET) == (self.pin is UNSET):
            raise ValueError("Exactly one of `name` and `pin` must be given.")


OneOfTwo = Annotated[
    Either,
    Meta(
        examples=[{"name": "Ada"}, {"pin": "4711"}],
        extra_json_schema={"oneOf": [{"required": ["name"]}, {"required": ["pin"]}]},
    ),
]


class Thing(Out):
    """A thing."""

    id: Id
    name: Name
    heaviest: Part | None


class Things(PageQuery):
    """Which things."""

    name: Name | None = None
    heavy: Annotated[bool, Meta(description="Heavy ones only.")] = False


app = Chalice("sample", configure_logs=False)


@app.authorizer()
def authorize(auth_request: Any) -> Any:
    return authorizer.check(auth_request)


api = Api(app, authorize)
FREE: Any = {"allow": PUBLIC, "limit": None, "transaction": False}


@api.post("/v1/things", status=201, **FREE)
def make_thing(body: Make) -> dict[str, str]:
    """Make a thing.

    It is given back as it was understood.
    """
    return {"name": body.name}


@api.get("/v1/things", etag=True, **FREE)
def list_things(query: Things) -> Page[Thing]:
    """List the things."""
    part = Part(name=query.name or "any", weight=10_000 if query.heavy else None)
    return Page([Thing(id=UUID(EXAMPLE_ID), name="thing", heaviest=part)] * query.limit, None)


@api.get("/v1/things/{thing_id}", etag=True, **FREE)
def read_thing(thing_id: UUID) -> dict[str, str]:
    """Read a thing."""
    return {"id": str(thing_id)}


@api.get("/v1/named/{name}", **FREE)
def read_named(name: str) -> dict[str, str]:
    """Read a thing by name."""
    return {"name": name}


@api.patch("/v1/things/{thing_id}", **FREE)
def change_thing(thing_id: UUID, body: Change) -> dict[str, bool]:
    """Change a thing."""
    return {"named": body.name is not UNSET}


@api.delete("/v1/things/{thing_id}", **FREE)
def delete_thing(thing_id: UUID) -> None:
    """Delete a thing."""


@api.post("/v1/find", **FREE)
def find_thing(body: ByName | ById) -> dict[str, str]:
    """Find a thing."""
    return {"found": type(body).__name__}


@api.post("/v1/choose", **FREE)
def choose_thing(body: OneOfTwo) -> dict[str, str]:
    """Choose a thing."""
    return {}


@api.get("/v1/missing", raises=(NotFoundError,), **FREE)
def miss_thing() -> dict[str, str]:
    """Look for what is not there. It never is."""
    raise NotFoundError(what="thing")


@api.get("/v1/broken", **FREE)
def break_thing() -> dict[str, str]:
    """Run into a fault."""
    raise RuntimeError("a secret that must not leave the house")


@api.get("/page", media_type=HTML, **FREE)
def page(request: Request) -> str:
    """Read a page."""
    return f"<p>{request.base_url}</p>"


@api.get(
    "/v1/drawn",
    etag=True,
    also={SVG: lambda drawn, locale: f"<svg>{drawn['name']} {locale}</svg>", CSV: lambda *_: "name\r\nA\r\n"},
    **FREE,
)
def draw_thing() -> dict[str, str]:
    """Draw a thing."""
    return {"name": "A"}


@api.get("/raw", **FREE)
def raw() -> Answer:
    """Read what has no envelope."""
    return Answer(200, '{"raw": true}')


@api.post("/v1/guarded", allow=STAFF, status=201, idempotent=True, raises=(InviteError, ConflictError))
def guard_thing(caller: Caller, body: Change) -> Thing:
    """Guard a thing."""
    raise NotImplementedError


@api.get("/v1/old", allow=ANYONE, deprecated=("@1767225600", "Thu, 31 Dec 2026 23:59:59 GMT"))
def read_old(caller: Caller) -> Thing:
    """Read an old thing."""
    raise NotImplementedError


@api.get("/v1/old-page", deprecated=("@1767225600", "Thu, 31 Dec 2026 23:59:59 GMT"), **FREE)
def read_old_page() -> dict[str, str]:
    """Read an old page."""
    return {}


api.add_preflights()
