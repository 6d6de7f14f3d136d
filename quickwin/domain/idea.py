"""An idea from a citizen: the box it comes into, receiving it, and forgetting who sent it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from masterplan.models import Dimension, Masterplan
from quickwin.domain.idea_letter import RECEIVED
from quickwin.domain.idea_spam import FormSheet, ensure_by_hand, ensure_new, ensure_sound, fingerprint_of
from quickwin.models import Idea, IdeaBox, IdeaSender
from quickwin.rules import can_keep_ideas
from smartcity.accounts.models import User
from smartcity.audit.log import record, unlocated
from smartcity.notify.domain.planning import plan_outside
from smartcity.regency.models import Regency
from smartcity.ui.refusal import Conflict, NotAllowed
from smartcity.ui.text import cleaned

KEEPERS = "Usulan warga memuat data pribadi, sehingga hanya dibuka oleh koordinator daerah."
STALE = "Halaman ini sudah diubah orang lain sejak Anda membukanya."


@dataclass(frozen=True)
class Sent:
    """What a visitor typed; `email` only where they asked to be answered."""

    name: str
    problem: str
    text: str
    email: str = ""
    district: str = ""
    dimension: Dimension | None = None
    innovation: str = ""


def open_box(code: str) -> IdeaBox | None:
    """Of a region by its code, with plan and region."""
    boxes = IdeaBox.objects.select_related("regency__province", "plan__dimension_set")
    return boxes.filter(regency=code, is_open=True).first()


@transaction.atomic
def keep_box(
    plan: Masterplan, *, is_open: bool, intro: str, districts: Sequence[str], version: int, by: User
) -> IdeaBox:
    """One form a region; from now on it gathers for this plan."""
    ensure_keeper(by, plan)
    Regency.objects.select_for_update(no_key=True).get(pk=plan.regency_id)
    box = IdeaBox.objects.filter(regency=plan.regency_id).first() or IdeaBox(regency_id=plan.regency_id)
    if box.version != version:
        raise Conflict(STALE, next_step="Periksa isian Anda, lalu simpan lagi.")
    box.plan, box.is_open, box.intro, box.districts = plan, is_open, cleaned(intro), list(districts)
    box.version += 1
    box.save()
    record("idea.box_kept", box, by=by, regency_id=plan.regency_id, plan_code=plan.code, is_open=is_open)
    return box


def receive(box: IdeaBox, sent: Sent, *, sheet: FormSheet | None, trap: str, may_confirm: bool, now: datetime) -> Idea:
    """The same sheet again gives the same idea. A letter of confirmation is planned where there is an address."""
    sheet = ensure_by_hand(sheet, trap=trap, now=now)
    ensure_sound(sent.name, sent.district, sent.problem, sent.text)
    fingerprint = fingerprint_of(sent.problem, sent.text)
    with transaction.atomic(), unlocated():
        plan = Masterplan.objects.select_for_update(no_key=True).get(pk=box.plan_id)
        if known := Idea.objects.filter(form_id=sheet.form_id).first():
            return known
        ensure_new(fingerprint, plan_id=plan.pk, now=now)
        last = Idea.objects.filter(plan=plan).aggregate(last=Max("number", default=0))["last"]
        idea = Idea.objects.create(
            plan=plan, number=last + 1, form_id=sheet.form_id, fingerprint=fingerprint, sent_at=now,
            district=sent.district, dimension=sent.dimension, innovation=sent.innovation,
            problem=cleaned(sent.problem), text=cleaned(sent.text),
        )  # fmt: skip
        IdeaSender.objects.create(idea=idea, name=sent.name, email=sent.email)
        record("idea.received", idea, by=None, actor_name="Warga", regency_id=plan.regency_id, plan_code=plan.code)
        if sent.email and may_confirm:
            plan_outside(RECEIVED, idea.pk)
    return idea


@transaction.atomic
def forget_sender(idea: Idea, *, by: User) -> None:
    """Name, address and the words of answers go for good; the idea and what was decided on it stay."""
    ensure_keeper(by, idea.plan)
    if IdeaSender.objects.filter(idea=idea).delete()[0]:
        idea.steps.exclude(answer="").update(answer="")
        record("idea.sender_forgotten", idea, by=by, regency_id=idea.plan.regency_id, plan_code=idea.plan.code)


def ensure_keeper(user: User, plan: Masterplan) -> None:
    if not can_keep_ideas(user, plan):
        raise NotAllowed(KEEPERS, next_step="Mintalah ringkasannya kepada koordinator daerah.")
