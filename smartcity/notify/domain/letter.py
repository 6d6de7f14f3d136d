"""A mail in words, made at the moment it is sent: who may no longer see something is not told of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string  # noqa: TID251 - a letter has a template as a page has
from django.urls import reverse
from django.utils import timezone

from smartcity.accounts.models import User
from smartcity.notify.enums import MailKind
from smartcity.notify.models import Mail, Notice
from smartcity.notify.registry import OUTSIDE, Line, lines_of
from smartcity.regency.clock import zone_for

UNSEEN, READ, GONE = "tidak lagi terlihat oleh penerima", "sudah dibaca di aplikasi", "akun tidak aktif"
NO_RECIPIENT = "penerima tidak lagi tercatat, atau jawabannya ditarik"


@dataclass(frozen=True)
class Letter:
    """`left_out` says for each notice (by number) why it is not in it; without `message` nothing was left to say."""

    message: EmailMultiAlternatives | None
    left_out: dict[int, str]
    failure: str = ""
    nothing: str = "tidak ada lagi yang perlu diberitahukan"

    @property
    def reason(self) -> str:
        return self.failure or "; ".join(dict.fromkeys(self.left_out.values())) or self.nothing


def write(mail: Mail) -> Letter:
    """Needs `mail.user`."""
    if mail.user is None:
        return _outside(mail)
    notices = list(mail.notices.order_by("plan_code", "pk"))
    if not mail.user.is_active:
        return Letter(None, {notice.pk: GONE for notice in notices})
    told, left_out = _told(mail.user, notices)
    return Letter(_message(mail, mail.user, told) if told else None, left_out)


def _told(person: User, notices: Sequence[Notice]) -> tuple[list[Line], dict[int, str]]:
    lines = lines_of(person, notices)
    told, left_out = [], {}
    for notice in notices:
        line = lines.get(notice.pk)
        reason = UNSEEN if line is None else READ if notice.read_at else line.over
        if line is None or reason:
            left_out[notice.pk] = reason
        else:
            told.append(replace(line, url=absolute(line.url)))
    return told, left_out


def _message(mail: Mail, person: User, told: Sequence[Line]) -> EmailMultiAlternatives:
    subject = told[0].what if mail.kind == MailKind.SINGLE else f"Ringkasan pagi: {len(told)} hal untuk Anda"
    ordered = sorted(told, key=lambda line: line.plan)
    context = {
        "person": person,
        "groups": [(plan, list(own)) for plan, own in groupby(ordered, key=lambda line: line.plan)],
        "single": told[0] if mail.kind == MailKind.SINGLE else None,
        "choices_url": absolute(reverse("notify:choices")),
        "work_url": absolute("/"),
    }
    with timezone.override(zone_for(person)):
        text, page = (render_to_string(f"mail/notice.{kind}", context) for kind in ("txt", "html"))
    message = EmailMultiAlternatives(
        subject=subject[:200], body=text, to=[person.email], headers=_headers(mail),
    )  # fmt: skip
    message.attach_alternative(page, "text/html")
    return message


def _outside(mail: Mail) -> Letter:
    words = OUTSIDE.get(mail.about)
    letter = words(mail.target) if words else None
    if letter is None:
        return Letter(None, {}, nothing=NO_RECIPIENT)
    return Letter(EmailMultiAlternatives(letter.subject[:200], letter.body, to=[letter.to], headers=_headers(mail)), {})


def _headers(mail: Mail) -> dict[str, str]:
    return {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}


def absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"
