"""The cohort of a plan: set by coordinator and ministry, shown to everybody who sees the plan."""

import pytest
from django.urls import reverse

from bimtek.domain.cohort import set_participation
from bimtek.domain.reference import load_cohorts
from bimtek.models import Cohort, Participation
from masterplan.models import Masterplan
from smartcity.audit.models import Event
from smartcity.audit.sentences import sentence
from smartcity.ui.refusal import NotAllowed
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db
ANSWERS = {"cohort": "2019", "state": "terpilih", "since": "2019-05-15", "version": "0"}


def test_set_once_changed_and_never_lost(plan: Masterplan, people: People) -> None:
    client, address = client_of(people.coordinator), reverse("bimtek:participation", args=[plan.code])
    assert client.get(address).status_code == 200
    assert client.post(address, ANSWERS).status_code == 302
    assert client.post(address, ANSWERS).status_code == 409
    ministry = client_of(people.ministry_editor)
    assert ministry.post(address, {**ANSWERS, "state": "x", "version": "1"}).status_code == 422
    changed = {**ANSWERS, "state": "diterima", "version": "1"}
    assert ministry.post(address, changed).status_code == 302
    kept = Participation.objects.get()
    assert (kept.cohort_id, kept.state, str(kept.since), kept.version) == ("2019", "diterima", "2019-05-15", 2)
    page = client_of(people.mentor).get(reverse("bimtek:cycle_list", args=[plan.code])).text
    assert ("Angkatan 2019 · Masterplan diterima sejak 15 Mei 2019" in page, "Ubah angkatan" in page) == (True, False)
    event = Event.objects.filter(verb="participation.set").latest("pk")
    assert sentence(event) == "mencatat Angkatan 2019 sebagai Masterplan diterima"


def test_nobody_else_sets_it(plan: Masterplan, people: People) -> None:
    cohort = Cohort.objects.get(code="2019")
    for name, user in people.items():
        if name not in {"coordinator", "ministry_editor"}:
            with pytest.raises(NotAllowed):
                set_participation(plan, cohort=cohort, state="berjalan", since=None, version=0, by=user)
    assert not Participation.objects.exists()


def test_cohorts_load_again(db: None) -> None:
    before = list(Cohort.objects.values_list("code", "year"))
    assert load_cohorts() == len(before) == 9
    assert list(Cohort.objects.values_list("code", "year")) == before
