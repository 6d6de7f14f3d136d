"""What the schema cannot say: levels, addresses, sizes, spans, identities. A failed check stores nothing."""

import json
import re
from collections.abc import Container, Mapping
from typing import Any

from prosemirror.model import Node

from masterplan.prose.facts import KEY, MAX_KEY, MAX_VALUE, STYLES
from masterplan.prose.refused import Refused
from masterplan.prose.suggestions import INSERTION, MARKS

MAX_DEPTH = 32
MAX_BYTES = 400_000
MAX_ROWS = 2_000
MAX_COLSPAN = 60
MAX_ROWSPAN = 500
HREF = re.compile(r"^(https?://[^\s]|mailto:[^\s]|#[\w-])", re.IGNORECASE)
MAX_HREF = 2_000
# What the browser's editor gives every link; a forged link could carry a style class over the whole page.
LINK = {"target": "_blank", "rel": "noopener noreferrer nofollow", "class": None, "title": None}
IDENTITY = re.compile(r"^[\w-]{1,64}$", re.ASCII)
MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$", re.ASCII)
MAX_NAME = 200


def check(node: Node, *, media: Container[str] = (), threads: Container[str] = ()) -> None:
    """Raises Refused. `media` are figure sources this region owns, `threads` the comment threads of the section."""
    _Walker(media, threads).visit(node, 0)  # first: it holds the depth that the others may go down
    try:
        node.check()
        size = len(json.dumps(node.to_json(), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode())
    except Exception as error:
        msg = "Susunan naskah tidak diizinkan."
        raise Refused(msg) from error
    if size > MAX_BYTES:
        msg = "Bagian ini terlalu besar (paling banyak 400 kB). Pindahkan sebagian isinya ke bagian lain."
        raise Refused(msg)


class _Walker:
    def __init__(self, media: Container[str], threads: Container[str]) -> None:
        self.media = media
        self.threads = threads
        self.rows = 0
        self.authors: dict[str, tuple[Any, ...]] = {}

    def visit(self, node: Node, depth: int) -> None:
        if depth > MAX_DEPTH:
            msg = "Naskah bertingkat terlalu dalam."
            raise Refused(msg)
        self._check_identity(node.attrs.get("id"))
        rule = getattr(self, f"_check_{node.type.name}", None)
        if rule is not None:
            rule(node.attrs)
        for mark in node.marks:
            self._check_mark(mark.type.name, mark.attrs)
        self._check_suggested(node)
        for child in node.content.content:
            self.visit(child, depth + 1)

    def _check_identity(self, identity: object) -> None:
        if identity is not None and not (isinstance(identity, str) and IDENTITY.match(identity)):
            msg = "Penanda blok tidak sah."
            raise Refused(msg)

    def _check_heading(self, attrs: dict[str, Any]) -> None:
        if attrs["level"] not in (3, 4, 5):
            msg = "Tingkat judul harus 3 sampai 5."
            raise Refused(msg)

    def _check_figure(self, attrs: dict[str, Any]) -> None:
        if not isinstance(attrs["src"], str) or attrs["src"] not in self.media:
            msg = "Gambar harus diunggah ke daerah ini terlebih dahulu."
            raise Refused(msg)
        _require_text(attrs["alt"], 1000)
        _require_text(attrs.get("source", ""), 300)

    def _check_tableRow(self, attrs: dict[str, Any]) -> None:  # noqa: N802, ARG002 - named after the node type
        self.rows += 1
        if self.rows > MAX_ROWS:
            msg = f"Tabel dalam satu bagian paling banyak {MAX_ROWS} baris."
            raise Refused(msg)

    def _check_tableCell(self, attrs: dict[str, Any]) -> None:  # noqa: N802 - named after the node type
        if not (_within(attrs["colspan"], MAX_COLSPAN) and _within(attrs["rowspan"], MAX_ROWSPAN)):
            msg = "Gabungan sel tabel terlalu besar."
            raise Refused(msg)
        if attrs.get("align") not in (None, "left", "center", "right") or not _are_widths(attrs.get("colwidth")):
            msg = "Bentuk sel tabel tidak sah."
            raise Refused(msg)

    _check_tableHeader = _check_tableCell  # noqa: N815

    def _check_footnote(self, attrs: dict[str, Any]) -> None:
        _require_text(attrs["text"], 4000)

    def _check_xref(self, attrs: dict[str, Any]) -> None:
        self._check_identity(attrs["target"])

    def _check_fact(self, attrs: dict[str, Any]) -> None:
        key = attrs["key"]
        if not (isinstance(key, str) and len(key) <= MAX_KEY and KEY.fullmatch(key) and attrs["style"] in STYLES):
            msg = "Fakta yang dirujuk tidak dikenal bentuknya."
            raise Refused(msg)
        _require_text(attrs["value"], MAX_VALUE)

    def _check_orderedList(self, attrs: dict[str, Any]) -> None:  # noqa: N802 - named after the node type
        if not _within(attrs["start"], 10_000) or attrs.get("type") not in (None, "1", "a", "A", "i", "I"):
            msg = "Penomoran daftar tidak sah."
            raise Refused(msg)

    def _check_suggested(self, node: Node) -> None:
        """One id is one person's; the same words are not both put in and taken out; only words are put in."""
        marks = [mark for mark in node.marks if mark.type.name in MARKS]
        for mark in marks:
            author = _author(mark.attrs)
            is_one = self.authors.setdefault(str(mark.attrs["id"]), author) == author
            if len(marks) > 1 or not is_one or (mark.type.name == INSERTION and not node.is_text):
                msg = "Usulan kata tidak sah."
                raise Refused(msg)

    def _check_mark(self, name: str, attrs: Mapping[str, Any]) -> None:
        if name == "link":
            _check_link(attrs)
        if name == "comment" and not (isinstance(attrs["thread"], str) and attrs["thread"] in self.threads):
            msg = "Komentar yang dirujuk tidak ada."
            raise Refused(msg)


def _author(attrs: Mapping[str, Any]) -> tuple[Any, ...]:
    identity, by, name, at = (attrs.get(key) for key in ("id", "by", "name", "at"))
    is_shaped = (
        isinstance(identity, str)
        and IDENTITY.match(identity)
        and _within(by, 2**63 - 1)
        and isinstance(name, str)
        and 0 < len(name) <= MAX_NAME
        and isinstance(at, str)
        and MOMENT.match(at)
    )
    if not is_shaped:
        msg = "Usulan kata tidak sah."
        raise Refused(msg)
    return by, name, at


def _check_link(attrs: Mapping[str, Any]) -> None:
    href = attrs["href"]
    if not (isinstance(href, str) and len(href) <= MAX_HREF and HREF.match(href)):
        msg = "Tautan harus berupa alamat http, https, atau mailto."
        raise Refused(msg)
    if {name: attrs[name] for name in LINK if name in attrs} != {name: LINK[name] for name in LINK if name in attrs}:
        msg = "Tautan tidak boleh membawa sifat lain."
        raise Refused(msg)


def _are_widths(value: object) -> bool:
    return value is None or (
        isinstance(value, list) and len(value) <= MAX_COLSPAN and all(_within(width, 5_000) for width in value)
    )


def _within(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


def _require_text(value: object, most: int) -> None:
    if not isinstance(value, str) or len(value) > most:
        msg = "Isi catatan atau rujukan tidak sah."
        raise Refused(msg)
