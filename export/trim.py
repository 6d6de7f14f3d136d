"""Around the finished pages of the copy for the print shop: boxes of PDF and marks where the paper is cut."""

from collections.abc import Iterable

from pikepdf import Array, Object, Pdf

MM = 72 / 25.4
ROOM_MM = 9.0  # of the sheet around the page
GAP_MM = 1.0  # between the bleed and a mark
LINE = 0.25


def trimmed(pdf: Pdf, pages: Iterable[Object], bleed_mm: float) -> None:
    """Left-hand pages have been moved by now: marks that were typeset with them would have moved along."""
    for leaf in pages:
        _, _, width, height = (float(side) for side in leaf.MediaBox)
        leaf.MediaBox = leaf.CropBox = _around(width, height, ROOM_MM)
        leaf.BleedBox = _around(width, height, bleed_mm)
        leaf.TrimBox = _around(width, height, 0)
        held = leaf.Contents.as_list() if isinstance(leaf.Contents, Array) else [leaf.Contents]
        before, after = f"q {_clip(width, height, bleed_mm)}\n", f"\nQ\n{_marks(width, height, bleed_mm)}"
        leaf.Contents = Array([pdf.make_stream(before.encode()), *held, pdf.make_stream(after.encode())])


def _around(width: float, height: float, room_mm: float) -> Array:
    room = room_mm * MM
    return Array([round(side, 3) for side in (-room, -room, width + room, height + room)])


def _clip(width: float, height: float, bleed_mm: float) -> str:
    """Fields go on for 11 mm where pages may be moved; the marks stay free of them."""
    room = bleed_mm * MM
    return f"{-room:.3f} {-room:.3f} {width + 2 * room:.3f} {height + 2 * room:.3f} re W n"


def _marks(width: float, height: float, bleed_mm: float) -> str:
    near, far = (bleed_mm + GAP_MM) * MM, ROOM_MM * MM
    lines = [
        f"{x:.2f} {edge + side * near:.2f} m {x:.2f} {edge + side * far:.2f} l"
        for x in (0, width)
        for edge, side in ((0, -1), (height, 1))
    ]
    lines += [
        f"{edge + side * near:.2f} {y:.2f} m {edge + side * far:.2f} {y:.2f} l"
        for y in (0, height)
        for edge, side in ((0, -1), (width, 1))
    ]
    return f"/Artifact <</Type /Page>> BDC\nq {LINE} w 0 G {' '.join(lines)} S Q\nEMC\n"
