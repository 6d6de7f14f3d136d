"""The pages of the golden thread and of the drawings, and the annex in the book."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from export.document import build
from export.section_numbers import numbers_for
from export.source import read
from export.tables.keys import BUILDERS, blocks_for
from masterplan.enums import FIGURE_NAMES
from masterplan.models import Gap, Masterplan, OutlineSection, Programme, Section, Strategy
from masterplan.registers import EVERY_KIND
from smartcity.accounts.enums import Role
from tests.export.test_document import add_programmes, tables
from tests.smartcity.accounts.given import KOTA_BANJAR, client_of, person

HOSTILE = '<script>alert("x")</script>'
pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    return client_of(person(Role.COORDINATOR))


def address(name: str, plan: Masterplan, *args: object) -> str:
    return reverse(f"export:{name}", args=[plan.code, *args])


def page(client: Client, url: str, **query: str) -> Any:
    answer = client.get(url, query)
    assert answer.status_code == 200
    return answer


def test_the_list_holds_every_programme_once_under_its_strategy(reader: Client, banjar: Masterplan) -> None:
    threads = page(reader, address("thread_list", banjar)).context["threads"]
    listed = {
        (thread.code, group.strategy.code, line.programme.code)
        for thread, strategies in threads
        for group in strategies
        for line in group.lines
        if line.programme
    }
    stored = Programme.objects.active().filter(plan=banjar)
    assert listed == set(stored.values_list("dimension__code", "strategy__code", "code"))


def test_search_dimension_and_broken_narrow_the_list(reader: Client, banjar: Masterplan) -> None:
    url = address("thread_list", banjar)
    row = Programme.objects.get(plan=banjar, code="GOV-P01")

    def codes(**query: str) -> list[str]:
        found = page(reader, url, **query).context["threads"]
        return [line.programme.code for _, rows in found for each in rows for line in each.lines if line.programme]

    assert codes(cari=f"gov-p01 {row.name[:12]}") == ["GOV-P01"]
    assert {code[:3] for code in codes(dimensi="LIV")} == {"LIV"}
    assert codes(cari="tidak ada yang begini") == []
    Programme.objects.filter(plan=banjar).exclude(pk=row.pk).update(rpjmd_mission=banjar.rpjmdmission_set.first())
    Programme.objects.filter(pk=row.pk).update(rpjmd_mission=None)
    assert codes(putus="1") == ["GOV-P01"]
    assert codes(putus="1", dimensi="LIV") == []
    assert "Tidak ada strategi atau program yang putus" in page(reader, url, putus="1", dimensi="LIV").text
    assert "Tidak ada yang cocok" in page(reader, url, putus="1", cari="tidak ada yang begini").text
    assert codes(dimensi="\x00") == codes()


def test_a_broken_place_names_its_row_and_leads_to_the_field(reader: Client, banjar: Masterplan) -> None:
    gap = Gap.objects.filter(plan=banjar).select_related("dimension")[0]
    Gap.objects.filter(pk=gap.pk).update(closing_strategy=None)
    strategy = Strategy.objects.create(plan=banjar, code="GOV-S9", text="Baru", dimension=gap.dimension)
    groups = page(reader, address("thread_list", banjar)).context["ends"]
    found = {(group.title, line.href) for group in groups for line in group.lines}
    assert (
        "Kesenjangan tanpa strategi penutup",
        f"/rencana/{banjar.code}/tabel/gap/{gap.pk}/#id_closing_strategy",
    ) in found
    titles = [group.title for group in groups for line in group.lines if f"/strategi/{strategy.pk}/" in line.href]
    assert titles == ["Strategi tanpa program"]


def test_a_row_of_every_kind_has_its_page(reader: Client, banjar: Masterplan) -> None:
    rows = {slug: kind.rows(banjar).first() for slug, kind in EVERY_KIND.items()}
    drawn = {
        slug: "picture" in page(reader, address("thread_row", banjar, slug, row.pk)).context
        for slug, row in rows.items()
        if row is not None
    }
    outside = {"kesiapan", "tujuan-dimensi", "subdimensi-daerah", "aksi-pendukung", "periode-peta-jalan", "pagu"}
    outside |= {"siklus", "lembaga", "dokumen"}
    assert {slug for slug, is_drawn in drawn.items() if is_drawn} == drawn.keys() - outside


def test_both_sides_of_a_programme_are_links(reader: Client, banjar: Masterplan) -> None:
    row = Programme.objects.select_related("strategy", "rpjmd_mission").get(plan=banjar, code="GOV-P01")
    sides = page(reader, address("thread_row", banjar, "program", row.pk)).context["sides"]
    links = {each.href for _, _, groups, _ in sides for group in groups for each in group.rows if each.is_recorded}
    base = f"/rencana/{banjar.code}/tabel"
    assert f"{base}/strategi/{row.strategy_id}/" in links
    assert f"{base}/program/{row.pk}/#id_indicator" in links


def test_what_is_not_there_or_not_visible_is_404(reader: Client, banjar: Masterplan) -> None:
    assert reader.get(address("thread_row", banjar, "program", 999_999)).status_code == 404
    assert reader.get(address("thread_row", banjar, "bukan-jenis", 1)).status_code == 404
    assert reader.get(address("drawing_detail", banjar, "bukan-gambar")).status_code == 404
    stranger = client_of(person(Role.COORDINATOR, KOTA_BANJAR, mailbox="lain"))
    urls = [
        address("thread_list", banjar),
        address("drawing_list", banjar),
        address("drawing_detail", banjar, "swot_quadrant"),
    ]
    assert [stranger.get(url).status_code for url in urls] == [404, 404, 404]


def test_an_empty_plan_says_what_to_fill(reader: Client, plan: Masterplan) -> None:
    assert "Belum ada yang dapat dirunut" in page(reader, address("thread_list", plan)).content.decode()
    drawings = page(reader, address("drawing_list", plan)).context["drawings"]
    assert [(each.key, each.is_empty) for each in drawings] == [(key, True) for key in FIGURE_NAMES]


def test_every_figure_of_the_book_is_drawn_with_title_description_and_table(reader: Client, banjar: Masterplan) -> None:
    drawings = page(reader, address("drawing_list", banjar)).context["drawings"]
    shown = {each.key: (bool(each.pictures or each.cells), len(each.tables)) for each in drawings}
    assert shown == dict.fromkeys(FIGURE_NAMES, (True, 1))
    marks = [
        f'aria-labelledby="{each.key}-1-judul {each.key}-1-uraian"' in svg
        for each in drawings
        for svg in each.pictures[:1]
    ]
    assert marks == [True] * 5


def test_a_section_that_prints_a_figure_fetches_it_later(reader: Client, banjar: Masterplan) -> None:
    url = address("drawing_detail", banjar, "readiness_radar")
    text = page(reader, f"/rencana/{banjar.code}/naskah/B1.3.5/").content.decode()
    assert f'<div class="drawn-here" hx-get="{url}" hx-trigger="intersect once delay:1500ms">' in text
    part = reader.get(url, HTTP_HX_REQUEST="true").content.decode()
    assert ("<html" in part, "<svg" in part) == (False, True)


def test_a_row_form_leads_to_its_thread(reader: Client, banjar: Masterplan) -> None:
    row = Programme.objects.get(plan=banjar, code="GOV-P01")
    text = page(reader, f"/rencana/{banjar.code}/tabel/program/{row.pk}/").content.decode()
    assert f'<a href="{address("thread_row", banjar, "program", row.pk)}">Benang merah</a>' in text


def test_texts_of_people_are_only_text(reader: Client, banjar: Masterplan) -> None:
    Programme.objects.filter(plan=banjar).update(name=HOSTILE, indicator=HOSTILE)
    row = Programme.objects.filter(plan=banjar)[0]
    for url in (
        address("thread_list", banjar),
        address("thread_row", banjar, "program", row.pk),
        address("drawing_list", banjar),
    ):
        assert HOSTILE not in page(reader, url).content.decode()


def test_many_programmes_cost_no_more_queries(reader: Client, plan: Masterplan, django_assert_num_queries: Any) -> None:
    add_programmes(plan, 2)
    row = Programme.objects.filter(plan=plan)[0]
    urls = [address("thread_list", plan), address("thread_row", plan, "program", row.pk), address("drawing_list", plan)]
    before = []
    for url in urls:
        reader.get(url)
        with CaptureQueriesContext(connection) as few:
            reader.get(url)
        before.append(len(few))
    add_programmes(plan, 40)
    for url, count in zip(urls, before, strict=True):
        with django_assert_num_queries(count):
            page(reader, url)


def test_the_annex_prints_every_programme_under_its_strategy(banjar: Masterplan) -> None:
    table = tables(build(banjar), "B2.L.1")[-1]
    assert table.caption == "Benang merah lengkap: dari misi RPJMD dan analisis sampai indikator"
    assert [column.title for column in table.columns] == ["Program", "Mendukung misi RPJMD", "Quick win", "Indikator"]
    printed = [row.cells[0].code for row in table.rows if row.kind == "row"]
    assert sorted(printed) == sorted(Programme.objects.active().filter(plan=banjar).values_list("code", flat=True))
    heads = [row.cells[0].code for row in table.rows if row.kind == "group" and row.cells[0].code]
    assert sorted(heads) == sorted(Strategy.objects.filter(plan=banjar).values_list("code", flat=True))


def test_without_programmes_there_is_no_annex(plan: Masterplan) -> None:
    assert blocks_for(read(plan), "B2.L.1", ["programme"]) == []


def test_numbers_for_the_editor_do_not_read_the_thread(banjar: Masterplan, django_assert_max_num_queries: Any) -> None:
    section = Section.objects.select_related("plan", "outline_section").get(plan=banjar, outline_section__code="B1.1.1")
    with CaptureQueriesContext(connection) as whole:
        read(banjar)
    with django_assert_max_num_queries(len(whole)):
        labels = numbers_for(section)["labels"]
    annex = tables(build(banjar), "B2.L.1")[-1]
    assert labels[annex.id] == annex.label


def test_every_table_key_of_the_outline_is_printed_at_its_place(banjar: Masterplan) -> None:
    """Keys without a builder have no rows anywhere yet; those sections are written as text or left out.

    The example plan has no regulation in its registry of documents (`test_annex` puts one there).
    """
    outline = OutlineSection.objects.filter(chapter__book__outline=banjar.outline).exclude(tables=[])
    source = read(banjar)
    silent = {
        (section.code, key)
        for section in outline
        for key in section.tables
        if not blocks_for(source, "", [key]) and key.partition(":")[0] in BUILDERS
    }
    unknown = {key for section in outline for key in section.tables if key.partition(":")[0] not in BUILDERS}
    assert (silent, unknown) == ({("B1.1.4", "legal_basis")}, {"app_inventory", "document"})
    document = build(banjar)
    assert [bool(tables(document, code)) for code in ("B1.L.3", "B2.L.1")] == [True, True]
