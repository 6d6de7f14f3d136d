"""Names of WordprocessingML and the one place where its XML is parsed."""

from collections.abc import Iterator

from lxml import etree

type Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
V = "urn:schemas-microsoft-com:vml"
O = "urn:schemas-microsoft-com:office:office"  # noqa: E741 - Word's own prefix
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"

# Files saved as "Strict Open XML" use other addresses for the same names.
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": A.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": M.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/diagram": DGM.encode(),
}
OFF = frozenset({"0", "false", "off", "none"})


class Unfit(ValueError):
    """The file cannot be read; sentences for the person: why, and what to do."""

    def __init__(self, sentence: str, next_step: str = "") -> None:
        super().__init__(sentence)
        self.next_step = next_step


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def local(element: Element) -> str:
    """The name without its namespace; empty for comments and processing instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def parse(data: bytes) -> Element:
    """Word never writes a document type, so one is a sign of an attack. Depth and text sizes have libxml2's limits."""
    if b"purl.oclc.org/ooxml" in data:
        for strict, usual in STRICT.items():
            data = data.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        msg = "Isi berkas Word rusak atau bertingkat terlalu dalam."
        raise Unfit(msg, "Buka di Word, simpan ulang sebagai .docx, lalu coba lagi.") from error
    docinfo = root.getroottree().docinfo
    if docinfo.doctype or docinfo.internalDTD is not None:
        msg = "Berkas ini memuat definisi XML yang tidak pernah ditulis Word, sehingga ditolak."
        raise Unfit(msg)
    return root


def value(element: Element | None, path: str = "", default: str = "") -> str:
    """w:val of the element, or of the child at `path`."""
    found = element if element is None or not path else element.find(path)
    return default if found is None else found.get(w("val"), default)


def number(text: str, default: int = 0) -> int:
    return int(text) if text.lstrip("-").isdigit() and text.isascii() and len(text) < 9 else default


def flag(properties: Element | None, name: str) -> bool | None:
    """An on/off property: None when it is not stated."""
    found = None if properties is None else properties.find(w(name))
    return None if found is None else found.get(w("val"), "1").lower() not in OFF


def visible(element: Element) -> Iterator[Element]:
    """Descendants, without the text of text boxes and without the second copy kept for old programs."""
    for child in element:
        name = local(child)
        if not name or child.tag in (w("txbxContent"), f"{{{MC}}}Fallback"):
            continue
        yield child
        yield from visible(child)
