"""Errors that the diagnosis engine raises on purpose."""

from __future__ import annotations


class ProblemSyntaxError(ValueError):
    """A text is not in the grammar of problems.

    `position` is the index of the offending character in `text` (its length, where the text ends too
    soon); `expected` says in plain English what would have been right there.
    """

    def __init__(self, text: str, position: int, expected: str) -> None:
        super().__init__(f"at position {position}: expected {expected}")
        self.text = text
        self.position = position
        self.expected = expected

    def __reduce__(self) -> tuple[type[ProblemSyntaxError], tuple[str, int, str]]:
        """Rebuild from the arguments, so that the error survives pickling and copying."""
        return type(self), (self.text, self.position, self.expected)


class UnknownBugError(LookupError):
    """No bug of that id is in the catalogue."""


class UnknownTopicError(LookupError):
    """No topic of that name is installed."""
