"""The looks that a region chose, with the bytes of their pictures."""

from export.look import Look, LookPicture
from masterplan.domain.book_look import look_of
from masterplan.domain.picture import bytes_of
from masterplan.models import BookLook, Masterplan, Picture


def look_in_print(plan: Masterplan, chosen: BookLook | None = None) -> tuple[Look, dict[str, bytes]]:
    """With the bytes of its pictures by asset; a picture that is gone from the disk is left out."""
    row = chosen or look_of(plan.regency)
    found = bytes_of(plan, {picture.source for picture in (row.crest, row.photo) if picture})
    crest = _picture(row.crest, found, f"Lambang {plan.regency.full_name}")
    photo = _picture(row.photo, found, row.photo_alt, row.photo_credit)
    look = Look(str(row.cover), row.primary, row.secondary, crest, photo)
    return look, {_asset(picture): content for picture, content in found.values()}


def _picture(
    picture: Picture | None, found: dict[str, tuple[Picture, bytes]], alt: str, credit: str = ""
) -> LookPicture | None:
    if picture is None or picture.source not in found:
        return None
    return LookPicture(_asset(picture), alt, picture.width, picture.height, credit)


def _asset(picture: Picture) -> str:
    return f"picture-{picture.pk}.{picture.extension}"
