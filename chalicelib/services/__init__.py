"""One module per resource: the business rules. A service knows no HTTP and no AWS event.

A module is imported when it is first used (PEP 562): a cold start pays for the one that is called.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib.services import accounts as accounts
    from chalicelib.services import alert_rules as alert_rules
    from chalicelib.services import alerts as alerts
    from chalicelib.services import assignments as assignments
    from chalicelib.services import assignments_automatic as assignments_automatic
    from chalicelib.services import assignments_new as assignments_new
    from chalicelib.services import attempts as attempts
    from chalicelib.services import attempts_listed as attempts_listed
    from chalicelib.services import attention as attention
    from chalicelib.services import audit_trail as audit_trail
    from chalicelib.services import bugs as bugs
    from chalicelib.services import calibrate as calibrate
    from chalicelib.services import class_views as class_views
    from chalicelib.services import classify as classify
    from chalicelib.services import classrooms as classrooms
    from chalicelib.services import cleanup as cleanup
    from chalicelib.services import consents as consents
    from chalicelib.services import corrections as corrections
    from chalicelib.services import costs as costs
    from chalicelib.services import credentials as credentials
    from chalicelib.services import deletion as deletion
    from chalicelib.services import diagnose as diagnose
    from chalicelib.services import digest as digest
    from chalicelib.services import exercise_generate as exercise_generate
    from chalicelib.services import exercises as exercises
    from chalicelib.services import exports as exports
    from chalicelib.services import families as families
    from chalicelib.services import family_summary as family_summary
    from chalicelib.services import feedback as feedback
    from chalicelib.services import fits as fits
    from chalicelib.services import generation as generation
    from chalicelib.services import guide_grade as guide_grade
    from chalicelib.services import guide_ingest as guide_ingest
    from chalicelib.services import guide_marks as guide_marks
    from chalicelib.services import guide_publish as guide_publish
    from chalicelib.services import guide_results as guide_results
    from chalicelib.services import guide_review as guide_review
    from chalicelib.services import guide_solve as guide_solve
    from chalicelib.services import guide_submissions as guide_submissions
    from chalicelib.services import guides as guides
    from chalicelib.services import health as health
    from chalicelib.services import invites as invites
    from chalicelib.services import mail as mail
    from chalicelib.services import mastery as mastery
    from chalicelib.services import mastery_pictures as mastery_pictures
    from chalicelib.services import mastery_tables as mastery_tables
    from chalicelib.services import me as me
    from chalicelib.services import members as members
    from chalicelib.services import notifications as notifications
    from chalicelib.services import operations as operations
    from chalicelib.services import passwords as passwords
    from chalicelib.services import photo_uploads as photo_uploads
    from chalicelib.services import photo_words as photo_words
    from chalicelib.services import photos as photos
    from chalicelib.services import pins as pins
    from chalicelib.services import practice as practice
    from chalicelib.services import reprocess as reprocess
    from chalicelib.services import reviews as reviews
    from chalicelib.services import roster as roster
    from chalicelib.services import school_year as school_year
    from chalicelib.services import schools as schools
    from chalicelib.services import service_keys as service_keys
    from chalicelib.services import sessions as sessions
    from chalicelib.services import skills as skills
    from chalicelib.services import stories as stories
    from chalicelib.services import switches as switches
    from chalicelib.services import telemetry as telemetry
    from chalicelib.services import transcribe as transcribe
    from chalicelib.services import transcripts as transcripts
    from chalicelib.services import tutor as tutor
    from chalicelib.services import tutor_messages as tutor_messages
    from chalicelib.services import tutor_quota as tutor_quota
    from chalicelib.services import tutor_search as tutor_search
    from chalicelib.services import users as users


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    return importlib.import_module(f"{__name__}.{name}")
