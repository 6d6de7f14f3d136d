"""What the preview of a Word import shows: rows, targets, notes and the text of a piece."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from masterplan import prose
from masterplan.domain.word_apply import REPLACE
from masterplan.models import Masterplan, Section
from masterplan.registers import KINDS

type Json = dict[str, Any]

# kind of note: heading, what became of it
NOTES = {
    "picture": ("Gambar jenis lain", "Hanya PNG, JPEG, dan WebP yang terbawa. Simpan gambar ini sebagai PNG, lalu unggah di bagiannya."),
    "external": ("Gambar di luar berkas", "Gambar yang hanya ditautkan tidak pernah diambil. Unggah gambarnya di bagiannya."),
    "chart": ("Grafik Word", "Tidak terbawa; di teks ada tandanya. Simpan grafik sebagai gambar, lalu unggah."),
    "smartart": ("SmartArt", "Kata-katanya tercatat di teks; bagannya tidak terbawa."),
    "object": ("Objek tersemat", "Lembar Excel atau objek lain di dalam berkas tidak terbawa."),
    "shape": ("Bentuk gambar", "Panah, garis, dan bentuk tanpa teks tidak terbawa."),
    "chunk": ("Dokumen sisipan", "Dokumen lain yang disisipkan utuh tidak dibaca."),
    "hidden": ("Teks tersembunyi", "Teks yang disembunyikan di Word tidak dibawa."),
    "cut": ("Dipotong", "Melebihi batas naskah, sehingga tidak terbawa utuh."),
    "link": ("Tautan", "Hanya tautan http, https, dan mailto yang terbawa; kata-katanya tetap ada."),
    "reference": ("Rujukan silang", "Menjadi teks biasa. Sisipkan lagi rujukannya di editor supaya nomornya ikut berubah."),
    "equation": ("Rumus", "Menjadi teks satu baris. Periksa tulisannya."),
    "nested": ("Tabel di dalam tabel", "Isinya menjadi baris teks di dalam sel."),
    "box": ("Kotak teks", "Isinya terbawa sesudah paragraf tempat kotak itu ditambatkan."),
    "moved": ("Gambar di dalam tabel", "Dipindahkan ke bawah tabelnya."),
    "comment": ("Komentar", "Tidak terbawa. Tulis ulang yang masih perlu di naskah."),
    "inserted": ("Perubahan terlacak: sisipan", "Dianggap diterima."),
    "deleted": ("Perubahan terlacak: hapusan", "Dianggap diterima, jadi tidak terbawa."),
    "contents": ("Daftar isi, tabel, dan gambar", "Tidak perlu; buku menyusunnya sendiri."),
    "margin": ("Kepala dan kaki halaman", "Tidak perlu; buku mencetaknya sendiri."),
}  # fmt: skip
CALM = frozenset({"contents", "margin", "inserted", "deleted", "box", "moved"})


def notes_by_kind(notes: Sequence[Json]) -> list[Json]:
    """One group a kind, what is lost first, each line with its place."""
    groups: dict[str, Json] = {}
    for note in notes:
        heading, outcome = NOTES.get(note["kind"], (note["kind"], ""))
        group = groups.setdefault(
            note["kind"],
            {"heading": heading, "outcome": outcome, "count": 0, "lines": [], "is_calm": note["kind"] in CALM},
        )
        group["count"] += note["count"]
        group["lines"].append(note)
    order = list(NOTES)
    return [groups[kind] for kind in sorted(groups, key=lambda k: order.index(k) if k in order else len(order))]


def targets(sections: Sequence[Section], mine: set[str]) -> list[Json]:
    """Groups of the select: the sections of a book that this person may write."""
    books: dict[str, Json] = {}
    for section in sections:
        outline = section.outline_section
        if outline.code in mine:
            book = outline.chapter.book
            books.setdefault(book.code, {"title": str(book), "sections": []})["sections"].append(section)
    return list(books.values())


def piece_rows(
    content: Json, sections: Sequence[Section], mine: set[str], plan: Masterplan, sent: Mapping[str, Any] | None
) -> list[Json]:
    """The pieces with what the person sees; `sent` keeps choices that were made on a refused form."""
    by_code = {section.outline_section.code: section for section in sections}
    rows: list[Json] = []
    for piece in content["pieces"]:
        proposed = by_code.get(piece["section"])
        may = piece["section"] in mine
        chosen = piece["section"] if may and not piece["fault"] else ""
        if sent is not None:
            chosen = str(sent.get(f"ke-{piece['n']}", ""))
        rows.append(
            {
                "piece": piece,
                "proposed": proposed,
                "follows": any(row["target"] is not None and row["chosen"] == chosen for row in rows),
                "is_others": proposed is not None and not may,
                "chosen": chosen if chosen in mine else "",
                "mode": str(sent.get(f"cara-{piece['n']}", REPLACE)) if sent is not None else REPLACE,
                "target": by_code.get(chosen) if chosen in mine else None,
                "is_changed": proposed is not None and content["versions"].get(piece["section"]) != proposed.version,
                "hints": [_hint(hint, plan) for hint in piece["hints"]],
            }
        )
    return rows


def _hint(hint: Json, plan: Masterplan) -> Json:
    kind = KINDS.get(hint["kind"])
    if kind is None:
        url = reverse("quickwin:quick_win_list", args=[plan.code])
        return {"table": hint["table"], "title": "Quick win", "noun": "quick win", "url": url}
    return {"table": hint["table"], "title": kind.title, "noun": kind.noun, "url": kind.address("list", plan)}


def piece_html(piece: Json | None) -> SafeString:
    """Built from the allow-list of `prose`; figures are named, their pictures stay in the file until confirmed."""
    if piece is None or piece["fault"]:
        return SafeString("")
    return SafeString(prose.render_html(prose.load(_named_figures(piece["doc"]))))


def _named_figures(node: Json) -> Json:
    if node["type"] == "figure":
        alt = node["attrs"]["alt"] or node["attrs"]["src"].rpartition("/")[2]
        named = {"type": "text", "text": f"▣ Gambar: {alt} ", "marks": [{"type": "bold"}]}
        return {"type": "paragraph", "content": [named, *node.get("content", [])]}
    return node | ({"content": [_named_figures(child) for child in node["content"]]} if "content" in node else {})
