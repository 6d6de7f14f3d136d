"""Every route × every kind of person × own or another region (stranger), for GET and POST; a route without a row fails."""

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bimtek.domain.attendance import code_of
from bimtek.domain.deadline import start_stage
from bimtek.domain.stored_file import store_file
from bimtek.models import Approval, Edition, EventFile, Participant, Stage, SubmittedBook
from export import planfile
from export.models import ExportJob
from masterplan.domain.findings import findings_of, waive
from masterplan.domain.row import delete_row
from masterplan.domain.table_import import keep_block
from masterplan.domain.word_import import read_word_file
from masterplan.forms.block import Settings
from masterplan.models import (
    Masterplan,
    NamedVersion,
    PasteSample,
    PlanMember,
    Programme,
    RecoveredCopy,
    Section,
)
from quickwin.domain.progress import tell_news
from quickwin.domain.selection import open_round
from smartcity.accounts.enums import Role
from smartcity.accounts.models import Invitation, Membership
from smartcity.notify.models import Mail, Notice
from smartcity.regency.domain.invitation import fingerprint
from smartcity.start.demo import example_plan
from tests.bimtek.given import event, official, pdf, published, send, signed_copy, stage
from tests.masterplan.comments_given import thread_on
from tests.masterplan.given import image_bytes, picture
from tests.masterplan.word.hostile import plain
from tests.people import People
from tests.quickwin.ideas_given import idea_in, opened_box
from tests.routes import ROUTES
from tests.smartcity.accounts.given import client_of, person, regency

pytestmark = pytest.mark.django_db

SIGNS = {
    200: ".",
    201: ".",
    286: ".",
    302: ">",
    403: "x",
    404: "0",
    405: "-",
    401: "L",
    400: "!",
    409: "!",
    413: "!",
    422: "!",
    410: "0",
}
THIRD_PARTY = ("account_", "mfa_", "usersessions_", "allauth")


def our_routes(patterns: list[Any] | None = None, prefix: str = "") -> list[str]:
    names = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            names += our_routes(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern) and pattern.name and not pattern.name.startswith(THIRD_PARTY):
            names.append(f"{prefix}{pattern.name}")
    return sorted(set(names))


@pytest.fixture
def full_plan(people: People, plan: Masterplan) -> Masterplan:
    return planfile.load(example_plan() | {"rencana": {"tahun_awal": 2026}}, by=None, replace=True)


def arguments(plan: Masterplan, people: People) -> dict[str, Any]:
    """A value for every kind of URL part, all from the plan's own region."""
    thread_on(plan, by=people.mentor)
    job = ExportJob.objects.create(plan=plan, books=["B1"], state="failed", reason="x")
    copy = _recovered(plan, people)
    return {
        "plan_code": plan.code,
        "section_code": "B1.1.1",
        "outline_code": plan.outline.code,
        "kind": "program",
        "list_kind": "sipd",
        "code": plan.regency_id,
        "place": plan.regency_id,
        "token": "rahasia",
        "job_id": job.pk,
        "picture_id": picture(plan.regency).pk,
        "import_id": read_word_file(plan=plan, data=plain(), name="x.docx", book="", by=people.coordinator).pk,
        "batch": _pasted(plan, people),
        "piece": 0,
        "fingerprint": _waived(plan, people),
        "version": 0,
        "stage_code": "I",
        "number": _judged(plan, people),
        "book_code": SubmittedBook.objects.get().code,
        "chapter_code": "B1.1",
        "part_kind": "naskah",
        "part_code": "B1.1.1",
        "bin_kind": "bagian",
        "key": "B1.1.1",
        "letter": "20261127-070000-1-0",
        "drawing": "roadmap_gantt",
        "file_format": "xlsx",
        "file_id": store_file(plan=plan, upload=pdf(), name="SK.pdf", by=None).pk,
        **_event(plan),
        **_round(plan, people),
        **_idea(plan, people),
        "pk": _keys(plan, people, copy),
    }


def _judged(plan: Masterplan, people: People) -> int:
    """The first submission of a stage, which is the final one here, and the first opinion and edition of the plan."""
    Stage.objects.filter(code="I").update(is_final=True)
    submission = send(plan, "I", by=people.coordinator)
    published(submission, by=people.coordinator)
    assert official(submission, "B1.2", by=people.mentor).number == submission.number == 1
    return submission.number


