"""A confirmed Word file becomes new versions of its sections; the old ones stay, under a name of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from masterplan import prose
from masterplan.domain.section import replace_text
from masterplan.domain.word_import import (
    close_applied,
    content,
    figures_of,
    forget_file,
    lock_waiting,
    sections_of,
    writable,
)
from masterplan.domain.word_pictures import PREFIX, Pictures
from masterplan.models import NamedVersion, Section, WordImport
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState

type Json = dict[str, Any]

REPLACE, APPEND = "ganti", "tambah"


@dataclass(frozen=True)
class Choice:
    """Where one piece goes; `mode` counts for the first piece of a section, later ones are added after it."""

    piece: int
    section: str
    mode: str = REPLACE


class Changed(Conflict):
    """Sections that somebody wrote in since the file was read; they need a renewed consent."""

    def __init__(self, sections: Sequence[Section]) -> None:
        names = ", ".join(str(section) for section in sections)
        super().__init__(
            f"Sejak berkas dibaca, bagian ini berubah: {names}.",
            next_step="Periksa naskah sekarang, lalu setujui penggantiannya.",
        )
        self.codes = [section.outline_section.code for section in sections]


def apply_import(
    word_import: WordImport, *, choices: Sequence[Choice], consents: Mapping[str, int], by: User
) -> list[Json]:
    """All chosen sections in one transaction, or none. `consents`: the version a person saw, by section code.

    Raises Changed, NotAllowed, Incomplete or WrongState.
    """
    plan = _plan(word_import, choices, by)
    _ensure_unchanged(word_import, [section for section, _ in plan], consents)
    pictures = Pictures(word_import, by)
    try:
        pictures.store(_parts(plan))
        with transaction.atomic():
            result = _put(word_import, plan, pictures, consents, by)
    except BaseException:
        pictures.undo()
        raise
    forget_file(word_import)
    return result


type Plan = list[tuple[Section, list[tuple[Json, Choice]]]]


def _plan(word_import: WordImport, choices: Sequence[Choice], by: User) -> Plan:
    """Sections in book order, each with its pieces in file order."""
    pieces = {piece["n"]: piece for piece in content(word_import).get("pieces", [])}
    if not pieces:
        raise WrongState("Berkas Word ini sudah diputuskan.", next_step="Lihat daftar impor untuk hasilnya.")
    everything = sections_of(word_import.plan)
    mine = {section.outline_section.code for section in writable(everything, by)}
    wanted: dict[str, list[tuple[Json, Choice]]] = {}
    for choice in sorted(choices, key=lambda c: c.piece):
        piece = pieces.get(choice.piece)
        if piece is None or piece["fault"]:
            raise Incomplete("Ada potongan yang tidak dapat dipakai. Muat ulang halaman, lalu periksa pilihan Anda.")
        if choice.section not in mine:
            raise NotAllowed("Salah satu bagian tujuan tidak ditugaskan kepada Anda.")
        wanted.setdefault(choice.section, []).append((piece, choice))
    if not wanted:
        raise Incomplete("Pilih sedikitnya satu potongan untuk dimasukkan ke naskah.")
    return [(s, wanted[s.outline_section.code]) for s in everything if s.outline_section.code in wanted]


def _ensure_unchanged(word_import: WordImport, sections: Sequence[Section], consents: Mapping[str, int]) -> None:
    seen = content(word_import)["versions"]
    changed = [
        section
        for section in sections
        if section.version not in (seen.get(section.outline_section.code), consents.get(section.outline_section.code))
    ]
    if changed:
        raise Changed(changed)


def _parts(plan: Plan) -> list[str]:
    figures = [node for _, pieces in plan for piece, _ in pieces for node in figures_of(piece["doc"])]
    return [figure["attrs"]["src"].removeprefix(PREFIX) for figure in figures]


def _put(word_import: WordImport, plan: Plan, pictures: Pictures, consents: Mapping[str, int], by: User) -> list[Json]:
    waiting = lock_waiting(word_import)
    ids = [section.pk for section, _ in plan]
    locked = {s.pk: s for s in Section.objects.select_for_update(of=("self",)).in_book_order().filter(pk__in=ids)}
    _ensure_unchanged(waiting, list(locked.values()), consents)
    result = [_put_one(waiting, locked[section.pk], pieces, pictures, by) for section, pieces in plan]
    close_applied(waiting, result)
    codes = [line["code"] for line in result]
    record(
        "word_import.applied",
        waiting,
        by=by,
        regency_id=waiting.plan.regency_id,
        plan_code=waiting.plan.code,
        sections=codes,
    )
    return result


def _put_one(
    word_import: WordImport, section: Section, pieces: list[tuple[Json, Choice]], pictures: Pictures, by: User
) -> Json:
    before, words = section.version, section.words
    if before or words:
        name = f"Sebelum impor {word_import.name}"[:120]
        NamedVersion.objects.get_or_create(section=section, version=before, name=name, defaults={"named_by": by})
    doc = _new_text(section, pieces, pictures)
    try:
        changed = replace_text(section, doc=doc, by=by)
    except prose.Refused as refused:
        raise Incomplete(
            f"{section}: {refused}", next_step="Kirim sebagian potongannya ke bagian lain, lalu coba lagi."
        ) from refused
    outline = section.outline_section
    return {
        "code": outline.code,
        "title": str(outline),
        "before": before,
        "after": changed.version,
        "words_before": words,
        "words": changed.words,
        "pieces": [piece["title"] for piece, _ in pieces],
        "mode": pieces[0][1].mode,
        "pictures_lost": [part for part in _parts([(section, pieces)]) if part in pictures.refused],
    }


def _new_text(section: Section, pieces: list[tuple[Json, Choice]], pictures: Pictures) -> Json:
    blocks: list[Json] = []
    if pieces[0][1].mode == APPEND and (section.words or figures_of(section.doc)):
        blocks += section.doc["content"]
    for piece, choice in pieces:
        if piece["heading"] and (piece["keeps_title"] or choice.section != piece["section"]):
            blocks.append({"type": "heading", "attrs": {"level": 3}, "content": piece["heading"]})
        blocks += pictures.placed(piece["doc"])["content"]
    return prose.with_ids({"type": "doc", "content": blocks})
