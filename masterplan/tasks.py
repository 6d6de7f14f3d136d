"""What the worker does for the plan: empties the bin, reminds of remarks that fall due."""

from django.utils import timezone
from procrastinate.contrib.django import app

from masterplan.domain.bin import empty_bin
from masterplan.domain.comment_notices import remind


@app.periodic(cron="17 * * * *")  # every hour: a server that sleeps at night would miss a nightly task
@app.task(name="masterplan.tasks.empty_bins", queueing_lock="masterplan.empty_bins")
def empty_bins(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    empty_bin()


@app.periodic(cron="7 * * * *")
@app.task(name="masterplan.tasks.remind_of_comments", queueing_lock="masterplan.remind_of_comments")
def remind_of_comments(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    remind(timezone.now())
