"""Lists and overview: what they show, how they filter and sort, what they cost."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from masterplan.models import Issue, PlanSubdimension, Programme, ProgrammeYear
from masterplan.registers import KINDS
from smartcity.accounts.enums import Role
from tests.masterplan.views.rows_given import VALID, Ground, add, programme_row
from tests.smartcity.accounts.given import client_of, office, person

pytestmark = pytest.mark.django_db
MANY = [slug for slug, kind in KINDS.items() if not kind.is_single]


@pytest.fixture
def client() -> Client:
    return client_of(person(Role.COORDINATOR))


def shown(client: Client, ground: Ground, slug: str, query: str = "") -> list[str]:
    table = client.get(KINDS[slug].address("list", ground.plan) + query).context["table"]
    return [row.code for row in table.rows]


def more_programmes(ground: Ground, number: int) -> None:
    first = programme_row(ground)
    rows = [
        Programme(
            plan=ground.plan, code=f"GOV-P{place:03}", name=f"Program {place}", dimension=first.dimension,
            subdimension=first.subdimension, strategy=first.strategy, lead_opd=first.lead_opd, indicator="x", unit="y",
            baseline_year=2024, baseline_value=1, position=place,
        )
        for place in range(2, number + 1)
    ]  # fmt: skip
    rows = Programme.objects.bulk_create(rows)
    ProgrammeYear.objects.bulk_create(
        ProgrammeYear(programme=row, year=year, target=1, budget=1_000_000)
        for row in rows
        for year in ground.plan.detail_range
    )


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


def copy_of(row: Any, place: int) -> None:
    """A second row that differs where it must be single."""
    links = {field.name: list(getattr(row, field.name).all()) for field in row._meta.many_to_many}
    dimensions = list(row.plan.dimension_set.dimensions.all())
    singles = {
        "code": f"X{place}",
        "number": 10 + place,
        "source": f"Sumber {place}",
        "horizon": ["menengah", "panjang"][place],
        "dimension": dimensions[place + 1],
    }
    fresh = type(row).objects.get(pk=row.pk)
    fresh.pk = None
    if isinstance(row, PlanSubdimension):
        singles["name"] = f"Nama {place}"
    for name in {field.name for field in row._meta.fields} & set(singles):
        setattr(fresh, name, singles[name])
    fresh.save()
    for name, others in links.items():
        getattr(fresh, name).set(others)


@pytest.mark.parametrize("slug", MANY)
def test_list_costs_the_same_for_1_and_3_rows(slug: str, ground: Ground, client: Client) -> None:
    kind = KINDS[slug]
    url = kind.address("list", ground.plan)
    row = add(client, kind, ground.plan, VALID[slug](ground))
    client.get(url)
    one = queries_of(client, url)
    for place in range(2):
        copy_of(row, place)
    assert queries_of(client, url) == one <= 25


@pytest.mark.parametrize("slug", ["program", "sasaran", "tows"])
def test_form_costs_the_same_for_1_and_3_rows(slug: str, ground: Ground, client: Client) -> None:
    kind = KINDS[slug]
    row = add(client, kind, ground.plan, VALID[slug](ground))
    url = kind.address("edit", ground.plan, row.pk)
    client.get(url)
    one = queries_of(client, url)
    for place in range(2):
        copy_of(row, place)
    most = 27 if slug == "program" else 23  # a programme has five kinds of child rows
    assert queries_of(client, url) == one <= most


def test_programmes_cost_the_same_for_10_and_300(ground: Ground, client: Client) -> None:
    url = KINDS["program"].address("list", ground.plan)
    more_programmes(ground, 10)
    client.get(url)
    ten = queries_of(client, url)
    Programme.objects.all().delete()
    more_programmes(ground, 300)
    assert "300 program" in client.get(url).text
    assert queries_of(client, url) == ten <= 25  # what programmes share is fetched once each, not joined to each


def test_totals_are_the_sums_of_what_is_shown(ground: Ground, client: Client) -> None:
    more_programmes(ground, 3)
    table = client.get(KINDS["program"].address("list", ground.plan)).context["table"]
    assert [cell.text for cell in table.totals] == [*[""] * 6, *["1.452"] * 5, "7.260", *[""] * 9]
    assert table.totals[11].title == "Rp 7.260.000.000"


def test_filters_by_dimension_office_and_words(ground: Ground, client: Client) -> None:
    programme_row(ground, "GOV-P01", name="Mal pelayanan")
    programme_row(ground, "GOV-P02", name="Satu data", lead_opd=office("BAPPEDA"))
    assert shown(client, ground, "program", "?dimensi=GOV") == ["GOV-P01", "GOV-P02"]
    assert shown(client, ground, "program", "?dimensi=ECO") == []
    assert shown(client, ground, "program", "?opd=BAPPEDA") == ["GOV-P02"]
    assert shown(client, ground, "program", "?cari=pelayanan+mal") == ["GOV-P01"]
    assert shown(client, ground, "program", "?dimensi=XYZ&opd=%27") == ["GOV-P01", "GOV-P02"]


def test_nothing_found_offers_everything_again(ground: Ground, client: Client) -> None:
    page = client.get(KINDS["swot"].address("list", ground.plan) + "?cari=takada").text
    assert "Tidak ada yang cocok" in page
    assert "Tampilkan semua" in page


def test_sorts_by_column_both_ways_with_codes_in_human_order(ground: Ground, client: Client) -> None:
    for code in ("GOV-P10", "GOV-P2", "GOV-P1"):
        programme_row(ground, code)
    assert shown(client, ground, "program", "?urut=kode") == ["GOV-P1", "GOV-P2", "GOV-P10"]
    assert shown(client, ground, "program", "?urut=-kode") == ["GOV-P10", "GOV-P2", "GOV-P1"]
    assert shown(client, ground, "program", "?urut=tidakada") == ["GOV-P10", "GOV-P2", "GOV-P1"]


def test_empty_list_says_what_it_is_for(ground: Ground, client: Client) -> None:
    page = client.get(KINDS["sasaran"].address("list", ground.plan)).text
    assert KINDS["sasaran"].intro in page
    assert "Isi yang pertama" in page


def test_list_names_the_sections_that_print_it(ground: Ground, client: Client) -> None:
    page = client.get(KINDS["swot"].address("list", ground.plan)).text
    assert "Buku I, 5.1 Faktor Internal" in page
    assert "Buku I, 5.2 Faktor Eksternal" in page


def test_overview_counts_and_says_what_is_missing(ground: Ground, client: Client) -> None:
    Issue.objects.create(plan=ground.plan, dimension=ground.dimension, text="Isu")
    url = f"/rencana/{ground.plan.code}/tabel/"
    page = client.get(url)
    items = {item.kind.slug: (item.count, item.hint) for _, items in page.context["parts"] for item in items}
    assert items["isu"] == (1, "Belum ada: BRA, ECO, LIV, SOC, ENV")
    assert items["swot"] == (1, "Belum ada: Kelemahan, Peluang, Ancaman")
    assert items["misi-rpjmd"] == (1, "Terisi")
    assert items["program"] == (0, "Belum diisi")
    assert queries_of(client, url) <= 10
