"""One module per resource: the business rules. A service knows no HTTP and no AWS event.

A module is imported when it is first used (PEP 562): a cold start pays for the one that is called.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib.services import accounts as accounts
    from chalicelib.services import attempts as attempts
    from chalicelib.services import bugs as bugs
    from chalicelib.services import classrooms as classrooms
    from chalicelib.services import credentials as credentials
    from chalicelib.services import deletion as deletion
    from chalicelib.services import diagnose as diagnose
    from chalicelib.services import exercises as exercises
    from chalicelib.services import exports as exports
    from chalicelib.services import families as families
    from chalicelib.services import generation as generation
    from chalicelib.services import health as health
    from chalicelib.services import invites as invites
    from chalicelib.services import mail as mail
    from chalicelib.services import mastery as mastery
    from chalicelib.services import me as me
    from chalicelib.services import members as members
    from chalicelib.services import passwords as passwords
    from chalicelib.services import schools as schools
    from chalicelib.services import sessions as sessions
    from chalicelib.services import skills as skills
    from chalicelib.services import users as users


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    return importlib.import_module(f"{__name__}.{name}")
