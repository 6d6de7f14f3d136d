"""A real worker process, killed in the middle of a digest run: every mail goes once or waits for a person, none twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from smartcity.accounts.models import User
from smartcity.notify.domain.delivery import NO_ANSWER
from smartcity.notify.domain.planning import plan_mails
from smartcity.notify.enums import Delivery, MailState, NoticeGroup
from smartcity.notify.models import Mail, Notice
from tests.masterplan.comments_given import thread_on
from tests.people import make_plan
from tests.smartcity.accounts.given import person
from tests.smartcity.notify.post_office import DATA, END, PostOffice, post_office

ROOT = Path(__file__).resolve().parents[3]
LIMIT = 60
PEOPLE = 12


class Worker:
    """As `make run` starts it, with the mail server of the test."""

    def __init__(self, office: PostOffice) -> None:
        name = connection.settings_dict["NAME"]
        environment = os.environ | {
            "DATABASE_URL": os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?"),
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(office.port),
        }
        app.configure_task("smartcity.notify.tasks.deliver_mails").defer(timestamp=0)
        command = [sys.executable, "manage.py", "procrastinate", "worker", "--concurrency", "2"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.DEVNULL
        )

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def wait_until_killed(self) -> None:
        try:
            self.process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            self.kill()
            raise


@pytest.fixture
def digests(own_database: None) -> list[Mail]:
    """One waiting digest with two remarks for each of twelve people."""
    plan = make_plan()
    mentor = User.objects.create(email="m@kementerian.example", display_name="Pembimbing")
    mentor.memberships.create(role="mentor", scope="nation")
    people = [person("coordinator", mailbox=f"orang{number}") for number in range(PEOPLE)]
    threads = [thread_on(plan, by=mentor, assignee=people[0]) for _ in range(2)]
    Notice.objects.all().delete()
    Notice.objects.bulk_create(
        Notice(
            user=user, kind="comment.replied", group=NoticeGroup.TALK, target=str(thread.pk), plan_code=plan.code,
            key=f"uji:{thread.pk}", delivery=Delivery.DIGEST, at=timezone.now() - timedelta(days=3),
        )
        for user in people
        for thread in threads
    )  # fmt: skip
    plan_mails((timezone.now() + timedelta(days=1)).replace(hour=5))  # noon there, behind the hour of digests
    Mail.objects.update(next_at=timezone.now())
    return list(Mail.objects.order_by("pk"))


def wait_for(states: dict[str, int]) -> None:
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        found = Counter(Mail.objects.values_list("state", flat=True))
        if found == states:
            return
        time.sleep(0.1)
    pytest.fail(f"{found} instead of {states}")


@pytest.mark.parametrize("step", [DATA, END])
def test_a_killed_worker_sends_nothing_twice(digests: list[Mail], step: str) -> None:
    """Killed before a message ends, it goes again; killed when the server has it but no answer came, it is left to a person."""
    with post_office() as office:
        first = Worker(office)

        def kill(now: str, taken: int) -> None:
            if now == step and taken == 4 and first.process.poll() is None:
                first.kill()

        office.on_step = kill
        first.wait_until_killed()
        assert len(office.taken) == 4
        second = Worker(office)
        try:
            lost = 1 if step == END else 0
            wait_for({MailState.SENT: PEOPLE - lost} | ({MailState.FAILED: 1} if lost else {}))
        finally:
            second.kill()
        assert office.ids() == {mail.message_id: 1 for mail in digests}
        reasons = list(Mail.objects.filter(state=MailState.FAILED).values_list("reason", flat=True))
        assert reasons == [NO_ANSWER] * lost
