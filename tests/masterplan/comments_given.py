"""Threads to test with."""

import uuid
from collections.abc import Callable
from typing import Any

from masterplan import prose
from masterplan.domain.comment import Draft, act_on, start_thread
from masterplan.domain.comment_places import Spot, on_plan, on_row, on_section, on_text
from masterplan.domain.section import replace_text
from masterplan.enums import CommentAct, CommentKind, CommentVisibility
from masterplan.models import Comment, CommentThread, Masterplan, Section
from smartcity.accounts.models import User


def thread_on(
    plan: Masterplan,
    *,
    by: User,
    spot: Callable[[], Spot] | None = None,
    token: uuid.UUID | None = None,
    body: str = "Mohon dijelaskan.",
    kind: str = CommentKind.SUGGESTION,
    visibility: str = CommentVisibility.TEAM,
    **more: Any,
) -> CommentThread:
    draft = Draft(visibility=visibility, kind=kind, body=body, **more)
    return start_thread(plan, spot=spot or (lambda: on_plan(plan)), draft=draft, token=token or uuid.uuid4(), by=by)[0]


def section_spot(section: Section) -> Callable[[], Spot]:
    return lambda: on_section(section)


def row_spot(row: Any, column: str = "", label: str = "") -> Callable[[], Spot]:
    return lambda: on_row(row, column, label)


def text_spot(section: Section, quote: str) -> Callable[[], Spot]:
    """The first block of the present text that has these words."""
    section.refresh_from_db()
    blocks = prose.text_blocks(section.doc)
    block = next(name for name, text in blocks.items() if quote in text)
    start = blocks[block].index(quote)
    version = section.version
    return lambda: on_text(
        section, version=version, block=block, start=start, end=start + len(quote), quote=quote
    )  # fmt: skip


def write(section: Section, *paragraphs: str) -> None:
    """The section's text; paragraph n keeps its id p<n>."""
    section.refresh_from_db()
    content = [
        {"type": "paragraph", "attrs": {"id": f"p{n}"}, "content": [{"type": "text", "text": text}] if text else []}
        for n, text in enumerate(paragraphs, 1)
    ]
    replace_text(section, doc={"type": "doc", "content": content}, by=None)
    section.refresh_from_db()


def act(thread: CommentThread, name: CommentAct, *, by: User, body: str = "Baik.") -> Comment:
    thread.refresh_from_db()
    return act_on(thread, act=name, version=thread.version, body=body, token=uuid.uuid4(), by=by)[0]
