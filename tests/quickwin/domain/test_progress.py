"""News with photos and links, milestones reported, owners who are silent, and who is reminded."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image

from export import planfile
from export.planfile.cursor import PlanFileError
from masterplan.domain.row import StaleRowError, delete_row
from quickwin.domain.owners import silent_owners
from quickwin.domain.progress import reassign, report_milestone, tell_news
from quickwin.domain.stale import remind
from quickwin.models import EvidencePhoto, QuickWin, QuickWinMilestone, QuickWinUpdate
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.notify.models import Notice
from smartcity.ui.refusal import Incomplete, NoRoom, NotAllowed, TooLarge, WrongState
from tests.masterplan.given import image_bytes
from tests.masterplan.views.rows_given import ground_of
from tests.quickwin.given import quick_win
from tests.smartcity.accounts.given import KOTA_BANJAR, office, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def win() -> QuickWin:
    return quick_win(ground_of())


@pytest.fixture
def author() -> User:
    return person(Role.AUTHOR)


def stored() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_news_keep_a_photo_without_place_and_camera(win: QuickWin, author: User) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    exif.get_ifd(0x8825)[1] = "S"
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG", exif=exif, comment=b"rahasia")
    update = tell_news(
        win, text=" Gerai buka \r\n", link="https://contoh.example/a", photos=[out.getvalue()], by=author
    )
    photo = update.photos.get()
    with photo.file.open("rb") as handle:
        content = handle.read()
    assert (update.text, update.link, update.by_name) == ("Gerai buka", "https://contoh.example/a", author.display_name)
    assert [word for word in (b"Rahasia", b"rahasia", b"Exif") if word in content] == []
    assert (dict(Image.open(io.BytesIO(content)).getexif()), photo.width, photo.height) == ({}, 60, 40)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, "Kabar ini masih kosong"),
        ({"text": "x" * 2001}, "Kabar terlalu panjang"),
        ({"link": "javascript:alert(1)"}, "Tautan harus berupa alamat web"),
        ({"link": "https://"}, "Tautan harus berupa alamat web"),
        ({"link": "https://a.example/\"onmouseover="}, "Tautan harus berupa alamat web"),
        ({"link": "https://[a.example"}, "Tautan harus berupa alamat web"),
        ({"photos": [b"<svg onload=alert(1)>"]}, "SVG tidak diterima"),
        ({"photos": [b"MZ bukan gambar"]}, "bukan gambar"),
        ({"photos": [b""]}, "Berkas foto kosong"),
        ({"photos": [b"x"] * 7}, "Paling banyak 6 foto"),
    ],
)  # fmt: skip
def test_bad_news_leave_nothing(change: dict[str, Any], sentence: str, win: QuickWin, author: User) -> None:
    with pytest.raises(Incomplete, match=sentence):
        tell_news(win, **{"text": "", "link": "", "photos": []} | change, by=author)
    assert (QuickWinUpdate.objects.count(), stored()) == (0, [])


def test_one_bad_photo_takes_the_good_one_along(win: QuickWin, author: User, settings: Any) -> None:
    with pytest.raises(Incomplete):
        tell_news(win, text="", link="", photos=[image_bytes(), b"rusak"], by=author)
    settings.PICTURE_MAX_BYTES = 50
    with pytest.raises(TooLarge):
        tell_news(win, text="", link="", photos=[image_bytes()], by=author)
    settings.PICTURE_MAX_BYTES, settings.PICTURE_QUOTA_BYTES = 15_000_000, 10
    with pytest.raises(NoRoom):
        tell_news(win, text="", link="", photos=[image_bytes()], by=author)
    assert (EvidencePhoto.objects.count(), QuickWinUpdate.objects.count(), stored()) == (0, 0, [])


def test_only_who_writes_the_row_tells_of_it(win: QuickWin) -> None:
    for role in (Role.APPROVER, Role.MENTOR, Role.COUNCIL_READER):
        with pytest.raises(NotAllowed):
            tell_news(win, text="x", link="", photos=[], by=person(role))
    with pytest.raises(NotAllowed):
        tell_news(win, text="x", link="", photos=[], by=person(Role.COORDINATOR, KOTA_BANJAR))


def test_milestones_are_reported_on_the_version_that_was_seen(win: QuickWin, author: User) -> None:
    first = win.milestones.all()[0]
    report_milestone(win, milestone=first.pk, done_on=date(2026, 3, 1), late_reason="x", version=1, by=author)
    with pytest.raises(StaleRowError):
        report_milestone(
            win, milestone=win.milestones.all()[1].pk, done_on=date(2026, 3, 1), late_reason="", version=1, by=author
        )
    with pytest.raises(WrongState, match="sudah diubah orang lain"):
        report_milestone(win, milestone=first.pk, done_on=None, late_reason="", version=2, by=author)
    with pytest.raises(Incomplete, match="belum tiba"):
        report_milestone(
            win, milestone=win.milestones.all()[1].pk, done_on=date(2099, 1, 1), late_reason="", version=2, by=author
        )
    report_milestone(
        win, milestone=win.milestones.all()[1].pk, done_on=None, late_reason="Lelang ulang", version=2, by=author
    )
    assert list(QuickWinMilestone.objects.values_list("text", "done_on", "late_reason")) == [
        ("SOP ditetapkan", date(2026, 3, 1), ""), ("Gerai buka", None, "Lelang ulang"),
    ]  # fmt: skip


def test_what_was_told_is_neither_deleted_nor_replaced(win: QuickWin, author: User) -> None:
    tell_news(win, text="Gerai buka", link="", photos=[], by=author)
    with pytest.raises(WrongState, match="dipakai oleh kabar quick win"):
        delete_row(win, by=None)
    with pytest.raises(PlanFileError, match="sudah mempunyai kabar"):
        planfile.load(planfile.dump(win.plan), by=None, replace=True)
    assert QuickWinUpdate.objects.get().quick_win == win


def test_silent_owners(win: QuickWin, author: User) -> None:
    today = date(2026, 6, 30)

    def found(last: datetime | None) -> list[tuple[date | None, bool]]:
        User.objects.filter(pk=author.pk).update(last_login=last)
        return [(owner.seen, owner.has_people) for owner in silent_owners([win], today)]

    assert found(None) == [(None, True)]
    assert found(datetime(2026, 5, 1, 3, tzinfo=UTC)) == []
    assert found(datetime(2026, 4, 30, 3, tzinfo=UTC)) == [(date(2026, 4, 30), True)]
    author.memberships.all().delete()
    assert found(None) == [(None, False)]


def test_reassign_to_another_office_of_the_region_only(win: QuickWin, author: User) -> None:
    coordinator, other = person(Role.COORDINATOR), office("DLH")
    for wrong in (office("DLH", KOTA_BANJAR).pk, 999_999):
        with pytest.raises(Incomplete, match="tidak ada atau tidak aktif"):
            reassign(win, opd=wrong, version=1, by=coordinator)
    with pytest.raises(NotAllowed):
        reassign(win, opd=other.pk, version=1, by=author)
    assert reassign(win, opd=other.pk, version=1, by=coordinator).lead_opd == other


def test_reminds_after_30_days_and_again_after_30_more(win: QuickWin, author: User) -> None:
    coordinator = person(Role.COORDINATOR)
    QuickWin.objects.update(status="berjalan")
    noon = datetime(2026, 6, 1, 4, tzinfo=UTC)
    update = tell_news(win, text="x", link="", photos=[], by=author)
    QuickWinUpdate.objects.filter(pk=update.pk).update(at=noon)

    def told(days: int, hour: int = 4) -> int:
        remind((noon + timedelta(days=days)).replace(hour=hour))
        return Notice.objects.filter(kind="quickwin.stale").count()

    assert [told(30), told(31, hour=21), told(31), told(32), told(59), told(61)] == [0, 0, 2, 2, 2, 4]
    assert {each.user for each in Notice.objects.filter(kind="quickwin.stale")} == {author, coordinator}


def test_the_hours_after_ask_for_nobody_again(win: QuickWin, author: User, django_assert_num_queries: Any) -> None:
    noon = datetime(2026, 3, 1, 4, tzinfo=UTC)
    remind(noon)
    assert Notice.objects.filter(user=author, kind="quickwin.stale").count() == 1
    with django_assert_num_queries(2):  # what was told, and the quick wins
        remind(noon + timedelta(hours=1))
