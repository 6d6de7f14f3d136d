"""Python replays what three rebasing clients in JavaScript wrote: the same text after every save, for ten seeds.

The corpus is recorded by `editor/fuzz.mjs` (with `make editor`), because a machine that runs the tests need not have Node;
`make check` makes it anew from the sources of today and fails when the recorded one differs.
"""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from masterplan import prose

CORPUS: list[dict[str, Any]] = json.loads(gzip.decompress((Path(__file__).parent / "fuzz.json.gz").read_bytes()))
PICTURES = {"/gambar/00000000-0000-4000-8000-000000000001/"}
THREADS = {"t0", "t1", "t2"}


def test_corpus_is_rich() -> None:
    """A generator that only types would prove nothing."""
    steps = [step for run in CORPUS for batch in run["batches"] for step in batch["steps"]]
    assert [run["seed"] for run in CORPUS] == list(range(1, 11))
    assert {step["stepType"] for step in steps} == {"replace", "replaceAround", "addMark", "removeMark", "attr"}
    assert len(steps) > 8_000
    written = json.dumps(CORPUS)
    nodes = ("table", "tableHeader", "figure", "footnote", "xref", "fact", "orderedList", "bulletList", "blockquote")
    marks = ("bold", "italic", "underline", "strike", "subscript", "superscript", "link", "comment")
    assert [name for name in (*nodes, *marks) if f'"type": "{name}"' not in written] == []


@pytest.mark.parametrize("run", CORPUS, ids=lambda run: str(run["seed"]))
def test_python_reaches_the_text_of_javascript(run: dict[str, Any]) -> None:
    node = prose.load(run["base"])
    for number, batch in enumerate(run["batches"]):
        node = prose.apply(node, batch["steps"], media=PICTURES, threads=THREADS)
        assert (number, prose.fingerprint(node)) == (number, batch["fp"])
    assert prose.dump(node) == run["doc"]
    assert prose.load(run["doc"]).eq(node)
    prose.render_html(node)
