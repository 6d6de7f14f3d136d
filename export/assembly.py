"""Set parts become one file: pages, stamps, links, outline, page labels, one structure tree, metadata, attachments."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, OutlineItem, Pdf, Stream, String

from export.job import ELSEWHERE, Attachment, PrintJob
from export.paging import PlacedPart
from export.stamps import SHIFT, Stamper
from export.trim import trimmed
from export.variants import MAKINGS
from export.xmp import packet

MEDIA = ("/FontFile2", "/FontFile3")


def assemble(job: PrintJob, parts: Sequence[PlacedPart], contents: Sequence[bytes], output: Path) -> None:
    """`contents` are the PDFs of the parts. The same input makes the same bytes."""
    pdf = pikepdf.new()
    sources = [pikepdf.open(BytesIO(content)) for content in contents]
    for source in sources:
        pdf.pages.extend(source.pages)
    book = _Book(pdf, list(parts), [page.obj for page in pdf.pages])
    share_equal_streams(book)
    _point_links(book)
    _stamp(book)
    _merge_structure(book, sources)
    _name_destinations(book)
    _outline(book)
    _label_pages(book)
    _describe(book, job, sources[0])
    if bleed := MAKINGS[job.variant].bleed_mm:
        trimmed(pdf, book.pages, bleed)
    for attachment in job.attachments:
        _attach(pdf, attachment)
    pdf.save(output, min_version="1.7", object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)


@dataclass(frozen=True)
class _Book:
    pdf: Pdf
    parts: list[PlacedPart]
    pages: list[Object]

    def placed_pages(self) -> Iterator[tuple[PlacedPart, int, Object]]:
        for place in self.parts:
            for page in range(len(place.sidecar.pages)):
                yield place, page, self.pages[place.start + page]

    def shift(self, place: PlacedPart, page: int) -> float:
        """How far the page moves to the left when it is a left-hand one."""
        facts = place.sidecar.pages[page]
        is_stamped = place.part.run is not None and not place.part.is_bare
        return SHIFT if is_stamped and place.page_is_left(page) and facts.height > facts.width else 0.0

    def target(self, place: PlacedPart, page: int, x: float, y: float) -> Array:
        return Array([self.pages[place.start + page], Name.XYZ, round(x - self.shift(place, page), 2), y, 0])


def _point_links(book: _Book) -> None:
    """Addresses inside the book become named destinations."""
    for leaf in book.pages:
        for note in leaf.get("/Annots", []):
            address = str(note.A.URI) if "/A" in note else ""
            if address.startswith(ELSEWHERE):
                del note["/A"]
                note.Dest = String(address.removeprefix(ELSEWHERE))


def _stamp(book: _Book) -> None:
    stamper = Stamper(book.pdf)
    known: set[tuple[int, int]] = set()
    before = {shift: book.pdf.make_stream(f"q 1 0 0 1 {-shift:.4f} 0 cm\n".encode()) for shift in (0.0, SHIFT)}
    for place, page, leaf in book.placed_pages():
        shift = book.shift(place, page)
        operators = stamper.operators(place, page)
        if not operators and not shift:
            continue
        resources = leaf.Resources
        if resources.objgen not in known:
            known.add(resources.objgen)
            for face in stamper.faces.values():
                resources.Font[face.name] = face.object
        after = book.pdf.make_stream(f"\nQ\n{operators}".encode())
        leaf.Contents = Array([before[shift], leaf.Contents, after])
        for note in leaf.get("/Annots", []) if shift else []:
            left, low, right, high = (float(side) for side in note.Rect)
            note.Rect = Array([round(left - shift, 3), low, round(right - shift, 3), high])


def _merge_structure(book: _Book, sources: Sequence[Pdf]) -> None:
    """Copied after the pages, so that both share objects."""
    pdf = book.pdf
    trees = [pdf.copy_foreign(_indirect(source, source.Root.StructTreeRoot)) for source in sources]
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.K = Array([_grouped(book, trees, root)])
    root.ParentTree, root.ParentTreeNextKey = _parent_tree(book, trees)
    known = sorted((tree.IDTree for tree in trees if "/IDTree" in tree), key=lambda ids: bytes(ids.Limits[0]))
    if known:
        root.IDTree = pdf.make_indirect(Dictionary(Kids=Array([_indirect(pdf, ids) for ids in known])))
    pdf.Root.StructTreeRoot = root


def _grouped(book: _Book, trees: Sequence[Object], root: Object) -> Object:
    """Document, books, chapters, parts."""
    top = _group(book.pdf, Name.Document, root)
    pairs = zip(book.parts, trees, strict=True)
    for _, volume in groupby(pairs, key=lambda pair: pair[0].part.run and pair[0].part.run.book):
        whole = _group(book.pdf, Name.Part, top)
        for _, parts in groupby(volume, key=lambda pair: pair[0].part.run):
            chapter = _group(book.pdf, Name.Sect, whole)
            for _, tree in parts:
                own = tree.K[0]
                own.S, own.P = Name.Div, chapter
                chapter.K.append(own)
    return top


def _parent_tree(book: _Book, trees: Sequence[Object]) -> tuple[Object, int]:
    """Keys are given anew: first pages, then links, each the place in the file."""
    known = [_entries(tree) for tree in trees]
    numbers: list[Any] = []
    links: list[Object] = []
    for place, page, leaf in book.placed_pages():
        own = known[place.position]
        leaf.StructParents = place.start + page
        numbers += [place.start + page, own[page]]
        for note in leaf.get("/Annots", []):
            links.append(own[int(note.StructParent)])
            note.StructParent = len(book.pages) + len(links) - 1
    for key, element in enumerate(links, start=len(book.pages)):
        numbers += [key, element]
    return book.pdf.make_indirect(Dictionary(Nums=Array(numbers))), len(book.pages) + len(links)


def _entries(tree: Object) -> dict[int, Object]:
    entries = tree.ParentTree.Nums.as_list()
    return {int(entries[at]): entries[at + 1] for at in range(0, len(entries), 2)}


def _group(pdf: Pdf, kind: Name, parent: Object) -> Object:
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=kind, P=parent, K=Array()))
    if parent.get("/Type") == Name.StructElem:
        parent.K.append(element)
    return element


def _indirect(pdf: Pdf, found: Object) -> Object:
    return found if found.is_indirect else pdf.make_indirect(found)


def _name_destinations(book: _Book) -> None:
    """By id; the first part that holds an id has it."""
    targets: dict[str, Array] = {}
    for place in book.parts:
        for key, (page, x, y) in place.sidecar.anchors.items():
            if key not in targets:
                targets[key] = book.target(place, page, x, y)
    names: list[Object] = []
    for key in sorted(targets, key=lambda key: bytes(String(key))):
        names += [String(key), targets[key]]
    if targets:
        book.pdf.Root.Names = Dictionary(Dests=book.pdf.make_indirect(Dictionary(Names=Array(names))))


def _outline(book: _Book) -> None:
    with book.pdf.open_outline() as outline:
        above: list[tuple[int, list[OutlineItem]]] = [(0, outline.root)]
        for place in book.parts:
            for mark in place.sidecar.marks:
                item = OutlineItem(mark.label, book.target(place, mark.page, mark.x, mark.y))
                item.is_closed = mark.level > 1
                while above[-1][0] >= mark.level:
                    above.pop()
                above[-1][1].append(item)
                above.append((mark.level, item.children))


def _label_pages(book: _Book) -> None:
    """What a viewer calls a page is what is printed on it: iv, III-12."""
    numbers: list[Any] = []
    for run, parts in groupby(book.parts, key=lambda place: place.part.run):
        style = Dictionary(S=Name.r if run and run.is_front else Name.D)
        if run and run.prefix:
            style.P = String(run.prefix)
        numbers += [next(parts).start, style]
    book.pdf.Root.PageLabels = Dictionary(Nums=Array(numbers))


def _describe(book: _Book, job: PrintJob, source: Pdf) -> None:
    pdf = book.pdf
    pdf.Root.Lang = String("id")
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    is_archive = MAKINGS[job.variant].is_archive
    if is_archive:
        pdf.Root.OutputIntents = pdf.copy_foreign(source.make_indirect(source.Root.OutputIntents))
    producer = str(source.docinfo["/Producer"])
    metadata = Stream(pdf, packet(title=job.title, author=job.author, producer=producer, is_archive=is_archive))
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(metadata)
    pdf.docinfo["/Title"], pdf.docinfo["/Author"], pdf.docinfo["/Producer"] = job.title, job.author, producer


def _attach(pdf: Pdf, attachment: Attachment) -> None:
    body = attachment.body
    stream = Stream(pdf, body)
    stream.Type, stream.Subtype = Name.EmbeddedFile, Name("/" + attachment.mime)
    stream.Params = Dictionary(Size=len(body), CheckSum=String(hashlib.md5(body, usedforsecurity=False).digest()))
    spec = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec, F=String(attachment.name), UF=String(attachment.name), EF=Dictionary(F=stream, UF=stream),
            Desc=String(attachment.description), AFRelationship=Name("/" + attachment.relationship),
        )
    )  # fmt: skip
    names = pdf.Root.get("/Names")
    if names is None:
        names = pdf.Root.Names = Dictionary()
    if "/EmbeddedFiles" not in names:
        names.EmbeddedFiles = Dictionary(Names=Array())
    names.EmbeddedFiles.Names.extend([String(attachment.name), spec])
    pdf.Root.AF = Array([*pdf.Root.get("/AF", []), spec])


def share_equal_streams(book: _Book) -> None:
    """Font files, pictures and colour profiles that several parts carry are kept once."""
    seen: dict[bytes, Object] = {}
    for resources in {page.Resources.objgen: page.Resources for page in book.pages}.values():
        for holder, key in _media(resources):
            stream = holder[key]
            digest = hashlib.sha256(stream.read_raw_bytes()).digest()
            mask = stream.get("/SMask")
            if mask is not None:
                digest += hashlib.sha256(mask.read_raw_bytes()).digest()
            holder[key] = seen.setdefault(digest, stream)


def _media(resources: Object) -> Iterator[tuple[Object, str | int]]:
    pictures = resources.get("/XObject", Dictionary())
    yield from ((pictures, key) for key in list(pictures.keys()) if pictures[key].get("/Subtype") == Name.Image)
    for font in resources.get("/Font", Dictionary()).values():
        descriptor = font.DescendantFonts[0].FontDescriptor
        yield from ((descriptor, key) for key in MEDIA if key in descriptor)
    for space in resources.get("/ColorSpace", Dictionary()).values():
        if space[0] == Name.ICCBased:
            yield space, 1
