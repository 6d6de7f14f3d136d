"""A QR code as one path, so that it is sharp on paper and says what it is."""

from collections.abc import Iterable

import segno

from export import palette
from export.figures.svg import drawing, rect

QUIET = 4  # modules of white around it, as the standard asks
SIDE_MM = 26


def qr_drawing(address: str) -> str:
    """Dark modules as runs of one path: neighbours leave no hairline between them."""
    code = segno.make(address, error="m", micro=False)
    size = code.symbol_size(border=QUIET)[0]
    module = SIDE_MM / size
    runs = "".join(_runs(row, line * module, module) for line, row in enumerate(code.matrix_iter(border=QUIET)))
    body = rect(0, 0, SIDE_MM, SIDE_MM, palette.PAGE) + f'<path d="{runs}" fill="{palette.INK}"/>'
    return drawing(SIDE_MM, SIDE_MM, "Kode QR halaman pemeriksaan", body, f"Berisi alamat {address}")


def _runs(row: Iterable[int], y: float, module: float) -> str:
    found, start = "", None
    for place, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            width = (place - start) * module
            found += f"M{start * module:.3f} {y:.3f}h{width:.3f}v{module:.3f}h-{width:.3f}z"
            start = None
    return found
