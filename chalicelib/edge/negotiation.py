"""In which form an answer is wanted: the `Accept` header (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

SPECIFIC, SUBTYPES, ANYTHING = 2, 1, 0


def preferred(accept: str, offered: Sequence[str]) -> str:
    """The one of the `offered` media types that `accept` likes best; of several, the one offered first.

    Where it likes none, the first all the same: an answer in another form says more than a refusal.
    """
    ranges = list(_ranges(accept))
    if not ranges:
        return offered[0]
    return max(offered, key=lambda media_type: _quality(media_type, ranges))


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """Each media range with its quality; what is malformed is passed over."""
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if "/" in name:
            yield name, _q(parameters)


def _q(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """How much a media type is liked: what the most specific range that it falls under says."""
    main = media_type.partition(";")[0].strip()
    specific = {main: SPECIFIC, f"{main.partition('/')[0]}/*": SUBTYPES, "*/*": ANYTHING}
    found = [(specific[name], quality) for name, quality in ranges if name in specific]
    return max(found)[1] if found else 0.0
