"""Files that must be refused, or read without doing what they were made for."""

import io
import zipfile
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from tests.masterplan.word.given import NS, paragraph, png, rewritten, run, saved, with_body

MAIN = "word/document.xml"


def plain(text: str = "Halo") -> bytes:
    document = Document()
    document.add_heading("1.1 Latar Belakang", 2)
    document.add_paragraph(text)
    return saved(document)


def _kept(_: str, content: bytes) -> bytes:
    return content


def with_part(name: str, content: bytes) -> bytes:
    return rewritten(plain(), _kept, {name: content})


def with_document(xml: bytes) -> bytes:
    return rewritten(plain(), lambda name, content: xml if name == MAIN else content)


def with_macros() -> bytes:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        )

    return rewritten(plain(), change, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def zip_bomb() -> bytes:
    """A gigabyte of zeros."""
    out = io.BytesIO(plain())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as target, target.open("word/media/image1.png", "w") as part:
        for _ in range(250):
            part.write(bytes(1_000_000))
    return out.getvalue()


def many_members(count: int) -> bytes:
    out = io.BytesIO(plain())
    with zipfile.ZipFile(out, "a") as target:
        for at in range(count):
            target.writestr(f"word/media/{at}.png", b"x")
    return out.getvalue()


def entity_bomb() -> bytes:
    entities = '<!ENTITY a "xxxxxxxxxx">' + "".join(
        f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9)
    )
    return with_document(
        f"<!DOCTYPE x [{entities}]><w:document {NS}><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>".encode()
    )


def external_entity() -> bytes:
    return with_document(
        f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document {NS}><w:body><w:p><w:r><w:t>&f;</w:t></w:r></w:p>'
        "</w:body></w:document>".encode()
    )


def utf16_entity() -> bytes:
    """The same where a search for "<!ENTITY" in the bytes finds nothing."""
    text = (
        f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><w:document {NS}><w:body/></w:document>'
    )
    return with_document(text.encode("utf-16"))


def nested_tables(depth: int) -> bytes:
    inside = "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth
    return with_document(f"<w:document {NS}><w:body>{inside}</w:body></w:document>".encode())


def encrypted() -> bytes:
    """The flag that says so, in both headers."""
    data = bytearray(plain())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        start = package.getinfo(MAIN).header_offset
    data[start + 6] |= 1
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        length = int.from_bytes(data[at + 28 : at + 30], "little")
        if data[at + 46 : at + 46 + length] == MAIN.encode():
            data[at + 8] |= 1
        at += 4
    return bytes(data)


def outside_pictures(address: str) -> bytes:
    """Pictures that stand in a file of the server, or on a machine that would learn who reads."""
    document = Document()
    document.add_heading("1.1 Latar Belakang", 2)
    picture: Any = document.add_paragraph().add_run()
    picture.add_picture(io.BytesIO(png()))
    link = document.part.relate_to(address, RT.IMAGE, is_external=True)
    for blip in document.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"):
        relations = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
        del blip.attrib[f"{relations}embed"]
        blip.set(f"{relations}link", link)
    return saved(document)


def addresses(*targets: str) -> bytes:
    document = Document()
    document.add_heading("1.1 Latar Belakang", 2)
    for target in targets:
        link = document.part.relate_to(target, RT.HYPERLINK, is_external=True)
        with_body(document, paragraph(f'<w:hyperlink r:id="{link}">{run("klik")}</w:hyperlink>'))
        with_body(
            document,
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
            f"<w:r><w:instrText>HYPERLINK &quot;{target.replace('&', '&amp;').replace('<', '&lt;')}&quot;</w:instrText></w:r>"
            f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('tekan')}<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
        )
    return saved(document)
