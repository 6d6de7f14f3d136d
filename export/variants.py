"""What sets the ways of making a PDF apart, as plain values that the typesetting process reads too."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# A photograph stays clear on a screen and on an office printer; the file goes through mail and WhatsApp.
SMALL_PICTURES = {"dpi": 110, "jpeg_quality": 70, "optimize_images": True}


@dataclass(frozen=True)
class Making:
    """`standard` is WeasyPrint's name, None for pages as pictures without tags; `options` are its own; `sheets` stand below
    static/css/book; `bleed_mm` goes on beyond the edge that is cut."""

    standard: str | None
    options: Mapping[str, int | bool] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    bleed_mm: float = 0
    carries_data: bool = False

    @property
    def is_archive(self) -> bool:
        return self.standard == "pdf/a-3a"


MAKINGS = {
    "archive": Making("pdf/a-3a", carries_data=True),
    "small": Making("pdf/ua-1", options=SMALL_PICTURES),
    "print": Making("pdf/ua-1", sheets=("bleed",), bleed_mm=3),
    "plain": Making("pdf/ua-1"),
    "screen": Making(None),
}
