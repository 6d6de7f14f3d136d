"""Suggested wording to test with: steps as the browser's tool makes them."""

from typing import Any

from masterplan.domain.section import Saved, save_steps
from masterplan.models import Section
from smartcity.accounts.models import User

type Json = dict[str, Any]

MOMENT = "2026-11-27T07:00:00.000Z"


def mark(kind: str, by: User, identity: str = "u1", /, **other: Any) -> Json:
    attrs = {"id": identity, "by": by.pk, "name": by.display_name, "at": MOMENT} | other
    return {"type": kind, "attrs": attrs}


def struck(start: int, end: int, by: User, identity: str = "u1", /, **other: Any) -> Json:
    return {"stepType": "addMark", "mark": mark("deletion", by, identity, **other), "from": start, "to": end}


def offered(at: int, text: str, by: User, identity: str = "u1", /, **other: Any) -> Json:
    node = {"type": "text", "text": text, "marks": [mark("insertion", by, identity, **other)]}
    return {"stepType": "replace", "from": at, "to": at, "slice": {"content": [node]}}


def unmarked(start: int, end: int, removed: Json) -> Json:
    return {"stepType": "removeMark", "mark": removed, "from": start, "to": end}


def cut(start: int, end: int) -> Json:
    return {"stepType": "replace", "from": start, "to": end}


def typed(at: int, text: str) -> Json:
    return {"stepType": "replace", "from": at, "to": at, "slice": {"content": [{"type": "text", "text": text}]}}


def save(section: Section, by: User, *steps: Json) -> Saved:
    """As on what is stored now."""
    section.refresh_from_db()
    saved = save_steps(section, version=section.version, client="a", steps=steps, by=by)
    section.refresh_from_db()
    return saved
