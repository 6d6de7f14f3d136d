"""Real footnotes, which python-docx does not know: a part of its own beside the text."""

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from export.formats.word.xml import Xml, el, paragraph, run

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


class Footnotes:
    def __init__(self) -> None:
        self._root: Xml = parse_xml(f"<w:footnotes {nsdecls('w')}>{SEPARATORS}</w:footnotes>")
        self._count = self._before = 0

    def restart(self) -> None:
        """With the next chapter; numbers are those of the printed book."""
        self._before = self._count

    def numbering(self) -> Xml:
        """For the properties of a section that begins here: Word restarts at each, and landscape pages are some too."""
        begin = el("numStart", val=self._count - self._before + 1)
        return el("footnotePr", begin, el("numRestart", val="eachSect"))

    def add(self, text: str) -> Xml:
        """The run that points to the new note."""
        self._count += 1
        sign = el("r", el("rPr", el("rStyle", val="FootnoteReference")), OxmlElement("w:footnoteRef"))
        note = el("footnote", paragraph("FootnoteText", sign, run(f" {text}")), id=self._count)
        self._root.append(note)
        return el("r", el("rPr", el("rStyle", val="FootnoteReference")), el("footnoteReference", id=self._count))

    def attach(self, main: Xml) -> None:
        """`main` is the part of the document's text."""
        content = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), TYPE, content, main.package)
        main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
