"""A suggested word is in no book, file, submission or count; that no page has it is in `test_canary`."""

import pytest

from bimtek.models import SubmittedSection
from export import planfile
from export.document import build
from export.html import print_job
from masterplan import prose
from masterplan.models import Masterplan, Section
from tests.bimtek.given import send
from tests.masterplan.suggestions_given import offered, save
from tests.people import People
from tests.test_access import full_plan

__all__ = ["full_plan"]
pytestmark = pytest.mark.django_db
WORD = "KENARIUSULAN"


@pytest.fixture
def suggested(full_plan: Masterplan, people: People) -> Section:
    section = Section.objects.select_related("outline_section", "plan").get(
        plan=full_plan, outline_section__code="B1.1.1"
    )
    save(section, people.mentor, offered(1, f"{WORD} ", people.mentor))
    return section


def test_no_book_file_submission_or_count_has_the_word(suggested: Section, people: People) -> None:
    plan = suggested.plan
    before = suggested.words
    send(plan, "I", by=people.coordinator)
    book = "".join(str(part) for part in print_job(build(plan)).parts)
    kept = [book, str(planfile.dump(plan)), str(list(SubmittedSection.objects.values()))]
    assert [WORD in text for text in kept] == [False] * 3
    assert "Kabupaten Banjar" in book
    assert (suggested.words, prose.count_words(suggested.doc)) == (before, before)
    assert WORD not in suggested.html
    assert WORD in str(suggested.editor_doc)  # it is there
