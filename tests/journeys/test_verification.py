"""Somebody without an account holds a PDF against the public pages: dropped, picked, typed; the file itself is never sent."""

import base64
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.journeys.conftest import Server
from tests.journeys.test_cycle import BROAD, NARROW, shown
from tests.journeys.test_pages import faults_of

pytestmark = pytest.mark.browser
HOME = "/periksa/"
NOWHERE = "/periksa/00000000-0000-4000-8000-000000000000/"
DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0))
  const data = new DataTransfer()
  data.items.add(new File([bytes], name, { type: 'application/pdf' }))
  return data
}"""
SEED = """
from smartcity.accounts.models import User
from masterplan.models import Masterplan
from tests.bimtek.given import edition_of, pdf
plan = Masterplan.objects.get(code="63.03-2026")
by = User.objects.filter(memberships__role="coordinator", memberships__regency="63.03")[0]
for number, stage in ((1, "I"), (2, "II")):
    edition_of(plan, stage, number, by=by, content=pdf(f"edisi {number}"))
"""


@pytest.fixture
def codes(example: Server) -> list[str]:
    """Of the books of two editions."""
    example.manage("shell", "--no-imports", "-c", SEED)
    found = example.query("SELECT book.code FROM bimtek_submittedbook book ORDER BY book.submission_id")
    return [str(code) for (code,) in found]


def edition(number: int) -> bytes:
    return b"%PDF-1.4\n% edisi " + str(number).encode() + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def asked(page: Page) -> list[Request]:
    found: list[Request] = []
    page.on("request", lambda request: found.append(request))  # noqa: PLW0108 - Playwright cannot wrap a built-in
    return found


def drop(page: Page, content: bytes, name: str = "buku.pdf") -> None:
    data = page.evaluate_handle(DROP, [name, base64.b64encode(content).decode()])
    page.dispatch_event("[data-verify-drop]", "drop", {"dataTransfer": data})


def says(page: Page, words: str) -> None:
    expect(page.locator("#jawaban b")).to_contain_text(words)


def test_files_are_recognised_without_being_sent(
    example: Server, page: Page, codes: list[str], asked: list[Request], tmp_path: Path
) -> None:
    page.goto(f"{example.url}{HOME}{codes[1]}/")
    expect(page.locator(".verify-state")).to_contain_text("Edisi 2, edisi terbaru")
    begun = len(asked)
    drop(page, edition(2))
    says(page, "Berkas ini sama.")
    shown(page, "periksa-sama")
    drop(page, edition(1))
    says(page, "Berkas ini dikenal, tetapi bukan yang di halaman ini.")
    expect(page.locator("#jawaban")).to_contain_text("Sudah digantikan edisi yang lebih baru.")
    shown(page, "periksa-lain")
    drop(page, edition(2).replace(b"edisi 2", b"edisi 3"))
    says(page, "Berkas ini tidak dikenal.")
    shown(page, "periksa-asing")
    page.goto(f"{example.url}{HOME}")
    (tmp_path / "rahasia.pdf").write_bytes(edition(2))
    page.get_by_label("Berkas PDF").set_input_files(tmp_path / "rahasia.pdf")
    says(page, "Berkas ini dikenal.")
    shown(page, "periksa")
    questions = [request.url for request in asked[begun:] if "sidik=" in request.url]
    digests = [sha256(edition(number)).hexdigest() for number in (2, 1, 3, 2)]
    assert [url.rpartition("sidik=")[2] for url in questions] == digests
    assert [request.url for request in asked if request.method != "GET" or request.post_data_buffer] == []
    assert [request.url for request in asked if "rahasia" in request.url] == []


def test_by_keyboard_and_without_script(example: Server, browser: Browser, page: Page, codes: list[str]) -> None:
    page.goto(f"{example.url}{HOME}")
    page.get_by_label("Berkas PDF").focus()
    page.keyboard.press("Tab")
    page.keyboard.type(sha256(edition(1)).hexdigest().upper())
    page.keyboard.press("Enter")
    says(page, "Berkas ini dikenal.")
    page.get_by_role("link", name="Lihat keterangannya").press("Enter")
    expect(page.locator(".verify-state")).to_contain_text("Edisi 1 sudah digantikan Edisi 2")
    plain = browser.new_context(java_script_enabled=False)
    bare = plain.new_page()
    bare.goto(f"{example.url}{HOME}{codes[0]}/")
    expect(bare.locator("[data-verify-drop]")).to_be_hidden()
    bare.get_by_text("Menghitung sidik sendiri").click()
    expect(bare.get_by_text("sha256sum buku.pdf")).to_be_visible()
    bare.get_by_label("Sidik SHA-256").fill(sha256(edition(1)).hexdigest())
    bare.get_by_role("button", name="Periksa sidik").click()
    says(bare, "Berkas ini sama.")
    plain.close()


def test_the_pages_are_sound(example: Server, page: Page, codes: list[str]) -> None:
    faults = []
    for size in (BROAD, NARROW):
        page.set_viewport_size(size)
        paths = (
            HOME,
            f"{HOME}?sidik=x",
            *(f"{HOME}{code}/?sidik={sha256(edition(1)).hexdigest()}" for code in codes),
            NOWHERE,
        )
        faults += [fault for path in paths for fault in faults_of(example, page, path)]
    shown(page, "periksa-kode-asing")
    page.goto(f"{example.url}{HOME}{codes[0]}/")
    shown(page, "periksa-digantikan")
    assert faults == []