def _round(plan: Masterplan, people: People) -> dict[str, Any]:
    """Still being scored, by the coordinator and the author."""
    programmes = plan.programme_set.filter(code__in=["GOV-P01", "GOV-P02"]).values_list("pk", flat=True)
    scorers = [people.coordinator.pk, people.author.pk]
    choice = open_round(plan, year=2027, programmes=programmes, scorers=scorers, by=people.coordinator)
    win = plan.quickwin_set.order_by("-pk")[0]  # not the one that the routes ask for: with news it stays
    news = tell_news(win, text="", link="", photos=[image_bytes()], by=people.coordinator)
    return {
        "year": 2027,
        "photo_id": news.photos.get().pk,
        "candidate_pk": choice.candidates.all()[0].pk,
        "ballot_pk": choice.ballots.all()[0].pk,
    }


def _idea(plan: Masterplan, people: People) -> dict[str, Any]:
    """The first idea of the plan, not decided on, like its first submission."""
    return {"number": idea_in(opened_box(plan, by=people.coordinator)).number}


def _event(plan: Masterplan) -> dict[str, Any]:
    """Today's, so that the address of its QR is open."""
    held = event(plan)
    who = Participant.objects.create(
        event=held, name="Siti", organisation="Kodim", organisation_kind="tni", match_key="siti|kodim"
    )
    stored = store_file(plan=plan, upload=pdf(), name="Materi.pdf", by=None)
    file = EventFile.objects.create(event=held, stored=stored, kind="materi")
    return {
        "day": held.start_date.isoformat(), "signed": code_of(held, held.start_date),
        "person_pk": who.pk, "file_pk": file.pk,
    }  # fmt: skip


def _keys(plan: Masterplan, people: People, copy: RecoveredCopy) -> dict[str, int]:
    """The `pk` of a route, by the beginning of its name."""
    invitation = Invitation.objects.create(
        email="baru@daerah.example", display_name="Baru", role=Role.APPROVER, regency=plan.regency,
        token_hash=fingerprint("rahasia"), invited_by=people.coordinator, expires_at="2099-01-01T00:00Z",
    )  # fmt: skip
    programme = plan.programme_set.get(code="GOV-P01")
    return {
        "masterplan:section_unname": _named(plan, people).pk,
        "masterplan:member_": PlanMember.objects.get().pk,
        "masterplan:recovered_": copy.pk,
        "masterplan:sample_": PasteSample.objects.create(program="PDF", flavours={"text/plain": "x"}).pk,
        "masterplan:programme_": programme.pk,
        "masterplan:row_put_back": delete_row(Programme.objects.get(plan=plan, code="ENV-P06"), by=None).pk,
        "masterplan:row_": programme.pk,
        "export:thread_row": programme.pk,
        "export:risk": plan.quickwin_set.all()[0].pk,
        "export:minutes": plan.cycleevent_set.all()[0].pk,
        "export:attendance": plan.cycleevent_set.all()[0].pk,
        "quickwin:": plan.quickwin_set.all()[0].pk,
        "bimtek:approval": Approval.objects.get(state="menunggu").pk,
        "bimtek:signed": signed_copy(Edition.objects.get(), by=people.coordinator).pk,
        "bimtek:ekspose": plan.cycleevent_set.filter(kind="ekspose")[0].pk,
        "bimtek:cycle": plan.cyclestep_set.all()[0].pk,
        "bimtek:document": plan.cycledocument_set.all()[0].pk,
        "bimtek:deadline": start_stage(plan, stage=stage("I"), by=people.coordinator).pk,
        "bimtek:event": plan.cycleevent_set.filter(kind="bimtek")[0].pk,
        "bimtek:attendance": plan.cycleevent_set.filter(kind="bimtek")[0].pk,
        "bimtek:participant": plan.cycleevent_set.filter(kind="bimtek")[0].pk,
        "bimtek:body": plan.bodymember_set.all()[0].pk,
        "notify:mail_resend": _mail(people).pk,
        "notify:notice": _notice(plan, people).pk,
        "regency:opd": plan.regency.opds.get(code="DISTAN").pk,
        "regency:invitation": invitation.pk,
        "regency:membership": Membership.objects.get(user=people.author).pk,
    }


