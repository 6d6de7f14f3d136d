"""The whole life of a plan with six people: handed in, remarked on, answered, reworded, judged, approved, accepted, an edition."""

import os
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import Server
from tests.journeys.test_comments import SECTION, THREE_WORDS, fill, remark_on_words, serious
from tests.journeys.test_cycle import today
from tests.journeys.test_suggestions import record_mode, start_of_block
from tests.journeys.writing_page import open_section, settle

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
PLAN = "/rencana/63.03-2026/"
FINAL = f"{PLAN}tahap/IV/kiriman/1/"
PEOPLE = {
    "coordinator": "Koordinator Diskominfostandi",
    "office": "Penulis Dinas Kesehatan",
    "mentor": "Pembimbing Kementerian",
    "head": "Sekretaris Daerah",
    "editor": "Editor Kementerian",
    "council": "Anggota Dewan Smart City",
}
BOOK_LIMIT = 300_000  # milliseconds; 146 pages take half a minute on a quiet machine
OF_THE_EXAMPLE = "1"
SUGGESTED = "Pada dasarnya, "
NEW = "menurut survei 2024, "
ANSWER = "Sumbernya survei 2024, sudah ditambahkan."


@pytest.fixture
def pages(example: Server, browser: Browser, sign_in: SignIn) -> Iterator[dict[str, Page]]:
    """Each person at a computer of their own."""
    contexts = {key: browser.new_context(viewport={"width": 1440, "height": 1000}, locale="id-ID") for key in PEOPLE}
    yield {key: sign_in(example, contexts[key], name) for key, name in PEOPLE.items()}
    for context in contexts.values():
        context.close()


