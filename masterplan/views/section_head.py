"""What an editor starts from: a text, its version, and who saved last."""

from typing import Any

from django.utils import timezone

from masterplan.models import Section


def last_save(section: Section) -> dict[str, str]:
    """The time as `HH.MM` of the region and the writer's name; both empty before the first save."""
    if section.updated_at is None:
        return {"saved_at": "", "by": ""}
    name = section.updated_by.display_name if section.updated_by else "Perintah server"
    return {"saved_at": timezone.localtime(section.updated_at).strftime("%H.%M"), "by": name}


def head_as_json(section: Section, version: int, doc: dict[str, Any]) -> dict[str, Any]:
    return {"version": version, "doc": doc, **last_save(section)}
