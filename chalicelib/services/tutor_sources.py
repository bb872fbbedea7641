"""What the tutor may rest a reply on: the bug catalogue and the worksheets of the student's classes."""

from __future__ import annotations

import hashlib
from typing import Final, Literal, NamedTuple
from uuid import UUID

from chalicelib.services import findings, retirement
from chalicelib.store.database import database

MOST_QUESTIONS: Final = 200  # of worksheets, the newest first
# Only questions whose right answer the engine can tell: of no other could it see that it is given away.
GUIDES = """
    SELECT g.id::text, g.title, q.value->>'label', q.value->>'text', q.value->>'problem'
    FROM guides g
    JOIN guide_publications p ON p.guide_id = g.id
    JOIN guide_versions v ON v.guide_id = g.id AND v.version = p.version
    CROSS JOIN LATERAL jsonb_array_elements(v.questions) AS q
    WHERE g.state IN ('published', 'closed') AND q.value->>'problem' IS NOT NULL AND EXISTS (
        SELECT 1 FROM guide_classrooms c
        JOIN memberships m ON m.classroom_id = c.classroom_id
        WHERE c.guide_id = g.id AND m.user_id = %(student)s AND m.role = 'student'
    )
    ORDER BY p.published_at DESC, g.id LIMIT %(most)s
"""


class Source(NamedTuple):
    """A text to rest on. `problem` is canonical, of a worksheet's question."""

    kind: Literal["bug", "guide"]
    id: str
    title: str
    text: str
    problem: str | None = None

    @property
    def hash(self) -> str:
        """By which its vector is found: SHA-256, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def readable(student_id: UUID, topic: str, locale: str) -> list[Source]:
    """All that the tutor may rest on when it talks with that student about a topic."""
    return [*of_catalogue(topic, locale), *of_guides(student_id)]


def of_catalogue(topic: str, locale: str) -> list[Source]:
    """The bugs of a topic that are not retired, in the words for students."""
    from chalicelib.diagnosis import bugs

    gone = retirement.retired()
    return [of_bug(bug.id, locale) for bug in bugs(topic) if bug.id not in gone]


def of_bug(bug: str, locale: str) -> Source:
    """One bug of the catalogue."""
    name, explanation = findings.bug_text(bug, locale)
    return Source("bug", bug, name, f"{name}. {explanation}")


def of_guides(student_id: UUID) -> list[Source]:
    """The questions of the worksheets that were published to the student's classes."""
    values = {"student": str(student_id), "most": MOST_QUESTIONS}
    return [
        Source("guide", guide, f"{title}, {label}", text, problem)
        for guide, title, label, text, problem in database.execute_sql(GUIDES, values)
    ]
