"""What must hold of a finished file before it is stored."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Job, Name, Object, Pdf

from export.paging import PlacedPart, anchor_labels, folios


def faults_of(path: Path, parts: Sequence[PlacedPart]) -> list[str]:
    """Empty when the file may be stored; each fault is a line for the log."""
    with pikepdf.open(path) as pdf:
        pages = {page.obj.objgen: place for place, page in enumerate(pdf.pages)}
        faults = [f"berkas: {problem}" for problem in _syntax(path, pdf)]
        wanted = sum(len(place.sidecar.pages) for place in parts)
        if len(pages) != wanted:
            faults.append(f"halaman: {len(pages)}, seharusnya {wanted}")
        faults += _links(pdf, pages)
        faults += _outline(pdf, pages)
        faults += _contents(pdf, parts)
        faults += _structure(pdf)
    return faults


def _syntax(path: Path, pdf: Pdf) -> list[str]:
    """qpdf's own check takes a third of the time of `check_pdf_syntax`, which is asked only for what is wrong."""
    job = Job(["pikepdf", "--check", str(path)])
    job.run()
    return pdf.check_pdf_syntax() if job.exit_code or job.has_warnings else []


type Places = dict[tuple[int, int], int]


def _targets(pdf: Pdf) -> dict[bytes, Object]:
    names = pdf.Root.Names.Dests.Names if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names else Array()
    entries = names.as_list()
    return {bytes(entries[at]): entries[at + 1] for at in range(0, len(entries), 2)}


def _links(pdf: Pdf, pages: Places) -> Iterator[str]:
    targets = _targets(pdf)
    for place, page in enumerate(pdf.pages, start=1):
        for note in page.obj.get("/Annots", []):
            if "/Dest" not in note:
                continue
            target = targets.get(bytes(note.Dest))
            if target is None or target[0].objgen not in pages:
                yield f"tautan: halaman {place} menunjuk {note.Dest}"


def _outline(pdf: Pdf, pages: Places) -> Iterator[str]:
    with pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop()
            waiting += item.children
            target = item.destination
            if not isinstance(target, Array) or target[0].objgen not in pages:
                yield f"markah: {item.title}"


def _contents(pdf: Pdf, parts: Sequence[PlacedPart]) -> Iterator[str]:
    """The label in each line of contents and lists is the one that the page bears."""
    shown = [page.label for page in pdf.pages]
    for place in parts:
        for number in range(len(place.sidecar.pages)):
            if shown[place.start + number] != place.label(number):
                yield f"nomor: halaman {place.start + number + 1} bernomor {place.label(number)}"
    labels = anchor_labels(parts)
    for place in parts:
        for key, label in folios(place.part.html):
            if labels.get(key) != label:
                yield f"daftar isi: {key} di halaman {labels.get(key)}, tertulis {label}"


def _structure(pdf: Pdf) -> Iterator[str]:
    """Every page and link has its place in the tree, under keys in ascending order."""
    entries = pdf.Root.StructTreeRoot.ParentTree.Nums.as_list()
    keys = [int(key) for key in entries[::2]]
    if keys != sorted(set(keys)):
        yield "struktur: kunci tidak berurutan"
    known = dict(zip(keys, entries[1::2], strict=True))
    for place, page in enumerate(pdf.pages):
        if int(page.obj.StructParents) != place or place not in known:
            yield f"struktur: halaman {place + 1}"
        for note in page.obj.get("/Annots", []):
            element = known.get(int(note.get("/StructParent", -1)))
            if element is None or element.S not in (Name.Link, Name.Reference):
                yield f"struktur: tautan di halaman {place + 1}: {element.S if element else None}"
