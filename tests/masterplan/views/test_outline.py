"""The outline: everybody reads, the ministry's editor corrects, and nothing is overwritten unseen."""

from typing import Any

import pytest
from django.test import Client

from masterplan.models import Outline, OutlineSection
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.audit.models import Event
from tests.smartcity.accounts.given import client_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def section() -> OutlineSection:
    return OutlineSection.objects.select_related("chapter__book__outline").get(
        code="B1.1.1", chapter__book__outline=Outline.objects.first()
    )


@pytest.fixture
def editor() -> User:
    return person(Role.MINISTRY_EDITOR)


def url_of(section: OutlineSection) -> str:
    return f"/acuan/{section.chapter.book.outline.code}/{section.code}/"


def form_of(client: Client, section: OutlineSection, **changes: Any) -> dict[str, Any]:
    form = client.get(url_of(section)).context["form"]
    return {name: form[name].value() for name in form.fields} | changes


def test_everybody_reads_and_only_the_editor_has_a_form(section: OutlineSection) -> None:
    for role in [*Role, None]:
        client = client_of(person(role))
        assert client.get("/acuan/").status_code == 200
        page = client.get(url_of(section))
        assert section.guidance in page.text
        assert (page.context["form"] is not None) == (role == Role.MINISTRY_EDITOR)


def test_tree_shows_every_book_chapter_and_section(editor: User, section: OutlineSection) -> None:
    page = client_of(editor).get(f"/acuan/{section.chapter.book.outline.code}/").text
    assert (
        page.count(">Ubah<")
        == OutlineSection.objects.filter(chapter__book__outline=section.chapter.book.outline).count()
    )


def test_tree_costs_six_queries_more_than_nothing(
    editor: User, section: OutlineSection, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    client = client_of(editor)
    with django_assert_max_num_queries(9):
        client.get(f"/acuan/{section.chapter.book.outline.code}/")


def test_editor_corrects_and_the_history_shows_it(editor: User, section: OutlineSection) -> None:
    client = client_of(editor)
    fields = form_of(client, section, guidance="Panduan yang lebih jelas.", due_stage="II", is_required="")
    assert client.post(url_of(section), fields).status_code == 302
    section.refresh_from_db()
    assert (section.guidance, section.due_stage, section.is_required) == ("Panduan yang lebih jelas.", "II", False)
    changes = client.get(url_of(section)).context["changes"]
    assert [(change.by, [field.label for field in change.fields]) for change in changes] == [
        (editor.display_name, ["Panduan", "Wajib", "Diperlukan pada"]),
        ("Dimuat dari data acuan", []),
    ]
    assert (changes[0].fields[2].before, changes[0].fields[2].after) == ("Bimtek I", "Bimtek II")
    assert Event.objects.get(verb="outline_section.changed").actor == editor


def test_only_texts_and_measures_can_be_changed(editor: User, section: OutlineSection) -> None:
    client = client_of(editor)
    client.post(
        url_of(section), form_of(client, section, title="Judul baru", code="B9.9.9", kind="auto", position="99")
    )
    changed = OutlineSection.objects.get(pk=section.pk)
    assert (changed.title, changed.code, changed.kind, changed.position) == (
        "Judul baru",
        section.code,
        section.kind,
        section.position,
    )


def test_unchanged_form_makes_no_event(editor: User, section: OutlineSection) -> None:
    client = client_of(editor)
    client.post(url_of(section), form_of(client, section))
    assert Event.objects.count() == 0


def test_second_editor_does_not_overwrite_the_first(editor: User, section: OutlineSection) -> None:
    first, second = client_of(editor), client_of(person(Role.MINISTRY_EDITOR, mailbox="kedua"))
    stale = form_of(second, section, guidance="Dari yang kedua.")
    first.post(url_of(section), form_of(first, section, guidance="Dari yang pertama."))
    response = second.post(url_of(section), stale)
    assert response.status_code == 422
    assert "baru saja diubah" in response.text
    assert "Dari yang kedua." in response.text
    section.refresh_from_db()
    assert section.guidance == "Dari yang pertama."


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"min_words": "900", "max_words": "100"}, "max_words"),
        ({"min_words": "-1"}, "min_words"),
        ({"due_stage": "IX"}, "due_stage"),
        ({"seen": "x"}, "seen"),
    ],
)
def test_wrong_values_are_refused(editor: User, section: OutlineSection, changes: dict[str, str], field: str) -> None:
    client = client_of(editor)
    response = client.post(url_of(section), form_of(client, section, **changes))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MINISTRY_EDITOR])
def test_others_cannot_post(section: OutlineSection, role: Role) -> None:
    response = client_of(person(role)).post(url_of(section), {"title": "Diretas"})
    assert response.status_code == 403
    section.refresh_from_db()
    assert section.title != "Diretas"


@pytest.mark.parametrize("path", ["/acuan/tidak-ada/", "/acuan/panduan-2021-rekonstruksi/B9.9.9/", "/acuan/x/B1.1.1/"])
def test_unknown_codes_are_not_found(editor: User, path: str) -> None:
    assert client_of(editor).get(path).status_code == 404
