"""How the books of a region look, as plain values of the tree."""

import re
from dataclasses import dataclass

from export import palette
from masterplan.enums import CoverKind
from smartcity.ui.colour import mixed_with_white, readable_shade

SOFT = 0.88  # of white in the field behind words
NUMERAL = 0.22
OWN_COLOURS = ("accent", "accent-deep", "accent-soft", "accent-line")
DRAWN = re.compile(rf'="({"|".join(palette.TOKENS[name] for name in OWN_COLOURS)})"')


@dataclass(frozen=True)
class LookPicture:
    """A picture of the cover among the assets; sizes in pixels."""

    asset: str
    alt: str
    width: int
    height: int
    credit: str = ""

    @property
    def is_wide(self) -> bool:
        return self.width >= self.height


@dataclass(frozen=True)
class Look:
    """Empty colours are those of the product."""

    cover: str = CoverKind.GEOMETRIC.value
    primary: str = ""
    secondary: str = ""
    crest: LookPicture | None = None
    photo: LookPicture | None = None

    @property
    def deep(self) -> str:
        return self.primary or palette.ACCENT_DEEP

    @property
    def bright(self) -> str:
        return self.secondary or palette.ACCENT

    @property
    def colours(self) -> dict[str, str]:
        """By the names of colours.css; empty with the colours of the product."""
        if not (self.primary or self.secondary):
            return {}
        return {
            "accent": self.bright,
            "accent-deep": self.deep,
            "accent-soft": mixed_with_white(self.bright, SOFT),
            "accent-line": readable_shade(self.deep),
            "numeral": mixed_with_white(self.deep, NUMERAL),
        }

    def coloured(self, html: str) -> str:
        """Drawings with the region's colours: they name theirs as attributes, which no text of a person can be."""
        colours = self.colours
        if not colours:
            return html
        own = {palette.TOKENS[name]: colours[name] for name in OWN_COLOURS}
        return DRAWN.sub(lambda found: f'="{own[found[1]]}"', html)
