"""What requests and answers look like: msgspec structs, one module per resource.

Imported when first used (PEP 562), like the services. Unknown fields of a request are an error; every field
says what it means, within which bounds, with an example: the OpenAPI document is made from them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib.schemas import alerts as alerts
    from chalicelib.schemas import assignments as assignments
    from chalicelib.schemas import attempts as attempts
    from chalicelib.schemas import audit as audit
    from chalicelib.schemas import auth as auth
    from chalicelib.schemas import base as base
    from chalicelib.schemas import bugs as bugs
    from chalicelib.schemas import classrooms as classrooms
    from chalicelib.schemas import corrections as corrections
    from chalicelib.schemas import diagnose as diagnose
    from chalicelib.schemas import events as events
    from chalicelib.schemas import exercises as exercises
    from chalicelib.schemas import exports as exports
    from chalicelib.schemas import families as families
    from chalicelib.schemas import fits as fits
    from chalicelib.schemas import guide_submissions as guide_submissions
    from chalicelib.schemas import guides as guides
    from chalicelib.schemas import invites as invites
    from chalicelib.schemas import mastery as mastery
    from chalicelib.schemas import me as me
    from chalicelib.schemas import notifications as notifications
    from chalicelib.schemas import operations as operations
    from chalicelib.schemas import photos as photos
    from chalicelib.schemas import practice as practice
    from chalicelib.schemas import reviews as reviews
    from chalicelib.schemas import roster as roster
    from chalicelib.schemas import schools as schools
    from chalicelib.schemas import service_keys as service_keys
    from chalicelib.schemas import skills as skills
    from chalicelib.schemas import system as system
    from chalicelib.schemas import tutor as tutor
    from chalicelib.schemas import users as users


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    return importlib.import_module(f"{__name__}.{name}")
