"""An open box of ideas, what a visitor types into its form, and ideas as they come out of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from masterplan.models import Masterplan
from quickwin.domain.idea import Sent, keep_box, receive
from quickwin.domain.idea_decision import Choice, decide_idea
from quickwin.domain.idea_spam import FASTEST, FormSheet
from quickwin.models import Idea, IdeaBox
from smartcity.accounts.models import User

PUBLIC = "/usulan/63.03/"
NAME, MAIL = "Siti Kenari", "siti.kenari@warga.example"
SENT = Sent(name=NAME, problem="Antrean puskesmas panjang sejak subuh", text="Antrean lewat kader tiap RT", email=MAIL)


def opened_box(plan: Masterplan, *, by: User, **changes: Any) -> IdeaBox:
    box = IdeaBox.objects.filter(regency=plan.regency_id).first()
    values: dict[str, Any] = {"is_open": True, "intro": "", "districts": []} | changes
    return keep_box(plan, **values, version=box.version if box else 0, by=by)


def idea_in(box: IdeaBox, **changes: Any) -> Idea:
    now = timezone.now()
    sheet = FormSheet.new(box.regency_id, now - FASTEST)
    idea = receive(box, replace(SENT, **changes), sheet=sheet, trap="", may_confirm=True, now=now)
    idea.plan = box.plan
    return idea


def decided(idea: Idea, *, by: User, **choice: str) -> Idea:
    idea.refresh_from_db()
    return decide_idea(idea, Choice(**choice), version=idea.version, by=by)


def signed_sheet(*, region: str = "63.03", age: timedelta = timedelta(minutes=2)) -> str:
    return FormSheet.new(region, timezone.now() - age).signed


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "name": NAME, "email": MAIL, "consent": "on", "problem": SENT.problem, "text": SENT.text,
        "district": "Martapura", "innovation": "metode", "situs": "", "lembar": signed_sheet(),
    } | changes  # fmt: skip


def visitor(address: str = "203.0.113.7") -> Client:
    return Client(REMOTE_ADDR=address)
