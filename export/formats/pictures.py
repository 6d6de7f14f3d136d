"""Drawings as PNG, for programs that show no SVG; with the fonts of the book and no others."""

import re
import tempfile
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

import resvg_py

from export.faces import unpacked_faces

PIXELS_A_MM = 8  # about 200 dots per inch
SIZE = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)mm" height="([\d.]+)mm"')
TITLE, DESCRIPTION = (
    re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL),
    re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL),
)


@dataclass(frozen=True)
class Raster:
    """Sizes in millimetres; `says` is read aloud instead of the picture."""

    png: bytes
    width: float
    height: float
    says: str


def raster(svg: str) -> Raster:
    """A drawing of ours (export.figures.svg), which carries its size, title and description."""
    size = SIZE.search(svg)
    if size is None:
        msg = "the drawing does not say its size in millimetres"
        raise ValueError(msg)
    width, height = float(size[1]), float(size[2])
    png = resvg_py.svg_to_bytes(
        svg_string=svg, dpi=96, width=round(width * PIXELS_A_MM), skip_system_fonts=True, font_dirs=[_fonts().name]
    )
    words = [unescape(found[1]).strip() for found in (TITLE.search(svg), DESCRIPTION.search(svg)) if found]
    return Raster(bytes(png), width, height, ". ".join(filter(None, words)))


@cache
def _fonts() -> "tempfile.TemporaryDirectory[str]":
    """A folder of the unpacked faces, kept as long as the process."""
    folder = tempfile.TemporaryDirectory(prefix="smartcity-fonts-")
    for name, content in unpacked_faces().items():
        (Path(folder.name) / name).write_bytes(content)
    return folder
