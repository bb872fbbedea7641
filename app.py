"""The surface of Tiza: every route and the authorizer. Each delegates in a line or two.

A route's parameters say what it needs, its annotations how that looks, its docstring what it does: the
OpenAPI document is made from them. Services and schemas are imported when a route first needs them.
"""

from __future__ import annotations

import os
from uuid import UUID  # noqa: F401 (evaluated from annotations)

from chalice import Chalice

from chalicelib import observe, schemas, services, settings
from chalicelib.edge import authorizer
from chalicelib.edge.routes import PUBLIC, Api

observe.configure()
settings.check()
app = Chalice(app_name="tiza", configure_logs=False)


@app.authorizer(ttl_seconds=300)
def authorize(auth_request):
    return authorizer.check(auth_request)


api = Api(app, authorize)


# --- the service itself ---------------------------------------------------------------------------


@api.get("/health", allow=PUBLIC, transaction=False)
def health() -> dict[str, str]:
    """Whether the process answers. Needs no database."""
    return {"status": "ok"}


@api.get("/ready", allow=PUBLIC)
def ready() -> schemas.system.Readiness:
    """Whether the database answers and has the schema that this code needs."""
    return services.health.ready()


# --- signing in -----------------------------------------------------------------------------------


# --- me ---------------------------------------------------------------------------------------------


# --- schools and users --------------------------------------------------------------------------------


# --- families -----------------------------------------------------------------------------------------


# --- classrooms ---------------------------------------------------------------------------------------


# --- skills and exercises -----------------------------------------------------------------------------


# --- attempts and mastery -----------------------------------------------------------------------------


api.add_preflights()

if os.environ.get("AWS_CHALICE_CLI_MODE"):
    from chalicelib.edge import local_gateway

    local_gateway.install(app)