def _mail(people: People) -> Mail:
    return Mail.objects.create(
        user=people.author,
        kind="satu",
        message_id="<uji@masterplan.example>",
        address=people.author.email,
        state="gagal",
    )


def _notice(plan: Masterplan, people: People) -> Notice:
    thread_on(plan, by=people.mentor, assignee=people.author)
    return Notice.objects.filter(user=people.author, kind="comment.assigned").latest("pk")


def _recovered(plan: Masterplan, people: People) -> RecoveredCopy:
    section = Section.objects.get(plan=plan, outline_section__code="B1.1.1")
    return RecoveredCopy.objects.create(
        section=section, user=people.coordinator, reason="uji", doc=section.doc, lost="Teks yang hilang."
    )


def _pasted(plan: Masterplan, people: People) -> UUID:
    settings = Settings(["name"], has_head=False, mode="baru", unit="").as_json()
    reading = {"block": [["Pasar"]], "targets": [], "settings": settings}
    return keep_block(plan=plan, kind="program", reading=reading, by=people.coordinator)


def _waived(plan: Masterplan, people: People) -> str:
    """A finding that is waived already: waiving it again is a conflict, taking the waiver back is done."""
    fingerprint = findings_of(plan)[0].finding.fingerprint
    waive(plan, fingerprint=fingerprint, reason="Sudah dibahas.", by=people.coordinator)
    return fingerprint


def _named(plan: Masterplan, people: People) -> NamedVersion:
    section = Section.objects.get(plan=plan, outline_section__code="B1.1.1")
    return NamedVersion.objects.create(section=section, version=0, name="Awal", named_by=people.coordinator)


def address(name: str, values: dict[str, Any]) -> str:
    route = _route(name)
    if "summary" in name:  # only Buku III has them
        values = values | {"section_code": "B3.1.1"}
    pk = next((value for start, value in values["pk"].items() if name.startswith(start)), None)
    return reverse(name, kwargs={part: pk if part == "pk" else values[part] for part in route})


def _route(name: str, patterns: list[Any] | None = None, prefix: str = "") -> list[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            found = _route(name, pattern.url_patterns, space)
            if found is not None:
                return [*pattern.pattern.converters, *found]
        elif f"{prefix}{pattern.name}" == name:
            return list(pattern.pattern.converters)
    return None  # type: ignore[return-value]


def answers(method: str, url: str, signed_in: list[Client]) -> str:
    result = ""
    for known in signed_in:
        client = Client()
        client.cookies.update(known.cookies)  # signing in again costs more than most pages
        with transaction.atomic():  # each person meets the same state
            response = getattr(client, method)(url)
            if response.streaming:
                b"".join(response.streaming_content)  # read to its end a file is closed
            transaction.set_rollback(True)
        sign = SIGNS[response.status_code]
        result += "L" if sign == ">" and "/akun/login/" in response["Location"] else sign
    return result


def test_every_route_has_a_row() -> None:
    assert our_routes() == sorted(ROUTES)


@pytest.mark.parametrize(("method", "column"), [("get", 0), ("post", 1)])
@pytest.mark.long
def test_every_route_answers_as_the_table_says(method: str, column: int, people: People, full_plan: Masterplan) -> None:
    values = arguments(full_plan, people)
    signed_in = [Client(), *(client_of(user) for _, user in people.items())]
    found = {name: answers(method, address(name, values), signed_in) for name in ROUTES}
    assert found == {name: row[column] for name, row in ROUTES.items()}


def test_a_stranger_meets_404_on_every_page_of_a_plan() -> None:
    stranger = 9
    rows = {name: row for name, row in ROUTES.items() if "plan_code" in _route(name)}
    assert {name for name, row in rows.items() if not {row[0][stranger], row[1][stranger]} <= {"0", "-"}} == set()
    assert {name for name, row in rows.items() if "." in row[0][0] + row[1][0]} == set()


def test_another_regions_coordinator_is_no_ones_coordinator_here() -> None:
    assert regency("32.79").label == "Kota Banjar, Jawa Barat"
    assert person(Role.COORDINATOR, "32.79", mailbox="lain").memberships.get().regency_id == "32.79"