def shown(page: Page, name: str) -> None:
    """Kept for looking at when SCREENS names a folder."""
    if folder := os.environ.get("SCREENS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def confirmed(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.locator("dialog.confirm .btn-primary").click()


def kept(page: Page, link: str, name: str) -> bytes:
    with page.expect_download(timeout=BOOK_LIMIT) as download:
        page.locator(f'a[href="{link}"]').first.click()
    data = Path(download.value.path()).read_bytes()
    if folder := os.environ.get("SCREENS"):
        (Path(folder) / name).write_bytes(data)
    return data


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def hand_in(server: Server, page: Page, stage: str) -> None:
    page.goto(f"{server.url}{PLAN}tahap/{stage}/")
    accept = page.locator("#setuju")
    if accept.count():
        accept.check()
    page.get_by_role("button", name=re.compile("^Kirim")).last.click()
    expect(page.locator("#notices")).to_contain_text(f"Bimtek {stage}, kiriman 1 terkirim dan dibekukan.")


def remark_on_a_cell(server: Server, mentor: Page) -> str:
    mentor.goto(f"{server.url}{PLAN}tabel/program/?cari=LIV-P01")
    mentor.get_by_role("link", name="LIV-P01", exact=True).click()
    mentor.get_by_role("link", name="Komentari baris ini").click()
    fill(mentor, sees="tim", kind="wajib", body="Target 2027 tidak sesuai Renstra.")
    mentor.get_by_label("Sel").select_option(label="Target 2027")
    mentor.get_by_role("button", name="Kirim komentar").click()
    expect(mentor.locator(".thread")).to_contain_text("Sel: Target 2027")
    return str(mentor.locator(".thread").get_attribute("data-thread"))


def respond(server: Server, page: Page, number: str, button: str, words: str = "") -> None:
    page.goto(f"{server.url}{PLAN}komentar/{number}/")
    page.locator(".respond summary").first.click()
    if words:
        page.get_by_label("Isi").first.fill(words)
    page.get_by_role("button", name=button).click()
    expect(page.locator("#notices")).to_be_visible()


def judge_every_chapter(server: Server, mentor: Page) -> int:
    mentor.goto(f"{server.url}{FINAL}pendapat/")
    due = mentor.locator("li", has=mentor.locator(".tag.quiet", has_text="jatuh tempo")).get_by_role(
        "link", name="Nilai"
    )
    links = [str(link.get_attribute("href")) for link in due.all()]
    for link in links:
        mentor.goto(f"{server.url}{link}")
        mentor.get_by_label("Setuju", exact=True).check()
        mentor.get_by_role("button", name="Simpan konsep").click()
        expect(mentor.get_by_role("heading", name="Pendapat peninjau")).to_be_visible()
    shown(mentor, "hidup-konsep")
    confirmed(mentor, f"Keluarkan {len(links)} konsep")
    expect(mentor.locator("#atas-tahap")).to_be_visible()
    return len(links)


def judge_the_stage(server: Server, mentor: Page) -> None:
    mentor.goto(f"{server.url}{FINAL}pendapat/tahap/")
    mentor.get_by_label("Setuju dengan catatan").check()
    mentor.get_by_label("Catatan", exact=True).fill("Lanjutkan; perbarui data penduduk tiap tahun.")
    mentor.get_by_role("button", name="Simpan konsep").click()
    confirmed(mentor, "Keluarkan pendapat tahap")
    expect(mentor.locator(".on-stage .verdict")).to_contain_text("Setuju dengan catatan")
    shown(mentor, "hidup-pendapat")


def start_the_chain(server: Server, page: Page) -> str:
    """The digest that the heads approve; the page tells by itself when the PDF is there."""
    link = page.locator(f'a[href="{FINAL}buku/"]')
    page.goto(f"{server.url}{FINAL}pengesahan/")
    for _ in range(BOOK_LIMIT // 2000):
        if link.count():
            break
        page.wait_for_timeout(2000)
        page.reload()
    expect(link.first).to_be_visible()
    page.get_by_role("button", name="Mulai pengesahan").click()
    expect(page.get_by_text("Sedang berjalan")).to_be_visible()
    return page.locator("#pdf ~ p .hash").inner_text()


def approve(server: Server, head: Page) -> None:
    """One person for all three offices: as acting head of the office, as the secretary that they are, for the regent."""
    head.goto(f"{server.url}{FINAL}pengesahan/")
    for place, capacity in enumerate(("Plt. (pelaksana tugas)", "Pejabatnya sendiri", "a.n. (atas nama)"), start=1):
        head.get_by_label("Nama penanda tangan").fill("Pejabat Daerah")
        head.get_by_label("Jabatan penanda tangan").fill("Sekretaris Daerah")
        head.get_by_label(capacity).check()
        if capacity != "Pejabatnya sendiri":
            head.get_by_label("Nomor surat pelimpahan").fill("800/15/2026")
        confirmed(head, "Sahkan")
        expect(head.locator(".ap-disetujui")).to_have_count(place)
    expect(head.get_by_role("heading", name=re.compile("^Disahkan"))).to_be_visible()
    assert serious(head) == []
    shown(head, "hidup-disahkan")


def hold_the_ekspose(server: Server, page: Page) -> str:
    page.goto(f"{server.url}{PLAN}kegiatan/baru/")
    page.get_by_label("Jenis").select_option("ekspose")
    page.get_by_label("Judul").fill("Ekspose nasional")
    page.get_by_label("Mulai*", exact=True).fill(today().isoformat())
    page.get_by_label("Selesai*", exact=True).fill(today().isoformat())
    page.get_by_label("Tempat").fill("Jakarta")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_role("heading", name="Ekspose nasional", exact=True)).to_be_visible()
    return page.url


def accept_the_plan(editor: Page, address: str) -> None:
    editor.goto(address)
    editor.locator("summary", has_text="Catat putusan").click()
    editor.get_by_label("Pemapar").fill("Bupati Banjar")
    editor.get_by_label("Diterima").check()
    editor.get_by_role("button", name="Catat putusan").click()
    expect(editor.locator("#putusan")).to_contain_text("dipaparkan oleh Bupati Banjar")
    shown(editor, "hidup-ekspose")


def remark_and_answer(server: Server, pages: dict[str, Page]) -> tuple[str, str]:
    """On words and on a cell; with one of the example they hold the last gate until the mentor accepts the answers."""
    coordinator, mentor = pages["coordinator"], pages["mentor"]
    open_section(server, coordinator, SECTION)
    words = coordinator.evaluate(THREE_WORDS)
    hand_in(server, coordinator, "I")
    numbers = (remark_on_words(server, mentor, words), remark_on_a_cell(server, mentor))
    hand_in(server, coordinator, "II")
    coordinator.goto(f"{server.url}{PLAN}tahap/IV/")
    expect(coordinator.get_by_text("3 hal menahan kiriman.")).to_be_visible()
    shown(coordinator, "hidup-tertahan")

    open_section(server, coordinator, SECTION)
    coordinator.evaluate(f"window.__editor.editor.chain().insertContentAt(1, '{NEW}').run()")
    settle(coordinator)
    respond(server, coordinator, numbers[0], "Kirim sebagai jawaban", ANSWER)
    respond(server, coordinator, OF_THE_EXAMPLE, "Kirim sebagai jawaban", "Sumber pendanaan sudah dirinci.")
    respond(server, pages["office"], numbers[1], "Kirim sebagai jawaban", "Target disesuaikan dengan Renstra.")
    for number in (*numbers, OF_THE_EXAMPLE):
        respond(server, mentor, number, "Terima jawaban")
    return numbers


def suggest_and_accept(server: Server, mentor: Page, coordinator: Page) -> None:
    record_mode(server, mentor)
    start_of_block(mentor)
    mentor.keyboard.type(SUGGESTED, delay=15)
    settle(mentor)
    open_section(server, coordinator, SECTION)
    coordinator.get_by_role("tab", name="Usulan").click()
    coordinator.get_by_role("button", name=f"Terima: tambah “{SUGGESTED}”").click()
    settle(coordinator)
    expect(mentor.locator(".suggestion")).to_have_count(0)


def read_the_edition(server: Server, council: Page, digest: str) -> None:
    council.goto(f"{server.url}{PLAN}edisi/")
    expect(council.get_by_role("heading", name=re.compile("^Edisi 1"))).to_be_visible()
    shown(council, "hidup-edisi")
    book = kept(council, f"{FINAL}buku/", "hidup-buku.pdf")
    assert sha256(book).hexdigest() == digest
    assert f"{SUGGESTED}{NEW}".strip() in text_of(book)


def read_the_matrix(server: Server, coordinator: Page, numbers: tuple[str, str]) -> None:
    coordinator.goto(f"{server.url}{PLAN}tahap/I/")
    matrix = text_of(kept(coordinator, f"{PLAN}tanggapan/pdf/?tahap=I", "hidup-matriks.pdf"))
    for said in (*(f"K-{number}" for number in numbers), "Mohon sebutkan sumbernya.", ANSWER):
        assert said in matrix


def test_from_the_first_remark_to_the_edition(example: Server, pages: dict[str, Page]) -> None:
    coordinator, mentor = pages["coordinator"], pages["mentor"]
    example.start_worker()
    numbers = remark_and_answer(example, pages)
    suggest_and_accept(example, mentor, coordinator)
    for stage in ("III", "IV"):
        hand_in(example, coordinator, stage)
    assert judge_every_chapter(example, mentor) > 10
    judge_the_stage(example, mentor)
    digest = start_the_chain(example, coordinator)
    approve(example, pages["head"])
    accept_the_plan(pages["editor"], hold_the_ekspose(example, coordinator))
    read_the_edition(example, pages["council"], digest)
    read_the_matrix(example, coordinator, numbers)
