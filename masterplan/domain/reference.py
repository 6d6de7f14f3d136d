"""Loading dimension sets and outlines from files by stable code; texts corrected in the browser are left alone."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from masterplan.models import Book, Chapter, Dimension, DimensionSet, Outline, OutlineSection, Subdimension

REFERENCE = Path(__file__).resolve().parents[1] / "reference"


@transaction.atomic
def load_dimension_set(path: Path = REFERENCE / "dimensions-2017.json") -> DimensionSet:
    """Create what is missing and bring names and goals up to date."""
    data = json.loads(path.read_text(encoding="utf-8"))
    dimension_set, _ = DimensionSet.objects.update_or_create(
        code=data["code"], defaults={"title": data["title"], "valid_from": data["valid_from"]}
    )
    for place, entry in enumerate(data["dimensions"], start=1):
        dimension, _ = Dimension.objects.update_or_create(
            dimension_set=dimension_set,
            code=entry["code"],
            defaults={"name": entry["name"], "goal": entry["goal"], "aliases": entry["aliases"], "position": place},
        )
        for subplace, sub in enumerate(entry["subdimensions"], start=1):
            Subdimension.objects.update_or_create(
                dimension=dimension, code=sub["code"], defaults={"name": sub["name"], "position": subplace}
            )
    return dimension_set


@transaction.atomic
def load_outline(dimension_set: DimensionSet, path: Path = REFERENCE / "outline-panduan-2021.json") -> Outline:
    """Create the outline unless its code is there already: a changed outline is a new code, plans keep the old one."""
    data = json.loads(path.read_text(encoding="utf-8"))
    outline, is_new = Outline.objects.get_or_create(
        code=data["code"], defaults={"title": data["title"], "note": data["note"]}
    )
    if is_new:
        dimensions = {dimension.code: dimension for dimension in dimension_set.dimensions.all()}
        for place, book in enumerate(data["books"], start=1):
            _create_book(outline, book, place, dimensions)
    return outline


def _create_book(outline: Outline, entry: dict[str, Any], place: int, dimensions: dict[str, Dimension]) -> None:
    book = Book.objects.create(
        outline=outline, code=entry["code"], number=entry["number"], title=entry["title"], position=place
    )
    for chapter_place, chapter_entry in enumerate(entry["chapters"], start=1):
        chapter = Chapter.objects.create(
            book=book,
            code=chapter_entry["code"],
            number=chapter_entry["number"],
            title=chapter_entry["title"],
            position=chapter_place,
        )
        OutlineSection.objects.bulk_create(
            _section(chapter, section, section_place, dimensions)
            for section_place, section in enumerate(chapter_entry["sections"], start=1)
        )


def _section(chapter: Chapter, entry: dict[str, Any], place: int, dimensions: dict[str, Dimension]) -> OutlineSection:
    least, most = entry["target_words"]
    keys = {table.partition(":")[2] for table in entry["tables"]}
    return OutlineSection(
        chapter=chapter,
        code=entry["code"],
        number=entry["number"],
        title=entry["title"],
        kind=entry["kind"],
        is_required=entry["required"],
        due_stage=entry["due_stage"],
        min_words=least,
        max_words=most,
        guidance=entry["guidance"],
        good_example=entry["good_example"],
        tables=entry["tables"],
        figures=entry["figures"],
        dimension=next((dimensions[key] for key in keys if key in dimensions), None),
        position=place,
    )
