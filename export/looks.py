"""How the books of a region look, frozen for the tree: cover, brand colours, crest and photo."""

import re
from dataclasses import dataclass

from export import palette
from masterplan.domain.book_look import look_of
from masterplan.domain.picture import bytes_of
from masterplan.enums import CoverKind
from masterplan.models import BookLook, Masterplan, Picture
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


def look_in_print(plan: Masterplan, chosen: BookLook | None = None) -> tuple[Look, dict[str, bytes]]:
    """With the bytes of its pictures by asset; a picture that is gone from the disk is left out."""
    row = chosen or look_of(plan.regency)
    found = bytes_of(plan, {picture.source for picture in (row.crest, row.photo) if picture})
    crest = _picture(row.crest, found, f"Lambang {plan.regency.full_name}")
    photo = _picture(row.photo, found, row.photo_alt, row.photo_credit)
    look = Look(row.cover, row.primary, row.secondary, crest, photo)
    return look, {_asset(picture): content for picture, content in found.values()}


def _picture(
    picture: Picture | None, found: dict[str, tuple[Picture, bytes]], alt: str, credit: str = ""
) -> LookPicture | None:
    if picture is None or picture.source not in found:
        return None
    return LookPicture(_asset(picture), alt, picture.width, picture.height, credit)


def _asset(picture: Picture) -> str:
    return f"picture-{picture.pk}.{picture.extension}"
