"""`tampilan_buku`: cover, colours, crest and photo of the region's books."""

from collections.abc import Container, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from export.planfile.cursor import Cursor
from export.planfile.pictures import stored_pictures
from masterplan.domain.book_look import NO_ALT, faults_in
from masterplan.enums import CoverKind
from masterplan.models import BookLook, Masterplan
from masterplan.models.book_look import COLOUR
from smartcity.accounts.models import User

type Json = dict[str, Any]
PART = "tampilan_buku"
TEXTS = {"primary": "warna_utama", "secondary": "warna_kedua", "photo_alt": "isi_foto", "photo_credit": "sumber_foto"}
MOST = {"primary": 7, "secondary": 7, "photo_alt": 200, "photo_credit": 120}
PICTURES = {"crest": "lambang", "photo": "foto"}


def look_sources(look: BookLook) -> list[str]:
    return [picture.source for picture in (look.crest, look.photo) if picture]


def dump_look(look: BookLook, names: Mapping[str, str]) -> Json | None:
    """None for the looks of the product; pictures as texts of the file name them."""
    if look.pk is None:
        return None
    entry: Json = {"sampul": look.cover} | {key: getattr(look, name) for name, key in TEXTS.items()}
    entry |= {key: names[picture.source] for name, key in PICTURES.items() if (picture := getattr(look, name))}
    return {key: value for key, value in entry.items() if value}


def parse_look(root: Cursor, media: Container[str]) -> Json | None:
    """Fields of the row; pictures are still names in the file."""
    if not root.has(PART):
        root.seen.add(PART)
        return None
    given = root.inside(PART)
    values: Json = {"cover": given.choice("sampul", CoverKind.values)}
    values |= {name: given.text(key, "", most=MOST[name]) for name, key in TEXTS.items()}
    for name, key in PICTURES.items():
        values[name] = given.text(key, "")
        if values[name] and values[name] not in media:
            given.fail(key, f"“{values[name]}” tidak ada dalam gambar.")
    _check(given, values)
    given.finish()
    return values


def _check(given: Cursor, values: Json) -> None:
    for name in ("primary", "secondary"):
        try:
            if values[name]:
                COLOUR(values[name])
        except ValidationError as error:
            given.fail(TEXTS[name], error.messages[0])
            values[name] = ""
    for name, sentence in faults_in(values, has_photo=bool(values["photo"])).items():
        given.fail(TEXTS[name], "wajib diisi bila ada foto." if sentence == NO_ALT else sentence)


def load_look(
    plan: Masterplan, values: Json | None, pictures: Mapping[str, tuple[str, bytes]], by: User | None
) -> None:
    """A file that says nothing of it leaves the looks as they are."""
    if values is None:
        return
    stored = stored_pictures(plan, {key: pictures[key] for name in PICTURES if (key := values[name])}, by)
    fields = values | {name: stored.get(values[name]) for name in PICTURES}
    look = BookLook.objects.filter(regency=plan.regency).first() or BookLook(regency=plan.regency, version=0)
    for name, value in fields.items():
        setattr(look, name, value)
    look.version, look.changed_by = look.version + 1, by
    look.save()
