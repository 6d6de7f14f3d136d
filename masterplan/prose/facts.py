"""Live facts in a text: tokens that name a number of the rows. What they print is put into a copy just before reading."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

type Json = dict[str, Any]
type Values = Mapping[str, Mapping[str, str]]
"""For each key what is printed in each style."""

SHORT, LONG = "short", "long"
STYLES = (SHORT, LONG)
KEY = re.compile(r"^[a-z]{1,20}(?::[\w.~%-]{1,150}){0,3}$", re.ASCII)
MAX_KEY = 200
MAX_VALUE = 200
LOST = "[fakta tidak ditemukan: "
WORDS = {
    "budget": "anggaran", "count": "banyaknya", "target": "target", "baseline": "nilai awal", "period": "masa rencana",
    "programme": "program", "programmes": "program", "action": "aksi pendukung", "actions": "aksi pendukung", "goal": "sasaran",
    "strategy": "strategi", "quickwin": "quick win", "dim": "", "group": "", "opd": "", "year": "", "total": "masterplan",
}  # fmt: skip


def fact_keys(doc: Mapping[str, Any]) -> set[str]:
    """Keys of all tokens in the text."""
    if doc["type"] == "fact":
        return {doc["attrs"]["key"]}
    return {key for child in doc.get("content", ()) if child["type"] != "text" for key in fact_keys(child)}


def fact_values(doc: Mapping[str, Any]) -> list[str]:
    """What its tokens carry, in reading order."""
    if doc["type"] == "fact":
        return [doc["attrs"].get("value") or ""]
    return [value for child in doc.get("content", ()) if child["type"] != "text" for value in fact_values(child)]


def with_values(doc: Json, values: Values) -> Json:
    """The text as it is read with these values: each token carries what it prints, a lost one says so.

    Made for reading and for freezing: what comes out can be rendered, counted and compared without the rows.
    """
    if doc["type"] == "fact":
        return {**doc, "attrs": {**doc["attrs"], "value": _printed(doc["attrs"], values)}}
    if "content" not in doc:
        return doc
    return {**doc, "content": [with_values(child, values) for child in doc["content"]]}


def values_in(doc: Mapping[str, Any], values: Values) -> dict[str, dict[str, str]]:
    """Those of the values that the text's own tokens print, to be kept beside it."""
    return {key: dict(values[key]) for key in fact_keys(doc) & values.keys()}


def is_lost(value: str) -> bool:
    """Whether `with_values` found no fact for it."""
    return value.startswith(LOST)


def named(key: str) -> str:
    """A key in words, for facts whose rows are gone and can no longer name themselves."""
    parts = (WORDS.get(part, unquote(part)) for part in key.split(":"))
    return " ".join(part for part in parts if part)


def _printed(attrs: Mapping[str, Any], values: Values) -> str:
    shown = values.get(attrs["key"])
    if shown is not None:
        return shown[attrs.get("style") or SHORT]
    last = attrs.get("value") or ""
    if is_lost(last):
        return last
    return f"{LOST}{named(attrs['key'])}{f', terakhir {last}' if last else ''}]"
