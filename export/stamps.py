"""Words in the margins of a finished page: running heads, feet, page labels, what goes on over a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Literal

from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from export import palette
from export.faces import Face, unpacked
from export.paging import PlacedPart

type Side = Literal["left", "center", "right"]

MM = 72 / 25.4
INNER_MM, OUTER_MM = 30.0, 22.0
LANDSCAPE_MM = 18.0
SHIFT = (INNER_MM - OUTER_MM) * MM  # of a left-hand page, which was set as a right-hand one
HEAD_MM, FOOT_MM, FOOT_LANDSCAPE_MM = 20.0, 278.4, 199.0  # lower edge of heads, upper edge of feet, from the top
LINE = 11.0
WORD_SPACE = 0.09
LAYOUT_TABLES = ("GPOS", "GSUB", "GDEF")
MEDIUM: Face = ("Plus Jakarta Sans", 500, "normal")
BOLD: Face = ("Plus Jakarta Sans", 700, "normal")
MUTED = palette.MUTED
WIDEST = 0.68  # of the type area, for a head; a longer one ends with an ellipsis


@dataclass(frozen=True)
class Stamp:
    """`at` is a share of the type area; `edge` the distance from the top in points: of the foot for heads."""

    text: str
    side: Side
    at: float
    is_head: bool
    face: Face = MEDIUM
    size: float = 7.5
    colour: str = MUTED


def stamps_of(place: PlacedPart, page: int) -> Iterator[Stamp]:
    run, facts = place.part.run, place.sidecar.pages[page]
    if run is None or place.part.is_bare:
        return
    is_wide = facts.width > facts.height
    is_left = place.page_is_left(page) and not is_wide
    inner: Side = "right" if is_left else "left"
    outer: Side = "left" if is_left else "right"
    if not (run.has_opening and place.number + page == 1):
        yield _stamp(run.book_head if is_left else run.head, "left" if is_wide else outer, is_head=True)
        yield _stamp(facts.continued, "right" if is_wide else inner, is_head=True)
    yield _stamp(run.foot, inner, is_head=False)
    yield Stamp(facts.goes_on, "center", 0.4 if is_left else 0.6, is_head=False, colour=run.colour)
    yield _stamp(place.label(page), outer, is_head=False, face=BOLD, size=9.0, colour=run.colour)


def _stamp(text: str, side: Side, *, is_head: bool, **looks: object) -> Stamp:
    return Stamp(text, side, 0.0 if side == "left" else 1.0, is_head=is_head, **looks)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Glyphs:
    """A face as it is embedded: all its signs, without the rules of layout. Measures in thousandths of an em."""

    body: bytes
    of_sign: dict[str, int]
    widths: dict[int, float]
    ascent: float
    descent: float
    box: tuple[int, ...]


@cache
def glyphs_of(face: Face) -> Glyphs:
    font = TTFont(BytesIO(unpacked(face)), recalcTimestamp=False)
    for table in LAYOUT_TABLES:
        if table in font:
            del font[table]
    out = BytesIO()
    font.save(out)
    scale = 1000 / font["head"].unitsPerEm
    of_sign = {chr(code): font.getGlyphID(glyph) for code, glyph in font.getBestCmap().items()}
    return Glyphs(
        body=out.getvalue(),
        of_sign=of_sign,
        widths={gid: font["hmtx"][font.getGlyphName(gid)][0] * scale for gid in of_sign.values()},
        ascent=font["hhea"].ascent * scale,
        descent=font["hhea"].descent * scale,
        box=tuple(round(getattr(font["head"], side) * scale) for side in ("xMin", "yMin", "xMax", "yMax")),
    )


class StampFace:
    """One face in the finished file."""

    def __init__(self, pdf: Pdf, face: Face) -> None:
        self.name = f"/Stamp{face[1]}"
        self.all = glyphs_of(face)
        self.glyphs = self.all.of_sign
        self.object = self._object(pdf, face)

    def _object(self, pdf: Pdf, face: Face) -> Object:
        base = Name(f"/{face[0].replace(' ', '-')}-{face[1]}")
        file = Stream(pdf, self.all.body)
        file.Length1 = len(self.all.body)
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=base, Flags=4, FontBBox=Array(self.all.box), ItalicAngle=0,
            Ascent=round(self.all.ascent), Descent=round(self.all.descent), CapHeight=700, StemV=80, FontFile2=file,
        )  # fmt: skip
        widths = [value for gid, width in sorted(self.all.widths.items()) for value in (gid, Array([round(width, 2)]))]
        system = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
        descendant = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=base, CIDSystemInfo=system, CIDToGIDMap=Name.Identity,
            FontDescriptor=pdf.make_indirect(descriptor), W=Array(widths),
        )  # fmt: skip
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type0, BaseFont=base, Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]), ToUnicode=Stream(pdf, self._unicode()),
            )
        )  # fmt: skip

    def _unicode(self) -> bytes:
        pairs = sorted((gid, sign) for sign, gid in self.glyphs.items())
        lines = [f"<{gid:04x}> <{sign.encode('utf-16-be').hex()}>" for gid, sign in pairs]
        batches = [lines[start : start + 100] for start in range(0, len(lines), 100)]
        maps = "".join(f"{len(batch)} beginbfchar\n{'\n'.join(batch)}\nendbfchar\n" for batch in batches)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
            f"{maps}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
        ).encode()

    def width(self, text: str, size: float) -> float:
        spaces = text.count(" ") * WORD_SPACE * size
        return sum(self.all.widths[self.glyphs[sign]] for sign in text) * size / 1000 + spaces

    def fitted(self, text: str, size: float, room: float) -> str:
        """Without signs that the face does not have; no wider than `room`."""
        known = "".join(sign for sign in text if sign in self.glyphs)
        if self.width(known, size) <= room:
            return known
        while known and self.width(known + "…", size) > room:
            known = known[:-1].rstrip()
        return known + "…"

    def shown(self, text: str) -> str:
        """The glyphs for TJ; word spacing has no effect on glyphs of two bytes, so it is an adjustment."""
        words = ["".join(f"{self.glyphs[sign]:04x}" for sign in word) for word in text.split(" ")]
        space = f"{self.glyphs[' ']:04x}"
        return f"[<{f'{space}> {-WORD_SPACE * 1000:g} <'.join(words)}>] TJ"


class Stamper:
    def __init__(self, pdf: Pdf) -> None:
        self.faces = {face: StampFace(pdf, face) for face in (MEDIUM, BOLD)}

    def operators(self, place: PlacedPart, page: int) -> str:
        facts = place.sidecar.pages[page]
        is_wide = facts.width > facts.height
        left = LANDSCAPE_MM if is_wide else OUTER_MM if place.page_is_left(page) else INNER_MM
        room = facts.width - (2 * LANDSCAPE_MM if is_wide else INNER_MM + OUTER_MM) * MM
        return "".join(
            self._operators(stamp, facts.height, left * MM, room) for stamp in stamps_of(place, page) if stamp.text
        )

    def _operators(self, stamp: Stamp, height: float, left: float, room: float) -> str:
        face = self.faces[stamp.face]
        text = face.fitted(stamp.text, stamp.size, room * WIDEST)
        width = face.width(text, stamp.size)
        x = left + room * stamp.at - width * {"left": 0.0, "center": 0.5, "right": 1.0}[stamp.side]
        y = height - self._baseline(stamp, face, height)
        red, green, blue = (int(stamp.colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        kind = "Header" if stamp.is_head else "Footer"
        return (
            f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC\nBT {face.name} {stamp.size:g} Tf "
            f"{red:.3f} {green:.3f} {blue:.3f} rg {x:.2f} {y:.2f} Td {face.shown(text)} ET\nEMC\n"
        )

    def _baseline(self, stamp: Stamp, face: StampFace, height: float) -> float:
        """From the top of the page; the line of 11 pt hangs or stands on its edge."""
        content = (face.all.ascent - face.all.descent) * stamp.size / 1000
        within = (LINE - content) / 2 + face.all.ascent * stamp.size / 1000
        if stamp.is_head:
            return HEAD_MM * MM - LINE + within if height > 700 else (23 - 7) * MM - LINE + within
        return (FOOT_MM if height > 700 else FOOT_LANDSCAPE_MM) * MM + within
