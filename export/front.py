"""Pages that no author writes: cover, approval, contents; and who signs a foreword."""

from export.blocks import Approval, Block, Cover, Listing, Signature
from export.source import Source
from masterplan.models import Book, OutlineSection

HEAD_OF_REGION = "Kepala Daerah"
TEAM_LEAD = "Ketua Tim Pelaksana"
CLOSING_LINES = 2
AUTOMATIC: dict[str, Listing] = {
    "daftar isi": Listing("contents"),
    "daftar tabel": Listing("tables"),
    "daftar gambar": Listing("figures"),
}


def automatic_blocks(source: Source, outline_section: OutlineSection) -> list[Block]:
    """By the title of the outline's part; an automatic part of an unknown name makes nothing."""
    title = outline_section.title.lower()
    if title in AUTOMATIC:
        return [AUTOMATIC[title]]
    if title == "sampul":
        return [Cover()]
    if title == "lembar pengesahan":
        return [approval(source, outline_section.chapter.book)]
    return []


def title_in_print(source: Source, title: str) -> str:
    return title.replace(HEAD_OF_REGION, source.plan.regency.head_office)


def signature(source: Source, outline_section: OutlineSection, words: str) -> list[Block]:
    """Room to sign; place and office are added unless the author already closed the text with them."""
    place = source.plan.regency.capital or source.plan.regency.name
    office = ""
    if HEAD_OF_REGION in outline_section.title:
        office = source.plan.regency.head_of_region
    elif TEAM_LEAD in outline_section.title:
        office = TEAM_LEAD
    if not office:
        return []
    ending = " ".join(words.splitlines()[-CLOSING_LINES:])
    if office in ending:
        return [Signature("", "")]
    full = source.plan.regency.head_office if HEAD_OF_REGION in outline_section.title else f"{office} Smart City"
    return [Signature(place, full)]


def approval(source: Source, book: Book) -> Approval:
    plan = source.plan
    facts = [
        ("Dokumen", plan.title),
        ("Buku", f"Buku {book.number}, {book.title}"),
        ("Daerah", plan.regency.label),
        ("Periode", plan.period),
        ("Keadaan", "Naskah akhir" if source.is_final else "Draf, belum disahkan"),
        ("Dasar penetapan", f"Peraturan {plan.regency.head_of_region} (nomor diisi setelah diundangkan)"),
    ]
    if source.rpjmd:
        facts.append(("Selaras dengan", f"RPJMD {plan.regency.full_name} {source.rpjmd.period.replace('-', '–')}"))
    signers = (
        (("Sekretaris Tim Pelaksana", "Pemeriksa"), ("Ketua Tim Pelaksana", "Pemeriksa")),
        (("Sekretaris Daerah", "Sekretaris Dewan Smart City"), (plan.regency.head_office, "Yang mengesahkan")),
    )
    return Approval(tuple(facts), signers, is_checkable=source.is_final)
