"""Suggested wording: the marks "insertion" and "deletion" in a document, and the text without them.

One suggestion is one id; a replacement shares the id of its deletion and its insertion.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from masterplan.prose.text import leaf_text, walk

type Json = dict[str, Any]
type Chosen = Callable[[Mapping[str, Any]], bool]
"""Whether a mark with these attributes is meant."""

INSERTION, DELETION = "insertion", "deletion"
MARKS = frozenset({INSERTION, DELETION})


@dataclass(frozen=True)
class Suggestion:
    """`by` is the key of the person, `at` the moment that their browser gave it."""

    id: str
    by: int
    name: str
    at: str
    inserted: str = ""
    deleted: str = ""

    @property
    def without_words(self) -> "Suggestion":
        return replace(self, inserted="", deleted="")

    def is_part_of(self, other: "Suggestion") -> bool:
        """Whether it is the other one, whole or with some of its words gone."""
        return (
            self.without_words == other.without_words
            and _is_within(self.inserted, other.inserted)
            and _is_within(self.deleted, other.deleted)
        )


def _every(_: Mapping[str, Any]) -> bool:
    return True


def rejected(doc: Json, chosen: Chosen = _every) -> Json:
    """The text as it was before these suggestions; the same object where there are none."""
    return _without(doc, INSERTION, chosen) if _has(doc, chosen) else doc


def accepted(doc: Json, chosen: Chosen = _every) -> Json:
    """The text with these suggestions carried out; the same object where there are none."""
    return _without(doc, DELETION, chosen) if _has(doc, chosen) else doc


def suggestions(doc: Json) -> list[Suggestion]:
    """In document order."""
    found: dict[str, Suggestion] = {}
    for node in walk(doc):
        for mark in _marks_of(node):
            attrs = mark["attrs"]
            each = found.get(attrs["id"]) or Suggestion(attrs["id"], attrs["by"], attrs["name"], attrs["at"])
            text = leaf_text(node)
            is_new = mark["type"] == INSERTION
            found[each.id] = (
                replace(each, inserted=each.inserted + text) if is_new else replace(each, deleted=each.deleted + text)
            )
    return list(found.values())


def _marks_of(node: Mapping[str, Any]) -> list[Json]:
    return [mark for mark in node.get("marks", ()) if mark["type"] in MARKS]


def _has(doc: Json, chosen: Chosen) -> bool:
    return any(chosen(mark["attrs"]) for node in walk(doc) for mark in _marks_of(node))


def _without(node: Json, gone: str, chosen: Chosen) -> Json:
    """Takes out what bears the mark `gone`, and the other mark from what stays."""
    if "content" not in node:
        return node
    children: list[Json] = []
    for child in node["content"]:
        meant = [mark for mark in _marks_of(child) if chosen(mark["attrs"])]
        if any(mark["type"] == gone for mark in meant):
            continue
        kept = _without(_unmarked(child, meant), gone, chosen)
        if children and _continues(children[-1], kept):
            children[-1] = {**kept, "text": children[-1]["text"] + kept["text"]}
        else:
            children.append(kept)
    rest = {key: value for key, value in node.items() if key != "content"}
    return {**rest, "content": children} if children else rest


def _unmarked(node: Json, meant: list[Json]) -> Json:
    if not meant:
        return node
    marks = [mark for mark in node["marks"] if mark not in meant]
    rest = {key: value for key, value in node.items() if key != "marks"}
    return {**rest, "marks": marks} if marks else rest


def _continues(before: Json, node: Json) -> bool:
    """Texts of the same look are one text, or the document would not equal the one before."""
    are_texts = before["type"] == "text" and node["type"] == "text"
    return are_texts and bool(before.get("marks", []) == node.get("marks", []))


def _is_within(part: str, whole: str) -> bool:
    """Whether `part` is `whole` with some characters left out."""
    rest = iter(whole)
    return all(character in rest for character in part)
