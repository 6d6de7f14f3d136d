"""After each save of a text its remarks are carried along, in the same transaction."""

from typing import Any

from masterplan import prose
from masterplan.enums import AnchorState
from masterplan.models import CommentThread, Section

MOVED = ["block", "start", "end", "prefix", "suffix", "anchor"]


def follow_edit(section: Section, old_doc: Any, new_doc: Any) -> None:
    """One query while nothing in the section was remarked on; one more when something moved."""
    threads = list(CommentThread.objects.on_text_of(section).only("quote", *MOVED))
    if not threads:
        return
    before, after = prose.text_blocks(old_doc), prose.text_blocks(new_doc)
    moved = [thread for thread in threads if _follow(thread, before, after)]
    if moved:
        CommentThread.objects.bulk_update(moved, MOVED)


def _follow(thread: CommentThread, before: dict[str, str], after: dict[str, str]) -> bool:
    """Whether it stands elsewhere now."""
    old = anchor_of(thread)
    new = prose.follow(old, before, after)
    for name, value in fields_of(new).items():
        setattr(thread, name, value)
    return new != old


def anchor_of(thread: CommentThread) -> prose.Anchor:
    return prose.Anchor(
        thread.block, thread.start or 0, thread.end or 0, thread.quote, thread.prefix, thread.suffix, thread.anchor
    )


def fields_of(anchor: prose.Anchor) -> dict[str, Any]:
    return {
        "block": anchor.block,
        "start": anchor.start,
        "end": anchor.end,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "anchor": AnchorState(anchor.state),
    }
