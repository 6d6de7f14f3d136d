"""Sending: each mail goes once, is tried again, or says why not (decision 0016)."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone

from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.notify import mailbox
from smartcity.notify.courier import Courier, Later, Refused, Unknown
from smartcity.notify.domain.letter import Letter, write
from smartcity.notify.domain.planning import plan_mails
from smartcity.notify.enums import MailState
from smartcity.notify.models import Mail, Notice
from smartcity.ui.refusal import NotAllowed, WrongState

logger = logging.getLogger(__name__)

ONE_AT_A_TIME = (6303, 16)  # numbers of our own in PostgreSQL's table of advisory locks
MOST = 1000
FIRST_PAUSE, LONGEST_PAUSE, GIVE_UP = timedelta(minutes=1), timedelta(hours=1), timedelta(hours=24)
NO_ANSWER = (
    "Diserahkan seluruhnya, tetapi jawaban server tidak sampai kepada kami. Mungkin sudah terkirim; "
    "kirim ulang hanya bila penerima tidak menerimanya."
)
BROKEN = "Surat ini tidak dapat disusun atau diserahkan karena gangguan pada sistem."


class Overtaken(Exception):
    """Another process has taken this mail for one whose sender died; nothing may be handed over any more."""


@contextmanager
def only_one() -> Iterator[bool]:
    """Whether this process is the one that sends. The lock goes with its connection, so it never outlives a killed process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", ONE_AT_A_TIME)
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", ONE_AT_A_TIME)


def deliver(*, now: datetime | None = None) -> Counter[str]:
    """Everything that is due; how many mails ended in which state. Stops at the first sign that the server is in trouble."""
    result: Counter[str] = Counter()
    with only_one() as is_mine:
        if not is_mine:
            return result
        settle_abandoned()
        plan_mails(now or timezone.now())
        courier = Courier()
        try:
            for _ in range(MOST):
                state = _deliver_next(courier, now)
                if state is None:
                    break
                result[state] += 1
        except Later:
            result[MailState.WAITING] += 1
        finally:
            courier.close()
    return result


def settle_abandoned() -> None:
    """Whoever calls holds the lock, so the process that left these behind is gone. What was not handed over goes again."""
    for mail in Mail.objects.filter(state=MailState.SENDING):
        if mail.handed_at is None:
            _set(mail, MailState.WAITING)
        elif mailbox.folder() is None:
            _set(mail, MailState.FAILED, reason=NO_ANSWER)
        elif mailbox.is_filed(mail.message_id):
            _set(mail, MailState.SENT, sent_at=mail.handed_at)
        else:
            _set(mail, MailState.WAITING, handed_at=None)


def _deliver_next(courier: Courier, now: datetime | None) -> str | None:
    """The state that the next mail came to, None without one. Raises Later when the server is in trouble."""
    mail, message = _claimed(now or timezone.now())
    if mail is not None and message is not None:
        _send(mail, message, courier, now or timezone.now())
    return mail.state if mail else None


def _send(mail: Mail, message: EmailMessage, courier: Courier, now: datetime) -> None:
    try:
        courier.hand(message, lambda: _hand_over(mail))
    except Refused as refused:
        _set(mail, MailState.FAILED, reason=_discreet(refused, mail, message), handed_at=None)
    except Unknown as unknown:
        _set(mail, MailState.FAILED, reason=f"{NO_ANSWER} ({_discreet(unknown, mail, message)})"[:300])
    except Later as later:
        _try_again(mail, _discreet(later, mail, message), now)
        if later.is_server:
            raise
    except Overtaken:
        logger.warning("Mail %s was taken over by another process", mail.pk)
    except Exception:  # one mail that nobody foresaw must not keep all the others waiting
        logger.exception("Mail %s", mail.pk)
        _set(mail, MailState.FAILED, reason=NO_ANSWER if mail.handed_at else BROKEN)
    else:
        _set(mail, MailState.SENT, sent_at=timezone.now(), reason="")


def _discreet(trouble: Exception, mail: Mail, message: EmailMessage) -> str:
    """A server repeats the address that it refuses; the log keeps none of people without an account."""
    said = str(trouble)
    if mail.user is not None:
        return said
    return re.sub("|".join(map(re.escape, message.to)), "(alamat)", said, flags=re.IGNORECASE)


@transaction.atomic
def _claimed(now: datetime) -> tuple[Mail | None, EmailMessage | None]:
    """The next mail, committed as being sent, with its text; without text it was not needed any more."""
    due = Mail.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
    mail = due.filter(state=MailState.WAITING, next_at__lte=now).order_by("next_at", "pk").first()
    if mail is None:
        return None, None
    letter = _written(mail)
    for reason in set(letter.left_out.values()):
        left = [pk for pk, said in letter.left_out.items() if said == reason]
        Notice.objects.filter(pk__in=left).update(left_out=reason[:120])
    mail.address, mail.attempts = mail.user.email if mail.user else "", mail.attempts + 1
    mail.first_tried_at = mail.first_tried_at or now
    if letter.message is None:
        mail.state = MailState.FAILED if letter.failure else MailState.DROPPED
        mail.reason = letter.reason[:300]
    else:
        mail.state, mail.subject = MailState.SENDING, str(letter.message.subject)
    mail.save()
    return mail, letter.message


def _written(mail: Mail) -> Letter:
    try:
        return write(mail)
    except Exception:  # as above
        logger.exception("Mail %s", mail.pk)
        return Letter(None, {}, failure=BROKEN)


def _hand_over(mail: Mail) -> None:
    """Committed before the message ends: from here on it is never sent again by itself."""
    mine = Mail.objects.filter(pk=mail.pk, state=MailState.SENDING, attempts=mail.attempts, handed_at=None)
    handed_at = timezone.now()
    if not mine.update(handed_at=handed_at):
        raise Overtaken
    mail.handed_at = handed_at


def _try_again(mail: Mail, reason: str, now: datetime) -> None:
    if mail.first_tried_at and now - mail.first_tried_at >= GIVE_UP:
        _set(mail, MailState.FAILED, reason=f"24 jam tidak diterima server. {reason}"[:300], handed_at=None)
        return
    pause = min(FIRST_PAUSE * 2 ** min(mail.attempts - 1, 10), LONGEST_PAUSE)
    _set(mail, MailState.WAITING, reason=reason, next_at=now + pause, handed_at=None)


def _set(mail: Mail, state: MailState, **values: object) -> None:
    """Only while this attempt is the last one: a later one may not be undone by what comes late."""
    values["state"] = state
    if Mail.objects.filter(pk=mail.pk, attempts=mail.attempts).update(**values):
        for name, value in values.items():
            setattr(mail, name, value)


@transaction.atomic
def resend(mail: Mail, *, by: User, may: bool) -> Mail:
    """What failed goes into the queue again, under the same Message-ID."""
    if not may:
        raise NotAllowed("Surat dikirim ulang oleh editor kementerian.", next_step="Hubungi kementerian.")
    fresh = Mail.objects.select_for_update().get(pk=mail.pk)
    if fresh.state != MailState.FAILED:
        raise WrongState(
            f"Surat ini {fresh.get_state_display().lower()}.", next_step="Hanya yang gagal yang dikirim ulang."
        )
    fresh.state, fresh.reason, fresh.handed_at, fresh.first_tried_at = MailState.WAITING, "", None, None
    fresh.next_at = timezone.now()
    fresh.save()
    record("mail.resent", fresh, by=by, address=fresh.address)
    return fresh
