"""The looks that a region chose, with the bytes of their pictures, and the tree that wears them."""

from export.look import Look, LookPicture
from export.tree import DimensionName, Document
from masterplan.domain.book_look import look_of
from masterplan.domain.picture import bytes_of
from masterplan.models import BookLook, Masterplan, Picture


def bare_document(plan: Masterplan, chosen: BookLook | None = None, *, is_draft: bool = False) -> Document:
    """Without books, in the looks of the region or in those `chosen`. Needs the names of region and province."""
    look, pictures = look_in_print(plan, chosen)
    region = plan.regency
    return Document(
        title=plan.title,
        region=region.full_name,
        province=region.province.name,
        capital=region.capital,
        period=plan.period,
        is_draft=is_draft,
        dimensions=tuple(DimensionName(each.code, each.name) for each in plan.dimension_set.dimensions.all()),
        books=(),
        pictures=pictures,
        look=look,
    )


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
