"""For every rule on texts: the good plan with a faulty section, the block that is named, what the sentence says."""

from dataclasses import replace
from typing import Any

from masterplan.enums import BimtekStage
from tests.masterplan.consistency.cases import Case
from tests.masterplan.consistency.good import added, good_plan, section, written

LONG = " ".join(["kata"] * 60) + " terakhir."
PASTED = "Gerai pelayanan dibuka di setiap kecamatan supaya warga tidak perlu menempuh jalan jauh untuk mengurus satu berkas."


def node(kind: str, identity: str, text: str = "", **attrs: Any) -> dict[str, Any]:
    content = [{"type": "text", "text": text}] if text else []
    return {"type": kind, "attrs": {"id": identity, **attrs}, "content": content}


CAPTION, TABLE = node("tableCaption", "c1", "Judul"), node("table", "t1")
FIGURE = node("figure", "g1", "Peta", src="x", alt="Peta kabupaten")
REFERENCE = {"type": "xref", "attrs": {"target": "hilang"}}
BROKEN = {"type": "paragraph", "attrs": {"id": "p1"}, "content": [{"type": "text", "text": "Lihat "}, REFERENCE]}
TO_CAPTION = {**BROKEN, "content": [{"type": "xref", "attrs": {"target": "c1"}}]}
TO_PRINTED = {**BROKEN, "content": [{"type": "xref", "attrs": {"target": "b1-9-tabel-1"}}]}


def with_fact(key: str, value: str) -> dict[str, Any]:
    fact = {"type": "fact", "attrs": {"key": key, "style": "short", "value": value}}
    words = [{"type": "text", "text": text} for text in ("Total anggaran ", " untuk seluruh program.")]
    return {"type": "paragraph", "attrs": {"id": "p1"}, "content": [words[0], fact, words[1]]}


TEXT_CASES = {
    "section-empty": Case(
        added("sections", section("B1.9", words=0, due_stage=BimtekStage.II)), "", "diperlukan pada Bimtek II dan belum"
    ),
    "section-short": Case(added("sections", section("B1.9", words=49)), "", "Baru 49 kata; anjurannya paling sedikit 100"),
    "text-amount": Case(written("Total anggaran rencana Rp9,99 miliar."), "p1", "Rp9,99 miliar tidak sama dengan"),
    "text-count": Case(written("Seluruh 38 program dimulai tahun ini."), "p1", "Tertulis 38 program, sedangkan pada tabel ada 2"),
    "text-dimension-count": Case(written("Lima program smart living."), "p1", "Lima program smart living, sedangkan pada tabel ada 1"),
    "text-quick-win-count": Case(written("Delapan quick win dipilih."), "p1", "Delapan quick win, sedangkan pada daftar ada 2"),
    "text-code": Case(written("Dijalankan oleh GOV-P77."), "p1", "Kode GOV-P77 tidak ada"),
    "fact-broken": Case(
        written(with_fact("budget:programme:GOV-P99:2026", "Rp 1 miliar")), "p1", "Fakta “anggaran program GOV-P99 2026” tidak ada"
    ),
    "text-rpjmd-period": Case(written("Selaras dengan RPJMD 2021–2026."), "p1", "RPJMD 2021–2026, sedangkan RPJMD yang dicatat 2025–2029"),
    "text-plan-period": Case(written("Arah ini berlaku selama masa rencana 2024–2033."), "p1", "sedangkan masa rencana 2026–2035"),
    "sentence-long": Case(written(LONG), "p1", "Kalimat sepanjang 61 kata"),
    "abbreviation-undefined": Case(written("Dibiayai BLUD dan APBD."), "p1", "BLUD dipakai tanpa kepanjangan"),
    "office-names": Case(written("DKES memimpin."), "p1", "DINKES juga disebut DKES, 1 kali"),
    "reference-broken": Case(written(BROKEN), "p1", "menunjuk tabel atau gambar yang tidak ada"),
    "figure-without-alt": Case(written({**FIGURE, "attrs": {"id": "g1", "alt": " "}}), "g1", "“Peta” belum mempunyai teks"),
    "caption-missing": Case(written("Tabel berikut.", TABLE), "t1", "Tabel ini belum mempunyai judul"),
    "paragraph-twice": Case(
        added("sections", section("B1.8", PASTED), section("B1.9", PASTED)), "p1", "sama dengan yang ada di Buku I · B1.8"
    ),
    "text-leftover": Case(written("Luas wilayah [isi angka] km persegi."), "p1", "“[isi angka]” masih ada"),
}  # fmt: skip

RIGHT_TEXTS = {
    "sums of rows, exact to the last written digit": written(
        "Anggaran seluruhnya Rp3,5 miliar, yaitu Rp1 miliar untuk program dan Rp0,50 miliar untuk Smart Living."
    ),
    "a live fact counts as its value": written(with_fact("budget:programmes", "Rp 1 miliar")),
    "money that is no budget": written("Realisasi investasi mencapai Rp1.150 miliar."),
    "a part of the list": written("Tiga program lainnya menyusul, dan pada 2030 program itu selesai."),
    "numbers in words": written("Dua program dan dua strategi, masing-masing satu program smart living."),
    "a defined abbreviation and a Roman numeral": written(
        "Badan Layanan Umum Daerah (BLUD) pada Bab VIII: BLUD tumbuh."
    ),
    "an ordinary word that is also an alias": written("Landasan Hukum rencana ini kuat; Bagian Hukum merumuskannya."),
    "references to a caption and to a printed table": added(
        "sections", section("B1.9", TO_CAPTION, TO_PRINTED, CAPTION, TABLE, FIGURE, prints=True)
    ),
    "a short paragraph in two sections": added("sections", section("B1.8", "Demikian."), section("B1.9", "Demikian.")),
    "an empty section that nobody requires": added("sections", section("B1.9", words=0, is_required=False)),
    "sixty words": written(LONG.replace("kata ", "", 1)),
    "a plan without rows says nothing about numbers": replace(good_plan(), amounts=()),
}
