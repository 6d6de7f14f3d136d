"""The vendored faces for print, unpacked once a process: children that unpack them start three times as slowly."""

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import woff2

FOLDER = Path(__file__).resolve().parents[1] / "static" / "vendor" / "fonts"
type Face = tuple[str, int, str]
FACES: tuple[Face, ...] = (
    *(("Plus Jakarta Sans", weight, "normal") for weight in (400, 500, 600, 700, 800)),
    ("Plus Jakarta Sans", 400, "italic"),
    *(("Source Serif 4", weight, "normal") for weight in (300, 400, 600, 700)),
    ("Source Serif 4", 400, "italic"),
)


def face_rules(faces: Iterable[Face] = FACES) -> str:
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f'src: url("asset:{file_name((family, weight, style))}") }}'
        for family, weight, style in faces
    )


def unpacked_faces(faces: Iterable[Face] = FACES) -> dict[str, bytes]:
    return {file_name(face): unpacked(face) for face in faces}


@cache
def unpacked(face: Face) -> bytes:
    """TrueType, as it is embedded."""
    out = BytesIO()
    woff2.decompress(BytesIO((FOLDER / file_name(face)).with_suffix(".woff2").read_bytes()), out)
    return out.getvalue()


def file_name(face: Face) -> str:
    family, weight, style = face
    return f"{family.lower().replace(' ', '-')}-latin-{weight}-{style}.ttf"
