"""A whole Word file on its way into a plan: read, shown, then put into its sections as new versions, or dropped."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import PurePath
from typing import Any, cast

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from masterplan import prose
from masterplan.domain.reading_child import WORD, read_in_child
from masterplan.enums import WRITTEN_KINDS, WordImportState
from masterplan.models import Masterplan, Section, WordImport
from masterplan.rules import can_manage_plan, can_write_section
from masterplan.word.match import Place
from masterplan.word.package import MAX_BYTES
from masterplan.word.pieces import gather, walk
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, TooLarge, WrongState

type Json = dict[str, Any]

FORMAT = 1
MAX_OPEN = 5
KEPT_DAYS = 14
FOLDER = "word"
KEPT = ("format", "notes", "result")
TOO_BIG = "Terlalu besar untuk satu bagian (paling banyak 400 kB). Bagi dengan subjudul di Word, lalu unggah lagi."
NOT_YOURS = "Anda tidak mempunyai bagian yang dapat ditulis pada masterplan ini."


def file_of(word_import: WordImport) -> str:
    """Where the file waits for the decision; its name comes from us, not from the person."""
    return f"{FOLDER}/{word_import.pk}.docx"


def content(word_import: WordImport) -> Json:
    """The reading as it is stored."""
    return cast("Json", word_import.reading)


def sections_of(plan: Masterplan) -> list[Section]:
    """Every present section in book order with what `rules` asks for, without texts."""
    sections = Section.objects.present().filter(plan=plan).in_book_order().without_text()
    found = list(sections.select_related("updated_by").prefetch_related("opds"))
    for section in found:
        section.plan = plan
    return found


def writable(sections: Iterable[Section], user: User) -> list[Section]:
    """Those that hold text and that this person may write."""
    return [s for s in sections if s.outline_section.kind in WRITTEN_KINDS and can_write_section(user, s)]


def may_import(plan: Masterplan, sections: Iterable[Section], user: User) -> bool:
    """Whether at least one of these sections of the plan could take a text from this person."""
    if can_manage_plan(user, plan):
        return True
    for section in sections:
        section.plan = plan
    return bool(writable(sections, user))


def ensure_may_import(plan: Masterplan, user: User) -> list[Section]:
    """The sections that the person may replace; NotAllowed when there is none."""
    found = writable(sections_of(plan), user)
    if not found:
        raise NotAllowed(NOT_YOURS, next_step="Minta koordinator menugaskan bagian kepada perangkat daerah Anda.")
    return found


def visible_imports(plan: Masterplan, user: User) -> QuerySet[WordImport]:
    """One's own; the coordinator sees everybody's: a file may hold drafts that nobody else should read yet."""
    imports = WordImport.objects.filter(plan=plan).select_related("by")
    return imports if can_manage_plan(user, plan) else imports.filter(by=user)


def read_word_file(*, plan: Masterplan, data: bytes, name: str, book: str, by: User) -> WordImport:
    """Reads the file and keeps it until the decision. Raises a Refusal, and then nothing is written."""
    ensure_may_import(plan, by)
    if len(data) > MAX_BYTES:
        raise TooLarge(
            "Berkas lebih besar dari 25 MB.", next_step="Perkecil gambar di dalamnya, atau unggah bab demi bab."
        )
    drop_forgotten(plan)
    if WordImport.objects.filter(plan=plan, by=by, state=WordImportState.READ).count() >= MAX_OPEN:
        raise Conflict(
            f"Masih ada {MAX_OPEN} berkas Word Anda yang menunggu keputusan.",
            next_step="Pakai atau batalkan salah satunya, lalu unggah lagi.",
        )
    reading = _reading(plan, read_in_child(WORD, data, clean_name(name)), book)
    return _keep(plan, data, clean_name(name), reading, by)


def clean_name(name: str) -> str:
    """Shown as text and never used as a path; control and direction marks could still deceive a reader."""
    last = PurePath(name.replace("\\", "/")).name or "berkas.docx"
    shown = "".join(letter for letter in last if letter.isprintable())
    return (shown if len(shown) <= 120 else f"{shown[:100]}…{shown[-15:]}").strip() or "berkas.docx"


def _keep(plan: Masterplan, data: bytes, name: str, reading: Json, by: User) -> WordImport:
    with transaction.atomic():
        word_import = WordImport.objects.create(
            id=uuid.uuid4(), plan=plan, name=name, size=len(data), reading=reading, by=by
        )
        record("word_import.read", word_import, by=by, regency_id=plan.regency_id, plan_code=plan.code)
    default_storage.save(file_of(word_import), ContentFile(data))
    return word_import


def _reading(plan: Masterplan, read: Json, book: str) -> Json:
    """What the preview shows (docs/word-import.md)."""
    sections = sections_of(plan)
    pieces = gather(read["segments"], [place_of(at, s) for at, s in enumerate(sections)], book=book)
    if not pieces:
        raise Incomplete("Tidak ada teks yang dapat dibaca di berkas ini.", next_step="Periksa isinya di Word.")
    media = [f"word:{part}" for part in read["pictures"]]
    for piece in pieces:
        _check_piece(piece, media)
    titles = [segment["heading"]["text"] if segment["heading"] else "" for segment in read["segments"]]
    return {
        "format": FORMAT,
        "book": book,
        "pieces": pieces,
        "notes": [_placed(note, titles) for note in read["notes"]],
        "pictures": read["pictures"],
        "versions": {section.outline_section.code: section.version for section in sections},
        "seconds": read["seconds"],
    }


def place_of(position: int, section: Section) -> Place:
    outline = section.outline_section
    chapter = outline.chapter
    return Place(
        code=outline.code,
        number=outline.number,
        title=outline.title,
        book=chapter.book.code,
        chapter=f"{chapter.book.code}.{chapter.code}",
        chapter_number=chapter.number,
        chapter_title=chapter.title,
        position=position,
        can_hold=outline.kind in WRITTEN_KINDS,
    )


def _check_piece(piece: Json, media: Sequence[str]) -> None:
    """Counts words and gives ids; `fault` says why a piece cannot be used, empty when it can."""
    piece["doc"] = prose.with_ids(piece["doc"])
    piece["words"] = prose.count_words(piece["doc"])
    piece["fault"] = TOO_BIG
    if piece.pop("is_too_big"):
        return
    try:
        prose.check(prose.load(piece["doc"]), media=media)
        piece["fault"] = ""
    except prose.Refused as refused:
        piece["fault"] = str(refused)


def _placed(note: Json, titles: Sequence[str]) -> Json:
    at = note["segment"]
    place = (
        "Seluruh berkas" if at < 0 else titles[at] or next((t for t in titles[at::-1] if t), "Sebelum judul pertama")
    )
    return {"kind": note["kind"], "place": place, "count": note["count"], "said": note["said"]}


def drop_import(word_import: WordImport, *, by: User) -> None:
    with transaction.atomic():
        waiting = lock_waiting(word_import)
        _close(waiting, WordImportState.DROPPED)
        plan = waiting.plan
        record("word_import.dropped", waiting, by=by, regency_id=plan.regency_id, plan_code=plan.code)
    forget_file(waiting)


def lock_waiting(word_import: WordImport) -> WordImport:
    locked = WordImport.objects.select_for_update(of=("self",)).select_related("plan__regency").get(pk=word_import.pk)
    if locked.state != WordImportState.READ:
        raise WrongState("Berkas Word ini sudah diputuskan.", next_step="Lihat daftar impor untuk hasilnya.")
    return locked


def _close(word_import: WordImport, state: str) -> None:
    """The texts leave the reading: what was used stands in the sections, what was not is not ours to keep."""
    word_import.state = state
    word_import.decided_at = timezone.now()
    word_import.reading = {key: value for key, value in content(word_import).items() if key in KEPT}
    word_import.save(update_fields=["state", "decided_at", "reading"])


def close_applied(word_import: WordImport, result: list[Json]) -> None:
    word_import.reading = content(word_import) | {"result": result}
    _close(word_import, WordImportState.APPLIED)


def forget_file(word_import: WordImport) -> None:
    default_storage.delete(file_of(word_import))


def drop_forgotten(plan: Masterplan) -> int:
    """Files that nobody decided about within two weeks."""
    old = timezone.now() - timedelta(days=KEPT_DAYS)
    forgotten = list(WordImport.objects.filter(plan=plan, state=WordImportState.READ, at__lt=old))
    for word_import in forgotten:
        _close(word_import, WordImportState.DROPPED)
        forget_file(word_import)
    return len(forgotten)


def figures_of(doc: Json) -> list[Json]:
    return [node for node in walk(doc) if node["type"] == "figure"]
