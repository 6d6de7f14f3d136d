"""A QR code for paper."""

import segno

from export import palette

QUIET = 4  # modules of white around it, as the standard asks
SIDE_MM = 26


def qr_drawing(address: str) -> str:
    """Of numbers and the address; a screen reader is told that."""
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(
        border=QUIET, scale=SIDE_MM / code.symbol_size(border=QUIET)[0], unit="mm", svgclass=None, lineclass=None,
        dark=palette.INK, light=palette.PAGE, title="Kode QR halaman pemeriksaan", desc=f"Berisi alamat {address}",
    )  # fmt: skip
