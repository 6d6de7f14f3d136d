"""Running a quick win: news with photos and links as evidence, milestones done or late, how it stands."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet, Sum
from django.utils import timezone

from masterplan.domain.picture import recoded
from masterplan.domain.row import guard, record_row, update_row
from masterplan.domain.stored import Upload, body_of, save_with_file
from masterplan.models import Masterplan
from quickwin.light import Running, Step, running
from quickwin.models import EvidencePhoto, QuickWin, QuickWinUpdate
from smartcity.accounts.models import User
from smartcity.regency.clock import zone_of
from smartcity.regency.models import Opd
from smartcity.ui.refusal import Incomplete, NoRoom, TooLarge, WrongState
from smartcity.ui.text import cleaned

MAX_TEXT, MAX_LINK, MAX_REASON = 2000, 500, 300
MAX_PHOTOS = 6


def today_at(plan: Masterplan) -> date:
    return timezone.localdate(timezone=zone_of(plan.regency_id))


def with_last_news(wins: "QuerySet[QuickWin]") -> "QuerySet[QuickWin]":
    """Each with `last_news`, the time of its latest report; needed by `running_of`."""
    return wins.annotate(last_news=Max("updates__at"))


def news_day(win: QuickWin) -> date | None:
    """In the region's zone, for a row from `with_last_news`."""
    at = win.last_news  # type: ignore[attr-defined]
    return timezone.localdate(at, timezone=zone_of(win.plan.regency_id)) if at else None


def running_of(win: QuickWin, today: date) -> Running:
    """For a row from `with_last_news` with its milestones fetched."""
    steps = [Step(each.quarter, each.done_on, each.late_reason) for each in win.milestones.all()]
    return running(status=win.status, year=win.year, steps=steps, last_news=news_day(win), today=today)


def tell_news(win: QuickWin, *, text: str, link: str, photos: Sequence[Upload | bytes], by: User) -> QuickWinUpdate:
    """At least one of the three. All or nothing: a picture that is none leaves no row and no file."""
    guard(win, by)
    text, link = _checked(text, link, len(photos))
    made = [recoded(_body(photo)) for photo in photos]
    _check_quota(win.plan, sum(len(each.content) for each in made))
    with _files_undone() as kept, transaction.atomic():
        update = QuickWinUpdate.objects.create(quick_win=win, text=text, link=link, by=by, by_name=by.display_name)
        for each in made:
            photo = EvidencePhoto(
                plan=win.plan, update=update, extension=each.extension,
                width=each.width, height=each.height, size=len(each.content),
            )  # fmt: skip
            save_with_file(photo, each.content)
            kept.append(Path(photo.file.path))
        record_row("quickwin.news", win, by, ["photos"] if made else [])
    return update


@contextmanager
def _files_undone() -> Iterator[list[Path]]:
    """What was written before a later step failed is taken away again."""
    written: list[Path] = []
    try:
        yield written
    except Exception:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def _checked(text: str, link: str, photos: int) -> tuple[str, str]:
    text, link = cleaned(text), link.strip()
    if not text and not link and not photos:
        raise Incomplete("Kabar ini masih kosong.", next_step="Tulis kabarnya, ambil foto, atau tempelkan tautan.")
    if len(text) > MAX_TEXT:
        raise Incomplete(f"Kabar terlalu panjang: {len(text)} aksara, paling banyak {MAX_TEXT}.")
    if photos > MAX_PHOTOS:
        raise Incomplete(f"Paling banyak {MAX_PHOTOS} foto sekaligus.", next_step="Kirim sisanya sebagai kabar lain.")
    if link and (len(link) > MAX_LINK or not _is_web(link)):
        raise Incomplete("Tautan harus berupa alamat web, misalnya https://contoh.example/berita.")
    return text, link


def _is_web(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    is_plain = link.isprintable() and not any(sign in link for sign in ' "<>\\')
    return is_plain and parts.scheme in {"http", "https"} and bool(parts.hostname)


def _body(upload: Upload | bytes) -> bytes:
    limit = settings.PICTURE_MAX_BYTES
    too_large = TooLarge(f"Foto terlalu besar, paling besar {limit // 1_000_000} MB.", next_step="Perkecil dahulu.")
    return body_of(upload, limit=limit, too_large=too_large, empty=Incomplete("Berkas foto kosong."))


def _check_quota(plan: Masterplan, size: int) -> None:
    photos = EvidencePhoto.objects.filter(plan__regency_id=plan.regency_id)
    used = photos.aggregate(total=Sum("size"))["total"] or 0
    if size and used + size > settings.PICTURE_QUOTA_BYTES:
        room = settings.PICTURE_QUOTA_BYTES // 1_000_000
        raise NoRoom(f"Ruang foto daerah ini penuh ({room} MB).", next_step="Hubungi pengelola.")


def report_milestone(
    win: QuickWin, *, milestone: int, done_on: date | None, late_reason: str, version: int, by: User
) -> QuickWin:
    """Done on a day, or late with a reason, or neither again; an edit of the row, so `version` guards it."""
    guard(win, by)
    late_reason = cleaned(late_reason)
    if len(late_reason) > MAX_REASON:
        raise Incomplete(f"Alasan terlalu panjang, paling banyak {MAX_REASON} aksara.")
    if done_on and done_on > today_at(win.plan):
        raise Incomplete("Tanggal selesai belum tiba.", next_step="Isi tanggal hari ini atau sebelumnya.")
    steps = list(win.milestones.all())
    if milestone not in {step.pk for step in steps}:
        raise WrongState("Tonggak ini sudah diubah orang lain.", next_step="Muat ulang halaman ini.")
    for step in steps:
        if step.pk == milestone:
            step.done_on, step.late_reason = done_on, "" if done_on else late_reason
    lines = [{name: getattr(step, name) for name in ("quarter", "text", "done_on", "late_reason")} for step in steps]
    return update_row(win, version=version, values={"milestones": lines}, by=by)


def reassign(win: QuickWin, *, opd: int, version: int, by: User) -> QuickWin:
    """To another active office of the region."""
    guard(win, by)
    office = Opd.objects.filter(pk=opd, regency_id=win.plan.regency_id, is_active=True).first()
    if office is None:
        raise Incomplete("Perangkat daerah ini tidak ada atau tidak aktif.", next_step="Pilih yang lain.")
    return update_row(win, version=version, values={"lead_opd": office}, by=by)
