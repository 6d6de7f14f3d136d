"""Ears in the browser and in the PDF for anything that runs, and hands that put hostile texts where people put words."""

import json
import re
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, TextField
from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from tests.hostile.places import PICTURE, block, cell, insert, item, paragraph, table, text
from tests.hostile.vectors import VECTORS
from tests.journeys.conftest import Server

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
STORABLE = [vector for vector in VECTORS if vector and not UNSTORABLE.search(vector)]
ADDRESS = re.compile(r"(https?://\S|mailto:\S|#[\w-])", re.IGNORECASE)
OURS = ("masterplan", "quickwin", "bimtek", "regency", "accounts", "export")
# What the product itself writes, never a person.
GIVEN = frozenset({
    "password", "email", "html", "sha256", "file", "extension", "code", "number", "client", "source_key", "mailbox",
})  # fmt: skip
LISTEN = """
  window.__heard = []
  document.addEventListener('securitypolicyviolation', (event) => window.__heard.push(
    `CSP ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`))
"""
# Every element of the page that a stored text could have made and that the product never makes.
SUSPICIOUS = """() => {
  const found = []
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on') || name === 'srcdoc' || name === 'ping') found.push(`${element.tagName} ${name}`)
      if (/^(href|src|action|formaction|data|xlink:href)$/.test(name)
        && /^[\\s\\u0000-\\u0020]*(javascript|vbscript|data:text|blob|file):/i.test(value)) found.push(`${element.tagName} ${name}=${value}`)
    }
    if (/^(IFRAME|OBJECT|EMBED|FRAME|BASE|PORTAL|MARQUEE|STYLE)$/.test(element.tagName)) found.push(element.tagName)
    if (element.tagName === 'SCRIPT' && !element.src && element.type !== 'application/json') found.push('SCRIPT')
  }
  return found
}"""


class Ears:
    """Everything that a hostile text could make heard in one browser."""

    def __init__(self, server: Server, context: BrowserContext) -> None:
        self.server = server
        self.heard: list[str] = []
        context.add_init_script(LISTEN)
        context.on("dialog", self._dialog)
        context.on("weberror", lambda error: self.heard.append(f"error {error.error}"))
        context.on("request", self._request)

    def _dialog(self, dialog: Any) -> None:
        self.heard.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.server.url, "data:image/", "blob:")):
            self.heard.append(f"request {request.url}")

    def of(self, page: Page) -> list[str]:
        """What was heard since the last time, and what stands in the page."""
        heard = [*self.heard, *page.evaluate("() => window.__heard.splice(0)"), *page.evaluate(SUSPICIOUS)]
        self.heard.clear()
        return [f"{page.url.removeprefix(self.server.url)}: {what}" for what in heard]


def steps_with_everything() -> list[dict[str, Any]]:
    """Each storable text as text, footnote, value of a fact, link where allowed, and in turn in each kind of block."""
    blocks = []
    for number, vector in enumerate(STORABLE):
        content = [text(vector)]
        if len(vector) <= 4000:
            content.append({"type": "footnote", "attrs": {"text": vector}})
        if len(vector) <= 200:
            content.append({"type": "fact", "attrs": {"key": "period", "style": "short", "value": vector}})
        if ADDRESS.match(vector) and len(vector) <= 2000:
            content.append(text("tautan", {"type": "link", "attrs": {"href": vector}}))
        blocks.append(paragraph(*content))
        if len(vector) < 500:
            blocks.append(_in_turn(number, vector))
    return [insert(node) for node in blocks]


def _in_turn(number: int, vector: str) -> dict[str, Any]:
    kinds = (
        lambda: block("heading", text(vector), level=3 + number % 3),
        lambda: block("tableCaption", text(vector)),
        lambda: table(cell(paragraph(text(vector)), kind="tableHeader"), cell(paragraph(text(vector, {"type": "bold"})), align="right")),
        lambda: block("orderedList", item(paragraph(text(vector))), start=number + 1, type="i"),
        lambda: block("blockquote", paragraph(text(vector, {"type": "italic"}, {"type": "underline"}))),
        lambda: block("figure", text(vector), src=PICTURE, alt=vector),
    )  # fmt: skip
    return kinds[number % len(kinds)]()


def rename_everything(server: Server) -> int:
    """Hostile texts for every name, title and note that the database holds; returns how many were set."""
    count = 0
    address = server.database.replace("postgres://", "postgresql://")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SET session_replication_role = replica"
        )  # triggers keep what was said; here it is said anew
        for label in OURS:
            for model in apps.get_app_config(label).get_models():
                if hasattr(model, "pgh_tracked_model"):
                    continue
                for field in model._meta.local_fields:
                    if _is_free_text(field):
                        count += _rename(connection, model._meta.db_table, model._meta.pk.column, field)
    return count


def _is_free_text(field: Any) -> bool:
    base = field.base_field if isinstance(field, ArrayField) else field
    is_text = isinstance(base, CharField | TextField) and not base.choices
    return is_text and not field.primary_key and not field.unique and field.name not in GIVEN


def _rename(connection: Any, name: str, key: str, field: Any) -> int:
    base = field.base_field if isinstance(field, ArrayField) else field
    good = [vector[: base.max_length or 400] for vector in STORABLE]
    rows = connection.execute(f'SELECT "{key}" FROM {name} ORDER BY 1 LIMIT 400').fetchall()  # noqa: S608 - our own names
    start, count = len(name) * 31 + len(field.column) * 7, 0
    for number, (pk,) in enumerate(rows):
        value: Any = good[(start + number) % len(good)]
        try:
            wrapped = [value] if isinstance(field, ArrayField) else value
            connection.execute(f'UPDATE {name} SET "{field.column}" = %s WHERE "{key}" = %s', (wrapped, pk))  # noqa: S608
        except psycopg.errors.IntegrityError:
            return count  # a column that the database itself guards
        count += 1
    return count


def actions_of(path: Path) -> tuple[list[str], list[str]]:
    """Dangerous names anywhere in a PDF, and the addresses that its links open."""
    reader = PdfReader(path)
    names: list[str] = []
    addresses: list[str] = []
    for number in range(1, int(reader.trailer["/Size"])):
        try:
            found = reader.get_object(IndirectObject(number, 0, reader))
        except Exception:  # noqa: BLE001, S112 - a free number
            continue
        _walk(found, names, addresses)
    _walk(reader.trailer["/Root"], names, addresses)
    return names, addresses


def _walk(found: Any, names: list[str], addresses: list[str]) -> None:
    """Into what an object holds itself; what it points to has a number of its own."""
    if isinstance(found, ArrayObject):
        for inner in found:
            _walk(inner, names, addresses)
    if not isinstance(found, DictionaryObject):
        return
    names += [key for key in ("/JS", "/JavaScript", "/AA", "/Launch", "/EmbeddedFile", "/RichMedia") if key in found]
    kind = found.get("/S")
    if kind in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition"):
        names.append(str(kind))
    if "/URI" in found:
        addresses.append(str(found["/URI"]))
    for inner in found.values():
        if not isinstance(inner, IndirectObject):
            _walk(inner, names, addresses)


def stored(server: Server, code: str) -> str:
    [(doc,)] = server.query(
        "SELECT s.doc FROM masterplan_section s JOIN masterplan_outlinesection o ON o.id = s.outline_section_id WHERE o.code = %s",
        code,
    )
    return json.dumps(doc)
