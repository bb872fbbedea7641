"""A circuit breaker for each model, in the database: Lambda's processes share no memory.

After `FAILURES` in a row a model is not asked for `OPEN_SECONDS`. Then one caller tries it, and the others
wait for `OPEN_SECONDS` more, or for that caller's success.
"""

from __future__ import annotations

from chalicelib.store.database import database

FAILURES = 3
OPEN_SECONDS = 30

# The statement sees the breaker as it was: of those who find the time over, one moves it on and may ask.
MAY_ASK = """
    WITH probe AS (
        UPDATE model_breakers SET open_until = now() + make_interval(secs => %(open)s)
        WHERE model = %(model)s AND open_until <= now() RETURNING model
    )
    SELECT EXISTS (SELECT FROM probe)
        OR NOT EXISTS (SELECT FROM model_breakers WHERE model = %(model)s AND open_until IS NOT NULL)
"""
FAILED = """
    INSERT INTO model_breakers AS b (model, failures) VALUES (%(model)s, 1)
    ON CONFLICT (model) DO UPDATE SET failures = b.failures + 1,
        open_until = CASE WHEN b.failures + 1 >= %(most)s THEN now() + make_interval(secs => %(open)s) END
"""
ANSWERED = (
    "UPDATE model_breakers SET failures = 0, open_until = NULL WHERE model = %(model)s AND failures > 0"
)


def may_ask(model: str) -> bool:
    """Whether that model may be asked now. In no transaction: what it decides must be seen at once."""
    row = database.execute_sql(MAY_ASK, {"model": model, "open": OPEN_SECONDS}).fetchone()
    return bool(row[0])


def failed(model: str) -> None:
    """Count a failure."""
    database.execute_sql(FAILED, {"model": model, "most": FAILURES, "open": OPEN_SECONDS})


def answered(model: str) -> None:
    """Forget the failures."""
    database.execute_sql(ANSWERED, {"model": model})
