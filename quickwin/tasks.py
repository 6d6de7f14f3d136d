"""What the worker does for quick wins: reminds of those without news, forgets who used the public form."""

from django.utils import timezone
from procrastinate.contrib.django import app

from quickwin.domain.idea_limit import forget_expired
from quickwin.domain.stale import remind


@app.periodic(cron="29 * * * *")
@app.task(name="quickwin.tasks.remind_of_silence", queueing_lock="quickwin.remind_of_silence")
def remind_of_silence(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    remind(timezone.now())


@app.periodic(cron="41 * * * *")
@app.task(name="quickwin.tasks.forget_counters", queueing_lock="quickwin.forget_counters")
def forget_counters(timestamp: int) -> None:  # noqa: ARG001 - as above
    forget_expired()
