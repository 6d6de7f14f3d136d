"""Samples of clipboards: sent by whoever writes in a plan, collected by the ministry's editor as fixtures for developers."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Func, IntegerField, QuerySet
from django.db.models.fields.json import KT, KeyTransform
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.text import slugify

from masterplan.models import Masterplan, PasteSample
from masterplan.rules import can_edit_reference, is_writer
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.format import format_number
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, TooLarge

type Json = dict[str, Any]

FORMAT = 1
FLAVOURS = ("text/html", "text/plain", "text/rtf")
PROGRAMS = (
    "Microsoft Word",
    "Microsoft Excel",
    "LibreOffice Writer",
    "LibreOffice Calc",
    "Google Docs",
    "Google Sheets",
    "WhatsApp",
    "PDF",
    "Halaman web",
    "Lainnya",
)
MAX_FLAVOUR = 2_000_000
MAX_TOTAL = 5_000_000
MAX_NOTE = 2_000
MAX_IMAGES = 50
PER_DAY = 20
BEGINNING = 300


class Octets(Func):
    function = "octet_length"
    output_field = IntegerField()


@transaction.atomic
def send_sample(plan: Masterplan, *, program: str, note: str, clipboard: object, by: User) -> PasteSample:
    """`clipboard` is what the page recorded: {"flavours": {type: text}, "images": [{"type", "size"}]}."""
    ensure_may_send(plan, by)
    if program not in PROGRAMS:
        raise Incomplete("Pilih program asal tempelannya.")
    if not note.strip():
        raise Incomplete("Tulis apa yang tidak benar.", next_step="Misalnya: nomor daftar hilang.")
    flavours = _flavours(clipboard)
    since = timezone.now() - timedelta(days=1)
    if PasteSample.objects.filter(sent_by=by, sent_at__gt=since).count() >= PER_DAY:
        raise Conflict(f"Anda sudah mengirim {PER_DAY} contoh hari ini.", next_step="Lanjutkan besok.")
    sample = PasteSample.objects.create(program=program, note=note.strip()[:MAX_NOTE], flavours=flavours, sent_by=by)
    record("sample.sent", program, by=by, regency_id=plan.regency_id, plan_code=plan.code, sample=sample.pk)
    return sample


def ensure_may_send(plan: Masterplan, user: User) -> None:
    if not is_writer(user, plan):
        raise NotAllowed("Contoh tempelan dikirim oleh orang yang menulis dalam rencana ini.")


def _flavours(clipboard: object) -> Json:
    given = clipboard if isinstance(clipboard, Mapping) else {}
    texts = given.get("flavours")
    kept: Json = {}
    for kind in FLAVOURS:
        text = texts.get(kind) if isinstance(texts, Mapping) else None
        if isinstance(text, str) and text:
            kept[kind] = text
    _check_sizes(kept)
    images = _images(given.get("images"))
    if not kept and not images:
        raise Incomplete(
            "Kotak tempelan masih kosong.", next_step="Salin di program asalnya, lalu tekan Ctrl+V di kotak."
        )
    return kept | ({"images": images} if images else {})


def _check_sizes(texts: Mapping[str, str]) -> None:
    sizes = {kind: len(text.encode()) for kind, text in texts.items()}
    shorter = "Salin bagian yang lebih pendek yang masih menunjukkan kesalahannya."
    for kind, size in sizes.items():
        if size > MAX_FLAVOUR:
            msg = f"Isi {kind} terlalu besar: {format_number(round(size / 1e6, 1))} MB, paling besar 2 MB."
            raise TooLarge(msg, next_step=shorter)
    if sum(sizes.values()) > MAX_TOTAL:
        raise TooLarge("Seluruh isi papan klip terlalu besar, paling besar 5 MB.", next_step=shorter)


def _images(given: object) -> list[Json]:
    """Only that there were pictures, never the pictures themselves."""
    rows = given if isinstance(given, list) else []
    return [
        {"type": row["type"][:60], "size": row["size"]}
        for row in rows[:MAX_IMAGES]
        if isinstance(row, Mapping)
        and isinstance(row.get("type"), str)
        and type(row.get("size")) is int
        and 0 <= row["size"] < 2**40
    ]


def samples() -> QuerySet[PasteSample]:
    """For the list: sizes and beginnings; the flavours themselves stay in the database."""
    sizes = {f"size_{kind.removeprefix('text/')}": Octets(KT(f"flavours__{kind}")) for kind in FLAVOURS}
    beginning = Left(KT("flavours__text/plain"), BEGINNING)
    return (
        PasteSample.objects.defer("flavours")
        .select_related("sent_by")
        .annotate(**sizes, beginning=beginning, images=KeyTransform("images", "flavours"))
    )


def fixture(sample: PasteSample, *, by: User) -> Json:
    """The file that a developer puts among the clipboard fixtures."""
    _ensure_collector(by)
    found: Any = sample.flavours
    record("sample.downloaded", sample.program, by=by, sample=sample.pk)
    texts = {kind: found[kind] for kind in FLAVOURS if kind in found}
    return {"format": FORMAT, "program": sample.program, "note": sample.note, "flavours": texts}


def file_name(sample: PasteSample) -> str:
    return f"tempelan-{slugify(sample.program)}-{sample.pk}.json"


@transaction.atomic
def delete_sample(sample: PasteSample, *, by: User) -> None:
    _ensure_collector(by)
    record("sample.deleted", sample.program, by=by, sample=sample.pk)
    sample.delete()


def _ensure_collector(by: User) -> None:
    if not can_edit_reference(by):
        raise NotAllowed("Contoh tempelan dikumpulkan oleh editor kementerian.")
