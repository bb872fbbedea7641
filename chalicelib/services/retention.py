"""How long each kind of data is kept: the one table of it, from which the page `docs/retention.md` is made.

What goes by its age is deleted by the database function `expire`, which has the same times fixed where the
application's role cannot change them (migration 0009); a test holds the two together. Everything of a school
goes with the school, whatever stands here.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from chalicelib.services.me import GRACE


class Kind(NamedTuple):
    """The rows of one table: what they are, and when they go.

    `after`, where it is given, is how long after `end` the cleanup deletes a row by its age.
    """

    table: str
    what: str
    end: str
    after: timedelta | None = None

    @property
    def rule(self) -> str:
        """When a row goes, in words."""
        if not self.after:
            return self.end
        return f"{self.after.days} day{'s' if self.after.days > 1 else ''} after {self.end}"


NEVER = "never"
WITH_PERSON = "with the account of whom it is about"
WITH_SCHOOL = "with the school"
UNLINKED = "with the school; an account's end unlinks it"
NOW, DAY, MONTH, QUARTER = (timedelta(days=days) for days in (0, 1, 30, 90))
YEAR, TWO_YEARS = timedelta(days=365), timedelta(days=731)

KINDS = (
    Kind("schools", "Schools and their settings", f"{GRACE.days} days after the request for deletion"),
    Kind("users", "Accounts", f"{GRACE.days} days after the request for deletion was confirmed"),
    Kind("identities", "Linked accounts of outside issuers", WITH_PERSON),
    Kind("family_links", "Links between parents and children", WITH_PERSON),
    Kind("consents", "Consents of parents, each with what came before it", WITH_PERSON),
    Kind("classrooms", "Classes", WITH_SCHOOL),
    Kind("memberships", "Who is in a class", WITH_PERSON),
    Kind("invites", "Invite and link codes", "they expire or are revoked", MONTH),
    Kind("refresh_tokens", "Refresh tokens (hashes)", "when they expire", NOW),
    Kind("token_families", "Sessions", "they began, once their last token is gone", DAY),
    Kind("one_time_tokens", "One-time tokens of mails (hashes)", "they expire", DAY),
    Kind("sign_in_failures", "Failed sign-ins (hashes)", "the last of them, or the lock's end", DAY),
    Kind("rate_counters", "Rate counters", "their minute", DAY),
    Kind("idempotency_records", "Answers to requests with an `Idempotency-Key`", "the answer", DAY),
    Kind("attempts", "Answers of students", UNLINKED),
    Kind("diagnoses", "What was found about them", UNLINKED),
    Kind("reviews", "Diagnoses that were doubted, and what staff said", WITH_PERSON),
    Kind("attempt_skills", "How each moved a belief", UNLINKED),
    Kind("mastery", "What students are believed to know", UNLINKED),
    Kind(
        "photos", "Photos of work", f"{MONTH.days} days after it was made; one that never came, after a day"
    ),
    Kind("guides", "Worksheets", "it was announced, if none came; else when staff delete it", DAY),
    Kind("guide_versions", "Their questions, version by version", "with the worksheet"),
    Kind("guide_publications", "That they were given to students", "with the worksheet"),
    Kind("guide_classrooms", "To which classes", "with the worksheet"),
    Kind("guide_submissions", "What students hand in of them, with its grades", "it was handed in", YEAR),
    Kind("guide_pages", "What was read from photos of them", "with what was handed in"),
    Kind("guide_steps", "What was asked of language models about them", "it was asked", MONTH),
    Kind("transcripts", "Lines of work that were read from photos", "they became attempts", QUARTER),
    Kind("telemetry_events", "Telemetry of students' clients", "it was received", QUARTER),
    Kind("alerts", "Alerts", "they were closed or resolved", YEAR),
    Kind("mail_preferences", "Subscriptions", WITH_PERSON),
    Kind("mail_deliveries", "That a mail was sent (not its text)", "it was asked for", QUARTER),
    Kind("mail_suppressions", "Addresses that get no mail (hashes)", NEVER),
    Kind("digest_runs", "Days on which a school was mailed", "the day", YEAR),
    Kind("assignments", "Assignments", "with the school; one student's alone with their account"),
    Kind("assignment_students", "For whom they are", WITH_PERSON),
    Kind("assignment_exercises", "What they are made of", "with the assignment"),
    Kind("exercises", "Exercises", WITH_SCHOOL),
    Kind("exercise_skills", "What they practise", WITH_SCHOOL),
    Kind("practice_given", "What students were given to practise", "it was given", QUARTER),
    Kind("switches", "Switches", WITH_SCHOOL),
    Kind("service_keys", "Keys of other systems (hashes)", "they expire or are revoked", YEAR),
    Kind("costs", "What was paid for, by day", "the day", TWO_YEARS),
    Kind("model_budgets", "What a day's questions to language models cost", "the day", QUARTER),
    Kind("model_answers", "What language models answered, without names", "it was answered", MONTH),
    Kind("model_breakers", "Which language model is away", NEVER),
    Kind("tutor_sessions", "Talks with the tutor", "the last message", MONTH),
    Kind("tutor_messages", "What was said there", "with the talk, or when the student deletes it"),
    Kind("tutor_days", "How many messages the tutor answered, by student and day", "the day", QUARTER),
    Kind("text_vectors", "Vectors of texts to look things up in, without the texts", "it was made", QUARTER),
    Kind("audit_entries", "Who did what, and who read which student's record", "it happened", TWO_YEARS),
    Kind("handled_messages", "Ids of messages that were handled", "that", MONTH),
    Kind("outbox", "Messages that wait to be sent", "when they are sent"),
    Kind("leases", "How scheduled work last ended", NEVER),
    Kind("skills", "Skills", NEVER),
    Kind("skill_prerequisites", "What comes before them", NEVER),
    Kind("skill_parameters", "Their fitted parameters, of no person", NEVER),
    Kind("fits", "How each fit of them and of exercises came out, of no person", NEVER),
    Kind("fit_backlogs", "How many answers wait for the next", NEVER),
    Kind("fit_marks", "Up to when a school's answers are counted there", WITH_SCHOOL),
    Kind("retired_bugs", "Bugs that an operator retired", NEVER),
)
BY_AGE = tuple(kind.table for kind in KINDS if kind.after is not None)
