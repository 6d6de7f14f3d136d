"""How a region's books look: who chooses, which colours can be read, whose pictures stay."""

from typing import Any

import pytest

from masterplan.domain.bin_picture import bin_picture, delete_old_pictures
from masterplan.domain.book_look import NewPicture, colour_trouble, faults_in, look_of, reset_look, save_look
from masterplan.models import BookLook, Masterplan, Picture
from smartcity.audit.models import Event
from smartcity.ui.colour import READABLE, contrast, readable_shade
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState
from tests.masterplan.given import image_bytes
from tests.people import People

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def values(**changed: str) -> dict[str, str]:
    given = {"cover": "foto", "primary": "#7a1f2b", "secondary": "", "photo_alt": "Pasar terapung", "photo_credit": ""}
    return given | changed


def save(plan: Masterplan, people: People, *, version: int = 0, **pictures: Any) -> BookLook:
    return save_look(plan=plan, values=values(), pictures=pictures, version=version, by=people.coordinator)


def crest() -> NewPicture:
    return NewPicture(image_bytes((30, 40), colour="red"), "lambang.png")


def photo() -> NewPicture:
    return NewPicture(image_bytes((80, 50), kind="JPEG"), "pasar.jpg")


@pytest.mark.parametrize(("colour", "ratio"), [("#000000", 21.0), ("#767676", 4.54), ("#ffd200", 1.45)])
def test_contrast_is_that_of_wcag(colour: str, ratio: float) -> None:
    assert contrast("#ffffff", colour) == pytest.approx(ratio, abs=0.01)


def test_a_colour_that_cannot_be_read_is_refused_with_both_numbers() -> None:
    assert colour_trouble("#ffd200", "Warna utama") == (
        "Warna utama #ffd200 terlalu muda: kontrasnya dengan putih 1,4, padahal huruf perlu sedikitnya 4,5. "
        "Pilih warna yang lebih tua."
    )
    assert faults_in(values(primary="#767676", secondary="#777777"), has_photo=False).keys() == {"secondary"}
    assert faults_in(values(photo_alt=" "), has_photo=True).keys() == {"photo_alt"}


@pytest.mark.parametrize("colour", ["#767676", "#084546", "#7a1f2b", "#000000", "#9a5b00"])
def test_the_shade_of_a_colour_can_be_read_on_it(colour: str) -> None:
    assert contrast(readable_shade(colour), colour) >= READABLE


def test_what_was_chosen_is_kept_with_its_pictures(plan: Masterplan, people: People) -> None:
    save(plan, people, crest=crest(), photo=photo())
    look = look_of(plan.regency)
    assert (look.cover, look.primary, look.secondary, look.version) == ("foto", "#7a1f2b", "", 1)
    assert (look.crest and look.crest.name, look.photo and look.photo.extension) == ("lambang.png", "jpg")
    assert Event.objects.filter(verb="look.saved", regency_id=plan.regency_id).count() == 1
    save(plan, people, version=1, photo=None)
    later = look_of(plan.regency)
    assert (later.crest, later.photo, later.photo_alt) == (look.crest, None, "")


def test_reset_leaves_the_looks_of_the_product_and_the_pictures(plan: Masterplan, people: People) -> None:
    save(plan, people, crest=crest())
    reset_look(plan=plan, version=1, by=people.coordinator)
    look = look_of(plan.regency)
    assert (look.pk, look.cover, look.crest, Picture.objects.count()) == (None, "geometri", None, 1)
    reset_look(plan=plan, version=0, by=people.coordinator)


def test_who_opened_the_page_before_somebody_saved_is_told(plan: Masterplan, people: People) -> None:
    save(plan, people)
    with pytest.raises(Conflict):
        save(plan, people)
    with pytest.raises(Conflict):
        reset_look(plan=plan, version=0, by=people.coordinator)


def test_only_the_coordinator_chooses(plan: Masterplan, people: People) -> None:
    for person in (people.author, people.approver, people.mentor, people.ministry_editor):
        with pytest.raises(NotAllowed):
            save_look(plan=plan, values=values(), pictures={}, version=0, by=person)
    assert not BookLook.objects.exists()


def test_a_drawing_is_refused_and_nothing_is_kept(plan: Masterplan, people: People) -> None:
    with pytest.raises(Incomplete, match="SVG tidak diterima"):
        save(plan, people, crest=NewPicture(SVG, "lambang.svg"))
    assert (BookLook.objects.count(), Picture.objects.count()) == (0, 0)


def test_a_picture_on_the_cover_cannot_be_thrown_away(plan: Masterplan, people: People) -> None:
    look = save(plan, people, crest=crest())
    assert look.crest
    with pytest.raises(WrongState, match="sampul"):
        bin_picture(look.crest, plan=plan, by=people.coordinator)
    Picture.objects.update(binned_at="2020-01-01T00:00Z")
    assert delete_old_pictures(before=look.changed_at) == 0
    assert look_of(plan.regency).crest == look.crest
