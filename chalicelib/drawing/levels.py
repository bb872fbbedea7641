"""The colours of the four levels, from little known to well known.

They are steps of *viridis* (Smith & van der Walt, 2015), which everybody tells apart, whatever colours they
see, and which turn into ever lighter greys where a printer has no colour.
"""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.drawing import svg

SWATCH = 16
GAP = 18


class Colours(NamedTuple):
    """Of a level: its ground, and the ink that is legible on it (WCAG 2.2, 1.4.3: a contrast of 4.5)."""

    ground: str
    ink: str


LEVELS = (
    Colours("#440154", "#ffffff"),
    Colours("#31688e", "#ffffff"),
    Colours("#35b779", "#000000"),
    Colours("#fde725", "#000000"),
)


def key(x: float, y: float, names: tuple[str, ...], width: float) -> tuple[list[str], float]:
    """The swatches with the levels' names, in lines of `width` from (x, y) on; and where they end below."""
    parts = []
    across, down = x, y
    for colours, name in zip(LEVELS, names, strict=True):
        needed = SWATCH + 6 + svg.width_of(name, 12)
        if across > x and across + needed > x + width:
            across, down = x, down + SWATCH + 6
        parts.append(
            svg.element(
                "rect", x=across, y=down, width=SWATCH, height=SWATCH, fill=colours.ground, stroke=svg.FAINT
            )
        )
        parts.append(svg.words(across + SWATCH + 6, down + 12.5, name))
        across += needed + GAP
    return parts, down + SWATCH
