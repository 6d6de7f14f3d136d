"""The container: what is checked before a single part of the file is read, and how parts are found."""

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property

from masterplan.word.ooxml import Element, R, Unfit, parse

MAX_BYTES = 25_000_000
MAX_MEMBERS = 2_000
MAX_DIRECTORY = 1_000_000
MAX_TOTAL = 300_000_000
MAX_RATIO = 200
RATIO_FROM = 1_000_000
END = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ARCHIVE = re.compile(r"\.(zip|docx|docm|xlsx|xlsm|pptx|jar|7z|rar|gz|tar)$", re.IGNORECASE)
STRANGE = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:|\x00")
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class Family:
    """The program whose files are read: its names in sentences, what its main part is, how large a file may be."""

    program: str
    ending: str
    old_endings: tuple[str, ...]
    macro_ending: str
    main_type: str
    folder: str
    again: str
    smaller: str
    max_bytes: int
    max_part: int


WORD = Family(
    program="Word",
    ending=".docx",
    old_endings=(".doc", ".dot"),
    macro_ending=".docm",
    main_type="wordprocessingml.document.main+xml",
    folder="word",
    again="Buka di Word, pilih Simpan Sebagai “Dokumen Word (.docx)” tanpa kata sandi dan tanpa makro, lalu unggah lagi.",
    smaller="Perkecil gambar di dalamnya, atau unggah bab demi bab.",
    max_bytes=MAX_BYTES,
    max_part=60_000_000,
)
PROGRAMS = {"wordprocessingml": "Word", "spreadsheetml": "Excel", "presentationml": "PowerPoint"}


@dataclass(frozen=True)
class Relation:
    target: str
    kind: str
    is_external: bool


def check_start(data: bytes, name: str = "", family: Family = WORD) -> None:
    """What can be said from size and first bytes alone."""
    if not data:
        raise Unfit("Berkas ini kosong.")
    if len(data) > family.max_bytes:
        raise Unfit(f"Berkas lebih besar dari {family.max_bytes // 1_000_000} MB.", family.smaller)
    if data.startswith(OLE):
        is_old = name.lower().endswith(family.old_endings)
        kind = (
            f"{family.program} lama ({family.old_endings[0]})" if is_old else "yang dikunci kata sandi atau format lama"
        )
        raise Unfit(f"Ini berkas {kind}.", family.again)
    if not data.startswith(b"PK\x03\x04"):
        raise Unfit(
            f"Ini bukan berkas {family.program} ({family.ending}), meskipun namanya mungkin begitu.", family.again
        )


class Package:
    """An open .docx or .xlsx. Raises Unfit for everything that is not a plain file of this family and of sane size."""

    def __init__(self, data: bytes, name: str = "", family: Family = WORD) -> None:
        self.family = family
        check_start(data, name, family)
        _check_directory(data, family)
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
            raise Unfit("Berkas rusak atau terpotong.", self.family.again) from error
        self._check_members()
        self._check_kind()

    def _check_members(self) -> None:
        infos = self.zip.infolist()
        if len(infos) > MAX_MEMBERS:
            raise Unfit(f"Berkas berisi terlalu banyak bagian untuk sebuah berkas {self.family.program}.")
        if len({info.filename for info in infos}) != len(infos) or any(STRANGE.search(i.filename) for i in infos):
            raise Unfit("Berkas memuat nama bagian yang tidak wajar, sehingga ditolak.")
        if sum(info.file_size for info in infos) > MAX_TOTAL:
            raise Unfit("Isi berkas setelah dibuka terlalu besar (paling banyak 300 MB).")
        for info in infos:
            self._check_member(info)

    def _check_member(self, info: zipfile.ZipInfo) -> None:
        if info.flag_bits & 0x1:
            raise Unfit("Berkas dikunci kata sandi.", self.family.again)
        is_part = info.filename.endswith((".xml", ".rels"))
        if is_part and info.file_size > self.family.max_part:
            raise Unfit("Satu bagian berkas terlalu besar untuk dibaca.", self.family.smaller)
        if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise Unfit("Berkas dimampatkan secara tidak wajar (bom zip), sehingga ditolak.")
        if ARCHIVE.search(info.filename) and not info.filename.startswith(f"{self.family.folder}/embeddings/"):
            raise Unfit("Berkas memuat arsip lain di dalamnya, sehingga ditolak.")

    def _check_kind(self) -> None:
        names = set(self.zip.namelist())
        program, again = self.family.program, self.family.again
        if "[Content_Types].xml" not in names:
            raise Unfit(f"Ini arsip zip biasa, bukan berkas {program}.", again)
        types = etree_text(self.parse("[Content_Types].xml"))
        if "macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Unfit(f"Berkas memuat makro ({self.family.macro_ending}), sehingga ditolak.", again)
        if self.family.main_type not in types:
            kind = next((other for mark, other in PROGRAMS.items() if mark in types and other != program), "jenis lain")
            raise Unfit(f"Ini berkas {kind}, bukan berkas {program}.", again)

    @cached_property
    def main(self) -> str:
        """The name of the main part."""
        targets = [r.target for r in self.relations("").values() if r.kind == "officeDocument" and not r.is_external]
        if targets and targets[0] in self.zip.namelist():
            return targets[0]
        raise Unfit("Bagian utama berkas tidak ditemukan.", self.family.again)

    def read(self, name: str) -> bytes:
        try:
            return self.zip.read(name)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
            raise Unfit("Berkas rusak pada salah satu bagiannya.", self.family.again) from error

    def parse(self, name: str) -> Element:
        return parse(self.read(name))

    def optional(self, name: str) -> Element | None:
        return self.parse(name) if name in self.zip.namelist() else None

    def part_of_kind(self, kind: str) -> Element | None:
        """A part that the main part names once, such as styles or footnotes."""
        for relation in self.relations(self.main).values():
            if relation.kind == kind and not relation.is_external:
                return self.optional(relation.target)
        return None

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part refers to, by relation id; targets are names in the package or addresses outside it."""
        folder, name = posixpath.split(part)
        root = self.optional(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return {}
        found = {}
        for element in root.iter(f"{{{PACKAGE_RELS}}}Relationship"):
            is_external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not is_external:
                target = posixpath.normpath(posixpath.join(folder, target)).lstrip("/") if target else ""
                target = target if not element.get("Target", "").startswith("/") else element.get("Target", "")[1:]
            found[element.get("Id", "")] = Relation(target, element.get("Type", "").rpartition("/")[2], is_external)
        return found


def etree_text(root: Element) -> str:
    """All content types that the package names."""
    return " ".join(element.get("ContentType", "") for element in root.iter())


def _check_directory(data: bytes, family: Family) -> None:
    """Before zipfile builds an object for each of half a million members."""
    place = data.rfind(END, max(0, len(data) - 70_000))
    if place < 0 or len(data) < place + 22:
        raise Unfit("Berkas rusak atau terpotong.", family.again)
    if int.from_bytes(data[place + 12 : place + 16], "little") > MAX_DIRECTORY:
        raise Unfit(f"Berkas berisi terlalu banyak bagian untuk sebuah berkas {family.program}.")


__all__ = ["MAX_BYTES", "Family", "Package", "R", "Relation", "check_start"]
