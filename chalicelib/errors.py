"""The errors that Tiza answers with.

Each class is one code of the API: `code` is the stable name a client may branch on, `status` the HTTP
status (RFC 9110), the docstring what it means. `docs/errors.md` is made from this module. A service
raises them; only the edge turns them into an HTTP answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar


class TizaError(Exception):
    """An error that the caller is told about.

    `message` is one plain sentence for a developer; `details` is JSON; `retry_after` is in seconds.
    """

    code: ClassVar[str] = "INTERNAL_ERROR"
    status: ClassVar[int] = 500
    message: str = "Something went wrong on our side."

    def __init__(self, message: str | None = None, *, retry_after: int | None = None, **details: Any) -> None:
        super().__init__(message or self.message)
        self.message = message or self.message
        self.details: Mapping[str, Any] = details
        self.retry_after = retry_after


class InternalError(TizaError):
    """An unforeseen fault. The trace is in the log, under the request id."""


class ValidationError(TizaError):
    """The request is malformed: `details.path` says where, `details.reason` why."""

    code = "VALIDATION_ERROR"
    status = 400
    message = "The request is not valid."


class ProblemError(ValidationError):
    """The problem is outside the grammar: `details.position` and `details.expected` say where and what."""

    code = "PROBLEM_SYNTAX_ERROR"
    message = "The problem cannot be read."


class CursorError(ValidationError):
    """The cursor was not made by this list, or was changed."""

    code = "INVALID_CURSOR"
    message = "The cursor is not valid for this list."


class UnauthorizedError(TizaError):
    """No token, or one that is expired, revoked or not ours. Sign in again."""

    code = "UNAUTHORIZED"
    status = 401
    message = "A valid access token is required."


class CredentialsError(UnauthorizedError):
    """The name or the secret is wrong; which of them is never said."""

    code = "INVALID_CREDENTIALS"
    message = "The credentials are not right."


class EmailNotVerifiedError(TizaError):
    """The password is right, but the address was never confirmed."""

    code = "EMAIL_NOT_VERIFIED"
    status = 403
    message = "The e-mail address has not been verified yet."


class ForbiddenError(TizaError):
    """The caller's role never has this action."""

    code = "FORBIDDEN"
    status = 403
    message = "Your role does not allow this."


class ConsentRequiredError(TizaError):
    """The student is a minor, and nobody who may has consented to `details.kind`."""

    code = "CONSENT_REQUIRED"
    status = 403
    message = "A parent's consent is required."


class NotFoundError(TizaError):
    """There is no such thing, or the caller may not see it."""

    code = "NOT_FOUND"
    status = 404
    message = "There is no such resource."


class ConflictError(TizaError):
    """The request contradicts what is stored; `details` says what."""

    code = "CONFLICT"
    status = 409
    message = "The request conflicts with the present state."


class IdempotencyMismatchError(ConflictError):
    """This idempotency key was used with another request."""

    code = "IDEMPOTENCY_KEY_REUSED"
    message = "The idempotency key was used before with another request."


class InProgressError(ConflictError):
    """The first request with this idempotency key is still running."""

    code = "REQUEST_IN_PROGRESS"
    message = "A request with this idempotency key is still running."


class InviteError(ConflictError):
    """The invite or link code is unknown, expired or used up."""

    code = "INVALID_CODE"
    message = "The code is unknown, expired or used up."


class TokenUsedError(ConflictError):
    """The one-time token is unknown, expired or was used before."""

    code = "INVALID_ONE_TIME_TOKEN"
    message = "The token is unknown, expired or was used before."


class TokenReplacedError(ConflictError):
    """Another request replaced this refresh token at the same moment; go on with what that one got."""

    code = "TOKEN_JUST_REPLACED"
    message = "Another request has just replaced this refresh token."


class PayloadTooLargeError(TizaError):
    """The body is larger than `details.limit_bytes`."""

    code = "PAYLOAD_TOO_LARGE"
    status = 413
    message = "The request body is too large."


class MediaTypeError(TizaError):
    """The body is not of a media type that this endpoint reads."""

    code = "UNSUPPORTED_MEDIA_TYPE"
    status = 415
    message = "Send the body as application/json in UTF-8, without content encoding."


class RateLimitError(TizaError):
    """Too many requests; wait `Retry-After` seconds."""

    code = "RATE_LIMITED"
    status = 429
    message = "Too many requests."


class LockedError(RateLimitError):
    """Too many failed sign-ins for this account from this address; wait `Retry-After` seconds."""

    code = "ACCOUNT_LOCKED"
    message = "Too many failed attempts. Wait before trying again."


class BudgetSpentError(RateLimitError):
    """The school has spent what it may spend on language models today; `Retry-After` is tomorrow's begin."""

    code = "BUDGET_SPENT"
    message = "The school's budget of today is spent."


class QuotaSpentError(RateLimitError):
    """Today's messages to the tutor are used up, `details.limit` of them; `Retry-After` is midnight there."""

    code = "QUOTA_SPENT"
    message = "There are no more messages to the tutor today."


class UnavailableError(TizaError):
    """The database or a provider is away; try again after `Retry-After` seconds."""

    code = "UNAVAILABLE"
    status = 503
    message = "The service is not available right now."


class SwitchedOffError(UnavailableError):
    """`details.feature` is switched off for all, paused by the school, or not set up on this stage."""

    code = "SWITCHED_OFF"
    message = "This is switched off at present."


class ModelUnavailableError(UnavailableError):
    """No language model gives an answer that can be used right now; try again after `Retry-After` seconds."""

    code = "MODEL_UNAVAILABLE"
    message = "No language model is available right now."


def all_errors() -> Iterator[type[TizaError]]:
    """Every error class, each code once, in the order of this file."""
    pending: list[type[TizaError]] = [TizaError]
    classes = []
    while pending:
        cls = pending.pop(0)
        classes.append(cls)
        pending.extend(cls.__subclasses__())
    seen: set[str] = set()
    for cls in sorted(classes, key=lambda c: (c.status, list(globals()).index(c.__name__))):
        if cls is not TizaError and cls.code not in seen:
            seen.add(cls.code)
            yield cls
