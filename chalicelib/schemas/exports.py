"""Everything that is stored about a person or a school, table by table."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta

from chalicelib.schemas.base import Out, PageQuery

PersonSection = Literal[
    "profile", "memberships", "identities", "family_links", "consents", "sessions",
    "notifications", "mails",
    "attempts", "diagnoses", "reviews", "attempt_skills", "mastery", "practice", "photos", "transcripts",
    "alerts", "telemetry", "assignments", "assignment_students", "assignment_exercises",
    "guides", "guide_submissions", "guide_pages",
    "tutor_sessions", "tutor_messages", "tutor_days", "audit",
]  # fmt: skip
SchoolSection = Literal[
    "school", "users", "classrooms", "memberships", "invites", "identities", "family_links", "consents",
    "switches", "costs", "service_keys", "exercises", "exercise_skills", "attempts", "diagnoses",
    "reviews", "attempt_skills", "mastery", "practice", "photos", "transcripts", "alerts", "telemetry",
    "assignments", "assignment_students", "assignment_exercises", "notifications", "mails",
    "guides", "guide_versions", "guide_publications", "guide_classrooms", "guide_submissions", "guide_pages",
    "tutor_days", "audit",
]  # fmt: skip


class PersonExportQuery(PageQuery, kw_only=True):
    """Which table of one's own data."""

    section: Annotated[PersonSection, Meta(description="The table to read.", examples=["attempts"])]


class SchoolExportQuery(PageQuery, kw_only=True):
    """Which table of the school's data."""

    section: Annotated[SchoolSection, Meta(description="The table to read.", examples=["users"])]


class Row(Out):
    """One row as it is stored. Secrets, and hashes of them, are left out."""

    section: Annotated[str, Meta(description="The table.", examples=["mastery"])]
    values: Annotated[
        dict[str, Any], Meta(description="The row by column.", examples=[{"p_known": 0.692683, "seq": 1}])
    ]
