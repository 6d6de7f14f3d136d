"""What a person fills in to remark on something: who sees it comes first and has no default."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from masterplan import rules
from masterplan.domain.comment import MAX_BODY, Draft
from masterplan.enums import CommentKind, CommentVisibility
from masterplan.models import Masterplan
from smartcity.accounts.models import User
from smartcity.regency.models import Opd

VISIBILITY_HINTS = {
    CommentVisibility.REVIEWERS: "Pembimbing, asesor, dan editor kementerian. Daerah tidak melihatnya.",
    CommentVisibility.OFFICE: "Orang perangkat daerah itu, koordinator, dan para peninjau.",
    CommentVisibility.TEAM: "Semua yang membaca rencana ini: penulis, koordinator, pimpinan, dewan, dan peninjau.",
}
PERSON, OFFICE = "p", "o"
ASK_FIRST = "Pilih dahulu siapa yang melihat komentar ini."


class CommentForm(forms.Form):
    """`terlihat` is asked before the rest shows (css/comments.css); without it nothing is accepted."""

    terlihat = forms.ChoiceField(error_messages={"required": ASK_FIRST, "invalid_choice": ASK_FIRST})
    opd = forms.ModelChoiceField(Opd.objects.none(), required=False, empty_label="Pilih perangkat daerah")
    jenis = forms.ChoiceField(error_messages={"required": "Pilih jenis komentar."})
    isi = forms.CharField(
        max_length=MAX_BODY,
        error_messages={
            "required": "Tulis isinya dahulu.",
            "max_length": "Paling banyak %(limit_value)d aksara (sekarang %(show_value)d).",
        },
    )
    untuk = forms.ChoiceField(required=False)
    batas = forms.DateField(required=False, error_messages={"invalid": "Tulis tanggal yang benar."})
    kiriman = forms.UUIDField()

    def __init__(self, *args: Any, plan: Masterplan, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.token = str(uuid.uuid4())
        self.today = timezone.localdate().isoformat()
        self.visibilities = [(each, VISIBILITY_HINTS[each]) for each in rules.comment_visibilities(user, plan)]
        self.kinds = rules.comment_kinds(user, plan)
        self.people = people_of(plan)
        offices = Opd.objects.filter(regency_id=plan.regency_id, is_active=True)
        self.offices = list(offices)
        own = rules.own_opd_ids(user, plan)
        is_wide = rules.is_reviewer(user, plan) or rules.can_manage_plan(user, plan)
        self.visible_offices = [opd for opd in self.offices if is_wide or opd.pk in own]
        self._fields()["terlihat"].choices = [(each.value, each.label) for each, _ in self.visibilities]
        self._fields()["jenis"].choices = [(each.value, each.label) for each in self.kinds]
        self._fields()["opd"].queryset = offices
        self.addressees = [
            ("Perangkat daerah", [(f"{OFFICE}{opd.pk}", opd.label) for opd in self.offices]),
            ("Orang", [(f"{PERSON}{person.pk}", person.display_name) for person in self.people]),
        ]
        self._fields()["untuk"].choices = [("", ""), *self.addressees]

    def _fields(self) -> dict[str, Any]:
        return self.fields

    def draft(self) -> Draft:
        """Of a valid form."""
        given = self.cleaned_data
        wanted = given["untuk"]
        return Draft(
            visibility=given["terlihat"],
            kind=given["jenis"],
            body=given["isi"],
            opd=given["opd"],
            assignee=next((p for p in self.people if wanted == f"{PERSON}{p.pk}"), None),
            assigned_opd=next((o for o in self.offices if wanted == f"{OFFICE}{o.pk}"), None),
            due=given["batas"],
        )

    @property
    def said(self) -> dict[str, str]:
        """What was sent, for showing it again."""
        return {name: self.data.get(name, "") for name in self.fields}

    @property
    def sentences(self) -> Iterable[str]:
        return [str(sentence) for errors in self.errors.values() for sentence in errors]


def people_of(plan: Masterplan) -> list[User]:
    """Who works in the plan's region, whatever their role there."""
    here = Q(memberships__regency=plan.regency_id) | Q(memberships__opd__regency=plan.regency_id)
    return list(User.objects.filter(here, is_active=True).distinct().order_by("display_name"))


class ActForm(forms.Form):
    aksi = forms.CharField(max_length=12)
    versi = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    isi = forms.CharField(required=False, max_length=MAX_BODY * 2)
    kiriman = forms.UUIDField()


KIND_SIGNS = {
    CommentKind.MUST_FIX: ("block", "exclamation-octagon"),
    CommentKind.SUGGESTION: ("calm", "lightbulb"),
    CommentKind.QUESTION: ("warn", "question-circle"),
    CommentKind.PRAISE: ("praise", "award"),
}
