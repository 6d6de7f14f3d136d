"""Sheets of programmes, read back: one a page, those of the filter, no more than a person waits for."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from export.papers.programme_sheets import AT_MOST, programme_sheets_pdf
from export.source import read
from export.tables.programme_sheet import programme_sheet
from masterplan.models import Masterplan, Programme
from smartcity.accounts.enums import Role
from smartcity.ui.refusal import TooLarge, WrongState
from tests.smartcity.accounts.given import client_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(banjar: Masterplan) -> Client:
    return client_of(person(Role.COUNCIL_READER))


def pages(client: Client, plan: Masterplan, query: str) -> list[str]:
    answer = client.get(reverse("export:programme_sheets", args=[plan.code]) + query)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    found = PdfReader(BytesIO(answer.content)).pages
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in found]


def test_a_sheet_holds_what_the_matrices_spread(banjar: Masterplan) -> None:
    source = read(banjar)
    row = next(each for each in source.programmes if each.code == "GOV-P01")
    sheet = programme_sheet(source, row)
    assert (sheet.code, sheet.name, sheet.dimension) == ("GOV-P01", row.name, "GOV")
    total = sum(year.budget for year in row.years.all())
    assert total == 6_450_000_000
    assert sheet.facts[0] == ("Rp 6.450 juta", ", ".join(row.funding_sources))
    assert [name for name, _ in sheet.periods] == ["2026", "2027", "2028", "2029", "2030"]
    assert sheet.periods[0][1] == ("Target 125", "Rp 1.450 juta")
    answered = {name: answer for pair in sheet.pairs for name, answer in pair if name}
    assert answered["Strategi"] == f"{row.strategy.code} {row.strategy.text}"
    assert answered["Quick win"] == "QW-01"
    assert "" not in answered.values()


def test_the_pages_are_those_of_the_filter(banjar: Masterplan, reader: Client) -> None:
    economy = [row for row in read(banjar).programmes if row.dimension.code == "ECO"]
    found = pages(reader, banjar, "?dimensi=ECO")
    assert len(found) == len(economy)
    for text, row in zip(found, economy, strict=True):
        assert row.code in text
        assert row.name in text
    assert f"Halaman {len(economy)} dari {len(economy)}" in found[-1]
    [only] = pages(reader, banjar, "?kode=GOV-P01")
    assert "Rp 6.450 juta" in only
    assert banjar.title in only


def test_a_filter_without_programmes_is_answered_with_a_sentence(banjar: Masterplan, reader: Client) -> None:
    answer = reader.get(reverse("export:programme_sheets", args=[banjar.code]) + "?kode=GOV-P99%00")
    assert answer.status_code == 409
    assert "Tidak ada program yang cocok dengan saringan." in answer.content.decode()
    with pytest.raises(WrongState):
        programme_sheets_pdf(banjar, set())


def test_more_than_a_person_waits_for_are_refused(banjar: Masterplan) -> None:
    first = Programme.objects.filter(plan=banjar).first()
    assert first
    for number in range(AT_MOST):
        first.pk, first.code = None, f"X-{number}"
        first.save()
    wanted = set(Programme.objects.filter(plan=banjar).values_list("pk", flat=True))
    with pytest.raises(TooLarge, match=f"{len(wanted)} lembar terlalu banyak; paling banyak {AT_MOST} sekaligus."):
        programme_sheets_pdf(banjar, wanted)


def test_table_and_row_lead_to_the_sheets(banjar: Masterplan, reader: Client) -> None:
    address = reverse("export:programme_sheets", args=[banjar.code])
    table = reader.get(reverse("masterplan:row_list", args=[banjar.code, "program"]) + "?dimensi=ECO").content.decode()
    assert f'href="{address}?dimensi=ECO" download' in table
    row = Programme.objects.get(plan=banjar, code="GOV-P01")
    page = reader.get(reverse("masterplan:row_edit", args=[banjar.code, "program", row.pk])).content.decode()
    assert f'href="{address}?kode=GOV-P01"' in page
    Programme.objects.filter(pk=row.pk).update(is_dropped=True)
    page = reader.get(reverse("masterplan:row_edit", args=[banjar.code, "program", row.pk])).content.decode()
    assert "Lembar program" not in page
